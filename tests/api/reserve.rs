//! Reserving: what may be booked, what is refused and why, what is offered instead (DESIGN 3 and 4).

use diesel::prelude::*;
use prostor::store::schema::{audit, occupancies, outbox, reservations};
use serde_json::{Value, json};

use crate::support::{House, Person, Reply, TestApp, both, daily, id, meeting, version, with};

/// A Tuesday, the day after the clock's beginning.
const DAY: &str = "2026-03-03";

/// Times of that day, or whole local times.
fn on(day: &str, time: &str) -> String {
    if time.contains('T') { time.to_owned() } else { format!("{day}T{time}") }
}

fn request(space: &str, from: &str, to: &str) -> Value {
    meeting(space, &on(DAY, from), &on(DAY, to))
}

/// What a request came to, as the dry run names it: `allow`, `ask`, or the codes that refuse, sorted.
fn outcome(reply: &Reply) -> Vec<String> {
    let codes = |of: &Value| {
        let reasons = of["reasons"].as_array().unwrap().iter();
        let standing =
            reasons.filter(|reason| reason["waived"] == json!(false) && reason["outcome"] == "refuse");
        let mut codes: Vec<String> =
            standing.map(|reason| reason["code"].as_str().unwrap().to_owned()).collect();
        codes.sort();
        codes
    };
    let body = &reply.json;
    match (reply.status, body["outcome"].as_str(), body["status"].as_str(), body["code"].as_str()) {
        (200, Some("refuse"), ..) | (422, _, _, Some("policy_refused")) => codes(body),
        (200, Some(outcome), ..) => vec![outcome.to_owned()],
        (201, _, Some("confirmed"), _) => vec!["allow".to_owned()],
        (201, _, Some("pending"), _) => vec!["ask".to_owned()],
        (409, _, _, Some("slot_taken")) => vec!["slot_taken".to_owned()],
        _ => panic!("{reply:?}"),
    }
}

/// Tries a request without and with making it, which must agree; what was made is cancelled again.
async fn tries(house: &House<'_>, person: &Person, request: &Value) -> Vec<String> {
    let checked = house.post("/reservations/check", request.clone()).by(person).await;
    let made = house.reserves(person, request.clone()).await;
    assert_eq!(outcome(&checked), outcome(&made), "{request}\n{checked:?}\n{made:?}");
    if made.status == 201 {
        house.does(person, &id(&made.json), "cancel").await.expect(200);
    } else if made.status == 422 {
        assert_eq!(checked.json["reasons"], made.json["reasons"]);
    }
    outcome(&made)
}

/// Rows in the tables that a reservation writes to.
fn rows(app: &TestApp) -> [i64; 4] {
    let mut connection = app.connection();
    [
        reservations::table.count().get_result(&mut connection).unwrap(),
        occupancies::table.count().get_result(&mut connection).unwrap(),
        audit::table.count().get_result(&mut connection).unwrap(),
        outbox::table.count().get_result(&mut connection).unwrap(),
    ]
}

/// The code of the one refused field, with its pointer.
#[track_caller]
fn field(reply: Reply, code: &str) -> String {
    let body = reply.refused(422, code);
    let [error] = body["errors"].as_array().unwrap().as_slice() else { panic!("{body}") };
    format!("{} {}", error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap())
}

