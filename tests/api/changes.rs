//! Requested changes: a reservation stands while a move of it waits for the venue (DESIGN 4, States).

use serde_json::{Value, json};

use crate::support::{House, TestApp, both, id, version};

/// A house with a room where only more than an hour needs approval.
async fn asking_beyond_an_hour(app: &TestApp) -> (House<'_>, String) {
    let house = House::new(app).await;
    let room = house.room("Galerija").await;
    let hour = json!({"max_duration_minutes": {"value": 60, "beyond": "ask"}});
    house.rules(&format!("/spaces/{room}"), hour).await;
    (house, room)
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
}
