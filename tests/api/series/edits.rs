//! The three kinds of edit and cancelling from a date: what is past, begun, cancelled or changed by itself stays.

use serde_json::{Value, json};

use super::{each, repeats, seen, series};
use crate::support::{House, Person, TestApp, at_once, both, id, version};

const RULE: &str = "FREQ=WEEKLY;COUNT=6";
const TEN: (&str, &str) = ("2026-03-10T10:00", "2026-03-10T12:00");

/// Tuesdays from the tenth of March on, six of them.
async fn tuesdays(house: &House<'_>, person: &Person, room: &str) -> Value {
    repeats(house, person, series(room, TEN, RULE, json!({}))).await.expect(201)
}

/// Changes a series as it stands.
async fn changes(house: &House<'_>, person: &Person, of: &Value, change: Value) -> crate::support::Reply {
    let now = seen(house, person, &id(of)).await;
    house.patch(&format!("/series/{}", id(of)), version(&now), change).by(person).await
}

fn reservation(of: &Value, number: usize) -> String {
    each(of, "reservation_id")[number].as_str().unwrap().to_owned()
}

/// Moves one occurrence by itself.
async fn moves(house: &House<'_>, person: &Person, of: &Value, number: usize, to: [&str; 2]) {
    let one = reservation(of, number);
    let before = house.sees(person, &one).await;
    let change = json!({"starts_at": to[0], "ends_at": to[1]});
    house.patch(&format!("/reservations/{one}"), version(&before), change).by(person).await.expect(200);
}

