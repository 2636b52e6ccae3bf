//! A backup is made, life goes on, and the backup is restored: mails that were sent are not sent again, nobody is signed
//! in, and who was erased stays erased.

use std::{
    fs,
    path::{Path, PathBuf},
    thread::sleep,
    time::Duration,
};

use chrono::Days;
use diesel::{connection::SimpleConnection, prelude::*};
use prostor::store::{
    dialect::Target,
    schema::{outbox, reservations, users},
};
use serde_json::json;

use crate::{
    database::Backend,
    program::{PASSWORD, Program, SECRET, read, rooms, today},
};

#[test]
fn sqlite() {
    let (program, backup) = story(Backend::Sqlite);
    // The disk is lost, but for what lies elsewhere: the backup, the secret, and the list of who was erased.
    let Target::Sqlite(database) = &program.database.target else { panic!("SQLite has a file") };
    for ending in ["", "-wal", "-shm"] {
        drop(fs::remove_file(format!("{database}{ending}")));
    }
    let (done, said) = program.run(&["restore", backup.to_str().unwrap()]);
    assert!(done && said.contains("Erased again: 1."), "{said}");
    assert_eq!(named(&program, "eva@example.org"), 0);
    damaged_is_refused(&program, &backup);
    unsettled_serves_nobody(&program, &backup);
}

#[test]
fn postgres() {
    let (program, backup) = story(Backend::Postgres);
    damaged_is_refused(&program, &backup);
    another_role_replaces_nothing(&program, &backup);
}

/// Whatever it may do in a database that is not its own: what it could not drop would stay.
fn another_role_replaces_nothing(program: &Program, backup: &Path) {
    const RIGHTS: &str = "ALL ON ALL TABLES IN SCHEMA public";
    let Target::Postgres(url) = &program.database.target else { panic!("PostgreSQL has a URL") };
    let (_, database) = url.rsplit_once('/').unwrap();
    let other = other_role();
    let (cluster, _) = other.rsplit_once('/').unwrap();
    let other = format!("{cluster}/{database}");
    let restore = || program.run_on(&other, &["restore", "--replace", backup.to_str().unwrap()]);
    let grant = |statement: String| program.connection().batch_execute(&statement).unwrap();
    for may in ["nothing", "all"] {
        let (done, said) = restore();
        let why = "belongs to another role, prostor_test, and would stay";
        assert!(!done && said.contains(why), "who may do {may}: {said}");
        grant(format!("GRANT {RIGHTS} TO prostor_other; GRANT CREATE ON SCHEMA public TO prostor_other"));
    }
    assert_eq!(named(program, "bor@example.org"), 1, "nothing was replaced");
    let (sound, said) = program.run_on(&other, &["check"]);
    assert!(sound, "what the role may do it still may, and the database is not marked: {said}");
    grant(format!("REVOKE {RIGHTS} FROM prostor_other; REVOKE CREATE ON SCHEMA public FROM prostor_other"));
}

/// A role that owns nothing.
#[expect(clippy::disallowed_methods, reason = "the test's own environment")]
fn other_role() -> String {
    std::env::var("PROSTOR_TEST_POSTGRES_OTHER_URL").expect("scripts/test-environment makes another role")
}

/// Without the secret that opens its keys a backup is not settled: then nobody is served from it, until it is.
fn unsettled_serves_nobody(program: &Program, backup: &Path) {
    let again = ["restore", "--replace", backup.to_str().unwrap()];
    let Target::Sqlite(database) = &program.database.target else { panic!("SQLite has a file") };
    for (secret, arguments, wanted) in [
        (None, &again[..], "is not there"),
        (Some("another secret, 0123456789, of nobody"), &again, "serves nobody until it is restored again"),
        (Some(SECRET), &["serve"], "did not come to its end"),
        (Some(SECRET), &["work"], "did not come to its end"),
    ] {
        let (done, said) = program.tried(secret, arguments);
        assert!(!done && said.contains(wanted), "{arguments:?}: {said}");
        assert!(!Path::new(database).with_extension("secret").exists(), "no secret is made up");
    }
    let (done, said) = program.run(&again);
    assert!(done && said.contains("Erased again: 1."), "{said}");
}

/// What can't be read through is refused before anything is replaced.
fn damaged_is_refused(program: &Program, backup: &Path) {
    let whole = fs::read(backup).unwrap();
    let damaged = backup.with_extension("damaged");
    fs::write(&damaged, &whole[..whole.len() / 2]).unwrap();
    let before = named(program, "bor@example.org");
    let (done, said) = program.run(&["restore", "--replace", damaged.to_str().unwrap()]);
    assert!(!done && !said.contains("busy"), "{said}");
    assert_eq!((named(program, "bor@example.org"), before), (1, 1), "nothing was replaced");
}

