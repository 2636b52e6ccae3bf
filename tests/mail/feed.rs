//! The calendar of public events as a foreign parser reads it.

use std::fs;

use prostor::{
    domain::{event::Event, ids::ReservationId, instant::Interval, places::Address, zone::Zone},
    mail::feed::feed,
};
use serde_json::{Value, json};

use crate::{
    foreign::parsed,
    letters::{properties, wicked},
    samples::{TITLE, VENUE, at},
};

const FIRST: &str = "rsv_01h455vb4pex5vsknk084sn02q";

fn event(id: &str, zone: &str, starts_at: &str, ends_at: &str) -> Event {
    Event {
        id: id.parse::<ReservationId>().unwrap(),
        cancelled: false,
        title: TITLE.to_owned(),
        description: Some("Prva vrstica; druga,\n\\ tretja 🎷".to_owned()),
        link: Some("https://layer.example/program?a=1,2;b".to_owned()),
        space: "spc_01h455vb4pex5vsknk084sn02q".parse().unwrap(),
        space_name: "Dvorana, levo".to_owned(),
        venue: "ven_01h455vb4pex5vsknk084sn02q".parse().unwrap(),
        venue_name: VENUE.to_owned(),
        address: Address {
            street: "Tomšičeva ulica 32".to_owned(),
            postcode: "4000".to_owned(),
            city: "Kranj".to_owned(),
            municipality: "Kranj".to_owned(),
        },
        contact_email: "info@layer.example".to_owned(),
        zone: Zone::parse(zone).unwrap(),
        interval: Interval::new(at(starts_at), at(ends_at)).unwrap(),
        sequence: 3,
        demo: false,
        updated_at: at("2026-10-20T07:15:00Z"),
    }
}

/// What the parser saw in the calendar of these events.
fn seen(name: &str, events: &[Event]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("events.feed.ics");
    fs::write(&file, feed(name, events)).unwrap();
    parsed(&[file]).remove(0)
}

#[test]
fn a_foreign_parser_reads_every_event() {
    let ljubljana = "Europe/Ljubljana";
    let (winter, summer) = ("rsv_01h455vb4pex5vsknk084sn02r", "rsv_01h455vb4pex5vsknk084sn02s");
    let (fold, abroad) = ("rsv_01h455vb4pex5vsknk084sn02t", "rsv_01h455vb4pex5vsknk084sn02v");
    let events = [
        event(FIRST, ljubljana, "2026-10-21T16:30:00Z", "2026-10-21T19:00:00Z"),
        // The second reading of 02:30 can only be told in UTC.
        event(fold, ljubljana, "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"),
        Event { cancelled: true, ..event(winter, ljubljana, "2026-12-03T17:00:00Z", "2026-12-03T19:00:00Z") },
        event(abroad, "Europe/London", "2027-04-01T17:00:00Z", "2027-04-01T19:00:00Z"),
        event(summer, ljubljana, "2027-07-03T17:00:00Z", "2027-07-04T00:00:00Z"),
    ];
    let seen = seen("Gorenjska, \"mreža\"", &events);
    for (field, wanted) in [
        ("method", json!("PUBLISH")),
        ("name", json!("Gorenjska, \"mreža\"")),
        ("refresh_seconds", json!(3600.0)),
        ("zones", json!(["Europe/Ljubljana", "Europe/London"])),
        ("calendar_bare_line_ends", json!(0)),
    ] {
        assert_eq!(seen[field], wanted, "{field}");
    }
    assert!(seen["longest_octets"].as_u64().unwrap() <= 75);
    assert_eq!(
        seen["events"][0],
        json!({"uid": format!("event-{FIRST}@prostor"), "start": "2026-10-21T16:30:00Z",
            "end": "2026-10-21T19:00:00Z", "last_modified": "2026-10-20T07:15:00+00:00", "status": "CONFIRMED",
            "summary": TITLE, "description": "Prva vrstica; druga,\n\\ tretja 🎷",
            "location": format!("Dvorana, levo, {VENUE}, Tomšičeva ulica 32, 4000 Kranj"),
            "url": "https://layer.example/program?a=1,2;b",
            "organizer": {"email": "info@layer.example", "name": VENUE, "partstat": null}, "attendees": []})
    );
    let iso = |at: prostor::domain::instant::Instant| at.utc().format("%Y-%m-%dT%H:%M:%SZ").to_string();
    for (seen, event) in seen["events"].as_array().unwrap().iter().zip(&events) {
        let wanted = (json!(iso(event.interval.start())), json!(iso(event.interval.end())));
        assert_eq!((seen["start"].clone(), seen["end"].clone()), wanted, "{}", event.id);
        let status = if event.cancelled { "CANCELLED" } else { "CONFIRMED" };
        assert_eq!((&seen["status"], &seen["attendees"]), (&json!(status), &json!([])));
    }
    assert_eq!(seen["events"][2]["description"], "");
}

#[test]
fn nothing_on_is_a_calendar_too() {
    let seen = seen("Layerjeva hiša", &[]);
    assert_eq!(
        (&seen["name"], &seen["events"], &seen["zones"]),
        (&json!("Layerjeva hiša"), &json!([]), &json!([]))
    );
}

#[test]
fn nothing_that_anybody_writes_makes_another_event() {
    let on = || event(FIRST, "Europe/Ljubljana", "2026-10-21T16:30:00Z", "2026-10-21T19:00:00Z");
    let sound = properties(&feed("Gorenjska", &[on()]));
    for wicked in wicked() {
        let text = || wicked.to_owned();
        let address = Address { street: text(), postcode: text(), city: text(), municipality: text() };
        let (title, space_name, venue_name, contact_email) = (text(), text(), text(), text());
        let (description, link) = (Some(text()), Some(text()));
        let spoilt =
            Event { title, space_name, venue_name, contact_email, address, description, link, ..on() };
        assert_eq!(properties(&feed(wicked, &[spoilt])), sound, "{wicked:?}");
    }
}
