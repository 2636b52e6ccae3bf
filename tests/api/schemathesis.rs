//! schemathesis asks everything `openapi.yaml` allows and much it does not, signed in and anonymously: no
//! answer may be a server error, have a status, type or shape that is not documented, or accept what the
//! document forbids; and whatever it did, the data is sound afterwards.
//!
//! `PROSTOR_TEST_SCHEMATHESIS` names the command; `PROSTOR_TEST_EXAMPLES` how much is tried per operation.

use std::{fs, path::Path, process::Command};

use prostor::{app::check, http::openapi};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Person, TestApp, both};

const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_schema_conformance,negative_data_rejection";
/// These end the caller's session, so nobody else's run may hold them.
const FAREWELLS: [&str; 2] = ["leave_me", "log_out"];

both! {
    async fn the_service_keeps_to_its_document(app: TestApp) {
        let root = app.administrator("root");
        let document = with_hints(openapi_document(), &furnish(&app, &root).await);
        let file = app.mailbox.with_file_name("openapi.json");
        fs::write(&file, document.to_string()).unwrap();
        // Nobody else than we say signs in.
        fs::write(file.with_file_name("schemathesis.toml"), "[auth]\nauto-signup = false\n").unwrap();
        // What removes places comes last, else little would be left to ask about.
        let without = |run: &mut Run| FAREWELLS.iter().for_each(|operation| run.exclude(operation));
        let mut anonymous = Run::new(&app, &file, None);
        without(&mut anonymous);
        anonymous.arguments.extend(["--phases", "examples,fuzzing"].map(str::to_owned));
        anonymous.expect_success();
        let mut signed_in = Run::new(&app, &file, Some(&root));
        without(&mut signed_in);
        signed_in.expect_success();
        for farewell in FAREWELLS {
            let mut last = Run::new(&app, &file, Some(&app.member(&farewell.replace('_', "-"))));
            last.arguments.extend(["--include-operation-id".to_owned(), farewell.to_owned()]);
            last.expect_success();
        }
        let report = check::run(&app.app.db).unwrap();
        assert!(report.is_clean(), "{report}");
    }
}

fn openapi_document() -> Value {
    serde_json::to_value(openapi::document()).unwrap()
}

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
        command.args(["--url", &format!("{}{}", app.url, openapi::BASE), "--checks", CHECKS]);
        command.args(["--max-examples", &variable("PROSTOR_TEST_EXAMPLES").unwrap_or("10".to_owned())]);
        command.args(["--generation-deterministic", "--continue-on-failure", "--no-shrink", "--no-color"]);
        command.args(["--suppress-health-check", "all", "--warnings", "off", "--request-timeout", "60"]);
        if let Some(person) = caller {
            command.args(["--header", &format!("Authorization: Bearer {}", person.token)]);
        }
        Self { command, arguments: Vec::new() }
    }

    fn exclude(&mut self, operation: &str) {
        self.arguments.extend(["--exclude-operation-id".to_owned(), operation.to_owned()]);
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
    for (name, schema) in document["components"]["schemas"].as_object_mut().unwrap() {
        if let Some(prefix) = name.strip_prefix("Id_") {
            let known = ids.iter().filter(|id| id.split('_').next() == Some(prefix));
            hint(schema, json!({"enum": known.collect::<Vec<_>>()}));
        }
        if ["TimeInput", "DateOrTime"].contains(&name.as_str()) {
            hint(schema, json!({"type": "string", "pattern": "^2026-03-0[3-6]T(09|1[0-9]):(00|30)Z$"}));
        }
    }
    let operations = document["paths"].as_object_mut().unwrap().values_mut();
    for operation in operations.flat_map(|path| path.as_object_mut().unwrap().values_mut()) {
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            if parameter["name"] == "If-Match" {
                hint(&mut parameter["schema"], json!({"enum": ["*", "\"1\""]}));
            }
        }
    }
    document
}

fn hint(schema: &mut Value, hint: Value) {
    if hint["enum"] != json!([]) {
        *schema = json!({"anyOf": [hint, schema.take()]});
    }
}

/// A network with all there can be in it; answers the ids of everything.
async fn furnish(app: &TestApp, root: &Person) -> Vec<String> {
    let make = async |path: String, body: Value| {
        let made = app.post(&path, body).by(root).await.expect(201);
        made["id"].as_str().unwrap().to_owned()
    };
    let network = json!({"name": "Gorenjska", "slug": "g", "country": "SI", "time_zone": "Europe/Ljubljana"});
    let network = make("/networks".to_owned(), network).await;
    let venue = json!({
        "network_id": network, "name": "Layer", "slug": "layer", "time_zone": "Europe/Ljubljana",
        "address": {"street": "Tomšičeva 32", "postcode": "4000", "city": "Kranj", "municipality": "Kranj"},
        "contact_email": "info@layer.example",
    });
    let venue = make("/venues".to_owned(), venue).await;
    open_always(app, root, &venue).await;
    let (staff, body) = (format!("/venues/{venue}/staff/{}", root.id), json!({}));
    let reply = app.call(Method::PUT, &staff).by(root).json(body).await;
    assert!(reply.status < 300, "{reply:?}");
    let spaces = format!("/venues/{venue}/spaces");
    let desks: Vec<_> = (1..=3).map(|n| json!({"label": format!("Desk {n}")})).collect();
    let mut ids = vec![network, venue, root.id.to_string(), app.member("ana").id.to_string()];
    for (name, kind, rest) in [
        ("Room", "meeting_room", json!({"allocation": "whole", "units": [{"label": "Room"}]})),
        ("Desks", "desk_area", json!({"allocation": "each", "units": desks})),
        ("Studio", "studio", json!({"allocation": "whole", "units": [{"label": "Studio"}]})),
    ] {
        let mut space = json!({"name": name, "kind": kind, "capacity": 4});
        space.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        ids.push(make(spaces.clone(), space).await);
    }
    let room = ids[4].clone();
    for day in 3..6 {
        let reservation = json!({
            "space_id": room, "starts_at": format!("2026-03-0{day}T10:00"), "ends_at": format!("2026-03-0{day}T11:00"),
            "title": "Meeting", "purpose": "meeting",
        });
        ids.push(make("/reservations".to_owned(), reservation).await);
    }
    let block = json!({"starts_at": "2026-03-09T10:00", "ends_at": "2026-03-09T11:00", "reason": "Paint"});
    ids.push(make(format!("/spaces/{room}/blocks"), block).await);
    ids.push(
        make(
            "/organisations".to_owned(),
            json!({"name": "Studio Čmrlj", "legal_form": "company", "municipality": "Kranj"}),
        )
        .await,
    );
    ids
}

async fn open_always(app: &TestApp, root: &Person, venue: &str) {
    let path = format!("/venues/{venue}/opening-hours");
    let version = app.get(&path).await.expect(200)["version"].as_i64().unwrap();
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let hours = json!({
        "weekly": [{"days": days, "opens": "00:00", "closes": "24:00"}],
        "seasons": [], "holidays": "open", "exceptions": [],
    });
    app.put(&path, version, hours).by(root).await.expect(200);
}
