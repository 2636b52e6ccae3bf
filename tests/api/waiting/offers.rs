//! Who is offered what, when, and what becomes of it.

use prostor::{domain::ids::ReservationId, store::schema::reservations};

use super::*;

/// Whether a slot is offered to them now.
async fn is_offered(house: &House<'_>, person: &Person, entry: &Value) -> bool {
    sees(house, &person.renewed(house), entry).await["state"] == "offered"
}

/// Ana and Eva wait for the hour that Bor has, in this order.
async fn two_wait<'a>(app: &'a TestApp) -> (House<'a>, String, [(Person, Value); 2], Call) {
    let (house, room, bor, taken) = taken(app).await;
    let (ana, eva) = (app.member("ana"), app.member("eva"));
    let first = joins(&house, &ana, hour(&room, "10:00", "11:00")).await;
    app.advance(1);
    let second = joins(&house, &eva, hour(&room, "09:30", "11:00")).await;
    // It is the last half hour of its hour that she could have begun in.
    let half = house.has(&bor, &room, &format!("{DAY}T09:00"), &format!("{DAY}T10:00")).await;
    assert_eq!(half["status"], "confirmed");
    let frees = house.does(&bor, &id(&taken), "cancel");
    (house, room, [(ana, first), (eva, second)], frees)
}

