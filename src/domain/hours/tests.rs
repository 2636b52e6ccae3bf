//! Opening hours as tables of cases, and what holds of any schedule.
//!
//! 2026-03-02 is a Monday; clocks change in the nights to 2026-03-29 and 2026-10-25.

use proptest::{collection::vec, prelude::*};
use serde_json::{Value, from_value, json};

use super::*;

const SI: Country = Country::SLOVENIA;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Local times `from..to` of Ljubljana, as rules read them.
fn interval(text: &str) -> Interval {
    let (start, end) = text.split_once("..").unwrap();
    Interval::new(local(start), local(end)).unwrap()
}

fn local(text: &str) -> Instant {
    Zone::default().rule(format!("{text}:00").parse().unwrap())
}

fn version(value: Value) -> HoursVersion {
    from_value(value).unwrap()
}

fn weekly(rules: Value) -> HoursVersion {
    version(json!({"valid_from": "2026-01-01", "weekly": rules, "holidays": "open"}))
}

fn rule(days: &[&str], opens: &str, closes: &str) -> Value {
    json!({"days": days, "opens": opens, "closes": closes})
}

const ALL: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Local opening times as `2026-03-02T08:00..2026-03-02T20:00`, joined by a space.
fn shown(open: &IntervalSet) -> String {
    let civil = |at| Zone::default().civil(at).format("%Y-%m-%dT%H:%M").to_string();
    let spans: Vec<_> =
        open.iter().map(|each| format!("{}..{}", civil(each.start()), civil(each.end()))).collect();
    spans.join(" ")
}

fn assert_open(schedule: &Schedule, within: &str, wanted: &[&str]) {
    let open = schedule.open(Zone::default(), SI, interval(within));
    assert_eq!(shown(&open), wanted.join(" "), "{within}");
}

#[test]
fn spans_of_a_week_join_across_midnight_and_stay_whole() {
    let cases: [(Value, &str, &[&str]); 9] = [
        // One span a day, asked for a part of it.
        (
            json!([rule(&["mon"], "08:00", "20:00")]),
            "2026-03-02T10:00..2026-03-02T11:00",
            &["2026-03-02T08:00..2026-03-02T20:00"],
        ),
        // Touching what is asked is not meeting it.
        (json!([rule(&["mon"], "08:00", "20:00")]), "2026-03-02T20:00..2026-03-09T08:00", &[]),
        // Several spans, given in any order; the adjacent two join, overlapping ones too.
        (
            json!([
                rule(&["mon"], "15:00", "18:00"),
                rule(&["mon"], "08:00", "10:00"),
                rule(&["mon"], "10:00", "12:00"),
                rule(&["mon"], "17:00", "19:00")
            ]),
            "2026-03-02T00:00..2026-03-03T00:00",
            &["2026-03-02T08:00..2026-03-02T12:00", "2026-03-02T15:00..2026-03-02T19:00"],
        ),
        // An overnight span belongs to the date it begins on.
        (
            json!([rule(&["fri"], "22:00", "04:00")]),
            "2026-03-07T01:00..2026-03-07T02:00",
            &["2026-03-06T22:00..2026-03-07T04:00"],
        ),
        // 24:00 and the next day's 00:00 are one instant.
        (
            json!([rule(&["mon"], "18:00", "24:00"), rule(&["tue"], "00:00", "06:00")]),
            "2026-03-02T19:00..2026-03-02T20:00",
            &["2026-03-02T18:00..2026-03-03T06:00"],
        ),
        // Closing at 00:00 is closing at 24:00.
        (
            json!([rule(&["mon"], "18:00", "00:00")]),
            "2026-03-02T19:00..2026-03-03T20:00",
            &["2026-03-02T18:00..2026-03-03T00:00"],
        ),
        // Closing as it opens: until the next day.
        (
            json!([rule(&["mon"], "08:00", "08:00")]),
            "2026-03-02T08:00..2026-03-02T09:00",
            &["2026-03-02T08:00..2026-03-03T08:00"],
        ),
        // An overnight span that runs into the next one: followed to both ends.
        (
            json!([rule(&["mon", "tue", "wed"], "20:00", "06:00"), rule(&["tue", "wed"], "06:00", "20:00")]),
            "2026-03-03T10:00..2026-03-03T11:00",
            &["2026-03-02T20:00..2026-03-05T06:00"],
        ),
        // Always open: followed for eight days to each side.
        (
            json!([rule(&ALL, "00:00", "24:00")]),
            "2026-03-12T10:00..2026-03-12T11:00",
            &["2026-03-04T00:00..2026-03-21T00:00"],
        ),
    ];
    for (rules, within, wanted) in cases {
        assert_open(&Schedule::new([weekly(rules)], []), within, wanted);
    }
}

