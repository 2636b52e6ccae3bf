//! The canary: a person who leaves distinctive values wherever there is room for any, and does one of everything. Once
//! they are erased, nothing of it is in any byte of the database, a dump of it, or the log; statistics are as before.
//!
//! Mails leave for a server that is never there, so that all of them, to others too, are still kept with what they say.

use std::{fs, process::Command};

use diesel::prelude::*;
use prostor::{
    admin,
    domain::ids::UserId,
    store::{dialect::Target, schema::outbox},
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Backend, House, Options, Person, TestApp, both, id, log, meeting, version, with};

/// In each of the canary's texts, in one case or another.
const SONG: &str = "kanarin";
const EMAIL: &str = "zvezda.kanarin@example.org";
const PHONE: &str = "040777123";
const ADDRESS: &str = "203.0.113.77";
const PASSWORD: &str = "kanarin poje ob zori";

/// Every byte that is kept, in lower case.
fn kept(app: &TestApp) -> String {
    let bytes = match &app.config.database {
        Target::Sqlite(path) => {
            let files = ["", "-wal", "-shm"].map(|end| fs::read(format!("{path}{end}")).unwrap_or_default());
            files.concat()
        }
        Target::Postgres(url) => {
            let dump = Command::new("pg_dump").args(["--dbname", url]).output().unwrap();
            assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
            dump.stdout
        }
    };
    String::from_utf8_lossy(&bytes).to_lowercase()
}