both! {
    async fn the_first_in_line_is_held_what_comes_free(app: TestApp) {
        let (house, room, [(ana, first), (eva, second)], frees) = two_wait(&app).await;
        app.run_jobs();
        assert!(!is_offered(&house, &ana, &first).await);
        frees.await.expect(200);
        for _ in 0..2 {
            app.run_jobs();
        }
        let offered = sees(&house, &ana, &first).await;
        assert_eq!((&offered["state"], version(&offered)), (&json!("offered"), 2));
        let offer = &offered["offer"];
        assert_eq!(offer["starts_at"], format!("{DAY}T10:00:00+01:00"));
        assert_eq!(offer["expires_at"], "2026-03-02T10:00:01+01:00");
        assert!(!is_offered(&house, &eva, &second).await);
        assert_eq!(app.queued_for(&ana.email), ["slot_offered"]);
        let fresh = meeting(&room, &format!("{DAY}T10:00"), &format!("{DAY}T10:30"));
        house.reserves(&eva, fresh).await.refused(409, "slot_taken");
        // It is a hold like any other, beside those they make themselves.
        let reservation = offer["reservation_id"].as_str().unwrap();
        let seen = house.sees(&ana, reservation).await;
        assert_eq!((&seen["status"], &seen["title"], &seen["purpose"]), (&json!("held"), &json!("Vaja"), &json!("rehearsal")));
        for day in 4..7 {
            let hold = meeting(&room, &format!("2026-03-{day:02}T10:00"), &format!("2026-03-{day:02}T11:00"));
            house.reserves(&ana, with(hold, json!({"hold": true}))).await.expect(201);
        }
        house.does(&ana, reservation, "confirm").await.expect(200);
        let done = sees(&house, &ana, &first).await;
        assert_eq!((&done["state"], &done["offer"]["expires_at"]), (&json!("taken"), &Value::Null));
        app.run_jobs();
        assert_eq!(sees(&house, &ana, &first).await["state"], "taken");
        // What became of it later is no matter of the list's.
        house.does(&ana, reservation, "cancel").await.expect(200);
        app.run_jobs();
        assert_eq!(sees(&house, &ana, &first).await["state"], "taken");
        assert!(is_offered(&house, &eva, &second).await);
        assert_eq!(app.queued_for(&ana.email), ["reservation_cancelled", "reservation_confirmed", "slot_offered"]);
        house.is_sound();
    }

    async fn what_is_not_taken_goes_to_the_next_and_does_not_come_back(app: TestApp) {
        let (house, room, [(ana, first), (eva, second)], frees) = two_wait(&app).await;
        house.rules(&format!("/spaces/{room}"), json!({"offer_minutes": 60})).await;
        frees.await.expect(200);
        app.run_jobs();
        assert!(is_offered(&house, &ana, &first).await);
        app.advance(3600);
        // It ran out, and the job of the same run passes it on.
        app.run_jobs();
        assert!(!is_offered(&house, &ana, &first).await);
        assert!(is_offered(&house, &eva, &second).await);
        let seen = sees(&house, &eva.renewed(&app), &second).await;
        house.does(&eva.renewed(&app), seen["offer"]["reservation_id"].as_str().unwrap(), "cancel").await.expect(200);
        app.run_jobs();
        for (person, entry) in [(&ana, &first), (&eva, &second)] {
            assert_eq!(sees(&house, &person.renewed(&app), entry).await["state"], "waiting");
            assert_eq!(app.queued_for(&person.email), ["slot_offered"]);
        }
        // Everybody's again.
        let fresh = meeting(&room, &format!("{DAY}T10:00"), &format!("{DAY}T11:00"));
        house.reserves(&app.member("vid"), fresh).await.expect(201);
        house.is_sound();
    }

    async fn nobody_is_woken(app: TestApp) {
        let (house, _, [(ana, first), _], frees) = two_wait(&app).await;
        frees.await.expect(200);
        for (now, wanted) in [
            ("2026-03-02T20:00:00Z", false),
            ("2026-03-03T06:59:59Z", false),
            ("2026-03-03T07:00:00Z", true),
        ] {
            house.at(now);
            app.run_jobs();
            assert_eq!(is_offered(&house, &ana, &first).await, wanted, "{now}");
        }
        // Held till it begins, at the latest.
        let seen = sees(&house, &ana.renewed(&app), &first).await;
        assert_eq!(seen["offer"]["expires_at"], format!("{DAY}T10:00:00+01:00"));
        house.is_sound();
    }

    async fn whatever_frees_it_and_only_what_the_person_may_have(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, eva) = (house.room("Galerija").await, app.member("ana"), app.member("eva"));
        let other = house.room("Druga").await;
        let one = json!({"max_active": {"value": 1}, "approval": "always"});
        house.rules(&format!("/spaces/{room}"), one).await;
        let venue = format!("/venues/{}", house.venue);
        house.opens(&venue, daily("08:00", "23:00")).await;
        let block = json!({"starts_at": format!("{DAY}T08:00"), "ends_at": format!("{DAY}T23:00"), "reason": "Okna"});
        let block = app.post(&format!("/spaces/{room}/blocks"), block).by(&house.manager).await.expect(201);
        // She has one already, so it is not her turn whatever the order.
        house.has(&ana, &other, &format!("{DAY}T10:00"), &format!("{DAY}T11:00")).await;
        let first = joins(&house, &ana, hour(&room, "10:00", "12:00")).await;
        app.advance(1);
        let second = joins(&house, &eva, hour(&room, "10:00", "12:00")).await;
        let late = joins(&house, &eva, hour(&room, "20:00", "22:00")).await;
        house.opens(&venue, daily("08:00", "20:00")).await;
        app.run_jobs();
        assert!(!is_offered(&house, &eva, &second).await);
        app.delete(&format!("/blocks/{}", id(&block)), 1).by(&house.manager).await.expect(204);
        app.run_jobs();
        assert!(!is_offered(&house, &ana, &first).await);
        let offered = sees(&house, &eva, &second).await;
        assert_eq!(offered["offer"]["starts_at"], format!("{DAY}T10:00:00+01:00"));
        // Longer hours; her held hour counts, so only when that is let go.
        house.opens(&venue, daily("08:00", "23:00")).await;
        app.run_jobs();
        assert!(!is_offered(&house, &eva, &late).await);
        app.delete(&format!("/waiting-list/{}", id(&second)), 2).by(&eva).await.expect(204);
        assert_eq!(house.sees(&eva, offered["offer"]["reservation_id"].as_str().unwrap()).await["status"], "cancelled");
        app.run_jobs();
        let offered = sees(&house, &eva, &late).await;
        assert_eq!(offered["offer"]["starts_at"], format!("{DAY}T20:00:00+01:00"));
        // Where the venue decides, confirming asks.
        let hold = offered["offer"]["reservation_id"].as_str().unwrap();
        assert_eq!(house.does(&eva, hold, "confirm").await.expect(200)["status"], "pending");
        assert_eq!(app.queued_for(&eva.email), ["reservation_requested", "slot_offered", "slot_offered"]);
        house.is_sound();
    }

    async fn what_nothing_at_the_venue_tells_is_found_a_little_later(app: TestApp) {
        let house = House::new(&app).await;
        let other = house.another_venue("kovacnica").await;
        let (room, elsewhere, ana) = (house.room("Galerija").await, other.room("Druga").await, app.member("ana"));
        house.rules(&format!("/spaces/{room}"), json!({"max_active": {"value": 1}})).await;
        house.has(&ana, &elsewhere, "2026-03-02T09:00", "2026-03-02T10:00").await;
        let entry = joins(&house, &ana, hour(&room, "10:00", "11:00")).await;
        // Her only one ends at ten, in another venue; this one was looked at the last at five to.
        for (now, wanted) in [
            ("2026-03-02T08:55:00Z", false), ("2026-03-02T09:01:00Z", false),
            ("2026-03-02T09:04:59Z", false), ("2026-03-02T09:05:00Z", true),
        ] {
            house.at(now);
            app.run_jobs();
            assert_eq!(is_offered(&house, &ana, &entry).await, wanted, "{now}");
        }
        house.is_sound();
    }

    async fn a_node_that_starts_looks_at_everything(app: TestApp) {
        let house = House::new(&app).await;
        let other = house.another_venue("kovacnica").await;
        let (room, elsewhere, ana) = (house.room("Galerija").await, other.room("Druga").await, app.member("ana"));
        house.rules(&format!("/spaces/{room}"), json!({"max_active": {"value": 1}})).await;
        house.has(&ana, &elsewhere, "2026-03-02T09:00", "2026-03-02T10:00").await;
        let entry = joins(&house, &ana, hour(&room, "10:00", "11:00")).await;
        for now in ["2026-03-02T08:55:00Z", "2026-03-02T09:01:00Z"] {
            house.at(now);
            app.run_jobs();
        }
        assert!(!is_offered(&house, &ana, &entry).await);
        let started = app.another(Options { clock: app.clock.clone(), ..Options::default() });
        started.run_jobs();
        assert!(is_offered(&house, &ana, &entry).await);
        house.is_sound();
    }

    async fn of_desks_as_many_as_are_waited_for(app: TestApp) {
        let house = House::new(&app).await;
        let ((area, _), ana, bor) = (house.desks("Pisarna", 3).await, app.member("ana"), app.member("bor"));
        let all_day = |quantity: u32| {
            with(meeting(&area, &format!("{DAY}T08:00"), &format!("{DAY}T20:00")), json!({"quantity": quantity}))
        };
        let two = house.reserves(&bor, all_day(2)).await.expect(201);
        let entry = joins(&house, &ana, with(hour(&area, "08:00", "20:00"), json!({"quantity": 2, "attendees": 2}))).await;
        app.run_jobs();
        assert!(!is_offered(&house, &ana, &entry).await);
        house.does(&bor, &id(&two), "cancel").await.expect(200);
        app.run_jobs();
        let offered = sees(&house, &ana, &entry).await;
        let held = house.sees(&ana, offered["offer"]["reservation_id"].as_str().unwrap()).await;
        assert_eq!((held["unit_ids"].as_array().unwrap().len(), &held["attendees"]), (2, &json!(2)));
        house.is_sound();
    }

    async fn ones_own_hold_is_not_ended_by_an_offer(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let hold = meeting(&room, &format!("{DAY}T10:00"), &format!("{DAY}T11:00"));
        let held = house.reserves(&ana, with(hold, json!({"hold": true}))).await.expect(201);
        let entry = joins(&house, &ana, hour(&room, "10:00", "11:00")).await;
        app.run_jobs();
        assert_eq!(house.sees(&ana, &id(&held)).await["status"], "held");
        app.advance(600);
        app.run_jobs();
        assert!(is_offered(&house, &ana, &entry).await);
        house.is_sound();
    }

    async fn what_begins_at_this_moment_is_offered_to_nobody(app: TestApp) {
        let (house, room, bor, taken) = taken(&app).await;
        let ana = app.member("ana");
        let entry = joins(&house, &ana, hour(&room, "10:00", "11:15")).await;
        house.at("2026-03-03T08:59:59Z");
        house.does(&bor.renewed(&app), &id(&taken), "cancel").await.expect(200);
        house.at("2026-03-03T09:00:00Z");
        app.run_jobs();
        // It would run out as it is made; a quarter of an hour later there is another one.
        let seen = sees(&house, &ana.renewed(&app), &entry).await;
        assert_eq!((&seen["state"], &seen["offer"]["starts_at"]), (&json!("offered"), &json!(format!("{DAY}T10:15:00+01:00"))));
        house.is_sound();
    }

    async fn the_next_offer_need_not_wait_for_the_job_that_ends_the_one_before(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, bor) = (house.room("Sejna soba").await, app.member("ana"), app.member("bor"));
        house.rules(&format!("/spaces/{room}"), json!({"offer_minutes": 60})).await;
        let taken = house.has(&bor, &room, &format!("{DAY}T10:00"), &format!("{DAY}T12:00")).await;
        let entry = joins(&house, &ana, hour(&room, "10:00", "12:00")).await;
        house.does(&bor, &id(&taken), "cancel").await.expect(200);
        let offers = || prostor::app::waiting::offer::waiting(&app.app).unwrap();
        offers();
        let first = sees(&house, &ana, &entry).await["offer"].clone();
        app.advance(3600);
        offers();
        let ana = ana.renewed(&app);
        let second = sees(&house, &ana, &entry).await["offer"].clone();
        let starts = [&first, &second].map(|offer| offer["starts_at"].clone());
        assert_eq!(starts, ["10", "11"].map(|hour| json!(format!("{DAY}T{hour}:00:00+01:00"))));
        house.is_sound();
        // Two that live at once are none.
        let later = crate::support::at("2026-03-04T00:00:00Z");
        let id: ReservationId = first["reservation_id"].as_str().unwrap().parse().unwrap();
        let row = diesel::update(reservations::table.find(id)).set(reservations::expires_at.eq(later));
        row.execute(&mut *app.connection()).unwrap();
        let report = prostor::app::check::run(&app.app.db).unwrap();
        assert!(report.to_string().contains("offered two slots at once"), "{report}");
    }

    async fn an_offer_takes_equipment_along_as_any_hold_does(app: TestApp) {
        let (house, _, [(ana, first), _], frees) = two_wait(&app).await;
        let units: Vec<Value> = (1..=2).map(|n| json!({"label": format!("Projektor {n}")})).collect();
        let pool = json!({"name": "Projektorji", "kind": "equipment", "capacity": 0, "allocation": "each", "units": units});
        let pool = id(&house.space(pool).await);
        frees.await.expect(200);
        app.run_jobs();
        let offer = sees(&house, &ana, &first).await["offer"].clone();
        let path = format!("/reservations/{}", offer["reservation_id"].as_str().unwrap());
        let held = house.get(&path).by(&ana).await.expect(200);
        let two = json!({"equipment": [{"space_id": pool, "quantity": 2}]});
        let held = app.patch(&path, version(&held), two).by(&ana).await.expect(200);
        // Changed, it is held for as long as any hold.
        assert_eq!((&held["status"], &held["hold_expires_at"]), (&json!("held"), &json!("2026-03-02T08:10:01+01:00")));
        let taken = house.does(&ana, &id(&held), "confirm").await.expect(200);
        assert_eq!((&taken["status"], &taken["equipment"][0]["quantity"]), (&json!("confirmed"), &json!(2)));
        assert_eq!(sees(&house, &ana, &first).await["state"], "taken");
        house.is_sound();
    }
}
