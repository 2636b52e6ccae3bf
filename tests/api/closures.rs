//! Closing a whole venue in one step, looking first, and opening it again; and the blocks of all its spaces.

use serde_json::{Value, json};

use crate::support::{House, TestApp, both, daily, id};

/// Of a date on which nothing is.
pub fn closure() -> Value {
    json!({"first_date": "2027-05-03", "last_date": "2027-05-03", "reason": "Heating", "on_affected": "refuse"})
}

both! {
    async fn a_venue_closes_with_all_its_spaces_and_opens_again(app: TestApp) {
        let house = House::new(&app).await;
        let (room, own) = (house.room("Atelje").await, house.room("Galerija").await);
        house.opens(&format!("/spaces/{own}"), daily("06:00", "22:00")).await;
        let ana = app.member("ana");
        let first = house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T11:00").await;
        let second = house.has(&ana, &own, "2026-03-11T07:00", "2026-03-11T07:30").await;
        house.has(&ana, &own, "2026-03-12T10:00", "2026-03-12T11:00").await;
        let path = format!("/venues/{}/closures", house.venue);
        let closure = |on_affected: &str| {
            json!({"first_date": "2026-03-10", "last_date": "2026-03-11", "reason": "Ogrevanje", "on_affected": on_affected})
        };
        let ids = |of: &Value| of["affected"].as_array().unwrap().iter().map(id).collect::<Vec<_>>();
        let open = async |space: &str| {
            let path = format!("/spaces/{space}/availability?from=2026-03-10&to=2026-03-13");
            let days = house.get(&path).await.expect(200);
            let open = days["days"].as_array().unwrap().iter().map(|day| !day["open"].as_array().unwrap().is_empty());
            open.collect::<Vec<_>>()
        };

        let tried = house.post(&format!("{path}/preview"), closure("cancel")).by(&house.manager).await.expect(200);
        assert_eq!((ids(&tried), &tried["spaces_with_own_hours"]), (vec![id(&first), id(&second)], &json!([own])));
        let refused = house.post(&path, closure("refuse")).by(&house.manager).await.refused(409, "affected_reservations");
        assert_eq!(refused["affected"], json!([id(&first), id(&second)]));
        assert_eq!(open(&own).await, [true, true, true], "nothing was written");
        let key = |call: crate::support::Call| call.key("one-closure").by(&house.manager);
        let closed = key(house.post(&path, closure("cancel"))).await.expect(200);
        assert!(closed["affected"].as_array().unwrap().iter().all(|one| one["status"] == "cancelled"), "{closed}");
        let again = key(house.post(&path, closure("cancel"))).await;
        assert_eq!((again.header("idempotent-replayed"), ids(&again.json)), ("true", ids(&closed)));
        for space in [&room, &own] {
            assert_eq!(open(space).await, [false, false, true]);
        }
        let letters = app.await_letters(&ana.email, 5).await;
        assert_eq!(letters.iter().filter(|letter| letter.text.contains("Ogrevanje")).count(), 2, "{letters:?}");

        let query = |first: &str, last: &str| format!("{path}?first_date={first}&last_date={last}");
        let reopened = |first: &'static str, last: &'static str| {
            app.call(reqwest::Method::DELETE, &query(first, last)).by(&house.manager)
        };
        reopened("2026-03-11", "2026-03-11").await.expect(204);
        for space in [&room, &own] {
            assert_eq!(open(space).await, [false, true, true]);
        }
        for (first, last, code) in [("2026-03-01", "2026-03-11", "already_past"), ("2026-03-12", "2026-03-11", "not_after_start"),
            ("2026-03-12", "2028-03-11", "range_too_long")] {
            let refused = reopened(first, last).await.refused(422, "invalid");
            assert_eq!(refused["errors"][0]["code"], code);
        }

        // What the venue blocks, of all its spaces and within a range.
        for (space, day) in [(&room, "2026-03-16"), (&own, "2026-03-18")] {
            let block = json!({"starts_at": format!("{day}T08:00"), "ends_at": format!("{day}T09:00"), "reason": "Beljenje"});
            house.post(&format!("/spaces/{space}/blocks"), block).by(&house.manager).await.expect(201);
        }
        for (range, wanted) in [("", vec![&room, &own]), ("?from=2026-03-17", vec![&own]), ("?to=2026-03-18", vec![&room]),
            ("?from=2026-03-16T09:00&to=2026-03-18T08:00", vec![])] {
            let page = house.get(&format!("/venues/{}/blocks{range}", house.venue)).by(&house.manager).await.expect(200);
            let spaces: Vec<&str> = page["items"].as_array().unwrap().iter().map(|one| one["space_id"].as_str().unwrap()).collect();
            assert_eq!(spaces, wanted, "{range}");
        }
        house.is_sound();
    }
}