/// Where a word is, with what stands around it.
fn around(text: &str, word: &str) -> Vec<String> {
    let found = text.match_indices(word);
    let near = found.map(|(at, _)| {
        let from = (0..=at.saturating_sub(80)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
        text[from..].chars().take(160).filter(|c| !c.is_control()).collect()
    });
    near.collect()
}

/// What stands behind `#token=` in the latest letter of a kind to the canary.
fn token_of(app: &TestApp, kind: &str) -> String {
    let letters =
        outbox::table.filter(outbox::to_email.eq(EMAIL).and(outbox::kind.eq(kind))).order(outbox::id.desc());
    let payload: String = letters.select(outbox::payload).first(&mut *app.connection()).unwrap();
    let (_, rest) = payload.split_once("#token=").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// The canary with an account, signed in; and what is secret of it.
async fn hatched(app: &TestApp) -> (Person, Vec<String>) {
    let agent = |call: crate::support::Call| {
        call.header("user-agent", "Kanarinov brskalnik/7.7").header("x-forwarded-for", ADDRESS)
    };
    let new = json!({"email": EMAIL, "name": "Zvezda Kanarin", "password": PASSWORD, "locale": "sl"});
    agent(app.post("/auth/register", new)).await.expect(202);
    let token = token_of(app, "verify_address");
    let redeemed = json!({"token": token, "password": PASSWORD});
    let signed_in = agent(app.post("/auth/link/redeem", redeemed)).await.expect(200);
    let refresh = signed_in["refresh_token"].as_str().unwrap().to_owned();
    let renewed = agent(app.post("/auth/refresh", json!({"refresh_token": refresh}))).await.expect(200);
    let access = renewed["access_token"].as_str().unwrap().to_owned();
    let found: UserId = {
        use prostor::store::schema::users::dsl::*;
        users.filter(email.eq(EMAIL)).select(id).first(&mut *app.connection()).unwrap()
    };
    let secrets = vec![token, refresh, renewed["refresh_token"].as_str().unwrap().to_owned(), access.clone()];
    (Person { id: found, email: EMAIL.to_owned(), token: access }, secrets)
}

/// One of everything that leaves a trace.
async fn sings(app: &TestApp, house: &House<'_>, canary: &Person) -> Vec<String> {
    let by = |call: crate::support::Call| call.by(canary).header("x-forwarded-for", ADDRESS);
    let me = app.get("/me").by(canary).await.expect(200);
    by(app.patch("/me", version(&me), json!({"phone": PHONE}))).key("kljuc-1").await.expect(200);
    let organisation = json!({"name": "Kanarin, s. p.", "legal_form": "sole_entrepreneur", "municipality": "Kranj", "register_number": "7777779"});
    let organisation = id(&by(app.post("/organisations", organisation)).key("kljuc-2").await.expect(201));
    let key = json!({"name": "Kanarinov zaslon", "scopes": ["places:read", "reservations:write"], "password": PASSWORD});
    let key = by(app.post("/auth/keys", key)).await.expect(201)["key"].as_str().unwrap().to_owned();
    by(app.post("/auth/email", json!({"email": "nova.kanarin@example.org", "password": PASSWORD})))
        .await
        .expect(202);
    by(app.post("/auth/second-factor", json!({"password": PASSWORD}))).await.expect(200);
    let words = json!({"title": "Kanarinov koncert", "notes": "Kanarin pride z mamo.", "organisation_id": organisation,
        "public": true, "event": {"description": "Poje Zvezda Kanarin.", "link": "https://kanarin.example.org/"}});
    let room = house.room("Soba").await;
    let wish = |from: &str, to: &str| with(meeting(&room, from, to), words.clone());
    let made = by(app.post("/reservations", wish("2026-03-02T10:00", "2026-03-02T11:00")))
        .key("kljuc-3")
        .await
        .expect(201);
    let other = by(app.post("/reservations", wish("2026-03-04T10:00", "2026-03-04T11:00"))).await.expect(201);
    let cancel = json!({"message": "Kanarin je zbolel."});
    by(app.post(&format!("/reservations/{}/cancel", id(&other)), cancel.clone()))
        .key("kljuc-4")
        .await
        .expect(200);
    let series = json!({"template": wish("2026-03-05T10:00", "2026-03-05T11:00"), "rrule": "FREQ=DAILY;COUNT=3", "on_conflict": "all_or_nothing"});
    let series = by(app.post("/series", series)).key("kljuc-5").await.expect(201);
    by(app.post(&format!("/series/{}/cancel", id(&series)), cancel)).await.expect(200);
    is_heard(app, house, canary, &words, &made).await;
    vec![key, belongs(app, house, canary, &organisation).await]
}

/// Organisations, theirs and another, and a calendar to subscribe to, whose link is a secret.
async fn belongs(app: &TestApp, house: &House<'_>, canary: &Person, own: &str) -> String {
    let by = |call: crate::support::Call| call.by(canary).header("x-forwarded-for", ADDRESS);
    let grounds = json!({"confirmed": true, "grounds": "Galerija gospe Kanarin."});
    app.post(&format!("/organisations/{own}/confirm"), grounds)
        .by(&house.root)
        .key("hisa-5")
        .await
        .expect(200);
    let new = json!({"email": "pevka@example.org", "role": "member"});
    by(app.post(&format!("/organisations/{own}/invitations"), new)).key("kljuc-8").await.expect(201);
    let choir = json!({"name": "Zbor Lipa", "legal_form": "ngo", "municipality": "Kranj"});
    let choir = id(&app.post("/organisations", choir).by(&house.manager).await.expect(201));
    let asks = json!({"message": "Kanarin bi tudi pel."});
    let asked = by(app.post(&format!("/organisations/{choir}/join-requests"), asks)).key("kljuc-7").await;
    let declined = format!("/join-requests/{}/decline", id(&asked.expect(201)));
    app.call(Method::POST, &declined).by(&house.manager).key("hisa-6").await.expect(200);
    let calendar = by(app.post("/auth/calendars", json!({"name": "Kanarinov koledar"}))).await.expect(201);
    let url = calendar["url"].as_str().unwrap().to_owned();
    let link = url.strip_prefix(&app.url).unwrap_or(&url).to_owned();
    by(app.get(&format!("/{link}"))).await;
    url.rsplit('/').next().unwrap().trim_end_matches(".ics").to_owned()
}

/// The house is asked and answers, notes and invites: what is kept of the canary for others.
async fn is_heard(app: &TestApp, house: &House<'_>, canary: &Person, words: &Value, made: &Value) {
    let by = |call: crate::support::Call| call.by(canary).header("x-forwarded-for", ADDRESS);
    let hall = house.room("Dvorana").await;
    house.rules(&format!("/spaces/{hall}"), json!({"approval": "always"})).await;
    let asked = with(
        words.clone(),
        json!({"space_id": hall, "starts_at": "2026-03-06T10:00", "ends_at": "2026-03-06T11:00"}),
    );
    let asked =
        by(house.post("/reservations", with(meeting(&hall, "2026-03-06T10:00", "2026-03-06T11:00"), asked)))
            .await
            .expect(201);
    let declined = json!({"message": "Gospa Kanarin, ne gre."});
    app.post(&format!("/reservations/{}/decline", id(&asked)), declined)
        .by(&house.manager)
        .key("hisa-1")
        .await
        .expect(200);
    let noted = json!({"internal_notes": "Kanarin plača z gotovino."});
    app.patch(&format!("/reservations/{}", id(made)), version(made), noted)
        .by(&house.manager)
        .key("hisa-2")
        .await
        .expect(200);
    let other_room = house.room("Atelje").await;
    house.has(&house.manager, &other_room, "2026-03-10T10:00", "2026-03-10T12:00").await;
    let waits = json!({"space_id": other_room, "from": "2026-03-10T10:00", "to": "2026-03-10T12:00", "duration_minutes": 60,
        "title": "Kanarin čaka", "purpose": "rehearsal"});
    by(app.post("/waiting-list", waits)).key("kljuc-6").await.expect(201);
    app.get(&format!("/venues/{}/waiting-list", house.venue)).by(&house.manager).await.expect(200);
    let invitations = format!("/venues/{}/invitations", house.venue);
    app.post(&invitations, json!({"email": EMAIL})).by(&house.manager).key("hisa-3").await.expect(201);
    let member = format!("/venues/{}/members/{}", house.venue, canary.id);
    app.call(Method::PUT, &member).by(&house.manager).key("hisa-4").await.expect(200);
}

/// The canary's child, who has no account, and its chick, of whom a table knows the name alone: erased by the operator.
async fn a_nest_is_built(house: &House<'_>) {
    let room = house.room("Gnezdo").await;
    let child = json!({"organiser": {"name": "Mladi Kanarin", "email": "mladi.kanarin@example.org", "phone": PHONE},
        "title": "Kanarinovo gnezdo", "internal_notes": "Otrok gospe Kanarin."});
    let nest = with(meeting(&room, "2026-03-02T10:00", "2026-03-02T11:00"), child);
    house.post("/reservations", nest).by(&house.manager).key("hisa-7").await.expect(201);
    let table = "external_id,space,starts_at,ends_at,title,purpose,organiser_name,organiser_phone\n\
        kanarin-1,Gnezdo,2026-01-08T10:00,2026-01-08T11:00,Kanarin se izvali,other,Mali Kanarin,040 777 123\n";
    let body = json!({"content": table, "mode": "all_or_nothing"});
    let path = format!("/venues/{}/reservations/import", house.venue);
    let brought = house.post(&path, body).by(&house.manager).key("hisa-8").await.expect(200);
    assert_eq!(brought["summary"]["created"], 1, "{brought}");
}

/// By address, and by the id that their name finds.
fn the_operator_erases_the_nest(app: &TestApp) {
    let chick = admin::find(&app.app, "mali kanarin").unwrap();
    let id = chick.split(',').next().unwrap();
    for who in ["mladi.kanarin@example.org", id] {
        assert!(admin::export(&app.app, who).unwrap().to_lowercase().contains(SONG));
        admin::erase(&app.app, who, true).unwrap();
    }
}

both! {
    async fn nothing_is_left_of_who_was_erased_but_what_is_counted(backend: Backend) {
        log::keep();
        let mut app = TestApp::start(backend, Options {
            mail_url: Some("smtp://127.0.0.1:1?tls=none".to_owned()),
            proxies: prostor::http::middleware::client::Proxies(vec!["127.0.0.1".parse().unwrap()]),
            ..Options::default()
        });
        let (canary, manager, gallery, figures, mut secrets) = {
            let house = House::new(&app).await;
            let (canary, mut secrets) = hatched(&app).await;
            secrets.extend(sings(&app, &house, &canary).await);
            a_nest_is_built(&house).await;
            let figures = format!("/statistics/utilisation?venue_id={}&from=2026-03-02&to=2026-03-12&group_by=space,day", house.venue);
            (canary, house.manager.clone(), house.room("Galerija").await, figures, secrets)
        };
        app.get("/me/export").by(&canary).await.expect(200);
        prostor::app::digests::send_due(&app.app).unwrap();
        let calendar = app.get("/me/export.ics").by(&canary).await;
        assert!(calendar.text.contains("SUMMARY:Kanarinov koncert") && calendar.text.matches("BEGIN:VEVENT").count() == 6, "{}", calendar.text);
        // In the morning, so that the venue's digest tells of it and can't be sent either.
        let ahead = meeting(&gallery, "2026-03-09T10:00", "2026-03-09T11:00");
        let ahead = id(&app.post("/reservations", ahead).by(&canary).await.expect(201));
        app.clock.set(crate::support::at("2026-03-03T06:00:00Z"));
        app.run_jobs();
        let digests = outbox::table.filter(outbox::kind.eq("digest")).select(outbox::payload);
        let digests: Vec<String> = digests.load(&mut *app.connection()).unwrap();
        assert!(digests.iter().any(|payload| payload.contains("Zvezda Kanarin")), "{digests:?}");
        app.post(&format!("/reservations/{ahead}/cancel"), json!({})).by(&canary.renewed(&app)).await.expect(200);
        let before = kept(&app);
        for word in [SONG, PHONE, "kanarinov brskalnik", "kanarin je zbolel", "gospa kanarin", "kanarin čaka", "galerija gospe", "kanarin bi tudi", "kanarinov koledar", "otrok gospe", "mali kanarin"] {
            assert!(before.contains(word), "the canary never left {word}");
        }
        let counted = app.get(&figures).by(&manager.renewed(&app)).await.expect(200);
        the_operator_erases_the_nest(&app);
        let canary = canary.renewed(&app);
        let me = app.get("/me").by(&canary).await.expect(200);
        app.delete("/me", version(&me)).by(&canary).await.refused(403, "confirmation_required");
        app.post("/auth/confirm", json!({"password": PASSWORD})).by(&canary).await.expect(204);
        app.delete("/me", version(&me)).by(&canary).key("kljuc-zadnji").await.expect(204);
        app.get("/me").by(&canary).await.refused(401, "unauthenticated");
        let key = format!("Bearer {}", secrets[secrets.len() - 2]);
        app.get("/spaces").header("authorization", &key).await.refused(401, "unauthenticated");
        assert_eq!(app.get(&figures).by(&manager.renewed(&app)).await.expect(200), counted);
        // The last mail can't be had either, and is given up within hours.
        app.advance(2 * 3600);
        app.run_jobs();
        let report = prostor::app::check::run(&app.app.db).unwrap();
        assert!(report.is_clean(), "{report}");
        app.stop();
        let after = kept(&app);
        secrets.extend([SONG.to_owned(), PHONE.to_owned(), ADDRESS.to_owned(), "7777779".to_owned()]);
        let log = log::kept().to_lowercase();
        assert!(log.contains("was not sent"), "the log was captured");
        for word in secrets.iter().map(|word| word.to_lowercase()) {
            assert!(!after.contains(&word), "{word}: {:#?}", around(&after, &word));
            assert!(!log.contains(&word), "{word} in the log: {:#?}", around(&log, &word));
        }
    }
}
