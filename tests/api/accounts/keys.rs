//! Keys for programs: what a key opens is its scopes' and its owner's to say, at every request anew.

use reqwest::Method;
use serde_json::{Value, json};

use super::{PASSWORD, registered, standing};
use crate::{
    access::{self, TABLE},
    support::{Backend, House, Person, Reply, TestApp, both, id, meeting, version},
    world::{Role, World},
};

/// A key of this person's.
async fn key(app: &TestApp, owner: &Person, scopes: &[&str]) -> Person {
    let made =
        app.post("/auth/keys", json!({"name": "Display", "scopes": scopes})).by(owner).await.expect(201);
    Person { token: made["key"].as_str().unwrap().to_owned(), ..owner.clone() }
}

const ALL: [&str; 8] = [
    "places:read",
    "places:write",
    "reservations:read",
    "reservations:write",
    "people:read",
    "people:write",
    "statistics:read",
    "statistics:write",
];

both! {
    async fn a_key_is_shown_once_listed_used_and_revoked(app: TestApp) {
        let ana = registered(&app, "ana@example.si").await;
        let new = |more: Value| crate::support::with(json!({"name": "Display", "scopes": ["people:read"], "password": PASSWORD}), more);
        let made = app.post("/auth/keys", new(json!({"days": 2}))).by(&ana).await.expect(201);
        let text = made["key"].as_str().unwrap();
        assert!(text.starts_with(made["api_key"]["prefix"].as_str().unwrap()) && text.len() == 51, "{made}");
        let listed = app.get("/auth/keys").by(&ana).await;
        assert!(!listed.text.contains(text), "{}", listed.text);
        let listed = listed.expect(200)["items"][0].clone();
        assert_eq!((&listed, &listed["last_used_at"]), (&made["api_key"], &json!(null)));
        let program = Person { token: text.to_owned(), ..ana.clone() };
        assert_eq!(app.get("/me").by(&program).await.expect(200)["id"], json!(ana.id));
        assert!(app.get("/auth/keys").by(&ana).await.expect(200)["items"][0]["last_used_at"].is_string());
        for (body, pointer) in [
            (new(json!({"scopes": []})), "/scopes"), (new(json!({"scopes": ["all"]})), "/scopes/0"), (new(json!({"days": 0})), "/days"),
            (new(json!({"days": 367})), "/days"), (new(json!({"name": ""})), "/name"), (new(json!({"user_id": ana.id})), "/user_id"),
        ] {
            let problem = app.post("/auth/keys", body).by(&ana).await.refused(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
        }
        app.post("/auth/keys", json!({"name": "D", "scopes": ["people:read"]})).by(&ana).await.refused(422, "invalid");
        let path = format!("/auth/keys/{}", id(&made["api_key"]));
        app.call(Method::DELETE, &path).by(&app.member("eva")).await.refused(404, "not_found");
        app.get("/me").by(&program).await.expect(200);
        app.call(Method::DELETE, &path).by(&ana).await.expect(204);
        app.get("/me").by(&program).await.refused(401, "unauthenticated");
        let other = app.post("/auth/keys", new(json!({"days": 1}))).by(&ana).await.expect(201);
        let other = Person { token: other["key"].as_str().unwrap().to_owned(), ..ana };
        app.advance(86_399);
        app.get("/me").by(&other).await.expect(200);
        app.advance(1);
        app.get("/me").by(&other).await.refused(401, "unauthenticated");
    }

    async fn a_key_has_never_more_rights_than_its_owner_now(app: TestApp) {
        let house = House::new(&app).await;
        let manager = house.desk();
        let program = key(&app, &manager, &ALL).await;
        let path = format!("/venues/{}", house.venue);
        let rename = |name: &str, version| app.patch(&path, version, json!({"name": name}));
        let edition = version(&app.get(&path).by(&program).await.expect(200));
        let edition = version(&rename("Ena", edition).by(&program).await.expect(200));
        let room = house.room("Soba").await;
        let mine = app.post("/reservations", meeting(&room, "2026-03-10T10:00", "2026-03-10T11:00")).by(&program).key("k").await;
        let again = app.post("/reservations", meeting(&room, "2026-03-10T10:00", "2026-03-10T11:00")).by(&program).key("k").await;
        assert_eq!((mine.status, again.header("idempotent-replayed")), (201, "true"));
        // Removed from the staff: with the next request, by token and by key.
        app.manager("second", &house.venue);
        let entry = format!("/venues/{}/staff/{}", house.venue, manager.id);
        app.call(Method::DELETE, &entry).by(&house.root).await.expect(204);
        for person in [&manager, &program] {
            rename("Dve", edition).by(person).await.refused(403, "forbidden");
        }
        assert_eq!(version(&app.get(&path).await.expect(200)), edition);
        // The account given up: its keys open nothing.
        app.does_cancel(&manager, &id(&mine.json)).await;
        let own = version(&app.get("/me").by(&manager).await.expect(200));
        app.delete("/me", own).by(&manager).await.expect(204);
        app.get(&path).by(&program).await.refused(401, "unauthenticated");
    }

    async fn a_key_opens_what_its_scopes_say_and_nothing_else(backend: Backend) {
        let world = World::new(backend).await;
        let root = world.person(Role::Administrator).unwrap().clone();
        let (statistics, every) = (key(&world.app, &root, &["statistics:read"]).await, key(&world.app, &root, &ALL).await);
        let closed = ["/auth/", "/me", "/invitations/redeem", "/check-in", "/headcount", "/manage", "/health/", "/metrics"];
        for (method, path, body, _) in TABLE {
            let by = async |key: &Person| access::request(&world, method, path, *body).await.by(key).await;
            let missing = |reply: &Reply| reply.json["code"] == "scope_missing";
            let reads = *method == "GET" && (path.contains("/statistics/") || path.contains("/indicators") || path.ends_with("/attendance") || path.contains("/attendance?"));
            if !path.starts_with("/health/live") && !path.starts_with("/metrics") {
                let reply = by(&statistics).await;
                assert_eq!(missing(&reply), !reads, "{reply:?}");
            }
            let closed = closed.iter().any(|start| path.starts_with(start)) && (*method, *path) != ("GET", "/me");
            if closed && !path.starts_with("/health/live") && !path.starts_with("/metrics") {
                assert!(missing(&by(&every).await), "{method} {path}");
            }
        }
        world.app.get("/me").by(&every).await.expect(200);
        for token in ["prostor_", "prostor_x", &every.token[1..], &format!("{}x", every.token), &every.token.to_uppercase()] {
            let nobody = Person { token: token.to_owned(), ..root.clone() };
            world.app.get("/venues").by(&nobody).await.refused(401, "unauthenticated");
        }
    }

    async fn a_person_has_at_most_twenty_keys(app: TestApp) {
        let ana = app.member("ana");
        for _ in 0..20 {
            key(&app, &ana, &["places:read"]).await;
        }
        let before = standing(&app);
        let one_more = json!({"name": "One more", "scopes": ["places:read"]});
        app.post("/auth/keys", one_more).by(&ana).await.refused(409, "state_conflict");
        assert_eq!(standing(&app), before);
    }
}

impl TestApp {
    /// Cancels somebody's reservation.
    async fn does_cancel(&self, person: &Person, reservation: &str) {
        self.post(&format!("/reservations/{reservation}/cancel"), json!({})).by(person).await.expect(200);
    }
}
