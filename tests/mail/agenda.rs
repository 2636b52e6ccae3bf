//! Calendars to subscribe to, and free and busy times, as a foreign parser reads them.

use std::fs;

use prostor::{
    domain::{
        agenda::{Entry, EntryId, Organiser},
        busy::Busy,
        ids::Id,
        instant::Interval,
        interval_set::IntervalSet,
        locale::Locale,
        places::Address,
        zone::Zone,
    },
    mail::{
        agenda::agenda,
        freebusy::{FreeBusy, freebusy},
    },
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    foreign::parsed,
    letters::{properties, wicked},
    samples::{ORGANISER, TITLE, VENUE, at},
};

const RESERVATION: &str = "rsv_01h455vb4pex5vsknk084sn02q";
const BLOCK: &str = "blk_01h455vb4pex5vsknk084sn02r";

fn span(from: &str, to: &str) -> Interval {
    Interval::new(at(from), at(to)).unwrap()
}

fn entry(id: EntryId, interval: Interval) -> Entry {
    Entry {
        id,
        tentative: false,
        title: TITLE.to_owned(),
        space_name: "Dvorana, levo".to_owned(),
        organiser: Some(Organiser { id: Id::from_uuid(Uuid::nil()), name: ORGANISER.to_owned() }),
        interval,
        sequence: 3,
        updated_at: at("2026-10-20T07:15:00Z"),
        venue_name: VENUE.to_owned(),
        address: Address {
            street: "Tomšičeva ulica 32".to_owned(),
            postcode: "4000".to_owned(),
            city: "Kranj".to_owned(),
            municipality: "Kranj".to_owned(),
        },
        contact_email: "info@layer.example".to_owned(),
        zone: Zone::parse("Europe/Ljubljana").unwrap(),
    }
}

fn seen(text: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("calendar.feed.ics");
    fs::write(&file, text).unwrap();
    let seen = parsed(&[file]).remove(0);
    assert_eq!((&seen["method"], &seen["refresh_seconds"]), (&json!("PUBLISH"), &json!(3600.0)));
    assert!(seen["longest_octets"].as_u64().unwrap() <= 75 && seen["calendar_bare_line_ends"] == json!(0));
    seen
}

#[test]
fn a_foreign_parser_reads_every_entry() {
    let reservation = EntryId::Reservation(RESERVATION.parse().unwrap());
    let block = EntryId::Block(BLOCK.parse().unwrap());
    let entries = [
        entry(reservation, span("2026-10-21T16:30:00Z", "2026-10-21T19:00:00Z")),
        Entry {
            title: "Barvanje\r\nBEGIN:VEVENT".to_owned(),
            organiser: None,
            // The second reading of 02:30 can only be told in UTC.
            ..entry(block, span("2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"))
        },
        Entry {
            title: String::new(),
            tentative: true,
            ..entry(reservation, span("2027-07-03T17:00:00Z", "2027-07-04T00:00:00Z"))
        },
    ];
    let text = agenda("Dvorana; \"levo\"", &entries, "https://prostor.example", Locale::Sl);
    assert_eq!(text.matches("CLASS:PRIVATE\r\n").count(), 3);
    let seen = seen(&text);
    assert_eq!((&seen["name"], &seen["zones"]), (&json!("Dvorana; \"levo\""), &json!(["Europe/Ljubljana"])));
    assert_eq!(seen["events"].as_array().unwrap().len(), 3, "{text}");
    assert_eq!(
        seen["events"][0],
        json!({"uid": format!("calendar-{RESERVATION}@prostor"), "start": "2026-10-21T16:30:00Z",
            "end": "2026-10-21T19:00:00Z", "last_modified": "2026-10-20T07:15:00+00:00", "status": "CONFIRMED",
            "summary": TITLE, "description": format!("Naročnik: {ORGANISER}"),
            "location": format!("Dvorana, levo, {VENUE}, Tomšičeva ulica 32, 4000 Kranj"),
            "url": format!("https://prostor.example/reservations/{RESERVATION}"),
            "organizer": {"email": "info@layer.example", "name": VENUE, "partstat": null}, "attendees": []})
    );
    for (entry, field, wanted) in [
        (1, "summary", "Barvanje BEGIN:VEVENT"),
        (1, "description", ""),
        (1, "url", ""),
        (1, "start", "2026-10-25T01:30:00Z"),
        (2, "summary", "Dvorana, levo"),
        (2, "status", "TENTATIVE"),
        (2, "end", "2027-07-04T00:00:00Z"),
    ] {
        assert_eq!(seen["events"][entry][field], wanted, "{entry} {field}");
    }
}

#[test]
fn a_foreign_parser_reads_free_and_busy_times() {
    let set = |spans: &[(&str, &str)]| spans.iter().map(|(from, to)| span(from, to)).collect::<IntervalSet>();
    let about = FreeBusy {
        space: "spc_01h455vb4pex5vsknk084sn02q".parse().unwrap(),
        space_name: "Dvorana, levo".to_owned(),
        venue_name: VENUE.to_owned(),
        contact_email: "info@layer.example".to_owned(),
        window: span("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
        busy: Busy {
            taken: set(&[("2026-10-25T08:45:00Z", "2026-10-25T11:15:00Z")]),
            closed: set(&[
                ("2026-10-24T22:00:00Z", "2026-10-25T07:00:00Z"),
                ("2026-10-25T19:00:00Z", "2026-10-25T23:00:00Z"),
            ]),
        },
    };
    let seen = seen(&freebusy(&about, at("2026-10-20T07:15:00Z")));
    assert_eq!((&seen["events"], &seen["zones"]), (&json!([]), &json!([])));
    assert_eq!(
        seen["free_busy"],
        json!([{"uid": "freebusy-spc_01h455vb4pex5vsknk084sn02q@prostor",
        "start": "2026-10-24T22:00:00Z", "end": "2026-10-25T23:00:00Z",
        "organizer": {"email": "info@layer.example", "name": VENUE, "partstat": null},
        "periods": [
            ["BUSY-UNAVAILABLE", "2026-10-24T22:00:00Z", "2026-10-25T07:00:00Z"],
            ["BUSY", "2026-10-25T08:45:00Z", "2026-10-25T11:15:00Z"],
            ["BUSY-UNAVAILABLE", "2026-10-25T19:00:00Z", "2026-10-25T23:00:00Z"],
        ]}])
    );
    let nothing = Busy { taken: set(&[]), closed: set(&[]) };
    let seen = self::seen(&freebusy(&FreeBusy { busy: nothing, ..about }, at("2026-10-20T07:15:00Z")));
    assert_eq!(seen["free_busy"][0]["periods"], json!([]));
}

#[test]
fn nothing_that_anybody_writes_makes_another_entry() {
    let booked = || {
        entry(
            EntryId::Reservation(RESERVATION.parse().unwrap()),
            span("2026-11-03T09:00:00Z", "2026-11-03T11:00:00Z"),
        )
    };
    let write =
        |name: &str, entry: Entry| properties(&agenda(name, &[entry], "https://prostor.example", Locale::Sl));
    let sound = write("Layer", booked());
    for wicked in wicked() {
        let text = || wicked.to_owned();
        let address = Address { street: text(), postcode: text(), city: text(), municipality: text() };
        let organiser = Some(Organiser { id: Id::from_uuid(Uuid::nil()), name: text() });
        let (title, space_name, venue_name, contact_email) = (text(), text(), text(), text());
        let spoilt = Entry { title, space_name, venue_name, contact_email, address, organiser, ..booked() };
        assert_eq!(write(wicked, spoilt), sound, "{wicked:?}");
    }
}
