//! A late change by a guest avoids no fee: what cancelling would have cost is kept (DESIGN 4, ADR 12).

use serde_json::{Value, json};

use crate::support::{House, Person, TestApp, both, id, meeting, version};

/// A Tuesday, the day after the clock's beginning: within the notice of two days.
const DAY: &str = "2026-03-03";

fn euros(minor: i64) -> Value {
    json!({"minor": minor, "currency": "EUR"})
}

/// A room for 15 euros an hour, half of it for cancelling within two days, and Ana's four hours in it.
async fn four_hours<'a>(app: &'a TestApp) -> (House<'a>, String, Person, Value) {
    let house = House::new(app).await;
    let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
    let vat = json!({"code": "standard"});
    let tariff = json!({
        "prices_include_vat": true,
        "rates": [{"audience": "public", "pricing": {"per_started": {"minutes": 60, "price": 1500}}, "vat": vat}],
        "extras": [{"name": "Oder", "basis": "reservation", "price": 4000, "vat": vat}],
        "cancellation": {"late": {"percent": 50}, "no_show": "full"},
    });
    house.put(&format!("/spaces/{room}/tariff"), 1, tariff).by(&house.manager).await.expect(200);
    house.rules(&format!("/spaces/{room}"), json!({"cancellation_notice_minutes": 2880})).await;
    let made = house.has(&ana, &room, &format!("{DAY}T10:00"), &format!("{DAY}T14:00")).await;
    assert_eq!(made["late_cancellation_fee"], euros(3000));
    (house, room, ana, made)
}

fn path(of: &Value) -> String {
    format!("/reservations/{}", id(of))
}

fn fees(of: &Value) -> [Value; 4] {
    ["kept_fee", "change_fee", "late_cancellation_fee", "cancellation_fee"].map(|field| of[field].clone())
}

