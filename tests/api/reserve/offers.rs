//! What is offered can be booked (DESIGN 1.2): alternatives, the dry run, availability.

use diesel::prelude::*;
use prostor::store::schema::{audit, occupancies, outbox, reservations};
use serde_json::{Value, json};

use super::{DAY, field, on, outcome, request, tries};
use crate::support::{House, Person, TestApp, both, daily, id, meeting, with};

/// Rows in the tables that a reservation writes to.
fn rows(app: &TestApp) -> [i64; 4] {
    let mut connection = app.connection();
    [
        reservations::table.count().get_result(&mut *connection).unwrap(),
        occupancies::table.count().get_result(&mut *connection).unwrap(),
        audit::table.count().get_result(&mut *connection).unwrap(),
        outbox::table.count().get_result(&mut *connection).unwrap(),
    ]
}

/// What a refusal offers instead.
#[track_caller]
fn alternatives(refused: &Value) -> Vec<Value> {
    refused["alternatives"].as_array().unwrap_or_else(|| panic!("{refused}")).clone()
}

/// Books each alternative in turn, to see that it can be.
async fn books_each(house: &House<'_>, person: &Person, request: &Value, offered: &[Value]) {
    for alternative in offered {
        let mut instead = with(request.clone(), alternative.clone());
        if alternative["space_id"] != request["space_id"] {
            let members = instead.as_object_mut().unwrap();
            members.remove("unit_ids");
            members.remove("layout");
        }
        let made = house.reserves(person, instead).await.expect(201);
        house.does(person, &id(&made), "cancel").await.expect(200);
    }
}

