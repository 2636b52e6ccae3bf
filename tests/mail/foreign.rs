//! Python's email and icalendar packages read what we write (tests/foreign/parse_mail.py).
//!
//! `PROSTOR_TEST_PYTHON` names an interpreter that has `icalendar`; without one these tests fail.

use std::{fs, path::Path, process::Command};

use chrono_tz::Tz;
use prostor::{
    domain::{instant::Instant, locale::Locale},
    mail::{
        calendar,
        notice::{CalendarStatus, Notice, ReservationView},
        transport::Transport,
    },
};
use serde_json::{Value, json};

use crate::samples::{ORGANISER, TITLE, VENUE, at, mail, view};

/// What the script saw in each file, in their order.
pub fn parsed(files: &[impl AsRef<Path>]) -> Vec<Value> {
    parsed_by("parse_mail.py", files)
}

/// The same by another script of tests/foreign.
pub fn parsed_by(script: &str, files: &[impl AsRef<Path>]) -> Vec<Value> {
    #[expect(clippy::disallowed_methods, reason = "the test harness says which interpreter to use")]
    let python = std::env::var("PROSTOR_TEST_PYTHON").expect(
        "set PROSTOR_TEST_PYTHON to a Python interpreter with the icalendar package (the test command does)",
    );
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foreign").join(script);
    let output = Command::new(python)
        .arg(script)
        .args(files.iter().map(AsRef::as_ref))
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .expect("PROSTOR_TEST_PYTHON can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let seen: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(seen.len(), files.len());
    seen
}

/// Sends through the `file:` transport and has the file read.
fn received(notice: &Notice, locale: Locale) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let transport = Transport::from_url(&format!("file:{}", folder.path().display())).unwrap();
    let mail = mail(notice, locale, "joze@primer.example");
    transport.send(&mail).unwrap();
    transport.send(&mail).unwrap();
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "a mail sent twice is one file: {files:?}");
    assert_eq!(files[0].file_name().unwrap(), "20261020T071500Z-msg_1@prostor.example.eml");
    parsed(&files).remove(0)
}

#[test]
fn a_confirmation_survives_whole() {
    let seen = received(&Notice::ReservationConfirmed { reservation: view() }, Locale::Sl);
    for (field, wanted) in [
        ("type", json!("multipart/mixed")),
        ("parts", json!(["text/plain", "text/html", "text/calendar", "application/ics"])),
        ("defects", json!([])),
        ("seven_bit", json!(true)),
        ("bare_line_ends", json!(0)),
        ("subject", json!("Rezervacija potrjena: Dvorana, levo; \"spodaj\", 3. 11. 2026, 10.00–12.00")),
        ("from", json!([{"name": "Prostor, čšž", "email": "prostor@prostor.example"}])),
        ("to", json!([{"name": ORGANISER, "email": "joze@primer.example"}])),
        ("reply_to", json!([{"name": VENUE, "email": "info@layer.example"}])),
        ("message_id", json!("<msg_1@prostor.example>")),
        ("date", json!("2026-10-20T07:15:00+00:00")),
        ("language", json!("sl")),
        ("auto_submitted", json!("auto-generated")),
        ("content_type_method", json!("REQUEST")),
        ("method", json!("REQUEST")),
        ("first_property", json!("METHOD:REQUEST")),
        ("attached_the_same", json!([true])),
        ("uid", json!("rsv_01h455vb4pex5vsknk084sn02q@prostor")),
        ("sequence", json!(0)),
        ("dtstart", json!("2026-11-03T10:00:00+01:00")),
        ("dtend", json!("2026-11-03T12:00:00+01:00")),
        ("dtstart_utc", json!("2026-11-03T09:00:00Z")),
        ("tzid", json!("Europe/Ljubljana")),
        ("status", json!("CONFIRMED")),
        ("summary", json!(TITLE)),
        ("location", json!(format!("Dvorana, levo; \"spodaj\", {VENUE}, Tomšičeva ulica 32, 4000 Kranj"))),
        ("organizer", json!({"email": "info@layer.example", "name": VENUE, "partstat": null})),
        ("attendees", json!([{"email": "joze@primer.example", "name": ORGANISER, "partstat": "ACCEPTED"}])),
        ("calendar_bare_line_ends", json!(0)),
    ] {
        assert_eq!(seen[field], wanted, "{field}");
    }
    assert!(seen["longest_octets"].as_u64().unwrap() <= 75);
    assert!(seen["longest_line"].as_u64().unwrap() <= 998);
    let text = seen["text"].as_str().unwrap();
    for part in
        [TITLE, "torek, 3. november 2026, 10.00–12.00", "45,50 €", "> Zvonec; koda 4711,\n> nato levo."]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let html = seen["html"].as_str().unwrap();
    assert!(html.contains("&lt;b&gt;šok") && !html.contains("<b>"), "{html}");
}

