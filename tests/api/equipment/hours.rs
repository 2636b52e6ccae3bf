//! A pool is open when the space is that it goes along with, but for dates of which it says something itself; whoever's
//! hours change, what they leave out is listed, and nothing else (ADR 13).

use serde_json::{Value, json};

use super::{DAY, pool, some, wants};
use crate::support::{House, Person, TestApp, both, daily, id, version, with};

/// A room that is open from 6 to 23 in a venue that is from 8 to 20, a pool, and Ana.
async fn late_room(app: &TestApp) -> (House<'_>, [String; 2], Person) {
    let house = House::new(app).await;
    let room = house.room("Sejna soba").await;
    house.opens(&format!("/spaces/{room}"), daily("06:00", "23:00")).await;
    let projectors = pool(&house, "Projektorji", 2, json!({})).await;
    let ana = app.member("ana");
    (house, [room, projectors], ana)
}

/// New hours of a venue or a space, by its path: the reservations that they leave out.
async fn leaves_out(house: &House<'_>, path: &str, hours: Value) -> Value {
    let path = format!("{path}/opening-hours");
    let now = version(&house.get(&path).await.expect(200));
    let reply = house.put(&path, now, hours).by(&house.desk()).await;
    if reply.status == 200 {
        json!([])
    } else {
        reply.refused(409, "affected_reservations")["affected"].clone()
    }
}

