//! What a venue learns of whom it reserves for, and how that is seen: as much as it wrote itself (ADR 26).

use diesel::prelude::*;
use prostor::{
    app::digests,
    store::schema::{outbox, users},
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Backend, Call, House, Options, TestApp, both, id, meeting, version, with};

fn names_of(app: &TestApp, email: &str) -> Vec<String> {
    users::table.filter(users::email.eq(email)).select(users::name).load(&mut *app.connection()).unwrap()
}

fn erase_guest(app: &TestApp, venue: &str, guest: &str) -> Call {
    app.call(Method::DELETE, &format!("/venues/{venue}/guests/{guest}"))
}

/// To whom letters were queued that hold a text, with the kinds of them.
fn told_of(app: &TestApp, text: &str) -> Vec<(String, String)> {
    let all = outbox::table.filter(outbox::payload.like(format!("%{text}%")));
    let all = all.order((outbox::to_email, outbox::kind)).select((outbox::to_email, outbox::kind));
    all.load(&mut *app.connection()).unwrap()
}

both! {
    /// What waits to be sent to who works there names nobody any more; what others are told stays.
    async fn letters_not_yet_sent_forget_a_guest_with_an_account(backend: Backend) {
        let nowhere = Some("smtp://127.0.0.1:1".to_owned());
        let app = TestApp::start(backend, Options { mail_url: nowhere, ..Options::default() });
        let house = House::new(&app).await;
        let other = house.another_venue("kovacnica").await;
        let (room, elsewhere, ana) = (house.room("Soba").await, other.room("Delavnica").await, app.member("ana"));
        house.rules(&format!("/spaces/{room}"), json!({"max_duration_minutes": {"value": 60, "beyond": "ask"}})).await;
        digests::send_due(&app.app).unwrap();
        let of = |room: &str, name: &str| {
            let guest = json!({"name": name, "email": "Ana@Example.org"});
            with(meeting(room, "2026-03-03T10:00", "2026-03-03T11:00"), json!({"organiser": guest}))
        };
        let made = house.reserves(&house.manager, of(&room, "Gospa Medvedova")).await.expect(201);
        other.reserves(&other.manager, of(&elsewhere, "Gospa Volkova")).await.expect(201);
        let path = format!("/reservations/{}", id(&made));
        let wish = json!({"ends_at": "2026-03-03T12:00"});
        let wished = app.patch(&path, version(&made), wish).by(&ana).await.expect(200);
        house.does(&house.manager, &id(&made), "decline").if_match(version(&wished)).await.expect(200);
        house.at("2026-03-03T06:00:00Z");
        digests::send_due(&app.app).unwrap();
        let [here, there] = [&house, &other].map(|house| house.manager.email.clone());
        let told = |to: &str, kind: &str| (to.to_owned(), kind.to_owned());
        let of_theirs = told_of(&app, "Volkova");
        assert!(of_theirs.contains(&told(&there, "digest")), "{of_theirs:?}");
        assert_eq!(told_of(&app, "Medvedova").iter().filter(|(to, _)| *to == here).cloned().collect::<Vec<_>>(), [
            told(&here, "digest"), told(&here, "request_to_decide"),
        ]);
        house.at("2026-03-03T12:00:00Z");
        app.run_jobs();
        erase_guest(&app, &house.venue, &ana.id.to_string()).by(&house.desk()).await.expect(204);
        assert_eq!(told_of(&app, "Medvedova").iter().filter(|(to, _)| *to != ana.email).count(), 0);
        assert_eq!(told_of(&app, "Volkova"), of_theirs);
        assert!(app.queued_for(&ana.email).contains(&"reservation_confirmed".to_owned()), "her own are hers");
    }

    /// Staff try addresses one after the other: all that they read is the same, whoever has an account or was elsewhere.
    async fn no_answer_tells_a_venue_who_has_an_account(app: TestApp) {
        let house = House::new(&app).await;
        let other = house.another_venue("kovacnica").await;
        let (room, elsewhere) = (house.room("Soba").await, other.room("Delavnica").await);
        let ana = app.member("ana.novak");
        let row = users::table.find(ana.id);
        diesel::update(row).set((users::name.eq("Ana Novak"), users::phone.eq("+38641999999"))).execute(&mut *app.connection()).unwrap();
        let of = |email: &str, name: &str, day: u8, room: &str| {
            let guest = json!({"name": name, "email": email});
            with(meeting(room, &format!("2026-03-0{day}T10:00"), &format!("2026-03-0{day}T11:00")), json!({"organiser": guest, "internal_notes": "pride z avtom"}))
        };
        let known = json!({"name": "Prvi Gost", "email": "bor@example.org", "phone": "041 222 333"});
        let made = with(meeting(&elsewhere, "2026-03-03T10:00", "2026-03-03T11:00"), json!({"organiser": known}));
        other.reserves(&other.manager, made).await.expect(201);
        let mut read = Vec::new();
        for (day, email) in [(3, "Ana.Novak@example.org"), (4, "bor@example.org"), (5, "nihce@example.org")] {
            let mut told = String::new();
            let made = house.reserves(&house.manager, of(email, "Izmišljeno Ime", day, &room)).await.expect(201);
            let who = made["organiser"]["id"].as_str().unwrap().to_owned();
            assert_eq!((&made["organiser"]["name"], &made["organiser"]["email"]), (&json!("Izmišljeno Ime"), &json!(email)));
            assert_eq!(house.sees(&house.manager, &id(&made)).await["organiser"], made["organiser"]);
            let listed = app.get("/reservations").by(&house.manager).await.expect(200);
            told += &listed["items"].as_array().unwrap().iter().filter(|one| one["id"] == made["id"]).map(|one| one["organiser"].to_string()).collect::<String>();
            let held = format!("/venues/{}/guests/{who}", house.venue);
            let mut export = app.get(&held).by(&house.manager).await.expect(200);
            assert_eq!(export["reservations"].as_array().unwrap().len(), 1, "its own alone");
            for own in ["reservations", "history"] {
                export[own] = json!(null);
            }
            told += &export.to_string();
            told += &erase_guest(&app, &house.venue, &who).by(&house.manager).await.refused(409, "obligations_open")["code"].to_string();
            let cancelled = house.does(&house.manager, &id(&made), "cancel").await.expect(200);
            assert_eq!(cancelled["organiser"]["name"], "Izmišljeno Ime");
            let gone = erase_guest(&app, &house.venue, &who).by(&house.manager).await;
            told += &format!("{} {}", gone.status, gone.text);
            told += &app.get(&held).by(&house.manager).await.text;
            let after = house.sees(&house.manager, &id(&made)).await;
            assert_eq!((&after["organiser"]["name"], &after["title"], &after["internal_notes"]), (&json!("—"), &json!("—"), &json!(null)));
            told += &after["organiser"]["email"].to_string();
            read.push(told.replace(&who, "usr").replace(email, "email").replace(&id(&made), "rsv"));
        }
        assert_eq!(read[0], read[1]);
        assert_eq!(read[0], read[2]);
        // Whose account it is, or who is another house's guest, stays.
        let row: (String, Option<String>) = users::table.find(ana.id).select((users::name, users::phone)).first(&mut *app.connection()).unwrap();
        assert_eq!(row, ("Ana Novak".to_owned(), Some("+38641999999".to_owned())));
        assert_eq!(names_of(&app, "bor@example.org"), ["Prvi Gost"]);
        assert_eq!(names_of(&app, "nihce@example.org"), [""; 0], "nobody else knew them");
        let own = app.get("/reservations?mine=true").by(&ana).await.expect(200);
        assert_eq!((&own["items"][0]["organiser"]["name"], &own["items"][0]["title"]), (&json!("Ana Novak"), &json!("—")));
        assert_eq!(app.get("/me/export").by(&ana).await.expect(200)["guest_of"], json!([]));
    }

    /// A venue finds its guests by the address that it wrote, whatever became of it, and no other venue's.
    async fn a_venue_lists_its_guests(app: TestApp) {
        let house = House::new(&app).await;
        let other = house.another_venue("kovacnica").await;
        let (room, elsewhere, ana) = (house.room("Soba").await, other.room("Delavnica").await, app.member("ana"));
        let of = |email: &str, name: &str, hour: u8, room: &str| {
            let guest = json!({"name": name, "email": email, "phone": "041 111 222"});
            let times = (format!("2026-03-03T{hour}:00"), format!("2026-03-03T{hour}:30"));
            with(meeting(room, &times.0, &times.1), json!({"organiser": guest}))
        };
        house.reserves(&house.manager, of("Bor@example.org", "Bor", 10, &room)).await.expect(201);
        let made = house.reserves(&house.manager, of("ana@example.org", "Izmišljeno Ime", 11, &room)).await.expect(201);
        other.reserves(&other.manager, of("tuj@example.org", "Tuj", 10, &elsewhere)).await.expect(201);
        house.has(&app.member("eva"), &room, "2026-03-03T12:00", "2026-03-03T13:00").await;
        let path = format!("/venues/{}/guests", house.venue);
        let list = async |query: &str| app.get(&format!("{path}{query}")).by(&house.manager).await.expect(200);
        let names = async |query: &str| {
            let listed = list(query).await;
            let mut names: Vec<_> = listed["items"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect();
            names.sort();
            names
        };
        assert_eq!(names("").await, ["Bor", "Izmišljeno Ime"]);
        assert_eq!(names("?email=bOr@Example.org").await, ["Bor"]);
        assert_eq!(names("?email=tuj@example.org").await, [""; 0]);
        assert_eq!(names("?email=eva@example.org").await, [""; 0], "who reserved herself is none");
        let hers = list(&format!("?guest_id={}", ana.id)).await;
        assert_eq!(hers["items"], json!([{"id": ana.id, "name": "Izmišljeno Ime", "email": "ana@example.org", "phone": "041111222", "since": "2026-03-02T07:00:00Z"}]));
        assert_eq!(made["organiser"]["id"], json!(ana.id));
        // She moves to another address: the venue goes on knowing the one that it wrote, and does not find the other.
        let row = users::table.find(ana.id);
        diesel::update(row).set((users::email.eq("nova@example.org"), users::email_key.eq("nova@example.org"))).execute(&mut *app.connection()).unwrap();
        assert_eq!(names("?email=ana@example.org").await, ["Izmišljeno Ime"]);
        assert_eq!(names("?email=nova@example.org").await, [""; 0]);
        let first = list("?limit=1").await;
        let rest = list(&format!("?limit=1&cursor={}", first["next"].as_str().unwrap())).await;
        assert!(first["items"][0] != rest["items"][0] && rest["next"].is_null(), "{first} {rest}");
        let problem = app.get(&format!("{path}?email=nobody")).by(&house.manager).await.refused(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "?email");
        app.run_jobs();
        assert_eq!(app.get("/me/views").by(&ana).await.expect(200)["items"].as_array().unwrap().iter().filter(|look| look["what"] == "guests").count(), 1);
    }

    /// A calendar program reads for its owner, and the operator looks at what is between others.
    async fn looks_by_a_calendar_link_and_at_requests_to_join_are_noted(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Soba").await, app.member("ana"));
        house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T11:00").await;
        let looks = async || {
            app.run_jobs();
            let seen = app.get("/me/views").by(&ana).await.expect(200)["items"].clone();
            seen.as_array().unwrap().iter().map(|look| look["what"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let mut tags = Vec::new();
        for shows in [json!({"venue_id": house.venue}), json!({"space_id": room})] {
            let made = app.post("/auth/calendars", shows).by(&house.manager).await.expect(201);
            let link = made["url"].as_str().unwrap().split_once("/api/v1").unwrap().1.to_owned();
            let read = app.get(&link).await;
            assert!(read.text.contains("Organiser: ana"), "{}", read.text);
            tags.push((link, read.header("etag").to_owned()));
        }
        assert_eq!(looks().await, ["reservations"], "once an hour, for one house");
        // Who is told that nothing changed was shown nothing.
        app.advance(3600);
        let ana = ana.renewed(&app);
        let (link, tag) = &tags[0];
        let unchanged = app.get(link).header("if-none-match", tag).await;
        assert_eq!(unchanged.status, 304);
        app.run_jobs();
        assert_eq!(app.get("/me/views").by(&ana).await.expect(200)["items"].as_array().unwrap().len(), 1);
        let owner = app.member("lastnica");
        let studio = json!({"name": "Studio", "legal_form": "company", "municipality": "Kranj"});
        let studio = id(&app.post("/organisations", studio).by(&owner).await.expect(201));
        let asked = app.post(&format!("/organisations/{studio}/join-requests"), json!({})).by(&ana).await.expect(201);
        app.get(&format!("/organisations/{studio}/join-requests")).by(&owner).await.expect(200);
        app.run_jobs();
        assert_eq!(app.get("/me/views").by(&ana).await.expect(200)["items"].as_array().unwrap().len(), 1, "its owners were asked");
        let root = house.root.renewed(&app);
        app.get(&format!("/organisations/{studio}/join-requests")).by(&root).await.expect(200);
        app.get(&format!("/join-requests/{}", id(&asked))).by(&root).await.expect(200);
        app.run_jobs();
        let seen = app.get("/me/views").by(&ana).await.expect(200)["items"].clone();
        assert_eq!((seen.as_array().unwrap().len(), &seen[0]["what"], &seen[0]["venue_id"]), (2, &json!("join_requests"), &Value::Null));
    }
}
