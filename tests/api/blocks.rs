//! Blocks: time that the venue takes for itself, and what becomes of the reservations it meets.

use diesel::prelude::*;
use prostor::{
    domain::{ids::BlockId, instant::Instant, record::LONGEST_OCCUPANCY},
    store::schema::occupancies,
};
use serde_json::{Value, json};

use crate::support::{Call, House, TestApp, both, daily, id, version, with};

fn block(house: &House<'_>, space: &str, from: &str, to: &str, more: Value) -> Call {
    let block = json!({"starts_at": from, "ends_at": to, "reason": "Menjava projektorja"});
    house.post(&format!("/spaces/{space}/blocks"), with(block, more)).by(&house.desk())
}

/// The rows that a block takes, as seconds, by start.
fn rows(app: &TestApp, block: &Value) -> Vec<(i64, i64)> {
    let id: BlockId = id(block).parse().unwrap();
    let rows = occupancies::table.filter(occupancies::block_id.eq(id)).order(occupancies::starts_at);
    let rows: Vec<(Instant, Instant)> =
        rows.select((occupancies::starts_at, occupancies::ends_at)).load(&mut *app.connection()).unwrap();
    rows.into_iter().map(|(start, end)| (start.unix(), end.unix())).collect()
}

fn unix(text: &str) -> i64 {
    crate::support::at(text).unix()
}

