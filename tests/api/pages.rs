//! The small pages: every link that a mail or a calendar object holds opens one, and does nothing by itself (DESIGN 6).

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    bad_input::rows,
    support::{House, Person, TestApp, both, id, version},
};

/// Every kind of notice there is.
const KINDS: [&str; 23] = [
    "address_already_known",
    "address_changed",
    "change_declined",
    "change_requested",
    "confirm_address",
    "digest",
    "headcount_asked",
    "invitation",
    "join_answered",
    "join_asked",
    "request_to_decide",
    "reservation_approved",
    "reservation_cancelled",
    "reservation_changed",
    "reservation_confirmed",
    "reservation_declined",
    "reservation_no_show",
    "reservation_reminder",
    "reservation_requested",
    "security",
    "sign_in",
    "slot_offered",
    "verify_address",
];

/// Reservations go through all that people are told of.
async fn every_reservation_notice(house: &House<'_>, ana: &Person) {
    let room = house.room("Galerija").await;
    let hour = json!({"max_duration_minutes": {"value": 60, "beyond": "ask"}});
    house.rules(&format!("/spaces/{room}"), hour).await;
    let mine = house.has(ana, &room, "2026-03-10T10:00", "2026-03-10T11:00").await;
    let path = format!("/reservations/{}", id(&mine));
    let edit = |version, change: Value| house.patch(&path, version, change).by(ana);
    let later = json!({"starts_at": "2026-03-10T11:00", "ends_at": "2026-03-10T12:00"});
    let moved = edit(version(&mine), later).await.expect(200);
    edit(version(&moved), json!({"ends_at": "2026-03-10T14:00"})).await.expect(200);
    house.does(&house.manager, &id(&mine), "decline").await.expect(200);
    house.does(ana, &id(&mine), "cancel").await.expect(200);
    for (day, verdict) in [("2026-03-11", "approve"), ("2026-03-12", "decline")] {
        let asked = house.has(ana, &room, &format!("{day}T10:00"), &format!("{day}T12:00")).await;
        house.does(&house.manager, &id(&asked), verdict).if_match(version(&asked)).await.expect(200);
    }
}

/// Somebody comes to one of two reservations; the clock goes on until both are over.
async fn every_notice_of_who_came(house: &House<'_>, ana: &Person) {
    let room = house.room("Predavalnica").await;
    house.rules(&format!("/spaces/{room}"), json!({"check_in_required": true})).await;
    house.has(ana, &room, "2026-03-13T10:00", "2026-03-13T11:00").await;
    let kept = house.has(ana, &room, "2026-03-13T12:00", "2026-03-13T13:00").await;
    house.at("2026-03-13T11:05:00Z");
    house.does(&ana.renewed(house), &id(&kept), "check-in").await.expect(200);
    house.at("2026-03-13T12:00:00Z");
    house.run_jobs();
}

/// Somebody makes a key, then moves to another address.
async fn every_notice_of_an_account(house: &House<'_>, ana: &Person, moved: &str) {
    let key = json!({"name": "Display", "scopes": ["places:read"]});
    house.post("/auth/keys", key).by(ana).await.expect(201);
    house.post("/auth/email", json!({"email": moved})).by(ana).await.expect(202);
    let code = house.await_letters(moved, 1).await[0].code();
    house.post("/auth/email/confirm", json!({"code": code})).by(ana).await.expect(200);
}

/// Staff ask to join what somebody made, and may.
async fn every_notice_of_joining(house: &House<'_>, ana: &Person) {
    let studio = json!({"name": "Studio", "legal_form": "company", "municipality": "Kranj"});
    let studio = id(&house.post("/organisations", studio).by(ana).await.expect(201));
    let asked =
        house.post(&format!("/organisations/{studio}/join-requests"), json!({})).by(&house.desk()).await;
    let accept = format!("/join-requests/{}/accept", id(&asked.expect(201)));
    house.call(Method::POST, &accept).by(ana).await.expect(200);
}

/// Everything of ours that a text links to.
fn links(app: &TestApp, text: &str) -> Vec<String> {
    let ends = |c: char| c.is_whitespace() || c == '>' || c == ')';
    let ours = format!("{}/", app.url);
    let after = text.split(&ours).skip(1);
    after.map(|rest| format!("//{}", rest.split(ends).next().unwrap())).collect()
}