fn story(backend: Backend) -> (Program, PathBuf) {
    let mut program = Program::new(backend);
    for email in ["ana@example.org", "bor@example.org", "eva@example.org"] {
        program.create_account(email);
    }
    let room = rooms(&program, &program.sign_in("ana@example.org"), 1).remove(0);
    let [ana, bor, eva] = ["ana", "bor", "eva"].map(|name| program.sign_in(&format!("{name}@example.org")));
    reserve(&program, &eva, &room, "Evin koncert", 10);
    letters(&program, 1);
    // Bor's mail has to wait, and waits in the backup, too.
    let kept = program.mailbox.with_extension("kept");
    fs::rename(&program.mailbox, &kept).unwrap();
    fs::write(&program.mailbox, "no folder").unwrap();
    reserve(&program, &bor, &room, "Borov sestanek", 12);
    let backup = program.database.folder.path().join("prostor.backup");
    let (done, said) = program.run(&["backup", backup.to_str().unwrap()]);
    assert!(done && said.contains("it is sound"), "{said}");
    let (done, said) = program.run(&["backup", backup.to_str().unwrap()]);
    assert!(!done && said.contains("exists already"), "{said}");
    assert!(program.stop().success());
    assert_eq!(waiting(&program), 1);

    // Life goes on: the mail leaves, Eva gives her account up, Bor reserves again.
    fs::remove_file(&program.mailbox).unwrap();
    fs::rename(&kept, &program.mailbox).unwrap();
    diesel::update(outbox::table)
        .set(outbox::due_at.eq(outbox::created_at))
        .execute(&mut program.connection())
        .unwrap();
    program.start();
    letters(&program, 2);
    let own = read(program.get("/reservations?mine=true", &eva).send().unwrap(), 200);
    let own = own["items"][0]["id"].as_str().unwrap();
    read(program.post(&format!("/reservations/{own}/cancel"), &eva, &json!({})).send().unwrap(), 200);
    let shown = program.post("/auth/confirm", &eva, &json!({"password": PASSWORD}));
    assert_eq!(shown.send().unwrap().status(), 204);
    assert_eq!(program.delete("/me", &eva).send().unwrap().status(), 204);
    assert_eq!(named(&program, "eva@example.org"), 0);
    restores(&mut program, &backup, &room, [&ana, &bor]);
    (program, backup)
}

fn refused(program: &Program, arguments: &[&str], why: &str) {
    let (done, said) = program.run(arguments);
    assert!(!done && said.contains(why), "{said}");
}

/// Only where nobody works on the database and it may be replaced; and then all is settled. The tokens are of before.
fn restores(program: &mut Program, backup: &Path, room: &str, before: [&str; 2]) {
    let file = backup.to_str().unwrap();
    refused(program, &["restore", "--replace", file], "a service still runs");
    assert!(program.stop().success());
    refused(program, &["restore", file], "is not empty");
    refused(program, &["restore", "--replace", "nowhere.backup"], "does not exist");

    let (done, said) = program.run(&["restore", "--replace", file]);
    assert!(done, "{said}");
    for told in ["Erased again: 1.", "Mails held back: 1.", "Every invariant holds."] {
        assert!(said.contains(told), "{said}");
    }
    assert_eq!(waiting(program), 0, "nothing is left to be sent");
    assert_eq!(named(program, "eva@example.org"), 0);
    let columns = (reservations::title, reservations::status);
    let left: Vec<(String, String)> = reservations::table
        .order(reservations::starts_at)
        .select(columns)
        .load(&mut program.connection())
        .unwrap();
    let wanted = [("—", "cancelled"), ("Borov sestanek", "confirmed")]
        .map(|(title, status)| (title.to_owned(), status.to_owned()));
    assert_eq!(left, wanted, "as it was, without Eva");
    let sent = count(&program.mailbox);
    program.start();
    for token in before {
        assert_eq!(program.get("/me", token).send().unwrap().status(), 401, "nobody is signed in");
    }
    let again = program.sign_in("bor@example.org");
    // What is done from now on is told; its mail comes after all that could have been sent again.
    reserve(program, &again, room, "Nov sestanek", 14);
    letters(program, sent + 1);
    assert_eq!(count(&program.mailbox), sent + 1);
    assert!(program.stop().success());
    let (sound, said) = program.check();
    assert!(sound, "{said}");
}

fn reserve(program: &Program, token: &str, room: &str, title: &str, hour: u32) {
    let at = |hour| format!("{}T{hour:02}:00", tomorrow());
    let body = json!({"space_id": room, "starts_at": at(hour), "ends_at": at(hour + 1), "title": title, "purpose": "meeting"});
    read(program.post("/reservations", token, &body).send().unwrap(), 201);
}

/// Letters in the mailbox.
fn count(mailbox: &Path) -> usize {
    let Ok(files) = fs::read_dir(mailbox) else { return 0 };
    files
        .filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|ending| ending == "eml"))
        .count()
}

/// Waits until there are so many.
fn letters(program: &Program, wanted: usize) {
    for _ in 0..3000 {
        if count(&program.mailbox) >= wanted {
            return;
        }
        sleep(Duration::from_millis(10));
    }
    panic!("{} letters, not {wanted}", count(&program.mailbox));
}

fn waiting(program: &Program) -> i64 {
    outbox::table.filter(outbox::state.eq("queued")).count().get_result(&mut program.connection()).unwrap()
}

/// How many accounts have the address.
fn named(program: &Program, email: &str) -> i64 {
    users::table.filter(users::email.eq(email)).count().get_result(&mut program.connection()).unwrap()
}

fn tomorrow() -> chrono::NaiveDate {
    today().checked_add_days(Days::new(1)).unwrap()
}
