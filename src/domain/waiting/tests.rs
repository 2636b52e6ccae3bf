//! Entries and their offers as tables of cases, in Ljubljana.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::{
    ids::{Id, Kind},
    space::Buffers,
    zone::TimeInput,
};

fn id<K: Kind>(number: u128) -> Id<K> {
    Id::from_uuid(Uuid::from_u128(number))
}

/// A local time; a time of day alone is of 2026-11-03.
fn at(text: &str) -> Instant {
    let text = if text.len() == 5 { format!("2026-11-03T{text}") } else { text.to_owned() };
    Zone::default().resolve(text.parse::<TimeInput>().unwrap()).unwrap()
}

fn span(start: &str, end: &str) -> Interval {
    Interval::new(at(start), at(end)).unwrap()
}

/// An hour between eight and noon.
fn entry() -> WaitingEntry {
    WaitingEntry {
        id: id(1),
        place: Place { network: id(1), venue: id(1) },
        space: id(1),
        person: id(1),
        organisation: None,
        range: span("08:00", "12:00"),
        duration_minutes: 60,
        quantity: 1,
        attendees: None,
        title: "Vaja".to_owned(),
        purpose: Purpose::Rehearsal,
        ended: None,
        version: 1,
        created_at: at("2026-11-01T08:00"),
    }
}

/// An offer of the slot that runs out at seven.
fn offer(slot: Interval, status: Status, on_confirm: Option<Status>) -> Reservation {
    Reservation {
        id: id(1),
        place: Place { network: id(1), venue: id(1) },
        space: id(1),
        status,
        interval: slot,
        buffers: Buffers::default(),
        quantity: 1,
        title: String::new(),
        purpose: Purpose::Rehearsal,
        attendees: None,
        headcount: None,
        layout: None,
        organiser: id(1),
        organisation: None,
        made_by: id(1),
        notes: None,
        internal_notes: None,
        is_public: false,
        audience: None,
        event_description: None,
        event_link: None,
        waived: false,
        cancellation_notice_minutes: 0,
        cancelled_late: None,
        expires_at: (status == Status::Held).then(|| at("07:00")),
        released_at: None,
        change: None,
        quote: None,
        sequence: 0,
        version: 1,
        created_at: at("05:00"),
        updated_at: at("05:00"),
        on_confirm,
        presence: crate::domain::check_in::Presence::default(),
        belongs: None,
        kept_fee: None,
        equipment: Vec::new(),
        reminder: crate::domain::reminder::Reminder::default(),
        settled: None,
        cancelled_by: None,
    }
}

#[test]
fn an_entry_waits_until_its_slot_is_taken_or_can_begin_no_more() {
    use Status::*;
    let (nine, hold) = (span("09:00", "10:00"), Some(Confirmed));
    let made = |status, on_confirm| vec![offer(nine, status, on_confirm)];
    for (offers, now, wanted) in [
        (vec![], "06:00", WaitingState::Waiting),
        (vec![], "11:00", WaitingState::Waiting),
        (vec![], "11:01", WaitingState::Over),
        (made(Held, hold), "06:59", WaitingState::Offered),
        // It ran out, and no job has noticed.
        (made(Held, hold), "07:00", WaitingState::Waiting),
        (made(Expired, hold), "06:00", WaitingState::Waiting),
        (made(Cancelled, hold), "06:00", WaitingState::Waiting),
        (made(Confirmed, None), "06:00", WaitingState::Taken),
        (made(Pending, None), "13:00", WaitingState::Taken),
        (made(Cancelled, None), "06:00", WaitingState::Taken),
        ([made(Expired, hold), made(Held, hold)].concat(), "06:00", WaitingState::Offered),
    ] {
        assert_eq!(entry().state(&offers, at(now)), wanted, "{offers:?} {now}");
    }
    let ended = WaitingEntry { ended: Some((WaitingState::Over, at("06:00"))), ..entry() };
    assert_eq!(ended.state(&[], at("06:00")), WaitingState::Over);
}

#[test]
fn the_next_slot_lies_within_the_range_and_was_not_offered_before() {
    let bookable = [
        span("07:30", "08:30"),
        span("08:00", "09:00"),
        span("08:30", "09:30"),
        span("09:00", "10:00"),
        span("11:30", "12:30"),
    ];
    let missed = |slot| offer(slot, Status::Expired, Some(Status::Confirmed));
    for (offers, wanted) in [
        (vec![], Some(span("08:00", "09:00"))),
        (vec![missed(span("08:00", "09:00"))], Some(span("09:00", "10:00"))),
        (vec![missed(span("08:00", "09:00")), missed(span("09:30", "10:30"))], None),
    ] {
        assert_eq!(entry().next(&bookable, &offers), wanted, "{offers:?}");
    }
}

#[test]
fn nobody_is_woken() {
    for (now, wanted) in [
        ("07:59", false),
        ("08:00", true),
        ("20:59", true),
        ("21:00", false),
        ("2026-11-04T00:00", false),
        // The morning on which the clocks went forward.
        ("2026-03-29T07:59", false),
        ("2026-03-29T08:00", true),
    ] {
        assert_eq!(awake(Zone::default(), at(now)), wanted, "{now}");
    }
}

#[test]
fn an_offer_is_held_its_minutes_but_not_past_the_start() {
    for (now, wanted) in [("06:00", "08:00"), ("08:30", "09:00")] {
        assert_eq!(offer_expires(at(now), span("09:00", "10:00"), 120), at(wanted), "{now}");
    }
}

proptest! {
    /// Offered again and again, an entry gets slots that share no time, all within its range, and comes to an end.
    #[test]
    fn missed_offers_never_come_back(step in 1..8_i64, duration in 1..12_u32, hours in 1..10_i64) {
        let start = at("08:00");
        let range = Interval::new(start, start.plus(hours * 3600)).unwrap();
        let it = WaitingEntry { range, duration_minutes: duration * 15, ..entry() };
        let length = i64::from(duration) * 900;
        let bookable: Vec<Interval> = (0..60)
            .map(|n| start.plus(n * step * 900))
            .map(|from| Interval::new(from, from.plus(length)).unwrap())
            .collect();
        let mut offers: Vec<Reservation> = Vec::new();
        while let Some(slot) = it.next(&bookable, &offers) {
            prop_assert!(range.covers(slot));
            prop_assert!(it.starts(start).unwrap().contains(slot.start()));
            prop_assert!(offers.iter().all(|offer| !offer.interval.overlaps(slot)));
            offers.push(offer(slot, Status::Expired, Some(Status::Confirmed)));
            prop_assert!(offers.len() <= 60);
        }
        prop_assert!((offers.len() as i64) * length <= range.seconds());
    }
}
