//! `openapi.yaml` is what the code says, whole, and every reference in it leads somewhere.

use std::{collections::BTreeSet, fs, path::Path};

use prostor::http::openapi;
use serde_json::Value;

fn document() -> Value {
    serde_json::to_value(openapi::document()).unwrap()
}

fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths.flat_map(|(path, item)| {
        item.as_object()
            .unwrap()
            .iter()
            .map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
    })
}

#[test]
fn the_file_in_the_repository_is_what_the_code_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.yaml");
    let file = fs::read_to_string(path).unwrap_or_default();
    // Not assert_eq: nobody reads a difference of two such files.
    assert!(file == openapi::yaml().unwrap(), "openapi.yaml is not up to date: run `make openapi`");
}

/// The route table is one list from which both registration and description are made; this proves that no
/// handler stands outside of it.
#[test]
fn every_handler_is_in_the_route_table() {
    let described: BTreeSet<_> = operations(&document())
        .map(|(_, _, operation)| operation["operationId"].as_str().unwrap().to_owned())
        .collect();
    let mut handlers = BTreeSet::new();
    visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http"), &mut |source| {
        for (place, _) in source.match_indices("#[utoipa::path(") {
            let after = &source[place..];
            let name = after.split_once("async fn ").expect("an operation is a function").1;
            handlers.insert(name.split(['(', '<']).next().unwrap().to_owned());
        }
    });
    assert_eq!(handlers, described);
}

#[test]
fn every_operation_is_described() {
    let document = document();
    let tags: Vec<_> = document["tags"].as_array().unwrap().iter().map(|tag| &tag["name"]).collect();
    for (path, method, operation) in operations(&document) {
        let text = |name: &str| operation[name].as_str().unwrap_or_default();
        assert!(!text("summary").is_empty(), "{method} {path} has no summary");
        assert!(tags.contains(&&operation["tags"][0]), "{method} {path} has no tag of the list");
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{method} {path} never succeeds");
        for (status, response) in responses {
            assert!(!response["description"].as_str().unwrap().is_empty(), "{method} {path} {status}");
        }
        for name in path.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()) {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let named = parameters.filter(|parameter| parameter["name"] == name && parameter["in"] == "path");
            assert_eq!(named.count(), 1, "{method} {path}: {name}");
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let document = document();
    let mut missing = BTreeSet::new();
    references(&document, &mut |reference| {
        let pointer = reference.strip_prefix('#').expect("references stay in the document");
        if document.pointer(pointer).is_none() {
            missing.insert(reference.to_owned());
        }
    });
    assert_eq!(missing, BTreeSet::new());
}

fn references(value: &Value, found: &mut impl FnMut(&str)) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(reference) if name == "$ref" => found(reference),
                    other => references(other, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

fn visit(folder: &Path, read: &mut impl FnMut(&str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, read);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            read(&fs::read_to_string(path).unwrap());
        }
    }
}
