//! What becomes of a reservation: requests and requested changes are approved, declined, cancelled or expire;
//! what took place is counted and completed (DESIGN 4, States).

use serde_json::{Value, json};

use crate::support::{House, Person, TestApp, at, both, id, meeting, version, with};

/// A house with a room where everything needs approval for the public.
pub async fn asking(app: &TestApp) -> (House<'_>, String) {
    let house = House::new(app).await;
    let room = house.room("Galerija").await;
    house.rules(&format!("/spaces/{room}"), json!({"approval": "always"})).await;
    (house, room)
}

/// A house with a room where only more than an hour needs approval.
async fn asking_beyond_an_hour(app: &TestApp) -> (House<'_>, String) {
    let house = House::new(app).await;
    let room = house.room("Galerija").await;
    let hour = json!({"max_duration_minutes": {"value": 60, "beyond": "ask"}});
    house.rules(&format!("/spaces/{room}"), hour).await;
    (house, room)
}

/// Whether somebody else could have this time.
async fn is_free(house: &House<'_>, person: &Person, space: &str, from: &str, to: &str) -> bool {
    let check = house.post("/reservations/check", meeting(space, from, to)).by(person).await.expect(200);
    let taken = |reason: &Value| reason["code"] == "slot_taken";
    !check["reasons"].as_array().unwrap().iter().any(taken)
}

