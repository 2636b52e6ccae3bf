//! Spaces booked by days and by nights: what is whole is offered and taken, what is not is refused by name, and the
//! closed hours between are occupied, stand in no figure and cost what the tariff says of days and nights.

use serde_json::{Value, json};

use super::{field, outcome, tries};
use crate::support::{House, Person, Reply, TestApp, both, daily, id, meeting, version, with};

const FLAT: fn() -> Value = || json!({"kind": "flat", "capacity": 2, "booked_by": "nights", "arrival": "15:00", "departure": "10:00"});

/// Booked by days, from 8 to 20; closed on Thursday the 5th, and on Sunday the 8th.
async fn studio(house: &House<'_>) -> String {
    let studio = house.room_with("Studio", json!({"kind": "studio", "booked_by": "days"})).await;
    closes(house, &studio, &["2026-03-05", "2026-03-08"]).await;
    studio
}

async fn closes(house: &House<'_>, space: &str, dates: &[&str]) {
    let closed: Vec<Value> = dates.iter().map(|date| json!({"date": date, "hours": []})).collect();
    let hours = with(daily("08:00", "20:00"), json!({"exceptions": closed}));
    house.opens(&format!("/spaces/{space}"), hours).await;
}

/// `start/end outcome` of the slots on offer, local and without the year.
async fn offered(house: &House<'_>, space: &str, query: &str) -> Vec<String> {
    let answer = house.get(&format!("/spaces/{space}/availability?{query}")).await.expect(200);
    let days = answer["days"].as_array().unwrap().iter();
    let local = |slot: &Value, end: &str| slot[end].as_str().unwrap()[5..16].to_owned();
    let show = |slot: &Value| {
        let outcome = slot["outcome"].as_str().unwrap();
        format!("{}/{} {outcome}", local(slot, "starts_at"), local(slot, "ends_at"))
    };
    days.flat_map(|day| day["slots"].as_array().unwrap()).map(show).collect()
}

/// What a refusal says first: its code, limit and actual value.
#[track_caller]
fn reason(reply: Reply) -> Value {
    let refused = reply.refused(422, "policy_refused");
    let reason = &refused["reasons"][0];
    assert!(reason["message"].as_str().unwrap().len() > 20, "{reason}");
    json!([reason["code"], reason["limit"], reason["actual"], reason["unit"]])
}

async fn prices(house: &House<'_>, space: &str, pricing: Value) {
    let rates =
        json!([{"name": "Najem", "audience": "public", "pricing": pricing, "vat": {"code": "standard"}}]);
    let path = format!("/spaces/{space}/tariff");
    let at = version(&house.get(&path).await.expect(200));
    let tariff = json!({"prices_include_vat": true, "rates": rates});
    house.put(&path, at, tariff).by(&house.desk()).await.expect(200);
}

/// Everything offered for so many days or nights comes to what it says.
async fn each_offered_can_be_had(house: &House<'_>, person: &Person, space: &str, query: &str) -> usize {
    let answer = house.get(&format!("/spaces/{space}/availability?{query}")).by(person).await.expect(200);
    let days = answer["days"].as_array().unwrap().iter();
    let slots: Vec<&Value> = days.flat_map(|day| day["slots"].as_array().unwrap()).collect();
    for slot in &slots {
        let [from, to] = ["starts_at", "ends_at"].map(|end| slot[end].as_str().unwrap());
        let came = tries(house, person, &meeting(space, from, to)).await;
        let came = if ["allow", "ask"].contains(&came[0].as_str()) { came[0].as_str() } else { "refuse" };
        assert_eq!(slot["outcome"], came, "{slot}");
    }
    slots.len()
}

