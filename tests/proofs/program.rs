//! `prostor` as a child process on a database of its own.

use std::{
    fs::{self, File},
    io::Write,
    path::PathBuf,
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::Mutex,
    thread::sleep,
    time::{Duration, Instant},
};

use prostor::store::dialect::{Access, AnyConnection, Target, connect};
use reqwest::blocking::{Client, RequestBuilder};
use serde_json::{Value, json};

use crate::database::{Backend, TestDatabase};

pub const SECRET: &str = "a secret for tests, 0123456789, not random";
pub const PASSWORD: &str = "korenje in krompir 2026";
/// How long the program is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program, between its starts and deaths.
pub struct Program {
    pub database: TestDatabase,
    pub mailbox: PathBuf,
    pub http: Client,
    url: String,
    child: Mutex<Option<Child>>,
}

impl Program {
    /// Starts it for the first time.
    pub fn new(backend: Backend) -> Self {
        let database = TestDatabase::new(backend);
        database.close_idle();
        let mailbox = database.folder.path().join("mail");
        let http = Client::builder().no_proxy().timeout(PATIENCE).build().unwrap();
        let mut program = Self { database, mailbox, http, url: String::new(), child: Mutex::default() };
        program.start();
        program
    }

    /// Starts `serve` and waits until it is ready.
    pub fn start(&mut self) {
        let log = self.database.folder.path().join("serve.log");
        let mut child = self.command(&["serve"]).stderr(File::create(&log).unwrap()).spawn().unwrap();
        let begun = Instant::now();
        let address = loop {
            let said = fs::read_to_string(&log).unwrap();
            if let Some((_, rest)) = said.split_once("listening on ") {
                break rest.split(',').next().unwrap().to_owned();
            }
            assert!(child.try_wait().unwrap().is_none() && begun.elapsed() < PATIENCE, "no start: {said}");
            sleep(Duration::from_millis(5));
        };
        *self.child.get_mut().unwrap() = Some(child);
        self.url = format!("{address}/api/v1");
        assert_eq!(self.get("/health/ready", "").send().unwrap().status(), 200);
    }

