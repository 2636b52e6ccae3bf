//! Networks, venues, spaces, hours and policies through the interface.

use diesel::prelude::*;
use prostor::store::schema::audit;
use serde_json::{Value, json};

use crate::support::{House, Person, TestApp, both, meeting, with};

/// A network with one venue, its coordinator and its manager.
struct Region {
    app: TestApp,
    coordinator: Person,
    manager: Person,
    network: String,
    venue: String,
}

impl Region {
    async fn of(app: TestApp) -> Self {
        let administrator = app.administrator("root");
        let body = json!({"name": "Gorenjska", "slug": "gorenjska", "country": "SI", "time_zone": "Europe/Ljubljana"});
        let network = id(&app.post("/networks", body).by(&administrator).await.expect(201));
        let coordinator = app.coordinator("cora", &network);
        let venue = id(&app.post("/venues", venue_in(&network, "layer")).by(&coordinator).await.expect(201));
        let manager = app.manager("mana", &venue);
        Self { app, coordinator, manager, network, venue }
    }

    fn spaces(&self) -> String {
        format!("/venues/{}/spaces", self.venue)
    }

    async fn space(&self, name: &str) -> String {
        id(&self.app.post(&self.spaces(), room(name)).by(&self.manager).await.expect(201))
    }

    async fn open(&self, opens: &str, closes: &str) {
        let path = format!("/venues/{}/opening-hours", self.venue);
        self.app.put(&path, 1, every_day(opens, closes)).by(&self.manager).await.expect(200);
    }

    async fn reserve(&self, space: &str, starts_at: &str, ends_at: &str, by: &Person) -> String {
        let body = json!({"space_id": space, "starts_at": starts_at, "ends_at": ends_at,
            "title": "Meeting", "purpose": "meeting", "attendees": 2});
        id(&self.app.post("/reservations", body).by(by).await.expect(201))
    }
}

fn id(body: &Value) -> String {
    body["id"].as_str().unwrap().to_owned()
}

fn venue_in(network: &str, slug: &str) -> Value {
    let address =
        json!({"street": "Tomšičeva 32", "postcode": "4000", "city": "Kranj", "municipality": "Kranj"});
    json!({"network_id": network, "name": "Layerjeva hiša", "slug": slug, "address": address,
        "time_zone": "Europe/Ljubljana", "contact_email": "info@layer.example", "access_instructions": "Ring twice"})
}

fn room(name: &str) -> Value {
    json!({"name": name, "kind": "meeting_room", "capacity": 12, "allocation": "whole"})
}

fn every_day(opens: &str, closes: &str) -> Value {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    json!({"weekly": [{"days": days, "opens": opens, "closes": closes}], "holidays": "open"})
}

/// `pointer code` of each refused field.
fn fields(problem: &Value) -> Vec<String> {
    let errors = problem["errors"].as_array().unwrap();
    let shown =
        |error: &Value| format!("{} {}", error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap());
    errors.iter().map(shown).collect()
}