both! {
    async fn a_block_takes_the_time_and_staff_alone_see_it(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let reply = block(&house, &room, "2026-03-03T10:00", "2026-03-03T12:00", json!({})).await;
        assert_eq!(reply.header("etag"), "\"1\"");
        let made = reply.expect(201);
        assert_eq!((&made["starts_at"], &made["kept"]), (&json!("2026-03-03T10:00:00+01:00"), &json!([])));
        house.asks(&ana, &room, "2026-03-03T11:45", "2026-03-03T12:15").await.refused(409, "slot_taken");
        // Not even staff go beyond it; what touches it is free.
        house.asks(&house.manager, &room, "2026-03-03T11:00", "2026-03-03T12:00").await.refused(409, "slot_taken");
        house.has(&ana, &room, "2026-03-03T12:00", "2026-03-03T13:00").await;
        let path = format!("/blocks/{}", id(&made));
        assert_eq!(app.get(&path).by(&house.manager).await.expect(200)["reason"], "Menjava projektorja");
        app.get(&path).by(&ana).await.refused(404, "not_found");
        app.get(&path).await.refused(401, "unauthenticated");
        let list = format!("/spaces/{room}/blocks");
        app.get(&list).by(&ana).await.refused(403, "forbidden");
        assert_eq!(app.get(&list).by(&house.manager).await.expect(200)["items"], json!([made]));
        let ana_blocks = json!({"starts_at": "2026-03-04T10:00", "ends_at": "2026-03-04T12:00", "reason": "x"});
        app.post(&list, ana_blocks).by(&ana).await.refused(403, "forbidden");
        for (from, to, code) in [
            ("2026-03-03T12:00", "2026-03-03T12:00", "invalid"),
            ("2026-03-03T12:00", "2026-03-03T11:00", "invalid"),
            ("2026-03-29T02:30", "2026-03-29T04:00", "local_time_nonexistent"),
            ("2026-03-03T12:00", "2036-03-03T12:00", "invalid"),
            ("1999-03-03T12:00", "2026-03-03T12:00", "time_out_of_bounds"),
        ] {
            block(&house, &room, from, to, json!({})).await.refused(422, code);
        }
        house.is_sound();
    }

    async fn what_stands_against_it_is_listed_kept_or_cancelled(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, bor) = (house.room("Sejna soba").await, app.member("ana"), app.member("bor"));
        let first = house.has(&ana, &room, "2026-03-03T09:00", "2026-03-03T10:00").await;
        let second = house.has(&bor, &room, "2026-03-03T11:00", "2026-03-03T12:00").await;
        let gone = house.has(&bor, &room, "2026-03-03T13:00", "2026-03-03T14:00").await;
        house.does(&bor, &id(&gone), "cancel").await.expect(200);
        let tried = |choice: Value| block(&house, &room, "2026-03-03T09:30", "2026-03-03T16:00", choice);

        for choice in [json!({}), json!({"on_affected": "refuse"})] {
            let refused = tried(choice).await.refused(409, "affected_reservations");
            let mut affected: Vec<&str> = refused["affected"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
            let mut wanted = vec![first["id"].as_str().unwrap(), second["id"].as_str().unwrap()];
            affected.sort_unstable();
            wanted.sort_unstable();
            assert_eq!(affected, wanted);
        }
        assert_eq!(app.get(&format!("/spaces/{room}/blocks")).by(&house.manager).await.expect(200)["items"], json!([]));

        // Kept, they stay as they are, and the block takes the gaps.
        let kept = tried(json!({"on_affected": "keep"})).await.expect(201);
        assert_eq!(kept["kept"].as_array().unwrap().len(), 2);
        let hours = |from: &str, to: &str| (unix(&format!("2026-03-03T{from}:00+01:00")), unix(&format!("2026-03-03T{to}:00+01:00")));
        assert_eq!(rows(&app, &kept), [hours("10:00", "11:00"), hours("12:00", "16:00")]);
        assert_eq!(house.sees(&ana, &id(&first)).await, first);
        house.asks(&bor, &room, "2026-03-03T10:15", "2026-03-03T10:45").await.refused(409, "slot_taken");
        app.delete(&format!("/blocks/{}", id(&kept)), 1).by(&house.manager).await.expect(204);

        // Cancelled, they are told whose fault it is not.
        let made = tried(json!({"on_affected": "cancel"})).await.expect(201);
        assert_eq!((&made["kept"], rows(&app, &made)), (&json!([]), vec![hours("09:30", "16:00")]));
        for (person, reservation) in [(&ana, &first), (&bor, &second)] {
            let seen = house.sees(person, &id(reservation)).await;
            assert_eq!((&seen["status"], &seen["cancelled_late"]), (&json!("cancelled"), &json!(false)));
        }
        assert_eq!(app.queued_for(&ana.email), ["reservation_cancelled", "reservation_confirmed"]);
        let letters = app.await_letters(&ana.email, 2).await;
        assert!(letters.iter().any(|letter| letter.text.contains("Menjava projektorja")), "{letters:?}");
        house.is_sound();
    }

    async fn what_is_over_or_under_way_stays(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let over = house.has(&ana, &room, "2026-03-02T09:00", "2026-03-02T10:00").await;
        let running = house.has(&ana, &room, "2026-03-02T10:00", "2026-03-02T12:00").await;
        let ahead = house.has(&ana, &room, "2026-03-02T14:00", "2026-03-02T15:00").await;
        house.at("2026-03-02T10:00:00Z");
        app.run_jobs();
        let tried = |choice| block(&house, &room, "2026-03-02T09:30", "2026-03-02T18:00", json!({"on_affected": choice}));
        let refused = tried("refuse").await.refused(409, "affected_reservations");
        assert_eq!(refused["affected"], json!([ahead["id"]]));
        let made = tried("cancel").await.expect(201);
        assert_eq!(made["kept"], json!([running["id"]]));
        let ana = ana.renewed(&app);
        for (reservation, status) in [(over, "completed"), (running, "confirmed"), (ahead, "cancelled")] {
            assert_eq!(house.sees(&ana, &id(&reservation)).await["status"], status);
        }
        assert_eq!(rows(&app, &made), [(unix("2026-03-02T11:00:00Z"), unix("2026-03-02T17:00:00Z"))]);
        house.is_sound();
    }

    async fn a_block_of_a_half_blocks_the_hall(app: TestApp) {
        let house = House::new(&app).await;
        let ([hall, left, right], ana) = (house.hall("Dvorana").await, app.member("ana"));
        let whole = house.has(&ana, &hall, "2026-03-03T10:00", "2026-03-03T11:00").await;
        let refused = block(&house, &left, "2026-03-03T08:00", "2026-03-03T20:00", json!({})).await;
        assert_eq!(refused.refused(409, "affected_reservations")["affected"], json!([whole["id"]]));
        block(&house, &left, "2026-03-03T08:00", "2026-03-03T20:00", json!({"on_affected": "keep"})).await.expect(201);
        house.asks(&ana, &hall, "2026-03-03T12:00", "2026-03-03T13:00").await.refused(409, "slot_taken");
        house.has(&ana, &right, "2026-03-03T12:00", "2026-03-03T13:00").await;
        house.is_sound();
    }

    async fn a_block_lifted_in_the_middle_keeps_its_past(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let made = block(&house, &room, "2026-03-02T10:00", "2026-03-02T18:00", json!({})).await.expect(201);
        house.at("2026-03-02T12:00:00Z");
        let (desk, path) = (house.desk(), format!("/blocks/{}", id(&made)));
        app.call(reqwest::Method::DELETE, &path).by(&desk).await.refused(428, "precondition_required");
        app.delete(&path, 2).by(&desk).await.refused(412, "precondition_failed");
        app.delete(&path, version(&made)).by(&desk).await.expect(204);
        assert_eq!(rows(&app, &made), [(unix("2026-03-02T09:00:00Z"), unix("2026-03-02T12:00:00Z"))]);
        app.get(&path).by(&desk).await.refused(404, "not_found");
        app.delete(&path, 2).by(&desk).await.refused(404, "not_found");
        house.has(&ana.renewed(&app), &room, "2026-03-02T13:00", "2026-03-02T14:00").await;
        // One that has not begun leaves nothing.
        let later = block(&house, &room, "2026-03-03T10:00", "2026-03-03T18:00", json!({})).await.expect(201);
        app.delete(&format!("/blocks/{}", id(&later)), 1).by(&desk).await.expect(204);
        assert_eq!(rows(&app, &later), []);
        house.is_sound();
    }

    async fn where_two_blocks_overlap_the_one_that_stays_takes_all_of_its_time(app: TestApp) {
        let house = House::new(&app).await;
        let ([hall, left, right], ana) = (house.hall("Dvorana").await, app.member("ana"));
        let kept = house.has(&ana, &left, "2026-03-02T13:00", "2026-03-02T14:00").await;
        let keep = json!({"on_affected": "keep"});
        let first = block(&house, &hall, "2026-03-02T10:00", "2026-03-02T16:00", keep.clone()).await.expect(201);
        let second = block(&house, &left, "2026-03-02T11:00", "2026-03-02T18:00", keep).await.expect(201);
        let hours = |from: &str, to: &str| (unix(&format!("2026-03-02T{from}:00+01:00")), unix(&format!("2026-03-02T{to}:00+01:00")));
        assert_eq!(rows(&app, &second), [hours("16:00", "18:00")]);
        house.at("2026-03-02T11:00:00Z");
        let (desk, ana) = (house.desk(), ana.renewed(&app));
        app.delete(&format!("/blocks/{}", id(&first)), 1).by(&desk).await.expect(204);
        // What is past stays with the one that stood then.
        assert_eq!(rows(&app, &first), [hours("10:00", "12:00"), hours("10:00", "12:00")]);
        assert_eq!(rows(&app, &second), [hours("12:00", "13:00"), hours("14:00", "16:00"), hours("16:00", "18:00")]);
        house.asks(&ana, &left, "2026-03-02T14:30", "2026-03-02T15:30").await.refused(409, "slot_taken");
        house.has(&ana, &right, "2026-03-02T14:30", "2026-03-02T15:30").await;
        // A reservation that was kept and is given up after all leaves its time to the block.
        house.does(&ana, &id(&kept), "cancel").await.expect(200);
        assert_eq!(rows(&app, &second).len(), 4);
        house.asks(&ana, &left, "2026-03-02T13:00", "2026-03-02T14:00").await.refused(409, "slot_taken");
        app.delete(&format!("/blocks/{}", id(&second)), 1).by(&desk).await.expect(204);
        house.has(&ana, &left, "2026-03-02T13:00", "2026-03-02T18:00").await;
        house.is_sound();
    }

    async fn who_loses_a_reservation_is_told_why(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let (hours, space) = (format!("/venues/{}/opening-hours", house.venue), format!("/spaces/{room}"));
        let cancel = json!({"on_affected": "cancel"});
        for (n, change, said) in [
            (1, block(&house, &room, "2026-03-03T09:00", "2026-03-03T12:00", cancel.clone()), "Menjava projektorja"),
            (2, house.put(&hours, 2, with(daily("12:00", "20:00"), cancel)).by(&house.manager), "opening hours have changed"),
            (3, house.delete(&format!("{space}?on_affected=cancel"), 1).by(&house.manager), "no longer offered"),
        ] {
            let (from, to) = if n == 3 { ("13:00", "14:00") } else { ("10:00", "11:00") };
            let made = house.has(&ana, &room, &format!("2026-03-0{}T{from}", n + 2), &format!("2026-03-0{}T{to}", n + 2)).await;
            assert!(change.await.status < 300, "{said}");
            assert_eq!(house.sees(&ana, &id(&made)).await["status"], "cancelled", "{said}");
            let letters = app.await_letters(&ana.email, 2 * n).await;
            let telling = letters.iter().filter(|letter| letter.text.contains(said));
            assert!(telling.clone().all(|letter| letter.calendar.contains("METHOD:CANCEL")), "{said}: {letters:?}");
            assert_eq!(telling.count(), 1, "{said}: {letters:?}");
        }
        house.is_sound();
    }

    async fn a_long_block_is_one_block_in_short_rows(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let inside = house.has(&ana, &room, "2026-04-20T10:00", "2026-04-20T11:00").await;
        let (from, to) = ("2026-03-10T00:00", "2026-06-18T00:00");
        let made = block(&house, &room, from, to, json!({"on_affected": "keep"})).await.expect(201);
        assert_eq!(made["kept"], json!([inside["id"]]));
        let rows = rows(&app, &made);
        assert!(rows.iter().all(|(start, end)| end - start <= LONGEST_OCCUPANCY), "{rows:?}");
        // A hundred days, less the hour that was kept and the hour that is missing in March.
        let seconds: i64 = rows.iter().map(|(start, end)| end - start).sum();
        assert_eq!(seconds, 100 * 86_400 - 3600 - 3600);
        for day in ["2026-03-10", "2026-04-10", "2026-04-11", "2026-05-12", "2026-06-17"] {
            let reply = house.asks(&ana, &room, &format!("{day}T12:00"), &format!("{day}T13:00")).await;
            reply.refused(409, "slot_taken");
        }
        house.has(&ana, &room, "2026-03-09T19:00", "2026-03-09T20:00").await;
        house.has(&ana, &room, "2026-06-18T08:00", "2026-06-18T09:00").await;
        house.is_sound();
    }

    async fn what_two_blocks_share_stays_blocked_until_both_are_lifted(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let first = block(&house, &room, "2026-03-03T10:00", "2026-03-03T16:00", json!({})).await.expect(201);
        let second = block(&house, &room, "2026-03-03T12:00", "2026-03-03T18:00", json!({})).await.expect(201);
        house.is_sound();
        let lift = |of: &Value| app.delete(&format!("/blocks/{}", id(of)), 1).by(&house.manager);
        lift(&first).await.expect(204);
        house.is_sound();
        house.asks(&ana, &room, "2026-03-03T13:00", "2026-03-03T14:00").await.refused(409, "slot_taken");
        house.has(&ana, &room, "2026-03-03T11:00", "2026-03-03T12:00").await;
        lift(&second).await.expect(204);
        house.has(&ana, &room, "2026-03-03T13:00", "2026-03-03T14:00").await;
        house.is_sound();
    }

    async fn a_wish_kept_within_a_block_can_be_wished_anew_within_itself(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Galerija").await, app.member("ana"));
        let mine = house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T11:00").await;
        let rules = json!({"max_duration_minutes": {"value": 60, "beyond": "ask"}});
        house.rules(&format!("/spaces/{room}"), rules).await;
        let path = format!("/reservations/{}", id(&mine));
        let wish = |version: i64, until: &str| app.patch(&path, version, json!({"ends_at": format!("2026-03-03T{until}")})).by(&ana);
        wish(1, "13:00").await.expect(200);
        let kept = block(&house, &room, "2026-03-03T11:30", "2026-03-03T14:00", json!({"on_affected": "keep"})).await.expect(201);
        let until = |from: &str, to: &str| (unix(&format!("2026-03-03T{from}:00+01:00")), unix(&format!("2026-03-03T{to}:00+01:00")));
        assert_eq!(rows(&app, &kept), [until("13:00", "14:00")]);
        // Less of it, to a time within the block: the rest is the block's, and does not come back.
        wish(2, "12:30").await.expect(200);
        assert_eq!(rows(&app, &kept), [until("12:30", "13:00"), until("13:00", "14:00")]);
        wish(3, "13:00").await.refused(409, "slot_taken");
        let less = wish(3, "12:00").await.expect(200);
        assert_eq!(less["change"]["ends_at"], "2026-03-03T12:00:00+01:00");
        house.is_sound();
    }

    async fn a_part_that_leaves_a_blocked_hall_stays_within_its_own_block(app: TestApp) {
        let house = House::new(&app).await;
        let [hall, left, right] = house.hall("Dvorana").await;
        let (from, to) = ("2026-03-03T10:00", "2026-03-03T12:00");
        block(&house, &hall, from, to, json!({})).await.expect(201);
        let own = block(&house, &right, "2026-03-03T11:00", "2026-03-03T13:00", json!({})).await.expect(201);
        let third = house.room("Avla").await;
        let version = version(&app.get(&format!("/spaces/{hall}")).await.expect(200));
        let parts = json!({"parts": [left, third]});
        house.put(&format!("/spaces/{hall}/parts"), version, parts).by(&house.desk()).await.expect(200);
        let hours = |from: &str, to: &str| (unix(&format!("2026-03-03T{from}:00+01:00")), unix(&format!("2026-03-03T{to}:00+01:00")));
        assert_eq!(rows(&app, &own), [hours("11:00", "12:00"), hours("12:00", "13:00")]);
        let ana = app.member("ana");
        house.asks(&ana, &right, "2026-03-03T11:00", to).await.refused(409, "slot_taken");
        house.has(&ana, &right, from, "2026-03-03T11:00").await;
        house.is_sound();
    }
}
