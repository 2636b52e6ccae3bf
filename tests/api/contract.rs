//! The OpenAPI document itself, and a walk through the answers that few other stories reach. That replies keep
//! to the document is tested on every reply of every story (`support/contract.rs`).

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    support::{
        Backend, both,
        contract::{DOCUMENT, fits},
    },
    world::{Role, World, made},
};

/// Every operation, as `GET /path`.
fn operations() -> impl Iterator<Item = (String, &'static Value)> {
    let paths = DOCUMENT["paths"].as_object().unwrap().iter();
    paths.flat_map(|(path, item)| {
        let methods =
            item.as_object().unwrap().iter().filter(|(_, operation)| operation["responses"].is_object());
        methods.map(move |(method, operation)| (format!("{} {path}", method.to_uppercase()), operation))
    })
}

/// Every schema below `at`, with its place; references are not followed.
fn schemas<'a>(at: &str, value: &'a Value, found: &mut Vec<(String, &'a Value)>) {
    if value.get("type").is_some() || value.get("properties").is_some() {
        found.push((at.to_owned(), value));
    }
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| schemas(&format!("{at}/{name}"), value, found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, value)| schemas(&format!("{at}/{i}"), value, found));
        }
        _ => {}
    }
}

/// The names of the component schemas that a value refers to, directly or through others.
fn referred(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(name) = members
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|to| to.strip_prefix("#/components/schemas/"))
                && names.insert(name.to_owned())
            {
                referred(&DOCUMENT["components"]["schemas"][name], names);
            }
            members.values().for_each(|value| referred(value, names));
        }
        Value::Array(items) => items.iter().for_each(|value| referred(value, names)),
        _ => {}
    }
}

#[test]
fn every_operation_is_named_tagged_and_described() {
    let tags: BTreeMap<&str, &str> = DOCUMENT["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| (tag["name"].as_str().unwrap(), tag["description"].as_str().unwrap()))
        .collect();
    let mut names = BTreeSet::new();
    let mut bare = Vec::new();
    for (what, operation) in operations() {
        assert!(names.insert(operation["operationId"].as_str().unwrap()), "{what} has another's name");
        let described = operation["summary"]
            .as_str()
            .is_some_and(|summary| summary.ends_with('.') || summary.ends_with('?'));
        assert!(described, "{what}: {}", operation["summary"]);
        for tag in operation["tags"].as_array().unwrap() {
            assert!(tags.contains_key(tag.as_str().unwrap()), "{what} has the unknown tag {tag}");
        }
        for (status, response) in operation["responses"].as_object().unwrap() {
            assert_ne!(response["description"].as_str().unwrap_or(""), "", "{what} {status}");
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(parameter["schema"].is_object(), "{what}: {parameter}");
            if parameter["in"] != "path" && parameter["description"].as_str().is_none_or(str::is_empty) {
                bare.push(format!("{what}: {}", parameter["name"]));
            }
        }
    }
    assert!(bare.is_empty(), "parameters without a word: {bare:#?}");
}

#[test]
fn what_is_sent_is_closed_and_what_has_members_is_described() {
    let mut sent = BTreeSet::new();
    operations().for_each(|(_, operation)| referred(&operation["requestBody"], &mut sent));
    for (name, schema) in DOCUMENT["components"]["schemas"].as_object().unwrap() {
        let described = schema["description"].as_str().is_some_and(|text| !text.is_empty());
        assert!(described || schema["properties"].is_null(), "{name} says nothing of itself");
        let mut parts = Vec::new();
        schemas(name, schema, &mut parts);
        for (place, part) in parts.into_iter().filter(|(_, part)| part["properties"].is_object()) {
            assert!(!sent.contains(name) || part["additionalProperties"] == false, "{place} takes anything");
        }
    }
    assert!(sent.contains("NewReservation"), "{sent:?}");
}

#[test]
fn examples_are_right() {
    let mut found = Vec::new();
    schemas("#", &DOCUMENT, &mut found);
    let mut seen = 0;
    for (place, schema) in found {
        let examples = schema["examples"].as_array().cloned().unwrap_or_default();
        let example = schema.get("example").filter(|_| !place.ends_with("/properties"));
        for example in examples.iter().chain(example) {
            fits(&place_as_reference(&place), example, false, "an example");
            seen += 1;
        }
    }
    for (what, operation) in operations() {
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            if let Some(example) = parameter.get("example") {
                let schema = jsonschema::validator_for(&parameter["schema"]);
                assert!(schema.is_err() || schema.unwrap().is_valid(example), "{what}: {parameter}");
                seen += 1;
            }
        }
    }
    assert!(seen > 30, "only {seen} examples");
}

