//! Times, identifiers, cursors and preconditions that mean nothing.

use reqwest::Method;
use serde_json::{Value, json};

use super::rows;
use crate::{
    access::TABLE,
    support::{Backend, both},
    world::{Role, World},
};

/// Intervals that nobody may take: from, to, and the problem's code.
const INTERVALS: [(&str, &str, &str); 22] = [
    ("2026-03-03T10:00", "2026-03-03T10:00", "invalid"),
    ("2026-03-03T10:00", "2026-03-03T09:00", "invalid"),
    ("2026-03-03T10:00+01:00", "2026-03-03T09:00Z", "invalid"),
    ("2026-03-03T10:00", "9999-12-31T23:59", "time_out_of_bounds"),
    ("0000-01-01T00:00", "2026-03-03T10:00", "time_out_of_bounds"),
    ("1926-03-03T10:00", "2026-03-03T10:00", "time_out_of_bounds"),
    ("2026-03-03T10:00", "2126-03-03T10:00", "time_out_of_bounds"),
    ("2026-03-03T10:00:00+99:00", "2026-03-03T11:00", "invalid"),
    ("2026-03-03T10:00:00.5", "2026-03-03T11:00", "invalid"),
    ("2026-06-30T23:59:60Z", "2026-07-01T01:00Z", "invalid"),
    ("2026-02-30T10:00", "2026-03-03T11:00", "invalid"),
    ("2026-13-01T10:00", "2026-03-03T11:00", "invalid"),
    ("2026-03-03T25:00", "2026-03-04T11:00", "invalid"),
    ("+12026-03-03T10:00", "2026-03-04T11:00", "invalid"),
    ("-0001-03-03T10:00", "2026-03-04T11:00", "invalid"),
    ("99999999999999999999-01-01T00:00", "2026-03-04T11:00", "invalid"),
    ("2026-03-03 10:00", "2026-03-03T11:00", "invalid"),
    ("now", "2026-03-03T11:00", "invalid"),
    ("", "2026-03-03T11:00", "invalid"),
    ("1772528400", "2026-03-03T11:00", "invalid"),
    ("2026-03-29T02:30", "2026-03-29T04:00", "local_time_nonexistent"),
    ("2026-10-25T02:30", "2026-10-25T04:00", "local_time_ambiguous"),
];

/// Not one of ours, whatever stands before the underscore.
fn no_ids(prefix: &str) -> Vec<String> {
    let absent = format!("{prefix}_01h455vb4pex5vsknk084sn02q");
    vec![
        absent.clone(),
        absent.to_uppercase(),
        format!("{prefix}_81h455vb4pex5vsknk084sn02q"),
        format!("{prefix}_01h455vb4pex5vsknk084sn02"),
        format!("{prefix}_01h455vb4pex5vsknk084sn02qq"),
        format!("{prefix}_01h455vb4pex5vsknk084sn0uu"),
        "usr_01h455vb4pex5vsknk084sn02q".replace("usr", if prefix == "usr" { "ven" } else { "usr" }),
        absent.replace('_', ""),
        "018d3f4e-8c1e-7000-8000-000000000000".to_owned(),
        "1".to_owned(),
        "%00".to_owned(),
        "%FF".to_owned(),
        "%2e%2e%2fme".to_owned(),
        "'%20OR%201=1--".to_owned(),
        "x".repeat(5000),
    ]
}

