//! Equipment booked together with a room: all of it in one reservation, or nothing (DESIGN 4).

mod changes;
mod hours;
mod races;
mod rules;

use serde_json::{Value, json};

use crate::support::{House, Person, TestApp, both, id, meeting, version, with};

/// A Tuesday, the day after the clock's beginning.
const DAY: &str = "2026-03-03";

/// A pool of so many; its id.
async fn pool(house: &House<'_>, name: &str, count: usize, more: Value) -> String {
    let units: Vec<Value> = (1..=count).map(|n| json!({"label": format!("{name} {n}")})).collect();
    let pool =
        json!({"name": name, "kind": "equipment", "capacity": 0, "allocation": "each", "units": units});
    id(&house.space(with(pool, more)).await)
}

fn some(pool: &str, quantity: u32) -> Value {
    json!({"space_id": pool, "quantity": quantity})
}

/// A request for a room with equipment.
fn wants(room: &str, from: &str, to: &str, equipment: Value) -> Value {
    with(meeting(room, &format!("{DAY}T{from}"), &format!("{DAY}T{to}")), json!({"equipment": equipment}))
}

/// A room and three projectors; Ana has two of them there from ten to twelve.
async fn lent<'a>(app: &'a TestApp) -> (House<'a>, [String; 2], Person, Value) {
    let house = House::new(app).await;
    let (room, projectors) =
        (house.room("Sejna soba").await, pool(&house, "Projektorji", 3, json!({})).await);
    let ana = app.member("ana");
    let made = wants(&room, "10:00", "12:00", json!([some(&projectors, 2)]));
    let made = house.reserves(&ana, made).await.expect(201);
    (house, [room, projectors], ana, made)
}

/// How many of a space are free from `from` on, for an hour.
async fn free(app: &TestApp, space: &str, from: &str) -> u64 {
    let path = format!("/spaces/{space}/availability?from={DAY}&to=2026-03-04&duration_minutes=60");
    let day = app.get(&path).await.expect(200);
    let slots = day["days"][0]["slots"].as_array().unwrap().clone();
    let at = format!("T{from}");
    let slot = slots.into_iter().find(|slot| slot["starts_at"].as_str().unwrap().contains(&at)).unwrap();
    slot["units_free"].as_u64().unwrap()
}