both! {
    async fn every_link_in_a_mail_opens_a_page(app: TestApp) {
        let house = House::new(&app).await;
        let ana = app.member("ana");
        every_reservation_notice(&house, &ana).await;
        let free = json!({"space_id": house.room("Druga").await, "from": "2026-03-20T10:00", "to": "2026-03-20T12:00",
            "duration_minutes": 60, "title": "Vaja", "purpose": "rehearsal"});
        app.post("/waiting-list", free).by(&ana).await.expect(201);
        app.run_jobs();
        let nina = "nina@example.org";
        let invited = json!({"email": nina});
        app.post(&format!("/venues/{}/invitations", house.venue), invited).by(&house.manager).await.expect(201);
        app.post("/auth/link", json!({"email": ana.email})).await.expect(202);
        for email in [nina, ana.email.as_str()] {
            app.post("/auth/register", json!({"email": email, "name": "Nina"})).await.expect(202);
        }
        every_notice_of_who_came(&house, &ana).await;
        every_notice_of_joining(&house, &ana.renewed(&app)).await;
        let moved = "ana.novak@example.org";
        every_notice_of_an_account(&house, &ana.renewed(&app), moved).await;
        // The clock goes on to what is ahead; of the day the staff hear in the morning.
        let last = house.has(&app.member("bor"), &house.room("Tretja").await, "2026-03-16T10:00", "2026-03-16T11:00").await;
        house.at("2026-03-15T09:00:00Z");
        app.run_jobs();
        house.at("2026-03-16T06:00:00Z");
        app.run_jobs();
        let (mut kinds, mut opened) = (BTreeSet::new(), BTreeSet::new());
        let before = (rows(&app), house.sees(&house.desk(), &id(&last)).await);
        for email in [nina, &ana.email, moved, "bor@example.org", &house.manager.email] {
            let queued = app.queued_for(email);
            for letter in app.await_letters(email, queued.len()).await {
                let links = links(&app, &format!("{}\n{}", letter.text, letter.calendar));
                assert!(!links.is_empty(), "{letter:?}");
                for link in links {
                    // Link scanners ask for the head, or follow it with all that it has.
                    let address = link.split('#').next().unwrap();
                    assert_eq!(app.call(reqwest::Method::HEAD, address).await.status, 200, "{link}");
                    app.get(&link.replace('#', "?")).await;
                    let page = app.get(address).await;
                    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"), "{link}");
                    opened.insert(link.split(['/', '#', '?']).nth(2).unwrap().to_owned());
                }
            }
            kinds.extend(queued);
        }
        assert_eq!((rows(&app), house.sees(&house.desk(), &id(&last)).await), before, "looking changed something");
        assert_eq!(kinds.into_iter().collect::<Vec<_>>(), KINDS);
        assert_eq!(opened.into_iter().collect::<Vec<_>>(), ["check-in", "confirm-address", "headcount", "invitation", "join-requests", "reservations", "restore-address", "sign-in", "unsubscribe"]);
    }

    async fn pages_speak_the_readers_language_and_load_only_what_there_is(app: TestApp) {
        for (path, english, slovenian) in [
            ("//sign-in", "Sign in to Prostor", "Prijava v Prostor"),
            ("//invitation", "Invitation", "Vabilo"),
            ("//reservations/rsv_01h455vb4pex5vsknk084sn02q", "Reservation", "Rezervacija"),
            ("//check-in", "Checking in", "Prijava prihoda"),
            ("//headcount", "How many people came?", "Koliko oseb je prišlo?"),
            ("//confirm-address", "Your new address", "Vaš novi naslov"),
            ("//restore-address", "Taking back a change of address", "Razveljavitev spremembe naslova"),
            ("//join-requests/joi_01h455vb4pex5vsknk084sn02q", "Request to join", "Prošnja za pridružitev"),
            ("//unsubscribe/x", "Fewer messages", "Manj sporočil"),
            ("//door/spc_01h455vb4pex5vsknk084sn02q", "Checking in", "Prijava prihoda"),
        ] {
            for (language, title) in [("en", english), ("sl", slovenian)] {
                let page = app.get(path).header("accept-language", language).await;
                assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
                assert_eq!(page.header("content-language"), language);
                assert!(page.text.contains(&format!(">{title}</h1>")), "{}", page.text);
                let mut loaded: Vec<_> = page.text.split("\"/pages/").skip(1).collect();
                while let Some(rest) = loaded.pop() {
                    let name = rest.split('"').next().unwrap();
                    let file = app.get(&format!("//pages/{name}")).await;
                    let kind = if name.ends_with(".css") { "text/css" } else { "text/javascript" };
                    assert!(file.status == 200 && file.header("content-type").starts_with(kind), "{name}");
                    assert_eq!(file.header("cache-control"), "no-cache");
                    let known = app.get(&format!("//pages/{name}")).header("if-none-match", file.header("etag")).await;
                    assert_eq!((known.status, known.text.as_str()), (304, ""), "{name}");
                }
            }
        }
        for nothing in ["//reservations/ven_01h455vb4pex5vsknk084sn02q", "//reservations/x", "//pages/mod.rs"] {
            assert_eq!(app.get(nothing).await.status, 404, "{nothing}");
        }
    }
}
