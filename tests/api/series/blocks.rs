//! Blocks made from a rule: all or none, lifted one by one or from one on.

use serde_json::{Value, json};

use super::{repeats, series};
use crate::support::{House, TestApp, both, id, version, with};

fn mondays(more: Value) -> Value {
    let block = json!({"starts_at": "2026-03-09T08:00", "ends_at": "2026-03-09T10:00", "reason": "Čiščenje",
        "recurrence": "FREQ=WEEKLY;COUNT=4"});
    with(block, more)
}

both! {
    async fn one_block_for_each_occurrence(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let path = format!("/spaces/{room}/blocks");
        let rule = series(&room, ("2026-03-16T09:00", "2026-03-16T11:00"), "FREQ=WEEKLY;COUNT=2", json!({}));
        let theirs = repeats(&house, &ana, rule).await.expect(201);
        // Tried first: when it would be, and whom it would meet; what can't be says so as in earnest.
        let tries = |more: Value| app.post(&format!("{path}/preview"), mondays(more)).by(&house.manager);
        let tried = tries(json!({})).await.expect(200);
        let starts: Vec<_> = tried["times"].as_array().unwrap().iter().map(|time| &time["starts_at"]).collect();
        assert_eq!((starts.len(), starts[3]), (4, &json!("2026-03-30T08:00:00+02:00")));
        let met: Vec<_> = tried["affected"].as_array().unwrap().iter().map(|one| &one["starts_at"]).collect();
        assert_eq!(met, ["2026-03-16T09:00:00+01:00", "2026-03-23T09:00:00+01:00"]);
        tries(json!({"recurrence": "FREQ=SECONDLY;COUNT=2"})).await.refused(422, "invalid");
        app.post(&format!("{path}/preview"), mondays(json!({}))).by(&ana).await.refused(403, "forbidden");
        let refused = app.post(&path, mondays(json!({}))).by(&house.manager).await.refused(409, "affected_reservations");
        assert_eq!(refused["affected"].as_array().unwrap().len(), 2);
        assert_eq!(app.get(&path).by(&house.manager).await.expect(200)["items"], json!([]));
        let made = app.post(&path, mondays(json!({"on_affected": "cancel"}))).by(&house.manager).await.expect(201);
        let all: Vec<String> = made["made"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
        assert_eq!((all.len(), &made["id"]), (4, &json!(all[0])));
        let listed = app.get(&path).by(&house.manager).await.expect(200);
        let of_rule: Vec<_> = listed["items"].as_array().unwrap().iter().map(|one| &one["series_id"]).collect();
        assert_eq!(of_rule, [&made["series_id"]; 4]);
        // 8 o'clock stays 8 o'clock.
        assert_eq!(listed["items"][3]["starts_at"], "2026-03-30T08:00:00+02:00");
        house.asks(&ana, &room, "2026-03-30T09:00", "2026-03-30T11:00").await.refused(409, "slot_taken");
        let gone = app.get(&format!("/series/{}", id(&theirs))).by(&ana).await.expect(200);
        assert_eq!(gone["occurrences"][0]["status"], "cancelled");

        let lift = |number: usize, how: &str| {
            let path = format!("/blocks/{}{how}", all[number]);
            app.delete(&path, 1).by(&house.manager)
        };
        lift(1, "").await.expect(204);
        lift(2, "?following=true").await.expect(204);
        let left = app.get(&path).by(&house.manager).await.expect(200);
        assert_eq!(left["items"].as_array().unwrap().len(), 1);
        house.has(&ana, &room, "2026-03-30T09:00", "2026-03-30T11:00").await;
        let single = json!({"starts_at": "2026-05-01T08:00", "ends_at": "2026-05-01T10:00", "reason": "Praznik"});
        let single = app.post(&path, single).by(&house.manager).await.expect(201);
        let refused = app.delete(&format!("/blocks/{}?following=true", id(&single)), version(&single));
        assert_eq!(refused.by(&house.manager).await.refused(422, "invalid")["errors"][0]["code"], "only_recurring");
        for (recurrence, pointer, code) in [
            ("FREQ=SECONDLY;COUNT=2", "/recurrence", "rrule_frequency_unsupported"),
            ("FREQ=WEEKLY;BYDAY=TU;COUNT=2", "/starts_at", "start_not_in_rule"),
            ("FREQ=DAILY;UNTIL=20991231", "/recurrence", "too_many_occurrences"),
        ] {
            let refused = app.post(&path, mondays(json!({"recurrence": recurrence}))).by(&house.manager).await.refused(422, "invalid");
            assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!(pointer), &json!(code)));
        }
        house.is_sound();
    }
}
