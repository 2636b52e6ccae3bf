//! Requested changes: a reservation stands while a move of it waits for the venue (DESIGN 4, States).

use serde_json::{Value, json};

use crate::support::{House, Person, TestApp, both, daily, id, version, with};

/// A house with a room where only more than an hour needs approval.
async fn asking_beyond_an_hour(app: &TestApp) -> (House<'_>, String) {
    let house = House::new(app).await;
    let room = house.room("Galerija").await;
    let hour = json!({"max_duration_minutes": {"value": 60, "beyond": "ask"}});
    house.rules(&format!("/spaces/{room}"), hour).await;
    (house, room)
}

/// Somebody whose hour on Tuesday stands, and who waits for two on Wednesday afternoon instead.
async fn wishing(house: &House<'_>, room: &str) -> (Person, Value) {
    let ana = house.member("ana");
    let mine = house.has(&ana, room, "2026-03-10T10:00", "2026-03-10T11:00").await;
    let away = json!({"starts_at": "2026-03-11T14:00", "ends_at": "2026-03-11T16:00"});
    let mine = house.patch(&format!("/reservations/{}", id(&mine)), 1, away).by(&ana).await.expect(200);
    assert_eq!(mine["change"]["starts_at"], "2026-03-11T14:00:00+01:00");
    (ana, mine)
}

/// The reservation is as it was, less the change, and its person was told once.
async fn stands_without_its_change(house: &House<'_>, person: &Person, before: &Value) {
    let wanted = json!({"change": null, "decide_by": null, "version": version(before) + 1});
    assert_eq!(house.sees(person, &id(before)).await, with(before.clone(), wanted));
    let told = ["change_declined", "change_requested", "reservation_confirmed"];
    assert_eq!(house.queued_for(&person.email), told);
}

