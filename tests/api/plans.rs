//! Floor plans of spaces, and which of their units are free at a time (docs/adr/0030).

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

use crate::support::{House, Person, TestApp, both, id, meeting, version, with};

const DAY: &str = "2026-03-03";

fn desk(unit: &str, x: u32) -> Value {
    json!({"unit_id": unit, "x": x, "y": 0, "width": 140, "height": 70, "rotation": 180})
}

/// A row of desks in a room of eight metres with a door.
fn plan(units: &[&String]) -> Value {
    let units: Vec<Value> = (0..).zip(units).map(|(place, unit)| desk(unit, place * 150)).collect();
    json!({"width": 800, "height": 500, "units": units,
        "fixtures": [{"kind": "door", "x": 700, "y": 490, "width": 90, "height": 10, "rotation": 0, "text": "Hodnik"}]})
}

fn from_to(space: &str, from: &str, to: &str) -> String {
    format!("/spaces/{space}/units?starts_at={DAY}T{from}&ends_at={DAY}T{to}")
}

/// The labels of the units that are free, as somebody sees it.
async fn free(house: &House<'_>, by: Option<&Person>, path: &str) -> Vec<String> {
    let call = house.get(path);
    let seen = match by {
        Some(person) => call.by(person).await,
        None => call.await,
    };
    let seen = seen.expect(200);
    let units = seen["units"].as_array().unwrap().iter();
    let free: Vec<String> = units
        .filter(|unit| unit["free"] == json!(true))
        .map(|unit| unit["label"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(seen["units_free"], json!(free.len()));
    free
}

both! {
    async fn a_plan_is_put_and_follows_its_units(app: TestApp) {
        let house = House::new(&app).await;
        let (area, desks) = house.desks("Pisarna", 4).await;
        let (other, foreign) = house.desks("Druga", 1).await;
        let path = format!("/spaces/{area}/plan");
        let nothing = json!({"width": 0, "height": 0, "units": [], "fixtures": [], "version": 1});
        assert_eq!(house.get(&path).await.expect(200), nothing);
        assert_eq!(house.get(&format!("/spaces/{area}")).await.expect(200)["has_plan"], json!(false));
        let drawn = plan(&desks.iter().collect::<Vec<_>>());
        let put = house.put(&path, 1, drawn.clone()).by(&house.desk()).key("once").await.expect(200);
        assert_eq!(put, with(drawn.clone(), json!({"version": 2})));
        let again = house.put(&path, 1, drawn.clone()).by(&house.desk()).key("once").await;
        assert_eq!(again.header("idempotent-replayed"), "true");
        house.put(&path, 1, drawn).by(&house.desk()).await.refused(412, "precondition_failed");
        let strange = json!({"width": 100, "height": 500, "units": [desk(&foreign[0], 0)]});
        let refused = house.put(&path, 2, strange).by(&house.desk()).await.refused(422, "invalid");
        assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!("/units/0/x"), &json!("outside_the_plan")));
        let strange = plan(&[&desks[0], &foreign[0]]);
        let refused = house.put(&path, 2, strange).by(&house.desk()).await.refused(422, "invalid");
        assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!("/units/1/unit_id"), &json!("not_of_this_space")));
        // Spaces and searches tell who has one.
        let spaces = house.get(&format!("/spaces?venue_id={}", house.venue)).await.expect(200);
        let found = house.get(&format!("/availability?from={DAY}&to={DAY}T23:00&venue_id={}", house.venue)).await.expect(200);
        for (space, wanted) in [(&area, true), (&other, false)] {
            let of = |items: &Value, one: fn(&Value) -> &Value| {
                let one = items["items"].as_array().unwrap().iter().map(one).find(|it| it["id"] == json!(space)).unwrap().clone();
                one["has_plan"] == json!(true)
            };
            assert_eq!((of(&spaces, |it| it), of(&found, |it| &it["space"])), (wanted, wanted));
        }
        let room = house.room("Soba").await;
        let found = house.get(&format!("/availability?from={DAY}&to={DAY}T23:00&venue_id={}", house.venue)).await.expect(200);
        let units = |space: &str| found["items"].as_array().unwrap().iter().find(|it| it["space"]["id"] == *space).unwrap()["space"]["units"].clone();
        assert_eq!([units(&area), units(&other), units(&room)], [json!(4), json!(1), json!(1)]);
        // A copy has its own desks where the first has its; one that goes is on no plan any more.
        let copy = house.post(&format!("/spaces/{area}/copy"), json!({"name": "Tretja"})).by(&house.desk()).await.expect(201);
        let twins: Vec<String> = copy["units"].as_array().unwrap().iter().map(id).collect();
        let copied = house.get(&format!("/spaces/{}/plan", id(&copy))).await.expect(200);
        assert_eq!(copied["units"], plan(&twins.iter().collect::<Vec<_>>())["units"]);
        house.is_sound();
        // What is no plan, or shows what never was there, is found by the check.
        let body = |width: u32| json!({"width": width, "height": 500, "units": [desk(&foreign[0], 0)]}).to_string();
        for (body, wanted) in [("{}".to_owned(), "can't be read"), (body(100), "can't be drawn: /units/0/x outside_the_plan"), (body(800), "which the space never had")] {
            let broken = format!("UPDATE space_plans SET body = '{body}' WHERE version = 2 AND body LIKE '%{}%'", desks[0]);
            let kept = format!("UPDATE space_plans SET body = '{}' WHERE body = '{body}'", plan(&desks.iter().collect::<Vec<_>>()));
            app.connection().batch_execute(&broken).unwrap();
            let report = prostor::app::check::run(&app.app.db).unwrap();
            assert!(report.findings.iter().any(|finding| finding.contains(&area) && finding.contains(wanted)), "{report}");
            app.connection().batch_execute(&kept).unwrap();
        }
        let space = house.get(&format!("/spaces/{area}")).await.expect(200);
        let left: Vec<Value> = [1, 2, 3].iter().map(|at: &usize| json!({"id": desks[*at], "label": format!("Miza {}", at + 1)})).collect();
        house.put(&format!("/spaces/{area}/units"), version(&space), json!({"units": left})).by(&house.desk()).await.expect(200);
        assert_eq!(house.get(&path).await.expect(200)["units"], json!([desk(&desks[1], 150), desk(&desks[2], 300), desk(&desks[3], 450)]));
        house.put(&path, 2, json!({"width": 0, "height": 0})).by(&house.desk()).await.expect(200);
        assert_eq!(house.get(&path).await.expect(200), with(nothing, json!({"version": 3})));
        assert_eq!(house.get(&format!("/spaces/{area}")).await.expect(200)["has_plan"], json!(false));
        house.is_sound();
    }

    /// Whoever would change a reservation finds what it has free to it, and nobody else does.
    async fn a_reservation_s_own_units_are_free_to_its_change(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let (area, desks) = house.desks("Pisarna", 3).await;
        let (other, _) = house.desks("Druga", 1).await;
        let set = async |minutes: u32| {
            let space = house.get(&format!("/spaces/{area}")).await.expect(200);
            let buffers = json!({"teardown_minutes": minutes});
            house.patch(&format!("/spaces/{area}"), version(&space), buffers).by(&house.desk()).await.expect(200);
        };
        set(30).await;
        let wish = |desk: usize, from: &str, to: &str| {
            with(meeting(&area, &format!("{DAY}T{from}"), &format!("{DAY}T{to}")), json!({"unit_ids": [desks[desk]]}))
        };
        let hers = house.reserves(&ana, wish(0, "10:00", "11:00")).await.expect(201);
        house.reserves(&bor, wish(1, "10:00", "11:00")).await.expect(201);
        house.reserves(&bor, wish(0, "11:30", "12:00")).await.expect(201);
        let held = with(wish(2, "10:00", "11:00"), json!({"hold": true}));
        house.reserves(&ana, held).await.expect(201);
        let now = from_to(&area, "10:00", "11:00");
        let of = format!("{now}&reservation_id={}", id(&hers));
        assert_eq!(free(&house, Some(&ana), &now).await, ["Miza 3"], "as for something else");
        assert_eq!(free(&house, Some(&ana), &of).await, ["Miza 1", "Miza 3"]);
        // For whom it is, not who asks: her hold gives way to her change.
        assert_eq!(free(&house, Some(&house.desk()), &of).await, ["Miza 1", "Miza 3"]);
        house.get(&of).await.refused(401, "unauthenticated");
        house.get(&of).by(&bor).await.refused(404, "not_found");
        // What it was given to clear away stays what it was; at another time what stands there counts.
        set(60).await;
        assert_eq!(free(&house, Some(&ana), &of).await, ["Miza 1", "Miza 3"]);
        let later = format!("{}&reservation_id={}", from_to(&area, "10:30", "11:30"), id(&hers));
        assert_eq!(free(&house, Some(&ana), &later).await, ["Miza 3"]);
        let elsewhere = format!("{}&reservation_id={}", from_to(&other, "10:00", "11:00"), id(&hers));
        assert_eq!(free(&house, Some(&ana), &elsewhere).await.len(), 1);
        // What is shown as free can be had.
        let path = format!("/reservations/{}", id(&hers));
        let moved = json!({"unit_ids": [desks[2]]});
        let changed = house.patch(&path, version(&hers), moved).by(&ana).await.expect(200);
        assert_eq!(changed["unit_ids"], json!([desks[2]]));
        assert_eq!(free(&house, Some(&ana), &of).await, ["Miza 1", "Miza 3"]);
        house.is_sound();
    }

    /// What is shown as free can be had by name, and what is not is refused with what is.
    async fn who_chooses_among_the_free_units_gets_them(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let (area, desks) = house.desks("Pisarna", 3).await;
        let space = house.get(&format!("/spaces/{area}")).await.expect(200);
        let buffers = json!({"teardown_minutes": 30});
        house.patch(&format!("/spaces/{area}"), version(&space), buffers).by(&house.desk()).await.expect(200);
        let wish = |desk: usize, from: &str, to: &str| {
            let times = (format!("{DAY}T{from}"), format!("{DAY}T{to}"));
            with(meeting(&area, &times.0, &times.1), json!({"unit_ids": [desks[desk]]}))
        };
        house.reserves(&bor, wish(1, "10:00", "11:00")).await.expect(201);
        let held = with(wish(0, "10:00", "11:00"), json!({"hold": true}));
        house.reserves(&ana, held).await.expect(201);
        // Whoever has them is not told; one's own hold gives way to what one asks for next.
        assert_eq!(free(&house, None, &from_to(&area, "10:00", "11:00")).await, ["Miza 3"]);
        assert_eq!(free(&house, Some(&bor), &from_to(&area, "10:00", "11:00")).await, ["Miza 3"]);
        assert_eq!(free(&house, Some(&ana), &from_to(&area, "10:00", "11:00")).await, ["Miza 1", "Miza 3"]);
        // What is cleared away is in the way of who comes next, and of who would have to be cleared away before.
        assert_eq!(free(&house, None, &from_to(&area, "11:15", "12:00")).await, ["Miza 3"]);
        assert_eq!(free(&house, None, &from_to(&area, "09:00", "09:45")).await, ["Miza 3"]);
        assert_eq!(free(&house, None, &from_to(&area, "11:30", "12:00")).await, ["Miza 1", "Miza 2", "Miza 3"]);
        house.reserves(&ana, wish(0, "10:00", "11:00")).await.expect(201);
        let refused = house.reserves(&ana, wish(1, "11:00", "12:00")).await.refused(409, "slot_taken");
        assert!(!refused["alternatives"].as_array().unwrap().is_empty(), "{refused}");
        house.reserves(&ana, wish(2, "11:00", "12:00")).await.expect(201);
        for (query, pointer) in [
            (format!("starts_at={DAY}T11:00&ends_at={DAY}T11:00"), "?ends_at"),
            (format!("starts_at={DAY}&ends_at={DAY}"), "?starts_at"),
            (format!("starts_at={DAY}T11:00"), "?ends_at"),
        ] {
            let problem = house.get(&format!("/spaces/{area}/units?{query}")).await.refused(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], json!(pointer), "{problem}");
        }
        house.is_sound();
    }
}
