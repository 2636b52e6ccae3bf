//! Personal data: what stands against erasure, people without an account, who looked, what was done, and for how long
//! all that is kept.

use diesel::{connection::SimpleConnection, prelude::*};
use prostor::{
    app::backup::Backups,
    domain::retention::Retention,
    store::schema::{audit, data_views, users},
};
use serde_json::{Value, json};

use crate::support::{
    Backend, Call, House, Options, Person, TestApp, both, id, meeting, tell, version, with,
};

/// A day of the clock, seconds.
const DAY: i64 = 86_400;

async fn erase(app: &TestApp, person: &Person) -> crate::support::Reply {
    let me = app.get("/me").by(person).await.expect(200);
    app.delete("/me", version(&me)).by(person).await
}

fn guest(room: &str, from: &str, to: &str) -> Value {
    let guest = json!({"name": "Gost Brez Računa", "email": "gost@example.org", "phone": "041 111 222"});
    with(meeting(room, from, to), json!({"organiser": guest, "internal_notes": "pride z avtom"}))
}

fn names_of(app: &TestApp, email: &str) -> Vec<String> {
    users::table.filter(users::email.eq(email)).select(users::name).load(&mut *app.connection()).unwrap()
}

fn erase_guest(app: &TestApp, venue: &str, guest: &str) -> Call {
    app.call(reqwest::Method::DELETE, &format!("/venues/{venue}/guests/{guest}"))
}

/// Backups of a folder, the oldest first.
fn backups(folder: &std::path::Path) -> Vec<String> {
    let files =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = files.collect();
    names.sort();
    names
}

#[test]
fn each_night_has_one_proven_backup_and_the_latest_stay() {
    tell::<Backend, _>(Backend::Sqlite, |backend| async move {
        let folder = tempfile::tempdir().unwrap();
        let backups_to = Backups { folder: folder.path().join("nights"), kept: 2 };
        let app =
            TestApp::start(backend, Options { backups: Some(backups_to.clone()), ..Options::default() });
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Soba").await, app.member("ana"));
        house.has(&ana, &room, "2026-03-20T10:00", "2026-03-20T11:00").await;
        app.run_jobs();
        app.run_jobs();
        assert_eq!(backups(&backups_to.folder), ["prostor-2026-03-02.db"], "one a night");
        prostor::app::backup::sqlite::prove(&backups_to.folder.join("prostor-2026-03-02.db")).unwrap();
        // What is broken gets no name, and takes no good one's place.
        let broken = "UPDATE reservations SET status = 'cancelled'";
        app.connection().batch_execute(broken).unwrap();
        app.advance(DAY);
        app.run_jobs();
        assert_eq!(backups(&backups_to.folder), ["prostor-2026-03-02.db"]);
        app.connection().batch_execute("UPDATE reservations SET status = 'confirmed'").unwrap();
        app.run_jobs();
        app.advance(DAY);
        app.run_jobs();
        assert_eq!(
            backups(&backups_to.folder),
            ["prostor-2026-03-03.db", "prostor-2026-03-04.db"],
            "two stay"
        );
    });
}