#[test]
fn elapsed_time_counts_in_the_nights_when_clocks_change() {
    for (opens, closes, day, hours) in [
        ("01:00", "04:00", "2026-03-29", 2.0),
        ("22:00", "06:00", "2026-03-28", 7.0),
        ("00:00", "24:00", "2026-03-29", 23.0),
        ("22:00", "06:00", "2026-10-24", 9.0),
        ("01:00", "04:00", "2026-10-25", 4.0),
        ("00:00", "24:00", "2026-10-25", 25.0),
        // In the gap the offset before it: 02:30 is 03:30. A span wholly inside is swallowed.
        ("01:00", "02:30", "2026-03-29", 1.5),
        ("02:00", "03:00", "2026-03-29", 0.0),
        ("02:30", "03:00", "2026-03-29", 0.0),
        // In the fold the first reading: 02:00 to 03:00 lasts two hours.
        ("02:00", "03:00", "2026-10-25", 2.0),
        ("01:00", "02:00", "2026-10-25", 1.0),
    ] {
        let schedule = Schedule::new([weekly(json!([rule(&ALL, opens, closes)]))], []);
        let open = schedule.begun_on(Zone::default(), SI, date(day));
        assert_eq!(open.seconds() as f64 / 3600.0, hours, "{opens}-{closes} {day}");
    }
}

#[test]
fn exceptions_come_before_holidays_these_before_seasons_and_these_before_the_week() {
    let schedule = |holidays: Value| {
        let version = version(json!({
            "valid_from": "2026-01-01",
            "weekly": [rule(&ALL, "08:00", "20:00")],
            "seasons": [
                {"from": "2026-05-01", "to": "2026-05-10", "weekly": [rule(&ALL, "10:00", "16:00")]},
                {"from": "2026-08-10", "to": "2026-08-20", "weekly": []},
            ],
            "holidays": holidays,
        }));
        let exceptions = [
            json!({"date": "2026-03-04", "hours": [], "reason": "stocktaking"}),
            json!({"date": "2026-05-02", "hours": [{"opens": "18:00", "closes": "23:00"}]}),
        ];
        Schedule::new([version], exceptions.map(|exception| from_value(exception).unwrap()))
    };
    let own = json!([{"opens": "12:00", "closes": "14:00"}, {"opens": "15:00", "closes": "16:00"}]);
    for (day, holidays, wanted) in [
        ("2026-03-03", "closed", "08:00-20:00"),
        // Closed by exception, whatever holidays say.
        ("2026-03-04", "open", ""),
        // 8 February, a Sunday: a holiday, then as the venue decides.
        ("2026-02-08", "closed", ""),
        ("2026-02-08", "open", "08:00-20:00"),
        ("2026-02-08", "own", "12:00-14:00 15:00-16:00"),
        // A working holiday is an ordinary day.
        ("2026-06-08", "closed", "08:00-20:00"),
        // In season, both ends included.
        ("2026-04-30", "closed", "08:00-20:00"),
        ("2026-05-03", "closed", "10:00-16:00"),
        ("2026-05-10", "closed", "10:00-16:00"),
        ("2026-05-11", "closed", "08:00-20:00"),
        ("2026-08-12", "own", ""),
        // A holiday in season: its own hours, or the season's.
        ("2026-05-01", "closed", ""),
        ("2026-05-01", "open", "10:00-16:00"),
        ("2026-08-15", "own", "12:00-14:00 15:00-16:00"),
        // An exception on a holiday in season.
        ("2026-05-02", "closed", "18:00-23:00"),
        // Before the first version.
        ("2025-12-31", "open", ""),
    ] {
        let holidays = if holidays == "own" { own.clone() } else { json!(holidays) };
        let open = schedule(holidays.clone()).begun_on(Zone::default(), SI, date(day));
        let clock = |at| Zone::default().civil(at).format("%H:%M").to_string();
        let spans: Vec<_> =
            open.iter().map(|each| format!("{}-{}", clock(each.start()), clock(each.end()))).collect();
        assert_eq!(spans.join(" "), wanted, "{day}, holidays {holidays}");
    }
}

