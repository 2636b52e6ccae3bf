//! The README's story with curl alone, played as a new reader would on a fresh demo.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use prostor::store::dialect::Target;

use crate::database::{Backend, TestDatabase};

/// How long the demo's data may take, made by an unoptimised program on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

#[test]
fn sqlite() {
    plays(Backend::Sqlite);
}

#[test]
fn postgres() {
    plays(Backend::Postgres);
}

/// The demo as a child process, ended with the test.
struct Demo(Child);

impl Drop for Demo {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn plays(backend: Backend) {
    let database = TestDatabase::new(backend);
    let folder = database.folder.path();
    let url = match &database.target {
        Target::Sqlite(path) => format!("sqlite:{path}"),
        Target::Postgres(url) => url.clone(),
    };
    let log = folder.join("demo.log");
    let mailbox = folder.join("mailbox");
    let child = Command::new(env!("CARGO_BIN_EXE_prostor"))
        .arg("demo")
        .current_dir(folder)
        .env("PROSTOR_DATABASE_URL", url)
        .env("PROSTOR_LISTEN", "127.0.0.1:0")
        .env("PROSTOR_MAIL_URL", format!("file:{}", mailbox.display()))
        .env("PROSTOR_LOG", "info")
        .stdout(Stdio::null())
        .stderr(fs::File::create(&log).unwrap())
        .spawn();
    let mut demo = Demo(child.unwrap());
    let address = address(&mut demo, &log);
    let output = Command::new("bash")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/walkthrough"))
        .env("API", format!("{address}/api/v1"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{}", fs::read_to_string(&log).unwrap());
    let begun = Instant::now();
    while !confirmed(&mailbox) {
        assert!(begun.elapsed() < Duration::from_secs(30), "no confirmation in the mailbox");
        sleep(Duration::from_millis(50));
    }
}

/// Where it listens, once its data is made.
fn address(demo: &mut Demo, log: &Path) -> String {
    let begun = Instant::now();
    loop {
        let said = fs::read_to_string(log).unwrap();
        if let Some((_, rest)) = said.split_once("listening on ") {
            return rest.split(',').next().unwrap().to_owned();
        }
        let alive = demo.0.try_wait().unwrap().is_none();
        assert!(alive && begun.elapsed() < PATIENCE, "no start: {said}");
        sleep(Duration::from_millis(50));
    }
}

/// Whether the mail of the reservation made, with its invitation, has come.
fn confirmed(mailbox: &Path) -> bool {
    let Ok(files) = fs::read_dir(mailbox) else { return false };
    files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).any(|mail| {
        mail.contains("luka.zupan@example.org")
            && mail.contains("method=REQUEST")
            && mail.contains("invite.ics")
    })
}
