//! Which rows there are and what stands in them, computed by hand.

use super::{fixture::*, *};
use crate::domain::{
    ids::Id,
    space::SpaceKind,
    statistics::fixture::{schedule, source, space, venue},
};

const DAY: &[(&str, &str)] = &[("08:00", "18:00")];

fn of(from: &str, to: &str) -> Facts {
    Facts::of(source(from, to, schedule(DAY)).with_room())
}

fn reservations(tally: &Tally) -> i64 {
    tally.amounts.reservations
}

#[test]
fn each_dimension_says_what_it_is() {
    let layout = Id::from_uuid(uuid::Uuid::from_u128(9));
    let mut facts = of("2026-01-01", "2026-01-02")
        .taken("2026-01-01T09:00", "2026-01-01T10:00")
        .by(1, Some(1))
        .organisation(1, |it| {
            it.municipality = Some("Bled".into());
            it.sector = Some("nace 2.1 90.39".into());
            it.size = Some(Size::Micro);
        })
        .booked(|it| it.layout = Some(layout));
    facts.layouts.insert(layout, "Theatre".into());
    let alone = of("2026-01-01", "2026-01-02")
        .taken("2026-01-01T09:00", "2026-01-01T10:00")
        .booked(|it| it.audience = None);
    let bare = of("2026-01-01", "2026-01-02").taken("2026-01-01T09:00", "2026-01-01T10:00").by(1, Some(1));
    for (dimension, full, nobody, unknown) in [
        ("venue", "Layer", "Layer", "Layer"),
        ("space", "Space 1", "Space 1", "Space 1"),
        ("kind", "meeting_room", "meeting_room", "meeting_room"),
        ("venue_municipality", "Kranj", "Kranj", "Kranj"),
        ("year", "2026", "2026", "2026"),
        ("quarter", "2026-Q1", "2026-Q1", "2026-Q1"),
        ("month", "2026-01", "2026-01", "2026-01"),
        ("week", "2026-W01", "2026-W01", "2026-W01"),
        ("day", "2026-01-01", "2026-01-01", "2026-01-01"),
        ("weekday", "thu", "thu", "thu"),
        ("organisation_municipality", "Bled", "none", "unknown"),
        ("sector", "nace 2.1 90.39", "none", "unknown"),
        ("organisation_kind", "company", "none", "company"),
        ("size", "micro", "none", "unknown"),
        ("audience", "public", "unknown", "public"),
        ("purpose", "meeting", "meeting", "meeting"),
        ("layout", "Theatre", "none", "none"),
    ] {
        for (facts, wanted) in [(&facts, full), (&alone, nobody), (&bare, unknown)] {
            assert_eq!(shown(&facts.table(dimension), reservations), all(&[(wanted, 1)]), "{dimension}");
        }
    }
    assert_eq!(Dimension::ALL.len(), 17);
}

/// Municipalities and layouts are what people write. Three organisations that are from nowhere, as they say, and somebody
/// who reserves for none.
#[test]
fn what_people_write_is_not_taken_for_the_words_of_nothing() {
    let mut facts = of("2026-01-01", "2026-01-02");
    for (n, written) in [(1, "none"), (2, "Unknown"), (3, " NONE "), (4, "Nonesuch")] {
        facts = facts
            .taken("2026-01-01T09:00", "2026-01-01T10:00")
            .by(n, Some(n))
            .organisation(n, |it| it.municipality = Some(written.into()))
            .booked(|it| it.layout = Some(Id::from_uuid(uuid::Uuid::from_u128(n.into()))));
        facts.layouts.insert(Id::from_uuid(uuid::Uuid::from_u128(n.into())), written.into());
    }
    let facts = facts.taken("2026-01-01T09:00", "2026-01-01T10:00").by(5, None);
    for dimension in ["organisation_municipality", "layout"] {
        let table = facts.table(dimension);
        assert_eq!(
            shown(&table, reservations),
            all(&[("Nonesuch", 1), ("unknown", 3), ("none", 1)]),
            "{dimension}"
        );
    }
}