both! {
    async fn a_room_and_its_equipment_are_one_reservation(app: TestApp) {
        let (house, [room, projectors], ana, made) = lent(&app).await;
        let bor = app.member("bor");
        let studio = house.room("Studio").await;
        let shown = json!([{"space_id": projectors, "name": "Projektorji", "quantity": 2}]);
        assert_eq!((&made["equipment"], made["unit_ids"].as_array().unwrap().len()), (&shown, 1));
        assert_eq!((&made["status"], &made["quantity"]), (&json!("confirmed"), &json!(1)));
        assert_eq!(house.sees(&ana, &id(&made)).await["equipment"], shown);
        assert_eq!(app.get("/me/export").by(&ana).await.expect(200)["reservations"][0]["equipment"], shown);
        for (from, left) in [("09:00", 3), ("09:15", 1), ("11:45", 1), ("12:00", 3)] {
            assert_eq!(free(&app, &projectors, from).await, left, "{from}");
        }

        // Two more are not to be had: nothing is taken, and the refusal says of what there is too little.
        let two = wants(&studio, "11:00", "12:00", json!([some(&projectors, 2)]));
        let refused = house.reserves(&bor, two.clone()).await.refused(409, "slot_taken");
        let reason = &refused["reasons"][0];
        assert_eq!((&reason["code"], &reason["space_id"]), (&json!("slot_taken"), &json!(projectors)));
        assert_eq!((&reason["limit"], &reason["actual"]), (&json!(1), &json!(2)));
        assert_eq!(free(&app, &studio, "11:00").await, 1);
        let instead = refused["alternatives"].as_array().unwrap();
        assert!(!instead.is_empty());
        for other in instead {
            let other = with(two.clone(), other.clone());
            let checked = app.post("/reservations/check", other.clone()).by(&bor).await.expect(200);
            assert_eq!(checked["outcome"], "allow", "{other}");
        }
        let checked = app.post("/reservations/check", two.clone()).by(&bor).header("accept-language", "sl").await.expect(200);
        assert_eq!(checked["outcome"], "refuse");
        assert_eq!(checked["reasons"][0]["message"],
            "Projektorji: ves ta čas je prost le 1 kos; želeli ste 2 kosa.");
        // A room that is taken is no matter of the equipment's, but one has to know which.
        let taken = wants(&room, "11:00", "12:00", json!([some(&projectors, 1)]));
        let refused = house.reserves(&bor, taken).await.refused(409, "slot_taken");
        assert_eq!(refused["reasons"], Value::Null);

        let one = wants(&studio, "11:00", "12:00", json!([some(&projectors, 1)]));
        house.reserves(&bor, one).await.expect(201);
        assert_eq!(free(&app, &projectors, "11:00").await, 0);
        house.asks(&bor, &projectors, &format!("{DAY}T11:00"), &format!("{DAY}T11:30")).await.refused(409, "slot_taken");
        house.does(&ana, &id(&made), "cancel").await.expect(200);
        assert_eq!(free(&app, &projectors, "11:00").await, 2);
        house.reserves(&bor, wants(&room, "11:00", "12:00", json!([some(&projectors, 2)]))).await.expect(201);
        house.is_sound();
    }

    async fn mails_and_calendars_name_it(app: TestApp) {
        let (house, [room, _], ana, _) = lent(&app).await;
        let microphones = pool(&house, "Mikrofoni", 5, json!({})).await;
        let lots = wants(&room, "14:00", "15:00", json!([some(&microphones, 5)]));
        house.reserves(&ana, lots).await.expect(201);
        let letters = app.await_letters(&ana.email, 2).await;
        for (equipment, event) in [("Projektorji (2 pieces)", "2 × Projektorji"), ("Mikrofoni (5 pieces)", "5 × Mikrofoni")] {
            let letter = letters.iter().find(|letter| letter.text.contains(equipment));
            let letter = letter.unwrap_or_else(|| panic!("{equipment}: {letters:#?}"));
            assert!(letter.calendar.contains(event), "{}", letter.calendar);
        }
    }

    async fn what_can_not_be_asked_for(app: TestApp) {
        let (house, [room, projectors], ana, made) = lent(&app).await;
        let (other, desks) = (house.another_venue("kovacnica").await, house.desks("Pisarna", 2).await.0);
        let elsewhere = pool(&other, "Lopate", 2, json!({})).await;
        let eleven: Vec<Value> = (0..11).map(|_| some(&projectors, 1)).collect();
        let first = |member: &str| format!("/equipment/0/{member}");
        for (equipment, pointer, code) in [
            (json!([some(&projectors, 0)]), first("quantity"), "out_of_range"),
            (json!([some(&projectors, 100_001)]), first("quantity"), "out_of_range"),
            (json!([some(&room, 1)]), first("space_id"), "not_equipment"),
            (json!([some(&desks, 1)]), first("space_id"), "not_equipment"),
            (json!([some(&elsewhere, 1)]), first("space_id"), "of_another_venue"),
            (json!([some("spc_01h455vb4pex5vsknk084sn02q", 1)]), first("space_id"), "unknown"),
            (json!([some(&projectors, 1), some(&projectors, 1)]), "/equipment/1/space_id".to_owned(), "repeated"),
            (json!(eleven), "/equipment".to_owned(), "list_too_long"),
            (json!([{"space_id": projectors}]), first("quantity"), "missing_field"),
        ] {
            let request = wants(&room, "14:00", "15:00", equipment.clone());
            let change = json!({"equipment": equipment});
            let path = format!("/reservations/{}", id(&made));
            for call in [
                house.reserves(&ana, request.clone()),
                app.post("/reservations/check", request.clone()).by(&ana),
                app.patch(&path, 1, change).by(&ana),
            ] {
                let refused = call.await.refused(422, "invalid");
                let error = &refused["errors"][0];
                assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)), "{equipment}");
            }
        }
        // A pool together with itself.
        let itself = wants(&projectors, "14:00", "15:00", json!([some(&projectors, 1)]));
        let refused = house.reserves(&ana, itself).await.refused(422, "invalid");
        assert_eq!(refused["errors"][0]["code"], "shares_units");
        house.is_sound();
    }

    async fn it_stands_on_the_quote_and_in_its_own_rows_of_statistics(app: TestApp) {
        let house = House::new(&app).await;
        let (room, projectors) = (house.room("Sejna soba").await, pool(&house, "Projektorji", 3, json!({})).await);
        let hourly = |price: u32| json!({"prices_include_vat": true, "rates": [{"audience": "public",
            "pricing": {"per_started": {"minutes": 60, "price": price}}, "vat": {"code": "standard"}}],
            "cancellation": {"late": "full"}});
        for (space, price) in [(&room, 1500), (&projectors, 200)] {
            let path = format!("/spaces/{space}/tariff");
            let now = version(&app.get(&path).await.expect(200));
            house.put(&path, now, hourly(price)).by(&house.manager).await.expect(200);
        }
        let ana = app.member("ana");
        let asked = with(wants(&room, "10:00", "12:00", json!([some(&projectors, 2)])), json!({"attendees": 6}));
        let checked = app.post("/reservations/check", asked.clone()).by(&ana).await.expect(200);
        let made = house.reserves(&ana, asked).await.expect(201);
        assert_eq!(checked["price"], made["price"]);
        let lines: Vec<_> = made["price"]["lines"].as_array().unwrap().iter()
            .map(|line| json!([line["equipment_id"], line["units"], line["gross"]])).collect();
        assert_eq!(lines, [json!([null, 1, 3000]), json!([projectors, 2, 800])]);
        assert_eq!(made["price"]["total_gross"], 3800);
        assert_eq!(made["price"]["cancellation"]["late"], "full");
        // The terms of cancelling are the space's, be it one that costs nothing by itself.
        let asked = wants(&house.room("Avla").await, "10:00", "12:00", json!([some(&projectors, 1)]));
        let price = app.post("/reservations/check", asked).by(&ana).await.expect(200)["price"].clone();
        assert_eq!((&price["total_gross"], &price["cancellation"]["late"]), (&json!(400), &json!("none")));

        house.at("2026-03-04T07:00:00Z");
        let manager = house.desk();
        let query = format!("/statistics/utilisation?venue_id={}&from={DAY}&to=2026-03-04&group_by=space", house.venue);
        let answer = app.get(&query).by(&manager).await.expect(200);
        let booked: Vec<_> = answer["items"].as_array().unwrap().iter()
            .map(|row| (row["group"]["space_id"].clone(), row["booked"]["hours"].clone())).collect();
        assert!(booked.contains(&(json!(room), json!(2.0))), "{answer}");
        assert!(booked.contains(&(json!(projectors), json!(4.0))), "{answer}");
        assert_eq!(answer["totals"]["booked"]["hours"], json!(2.0), "{answer}");
        let of_room = answer["items"].as_array().unwrap().iter().find(|row| row["group"]["space_id"] == json!(room));
        assert_eq!(of_room.unwrap()["occupancy"]["rate"], json!(0.5));
        house.is_sound();
    }
}
