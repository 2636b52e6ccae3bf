//! schemathesis asks everything `openapi.yaml` allows and much it does not, signed in and anonymously: no
//! answer may be a server error, have a status, type or shape that is not documented, or accept what the
//! document forbids; and whatever it did, the data is sound afterwards.
//!
//! The longest of all these tests, and they begin in the order of their names: under another, everybody waits for it.
//!
//! `PROSTOR_TEST_SCHEMATHESIS` names the command; `PROSTOR_TEST_EXAMPLES` how much is tried per operation. Where that
//! is given (`make proof`), the systematic part runs too: several minutes of bodies that are refused before any
//! database is asked. `bad_input` does the same for every field and every path in seconds.

use std::{fs, path::Path, process::Command};

use prostor::http::openapi::BASE;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{House, Person, TestApp, both, contract, id};

const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_schema_conformance,negative_data_rejection";
const EXAMPLES: &str = "PROSTOR_TEST_EXAMPLES";
/// These end the caller's session, so nobody else's run may hold them.
const FAREWELLS: [&str; 2] = ["leave_me", "log_out"];
/// These leave little for others to ask about, so they have a run of their own.
const REMOVALS: [&str; 7] = [
    "archive_space",
    "remove_staff",
    "remove_coordinator",
    "remove_organisation_member",
    "lift_block",
    "cancel_reservation",
    "decline_reservation",
];

both! {
    async fn the_service_keeps_to_its_document(app: TestApp) {
        let house = House::new(&app).await;
        let ids = furnish(&house).await;
        let file = app.mailbox.with_file_name("openapi.json");
        fs::write(&file, with_hints(contract::DOCUMENT.clone(), &ids).to_string()).unwrap();
        fs::write(file.with_file_name("schemathesis.toml"), SETTINGS).unwrap();
        let root = house.root.renewed(&app);
        let last = [REMOVALS.as_slice(), &FAREWELLS].concat();
        Run::new(&app, &file, None).with("--exclude-operation-id", &last).only("examples,fuzzing").expect_success();
        let whole = Run::new(&app, &file, Some(&root)).with("--exclude-operation-id", &last);
        // Chains of requests are the long part; the stories tell such, and `make proof` tries more.
        if variable(EXAMPLES).is_none() { whole.only("examples,fuzzing") } else { whole }.expect_success();
        Run::new(&app, &file, Some(&root)).with("--include-operation-id", &REMOVALS).expect_success();
        for farewell in FAREWELLS {
            let guest = app.member(&farewell.replace('_', "-"));
            Run::new(&app, &file, Some(&guest)).with("--include-operation-id", &[farewell]).expect_success();
        }
        house.is_sound();
    }
}

/// Nobody else than we say signs in; and what the document forbids is refused for whatever reason comes first.
const SETTINGS: &str = "[auth]\nauto-signup = false\n\n[checks.negative_data_rejection]\n\
    expected-statuses = [400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429]\n";

/// One run of the command.
struct Run {
    command: Command,
    arguments: Vec<String>,
}

impl Run {
    fn new(app: &TestApp, document: &Path, caller: Option<&Person>) -> Self {
        let mut command = Command::new(variable("PROSTOR_TEST_SCHEMATHESIS").expect(
            "PROSTOR_TEST_SCHEMATHESIS names the schemathesis command: run `make test`, or \
             `scripts/test-environment cargo test …` for a part of it",
        ));
        let folder = document.parent().unwrap();
        // Away from anybody's configuration, and what it writes goes with the test's folder.
        command.current_dir(folder).env("HOME", folder).arg("run").arg(document);
        command.args(["--url", &format!("{}{}", app.url, BASE), "--checks", CHECKS]);
        command.args(["--max-examples", &variable(EXAMPLES).unwrap_or("2".to_owned())]);
        command.args(["--generation-deterministic", "--continue-on-failure", "--no-shrink", "--no-color"]);
        command.args(["--suppress-health-check", "all", "--warnings", "off", "--request-timeout", "60"]);
        if let Some(person) = caller {
            command.args(["--header", &format!("Authorization: Bearer {}", person.token)]);
        }
        Self { command, arguments: Vec::new() }
    }

    fn with(mut self, option: &str, operations: &[&str]) -> Self {
        self.arguments
            .extend(operations.iter().flat_map(|operation| [option.to_owned(), (*operation).to_owned()]));
        self
    }

    /// The systematic part (coverage) is long, and much the same for whoever asks.
    fn only(mut self, phases: &str) -> Self {
        self.arguments.extend(["--phases", phases].map(str::to_owned));
        self
    }

