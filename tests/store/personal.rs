//! What of each table is a person's, and where it goes: into the export, and what erasure does with it.
//!
//! A column that stands neither here nor there fails: whoever adds one decides. What stays says why.

mod accounts;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use table::{Table, Then, Told};

fn tables() -> impl Iterator<Item = &'static Table> {
    table::TABLES.iter().chain(accounts::TABLES)
}

/// Every column of `schema.rs`, which another test compares with both databases.
fn columns() -> BTreeMap<String, BTreeSet<String>> {
    let mut columns: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut table = String::new();
    for line in include_str!("../../src/store/schema.rs").lines().map(str::trim) {
        if line.starts_with("diesel::") {
            continue;
        }
        if let Some((name, _)) = line.split_once(" -> ") {
            columns.entry(table.clone()).or_default().insert(name.to_owned());
        } else if line.ends_with('{') && line.contains('(') {
            table = line.split(' ').next().unwrap().to_owned();
        }
    }
    columns
}

#[test]
fn every_column_of_every_table_is_decided_on_once() {
    let mut decided: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for Table(name, plain, personal) in tables() {
        let all = plain.split_whitespace().chain(personal.iter().map(|(column, ..)| *column));
        for column in all {
            let first = decided.entry((*name).to_owned()).or_default().insert(column.to_owned());
            assert!(first, "{name}.{column} stands twice");
        }
    }
    for (table, columns) in columns() {
        let known =
            decided.remove(&table).unwrap_or_else(|| panic!("nobody decided what {table} holds on people"));
        assert_eq!(known, columns, "{table}");
    }
    assert!(decided.is_empty(), "{:?} are no tables", decided.keys());
}

#[test]
fn what_stays_or_is_not_told_says_why_and_what_is_told_is_in_the_export() {
    let document = serde_json::to_value(prostor::http::openapi::document()).unwrap();
    for Table(table, _, personal) in tables() {
        for (column, told, then) in *personal {
            match told {
                Told::At(path) => {
                    assert!(has(&document, path), "{table}.{column}: {path} is not in the export");
                }
                Told::Not(why) => assert!(!why.is_empty(), "{table}.{column}"),
            }
            if let Then::Stays(why) = then {
                assert!(!why.is_empty(), "{table}.{column}");
            }
        }
    }
}

/// Whether the export has a member there, through whatever is referred to on the way.
fn has(document: &Value, path: &str) -> bool {
    let mut schema = &document["components"]["schemas"]["Export"];
    for member in path.split('.') {
        let Some(next) = member_of(document, schema, member) else { return false };
        schema = next;
    }
    true
}

fn member_of<'d>(document: &'d Value, schema: &'d Value, member: &str) -> Option<&'d Value> {
    if let Some(name) = schema["$ref"].as_str() {
        return member_of(document, document.pointer(name.strip_prefix('#')?)?, member);
    }
    if let Some(own) = schema["properties"].get(member) {
        return Some(own);
    }
    if schema["items"].is_object() {
        return member_of(document, &schema["items"], member);
    }
    let kinds = ["oneOf", "anyOf", "allOf"].into_iter().filter_map(|kind| schema[kind].as_array());
    kinds.flatten().find_map(|one| member_of(document, one, member))
}