both! {
    async fn days_are_offered_and_booked_whole(app: TestApp) {
        let house = House::new(&app).await;
        let (studio, ana, bor) = (studio(&house).await, app.member("ana"), app.member("bor"));
        let week = "from=2026-03-03&to=2026-03-09";
        assert_eq!(offered(&house, &studio, week).await, [
            "03-03T08:00/03-03T20:00 allow", "03-04T08:00/03-04T20:00 allow",
            "03-06T08:00/03-06T20:00 allow", "03-07T08:00/03-07T20:00 allow",
        ]);
        assert_eq!(offered(&house, &studio, &format!("{week}&duration_minutes=1500")).await,
            ["03-03T08:00/03-04T20:00 allow", "03-06T08:00/03-07T20:00 allow"]);
        let shown = house.get(&format!("/spaces/{studio}/availability?{week}&duration_minutes=1500")).await.expect(200);
        assert_eq!((&shown["slot_minutes"], &shown["duration_minutes"]), (&json!(1440), &json!(2880)));
        // Opening time is what it is, and the days between are free as they are open.
        assert_eq!(shown["days"][2]["open"], json!([]));
        assert_eq!(shown["days"][1]["free"][0]["starts_at"], "2026-03-04T08:00:00+01:00");

        // By instants or by dates, the last one included.
        let two = meeting(&studio, "2026-03-03", "2026-03-04");
        assert_eq!(tries(&house, &ana, &two).await, ["allow"]);
        assert_eq!(tries(&house, &ana, &meeting(&studio, "2026-03-03T08:00", "2026-03-04")).await, ["allow"]);
        let made = house.reserves(&ana, two.clone()).await.expect(201);
        assert_eq!((&made["starts_at"], &made["ends_at"]),
            (&json!("2026-03-03T08:00:00+01:00"), &json!("2026-03-04T20:00:00+01:00")));
        // The night between is nobody else's.
        assert_eq!(offered(&house, &studio, week).await[..2], ["03-03T08:00/03-03T20:00 refuse", "03-04T08:00/03-04T20:00 refuse"]);
        assert_eq!(tries(&house, &bor, &two).await, ["slot_taken"]);

        // Shorter, and longer.
        let path = format!("/reservations/{}", id(&made));
        let shorter = app.patch(&path, 1, json!({"ends_at": "2026-03-03"})).by(&ana).await.expect(200);
        assert_eq!(shorter["ends_at"], "2026-03-03T20:00:00+01:00");
        let longer = app.patch(&path, 2, json!({"ends_at": "2026-03-06"})).by(&ana).await;
        assert_eq!(reason(longer), json!(["closed_date", null, "2026-03-05", "date"]));
        let moved = app.patch(&path, 2, json!({"starts_at": "2026-03-06", "ends_at": "2026-03-07"})).by(&ana).await.expect(200);
        assert_eq!(moved["starts_at"], "2026-03-06T08:00:00+01:00");
        house.is_sound();
    }

    async fn what_is_no_whole_day_or_night_is_refused_by_name(app: TestApp) {
        let house = House::new(&app).await;
        let (studio, ana) = (studio(&house).await, app.member("ana"));
        let flat = house.room_with("Stanovanje", FLAT()).await;
        closes(&house, &flat, &["2026-03-05"]).await;
        let room = house.room("Sejna soba").await;
        let at = |time: &str| format!("2026-03-0{time}:00+01:00");
        for (space, from, to, wanted) in [
            (&studio, "2026-03-03T09:00", "2026-03-03T20:00", json!(["not_whole_days", at("3T08:00"), at("3T09:00"), "instant"])),
            (&studio, "2026-03-03T08:00", "2026-03-04T12:00", json!(["not_whole_days", at("4T20:00"), at("4T12:00"), "instant"])),
            (&studio, "2026-03-04", "2026-03-06", json!(["closed_date", null, "2026-03-05", "date"])),
            (&studio, "2026-03-05", "2026-03-06", json!(["closed_date", null, "2026-03-05", "date"])),
            (&studio, "2026-03-04", "2026-03-05", json!(["closed_date", null, "2026-03-05", "date"])),
            (&flat, "2026-03-03T15:00", "2026-03-04T11:00", json!(["not_whole_nights", at("4T10:00"), at("4T11:00"), "instant"])),
            (&flat, "2026-03-03T12:00", "2026-03-04T10:00", json!(["not_whole_nights", at("3T15:00"), at("3T12:00"), "instant"])),
            (&flat, "2026-03-03", "2026-03-06", json!(["closed_date", null, "2026-03-05", "date"])),
            (&room, "2026-03-03T09:00", "2026-03-04T09:00", json!(["outside_hours", at("3T20:00"), at("4T09:00"), "instant"])),
        ] {
            let wish = meeting(space, from, to);
            assert_eq!(tries(&house, &ana, &wish).await.len(), 1, "{wish}");
            assert_eq!(reason(house.reserves(&ana, wish.clone()).await), wanted, "{wish}");
        }
        // A bare date says nothing where hours are booked, and a night needs two of them.
        for (space, from, to, wanted) in [
            (&room, "2026-03-03", "2026-03-03T10:00", "/starts_at time_needed"),
            (&room, "2026-03-03T09:00", "2026-03-03", "/ends_at time_needed"),
            (&flat, "2026-03-03", "2026-03-03", "/ends_at not_after_start"),
            (&studio, "2026-03-04", "2026-03-03", "/ends_at not_after_start"),
            (&studio, "2026-02-30", "2026-03-03", "/starts_at time_malformed"),
        ] {
            for path in ["/reservations", "/reservations/check"] {
                let reply = app.post(path, meeting(space, from, to)).by(&ana).await;
                assert_eq!(field(reply, "invalid"), wanted, "{from} {to}");
            }
        }
        house.reserves(&ana, meeting(&studio, "2100-05-05", "2100-05-06")).await.refused(422, "time_out_of_bounds");
        // The date of departure may be closed.
        assert_eq!(tries(&house, &ana, &meeting(&flat, "2026-03-03", "2026-03-05")).await, ["allow"]);
        // Staff may do as they like, and it is marked.
        let desk = house.desk();
        let checked = app.post("/reservations/check", meeting(&studio, "2026-03-04T12:00", "2026-03-06")).by(&desk).await.expect(200);
        assert_eq!((&checked["outcome"], &checked["reasons"][0]["code"]), (&json!("allow"), &json!("closed_date")));
    }

    async fn guests_come_when_the_last_have_left(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let flat = house.room_with("Stanovanje", with(FLAT(), json!({"teardown_minutes": 120}))).await;
        house.opens(&format!("/spaces/{flat}"), daily("00:00", "24:00")).await;
        // Over the night in which clocks change.
        let made = house.reserves(&ana, meeting(&flat, "2026-03-27", "2026-03-30")).await.expect(201);
        assert_eq!((&made["starts_at"], &made["ends_at"]),
            (&json!("2026-03-27T15:00:00+01:00"), &json!("2026-03-30T10:00:00+02:00")));
        assert_eq!(offered(&house, &flat, "from=2026-03-26&to=2026-03-31").await, [
            "03-26T15:00/03-27T10:00 allow", "03-27T15:00/03-28T10:00 refuse", "03-28T15:00/03-29T10:00 refuse",
            "03-29T15:00/03-30T10:00 refuse", "03-30T15:00/03-31T10:00 allow",
        ]);
        house.has(&bor, &flat, "2026-03-30", "2026-03-31").await;
        house.has(&bor, &flat, "2026-03-26", "2026-03-27").await;
        // Cleaning takes two hours, and a day is not enough for it.
        let patched = json!({"departure": "14:00", "teardown_minutes": 120});
        let path = format!("/spaces/{flat}");
        house.patch(&path, 1, patched).by(&house.desk()).await.expect(200);
        assert_eq!(offered(&house, &flat, "from=2026-03-31&to=2026-04-03").await,
            ["03-31T15:00/04-01T14:00 allow", "04-01T15:00/04-02T14:00 allow", "04-02T15:00/04-03T14:00 allow"]);
        house.has(&bor, &flat, "2026-04-01", "2026-04-02").await;
        assert_eq!(offered(&house, &flat, "from=2026-03-31&to=2026-04-03").await,
            ["03-31T15:00/04-01T14:00 refuse", "04-01T15:00/04-02T14:00 refuse", "04-02T15:00/04-03T14:00 refuse"]);
        house.is_sound();
    }

    async fn what_is_offered_of_days_and_nights_can_be_booked(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let (studio, flat) = (studio(&house).await, house.room_with("Stanovanje", FLAT()).await);
        // Kolpern's hours: over midnight on Friday and Saturday, two spans on Monday.
        let of = |days: Value, opens: &str, closes: &str| json!({"days": days, "opens": opens, "closes": closes});
        house.opens(&format!("/spaces/{flat}"), daily("09:00", "17:00")).await;
        house.opens(&format!("/spaces/{studio}"), json!({"holidays": "closed", "weekly": [
            of(json!(["mon"]), "08:00", "12:00"), of(json!(["mon"]), "13:00", "17:00"),
            of(json!(["tue", "wed", "thu"]), "08:00", "22:00"), of(json!(["fri", "sat"]), "09:00", "01:00"),
        ]})).await;
        let rules = json!({"min_notice_minutes": {"value": 1440, "beyond": "ask"}, "horizon_days": {"value": 30},
            "max_duration_minutes": {"value": 3600, "beyond": "ask"}});
        house.rules(&format!("/venues/{}", house.venue), rules).await;
        house.has(&bor, &studio, "2026-03-12", "2026-03-13").await;
        house.has(&bor, &flat, "2026-03-12", "2026-03-14").await;
        app.advance(60);
        let mut seen = 0;
        for space in [&studio, &flat] {
            for query in ["from=2026-03-02&to=2026-03-16", "from=2026-03-02&to=2026-03-09&duration_minutes=4000",
                "from=2026-03-26&to=2026-04-03"] {
                seen += each_offered_can_be_had(&house, &ana, space, query).await;
            }
        }
        assert!(seen > 40, "{seen}");
        // The search finds the first whole day, and says when the next one is.
        let found = app.get("/availability?from=2026-03-12&to=2026-03-14&kind=studio").by(&ana).await.expect(200);
        assert_eq!((&found["items"][0]["slots"], &found["items"][0]["next_free"]),
            (&json!([]), &json!("2026-03-14T09:00:00+01:00")));
    }

    async fn alternatives_are_of_as_many_days_or_nights(app: TestApp) {
        // The evening before: the first day has begun.
        app.advance(12 * 3600);
        let house = House::new(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let first = house.room_with("Prvi", json!({"booked_by": "days"})).await;
        let second = house.room_with("Drugi", json!({"booked_by": "days"})).await;
        // Of the same kind and booked by hours: it is not offered.
        house.room("Tretji").await;
        house.opens(&format!("/spaces/{second}"), daily("10:00", "02:00")).await;
        house.has(&bor, &first, "2026-03-04", "2026-03-05").await;
        for wish in [meeting(&first, "2026-03-04", "2026-03-05"), meeting(&first, "2026-03-04T08:00", "2026-03-05T20:00")] {
            let refused = house.reserves(&ana, wish).await.refused(409, "slot_taken");
            let offered = refused["alternatives"].as_array().unwrap();
            let wanted = [
                (&first, "2026-03-06T08:00:00+01:00", "2026-03-07T20:00:00+01:00"),
                (&first, "2026-03-07T08:00:00+01:00", "2026-03-08T20:00:00+01:00"),
                (&first, "2026-03-08T08:00:00+01:00", "2026-03-09T20:00:00+01:00"),
                (&first, "2026-03-09T08:00:00+01:00", "2026-03-10T20:00:00+01:00"),
                // The same dates by the other's hours.
                (&second, "2026-03-04T10:00:00+01:00", "2026-03-06T02:00:00+01:00"),
            ];
            let wanted = wanted.map(|(space, from, to)| json!({"space_id": space, "starts_at": from, "ends_at": to}));
            assert_eq!(*offered, wanted);
            for alternative in offered {
                let made = house.reserves(&ana, with(meeting(&first, "", ""), alternative.clone())).await.expect(201);
                house.does(&ana, &id(&made), "cancel").await.expect(200);
            }
        }
        house.is_sound();
    }

    async fn a_desk_is_the_same_through_a_stay(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let units = json!([{"label": "1"}, {"label": "2"}, {"label": "3"}]);
        let area = json!({"kind": "desk_area", "capacity": 1, "allocation": "each", "units": units, "booked_by": "days"});
        let area = house.space(with(area, json!({"name": "Pisarna"}))).await;
        let desks: Vec<String> = area["units"].as_array().unwrap().iter().map(id).collect();
        let area = id(&area);
        let at = |desk: usize| json!({"unit_ids": [desks[desk]]});
        // One desk is taken on the first day, another on the third: one is left that is free throughout.
        house.reserves(&bor, with(meeting(&area, "2026-03-03", "2026-03-03"), at(0))).await.expect(201);
        house.reserves(&bor, with(meeting(&area, "2026-03-05", "2026-03-05"), at(1))).await.expect(201);
        let stay = house.has(&ana, &area, "2026-03-03", "2026-03-05").await;
        assert_eq!(stay["unit_ids"], json!([desks[2]]));
        // Each day has a desk left, but none is free throughout: that is refused.
        let refused = house.asks(&bor, &area, "2026-03-03", "2026-03-05").await;
        assert_eq!(outcome(&refused), ["slot_taken"]);
        let two = house.has(&bor, &area, "2026-03-03", "2026-03-04").await;
        assert_eq!(two["unit_ids"], json!([desks[1]]));
        let last = house.has(&bor, &area, "2026-03-05", "2026-03-05").await;
        assert_eq!(last["unit_ids"], json!([desks[0]]));
        house.is_sound();
    }

    async fn the_closed_hours_between_cost_and_count_nothing(app: TestApp) {
        let house = House::new(&app).await;
        let ana = app.member("ana");
        let studio = house.room_with("Studio", json!({"kind": "studio", "booked_by": "days"})).await;
        let flat = house.room_with("Stanovanje", FLAT()).await;
        prices(&house, &studio, json!({"per_day": {"price": 6000}})).await;
        prices(&house, &flat, json!({"per_night": {"price": 4500}})).await;
        let price = |made: &Value| json!([made["price"]["total_gross"], made["price"]["lines"][0]["quantity"], made["price"]["lines"][0]["unit"]]);
        let days = house.reserves(&ana, meeting(&studio, "2026-03-10", "2026-03-12")).await.expect(201);
        assert_eq!(price(&days), json!([18_000, 3, "day"]));
        // Two nights from the 28th on, one of them short: the price is by nights.
        let nights = house.reserves(&ana, meeting(&flat, "2026-03-28", "2026-03-30")).await.expect(201);
        assert_eq!(price(&nights), json!([9000, 2, "night"]));
        let found = app.get("/availability?from=2026-03-10&to=2026-03-14&duration_minutes=2880&kind=flat").by(&ana).await.expect(200);
        assert_eq!(found["items"][0]["price_from"], json!({"minor": 9000, "currency": "EUR"}));

        app.advance(40 * 86_400);
        let desk = app.manager("naslednica", &house.venue);
        for (space, from, to, available, booked) in [
            // Twelve hours a day are open, and the two nights between are no use.
            (&studio, "2026-03-10", "2026-03-13", 36.0, 36.0),
            (&studio, "2026-03-09", "2026-03-13", 48.0, 36.0),
            // From 15 to 20 on the first day, a day, and from 8 to 10 on the last.
            (&flat, "2026-03-28", "2026-03-31", 36.0, 19.0),
        ] {
            let query = format!("/statistics/utilisation?space_id={space}&from={from}&to={to}");
            let totals = &app.get(&query).by(&desk).await.expect(200)["totals"];
            assert_eq!((&totals["available"]["hours"], &totals["booked"]["hours"]), (&json!(available), &json!(booked)), "{totals}");
            assert_eq!(totals["out_of_hours"]["hours"], json!(0.0), "{totals}");
        }
        house.is_sound();
    }

    async fn how_a_space_is_booked_stays_while_there_are_reservations(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Soba").await, app.member("ana"));
        let path = format!("/spaces/{room}");
        let desk = house.desk();
        let shown = app.get(&path).await.expect(200);
        assert_eq!((&shown["booked_by"], &shown["arrival"], &shown["departure"]), (&json!("hours"), &Value::Null, &Value::Null));
        let made = house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T11:00").await;
        let refused = app.patch(&path, 1, json!({"booked_by": "days"})).by(&desk).await.refused(409, "affected_reservations");
        assert_eq!(refused["affected"], json!([id(&made)]));
        house.does(&ana, &id(&made), "cancel").await.expect(200);
        let days = app.patch(&path, 1, json!({"booked_by": "days"})).by(&desk).await.expect(200);
        assert_eq!(days["booked_by"], "days");
        for (change, wanted) in [
            (json!({"arrival": "15:00"}), vec!["/arrival only_for_nights"]),
            (json!({"booked_by": "nights", "arrival": "15:00"}), vec!["/departure missing_field"]),
            (json!({"booked_by": "nights", "arrival": "15:00", "departure": "15:01"}), vec!["/departure departure_after_arrival"]),
        ] {
            let refused = app.patch(&path, 2, change).by(&desk).await.refused(422, "invalid");
            let errors = refused["errors"].as_array().unwrap().iter();
            let errors: Vec<String> = errors.map(|e| format!("{} {}", e["pointer"].as_str().unwrap(), e["code"].as_str().unwrap())).collect();
            assert_eq!(errors, wanted);
        }
        let nights = json!({"booked_by": "nights", "arrival": "15:00", "departure": "10:00"});
        let nights = app.patch(&path, 2, nights).by(&desk).await.expect(200);
        assert_eq!((&nights["arrival"], &nights["departure"]), (&json!("15:00"), &json!("10:00")));
        // Other hours hold for what comes; what is booked stays as it is.
        let stay = house.has(&ana, &room, "2026-03-03", "2026-03-05").await;
        let later = app.patch(&path, 3, json!({"arrival": "16:00"})).by(&desk).await.expect(200);
        assert_eq!(later["arrival"], "16:00");
        assert_eq!(house.sees(&ana, &id(&stay)).await["starts_at"], "2026-03-03T15:00:00+01:00");
        app.patch(&path, 4, json!({"departure": null})).by(&desk).await.refused(422, "invalid");
        house.does(&ana, &id(&stay), "cancel").await.expect(200);
        let hours = app.patch(&path, 4, json!({"booked_by": "hours"})).by(&desk).await.expect(200);
        assert_eq!((&hours["booked_by"], &hours["arrival"], &hours["departure"]), (&json!("hours"), &Value::Null, &Value::Null));
        house.is_sound();
    }

    async fn closing_a_date_meets_the_stays_over_it(app: TestApp) {
        let house = House::new(&app).await;
        let ana = app.member("ana");
        let studio = house.room_with("Studio", json!({"booked_by": "days"})).await;
        let flat = house.room_with("Stanovanje", FLAT()).await;
        let days = house.has(&ana, &studio, "2026-03-10", "2026-03-12").await;
        let nights = house.has(&ana, &flat, "2026-03-10", "2026-03-12").await;
        let path = format!("/venues/{}/opening-hours", house.venue);
        let closed = |date: &str| json!({"exceptions": [{"date": date, "hours": []}]});
        for (hours, wanted) in [
            (with(daily("08:00", "20:00"), closed("2026-03-11")), vec![&days, &nights]),
            // Departure is from a closed house, too.
            (with(daily("08:00", "20:00"), closed("2026-03-12")), vec![&days]),
            (daily("09:00", "20:00"), vec![&days]),
            (daily("08:00", "19:00"), vec![&days]),
        ] {
            let at = version(&house.get(&path).await.expect(200));
            let refused = house.put(&path, at, hours).by(&house.desk()).await.refused(409, "affected_reservations");
            let mut affected = refused["affected"].as_array().unwrap().clone();
            affected.sort_by_key(ToString::to_string);
            let mut wanted: Vec<Value> = wanted.into_iter().map(|each| each["id"].clone()).collect();
            wanted.sort_by_key(ToString::to_string);
            assert_eq!(affected, wanted);
        }
        // Longer hours take nothing from anybody, and hold for who comes next.
        house.opens(&format!("/venues/{}", house.venue), daily("07:00", "22:00")).await;
        assert_eq!(house.sees(&ana, &id(&days)).await["status"], "confirmed");
        let next = house.has(&ana, &studio, "2026-03-13", "2026-03-13").await;
        assert_eq!(next["starts_at"], "2026-03-13T07:00:00+01:00");
        house.is_sound();
    }
}
