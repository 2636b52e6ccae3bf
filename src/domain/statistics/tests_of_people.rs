//! People, seats and rates computed by hand, as tables of cases.

use super::{fixture::*, *};

const DAY: &[(&str, &str)] = &[("08:00", "18:00")];

#[test]
fn desks_count_each() {
    let desks = source("2026-03-10", "2026-03-11", schedule(DAY))
        .with_space(1, SpaceKind::DeskArea, &[(1, 1), (2, 1), (3, 1), (4, 1)])
        .with_claim(1, &[1, 3], "2026-03-10T09:00", "2026-03-10T12:00", Some(2))
        .with_claim(1, &[2], "2026-03-10T09:00", "2026-03-10T10:00", Some(1));
    let totals = desks.table("").totals;
    assert_eq!(hours(&totals), [40.0, 7.0, 7.0, 0.0]);
    assert_eq!((totals.spaces, totals.units, totals.seats), (1, 4, 4));
    assert_eq!(totals.sums.occupancy().rate, Some(1.0));
    assert_eq!(totals.sums.utilisation().rate, Some(7.0 / 40.0));
}

#[test]
fn a_hall_and_its_halves_share_their_hours_and_people_count_once() {
    let hall = source("2026-03-10", "2026-03-11", schedule(DAY))
        .with_space(1, SpaceKind::Multifunctional, &[(1, 20), (2, 20)])
        .with_space(2, SpaceKind::MeetingRoom, &[(1, 20)])
        .with_space(3, SpaceKind::MeetingRoom, &[(2, 20)])
        .with_claim(1, &[1, 2], "2026-03-10T10:00", "2026-03-10T12:00", Some(30))
        .with_claim(2, &[1], "2026-03-10T14:00", "2026-03-10T15:00", Some(8));
    let table = hall.table("space");
    let wanted = [
        ("Space 1", [20.0, 5.0, 5.0, 0.0]),
        ("Space 2", [10.0, 3.0, 3.0, 0.0]),
        // Not idle: the hall was booked.
        ("Space 3", [10.0, 2.0, 2.0, 0.0]),
    ];
    assert_eq!(rows(&hall, "space"), all(&wanted));
    let people: Vec<_> = table.rows.iter().map(|row| row.tally.sums.occupancy().numerator).collect();
    assert_eq!(people, [Some(68.0), Some(38.0), Some(30.0)]);
    assert!(table.rows.iter().all(|row| row.tally.overlapping));
    assert_eq!(hours(&table.totals), [20.0, 5.0, 5.0, 0.0]);
    assert_eq!((table.totals.spaces, table.totals.units, table.totals.seats), (3, 2, 40));
    assert_eq!(table.totals.sums.occupancy().numerator, Some(68.0));
    let by_venue = hall.table("venue");
    assert!(!by_venue.rows[0].tally.overlapping);
    assert_eq!(by_venue.rows[0].tally.sums, table.totals.sums);
}

#[test]
fn people_are_those_counted_else_declared_cut_at_the_seats() {
    // Attendees and headcount of a room of 10 for 2 h: person-hours, seat-hours known, seat-hours declared.
    for (attendees, headcount, people, known, declared) in [
        (None, None, 0.0, 0.0, 0.0),
        (Some(5), None, 10.0, 20.0, 20.0),
        (Some(5), Some(7), 14.0, 20.0, 0.0),
        (None, Some(0), 0.0, 20.0, 0.0),
        (Some(40), None, 20.0, 20.0, 20.0),
        (Some(5), Some(11), 20.0, 20.0, 0.0),
    ] {
        let room = source("2026-03-10", "2026-03-11", schedule(DAY))
            .with_room()
            .with_claim(1, &[1], "2026-03-10T09:00", "2026-03-10T11:00", attendees)
            .where_it(|claim| claim.headcount = headcount);
        let sums = room.table("").totals.sums;
        let found = (sums.occupancy().numerator, sums.occupancy().denominator, sums.declared().numerator);
        assert_eq!(found, (Some(people), known, Some(declared)), "{attendees:?} {headcount:?}");
    }
}