both! {
    async fn this_one_is_an_ordinary_change(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let made = tuesdays(&house, &ana, &room).await;
        moves(&house, &ana, &made, 1, ["2026-03-18T09:00", "2026-03-18T10:00"]).await;
        let now = seen(&house, &ana, &id(&made)).await;
        assert_eq!(each(&now, "changed").iter().map(|b| b.as_bool().unwrap()).collect::<Vec<_>>(), [false, true, false, false, false, false]);
        assert_eq!(now["occurrences"][1]["recurrence_id"], "2026-03-17T10:00:00");
        assert_eq!(now["occurrences"][1]["starts_at"], "2026-03-18T09:00:00+01:00");
        assert!(version(&now) > version(&made));
        house.is_sound();
    }

    async fn all_of_it_moves_but_what_was_settled(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, bor) = (house.room("Sejna soba").await, app.member("ana"), app.member("bor"));
        let made = tuesdays(&house, &ana, &room).await;
        moves(&house, &ana, &made, 1, ["2026-03-18T09:00", "2026-03-18T10:00"]).await;
        house.does(&ana, &reservation(&made, 2), "cancel").await.expect(200);
        let later = json!({"change": {"starts_at": "2026-03-10T11:00", "ends_at": "2026-03-10T13:00"}});
        let edited = changes(&house, &ana, &made, later).await.expect(200);
        // Nothing was over: the same series.
        assert_eq!((&edited["id"], &edited["starts_at"]), (&made["id"], &json!("2026-03-10T11:00:00+01:00")));
        let starts = ["2026-03-10T11:00:00+01:00", "2026-03-18T09:00:00+01:00", "2026-03-24T10:00:00+01:00",
            "2026-03-31T11:00:00+02:00", "2026-04-07T11:00:00+02:00", "2026-04-14T11:00:00+02:00"];
        assert_eq!(each(&edited, "starts_at"), starts);
        assert_eq!(each(&edited, "recurrence_id")[1], "2026-03-17T11:00:00");
        assert_eq!(each(&edited, "status")[2], "cancelled");
        // What it left is free, what it took is not.
        house.has(&bor, &room, "2026-03-31T10:00", "2026-03-31T11:00").await;
        house.asks(&bor, &room, "2026-03-31T12:00", "2026-03-31T13:00").await.refused(409, "slot_taken");
        house.is_sound();
    }

    async fn what_is_over_keeps_its_rule(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let made = tuesdays(&house, &ana, &room).await;
        house.at("2026-03-17T09:30:00Z");
        let ana = ana.renewed(&app);
        let words = changes(&house, &ana, &made, json!({"change": {"title": "Vaje zbora"}})).await.expect(200);
        assert_eq!(words["id"], made["id"]);
        let title = async |number| house.sees(&ana, &reservation(&made, number)).await["title"].clone();
        assert_eq!((title(0).await, title(1).await, title(2).await), (json!("Sestanek"), json!("Sestanek"), json!("Vaje zbora")));
        let later = json!({"change": {"starts_at": "2026-03-10T15:00", "ends_at": "2026-03-10T16:00"}});
        let part = changes(&house, &ana, &made, later).await.expect(200);
        assert_ne!(part["id"], made["id"]);
        assert_eq!((&part["split_from"], &part["rrule"]), (&made["id"], &json!("FREQ=WEEKLY;COUNT=4")));
        assert_eq!(each(&part, "starts_at")[0], "2026-03-24T15:00:00+01:00");
        let old = seen(&house, &ana, &id(&made)).await;
        assert_eq!(old["rrule"], "FREQ=WEEKLY;UNTIL=20260324T085959Z");
        assert_eq!(each(&old, "starts_at"), ["2026-03-10T10:00:00+01:00", "2026-03-17T10:00:00+01:00"]);
        house.is_sound();
    }

    async fn this_and_following_become_a_series_of_their_own(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let made = tuesdays(&house, &ana, &room).await;
        moves(&house, &ana, &made, 4, ["2026-04-08T09:00", "2026-04-08T10:00"]).await;
        let from = |from: &str, change: Value| json!({"from": from, "change": change});
        let times = json!({"starts_at": "2026-03-24T14:00", "ends_at": "2026-03-24T15:00", "title": "Popoldne"});
        let part = changes(&house, &ana, &made, from("2026-03-24T10:00", times)).await.expect(200);
        assert_eq!((&part["split_from"], &part["rrule"], &part["title"]), (&made["id"], &json!("FREQ=WEEKLY;COUNT=4"), &json!("Popoldne")));
        let starts = ["2026-03-24T14:00:00+01:00", "2026-03-31T14:00:00+02:00", "2026-04-08T09:00:00+02:00", "2026-04-14T14:00:00+02:00"];
        assert_eq!(each(&part, "starts_at"), starts);
        assert_eq!(each(&part, "recurrence_id")[2], "2026-04-07T14:00:00");
        let old = seen(&house, &ana, &id(&made)).await;
        assert_eq!((&old["rrule"], &old["title"]), (&json!("FREQ=WEEKLY;UNTIL=20260324T085959Z"), &json!("Sestanek")));
        assert_eq!(each(&old, "recurrence_id"), ["2026-03-10T10:00:00", "2026-03-17T10:00:00"]);
        // From the first on is all of it.
        let whole = changes(&house, &ana, &part, from("2026-03-24T14:00", json!({"title": "Vse"}))).await.expect(200);
        assert_eq!((&whole["id"], &whole["title"]), (&part["id"], &json!("Vse")));
        for (change, pointer, code) in [
            (from("2026-03-25T10:00", json!({})), "/from", "not_an_occurrence"),
            (from("2026-03-31T14:00", json!({"starts_at": "2026-04-01T14:00"})), "/change/starts_at", "another_day"),
            (from("2026-03-31T14:00", json!({"ends_at": "2026-03-31T13:00"})), "/change/ends_at", "not_after_start"),
            (from("2026-03-31T14:00", json!({"ends_at": "2026-04-07T15:00"})), "/change/ends_at", "occurrences_overlap"),
        ] {
            let refused = changes(&house, &ana, &part, change).await.refused(422, "invalid");
            assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!(pointer), &json!(code)));
        }
        house.is_sound();
    }

    async fn what_cannot_move_stays_if_it_may(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, bor) = (house.room("Sejna soba").await, app.member("ana"), app.member("bor"));
        let made = tuesdays(&house, &ana, &room).await;
        house.has(&bor, &room, "2026-03-24T12:30", "2026-03-24T13:00").await;
        let later = |more: Value| crate::support::with(json!({"change": {"starts_at": "2026-03-10T11:00", "ends_at": "2026-03-10T13:00"}}), more);
        let refused = changes(&house, &ana, &made, later(json!({}))).await.refused(409, "series_conflicts");
        assert_eq!(each(&refused, "result"), ["created", "created", "conflict", "created", "created", "created"]);
        let skipping = json!({"on_conflict": "skip_conflicts", "max_skipped": 1});
        let edited = changes(&house, &ana, &made, later(skipping)).await.expect(200);
        assert_eq!((each(&edited, "starts_at")[2], each(&edited, "changed")[2]), (&json!("2026-03-24T10:00:00+01:00"), &json!(true)));
        assert_eq!(edited["refused"][0]["recurrence_id"], "2026-03-24T11:00:00");
        house.is_sound();
    }

    async fn given_up_from_a_date_and_altogether(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, bor) = (house.room("Sejna soba").await, app.member("ana"), app.member("bor"));
        let made = tuesdays(&house, &ana, &room).await;
        moves(&house, &ana, &made, 4, ["2026-04-08T09:00", "2026-04-08T10:00"]).await;
        let path = format!("/series/{}/cancel", id(&made));
        app.post(&path, json!({})).by(&bor).await.refused(404, "not_found");
        house.at("2026-03-10T09:30:00Z");
        let (ana, bor) = (ana.renewed(&app), bor.renewed(&app));
        app.post(&path, json!({"from": "2026-03-31"})).if_match(1).by(&ana).await.refused(412, "precondition_failed");
        let part = app.post(&path, json!({"from": "2026-03-31", "message": "Selimo se"})).by(&ana).await.expect(200);
        // The one that was moved goes, too.
        assert_eq!(each(&part, "status"), ["confirmed", "confirmed", "confirmed", "cancelled", "cancelled", "cancelled"]);
        house.has(&bor, &room, "2026-03-31T10:00", "2026-03-31T12:00").await;
        let whole = app.call(reqwest::Method::POST, &path).by(&ana).await.expect(200);
        // What has begun stays.
        assert_eq!(each(&whole, "status"), ["confirmed", "cancelled", "cancelled", "cancelled", "cancelled", "cancelled"]);
        let again = app.call(reqwest::Method::POST, &path).by(&ana).await.expect(200);
        assert_eq!(again["version"], whole["version"]);
        let refused = changes(&house, &ana, &made, json!({"change": {"title": "Zadnja"}})).await.refused(422, "invalid");
        assert_eq!(refused["errors"][0]["code"], "nothing_ahead");
        house.is_sound();
    }

    async fn what_asks_is_decided_together(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        house.rules(&format!("/spaces/{room}"), json!({"approval": "always"})).await;
        let made = tuesdays(&house, &ana, &room).await;
        assert_eq!(each(&made, "status"), ["pending"; 6]);
        let path = |action: &str| format!("/series/{}/{action}", id(&made));
        app.post(&path("approve"), json!({})).if_match(version(&made)).by(&ana).await.refused(403, "forbidden");
        app.post(&path("approve"), json!({})).by(&house.manager).await.refused(428, "precondition_required");
        house.does(&house.manager, &reservation(&made, 5), "decline").await.expect(200);
        let now = seen(&house, &house.manager, &id(&made)).await;
        let approved = app.post(&path("approve"), json!({})).if_match(version(&now)).by(&house.manager).await.expect(200);
        assert_eq!(each(&approved, "status"), ["confirmed", "confirmed", "confirmed", "confirmed", "confirmed", "declined"]);
        // A move asks for each; declined, all stay where they were.
        let later = json!({"change": {"starts_at": "2026-03-10T14:00", "ends_at": "2026-03-10T15:00"}});
        let wished = changes(&house, &ana, &made, later.clone()).await.expect(200);
        assert_eq!(each(&wished, "change_requested")[0], true);
        assert_eq!(each(&wished, "starts_at")[0], "2026-03-10T10:00:00+01:00");
        house.asks(&house.manager, &room, "2026-03-10T14:00", "2026-03-10T15:00").await.refused(409, "slot_taken");
        let moved = app.post(&path("approve"), json!({})).if_match(version(&wished)).by(&house.manager).await.expect(200);
        assert_eq!((each(&moved, "starts_at")[4], each(&moved, "changed")[4]), (&json!("2026-04-07T14:00:00+02:00"), &json!(false)));
        let declined = app.post(&path("decline"), json!({"message": "Ne gre"})).by(&house.manager).await.expect(200);
        assert_eq!(declined["version"], moved["version"]);
        house.is_sound();
    }

    async fn two_edits_at_once_are_one_and_a_stale_one(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let made = tuesdays(&house, &ana, &room).await;
        let path = format!("/series/{}", id(&made));
        let to = |from: &str, to: &str| json!({"change": {"starts_at": format!("2026-03-10T{from}"), "ends_at": format!("2026-03-10T{to}")}});
        let calls = [to("12:00", "13:00"), to("14:00", "15:00")].map(|change| app.patch(&path, version(&made), change).by(&ana));
        let mut statuses: Vec<u16> = at_once(calls).await.iter().map(|reply| reply.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
        house.is_sound();
    }
}
