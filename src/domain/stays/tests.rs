//! Days and nights by examples, in Ljubljana, and as properties: what is offered is a stay, and nothing else is.

use proptest::{collection::vec, prelude::*};
use serde_json::{from_value, json};

use super::*;
use crate::domain::{
    hours::{HoursException, HoursVersion},
    zone::TimeInput,
};

fn at(text: &str) -> Instant {
    Zone::default().resolve(text.parse::<TimeInput>().unwrap()).unwrap()
}

fn span(start: &str, end: &str) -> Interval {
    Interval::new(at(start), at(end)).unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn nights(arrival: &str, departure: &str) -> Measure {
    Measure::Nights(Nights { arrival: arrival.parse().unwrap(), departure: departure.parse().unwrap() })
}

/// In these hours on each day of the week, and not on the closed dates.
fn schedule(spans: &[(&str, &str)], closed: &[&str]) -> Schedule {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let rule = |(opens, closes): &(&str, &str)| json!({"days": days, "opens": opens, "closes": closes});
    let weekly: Vec<_> = spans.iter().map(rule).collect();
    let version: HoursVersion =
        from_value(json!({"valid_from": "2020-01-01", "weekly": weekly, "holidays": "closed"})).unwrap();
    let exception = |date: &&str| from_value::<HoursException>(json!({"date": date, "hours": []})).unwrap();
    Schedule::new([version], closed.iter().map(exception))
}

fn stays(measure: Measure, schedule: &Schedule, within: Interval) -> Stays {
    let calendar = Calendar { schedule, zone: Zone::default(), country: Country::SLOVENIA };
    Stays::new(measure, calendar, within)
}

const ALL: Tested = Tested { start: true, end: true, dates: true };
const DAY: &[(&str, &str)] = &[("08:00", "20:00")];

#[test]
fn a_stay_lasts_from_a_first_opening_to_a_last_closing() {
    use Fault::{Begins, Closed, Ends};
    let two = &[("08:00", "12:00"), ("13:00", "17:00")][..];
    let late = &[("10:00", "02:00")][..];
    let round = &[("00:00", "24:00")][..];
    for (hours, closed, start, end, wanted) in [
        (DAY, vec![], "2026-03-10T08:00", "2026-03-10T20:00", None),
        (DAY, vec![], "2026-03-10T08:00", "2026-03-12T20:00", None),
        (DAY, vec![], "2026-03-10T08:15", "2026-03-10T20:00", Some(Begins(at("2026-03-10T08:00")))),
        (DAY, vec![], "2026-03-10T07:00", "2026-03-10T20:00", Some(Begins(at("2026-03-10T08:00")))),
        (DAY, vec![], "2026-03-10T08:00", "2026-03-10T12:00", Some(Ends(at("2026-03-10T20:00")))),
        (DAY, vec![], "2026-03-10T08:00", "2026-03-11T06:00", Some(Ends(at("2026-03-11T20:00")))),
        (DAY, vec!["2026-03-11"], "2026-03-10T08:00", "2026-03-12T20:00", Some(Closed(date("2026-03-11")))),
        (DAY, vec!["2026-03-10"], "2026-03-10T08:00", "2026-03-11T20:00", Some(Closed(date("2026-03-10")))),
        (DAY, vec!["2026-03-12"], "2026-03-10T08:00", "2026-03-12T20:00", Some(Closed(date("2026-03-12")))),
        // The first of May is a holiday.
        (DAY, vec![], "2026-04-30T08:00", "2026-05-01T20:00", Some(Closed(date("2026-05-01")))),
        (two, vec![], "2026-03-10T08:00", "2026-03-10T17:00", None),
        (two, vec![], "2026-03-10T08:00", "2026-03-10T12:00", Some(Ends(at("2026-03-10T17:00")))),
        (two, vec![], "2026-03-10T13:00", "2026-03-10T17:00", Some(Begins(at("2026-03-10T08:00")))),
        // Open until two at night: that belongs to the date before.
        (late, vec![], "2026-03-10T10:00", "2026-03-11T02:00", None),
        (late, vec!["2026-03-11"], "2026-03-10T10:00", "2026-03-11T02:00", None),
        (
            late,
            vec!["2026-03-11"],
            "2026-03-10T10:00",
            "2026-03-11T01:00",
            Some(Ends(at("2026-03-11T02:00"))),
        ),
        // Around the clock each date is a day of its own; the clocks change on the 29th, and on the 25th of October.
        (round, vec![], "2026-03-29T00:00", "2026-03-30T00:00", None),
        (round, vec![], "2026-10-24T00:00", "2026-10-26T00:00", None),
        (round, vec![], "2026-10-25T00:00", "2026-10-25T23:00", Some(Ends(at("2026-10-26T00:00")))),
    ] {
        let interval = span(start, end);
        let found = stays(Measure::Days, &schedule(hours, &closed), interval).fault(interval, ALL);
        assert_eq!(found, wanted, "{start} {end}");
    }
}

#[test]
fn a_stay_of_nights_lasts_from_arrival_to_departure() {
    use Fault::{Begins, Closed, Ends};
    for (closed, start, end, wanted) in [
        (vec![], "2026-03-10T15:00", "2026-03-11T10:00", None),
        (vec![], "2026-03-10T15:00", "2026-03-14T10:00", None),
        // Clocks change in the night, and on the way.
        (vec![], "2026-03-28T15:00", "2026-03-29T10:00", None),
        (vec![], "2026-10-23T15:00", "2026-10-27T10:00", None),
        (vec![], "2026-03-10T14:00", "2026-03-11T10:00", Some(Begins(at("2026-03-10T15:00")))),
        (vec![], "2026-03-10T15:00", "2026-03-11T12:00", Some(Ends(at("2026-03-11T10:00")))),
        (vec![], "2026-03-10T15:00", "2026-03-10T20:00", Some(Ends(at("2026-03-11T10:00")))),
        // The date of departure may be closed, each night's date not.
        (vec!["2026-03-12"], "2026-03-10T15:00", "2026-03-12T10:00", None),
        (vec!["2026-03-11"], "2026-03-10T15:00", "2026-03-12T10:00", Some(Closed(date("2026-03-11")))),
        (vec!["2026-03-10"], "2026-03-10T15:00", "2026-03-11T10:00", Some(Closed(date("2026-03-10")))),
    ] {
        let interval = span(start, end);
        let found = stays(nights("15:00", "10:00"), &schedule(DAY, &closed), interval).fault(interval, ALL);
        assert_eq!(found, wanted, "{start} {end}");
    }
}

#[test]
fn an_edit_is_tested_only_where_it_differs() {
    let closed = schedule(DAY, &["2026-03-11"]);
    let interval = span("2026-03-10T09:00", "2026-03-12T18:00");
    let stays = stays(Measure::Days, &closed, interval);
    let nothing = Tested { start: false, end: false, dates: false };
    for (tested, wanted) in [
        (nothing, None),
        (Tested { dates: true, ..nothing }, Some(Fault::Closed(date("2026-03-11")))),
        (Tested { start: true, ..nothing }, Some(Fault::Begins(at("2026-03-10T08:00")))),
        (Tested { end: true, ..nothing }, Some(Fault::Ends(at("2026-03-12T20:00")))),
    ] {
        assert_eq!(stays.fault(interval, tested), wanted, "{tested:?}");
    }
}

#[test]
fn bare_dates_are_first_and_last_days_or_arrival_and_departure() {
    let schedule = schedule(&[("10:00", "02:00")], &["2026-03-11"]);
    let calendar = Calendar { schedule: &schedule, zone: Zone::default(), country: Country::SLOVENIA };
    for (measure, on, wanted) in [
        (Measure::Days, "2026-03-10", ("2026-03-10T10:00", "2026-03-11T02:00")),
        (Measure::Days, "2026-03-11", ("2026-03-11T00:00", "2026-03-12T00:00")),
        (nights("15:00", "10:00"), "2026-03-11", ("2026-03-11T15:00", "2026-03-11T10:00")),
        // Clocks skip 02:30: the offset before.
        (nights("02:30", "02:30"), "2026-03-29", ("2026-03-29T03:30", "2026-03-29T03:30")),
    ] {
        assert_eq!(calendar.edges(measure, date(on)), (at(wanted.0), at(wanted.1)), "{on}");
    }
}

#[test]
fn longer_hours_take_nothing_away_and_shorter_ones_do() {
    let booked = span("2026-03-10T08:00", "2026-03-12T20:00");
    let night = span("2026-03-10T15:00", "2026-03-12T10:00");
    for (hours, closed, days, sleeps) in [
        (DAY, vec![], true, true),
        (&[("07:00", "22:00")], vec![], true, true),
        (&[("08:00", "02:00")], vec![], true, true),
        (&[("09:00", "20:00")], vec![], false, true),
        (&[("08:00", "19:00")], vec![], false, true),
        (DAY, vec!["2026-03-11"], false, false),
        (DAY, vec!["2026-03-12"], false, true),
    ] {
        let schedule = schedule(hours, &closed);
        assert_eq!(stays(Measure::Days, &schedule, booked).hold(booked), days, "{hours:?} {closed:?}");
        let nightly = stays(nights("15:00", "10:00"), &schedule, night);
        assert_eq!(nightly.hold(night), sleeps, "{hours:?} {closed:?}");
    }
}

#[test]
fn a_stay_knows_its_dates() {
    let schedule = schedule(&[("00:00", "24:00")], &[]);
    // A day of 25 hours is one day; what is no stay has as many as hold it.
    for (start, end, many, dates) in [
        ("2026-10-25T00:00", "2026-10-26T00:00", 1, Some(("2026-10-25", "2026-10-25"))),
        ("2026-10-25T00:00", "2026-10-28T00:00", 3, Some(("2026-10-25", "2026-10-27"))),
        ("2026-10-26T09:00", "2026-10-26T12:00", 1, None),
        ("2026-10-26T09:00", "2026-10-28T12:00", 3, None),
    ] {
        let interval = span(start, end);
        let stays = stays(Measure::Days, &schedule, interval);
        let wanted = dates.map(|(first, last)| (date(first), date(last)));
        assert_eq!((stays.many(interval), stays.dates(interval)), (many, wanted), "{start} {end}");
        if let Some((first, last)) = wanted {
            assert_eq!(stays.of_dates(first, last), Some(interval));
        }
    }
}

#[test]
fn nobody_stays_longer_than_the_bound() {
    let schedule = schedule(&[("00:00", "24:00")], &[]);
    let window = span("2026-07-01T00:00", "2026-07-02T00:00");
    let around = window.widened(0, 60 * DAY_MINUTES);
    let stays = stays(Measure::Days, &schedule, around);
    for (many, wanted) in [(1, 1), (31, 1), (32, 1), (33, 0), (usize::MAX, 0)] {
        assert_eq!(stays.beginning_in(window, many).count(), wanted, "{many}");
    }
}

/// Hours of a week in March or October, each day its own, some over midnight or around the clock, some closed.
fn any_week() -> impl Strategy<Value = (Schedule, NaiveDate)> {
    let time = |hour: u32| format!("{:02}:{:02}", hour / 2, hour % 2 * 30);
    let day = vec((0u32..48, 0u32..49), 0..3);
    let monday = proptest::sample::select(vec!["2026-03-23", "2026-10-19", "2026-06-22"]);
    (vec(day, 7), monday).prop_map(move |(days, monday)| {
        let monday = date(monday);
        let exceptions = days.iter().zip(monday.iter_days()).map(|(spans, date)| {
            let spans: Vec<_> = spans
                .iter()
                .map(|(opens, closes)| json!({"opens": time(*opens), "closes": time(*closes)}))
                .collect();
            from_value::<HoursException>(json!({"date": date, "hours": spans})).unwrap()
        });
        (Schedule::new([], exceptions), monday)
    })
}

fn any_measure() -> impl Strategy<Value = Measure> {
    let nightly = (0u32..24, 0u32..24).prop_map(|(one, other)| {
        nights(&format!("{:02}:00", one.max(other)), &format!("{:02}:00", one.min(other)))
    });
    prop_oneof![Just(Measure::Days), nightly]
}

proptest! {
    #[test]
    fn what_is_offered_is_a_stay_and_nothing_else_is(
        (schedule, monday) in any_week(), measure in any_measure(), many in 1usize..5,
    ) {
        let zone = Zone::default();
        let window = Interval::new(zone.day(monday).start(), zone.day(monday).end().plus(7 * 86_400)).unwrap();
        let stays = stays(measure, &schedule, window.widened(0, 9 * DAY_MINUTES));
        let offered: Vec<Interval> = stays.beginning_in(window, many).collect();
        prop_assert!(offered.is_sorted_by_key(|stay| stay.start()));
        for stay in &offered {
            prop_assert_eq!(stays.fault(*stay, ALL), None);
            prop_assert!(stays.hold(*stay));
            let (first, last) = stays.dates(*stay).unwrap();
            prop_assert_eq!(stays.of_dates(first, last), Some(*stay));
        }
        // Every pair of half hours that could be one: a stay exactly where it is offered with some number of dates.
        let mut all: Vec<Interval> = (1..12).flat_map(|many| stays.beginning_in(window, many)).collect();
        all.sort_by_key(|stay| (stay.start(), stay.end()));
        let ends: Vec<Instant> = (0..2 * 24 * 9).map(|half| window.start().plus_minutes(30 * half)).collect();
        for start in ends.iter().filter(|start| window.contains(**start)).step_by(7) {
            for interval in ends.iter().filter_map(|end| Interval::new(*start, *end)) {
                let listed = all.contains(&interval);
                prop_assert_eq!(stays.fault(interval, ALL).is_none(), listed, "{:?}", interval);
            }
        }
        for stay in &all {
            let late = Interval::new(stay.start().plus(60), stay.end()).unwrap();
            prop_assert!(stays.fault(late, ALL).is_some(), "{:?}", late);
        }
    }
}