    /// SIGKILL: it can do nothing about it.
    pub fn kill(&self) {
        let mut child = self.child();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// SIGTERM: it finishes what it accepted.
    pub fn stop(&self) -> ExitStatus {
        let mut child = self.child();
        let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        child.wait().unwrap()
    }

    fn child(&self) -> Child {
        self.child.lock().unwrap().take().expect("it runs")
    }

    /// `prostor check`: whether it is content, and what it says.
    pub fn check(&self) -> (bool, String) {
        told(&mut self.command(&["check"]))
    }

    /// Any other command: whether it succeeded, and what it said.
    pub fn run(&self, arguments: &[&str]) -> (bool, String) {
        told(&mut self.command(arguments))
    }

    /// The same with another secret, or none; what does not end within a minute is ended, and fails.
    pub fn tried(&self, secret: Option<&str>, arguments: &[&str]) -> (bool, String) {
        let whole = self.command(arguments);
        let mut command = Command::new("timeout");
        command.arg("60").arg(whole.get_program()).args(whole.get_args());
        command.current_dir(self.database.folder.path());
        command.envs(whole.get_envs().filter_map(|(name, value)| Some((name, value?))));
        match secret {
            Some(secret) => command.env("PROSTOR_SECRET", secret),
            None => command.env_remove("PROSTOR_SECRET"),
        };
        told(&mut command)
    }

    /// The same on another database, or as another role.
    pub fn run_on(&self, url: &str, arguments: &[&str]) -> (bool, String) {
        told(self.command(arguments).env("PROSTOR_DATABASE_URL", url))
    }

    /// An account from the command line. It is an administrator's.
    pub fn create_account(&self, email: &str) {
        let mut command = self.command(&["admin", "create", "--email", email, "--name", "Ana Novak"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        writeln!(child.stdin.take().unwrap(), "{PASSWORD}").unwrap();
        assert!(child.wait().unwrap().success());
    }

    /// An access token.
    pub fn sign_in(&self, email: &str) -> String {
        let answer = self.post("/auth/login", "", &json!({"email": email, "password": PASSWORD})).send();
        read(answer.unwrap(), 200)["access_token"].as_str().unwrap().to_owned()
    }

    /// A request; nobody's where the token is empty.
    pub fn get(&self, path: &str, token: &str) -> RequestBuilder {
        signed_in(self.http.get(format!("{}{path}", self.url)), token)
    }

    pub fn post(&self, path: &str, token: &str, body: &Value) -> RequestBuilder {
        signed_in(self.http.post(format!("{}{path}", self.url)), token).json(body)
    }

    pub fn put(&self, path: &str, token: &str, body: &Value) -> RequestBuilder {
        signed_in(self.http.put(format!("{}{path}", self.url)), token).json(body).header("if-match", "*")
    }

    pub fn patch(&self, path: &str, token: &str, body: &Value) -> RequestBuilder {
        signed_in(self.http.patch(format!("{}{path}", self.url)), token).json(body).header("if-match", "*")
    }

    pub fn delete(&self, path: &str, token: &str) -> RequestBuilder {
        signed_in(self.http.delete(format!("{}{path}", self.url)), token).header("if-match", "*")
    }

    /// The database, past the program.
    pub fn connection(&self) -> AnyConnection {
        connect(&self.database.target, Access::Write).unwrap()
    }

    /// A run of the program.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let url = match &self.database.target {
            Target::Sqlite(path) => format!("sqlite:{path}"),
            Target::Postgres(url) => url.clone(),
        };
        let mut command = Command::new(env!("CARGO_BIN_EXE_prostor"));
        command
            .args(arguments)
            .current_dir(self.database.folder.path())
            .env("PROSTOR_DATABASE_URL", url)
            .env("PROSTOR_LISTEN", "127.0.0.1:0")
            // The address tokens are for: the port is another after each start.
            .env("PROSTOR_PUBLIC_URL", "https://prostor.example")
            .env("PROSTOR_MAIL_URL", format!("file:{}", self.mailbox.display()))
            .env("PROSTOR_SECRET", SECRET)
            .env("PROSTOR_RATE_LIMIT", "off")
            .env("PROSTOR_ERASED_FILE", self.database.folder.path().join("erased"))
            .env("PROSTOR_LOG", "info");
        command
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if self.child.get_mut().is_ok_and(|child| child.is_some()) {
            self.kill();
        }
    }
}

fn told(command: &mut Command) -> (bool, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let said = String::from_utf8_lossy(&stdout) + String::from_utf8_lossy(&stderr);
    assert!(matches!(status.code(), Some(0 | 1)), "{status}: {said}");
    (status.success(), said.into_owned())
}

fn signed_in(request: RequestBuilder, token: &str) -> RequestBuilder {
    if token.is_empty() { request } else { request.bearer_auth(token) }
}

/// The body of an answer with this status.
#[track_caller]
pub fn read(answer: reqwest::blocking::Response, status: u16) -> Value {
    let (url, found) = (answer.url().clone(), answer.status());
    let text = answer.text().unwrap();
    assert_eq!(found, status, "{url} answered {text}");
    serde_json::from_str(&text).unwrap()
}

/// A venue that is always open, with rooms; answers their ids.
pub fn rooms(program: &Program, token: &str, count: usize) -> Vec<String> {
    let make = |path: &str, body: Value| {
        let made = read(program.post(path, token, &body).send().unwrap(), 201);
        made["id"].as_str().unwrap().to_owned()
    };
    let zone = "Europe/Ljubljana";
    let network = json!({"name": "Gorenjska", "slug": "gorenjska", "country": "SI", "time_zone": zone});
    let network = make("/networks", network);
    let address =
        json!({"street": "Tomšičeva 32", "postcode": "4000", "city": "Kranj", "municipality": "Kranj"});
    let venue = json!({
        "network_id": network, "name": "Layer", "slug": "layer", "address": address,
        "contact_email": "info@layer.example",
    });
    let venue = make("/venues", venue);
    let hours = json!({
        "weekly": [{"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "opens": "00:00", "closes": "24:00"}],
        "seasons": [], "holidays": "open", "exceptions": [],
    });
    let path = format!("/venues/{venue}/opening-hours");
    read(program.put(&path, token, &hours).send().unwrap(), 200);
    let room = |n: usize| {
        let body = json!({
            "name": format!("Room {n}"), "kind": "meeting_room", "capacity": 8, "allocation": "whole",
            "units": [{"label": format!("Room {n}")}],
        });
        make(&format!("/venues/{venue}/spaces"), body)
    };
    (1..=count).map(room).collect()
}

/// The day it is by the clock of the program under test, UTC.
#[expect(clippy::disallowed_methods, reason = "the program under test runs by the system's clock")]
pub fn today() -> chrono::NaiveDate {
    chrono::Utc::now().date_naive()
}
