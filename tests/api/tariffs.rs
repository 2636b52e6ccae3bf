//! Tariffs, the quotes made by them, and what not coming costs (DESIGN 4, Tariff).

use serde_json::{Value, json};

use crate::support::{House, TestApp, both, id, meeting, version, with};

/// 15 euros an hour, free for the house; a projector, and coffee for up to ten.
fn tariff() -> Value {
    let vat = json!({"code": "standard"});
    json!({
        "prices_include_vat": true,
        "rates": [
            {"name": "Ura", "audience": "public", "pricing": {"per_started": {"minutes": 60, "price": 1500}}, "vat": vat},
            {"audience": "staff", "pricing": "free", "vat": vat},
        ],
        "extras": [
            {"name": "Projektor", "basis": "reservation", "price": 1000, "vat": vat},
            {"name": "Kava", "basis": "person", "price": 250, "vat": {"code": "reduced"}, "maximum": 10},
        ],
        "cancellation": {"late": {"percent": 50}, "no_show": "full"},
    })
}

/// The same at other prices of an hour.
fn at(price: u32) -> Value {
    let mut tariff = tariff();
    tariff["rates"][0]["pricing"]["per_started"]["price"] = json!(price);
    tariff
}

/// One that nobody has put, to be tried.
pub fn trial() -> Value {
    json!({"tariff": {"prices_include_vat": true}, "starts_at": "2026-03-03T08:00", "ends_at": "2026-03-03T09:00"})
}

async fn puts(house: &House<'_>, space: &str, tariff: Value) -> Value {
    let path = format!("/spaces/{space}/tariff");
    let version = version(&house.get(&path).await.expect(200));
    house.put(&path, version, tariff).by(&house.desk()).await.expect(200)
}

async fn priced_room(house: &House<'_>) -> String {
    let room = house.room("Sejna soba").await;
    puts(house, &room, tariff()).await;
    room
}

/// A Tuesday.
fn request(space: &str, from: &str, to: &str, more: Value) -> Value {
    with(meeting(space, &format!("2026-03-03T{from}"), &format!("2026-03-03T{to}")), more)
}

fn euros(minor: i64) -> Value {
    json!({"minor": minor, "currency": "EUR"})
}

/// Name, quantity, net, VAT, gross of each line.
fn lines(price: &Value) -> Vec<Value> {
    let lines = price["lines"].as_array().unwrap().iter();
    lines
        .map(|line| json!([line["name"], line["quantity"], line["net"], line["vat"], line["gross"]]))
        .collect()
}

