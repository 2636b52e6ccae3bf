//! Calendars to subscribe to: what a link shows is what its owner may see at that moment, for whoever holds it, and no link
//! is found by guessing; and free and busy times, which tell everybody when and nobody why.

use diesel::prelude::*;
use prostor::store::schema;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Call, House, Options, Person, Reply, TestApp, both, id, meeting, version, with};

/// Makes a link; its path below the API, and the id.
async fn link(app: &TestApp, by: &Person, of: Value) -> (String, String) {
    let made = app.post("/auth/calendars", of).by(by).await.expect(201);
    (path_of(app, &made), id(&made["calendar"]))
}

fn path_of(app: &TestApp, made: &Value) -> String {
    let url = made["url"].as_str().unwrap();
    url.strip_prefix(&format!("{}/api/v1", app.url)).unwrap_or_else(|| panic!("{url}")).to_owned()
}

/// What a program reads, without signing in.
async fn read(app: &TestApp, link: &str) -> Reply {
    let reply = app.get(link).await;
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (200, "text/calendar; charset=utf-8"),
        "{}",
        reply.text
    );
    assert_eq!(
        (reply.header("cache-control"), reply.header("x-robots-tag")),
        ("private, no-cache", "noindex")
    );
    reply
}

/// The titles in a calendar, in its order.
fn titles(reply: &Reply) -> Vec<String> {
    let text = reply.text.replace("\r\n ", "");
    text.lines().filter_map(|line| line.strip_prefix("SUMMARY:")).map(str::to_owned).collect()
}

fn again(app: &TestApp, link: &str, tag: &str) -> Call {
    app.get(link).header("if-none-match", tag)
}

fn titled(space: &str, title: &str, day: &str, hours: (u32, u32)) -> Value {
    let request = meeting(space, &format!("{day}T{:02}:00", hours.0), &format!("{day}T{:02}:00", hours.1));
    with(request, json!({"title": title}))
}

