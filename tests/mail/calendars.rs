//! Two foreign parsers (tests/foreign/parse_calendars.py) agree with us on when everything is: single reservations and
//! series, changed and cancelled occurrences, over both changes of clocks.

use std::fs;

use chrono_tz::Tz;
use prostor::{
    domain::{ids::SeriesId, locale::Locale},
    mail::{
        notice::{CalendarStatus, Notice, ReservationView},
        series::{Date, Override, Recurrence, SeriesCalendar, SeriesEvent, SeriesNotice},
    },
};
use serde_json::{Value, json};

use crate::{
    foreign::parsed_by,
    letters,
    samples::{TITLE, at, mail, view},
};

/// From when to when, and which revision says so.
type When = (&'static str, &'static str, u32);

/// A mail, whose identifier its events have, their status, and when they are.
struct Case {
    notice: Notice,
    uid: &'static str,
    status: &'static str,
    when: Vec<When>,
}

const ONE: &str = "rsv_01h455vb4pex5vsknk084sn02q@prostor";
const SERIES: &str = "ser_01h455vb4pex5vsknk084sn02q@prostor";

fn series() -> SeriesId {
    "ser_01h455vb4pex5vsknk084sn02q".parse().unwrap()
}

fn lasting(starts_at: &str, ends_at: &str) -> ReservationView {
    ReservationView { starts_at: at(starts_at), ends_at: at(ends_at), ..view() }
}

fn confirmed(zone: Tz, starts_at: &'static str, ends_at: &'static str) -> Case {
    let mut reservation = lasting(starts_at, ends_at);
    reservation.venue.zone = zone;
    let notice = Notice::ReservationConfirmed { reservation };
    Case { notice, uid: ONE, status: "CONFIRMED", when: vec![(starts_at, ends_at, 0)] }
}

fn cancelled(view: ReservationView, uid: &'static str, when: When) -> Case {
    let reservation = ReservationView { status: CalendarStatus::Cancelled, sequence: when.2, ..view };
    let notice = Notice::ReservationCancelled { reservation, by_venue: false, invited: true, cause: None };
    Case { notice, uid, status: "CANCELLED", when: vec![when] }
}

/// Each week from the first to the last of `dates`, of which some may be left out or moved.
fn weekly(calendar: SeriesCalendar, when: Vec<When>) -> Case {
    let date = |(starts_at, ends_at, _): &When| Date { starts_at: at(starts_at), ends_at: at(ends_at) };
    let notice = SeriesNotice {
        what: SeriesEvent::Changed,
        id: series(),
        sequence: 4,
        reservation: lasting(when[0].0, when[0].1),
        dates: when.iter().map(date).collect(),
        left_out: Vec::new(),
        total: None,
        decide_by: None,
        waiting: 0,
        by_venue: false,
        invited: true,
        calendar: Some(calendar),
        standing: None,
    };
    Case { notice: Notice::Series(Box::new(notice)), uid: SERIES, status: "CONFIRMED", when }
}

fn calendar(rrule: &str, (starts_at, ends_at): (&str, &str), spans: (&str, &str)) -> SeriesCalendar {
    SeriesCalendar {
        rrule: rrule.to_owned(),
        starts_at: starts_at.to_owned(),
        ends_at: ends_at.to_owned(),
        excluded: Vec::new(),
        overrides: Vec::new(),
        spans: Date { starts_at: at(spans.0), ends_at: at(spans.1) },
    }
}

fn of_series() -> Vec<Case> {
    let spring = ("20260317T100000", "20260317T120000");
    let spring = calendar(
        "FREQ=WEEKLY;UNTIL=20260407T080000Z",
        spring,
        ("2026-03-17T09:00:00Z", "2026-04-07T10:00:00Z"),
    );
    let moved = Override {
        original: "20260331T100000".to_owned(),
        sequence: 6,
        title: TITLE.to_owned(),
        date: Date { starts_at: at("2026-04-01T13:00:00Z"), ends_at: at("2026-04-01T14:00:00Z") },
        space_name: None,
    };
    let autumn = calendar(
        "FREQ=DAILY;COUNT=3",
        ("20261024T013000", "20261024T040000"),
        ("2026-10-23T23:30:00Z", "2026-10-26T03:00:00Z"),
    );
    vec![
        weekly(
            spring.clone(),
            vec![
                ("2026-03-17T09:00:00Z", "2026-03-17T11:00:00Z", 4),
                ("2026-03-24T09:00:00Z", "2026-03-24T11:00:00Z", 4),
                ("2026-03-31T08:00:00Z", "2026-03-31T10:00:00Z", 4),
                ("2026-04-07T08:00:00Z", "2026-04-07T10:00:00Z", 4),
            ],
        ),
        weekly(
            SeriesCalendar { excluded: vec!["20260324T100000".to_owned()], overrides: vec![moved], ..spring },
            vec![
                ("2026-03-17T09:00:00Z", "2026-03-17T11:00:00Z", 4),
                ("2026-04-01T13:00:00Z", "2026-04-01T14:00:00Z", 6),
                ("2026-04-07T08:00:00Z", "2026-04-07T10:00:00Z", 4),
            ],
        ),
        // An hour longer in the night in which winter time begins.
        weekly(
            autumn,
            vec![
                ("2026-10-23T23:30:00Z", "2026-10-24T02:00:00Z", 4),
                ("2026-10-24T23:30:00Z", "2026-10-25T03:00:00Z", 4),
                ("2026-10-26T00:30:00Z", "2026-10-26T03:00:00Z", 4),
            ],
        ),
    ]
}