both! {
    async fn all_that_is_open_is_named_at_once(backend: Backend) {
        let retention = Retention { fees: 10, ..Retention::default() };
        let app = TestApp::start(backend, Options { retention, ..Options::default() });
        let house = House::new(&app).await;
        let room = house.room("Soba").await;
        let tariff = json!({"prices_include_vat": true,
            "rates": [{"audience": "public", "pricing": {"per_started": {"minutes": 60, "price": 1500}}, "vat": {"code": "standard"}}],
            "cancellation": {"late": {"percent": 50}, "no_show": "full"}});
        house.put(&format!("/spaces/{room}/tariff"), 1, tariff).by(&house.manager).await.expect(200);
        house.rules(&format!("/spaces/{room}"), json!({"cancellation_notice_minutes": 2880})).await;
        let (ana, eva) = (app.member("ana"), app.member("eva"));
        let organisation = json!({"name": "Zavod Carnica", "legal_form": "ngo", "municipality": "Kranj"});
        let organisation = id(&app.post("/organisations", organisation).by(&ana).await.expect(201));
        app.enlist(&organisation, &eva, "member");
        let other = house.another_venue("kovacnica").await;
        let staff = |venue: &str, person: &Person| format!("/venues/{venue}/staff/{}", person.id);
        app.call(reqwest::Method::PUT, &staff(&other.venue, &ana)).by(&house.root).await.expect(200);
        app.call(reqwest::Method::DELETE, &staff(&other.venue, &other.manager)).by(&house.root).await.expect(204);
        let coordinators = format!("/networks/{}/coordinators/{}", house.network, ana.id);
        app.call(reqwest::Method::PUT, &coordinators).by(&house.root).await.expect(200);
        let ahead = house.has(&ana, &room, "2026-03-20T10:00", "2026-03-20T11:00").await;
        let late = house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T11:00").await;
        house.does(&ana, &id(&late), "cancel").await.expect(200);
        let problem = erase(&app, &ana).await.refused(409, "obligations_open");
        assert_eq!(problem["obligations"], json!([
            {"kind": "reservations", "ids": [id(&ahead)]},
            {"kind": "fees", "ids": [id(&late)]},
            {"kind": "organisations", "ids": [organisation]},
            {"kind": "venues", "ids": [other.venue]},
            {"kind": "networks", "ids": [house.network]},
        ]));
        let problem = erase(&app, &house.root).await.refused(409, "obligations_open");
        assert_eq!(problem["obligations"], json!([{"kind": "operator", "ids": [house.root.id]}]));
        // One thing settled after the other; the fee is taken as settled after its period.
        house.does(&ana, &id(&ahead), "cancel").await.expect(200);
        let member = format!("/organisations/{organisation}/members/{}", eva.id);
        app.call(reqwest::Method::PUT, &member).json(json!({"role": "owner"})).by(&ana).await.expect(200);
        app.call(reqwest::Method::PUT, &staff(&other.venue, &eva)).by(&house.root).await.expect(200);
        app.call(reqwest::Method::PUT, &coordinators.replace(&ana.id.to_string(), &eva.id.to_string())).by(&house.root).await.expect(200);
        let problem = erase(&app, &ana).await.refused(409, "obligations_open");
        assert_eq!(problem["obligations"], json!([{"kind": "fees", "ids": [id(&late)]}]));
        app.advance(9 * DAY);
        erase(&app, &ana.renewed(&app)).await.refused(409, "obligations_open");
        app.advance(3 * DAY);
        erase(&app, &ana.renewed(&app)).await.expect(204);
        assert_eq!(names_of(&app, "ana@example.org"), [""; 0]);
    }

    async fn a_guest_is_erased_by_the_venue_and_by_nobody_else(app: TestApp) {
        let house = House::new(&app).await;
        let other = house.another_venue("kovacnica").await;
        let room = house.room("Soba").await;
        let made = house.reserves(&house.manager, guest(&room, "2026-03-03T10:00", "2026-03-03T11:00")).await.expect(201);
        let who = made["organiser"]["id"].as_str().unwrap().to_owned();
        let held = format!("/venues/{}/guests/{who}", house.venue);
        let told = app.get(&held).by(&house.manager).await.expect(200);
        assert_eq!(told["account"]["phone"], "041111222");
        assert_eq!((&told["reservations"][0]["id"], &told["reservations"][0]["internal_notes"]), (&made["id"], &json!("pride z avtom")));
        // A house answers for whom it reserved for alone.
        app.get(&held).by(&other.manager).await.refused(403, "forbidden");
        erase_guest(&app, &other.venue, &who).by(&other.manager).await.refused(404, "not_found");
        let ana = app.member("ana");
        house.has(&ana, &room, "2026-03-04T10:00", "2026-03-04T11:00").await;
        erase_guest(&app, &house.venue, &ana.id.to_string()).by(&house.manager).await.refused(404, "not_found");
        let open = erase_guest(&app, &house.venue, &who).by(&house.manager).await.refused(409, "obligations_open");
        assert_eq!(open["obligations"][0]["ids"], json!([made["id"]]));
        house.at("2026-03-03T20:00:00Z");
        let desk = house.desk();
        erase_guest(&app, &house.venue, &who).by(&desk).key("once").await.expect(204);
        let again = erase_guest(&app, &house.venue, &who).by(&desk).key("once").await;
        assert_eq!(again.header("idempotent-replayed"), "true");
        erase_guest(&app, &house.venue, &who).by(&desk).await.refused(404, "not_found");
        assert_eq!(names_of(&app, "gost@example.org"), [""; 0]);
    }

    async fn who_took_an_address_without_proving_it_neither_learns_nor_erases(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Soba").await;
        let password = "kolovrat šepeta mesečini";
        app.post("/auth/register", json!({"email": "gost@example.org", "name": "Tat", "password": password})).await.expect(202);
        let signed_in = app.post("/auth/login", json!({"email": "gost@example.org", "password": password})).await.expect(200);
        let made = house.reserves(&house.manager, guest(&room, "2026-03-02T10:00", "2026-03-02T11:00")).await.expect(201);
        house.at("2026-03-02T07:05:00Z");
        let token = signed_in["access_token"].as_str().unwrap().to_owned();
        let who = made["organiser"]["id"].as_str().unwrap().parse().unwrap();
        let thief = Person { id: who, email: "gost@example.org".to_owned(), token };
        let export = app.get("/me/export").by(&thief).await.expect(200);
        assert_eq!((&export["reservations"], &export["history"], &export["invitations"]), (&json!([]), &json!([]), &json!([])));
        assert!(!app.get("/me/export.ics").by(&thief).await.text.contains("VEVENT"));
        erase(&app, &thief).await.refused(403, "address_unverified");
        assert_eq!(house.sees(&house.manager, &id(&made)).await["title"], "Sestanek");
    }

    async fn one_is_told_who_looked(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Soba").await, app.member("ana"));
        let made = house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T11:00").await;
        let looks = async |by: &Person| app.get("/me/views").by(by).await.expect(200)["items"].clone();
        house.sees(&ana, &id(&made)).await;
        app.run_jobs();
        assert_eq!(looks(&ana).await, json!([]), "one's own looks are none");
        for _ in 0..3 {
            house.sees(&house.manager, &id(&made)).await;
            app.get("/reservations").by(&house.manager).await.expect(200);
        }
        app.run_jobs();
        app.run_jobs();
        let seen = looks(&ana).await;
        assert_eq!(seen.as_array().unwrap().len(), 1, "once an hour: {seen}");
        let look = &seen[0];
        assert_eq!((&look["what"], &look["venue_id"], &look["viewer_id"]), (&json!("reservations"), &json!(house.venue), &Value::Null));
        let asked = format!("/views?person_id={}", ana.id);
        assert_eq!(app.get(&asked).by(&house.root).await.expect(200)["items"][0]["viewer_id"], json!(house.manager.id));
        assert_eq!(app.get("/me/export").by(&ana).await.expect(200)["views"], seen);
        app.advance(3600);
        house.sees(&house.desk(), &id(&made)).await;
        app.run_jobs();
        assert_eq!(looks(&ana.renewed(&app)).await.as_array().unwrap().len(), 2);
        app.advance(366 * DAY);
        app.run_jobs();
        let left = app.get(&asked).by(&app.administrator("skrbnica")).await.expect(200);
        assert_eq!(left["items"], json!([]), "forgotten after its period");
    }

    async fn the_last_looks_are_written_down_before_it_stops(backend: Backend) {
        let mut app = TestApp::start(backend, Options::default());
        {
            let house = House::new(&app).await;
            let (room, ana) = (house.room("Soba").await, app.member("ana"));
            let made = house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T11:00").await;
            house.sees(&house.manager, &id(&made)).await;
        }
        app.stop();
        let kept: i64 = data_views::table.count().get_result(&mut *app.connection()).unwrap();
        assert_eq!(kept, 1);
    }

    async fn the_audit_is_read_by_who_manages_and_changed_by_nobody(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Soba").await, app.member("ana"));
        let made = house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T11:00").await;
        let cancel = app.post(&format!("/reservations/{}/cancel", id(&made)), json!({"message": "Ključ je zlomljen."}));
        cancel.by(&house.manager).await.expect(200);
        app.run_jobs();
        let of = format!("/audit?venue_id={}", house.venue);
        let all = app.get(&of).by(&house.manager).await.expect(200);
        let last = &all["items"][0];
        assert_eq!((&last["action"], &last["actor_id"], &last["subject_id"]), (&json!("reservation.cancelled"), &json!(house.manager.id), &made["id"]));
        assert_eq!((&last["from_status"], &last["to_status"], &last["details"]["message"]), (&json!("confirmed"), &json!("cancelled"), &json!("Ključ je zlomljen.")));
        assert_eq!(last["hash"].as_str().unwrap().len(), 64);
        // Pages go on where the last one ended; filters narrow.
        let first = app.get(&format!("{of}&limit=1")).by(&house.manager).await.expect(200);
        let next = app.get(&format!("{of}&limit=1&cursor={}", first["next"].as_str().unwrap())).by(&house.manager).await.expect(200);
        assert_eq!((&first["items"][0], &next["items"][0]), (&all["items"][0], &all["items"][1]));
        for (filter, count) in [
            (format!("subject_id={}", id(&made)), 2), (format!("actor_id={}", ana.id), 1), ("action=venue.created".to_owned(), 1),
            ("from=2026-03-03".to_owned(), 0), ("to=2026-03-02".to_owned(), 0),
        ] {
            let found = app.get(&format!("{of}&{filter}")).by(&house.manager).await.expect(200);
            assert_eq!(found["items"].as_array().unwrap().len(), count, "{filter}");
        }
        for wrong in ["subject_id=nobody", "from=never", "network_id=x"] {
            app.get(&format!("{of}&{wrong}")).by(&house.manager).await.refused(422, "invalid");
        }
        // Coordinators read no reservation.
        let coordinator = app.coordinator("koordinatorka", &house.network);
        app.get(&of).by(&coordinator).await.refused(403, "forbidden");
        let networks = app.get(&format!("/audit?network_id={}", house.network)).by(&coordinator).await.expect(200);
        assert_eq!(networks["items"][0]["action"], "network.created");
        // Nobody changes it, and who gets around the database's refusal is found out.
        let mut connection = app.connection();
        for statement in [
            "DELETE FROM audit", "UPDATE audit SET action = 'x'", "UPDATE audit SET payload = '{}'",
            "UPDATE audit SET position = position + 1", "UPDATE audit SET hash = NULL", "UPDATE audit SET salt = NULL",
        ] {
            let refused = connection.batch_execute(statement).unwrap_err().to_string();
            assert!(refused.contains("audit_append_only"), "{statement}: {refused}");
        }
        house.is_sound();
        let sqlite = app.config.database.is_sqlite();
        connection.batch_execute(if sqlite { "DROP TRIGGER audit_update; DROP TRIGGER audit_delete" } else { "ALTER TABLE audit DISABLE TRIGGER USER" }).unwrap();
        for (statement, said) in [
            ("UPDATE audit SET payload = '{\"message\":\"Nič.\"}' WHERE action = 'reservation.cancelled'", "has another payload"),
            ("DELETE FROM audit WHERE action = 'network.created'", "lacks what followed its entry 0"),
        ] {
            connection.batch_execute(statement).unwrap();
            let report = prostor::app::check::run(&app.app.db).unwrap();
            assert!(report.findings.iter().any(|finding| finding.contains(said)), "{statement}: {report}");
        }
    }

    async fn what_is_long_over_is_forgotten_and_still_counted(backend: Backend) {
        let retention = Retention { texts: 60, guests: 60, ..Retention::default() };
        let app = TestApp::start(backend, Options { retention, ..Options::default() });
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Soba").await, app.member("ana"));
        house.reserves(&house.manager, guest(&room, "2026-03-03T10:00", "2026-03-03T11:00")).await.expect(201);
        let noted = with(meeting(&room, "2026-03-03T12:00", "2026-03-03T13:00"), json!({"notes": "Pridem z mamo."}));
        let old = house.reserves(&ana, noted.clone()).await.expect(201);
        let public = json!({"starts_at": "2026-03-03T14:00", "ends_at": "2026-03-03T15:00", "public": true});
        let public = house.reserves(&ana, with(noted.clone(), public)).await.expect(201);
        let late = house.reserves(&ana, with(noted, json!({"starts_at": "2026-04-20T12:00", "ends_at": "2026-04-20T13:00"}))).await.expect(201);
        house.at("2026-05-01T10:00:00Z");
        app.run_jobs();
        let desk = app.manager("pozneje", &house.venue);
        assert_eq!(house.sees(&desk, &id(&old)).await["notes"], "Pridem z mamo.");
        house.at("2026-05-10T10:00:00Z");
        let desk = desk.renewed(&app);
        let figures = format!("/statistics/utilisation?venue_id={}&from=2026-03-01&to=2026-05-01&group_by=space", house.venue);
        let before = app.get(&figures).by(&desk).await.expect(200);
        app.run_jobs();
        for (which, title, notes) in [(&old, json!("—"), Value::Null), (&public, json!("Sestanek"), Value::Null), (&late, json!("Sestanek"), json!("Pridem z mamo."))] {
            let seen = house.sees(&desk, &id(which)).await;
            assert_eq!((&seen["title"], &seen["notes"]), (&title, &notes));
        }
        assert_eq!(names_of(&app, "gost@example.org"), [""; 0], "the guest is gone");
        assert_eq!(app.get(&figures).by(&desk).await.expect(200), before);
        let said: Vec<String> = audit::table.filter(audit::action.eq("reservation.made")).select(audit::payload).load(&mut *app.connection()).unwrap();
        assert_eq!(said.iter().filter(|payload| payload.contains("erased")).count(), 4, "those made before the period");
        house.is_sound();
    }
}
