//! Spaces that change while people have reserved them: desks, parts, layouts, seats; and copies.

use diesel::prelude::*;
use prostor::{domain::ids::UnitId, store::schema::occupancies};
use serde_json::{Value, json};

use crate::support::{House, Person, TestApp, both, id, meeting, version, with};

/// A day of the week after the clock's, at an hour.
fn on(hour: &str) -> String {
    format!("2026-03-10T{hour}")
}

/// Puts something of a space, by its name in the path.
async fn puts(house: &House<'_>, space: &str, what: &str, body: Value) -> crate::support::Reply {
    let now = version(&house.get(&format!("/spaces/{space}")).await.expect(200));
    house.put(&format!("/spaces/{space}/{what}"), now, body).by(&house.desk()).await
}

/// The area's desks as they are listed, by label.
fn listed(desks: &[String], labels: &[usize]) -> Value {
    let entry = |n: &usize| json!({"id": desks[*n], "label": format!("Miza {}", n + 1)});
    json!(labels.iter().map(entry).collect::<Vec<_>>())
}

async fn takes(house: &House<'_>, person: &Person, area: &str, desk: &str, hours: (&str, &str)) -> Value {
    let wish = with(meeting(area, &on(hours.0), &on(hours.1)), json!({"unit_ids": [desk]}));
    house.reserves(person, wish).await.expect(201)
}