#[test]
fn a_cancellation_takes_back_the_same_event() {
    let reservation = ReservationView { sequence: 2, status: CalendarStatus::Cancelled, ..view() };
    let notice = Notice::ReservationCancelled { reservation, by_venue: true, invited: true, cause: None };
    let seen = received(&notice, Locale::En);
    for (field, wanted) in [
        ("method", json!("CANCEL")),
        ("content_type_method", json!("CANCEL")),
        ("status", json!("CANCELLED")),
        ("uid", json!("rsv_01h455vb4pex5vsknk084sn02q@prostor")),
        ("sequence", json!(2)),
        ("attached_the_same", json!([true])),
    ] {
        assert_eq!(seen[field], wanted, "{field}");
    }
}

#[test]
fn what_was_never_in_a_calendar_is_not_cancelled_there() {
    let reservation = ReservationView { status: CalendarStatus::Cancelled, ..view() };
    let notice = Notice::ReservationCancelled { reservation, by_venue: false, invited: false, cause: None };
    let seen = received(&notice, Locale::En);
    assert_eq!(seen["parts"], json!(["text/plain", "text/html"]));
    assert_eq!(seen.get("method"), None);
}

/// The object's own VTIMEZONE gives the instant we meant, whatever the zone and the season.
#[test]
fn every_zone_is_described_rightly() {
    const ZONES: [Tz; 9] = [
        Tz::Europe__Ljubljana,
        Tz::Europe__Dublin,
        Tz::America__New_York,
        Tz::America__Sao_Paulo,
        Tz::Africa__Casablanca,
        Tz::Asia__Jerusalem,
        Tz::Asia__Kathmandu,
        Tz::Australia__Lord_Howe,
        Tz::UTC,
    ];
    // The two days around each change of Europe, and a day of every month.
    let mut starts: Vec<Instant> =
        (1..=12).map(|month| at(&format!("2026-{month:02}-17T07:30:00Z"))).collect();
    for change in ["2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"] {
        starts.extend((-8..8).map(|half_hours| at(change).plus_minutes(30 * half_hours)));
    }
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    let mut wanted = Vec::new();
    for zone in ZONES {
        for start in &starts {
            let mut view = ReservationView { starts_at: *start, ends_at: start.plus_minutes(45), ..view() };
            view.venue.zone = zone;
            let file = folder.path().join(format!("{}.ics", files.len()));
            fs::write(&file, calendar::publish(&view)).unwrap();
            files.push(file);
            let iso = |at: Instant| at.utc().format("%Y-%m-%dT%H:%M:%SZ").to_string();
            wanted.push((zone, iso(view.starts_at), iso(view.ends_at)));
        }
    }
    for (seen, (zone, start, end)) in parsed(&files).iter().zip(wanted) {
        assert_eq!(seen["method"], "PUBLISH");
        assert_eq!(seen["attendees"], json!([]));
        assert_eq!((&seen["dtstart_utc"], &seen["dtend_utc"]), (&json!(start), &json!(end)), "{zone}");
    }
}
