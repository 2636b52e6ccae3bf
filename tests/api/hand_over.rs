//! Organisations that are not whose they seem, how they stand, and for whom something is: handed over by the operator, told
//! to their owners and in mails about what is reserved.

use prostor::app::digests;
use serde_json::{Value, json};

use crate::{
    organisations::{Studio, standing},
    support::{House, Letter, Person, TestApp, both, meeting, with},
};

both! {
    /// Whoever typed a register number first is not who that enterprise is.
    async fn what_a_stranger_took_is_given_to_whom_it_belongs_by_the_operator_alone(app: TestApp) {
        let house = House::new(&app).await;
        let studio = Studio::new(&app).await;
        let (eva, newcomer) = (app.member("eva"), app.newcomer("nova"));
        let over = |to: &Person, stay: bool| json!({"user_id": to.id, "former_owners_stay": stay, "grounds": "Izpisek, 3. marca."});
        let path = format!("{}/hand-over", studio.path);
        let before = standing(&app);
        for person in [&eva, &studio.ana, &studio.colleague, &house.manager, &app.coordinator("katja", &house.network)] {
            app.post(&path, over(&eva, false)).by(person).await.refused(403, "forbidden");
        }
        let unproved = app.post(&path, over(&newcomer, false)).by(&house.root).await.refused(409, "state_conflict");
        assert_eq!(unproved["detail"], "Oseba svojega e-poštnega naslova še ni potrdila");
        let nobody = json!({"user_id": "usr_01h455vb4pex5vsknk084sn02q", "former_owners_stay": true, "grounds": "G"});
        assert_eq!(app.post(&path, nobody).by(&house.root).await.refused(422, "invalid")["errors"][0]["pointer"], "/user_id");
        assert_eq!(standing(&app), before);
        app.post(&path, over(&eva, false)).by(&house.root).key("enkrat").await.expect(200);
        let members = app.get(&format!("{}/members", studio.path)).by(&eva).await.expect(200);
        let roles: Vec<_> = members["items"].as_array().unwrap().iter().map(|one| (one["name"].clone(), one["role"].clone())).collect();
        assert_eq!(roles, [(json!("colleague"), json!("member")), (json!("eva"), json!("owner"))]);
        app.get(&studio.path).by(&studio.ana).await.refused(404, "not_found");
        assert_eq!((app.queued_for("eva@example.org"), app.queued_for("ana@example.org")), (vec!["standing".to_owned()], vec!["standing".to_owned()]));
        let after = standing(&app);
        app.post(&path, over(&eva, false)).by(&house.root).await.expect(200);
        assert_eq!((standing(&app), app.queued_for("eva@example.org").len()), (after, 1), "it is theirs already");
        app.post(&path, over(&studio.colleague, true)).by(&house.root).await.expect(200);
        assert_eq!(app.get(&studio.path).by(&eva).await.expect(200)["role"], "member");
        // The operator reads what was done to it, and to anybody; nobody else does.
        let audit = format!("/audit?subject_id={}", studio.id);
        let entries = app.get(&audit).by(&house.root).await.expect(200);
        let last = &entries["items"][0];
        assert_eq!((&last["action"], &last["details"]["grounds"], &last["details"]["former"]), (&json!("organisation.handed_over"), &json!("Izpisek, 3. marca."), &json!([eva.id])));
        for person in [&eva, &studio.colleague, &house.manager] {
            app.get(&audit).by(person).await.refused(403, "forbidden");
        }
        app.get("/audit").by(&house.root).await.refused(422, "invalid");
        app.get(&format!("/audit?subject_id={}", eva.id)).by(&house.root).await.expect(200);
        app.run_jobs();
        let looks = app.get("/me/views").by(&eva).await.expect(200);
        assert_eq!(looks["items"][0]["what"], "audit");
    }

    async fn owners_hear_how_their_organisation_stands_as_creative(app: TestApp) {
        let house = House::new(&app).await;
        let studio = Studio::new(&app).await;
        let katja = app.coordinator("katja", &house.network);
        let told = |app: &TestApp| app.queued_for("ana@example.org").len();
        let first = json!({"confirmed": true, "until": "2026-04-01", "grounds": "Seznam regije."});
        studio.confirm(&app, &katja, first.clone()).await.expect(200);
        studio.confirm(&app, &katja, first).await.expect(200);
        assert_eq!((told(&app), app.queued_for("colleague@example.org").len()), (1, 0), "its owners, once");
        app.run_jobs();
        assert_eq!(told(&app), 1, "a month is long");
        house.at("2026-03-17T21:59:59Z");
        app.run_jobs();
        assert_eq!(told(&app), 1);
        house.at("2026-03-17T22:00:00Z");
        app.run_jobs();
        app.run_jobs();
        assert_eq!(told(&app), 2, "two weeks before, once");
        // Renewed, it ends at another time; and of one that ends soon they know when it is made.
        let katja = katja.renewed(&app);
        studio.confirm(&app, &katja, json!({"confirmed": true, "until": "2026-03-25"})).await.expect(200);
        app.run_jobs();
        assert_eq!(told(&app), 3);
        studio.confirm(&app, &katja, json!({"confirmed": false, "grounds": "Izbris."})).await.expect(200);
        house.at("2026-03-26T09:00:00Z");
        app.run_jobs();
        assert_eq!(told(&app), 4);
    }

    async fn mails_say_for_whom_it_is(app: TestApp) {
        let house = House::new(&app).await;
        let (studio, kranj) = (Studio::new(&app).await, house.room("Galerija").await);
        let asked = house.room("Dvorana").await;
        house.rules(&format!("/spaces/{asked}"), json!({"approval": "always"})).await;
        digests::send_due(&app.app).unwrap();
        let meets =
            |room: &str, more: Value| with(meeting(room, "2026-03-04T10:00", "2026-03-04T11:00"), more);
        let its = json!({"organisation_id": studio.id});
        house.reserves(&studio.ana, meets(&kranj, its.clone())).await.expect(201);
        house.reserves(&studio.ana, meets(&asked, its.clone())).await.expect(201);
        let template = with(meeting(&asked, "2026-03-10T10:00", "2026-03-10T11:00"), its);
        let series =
            json!({"template": template, "rrule": "FREQ=DAILY;COUNT=3", "on_conflict": "all_or_nothing"});
        app.post("/series", series).by(&studio.ana).await.expect(201);
        // For oneself nothing is said of it.
        let own = meeting(&kranj, "2026-03-05T10:00", "2026-03-05T11:00");
        house.reserves(&studio.ana, own).await.expect(201);
        house.at("2026-03-03T06:00:00Z");
        digests::send_due(&app.app).unwrap();
        let named = |letters: Vec<Letter>| {
            letters.iter().filter(|letter| letter.text.contains("Organisation: Zavod Carnica")).count()
        };
        assert_eq!(named(app.await_letters(&studio.ana.email, 4).await), 3);
        let to_staff = app.await_letters(&house.manager.email, 3).await;
        let digest = &to_staff[2].text;
        assert!(digest.contains("Sestanek · ana · Zavod Carnica"), "{digest}");
        assert_eq!(digest.matches("Zavod Carnica").count(), 5, "{digest}");
        let first = to_staff[0].text.replace('\r', "");
        assert!(
            first.contains("Organiser: ana <ana@example.org>\nOrganisation: Zavod Carnica\nSpace: Dvorana"),
            "{first}"
        );
        assert_eq!(named(to_staff), 2);
    }
}
