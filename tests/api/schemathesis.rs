//! schemathesis asks everything `openapi.yaml` allows and much it does not, signed in and anonymously: no
//! answer may be a server error, have a status, type or shape that is not documented, or accept what the
//! document forbids; and whatever it did, the data is sound afterwards.
//!
//! `PROSTOR_TEST_SCHEMATHESIS` names the command; `PROSTOR_TEST_EXAMPLES` how much is tried per operation.

use std::{fs, path::Path, process::Command};

use prostor::http::openapi;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{House, Person, TestApp, both, id};

const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_schema_conformance,negative_data_rejection";
/// These end the caller's session, so nobody else's run may hold them.
const FAREWELLS: [&str; 2] = ["leave_me", "log_out"];

both! {
    async fn the_service_keeps_to_its_document(app: TestApp) {
        let house = House::new(&app).await;
        let document = with_hints(serde_json::to_value(openapi::document()).unwrap(), &furnish(&house).await);
        let file = app.mailbox.with_file_name("openapi.json");
        fs::write(&file, document.to_string()).unwrap();
        // Nobody else than we say signs in.
        fs::write(file.with_file_name("schemathesis.toml"), "[auth]\nauto-signup = false\n").unwrap();
        let without = |run: &mut Run| FAREWELLS.iter().for_each(|operation| run.exclude(operation));
        let mut anonymous = Run::new(&app, &file, None);
        without(&mut anonymous);
        anonymous.arguments.extend(["--phases", "examples,fuzzing"].map(str::to_owned));
        anonymous.expect_success();
        let mut signed_in = Run::new(&app, &file, Some(&house.root));
        without(&mut signed_in);
        signed_in.expect_success();
        for farewell in FAREWELLS {
            let mut last = Run::new(&app, &file, Some(&app.member(&farewell.replace('_', "-"))));
            last.arguments.extend(["--include-operation-id".to_owned(), farewell.to_owned()]);
            last.expect_success();
        }
        println!("{}", app.get("/metrics").await.text);
        house.is_sound();
    }
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

/// A house with all there can be in it, its administrator its staff too; answers the ids of everything.
async fn furnish(house: &House<'_>) -> Vec<String> {
    let (root, member) = (&house.root, house.member("ana"));
    let staff = format!("/venues/{}/staff/{}", house.venue, root.id);
    house.call(Method::PUT, &staff).by(root).await.expect(200);
    let (room, (area, mut ids)) = (house.room("Soba").await, house.desks("Mize", 3).await);
    for day in 3..6 {
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
    ids
}