/// One occurrence by itself, over a change of clocks since the series began.
fn of_occurrences() -> Vec<Case> {
    let when = ("2026-04-01T13:00:00Z", "2026-04-01T14:00:00Z", 3);
    let recurrence = Some(Recurrence { series: series(), original: "20260331T100000".to_owned() });
    let occurrence = ReservationView { recurrence, sequence: 3, ..lasting(when.0, when.1) };
    let notice = Notice::ReservationChanged { reservation: occurrence.clone(), previous: None };
    vec![
        Case { notice, uid: SERIES, status: "CONFIRMED", when: vec![when] },
        cancelled(occurrence, SERIES, when),
    ]
}

fn cases() -> Vec<Case> {
    let ljubljana = Tz::Europe__Ljubljana;
    let night = ("2026-10-24T22:00:00Z", "2026-10-25T05:00:00Z", 2);
    let mut cases = vec![
        confirmed(ljubljana, "2026-11-03T09:00:00Z", "2026-11-03T11:00:00Z"),
        // Both readings of half past two, one after the other, and across them.
        confirmed(ljubljana, "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
        confirmed(ljubljana, "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"),
        confirmed(ljubljana, "2026-10-24T22:00:00Z", "2026-10-25T05:00:00Z"),
        // The night that lacks an hour.
        confirmed(ljubljana, "2026-03-28T22:00:00Z", "2026-03-29T04:00:00Z"),
        confirmed(ljubljana, "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z"),
        confirmed(Tz::America__New_York, "2026-11-01T04:30:00Z", "2026-11-01T08:00:00Z"),
        confirmed(Tz::Asia__Kathmandu, "2026-11-03T09:00:00Z", "2026-11-03T11:00:00Z"),
        confirmed(Tz::UTC, "2026-11-03T09:00:00Z", "2026-11-03T11:00:00Z"),
        cancelled(lasting(night.0, night.1), ONE, night),
    ];
    cases.extend(of_series());
    cases.extend(of_occurrences());
    cases
}

#[test]
fn two_foreign_parsers_see_what_is_meant() {
    let folder = tempfile::tempdir().unwrap();
    let cases = cases();
    let mut files = Vec::new();
    for (n, case) in cases.iter().enumerate() {
        files.push(folder.path().join(format!("{n}.eml")));
        fs::write(&files[n], mail(&case.notice, Locale::Sl, "joze@primer.example").bytes()).unwrap();
    }
    for (n, (seen, case)) in parsed_by("parse_calendars.py", &files).iter().zip(&cases).enumerate() {
        let event = |(start, end, sequence): &When| json!({"uid": case.uid, "start": start, "end": end, "sequence": sequence, "status": case.status, "summary": TITLE});
        let wanted: Value = case.when.iter().map(event).collect();
        let files = seen.as_object().unwrap();
        assert!(files.contains_key("invite.ics"), "{n}: {seen}");
        for (file, parser) in files.keys().flat_map(|file| ["icalendar", "ical"].map(|parser| (file, parser)))
        {
            assert_eq!(seen[file][parser], wanted, "{n}: {file} by {parser}");
        }
    }
}

/// What the golden files hold, as the mails that they are taken from.
#[test]
fn two_foreign_parsers_read_every_calendar_object_that_is_sent_alike() {
    let folder = tempfile::tempdir().unwrap();
    let letters: Vec<_> = letters::all().collect();
    let files: Vec<_> = letters.iter().map(|(name, _)| folder.path().join(format!("{name}.eml"))).collect();
    for (file, (_, mail)) in files.iter().zip(&letters) {
        fs::write(file, mail.bytes()).unwrap();
    }
    let mut read = 0;
    for (seen, (name, mail)) in parsed_by("parse_calendars.py", &files).iter().zip(&letters) {
        let objects = seen.as_object().unwrap();
        assert_eq!(
            mail.bytes().windows(13).any(|part| part == b"text/calendar"),
            !objects.is_empty(),
            "{name}"
        );
        for (file, parsers) in objects {
            assert_eq!(parsers["icalendar"], parsers["ical"], "{name}: {file}");
            assert!(!parsers["ical"].as_array().unwrap().is_empty(), "{name}: {file}");
            read += 1;
        }
    }
    assert!(read > 40, "only {read} were read");
}