both! {
    async fn one_s_own_calendar_shows_one_s_own_and_one_s_organisations_reservations(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Galerija").await;
        let venue = format!("/venues/{}", house.venue);
        let current = version(&app.get(&venue).await.expect(200));
        app.patch(&venue, current, json!({"access_instructions": "Koda 4711"})).by(&house.manager).await.expect(200);
        let (ana, eva, bor) = (app.member("ana"), app.member("eva"), app.member("bor"));
        let studio = json!({"name": "Studio", "legal_form": "company", "municipality": "Kranj"});
        let studio = id(&app.post("/organisations", studio).by(&ana).await.expect(201));
        app.enlist(&studio, &eva, "member");
        let secret = json!({"notes": "Pridem z mamo.", "attendees": 11});
        let own = house.reserves(&ana, with(titled(&room, "Anin, sestanek", "2026-03-10", (10, 11)), secret)).await.expect(201);
        let for_it = json!({"organisation_id": studio});
        house.reserves(&eva, with(titled(&room, "Evin", "2026-03-10", (12, 13)), for_it)).await.expect(201);
        house.reserves(&eva, titled(&room, "Zasebno", "2026-03-10", (14, 15))).await.expect(201);
        house.reserves(&bor, titled(&room, "Tuje", "2026-03-10", (16, 17))).await.expect(201);
        let held = with(titled(&room, "Zadržano", "2026-03-11", (10, 11)), json!({"hold": true}));
        house.reserves(&ana, held).await.expect(201);

        let (link, calendar) = link(&app, &ana, json!({"name": "Telefon"})).await;
        let first = read(&app, &link).await;
        assert_eq!(titles(&first), ["Anin\\, sestanek", "Evin"]);
        let text = first.text.replace("\r\n ", "");
        for line in ["METHOD:PUBLISH", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H",
            "DTSTART;TZID=Europe/Ljubljana:20260310T100000", &format!("UID:calendar-{}@prostor", id(&own)), "DESCRIPTION:Organiser: eva"] {
            assert!(text.lines().any(|one| one == line), "{line}: {text}");
        }
        for private in ["4711", "mamo", &ana.email, &eva.email, "Organiser: ana", "ATTENDEE", &*house.manager.email] {
            assert!(!text.contains(private), "{private}: {text}");
        }
        // The same bytes until something changes, whatever the clock shows.
        app.advance(90);
        let tag = first.header("etag").to_owned();
        for known in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
            let unchanged = again(&app, &link, &known).await;
            assert_eq!((unchanged.status, unchanged.text.as_str(), unchanged.header("etag")), (304, "", &*tag));
        }
        house.does(&ana, &id(&own), "cancel").await.expect(200);
        let changed = again(&app, &link, &tag).await;
        assert_eq!((changed.status, titles(&changed)), (200, vec!["Evin".to_owned()]));
        // Who left the organisation reads its reservations no more, by the link neither.
        let owner = format!("/organisations/{studio}/members/{}", eva.id);
        app.call(Method::PUT, &owner).json(json!({"role": "owner"})).by(&ana).await.expect(200);
        app.call(Method::DELETE, &format!("/organisations/{studio}/members/{}", ana.id)).by(&ana).await.expect(204);
        assert_eq!(titles(&read(&app, &link).await), [""; 0]);
        let export = app.get("/me/export").by(&ana).await.expect(200);
        assert_eq!((&export["calendars"][0]["id"], &export["calendars"][0]["name"]), (&json!(calendar), &json!("Telefon")));
        assert!(!export.to_string().contains(link.trim_start_matches("/calendars/").trim_end_matches(".ics")));
    }

    async fn a_link_is_one_s_own_to_renew_and_to_revoke_and_nobodys_to_guess(app: TestApp) {
        let (ana, eva) = (app.member("ana"), app.member("eva"));
        let (old, calendar) = link(&app, &ana, json!({})).await;
        read(&app, &old).await;
        let token = old.trim_start_matches("/calendars/").trim_end_matches(".ics");
        let absent = app.get("/calendars/nobodys.ics").await.refused(404, "not_found");
        let upper = format!("/calendars/{}.ics", token.to_uppercase());
        let guesses = [upper, format!("/calendars/{}.ics", &token[1..]), format!("/calendars/{calendar}.ics"),
            "/calendars/%00.ics".to_owned(), "/calendars/' OR 1=1--.ics".to_owned(), format!("/calendars/{token}")];
        for guess in guesses {
            assert_eq!(app.get(&guess).await.refused(404, "not_found"), absent, "{guess}");
        }
        // Kept as a hash alone.
        let hashes: Vec<Vec<u8>> = {
            use schema::calendars::dsl::*;
            calendars.select(token_hash).load(&mut *app.connection()).unwrap()
        };
        assert!(hashes.len() == 1 && hashes[0].len() == 32 && hashes[0] != token.as_bytes());
        let answers: i64 = schema::idempotency::table.count().get_result(&mut *app.connection()).unwrap();
        let made = app.post("/auth/calendars", json!({})).by(&ana).key("one").await.expect(201);
        let kept: i64 = schema::idempotency::table.count().get_result(&mut *app.connection()).unwrap();
        assert_eq!(kept, answers, "no answer with a token in it is stored");
        for (method, path) in [(Method::POST, format!("/auth/calendars/{calendar}/rotate")), (Method::DELETE, format!("/auth/calendars/{calendar}"))] {
            app.call(method, &path).by(&eva).await.refused(404, "not_found");
        }
        read(&app, &old).await;
        let rotated = app.call(Method::POST, &format!("/auth/calendars/{calendar}/rotate")).by(&ana).await.expect(200);
        assert_eq!(rotated["calendar"]["id"], json!(calendar));
        app.get(&old).await.refused(404, "not_found");
        app.get(&old).header("if-none-match", "*").await.refused(404, "not_found");
        let new = path_of(&app, &rotated);
        read(&app, &new).await;
        let listed = app.get("/auth/calendars").by(&ana).await.expect(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), 2);
        assert_eq!(listed["items"][0]["last_used_at"], "2026-03-02T07:00:00Z");
        assert_eq!(app.get("/auth/calendars").by(&eva).await.expect(200)["items"], json!([]));
        let revoke = || app.call(Method::DELETE, &format!("/auth/calendars/{calendar}")).by(&ana);
        revoke().await.expect(204);
        revoke().await.refused(404, "not_found");
        app.get(&new).await.refused(404, "not_found");
        // An account that is gone opens nothing either.
        let other = path_of(&app, &made);
        read(&app, &other).await;
        let version = version(&app.get("/me").by(&ana).await.expect(200));
        app.delete("/me", version).by(&ana).await.expect(204);
        app.get(&other).await.refused(404, "not_found");
        for body in [json!({"user_id": eva.id}), json!({"token": "x"}), json!({"space_id": "spc_01h455vb4pex5vsknk084sn02q"}),
            json!({"network_id": "net_01h455vb4pex5vsknk084sn02q", "venue_id": "ven_01h455vb4pex5vsknk084sn02q"})] {
            app.post("/auth/calendars", body).by(&eva).await.refused(422, "invalid");
        }
        for n in 0..21 {
            let made = app.post("/auth/calendars", json!({})).by(&eva).await;
            assert_eq!(made.status, if n < 20 { 201 } else { 409 }, "{}", made.text);
        }
    }

    async fn a_venue_s_calendar_is_for_those_who_see_its_reservations_now(app: TestApp) {
        let house = House::new(&app).await;
        let elsewhere = house.another_venue("elsewhere").await;
        let [hall, left, right] = house.hall("Dvorana").await;
        let (ana, delegate) = (app.member("ana"), app.member("delegate"));
        house.reserves(&ana, titled(&left, "Levo", "2026-03-10", (10, 11))).await.expect(201);
        house.reserves(&ana, titled(&right, "Desno", "2026-03-10", (10, 11))).await.expect(201);
        house.reserves(&ana, titled(&hall, "Vsa", "2026-03-10", (12, 13))).await.expect(201);
        let block = json!({"starts_at": "2026-03-11T08:00", "ends_at": "2026-03-11T12:00", "reason": "Barvanje"});
        app.post(&format!("/spaces/{left}/blocks"), block).by(&house.manager).await.expect(201);
        let of_venue = json!({"venue_id": house.venue});
        for stranger in [&ana, &elsewhere.manager, &house.root, &app.coordinator("katja", &house.network)] {
            for of in [of_venue.clone(), json!({"space_id": left})] {
                app.post("/auth/calendars", of).by(stranger).await.refused(403, "forbidden");
            }
        }
        let (venue, first) = link(&app, &house.manager, of_venue.clone()).await;
        let (room, _) = link(&app, &house.manager, json!({"space_id": left})).await;
        assert_eq!(titles(&read(&app, &venue).await), ["Levo", "Desno", "Vsa", "Barvanje"]);
        // What takes the hall takes its half.
        let shown = read(&app, &room).await;
        assert_eq!(titles(&shown), ["Levo", "Vsa", "Barvanje"]);
        assert!(shown.text.contains("DESCRIPTION:Organiser: ana") && !shown.text.contains(&ana.email), "{}", shown.text);

        let entry = format!("/venues/{}/delegates/{}", house.venue, delegate.id);
        app.call(Method::PUT, &entry).by(&house.manager).await.expect(200);
        let (delegated, _) = link(&app, &delegate, of_venue).await;
        assert_eq!(titles(&read(&app, &delegated).await).len(), 4);
        app.call(Method::DELETE, &entry).by(&house.manager).await.expect(204);
        let tag = shown.header("etag").to_owned();
        again(&app, &delegated, &tag).await.refused(404, "not_found");
        app.get(&delegated).await.refused(404, "not_found");

        let path = format!("/venues/{}/calendars", house.venue);
        for stranger in [&ana, &delegate, &elsewhere.manager] {
            app.get(&path).by(stranger).await.refused(403, "forbidden");
            app.call(Method::DELETE, &format!("{path}/{first}")).by(stranger).await.refused(403, "forbidden");
        }
        // By one of another venue's path neither.
        let foreign = format!("/venues/{}/calendars/{first}", elsewhere.venue);
        app.call(Method::DELETE, &foreign).by(&elsewhere.manager).await.refused(404, "not_found");
        read(&app, &venue).await;
        let second = app.manager("second", &house.venue);
        let listed = app.get(&path).by(&second).await.expect(200);
        let owners: Vec<_> = listed["items"].as_array().unwrap().iter().map(|one| one["user_name"].as_str().unwrap()).collect();
        assert_eq!(owners, ["manca", "manca", "delegate"]);
        assert!(!listed.to_string().contains(venue.trim_start_matches("/calendars/").trim_end_matches(".ics")));
        app.call(Method::DELETE, &format!("{path}/{first}")).by(&second).await.expect(204);
        app.get(&venue).await.refused(404, "not_found");
        // A role that ended ends what the link shows with the next reading; given back, it is read again.
        read(&app, &room).await;
        let staff = format!("/venues/{}/staff/{}", house.venue, house.manager.id);
        app.call(Method::DELETE, &staff).by(&second).await.expect(204);
        app.get(&room).await.refused(404, "not_found");
        app.call(Method::PUT, &staff).by(&second).await.expect(200);
        read(&app, &room).await;
        // Where the operator wants a second factor for roles, those without rest, in links too.
        let strict = app.another(Options { second_factor_for_staff: true, clock: app.clock.clone(), ..Options::default() });
        strict.get(&room).await.refused(404, "not_found");
    }

    async fn calendars_are_bounded_and_a_networks_shows_what_is_on(app: TestApp) {
        let house = House::new(&app).await;
        house.rules(&format!("/venues/{}", house.venue), json!({"horizon_days": {"value": 730}})).await;
        let room = house.room("Galerija").await;
        let ana = app.member("ana");
        for (title, day) in [("Dokler gre", "2026-03-03"), ("Čez leto", "2027-03-01"), ("Predaleč", "2027-04-20")] {
            house.reserves(&ana, titled(&room, title, day, (10, 11))).await.expect(201);
        }
        let public = with(titled(&room, "Jazz", "2026-03-06", (17, 19)), json!({"purpose": "event", "public": true}));
        house.reserves(&ana, public).await.expect(201);
        let (own, _) = link(&app, &ana, json!({})).await;
        let (network, _) = link(&app, &ana, json!({"network_id": house.network})).await;
        assert_eq!(titles(&read(&app, &own).await), ["Dokler gre", "Jazz", "Čez leto"]);
        let events = app.get(&format!("/events.ics?network_id={}", house.network)).await;
        assert_eq!(read(&app, &network).await.text, events.text);
        app.advance(32 * 86_400);
        assert_eq!(titles(&read(&app, &own).await), ["Jazz", "Čez leto"]);
        app.advance(30 * 86_400);
        assert_eq!(titles(&read(&app, &own).await), ["Čez leto", "Predaleč"]);
    }

    async fn free_and_busy_times_tell_when_and_not_why(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room_with("Galerija", json!({"setup_minutes": 30, "teardown_minutes": 15})).await;
        let (desks, _) = house.desks("Mize", 2).await;
        let (ana, eva) = (app.member("kobilca"), app.member("eva"));
        house.reserves(&ana, titled(&room, "Skrivno", "2026-03-03", (10, 11))).await.expect(201);
        let block = json!({"starts_at": "2026-03-03T11:15", "ends_at": "2026-03-03T12:00", "reason": "Barvanje"});
        app.post(&format!("/spaces/{room}/blocks"), block).by(&house.manager).await.expect(201);
        house.reserves(&ana, with(titled(&room, "Hip", "2026-03-03", (15, 16)), json!({"hold": true}))).await.expect(201);
        house.reserves(&ana, titled(&desks, "Prva", "2026-03-03", (10, 12))).await.expect(201);
        house.reserves(&eva, titled(&desks, "Druga", "2026-03-03", (11, 13))).await.expect(201);
        let path = |space: &str| format!("/spaces/{space}/freebusy.ics?from=2026-03-03&to=2026-03-04");
        let periods = async |space: &str| -> Vec<String> {
            let reply = app.get(&path(space)).await;
            assert_eq!((reply.status, reply.header("cache-control")), (200, "public, max-age=60"), "{}", reply.text);
            let text = reply.text.replace("\r\n ", "");
            for private in ["kobilca", "Skrivno", "Barvanje", "Hip", "Prva", "rsv_", "blk_", "SUMMARY"] {
                assert!(!text.contains(private), "{private}: {text}");
            }
            text.lines().filter_map(|line| line.strip_prefix("FREEBUSY;FBTYPE=")).map(str::to_owned).collect()
        };
        let (morning, evening) = ("BUSY-UNAVAILABLE:20260302T230000Z/20260303T070000Z", "BUSY-UNAVAILABLE:20260303T190000Z/20260303T230000Z");
        let day = "BUSY:20260303T083000Z/20260303T110000Z";
        // Set-up and tear-down count, and what touches is one.
        assert_eq!(periods(&room).await, [morning, day, "BUSY:20260303T133000Z/20260303T151500Z", evening]);
        // Of two desks one is free but from eleven to twelve.
        assert_eq!(periods(&desks).await, [morning, "BUSY:20260303T100000Z/20260303T110000Z", evening]);
        let first = app.get(&path(&room)).await;
        // Another moment, the same times: who has them is spared them.
        app.advance(60);
        let unchanged = again(&app, &path(&room), first.header("etag")).await;
        assert_eq!((unchanged.status, unchanged.text.as_str()), (304, ""));
        // A hold that ran out is in nobody's way from that second on.
        app.advance(9 * 60);
        assert_eq!(periods(&room).await, [morning, day, evening]);
        assert_eq!(again(&app, &path(&room), first.header("etag")).await.status, 200);
        let usual = app.get(&format!("/spaces/{room}/freebusy.ics")).await.text;
        assert!(usual.contains("DTSTART:20260301T230000Z") && usual.contains("BEGIN:VFREEBUSY"), "{usual}");
        for (query, code) in [("from=2026-03-03&to=2026-03-03", "not_after_start"), ("from=2026-03-03&to=2027-03-03", "range_too_long"),
            ("from=2026-03-03&who=me", "unknown_field"), ("from=x", "time_malformed")] {
            let refused = app.get(&format!("/spaces/{room}/freebusy.ics?{query}")).await.refused(422, "invalid");
            assert_eq!(refused["errors"][0]["code"], code, "{query}");
        }
        app.get("/spaces/spc_01h455vb4pex5vsknk084sn02q/freebusy.ics").await.refused(404, "not_found");
    }
}