both! {
    async fn a_request_holds_its_slot_until_it_is_approved(app: TestApp) {
        let (house, room) = asking(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let (from, to) = ("2026-03-10T10:00", "2026-03-10T11:00");
        let asked = house.has(&ana, &room, from, to).await;
        // 72 hours from Monday at 8:00.
        assert_eq!((&asked["status"], &asked["decide_by"]), (&json!("pending"), &json!("2026-03-05T08:00:00+01:00")));
        house.asks(&bor, &room, from, to).await.refused(409, "slot_taken");

        let desk = &house.manager;
        house.does(desk, &id(&asked), "approve").await.refused(428, "precondition_required");
        house.does(desk, &id(&asked), "approve").if_match(7).await.refused(412, "precondition_failed");
        house.does(&ana, &id(&asked), "approve").if_match(1).await.refused(403, "forbidden");
        house.does(&bor, &id(&asked), "approve").if_match(1).await.refused(404, "not_found");
        let reply = house.does(desk, &id(&asked), "approve").if_match(1).await;
        assert_eq!(reply.header("etag"), "\"2\"");
        let approved = reply.expect(200);
        assert_eq!((&approved["status"], &approved["decide_by"]), (&json!("confirmed"), &Value::Null));
        // Again: nothing happens, nobody is told; a stale precondition is tested first.
        let again = house.does(desk, &id(&asked), "approve").if_match(2).await.expect(200);
        assert_eq!(again, approved);
        house.does(desk, &id(&asked), "approve").if_match(1).await.refused(412, "precondition_failed");
        let conflict = house.does(desk, &id(&asked), "decline").await.refused(409, "state_conflict");
        assert_eq!(conflict["current_status"], "confirmed");
        assert_eq!(app.queued_for(&ana.email), ["reservation_approved", "reservation_requested"]);
        assert_eq!(app.queued_for(&desk.email), ["request_to_decide"]);
        house.is_sound();
    }

    async fn a_declined_request_frees_its_slot(app: TestApp) {
        let (house, room) = asking(&app).await;
        let (ana, bor, desk) = (app.member("ana"), app.member("bor"), house.manager.clone());
        let (from, to) = ("2026-03-10T10:00", "2026-03-10T11:00");
        let asked = house.has(&ana, &room, from, to).await;
        let no = app.post(&format!("/reservations/{}/decline", id(&asked)), json!({"message": "Razstava ostane."}));
        let declined = no.by(&desk).await.expect(200);
        assert_eq!((&declined["status"], &declined["unit_ids"]), (&json!("declined"), &json!([])));
        let letters = app.await_letters(&ana.email, 2).await;
        assert!(letters.iter().any(|letter| letter.text.contains("Razstava ostane.")), "{letters:?}");
        let next = house.has(&bor, &room, from, to).await;
        // It is final, and declining again is nothing new.
        assert_eq!(house.does(&desk, &id(&asked), "decline").await.expect(200), declined);
        for (action, by) in [("approve", &desk), ("cancel", &ana)] {
            let reply = house.does(by, &id(&asked), action).header("if-match", "*").await;
            assert_eq!(reply.refused(409, "state_conflict")["current_status"], "declined");
        }
        let edit = json!({"title": "Vseeno"});
        app.patch(&format!("/reservations/{}", id(&asked)), 2, edit).by(&ana).await.refused(409, "state_conflict");
        assert_eq!(house.sees(&bor, &id(&next)).await["status"], "pending");
        house.is_sound();
    }

    async fn a_request_nobody_decides_expires(app: TestApp) {
        let (house, room) = asking(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let far = house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T11:00").await;
        let near = house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T11:00").await;
        // At the latest at its start.
        assert_eq!(near["decide_by"], "2026-03-03T10:00:00+01:00");
        house.at("2026-03-03T08:59:59Z");
        app.run_jobs();
        assert_eq!(house.sees(&ana.renewed(&app), &id(&near)).await["status"], "pending");
        // A second late is late, whether or not the job has run.
        house.at("2026-03-03T09:00:00Z");
        let (ana, bor) = (ana.renewed(&app), bor.renewed(&app));
        let late = house.does(&house.desk(), &id(&near), "approve").if_match(1).await;
        assert_eq!(late.refused(409, "state_conflict")["current_status"], "expired");
        app.run_jobs();
        let expired = house.sees(&ana, &id(&near)).await;
        assert_eq!((&expired["status"], version(&expired)), (&json!("expired"), 2));
        assert_eq!(house.sees(&ana, &id(&far)).await["status"], "pending");
        assert!(is_free(&house, &bor, &room, "2026-03-03T10:00", "2026-03-03T11:00").await);
        for (action, by) in [("approve", &house.desk()), ("decline", &house.desk()), ("cancel", &ana)] {
            let reply = house.does(by, &id(&near), action).header("if-match", "*").await;
            assert_eq!(reply.refused(409, "state_conflict")["current_status"], "expired");
        }
        // Running the job again changes nothing.
        app.run_jobs();
        assert_eq!(house.sees(&ana, &id(&near)).await, expired);
        house.at("2026-03-05T07:00:00Z");
        app.run_jobs();
        assert_eq!(house.sees(&ana.renewed(&app), &id(&far)).await["status"], "expired");
        house.is_sound();
    }

    async fn a_move_that_needs_approval_keeps_the_old_slot(app: TestApp) {
        let (house, room) = asking_beyond_an_hour(&app).await;
        let (ana, bor, desk) = (app.member("ana"), app.member("bor"), house.manager.clone());
        let mine = house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T11:00").await;
        assert_eq!(mine["status"], "confirmed");
        let path = format!("/reservations/{}", id(&mine));
        let longer = json!({"ends_at": "2026-03-10T12:30", "attendees": 7});
        let wished = app.patch(&path, 1, longer).by(&ana).await.expect(200);
        assert_eq!((&wished["status"], &wished["ends_at"]), (&json!("confirmed"), &json!("2026-03-10T11:00:00+01:00")));
        assert_eq!((&wished["attendees"], version(&wished)), (&Value::Null, 2));
        let change = &wished["change"];
        assert_eq!((&change["starts_at"], &change["ends_at"], &change["attendees"], &change["expires_at"]),
            (&json!("2026-03-10T10:00:00+01:00"), &json!("2026-03-10T12:30:00+01:00"), &json!(7), &json!("2026-03-05T08:00:00+01:00")));
        // Both are taken until it is decided, and no more than both.
        assert!(!is_free(&house, &bor, &room, "2026-03-10T10:00", "2026-03-10T11:00").await);
        assert!(!is_free(&house, &bor, &room, "2026-03-10T11:00", "2026-03-10T12:30").await);
        assert!(is_free(&house, &bor, &room, "2026-03-10T12:30", "2026-03-10T13:00").await);
        house.is_sound();
        assert_eq!(app.queued_for(&desk.email), ["request_to_decide"]);

        house.does(&desk, &id(&mine), "approve").await.refused(428, "precondition_required");
        house.does(&desk, &id(&mine), "approve").if_match(1).await.refused(412, "precondition_failed");
        let moved = house.does(&desk, &id(&mine), "approve").if_match(2).await.expect(200);
        assert_eq!((&moved["ends_at"], &moved["attendees"], &moved["change"]),
            (&json!("2026-03-10T12:30:00+01:00"), &json!(7), &Value::Null));
        assert_eq!(app.queued_for(&ana.email), ["change_requested", "reservation_changed", "reservation_confirmed"]);
        house.is_sound();
    }

    async fn a_declined_move_leaves_what_was(app: TestApp) {
        let (house, room) = asking_beyond_an_hour(&app).await;
        let (ana, bor, desk) = (app.member("ana"), app.member("bor"), house.manager.clone());
        let mine = house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T11:00").await;
        let path = format!("/reservations/{}", id(&mine));
        let away = json!({"starts_at": "2026-03-11T14:00", "ends_at": "2026-03-11T16:00"});
        app.patch(&path, 1, away.clone()).by(&ana).await.expect(200);
        assert!(!is_free(&house, &bor, &room, "2026-03-11T14:00", "2026-03-11T16:00").await);
        let kept = house.does(&desk, &id(&mine), "decline").await.expect(200);
        assert_eq!((&kept["status"], &kept["starts_at"], &kept["change"]),
            (&json!("confirmed"), &json!("2026-03-10T10:00:00+01:00"), &Value::Null));
        assert!(is_free(&house, &bor, &room, "2026-03-11T14:00", "2026-03-11T16:00").await);
        assert!(!is_free(&house, &bor, &room, "2026-03-10T10:00", "2026-03-10T11:00").await);
        house.is_sound();

        // Another wish takes the first one's place; one that needs nobody is done at once.
        let wished = app.patch(&path, 3, away).by(&ana).await.expect(200);
        let other = json!({"starts_at": "2026-03-12T14:00", "ends_at": "2026-03-12T16:00"});
        let wished = app.patch(&path, version(&wished), other).by(&ana).await.expect(200);
        assert_eq!(wished["change"]["starts_at"], "2026-03-12T14:00:00+01:00");
        assert!(is_free(&house, &bor, &room, "2026-03-11T14:00", "2026-03-11T16:00").await);
        house.is_sound();
        let short = json!({"starts_at": "2026-03-13T14:00", "ends_at": "2026-03-13T15:00"});
        let moved = app.patch(&path, version(&wished), short).by(&ana).await.expect(200);
        assert_eq!((&moved["starts_at"], &moved["change"]), (&json!("2026-03-13T14:00:00+01:00"), &Value::Null));
        for day in ["2026-03-10", "2026-03-12"] {
            assert!(is_free(&house, &bor, &room, &format!("{day}T10:00"), &format!("{day}T16:00")).await, "{day}");
        }
        house.is_sound();
    }

    async fn cancelling_ends_the_reservation_and_the_wish(app: TestApp) {
        let (house, room) = asking_beyond_an_hour(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let mine = house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T11:00").await;
        let path = format!("/reservations/{}", id(&mine));
        app.patch(&path, 1, json!({"ends_at": "2026-03-10T14:00"})).by(&ana).await.expect(200);
        let gone = house.does(&ana, &id(&mine), "cancel").await.expect(200);
        assert_eq!((&gone["status"], &gone["change"]), (&json!("cancelled"), &Value::Null));
        assert!(is_free(&house, &bor, &room, "2026-03-10T10:00", "2026-03-10T14:00").await);
        house.is_sound();
    }

    async fn a_wish_nobody_decides_expires_and_the_reservation_stays(app: TestApp) {
        let (house, room) = asking_beyond_an_hour(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let mine = house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T11:00").await;
        let path = format!("/reservations/{}", id(&mine));
        app.patch(&path, 1, json!({"ends_at": "2026-03-10T14:00"})).by(&ana).await.expect(200);
        house.at("2026-03-05T07:00:00Z");
        app.run_jobs();
        let (ana, bor) = (ana.renewed(&app), bor.renewed(&app));
        let kept = house.sees(&ana, &id(&mine)).await;
        assert_eq!((&kept["status"], &kept["change"], version(&kept)), (&json!("confirmed"), &Value::Null, 3));
        assert!(is_free(&house, &bor, &room, "2026-03-10T11:00", "2026-03-10T14:00").await);
        assert!(!is_free(&house, &bor, &room, "2026-03-10T10:00", "2026-03-10T11:00").await);
        house.is_sound();
    }

    async fn a_late_cancellation_counts_as_late(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        house.rules(&format!("/spaces/{room}"), json!({"cancellation_notice_minutes": 1440})).await;
        // Now it is Monday, 8:00.
        for (from, by_desk, late, cancel_by) in [
            ("2026-03-03T08:00", false, false, "2026-03-02T08:00:00+01:00"),
            ("2026-03-02T18:00", false, true, "2026-03-01T18:00:00+01:00"),
            ("2026-03-02T18:00", true, false, "2026-03-01T18:00:00+01:00"),
        ] {
            let to = format!("{}T19:00", &from[..10]);
            let mine = house.has(&ana, &room, from, &to).await;
            assert_eq!(mine["cancel_by"], cancel_by);
            let by = if by_desk { &house.manager } else { &ana };
            let gone = house.does(by, &id(&mine), "cancel").await.expect(200);
            assert_eq!((&gone["status"], &gone["cancelled_late"]), (&json!("cancelled"), &json!(late)), "{from}");
            assert_eq!(house.does(by, &id(&mine), "cancel").await.expect(200), gone);
        }
        // What held when it was made counts, and from its start on it is too late.
        let mine = house.has(&ana, &room, "2026-03-02T18:00", "2026-03-02T19:00").await;
        house.rules(&format!("/spaces/{room}"), json!({"cancellation_notice_minutes": 0})).await;
        house.at("2026-03-02T16:59:59Z");
        let other = house.has(&ana.renewed(&app), &room, "2026-03-02T19:00", "2026-03-02T20:00").await;
        let gone = house.does(&ana.renewed(&app), &id(&mine), "cancel").await.expect(200);
        assert_eq!(gone["cancelled_late"], true);
        house.at("2026-03-02T18:00:00Z");
        for by in [ana.renewed(&app), house.desk()] {
            let reply = house.does(&by, &id(&other), "cancel").await;
            assert_eq!(reply.refused(409, "state_conflict")["current_status"], "confirmed");
        }
        house.is_sound();
    }

    async fn heads_are_counted_from_the_start_on(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, bor) = (house.room("Sejna soba").await, app.member("ana"), app.member("bor"));
        let mine = house.has(&ana, &room, "2026-03-02T10:00", "2026-03-02T11:00").await;
        let gone = house.has(&ana, &room, "2026-03-02T12:00", "2026-03-02T13:00").await;
        house.does(&ana, &id(&gone), "cancel").await.expect(200);
        let count = |of: &Value, by: &Person, count: Value| {
            app.post(&format!("/reservations/{}/headcount", id(of)), json!({"count": count})).by(by)
        };
        count(&mine, &ana, json!(5)).await.refused(409, "state_conflict");
        house.at("2026-03-02T09:00:00Z");
        let (ana, bor) = (ana.renewed(&app), bor.renewed(&app));
        count(&mine, &bor, json!(5)).await.refused(404, "not_found");
        for bad in [json!(-1), json!(1.5), json!("5"), json!(100_001), Value::Null] {
            count(&mine, &ana, bad).await.refused(422, "invalid");
        }
        let counted = count(&mine, &ana, json!(5)).await.expect(200);
        assert_eq!((&counted["headcount"], version(&counted)), (&json!(5), 2));
        assert_eq!(count(&mine, &ana, json!(5)).await.expect(200), counted);
        count(&mine, &house.desk(), json!(7)).if_match(1).await.refused(412, "precondition_failed");
        assert_eq!(count(&mine, &house.desk(), json!(7)).if_match(2).await.expect(200)["headcount"], 7);
        // More came than the room is for: that is what was counted.
        assert_eq!(count(&mine, &ana, json!(40)).await.expect(200)["headcount"], 40);
        house.at("2026-03-02T12:30:00Z");
        app.run_jobs();
        assert_eq!(count(&mine, &ana.renewed(&app), json!(6)).await.expect(200)["status"], "completed");
        count(&gone, &ana.renewed(&app), json!(1)).await.refused(409, "state_conflict");
        house.is_sound();
    }

    async fn what_has_ended_is_completed_by_a_job(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let mine = house.has(&ana, &room, "2026-03-02T10:00", "2026-03-02T11:00").await;
        house.at("2026-03-02T09:59:59Z");
        app.run_jobs();
        assert_eq!(house.sees(&ana.renewed(&app), &id(&mine)).await["status"], "confirmed");
        house.at("2026-03-02T10:00:00Z");
        app.run_jobs();
        let ana = ana.renewed(&app);
        let done = house.sees(&ana, &id(&mine)).await;
        assert_eq!((&done["status"], version(&done)), (&json!("completed"), 2));
        let path = format!("/reservations/{}", id(&mine));
        app.patch(&path, 2, json!({"ends_at": "2026-03-02T12:00"})).by(&ana).await.refused(409, "state_conflict");
        for (action, by) in [("cancel", &ana), ("approve", &house.desk()), ("decline", &house.desk())] {
            let reply = house.does(by, &id(&mine), action).header("if-match", "*").await;
            assert_eq!(reply.refused(409, "state_conflict")["current_status"], "completed", "{action}");
        }
        // A completed one is told of to nobody.
        assert_eq!(app.queued_for(&ana.email), ["reservation_confirmed"]);
        house.is_sound();
    }

    async fn what_is_under_way_can_be_extended_or_cut_short(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, bor) = (house.room("Sejna soba").await, app.member("ana"), app.member("bor"));
        let mine = house.has(&ana, &room, "2026-03-02T10:00", "2026-03-02T12:00").await;
        house.has(&bor, &room, "2026-03-02T13:00", "2026-03-02T14:00").await;
        house.at("2026-03-02T10:00:00Z");
        let ana = ana.renewed(&app);
        let path = format!("/reservations/{}", id(&mine));
        let edits = [
            (json!({"ends_at": "2026-03-02T12:30"}), 200, ""),
            (json!({"ends_at": "2026-03-02T13:15"}), 409, "slot_taken"),
            (json!({"ends_at": "2026-03-02T10:45"}), 422, "policy_refused"),
            (json!({"starts_at": "2026-03-02T10:15"}), 422, "policy_refused"),
            (json!({"ends_at": "2026-03-02T11:30"}), 200, ""),
        ];
        let mut version = 1;
        for (edit, status, code) in edits {
            let reply = app.patch(&path, version, edit.clone()).by(&ana).await;
            assert_eq!((reply.status, reply.json["code"].as_str().unwrap_or("")), (status, code), "{edit} {reply:?}");
            version += i64::from(status == 200);
        }
        assert!(is_free(&house, &bor.renewed(&app), &room, "2026-03-02T11:30", "2026-03-02T13:00").await);
        house.is_sound();
    }

    async fn who_asks_anew_while_pending_keeps_the_time_to_decide(app: TestApp) {
        let (house, room) = asking(&app).await;
        let ana = app.member("ana");
        let asked = house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T11:00").await;
        app.advance(300);
        let path = format!("/reservations/{}", id(&asked));
        let moved = json!({"starts_at": "2026-03-11T10:00", "ends_at": "2026-03-11T11:00"});
        let moved = app.patch(&path, 1, moved).by(&ana).await.expect(200);
        assert_eq!((&moved["status"], &moved["change"], &moved["decide_by"]),
            (&json!("pending"), &Value::Null, &asked["decide_by"]));
        let mine = with(meeting(&room, "2026-03-10T10:00", "2026-03-10T11:00"), json!({"title": "Drugi"}));
        house.reserves(&app.member("bor"), mine).await.expect(201);
        house.is_sound();
    }

    async fn heads_are_counted_until_their_month_is_closed(app: TestApp) {
        app.clock.set(at("2026-03-30T07:00:00Z"));
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let mine = house.has(&ana, &room, "2026-03-30T10:00", "2026-03-30T11:00").await;
        let count = |by: &Person, count: u32| {
            app.post(&format!("/reservations/{}/headcount", id(&mine)), json!({"count": count})).by(by)
        };
        // Fourteen days after the end of March, by the venue's clocks.
        house.at("2026-04-14T21:59:59Z");
        app.run_jobs();
        let counted = count(&ana.renewed(&app), 5).await.expect(200);
        house.at("2026-04-14T22:00:00Z");
        let ana = ana.renewed(&app);
        for by in [&ana, &house.desk()] {
            count(by, 6).await.refused(409, "period_closed");
            // What was counted already is so still.
            assert_eq!(count(by, 5).await.expect(200)["version"], counted["version"]);
        }
        assert_eq!(house.sees(&ana, &id(&mine)).await["headcount"], 5);
        house.is_sound();
    }

    async fn the_way_in_is_told_while_a_reservation_stands(app: TestApp) {
        let (house, room) = asking(&app).await;
        let (ana, desk) = (app.member("ana"), house.manager.clone());
        let venue = format!("/venues/{}", house.venue);
        app.patch(&venue, 1, json!({"access_instructions": "Koda 4711"})).by(&desk).await.expect(200);
        let asked = house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T11:00").await;
        let told = |shown: Value| shown["access_instructions"].as_str().map(str::to_owned);
        for (action, way_in) in [("", None), ("approve", Some("Koda 4711")), ("cancel", None)] {
            if !action.is_empty() {
                house.does(&desk, &id(&asked), action).header("if-match", "*").await.expect(200);
            }
            for by in [&ana, &desk] {
                assert_eq!(told(house.sees(by, &id(&asked)).await).as_deref(), way_in, "{action}");
            }
        }
        // Colleagues see the reservation, and not how to get in.
        let (bor, cene) = (app.member("bor"), app.member("cene"));
        let club = json!({"name": "Klub", "legal_form": "ngo", "municipality": "Kranj"});
        let club = id(&app.post("/organisations", club).by(&bor).await.expect(201));
        app.enlist(&club, &cene, "member");
        let request = with(meeting(&room, "2026-03-11T10:00", "2026-03-11T11:00"), json!({"organisation_id": club}));
        let theirs = house.reserves(&bor, request).await.expect(201);
        house.does(&desk, &id(&theirs), "approve").if_match(1).await.expect(200);
        for (by, way_in) in [(&bor, Some("Koda 4711")), (&cene, None)] {
            assert_eq!(told(house.sees(by, &id(&theirs)).await).as_deref(), way_in);
        }
        house.is_sound();
    }
}
