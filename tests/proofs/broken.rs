//! `prostor check` finds what was broken behind the program's back, names it, and ends with 1.

use chrono::{Days, Utc};
use diesel::connection::SimpleConnection;
use serde_json::json;

use crate::{
    database::Backend,
    program::{Program, read, rooms},
};

#[test]
fn sqlite() {
    let undefended = "DROP TRIGGER occupancies_insert; DROP TRIGGER occupancies_update";
    is_found(Backend::Sqlite, undefended, "60", "randomblob(16)");
}

#[test]
fn postgres() {
    let undefended = "ALTER TABLE occupancies DROP CONSTRAINT slot_taken";
    is_found(Backend::Postgres, undefended, "INTERVAL '1 minute'", "gen_random_uuid()");
}

#[test]
fn a_short_command_ends_as_it_should_every_time() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let program = Program::new(backend);
        assert!(program.stop().success());
        // The pool is still opening connections when the command is through.
        for _ in 0..40 {
            let (sound, said) = program.check();
            assert!(sound, "{said}");
        }
    }
}

#[test]
fn what_is_no_database_of_ours_is_named_and_not_made() {
    let program = Program::new(Backend::Sqlite);
    assert!(program.stop().success());
    let folder = program.database.folder.path().to_owned();
    let nowhere = folder.join("nowhere.db");
    let (sound, said) = program.check_of(&format!("sqlite:{}", nowhere.display()));
    assert!(!sound && said.contains("PROSTOR_DATABASE_URL") && said.contains("does not exist"), "{said}");
    assert!(!nowhere.exists());
    let foreign = folder.join("foreign.db");
    std::fs::write(&foreign, "").unwrap();
    let (sound, said) = program.check_of(&format!("sqlite:{}", foreign.display()));
    assert!(!sound && said.contains("names no database of Prostor's"), "{said}");
}

/// `undefended` takes the database's own guard away; `minute` and `id` are its words for a minute and a new id.
fn is_found(backend: Backend, undefended: &str, minute: &str, id: &str) {
    let program = Program::new(backend);
    program.create_account("ana@example.org");
    let token = program.sign_in("ana@example.org");
    let room = rooms(&program, &token, 1).remove(0);
    let robbed = format!("DELETE FROM occupancies {}", whose("robbed"));
    let altered = "UPDATE reservations SET status = 'cancelled' WHERE title = 'altered'".to_owned();
    let stretched = format!("UPDATE reservations SET ends_at = ends_at + {minute} WHERE title = 'stretched'");
    let doubled = format!(
        "{undefended}; INSERT INTO occupancies \
           (id, network_id, venue_id, unit_id, starts_at, ends_at, reservation_id) \
         SELECT {id}, network_id, venue_id, unit_id, starts_at + {minute}, ends_at, reservation_id \
         FROM occupancies {}",
        whose("doubled")
    );
    let cases = [
        ("robbed", robbed, "takes 0 units instead of 1"),
        ("altered", altered, "is cancelled but its audit says confirmed"),
        ("stretched", stretched, "takes other times of unt_"),
        ("doubled", doubled, "is taken twice: by "),
    ];
    let tomorrow = today().checked_add_days(Days::new(1)).unwrap();
    let ids: Vec<_> = cases.iter().zip(8..).map(|((title, ..), hour)| {
        let body = json!({
            "space_id": room, "starts_at": format!("{tomorrow}T{hour:02}:00"), "ends_at": format!("{tomorrow}T{hour:02}:45"),
            "title": title, "purpose": "meeting",
        });
        let made = read(program.post("/reservations", &token, &body).send().unwrap(), 201);
        made["id"].as_str().unwrap().to_owned()
    }).collect();
    assert!(program.stop().success());
    let (sound, said) = program.check();
    assert!(sound && said.contains("4 reservations") && said.contains("Every invariant holds."), "{said}");
    for ((title, statement, wanted), id) in cases.iter().zip(ids) {
        program.connection().batch_execute(statement).unwrap();
        let (sound, said) = program.check();
        assert!(!sound, "{title}: {said}");
        let named = |line: &str| line.starts_with("BROKEN  ") && line.contains(wanted) && line.contains(&id);
        assert!(said.lines().any(named), "{title}: {said}");
    }
}

fn whose(title: &str) -> String {
    format!("WHERE reservation_id = (SELECT id FROM reservations WHERE title = '{title}')")
}

#[expect(clippy::disallowed_methods, reason = "the program under test runs by the system's clock")]
fn today() -> chrono::NaiveDate {
    Utc::now().date_naive()
}