both! {
    async fn every_space_has_a_tariff_and_its_staff_put_another(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Sejna soba").await;
        let path = format!("/spaces/{room}/tariff");
        let silent = json!({"currency": "EUR", "prices_include_vat": false, "seasons": [], "rates": [], "extras": [],
            "cancellation": {"late": "none", "no_show": "none"}, "version": 1});
        assert_eq!(house.get(&path).await.expect(200), silent);
        house.call(reqwest::Method::PUT, &path).json(tariff()).by(&house.desk()).await
            .refused(428, "precondition_required");
        let put = house.put(&path, 1, tariff()).by(&house.desk()).key("once").await.expect(200);
        assert_eq!((version(&put), &put["rates"][0]["name"]), (2, &json!("Ura")));
        let again = house.put(&path, 1, tariff()).by(&house.desk()).key("once").await;
        assert_eq!(again.header("idempotent-replayed"), "true");
        house.put(&path, 1, tariff()).by(&house.desk()).await.refused(412, "precondition_failed");
        assert_eq!(house.get(&path).await.expect(200), put);
        house.is_sound();
    }

    async fn what_nobody_can_mean_is_refused_at_its_place(app: TestApp) {
        let house = House::new(&app).await;
        let path = format!("/spaces/{}/tariff", house.room("Sejna soba").await);
        let replaced = |pointer: &str, value: Value| {
            let mut tariff = tariff();
            *tariff.pointer_mut(pointer).unwrap() = value;
            tariff
        };
        for (body, pointer, code) in [
            (replaced("/rates/0/pricing/per_started/price", json!(-1)), "/rates/0/pricing/per_started/price", "negative"),
            (replaced("/rates/0/pricing/per_started/minutes", json!(0)), "/rates/0/pricing/per_started/minutes", "zero"),
            (replaced("/rates/0/audience", json!("member")), "/rates", "public_uncovered"),
            (replaced("/rates/0/vat/code", json!("exempt")), "/rates/0/vat/legal", "legal_missing"),
            (replaced("/extras/1/name", json!("Projektor")), "/extras/1/name", "repeated"),
            (replaced("/cancellation/late/percent", json!(101)), "/cancellation/late/percent", "out_of_range"),
        ] {
            let refused = house.put(&path, 1, body).by(&house.desk()).await.refused(422, "invalid");
            let errors: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|e| (&e["pointer"], &e["code"])).collect();
            assert_eq!(errors, [(&json!(pointer), &json!(code))], "{refused}");
        }
        // Tried first, it is refused at its place there, and prices by what nobody has put.
        let tried = |tariff: Value, more: Value| {
            let body = json!({"tariff": tariff, "starts_at": "2026-03-03T10:00", "ends_at": "2026-03-03T11:30"});
            house.post(&format!("{path}/quote"), with(body, more)).by(&house.manager)
        };
        let refused = tried(replaced("/rates/0/vat/code", json!("exempt")), json!({})).await.refused(422, "invalid");
        assert_eq!(refused["errors"][0]["pointer"], "/tariff/rates/0/vat/legal");
        let coffee = json!({"attendees": 4, "extras": [{"name": "Kava"}]});
        for (tariff, more, gross) in [(tariff(), json!({}), 3000), (at(2000), json!({}), 4000), (tariff(), coffee, 4000),
            (tariff(), json!({"audience": "staff"}), 0)] {
            let priced = tried(tariff, more).await.expect(200);
            assert_eq!(priced["price"]["total_gross"], gross, "{priced}");
        }
        for (more, pointer, code) in [(json!({"extras": [{"name": "Čaj"}]}), "/extras/0/name", "extra_unknown"),
            (json!({"extras": [{"name": "Kava"}]}), "/attendees", "attendees_needed"), (json!({"quantity": 0}), "/quantity", "out_of_range"),
            (json!({"ends_at": "2026-03-03T09:00"}), "/ends_at", "not_after_start")] {
            let refused = tried(tariff(), more).await.refused(422, "invalid");
            assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!(pointer), &json!(code)));
        }
        assert_eq!(version(&house.get(&path).await.expect(200)), 1);
    }

    async fn the_dry_run_and_the_reservation_have_the_same_price(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (priced_room(&house).await, app.member("ana"));
        let extras = json!({"attendees": 4, "extras": [{"name": "Projektor"}, {"name": "Kava"}]});
        let wanted = request(&room, "10:00", "11:30", extras);
        let checked = house.post("/reservations/check", wanted.clone()).by(&ana).await.expect(200);
        let made = house.reserves(&ana, wanted).await.expect(201);
        assert_eq!(checked["price"], made["price"]);
        let price = &made["price"];
        // VAT of the 40 euros at 22 % is 7.21, and the second line bears what it adds.
        assert_eq!(lines(price), [
            json!(["Ura", 2, 2459, 541, 3000]),
            json!(["Projektor", 1, 820, 180, 1000]),
            json!(["Kava", 4, 913, 87, 1000]),
        ]);
        assert_eq!((&price["total_gross"], &price["full_price"], &price["subsidy"]), (&json!(5000), &json!(5000), &json!(0)));
        assert_eq!(house.sees(&ana, &id(&made)).await["price"], *price);
        // Whoever is not signed in sees the public's price; where nothing is asked for there is none.
        let anybody = house.post("/reservations/check", request(&room, "14:00", "15:00", json!({}))).await.expect(200);
        assert_eq!(anybody["price"]["total_gross"], 1500);
        let free = house.room("Prosta soba").await;
        assert_eq!(house.has(&ana, &free, "2026-03-03T10:00", "2026-03-03T11:00").await["price"], Value::Null);
        house.is_sound();
    }

    async fn extras_that_cannot_be_had_are_named(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (priced_room(&house).await, app.member("ana"));
        let free = house.room("Prosta soba").await;
        let coffee = |quantity: u32| json!([{"name": "Projektor"}, {"name": "Kava", "quantity": quantity}]);
        for (space, more, pointer, code) in [
            (&room, json!({"extras": [{"name": "Klavir"}]}), "/extras/0/name", "extra_unknown"),
            (&free, json!({"extras": [{"name": "Kava"}]}), "/extras/0/name", "extra_unknown"),
            (&room, json!({"extras": [{"name": "Kava", "quantity": 1}, {"name": "Kava"}]}), "/extras/1/name", "extra_repeated"),
            (&room, json!({"extras": coffee(11)}), "/extras/1/quantity", "extra_quantity"),
            (&room, json!({"extras": coffee(0)}), "/extras/1/quantity", "extra_quantity"),
            (&room, json!({"extras": [{"name": "Kava"}]}), "/attendees", "attendees_needed"),
        ] {
            let wanted = request(space, "10:00", "11:00", more);
            for path in ["/reservations/check", "/reservations"] {
                let refused = house.post(path, wanted.clone()).by(&ana).await.refused(422, "invalid");
                let error = &refused["errors"][0];
                assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)), "{refused}");
            }
        }
    }

    async fn a_quote_stays_until_the_reservation_is_moved(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (priced_room(&house).await, app.member("ana"));
        let made = house.reserves(&ana, request(&room, "10:00", "11:00", json!({"extras": [{"name": "Projektor"}]}))).await;
        let made = made.expect(201);
        puts(&house, &room, at(2000)).await;
        let path = format!("/reservations/{}", id(&made));
        let mut version = 1;
        for (change, gross) in [
            (json!({"title": "Drugačen naslov"}), 2500),
            (json!({"starts_at": "2026-03-03T10:00"}), 2500),
            (json!({"ends_at": "2026-03-03T12:00"}), 5000),
            (json!({"extras": []}), 4000),
            (json!({"extras": [{"name": "Kava", "quantity": 2}]}), 4500),
        ] {
            let now = house.patch(&path, version, change.clone()).by(&ana).await.expect(200);
            assert_eq!(now["price"]["total_gross"], gross, "{change}");
            version = now["version"].as_i64().unwrap();
        }
        // An extra that is no longer offered can't be taken along, but given up.
        puts(&house, &room, with(at(2000), json!({"extras": []}))).await;
        let earlier = json!({"starts_at": "2026-03-03T09:00"});
        let refused = house.patch(&path, version, earlier.clone()).by(&ana).await.refused(422, "invalid");
        assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!("/extras"), &json!("extra_unknown")));
        let moved = house.patch(&path, version, with(earlier, json!({"extras": []}))).by(&ana).await.expect(200);
        assert_eq!(moved["price"]["total_gross"], 6000);
        house.is_sound();
    }

    async fn a_move_that_waits_is_quoted_when_it_is_wished(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (priced_room(&house).await, app.member("ana"));
        house.rules(&format!("/spaces/{room}"), json!({"max_duration_minutes": {"value": 60, "beyond": "ask"}})).await;
        let made = house.reserves(&ana, request(&room, "10:00", "11:00", json!({}))).await.expect(201);
        let path = format!("/reservations/{}", id(&made));
        let wished = house.patch(&path, 1, json!({"ends_at": "2026-03-03T13:00"})).by(&ana).await.expect(200);
        assert_eq!((&wished["price"]["total_gross"], &wished["change"]["price"]["total_gross"]), (&json!(1500), &json!(4500)));
        puts(&house, &room, at(9900)).await;
        let approved = house.does(&house.desk(), &id(&made), "approve").if_match(2).await.expect(200);
        assert_eq!(approved["price"]["total_gross"], 4500);
        house.is_sound();
    }

    async fn each_audience_has_its_price_and_the_difference_is_kept(app: TestApp) {
        let house = House::new(&app).await;
        let room = priced_room(&house).await;
        let guest = json!({"organiser": {"name": "Gost", "email": "gost@example.org"}});
        for (from, to, more, wanted) in [
            ("10:00", "11:00", json!({}), ["staff", "0", "1500", "1500"]),
            // For a guest the staff book at the public's price.
            ("12:00", "13:00", guest, ["public", "1500", "1500", "0"]),
        ] {
            let price = house.reserves(&house.desk(), request(&room, from, to, more)).await.expect(201)["price"].clone();
            let shown = ["total_gross", "full_price", "subsidy"].map(|field| price[field].to_string());
            assert_eq!(price["audience"], wanted[0]);
            assert_eq!(shown, wanted[1..], "{price}");
        }
    }

    async fn a_late_cancellation_costs_what_was_told(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (priced_room(&house).await, app.member("ana"));
        house.rules(&format!("/spaces/{room}"), json!({"cancellation_notice_minutes": 2880})).await;
        let told = |made: &Value| (made["late_cancellation_fee"].clone(), made["cancellation_fee"].clone());
        for (day, by_venue, owed) in
            [("2026-03-03", false, euros(750)), ("2026-03-03", true, Value::Null), ("2026-03-20", false, Value::Null)]
        {
            let made = house.has(&ana, &room, &format!("{day}T10:00"), &format!("{day}T11:00")).await;
            assert_eq!(told(&made), (euros(750), Value::Null));
            // What holds is what was quoted.
            puts(&house, &room, at(9000)).await;
            let by = if by_venue { house.desk() } else { ana.renewed(&app) };
            let given_up = house.does(&by, &id(&made), "cancel").await.expect(200);
            assert_eq!(told(&given_up), (Value::Null, owed), "{day}");
            puts(&house, &room, tariff()).await;
        }
        house.is_sound();
    }

    async fn mails_tell_the_price_and_the_fee(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (priced_room(&house).await, app.member("ana"));
        house.rules(&format!("/spaces/{room}"), json!({"cancellation_notice_minutes": 2880})).await;
        let made = house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T12:00").await;
        let confirmed = house.await_letters(&ana.email, 1).await.pop().unwrap();
        assert!(confirmed.text.contains("30.00"), "{}", confirmed.text);
        house.does(&ana, &id(&made), "cancel").await.expect(200);
        let cancelled = house.await_letters(&ana.email, 2).await;
        let told = cancelled.iter().filter(|letter| letter.text.contains("15.00")).count();
        assert_eq!(told, 1, "{cancelled:?}");
    }

    async fn a_search_tells_the_lowest_price(app: TestApp) {
        let house = House::new(&app).await;
        let (room, free) = (priced_room(&house).await, house.room("Prosta soba").await);
        let found = |by_staff: bool| {
            let call = house.get("/availability?from=2026-03-03&to=2026-03-04&duration_minutes=90");
            let call = if by_staff { call.by(&house.desk()) } else { call };
            async move { call.await.expect(200)["items"].as_array().unwrap().clone() }
        };
        for (by_staff, wanted) in [(false, euros(3000)), (true, euros(0))] {
            for item in found(by_staff).await {
                let wanted = if item["space"]["id"] == json!(room) { &wanted } else { &Value::Null };
                assert_eq!(&item["price_from"], wanted, "{item}");
            }
        }
        assert_ne!(room, free);
    }
}