both! {
    async fn intervals_that_mean_nothing(backend: Backend) {
        let w = World::new(backend).await;
        let before = rows(&w.app);
        for (start, end, code) in INTERVALS {
            let times = json!({"starts_at": start, "ends_at": end});
            let mut reservation = json!({"space_id": w.room, "title": "T", "purpose": "other"});
            reservation.as_object_mut().unwrap().extend(times.as_object().unwrap().clone());
            let mut block = json!({"reason": "Paint"});
            block.as_object_mut().unwrap().extend(times.as_object().unwrap().clone());
            for (method, path, body) in [
                (Method::POST, "/reservations".to_owned(), &reservation),
                (Method::POST, "/reservations/check".to_owned(), &reservation),
                (Method::POST, format!("/spaces/{}/blocks", w.room), &block),
                (Method::PATCH, format!("/reservations/{}", w.ahead), &times),
            ] {
                let call = w.app.call(method, &path).header("if-match", "*").json(body.clone());
                let problem = w.by(Role::Staff, call).await.refused(422, code);
                assert!(problem["errors"][0]["pointer"].as_str().unwrap().ends_with("s_at"), "{problem}");
            }
            let (from, to) = (start.replace('+', "%2B"), end.replace('+', "%2B"));
            for path in [
                format!("/spaces/{}/availability?from={from}&to={to}", w.room),
                format!("/availability?from={from}&to={to}"),
                format!("/statistics/utilisation?venue_id={}&from={from}&to={to}", w.venue),
                format!("/statistics/heatmap?venue_id={}&from={from}&to={to}", w.venue),
                format!("/statistics/explain?venue_id={}&from={from}&to={to}", w.venue),
            format!("/statistics/demand?venue_id={}&from={from}&to={to}", w.venue),
                format!("/statistics/users?venue_id={}&from={from}&to={to}", w.venue),
            ] {
                // The times of lists are read in each venue's zone, gaps and folds as the rules read them.
                let reply = w.by(Role::Staff, w.app.get(&path)).await;
                assert_eq!(reply.status, 422, "{reply:?}");
            }
        }
        assert_eq!(rows(&w.app), before);
    }

    async fn intervals_that_are_far_too_long(backend: Backend) {
        let w = World::new(backend).await;
        let before = rows(&w.app);
        let (start, end) = ("2026-03-03T10:00", "2099-03-03T10:00");
        let reservation = json!({"space_id": w.room, "title": "T", "purpose": "other", "starts_at": start, "ends_at": end});
        w.by(Role::Staff, w.app.post("/reservations", reservation.clone())).await.refused(422, "policy_refused");
        w.by(Role::Member, w.app.post("/reservations", reservation)).await.refused(422, "policy_refused");
        let block = json!({"reason": "Paint", "starts_at": start, "ends_at": end});
        w.by(Role::Staff, w.app.post(&format!("/spaces/{}/blocks", w.room), block)).await.refused(422, "invalid");
        for path in [
            format!("/spaces/{}/availability?from={start}&to={end}", w.room),
            format!("/availability?from={start}&to={end}"),
            format!("/spaces/{}/units?starts_at={start}&ends_at={end}", w.room),
            format!("/statistics/utilisation?venue_id={}&from={start}&to={end}", w.venue),
            format!("/statistics/heatmap?venue_id={}&from={start}&to={end}", w.venue),
            format!("/statistics/explain?venue_id={}&from={start}&to={end}", w.venue),
            format!("/statistics/demand?venue_id={}&from={start}&to={end}", w.venue),
            format!("/statistics/users?venue_id={}&from={start}&to={end}", w.venue),
        ] {
            w.by(Role::Staff, w.app.get(&path)).await.refused(422, "invalid");
        }
        assert_eq!(rows(&w.app), before);
    }

    async fn paths_to_nothing_are_404_for_every_operation(backend: Backend) {
        let w = World::new(backend).await;
        let before = rows(&w.app);
        for (method, path, body, _) in TABLE.iter().filter(|(_, path, ..)| path.contains("{id}") && !path.contains("{organisation}")) {
            let prefix = match path.split('/').nth(1).unwrap() {
                "organisations" => "org", "venues" => "ven", "networks" => "net", "blocks" => "blk", "reservations" => "rsv", "waiting-list" => "wai", "join-requests" => "joi", _ => "spc",
            };
            for id in no_ids(prefix) {
                let path = w.path(&path.replace("{id}", &id).replace("{invitation_id}", "inv_01h455vb4pex5vsknk084sn02q"));
                let call = w.app.call(Method::from_bytes(method.as_bytes()).unwrap(), &path).header("if-match", "*");
                let call = match body(&w) {
                    Value::Null => call,
                    body => call.json(body),
                };
                let reply = w.by(Role::Administrator, call).await;
                assert_eq!(reply.status, 404, "{reply:?}");
            }
        }
        let members = [(Role::Staff, "/venues/{id}/staff"), (Role::Coordinator, "/networks/{id}/coordinators"),
            (Role::Staff, "/venues/{id}/members"), (Role::Coordinator, "/networks/{id}/members"),
            (Role::Owner, "/organisations/{id}/members")];
        for (role, path) in members {
            for id in no_ids("usr") {
                let path = w.path(&format!("{path}/{id}"));
                w.by(role, w.app.call(Method::PUT, &path).json(json!({"role": "member"}))).await.refused(404, "not_found");
                w.by(role, w.app.call(Method::DELETE, &path)).await.refused(404, "not_found");
            }
        }
        assert_eq!(rows(&w.app), before);
    }

    async fn identifiers_in_bodies_that_name_nothing_are_refused_fields(backend: Backend) {
        let w = World::new(backend).await;
        let spaces = format!("/venues/{}/spaces", w.venue);
        let elsewhere = w.by(Role::Staff, w.app.get(&format!("/spaces/{}", w.by_request))).await.expect(200);
        let before = rows(&w.app);
        let absent = |prefix: &str| json!(format!("{prefix}_01h455vb4pex5vsknk084sn02q"));
        let reservation = |name: &str, value: Value| {
            let mut body = json!({"space_id": w.room, "starts_at": "2026-03-05T10:00", "ends_at": "2026-03-05T11:00", "title": "T", "purpose": "other"});
            body[name] = value;
            body
        };
        let part = |id: Value| json!({"name": "H", "kind": "studio", "capacity": 9, "allocation": "whole", "parts": [id]});
        for (role, path, body, pointer) in [
            (Role::Owner, "/reservations", reservation("space_id", absent("spc")), "/space_id"),
            (Role::Owner, "/reservations", reservation("space_id", absent("ven")), "/space_id"),
            (Role::Owner, "/reservations", reservation("space_id", json!(w.venue)), "/space_id"),
            (Role::Owner, "/reservations", reservation("layout", absent("lay")), "/layout"),
            (Role::Owner, "/reservations", reservation("unit_ids", json!([absent("unt")])), "/unit_ids"),
            (Role::Owner, "/reservations", reservation("unit_ids", json!([elsewhere["units"][0]["id"]])), "/unit_ids"),
            (Role::Owner, "/reservations", reservation("organisation_id", absent("org")), "/organisation_id"),
            (Role::Owner, "/reservations", reservation("organisation_id", absent("net")), "/organisation_id"),
            (Role::Member, "/reservations", reservation("organisation_id", json!(w.organisation)), "/organisation_id"),
            (Role::Staff, &spaces, part(absent("spc")), "/parts/0"),
            (Role::Staff, &spaces, part(json!(w.venue)), "/parts/0"),
            (Role::Administrator, "/venues", json!({"network_id": absent("net"), "name": "V", "slug": "v", "contact_email": "v@example.org",
                "address": {"street": "A", "postcode": "4000", "city": "K", "municipality": "K"}}), "/network_id"),
        ] {
            let problem = w.by(role, w.app.post(path, body.clone())).await.refused(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{body}: {problem}");
            if path == "/reservations" {
                w.by(role, w.app.post("/reservations/check", body)).await.refused(422, "invalid");
            }
        }
        assert_eq!(rows(&w.app), before);
    }

    async fn cursors_are_ours_and_fit_their_list_alone(backend: Backend) {
        let w = World::new(backend).await;
        w.fresh("spaces").await;
        let page = w.app.get("/spaces?limit=1").await.expect(200);
        let cursor = page["next"].as_str().unwrap();
        w.app.get(&format!("/spaces?limit=2&cursor={cursor}")).await.expect(200);
        let mut spoilt = vec![String::new(), "x".to_owned(), "%00".to_owned(), format!("{cursor}x"), cursor[1..].to_owned(), cursor.repeat(2),
            cursor[..cursor.len() - 1].to_owned(), "x".repeat(4000)];
        for at in 0..cursor.len() {
            let other = if &cursor[at..=at] == "A" { "B" } else { "A" };
            spoilt.push(format!("{}{other}{}", &cursor[..at], &cursor[at + 1..]));
        }
        for cursor in &spoilt {
            let reply = w.app.get(&format!("/spaces?limit=1&cursor={cursor}")).await;
            assert_eq!(reply.refused(422, "invalid")["errors"][0]["pointer"], "?cursor", "{cursor}");
        }
        for path in ["/venues?", "/networks?", "/spaces?q=room&"] {
            w.app.get(&format!("{path}cursor={cursor}")).await.refused(422, "invalid");
        }
        for (query, pointer) in [("limit=0", "?limit"), ("limit=201", "?limit"), ("limit=-1", "?limit"), ("limit=1e9", "?limit"),
            ("limit=", "?limit"), ("limit=1&limit=2", "?limit"), ("lmit=1", "?lmit"), ("q=%00", "?q"), ("kind=palace", "?kind"),
            ("venue_id=1", "?venue_id"), ("venue_id=net_01h455vb4pex5vsknk084sn02q", "?venue_id"), ("capacity_min=-1", "?capacity_min"),
            ("capacity_min=99999999999", "?capacity_min")] {
            let problem = w.app.get(&format!("/spaces?{query}")).await.refused(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{query}: {problem}");
        }
        for query in ["q=%FF", "q=%C3%28"] {
            let reply = w.app.get(&format!("/spaces?{query}")).await;
            assert!(matches!(reply.status, 200 | 400 | 422), "{reply:?}");
        }
    }

    async fn preconditions(backend: Backend) {
        let w = World::new(backend).await;
        let path = format!("/networks/{}", w.network);
        let version = w.app.get(&path).await.expect(200)["version"].as_i64().unwrap();
        let edit = || w.by(Role::Coordinator, w.app.call(Method::PATCH, &path)).json(json!({"name": "Gorenjska"}));
        edit().await.refused(428, "precondition_required");
        let long = "\"7\", ".repeat(700);
        for junk in ["", "x", "\"\"", "\"x\"", "W/\"1\"", "1", "'1'", "\"0\"", "\"-1\"", "\"99999999999999999999999\"", "\"1", "1\"", "**", ",", "\"*\"", &long] {
            edit().header("if-match", junk).await.refused(412, "precondition_failed");
        }
        edit().header("if-match", "\u{e9}").await.refused(400, "malformed");
        let now = w.app.get(&path).await.expect(200)["version"].as_i64().unwrap();
        assert_eq!(now, version, "a refused edit left its trace");
        edit().header("if-match", &format!("\"0\", \"{version}\"")).await.expect(200);
        edit().if_match(version).await.refused(412, "precondition_failed");

        // Actions need none, but honour one; approving needs one.
        let request = format!("/reservations/{}", w.to_approve);
        let approve = || w.by(Role::Staff, w.app.post(&format!("{request}/approve"), json!({})));
        approve().await.refused(428, "precondition_required");
        approve().if_match(9).await.refused(412, "precondition_failed");
        for action in ["decline", "cancel"] {
            let act = w.app.post(&format!("{request}/{action}"), json!({})).if_match(9);
            w.by(Role::Staff, act).await.refused(412, "precondition_failed");
        }
        let count = w.app.post(&format!("/reservations/{}/headcount", w.begun), json!({"count": 1})).if_match(9);
        w.by(Role::Staff, count).await.refused(412, "precondition_failed");
        assert_eq!(w.by(Role::Staff, w.app.get(&request)).await.expect(200)["status"], "pending");
    }
}
