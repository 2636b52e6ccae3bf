//! Versions, repeated requests and pages: what a client may rely on when it asks again (DESIGN 5).

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Call, House, Person, TestApp, at_once, both, id, meeting, with};

const HOUR: i64 = 3600;

both! {
    async fn an_etag_is_the_version_and_edits_name_it(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let reply = house.asks(&ana, &room, "2026-03-03T10:00", "2026-03-03T11:00").await;
        assert_eq!((reply.header("etag"), reply.header("cache-control")), ("\"1\"", "no-store"));
        let path = format!("/reservations/{}", id(&reply.json));
        assert_eq!(reply.header("location"), format!("/api/v1{path}"));
        reply.expect(201);
        let title = |text: &str| app.call(Method::PATCH, &path).json(json!({"title": text})).by(&ana);
        title("Brez").await.refused(428, "precondition_required");
        for stale in ["\"2\"", "W/\"1\"", "\"x\"", "1", "\"\""] {
            title("Zastarelo").header("if-match", stale).await.refused(412, "precondition_failed");
        }
        let reply = title("Prvi").header("if-match", "\"7\", \"1\"").await;
        assert_eq!(reply.header("etag"), "\"2\"");
        assert_eq!(reply.expect(200)["title"], "Prvi");
        assert_eq!(title("Drugi").header("if-match", "*").await.expect(200)["version"], 3);
        // An edit that changes nothing raises no version.
        assert_eq!(title("Drugi").if_match(3).await.expect(200)["version"], 3);
        let reply = app.get(&path).by(&ana).await;
        assert_eq!(reply.header("etag"), "\"3\"");
        let listed = app.get("/reservations").by(&ana).await.expect(200);
        assert_eq!(listed["items"], json!([reply.json]));
        // Actions honour what is said, and need nothing said.
        house.does(&ana, &id(&listed["items"][0]), "cancel").if_match(2).await.refused(412, "precondition_failed");
        house.does(&ana, &id(&listed["items"][0]), "cancel").if_match(3).await.expect(200);
    }

    async fn of_many_edits_of_one_version_one_takes_effect(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let mine = house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T11:00").await;
        let path = format!("/reservations/{}", id(&mine));
        let edits = (0..12).map(|n| app.patch(&path, 1, json!({"title": format!("Naslov {n}")})).by(&ana));
        let (won, lost): (Vec<_>, Vec<_>) = at_once(edits).await.into_iter().partition(|reply| reply.status == 200);
        assert_eq!(won.len(), 1);
        for reply in lost {
            reply.refused(412, "precondition_failed");
        }
        assert_eq!(house.sees(&ana, &id(&mine)).await, won[0].json);
    }

    async fn the_same_request_is_answered_as_before(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, bor) = (house.room("Sejna soba").await, app.member("ana"), app.member("bor"));
        let ask = |from: &str, key: &str| {
            house.asks(&ana, &room, &format!("2026-03-10T{from}"), "2026-03-10T12:00").key(key)
        };
        let first = ask("10:00", "k-1").await;
        assert_eq!((first.status, first.header("idempotent-replayed")), (201, ""));
        for key in ["k-1", "\"k-1\""] {
            let again = ask("10:00", key).await;
            assert_eq!((again.status, &again.text), (201, &first.text));
            assert_eq!((again.header("idempotent-replayed"), again.header("etag")), ("true", "\"1\""));
            assert_eq!(again.header("content-type"), "application/json");
        }
        // What became of it since does not change the answer.
        house.does(&ana, &id(&first.json), "cancel").key("k-1").await.expect(200);
        assert_eq!(ask("10:00", "k-1").await.text, first.text);
        // Another body, another key, another person, another path.
        ask("10:15", "k-1").await.refused(422, "idempotency_key_reused");
        let second = ask("10:00", "k-2").await.expect(201);
        assert_ne!(second["id"], first.json["id"]);
        let other = house.asks(&bor, &room, "2026-03-10T10:00", "2026-03-10T12:00").key("k-1").await;
        other.refused(409, "slot_taken");
        // A refusal is not kept: the same key may succeed later.
        house.does(&ana, &id(&second), "cancel").await.expect(200);
        let made = house.asks(&bor, &room, "2026-03-10T10:00", "2026-03-10T12:00").key("k-1").await.expect(201);
        assert_eq!(made["organiser"]["name"], "bor");
        let long = "k".repeat(256);
        for bad in ["", "\"\"", long.as_str()] {
            ask("08:00", bad).await.refused(400, "malformed");
        }
        // Edits and actions too, though the version they name has passed.
        let path = format!("/reservations/{}", id(&made));
        let edit = || app.patch(&path, 1, json!({"title": "Nov"})).by(&bor).key("edit");
        let edited = edit().await;
        let again = edit().await;
        assert_eq!((again.status, &again.text, again.header("idempotent-replayed")), (200, &edited.text, "true"));
        assert_eq!(again.header("etag"), "\"2\"");
        house.is_sound();
    }

    async fn what_a_request_itself_took_away_does_not_stand_against_its_replay(app: TestApp) {
        let house = House::new(&app).await;
        let (room, bor, cene) = (house.room("Sejna soba").await, app.member("bor"), app.manager("cene", &house.venue));
        let katja = app.coordinator("katja", &house.network);
        app.coordinator("klara", &house.network);
        let block = json!({"starts_at": "2026-03-03T10:00", "ends_at": "2026-03-03T12:00", "reason": "Zidanje"});
        let block = app.post(&format!("/spaces/{room}/blocks"), block).by(&house.manager).await.expect(201);
        let organisation = json!({"name": "Carnica", "legal_form": "ngo", "municipality": "Kranj"});
        let organisation = id(&app.post("/organisations", organisation).by(&bor).await.expect(201));
        let member = |person: &Person| format!("/organisations/{organisation}/members/{}", person.id);
        app.enlist(&organisation, &cene, "owner");

        let delete = |path: String, by: &Person| app.call(Method::DELETE, &path).header("if-match", "*").by(by);
        let leave = |path: &str, who: &Person| delete(format!("{path}/{}", who.id), who);
        let (lifted, staff) = (format!("/blocks/{}", id(&block)), format!("/venues/{}/staff", house.venue));
        let coordinators = format!("/networks/{}/coordinators", house.network);
        let role = |role| app.call(Method::PUT, &member(&bor)).json(json!({"role": role})).by(&bor);
        let twice = async |what: &str, call: &dyn Fn() -> Call, status: u16| {
            let first = call().key(what).await;
            assert_eq!((first.status, first.header("idempotent-replayed")), (status, ""), "{what}: {first:?}");
            let again = call().key(what).await;
            assert_eq!((again.status, again.header("idempotent-replayed")), (status, "true"), "{what}: {again:?}");
            assert_eq!(again.text, first.text, "{what}");
        };
        for (what, call, status) in [
            ("lifts", &(|| delete(lifted.clone(), &house.manager)) as &dyn Fn() -> Call, 204),
            ("gives-up-a-role", &|| role("member"), 200),
            ("leaves-an-organisation", &|| delete(member(&bor), &bor), 204),
            ("leaves-a-venue", &|| leave(&staff, &cene), 204),
            ("leaves-a-network", &|| leave(&coordinators, &katja), 204),
        ] {
            twice(what, call, status).await;
        }
        // Another key and another person's are other requests; another body is none of this key's.
        delete(lifted.clone(), &house.manager).key("later").await.refused(404, "not_found");
        delete(lifted.clone(), &house.root).key("lifts").await.refused(404, "not_found");
        role("owner").key("gives-up-a-role").await.refused(422, "idempotency_key_reused");
        // What an erased person was answered is erased, but for the answer to that.
        twice("gives-up-an-account", &|| delete("/me".to_owned(), &bor), 204).await;
        role("member").key("gives-up-a-role").await.refused(401, "unauthenticated");
        house.is_sound();
    }

    async fn answers_are_kept_for_two_days(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let ask = || house.asks(&ana.renewed(&app), &room, "2026-03-10T10:00", "2026-03-10T12:00").key("k");
        let first = ask().await;
        assert_eq!(first.status, 201);
        for _ in 0..2 {
            app.advance(24 * HOUR);
            app.run_jobs();
            let again = ask().await;
            assert_eq!((&again.text, again.header("idempotent-replayed")), (&first.text, "true"));
        }
        app.advance(1);
        app.run_jobs();
        // Forgotten, it is a request like any other, for a slot that is taken.
        ask().await.refused(409, "slot_taken");
    }

    async fn pages_are_whole_and_in_order(app: TestApp) {
        let house = House::new(&app).await;
        let ana = app.member("ana");
        let (area, _) = house.desks("Pisarna", 30).await;
        // Thirty at the same time each, so that only the order of ids tells them apart.
        let mut all = BTreeSet::new();
        for hour in [14, 9, 12, 10, 17, 8, 15] {
            let request = meeting(&area, &format!("2026-03-03T{hour:02}:00"), &format!("2026-03-03T{:02}:00", hour + 1));
            let calls = (0..30).map(|_| house.reserves(&ana, with(request.clone(), json!({"purpose": "coworking"}))));
            for reply in at_once(calls).await {
                all.insert(id(&reply.expect(201)));
            }
        }
        assert_eq!(all.len(), 210);
        for limit in [200, 37, 105, 1] {
            let mut path = format!("/reservations?limit={limit}&mine=true&status=confirmed,pending");
            let mut seen: Vec<(String, String)> = Vec::new();
            loop {
                let reply = app.get(&path).by(&ana).await;
                let link = reply.header("link").to_owned();
                let page = reply.expect(200);
                let items = page["items"].as_array().unwrap();
                seen.extend(items.iter().map(|item| (item["starts_at"].as_str().unwrap().to_owned(), id(item))));
                if page["next"].is_null() {
                    assert_eq!(link, "");
                    break;
                }
                assert_eq!(items.len(), limit);
                let next = link.strip_prefix("</api/v1").unwrap().strip_suffix(">; rel=\"next\"").unwrap();
                assert!(next.contains(page["next"].as_str().unwrap()) && next.contains("mine=true"), "{link}");
                path = next.to_owned();
                if limit == 1 && seen.len() == 40 {
                    break;
                }
            }
            assert!(seen.is_sorted(), "{limit}");
            let ids: BTreeSet<String> = seen.iter().map(|(_, id)| id.clone()).collect();
            assert_eq!(ids.len(), seen.len(), "nothing twice");
            assert!(limit == 1 || ids == all, "{limit}: {}", ids.len());
        }
    }

    async fn a_cursor_serves_its_own_list_alone(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        for hour in 8..12 {
            house.has(&ana, &room, &format!("2026-03-03T{hour:02}:00"), &format!("2026-03-03T{:02}:00", hour + 1)).await;
        }
        let page = app.get("/reservations?limit=2&mine=true").by(&ana).await.expect(200);
        let cursor = page["next"].as_str().unwrap();
        let read = |query: &str| app.get(&format!("/reservations?{query}")).by(&ana);
        assert_eq!(read(&format!("limit=2&mine=true&cursor={cursor}")).await.expect(200)["next"], Value::Null);
        // Pages may change their size on the way.
        assert_eq!(read(&format!("limit=1&mine=true&cursor={cursor}")).await.expect(200)["items"].as_array().unwrap().len(), 1);
        let flip = |at: usize| {
            let mut bytes = cursor.as_bytes().to_vec();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            String::from_utf8(bytes).unwrap()
        };
        let tampered = [flip(0), flip(cursor.len() / 2), flip(cursor.len() - 2), cursor[1..].to_owned(),
            format!("{cursor}A"), "x".to_owned(), "..".to_owned(), "%00".to_owned()];
        let bad = tampered.iter().map(|cursor| format!("limit=2&mine=true&cursor={cursor}"));
        // The list of all is another list, and so is that of another status.
        let others = [format!("limit=2&cursor={cursor}"), format!("mine=true&status=pending&cursor={cursor}")];
        for query in bad.chain(others) {
            let body = read(&query).await.refused(422, "invalid");
            assert_eq!(body["errors"][0]["pointer"], "?cursor", "{query}");
        }
        app.get(&format!("/venues?cursor={cursor}")).await.refused(422, "invalid");
        for (query, pointer) in [("limit=0", "?limit"), ("limit=201", "?limit"), ("limit=x", "?limit"),
            ("status=sold", "?status"), ("colour=red", "?colour"), ("from=2026-03-29T02:30&space_id=x", "?space_id")] {
            let body = read(query).await.refused(422, "invalid");
            assert_eq!(body["errors"][0]["pointer"], pointer, "{query}");
        }
    }
}
