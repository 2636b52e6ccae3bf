//! Years, quarters, weekdays and hours, computed by hand.

use super::{fixture::*, *};

type Hours = &'static [(&'static str, &'static str)];
const DAY: Hours = &[("08:00", "18:00")];
const ALWAYS: Hours = &[("00:00", "24:00")];

#[test]
fn quarters_and_years_are_those_of_the_calendar() {
    let room = source("2025-12-30", "2026-07-02", schedule(DAY)).with_room();
    let quarters = [("2025-Q4", 20.0), ("2026-Q1", 900.0), ("2026-Q2", 910.0), ("2026-Q3", 10.0)];
    let wanted = quarters.map(|(quarter, hours)| (quarter, [hours, 0.0, 0.0, 0.0]));
    assert_eq!(rows(&room, "quarter"), all(&wanted));
    let wanted = [("2025", [20.0, 0.0, 0.0, 0.0]), ("2026", [1820.0, 0.0, 0.0, 0.0])];
    assert_eq!(rows(&room, "year"), all(&wanted));
    let whole: Vec<_> = room.table("quarter").rows.iter().map(|row| row.tally.whole_months).collect();
    assert_eq!(whole, [false, true, true, false]);
}

/// 2026-03-02 is a Monday; the room is booked on two Mondays and a Sunday, and a hall twice as large is idle.
#[test]
fn weekdays_gather_all_weeks_and_count_spaces_and_units_once() {
    let rooms = source("2026-03-02", "2026-03-16", schedule(DAY))
        .with_room()
        .with_space(2, SpaceKind::Multifunctional, &[(2, 10), (3, 10)])
        .with_claim(1, &[1], "2026-03-02T09:00", "2026-03-02T10:00", None)
        .with_claim(1, &[1], "2026-03-09T09:00", "2026-03-09T11:00", None)
        .with_claim(1, &[1], "2026-03-15T17:00", "2026-03-16T09:00", None);
    let table = rooms.table("weekday");
    let found: Vec<_> = table.rows.iter().map(shown).collect();
    let idle = [60.0, 0.0, 0.0, 0.0];
    let mut wanted = ["1", "2", "3", "4", "5", "6", "7"].map(|day| (day, idle));
    wanted[0].1 = [60.0, 3.0, 3.0, 0.0];
    wanted[6].1 = [60.0, 1.0, 1.0, 6.0];
    assert_eq!(found, all(&wanted));
    for row in &table.rows {
        assert_eq!((row.tally.spaces, row.tally.units, row.tally.seats), (2, 3, 30));
        assert!(!row.tally.whole_months, "Mondays of a month are no months");
    }
}

/// What is open and booked of hours 1 to 4 when clocks change, from 01:00 to 04:30.
#[test]
fn hours_are_those_of_clocks_on_the_wall() {
    for (day, wanted) in [
        ("2026-03-28", vec![("01h", 1.0), ("02h", 1.0), ("03h", 1.0), ("04h", 0.5)]),
        ("2026-03-29", vec![("01h", 1.0), ("03h", 1.0), ("04h", 0.5)]),
        ("2026-10-25", vec![("01h", 1.0), ("02h", 2.0), ("03h", 1.0), ("04h", 0.5)]),
    ] {
        let tomorrow = date(day).succ_opt().unwrap().to_string();
        let (from, to) = (format!("{day}T01:00"), format!("{day}T04:30"));
        let room = source(day, &tomorrow, schedule(ALWAYS)).with_room().with_claim(1, &[1], &from, &to, None);
        let found: Vec<_> = room.table("hour").rows.iter().map(shown).collect();
        let booked: Vec<_> = found.iter().filter(|(_, hours)| hours[1] > 0.0).collect();
        let booked: Vec<_> = booked.iter().map(|(hour, hours)| (hour.as_str(), hours[1])).collect();
        assert_eq!(booked, wanted, "{day}");
        let open: f64 = found.iter().map(|(_, hours)| hours[0]).sum();
        assert_eq!(open, (tomorrow_of(day).unix() - at(day).unix()) as f64 / 3600.0, "{day}");
    }
}

fn tomorrow_of(day: &str) -> Instant {
    at(&date(day).succ_opt().unwrap().to_string())
}

#[test]
fn closed_hours_are_rows_with_nothing_available_and_ranges_may_begin_within_an_hour() {
    let room = source("2026-03-10T07:30", "2026-03-10T09:15", schedule(DAY)).with_room();
    let wanted = [("07h", [0.0; 4]), ("08h", [1.0, 0.0, 0.0, 0.0]), ("09h", [0.25, 0.0, 0.0, 0.0])];
    assert_eq!(rows(&room, "hour"), all(&wanted));
    let week = source("2026-03-09", "2026-03-16", schedule(DAY)).with_room();
    assert_eq!(week.table("weekday,hour").rows.len(), 7 * 24);
}

fn compared(source: &Source, group_by: &str, back: Back) -> Vec<(String, [f64; 4])> {
    let grouping: Grouping = group_by.parse().unwrap();
    let table = count(source, &grouping.looking_back(back), at(LONG_AFTER), 100_000).unwrap();
    table.rows.iter().map(shown).collect()
}

/// What is counted of an earlier time stands in the rows of the one that it is compared with.
#[test]
fn an_earlier_time_stands_in_the_rows_of_the_later() {
    let before = |from, to| source(from, to, schedule(DAY)).with_room();
    let quarter = before("2025-10-01", "2026-01-01");
    let open = |hours: f64| [hours, 0.0, 0.0, 0.0];
    let wanted = [("2026-01", open(310.0)), ("2026-02", open(300.0)), ("2026-03", open(310.0))];
    assert_eq!(compared(&quarter, "month", Back::Months(3)), all(&wanted));
    assert_eq!(compared(&quarter, "quarter,year", Back::Months(3)), all(&[("2026 2026-Q1", open(920.0))]));

    let leap = before("2024-02-28", "2024-03-02");
    let wanted = [("2025-02-28", open(20.0)), ("2025-03-01", open(10.0))];
    assert_eq!(compared(&leap, "day", Back::Months(12)), all(&wanted));

    let week =
        before("2025-03-03", "2025-03-10").with_claim(1, &[1], "2025-03-03T08:00", "2025-03-03T18:00", None);
    assert_eq!(compared(&week, "week", Back::Days(364)), all(&[("2026-W10", [70.0, 10.0, 10.0, 0.0])]));
    // Weekdays and hours are those that were: 2025-03-03 is a Monday, the same date a year later a Tuesday.
    let mondays = &compared(&week, "weekday", Back::Months(12))[0];
    assert_eq!(mondays, &("1".to_owned(), [10.0, 10.0, 10.0, 0.0]));
}