    #[track_caller]
    fn expect_success(mut self) {
        let output = self.command.args(&self.arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "schemathesis {}:\n{said}", self.arguments.join(" "));
        println!("{said}");
    }
}

#[expect(clippy::disallowed_methods, reason = "the test's own environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The document with hints: half of the questions use ids that exist, coming times and entity tags that match,
/// so that they get past 404 and 412. What is allowed stays the same.
fn with_hints(mut document: Value, ids: &[String]) -> Value {
    let time =
        |hours: &str| json!({"type": "string", "pattern": format!("^2026-03-0[3-6]T{hours}:(00|30)Z$")});
    for (name, schema) in document["components"]["schemas"].as_object_mut().unwrap() {
        if let Some(prefix) = name.strip_prefix("Id_") {
            let known = ids.iter().filter(|id| id.split('_').next() == Some(prefix));
            hint(schema, json!({"enum": known.collect::<Vec<_>>()}));
        }
        for (field, hours) in [("starts_at", "(09|10)"), ("ends_at", "(11|12)")] {
            if let Some(schema) = schema.pointer_mut(&format!("/properties/{field}")) {
                hint(schema, time(hours));
            }
        }
    }
    let operations = document["paths"].as_object_mut().unwrap().values_mut();
    for operation in operations.flat_map(|path| path.as_object_mut().unwrap().values_mut()) {
        let id = operation["operationId"].as_str().unwrap().to_owned();
        let Some(parameters) = operation.get_mut("parameters").and_then(Value::as_array_mut) else {
            continue;
        };
        parameters.retain(|parameter| !is_left_out(&id, parameter["name"].as_str().unwrap()));
        for parameter in parameters {
            match parameter["name"].as_str().unwrap() {
                "If-Match" => hint(&mut parameter["schema"], json!({"enum": ["*", "\"1\""]})),
                "from" => hint(&mut parameter["schema"], json!({"enum": ["2026-03-03", "2026-03-02T08:00"]})),
                "to" => hint(&mut parameter["schema"], json!({"enum": ["2026-03-05", "2026-03-06T20:00"]})),
                _ => {}
            }
        }
    }
    document
}

/// Optional parameters that, invented, only ever lead to one refusal: a cursor nobody gave out, a second scope,
/// the same idempotency key with another body. Each is kept where it is asked about once.
fn is_left_out(operation: &str, parameter: &str) -> bool {
    // Invented, the key of a row leads to none.
    if operation == "explain_figure" {
        return !["from", "to", "figure", "limit", "network_id"].contains(&parameter);
    }
    match parameter {
        "cursor" => operation != "list_venues",
        "Idempotency-Key" => operation != "create_organisation",
        "venue_id" | "space_id" => {
            ["show_utilisation", "show_heatmap", "show_demand", "show_report"].contains(&operation)
        }
        "network_id" => ["list_events", "show_event_feed"].contains(&operation),
        _ => false,
    }
}

fn hint(schema: &mut Value, hint: Value) {
    if hint["enum"] != json!([]) {
        *schema = json!({"anyOf": [hint, schema.take()]});
    }
}

/// A house with all there can be in it, its administrator its staff too; answers the ids of everything.
async fn furnish(house: &House<'_>) -> Vec<String> {
    let (root, member) = (&house.root, house.member("ana"));
    let staff = format!("/venues/{}/staff/{}", house.venue, root.id);
    house.call(Method::PUT, &staff).by(root).await.expect(200);
    let layout = json!({"name": "Krog", "capacity": 8, "setup_minutes": 0, "teardown_minutes": 15});
    let room = house.room_with("Soba", json!({"layouts": [layout]})).await;
    let (area, mut ids) = house.desks("Mize", 3).await;
    let shown = house.get(&format!("/spaces/{room}")).await.expect(200);
    ids.push(id(&shown["layouts"][0]));
    for day in 2..6 {
        let time = |hour: u8| format!("2026-03-0{day}T{hour}:00");
        ids.push(id(&house.has(root, &room, &time(10), &time(11)).await));
    }
    let block =
        json!({"starts_at": "2026-03-09T10:00", "ends_at": "2026-03-09T11:00", "reason": "Pleskanje"});
    ids.push(id(&house.post(&format!("/spaces/{room}/blocks"), block).by(root).await.expect(201)));
    let organisation = json!({"name": "Studio Čmrlj", "legal_form": "company", "municipality": "Kranj"});
    ids.push(id(&house.post("/organisations", organisation).by(root).await.expect(201)));
    ids.extend([house.network.clone(), house.venue.clone(), room, area]);
    ids.extend([root.id, member.id].map(|user| user.to_string()));
    // The first of them has begun: heads can be counted.
    house.at("2026-03-02T09:30:00Z");
    ids
}