both! {
    async fn what_was_given_up_late_is_owed_whatever_comes(app: TestApp) {
        let (house, room, ana, first) = four_hours(&app).await;
        house.does(&house.manager, &id(&first), "cancel").await.expect(200);
        let shorter = json!({"ends_at": format!("{DAY}T11:00")});
        let far = json!({"starts_at": "2026-03-20T10:00", "ends_at": "2026-03-20T14:00"});
        let none = Value::Null;
        for (change, by_guest, wanted, cancelled) in [
            (&shorter, true, [euros(3000), euros(2250), euros(3000), none.clone()], euros(3000)),
            (&far, true, [euros(3000), none.clone(), euros(3000), none.clone()], euros(3000)),
            (&shorter, false, [none.clone(), none.clone(), euros(750), none.clone()], euros(750)),
            (&far, false, [none.clone(), none.clone(), euros(3000), none.clone()], none.clone()),
        ] {
            let made = house.has(&ana, &room, &format!("{DAY}T10:00"), &format!("{DAY}T14:00")).await;
            let by = if by_guest { &ana } else { &house.manager };
            // The dry run says so beforehand, and writes nothing.
            let checked = app.post(&format!("{}/check", path(&made)), change.clone()).by(by).await.expect(200);
            assert_eq!(house.sees(&ana, &id(&made)).await, made);
            let changed = app.patch(&path(&made), 1, change.clone()).by(by).await.expect(200);
            assert_eq!(fees(&changed), wanted, "{change} {by_guest}");
            for field in ["price", "kept_fee", "change_fee"] {
                assert_eq!(checked[field], changed[field], "{change} {by_guest}");
            }
            assert_eq!((&checked["outcome"], &checked["alternatives"]), (&json!("allow"), &json!([])));
            let gone = house.does(&ana, &id(&made), "cancel").await.expect(200);
            assert_eq!((&gone["cancellation_fee"], &gone["change_fee"]), (&cancelled, &none), "{change} {by_guest}");
        }
        // What the venue cancels costs nothing.
        let made = house.has(&ana, &room, &format!("{DAY}T10:00"), &format!("{DAY}T14:00")).await;
        app.patch(&path(&made), 1, shorter).by(&ana).await.expect(200);
        let gone = house.does(&house.manager, &id(&made), "cancel").await.expect(200);
        assert_eq!(fees(&gone), [none.clone(), none.clone(), none.clone(), none]);
        house.is_sound();
    }

    async fn before_the_notice_a_change_costs_nothing(app: TestApp) {
        let (house, room, ana, _) = four_hours(&app).await;
        let made = house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T14:00").await;
        let shorter = json!({"ends_at": "2026-03-10T11:00"});
        let changed = app.patch(&path(&made), 1, shorter).by(&ana).await.expect(200);
        assert_eq!(fees(&changed), [Value::Null, Value::Null, euros(750), Value::Null]);
        house.is_sound();
    }

    async fn it_is_in_the_mail_and_stays_once_it_took_place(app: TestApp) {
        let (house, _, ana, made) = four_hours(&app).await;
        let shorter = json!({"ends_at": format!("{DAY}T11:00")});
        app.patch(&path(&made), 1, shorter).by(&ana).await.expect(200);
        let letters = house.await_letters(&ana.email, 2).await;
        let told = letters.iter().filter(|letter| letter.text.contains("Fee for the late change"));
        assert_eq!(told.filter(|letter| letter.text.contains("22.50")).count(), 1, "{letters:?}");
        house.at("2026-03-03T10:00:00Z");
        app.run_jobs();
        let over = house.sees(&ana.renewed(&app), &id(&made)).await;
        assert_eq!((&over["status"], &over["price"]["total_gross"]), (&json!("completed"), &json!(1500)));
        assert_eq!(fees(&over), [euros(3000), euros(2250), Value::Null, Value::Null]);
        house.is_sound();
    }

    async fn extras_given_up_late_count_too(app: TestApp) {
        let (house, room, ana, _) = four_hours(&app).await;
        let request = meeting(&room, &format!("{DAY}T15:00"), &format!("{DAY}T16:00"));
        let request = crate::support::with(request, json!({"extras": [{"name": "Oder"}]}));
        let made = house.reserves(&ana, request).await.expect(201);
        let none = json!({"extras": []});
        let checked = app.post(&format!("{}/check", path(&made)), none.clone()).by(&ana).await.expect(200);
        let changed = app.patch(&path(&made), 1, none).by(&ana).await.expect(200);
        assert_eq!(fees(&changed), [euros(2750), euros(2000), euros(2750), Value::Null]);
        assert_eq!((&checked["price"], &checked["change_fee"]), (&changed["price"], &changed["change_fee"]));
        house.is_sound();
    }

    async fn a_wish_keeps_it_once_it_is_approved(app: TestApp) {
        let (house, room, ana, made) = four_hours(&app).await;
        let week = json!({"cancellation_notice_minutes": 2880, "horizon_days": {"value": 7, "beyond": "ask"}});
        house.rules(&format!("/spaces/{room}"), week).await;
        let far = json!({"starts_at": "2026-03-20T10:00", "ends_at": "2026-03-20T11:00"});
        let checked = app.post(&format!("{}/check", path(&made)), far.clone()).by(&ana).await.expect(200);
        assert_eq!((&checked["outcome"], &checked["change_fee"]), (&json!("ask"), &euros(2250)));
        let mut current = 1;
        for (verdict, wanted) in [
            ("decline", [Value::Null, Value::Null, euros(3000), Value::Null]),
            ("approve", [euros(3000), euros(2250), euros(3000), Value::Null]),
        ] {
            let wished = app.patch(&path(&made), current, far.clone()).by(&ana).await.expect(200);
            assert_eq!(fees(&wished), [Value::Null, Value::Null, euros(3000), Value::Null]);
            let change = &wished["change"];
            assert_eq!((&change["kept_fee"], &change["change_fee"]), (&euros(3000), &euros(2250)));
            let decided = house.does(&house.manager, &id(&made), verdict).if_match(version(&wished)).await.expect(200);
            assert_eq!(fees(&decided), wanted, "{verdict}");
            current = version(&decided);
        }
        house.is_sound();
    }

    async fn what_has_begun_is_shortened_at_its_price_except_by_the_venue(app: TestApp) {
        let (house, _, ana, made) = four_hours(&app).await;
        house.at("2026-03-03T10:00:00Z");
        let ana = ana.renewed(&app);
        for (by, ends_at, gross) in [
            (&ana, "13:00", 6000), (&ana, "15:00", 7500), (&ana, "12:00", 7500), (&house.desk(), "12:15", 4500),
        ] {
            let change = json!({"ends_at": format!("{DAY}T{ends_at}")});
            let now = house.sees(&ana, &id(&made)).await;
            let changed = app.patch(&path(&made), version(&now), change).by(by).await.expect(200);
            assert_eq!((&changed["price"]["total_gross"], &changed["change_fee"]), (&json!(gross), &Value::Null), "{ends_at}");
        }
        house.is_sound();
    }

    async fn what_has_begun_keeps_its_price_in_a_wish_too(app: TestApp) {
        let (house, room, ana, _) = four_hours(&app).await;
        let hour = json!({"max_duration_minutes": {"value": 60, "beyond": "ask"}});
        house.rules(&format!("/spaces/{room}"), hour).await;
        let request = meeting(&room, &format!("{DAY}T15:00"), &format!("{DAY}T16:00"));
        let request = crate::support::with(request, json!({"extras": [{"name": "Oder"}]}));
        let made = house.reserves(&ana, request).await.expect(201);
        house.at("2026-03-03T14:10:00Z");
        let (ana, none) = (ana.renewed(&app), json!({"extras": []}));
        // Nothing changes, so it is no change.
        assert_eq!(app.patch(&path(&made), 1, none.clone()).by(&ana).await.expect(200), made);
        let longer = json!({"ends_at": format!("{DAY}T17:00")});
        let asked = app.patch(&path(&made), 1, longer).by(&ana).await.expect(200);
        assert_eq!(asked["change"]["price"]["total_gross"], 7000);
        let asked = app.patch(&path(&made), 2, none).by(&ana).await.expect(200);
        assert_eq!(asked["change"]["price"]["total_gross"], 5500);
        let longer = house.does(&house.desk(), &id(&made), "approve").if_match(version(&asked)).await.expect(200);
        assert_eq!(longer["price"]["total_gross"], 5500);
        house.is_sound();
    }

    async fn the_dry_run_asks_for_the_same_rights_and_words(app: TestApp) {
        let (house, _, ana, made) = four_hours(&app).await;
        let check = format!("{}/check", path(&made));
        let notes = json!({"internal_notes": "Pozor."});
        app.post(&check, notes.clone()).by(&ana).await.refused(403, "forbidden");
        app.post(&check, notes).by(&house.manager).await.expect(200);
        app.post(&check, json!({"event": {"link": "https://example.org"}})).by(&ana).await.refused(422, "invalid");
        assert_eq!(house.sees(&ana, &id(&made)).await, made);
    }

    async fn a_change_that_cannot_be_is_refused_in_the_dry_run(app: TestApp) {
        let (house, room, ana, made) = four_hours(&app).await;
        let bor = app.member("bor");
        house.has(&bor, &room, &format!("{DAY}T14:00"), &format!("{DAY}T15:00")).await;
        let check = format!("{}/check", path(&made));
        let longer = json!({"ends_at": format!("{DAY}T15:00")});
        let refused = app.post(&check, longer.clone()).by(&ana).await.expect(200);
        assert_eq!((&refused["outcome"], &refused["reasons"][0]["code"]), (&json!("refuse"), &json!("slot_taken")));
        app.patch(&path(&made), 1, longer.clone()).by(&ana).await.refused(409, "slot_taken");
        app.post(&check, longer.clone()).by(&bor).await.refused(404, "not_found");
        app.post(&check, json!({"ends_at": format!("{DAY}T09:00")})).by(&ana).await.refused(422, "invalid");
        house.does(&ana, &id(&made), "cancel").await.expect(200);
        app.post(&check, longer).by(&ana).await.refused(409, "state_conflict");
        house.is_sound();
    }

    async fn a_fee_is_settled_by_the_venue_and_then_nothing_is_open(app: TestApp) {
        let (house, room, ana, made) = four_hours(&app).await;
        let settles = |of: &Value, by: &Person, outcome: &str| {
            app.post(&format!("{}/settle", path(of)), json!({"outcome": outcome})).by(by)
        };
        settles(&made, &house.manager, "paid").await.refused(409, "state_conflict");
        house.does(&ana, &id(&made), "cancel").await.expect(200);
        let erases = async || {
            let me = app.get("/me").by(&ana).await.expect(200);
            app.delete("/me", version(&me)).by(&ana).await
        };
        let open = erases().await.refused(409, "obligations_open");
        assert_eq!(open["obligations"], json!([{"kind": "fees", "ids": [id(&made)]}]));
        settles(&made, &ana, "paid").await.refused(403, "forbidden");
        settles(&made, &app.member("stranger"), "forgiven").await.refused(404, "not_found");
        settles(&made, &house.manager, "waived").await.refused(422, "invalid");
        let paid = settles(&made, &house.manager, "paid").await.expect(200);
        assert_eq!(paid["fee_settled"], json!({"outcome": "paid", "amount": euros(3000), "at": "2026-03-02T08:00:00+01:00"}));
        assert_eq!(house.sees(&ana, &id(&made)).await["fee_settled"], paid["fee_settled"]);
        let told = &app.get("/me/export").by(&ana).await.expect(200)["reservations"][0];
        assert_eq!((&told["fee_settled"], &told["cancellation_fee"]), (&paid["fee_settled"], &euros(3000)));
        assert_eq!(settles(&made, &house.manager, "paid").await.expect(200), paid, "said already");
        // Taken back, it is open again; and a venue may ask for it no more.
        settles(&made, &house.manager, "owed").await.expect(200);
        erases().await.refused(409, "obligations_open");
        let forgiven = settles(&made, &house.manager, "forgiven").if_match(version(&paid) + 1).await.expect(200);
        assert_eq!((&forgiven["fee_settled"]["outcome"], &forgiven["cancellation_fee"]), (&json!("forgiven"), &euros(3000)));
        // What grew since is open by that: paid for what a change gave up, and then nobody came.
        let second = house.has(&ana, &room, &format!("{DAY}T10:00"), &format!("{DAY}T14:00")).await;
        app.patch(&path(&second), 1, json!({"ends_at": format!("{DAY}T11:00")})).by(&ana).await.expect(200);
        let given_up = settles(&second, &house.manager, "paid").await.expect(200);
        assert_eq!(given_up["fee_settled"]["amount"], euros(2250));
        house.at("2026-03-03T09:30:00Z");
        let desk = house.desk();
        house.does(&desk, &id(&second), "no-show").await.expect(200);
        let ana = ana.renewed(&app);
        let me = app.get("/me").by(&ana).await.expect(200);
        let open = app.delete("/me", version(&me)).by(&ana).await.refused(409, "obligations_open");
        assert_eq!(open["obligations"], json!([{"kind": "fees", "ids": [id(&second)]}]));
        assert_eq!(settles(&second, &desk, "paid").await.expect(200)["fee_settled"]["amount"], euros(3750));
        app.delete("/me", version(&me)).by(&ana).await.expect(204);
        house.is_sound();
    }
}
