//! Accounts, organisations, staff, coordinators and invitations, through the interface.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    accounts::standing,
    support::{House, Person, TestApp, both, meeting, with},
};

/// A network with a venue and its first manager.
struct Centre {
    network: String,
    venue: String,
    administrator: Person,
    manager: Person,
}

async fn centre(app: &TestApp) -> Centre {
    let administrator = app.administrator("admin");
    let network =
        json!({"name": "Gorenjska", "slug": "gorenjska", "country": "SI", "time_zone": "Europe/Ljubljana"});
    let network = id(&app.post("/networks", network).by(&administrator).await.expect(201));
    let venue = json!({
        "network_id": network, "name": "Layerjeva hiša", "slug": "layer", "contact_email": "info@example.org",
        "address": {"street": "Tomšičeva 32", "postcode": "4000", "city": "Kranj", "municipality": "Kranj"},
    });
    let venue = id(&app.post("/venues", venue).by(&administrator).await.expect(201));
    let manager = app.manager("manager", &venue);
    Centre { network, venue, administrator, manager }
}

fn id(body: &Value) -> String {
    body["id"].as_str().unwrap().to_owned()
}

fn carnica() -> Value {
    json!({
        "name": "Zavod Carnica", "legal_form": "ngo", "municipality": "Kranj", "register_number": "5043611",
        "sector": {"scheme": "nace", "version": "2.1", "code": "90.39"},
    })
}