/// Steps of a place hold slashes of paths and media types only as the document writes them.
fn place_as_reference(place: &str) -> String {
    let mut reference = "#".to_owned();
    let (mut value, mut rest) = (&*DOCUMENT, place.trim_start_matches("#/"));
    while !rest.is_empty() {
        let fitting = |name: &&String| {
            rest.strip_prefix(name.as_str()).is_some_and(|after| after.is_empty() || after.starts_with('/'))
        };
        let step = match value {
            Value::Array(_) => rest.split('/').next().unwrap().to_owned(),
            _ => value
                .as_object()
                .unwrap()
                .keys()
                .filter(fitting)
                .max_by_key(|name| name.len())
                .unwrap()
                .clone(),
        };
        value = match value {
            Value::Array(items) => &items[step.parse::<usize>().unwrap()],
            _ => &value[&step],
        };
        rest = rest[step.len()..].trim_start_matches('/');
        reference += &format!("/{}", step.replace('~', "~0").replace('/', "~1"));
    }
    reference
}

both! {
    async fn refusals_that_say_more_keep_the_contract_too(backend: Backend) {
        let w = World::new(backend).await;
        let (owner, staff) = (w.person(Role::Owner).unwrap(), w.person(Role::Staff).unwrap());
        let slot = |start: &str, end: &str, more: Value| {
            let mut body = json!({"space_id": w.room, "starts_at": start, "ends_at": end, "title": "T", "purpose": "other"});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            body
        };
        let book = |body| w.app.post("/reservations", body).by(owner);

        let taken = book(slot("2026-03-02T10:00", "2026-03-02T11:00", json!({}))).await.refused(409, "slot_taken");
        assert_eq!(taken["alternatives"][0]["space_id"], w.room);
        let refused = book(slot("2026-03-03T10:07", "2026-03-03T11:00", json!({"attendees": 99}))).await;
        let refused = refused.refused(422, "policy_refused");
        assert!(refused["reasons"].as_array().unwrap().len() >= 2, "{refused}");
        let away = format!("/spaces/{}", w.room);
        let affected = w.app.call(Method::DELETE, &away).by(staff).header("if-match", "*").await;
        assert!(affected.refused(409, "affected_reservations")["affected"].as_array().unwrap().len() >= 2);

        let request = format!("/reservations/{}", w.to_decline);
        w.app.post(&format!("{request}/decline"), json!({"message": "Sorry."})).by(staff).await.expect(200);
        let again = w.app.post(&format!("{request}/approve"), json!({})).by(staff).header("if-match", "*").await;
        assert_eq!(again.refused(409, "state_conflict")["current_status"], "declined");

        w.app.post("/networks", json!({"name": "G", "slug": "gorenjska", "country": "SI", "time_zone": "Europe/Ljubljana"}))
            .by(w.person(Role::Administrator).unwrap()).await.refused(409, "duplicate");
        let own = format!("/organisations/{}/members/{}", w.organisation, owner.id);
        w.app.call(Method::DELETE, &own).by(owner).await.refused(409, "last_one");
        for (start, code) in [("2026-03-29T02:30", "local_time_nonexistent"), ("2026-10-25T02:30", "local_time_ambiguous"),
            ("1999-12-31T00:00", "time_out_of_bounds")] {
            book(slot(start, "2026-10-25T05:00", json!({}))).await.refused(422, code);
        }
    }

    async fn answers_with_everything_in_them_keep_the_contract_too(backend: Backend) {
        let w = World::new(backend).await;
        let (owner, staff) = (w.person(Role::Owner).unwrap(), w.person(Role::Staff).unwrap());
        let spaces = format!("/venues/{}/spaces", w.venue);
        let area = json!({"name": "Desks", "kind": "desk_area", "capacity": 1, "allocation": "each", "amenities": ["monitor"],
            "description": "Twelve oaks.", "step_free": true, "house_rules": "Quiet.", "units": [{"label": "A"}, {"label": "B", "seats": 2}]});
        let area = made(w.app.post(&spaces, area).by(staff)).await;
        let hall = json!({"name": "Hall", "kind": "multifunctional", "capacity": 80, "allocation": "whole", "setup_minutes": 15,
            "layouts": [{"name": "theatre", "capacity": 70, "setup_minutes": 30, "teardown_minutes": 15}], "parts": [w.room]});
        let hall = w.app.post(&spaces, hall).by(staff).await.expect(201);
        let layout = &hall["layouts"][0]["id"];
        for body in [
            json!({"space_id": area, "quantity": 2, "starts_at": "2026-03-03T08:00", "ends_at": "2026-03-03T09:00"}),
            json!({"space_id": hall["id"], "layout": layout, "starts_at": "2026-03-03T08:00+01:00", "ends_at": "2026-03-03T09:00Z",
                "attendees": 20, "notes": "Two\nlines", "public": true}),
        ] {
            let mut body = body;
            body.as_object_mut().unwrap().extend([("title".to_owned(), json!("Čaj")), ("purpose".to_owned(), json!("event"))]);
            w.app.post("/reservations/check", body.clone()).by(owner).await.expect(200);
            w.app.post("/reservations", body).by(owner).await.expect(201);
        }
        // A move that must be approved waits as a change.
        let approve = format!("/reservations/{}", w.to_approve);
        w.app.post(&format!("{approve}/approve"), json!({})).by(staff).header("if-match", "*").await.expect(200);
        let change = json!({"starts_at": "2026-03-04T10:00", "ends_at": "2026-03-04T11:00"});
        let moved = w.app.call(Method::PATCH, &approve).by(owner).header("if-match", "*").json(change).await.expect(200);
        assert!(moved["change"]["starts_at"].is_string(), "{moved}");

        let first = w.app.get("/reservations?limit=1&mine=true&status=confirmed,pending&from=2026-03-01").by(owner).await;
        assert!(first.header("link").contains("rel=\"next\""));
        let next = first.expect(200)["next"].as_str().unwrap().to_owned();
        let rest = format!("/reservations?limit=1&mine=true&status=confirmed,pending&from=2026-03-01&cursor={next}");
        w.app.get(&rest).by(owner).await.expect(200);
        w.app.get("/availability?from=2026-03-03&to=2026-03-05&duration_minutes=60&kind=desk_area&amenity=monitor&quantity=2").await.expect(200);
        w.app.get(&format!("/spaces/{area}/availability?from=2026-03-03&to=2026-03-05&quantity=2")).by(owner).await.expect(200);
        w.app.get("/spaces?q=oaks&municipality=Kranj&kind=desk_area&capacity_min=1").await.expect(200);
        w.app.get(&format!("/spaces/{area}/policy?effective=true")).await.expect(200);
        for group in ["venue,month", "space,day", "kind,week", "venue_municipality"] {
            let path = format!("/statistics/utilisation?venue_id={}&from=2026-03-01&to=2026-03-08&group_by={group}", w.venue);
            w.app.get(&path).by(staff).await.expect(200);
            w.app.get(&format!("{path}&format=csv")).by(staff).await.expect(200);
        }
        let path = format!("/statistics/users?venue_id={}&from=2026-03-01&to=2026-03-08&group_by=week,purpose", w.venue);
        w.app.get(&path).by(staff).await.expect(200);
        w.app.get(&format!("{path}&format=csv")).by(staff).await.expect(200);
        w.app.get("/me/export").by(owner).await.expect(200);
    }
}
