//! What a hold stands against: everybody else while it lives, nobody once it ran out, and its own person never.

use super::*;

/// A member's hold of the room from ten to eleven, run out and noticed by no job.
async fn dead_hold<'a>(app: &'a TestApp) -> (House<'a>, String, Value, Person) {
    let house = House::new(app).await;
    let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
    let held = holds(&house, &ana, &room, "10:00", "11:00").await;
    app.advance(600);
    (house, room, held, ana.renewed(app))
}

async fn is(house: &House<'_>, person: &Person, reservation: &Value, status: &str) {
    assert_eq!(house.sees(person, &id(reservation)).await["status"], status);
}

both! {
    async fn readers_find_the_slot_free_at_once(app: TestApp) {
        let (house, room, held, ana) = dead_hold(&app).await;
        assert_eq!(at_ten(availability(&app, &room)).await, "allow");
        let search = format!("/availability?from={DAY}T10:00&to={DAY}T11:00&duration_minutes=60&venue_id={}", house.venue);
        let found = app.get(&search).await.expect(200);
        assert_eq!(found["items"][0]["slots"][0]["starts_at"], format!("{DAY}T10:00:00+01:00"), "{found}");
        let request = meeting(&room, &format!("{DAY}T10:00"), &format!("{DAY}T11:00"));
        let checked = app.post("/reservations/check", request).await.expect(200);
        assert!(!checked["reasons"].to_string().contains("slot_taken"), "{checked}");
        is(&house, &ana, &held, "expired").await;
        // Lists go by the status that they show.
        let ids = [id(&held)];
        let none: [String; 0] = [];
        for (status, wanted) in [
            ("held", &none[..]), ("expired", &ids), ("held,expired", &ids), ("held,confirmed", &none), ("pending,expired", &ids),
        ] {
            let list = app.get(&format!("/reservations?mine=true&status={status}")).by(&ana).await.expect(200);
            let listed: Vec<String> = list["items"].as_array().unwrap().iter().map(id).collect();
            assert_eq!(listed, wanted, "{status}");
        }
        house.is_sound();
    }

    async fn writers_end_it_and_take_the_slot(app: TestApp) {
        let (house, room, held, ana) = dead_hold(&app).await;
        let bor = app.member("bor");
        let made = house.has(&bor, &room, &format!("{DAY}T10:30"), &format!("{DAY}T11:30")).await;
        is(&house, &ana, &held, "expired").await;
        house.does(&bor, &id(&made), "cancel").await.expect(200);
        // A move onto one.
        let held = holds(&house, &ana, &room, "10:00", "11:00").await;
        let mine = house.has(&bor, &room, &format!("{DAY}T14:00"), &format!("{DAY}T15:00")).await;
        app.advance(600);
        let [ana, bor] = [ana, bor].map(|person| person.renewed(&app));
        let earlier = json!({"starts_at": format!("{DAY}T10:00"), "ends_at": format!("{DAY}T12:00")});
        app.patch(&format!("/reservations/{}", id(&mine)), 1, earlier).by(&bor).await.expect(200);
        is(&house, &ana, &held, "expired").await;
        // A block over one.
        let held = holds(&house, &ana, &room, "16:00", "17:00").await;
        app.advance(600);
        let ana = ana.renewed(&app);
        let block = json!({"starts_at": format!("{DAY}T15:00"), "ends_at": format!("{DAY}T18:00"), "reason": "Okna"});
        let block = app.post(&format!("/spaces/{room}/blocks"), block).by(&house.desk()).await.expect(201);
        assert_eq!(block["kept"], json!([]));
        is(&house, &ana, &held, "expired").await;
        house.is_sound();
    }

    async fn ones_own_is_replaced(app: TestApp) {
        let house = House::new(&app).await;
        let ([hall, left, right], ana) = (house.hall("Dvorana").await, app.member("ana"));
        let first = holds(&house, &ana, &left, "10:00", "11:00").await;
        app.advance(120);
        // What touches or is elsewhere stays.
        let after = holds(&house, &ana, &left, "11:00", "12:00").await;
        let beside = holds(&house, &ana, &right, "12:00", "13:00").await;
        let whole = holds(&house, &ana, &hall, "10:30", "11:00").await;
        for (reservation, status) in [(&first, "expired"), (&after, "held"), (&beside, "held"), (&whole, "held")] {
            is(&house, &ana, reservation, status).await;
        }
        // Who holds the same time again and again does not keep it for ever.
        assert_eq!(whole["hold_expires_at"], first["hold_expires_at"]);
        assert_ne!(after["hold_expires_at"], first["hold_expires_at"]);
        house.does(&ana, &id(&first), "confirm").await.refused(409, "hold_expired");
        // So is it by a reservation, and by a move.
        let made = house.has(&ana, &left, &format!("{DAY}T11:30"), &format!("{DAY}T12:30")).await;
        is(&house, &ana, &after, "expired").await;
        let up = json!({"starts_at": format!("{DAY}T10:00"), "ends_at": format!("{DAY}T11:00")});
        app.patch(&format!("/reservations/{}", id(&made)), 1, up).by(&ana).await.expect(200);
        is(&house, &ana, &whole, "expired").await;
        is(&house, &ana, &beside, "held").await;
        // Somebody else's never is.
        house.reserves(&app.member("bor"), hold(&hall, "12:00", "13:00")).await.refused(409, "slot_taken");
        assert_eq!(app.queued_for(&ana.email), ["reservation_changed", "reservation_confirmed"]);
        house.is_sound();
    }

    async fn of_desks_those_asked_among_are_replaced(app: TestApp) {
        let house = House::new(&app).await;
        let ((area, desks), ana) = (house.desks("Pisarna", 4).await, app.member("ana"));
        let named = |desk: usize| with(hold(&area, "10:00", "11:00"), json!({"unit_ids": [desks[desk]]}));
        let first = house.reserves(&ana, named(0)).await.expect(201);
        let second = house.reserves(&ana, named(1)).await.expect(201);
        is(&house, &ana, &first, "held").await;
        let again = house.reserves(&ana, named(1)).await.expect(201);
        for (reservation, status) in [(&first, "held"), (&second, "expired"), (&again, "held")] {
            is(&house, &ana, reservation, status).await;
        }
        // Any desk: all of one's own at that time give way.
        let three = with(hold(&area, "10:15", "10:45"), json!({"quantity": 4}));
        house.reserves(&ana, three).await.expect(201);
        for reservation in [&first, &again] {
            is(&house, &ana, reservation, "expired").await;
        }
        house.is_sound();
    }

    async fn hoarding_is_limited(app: TestApp) {
        let house = House::new(&app).await;
        let (room, other, ana) = (house.room("Prva").await, house.room("Druga").await, app.member("ana"));
        for (space, from, to) in [(&room, "08:00", "09:00"), (&room, "10:00", "11:00"), (&other, "10:00", "11:00")] {
            holds(&house, &ana, space, from, to).await;
        }
        let fourth = hold(&other, "12:00", "13:00");
        let checked = app.post("/reservations/check", fourth.clone()).by(&ana).await.expect(200);
        let refused = house.reserves(&ana, fourth.clone()).await.refused(422, "policy_refused");
        assert_eq!(refused["reasons"], checked["reasons"]);
        let reason = &refused["reasons"][0];
        assert_eq!((&reason["code"], &reason["limit"], &reason["actual"]), (&json!("too_many_holds"), &json!(3), &json!(4)));
        // A reservation is none, and what replaces one is none more.
        house.has(&ana, &other, &format!("{DAY}T14:00"), &format!("{DAY}T15:00")).await;
        holds(&house, &ana, &other, "10:30", "11:30").await;
        app.advance(600);
        house.reserves(&ana.renewed(&app), fourth).await.expect(201);
        house.is_sound();
    }

    async fn a_hold_counts_as_a_reservation_does(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let quota = json!({"amount": 2, "count": "hours", "per": "day", "by": "person", "over": "venue"});
        let rules = json!({"max_active": {"value": 1}, "quotas": [quota]});
        house.rules(&format!("/spaces/{room}"), rules).await;
        holds(&house, &ana, &room, "10:00", "11:00").await;
        let codes = |reply: crate::support::Reply| {
            let body = reply.refused(422, "policy_refused");
            let reasons = body["reasons"].as_array().unwrap().iter();
            reasons.map(|reason| reason["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let ask = |from: &str, to: &str| house.asks(&ana, &room, &format!("{DAY}T{from}"), &format!("{DAY}T{to}"));
        assert_eq!(codes(ask("14:00", "16:00").await), ["too_many_active", "quota_exceeded"]);
        // Availability, which knows nothing of what is replaced until it sees the slot, says the same.
        let path = format!("/spaces/{room}/availability?from={DAY}&to=2026-03-04&duration_minutes=120");
        let day = app.get(&path).by(&ana).await.expect(200);
        for slot in day["days"][0]["slots"].as_array().unwrap() {
            let (from, to) = (slot["starts_at"].as_str().unwrap(), slot["ends_at"].as_str().unwrap());
            let meets = from < "2026-03-03T11:00" && to > "2026-03-03T10:00";
            let meets = meets && !to.contains("T10:00") && !from.contains("T11:00");
            assert_eq!(slot["outcome"], if meets { "allow" } else { "refuse" }, "{slot}");
        }
        ask("10:30", "12:30").await.expect(201);
        house.is_sound();
    }

    async fn what_a_hold_leaves_within_a_block_is_the_blocks(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, bor) = (house.room("Sejna soba").await, app.member("ana"), app.member("bor"));
        let held = holds(&house, &ana, &room, "10:00", "11:00").await;
        let block = json!({"starts_at": format!("{DAY}T10:30"), "ends_at": format!("{DAY}T12:00"), "reason": "Okna",
            "on_affected": "keep"});
        house.post(&format!("/spaces/{room}/blocks"), block).by(&house.desk()).await.expect(201);
        // To its own person it gives way outside the block alone.
        let half = |from: &str, to: &str| hold(&room, from, to);
        house.reserves(&ana, half("10:15", "10:45")).await.refused(409, "slot_taken");
        is(&house, &ana, &held, "held").await;
        // Run out, and noticed by nobody: the block's, for readers and writers.
        app.advance(600);
        let [ana, bor] = [ana, bor].map(|person| person.renewed(&app));
        assert_eq!(at_ten(availability(&app, &room).by(&bor)).await, "refuse");
        let request = meeting(&room, &format!("{DAY}T10:30"), &format!("{DAY}T11:00"));
        let checked = app.post("/reservations/check", request.clone()).by(&bor).await.expect(200);
        assert_eq!(checked["outcome"], "refuse");
        house.reserves(&bor, request).await.refused(409, "slot_taken");
        let before = house.has(&bor, &room, &format!("{DAY}T10:00"), &format!("{DAY}T10:30")).await;
        assert_eq!(before["status"], "confirmed");
        is(&house, &ana, &held, "expired").await;
        house.reserves(&ana, half("10:30", "11:00")).await.refused(409, "slot_taken");
        house.is_sound();
    }

    async fn a_series_finds_a_block_under_ones_own_hold_and_what_follows_it(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, bor) = (house.room("Sejna soba").await, app.member("ana"), app.member("bor"));
        house.has(&bor, &room, "2026-03-04T10:00", "2026-03-04T11:00").await;
        let held = holds(&house, &ana, &room, "10:00", "11:00").await;
        let block = json!({"starts_at": format!("{DAY}T10:00"), "ends_at": format!("{DAY}T11:00"), "reason": "Okna",
            "on_affected": "keep"});
        house.post(&format!("/spaces/{room}/blocks"), block).by(&house.desk()).await.expect(201);
        let template = meeting(&room, &format!("{DAY}T10:00"), &format!("{DAY}T11:00"));
        let series = |count: u32| {
            let rule = format!("FREQ=DAILY;COUNT={count}");
            let series = json!({"template": template, "rrule": rule, "on_conflict": "skip_conflicts"});
            house.post("/series", series).by(&ana)
        };
        series(2).await.refused(409, "nothing_left");
        let made = series(3).await.expect(201);
        assert_eq!(made["exdates"], json!([DAY, "2026-03-04"]));
        is(&house, &ana, &held, "held").await;
        house.is_sound();
    }

    async fn a_hold_of_a_room_that_left_the_hall_is_not_the_halls(app: TestApp) {
        let house = House::new(&app).await;
        let ([hall, left, right], ana) = (house.hall("Dvorana").await, app.member("ana"));
        let gallery = house.room_with("Galerija", json!({"capacity": 30, "kind": "multifunctional"})).await;
        let now = version(&app.get(&format!("/spaces/{hall}")).await.expect(200));
        let parts = json!({"parts": [left, gallery]});
        house.put(&format!("/spaces/{hall}/parts"), now, parts).by(&house.desk()).await.expect(200);
        let held = holds(&house, &ana, &right, "10:00", "11:00").await;
        house.has(&ana, &hall, &format!("{DAY}T10:00"), &format!("{DAY}T11:00")).await;
        is(&house, &ana, &held, "held").await;
        house.is_sound();
    }
}
