//! What is on: public reservations as everybody reads them, in a list and in a calendar, and what stays unseen.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{House, Person, Reply, TestApp, both, id, meeting, version, with};

const LINK: &str = "https://layerjevahisa.example/program#jazz";

/// A request for a public event on a day, from seven to nine in the evening.
fn concert(space: &str, day: &str) -> Value {
    let event = json!({"description": "Trio; vstop prost,\npridite.", "link": LINK});
    let base = meeting(space, &format!("{day}T17:00"), &format!("{day}T19:00"));
    with(base, json!({"title": "Jazz v Layerjevi", "purpose": "event", "public": true, "event": event}))
}

/// What anybody reads, without signing in.
async fn listed(house: &House<'_>, query: &str) -> Vec<Value> {
    let path = format!("/events?venue_id={}{query}", house.venue);
    let page = house.get(&path).await.expect(200);
    page["items"].as_array().unwrap().clone()
}

async fn feed(house: &House<'_>) -> Reply {
    let reply = house.get(&format!("/events.ics?venue_id={}", house.venue)).await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "text/calendar; charset=utf-8"));
    reply
}

/// The feed's unfolded lines of the event of a reservation; none where it is not in it.
async fn in_feed(house: &House<'_>, reservation: &str) -> Vec<String> {
    let text = feed(house).await.text.replace("\r\n ", "");
    let events = text.split("BEGIN:VEVENT\r\n").skip(1);
    let own = format!("UID:event-{reservation}@prostor\r\n");
    let found = events.into_iter().find(|event| event.contains(&own)).unwrap_or_default();
    found.split("\r\n").map(str::to_owned).collect()
}

async fn edited(house: &House<'_>, person: &Person, before: &Value, change: Value) -> Reply {
    house.patch(&format!("/reservations/{}", id(before)), version(before), change).by(person).await
}

