//! `prostor check` finds what was broken behind the program's back, names it, and ends with 1.

use chrono::Days;
use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

use crate::{
    database::Backend,
    program::{Program, read, rooms, today},
};

#[test]
fn sqlite() {
    is_found(
        Backend::Sqlite,
        &Words {
            undefended: "DROP TRIGGER occupancies_insert; DROP TRIGGER occupancies_update",
            unguarded: "DROP TRIGGER audit_update",
            minute: "60",
            id: "randomblob(16)",
            least: "zeroblob(16)",
        },
    );
}

#[test]
fn postgres() {
    is_found(
        Backend::Postgres,
        &Words {
            undefended: "ALTER TABLE occupancies DROP CONSTRAINT slot_taken",
            unguarded: "ALTER TABLE audit DISABLE TRIGGER USER",
            minute: "INTERVAL '1 minute'",
            id: "gen_random_uuid()",
            least: "'00000000-0000-0000-0000-000000000000'",
        },
    );
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
    let (sound, said) = program.run_on(&format!("sqlite:{}", nowhere.display()), &["check"]);
    assert!(!sound && said.contains("PROSTOR_DATABASE_URL") && said.contains("does not exist"), "{said}");
    assert!(!nowhere.exists());
    let foreign = folder.join("foreign.db");
    std::fs::write(&foreign, "").unwrap();
    let (sound, said) = program.run_on(&format!("sqlite:{}", foreign.display()), &["check"]);
    assert!(!sound && said.contains("names no database of Prostor's"), "{said}");
}

/// A database's own words.
struct Words {
    /// Takes its guard against double booking away.
    undefended: &'static str,
    /// Lets the audit be changed.
    unguarded: &'static str,
    minute: &'static str,
    /// A new id.
    id: &'static str,
    /// The id before all others.
    least: &'static str,
}

/// What is broken of a thing, told by its title or reason, and what is said of it then.
type Case = (&'static str, String, &'static str);

fn is_found(backend: Backend, words: &Words) {
    let story = Story::new(backend);
    let cases = cases(words);
    let ids: Vec<String> =
        cases.iter().zip(8..).map(|((title, ..), hour)| story.makes(title, hour)).collect();
    story.reserves(&story.room, "spare", 7);
    let cancelled = story.reserves(&story.room, "skewed", 6);
    let path = format!("/reservations/{cancelled}/cancel");
    read(story.program.post(&path, &story.token, &json!({})).send().unwrap(), 200);
    assert!(story.program.stop().success());
    let connection = || story.program.connection();
    // The clock of the node that cancelled need not agree with that of the one that made it.
    let skewed = format!(
        "{}; UPDATE audit SET id = {}, position = NULL, salt = NULL, digest = NULL, hash = NULL \
         WHERE action = 'reservation.cancelled'",
        words.unguarded, words.least
    );
    connection().batch_execute(&skewed).unwrap();
    let (sound, said) = story.program.check();
    let counted = said.contains("11 reservations, 0 series, 2 blocks");
    assert!(sound && counted && said.contains("Every invariant holds."), "{said}");
    for ((title, statement, wanted), id) in cases.iter().zip(ids) {
        connection().batch_execute(statement).unwrap();
        let (sound, said) = story.program.check();
        assert!(!sound, "{title}: {said}");
        let named = |line: &str| line.starts_with("BROKEN  ") && line.contains(wanted) && line.contains(&id);
        assert!(said.lines().any(named), "{title}: {said}");
    }
}

fn cases(words: &Words) -> [Case; 13] {
    let Words { undefended, minute, id, .. } = words;
    let robbed = format!("DELETE FROM occupancies {}", whose("robbed"));
    let altered = "UPDATE reservations SET status = 'cancelled' WHERE title = 'altered'".to_owned();
    let stretched = format!("UPDATE reservations SET ends_at = ends_at + {minute} WHERE title = 'stretched'");
    let copied = |unit: &str, start: &str, title: &str| {
        format!(
            "INSERT INTO occupancies (id, network_id, venue_id, unit_id, starts_at, ends_at, reservation_id) \
             SELECT {id}, network_id, venue_id, {unit}, {start}, ends_at, reservation_id FROM occupancies {}",
            whose(title)
        )
    };
    let doubled = copied("unit_id", &format!("starts_at + {minute}"), "doubled");
    let spare = format!("(SELECT unit_id FROM occupancies {})", whose("spare"));
    let first = "starts_at = (SELECT starts_at FROM reservations WHERE title";
    let unwished = format!("DELETE FROM occupancies {} AND NOT {first} = 'unwished')", whose("unwished"));
    let surplus = format!("{} AND {first} = 'surplus')", copied(&spare, "starts_at", "surplus"));
    let foreign = format!("UPDATE occupancies SET unit_id = {spare} {}", whose("foreign"));
    let open = "DELETE FROM occupancies WHERE block_id = (SELECT id FROM blocks WHERE reason = 'open')";
    let unseen = "UPDATE reservations SET checked_in_at = starts_at WHERE title = 'unseen'".to_owned();
    let given = "UPDATE reservations SET released_at = starts_at WHERE title = 'given'".to_owned();
    let unsaid = "UPDATE organisations SET confirmed_creative_at = created_at WHERE name = 'unsaid'";
    let own = "organisation_id = (SELECT id FROM organisations WHERE name = 'ownerless')";
    let ownerless = format!("UPDATE organisation_members SET role = 'member' WHERE {own}");
    let lifted = "UPDATE blocks SET lifted_at = created_at WHERE reason = 'lifted'";
    [
        ("robbed", robbed, "takes 0 units, not all"),
        ("altered", altered, "is cancelled but its audit says confirmed"),
        ("stretched", stretched, "takes other times of unt_"),
        ("unseen", unseen, "does not agree with when they came"),
        ("given", given, "was given back outside of its time"),
        ("unwished", unwished, "takes other times of unt_"),
        ("surplus", surplus, "which its space does not have"),
        ("foreign", foreign, "which its space does not have"),
        ("open", open.to_owned(), "leaves time of unt_"),
        ("lifted", lifted.to_owned(), "takes other times of unt_"),
        ("unsaid", unsaid.to_owned(), "is not confirmed as its history tells"),
        ("ownerless", ownerless, "has members and no owner"),
        // The last, as it takes the guard away.
        ("doubled", format!("{undefended}; {doubled}"), "is taken twice: by "),
    ]
}

