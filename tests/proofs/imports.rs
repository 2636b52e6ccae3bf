//! A long file brought in by the program beside the running service: in bounded memory, and twice adds nothing.

use std::{
    fs,
    io::Write,
    path::Path,
    process::Stdio,
    thread::sleep,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta};
use serde_json::json;

use crate::{
    database::Backend,
    number,
    program::{Program, read, rooms},
};

/// The most memory that the program may have had, kB: of 250 lines as of 50,000.
const MOST_MEMORY: u64 = 300_000;

#[test]
fn sqlite() {
    brings(Backend::Sqlite);
}

#[test]
fn postgres() {
    brings(Backend::Postgres);
}

fn brings(backend: Backend) {
    let lines = number("PROSTOR_TEST_IMPORT_LINES", 250);
    let program = Program::new(backend);
    program.create_account("ana@example.org");
    let token = program.sign_in("ana@example.org");
    rooms(&program, &token, 4);
    let venue = read(program.get("/venues", &token).send().unwrap(), 200)["items"][0]["id"].clone();
    let ana = read(program.get("/me", &token).send().unwrap(), 200)["id"].clone();
    let staff = format!("/venues/{}/staff/{}", venue.as_str().unwrap(), ana.as_str().unwrap());
    read(program.put(&staff, &token, &json!({})).send().unwrap(), 200);
    let file = program.database.folder.path().join("bookings.csv");
    write(&file, lines);

    let run = |mode: &str| import(&program, &file, mode);
    let tried = run("dry-run");
    assert!(
        tried.contains(&format!("Only tried: {lines} would be created, 0 unchanged, 0 conflicts")),
        "{tried}"
    );
    let done = run("skip-conflicts");
    assert!(done.contains(&format!("Brought in: {lines} created, 0 unchanged, 0 conflicts")), "{done}");
    let again = run("all-or-nothing");
    assert!(again.contains(&format!("Brought in: 0 created, {lines} unchanged, 0 conflicts")), "{again}");
    let report = fs::read_to_string(program.database.folder.path().join("report.csv")).unwrap();
    assert_eq!(report.lines().count(), lines + 1);
    assert!(program.stop().success());
    let (sound, said) = program.check();
    assert!(sound && said.contains(&format!("{lines} reservations")), "{said}");
}

/// One after the other in four rooms, from 2020 on, by many people.
fn write(file: &Path, lines: usize) {
    let mut table = std::io::BufWriter::new(fs::File::create(file).unwrap());
    writeln!(
        table,
        "external_id;space;starts_at;ends_at;title;purpose;organiser_name;organiser_email;attendees"
    )
    .unwrap();
    let begin = DateTime::from_timestamp(1_577_836_800, 0).unwrap();
    for line in 0..lines {
        let start = begin + TimeDelta::hours(2 * i64::try_from(line / 4).unwrap());
        let end = start + TimeDelta::hours(2);
        let (room, person, shown) = (line % 4 + 1, line % 1500, "%Y-%m-%dT%H:%M:%SZ");
        let (start, end) = (start.format(shown), end.format(shown));
        writeln!(table, "{line};Room {room};{start};{end};Vaja {line};rehearsal;Oseba {person};oseba{person}@example.org;{room}").unwrap();
    }
}

/// What it says; its time and its peak of memory go to the test's output.
fn import(program: &Program, file: &Path, mode: &str) -> String {
    let report = program.database.folder.path().join("report.csv");
    let (file, report) = (file.to_str().unwrap(), report.to_str().unwrap());
    let arguments = [
        "import",
        "reservations",
        file,
        "--venue",
        "layer",
        "--as",
        "ana@example.org",
        "--mode",
        mode,
        "--report",
        report,
    ];
    let begun = Instant::now();
    let mut child =
        program.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        peak = peak.max(memory(child.id()));
        sleep(Duration::from_millis(10));
    }
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    println!("{mode}: {:.1} s, {peak} kB at most", begun.elapsed().as_secs_f64());
    assert!(output.status.success(), "{said}");
    assert!(peak < MOST_MEMORY, "{peak} kB");
    said.into_owned()
}

/// The peak so far of a process, kB; 0 where it is over.
fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
