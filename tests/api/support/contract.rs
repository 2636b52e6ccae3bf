//! The promises of the OpenAPI document, held against every reply that any story receives: the status and the
//! content type are documented, the body fits its schema and says nothing beside it, and what was accepted is
//! what the document lets people send.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex},
};

use jsonschema::{Draft, Registry, Validator};
use prostor::{
    catalogue,
    domain::locale::Locale,
    http::openapi::{self, BASE},
};
use serde_json::{Value, json};

use super::Reply;

/// The document as it is served.
pub static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(openapi::document()).unwrap());

/// The same with every object closed that does not say otherwise: a reply has no undocumented members.
static CLOSED: LazyLock<Value> = LazyLock::new(|| closed(&DOCUMENT));

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";
/// Where the two forms of the document are for the validators, which are made from parts of them.
const PLACE: &str = "prostor:///";

static REGISTRY: LazyLock<Registry<'static>> = LazyLock::new(|| {
    let registry = Registry::new().draft(Draft::Draft202012);
    let forms = [("open", &*DOCUMENT), ("closed", &*CLOSED)];
    let registry = registry.extend(forms.map(|(form, document)| (format!("{PLACE}{form}"), document)));
    registry.and_then(|registry| registry.prepare()).unwrap()
});

static VALIDATORS: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);

/// What was sent, as far as the document speaks of it.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    pub method: String,
    /// With its query, as it went out.
    pub path: String,
    pub body: Option<Value>,
}

/// Fails where a reply breaks what the document promises. Nothing is promised outside of the API.
#[track_caller]
pub fn keep(sent: &Sent, reply: &Reply) {
    let (path, query) = sent.path.split_once('?').unwrap_or((&sent.path, ""));
    let Some(path) = path.strip_prefix(BASE) else { return };
    let json = essence(reply) == "application/json" || essence(reply) == "application/problem+json";
    assert!(!json || reply.header("cache-control") == "no-store", "may be stored on the way: {reply:?}");
    if let Some(version) = reply.json["version"].as_i64().filter(|_| reply.status < 300) {
        assert_eq!(reply.header("etag"), format!("\"{version}\""), "{reply:?}");
    } else if sent.method == "GET" && reply.status == 200 && essence(reply) == "application/json" {
        let tagged = reply.header("etag").starts_with("W/\"");
        assert_eq!(tagged, !path.starts_with("/statistics/"), "{reply:?}");
    }
    // Methods are told apart by case (RFC 9110, 9.1); `get` is none of ours.
    let method = match sent.method.as_str() {
        "HEAD" => "get".to_owned(),
        method if method.bytes().all(|b| b.is_ascii_uppercase()) => method.to_lowercase(),
        _ => "none".to_owned(),
    };
    for error in reply.json["errors"].as_array().into_iter().flatten() {
        let message = format!("field-{}", error["code"].as_str().unwrap());
        assert!(catalogue::find(Locale::En, &message, &[]).is_some(), "{message} has no words: {reply:?}");
    }
    let Some(template) = template(path).filter(|template| operation(template, &method).is_object()) else {
        assert!(matches!(reply.status, 400 | 404 | 405 | 429), "no operation, and yet: {reply:?}");
        return match sent.method.as_str() {
            "HEAD" => assert_eq!(reply.text, ""),
            _ => fits("#/components/schemas/Problem", &reply.json, true, &reply.what),
        };
    };
    let pointer = format!("/paths/{}/{method}", escaped(template));
    answered(&format!("{pointer}/responses/{}", reply.status), sent, reply);
    if reply.status < 300 {
        accepted(&pointer, query, sent.body.as_ref(), &reply.what);
    }
}