/// A running program with a room and two desks, where longer than 45 minutes needs approval.
struct Story {
    program: Program,
    token: String,
    venue: String,
    room: String,
    desks: String,
    /// The desks themselves.
    units: Vec<String>,
}

impl Story {
    fn new(backend: Backend) -> Self {
        let program = Program::new(backend);
        program.create_account("ana@example.org");
        let token = program.sign_in("ana@example.org");
        let room = rooms(&program, &token, 1).remove(0);
        let venue = read(program.get(&format!("/spaces/{room}"), &token).send().unwrap(), 200);
        let venue = venue["venue_id"].as_str().unwrap().to_owned();
        let desks = json!({"name": "Desks", "kind": "desk_area", "capacity": 1, "allocation": "each",
            "units": [{"label": "A"}, {"label": "B"}]});
        let desks = program.post(&format!("/venues/{venue}/spaces"), &token, &desks).send();
        let desks = read(desks.unwrap(), 201);
        let units = desks["units"].as_array().unwrap().iter().map(id).collect();
        let desks = id(&desks);
        let policy = json!({"public": {"max_duration_minutes": {"value": 45, "beyond": "ask"}}});
        read(program.put(&format!("/spaces/{desks}/policy"), &token, &policy).send().unwrap(), 200);
        Self { program, token, venue, room, desks, units }
    }

    /// What a case is about, at this hour of tomorrow; its id.
    fn makes(&self, title: &str, hour: u32) -> String {
        match title {
            "open" | "lifted" => {
                self.joins_the_staff();
                let block = json!({"starts_at": at(hour, 0), "ends_at": at(hour, 45), "reason": title});
                let path = format!("/spaces/{}/blocks", self.room);
                id(&read(self.program.post(&path, &self.token, &block).send().unwrap(), 201))
            }
            "unsaid" | "ownerless" => {
                let about = json!({"name": title, "legal_form": "ngo", "municipality": "Kranj"});
                id(&read(self.program.post("/organisations", &self.token, &about).send().unwrap(), 201))
            }
            "unwished" | "surplus" => {
                let made = self.reserves(&self.desks, title, hour);
                let path = format!("/reservations/{made}");
                let has = read(self.program.get(&path, &self.token).send().unwrap(), 200);
                let other = self.units.iter().find(|unit| has["unit_ids"][0] != **unit).unwrap();
                let later =
                    json!({"starts_at": at(hour + 8, 0), "ends_at": at(hour + 9, 0), "unit_ids": [other]});
                let wished = read(self.program.patch(&path, &self.token, &later).send().unwrap(), 200);
                assert_ne!(wished["change"], Value::Null);
                made
            }
            "foreign" => self.reserves(&self.desks, title, hour),
            _ => self.reserves(&self.room, title, hour),
        }
    }

    /// Blocks are the staff's; but what staff wish needs nobody's approval, so this comes after the wishes.
    fn joins_the_staff(&self) {
        let me = id(&read(self.program.get("/me", &self.token).send().unwrap(), 200));
        let path = format!("/venues/{}/staff/{me}", self.venue);
        let joined = self.program.put(&path, &self.token, &json!({})).send().unwrap();
        assert!(joined.status().is_success(), "{}", joined.text().unwrap());
    }

    fn reserves(&self, space: &str, title: &str, hour: u32) -> String {
        let body = json!({"space_id": space, "starts_at": at(hour, 0), "ends_at": at(hour, 45), "title": title,
            "purpose": "meeting"});
        id(&read(self.program.post("/reservations", &self.token, &body).send().unwrap(), 201))
    }
}

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

fn whose(title: &str) -> String {
    format!("WHERE reservation_id = (SELECT id FROM reservations WHERE title = '{title}')")
}

/// A local time of tomorrow.
fn at(hour: u32, minute: u32) -> String {
    let tomorrow = today().checked_add_days(Days::new(1)).unwrap();
    format!("{tomorrow}T{hour:02}:{minute:02}")
}
