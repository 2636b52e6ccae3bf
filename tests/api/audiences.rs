//! Whose rules hold: of members, of those who book for a creative organisation, of a guest of staff; and quotas,
//! on which availability, dry run and booking agree.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Backend, House, Person, TestApp, both, id, meeting, version, with};

const DAY: &str = "2026-03-03";

fn at(time: &str) -> String {
    format!("{DAY}T{time}")
}

async fn put_policy(house: &House<'_>, path: &str, policy: Value) {
    let path = format!("{path}/policy");
    let current = version(&house.get(&path).await.expect(200));
    house.put(&path, current, policy).by(&house.desk()).await.expect(200);
}

/// The codes of the reasons that a dry run gives.
async fn reasons(house: &House<'_>, person: &Person, request: Value) -> Vec<String> {
    let checked = house.post("/reservations/check", request).by(person).await.expect(200);
    let reasons = checked["reasons"].as_array().unwrap().iter();
    reasons.map(|reason| reason["code"].as_str().unwrap().to_owned()).collect()
}

/// What a person is offered of slots of an hour that start at full hours.
async fn outcomes(house: &House<'_>, person: &Person, space: &str, day: &str, next: &str) -> Vec<String> {
    let path = format!("/spaces/{space}/availability?from={day}&to={next}&duration_minutes=60");
    let seen = house.get(&path).by(person).await.expect(200);
    let slots = seen["days"][0]["slots"].as_array().unwrap().clone();
    slots.iter().map(|slot| slot["outcome"].as_str().unwrap().to_owned()).collect()
}

