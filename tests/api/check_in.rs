//! Who comes, who leaves, and who never came: check-in by everything that can be held in a hand (DESIGN 4, States).

use diesel::prelude::*;
use serde_json::{Value, json};

use crate::{
    bad_input::rows,
    support::{House, Person, TestApp, both, daily, id, meeting, version, with},
};

/// A room whose tear-down takes a quarter of an hour and where one must check in; somebody has it on Tuesday from 10 to 12.
async fn awaited<'a>(app: &'a TestApp) -> (House<'a>, String, Person, Value) {
    let house = House::new(app).await;
    let room = house.room_with("Galerija", json!({"teardown_minutes": 15})).await;
    house.rules(&format!("/spaces/{room}"), json!({"check_in_required": true})).await;
    let ana = app.member("ana");
    let mine = house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T12:00").await;
    // The rules are those of the moment it was made.
    house.rules(&format!("/spaces/{room}"), json!({})).await;
    (house, room, ana, mine)
}

fn arrives(app: &TestApp, person: &Person, reservation: &str, heads: Value) -> crate::support::Call {
    app.post(&format!("/reservations/{reservation}/check-in"), heads).by(person)
}

both! {
    async fn who_comes_checks_in_and_who_leaves_gives_the_rest_back(app: TestApp) {
        let (house, room, ana, mine) = awaited(&app).await;
        let rules = json!({"required": true, "opens_at": "2026-03-03T09:45:00+01:00",
            "no_show_at": "2026-03-03T10:15:00+01:00"});
        assert_eq!(mine["check_in"], rules);
        let mine = id(&mine);
        house.at("2026-03-03T08:44:59Z");
        let ana = ana.renewed(&app);
        arrives(&app, &ana, &mine, json!({})).await.refused(409, "not_open_yet");
        house.does(&ana, &mine, "check-out").await.refused(409, "state_conflict");
        house.at("2026-03-03T08:45:00Z");
        arrives(&app, &ana, &mine, json!({})).if_match(7).await.refused(412, "precondition_failed");
        arrives(&app, &ana, &mine, json!({"headcount": 100_001})).await.refused(422, "invalid");
        let there = arrives(&app, &ana, &mine, json!({"headcount": 5})).if_match(1).await.expect(200);
        assert_eq!((&there["status"], &there["headcount"], version(&there)), (&json!("checked_in"), &json!(5), 2));
        assert_eq!(there["checked_in_at"], "2026-03-03T09:45:00+01:00");
        assert_eq!(arrives(&app, &ana, &mine, json!({})).await.expect(200), there);
        house.does(&ana, &mine, "check-out").await.refused(409, "not_open_yet");
        house.does(&ana, &mine, "cancel").await.refused(409, "state_conflict");
        // The grace is no concern of those who are there.
        house.at("2026-03-03T09:30:00Z");
        app.run_jobs();
        let (ana, bor) = (ana.renewed(&app), app.member("bor"));
        house.asks(&bor, &room, "2026-03-03T10:45", "2026-03-03T12:00").await.refused(409, "slot_taken");
        let left = house.does(&ana, &mine, "check-out").key("leave").await.expect(200);
        assert_eq!((&left["status"], &left["released_at"]), (&json!("completed"), &json!("2026-03-03T10:30:00+01:00")));
        assert_eq!(left["checked_out_at"], left["released_at"]);
        assert_eq!(left["ends_at"], "2026-03-03T12:00:00+01:00");
        assert_eq!(house.does(&ana, &mine, "check-out").key("leave").await.expect(200), left);
        assert_eq!(house.does(&ana, &mine, "check-out").await.expect(200), left);
        // The tear-down stays; then it is free, and offered.
        house.asks(&bor, &room, "2026-03-03T10:30", "2026-03-03T11:00").await.refused(409, "slot_taken");
        let free = app.get(&format!("/spaces/{room}/availability?from=2026-03-03&to=2026-03-04")).await.expect(200);
        assert_eq!(free["days"][0]["free"][1]["starts_at"], "2026-03-03T10:45:00+01:00");
        house.has(&bor, &room, "2026-03-03T10:45", "2026-03-03T12:00").await;
        let own = &app.get("/me/export").by(&ana).await.expect(200)["reservations"][0];
        for member in ["checked_in_at", "checked_out_at", "released_at", "headcount"] {
            assert_eq!(own[member], left[member], "{member}");
        }
        house.is_sound();
    }

    async fn what_nobody_comes_to_is_given_back_and_taken_back_by_staff(app: TestApp) {
        let (house, room, ana, mine) = awaited(&app).await;
        let mine = id(&mine);
        house.at("2026-03-03T09:14:59Z");
        app.run_jobs();
        let ana = ana.renewed(&app);
        assert_eq!(house.sees(&ana, &mine).await["status"], "confirmed");
        house.at("2026-03-03T09:15:00Z");
        app.run_jobs();
        app.run_jobs();
        let missed = house.sees(&ana, &mine).await;
        assert_eq!((&missed["status"], version(&missed)), (&json!("no_show"), 2));
        assert_eq!(missed["released_at"], "2026-03-03T10:15:00+01:00");
        assert_eq!(app.queued_for(&ana.email), ["reservation_confirmed", "reservation_no_show"]);
        let metrics = app.get("/metrics").await.text;
        assert!(metrics.contains("release_no_shows"), "{metrics}");
        let refused = arrives(&app, &ana, &mine, json!({})).await.refused(409, "state_conflict");
        assert_eq!(refused["current_status"], "no_show");
        // Free again at once, and so somebody has the second half.
        let bor = app.member("bor");
        house.has(&bor, &room, "2026-03-03T11:30", "2026-03-03T12:30").await;
        let back = arrives(&app, &house.desk(), &mine, json!({})).await.expect(200);
        assert_eq!((&back["status"], &back["checked_in_at"]), (&json!("checked_in"), &Value::Null));
        assert_eq!(back["reinstated_at"], "2026-03-03T10:15:00+01:00");
        // Up to the other's start, less the tear-down.
        assert_eq!(back["released_at"], "2026-03-03T11:15:00+01:00");
        house.asks(&bor, &room, "2026-03-03T10:30", "2026-03-03T11:00").await.refused(409, "slot_taken");
        house.is_sound();
        house.at("2026-03-03T11:00:00Z");
        app.run_jobs();
        let over = house.sees(&ana.renewed(&app), &mine).await;
        assert_eq!(over["status"], "completed");
        assert_eq!(app.queued_for(&ana.email), ["headcount_asked", "reservation_confirmed", "reservation_no_show"]);
        house.is_sound();
    }

    async fn staff_say_that_nobody_came_and_have_a_week_to_think_again(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Galerija").await, app.member("ana"));
        let mine = id(&house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T11:00").await);
        house.at("2026-03-03T09:00:00Z");
        let ana = ana.renewed(&app);
        house.does(&house.desk(), &mine, "no-show").await.refused(409, "not_open_yet");
        house.at("2026-03-03T09:20:00Z");
        // Where check-in is not required nobody waits for it.
        app.run_jobs();
        let ana = ana.renewed(&app);
        house.does(&ana, &mine, "no-show").await.refused(403, "forbidden");
        let missed = house.does(&house.desk(), &mine, "no-show").await.expect(200);
        assert_eq!((&missed["status"], &missed["released_at"]), (&json!("no_show"), &json!("2026-03-03T10:20:00+01:00")));
        assert_eq!(house.does(&house.desk(), &mine, "no-show").await.expect(200), missed);
        house.at("2026-03-10T10:00:01Z");
        arrives(&app, &house.desk(), &mine, json!({})).await.refused(409, "state_conflict");
        house.at("2026-03-10T10:00:00Z");
        let back = arrives(&app, &house.desk(), &mine, json!({})).await.expect(200);
        assert_eq!((&back["status"], &back["released_at"]), (&json!("checked_in"), &Value::Null));
        house.does(&house.desk(), &mine, "no-show").await.refused(409, "state_conflict");
        app.run_jobs();
        assert_eq!(house.sees(&house.desk(), &mine).await["status"], "completed");
        house.is_sound();
    }

    async fn a_link_or_a_code_of_the_mail_will_do(app: TestApp) {
        let (house, room, ana, _) = awaited(&app).await;
        house.rules(&format!("/spaces/{room}"), json!({"check_in_required": true, "check_in_opens_minutes": 30})).await;
        let bor = app.member("bor");
        house.has(&bor, &room, "2026-03-03T12:15", "2026-03-03T13:00").await;
        let (hers, his) = (app.await_letters(&ana.email, 1).await, app.await_letters(&bor.email, 1).await);
        let (token, code) = (hers[0].token(), his[0].code());
        house.at("2026-03-03T08:50:00Z");
        app.post("/check-in", json!({"token": "nobodys"})).await.refused(401, "credentials_refused");
        let there = app.post("/check-in", json!({"token": token, "headcount": 3})).await.expect(200);
        assert_eq!((&there["space"], &there["status"], &there["headcount"]), (&json!("Galerija"), &json!("checked_in"), &json!(3)));
        assert_eq!(there["ends_at"], "2026-03-03T12:00:00+01:00");
        assert_eq!(app.post("/check-in", json!({"token": token})).await.expect(200), there);
        let door = format!("/spaces/{room}/check-in");
        // The code is right, and too early: it says no more than a wrong one.
        app.post(&door, json!({"code": code})).await.refused(401, "credentials_refused");
        app.post(&door, json!({})).await.refused(401, "unauthenticated");
        app.post(&door, json!({})).by(&bor.renewed(&app)).await.refused(404, "not_found");
        app.post("/spaces/spc_01h455vb4pex5vsknk084sn02q/check-in", json!({"code": code})).await.refused(404, "not_found");
        house.at("2026-03-03T10:45:00Z");
        let there = app.post(&door, json!({"code": code})).await.expect(200);
        assert_eq!((&there["status"], &there["starts_at"]), (&json!("checked_in"), &json!("2026-03-03T12:15:00+01:00")));
        house.is_sound();
    }

    async fn nobody_guesses_codes_at_a_door(app: TestApp) {
        let (house, room, ana, _) = awaited(&app).await;
        let right = app.await_letters(&ana.email, 1).await[0].code();
        house.at("2026-03-03T09:00:00Z");
        let door = format!("/spaces/{room}/check-in");
        let wrong = if right == "000000" { "000001" } else { "000000" };
        let all = || {
            use prostor::store::schema::reservations::dsl::*;
            let columns = (status, checked_in_at.is_null(), version);
            let standing: Vec<(String, bool, i64)> =
                reservations.order(id).select(columns).load(&mut *app.connection()).unwrap();
            (standing, rows(&app))
        };
        let before = all();
        for _ in 0..30 {
            app.post(&door, json!({"code": wrong})).await.refused(401, "credentials_refused");
        }
        assert_eq!(all(), before);
        let refused = app.post(&door, json!({"code": right})).await;
        assert!(!refused.header("retry-after").is_empty());
        refused.refused(429, "rate_limited");
        // Who signs in need not wait; after a quarter of an hour nobody does.
        let there = app.post(&door, json!({})).by(&ana.renewed(&app)).await.expect(200);
        assert_eq!(there["status"], "checked_in");
        house.at("2026-03-03T09:15:00Z");
        assert_eq!(app.post(&door, json!({"code": right})).await.expect(200), there);
    }

    async fn the_link_of_the_last_mail_counts_heads(app: TestApp) {
        let (house, _, ana, mine) = awaited(&app).await;
        let arrival = app.await_letters(&ana.email, 1).await[0].token();
        house.at("2026-03-03T09:00:00Z");
        let ana = ana.renewed(&app);
        arrives(&app, &ana, &id(&mine), json!({})).await.expect(200);
        house.at("2026-03-03T10:00:00Z");
        house.does(&ana.renewed(&app), &id(&mine), "check-out").await.expect(200);
        let token = app.await_letters(&ana.email, 2).await[1].token();
        // A link does one thing.
        app.post("/headcount", json!({"token": arrival, "count": 4})).await.refused(401, "credentials_refused");
        app.post("/check-in", json!({"token": token})).await.refused(401, "credentials_refused");
        app.post("/headcount", json!({"token": token, "count": 4})).await.expect(200);
        let counted = app.post("/headcount", json!({"token": token, "count": 6})).await.expect(200);
        assert_eq!((&counted["headcount"], &counted["ends_at"]), (&json!(6), &json!("2026-03-03T11:00:00+01:00")));
        house.at("2026-04-14T22:00:00Z");
        app.post("/headcount", json!({"token": token, "count": 7})).await.refused(409, "period_closed");
        house.is_sound();
    }

    async fn a_move_that_waits_ends_when_its_organiser_comes_and_figures_tell_what_was_used(app: TestApp) {
        let (house, room, ana, mine) = awaited(&app).await;
        let rules = json!({"check_in_required": true, "max_duration_minutes": {"value": 120, "beyond": "ask"}});
        house.rules(&format!("/spaces/{room}"), rules).await;
        let bor = app.member("bor");
        house.has(&bor, &room, "2026-03-03T14:00", "2026-03-03T16:00").await;
        let path = format!("/reservations/{}", id(&mine));
        let away = json!({"starts_at": "2026-03-04T10:00", "ends_at": "2026-03-04T14:00"});
        let wished = app.patch(&path, 1, away).by(&ana).await.expect(200);
        assert_ne!(wished["change"], Value::Null);
        house.at("2026-03-03T08:55:00Z");
        let ana = ana.renewed(&app);
        let there = arrives(&app, &ana, &id(&mine), json!({"headcount": 6})).await.expect(200);
        assert_eq!((&there["change"], &there["status"]), (&Value::Null, &json!("checked_in")));
        house.at("2026-03-03T10:30:00Z");
        house.does(&ana.renewed(&app), &id(&mine), "check-out").await.expect(200);
        house.at("2026-03-03T13:15:00Z");
        app.run_jobs();
        // Somebody has half an hour of what was given back of the afternoon.
        house.has(&app.member("eva"), &room, "2026-03-03T15:00", "2026-03-03T15:30").await;
        house.at("2026-03-04T12:00:00Z");
        app.run_jobs();
        let query = format!("/statistics/utilisation?space_id={room}&from=2026-03-03&to=2026-03-04");
        let row = &app.get(&query).by(&house.desk()).await.expect(200)["totals"];
        // 10:00-11:30, of which all was used; 14:00-14:15 and, noticed too late to be released, 15:00-15:30 by nobody.
        for (figure, hours) in [("booked", 2.25), ("used", 1.5), ("released", 2.25), ("rebooked", 0.5)] {
            assert_eq!(row[figure]["hours"], json!(hours), "{figure} of {row}");
        }
        assert_eq!((&row["basis"], &row["occupancy"]["rate"]), (&json!("measured"), &json!(0.5)));
        house.is_sound();
    }

    async fn what_staff_make_after_its_start_is_waited_for_from_then_on(app: TestApp) {
        let (house, room, _, mine) = awaited(&app).await;
        house.does(&house.desk(), &id(&mine), "cancel").await.expect(200);
        house.rules(&format!("/spaces/{room}"), json!({"check_in_required": true})).await;
        house.at("2026-03-03T09:30:00Z");
        let made = house.has(&house.desk(), &room, "2026-03-03T10:00", "2026-03-03T12:00").await;
        assert_eq!(made["check_in"]["no_show_at"], "2026-03-03T10:45:00+01:00");
        app.run_jobs();
        assert_eq!(house.sees(&house.desk(), &id(&made)).await["status"], "confirmed");
        house.is_sound();
    }

    async fn a_door_has_a_code_that_leads_to_its_page(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Galerija").await;
        let code = app.get(&format!("/spaces/{room}/door.svg")).await;
        assert_eq!((code.status, code.header("content-type")), (200, "image/svg+xml"));
        assert!(code.text.contains("<svg") && !code.text.contains("<script"), "{}", code.text);
        app.get("/spaces/spc_01h455vb4pex5vsknk084sn02q/door.svg").await.refused(404, "not_found");
        let page = app.get(&format!("//door/{room}")).await;
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    }

    async fn staff_count_who_comes_without_a_reservation(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Galerija").await, app.member("ana"));
        let path = format!("/spaces/{room}/attendance");
        let day = |date: &str, walk_ins: u32| json!({"date": date, "walk_ins": walk_ins, "event_visitors": 40});
        house.put(&path, 0, day("2026-03-02", 3)).by(&ana).await.refused(403, "forbidden");
        house.put(&path, 1, day("2026-03-02", 3)).by(&house.desk()).await.refused(412, "precondition_failed");
        let counted = house.put(&path, 0, day("2026-03-02", 3)).by(&house.desk()).await.expect(200);
        assert_eq!(counted, json!({"date": "2026-03-02", "walk_ins": 3, "event_visitors": 40, "note": null, "version": 1}));
        assert_eq!(house.put(&path, 1, day("2026-03-02", 3)).by(&house.desk()).await.expect(200), counted);
        house.put(&path, 0, day("2026-03-02", 9)).by(&house.desk()).await.refused(412, "precondition_failed");
        let noted = json!({"date": "2026-03-02", "walk_ins": 5, "event_visitors": 41, "note": "Odprtje razstave"});
        let corrected = house.put(&path, 1, noted).by(&house.desk()).await.expect(200);
        assert_eq!((version(&corrected), &corrected["walk_ins"]), (2, &json!(5)));
        house.put(&path, 0, day("2026-03-03", 3)).by(&house.desk()).await.refused(422, "invalid");
        house.put(&path, 0, day("2026-02-14", 3)).by(&house.desk()).await.expect(200);
        house.put(&path, 0, day("2026-01-31", 3)).by(&house.desk()).await.refused(409, "period_closed");
        house.put(&path, 0, day("2026-02-15", 100_001)).by(&house.desk()).await.refused(422, "invalid");
        for (range, dates) in [
            ("from=2026-02-14&to=2026-03-03", vec!["2026-02-14", "2026-03-02"]),
            ("from=2026-02-15&to=2026-03-02", vec![]),
        ] {
            let found = house.get(&format!("{path}?{range}")).by(&house.desk()).await.expect(200);
            let found: Vec<_> = found["items"].as_array().unwrap().iter().map(|day| day["date"].clone()).collect();
            assert_eq!(found, dates, "{range}");
        }
        for range in ["from=2026-03-02&to=2026-03-02", "from=2024-01-01&to=2026-03-02", "from=2026-03-02", "from=x&to=y"] {
            house.get(&format!("{path}?{range}")).by(&house.desk()).await.refused(422, "invalid");
        }
        // February is closed in the middle of March.
        house.at("2026-03-14T23:00:00Z");
        house.put(&path, 1, day("2026-02-14", 8)).by(&house.desk()).await.refused(409, "period_closed");
    }

    async fn a_no_show_is_taken_back_past_a_hold_that_ran_out(app: TestApp) {
        let (house, room, ana, mine) = awaited(&app).await;
        let mine = id(&mine);
        house.at("2026-03-03T09:15:00Z");
        app.run_jobs();
        let bor = app.member("bor");
        let hold = with(meeting(&room, "2026-03-03T11:00", "2026-03-03T12:00"), json!({"hold": true}));
        let held = house.reserves(&bor, hold).await.expect(201);
        app.advance(600);
        let back = arrives(&app, &house.desk(), &mine, json!({})).await.expect(200);
        assert_eq!((&back["status"], &back["released_at"]), (&json!("checked_in"), &Value::Null));
        assert_eq!(house.sees(&bor.renewed(&app), &id(&held)).await["status"], "expired");
        assert_eq!(house.sees(&ana.renewed(&app), &mine).await["status"], "checked_in");
        house.is_sound();
    }

    async fn who_came_before_the_start_has_begun_whatever_the_venue_does(app: TestApp) {
        let (house, room, ana, mine) = awaited(&app).await;
        let mine = id(&mine);
        house.at("2026-03-03T08:50:00Z");
        arrives(&app, &ana.renewed(&app), &mine, json!({})).await.expect(200);
        // A block takes what is left.
        let block = json!({"starts_at": "2026-03-03T11:00", "ends_at": "2026-03-03T13:00", "reason": "Okna"});
        for on_affected in ["refuse", "cancel"] {
            let block = with(block.clone(), json!({"on_affected": on_affected}));
            let made = house.post(&format!("/spaces/{room}/blocks"), block).by(&house.desk()).await.expect(201);
            assert_eq!(made["kept"], json!([mine]));
            app.delete(&format!("/blocks/{}", id(&made)), 1).by(&house.desk()).await.expect(204);
        }
        // Other hours and an end of the space concern what is to come.
        let closed = json!({"exceptions": [{"date": "2026-03-03", "hours": []}], "on_affected": "cancel"});
        house.opens(&format!("/spaces/{room}"), with(daily("08:00", "20:00"), closed)).await;
        let archive = format!("/spaces/{room}?on_affected=refuse");
        let version = version(&app.get(&format!("/spaces/{room}")).await.expect(200));
        app.delete(&archive, version).by(&house.desk()).await.expect(200);
        assert_eq!(house.sees(&ana.renewed(&app), &mine).await["status"], "checked_in");
        assert_eq!(app.queued_for(&ana.email), ["reservation_confirmed"]);
        house.is_sound();
    }

    async fn archiving_concerns_what_is_under_way_only_where_it_waits_for_a_change(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Galerija").await, app.member("ana"));
        let mine = house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T11:00").await;
        let rules = json!({"max_duration_minutes": {"value": 60, "beyond": "ask"}});
        house.rules(&format!("/spaces/{room}"), rules).await;
        house.at("2026-03-03T09:30:00Z");
        let (ana, path) = (ana.renewed(&app), format!("/reservations/{}", id(&mine)));
        let longer = json!({"ends_at": "2026-03-03T12:00"});
        let asked = app.patch(&path, 1, longer).by(&ana).await.expect(200);
        assert_eq!(asked["change"]["ends_at"], "2026-03-03T12:00:00+01:00");
        let archive = || {
            let path = format!("/spaces/{room}");
            app.call(reqwest::Method::DELETE, &format!("{path}?on_affected=refuse")).header("if-match", "*")
        };
        let manager = house.desk();
        let refused = archive().by(&manager).await.refused(409, "affected_reservations");
        assert_eq!(refused["affected"], json!([id(&mine)]));
        app.patch(&path, 2, json!({"ends_at": "2026-03-03T11:00"})).by(&ana).await.expect(200);
        archive().by(&manager).await.expect(200);
        assert_eq!(house.sees(&ana, &id(&mine)).await["status"], "confirmed");
        house.is_sound();
    }
}