both! {
    async fn touching_is_free_and_any_overlap_is_not(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, bor) = (house.room("Sejna soba").await, app.member("ana"), app.member("bor"));
        house.has(&ana, &room, &on(DAY, "10:00"), &on(DAY, "11:00")).await;
        for (from, to, wanted) in [
            ("09:00", "10:00", "allow"),
            ("11:00", "12:00", "allow"),
            ("10:00", "11:00", "slot_taken"),
            ("09:45", "10:15", "slot_taken"),
            ("10:45", "11:15", "slot_taken"),
            ("10:15", "10:45", "slot_taken"),
            ("09:00", "12:00", "slot_taken"),
            ("10:00", "10:15", "slot_taken"),
            ("10:45", "11:00", "slot_taken"),
        ] {
            assert_eq!(tries(&house, &bor, &request(&room, from, to)).await, [wanted], "{from} {to}");
        }
        // The same hour elsewhere, and the day before and after here.
        let other = house.room("Druga").await;
        for request in [
            request(&other, "10:00", "11:00"),
            request(&room, "2026-03-04T10:00", "2026-03-04T11:00"),
            request(&room, "2026-03-02T10:00", "2026-03-02T11:00"),
        ] {
            assert_eq!(tries(&house, &bor, &request).await, ["allow"], "{request}");
        }
        house.is_sound();
    }

    async fn ones_own_old_time_does_not_count_on_a_move(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        house.has(&app.member("bor"), &room, &on(DAY, "12:00"), &on(DAY, "13:00")).await;
        let mut mine = house.has(&ana, &room, &on(DAY, "10:00"), &on(DAY, "11:00")).await;
        let path = format!("/reservations/{}", id(&mine));
        for (from, to, free) in [
            ("10:30", "11:30", true),
            ("10:00", "12:00", true),
            ("10:15", "10:45", true),
            ("10:15", "12:15", false),
            ("12:30", "12:45", false),
            ("09:00", "14:00", false),
            ("13:00", "14:00", true),
        ] {
            let change = json!({"starts_at": on(DAY, from), "ends_at": on(DAY, to)});
            let reply = app.patch(&path, version(&mine), change).by(&ana).await;
            if free {
                let moved = reply.expect(200);
                assert_eq!(moved["starts_at"], format!("{DAY}T{from}:00+01:00"));
                assert_eq!(version(&moved), version(&mine) + 1);
                mine = moved;
            } else {
                reply.refused(409, "slot_taken");
                assert_eq!(house.sees(&ana, &id(&mine)).await, mine);
            }
        }
        // Only the last slot is taken now.
        let bor = app.member("ciril");
        assert_eq!(tries(&house, &bor, &request(&room, "08:00", "12:00")).await, ["allow"]);
        assert_eq!(tries(&house, &bor, &request(&room, "13:30", "15:00")).await, ["slot_taken"]);
        house.is_sound();
    }

    async fn hours_join_cross_midnight_and_close(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Studio").await, app.member("ana"));
        let work = ["mon", "tue", "wed", "thu", "fri"];
        house.opens(&format!("/spaces/{room}"), json!({
            "weekly": [
                {"days": work, "opens": "08:00", "closes": "12:00"},
                {"days": work, "opens": "12:00", "closes": "16:00"},
                {"days": ["fri"], "opens": "20:00", "closes": "02:00"},
                {"days": ["sat"], "opens": "16:00", "closes": "24:00"},
            ],
            "holidays": "closed",
            "exceptions": [
                {"date": "2026-03-05", "hours": [], "reason": "Inventura"},
                {"date": "2026-03-07", "hours": [{"opens": "10:00", "closes": "12:00"}]},
            ],
        })).await;
        let outside = "outside_hours";
        for (from, to, wanted) in [
            // Two spans that touch are one.
            ("11:00", "13:00", "allow"),
            ("08:00", "16:00", "allow"),
            ("07:45", "09:00", outside),
            ("15:00", "16:15", outside),
            ("16:00", "17:00", outside),
            // Friday's evening goes on after midnight, whatever the exception says of Saturday.
            ("2026-03-06T23:00", "2026-03-07T01:00", "allow"),
            ("2026-03-07T00:00", "2026-03-07T02:00", "allow"),
            ("2026-03-07T01:00", "2026-03-07T02:15", outside),
            ("2026-03-06T15:00", "2026-03-06T21:00", outside),
            // A Saturday with hours of its own, and an ordinary one until midnight.
            ("2026-03-07T10:00", "2026-03-07T12:00", "allow"),
            ("2026-03-07T17:00", "2026-03-07T18:00", outside),
            ("2026-03-14T22:00", "2026-03-15T00:00", "allow"),
            ("2026-03-14T22:00", "2026-03-15T00:15", outside),
            // A closed Thursday, the Thursday after, a Sunday.
            ("2026-03-05T10:00", "2026-03-05T11:00", outside),
            ("2026-03-12T10:00", "2026-03-12T11:00", "allow"),
            ("2026-03-08T10:00", "2026-03-08T11:00", outside),
            // Easter Monday, the Tuesday after, Resistance Day.
            ("2026-04-06T10:00", "2026-04-06T11:00", outside),
            ("2026-04-07T10:00", "2026-04-07T11:00", "allow"),
            ("2026-04-27T10:00", "2026-04-27T11:00", outside),
        ] {
            assert_eq!(tries(&house, &ana, &request(&room, from, to)).await, [wanted], "{from} {to}");
        }
    }

    async fn local_times_that_do_not_exist_or_exist_twice(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Studio").await, app.member("ana"));
        house.opens(&format!("/spaces/{room}"), daily("00:00", "24:00")).await;
        let (gap, fold) = ("local_time_nonexistent", "local_time_ambiguous");
        for (from, to, code, pointer) in [
            ("2026-03-29T02:30", "2026-03-29T04:00", gap, "/starts_at"),
            ("2026-03-29T01:00", "2026-03-29T02:00", gap, "/ends_at"),
            ("2026-10-25T02:00", "2026-10-25T04:00", fold, "/starts_at"),
            ("2026-10-25T01:00", "2026-10-25T02:45", fold, "/ends_at"),
        ] {
            for path in ["/reservations", "/reservations/check"] {
                let reply = app.post(path, meeting(&room, from, to)).by(&ana).await;
                assert_eq!(field(reply, code), format!("{pointer} {code}"));
            }
        }
        // With what they are answered with: the offset that counts at each instant.
        for (from, to, starts_at, ends_at) in [
            ("2026-03-29T01:00", "2026-03-29T04:00", "2026-03-29T01:00:00+01:00", "2026-03-29T04:00:00+02:00"),
            ("2026-03-29T01:45", "2026-03-29T03:00", "2026-03-29T01:45:00+01:00", "2026-03-29T03:00:00+02:00"),
            ("2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z", "2026-03-29T03:30:00+02:00", "2026-03-29T04:30:00+02:00"),
            ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"),
            ("2026-10-25T01:00", "2026-10-25T03:00", "2026-10-25T01:00:00+02:00", "2026-10-25T03:00:00+01:00"),
            ("2026-10-25T04:30:00+04:00", "2026-10-25T02:00:00+01:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00"),
        ] {
            let made = house.has(&ana, &room, from, to).await;
            assert_eq!((&made["starts_at"], &made["ends_at"]), (&json!(starts_at), &json!(ends_at)));
            house.does(&ana, &id(&made), "cancel").await.expect(200);
        }
    }

    async fn a_night_lasts_as_long_as_it_does(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Studio").await, app.member("ana"));
        house.opens(&format!("/spaces/{room}"), daily("00:00", "24:00")).await;
        house.rules(&format!("/spaces/{room}"), json!({"max_duration_minutes": {"value": 480}})).await;
        // From 22 to 6 o'clock, and how many minutes that is.
        for (evening, morning, minutes) in
            [("2026-03-27", "2026-03-28", 480), ("2026-03-28", "2026-03-29", 420), ("2026-10-24", "2026-10-25", 540)]
        {
            let night = meeting(&room, &format!("{evening}T22:00"), &format!("{morning}T06:00"));
            if minutes <= 480 {
                assert_eq!(tries(&house, &ana, &night).await, ["allow"]);
                let longer = with(night, json!({"ends_at": format!("{morning}T07:15")}));
                let refused = house.reserves(&ana, longer).await.refused(422, "policy_refused");
                assert_eq!(refused["reasons"][0]["actual"], json!(minutes + 75));
            } else {
                let refused = house.reserves(&ana, night).await.refused(422, "policy_refused");
                let reason = &refused["reasons"][0];
                assert_eq!((&reason["code"], &reason["actual"]), (&json!("too_long"), &json!(minutes)));
            }
        }
    }

    async fn set_up_and_tear_down_are_work(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let buffers = json!({"setup_minutes": 30, "teardown_minutes": 15});
        let room = house.room_with("Galerija", buffers).await;
        // They may lie outside opening time, on both sides.
        let first = house.has(&ana, &room, &on(DAY, "08:00"), &on(DAY, "09:00")).await;
        assert_eq!((&first["setup_minutes"], &first["teardown_minutes"]), (&json!(30), &json!(15)));
        house.has(&ana, &room, &on(DAY, "19:00"), &on(DAY, "20:00")).await;
        // Never on another's occupancy, and two neighbours' add up.
        for (from, to, wanted) in [
            ("09:00", "10:00", "slot_taken"),
            ("09:15", "10:00", "slot_taken"),
            ("09:30", "10:00", "slot_taken"),
            ("09:45", "10:00", "allow"),
            ("17:00", "18:30", "slot_taken"),
            ("17:00", "18:15", "allow"),
        ] {
            assert_eq!(tries(&house, &bor, &request(&room, from, to)).await, [wanted], "{from} {to}");
        }
        // Now it is 8:00 on the day before: what is set up cannot begin earlier, except by staff.
        let now = |from: &str| request(&room, &format!("2026-03-02T{from}"), "2026-03-02T10:00");
        assert_eq!(tries(&house, &bor, &now("08:30")).await, ["allow"]);
        assert_eq!(tries(&house, &bor, &now("08:15")).await, ["setup_in_the_past"]);
        let refused = house.reserves(&bor, now("08:15")).header("accept-language", "en").await;
        let reason = &refused.refused(422, "policy_refused")["reasons"][0];
        assert_eq!(reason["actual"], "2026-03-02T07:45:00+01:00");
        let message = "Setting up the space would have had to begin by Monday, 2 March 2026, 07:45; choose a later start.";
        assert_eq!(reason["message"], message);
        let made = house.reserves(&house.manager, now("08:15")).await.expect(201);
        assert_eq!((&made["status"], &made["waived"]), (&json!("confirmed"), &json!(true)));
        // What was made keeps its own, whatever the space is given later.
        let path = format!("/spaces/{room}");
        let space = app.get(&path).await.expect(200);
        let none = json!({"setup_minutes": 0, "teardown_minutes": 0});
        app.patch(&path, version(&space), none).by(&house.manager).await.expect(200);
        assert_eq!(tries(&house, &bor, &request(&room, "09:00", "10:00")).await, ["slot_taken"]);
        assert_eq!(tries(&house, &bor, &request(&room, "09:15", "10:00")).await, ["allow"]);
        house.is_sound();
    }

    async fn layouts_have_their_own_capacity_and_buffers(app: TestApp) {
        let house = House::new(&app).await;
        let ana = app.member("ana");
        let layouts = json!({"layouts": [
            {"name": "gledališče", "capacity": 40, "setup_minutes": 60, "teardown_minutes": 30},
            {"name": "okrogla miza", "capacity": 8, "setup_minutes": 0, "teardown_minutes": 0},
        ]});
        let (room, other) = (house.room_with("Dvorana", layouts.clone()).await, house.room_with("Druga", layouts).await);
        let space = app.get(&format!("/spaces/{room}")).await.expect(200);
        let (theatre, table) = (id(&space["layouts"][0]), id(&space["layouts"][1]));
        let ask = |more: Value| with(request(&room, "10:00", "11:00"), more);
        for (more, wanted) in [
            (json!({}), "allow"),
            (json!({"attendees": 0}), "allow"),
            (json!({"attendees": 12}), "allow"),
            (json!({"attendees": 13}), "over_capacity"),
            (json!({"attendees": 40, "layout": theatre}), "allow"),
            (json!({"attendees": 41, "layout": theatre}), "over_capacity"),
            (json!({"attendees": 9, "layout": table}), "over_capacity"),
        ] {
            assert_eq!(tries(&house, &ana, &ask(more.clone())).await, [wanted], "{more}");
        }
        let full = ask(json!({"attendees": 13}));
        for (language, message) in [
            ("sl", "Prostor sprejme največ 12 oseb; navedli ste 13 oseb."),
            ("en", "The space holds at most 12 people; you asked for 13 people."),
        ] {
            let reply = house.reserves(&ana, full.clone()).header("accept-language", language).await;
            assert_eq!(reply.header("content-language"), language);
            let refused = reply.refused(422, "policy_refused");
            let reason = json!({"code": "over_capacity", "outcome": "refuse", "limit": 12, "actual": 13,
                "unit": "count", "waived": false, "message": message});
            assert_eq!(refused["reasons"], json!([reason]));
        }
        let made = house.reserves(&ana, ask(json!({"layout": theatre}))).await.expect(201);
        assert_eq!((&made["setup_minutes"], &made["layout"]), (&json!(60), &json!(theatre)));
        assert_eq!(tries(&house, &ana, &request(&room, "08:00", "09:15")).await, ["slot_taken"]);
        assert_eq!(tries(&house, &ana, &request(&room, "11:30", "12:00")).await, ["allow"]);
        let foreign = id(&app.get(&format!("/spaces/{other}")).await.expect(200)["layouts"][0]);
        let reply = house.reserves(&ana, ask(json!({"layout": foreign}))).await;
        assert_eq!(field(reply, "invalid"), "/layout not_of_this_space");
    }

    async fn desks_are_taken_by_number_or_by_name(app: TestApp) {
        let house = House::new(&app).await;
        let ana = app.member("ana");
        let (area, desks) = house.desks("Pisarna", 4).await;
        let (_, foreign) = house.desks("Mansarda", 1).await;
        let ask = |more: Value| with(request(&area, "10:00", "11:00"), more);
        let two = house.reserves(&ana, ask(json!({"quantity": 2, "attendees": 2}))).await.expect(201);
        assert_eq!((&two["quantity"], two["unit_ids"].as_array().unwrap().len()), (&json!(2), 2));
        let free: Vec<&String> = desks.iter().filter(|desk| !two["unit_ids"].as_array().unwrap().contains(&json!(desk))).collect();
        let named = house.reserves(&ana, ask(json!({"unit_ids": [free[1]]}))).await.expect(201);
        assert_eq!((&named["unit_ids"], &named["quantity"]), (&json!([free[1]]), &json!(1)));
        for (more, wanted) in [
            (json!({"unit_ids": [free[1]]}), "slot_taken"),
            (json!({"unit_ids": [free[0]]}), "allow"),
            (json!({"unit_ids": [free[0], free[1]]}), "slot_taken"),
            (json!({"quantity": 2}), "slot_taken"),
            (json!({"quantity": 1}), "allow"),
            (json!({}), "allow"),
            (json!({"quantity": 1, "attendees": 2}), "over_capacity"),
        ] {
            assert_eq!(tries(&house, &ana, &ask(more.clone())).await, [wanted], "{more}");
        }
        let refused = house.reserves(&ana, ask(json!({"quantity": 5}))).await.refused(422, "policy_refused");
        let reason = &refused["reasons"][0];
        assert_eq!((&reason["code"], &reason["limit"], &reason["actual"]),
            (&json!("quantity_over_pool"), &json!(4), &json!(5)));
        for (more, wanted) in [
            (json!({"unit_ids": foreign}), "/unit_ids not_of_this_space"),
            (json!({"unit_ids": [free[0], free[0]]}), "/unit_ids repeated"),
            (json!({"unit_ids": [free[0]], "quantity": 2}), "/unit_ids not_as_many_as_quantity"),
            (json!({"unit_ids": []}), "/quantity out_of_range"),
            (json!({"quantity": 0}), "/quantity out_of_range"),
        ] {
            assert_eq!(field(house.reserves(&ana, ask(more)).await, "invalid"), wanted);
        }
        // Asked for again without names, a reservation keeps its desks; more desks are added.
        let path = format!("/reservations/{}", id(&named));
        let moved = app.patch(&path, 1, json!({"ends_at": on(DAY, "12:00")})).by(&ana).await.expect(200);
        assert_eq!(moved["unit_ids"], named["unit_ids"]);
        let more = app.patch(&path, 2, json!({"quantity": 2})).by(&ana).await.expect(200);
        let mut taken: Vec<&str> = more["unit_ids"].as_array().unwrap().iter().map(|u| u.as_str().unwrap()).collect();
        taken.sort_unstable();
        let mut wanted = vec![free[0].as_str(), free[1].as_str()];
        wanted.sort_unstable();
        assert_eq!(taken, wanted);
        assert_eq!(tries(&house, &ana, &ask(json!({}))).await, ["slot_taken"]);
        house.is_sound();
    }

    async fn each_limit_refuses_or_asks(app: TestApp) {
        let house = House::new(&app).await;
        let ana = app.member("ana");
        let at = |time: &str| format!("{DAY}T{time}:00+01:00");
        let cases = [
            ("min_duration_minutes", json!(60), ["10:00", "10:30"], "too_short", json!(60), json!(30), "minutes"),
            ("max_duration_minutes", json!(60), ["10:00", "11:30"], "too_long", json!(60), json!(90), "minutes"),
            ("slot_minutes", json!(30), ["10:15", "11:00"], "off_grid", json!(30), json!(at("10:15")), "minutes"),
            ("slot_minutes", json!(45), ["08:45", "10:00"], "off_grid", json!(45), json!(at("10:00")), "minutes"),
            ("min_notice_minutes", json!(2880), ["10:00", "11:00"], "too_late", json!(2880), json!(1560), "minutes"),
            ("horizon_days", json!(0), ["10:00", "11:00"], "too_far", json!(0), json!(1), "days"),
        ];
        for (n, (rule, value, [from, to], code, limit, actual, unit)) in cases.into_iter().enumerate() {
            let room = house.room(&format!("Soba {n}")).await;
            for beyond in ["refuse", "ask"] {
                house.rules(&format!("/spaces/{room}"), json!({rule: {"value": value, "beyond": beyond}})).await;
                let checked = app.post("/reservations/check", request(&room, from, to)).by(&ana).await.expect(200);
                assert_eq!((&checked["outcome"], checked["reasons"].as_array().unwrap().len()), (&json!(beyond), 1));
                let reason = &checked["reasons"][0];
                let found = ["code", "outcome", "limit", "actual", "unit", "waived"].map(|field| reason[field].clone());
                assert_eq!(found, [json!(code), json!(beyond), limit.clone(), actual.clone(), json!(unit), json!(false)]);
                let wanted = if beyond == "ask" { "ask" } else { code };
                assert_eq!(tries(&house, &ana, &request(&room, from, to)).await, [wanted], "{rule}");
                let messages = ["sl", "en"].map(|language| {
                    app.post("/reservations/check", request(&room, from, to)).by(&ana).header("accept-language", language)
                });
                let mut said = Vec::new();
                for message in messages {
                    said.push(message.await.expect(200)["reasons"][0]["message"].as_str().unwrap().to_owned());
                }
                assert!(said[0] != said[1] && said.iter().all(|text| text.ends_with('.')), "{said:?}");
            }
        }
    }

    async fn each_other_rule_does_what_it_says(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let path = format!("/spaces/{room}");
        let many = json!({"attendees": 13});
        for (rules, more, wanted) in [
            (json!({"capacity": {"beyond": "ask"}}), many.clone(), "ask"),
            (json!({"capacity": {"beyond": "refuse"}}), many, "over_capacity"),
            (json!({"attendees_required": true}), json!({}), "attendees_required"),
            (json!({"attendees_required": true}), json!({"attendees": 1}), "allow"),
            (json!({"approval": "always"}), json!({}), "ask"),
            (json!({"bookable": false}), json!({}), "not_bookable_by_you"),
        ] {
            house.rules(&path, rules.clone()).await;
            let request = with(request(&room, "10:00", "11:00"), more);
            assert_eq!(tries(&house, &ana, &request).await, [wanted], "{rules}");
        }
        house.has(&house.manager, &room, &on(DAY, "15:00"), &on(DAY, "16:00")).await;
        for (beyond, wanted) in [("refuse", "too_many_active"), ("ask", "ask")] {
            house.rules(&path, json!({"max_active": {"value": 1, "beyond": beyond}})).await;
            assert_eq!(tries(&house, &ana, &request(&room, "10:00", "11:00")).await, ["allow"]);
            let one = house.has(&ana, &room, &on(DAY, "12:00"), &on(DAY, "13:00")).await;
            assert_eq!(tries(&house, &ana, &request(&room, "10:00", "11:00")).await, [wanted]);
            // What one has may still be moved.
            let change = json!({"starts_at": on(DAY, "11:00")});
            app.patch(&format!("/reservations/{}", id(&one)), 1, change).by(&ana).await.expect(200);
            house.does(&ana, &id(&one), "cancel").await.expect(200);
        }
        // Everything that is wrong is named at once.
        house.rules(&path, json!({"max_duration_minutes": {"value": 60}, "min_notice_minutes": {"value": 6000}})).await;
        let all = with(request(&room, "18:07", "21:00"), json!({"attendees": 99}));
        let wanted = ["off_grid", "outside_hours", "over_capacity", "too_late", "too_long"];
        assert_eq!(tries(&house, &ana, &all).await, wanted);
    }

    async fn the_nearest_rule_wins_field_by_field(app: TestApp) {
        let house = House::new(&app).await;
        let (room, other, ana) = (house.room("Prva").await, house.room("Druga").await, app.member("ana"));
        let most = |minutes: u32| json!({"max_duration_minutes": {"value": minutes}});
        let tried = async |space: &str, to: &str| tries(&house, &ana, &request(space, "10:00", to)).await.join(" ");
        let network = with(most(60), json!({"min_duration_minutes": {"value": 30}}));
        house.rules(&format!("/networks/{}", house.network), network).await;
        assert_eq!(tried(&room, "11:30").await, "too_long");
        house.rules(&format!("/venues/{}", house.venue), most(120)).await;
        assert_eq!(tried(&room, "11:30").await, "allow");
        assert_eq!(tried(&room, "12:30").await, "too_long");
        house.rules(&format!("/spaces/{room}"), most(180)).await;
        assert_eq!(tried(&room, "12:30").await, "allow");
        assert_eq!(tried(&other, "12:30").await, "too_long");
        // What nearer places do not mention stays as it is further out.
        assert_eq!(tried(&room, "10:15").await, "too_short");
        house.rules(&format!("/spaces/{room}"), json!({"min_duration_minutes": {"value": 15}})).await;
        assert_eq!(tried(&room, "10:15").await, "allow");
        assert_eq!(tried(&room, "12:30").await, "too_long");
    }

    async fn staff_may_go_beyond_limits_and_it_is_marked(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        house.rules(&format!("/spaces/{room}"),
            json!({"max_duration_minutes": {"value": 60}, "min_notice_minutes": {"value": 6000}, "approval": "always"})).await;
        for (request, wanted) in [
            (request(&room, "10:00", "12:00"), vec!["approval_required", "too_late", "too_long"]),
            (request(&room, "20:00", "21:00"), vec!["approval_required", "outside_hours", "too_late"]),
            (request(&room, "14:07", "14:09"), vec!["approval_required", "off_grid", "too_late", "too_short"]),
            (with(request(&room, "2026-03-09T10:00", "2026-03-09T11:00"), json!({"attendees": 99})),
                vec!["approval_required", "over_capacity"]),
            // It began an hour ago.
            (request(&room, "2026-03-02T07:00", "2026-03-02T09:00"),
                vec!["approval_required", "in_the_past", "outside_hours", "too_long"]),
        ] {
            let checked = app.post("/reservations/check", request.clone()).by(&house.manager).await.expect(200);
            let reasons = checked["reasons"].as_array().unwrap();
            assert!(reasons.iter().all(|reason| reason["waived"] == json!(true)), "{checked}");
            let mut codes: Vec<&str> = reasons.iter().map(|reason| reason["code"].as_str().unwrap()).collect();
            codes.sort_unstable();
            assert_eq!((&checked["outcome"], codes), (&json!("allow"), wanted));
            let made = house.reserves(&house.manager, request).await.expect(201);
            assert_eq!((&made["status"], &made["waived"]), (&json!("confirmed"), &json!(true)));
        }
        // Never beyond a slot sold, what is over, or what does not exist.
        let manager = &house.manager;
        assert_eq!(tries(&house, manager, &request(&room, "11:00", "13:00")).await, ["slot_taken"]);
        assert_eq!(tries(&house, manager, &request(&room, "2026-03-02T05:00", "2026-03-02T07:00")).await, ["already_over"]);
        assert_eq!(tries(&house, manager, &with(request(&room, "14:00", "15:00"), json!({"quantity": 2}))).await, ["quantity_over_pool"]);
        assert_eq!(tries(&house, manager, &request(&room, "2026-04-01T10:00", "2026-05-03T10:00")).await, ["out_of_bounds"]);
        // Within the limits nothing is marked; and staff reserve for others.
        house.rules(&format!("/spaces/{room}"), json!({})).await;
        let guest = json!({"organiser": {"name": "Ana", "email": ana.email}, "internal_notes": "plačano"});
        let made = house.reserves(manager, with(request(&room, "16:00", "17:00"), guest.clone())).await.expect(201);
        assert_eq!((&made["waived"], &made["organiser"]["name"]), (&json!(false), &json!("ana")));
        assert_eq!(house.sees(&ana, &id(&made)).await["internal_notes"], Value::Null);
        for path in ["/reservations", "/reservations/check"] {
            app.post(path, with(request(&room, "18:00", "19:00"), guest.clone())).by(&ana).await.refused(403, "forbidden");
        }
        house.is_sound();
    }
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
            let check = app.post("/reservations/check", good.clone()).by(&ana).key("the same").await;
            assert_eq!(check.expect(200), json!({"outcome": "allow", "reasons": [], "price": null}));
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
}
