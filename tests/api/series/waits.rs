//! What else meets a series: holds in its way, the venue's queue of approvals, and nobody coming.

use serde_json::json;

use super::{each, repeats, seen, series};
use crate::{
    decide::asking,
    support::{House, Person, TestApp, both, id, meeting, version, with},
};

const TEN: (&str, &str) = ("2026-03-03T10:00", "2026-03-03T11:00");

/// Keeps the room on that day from ten to eleven.
async fn keeps(house: &House<'_>, person: &Person, room: &str, day: &str) -> String {
    let slot = meeting(room, &format!("{day}T10:00"), &format!("{day}T11:00"));
    id(&house.reserves(person, with(slot, json!({"hold": true}))).await.expect(201))
}

both! {
    async fn holds_give_way_and_count_no_more(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, bor) = (house.room("Sejna soba").await, app.member("ana"), app.member("bor"));
        let daily = |more| series(&room, TEN, "FREQ=DAILY;COUNT=3", more);
        let dead = keeps(&house, &bor, &room, "2026-03-05").await;
        repeats(&house, &ana, daily(json!({}))).await.refused(409, "series_conflicts");
        app.advance(600);
        let [ana, bor] = [ana, bor].map(|person| person.renewed(&app));
        let own = keeps(&house, &ana, &room, "2026-03-04").await;
        let three = json!({"max_active": {"value": 3}, "quotas": [
            {"amount": 3, "count": "reservations", "per": "week", "by": "person", "over": "space"}]});
        house.rules(&format!("/spaces/{room}"), three).await;
        let preview = app.post("/series/preview", daily(json!({}))).by(&ana).await.expect(200);
        assert_eq!((&preview["created"], &preview["refusal"]), (&json!(3), &json!(null)), "{preview}");
        let made = repeats(&house, &ana, daily(json!({}))).await.expect(201);
        for (person, hold) in [(&ana, &own), (&bor, &dead)] {
            assert_eq!(house.sees(person, hold).await["status"], "expired");
        }
        house.does(&ana, &own, "confirm").await.refused(409, "hold_expired");

        // An edit moves the series over one, too.
        house.rules(&format!("/spaces/{room}"), json!({})).await;
        let later = meeting(&room, "2026-03-04T12:00", "2026-03-04T13:00");
        let own = id(&house.reserves(&ana, with(later, json!({"hold": true}))).await.expect(201));
        let noon = json!({"change": {"starts_at": "2026-03-03T12:00", "ends_at": "2026-03-03T13:00"}});
        let path = format!("/series/{}", id(&made));
        app.patch(&path, version(&made), noon).by(&ana).await.expect(200);
        assert_eq!(house.sees(&ana, &own).await["status"], "expired");
        house.is_sound();
    }

    async fn a_series_is_never_held(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let held = with(meeting(&room, TEN.0, TEN.1), json!({"hold": true}));
        let asked = series(&room, TEN, "FREQ=DAILY;COUNT=3", json!({"template": held}));
        for path in ["/series", "/series/preview"] {
            let refused = app.post(path, asked.clone()).by(&ana).await.refused(422, "invalid");
            assert_eq!(refused["errors"][0]["pointer"], "/template/hold");
        }
    }

    async fn the_venue_is_asked_and_reminded_once_and_answers_at_once(app: TestApp) {
        let (house, room) = asking(&app).await;
        let (ana, dora) = (app.member("ana"), app.member("dora"));
        let put = app.call(reqwest::Method::PUT, &format!("/venues/{}/delegates/{}", house.venue, dora.id));
        put.by(&house.manager).await.expect(200);
        let ten = ("2026-03-10T10:00", "2026-03-10T11:00");
        let made = repeats(&house, &ana, series(&room, ten, "FREQ=DAILY;COUNT=5", json!({}))).await.expect(201);
        let first = each(&made, "reservation_id")[0].as_str().unwrap().to_owned();
        house.does(&ana, &first, "cancel").await.expect(200);
        let queue = format!("/venues/{}/approvals", house.venue);
        let waiting = app.get(&queue).by(&house.manager).await.expect(200);
        assert_eq!(waiting["items"].as_array().unwrap().len(), 4);
        for (at, mails) in [
            ("2026-03-03T18:59:59Z", 1), ("2026-03-03T19:00:00Z", 2), ("2026-03-04T19:00:00Z", 2),
        ] {
            house.at(at);
            app.run_jobs();
            app.run_jobs();
            for who in [&house.manager, &dora] {
                let asked = app.queued_for(&who.email).iter().filter(|kind| *kind != "standing").count();
                assert_eq!(asked, mails, "{at}");
            }
        }
        let dora = dora.renewed(&app);
        let now = seen(&house, &dora, &id(&made)).await;
        let approved = app.post(&format!("/series/{}/approve", id(&made)), json!({}));
        let approved = approved.if_match(version(&now)).by(&dora).await.expect(200);
        assert_eq!(each(&approved, "status"), ["cancelled", "confirmed", "confirmed", "confirmed", "confirmed"]);
        assert_eq!(app.get(&queue).by(&dora).await.expect(200)["items"], json!([]));
        house.is_sound();
    }

    async fn what_nobody_answers_leaves_the_queue(app: TestApp) {
        let (house, room) = asking(&app).await;
        let ana = app.member("ana");
        let ten = ("2026-03-10T10:00", "2026-03-10T11:00");
        let made = repeats(&house, &ana, series(&room, ten, "FREQ=DAILY;COUNT=3", json!({}))).await.expect(201);
        house.at("2026-03-06T08:00:00Z");
        app.run_jobs();
        let ana = ana.renewed(&app);
        assert_eq!(each(&seen(&house, &ana, &id(&made)).await, "status"), ["expired"; 3]);
        let queue = format!("/venues/{}/approvals", house.venue);
        assert_eq!(app.get(&queue).by(&house.desk()).await.expect(200)["items"], json!([]));
        house.is_sound();
    }

    async fn each_date_is_awaited_by_itself(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        house.rules(&format!("/spaces/{room}"), json!({"check_in_required": true})).await;
        let made = repeats(&house, &ana, series(&room, TEN, "FREQ=DAILY;COUNT=3", json!({}))).await.expect(201);
        let letter = app.await_letters(&ana.email, 1).await.remove(0);
        assert!(letter.text.contains("Please check in on each date"), "{}", letter.text);
        house.at("2026-03-03T09:15:00Z");
        app.run_jobs();
        let ana = ana.renewed(&app);
        let now = seen(&house, &ana, &id(&made)).await;
        assert_eq!(each(&now, "status"), ["no_show", "confirmed", "confirmed"]);
        house.at("2026-03-04T08:50:00Z");
        let ana = ana.renewed(&app);
        let second = each(&made, "reservation_id")[1].as_str().unwrap();
        house.does(&ana, second, "check-in").await.expect(200);
        // What somebody came to stays, and so does what nobody came to.
        let given_up = app.post(&format!("/series/{}/cancel", id(&made)), json!({})).by(&ana).await.expect(200);
        assert_eq!(each(&given_up, "status"), ["no_show", "checked_in", "cancelled"]);
        house.is_sound();
    }
}
