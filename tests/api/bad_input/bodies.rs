//! Bodies spoilt in one place.

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    rows,
    valid::{Valid, valid},
};
use crate::{
    support::{Backend, Call, Reply, both},
    world::{Role, World, made},
};

fn call(w: &World, (method, path, role, _): &Valid) -> Call {
    w.by(*role, w.app.call(method.clone(), path)).header("if-match", "*")
}

/// The places of all values within a body, as JSON pointers.
fn leaves(at: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| leaves(&format!("{at}/{name}"), value, found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, value)| leaves(&format!("{at}/{i}"), value, found));
        }
        _ => found.push(at.to_owned()),
    }
}

fn objects(at: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            found.push(at.to_owned());
            members.iter().for_each(|(name, value)| objects(&format!("{at}/{name}"), value, found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, value)| objects(&format!("{at}/{i}"), value, found));
        }
        _ => {}
    }
}

fn with(body: &Value, at: &str, value: Value) -> Value {
    let mut body = body.clone();
    *body.pointer_mut(at).unwrap() = value;
    body
}

/// 422 with an error that points to the place, into it, or to what holds it.
#[track_caller]
fn points_to(reply: &Reply, at: &str, body: &Value) {
    let errors = reply.json["errors"].as_array().into_iter().flatten();
    let within = |one: &str, other: &str| one == other || one.starts_with(&format!("{other}/"));
    let found = errors
        .filter_map(|error| error["pointer"].as_str())
        .any(|pointer| !pointer.is_empty() && (within(at, pointer) || within(pointer, at)));
    assert!(reply.status == 422 && found, "{} {at} of {body}: {} {}", reply.what, reply.status, reply.text);
}

/// Texts that may stand in no field: they could break a mail header, a calendar line or the reading order.
const HARMFUL: [&str; 9] = [
    "a\0b",
    "a\u{7}b",
    "a\rb",
    "a\u{1b}[2Jb",
    "a\u{7f}b",
    "a\u{85}b",
    "a\u{202e}b",
    "a\u{2066}b",
    "a\u{2029}b",
];

/// Texts of several lines. They are said in bodies of mails and descriptions of calendar entries alone.
const PROSE: [&str; 8] = [
    "notes",
    "internal_notes",
    "message",
    "grounds",
    "description",
    "house_rules",
    "access_instructions",
    "content",
];