both! {
    async fn members_are_those_accepted_here_or_by_the_network(backend: Backend) {
        let app = TestApp::from(backend);
        let house = House::new(&app).await;
        let room = house.room("Soba članov").await;
        let rules = json!({"public": {"bookable": false}, "member": {"bookable": true}});
        put_policy(&house, &format!("/spaces/{room}"), rules).await;
        let ana = app.member("ana");
        let request = meeting(&room, &at("10:00"), &at("11:00"));
        for (place, manager) in [("venues", house.desk()), ("networks", house.root.renewed(&app))] {
            let place = if place == "venues" { format!("venues/{}", house.venue) } else { format!("networks/{}", house.network) };
            let path = format!("/{place}/members/{}", ana.id);
            assert_eq!(reasons(&house, &ana, request.clone()).await, ["not_bookable_by_you"]);
            app.call(Method::PUT, &path).by(&manager).await.expect(200);
            app.call(Method::PUT, &path).by(&manager).await.expect(200);
            let listed = app.get(&format!("/{place}/members")).by(&manager).await.expect(200);
            assert_eq!(listed["items"].as_array().unwrap().len(), 1);
            assert_eq!(reasons(&house, &ana, request.clone()).await, [""; 0]);
            app.call(Method::DELETE, &path).by(&manager).await.expect(204);
            app.get(&path).by(&manager).await.refused(404, "not_found");
        }
        // Staff book for a guest beyond the guest's rules, for an accepted guest within them.
        let guest = json!({"organiser": {"name": "Ana", "email": "gost@example.org"}});
        assert_eq!(reasons(&house, &house.manager, with(request.clone(), guest)).await, ["not_bookable_by_you"]);
        house.has(&house.manager, &room, &at("10:00"), &at("11:00")).await;
    }

    async fn a_creative_organisation_opens_its_own_rules(backend: Backend) {
        let app = TestApp::from(backend);
        let house = House::new(&app).await;
        let room = house.room("Atelje").await;
        let rules = json!({"public": {"max_duration_minutes": {"value": 60}}, "cci": {"max_duration_minutes": {"value": 240}}});
        put_policy(&house, &format!("/spaces/{room}"), rules).await;
        let ana = app.member("ana");
        let organisation = json!({"name": "Zavod Carnica", "legal_form": "ngo", "municipality": "Kranj"});
        let organisation = app.post("/organisations", organisation).by(&ana).await.expect(201);
        let path = format!("/organisations/{}/confirm", id(&organisation));
        let katja = app.coordinator("katja", &house.network);
        let alone = meeting(&room, &at("10:00"), &at("13:00"));
        let for_it = with(alone.clone(), json!({"organisation_id": id(&organisation)}));
        assert_eq!(reasons(&house, &ana, for_it.clone()).await, ["too_long"]);
        let confirmed = app.post(&path, json!({"confirmed": true})).by(&katja).await.expect(200);
        assert_eq!((&confirmed["confirmed_creative"], version(&confirmed)), (&json!(true), 2));
        let again = app.post(&path, json!({"confirmed": true})).by(&katja).await.expect(200);
        assert_eq!(version(&again), 2, "nothing changed");
        assert_eq!(reasons(&house, &ana, for_it.clone()).await, [""; 0]);
        assert_eq!(reasons(&house, &ana, alone).await, ["too_long"]);
        house.reserves(&ana, for_it.clone()).await.expect(201);
        app.post(&path, json!({"confirmed": false})).by(&katja).await.expect(200);
        assert!(reasons(&house, &ana, for_it).await.contains(&"too_long".to_owned()));
    }

    async fn quotas_hold_in_availability_dry_run_and_booking(backend: Backend) {
        let app = TestApp::from(backend);
        let house = House::new(&app).await;
        let (room, other) = (house.room("Soba").await, house.room("Druga soba").await);
        let quota = json!({"amount": 2, "count": "reservations", "per": "day", "by": "person", "over": "venue"});
        house.rules(&format!("/venues/{}", house.venue), json!({"quotas": [quota], "slot_minutes": {"value": 60}})).await;
        let (ana, eva) = (app.member("ana"), app.member("eva"));
        let first = house.has(&ana, &room, &at("08:00"), &at("09:00")).await;
        house.has(&ana, &other, &at("08:00"), &at("09:00")).await;
        let third = meeting(&room, &at("10:00"), &at("11:00"));
        assert_eq!(reasons(&house, &ana, third.clone()).await, ["quota_exceeded"]);
        let refused = house.reserves(&ana, third.clone()).await.refused(422, "policy_refused");
        let (reason, alternatives) = (&refused["reasons"][0], refused["alternatives"].as_array().unwrap());
        assert_eq!((&reason["limit"], &reason["actual"]), (&json!(2), &json!(3)), "{refused}");
        assert!(alternatives.iter().all(|each| !each["starts_at"].as_str().unwrap().starts_with(DAY)), "{refused}");
        let offered = outcomes(&house, &ana, &room, DAY, "2026-03-04").await;
        assert!(!offered.is_empty() && offered.iter().all(|outcome| outcome == "refuse"), "{offered:?}");
        for (person, day, next) in [(&ana, "2026-03-04", "2026-03-05"), (&eva, DAY, "2026-03-04")] {
            assert!(outcomes(&house, person, &room, day, next).await.contains(&"allow".to_owned()));
        }
        // It moves within its day, and what is given up or made by staff no longer counts.
        let path = format!("/reservations/{}", id(&first));
        let moved = json!({"starts_at": at("12:00"), "ends_at": at("13:00")});
        house.patch(&path, version(&first), moved).by(&ana).await.expect(200);
        house.does(&ana, &id(&first), "cancel").await.expect(200);
        house.reserves(&ana, third).await.expect(201);
        for hour in ["14", "15", "16"] {
            house.has(&house.manager, &room, &at(&format!("{hour}:00")), &at(&format!("{hour}:30"))).await;
        }
    }

    async fn what_holds_is_shown_on_every_level(backend: Backend) {
        let app = TestApp::from(backend);
        let house = House::new(&app).await;
        house.rules(&format!("/networks/{}", house.network), json!({"horizon_days": {"value": 90}})).await;
        for (path, audience) in [(format!("/networks/{}", house.network), "member"), (format!("/venues/{}", house.venue), "cci")] {
            let shown = app.get(&format!("{path}/policy?effective=true")).await.expect(200);
            let horizon = &shown["effective"][audience]["horizon_days"];
            assert_eq!(horizon["rule"]["value"], 90);
            assert_eq!(horizon["source"], json!({"level": "network", "audience": "public"}));
        }
        let impossible = json!({"public": {"min_duration_minutes": {"value": 120},
            "quotas": [{"amount": 1, "count": "hours", "per": "day", "by": "person", "over": "space"}]}});
        let path = format!("/venues/{}/policy", house.venue);
        let current = version(&app.get(&path).await.expect(200));
        let refused = house.put(&path, current, impossible).by(&house.desk()).await.refused(422, "invalid");
        assert_eq!(refused["errors"][0]["pointer"], "/public/quotas/0/amount");
        assert_eq!(refused["errors"][0]["code"], "no_duration_fits");
    }
}
