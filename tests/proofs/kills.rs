//! Killed in the middle of its work, again and again, the service loses nothing it acknowledged and does
//! nothing twice (DESIGN 1, principles 1 and 4).

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::PathBuf,
    process::Command,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use chrono::{DateTime, Days, Utc};
use diesel::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    database::Backend,
    number,
    program::{Program, read, rooms, today},
};

/// From the start to the end.
type Span = (DateTime<Utc>, DateTime<Utc>);

const CLIENTS: usize = 6;
const ROOMS: usize = 3;
/// Slots of a quarter of an hour that one round tries for, in each room.
const SLOTS: u64 = 400;

#[test]
fn sqlite() {
    survives(Backend::Sqlite);
}

#[test]
fn postgres() {
    survives(Backend::Postgres);
}

/// A request: its key is also its title, so that its effects can be counted.
#[derive(Clone)]
struct Wish {
    client: usize,
    key: String,
    body: Value,
}

/// What a client was told.
enum Told {
    /// 201 with the whole body read: the reservation's id.
    Done(String),
    /// 409 `slot_taken`.
    Taken,
    /// The connection ended first.
    Nothing,
}

fn survives(backend: Backend) {
    let mut program = Program::new(backend);
    let clients: Vec<_> = (0..CLIENTS).map(|n| format!("client{n}@example.org")).collect();
    clients.iter().for_each(|email| program.create_account(email));
    let rooms = rooms(&program, &program.sign_in(&clients[0]), ROOMS);
    // Key → id of everything that was acknowledged, from the beginning.
    let mut acknowledged = BTreeMap::new();
    for round in 0..number("PROSTOR_TEST_KILLS", 2) {
        let tokens: Vec<_> = clients.iter().map(|email| program.sign_in(email)).collect();
        let told = stream(&program, &tokens, &rooms, round, Program::kill);
        let unanswered: Vec<_> =
            told.iter().filter(|(_, told)| matches!(told, Told::Nothing)).map(|(wish, _)| wish).collect();
        println!("killed: {} requests, {} of them unanswered", told.len(), unanswered.len());
        acknowledged.extend(told.iter().filter_map(|(wish, told)| match told {
            Told::Done(id) => Some((wish.key.clone(), id.clone())),
            Told::Taken | Told::Nothing => None,
        }));
        program.start();
        for wish in unanswered {
            // Twice: whatever became of the first, both answers are of one effect.
            let (first, second) = (ask(&program, &tokens, wish), ask(&program, &tokens, wish));
            match (first, second) {
                (Told::Done(first), Told::Done(second)) => {
                    assert_eq!(first, second, "{}", wish.key);
                    acknowledged.insert(wish.key.clone(), first);
                }
                (Told::Taken, Told::Taken) => {}
                _ => panic!("{} was answered differently", wish.key),
            }
        }
        assert!(!acknowledged.is_empty(), "nothing was reserved");
        let found = all_reservations(&program, &tokens);
        assert_eq!(found, acknowledged, "what is there, and what was acknowledged");
        let (sound, said) = program.check();
        assert!(sound, "{said}");
    }
    each_has_its_mail(&program, acknowledged.values());
    assert!(program.stop().success());
    let (sound, said) = program.check();
    assert!(sound, "{said}");
}

#[test]
fn sqlite_stops() {
    answers_what_it_accepted(Backend::Sqlite);
}

#[test]
fn postgres_stops() {
    answers_what_it_accepted(Backend::Postgres);
}

/// Asked to stop in the middle of its work, the service does nothing that it does not also answer.
fn answers_what_it_accepted(backend: Backend) {
    let mut program = Program::new(backend);
    let clients: Vec<_> = (0..CLIENTS).map(|n| format!("client{n}@example.org")).collect();
    clients.iter().for_each(|email| program.create_account(email));
    let tokens: Vec<_> = clients.iter().map(|email| program.sign_in(email)).collect();
    let rooms = rooms(&program, &tokens[0], ROOMS);
    let told = stream(&program, &tokens, &rooms, 0, |program| assert!(program.stop().success()));
    let acknowledged: BTreeMap<_, _> = told
        .into_iter()
        .filter_map(|(wish, told)| if let Told::Done(id) = told { Some((wish.key, id)) } else { None })
        .collect();
    assert!(!acknowledged.is_empty(), "nothing was reserved");
    program.start();
    assert_eq!(all_reservations(&program, &tokens), acknowledged, "what is there, and what was answered");
    each_has_its_mail(&program, acknowledged.values());
}

/// Many clients reserve at once until the server is ended, at some moment after some answers.
fn stream(
    program: &Program,
    tokens: &[String],
    rooms: &[String],
    round: usize,
    end: impl FnOnce(&Program),
) -> Vec<(Wish, Told)> {
    let (killed, answers) = (AtomicBool::new(false), AtomicU64::new(0));
    // Days of its own for each round, so that there is always something free.
    let first = midnight() + Days::new(2 + 5 * u64::try_from(round).unwrap());
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let (killed, answers) = (&killed, &answers);
                scope.spawn(move || {
                    let mut told = Vec::new();
                    while !killed.load(Ordering::SeqCst) {
                        let wish = wish(client, rooms, first);
                        let answer = ask(program, tokens, &wish);
                        answers.fetch_add(1, Ordering::SeqCst);
                        told.push((wish, answer));
                    }
                    told
                })
            })
            .collect();
        let (enough, begun) = (20 + random(100), Instant::now());
        while answers.load(Ordering::SeqCst) < enough && begun.elapsed() < Duration::from_secs(60) {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_micros(random(50_000)));
        end(program);
        killed.store(true, Ordering::SeqCst);
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    })
}