both! {
    async fn no_text_may_hold_control_characters_or_turn_the_reading_order(backend: Backend) {
        let w = World::new(backend).await;
        let valid = valid(&w).await;
        let before = rows(&w.app);
        for case in &valid {
            let mut places = Vec::new();
            leaves("", &case.3, &mut places);
            for at in places.iter().filter(|at| case.3.pointer(at).unwrap().is_string()) {
                for text in HARMFUL {
                    let body = with(&case.3, at, json!(text));
                    points_to(&call(&w, case).json(body.clone()).await, at, &body);
                }
            }
        }
        assert_eq!(rows(&w.app), before);
    }

    async fn what_is_one_line_may_hold_no_line_break(backend: Backend) {
        let w = World::new(backend).await;
        let valid = valid(&w).await;
        let before = rows(&w.app);
        let mut lines = 0;
        for case in &valid {
            let mut places = Vec::new();
            leaves("", &case.3, &mut places);
            places.retain(|at| case.3.pointer(at).unwrap().is_string() && !at.split('/').any(|name| PROSE.contains(&name)));
            for at in &places {
                for text in ["a\nb", "a\r\nBcc: x@example.org", "a\n.\nMAIL FROM:<x@example.org>"] {
                    let body = with(&case.3, at, json!(text));
                    points_to(&call(&w, case).json(body.clone()).await, at, &body);
                }
            }
            lines += places.len();
        }
        assert!(lines > 100, "only {lines} were tried");
        assert_eq!(rows(&w.app), before);
    }

    async fn every_field_has_its_type_and_bounds(backend: Backend) {
        let w = World::new(backend).await;
        let valid = valid(&w).await;
        let before = rows(&w.app);
        let long = "x".repeat(20_000);
        for case in &valid {
            let mut places = Vec::new();
            leaves("", &case.3, &mut places);
            for at in &places {
                let wrong = match case.3.pointer(at).unwrap() {
                    Value::String(_) => vec![json!(1), json!(true), json!({}), json!(["a"]), json!(""), json!(long)],
                    Value::Number(_) => vec![json!("1"), json!(true), json!({}), json!([1]), json!(-1), json!(1.5), json!(1e300),
                        json!(4_294_967_296_u64), json!(u64::MAX), json!(i64::MIN), json!(4_294_967_295_u64)],
                    _ => vec![json!("true"), json!(1), json!({}), json!([true])],
                };
                for value in wrong {
                    // Nothing is said with an empty text where texts may be left out.
                    if value == json!("") && ["/notes", "/internal_notes", "/message", "/grounds", "/description", "/house_rules", "/access_instructions"].contains(&at.as_str()) {
                        continue;
                    }
                    let body = with(&case.3, at, value);
                    points_to(&call(&w, case).json(body.clone()).await, at, &body);
                }
            }
        }
        assert_eq!(rows(&w.app), before);
    }

    async fn nothing_may_be_sent_that_is_not_asked_for(backend: Backend) {
        let w = World::new(backend).await;
        let valid = valid(&w).await;
        let before = rows(&w.app);
        for case in &valid {
            let mut places = Vec::new();
            objects("", &case.3, &mut places);
            for at in places {
                for name in ["status", "price", "role", "user_id", "id", "version", "is_administrator", "verified", "nmae", "__proto__"] {
                    let mut body = case.3.clone();
                    let object = body.pointer_mut(&at).unwrap().as_object_mut().unwrap();
                    if object.contains_key(name) {
                        continue;
                    }
                    object.insert(name.to_owned(), json!("x"));
                    let reply = call(&w, case).json(body.clone()).await;
                    points_to(&reply, &format!("{at}/{name}"), &body);
                    assert!(reply.text.contains("unknown_field") || at.contains("holidays"), "{}", reply.text);
                }
            }
            // JSON lets a name stand twice; which of the two was meant nobody knows.
            let text = case.3.to_string();
            let (name, value) = case.3.as_object().unwrap().iter().next().unwrap();
            let twice = format!("{},{}:{value}}}", &text[..text.len() - 1], json!(name));
            let reply = call(&w, case).raw("application/json", twice.clone()).await;
            points_to(&reply, &format!("/{name}"), &json!(twice));
        }
        assert_eq!(rows(&w.app), before);
    }

    async fn an_array_is_no_object(backend: Backend) {
        let w = World::new(backend).await;
        let before = rows(&w.app);
        // Each has the fields of the object in the order in which they are declared.
        let cases = [
            ("/opening-hours", json!({"holidays": "open", "weekly": [[["mon"], "08:00", "20:00"]]}), "/weekly/0"),
            ("/opening-hours", json!({"holidays": [["08:00", "20:00"]], "weekly": []}), "/holidays/0"),
            ("/opening-hours", json!({"holidays": "open", "weekly": [], "exceptions": [["2026-05-04", [], null]]}), "/exceptions/0"),
            ("/policy", json!({"public": [[60, "ask"]]}), "/public"),
        ];
        for (path, body, at) in cases {
            let call = w.app.call(Method::PUT, &format!("/venues/{}{path}", w.venue)).header("if-match", "*");
            let reply = w.by(Role::Staff, call).json(body.clone()).await;
            points_to(&reply, at, &body);
            assert_eq!(reply.json["errors"][0]["code"], "wrong_type", "{}", reply.text);
        }
        let address = json!(["Pot 1", "4000", "Kranj", "Kranj"]);
        let venue = json!({"network_id": w.network, "name": "V", "slug": "v", "address": address, "contact_email": "v@example.org"});
        let organisation = json!({"name": "O", "legal_form": "ngo", "municipality": "Kranj", "sector": ["nace", "2.1", "90.39"]});
        let link = json!(["ana@example.org"]);
        for (path, role, body, at) in [("/venues", Role::Coordinator, venue, "/address"), ("/organisations", Role::Owner, organisation, "/sector"),
            ("/organisations", Role::Owner, link, "")] {
            let reply = w.by(role, w.app.post(path, body.clone())).await;
            assert_eq!((reply.status, &reply.json["errors"][0]["pointer"]), (422, &json!(at)), "{body}: {}", reply.text);
        }
        assert_eq!(rows(&w.app), before);
    }

    async fn null_removes_what_can_be_removed_and_nothing_else(backend: Backend) {
        const REMOVABLE: [&str; 12] = ["/access_instructions", "/attendees", "/description", "/house_rules", "/internal_notes",
            "/layout", "/notes", "/phone", "/register_number", "/sector", "/size", "/step_free"];
        let w = World::new(backend).await;
        let (mut removed, mut refused) = (0, 0);
        for case in valid(&w).await.iter().filter(|case| case.0 == Method::PATCH) {
            let mut places: Vec<String> = case.3.as_object().unwrap().keys().map(|name| format!("/{name}")).collect();
            let address = case.3["address"].as_object().into_iter().flat_map(|address| address.keys());
            places.extend(address.map(|name| format!("/address/{name}")));
            for at in places {
                let body = match at.strip_prefix("/address/") {
                    Some(inner) => json!({"address": {inner: null}}),
                    None => json!({&at[1..]: null}),
                };
                let before = rows(&w.app);
                let reply = call(&w, case).json(body.clone()).await;
                if REMOVABLE.contains(&at.as_str()) {
                    let now = reply.expect(200);
                    assert!(now[&at[1..]].is_null(), "{body}: {now}");
                    removed += 1;
                } else {
                    points_to(&reply, &at, &body);
                    assert_eq!((&reply.json["errors"][0]["code"], rows(&w.app)), (&json!("null"), before), "{body}");
                    refused += 1;
                }
            }
        }
        assert!(removed >= 10 && refused >= 25, "{removed} {refused}");
    }

    async fn what_is_not_json_is_malformed(backend: Backend) {
        let w = World::new(backend).await;
        let valid = valid(&w).await;
        let before = rows(&w.app);
        let deep = |open: &str, close: &str| format!("{{\"name\":{}{}}}", open.repeat(10_000), close.repeat(10_000));
        let junk: Vec<(Vec<u8>, u16)> = vec![
            (b"{".to_vec(), 400),
            (b"{\"name\":\"\xff\"}".to_vec(), 400),
            (b"\xef\xbb\xbf{}".to_vec(), 400),
            ("{}".encode_utf16().flat_map(u16::to_be_bytes).collect(), 400),
            (b"{\"name\":\"\\ud800\"}".to_vec(), 400),
            (b"{\"name\":NaN}".to_vec(), 400),
            (b"{'name':1}".to_vec(), 400),
            (b"{} // so".to_vec(), 400),
            (b"{\"name\":\"a\nb\"}".to_vec(), 400),
            (b"[]".to_vec(), 422),
            (b"null".to_vec(), 422),
            (b"\"text\"".to_vec(), 422),
            (b"1".to_vec(), 422),
            (deep("[", "]").into_bytes(), 400),
            (deep("{\"a\":", "}").into_bytes(), 400),
            ("[".repeat(10_000).into_bytes(), 400),
        ];
        for case in &valid {
            for (body, status) in &junk {
                let reply = call(&w, case).raw("application/json", body.clone()).await;
                assert!(reply.status == *status && reply.json["code"].is_string(), "{} took {:?}: {}", reply.what, String::from_utf8_lossy(&body[..body.len().min(40)]), reply.text);
            }
            call(&w, case).raw("text/plain", case.3.to_string()).await.refused(415, "unsupported_media_type");
            call(&w, case).raw("application/jsonp", case.3.to_string()).await.refused(415, "unsupported_media_type");
            call(&w, case).raw("application/json", " ".repeat(1 << 20)).await.refused(413, "too_large");
        }
        assert_eq!(rows(&w.app), before);
    }

    async fn what_was_spoilt_above_is_accepted_as_it_stands(backend: Backend) {
        let w = World::new(backend).await;
        for case in valid(&w).await {
            let reply = call(&w, &case).json(case.3.clone()).await;
            assert!(matches!(reply.status, 200..=202), "{reply:?}");
        }
        // The media type's case and parameters do not matter.
        let body = json!({"name": "Studio", "kind": "studio", "capacity": 10, "allocation": "whole"}).to_string();
        let call = w.app.call(Method::POST, &format!("/venues/{}/spaces", w.venue));
        made(w.by(Role::Staff, call.raw("Application/JSON; charset=utf-8", body))).await;
    }
}