both! {
    async fn one_s_account(app: TestApp) {
        let ana = app.member("ana");
        let me = app.get("/me").by(&ana).await.expect(200);
        assert_eq!(me, json!({
            "id": ana.id, "email": "ana@example.org", "name": "ana", "phone": null, "locale": "en",
            "verified": true, "has_password": false, "has_second_factor": false, "roles_rest": false, "administrator": false, "staff_of": [], "decides_for": [], "coordinates": [],
            "member_of": {"venues": [], "networks": []}, "organisations": [],
            "mail": {"reminders": true, "digests": true, "headcounts": true}, "version": 1,
        }));
        let change = json!({"name": "Ana Čopič 🎨", "phone": "040 123 456", "locale": "sl"});
        app.call(Method::PATCH, "/me").json(change.clone()).by(&ana).await.refused(428, "precondition_required");
        app.patch("/me", 7, change.clone()).by(&ana).await.refused(412, "precondition_failed");
        let edited = app.patch("/me", 1, change).by(&ana).await;
        assert_eq!(edited.header("etag"), "\"2\"");
        assert_eq!(edited.expect(200)["phone"], "040123456");
        for body in [json!({"email": "eva@example.org"}), json!({"verified": false}), json!({"name": null, "x": 1})] {
            app.patch("/me", 2, body).by(&ana).await.refused(422, "invalid");
        }
        let export = app.get("/me/export").by(&ana).await.expect(200);
        assert_eq!((&export["account"]["locale"], &export["reservations"]), (&json!("sl"), &json!([])));
        app.delete("/me", 1).by(&ana).await.refused(412, "precondition_failed");
        app.delete("/me", 2).by(&ana).await.expect(204);
        app.get("/me").by(&ana).await.refused(401, "unauthenticated");
        app.member("ana");
    }

    async fn an_organisation_and_its_members(app: TestApp) {
        let (ana, eva) = (app.member("ana"), app.member("eva"));
        app.post("/organisations", carnica()).await.refused(401, "unauthenticated");
        let made = app.post("/organisations", carnica()).by(&ana).key("one").await;
        let location = made.header("location").to_owned();
        let made = made.expect(201);
        let again = app.post("/organisations", carnica()).by(&ana).key("one").await;
        assert_eq!(again.header("idempotent-replayed"), "true");
        assert_eq!(again.expect(201), made);
        app.post("/organisations", carnica()).by(&eva).await.refused(409, "organisation_exists");
        let path = format!("/organisations/{}", id(&made));
        assert_eq!(location, format!("/api/v1{path}"));
        app.get(&path).by(&eva).await.refused(404, "not_found");
        let member = |person: &Person| format!("{path}/members/{}", person.id);
        let put = |person: &Person, role: &str| app.call(Method::PUT, &member(person)).json(json!({"role": role}));
        let drop = |person: &Person| app.call(Method::DELETE, &member(person));
        put(&eva, "owner").by(&eva).await.refused(404, "not_found");
        put(&eva, "boss").by(&ana).await.refused(422, "invalid");
        // Nobody is taken in unasked.
        put(&eva, "member").by(&ana).await.refused(404, "not_found");
        app.enlist(&id(&made), &eva, "member");
        assert_eq!(app.get(&path).by(&eva).await.expect(200)["role"], "member");
        app.patch(&path, 1, json!({"size": "micro"})).by(&eva).await.refused(403, "forbidden");
        let edited = app.patch(&path, 1, json!({"size": "micro", "sector": null})).by(&ana).await.expect(200);
        assert_eq!((&edited["size"], &edited["sector"], &edited["version"]), (&json!("micro"), &json!(null), &json!(2)));
        drop(&ana).by(&ana).await.refused(409, "last_one");
        put(&ana, "member").by(&ana).await.refused(409, "last_one");
        let listed = app.get(&format!("{path}/members?limit=1")).by(&eva).await;
        assert!(listed.header("link").contains("rel=\"next\""), "{listed:?}");
        for role in ["owner", "member", "owner"] {
            put(&eva, role).by(&ana).await.expect(200);
        }
        drop(&ana).by(&eva).await.expect(204);
        // Of whom others decide, they hear of it.
        for (person, told) in [
            (&eva, &["You are an owner of", "You are no longer an owner of", "You are an owner of"][..]),
            (&ana, &["You are no longer a member of"]),
        ] {
            for (letter, words) in app.await_letters(&person.email, told.len()).await.iter().zip(told) {
                assert!(letter.text.contains(words), "{words}: {}", letter.text);
            }
        }
        app.get(&path).by(&ana).await.refused(404, "not_found");
        assert_eq!(app.get("/organisations").by(&ana).await.expect(200)["items"], json!([]));
        assert_eq!(app.get("/me").by(&eva).await.expect(200)["organisations"][0]["role"], "owner");
    }

    async fn two_owners_who_remove_each_other_leave_one(app: TestApp) {
        let (ana, eva) = (app.member("ana"), app.member("eva"));
        for number in ["5043603", "5043611", "5043620", "5043638", "5043646"] {
            let mut new = carnica();
            new["register_number"] = json!(number);
            let organisation = id(&app.post("/organisations", new).by(&ana).await.expect(201));
            let path = format!("/organisations/{organisation}/members");
            let entry = |person: &Person| format!("{path}/{}", person.id);
            app.enlist(&organisation, &eva, "owner");
            let (one, other) = futures_util::future::join(
                async { app.call(Method::DELETE, &entry(&eva)).by(&ana).await.status },
                async { app.call(Method::DELETE, &entry(&ana)).by(&eva).await.status },
            ).await;
            let (least, most) = (one.min(other), one.max(other));
            assert!(least == 204 && (400..500).contains(&most), "{one} {other}");
        }
    }

    async fn staff_and_coordinators(app: TestApp) {
        let Centre { network, venue, administrator, manager } = centre(&app).await;
        let (ana, newcomer) = (app.member("ana"), app.newcomer("newcomer"));
        for (team, chief) in [
            (format!("/venues/{venue}/staff"), &manager),
            (format!("/networks/{network}/coordinators"), &administrator),
        ] {
            let entry = |person: &Person| format!("{team}/{}", person.id);
            let put = |person: &Person| app.call(Method::PUT, &entry(person));
            app.get(&team).await.refused(401, "unauthenticated");
            app.get(&team).by(&ana).await.refused(403, "forbidden");
            put(&ana).by(&ana).await.refused(403, "forbidden");
            put(&newcomer).by(chief).await.refused(409, "state_conflict");
            app.get(&entry(&ana)).by(chief).await.refused(404, "not_found");
            let put_twice = (put(&ana).by(chief).await.expect(200), put(&ana).by(chief).await.expect(200));
            assert_eq!(put_twice.0, put_twice.1);
            assert_eq!(app.get(&entry(&ana)).by(&ana).await.expect(200)["email"], "ana@example.org");
            let listed = app.get(&team).by(&ana).await.expect(200);
            assert!(listed["items"].as_array().unwrap().iter().any(|entry| entry["user_id"] == json!(ana.id)));
        }
        let me = app.get("/me").by(&ana).await.expect(200);
        assert_eq!(me["staff_of"], json!([{"venue_id": venue, "name": "Layerjeva hiša"}]));
        assert_eq!(me["coordinates"], json!([{"network_id": network, "name": "Gorenjska"}]));
        let leave = |team: &str, person: &Person| app.call(Method::DELETE, &format!("{team}/{}", person.id));
        let (staff, coordinators) = (format!("/venues/{venue}/staff"), format!("/networks/{network}/coordinators"));
        leave(&coordinators, &ana).by(&ana).await.refused(409, "last_one");
        app.delete("/me", me["version"].as_i64().unwrap()).by(&ana).await.refused(409, "obligations_open");
        leave(&staff, &manager).by(&ana).await.expect(204);
        // Parts that were given and taken are told to whom they were, once.
        assert_eq!(app.queued_for("ana@example.org"), ["standing", "standing"]);
        let told = app.await_letters("manager@example.org", 1).await.remove(0);
        assert!(told.text.contains("You were removed from the staff of “Layerjeva hiša”"), "{}", told.text);
        app.get(&staff).by(&manager).await.refused(403, "forbidden");
        leave(&staff, &ana).by(&administrator).await.refused(409, "last_one");
    }

    async fn what_a_person_wrote_goes_with_the_account(app: TestApp) {
        let house = House::new(&app).await;
        let ana = app.member("ana");
        let room = house.room("Soba").await;
        let request = json!({"space_id": room, "starts_at": "2026-03-30T10:00", "ends_at": "2026-03-30T11:00",
            "title": "Pri Ani", "purpose": "meeting", "notes": "Pridem z mamo."});
        let made = id(&house.reserves(&ana, request).await.expect(201));
        app.await_letters("ana@example.org", 1).await;
        app.delete("/me", 1).by(&ana).await.refused(409, "obligations_open");
        house.at("2026-03-30T20:00:00Z");
        assert_eq!(app.queued_for("ana@example.org"), ["reservation_confirmed"]);
        app.delete("/me", 1).by(&ana.renewed(&app)).await.expect(204);
        assert!(app.queued_for("ana@example.org").iter().all(|kind| kind == "standing"), "the last mail at most");
        let left = house.sees(&house.desk(), &made).await;
        assert_eq!((&left["title"], &left["notes"]), (&json!("—"), &json!(null)), "{left}");
    }

    async fn mails_are_forgotten_after_a_month(app: TestApp) {
        let house = House::new(&app).await;
        let ana = app.member("ana");
        let room = house.room("Soba").await;
        house.has(&ana, &room, "2026-03-30T10:00", "2026-03-30T11:00").await;
        app.await_letters("ana@example.org", 1).await;
        app.advance(29 * 86_400);
        app.run_jobs();
        assert_eq!(app.queued_for("ana@example.org"), ["reservation_confirmed"]);
        app.advance(2 * 86_400);
        app.run_jobs();
        assert_eq!(app.queued_for("ana@example.org"), [""; 0]);
    }

    async fn an_invitation_by_mail(app: TestApp) {
        let Centre { venue, manager, .. } = centre(&app).await;
        let (ana, other) = (app.member("ana"), app.member("other"));
        let path = format!("/venues/{venue}/invitations");
        let body = json!({"email": "ana@example.org"});
        app.post(&path, body.clone()).by(&ana).await.refused(403, "forbidden");
        let sent = app.post(&path, body.clone()).by(&manager).await.expect(201);
        assert_eq!((&sent["venue_id"], &sent["email"]), (&json!(venue), &json!("ana@example.org")));
        let letter = app.await_letters("ana@example.org", 1).await.remove(0);
        assert!(letter.text.contains("Layerjeva hiša") && letter.text.contains("/invitation#token="), "{}", letter.text);
        let accept = || app.post("/invitations/redeem", json!({"token": letter.token()}));
        let before = standing(&app);
        accept().await.refused(401, "unauthenticated");
        let refused = accept().by(&other).header("accept-language", "sl").await.refused(403, "forbidden");
        assert_eq!(refused["detail"], "Vabilo je bilo poslano na drug naslov, kot ga ima vaš račun");
        assert_eq!(standing(&app), before);
        let joined = accept().by(&ana).await.expect(200);
        assert_eq!((&joined["venue_id"], &joined["venue_name"]), (&json!(venue), &json!("Layerjeva hiša")));
        app.get(&path).by(&ana).await.expect(200);
        app.post(&path, body).by(&manager).await.refused(409, "duplicate");
        let next = app.post(&path, json!({"email": "new@example.org"})).by(&ana).await.expect(201);
        assert_eq!(app.get(&path).by(&ana).await.expect(200)["items"], json!([next]));
        let withdraw = || app.call(Method::DELETE, &format!("{path}/{}", id(&next))).by(&ana);
        withdraw().await.expect(204);
        withdraw().await.refused(404, "not_found");
    }


    async fn the_way_in_is_for_the_organiser_and_the_venue(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, eva) = (house.room("Sejna soba").await, app.member("ana"), app.member("eva"));
        let venue = format!("/venues/{}", house.venue);
        let version = app.get(&venue).await.expect(200)["version"].as_i64().unwrap();
        app.patch(&venue, version, json!({"access_instructions": "Koda 4711"})).by(&house.manager).await.expect(200);
        let organisation = id(&app.post("/organisations", carnica()).by(&ana).await.expect(201));
        app.enlist(&organisation, &eva, "member");
        let wish = with(meeting(&room, "2026-03-10T10:00", "2026-03-10T11:00"), json!({"organisation_id": organisation}));
        let mine = house.reserves(&ana, wish).await.expect(201);
        // A colleague sees it, in the calendar too, but not the code of the door.
        for (person, told) in [(&ana, true), (&house.manager, true), (&eva, false)] {
            house.sees(person, &id(&mine)).await;
            let file = app.get(&format!("/reservations/{}/calendar.ics", id(&mine))).by(person).await;
            assert_eq!((file.status, file.text.contains("Koda 4711")), (200, told), "{}: {}", person.email, file.text);
        }
    }
}
