//! Holds: a slot kept for a few minutes, confirmed once or everybody's again (DESIGN 4).

mod in_the_way;
mod races;

use serde_json::{Value, json};

use crate::support::{Call, House, Person, TestApp, both, id, meeting, version, with};

/// A Tuesday, the day after the clock's beginning.
const DAY: &str = "2026-03-03";

fn hold(space: &str, from: &str, to: &str) -> Value {
    with(meeting(space, &format!("{DAY}T{from}"), &format!("{DAY}T{to}")), json!({"hold": true}))
}

/// A hold that is made.
async fn holds(house: &House<'_>, person: &Person, space: &str, from: &str, to: &str) -> Value {
    house.reserves(person, hold(space, from, to)).await.expect(201)
}

/// What availability says of the slot from ten to eleven.
async fn at_ten(call: Call) -> Value {
    let day = call.await.expect(200);
    let slots = day["days"][0]["slots"].as_array().unwrap().clone();
    let slot = slots.into_iter().find(|slot| slot["starts_at"].as_str().unwrap().contains("T10:00"));
    slot.unwrap()["outcome"].clone()
}

fn availability(app: &TestApp, room: &str) -> Call {
    app.get(&format!("/spaces/{room}/availability?from={DAY}&to=2026-03-04&duration_minutes=60"))
}

