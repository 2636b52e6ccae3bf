//! The waiting list: who waits longest for what comes free is held it, and told (DESIGN 4).

mod of_venue;
mod offers;
mod races;

use diesel::prelude::*;
use prostor::store::schema::waiting_entries;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Call, House, Options, Person, TestApp, both, daily, id, meeting, version, with};

/// A Tuesday, the day after the clock's beginning.
const DAY: &str = "2026-03-03";

/// An hour somewhere between two times of the day.
fn hour(space: &str, from: &str, to: &str) -> Value {
    json!({"space_id": space, "from": format!("{DAY}T{from}"), "to": format!("{DAY}T{to}"),
        "duration_minutes": 60, "title": "Vaja", "purpose": "rehearsal"})
}

async fn joins(house: &House<'_>, person: &Person, entry: Value) -> Value {
    house.post("/waiting-list", entry).by(person).await.expect(201)
}

async fn sees(house: &House<'_>, person: &Person, entry: &Value) -> Value {
    house.get(&format!("/waiting-list/{}", id(entry))).by(person).await.expect(200)
}

/// A room taken from ten to eleven, by whom, and the reservation.
async fn taken<'a>(app: &'a TestApp) -> (House<'a>, String, Person, Value) {
    let house = House::new(app).await;
    let (room, bor) = (house.room("Sejna soba").await, app.member("bor"));
    let taken = house.has(&bor, &room, &format!("{DAY}T10:00"), &format!("{DAY}T11:00")).await;
    (house, room, bor, taken)
}

/// The one refused field of an answer.
fn field(body: &Value) -> String {
    let error = &body["errors"][0];
    format!("{} {}", error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap())
}