both! {
    async fn a_venue_is_made_shown_and_edited(app: TestApp) {
        let r = Region::of(app).await;
        let made = r.app.post("/venues", venue_in(&r.network, "kovacnica")).by(&r.coordinator).key("once").await;
        let (location, etag) = (made.header("location").to_owned(), made.header("etag").to_owned());
        let body = made.expect(201);
        assert_eq!((location, etag.as_str()), (format!("/api/v1/venues/{}", id(&body)), "\"1\""));
        let again = r.app.post("/venues", venue_in(&r.network, "kovacnica")).by(&r.coordinator).key("once").await;
        assert_eq!(again.header("idempotent-replayed"), "true");
        assert_eq!(again.expect(201), body);
        r.app.post("/venues", venue_in(&r.network, "layer")).by(&r.coordinator).await.refused(409, "duplicate");

        let path = format!("/venues/{}", r.venue);
        assert_eq!(r.app.get(&path).await.expect(200)["access_instructions"], Value::Null);
        let shown = r.app.get(&path).by(&r.manager).await.expect(200);
        assert_eq!(shown["access_instructions"], "Ring twice");
        let change = json!({"address": {"city": "Bled"}, "access_instructions": null});
        let edited = r.app.patch(&path, 1, change.clone()).by(&r.manager).await.expect(200);
        assert_eq!((&edited["address"]["city"], &edited["version"]), (&json!("Bled"), &json!(2)));
        r.app.patch(&path, 1, change.clone()).by(&r.manager).await.refused(412, "precondition_failed");
        let blind = r.app.call(reqwest::Method::PATCH, &path).json(change).by(&r.manager).await;
        blind.refused(428, "precondition_required");
        let listed = r.app.get(&format!("/venues?network_id={}&limit=1", r.network)).await;
        assert!(listed.header("link").contains("rel=\"next\""), "{listed:?}");
        let next = listed.expect(200)["next"].as_str().unwrap().to_owned();
        let rest = r.app.get(&format!("/venues?network_id={}&limit=1&cursor={next}", r.network)).await.expect(200);
        assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
        r.app.get(&format!("/venues?limit=1&cursor={next}")).await.refused(422, "invalid");
    }

    async fn spaces_are_made_of_units_and_of_parts_and_found(app: TestApp) {
        let r = Region::of(app).await;
        let (east, west) = (r.space("East").await, r.space("West").await);
        let mut hall = room("Dvorana");
        hall["capacity"] = json!(24);
        hall["parts"] = json!([east, west]);
        hall["layouts"] = json!([{"name": "theatre", "capacity": 30, "setup_minutes": 30, "teardown_minutes": 15}]);
        let hall = r.app.post(&r.spaces(), hall).by(&r.manager).await.expect(201);
        assert_eq!((hall["units"].as_array().unwrap().len(), &hall["parts"]), (2, &json!([east, west])));
        assert_eq!(hall["layouts"][0]["capacity"], 30);
        let mut desks = room("Desks");
        desks["allocation"] = json!("each");
        desks["capacity"] = json!(1);
        desks["amenities"] = json!(["Monitor", "wi-fi"]);
        desks["units"] = json!([{"label": "1"}, {"label": "2"}]);
        r.app.post(&r.spaces(), desks).by(&r.manager).await.expect(201);
        for (query, wanted) in [
            ("", vec!["East", "West", "Dvorana", "Desks"]),
            ("?capacity_min=13", vec!["Dvorana"]),
            ("?q=DVORÁN", vec!["Dvorana"]),
            ("?amenity=monitor,wi-fi", vec!["Desks"]),
            ("?kind=studio", vec![]),
            ("?municipality=Kranj&q=st", vec!["East", "West"]),
        ] {
            let page = r.app.get(&format!("/spaces{query}")).await.expect(200);
            let names: Vec<_> = page["items"].as_array().unwrap().iter().map(|space| &space["name"]).collect();
            assert_eq!(names, wanted, "{query}");
        }
        let wrong = json!({"name": "X", "kind": "studio", "capacity": 0, "allocation": "each", "departure": "10:00"});
        let refused = r.app.post(&r.spaces(), wrong).by(&r.manager).await.refused(422, "invalid");
        assert_eq!(fields(&refused), ["/capacity too_small", "/departure only_for_nights", "/units missing_field"]);
        assert!(refused["errors"][0]["message"].as_str().unwrap().contains(' '), "{refused}");
        let mut unknown = room("X");
        unknown["status"] = json!("open");
        let refused = r.app.post(&r.spaces(), unknown).by(&r.manager).await.refused(422, "invalid");
        assert_eq!(fields(&refused), ["/status unknown_field"]);
        let foreign = r.app.get(&format!("/spaces/{}", r.venue)).await;
        foreign.refused(404, "not_found");
        let stranger = r.app.member("stranger");
        r.app.post(&r.spaces(), room("X")).by(&stranger).await.refused(403, "forbidden");
        r.app.post(&r.spaces(), room("X")).await.refused(401, "unauthenticated");
    }

    async fn hours_are_versions_and_meet_reservations(app: TestApp) {
        let r = Region::of(app).await;
        r.open("08:00", "20:00").await;
        let (room, member) = (r.space("Room").await, r.app.member("mia"));
        let met = r.reserve(&room, "2026-03-03T18:00", "2026-03-03T20:00", &member).await;
        let path = format!("/venues/{}/opening-hours", r.venue);
        let mut shorter = every_day("08:00", "18:00");
        let refused = r.app.put(&path, 2, shorter.clone()).by(&r.manager).await.refused(409, "affected_reservations");
        assert_eq!(refused["affected"], json!([met]));
        let own = format!("/spaces/{room}/opening-hours");
        let inherited = r.app.get(&own).await.expect(200);
        assert_eq!((&inherited["inherited"], &inherited["weekly"][0]["closes"]), (&json!(true), &json!("20:00")));
        let kept = r.app.put(&own, 1, every_day("08:00", "22:00")).by(&r.manager).await.expect(200);
        assert_eq!((&kept["inherited"], &kept["version"]), (&json!(false), &json!(2)));
        // Now the venue's hours no longer concern the room.
        shorter["exceptions"] = json!([{"date": "2026-03-09", "hours": [], "reason": "Fair"}]);
        let put = r.app.put(&path, 2, shorter).by(&r.manager).await;
        assert_eq!(put.header("etag"), "\"3\"");
        assert_eq!(put.expect(200)["exceptions"][0]["reason"], "Fair");
        r.app.delete(&own, 2).by(&r.manager).await.refused(409, "affected_reservations");
        let back = r.app.delete(&format!("{own}?on_affected=cancel"), 2).by(&r.manager).await.expect(200);
        assert_eq!((&back["inherited"], &back["exceptions"][0]["date"]), (&json!(true), &json!("2026-03-09")));
        let reservation = r.app.get(&format!("/reservations/{met}")).by(&member).await.expect(200);
        assert_eq!(reservation["status"], "cancelled");
        assert!(r.app.await_letters(&member.email, 2).await[1].calendar.contains("METHOD:CANCEL"));
        let wrong = json!({"weekly": [{"days": [], "opens": "24:00", "closes": "8:00"}], "holidays": "open"});
        let refused = r.app.put(&path, 3, wrong).by(&r.manager).await.refused(422, "invalid");
        assert_eq!(fields(&refused), ["/weekly/0/closes invalid_time_of_day"]);
        r.app.put(&path, 3, every_day("08:00", "18:00")).by(&member).await.refused(403, "forbidden");
    }

    async fn the_audit_names_what_an_edit_changed_and_no_value(app: TestApp) {
        let r = Region::of(app).await;
        let (space, venue) = (format!("/spaces/{}", r.space("Soba").await), format!("/venues/{}", r.venue));
        let network = format!("/networks/{}", r.network);
        for (path, by, change, action, names) in [
            (&venue, &r.manager, json!({"phone": "040 123 456", "address": {"city": "Bled"}, "slug": "layer"}), "venue.edited", json!(["address/city", "phone"])),
            (&space, &r.manager, json!({"capacity": 9, "amenities": ["piano"], "step_free": null}), "space.edited", json!(["amenities", "capacity", "units"])),
            (&network, &r.coordinator, json!({"name": "Nova"}), "network.edited", json!(["name"])),
            (&"/me".to_owned(), &r.coordinator, json!({"name": "Kora", "phone": "040 123 456"}), "account.edited", json!(["name", "phone"])),
        ] {
            let call = r.app.call(reqwest::Method::PATCH, path).header("if-match", "*").json(change);
            call.by(by).await.expect(200);
            let payload = audit::table.filter(audit::action.eq(action)).select(audit::payload);
            let payload: String = payload.first(&mut *r.app.connection()).unwrap();
            let payload: Value = serde_json::from_str(&payload).unwrap();
            assert_eq!(payload, json!({"changed": names}), "{action}");
        }
    }

    async fn an_archived_space_is_no_longer_offered(app: TestApp) {
        let r = Region::of(app).await;
        r.open("08:00", "20:00").await;
        let (room, member) = (r.space("Room").await, r.app.member("mia"));
        let met = r.reserve(&room, "2026-03-03T18:00", "2026-03-03T20:00", &member).await;
        let path = format!("/spaces/{room}");
        let refused = r.app.delete(&path, 1).by(&r.manager).await.refused(409, "affected_reservations");
        assert_eq!(refused["affected"], json!([met]));
        r.app.delete(&format!("{path}?on_affected=drop"), 1).by(&r.manager).await.refused(422, "invalid");
        let archived = r.app.delete(&format!("{path}?on_affected=keep"), 1).by(&r.manager).await.expect(200);
        assert_eq!((&archived["archived"], &archived["version"]), (&json!(true), &json!(2)));
        assert_eq!(r.app.get("/spaces").await.expect(200)["items"], json!([]));
        let body = json!({"space_id": room, "starts_at": "2026-03-03T10:00", "ends_at": "2026-03-03T11:00",
            "title": "Late", "purpose": "meeting", "attendees": 2});
        let late = r.app.post("/reservations", body).by(&member).await;
        assert_eq!(late.status, 422, "{late:?}");
    }

    async fn policies_are_put_whole_and_hold_by_place_and_audience(app: TestApp) {
        let r = Region::of(app).await;
        let room = r.space("Room").await;
        let notice = |minutes: u32| json!({"public": {"min_notice_minutes": {"value": minutes, "beyond": "ask"}}});
        let (network, space) = (format!("/networks/{}/policy", r.network), format!("/spaces/{room}/policy"));
        r.app.put(&network, 1, notice(60)).by(&r.manager).await.refused(403, "forbidden");
        r.app.put(&network, 1, notice(60)).by(&r.coordinator).await.expect(200);
        let holds = r.app.get(&format!("{space}?effective=true")).await.expect(200)["effective"].clone();
        assert_eq!(holds["public"]["min_notice_minutes"]["source"]["level"], "network");
        let put = r.app.put(&space, 1, notice(30)).by(&r.manager).await.expect(200);
        assert_eq!(put, json!({"public": notice(30)["public"], "version": 2}));
        assert_eq!(r.app.get(&space).await.expect(200), put);
        r.app.put(&space, 1, notice(5)).by(&r.manager).await.refused(412, "precondition_failed");
        let fault = json!({"member": {"slot_minutes": {"value": 0}}});
        let refused = r.app.put(&space, 2, fault).by(&r.manager).await.refused(422, "invalid");
        assert_eq!(fields(&refused), ["/member/slot_minutes zero"]);
    }


    async fn zone_and_country_stay_once_somebody_has_reserved(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let (network, venue) = (format!("/networks/{}", house.network), format!("/venues/{}", house.venue));
        let zone = |path: &str, version, zone: &str| app.patch(path, version, json!({"time_zone": zone})).by(&house.root);
        let country = |version, code: &str| app.patch(&network, version, json!({"country": code})).by(&house.root);
        // Before, a mistake can be put right.
        let version = |body: Value| body["version"].as_i64().unwrap();
        let now = version(app.get(&venue).await.expect(200));
        let now = version(zone(&venue, now, "Europe/Vienna").await.expect(200));
        let of_venue = version(zone(&venue, now, "Europe/Ljubljana").await.expect(200));
        let now = version(app.get(&network).await.expect(200));
        let now = version(country(now, "AT").await.expect(200));
        let now = version(zone(&network, now, "Europe/Vienna").await.expect(200));
        let now = version(country(now, "SI").await.expect(200));
        let of_network = version(zone(&network, now, "Europe/Ljubljana").await.expect(200));

        let mine = house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T11:00").await;
        house.does(&ana, &id(&mine), "cancel").await.expect(200);
        for (reply, pointer) in [
            (zone(&venue, of_venue, "Europe/London").await, "/time_zone"),
            (zone(&network, of_network, "Europe/London").await, "/time_zone"),
            (country(of_network, "AT").await, "/country"),
        ] {
            let refused = reply.refused(422, "invalid");
            assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]),
                (&json!(pointer), &json!("has_reservations")), "{refused}");
        }
        // What it is already is no change, and another venue is another matter.
        zone(&venue, of_venue, "Europe/Ljubljana").await.expect(200);
        country(of_network, "SI").await.expect(200);
        let other = id(&app.post("/venues", venue_in(&house.network, "drugje")).by(&house.root).await.expect(201));
        zone(&format!("/venues/{other}"), 1, "Europe/Vienna").await.expect(200);
    }

    async fn seats_follow_the_capacity_and_the_past_keeps_its_own(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let reserved = |by: &Person, day: &str| {
            let wish = meeting(&room, &format!("{day}T10:00"), &format!("{day}T12:00"));
            house.reserves(by, with(wish, json!({"attendees": 6})))
        };
        reserved(&ana, "2026-03-02").await.expect(201);
        house.at("2026-03-03T07:00:00Z");
        reserved(&ana.renewed(&app), "2026-03-03").await.expect(201);
        let resized = |space: &str, capacity: u32| {
            app.patch(&format!("/spaces/{space}"), 1, json!({"capacity": capacity})).by(&house.desk())
        };
        let seats = |space: &Value| -> Vec<u64> {
            space["units"].as_array().unwrap().iter().map(|unit| unit["seats"].as_u64().unwrap()).collect()
        };
        assert_eq!(seats(&resized(&room, 24).await.expect(200)), [24]);
        house.at("2026-03-04T07:00:00Z");
        // Six of twelve the day before, six of twenty-four since.
        for (from, to, seats, rate) in [("2026-03-02", "2026-03-03", 12, 0.5), ("2026-03-03", "2026-03-04", 24, 0.25)] {
            let path = format!("/statistics/utilisation?space_id={room}&from={from}&to={to}");
            let totals = app.get(&path).by(&house.desk()).await.expect(200)["totals"].clone();
            assert_eq!((&totals["seats"], &totals["occupancy"]["rate"]), (&json!(seats), &json!(rate)), "{totals}");
        }
        house.at("2026-03-03T08:00:00Z");
        // Each desk seats what the area's capacity says; a hall seats what its parts do; what was told stays told.
        let (area, _) = house.desks("Mize", 2).await;
        assert_eq!(seats(&resized(&area, 2).await.expect(200)), [2, 2]);
        let [hall, ..] = house.hall("Dvorana").await;
        assert_eq!(seats(&resized(&hall, 70).await.expect(200)), [30, 30]);
        let told = json!([{"label": "a", "seats": 7}, {"label": "b", "seats": 5}]);
        let told = house.room_with("Razdeljena", json!({"units": told})).await;
        let refused = resized(&told, 14).await.refused(422, "invalid");
        assert_eq!(refused["errors"][0]["code"], "seats_differ");
    }
}
