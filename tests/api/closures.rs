//! Closing a whole venue in one step, looking first, and opening it again; and the blocks of all its spaces.

use serde_json::{Value, json};

use crate::support::{House, TestApp, both, daily, id, with};

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
        let opened = reopened("2026-03-11", "2026-03-11").await.expect(200);
        assert_eq!(opened, json!({"opened": ["2026-03-11"], "restored": [], "kept": []}));
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

    async fn opening_again_brings_back_the_hours_of_single_dates_unless_others_were_given_since(app: TestApp) {
        let house = House::new(&app).await;
        let (room, shut) = (house.room("Atelje").await, house.room("Galerija").await);
        let on = |date: &str, hours: &[&str], reason: &str| {
            let hours: Vec<_> = hours.iter().map(|closes| json!({"opens": "10:00", "closes": closes})).collect();
            json!({"date": date, "hours": hours, "reason": reason})
        };
        let hours = |exceptions: Value| with(daily("08:00", "20:00"), json!({"exceptions": exceptions}));
        let venue = format!("/venues/{}", house.venue);
        let short = on("2026-03-10", &["14:00"], "Inventura");
        house.opens(&venue, hours(json!([short, on("2026-03-11", &["12:00"], "Praznik")]))).await;
        let painted = on("2026-03-10", &[], "Beljenje");
        house.opens(&format!("/spaces/{shut}"), hours(json!([painted]))).await;
        let exceptions = async |of: &str| house.get(&format!("{of}/opening-hours")).await.expect(200)["exceptions"].clone();
        let close = async |first: &str, last: &str, reason: &str| {
            let closure = json!({"first_date": first, "last_date": last, "reason": reason});
            house.post(&format!("{venue}/closures"), closure).by(&house.manager).await.expect(200)
        };
        let reopen = async |first: &str, last: &str| {
            let query = format!("{venue}/closures?first_date={first}&last_date={last}");
            app.call(reqwest::Method::DELETE, &query).by(&house.manager).await.expect(200)
        };
        let of = |space: Value, exception: &Value| with(exception.clone(), json!({"space_id": space}));

        // Closed twice over, it goes back to what was before both.
        close("2026-03-10", "2026-03-12", "Ogrevanje").await;
        close("2026-03-10", "2026-03-10", "Poplava").await;
        let [flood, heating] = ["Poplava", "Ogrevanje"].map(|reason| move |date| on(date, &[], reason));
        let closed = json!([flood("2026-03-10"), heating("2026-03-11"), heating("2026-03-12")]);
        assert_eq!(exceptions(&venue).await, closed);
        assert_eq!(exceptions(&format!("/spaces/{shut}")).await, closed);
        // Hours that are sent back as they were read leave closures what they are; other ones of a date end its closure.
        let other = on("2026-03-11", &["13:00"], "Vaja");
        house.opens(&venue, hours(json!([flood("2026-03-10"), other, heating("2026-03-12")]))).await;
        house.opens(&format!("/spaces/{shut}"), hours(closed)).await;
        let opened = reopen("2026-03-10", "2026-03-12").await;
        let shut_id = json!(shut);
        assert_eq!(opened, json!({"opened": ["2026-03-12"], "restored": [of(Value::Null, &short), of(shut_id, &painted)],
            "kept": [of(Value::Null, &other)]}));
        assert_eq!(exceptions(&venue).await, json!([short, other]));
        assert_eq!(exceptions(&format!("/spaces/{shut}")).await, json!([painted]));
        assert_eq!(exceptions(&format!("/spaces/{room}")).await, json!([short, other]));

        // A closed date that hours say by themselves is opened by the venue's, and not by a space's.
        house.opens(&venue, hours(json!([heating("2026-03-13")]))).await;
        let opened = reopen("2026-03-10", "2026-03-13").await;
        assert_eq!(opened, json!({"opened": ["2026-03-13"], "restored": [], "kept": [of(json!(shut), &painted)]}));
        assert_eq!(reopen("2026-03-14", "2026-03-14").await, json!({"opened": [], "restored": [], "kept": []}));
        house.is_sound();
    }

    /// What comes back is told by date, in whichever order it was written.
    async fn opening_again_tells_the_dates_in_their_order(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Atelje").await;
        let on = |date: &str| json!({"date": date, "hours": [], "reason": "Beljenje"});
        let dates = ["2026-03-12", "2026-03-10", "2026-03-13", "2026-03-11"];
        let own = with(daily("08:00", "20:00"), json!({"exceptions": dates.map(on)}));
        house.opens(&format!("/spaces/{room}"), own).await;
        let path = format!("/venues/{}/closures", house.venue);
        let told = async |query: &str| {
            let reopened = app.call(reqwest::Method::DELETE, &format!("{path}?{query}")).by(&house.manager).await.expect(200);
            ["restored", "kept"].map(|what| {
                reopened[what].as_array().unwrap().iter().map(|one| one["date"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
            })
        };
        let mut sorted = dates.map(str::to_owned).to_vec();
        sorted.sort();
        assert_eq!(told("first_date=2026-03-09&last_date=2026-03-14").await, [vec![], sorted.clone()]);
        // Closed day by day, the later ones first.
        for date in dates {
            let closure = json!({"first_date": date, "last_date": date, "reason": "Ogrevanje"});
            house.post(&path, closure).by(&house.manager).await.expect(200);
        }
        assert_eq!(told("first_date=2026-03-09&last_date=2026-03-14").await, [sorted, vec![]]);
        house.is_sound();
    }
}