#[test]
fn what_can_be_listed_is_listed_without_use_too() {
    let mut idle = of("2026-01-01", "2026-03-01");
    idle.source.venues.push(crate::domain::statistics::VenueFacts {
        id: venue(2),
        name: "Nursery".to_owned(),
        ..idle.source.venues[0].clone()
    });
    for (group_by, rows) in [
        ("", 1),
        ("venue", 2),
        // A venue without spaces has no row by space.
        ("venue,space", 1),
        ("month", 2),
        ("weekday", 7),
        ("month,venue", 4),
        ("purpose", 9),
        ("audience", 4),
        ("organisation_kind", 6),
        ("size", 4),
        ("venue,month,purpose", 36),
        ("sector", 0),
        ("organisation_municipality,month", 0),
    ] {
        assert_eq!(idle.table(group_by).rows.len(), rows, "{group_by}");
    }
    // What only reservations tell is listed for every place and time once it is there.
    let used = idle.taken("2026-01-02T09:00", "2026-01-02T10:00");
    for (group_by, rows) in
        [("sector", 1), ("sector,month", 2), ("sector,venue,month", 4), ("layout,sector", 1)]
    {
        assert_eq!(used.table(group_by).rows.len(), rows, "{group_by}");
    }
    let found = count(&used, &"day,purpose".parse().unwrap(), Instant::LATEST, 530);
    assert_eq!(found, Err(TooManyRows { rows: 59 * 9 }));
}

#[test]
fn rows_follow_the_grouping() {
    let facts = of("2026-01-01", "2026-03-01").taken("2026-01-02T09:00", "2026-01-02T10:00");
    let groups = |group_by| facts.table(group_by).rows.iter().map(group).collect::<Vec<_>>();
    assert_eq!(groups("month,venue"), ["2026-01 Layer", "2026-02 Layer"]);
    assert_eq!(groups("venue,month"), ["Layer 2026-01", "Layer 2026-02"]);
    assert_eq!(groups("audience")[..4], ["staff", "cci", "member", "public"]);
}

#[test]
fn it_counts_where_it_begins_and_its_hours_lie_where_they_lie() {
    let all_day = Facts::of(source("2026-03-28", "2026-03-31", schedule(&[("00:00", "24:00")])).with_room())
        // Clocks go forward within it: 5 hours on the 29th.
        .taken("2026-03-28T22:00", "2026-03-29T06:00")
        // Begins before the range.
        .taken("2026-03-27T20:00", "2026-03-28T01:00");
    let table = all_day.table("day");
    let figures = |tally: &Tally| (tally.amounts.reservations, tally.amounts.booked / 3600);
    assert_eq!(shown(&table, figures), all(&[("2026-03-28", (1, 3)), ("2026-03-29", (0, 5))]));
    assert_eq!(figures(&table.totals), (1, 8));
    assert_eq!(table.totals.people.all(), 1);
}

#[test]
fn visitors_without_a_reservation_have_no_organisation_and_no_purpose() {
    let facts = of("2026-03-01", "2026-04-01")
        .taken("2026-03-02T09:00", "2026-03-02T10:00")
        .claimed(|claim| claim.headcount = Some(5))
        .attended("2026-03-07", 30)
        .attended("2026-03-08", 0);
    for (group_by, wanted) in [
        ("purpose", all(&[("meeting", 5), ("none", 30)])),
        ("sector", all(&[("none", 35)])),
        ("day", all(&[("2026-03-02", 5), ("2026-03-07", 30)])),
        ("space,weekday", all(&[("Space 1 mon", 5), ("Space 1 sat", 30)])),
    ] {
        assert_eq!(shown(&facts.table(group_by), Tally::visitors), wanted, "{group_by}");
    }
}

#[test]
fn a_hall_stands_where_it_was_booked_and_equipment_aside() {
    let house = Facts::of(
        source("2026-03-02", "2026-03-03", schedule(DAY))
            .with_space(1, SpaceKind::Multifunctional, &[(1, 20), (2, 20)])
            .with_space(2, SpaceKind::MeetingRoom, &[(1, 20)])
            .with_space(3, SpaceKind::Equipment, &[(3, 1)])
            // The hall with the projector, the half, and the projector by itself.
            .with_claim(1, &[1, 2, 3], "2026-03-02T09:00", "2026-03-02T11:00", None)
            .with_claim(2, &[1], "2026-03-02T12:00", "2026-03-02T13:00", None)
            .with_claim(3, &[3], "2026-03-02T14:00", "2026-03-02T17:00", None),
    );
    let figures = |tally: &Tally| (tally.amounts.reservations, tally.amounts.booked / 3600);
    for (group_by, wanted) in [
        ("space", all(&[("Space 1", (1, 4)), ("Space 2", (1, 1)), ("Space 3", (1, 3))])),
        ("kind", all(&[("meeting_room", (1, 1)), ("multifunctional", (1, 4)), ("equipment", (1, 3))])),
        ("venue", all(&[("Layer", (2, 5))])),
    ] {
        let table = house.table(group_by);
        assert_eq!(shown(&table, figures), wanted, "{group_by}");
        assert_eq!(figures(&table.totals), (2, 5));
    }
    let mut half = house;
    half.source.spaces.iter_mut().for_each(|it| it.counted = it.id == space(2));
    assert_eq!(figures(&half.table("").totals), (1, 1));
}