both! {
    async fn a_hold_keeps_the_slot_until_it_is_confirmed_once(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, bor) = (house.room("Sejna soba").await, app.member("ana"), app.member("bor"));
        let held = holds(&house, &ana, &room, "10:00", "11:00").await;
        assert_eq!(held["status"], "held");
        assert_eq!(held["hold_expires_at"], "2026-03-02T08:10:00+01:00");
        assert_eq!((&held["decide_by"], held["unit_ids"].as_array().unwrap().len()), (&Value::Null, 1));
        // Taken for everybody else; their own does not stand in anybody's way.
        let ordinary = meeting(&room, &format!("{DAY}T10:30"), &format!("{DAY}T11:30"));
        house.reserves(&bor, ordinary.clone()).await.refused(409, "slot_taken");
        for (person, wanted) in [(&bor, "refuse"), (&ana, "allow")] {
            assert_eq!(at_ten(availability(&app, &room).by(person)).await, wanted);
            let checked = app.post("/reservations/check", ordinary.clone()).by(person).await.expect(200);
            assert_eq!(checked["outcome"], wanted);
        }
        app.advance(599);
        let [ana, bor] = [ana, bor].map(|person| person.renewed(&app));
        house.does(&ana, &id(&held), "confirm").if_match(7).await.refused(412, "precondition_failed");
        house.does(&bor, &id(&held), "confirm").await.refused(404, "not_found");
        let confirm = || house.does(&ana, &id(&held), "confirm").key("confirm-it");
        let confirmed = confirm().if_match(1).await.expect(200);
        assert_eq!((&confirmed["status"], version(&confirmed)), (&json!("confirmed"), 2));
        assert_eq!((&confirmed["hold_expires_at"], &confirmed["unit_ids"]), (&Value::Null, &held["unit_ids"]));
        assert_eq!(confirm().if_match(1).await.header("idempotent-replayed"), "true");
        assert_eq!(house.does(&ana, &id(&held), "confirm").await.expect(200), confirmed);
        app.advance(3600);
        app.run_jobs();
        let ana = ana.renewed(&app);
        assert_eq!(house.sees(&ana, &id(&held)).await, confirmed);
        assert_eq!(app.queued_for(&ana.email), ["reservation_confirmed"]);
        house.is_sound();
    }

    async fn what_needs_approval_is_asked_for_when_it_is_confirmed(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Galerija").await, app.member("ana"));
        house.rules(&format!("/spaces/{room}"), json!({"approval": "always", "hold_minutes": 5})).await;
        let held = holds(&house, &ana, &room, "10:00", "11:00").await;
        assert_eq!((&held["status"], &held["hold_expires_at"]), (&json!("held"), &json!("2026-03-02T08:05:00+01:00")));
        house.does(&house.manager, &id(&held), "approve").if_match(1).await.refused(409, "state_conflict");
        // What was decided when the slot was held stands.
        house.rules(&format!("/spaces/{room}"), json!({"bookable": false})).await;
        let asked = house.does(&ana, &id(&held), "confirm").await.expect(200);
        assert_eq!((&asked["status"], &asked["decide_by"]), (&json!("pending"), &json!("2026-03-03T10:00:00+01:00")));
        let approved = house.does(&house.manager, &id(&held), "approve").if_match(2).await.expect(200);
        assert_eq!(house.does(&ana, &id(&held), "confirm").await.expect(200)["version"], approved["version"]);
        assert_eq!(app.queued_for(&ana.email), ["reservation_approved", "reservation_requested"]);
        assert_eq!(app.queued_for(&house.manager.email), ["request_to_decide"]);
        house.is_sound();
    }

    async fn a_hold_that_ran_out_is_gone_and_nobody_is_told(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let held = holds(&house, &ana, &room, "10:00", "11:00").await;
        app.advance(600);
        let ana = ana.renewed(&app);
        for noticed in [false, true] {
            let path = format!("/reservations/{}", id(&held));
            house.does(&ana, &id(&held), "confirm").await.refused(409, "hold_expired");
            house.does(&ana, &id(&held), "cancel").await.refused(409, "hold_expired");
            let etag = if noticed { 2 } else { 1 };
            app.patch(&path, etag, json!({"title": "Pozno"})).by(&ana).await.refused(409, "hold_expired");
            let seen = house.sees(&ana, &id(&held)).await;
            assert_eq!((&seen["status"], &seen["unit_ids"], version(&seen)), (&json!("expired"), &json!([]), etag));
            app.run_jobs();
        }
        assert_eq!(app.queued_for(&ana.email), Vec::<String>::new());
        // A request that ran out had been no hold.
        let gallery = house.room("Galerija").await;
        house.rules(&format!("/spaces/{gallery}"), json!({"approval": "always", "approval_hours": 1})).await;
        let asked = house.has(&ana, &gallery, "2026-03-03T10:00", "2026-03-03T11:00").await;
        app.advance(3600);
        app.run_jobs();
        let ana = ana.renewed(&app);
        house.does(&ana, &id(&asked), "confirm").await.refused(409, "state_conflict");
        house.is_sound();
    }

    async fn letting_a_hold_go_is_no_cancellation(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        house.rules(&format!("/spaces/{room}"), json!({"cancellation_notice_minutes": 10_000})).await;
        let held = holds(&house, &ana, &room, "10:00", "11:00").await;
        let gone = house.does(&ana, &id(&held), "cancel").await.expect(200);
        assert_eq!((&gone["status"], &gone["cancelled_late"]), (&json!("cancelled"), &Value::Null));
        house.does(&ana, &id(&held), "confirm").await.refused(409, "state_conflict");
        assert_eq!(at_ten(availability(&app, &room)).await, "allow");
        // The venue's block ends one, too, and nobody is told.
        let held = holds(&house, &ana, &room, "10:00", "11:00").await;
        let block = json!({"starts_at": format!("{DAY}T09:00"), "ends_at": format!("{DAY}T12:00"), "reason": "Okna"});
        let blocks = format!("/spaces/{room}/blocks");
        let refused = app.post(&blocks, block.clone()).by(&house.manager).await;
        assert_eq!(refused.refused(409, "affected_reservations")["affected"], json!([held["id"]]));
        app.post(&blocks, with(block, json!({"on_affected": "cancel"}))).by(&house.manager).await.expect(201);
        assert_eq!(house.sees(&ana, &id(&held)).await["status"], "cancelled");
        assert_eq!(app.queued_for(&ana.email), Vec::<String>::new());
        house.is_sound();
    }

    async fn a_hold_is_edited_without_being_prolonged(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let hour = json!({"max_duration_minutes": {"value": 60, "beyond": "ask"}});
        house.rules(&format!("/spaces/{room}"), hour).await;
        let held = holds(&house, &ana, &room, "10:00", "11:00").await;
        app.advance(300);
        let path = format!("/reservations/{}", id(&held));
        let titled = app.patch(&path, 1, json!({"title": "Vaja"})).by(&ana).await.expect(200);
        assert_eq!((&titled["title"], &titled["hold_expires_at"]), (&json!("Vaja"), &held["hold_expires_at"]));
        let longer = json!({"starts_at": format!("{DAY}T14:00"), "ends_at": format!("{DAY}T16:00")});
        let moved = app.patch(&path, 2, longer).by(&ana).await.expect(200);
        assert_eq!((&moved["status"], &moved["change"]), (&json!("held"), &Value::Null));
        assert_eq!(moved["hold_expires_at"], held["hold_expires_at"]);
        assert_eq!(at_ten(availability(&app, &room)).await, "allow");
        house.is_sound();
        assert_eq!(house.does(&ana, &id(&held), "confirm").await.expect(200)["status"], "pending");
        assert_eq!(app.queued_for(&ana.email), ["reservation_requested"]);
        house.is_sound();
    }

    async fn who_confirms_is_asked_again(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, owner) = (house.room("Sejna soba").await, app.member("ana"), app.member("owner"));
        let organisation = json!({"name": "Zavod Carnica", "legal_form": "ngo", "municipality": "Kranj"});
        let organisation = id(&app.post("/organisations", organisation).by(&owner).await.expect(201));
        let team = format!("/organisations/{organisation}/members/{}", ana.id);
        app.enlist(&organisation, &ana, "member");
        let request = with(hold(&room, "10:00", "11:00"), json!({"organisation_id": organisation}));
        let held = house.reserves(&ana, request).await.expect(201);
        app.call(reqwest::Method::DELETE, &team).by(&owner).await.expect(204);
        house.does(&ana, &id(&held), "confirm").await.refused(403, "forbidden");
        // Its owner, and the venue, confirm what stands in their name.
        assert_eq!(house.does(&owner, &id(&held), "confirm").await.expect(200)["status"], "confirmed");
        house.reserves(&app.newcomer("nina"), hold(&room, "14:00", "15:00")).await.refused(403, "address_unverified");
        let guest = json!({"organiser": {"name": "Gost", "email": "gost@example.org"}});
        let held = house.reserves(&house.manager, with(hold(&room, "14:00", "15:00"), guest)).await.expect(201);
        assert_eq!(app.queued_for("gost@example.org"), Vec::<String>::new());
        house.does(&house.manager, &id(&held), "confirm").await.expect(200);
        assert_eq!(app.queued_for("gost@example.org"), ["reservation_confirmed"]);
        house.is_sound();
    }
}