both! {
    async fn joining_is_for_what_can_still_come(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let (area, _) = house.desks("Pisarna", 2).await;
        let base = hour(&room, "10:00", "12:00");
        for (more, wanted) in [
            (json!({"to": format!("{DAY}T10:00")}), "/to not_after_start"),
            (json!({"to": format!("{DAY}T10:59")}), "/to nothing_fits"),
            (json!({"from": "2026-02-01", "to": "2026-03-02T08:30"}), "/to nothing_fits"),
            (json!({"to": "2026-07-01"}), "/to range_too_long"),
            (json!({"from": "1990-01-01", "to": "1990-01-02"}), "/from time_out_of_bounds"),
            (json!({"duration_minutes": 0}), "/duration_minutes out_of_range"),
            (json!({"duration_minutes": 50_000}), "/duration_minutes out_of_range"),
            (json!({"quantity": 0}), "/quantity out_of_range"),
            (json!({"quantity": 2}), "/quantity out_of_range"),
            (json!({"quantity": 3, "space_id": area}), "/quantity out_of_range"),
            (json!({"attendees": 100_001}), "/attendees too_large"),
            (json!({"space_id": "spc_01h455vb4pex5vsknk084sn02q"}), "/space_id unknown"),
            (json!({"organisation_id": "org_01h455vb4pex5vsknk084sn02q"}), "/organisation_id unknown"),
            (json!({"note": "?"}), "/note unknown_field"),
        ] {
            let reply = app.post("/waiting-list", with(base.clone(), more.clone())).by(&ana).await;
            let refused = reply.expect(422);
            assert_eq!(field(&refused), wanted, "{more}");
        }
        app.post("/waiting-list", base.clone()).by(&app.newcomer("nina")).await.refused(403, "address_unverified");
        let reply = app.post("/waiting-list", base.clone()).by(&ana).key("join").await;
        let location = reply.header("location").to_owned();
        let entry = reply.expect(201);
        assert_eq!(location, format!("/api/v1/waiting-list/{}", id(&entry)));
        assert_eq!((&entry["state"], &entry["offer"], &entry["quantity"]), (&json!("waiting"), &Value::Null, &json!(1)));
        assert_eq!(entry["from"], format!("{DAY}T10:00:00+01:00"));
        assert_eq!(app.post("/waiting-list", base.clone()).by(&ana).key("join").await.header("idempotent-replayed"), "true");
        // Nobody stands in one queue twice.
        app.post("/waiting-list", hour(&room, "11:00", "14:00")).by(&ana).await.refused(409, "duplicate");
        for from in 12..20 {
            let (from, to) = (format!("{from}:00"), format!("{}:00", from + 1));
            joins(&house, &ana, hour(&room, &from, &to)).await;
        }
        for day in 4..14 {
            let other = json!({"from": format!("2026-03-{day:02}T10:00"), "to": format!("2026-03-{day:02}T12:00")});
            joins(&house, &ana, with(base.clone(), other)).await;
        }
        joins(&house, &ana, hour(&area, "10:00", "12:00")).await;
        let many = app.post("/waiting-list", hour(&area, "12:00", "13:00")).by(&ana).await.refused(422, "invalid");
        assert_eq!(field(&many), " too_many_waiting");
        let first = app.get("/waiting-list?limit=16").by(&ana).await;
        assert!(first.header("link").contains("rel=\"next\""));
        let first = first.expect(200);
        let rest = format!("/waiting-list?limit=16&cursor={}", first["next"].as_str().unwrap());
        let rest = app.get(&rest).by(&ana).await.expect(200);
        assert_eq!((&first["items"][0], rest["items"].as_array().unwrap().len()), (&entry, 4));
        house.is_sound();
    }

    /// What no cancellation brings is refused as the reservation would be; what is taken, or not one's yet, is waited for.
    async fn nobody_waits_for_what_can_never_come(app: TestApp) {
        let house = House::new(&app).await;
        let (room, flat, ana) = (house.room("Sejna soba").await, house.room_with("Stanovanje",
            json!({"kind": "flat", "booked_by": "nights", "arrival": "15:00", "departure": "11:00"})).await, app.member("ana"));
        house.opens(&format!("/spaces/{flat}"), with(daily("00:00", "24:00"), json!({"exceptions": [
            {"date": "2026-03-10", "hours": []}]}))).await;
        let rules = json!({"min_notice_minutes": {"value": 120}, "max_duration_minutes": {"value": 180},
            "horizon_days": {"value": 30}, "quotas": [{"amount": 1, "count": "hours", "per": "day", "by": "person", "over": "space"}]});
        house.rules(&format!("/spaces/{room}"), rules).await;
        let minutes = |n: u32| json!({"duration_minutes": n});
        let nights = |from: &str, to: &str| json!({"space_id": flat, "from": from, "to": to, "duration_minutes": 1440});
        for (more, wanted) in [
            (hour(&room, "20:00", "22:00"), "outside_hours"),
            (hour(&room, "19:30", "21:00"), "outside_hours"),
            (hour(&room, "05:00", "08:45"), "outside_hours"),
            (hour(&room, "10:07", "11:07"), "off_grid"),
            (with(hour(&room, "10:00", "12:00"), minutes(50)), "off_grid"),
            (with(hour(&room, "10:00", "12:00"), minutes(7)), "too_short"),
            (with(hour(&room, "08:00", "20:00"), minutes(240)), "too_long"),
            (with(hour(&room, "10:00", "12:00"), json!({"attendees": 13})), "over_capacity"),
            (with(hour(&room, "", ""), json!({"from": "2026-03-02T08:00", "to": "2026-03-02T10:00"})), "too_late"),
            (with(hour(&flat, "", ""), nights("2026-03-10", "2026-03-11")), "closed_date"),
        ] {
            let refused = app.post("/waiting-list", more.clone()).by(&ana).await.refused(422, "policy_refused");
            let reasons: Vec<&str> = refused["reasons"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
            assert!(reasons.contains(&wanted), "{more}: {refused}");
        }
        for more in [
            hour(&room, "06:00", "09:00"),
            with(hour(&room, "", ""), json!({"from": "2026-05-04T10:00", "to": "2026-05-04T11:00"})),
            with(hour(&room, "10:00", "12:00"), minutes(120)),
            with(hour(&flat, "", ""), nights("2026-03-09", "2026-03-12")),
        ] {
            app.post("/waiting-list", more).by(&ana).await.expect(201);
        }
        house.is_sound();
    }

    async fn an_entry_is_ones_own(app: TestApp) {
        let (house, room, bor, _) = taken(&app).await;
        let ana = app.member("ana");
        let entry = joins(&house, &ana, hour(&room, "10:00", "11:00")).await;
        let path = format!("/waiting-list/{}", id(&entry));
        for stranger in [&bor, &house.manager, &house.root] {
            app.get(&path).by(stranger).await.refused(404, "not_found");
            app.delete(&path, 1).by(stranger).await.refused(404, "not_found");
            assert_eq!(app.get("/waiting-list").by(stranger).await.expect(200)["items"], json!([]));
        }
        assert_eq!(app.get("/me/export").by(&ana).await.expect(200)["waiting"], json!([entry]));
        app.call(Method::DELETE, &path).by(&ana).await.refused(428, "precondition_required");
        app.delete(&path, 2).by(&ana).await.refused(412, "precondition_failed");
        app.delete(&path, 1).by(&ana).key("leave").await.expect(204);
        assert_eq!(app.delete(&path, 1).by(&ana).key("leave").await.header("idempotent-replayed"), "true");
        app.get(&path).by(&ana).await.refused(404, "not_found");
        // It goes with the account.
        joins(&house, &ana, hour(&room, "10:00", "11:00")).await;
        app.delete("/me", 1).by(&ana).await.expect(204);
        house.does(&bor, &id(&house.has(&bor, &room, "2026-03-05T10:00", "2026-03-05T11:00").await), "cancel").await.expect(200);
        app.run_jobs();
        assert!(app.queued_for(&ana.email).iter().all(|kind| kind == "standing"), "the last mail at most");
        house.is_sound();
    }

    async fn waiting_ends_when_nothing_can_come_any_more(app: TestApp) {
        let (house, room, _, _) = taken(&app).await;
        let ana = app.member("ana");
        let entry = joins(&house, &ana, hour(&room, "10:00", "11:00")).await;
        for (now, wanted) in [("2026-03-03T09:00:00Z", "waiting"), ("2026-03-03T09:00:01Z", "over")] {
            house.at(now);
            let ana = ana.renewed(&app);
            for _ in 0..2 {
                assert_eq!(sees(&house, &ana, &entry).await["state"], wanted, "{now}");
                app.run_jobs();
            }
        }
        assert_eq!(app.queued_for(&ana.email), Vec::<String>::new());
        house.is_sound();
        // Written down at the next look, and forgotten a month later.
        house.at("2026-03-03T09:10:00Z");
        app.run_jobs();
        house.at("2026-04-03T09:00:00Z");
        app.run_jobs();
        let left: i64 = waiting_entries::table.count().get_result(&mut *app.connection()).unwrap();
        assert_eq!(left, 0);
    }
}