both! {
    async fn a_pool_that_inherits_again_follows_the_room(app: TestApp) {
        let (house, [room, projectors], ana) = late_room(&app).await;
        let late = wants(&room, "21:00", "22:00", json!([some(&projectors, 1)]));
        let early = wants(&room, "07:00", "08:00", json!([some(&projectors, 1)]));
        let path = format!("/spaces/{projectors}");
        // Its own from that day on; of the days before it says nothing.
        house.opens(&path, with(daily("09:00", "17:00"), json!({"valid_from": "2026-03-04"}))).await;
        house.reserves(&ana, late.clone()).await.expect(201);
        house.opens(&path, with(daily("09:00", "17:00"), json!({"on_affected": "keep"}))).await;
        let refused = house.reserves(&ana, early.clone()).await.refused(422, "policy_refused");
        assert_eq!(refused["reasons"][0]["code"], "outside_hours");
        let hours = format!("{path}/opening-hours");
        let now = version(&app.get(&hours).await.expect(200));
        app.delete(&hours, now).by(&house.manager).await.expect(200);
        let checked = app.post("/reservations/check", early.clone()).by(&ana).await.expect(200);
        assert_eq!(checked["outcome"], "allow", "{checked}");
        house.reserves(&ana, early).await.expect(201);
        // By itself it is open when the venue is.
        let alone = ("2026-03-03T21:00", "2026-03-03T22:00");
        house.asks(&ana, &projectors, alone.0, alone.1).await.refused(422, "policy_refused");
        house.is_sound();
    }

    async fn other_hours_list_what_they_leave_out_and_nothing_else(app: TestApp) {
        let (house, [room, projectors], ana) = late_room(&app).await;
        let another = house.room("Studio").await;
        let with_it = |room: &str, from: &str, to: &str| wants(room, from, to, json!([some(&projectors, 1)]));
        let late = id(&house.reserves(&ana, with_it(&room, "21:00", "22:00")).await.expect(201));
        let noon = id(&house.reserves(&ana, with_it(&room, "12:00", "13:00")).await.expect(201));
        let there = id(&house.reserves(&ana, with_it(&another, "18:00", "19:00")).await.expect(201));
        let alone = id(&house.asks(&ana, &another, &format!("{DAY}T19:00"), &format!("{DAY}T20:00")).await.expect(201));
        let (venue, path) = (format!("/venues/{}", house.venue), format!("/spaces/{projectors}"));

        // Its first own hours: the room's were those that counted, so that even the late evening falls out.
        let ten_to_five = || daily("10:00", "17:00");
        let mut out = vec![late.clone(), there.clone()];
        let listed = |all: Value| {
            let mut all: Vec<String> = serde_json::from_value(all).unwrap();
            all.sort_unstable();
            all
        };
        out.sort_unstable();
        assert_eq!(listed(leaves_out(&house, &path, ten_to_five()).await), out);
        assert_eq!(leaves_out(&house, &path, daily("06:00", "23:00")).await, json!([]));

        // With hours of its own the venue's are no matter to it, only to the rooms that have them.
        let mut theirs = vec![alone.clone(), there.clone()];
        theirs.sort_unstable();
        assert_eq!(listed(leaves_out(&house, &venue, daily("08:00", "17:00")).await), theirs);
        // Other hours of its own again.
        assert_eq!(listed(leaves_out(&house, &path, daily("06:00", "19:00")).await), std::slice::from_ref(&late));
        // Inheriting takes nothing away: its rooms are open.
        let hours = format!("{path}/opening-hours");
        let now = version(&app.get(&hours).await.expect(200));
        app.delete(&hours, now).by(&house.manager).await.expect(200);
        // The room's hours are the pool's there again.
        assert_eq!(leaves_out(&house, &format!("/spaces/{room}"), daily("06:00", "21:30")).await, json!([late]));

        // What falls out is cancelled where that is asked.
        let cancel = with(daily("10:00", "17:00"), json!({"on_affected": "cancel"}));
        house.opens(&path, cancel).await;
        for (one, status) in [(&late, "cancelled"), (&there, "cancelled"), (&noon, "confirmed"), (&alone, "confirmed")] {
            assert_eq!(house.sees(&ana, one).await["status"], status);
        }
        house.is_sound();
    }

    async fn who_manages_a_pool_sees_where_its_things_are(app: TestApp) {
        let (house, [room, projectors], ana) = late_room(&app).await;
        let (bor, another) = (app.member("bor"), pool(&house, "Mikrofoni", 2, json!({})).await);
        let along = |from: &str, to: &str, pool: &str| wants(&room, from, to, json!([some(pool, 1)]));
        let first = id(&house.reserves(&bor, along("10:00", "11:00", &projectors)).await.expect(201));
        house.reserves(&ana, along("11:00", "12:00", &another)).await.expect(201);
        let by_itself = id(&house.asks(&ana, &projectors, &format!("{DAY}T12:00"), &format!("{DAY}T13:00")).await.expect(201));
        let gone = id(&house.reserves(&ana, along("13:00", "14:00", &projectors)).await.expect(201));
        house.does(&ana, &gone, "cancel").await.expect(200);
        let hour = json!({"max_duration_minutes": {"value": 60, "beyond": "ask"}});
        house.rules(&format!("/spaces/{room}"), hour).await;
        let wish = id(&house.asks(&ana, &room, &format!("{DAY}T14:00"), &format!("{DAY}T15:00")).await.expect(201));
        let more = json!({"ends_at": format!("{DAY}T16:00"), "equipment": [some(&projectors, 1)]});
        let path = format!("/reservations/{wish}");
        app.patch(&path, 1, more).by(&ana).await.expect(200);

        let list = async |person: &Person, more: &str| {
            let page = app.get(&format!("/reservations?space_id={projectors}{more}")).by(person).await.expect(200);
            let items: Vec<String> = page["items"].as_array().unwrap().iter().map(id).collect();
            (items, page["next"].as_str().map(str::to_owned))
        };
        let all = [&first, &by_itself, &gone, &wish].map(Clone::clone);
        assert_eq!(list(&house.manager, "").await.0, all);
        // Page by page they come in the same order, each once.
        let (mut paged, mut cursor) = (Vec::new(), String::new());
        loop {
            let (items, next) = list(&house.manager, &format!("&limit=1{cursor}")).await;
            paged.extend(items);
            let Some(next) = next else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(paged, all);
        assert_eq!(list(&house.manager, "&status=cancelled").await.0, std::slice::from_ref(&gone));
        assert_eq!(list(&house.manager, &format!("&from={DAY}T12:30&to={DAY}T13:30")).await.0, [by_itself.clone(), gone.clone()]);
        assert_eq!(list(&bor, "").await.0, std::slice::from_ref(&first));
    }
}
