//! What a series may not be: rules that are none, bombs, and limits that its own earlier occurrences use up.

use serde_json::{Value, json};

use super::{each, repeats, series};
use crate::support::{House, TestApp, both, with};

const TEN: (&str, &str) = ("2026-03-03T10:00", "2026-03-03T11:00");

both! {
    async fn what_is_no_rule_is_refused_at_once(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        for (rule, pointer, code) in [
            ("FREQ=SECONDLY;COUNT=10", "/rrule", "rrule_frequency_unsupported"),
            ("FREQ=DAILY;COUNT=1000000000", "/rrule", "rrule_count_too_large"),
            ("FREQ=DAILY;UNTIL=99991231", "/rrule", "rrule_value_out_of_range"),
            ("FREQ=DAILY;UNTIL=20991231", "/rrule", "too_many_occurrences"),
            ("FREQ=DAILY", "/rrule", "rrule_unbounded"),
            ("FREQ=YEARLY;COUNT=3", "/rrule", "rrule_frequency_unsupported"),
            ("FREQ=DAILY;COUNT=2;UNTIL=20260401", "/rrule", "rrule_count_and_until"),
            ("FREQ=MONTHLY;BYDAY=MO;COUNT=2", "/rrule", "rrule_weekday_unnumbered"),
            ("every Tuesday", "/rrule", "rrule_malformed"),
            ("FREQ=WEEKLY;BYDAY=MO;COUNT=2", "/template/starts_at", "start_not_in_rule"),
            ("FREQ=DAILY;UNTIL=20260301", "/rrule", "no_occurrence"),
        ] {
            let body = series(&room, TEN, rule, json!({}));
            for path in ["/series", "/series/preview"] {
                let refused = app.post(path, body.clone()).by(&ana).await.refused(422, "invalid");
                assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!(pointer), &json!(code)), "{rule}");
            }
        }
        let faults: [(Value, &str, &str); 5] = [
            (json!({"exdates": vec!["2026-03-03"; 367]}), "/exdates", "too_many_exdates"),
            (json!({"max_skipped": 3}), "/max_skipped", "only_skipping"),
            (json!({"exdates": ["2026-03-03", "2026-03-04"]}), "/rrule", "no_occurrence"),
            (json!({"template": with(crate::support::meeting(&room, TEN.0, "2026-03-04T11:00"), json!({}))}), "/template/ends_at", "occurrences_overlap"),
            (json!({"template": crate::support::meeting(&room, TEN.1, TEN.0)}), "/template/ends_at", "not_after_start"),
        ];
        for (more, pointer, code) in faults {
            let refused = repeats(&house, &ana, series(&room, TEN, "FREQ=DAILY;COUNT=2", more)).await.refused(422, "invalid");
            assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!(pointer), &json!(code)));
        }
        house.is_sound();
    }

    async fn earlier_occurrences_use_up_what_there_is(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let daily = |more| series(&room, TEN, "FREQ=DAILY;COUNT=7", with(json!({"on_conflict": "skip_conflicts"}), more));
        let quota = json!({"amount": 2, "count": "hours", "per": "week", "by": "person", "over": "venue"});
        let space = format!("/spaces/{room}");
        // From Tuesday on: two in this week, one in the next.
        for (rules, made, code) in [
            (json!({"quotas": [quota]}), vec!["2026-03-03", "2026-03-04", "2026-03-09"], "quota_exceeded"),
            (json!({"max_active": {"value": 3}}), vec!["2026-03-03", "2026-03-04", "2026-03-05"], "too_many_active"),
            (json!({"horizon_days": {"value": 2}}), vec!["2026-03-03", "2026-03-04"], "too_far"),
        ] {
            house.rules(&space, rules).await;
            let preview = app.post("/series/preview", daily(json!({}))).by(&ana).await.expect(200);
            assert_eq!(preview["created"], json!(made.len()), "{code}");
            let one = repeats(&house, &ana, daily(json!({}))).await.expect(201);
            let days: Vec<&str> = each(&one, "recurrence_id").iter().map(|id| &id.as_str().unwrap()[..10]).collect();
            assert_eq!(days, made, "{code}");
            assert!(one["refused"].as_array().unwrap().iter().all(|refused| refused["reasons"] == json!([code])), "{one}");
            app.post(&format!("/series/{}/cancel", one["id"].as_str().unwrap()), json!({})).by(&ana).await.expect(200);
        }
        house.is_sound();
    }

    async fn a_series_may_have_so_many(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let space = format!("/spaces/{room}");
        let five = || series(&room, TEN, "FREQ=DAILY;COUNT=5", json!({"exdates": ["2026-03-04"]}));
        house.rules(&space, json!({"max_series_occurrences": {"value": 4}})).await;
        let preview = app.post("/series/preview", five()).by(&ana).await.expect(200);
        assert_eq!((&preview["created"], &preview["refusal"]), (&json!(4), &json!(null)));
        house.rules(&space, json!({"max_series_occurrences": {"value": 3}})).await;
        let refused = repeats(&house, &ana, five()).await.refused(409, "nothing_left");
        let reason = &refused["occurrences"][0]["reasons"][0];
        assert_eq!((&reason["code"], &reason["limit"], &reason["actual"]), (&json!("series_too_long"), &json!(3), &json!(4)));
        house.rules(&space, json!({"max_series_occurrences": {"value": 3, "beyond": "ask"}})).await;
        let asked = repeats(&house, &ana, five()).await.expect(201);
        assert_eq!(each(&asked, "status"), ["pending"; 4]);
        // Staff go beyond it.
        house.rules(&space, json!({"max_series_occurrences": {"value": 3}})).await;
        let later = series(&room, ("2026-03-03T14:00", "2026-03-03T15:00"), "FREQ=DAILY;COUNT=5", json!({}));
        let theirs = repeats(&house, &house.manager, later).await.expect(201);
        assert_eq!(each(&theirs, "status"), ["confirmed"; 5]);
        house.is_sound();
    }
}