both! {
    async fn alternatives_are_near_and_can_be_booked(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let room = house.room_with("Prva", json!({"setup_minutes": 30, "teardown_minutes": 15})).await;
        let (other, small) = (house.room("Druga").await, house.room_with("Mala", json!({"capacity": 4})).await);
        house.has(&bor, &room, &on(DAY, "10:00"), &on(DAY, "12:00")).await;
        house.has(&bor, &other, &on(DAY, "10:45"), &on(DAY, "12:00")).await;

        let wish = with(request(&room, "10:00", "11:00"), json!({"attendees": 6}));
        let offered = alternatives(&house.reserves(&ana, wish.clone()).await.refused(409, "slot_taken"));
        // The nearest first, as far as the buffers let it; no other room is free and large enough.
        assert_eq!(offered[0]["starts_at"], "2026-03-03T08:15:00+01:00");
        assert!(offered.iter().all(|alternative| alternative["space_id"] == json!(room)), "{offered:?}");
        assert_eq!(offered.len(), 5);
        books_each(&house, &ana, &wish, &offered).await;

        let wish = with(request(&room, "10:00", "11:00"), json!({"attendees": 3}));
        let offered = alternatives(&house.reserves(&ana, wish.clone()).await.refused(409, "slot_taken"));
        let here = json!({"space_id": small, "starts_at": "2026-03-03T10:00:00+01:00", "ends_at": "2026-03-03T11:00:00+01:00"});
        assert!(offered.contains(&here), "{offered:?}");
        books_each(&house, &ana, &wish, &offered).await;

        // Beyond the rules: what keeps them, in the same way.
        for wish in [
            request(&room, "19:30", "20:30"),
            request(&room, "13:07", "14:07"),
            request(&room, "2026-03-02T08:15", "2026-03-02T09:15"),
            with(request(&room, "13:00", "14:00"), json!({"attendees": 13})),
            request(&room, "08:00", "2026-03-04T08:00"),
        ] {
            let offered = alternatives(&house.reserves(&ana, wish.clone()).await.refused(422, "policy_refused"));
            books_each(&house, &ana, &wish, &offered).await;
        }

        // A move is offered what it can be moved to.
        let mine = house.has(&ana, &room, &on(DAY, "14:00"), &on(DAY, "15:00")).await;
        let path = format!("/reservations/{}", id(&mine));
        let change = json!({"starts_at": on(DAY, "11:00"), "ends_at": on(DAY, "12:00")});
        let offered = alternatives(&app.patch(&path, 1, change).by(&ana).await.refused(409, "slot_taken"));
        let here = offered.iter().find(|alternative| alternative["space_id"] == json!(room)).unwrap();
        let change = json!({"starts_at": here["starts_at"], "ends_at": here["ends_at"]});
        let moved = app.patch(&path, 1, change).by(&ana).await.expect(200);
        assert_eq!(moved["starts_at"], here["starts_at"]);
        house.is_sound();
    }

    async fn for_a_closed_day_other_days_are_offered_at_its_hour(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Soba").await, app.member("ana"));
        let week = ["mon", "tue", "wed", "thu", "fri"];
        let hours = json!({"weekly": [{"days": week, "opens": "08:00", "closes": "20:00"}], "holidays": "open"});
        house.opens(&format!("/spaces/{room}"), hours).await;
        // A Sunday.
        let wish = meeting(&room, "2026-03-08T18:00", "2026-03-08T20:30");
        let offered = alternatives(&house.reserves(&ana, wish.clone()).await.refused(422, "policy_refused"));
        let starts: Vec<&str> = offered.iter().map(|each| &each["starts_at"].as_str().unwrap()[8..16]).collect();
        // Half past five is the last at which so long a meeting ends in time.
        assert_eq!(starts, ["09T17:30", "10T17:30", "06T17:30", "11T17:30", "05T17:30"]);
        books_each(&house, &ana, &wish, &offered).await;
        house.is_sound();
    }

    async fn alternatives_go_from_house_to_house_the_best_fitting_first(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let wishes = json!({"amenities": ["projector", "whiteboard"], "step_free": true, "capacity": 10});
        let room = house.room_with("Prva", wishes).await;
        // In the house: one with steps, one too small, one of another kind, one without a projector.
        house.room_with("S stopnicami", json!({"step_free": false, "capacity": 10})).await;
        house.room_with("Premajhna", json!({"step_free": true, "capacity": 4})).await;
        house.room_with("Studio", json!({"step_free": true, "kind": "studio"})).await;
        let bare = house.room_with("Gola", json!({"step_free": true, "amenities": ["whiteboard"]})).await;
        // In another house of the network: a hall, and a room of the size.
        let kovacnica = house.another_venue("kovacnica").await;
        let all = json!({"amenities": ["projector", "whiteboard"], "step_free": true});
        let large = kovacnica.room_with("Velika", with(all.clone(), json!({"capacity": 40}))).await;
        let near = kovacnica.room_with("Kovaška", with(all, json!({"capacity": 12}))).await;
        house.has(&bor, &room, &on(DAY, "10:00"), &on(DAY, "11:00")).await;

        let wish = with(request(&room, "10:00", "11:00"), json!({"attendees": 8}));
        let check = app.post("/reservations/check", wish.clone()).by(&ana).await.expect(200);
        let offered = alternatives(&house.reserves(&ana, wish.clone()).await.refused(409, "slot_taken"));
        assert_eq!(alternatives(&check), offered, "the dry run offers the same");
        let spaces: Vec<&str> = offered.iter().map(|each| each["space_id"].as_str().unwrap()).collect();
        assert_eq!(spaces, [&room, &room, &room, &bare, &near].map(String::as_str));
        books_each(&house, &ana, &wish, &offered).await;
        // Where the hours of a house end, another one may be open.
        kovacnica.opens(&format!("/venues/{}", kovacnica.venue), daily("08:00", "23:00")).await;
        let late = with(request(&room, "20:00", "21:00"), json!({"attendees": 8}));
        let offered = alternatives(&house.reserves(&ana, late.clone()).await.refused(422, "policy_refused"));
        let then = offered.iter().filter(|each| each["starts_at"] == "2026-03-03T20:00:00+01:00");
        let spaces: Vec<&str> = then.map(|each| each["space_id"].as_str().unwrap()).collect();
        assert_eq!(spaces, [&near, &large].map(String::as_str));
        books_each(&house, &ana, &late, &offered).await;
        // Nobody is offered what they could not book.
        let check = app.post("/reservations/check", wish).await.expect(200);
        assert_eq!(alternatives(&check), [json!(null); 0]);
    }

    async fn alternatives_keep_to_the_person_and_to_the_desks(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let (area, desks) = house.desks("Pisarna", 3).await;
        let named = with(request(&area, "10:00", "11:00"), json!({"unit_ids": [desks[1]]}));
        let long = with(request(&area, "09:00", "14:00"), json!({"unit_ids": [desks[1]]}));
        house.reserves(&bor, long).await.expect(201);
        let offered = alternatives(&house.reserves(&ana, named.clone()).await.refused(409, "slot_taken"));
        assert!(!offered.is_empty());
        books_each(&house, &ana, &named, &offered).await;
        // Who may have no more is offered nothing.
        let (room, _) = (house.room("Prva").await, house.room("Druga").await);
        house.rules(&format!("/venues/{}", house.venue), json!({"max_active": {"value": 1}})).await;
        house.has(&ana, &room, &on(DAY, "10:00"), &on(DAY, "11:00")).await;
        let refused = house.asks(&ana, &room, &on(DAY, "12:00"), &on(DAY, "13:00")).await;
        assert_eq!(alternatives(&refused.refused(422, "policy_refused")), [json!(null); 0]);
    }

    async fn a_check_says_what_booking_does_and_writes_nothing(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        house.has(&ana, &room, &on(DAY, "10:00"), &on(DAY, "11:00")).await;
        let before = rows(&app);
        let newcomer = app.newcomer("novak");
        let good = request(&room, "12:00", "13:00");
        for (person, code) in [(None, "sign_in_required"), (Some(&newcomer), "address_unverified")] {
            let mut check = app.post("/reservations/check", good.clone());
            let mut book = app.post("/reservations", good.clone());
            if let Some(person) = person {
                (check, book) = (check.by(person), book.by(person));
            }
            assert_eq!(outcome(&check.await), [code]);
            let refused = book.await;
            assert!(matches!(refused.status, 401 | 403), "{refused:?}");
        }
        for _ in 0..3 {
            let check = app.post("/reservations/check", good.clone()).by(&ana).key("the-same").await;
            assert_eq!(check.expect(200), json!({"outcome": "allow", "reasons": [], "price": null, "alternatives": []}));
        }
        // What is not theirs is hidden by both.
        let org = app.post("/organisations", json!({"name": "Zavod", "legal_form": "ngo", "municipality": "Kranj"})).by(&ana).await;
        assert!(org.status == 201, "{org:?}");
        let foreign = with(good.clone(), json!({"organisation_id": org.json["id"]}));
        let bor = app.member("bor");
        for path in ["/reservations", "/reservations/check"] {
            let hidden = app.post(path, foreign.clone()).by(&bor).await;
            assert_eq!(field(hidden, "invalid"), "/organisation_id unknown");
            let unknown = with(good.clone(), json!({"space_id": "spc_01h455vb4pex5vsknk084sn02q"}));
            assert_eq!(field(app.post(path, unknown).by(&bor).await, "invalid"), "/space_id unknown");
        }
        let [reservations, occupancies, _, mails] = rows(&app);
        assert_eq!([reservations, occupancies, mails], [before[0], before[1], before[3]]);
    }

    async fn what_is_offered_can_be_booked(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let room = house.room_with("Galerija", json!({"setup_minutes": 30, "teardown_minutes": 15})).await;
        let (area, _) = house.desks("Pisarna", 3).await;
        house.opens(&format!("/spaces/{room}"), daily("18:00", "04:00")).await;
        let rules = json!({"min_notice_minutes": {"value": 720, "beyond": "ask"}, "horizon_days": {"value": 27},
            "max_duration_minutes": {"value": 90, "beyond": "ask"}});
        house.rules(&format!("/venues/{}", house.venue), rules).await;
        house.has(&bor, &room, "2026-03-03T01:00", "2026-03-03T02:00").await;
        house.has(&bor, &room, "2026-03-28T22:00", "2026-03-28T23:00").await;
        for (hour, quantity) in [("09:00", 2), ("10:00", 1), ("14:00", 3)] {
            let taken = with(request(&area, hour, "15:00"), json!({"quantity": quantity}));
            house.reserves(&bor, taken).await;
        }
        // Past the start of a slot, so that what is tried can be cancelled.
        app.advance(60);
        let mut seen = Vec::new();
        for (space, from, to, minutes, quantity) in [
            (&room, "2026-03-02", "2026-03-04", 60, 1),
            (&room, "2026-03-02", "2026-03-03", 120, 1),
            // Over the hour that is missing, and up to the horizon.
            (&room, "2026-03-28", "2026-03-30", 60, 1),
            (&area, "2026-03-02", "2026-03-04", 60, 1),
            (&area, "2026-03-03", "2026-03-04", 90, 2),
        ] {
            let path = format!("/spaces/{space}/availability?from={from}&to={to}&duration_minutes={minutes}&quantity={quantity}");
            let answer = app.get(&path).by(&ana).await.expect(200);
            let days = answer["days"].as_array().unwrap().iter();
            let slots: Vec<&Value> = days.flat_map(|day| day["slots"].as_array().unwrap()).collect();
            assert!(slots.len() > 20, "{path}: {}", slots.len());
            for slot in slots.iter().step_by(4) {
                let [from, to] = ["starts_at", "ends_at"].map(|end| slot[end].as_str().unwrap());
                let wish = with(meeting(space, from, to), json!({"quantity": quantity}));
                let came = tries(&house, &ana, &wish).await;
                let promised = slot["outcome"].as_str().unwrap();
                let came = if ["allow", "ask"].contains(&came[0].as_str()) { came[0].as_str() } else { "refuse" };
                assert_eq!(promised, came, "{slot}");
                seen.push(promised.to_owned());
            }
        }
        for outcome in ["allow", "ask", "refuse"] {
            assert!(seen.iter().filter(|seen| *seen == outcome).count() > 3, "{outcome} in {seen:?}");
        }
    }


    async fn one_answer_decides_so_many_slots_and_no_more(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Sejna soba").await;
        house.opens(&format!("/venues/{}", house.venue), daily("00:00", "24:00")).await;
        house.rules(&format!("/spaces/{room}"), json!({"slot_minutes": {"value": 1, "beyond": "refuse"}})).await;
        let asked = |to: &str| app.get(&format!("/spaces/{room}/availability?from=2026-03-03&to={to}"));
        // 1440 a day.
        let days = asked("2026-03-09").await.expect(200);
        let slots: usize = days["days"].as_array().unwrap().iter().map(|day| day["slots"].as_array().unwrap().len()).sum();
        assert_eq!(slots, 6 * 1440);
        for to in ["2026-03-10", "2026-06-03"] {
            let refused = asked(to).await.refused(422, "invalid");
            let error = &refused["errors"][0];
            assert_eq!((&error["pointer"], &error["code"]), (&json!("?to"), &json!("too_many_slots")));
            assert!(error["message"].as_str().unwrap().contains("10.000"), "{error}");
        }
        // A search looks at as many as its answer shows.
        let found = app.get("/availability?from=2026-03-03&to=2026-04-03").await.expect(200);
        let slots = found["items"][0]["slots"].as_array().unwrap();
        assert_eq!((slots.len(), &slots[23]["starts_at"]), (24, &json!("2026-03-03T00:23:00+01:00")));
        assert_eq!(found["items"][0]["next_free"], slots[0]["starts_at"]);
    }
}