#[test]
fn shares_follow_the_seats_and_add_up() {
    let cases: [(u32, &[u32], &[i64]); 6] = [
        (3, &[20, 10], &[2 * PERSON, PERSON]),
        (21, &[20, 20], &[21 * PERSON / 2, 21 * PERSON / 2]),
        (1, &[1, 1, 1], &[PERSON / 3; 3]),
        (50, &[20, 10], &[20 * PERSON, 10 * PERSON]),
        (4, &[0, 10], &[0, 4 * PERSON]),
        (4, &[0, 0], &[0, 0]),
    ];
    for (people, seats, wanted) in cases {
        assert_eq!(sums::shares(people, seats), wanted, "{people} {seats:?}");
    }
}

#[test]
fn rates_divide_last_and_tell_the_unknown_from_nothing() {
    let room = || source("2026-03-10", "2026-03-11", schedule(DAY)).with_room();
    let known = |source: Source| source.with_claim(1, &[1], "2026-03-10T08:00", "2026-03-10T10:00", Some(5));
    let unknown = |source: Source| source.with_claim(1, &[1], "2026-03-10T12:00", "2026-03-10T14:00", None);
    let closed = || source("2026-03-10", "2026-03-11", schedule(&[])).with_room();
    // Actual frequency, occupancy, coverage, utilisation.
    for (case, source, wanted) in [
        ("idle", room(), [Some(0.0), None, None, Some(0.0)]),
        ("known", known(room()), [Some(0.2), Some(0.5), Some(1.0), Some(0.1)]),
        ("half known", unknown(known(room())), [Some(0.4), Some(0.5), Some(0.5), Some(0.2)]),
        ("unknown", unknown(room()), [Some(0.2), None, Some(0.0), None]),
        ("closed", closed(), [None, None, None, None]),
    ] {
        let sums = source.table("").totals.sums;
        let found = [sums.actual_frequency(), sums.occupancy(), sums.coverage(), sums.utilisation()];
        assert_eq!(found.map(|ratio| ratio.rate), wanted, "{case}");
    }
    assert_eq!(unknown(room()).table("").totals.sums.utilisation().numerator, None);
}

#[test]
fn seats_are_those_of_the_day() {
    // A room of 10 that seated 20 until Tuesday: both days booked for 10 hours, by 15 and by 8.
    let room = source("2026-03-09", "2026-03-11", schedule(DAY))
        .with_room()
        .seating(1, "2026-03-10", 20)
        .with_claim(1, &[1], "2026-03-09T08:00", "2026-03-09T18:00", Some(15))
        .with_claim(1, &[1], "2026-03-10T08:00", "2026-03-10T18:00", Some(8));
    let table = room.table("day");
    let found = table.rows.iter().map(|row| {
        let occupancy = row.tally.sums.occupancy();
        (row.tally.seats, occupancy.numerator, occupancy.denominator)
    });
    assert_eq!(found.collect::<Vec<_>>(), [(20, Some(150.0), 200.0), (10, Some(80.0), 100.0)]);
    let totals = table.totals;
    assert_eq!((totals.units, totals.seats), (1, 10));
    assert_eq!(totals.sums.occupancy().rate, Some(230.0 / 300.0));
    // Who stays over the change has a seat through all of it.
    let over = source("2026-03-09", "2026-03-11", schedule(&[("00:00", "24:00")]))
        .with_room()
        .seating(1, "2026-03-10", 20)
        .with_claim(1, &[1], "2026-03-09T12:00", "2026-03-10T12:00", Some(15));
    let occupancy = over.table("").totals.sums.occupancy();
    assert_eq!((occupancy.numerator, occupancy.denominator), (Some(240.0), 360.0));
}

#[test]
fn large_rooms_weigh_more_in_utilisation_and_not_in_frequency() {
    let two = source("2026-03-10", "2026-03-11", schedule(DAY))
        .with_room()
        .with_space(2, SpaceKind::Studio, &[(2, 90)])
        .with_claim(2, &[2], "2026-03-10T08:00", "2026-03-10T18:00", Some(45));
    let sums = two.table("").totals.sums;
    assert_eq!(sums.planned_frequency().rate, Some(0.5));
    assert_eq!(sums.utilisation().rate, Some(0.9 * 0.5));
    assert_eq!((sums.utilisation().numerator, sums.utilisation().denominator), (Some(450.0), 1000.0));
}