both! {
    async fn everybody_reads_what_is_public_and_nothing_besides(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Galerija").await;
        let ana = app.member("kobilca");
        let organisation = json!({"name": "Studio Čmrlj", "legal_form": "company", "municipality": "Bled"});
        let organisation = id(&app.post("/organisations", organisation).by(&ana).await.expect(201));
        let secret = json!({"organisation_id": organisation, "attendees": 11, "notes": "Zamudimo pet minut."});
        let public = house.reserves(&ana, with(concert(&room, "2026-03-06"), secret)).await.expect(201);
        assert_eq!(public["event"], json!({"description": "Trio; vstop prost,\npridite.", "link": LINK}));
        house.has(&ana, &room, "2026-03-07T10:00", "2026-03-07T11:00").await;
        let address = json!({"street": "Tomšičeva ulica 32", "postcode": "4000", "city": "Kranj",
            "municipality": "Kranj"});
        let shown = json!({"id": id(&public), "title": "Jazz v Layerjevi", "demo": false,
            "description": "Trio; vstop prost,\npridite.", "link": LINK,
            "space": {"id": room, "name": "Galerija"},
            "venue": {"id": house.venue, "name": "Layerjeva hiša", "address": address},
            "starts_at": "2026-03-06T17:00:00+01:00", "ends_at": "2026-03-06T19:00:00+01:00",
            "time_zone": "Europe/Ljubljana"});
        // Whole: there is nothing else in it, and nothing else in the list.
        assert_eq!(listed(&house, "").await, std::slice::from_ref(&shown));
        let of_network = app.get(&format!("/events?network_id={}", house.network)).await.expect(200);
        assert_eq!(of_network["items"], json!([shown]));
        let other = house.room("Atelje").await;
        for (space, events) in [(&room, json!([shown])), (&other, json!([]))] {
            assert_eq!(app.get(&format!("/events?space_id={space}")).await.expect(200)["items"], events);
        }
        let both = app.get(&format!("/events?space_id={room}&venue_id={}", house.venue)).await.refused(422, "invalid");
        assert_eq!(both["errors"][0]["code"], "exactly_one_scope");

        let text = feed(&house).await.text.replace("\r\n ", "");
        let name = app.get("/me").by(&ana).await.expect(200)["name"].as_str().unwrap().to_owned();
        for private in [&*ana.email, &name, &ana.id.to_string(), "Čmrlj", "Zamudimo", "Sestanek", "ATTENDEE"] {
            assert!(!text.contains(private), "{private}: {text}");
        }
        let event = in_feed(&house, &id(&public)).await;
        for line in ["SUMMARY:Jazz v Layerjevi", "STATUS:CONFIRMED", "DTSTART;TZID=Europe/Ljubljana:20260306T170000",
            "LAST-MODIFIED:20260302T070000Z", "DESCRIPTION:Trio\\; vstop prost\\,\\npridite.",
            "ORGANIZER;CN=Layerjeva hiša:mailto:layer@example.org", &format!("URL:{LINK}")] {
            assert!(event.contains(&line.to_owned()), "{line}: {event:#?}");
        }
        // The reservation itself is as hidden as ever.
        app.get(&format!("/reservations/{}", id(&public))).by(&app.member("bor")).await.refused(404, "not_found");
    }

    async fn what_waits_or_never_stood_is_not_shown(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Galerija").await;
        house.rules(&format!("/spaces/{room}"), json!({"approval": "always"})).await;
        let ana = app.member("ana");
        let mut asked = Vec::new();
        for day in ["2026-03-10", "2026-03-11", "2026-03-12"] {
            asked.push(id(&house.reserves(&ana, concert(&room, day)).await.expect(201)));
        }
        let [stands, declined, taken_back] = asked.try_into().unwrap();
        assert_eq!(listed(&house, "").await, [Value::Null; 0]);
        house.does(&house.manager, &declined, "decline").await.expect(200);
        house.does(&ana, &taken_back, "cancel").await.expect(200);
        for unseen in [&stands, &declined, &taken_back] {
            assert_eq!(in_feed(&house, unseen).await, [""]);
        }
        house.does(&house.manager, &stands, "approve").if_match(1).await.expect(200);
        assert_eq!(listed(&house, "").await.len(), 1);
        assert!(in_feed(&house, &stands).await.contains(&"STATUS:CONFIRMED".to_owned()));
        for unseen in [&declined, &taken_back] {
            assert_eq!(in_feed(&house, unseen).await, [""]);
        }
    }

    async fn a_cancelled_event_leaves_the_list_and_then_the_calendars(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Galerija").await;
        let ana = app.member("ana");
        let event = id(&house.reserves(&ana, concert(&room, "2026-05-20")).await.expect(201));
        app.advance(60);
        house.does(&ana, &event, "cancel").await.expect(200);
        assert_eq!(listed(&house, "&from=2026-01-01").await, [Value::Null; 0]);
        let cancelled = in_feed(&house, &event).await;
        for line in ["STATUS:CANCELLED", "SEQUENCE:1", "LAST-MODIFIED:20260302T070100Z"] {
            assert!(cancelled.contains(&line.to_owned()), "{line}: {cancelled:#?}");
        }
        assert!(!cancelled.iter().any(|line| line.starts_with("DESCRIPTION") || line.starts_with("URL")));
        house.at("2026-04-01T07:00:00Z");
        assert!(in_feed(&house, &event).await.contains(&"STATUS:CANCELLED".to_owned()));
        house.at("2026-04-01T07:01:00Z");
        assert_eq!(in_feed(&house, &event).await, [""]);
    }

    async fn what_is_said_to_all_is_said_of_public_reservations_only(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Galerija").await;
        let ana = app.member("ana");
        let field = |reply: Reply| reply.refused(422, "invalid")["errors"][0].clone();
        for (more, pointer, code) in [
            (json!({"public": false}), "/event", "only_public"),
            (json!({"event": {"link": "javascript:alert(1)"}}), "/event/link", "not_a_link"),
            (json!({"event": {"link": "https://a@b.example"}}), "/event/link", "not_a_link"),
            (json!({"event": {"description": "a\u{202e}b"}}), "/event/description", "control_character"),
            (json!({"event": {"description": "a".repeat(2001)}}), "/event/description", "too_long"),
            (json!({"event": {"title": "?"}}), "/event/title", "unknown_field"),
        ] {
            let request = with(concert(&room, "2026-03-06"), more);
            let error = field(house.reserves(&ana, request.clone()).await);
            assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)), "{request}");
            let checked = house.post("/reservations/check", request).by(&ana).await;
            assert_eq!(field(checked)["code"], code);
        }
        let made = house.reserves(&ana, concert(&room, "2026-03-06")).await.expect(201);
        let words = |description: Value, link: Value| json!({"description": description, "link": link});
        let silent = edited(&house, &ana, &made, json!({"event": {"description": null}})).await.expect(200);
        assert_eq!(silent["event"], words(Value::Null, json!(LINK)));
        let bare = edited(&house, &ana, &silent, json!({"event": null})).await.expect(200);
        assert_eq!(bare["event"], words(Value::Null, Value::Null));
        let said = edited(&house, &ana, &bare, json!({"event": {"description": "Pridite."}})).await.expect(200);
        assert_eq!(listed(&house, "").await[0]["description"], "Pridite.");
        // No longer public: out of list and feed, and the words are gone, not merely hidden.
        let private = edited(&house, &ana, &said, json!({"public": false})).await.expect(200);
        assert_eq!((&private["public"], &private["event"]), (&json!(false), &Value::Null));
        assert_eq!((listed(&house, "").await.len(), in_feed(&house, &id(&made)).await), (0, vec![String::new()]));
        let refused = edited(&house, &ana, &private, json!({"event": {"link": LINK}})).await;
        assert_eq!(field(refused)["code"], "only_public");
        let again = edited(&house, &ana, &private, json!({"public": true})).await.expect(200);
        assert_eq!(again["event"], words(Value::Null, Value::Null));
        house.is_sound();
    }

    async fn the_list_is_paged_and_filtered(app: TestApp) {
        let house = House::new(&app).await;
        let (room, other) = (house.room("Galerija").await, house.room("Soba").await);
        let ana = app.member("ana");
        for (space, day) in [(&other, "2026-03-07"), (&room, "2026-03-06"), (&room, "2026-03-07"), (&room, "2026-03-09")] {
            house.reserves(&ana, concert(space, day)).await.expect(201);
        }
        let whole = listed(&house, "").await;
        let days: Vec<&str> = whole.iter().map(|event| &event["starts_at"].as_str().unwrap()[8..10]).collect();
        assert_eq!(days, ["06", "07", "07", "09"]);
        let path = format!("/events?venue_id={}&limit=2", house.venue);
        let first = app.get(&path).await.expect(200);
        let next = first["next"].as_str().unwrap();
        let second = app.get(&format!("{path}&cursor={next}")).await.expect(200);
        assert_eq!((&first["items"], &second["items"]), (&json!(whole[..2]), &json!(whole[2..])));
        assert_eq!(second["next"], Value::Null);
        app.get(&format!("{path}&from=2026-03-07&cursor={next}")).await.refused(422, "invalid");
        for (query, count) in [
            ("&from=2026-03-07", 3),
            ("&from=2026-03-07&to=2026-03-08", 2),
            ("&from=2026-03-06T18:59:59&to=2026-03-07", 1),
            ("&from=2026-03-06T19:00&to=2026-03-07T17:00", 0),
            ("&municipality=Kranj", 4),
            ("&municipality=Bled", 0),
        ] {
            assert_eq!(listed(&house, query).await.len(), count, "{query}");
        }
        // What is over is not on any more, unless it is asked for.
        house.at("2026-03-07T18:00:00Z");
        app.run_jobs();
        assert_eq!((listed(&house, "").await.len(), listed(&house, "&from=2026-03-01").await.len()), (1, 4));
        for path in ["/events", "/events.ics"] {
            let both = format!("{path}?venue_id={}&network_id={}", house.venue, house.network);
            for wrong in [path, &both] {
                assert_eq!(app.get(wrong).await.refused(422, "invalid")["errors"][0]["code"], "venue_or_network");
            }
            app.get(&format!("{path}?venue_id=ven_01h455vb4pex5vsknk084sn02q")).await.refused(404, "not_found");
        }
    }

    async fn a_subscriber_asks_again_at_no_cost(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Galerija").await;
        let ana = app.member("ana");
        let made = house.reserves(&ana, concert(&room, "2026-03-06")).await.expect(201);
        let first = feed(&house).await;
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with('"') && first.header("cache-control").contains("max-age"), "{first:?}");
        app.advance(3600);
        assert_eq!(feed(&house).await.text, first.text);
        let path = format!("/events.ics?venue_id={}", house.venue);
        for known in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
            let reply = app.get(&path).header("if-none-match", &known).await;
            assert_eq!((reply.status, &*reply.text, reply.header("etag")), (304, "", &*tag), "{known}");
        }
        let change = json!({"title": "Swing v Layerjevi"});
        edited(&house, &ana.renewed(&app), &made, change).await.expect(200);
        let changed = app.get(&path).header("if-none-match", &tag).await;
        assert!(changed.status == 200 && changed.text.contains("Swing"), "{changed:?}");
    }

    async fn who_gives_up_the_account_takes_the_words_along(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Galerija").await;
        let ana = app.member("ana");
        let event = id(&house.reserves(&ana, concert(&room, "2026-03-06")).await.expect(201));
        house.at("2026-03-08T07:00:00Z");
        assert_eq!(listed(&house, "&from=2026-03-01").await.len(), 1);
        let ana = ana.renewed(&app);
        let export = app.get("/me/export").by(&ana).await.expect(200);
        assert_eq!(export["reservations"][0]["event"]["link"], LINK);
        app.call(Method::DELETE, "/me").by(&ana).header("if-match", "*").await.expect(204);
        assert_eq!(listed(&house, "&from=2026-03-01").await, [Value::Null; 0]);
        let kept = house.sees(&house.desk(), &event).await;
        assert_eq!((&kept["public"], &kept["event"]), (&json!(false), &Value::Null));
        house.is_sound();
    }
}