both! {
    async fn with_fewer_desks_people_move_or_the_manager_chooses(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, bor, eva) = (app.member("ana"), app.member("bor"), app.member("eva"));
        let (area, desks) = house.desks("Pisarna", 3).await;
        let [first, second, third] = [&desks[0], &desks[1], &desks[2]];
        let moves = takes(&house, &ana, &area, third, ("10:00", "11:00")).await;
        // On the third desk while the two others are taken.
        takes(&house, &bor, &area, first, ("12:00", "14:00")).await;
        takes(&house, &bor, &area, second, ("12:00", "13:00")).await;
        let stuck = takes(&house, &eva, &area, third, ("12:30", "13:30")).await;

        let fewer = json!({"units": listed(&desks, &[1, 0])});
        let refused = puts(&house, &area, "units", fewer.clone()).await.refused(409, "affected_reservations");
        assert_eq!(refused["affected"], json!([moves["id"], stuck["id"]]), "by their time");
        house.is_sound();

        let kept = with(fewer, json!({"on_affected": "keep"}));
        let space = puts(&house, &area, "units", kept).await.expect(200);
        let labels: Vec<_> = space["units"].as_array().unwrap().iter().map(|unit| unit["label"].clone()).collect();
        assert_eq!(labels, ["Miza 2", "Miza 1"]);
        let moved = house.sees(&ana, &id(&moves)).await;
        assert_ne!(moved["unit_ids"], moves["unit_ids"]);
        assert_eq!((&moved["starts_at"], version(&moved)), (&moves["starts_at"], 2));
        assert_eq!(app.queued_for(&ana.email), ["reservation_changed", "reservation_confirmed"]);
        let stays = house.sees(&eva, &id(&stuck)).await;
        assert_eq!((&stays["unit_ids"], version(&stays)), (&stuck["unit_ids"], 1));
        house.is_sound();
        // The third is nobody's to take any more.
        let named = with(meeting(&area, &on("16:00"), &on("17:00")), json!({"unit_ids": [third]}));
        house.reserves(&ana, named).await.refused(422, "invalid");
        let two = with(meeting(&area, &on("16:00"), &on("17:00")), json!({"quantity": 3}));
        house.reserves(&ana, two).await.refused(422, "policy_refused");

        // Down to one: who can't be moved loses it, and is told why.
        let two = takes(&house, &eva, &area, first, ("16:00", "17:00")).await;
        let one = json!({"units": listed(&desks, &[1]), "on_affected": "cancel"});
        puts(&house, &area, "units", one).await.expect(200);
        assert_eq!(house.sees(&eva, &id(&two)).await["status"], "confirmed");
        let lost = app.await_letters(&bor.email, 3).await;
        let told = lost.iter().find(|letter| letter.text.contains("fewer units or seats")).unwrap();
        assert!(told.text.contains("12:00"), "{}", told.text);
        house.is_sound();
    }

    async fn more_desks_can_be_had_at_once_and_keep_to_the_blocks(app: TestApp) {
        let house = House::new(&app).await;
        let ana = app.member("ana");
        let (area, desks) = house.desks("Pisarna", 1).await;
        let block = json!({"starts_at": on("15:00"), "ends_at": on("16:00"), "reason": "Čiščenje"});
        app.post(&format!("/spaces/{area}/blocks"), block).by(&house.manager).await.expect(201);
        let more = json!({"units": [
            {"label": "Ob oknu", "seats": 2}, {"id": desks[0], "label": "Pri vratih"}]});
        let space = puts(&house, &area, "units", more).await.expect(200);
        let shown: Vec<_> = space["units"].as_array().unwrap().iter()
            .map(|unit| (unit["label"].clone(), unit["seats"].clone())).collect();
        assert_eq!(shown, [(json!("Ob oknu"), json!(2)), (json!("Pri vratih"), json!(1))]);
        let both = |from, to| with(meeting(&area, &on(from), &on(to)), json!({"quantity": 2}));
        house.reserves(&ana, both("10:00", "11:00")).await.expect(201);
        let one = meeting(&area, &on("15:00"), &on("16:00"));
        house.reserves(&ana, one).await.refused(409, "slot_taken");
        house.is_sound();

        // What is not the space's, what is named twice, and what other spaces are made of.
        let (other, foreign) = house.desks("Druga", 1).await;
        let entry = json!({"id": foreign[0], "label": "Tuja"});
        let refused = puts(&house, &area, "units", json!({"units": [entry]})).await.refused(422, "invalid");
        assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]),
            (&json!("/units/0/id"), &json!("not_of_this_space")));
        let same = json!({"units": [{"id": foreign[0], "label": "A"}, {"id": foreign[0], "label": "B"}]});
        puts(&house, &other, "units", same).await.refused(422, "invalid");
        let room = house.room("Sejna").await;
        let unit = app.get(&format!("/spaces/{room}")).await.expect(200)["units"][0]["id"].clone();
        let two = json!({"units": [{"id": unit, "label": "Sejna"}, {"label": "Kabinet"}]});
        let refused = puts(&house, &room, "units", two).await.refused(422, "invalid");
        assert_eq!(refused["errors"][0]["code"], "units_of_a_whole_stay");
        let named = json!({"units": [{"id": unit, "label": "Velika sejna"}]});
        assert_eq!(puts(&house, &room, "units", named).await.expect(200)["units"][0]["label"], "Velika sejna");
        house.is_sound();
    }

    async fn a_part_extends_what_is_reserved_or_is_refused(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let [hall, left, right] = house.hall("Dvorana").await;
        let foyer = house.room_with("Avla", json!({"kind": "multifunctional"})).await;
        let early = house.has(&ana, &hall, &on("09:00"), &on("10:00")).await;
        let wide = house.has(&ana, &hall, &on("12:00"), &on("14:00")).await;
        let hour = json!({"max_duration_minutes": {"value": 120, "beyond": "ask"}});
        house.rules(&format!("/spaces/{hall}"), hour).await;
        let longer = json!({"ends_at": on("15:00")});
        app.patch(&format!("/reservations/{}", id(&wide)), 1, longer).by(&ana).await.expect(200);
        let block = json!({"starts_at": on("18:00"), "ends_at": on("19:00"), "reason": "Pregled"});
        app.post(&format!("/spaces/{hall}/blocks"), block).by(&house.manager).await.expect(201);
        // In the way of the change that waits.
        let there = house.has(&bor, &foyer, &on("14:30"), &on("15:30")).await;
        let three = json!({"parts": [left, right, foyer]});
        let refused = puts(&house, &hall, "parts", three.clone()).await.refused(409, "affected_reservations");
        let mut both = [wide["id"].as_str().unwrap(), there["id"].as_str().unwrap()];
        both.sort_unstable();
        assert_eq!(refused["affected"], json!(both));
        house.is_sound();

        house.does(&bor, &id(&there), "cancel").await.expect(200);
        let space = puts(&house, &hall, "parts", three).await.expect(200);
        assert_eq!((space["units"].as_array().unwrap().len(), &space["parts"]), (3, &json!([left, right, foyer])));
        assert_eq!(house.sees(&ana, &id(&early)).await["unit_ids"].as_array().unwrap().len(), 3);
        for (from, to) in [("09:30", "10:30"), ("13:30", "14:00"), ("14:30", "15:30"), ("18:30", "19:30")] {
            house.asks(&bor, &foyer, &on(from), &on(to)).await.refused(409, "slot_taken");
        }
        house.is_sound();
        let approved = house.does(&house.desk(), &id(&wide), "approve").if_match(3).await.expect(200);
        assert_eq!(approved["unit_ids"].as_array().unwrap().len(), 3);
        house.is_sound();

        // And without it again: what it took of the part is free.
        puts(&house, &hall, "parts", json!({"parts": [left, right]})).await.expect(200);
        for (from, to) in [("09:00", "10:00"), ("12:00", "15:00"), ("18:00", "19:00")] {
            house.has(&bor, &foyer, &on(from), &on(to)).await;
            house.asks(&bor, &left, &on(from), &on(to)).await.refused(409, "slot_taken");
        }
        house.is_sound();
        for (parts, code) in [(json!([]), "list_empty"), (json!([hall]), "has_parts"), (json!([left, left]), "repeated")] {
            let refused = puts(&house, &hall, "parts", json!({"parts": parts})).await.refused(422, "invalid");
            assert_eq!(refused["errors"][0]["code"], code, "{refused}");
        }
    }

    async fn what_is_under_way_is_not_in_its_own_way_and_keeps_its_rooms(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let [hall, left, right] = house.hall("Dvorana").await;
        let hours = json!({"max_duration_minutes": {"value": 120, "beyond": "ask"}, "check_in_opens_minutes": 30});
        house.rules(&format!("/spaces/{hall}"), hours).await;
        let long = house.has(&ana, &hall, &on("09:00"), &on("11:00")).await;
        let next = house.has(&bor, &hall, &on("12:15"), &on("13:00")).await;
        house.at("2026-03-10T08:30:00Z");
        let [ana, bor] = [ana, bor].map(|person| person.renewed(&app));
        // Its wish begins with what it has.
        let longer = json!({"ends_at": on("12:00")});
        app.patch(&format!("/reservations/{}", id(&long)), 1, longer).by(&ana).await.expect(200);
        puts(&house, &hall, "parts", json!({"parts": [left]})).await.expect(200);
        assert_eq!(house.sees(&ana, &id(&long)).await["unit_ids"].as_array().unwrap().len(), 2);
        house.is_sound();
        puts(&house, &hall, "parts", json!({"parts": [left, right]})).await.expect(200);
        let has = |of: Value| of["unit_ids"].as_array().unwrap().len();
        assert_eq!([has(house.sees(&ana, &id(&long)).await), has(house.sees(&bor, &id(&next)).await)], [2, 2]);
        house.is_sound();

        // Who came before the start has begun: what they have stays theirs.
        house.at("2026-03-10T11:00:00Z");
        let (ana, bor) = (ana.renewed(&app), bor.renewed(&app));
        house.does(&bor, &id(&next), "check-in").await.expect(200);
        puts(&house, &hall, "parts", json!({"parts": [left]})).await.expect(200);
        assert_eq!(has(house.sees(&bor, &id(&next)).await), 2);
        house.asks(&ana, &right, &on("12:30"), &on("13:00")).await.refused(409, "slot_taken");
        // And is not in the way of the part that they have.
        puts(&house, &hall, "parts", json!({"parts": [left, right]})).await.expect(200);
        assert_eq!(has(house.sees(&bor, &id(&next)).await), 2);
        house.is_sound();
    }

    async fn fewer_seats_and_layouts_are_the_managers_choice(app: TestApp) {
        let house = House::new(&app).await;
        let ana = app.member("ana");
        let layouts = json!([
            {"name": "kino", "capacity": 12, "setup_minutes": 30, "teardown_minutes": 0},
            {"name": "krog", "capacity": 8, "setup_minutes": 0, "teardown_minutes": 0}]);
        let room = house.room_with("Sejna", json!({"layouts": layouts})).await;
        let shown = app.get(&format!("/spaces/{room}")).await.expect(200)["layouts"].clone();
        let (cinema, circle) = (shown[0]["id"].clone(), shown[1]["id"].clone());
        let people = |hour: (&str, &str), attendees: u32, layout: &Value| {
            with(meeting(&room, &on(hour.0), &on(hour.1)), json!({"attendees": attendees, "layout": layout}))
        };
        let many = house.reserves(&ana, people(("09:00", "10:00"), 10, &Value::Null)).await.expect(201);
        let few = house.reserves(&ana, people(("10:00", "11:00"), 4, &Value::Null)).await.expect(201);
        let films = house.reserves(&ana, people(("12:00", "13:00"), 12, &cinema)).await.expect(201);
        let talks = house.reserves(&ana, people(("14:00", "15:00"), 8, &circle)).await.expect(201);

        let now = version(&app.get(&format!("/spaces/{room}")).await.expect(200));
        let smaller = json!({"capacity": 6});
        let edit = app.patch(&format!("/spaces/{room}"), now, smaller.clone()).by(&house.manager);
        assert_eq!(edit.await.refused(409, "affected_reservations")["affected"], json!([many["id"]]));
        let cancel = with(smaller, json!({"on_affected": "cancel"}));
        app.patch(&format!("/spaces/{room}"), now, cancel).by(&house.manager).await.expect(200);
        assert_eq!(house.sees(&ana, &id(&many)).await["status"], "cancelled");
        assert_eq!(house.sees(&ana, &id(&few)).await["status"], "confirmed");

        let narrower = json!({"layouts": [{"id": circle, "name": "krog", "capacity": 7, "setup_minutes": 5, "teardown_minutes": 0}]});
        let refused = puts(&house, &room, "layouts", narrower.clone()).await.refused(409, "affected_reservations");
        assert_eq!(refused["affected"], json!([films["id"], talks["id"]]));
        let kept = with(narrower, json!({"on_affected": "keep"}));
        let space = puts(&house, &room, "layouts", kept).await.expect(200);
        assert_eq!(space["layouts"].as_array().unwrap().len(), 1);
        assert_eq!((&space["layouts"][0]["capacity"], &space["layouts"][0]["id"]), (&json!(7), &circle));
        // Who has it keeps it, through edits too; nobody else gets it.
        let path = format!("/reservations/{}", id(&films));
        let edited = app.patch(&path, 1, json!({"title": "Filmski večer"})).by(&ana).await.expect(200);
        assert_eq!((&edited["layout"], &edited["setup_minutes"]), (&cinema, &json!(30)));
        house.reserves(&ana, people(("16:00", "17:00"), 2, &cinema)).await.refused(422, "invalid");
        house.is_sound();
    }

    async fn a_copy_is_like_the_first_and_stands_alone(app: TestApp) {
        let house = House::new(&app).await;
        let ana = app.member("ana");
        let about = json!({"amenities": ["projector"], "step_free": true, "layouts": [
            {"name": "kino", "capacity": 12, "setup_minutes": 30, "teardown_minutes": 0}]});
        let room = house.room_with("Prva", about).await;
        house.opens(&format!("/spaces/{room}"), crate::support::daily("10:00", "12:00")).await;
        house.rules(&format!("/spaces/{room}"), json!({"slot_minutes": {"value": 30}})).await;
        house.has(&ana, &room, &on("10:00"), &on("12:00")).await;
        let copied = app.post(&format!("/spaces/{room}/copy"), json!({"name": "Druga"})).by(&house.manager);
        let copied = copied.await.expect(201);
        assert_eq!((&copied["name"], &copied["amenities"]), (&json!("Druga"), &json!(["projector"])));
        assert_eq!((&copied["units"][0]["label"], &copied["layouts"][0]["name"]), (&json!("Druga"), &json!("kino")));
        let hours = |space: &str| app.get(&format!("/spaces/{space}/opening-hours"));
        let (one, other) = (hours(&room).await.expect(200), hours(&id(&copied)).await.expect(200));
        assert_eq!(one["weekly"], other["weekly"]);
        let both = house.has(&ana, &id(&copied), &on("10:00"), &on("10:30")).await;
        assert_eq!(both["status"], "confirmed");
        house.asks(&ana, &id(&copied), &on("10:45"), &on("11:15")).await.refused(422, "policy_refused");
        let [hall, ..] = house.hall("Dvorana").await;
        let refused = app.post(&format!("/spaces/{hall}/copy"), json!({"name": "Še ena"})).by(&house.manager);
        refused.await.refused(409, "state_conflict");
        house.is_sound();
    }

    async fn what_is_under_way_in_a_hall_keeps_its_units_when_it_is_shortened(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let [hall, left, right] = house.hall("Dvorana").await;
        let foyer = house.room_with("Avla", json!({"kind": "multifunctional"})).await;
        let mine = house.has(&ana, &hall, &on("10:00"), &on("12:00")).await;
        house.has(&bor, &foyer, &on("10:30"), &on("12:30")).await;
        house.at("2026-03-10T09:30:00Z");
        puts(&house, &hall, "parts", json!({"parts": [left, right, foyer]})).await.expect(200);
        let path = format!("/reservations/{}", id(&mine));
        let [ana, bor] = [ana, bor].map(|person| person.renewed(&app));
        let shorter = app.patch(&path, 1, json!({"ends_at": on("11:30")})).by(&ana).await.expect(200);
        assert_eq!(shorter["unit_ids"], mine["unit_ids"]);
        house.asks(&bor, &left, &on("11:00"), &on("11:30")).await.refused(409, "slot_taken");
        // More of it is more of the hall as it is now.
        app.patch(&path, 2, json!({"ends_at": on("12:00")})).by(&ana).await.refused(409, "slot_taken");
        house.has(&bor, &left, &on("11:30"), &on("12:00")).await;
        house.is_sound();
    }

    async fn what_began_between_two_changes_of_a_day_keeps_what_it_got(app: TestApp) {
        let house = House::new(&app).await;
        let [hall, left, right] = house.hall("Dvorana").await;
        let foyer = house.room_with("Avla", json!({"kind": "multifunctional"})).await;
        house.at("2026-03-10T09:00:00Z");
        let ana = app.member("ana");
        puts(&house, &hall, "parts", json!({"parts": [left, right, foyer]})).await.expect(200);
        let mine = house.has(&ana, &hall, &on("10:00"), &on("12:00")).await;
        app.advance(60);
        puts(&house, &hall, "parts", json!({"parts": [left, foyer]})).await.expect(200);
        assert_eq!(house.sees(&ana, &id(&mine)).await["unit_ids"], mine["unit_ids"]);
        house.is_sound();
        // What the hall had all the day is missing, and that is told.
        let unit = app.get(&format!("/spaces/{left}")).await.expect(200)["units"][0]["id"].clone();
        let unit: UnitId = unit.as_str().unwrap().parse().unwrap();
        let row = diesel::delete(occupancies::table.filter(occupancies::unit_id.eq(unit)));
        assert_eq!(row.execute(&mut *app.connection()).unwrap(), 1);
        let report = prostor::app::check::run(&app.app.db).unwrap();
        assert!(report.to_string().contains("takes 2 units, not all that it should"), "{report}");
    }

    async fn a_hold_that_ran_out_does_not_outlive_the_parts_of_its_hall(app: TestApp) {
        let house = House::new(&app).await;
        let [hall, left, right] = house.hall("Dvorana").await;
        let foyer = house.room_with("Avla", json!({"kind": "multifunctional"})).await;
        let ana = app.member("ana");
        let hold = with(meeting(&hall, &on("10:00"), &on("12:00")), json!({"hold": true}));
        let held = house.reserves(&ana, hold).await.expect(201);
        app.advance(600);
        puts(&house, &hall, "parts", json!({"parts": [left, right, foyer]})).await.expect(200);
        house.is_sound();
        let ana = ana.renewed(&app);
        assert_eq!(house.sees(&ana, &id(&held)).await["status"], "expired");
        house.has(&ana, &hall, &on("10:00"), &on("12:00")).await;
        house.is_sound();
    }
}