fn wish(client: usize, rooms: &[String], first: DateTime<Utc>) -> Wish {
    let room = &rooms[usize::try_from(random(ROOMS as u64)).unwrap()];
    let starts_at = first + Duration::from_secs(900 * random(SLOTS));
    let ends_at = starts_at + Duration::from_secs(900 * (1 + random(3)));
    let key = Uuid::new_v4().to_string();
    let body = json!({
        "space_id": room, "starts_at": starts_at.to_rfc3339(), "ends_at": ends_at.to_rfc3339(),
        "title": key, "purpose": "meeting",
    });
    Wish { client, key, body }
}

fn ask(program: &Program, tokens: &[String], wish: &Wish) -> Told {
    let request = program.post("/reservations", &tokens[wish.client], &wish.body);
    let Ok(answer) = request.header("idempotency-key", &wish.key).send() else { return Told::Nothing };
    let status = answer.status().as_u16();
    let Ok(body) = answer.json::<Value>() else { return Told::Nothing };
    match status {
        201 => {
            assert_eq!((&body["title"], &body["status"]), (&json!(wish.key), &json!("confirmed")));
            Told::Done(body["id"].as_str().unwrap().to_owned())
        }
        409 if body["code"] == "slot_taken" => Told::Taken,
        _ => panic!("{status}: {body}"),
    }
}

/// Title → id of every reservation there is. All of them stand, and none overlaps another.
fn all_reservations(program: &Program, tokens: &[String]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut taken: HashMap<String, Vec<Span>> = HashMap::new();
    for token in tokens {
        let mut path = "/reservations?mine=true&limit=200".to_owned();
        loop {
            let page = read(program.get(&path, token).send().unwrap(), 200);
            for item in page["items"].as_array().unwrap() {
                let text = |field: &str| item[field].as_str().unwrap().to_owned();
                let time = |field: &str| text(field).parse().unwrap();
                assert_eq!(item["status"], "confirmed");
                taken.entry(text("space_id")).or_default().push((time("starts_at"), time("ends_at")));
                assert_eq!(found.insert(text("title"), text("id")), None, "one effect each: {item}");
            }
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/reservations?mine=true&limit=200&cursor={next}");
        }
    }
    for intervals in taken.values_mut() {
        intervals.sort_unstable();
        assert!(intervals.is_sorted_by(|before, after| before.1 <= after.0), "two overlap: {intervals:?}");
    }
    found
}

/// Each reservation has its invitation in the mailbox, under one Message-ID however often it was sent.
fn each_has_its_mail<'a>(program: &Program, ids: impl ExactSizeIterator<Item = &'a String> + Clone) {
    // What was in hand when the server died is leased for a quarter of an hour: here that time passes at once.
    let statement = "UPDATE outbox SET due_at = created_at WHERE state = 'queued'";
    diesel::sql_query(statement).execute(&mut program.connection()).unwrap();
    let begun = Instant::now();
    while eml_files(program).len() < ids.len() && begun.elapsed() < Duration::from_secs(60) {
        thread::sleep(Duration::from_millis(50));
    }
    let mut message_ids: HashMap<String, Vec<String>> = HashMap::new();
    for seen in parsed(&eml_files(program)) {
        assert_eq!((&seen["method"], &seen["sequence"]), (&json!("REQUEST"), &json!(0)), "{seen}");
        let of = |field: &str| seen[field].as_str().unwrap().to_owned();
        message_ids.entry(of("uid")).or_default().push(of("message_id"));
    }
    for id in ids.clone() {
        let of_it = message_ids.get(&format!("{id}@prostor")).map_or(0, Vec::len);
        assert_eq!(of_it, 1, "{id} has {of_it} different mails");
    }
    assert_eq!(message_ids.len(), ids.len(), "mails of reservations that are not there");
}

fn eml_files(program: &Program) -> Vec<PathBuf> {
    let files = fs::read_dir(&program.mailbox).map(|files| files.map(|file| file.unwrap().path()).collect());
    let mut files: Vec<PathBuf> = files.unwrap_or_default();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "eml"));
    files
}

/// What Python's packages see in the mails.
#[expect(clippy::disallowed_methods, reason = "the test's own environment")]
fn parsed(files: &[PathBuf]) -> Vec<Value> {
    let python = std::env::var("PROSTOR_TEST_PYTHON").expect("PROSTOR_TEST_PYTHON is set by `make test`");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/foreign/parse_mail.py");
    let mut seen = Vec::new();
    for some in files.chunks(1000) {
        let output =
            Command::new(&python).arg(script).args(some).env("PYTHONIOENCODING", "utf-8").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        seen.extend(text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()));
    }
    seen
}

fn random(below: u64) -> u64 {
    Uuid::new_v4().as_u64_pair().1 % below
}

fn midnight() -> DateTime<Utc> {
    today().and_time(chrono::NaiveTime::MIN).and_utc()
}
