//! The rules of a pool hold for its equipment wherever it is used, and each refusal says whose rule it is.

use serde_json::{Value, json};

use super::{DAY, lent, pool, some, wants};
use crate::support::{House, TestApp, both, daily, id, version, with};

both! {
    async fn a_pool_has_its_say(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let quota = json!([{"amount": 1, "count": "hours", "per": "day", "by": "person", "over": "space"}]);
        for (n, (rules, outcome, code)) in [
            (json!({}), "allow", Value::Null),
            (json!({"bookable": false}), "refuse", json!("not_bookable_by_you")),
            (json!({"approval": "always"}), "ask", json!("approval_required")),
            (json!({"max_duration_minutes": {"value": 60}}), "refuse", json!("too_long")),
            (json!({"max_duration_minutes": {"value": 60, "beyond": "ask"}}), "ask", json!("too_long")),
            (json!({"min_notice_minutes": {"value": 10_000}}), "refuse", json!("too_late")),
            (json!({"horizon_days": {"value": 0}}), "refuse", json!("too_far")),
            (json!({"quotas": quota}), "refuse", json!("quota_exceeded")),
        ].into_iter().enumerate() {
            let pool = pool(&house, &format!("Bazen {n}"), 2, json!({})).await;
            house.rules(&format!("/spaces/{pool}"), rules.clone()).await;
            let asked = wants(&room, "10:00", "12:00", json!([some(&pool, 1)]));
            let checked = app.post("/reservations/check", asked.clone()).by(&ana).await.expect(200);
            assert_eq!(checked["outcome"], outcome, "{rules}");
            let reason = &checked["reasons"][0];
            assert_eq!(reason["code"], code, "{rules}");
            if code != Value::Null {
                assert_eq!(reason["space_id"], json!(pool), "{rules}");
                assert!(reason["message"].as_str().unwrap().starts_with(&format!("Bazen {n}: ")), "{reason}");
            }
            let reply = house.reserves(&ana, asked).await;
            match outcome {
                "refuse" => {
                    let refused = reply.refused(422, "policy_refused");
                    assert_eq!(refused["reasons"][0]["space_id"], json!(pool));
                }
                _ => {
                    let made = reply.expect(201);
                    assert_eq!(made["status"], if outcome == "ask" { "pending" } else { "confirmed" });
                    house.does(&ana, &id(&made), "cancel").await.expect(200);
                }
            }
        }
        house.is_sound();
    }

    async fn quotas_of_a_pool_count_what_is_had_besides(app: TestApp) {
        let (house, [room, projectors], ana, _) = lent(&app).await;
        let quota = json!([{"amount": 3, "count": "hours", "per": "day", "by": "person", "over": "space"}]);
        house.rules(&format!("/spaces/{projectors}"), json!({"quotas": quota})).await;
        let hour = |from: &str, to: &str| wants(&room, from, to, json!([some(&projectors, 1)]));
        house.reserves(&ana, hour("14:00", "15:15")).await.refused(422, "policy_refused");
        house.reserves(&ana, hour("14:00", "15:00")).await.expect(201);
        house.reserves(&ana, hour("15:00", "15:15")).await.refused(422, "policy_refused");
        // The room's own count is another.
        house.asks(&ana, &room, &format!("{DAY}T15:00"), &format!("{DAY}T16:00")).await.expect(201);
        // A quota over the venue counts a reservation with equipment once.
        let two = json!([{"amount": 4, "count": "reservations", "per": "day", "by": "person", "over": "venue"}]);
        house.rules(&format!("/venues/{}", house.venue), json!({"quotas": two})).await;
        house.asks(&ana, &room, &format!("{DAY}T16:00"), &format!("{DAY}T17:00")).await.expect(201);
        house.asks(&ana, &room, &format!("{DAY}T17:00"), &format!("{DAY}T18:00")).await.refused(422, "policy_refused");
        house.is_sound();
    }

    async fn what_the_equipment_of_a_hold_counted_for_gives_way_with_it(app: TestApp) {
        let (house, [room, projectors], _, _) = lent(&app).await;
        let bor = app.member("bor");
        let quota = json!([{"amount": 1, "count": "reservations", "per": "day", "by": "person", "over": "space"}]);
        house.rules(&format!("/spaces/{projectors}"), json!({"quotas": quota})).await;
        let hold = |to: &str| with(wants(&room, "14:00", to, json!([some(&projectors, 1)])), json!({"hold": true}));
        // To the same room, and to the pool by itself.
        house.reserves(&bor, hold("15:00")).await.expect(201);
        house.reserves(&bor, hold("16:00")).await.expect(201);
        house.asks(&bor, &projectors, &format!("{DAY}T14:00"), &format!("{DAY}T15:00")).await.expect(201);
        house.is_sound();
    }

    async fn a_hold_that_ends_for_equipment_counts_no_more_for_what_it_gives_way_to(app: TestApp) {
        let (house, [room, projectors], _, _) = lent(&app).await;
        let (bor, studio) = (app.member("bor"), house.room("Studio").await);
        let one = json!([{"amount": 1, "count": "reservations", "per": "day", "by": "person", "over": "venue"}]);
        for rules in [json!({"max_active": {"value": 1}}), json!({"quotas": one})] {
            house.rules(&format!("/venues/{}", house.venue), rules).await;
            let all = with(wants(&studio, "14:00", "15:00", json!([some(&projectors, 3)])), json!({"hold": true}));
            let hold = id(&house.reserves(&bor, all).await.expect(201));
            // Without its pieces the hold stays, and counts.
            house.reserves(&bor, wants(&room, "14:00", "15:00", json!([]))).await.refused(422, "policy_refused");
            let asked = wants(&room, "14:00", "15:00", json!([some(&projectors, 1)]));
            let checked = app.post("/reservations/check", asked.clone()).by(&bor).await.expect(200);
            assert_eq!(checked["outcome"], "allow", "{checked}");
            let made = id(&house.reserves(&bor, asked).await.expect(201));
            assert_eq!(house.sees(&bor, &hold).await["status"], "expired");
            house.does(&bor, &made, "cancel").await.expect(200);
        }
        house.is_sound();
    }

    async fn a_hold_that_ends_for_equipment_is_none_of_those_ahead_of_a_series(app: TestApp) {
        let (house, [room, projectors], _, _) = lent(&app).await;
        let (bor, studio) = (app.member("bor"), house.room("Studio").await);
        house.rules(&format!("/venues/{}", house.venue), json!({"max_active": {"value": 3}})).await;
        let all = wants(&studio, "14:00", "15:00", json!([some(&projectors, 3)]));
        house.reserves(&bor, with(all, json!({"hold": true}))).await.expect(201);
        let template = wants(&room, "14:00", "15:00", json!([some(&projectors, 1)]));
        let series = json!({"template": template, "rrule": "FREQ=DAILY;COUNT=3", "on_conflict": "all_or_nothing"});
        app.post("/series", series).by(&bor).await.expect(201);
        house.is_sound();
    }

    async fn hours_buffers_and_what_is_closed(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        house.opens(&format!("/spaces/{room}"), daily("06:00", "23:00")).await;
        // Without hours of its own it is open when the room is; its own tear-down counts, not the room's.
        let projectors = pool(&house, "Projektorji", 1, json!({"teardown_minutes": 30})).await;
        let late = wants(&room, "21:00", "22:00", json!([some(&projectors, 1)]));
        house.reserves(&ana, late).await.expect(201);
        let with_it = |from: &str, to: &str| wants(&room, from, to, json!([some(&projectors, 1)]));
        house.reserves(&ana, with_it("22:00", "22:30")).await.refused(409, "slot_taken");
        house.reserves(&ana, with_it("22:30", "23:00")).await.expect(201);
        house.opens(&format!("/spaces/{projectors}"), with(daily("09:00", "17:00"), json!({"on_affected": "keep"}))).await;
        let refused = house.reserves(&ana, with_it("08:00", "10:00")).await.refused(422, "policy_refused");
        assert_eq!((&refused["reasons"][0]["code"], &refused["reasons"][0]["space_id"]),
            (&json!("outside_hours"), &json!(projectors)));
        house.reserves(&ana, with_it("09:00", "10:00")).await.expect(201);
        let over = wants(&room, "12:00", "13:00", json!([some(&projectors, 2)]));
        let refused = house.reserves(&ana, over).await.refused(422, "policy_refused");
        assert_eq!((&refused["reasons"][0]["code"], &refused["reasons"][0]["space_id"]),
            (&json!("quantity_over_pool"), &json!(projectors)));
        let path = format!("/spaces/{projectors}");
        let now = version(&app.get(&path).await.expect(200));
        app.delete(&format!("{path}?on_affected=keep"), now).by(&house.manager).await.expect(200);
        let refused = house.reserves(&ana, with_it("12:00", "13:00")).await.refused(422, "policy_refused");
        assert_eq!((&refused["reasons"][0]["code"], &refused["reasons"][0]["space_id"]),
            (&json!("space_archived"), &json!(projectors)));
        house.is_sound();
    }
}