#[test]
fn holidays_are_those_of_the_country() {
    let version = version(
        json!({"valid_from": "2026-01-01", "weekly": [rule(&ALL, "08:00", "20:00")], "holidays": "closed"}),
    );
    let schedule = Schedule::new([version], []);
    let christmas = date("2026-12-25");
    assert!(schedule.begun_on(Zone::default(), SI, christmas).is_empty());
    let austria = Country::parse("AT").unwrap();
    assert!(!schedule.begun_on(Zone::default(), austria, christmas).is_empty());
}

#[test]
fn a_closed_date_leaves_the_night_before_to_its_end() {
    let closed = HoursException::closed(date("2026-03-07"), None);
    let schedule = Schedule::new([weekly(json!([rule(&ALL, "20:00", "02:00")]))], [closed]);
    let wanted = ["2026-03-06T20:00..2026-03-07T02:00", "2026-03-08T20:00..2026-03-09T02:00"];
    assert_open(&schedule, "2026-03-07T00:00..2026-03-08T21:00", &wanted);
}

#[test]
fn each_version_counts_from_its_date_to_the_next() {
    let from = |valid_from: &str, opens: &str| {
        version(json!({"valid_from": valid_from, "weekly": [rule(&ALL, opens, "20:00")], "holidays": "open"}))
    };
    let versions = [from("2026-03-18", "12:00"), from("2026-03-16", "08:00"), from("2026-03-17", "10:00")];
    let schedule = Schedule::new(versions, []);
    let wanted = [
        "2026-03-16T08:00..2026-03-16T20:00",
        "2026-03-17T10:00..2026-03-17T20:00",
        "2026-03-18T12:00..2026-03-18T20:00",
    ];
    assert_open(&schedule, "2026-03-14T00:00..2026-03-19T00:00", &wanted);
    assert_eq!(schedule.version_on(date("2026-03-15")), None);
}

#[test]
fn a_span_begins_on_one_date_though_it_ends_on_the_next() {
    let schedule = Schedule::new([weekly(json!([rule(&["fri", "sun"], "20:00", "02:00")]))], []);
    let begins =
        |day: &u32| !schedule.begun_on(Zone::default(), SI, date(&format!("2026-03-{day:02}"))).is_empty();
    assert_eq!((6..=10).filter(begins).collect::<Vec<_>>(), [6, 8]);
}

#[test]
fn the_grid_begins_with_the_span_and_anew_at_midnight_in_a_long_one() {
    for (span, at, wanted) in [
        ("2026-03-02T08:20..2026-03-02T20:00", "2026-03-02T12:00", "2026-03-02T08:20"),
        ("2026-03-02T22:20..2026-03-03T06:00", "2026-03-03T05:00", "2026-03-02T22:20"),
        // Exactly 24 h have one anchor.
        ("2026-03-02T08:20..2026-03-03T08:20", "2026-03-03T08:00", "2026-03-02T08:20"),
        ("2026-03-02T08:20..2026-03-03T08:21", "2026-03-02T12:00", "2026-03-02T08:20"),
        ("2026-03-02T08:20..2026-03-03T08:21", "2026-03-03T00:00", "2026-03-03T00:00"),
        ("2026-03-02T08:20..2026-03-03T08:21", "2026-03-03T08:00", "2026-03-03T00:00"),
        // Elapsed hours count: 25 in the longest day.
        ("2026-10-24T12:20..2026-10-25T12:20", "2026-10-25T12:00", "2026-10-25T00:00"),
    ] {
        let anchor = Schedule::anchor(Zone::default(), interval(span), local(at));
        assert_eq!(anchor, local(wanted), "{span} at {at}");
    }
}

