//! Every notice in every language, as people read it and as it travels.

use super::{
    super::{notice::ReservationView, samples},
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

fn letters(locale: Locale) -> String {
    let to = recipient(locale);
    let mut all = String::new();
    for notice in samples::all() {
        let letter = letter::write(&notice, locale);
        let text = render("letter.txt", &letter, &to).unwrap();
        let reply_to = reply_to(&notice).map(|mailbox| mailbox.to_string()).unwrap_or_default();
        let method = invitation(&notice).map_or("none", |(_, method)| method.name());
        all.push_str(&format!(
            "===== {} | reply to: {reply_to} | calendar: {method}\nSubject: {}\n\n{text}\n",
            notice.kind(),
            letter.subject
        ));
    }
    all
}

#[test]
fn the_slovenian_letters() {
    insta::assert_snapshot!(letters(Locale::Sl));
}

#[test]
fn the_english_letters() {
    insta::assert_snapshot!(letters(Locale::En));
}

#[test]
fn a_whole_mail_as_it_travels() {
    let mail = composed(&samples::all()[0], &recipient(Locale::Sl));
    insta::assert_snapshot!(String::from_utf8(mail.bytes()).unwrap().replace("\r\n", "\n"));
}

#[test]
fn the_page_escapes_what_people_wrote() {
    let notice = Notice::ReservationConfirmed { reservation: samples::difficult() };
    let letter = letter::write(&notice, Locale::Sl);
    let html = render("letter.html", &letter, &recipient(Locale::Sl)).unwrap();
    assert!(html.contains("&lt;b&gt;šok&lt;&#x2f;b&gt; &amp; 🎨"), "{html}");
    assert!(!html.contains("<b>") && !html.contains("<i>"), "{html}");
    insta::assert_snapshot!(html);
}

#[test]
fn a_mail_made_again_is_the_same() {
    for notice in samples::all() {
        for locale in Locale::ALL {
            let to = recipient(locale);
            assert_eq!(composed(&notice, &to).bytes(), composed(&notice, &to).bytes());
        }
    }
}

#[test]
fn no_mail_holds_a_line_end_of_its_own_or_eight_bits() {
    let wicked = "x\r\nBcc: y@z\n.\n\r.\rDATA\0\u{85}\u{2028}";
    let view = ReservationView {
        title: wicked.to_owned(),
        space_name: wicked.to_owned(),
        organiser_name: wicked.to_owned(),
        purpose: wicked.to_owned(),
        manage_url: wicked.to_owned(),
        unit_labels: vec![wicked.to_owned()],
        access_instructions: Some(wicked.to_owned()),
        message: Some(wicked.to_owned()),
        ..samples::view()
    };
    let to = Recipient { name: wicked.to_owned(), ..recipient(Locale::Sl) };
    let mut notices = samples::all();
    notices.push(Notice::ReservationConfirmed { reservation: view.clone() });
    notices.push(Notice::RequestToDecide { reservation: view, decide_by: None, waiting_since: None });
    notices.push(Notice::SignIn { link: wicked.to_owned(), code: wicked.to_owned(), minutes: 2 });
    for notice in notices {
        let text = String::from_utf8(composed(&notice, &to).bytes()).unwrap();
        assert!(text.is_ascii());
        assert!(!text.replace("\r\n", "").contains(['\r', '\n', '\0']), "{text}");
        let (headers, _) = text.split_once("\r\n\r\n").unwrap();
        assert!(!headers.to_ascii_lowercase().contains("\nbcc:"), "{headers}");
        assert!(text.split("\r\n").all(|line| line.len() <= 998));
    }
}

#[test]
fn what_can_not_be_addressed_is_said() {
    let notice = &samples::all()[7];
    let date = samples::at("2026-10-20T07:15:00Z");
    for email in ["", "ana", "ana@", "ana@primer.example\r\nRCPT TO:<x@y>", "a b@c.example", "a@b@c"] {
        let to = Recipient { email: email.to_owned(), ..recipient(Locale::En) };
        let refused = compose(notice, &to, &sender(), "m@p", date);
        assert!(matches!(refused, Err(ComposeError::Address(_))), "{email:?}");
    }
    for id in ["", "a", "@b", "a@", "a@b>\r\nBcc: x", "a b@c"] {
        let refused = compose(notice, &recipient(Locale::En), &sender(), id, date);
        assert!(matches!(refused, Err(ComposeError::MessageId(_))), "{id:?}");
    }
}

#[test]
fn an_unreadable_venue_address_costs_only_the_way_back() {
    let mut reservation = samples::view();
    reservation.venue.contact_email = "at the door".to_owned();
    let mail = composed(&Notice::ReservationConfirmed { reservation }, &recipient(Locale::En));
    assert!(!String::from_utf8(mail.bytes()).unwrap().contains("Reply-To"));
}
