//! What may be booked by whom: capacity, layouts, desks, each rule of a policy, and staff beyond them.

use serde_json::{Value, json};

use super::{DAY, field, on, request, tries};
use crate::support::{House, TestApp, both, id, with};

both! {
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
        assert_eq!((&made["waived"], &made["organiser"]["name"]), (&json!(false), &json!("Ana")));
        assert_eq!(house.sees(&ana, &id(&made)).await["internal_notes"], Value::Null);
        for path in ["/reservations", "/reservations/check"] {
            app.post(path, with(request(&room, "18:00", "19:00"), guest.clone())).by(&ana).await.refused(403, "forbidden");
        }
        house.is_sound();
    }
}