fn any_rule() -> impl Strategy<Value = WeeklyRule> {
    // Hours on the half, so that spans often touch, nest and run over midnight.
    (vec(0..7usize, 1..4), 0..48u32, 0..=48u32).prop_map(|(days, opens, closes)| {
        let clock = |halves: u32| format!("{:02}:{:02}", halves / 2, halves % 2 * 30).parse().unwrap();
        let days = days.into_iter().map(|day| Day::ALL[day]).collect();
        WeeklyRule { days, opens: clock(opens), closes: clock(closes) }
    })
}

/// Weeks around the change of clocks, a season, and some closed dates in it.
fn any_schedule() -> impl Strategy<Value = Schedule> {
    (vec(any_rule(), 0..6), vec(any_rule(), 0..4), vec(0..40u64, 0..4)).prop_map(
        |(weekly, seasonal, closed)| {
            let season = Season { from: date("2026-03-20"), to: date("2026-04-02"), weekly: seasonal };
            let version = HoursVersion {
                valid_from: date("2026-03-05"),
                weekly,
                seasons: vec![season],
                holidays: HolidayHours::Closed,
            };
            let exceptions =
                closed.into_iter().map(|days| HoursException::closed(after(date("2026-03-05"), days), None));
            Schedule::new([version], exceptions)
        },
    )
}

/// In March and April 2026, up to four days.
fn any_interval() -> impl Strategy<Value = Interval> {
    let first = local("2026-03-01T00:00");
    (0..50 * 96i64, 1..4 * 96i64).prop_map(move |(start, quarters)| {
        let start = first.plus_minutes(start * 15);
        Interval::new(start, start.plus_minutes(quarters * 15)).unwrap()
    })
}

/// Open or not, quarter by quarter, by the local rules alone.
fn is_open(schedule: &Schedule, at: Instant) -> bool {
    let today = Zone::default().date(at);
    [before(today, 1), today].into_iter().any(|date| {
        let spans = schedule.spans_on(SI, date).filter_map(|span| span.on(Zone::default(), date));
        spans.into_iter().any(|span| span.contains(at))
    })
}

proptest! {
    #[test]
    fn every_quarter_is_open_as_the_rules_of_its_date_say(schedule in any_schedule(), within in any_interval()) {
        let open = schedule.open(Zone::default(), SI, within);
        for quarter in 0..within.seconds() / 900 {
            let at = within.start().plus(quarter * 900);
            prop_assert_eq!(open.containing(at).is_some(), is_open(&schedule, at), "{}", Zone::default().show(at));
        }
    }

    #[test]
    fn spans_are_apart_meet_what_is_asked_and_are_whole(schedule in any_schedule(), within in any_interval()) {
        let open = schedule.open(Zone::default(), SI, within);
        let spans: Vec<_> = open.iter().collect();
        prop_assert!(spans.windows(2).all(|pair| pair[0].end() < pair[1].start()));
        for span in spans {
            prop_assert!(span.overlaps(within));
            let week = 7 * 24 * 3600;
            prop_assert!(!is_open(&schedule, span.start().plus(-1)) || within.start().since(span.start()) > week);
            prop_assert!(!is_open(&schedule, span.end()) || span.end().since(within.end()) > week);
        }
    }

    #[test]
    fn what_is_open_and_where_the_grid_begins_does_not_depend_on_the_interval_asked(
        schedule in any_schedule(), a in any_interval(), b in any_interval(),
    ) {
        let open = |within| schedule.open(Zone::default(), SI, within);
        let both = Interval::new(a.start().min(b.start()), a.end().max(b.end())).unwrap();
        for part in [a, b] {
            prop_assert_eq!(open(both).clip(part), open(part).clip(part));
            for span in open(part).iter() {
                let at = span.start().max(part.start());
                let wider = open(both).containing(at);
                let anchor = |span| Schedule::anchor(Zone::default(), span, at);
                prop_assert_eq!(wider.map(anchor), Some(anchor(span)));
            }
        }
    }

    #[test]
    fn nothing_begins_on_a_closed_date(schedule in any_schedule()) {
        for exception in schedule.exceptions() {
            prop_assert!(schedule.begun_on(Zone::default(), SI, exception.date).is_empty());
        }
    }
}