both! {
    async fn what_is_under_way_can_be_extended_with_approval(app: TestApp) {
        let (house, room) = asking_beyond_an_hour(&app).await;
        let ana = app.member("ana");
        let mine = house.has(&ana, &room, "2026-03-02T10:00", "2026-03-02T11:00").await;
        let path = format!("/reservations/{}", id(&mine));
        let longer = |by, version| app.patch(&path, version, json!({"ends_at": "2026-03-02T12:30"})).by(by);
        house.at("2026-03-02T09:30:00Z");
        let ana = ana.renewed(&app);
        let wished = longer(&ana, 1).await.expect(200);
        // Its start is past: the venue has until its end.
        assert_eq!(wished["change"]["expires_at"], "2026-03-02T11:00:00+01:00");
        app.run_jobs();
        assert_eq!(house.sees(&ana, &id(&mine)).await, wished);
        let longer_now = house.does(&house.desk(), &id(&mine), "approve").if_match(2).await.expect(200);
        assert_eq!((&longer_now["ends_at"], &longer_now["change"]), (&json!("2026-03-02T12:30:00+01:00"), &Value::Null));
        assert_eq!(app.queued_for(&ana.email), ["change_requested", "reservation_changed", "reservation_confirmed"]);
        house.is_sound();
    }

    async fn an_extension_nobody_decides_lapses_at_the_end(app: TestApp) {
        let (house, room) = asking_beyond_an_hour(&app).await;
        let ana = app.member("ana");
        let mine = house.has(&ana, &room, "2026-03-02T10:00", "2026-03-02T11:00").await;
        let path = format!("/reservations/{}", id(&mine));
        let longer = |by, version| app.patch(&path, version, json!({"ends_at": "2026-03-02T12:30"})).by(by);
        house.at("2026-03-02T09:30:00Z");
        let ana = ana.renewed(&app);
        longer(&ana, 1).await.expect(200);
        house.at("2026-03-02T10:00:00Z");
        let ana = ana.renewed(&app);
        house.does(&house.desk(), &id(&mine), "approve").if_match(2).await.refused(409, "state_conflict");
        // Over is over, whether or not the job has run.
        let over = longer(&ana, 2).await.refused(409, "state_conflict");
        assert_eq!(over["current_status"], "completed");
        app.run_jobs();
        app.run_jobs();
        let done = house.sees(&ana, &id(&mine)).await;
        assert_eq!((&done["status"], &done["change"], version(&done)), (&json!("completed"), &Value::Null, 4));
        house.is_sound();
    }


    async fn a_block_that_meets_only_the_change_ends_the_change(app: TestApp) {
        let (house, room) = asking_beyond_an_hour(&app).await;
        let (ana, mine) = wishing(&house, &room).await;
        let blocked = |day: &str, choice: &str| {
            let block = json!({"starts_at": format!("{day}T08:00"), "ends_at": format!("{day}T20:00"), "reason": "Beljenje",
                "on_affected": choice});
            house.post(&format!("/spaces/{room}/blocks"), block).by(&house.manager)
        };
        let refused = blocked("2026-03-11", "refuse").await.refused(409, "affected_reservations");
        assert_eq!(refused["affected"], json!([mine["id"]]));
        // Kept, it may still be approved: staff know what they do.
        let kept = blocked("2026-03-11", "keep").await.expect(201);
        assert_eq!((&kept["kept"], house.sees(&ana, &id(&mine)).await), (&json!([mine["id"]]), mine.clone()));
        app.delete(&format!("/blocks/{}", id(&kept)), 1).by(&house.manager).await.expect(204);
        let made = blocked("2026-03-11", "cancel").await.expect(201);
        assert_eq!(made["kept"], json!([]));
        stands_without_its_change(&house, &ana, &mine).await;
        let letters = app.await_letters(&ana.email, 3).await;
        assert!(letters.iter().any(|letter| letter.text.contains("Beljenje")), "{letters:?}");
        // What the change had taken is the block's now, and the slot is its own.
        house.asks(&ana, &room, "2026-03-11T14:00", "2026-03-11T15:00").await.refused(409, "slot_taken");
        blocked("2026-03-10", "cancel").await.expect(201);
        assert_eq!(house.sees(&ana, &id(&mine)).await["status"], "cancelled");
        house.is_sound();
    }

    async fn a_block_on_the_extension_of_what_is_under_way_ends_the_extension(app: TestApp) {
        let (house, room) = asking_beyond_an_hour(&app).await;
        let ana = app.member("ana");
        let mine = house.has(&ana, &room, "2026-03-02T10:00", "2026-03-02T11:00").await;
        house.at("2026-03-02T09:30:00Z");
        let (ana, desk) = (ana.renewed(&app), house.desk());
        let longer = json!({"ends_at": "2026-03-02T12:30"});
        app.patch(&format!("/reservations/{}", id(&mine)), 1, longer).by(&ana).await.expect(200);
        let block = json!({"starts_at": "2026-03-02T10:30", "ends_at": "2026-03-02T20:00", "reason": "Izpad",
            "on_affected": "cancel"});
        let made = app.post(&format!("/spaces/{room}/blocks"), block).by(&desk).await.expect(201);
        assert_eq!(made["kept"], json!([mine["id"]]));
        let stands = house.sees(&ana, &id(&mine)).await;
        assert_eq!((&stands["status"], &stands["change"]), (&json!("confirmed"), &Value::Null));
        house.is_sound();
    }

    async fn hours_that_leave_out_only_the_change_end_the_change(app: TestApp) {
        let (house, room) = asking_beyond_an_hour(&app).await;
        let (ana, mine) = wishing(&house, &room).await;
        let path = format!("/venues/{}/opening-hours", house.venue);
        let shut = |version: i64, opens: &str, choice: &str| {
            app.put(&path, version, with(daily(opens, "15:00"), json!({"on_affected": choice}))).by(&house.manager)
        };
        let refused = shut(2, "08:00", "refuse").await.refused(409, "affected_reservations");
        assert_eq!(refused["affected"], json!([mine["id"]]));
        shut(2, "08:00", "keep").await.expect(200);
        assert_eq!(house.sees(&ana, &id(&mine)).await, mine);
        app.put(&path, 3, daily("08:00", "20:00")).by(&house.manager).await.expect(200);
        shut(4, "08:00", "cancel").await.expect(200);
        stands_without_its_change(&house, &ana, &mine).await;
        shut(5, "11:00", "cancel").await.expect(200);
        assert_eq!(house.sees(&ana, &id(&mine)).await["status"], "cancelled");
        house.is_sound();
    }

    async fn a_request_that_is_moved_is_told_anew(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Galerija").await, app.member("ana"));
        house.rules(&format!("/spaces/{room}"), json!({"approval": "always"})).await;
        let asked = house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T11:00").await;
        let path = format!("/reservations/{}", id(&asked));
        let calendar = app.get(&format!("{path}/calendar.ics")).by(&ana).await.text;
        assert!(calendar.contains("SEQUENCE:0"), "{calendar}");
        // Other words are nothing to decide anew.
        app.patch(&path, 1, json!({"title": "Vaja"})).by(&ana).await.expect(200);
        let moved = json!({"starts_at": "2026-03-11T14:00", "ends_at": "2026-03-11T15:00"});
        assert_eq!(app.patch(&path, 2, moved).by(&ana).await.expect(200)["status"], "pending");
        for (person, kind) in [(&ana, "reservation_requested"), (&house.manager, "request_to_decide")] {
            assert_eq!(app.queued_for(&person.email), [kind, kind]);
            let letters = app.await_letters(&person.email, 2).await;
            assert!(letters.iter().any(|letter| letter.text.contains("14:00")), "{letters:?}");
        }
        let calendar = app.get(&format!("{path}/calendar.ics")).by(&ana).await.text;
        assert!(calendar.contains("SEQUENCE:1"), "{calendar}");
        // Once it stands in a calendar, the entry's title follows.
        house.does(&house.desk(), &id(&asked), "approve").if_match(3).await.expect(200);
        app.patch(&path, 4, json!({"title": "Ples", "notes": "V copatih."})).by(&ana).await.expect(200);
        app.patch(&path, 5, json!({"notes": "Bosi."})).by(&ana).await.expect(200);
        let renamed = app.await_letters(&ana.email, 4).await.pop().unwrap();
        assert!(renamed.calendar.contains("Ples") && renamed.calendar.contains("SEQUENCE:2"), "{renamed:?}");
        assert_eq!(app.queued_for(&ana.email).len(), 4);
        house.is_sound();
    }
}
