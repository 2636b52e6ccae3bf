//! Moving a reservation to another space of its venue: judged, priced and told by that space's rules, in one step.

use serde_json::{Value, json};

use crate::support::{House, Person, Reply, TestApp, at_once, both, id, meeting, version, with};

async fn goes(house: &House<'_>, by: &Person, reservation: &Value, space: &str, more: Value) -> Reply {
    let change = with(json!({"space_id": space}), more);
    house.patch(&format!("/reservations/{}", id(reservation)), version(reservation), change).by(by).await
}

/// The reservation's time in a space, wanted by somebody else.
async fn somebody_gets(house: &House<'_>, person: &Person, space: &str) -> u16 {
    let reply = house.asks(person, space, "2026-03-10T10:00", "2026-03-10T11:00").await;
    if reply.status == 201 {
        house.does(person, &id(&reply.json), "cancel").await.expect(200);
    }
    reply.status
}

fn line<'a>(calendar: &'a str, name: &str) -> &'a str {
    calendar.split("\r\n").find(|line| line.starts_with(name)).unwrap_or_default()
}

const SLOT: (&str, &str) = ("2026-03-10T10:00", "2026-03-10T11:00");

both! {
    async fn a_reservation_goes_to_another_room_with_its_price_and_its_place_in_calendars(app: TestApp) {
        let house = House::new(&app).await;
        let (first, second) = (house.room("Atelje").await, house.room("Galerija").await);
        let small = house.room_with("Kot", json!({"capacity": 2})).await;
        let tariff = json!({"prices_include_vat": true, "rates": [{"audience": "public", "vat": {"code": "standard"},
            "pricing": {"per_started": {"minutes": 60, "price": 1500}}}], "cancellation": {"late": {"percent": 50}, "no_show": "full"}});
        let path = format!("/spaces/{second}/tariff");
        let version_of = version(&house.get(&path).await.expect(200));
        house.put(&path, version_of, tariff).by(&house.desk()).await.expect(200);
        house.rules(&format!("/spaces/{second}"), json!({"check_in_required": true, "cancellation_notice_minutes": 2880})).await;
        let (ana, tone) = (app.member("ana"), app.member("tone"));
        let made = house.reserves(&ana, with(meeting(&first, SLOT.0, SLOT.1), json!({"attendees": 5}))).await.expect(201);

        // What can't be says so, and where.
        let elsewhere = house.another_venue("drugje").await;
        let foreign = elsewhere.room("Drugje").await;
        for (space, code) in [(foreign.as_str(), "of_another_venue"), ("spc_01h455vb4pex5vsknk084sn02q", "unknown")] {
            let refused = goes(&house, &ana, &made, space, json!({})).await.refused(422, "invalid");
            assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!("/space_id"), &json!(code)));
        }
        let refused = goes(&house, &ana, &made, &small, json!({})).await.refused(422, "policy_refused");
        assert_eq!(refused["reasons"][0]["code"], "over_capacity");
        house.has(&tone, &small, SLOT.0, SLOT.1).await;
        goes(&house, &ana, &made, &small, json!({"attendees": 2})).await.refused(409, "slot_taken");

        let tried = json!({"space_id": second});
        let tried = house.post(&format!("/reservations/{}/check", id(&made)), tried).by(&ana).await.expect(200);
        assert_eq!((&tried["outcome"], &tried["price"]["total_gross"]), (&json!("allow"), &json!(1500)));
        let moved = goes(&house, &ana, &made, &second, json!({})).await.expect(200);
        assert_eq!((&moved["space_id"], &moved["price"]["total_gross"]), (&json!(second), &json!(1500)));
        assert_eq!((&moved["check_in"]["required"], &moved["cancel_by"]), (&json!(true), &json!("2026-03-08T10:00:00+01:00")));
        assert_ne!(moved["unit_ids"], made["unit_ids"]);
        assert_eq!([somebody_gets(&house, &tone, &first).await, somebody_gets(&house, &tone, &second).await], [201, 409]);
        let told = app.await_letters(&ana.email, 2).await.remove(1);
        assert!(told.text.contains("Atelje") && told.text.contains("Galerija"), "{}", told.text);
        assert_eq!(line(&told.calendar, "UID"), format!("UID:{}@prostor", id(&made)));
        assert_eq!(line(&told.calendar, "SEQUENCE"), "SEQUENCE:1");
        assert!(line(&told.calendar, "LOCATION").contains("Galerija"), "{}", told.calendar);
        let page = house.get(&format!("/audit?venue_id={}&action=reservation.moved", house.venue)).by(&house.desk()).await.expect(200);
        let entry = &page["items"][0];
        assert_eq!(entry["details"], json!({"from_space_id": first, "space_id": second}));
        assert_eq!((&entry["actor_id"], &entry["actor_name"], &entry["actor_erased"]), (&json!(ana.id), &json!("ana"), &json!(false)));

        // Once it is too late to cancel for nothing, going to what is free does not make it cheaper.
        house.at("2026-03-09T08:00:00Z");
        let ana = ana.renewed(&app);
        let back = goes(&house, &ana, &moved, &first, json!({})).await.expect(200);
        assert_eq!((&back["price"], &back["kept_fee"]), (&Value::Null, &json!({"minor": 750, "currency": "EUR"})));
        // What has begun stays where it is, whoever asks.
        house.at("2026-03-10T09:30:00Z");
        goes(&house, &house.desk(), &back, &second, json!({})).await.refused(409, "state_conflict");
        house.is_sound();
    }

    async fn a_wish_for_another_room_keeps_both_until_it_is_decided(app: TestApp) {
        let house = House::new(&app).await;
        let (room, asks) = (house.room("Atelje").await, house.room("Galerija").await);
        house.rules(&format!("/spaces/{asks}"), json!({"approval": "always"})).await;
        let (ana, tone) = (app.member("ana"), app.member("tone"));
        let made = house.has(&ana, &room, SLOT.0, SLOT.1).await;
        let wished = goes(&house, &ana, &made, &asks, json!({})).await.expect(200);
        assert_eq!((&wished["space_id"], &wished["change"]["space_id"]), (&json!(room), &json!(asks)));
        assert_eq!([somebody_gets(&house, &tone, &room).await, somebody_gets(&house, &tone, &asks).await], [409, 409]);
        let to_decide = app.await_letters(&house.manager.email, 1).await.remove(0);
        assert!(to_decide.text.contains("Galerija"), "{}", to_decide.text);
        house.is_sound();
        let declined = house.does(&house.desk(), &id(&made), "decline").await.expect(200);
        assert_eq!((&declined["space_id"], &declined["change"]), (&json!(room), &Value::Null));
        let wished = goes(&house, &ana, &declined, &asks, json!({})).await.expect(200);
        // Hours that leave out the other room alone meet the wish alone.
        let shut = with(crate::support::daily("12:00", "20:00"), json!({"on_affected": "refuse"}));
        let hours = format!("/spaces/{asks}/opening-hours");
        let known = version(&house.get(&hours).await.expect(200));
        let refused = house.put(&hours, known, shut).by(&house.desk()).await.refused(409, "affected_reservations");
        assert_eq!(refused["affected"], json!([id(&made)]));
        let approved = house.does(&house.desk(), &id(&made), "approve").if_match(version(&wished)).await.expect(200);
        assert_eq!((&approved["space_id"], &approved["change"]), (&json!(asks), &Value::Null));
        assert_eq!([somebody_gets(&house, &tone, &room).await], [201]);
        let letters = app.await_letters(&ana.email, 5).await;
        let told = letters.iter().find(|letter| line(&letter.calendar, "SEQUENCE") == "SEQUENCE:1").unwrap();
        assert!(line(&told.calendar, "LOCATION").contains("Galerija"), "{}", told.calendar);
        house.is_sound();
    }

    async fn halves_halls_and_occurrences_go_elsewhere_and_two_never_to_one(app: TestApp) {
        let house = House::new(&app).await;
        let [hall, left, right] = house.hall("Dvorana").await;
        let room = house.room("Atelje").await;
        let (ana, tone) = (app.member("ana"), app.member("tone"));
        // From a half to the whole: its own half is not in its way.
        let made = house.has(&ana, &left, SLOT.0, SLOT.1).await;
        let whole = goes(&house, &ana, &made, &hall, json!({})).await.expect(200);
        assert_eq!(whole["unit_ids"].as_array().unwrap().len(), 2);
        assert_eq!(somebody_gets(&house, &tone, &right).await, 409);
        let half = goes(&house, &ana, &whole, &right, json!({})).await.expect(200);
        assert_eq!([somebody_gets(&house, &tone, &left).await, somebody_gets(&house, &tone, &right).await], [201, 409]);

        // Two who want the same room at the same time.
        let theirs = house.has(&tone, &left, SLOT.0, SLOT.1).await;
        let wants = |by: &Person, one: &Value| {
            house.patch(&format!("/reservations/{}", id(one)), version(one), json!({"space_id": room})).by(by)
        };
        let replies = at_once([wants(&ana, &half), wants(&tone, &theirs)]).await;
        let mut statuses: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{replies:?}");

        let series = json!({"template": meeting(&left, "2026-03-17T10:00", "2026-03-17T11:00"), "rrule": "FREQ=WEEKLY;COUNT=3",
            "on_conflict": "all_or_nothing"});
        let series = app.post("/series", series).by(&ana).await.expect(201);
        let path = format!("/series/{}", id(&series));
        let refused = app.patch(&path, version(&series), json!({"change": {"space_id": room}})).by(&ana).await.refused(422, "invalid");
        assert_eq!(refused["errors"][0]["code"], "one_by_one");
        let second = series["occurrences"][1]["reservation_id"].as_str().unwrap();
        let second = house.sees(&ana, second).await;
        let before = app.queued_for(&ana.email).len();
        let moved = goes(&house, &ana, &second, &room, json!({})).await.expect(200);
        assert_eq!((&moved["space_id"], &moved["series"]["changed"]), (&json!(room), &json!(true)));
        let letters = app.await_letters(&ana.email, before + 1).await;
        let calendar = &letters[before].calendar;
        assert_eq!(line(calendar, "RECURRENCE-ID"), "RECURRENCE-ID;TZID=Europe/Ljubljana:20260324T100000");
        assert!(line(calendar, "LOCATION").contains("Atelje"), "{calendar}");
        house.is_sound();
        // Another change of all of it leaves it where it is; given up, nothing of it is left anywhere.
        let now = app.get(&path).by(&ana).await.expect(200);
        let change = json!({"change": {"title": "Vaja"}});
        let now = app.patch(&path, version(&now), change).by(&ana).await.expect(200);
        assert_eq!(house.sees(&ana, &id(&second)).await["space_id"], json!(room));
        app.post(&format!("{path}/cancel"), json!({})).by(&ana).if_match(version(&now)).await.expect(200);
        house.has(&tone, &room, "2026-03-24T10:00", "2026-03-24T11:00").await;
        house.is_sound();
    }
}
