//! Every notice in every language, as people and their programs read it.

use super::{
    super::{
        notice::ReservationView,
        samples,
        spoilt::{WICKED, spoilt},
    },
    *,
};

fn sender() -> Sender {
    Sender { name: "Prostor".to_owned(), email: "prostor@prostor.example".to_owned() }
}

fn recipient(locale: Locale) -> Recipient {
    Recipient { name: "Ana Novak".to_owned(), email: "ana@primer.example".to_owned(), locale }
}

fn composed(notice: &Notice, to: &Recipient) -> Composed {
    compose(notice, to, &sender(), "msg_1@prostor", samples::at("2026-10-20T07:15:00Z")).unwrap()
}

fn sample(name: &str) -> Notice {
    let found = samples::all().into_iter().find(|(known, _)| known == name);
    found.expect("a sample of this name").1
}

/// What a mail says of itself, its text, and each calendar object in it.
fn golden(notice: &Notice, to: &Recipient) -> String {
    let letter = letter::write(notice, to.locale);
    let mut golden = format!("Subject: {}\n", letter.subject);
    if let Some(mailbox) = reply_to(notice) {
        golden.push_str(&format!("Reply-To: {mailbox}\n"));
    }
    for (name, value) in letter.stop.iter().flat_map(|url| unsubscribing(url)) {
        golden.push_str(&format!("{name}: {value}\n"));
    }
    golden.push_str(&format!("\n{}\n", render("letter.txt", &letter, to).unwrap()));
    let file = match notice {
        Notice::Series(notice) => series_calendar::file(notice),
        _ => None,
    };
    let invitation = invitation(notice).map(|(object, _)| ("invite.ics", object));
    for (name, object) in invitation.into_iter().chain(file.map(|file| ("series.ics", file))) {
        assert!(object.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        golden.push_str(&format!("\n===== {name}\n{}", object.replace("\r\n", "\n")));
    }
    golden
}

/// The golden files: one a mail and language, reviewed by eye.
#[test]
fn every_mail_in_every_language() {
    for (name, notice) in samples::all() {
        for locale in Locale::ALL {
            let golden = golden(&notice, &recipient(locale));
            insta::with_settings!({
                snapshot_path => "../golden", prepend_module_to_snapshot => false, omit_expression => true
            }, {
                insta::assert_snapshot!(format!("{name}.{}", locale.tag()), golden);
            });
        }
    }
}

#[test]
fn a_whole_mail_as_it_travels() {
    let mail = composed(&sample("reminder"), &recipient(Locale::Sl));
    insta::assert_snapshot!(String::from_utf8(mail.bytes()).unwrap().replace("\r\n", "\n"));
}

#[test]
fn the_page_escapes_what_people_wrote() {
    let notice = sample("confirmed_difficult");
    let letter = letter::write(&notice, Locale::Sl);
    let html = render("letter.html", &letter, &recipient(Locale::Sl)).unwrap();
    assert!(html.contains("&lt;b&gt;šok&lt;&#x2f;b&gt; &amp; 🎨"), "{html}");
    assert!(!html.contains("<b>") && !html.contains("<i>"), "{html}");
    insta::assert_snapshot!(html);
}

/// A page as its reader sees it: without tags, in one line.
fn seen(html: &str) -> String {
    let body = html.split_once("<body>").expect("a page has a body").1;
    let mut seen = String::new();
    for part in body.split('<') {
        seen.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        seen.push(' ');
    }
    let marks =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")];
    let plain = marks.into_iter().fold(seen, |text, (mark, c)| text.replace(mark, c));
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_says_all_that_the_text_says() {
    for (name, notice) in samples::all() {
        for locale in Locale::ALL {
            let (letter, to) = (letter::write(&notice, locale), recipient(locale));
            let html = render("letter.html", &letter, &to).unwrap();
            let page = seen(&html);
            let text = render("letter.txt", &letter, &to).unwrap();
            for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "--") {
                let line = line.trim_start_matches("> ").trim_start_matches("- ").trim_end_matches(':');
                let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
                // A label and what it stands for are cells of their own.
                let parts = line.split_once(": ");
                let apart = parts.is_some_and(|(label, value)| page.contains(label) && page.contains(value));
                let linked = html.contains(&format!("href=\"{}\"", line.replace('/', "&#x2f;")));
                assert!(page.contains(&line) || apart || linked, "{name}: {line:?} is not in {page}");
            }
        }
    }
}

#[test]
fn a_mail_made_again_is_the_same() {
    for (_, notice) in samples::all() {
        for locale in Locale::ALL {
            let to = recipient(locale);
            assert_eq!(composed(&notice, &to).bytes(), composed(&notice, &to).bytes());
        }
    }
}

/// The names of a calendar object's properties and components, in order.
fn properties(object: &str) -> Vec<String> {
    let unfolded = object.replace("\r\n ", "");
    let name = |line: &str| match line.split([':', ';']).next().unwrap_or_default() {
        framing @ ("BEGIN" | "END") => format!("{framing} {}", line.split(':').nth(1).unwrap_or_default()),
        name => name.to_owned(),
    };
    unfolded.split("\r\n").map(name).collect()
}

/// A mail's header fields and the lines that part it, in order: what nothing written into it may change.
fn skeleton(text: &str) -> Vec<String> {
    let (head, body) = text.split_once("\r\n\r\n").expect("a mail has a head and a body");
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let fields = unfolded.split("\r\n").map(|line| line.split(':').next().unwrap_or_default().to_owned());
    let parts = body.split("\r\n").filter(|line| line.starts_with("--=_") || line.starts_with("Content-"));
    fields.chain(parts.map(str::to_owned)).collect()
}

#[test]
fn nothing_that_any_field_holds_changes_what_a_mail_is_made_of() {
    let mut fields = 0;
    for (name, notice) in samples::all() {
        let sound = skeleton(&String::from_utf8(composed(&notice, &recipient(Locale::Sl)).bytes()).unwrap());
        // Of a venue or a guest whose address can't be read no answers are asked.
        let sound: Vec<_> = sound.into_iter().filter(|field| field != "Reply-To").collect();
        let object = invitation(&notice).map(|(object, _)| properties(&object));
        for wicked in WICKED {
            let (notice, count) = spoilt(&notice, wicked);
            fields += count;
            let to = Recipient { name: wicked.to_owned(), ..recipient(Locale::Sl) };
            let mail = String::from_utf8(composed(&notice, &to).bytes()).unwrap();
            assert!(mail.is_ascii() && mail.split("\r\n").all(|line| line.len() <= 998), "{name}");
            assert!(!mail.replace("\r\n", "").contains(['\r', '\n', '\0']), "{name}");
            assert_eq!(skeleton(&mail), sound, "{name} {wicked:?}");
            let now = invitation(&notice).map(|(object, _)| properties(&object));
            assert_eq!(now, object, "{name} {wicked:?}");
        }
    }
    assert!(fields > 2000, "only {fields} were tried");
}

#[test]
fn one_click_is_offered_where_it_is_safe_and_for_what_is_optional_alone() {
    for (name, notice) in samples::all() {
        let mail = String::from_utf8(composed(&notice, &recipient(Locale::En)).bytes()).unwrap();
        let (head, _) = mail.split_once("\r\n\r\n").unwrap();
        let fields = head.split("\r\n").filter(|line| line.starts_with("List-Unsubscribe"));
        let wanted: &[&str] = match notice.stop() {
            Some(_) => &[
                "List-Unsubscribe: <https://prostor.example/unsubscribe/dXJhYmM>",
                "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            ],
            None => &[],
        };
        assert_eq!(fields.collect::<Vec<_>>(), wanted, "{name}");
    }
    let plain: Vec<_> = unsubscribing("http://127.0.0.1:8080/unsubscribe/x");
    assert_eq!(plain, [("List-Unsubscribe", "<http://127.0.0.1:8080/unsubscribe/x>".to_owned())]);
}

#[test]
fn what_can_not_be_addressed_is_said() {
    let notice = sample("declined");
    let date = samples::at("2026-10-20T07:15:00Z");
    for email in ["", "ana", "ana@", "ana@primer.example\r\nRCPT TO:<x@y>", "a b@c.example", "a@b@c"] {
        let to = Recipient { email: email.to_owned(), ..recipient(Locale::En) };
        let refused = compose(&notice, &to, &sender(), "m@p", date);
        assert!(matches!(refused, Err(ComposeError::Address(_))), "{email:?}");
    }
    for id in ["", "a", "@b", "a@", "a@b>\r\nBcc: x", "a b@c"] {
        let refused = compose(&notice, &recipient(Locale::En), &sender(), id, date);
        assert!(matches!(refused, Err(ComposeError::MessageId(_))), "{id:?}");
    }
}

#[test]
fn an_unreadable_venue_address_costs_only_the_way_back() {
    let mut reservation: ReservationView = samples::view();
    reservation.venue.contact_email = "at the door".to_owned();
    let mail = composed(&Notice::ReservationConfirmed { reservation }, &recipient(Locale::En));
    assert!(!String::from_utf8(mail.bytes()).unwrap().contains("Reply-To"));
}
