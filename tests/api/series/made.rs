//! Making series: preview and creation agree, both conflict modes, local time across clock changes.

use serde_json::json;

use super::{each, repeats, seen, series};
use crate::support::{House, TestApp, both, id, version, with};

const TEN: (&str, &str) = ("2026-03-17T10:00", "2026-03-17T12:00");

both! {
    async fn ten_stays_ten_across_the_change_of_clocks(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, bor) = (house.room("Sejna soba").await, app.member("ana"), app.member("bor"));
        let asked = series(&room, TEN, "FREQ=WEEKLY;BYDAY=TU;COUNT=4", json!({"exdates": ["2026-03-24", "2026-03-25"]}));
        let preview = app.post("/series/preview", asked.clone()).by(&ana).await.expect(200);
        assert_eq!((&preview["created"], &preview["excluded"], &preview["refusal"]), (&json!(3), &json!(1), &json!(null)));
        let results: Vec<_> = preview["occurrences"].as_array().unwrap().iter().map(|one| &one["occurrence"]["result"]).collect();
        assert_eq!(results, ["created", "excluded", "created", "created"]);

        let made = repeats(&house, &ana, asked).await.expect(201);
        let starts = ["2026-03-17T10:00:00+01:00", "2026-03-31T10:00:00+02:00", "2026-04-07T10:00:00+02:00"];
        assert_eq!(each(&made, "starts_at"), starts);
        assert_eq!(each(&made, "status"), ["confirmed"; 3]);
        assert_eq!(each(&made, "recurrence_id")[1], "2026-03-31T10:00:00");
        assert_eq!((&made["rrule"], &made["exdates"]), (&json!("FREQ=WEEKLY;BYDAY=TU;COUNT=4"), &json!(["2026-03-24"])));
        // Without what only the one who made it is told.
        let mut shown = made.clone();
        shown.as_object_mut().unwrap().remove("refused");
        assert_eq!(seen(&house, &ana, &id(&made)).await, shown);
        app.get(&format!("/series/{}", id(&made))).by(&bor).await.refused(404, "not_found");
        house.asks(&bor, &room, "2026-03-31T11:00", "2026-03-31T12:00").await.refused(409, "slot_taken");
        house.has(&bor, &room, "2026-03-24T10:00", "2026-03-24T12:00").await;
        let one = each(&made, "reservation_id")[1].as_str().unwrap();
        let wanted = json!({"id": id(&made), "recurrence_id": "2026-03-31T10:00:00", "changed": false});
        assert_eq!(house.sees(&ana, one).await["series"], wanted);

        let mine = app.get("/series?mine=true").by(&ana).await.expect(200);
        assert_eq!(mine["items"].as_array().unwrap().len(), 1);
        assert_eq!(app.get("/series").by(&bor).await.expect(200)["items"], json!([]));
        let of_venue = app.get(&format!("/series?space_id={room}")).by(&house.manager).await.expect(200);
        assert_eq!(of_venue["items"][0]["organiser"]["email"], "ana@example.org");
        house.is_sound();
    }

    async fn months_lack_days_and_fifth_weekdays(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        for (from, to, rule, days) in [
            ("2026-03-31T09:00", "2026-03-31T10:00", "FREQ=MONTHLY;COUNT=3", vec!["2026-03-31", "2026-05-31", "2026-07-31"]),
            ("2026-03-30T11:00", "2026-03-30T12:00", "FREQ=MONTHLY;BYDAY=5MO;COUNT=3", vec!["2026-03-30", "2026-06-29", "2026-08-31"]),
            ("2026-03-31T13:00", "2026-03-31T14:00", "FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20260531", vec!["2026-03-31", "2026-04-30", "2026-05-31"]),
        ] {
            let made = repeats(&house, &ana, series(&room, (from, to), rule, json!({}))).await.expect(201);
            let found: Vec<&str> = each(&made, "recurrence_id").iter().map(|id| &id.as_str().unwrap()[..10]).collect();
            assert_eq!(found, days, "{rule}");
        }
        house.is_sound();
    }

    async fn all_or_nothing_and_skipping(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, bor) = (house.room("Sejna soba").await, app.member("ana"), app.member("bor"));
        house.has(&bor, &room, "2026-03-24T11:00", "2026-03-24T13:00").await;
        // Closed on the last of April.
        let closed = json!({"date": "2026-03-31", "hours": []});
        house.opens(&format!("/venues/{}", house.venue), with(crate::support::daily("08:00", "20:00"), json!({"exceptions": [closed], "valid_from": "2026-03-02"}))).await;
        let weekly = |more| series(&room, TEN, "FREQ=WEEKLY;COUNT=4", more);
        let refused = repeats(&house, &ana, weekly(json!({}))).await.refused(409, "series_conflicts");
        let results: Vec<_> = each(&refused, "result");
        assert_eq!(results, ["created", "conflict", "refused", "created"]);
        assert_eq!(refused["occurrences"][2]["reasons"][0]["code"], "outside_hours");
        assert_eq!(app.get("/series").by(&ana).await.expect(200)["items"], json!([]));
        assert_eq!(app.get("/reservations?mine=true").by(&ana).await.expect(200)["items"], json!([]));
        let skip = |max: u32| weekly(json!({"on_conflict": "skip_conflicts", "max_skipped": max}));
        repeats(&house, &ana, skip(1)).await.refused(409, "too_many_skipped");
        let preview = app.post("/series/preview", skip(1)).by(&ana).await.expect(200);
        assert_eq!((&preview["refusal"], &preview["created"]), (&json!("too_many_skipped"), &json!(2)));

        let made = repeats(&house, &ana, skip(2)).await.expect(201);
        assert_eq!(each(&made, "recurrence_id"), ["2026-03-17T10:00:00", "2026-04-07T10:00:00"]);
        assert_eq!(made["exdates"], json!(["2026-03-24", "2026-03-31"]));
        let refused: Vec<_> = made["refused"].as_array().unwrap().iter().map(|one| (&one["result"], &one["reasons"])).collect();
        assert_eq!(refused, [(&json!("conflict"), &json!(["slot_taken"])), (&json!("refused"), &json!(["outside_hours"]))]);
        // Now nothing is left of it.
        repeats(&house, &ana, weekly(json!({"on_conflict": "skip_conflicts"}))).await.refused(409, "nothing_left");
        house.is_sound();
    }

    async fn a_request_repeated_under_its_key_makes_one_series(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let body = series(&room, TEN, "FREQ=DAILY;COUNT=3", json!({}));
        let first = repeats(&house, &ana, body.clone()).key("niz").await;
        assert_eq!(first.header("location"), format!("/api/v1/series/{}", first.json["id"].as_str().unwrap()));
        let again = repeats(&house, &ana, body.clone()).key("niz").await;
        assert_eq!((again.status, again.header("idempotent-replayed")), (201, "true"));
        assert_eq!(again.json, first.json);
        repeats(&house, &ana, body).await.refused(409, "nothing_left");
        // A version that is stale by a change of one of its reservations.
        let (made, path) = (first.json.clone(), format!("/series/{}", id(&first.json)));
        let one = each(&made, "reservation_id")[1].as_str().unwrap();
        let before = house.sees(&ana, one).await;
        app.patch(&format!("/reservations/{one}"), version(&before), json!({"title": "Drugače"})).by(&ana).await.expect(200);
        let change = json!({"change": {"title": "Vaje"}});
        app.call(reqwest::Method::PATCH, &path).json(change.clone()).by(&ana).await.refused(428, "precondition_required");
        app.patch(&path, version(&made), change.clone()).by(&ana).await.refused(412, "precondition_failed");
        let now = seen(&house, &ana, &id(&made)).await;
        let edited = app.patch(&path, version(&now), change).by(&ana).await.expect(200);
        assert_eq!((&edited["title"], each(&edited, "changed")), (&json!("Vaje"), vec![&json!(false), &json!(true), &json!(false)]));
        assert_eq!(house.sees(&ana, one).await["title"], "Drugače");
        house.is_sound();
    }

    async fn what_stands_of_it_goes_into_the_export_and_is_forgotten(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let made = repeats(&house, &ana, series(&room, TEN, "FREQ=DAILY;COUNT=2", json!({}))).await.expect(201);
        let export = app.get("/me/export").by(&ana).await.expect(200);
        assert_eq!((&export["series"][0]["id"], &export["series"][0]["rrule"]), (&made["id"], &json!("FREQ=DAILY;COUNT=2")));
        assert_eq!(export["reservations"][1]["series"]["recurrence_id"], "2026-03-18T10:00:00");
        let me = app.get("/me").by(&ana).await.expect(200);
        app.delete("/me", version(&me)).by(&ana).await.refused(409, "obligations_open");
        app.post(&format!("/series/{}/cancel", id(&made)), json!({})).by(&ana).await.expect(200);
        app.delete("/me", version(&me)).by(&ana).await.expect(204);
        let left = seen(&house, &house.manager, &id(&made)).await;
        assert_eq!(left["title"], "—");
        house.is_sound();
    }
}