/// The reply is one that its operation documents.
#[track_caller]
fn answered(pointer: &str, sent: &Sent, reply: &Reply) {
    let response = DOCUMENT.pointer(pointer);
    let response = response.unwrap_or_else(|| panic!("the status is not documented: {reply:?}"));
    let Some(content) = response["content"].as_object().filter(|_| sent.method != "HEAD") else {
        return assert_eq!(reply.text, "", "a body that is not documented: {reply:?}");
    };
    let essence = essence(reply);
    assert!(content.contains_key(essence), "the content type is not documented: {reply:?}");
    if essence.ends_with("json") {
        let schema = format!("#{pointer}/content/{}/schema", escaped(essence));
        fits(&schema, &reply.json, true, &reply.what);
    }
}

/// What the service took is what the document offers.
#[track_caller]
fn accepted(pointer: &str, query: &str, body: Option<&Value>, what: &str) {
    let operation = DOCUMENT.pointer(pointer).unwrap();
    let known = |name: &str| {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        parameters.into_iter().any(|known| known["name"] == name && known["in"] == "query")
    };
    for name in query.split('&').filter_map(|part| part.split('=').next()).filter(|name| !name.is_empty()) {
        assert!(known(name), "{what}: took the undocumented parameter {name}");
    }
    if let Some(body) = body {
        let schema = format!("{pointer}/requestBody/content/{}/schema", escaped("application/json"));
        assert!(DOCUMENT.pointer(&schema).is_some(), "{what}: took an undocumented body {body}");
        fits(&format!("#{schema}"), body, false, what);
    }
}

/// Fails where the value does not fit the schema that the reference into the document names.
#[track_caller]
pub fn fits(reference: &str, value: &Value, closed: bool, what: &str) {
    let reference = resolved(reference);
    let validator = {
        let mut known = VALIDATORS.lock().unwrap();
        known
            .entry(format!("{closed} {reference}"))
            .or_insert_with(|| Arc::new(validator(reference, closed)))
            .clone()
    };
    let faults: Vec<_> =
        validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{what}: {reference} is not kept: {faults:#?} by {value:#}");
}

fn validator(reference: &str, closed: bool) -> Validator {
    let form = if closed { "closed" } else { "open" };
    let reference = reference.replace('{', "%7B").replace('}', "%7D");
    let schema = json!({"$schema": DRAFT, "$ref": format!("{PLACE}{form}{reference}")});
    let options = jsonschema::options().should_validate_formats(true).with_registry(&REGISTRY).build(&schema);
    options.unwrap_or_else(|error| panic!("{reference}: {error}"))
}

/// What a reference stands for, where it leads to nothing but another: most refusals share one schema.
fn resolved(reference: &str) -> &str {
    let schema = DOCUMENT.pointer(reference.trim_start_matches('#'));
    schema.and_then(|schema| schema["$ref"].as_str()).map_or(reference, resolved)
}

/// The path of the document that a request's path stands for: the one with most words of its own.
pub fn template(path: &str) -> Option<&'static str> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let fitting = paths.keys().filter(|template| {
        let (mut ours, mut theirs) = (path.split('/'), template.split('/'));
        let matches = theirs.by_ref().all(|theirs| {
            ours.next().is_some_and(|ours| theirs == ours || theirs.starts_with('{') && !ours.is_empty())
        });
        matches && ours.next().is_none()
    });
    fitting.map(String::as_str).min_by_key(|template| template.matches('{').count())
}

fn operation(template: &str, method: &str) -> &'static Value {
    &DOCUMENT["paths"][template][method]
}

/// As a step of a JSON pointer (RFC 6901).
fn escaped(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

fn essence(reply: &Reply) -> &str {
    reply.header("content-type").split(';').next().unwrap().trim()
}

fn closed(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(closed).collect(),
        Value::Object(members) => {
            let mut members: serde_json::Map<_, _> =
                members.iter().map(|(name, value)| (name.clone(), closed(value))).collect();
            if members.get("properties").is_some_and(Value::is_object) && members.get("type").is_some() {
                members.entry("additionalProperties").or_insert(Value::Bool(false));
            }
            members.into()
        }
        other => other.clone(),
    }
}
