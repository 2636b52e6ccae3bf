//! Cases of real clocks: Ljubljana's two nights, midnights that are skipped or repeated, a date that never was.

use chrono::NaiveDate;
use chrono_tz::TZ_VARIANTS;
use proptest::prelude::*;

use super::*;

fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn local(text: &str) -> NaiveDateTime {
    match text.parse() {
        Ok(TimeInput::Local(local)) => local,
        other => panic!("{text}: {other:?}"),
    }
}

fn at(text: &str) -> Instant {
    match text.parse() {
        Ok(TimeInput::At(at)) => at,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn rules_use_the_offset_before_a_gap_and_the_first_reading_of_a_fold() {
    for (rule, wanted) in [
        ("2026-03-29T01:59:59", "2026-03-29T01:59:59+01:00"),
        ("2026-03-29T02:00", "2026-03-29T03:00:00+02:00"),
        ("2026-03-29T02:30", "2026-03-29T03:30:00+02:00"),
        ("2026-03-29T03:00", "2026-03-29T03:00:00+02:00"),
        ("2026-10-25T01:59", "2026-10-25T01:59:00+02:00"),
        ("2026-10-25T02:00", "2026-10-25T02:00:00+02:00"),
        ("2026-10-25T02:59:59", "2026-10-25T02:59:59+02:00"),
        ("2026-10-25T03:00", "2026-10-25T03:00:00+01:00"),
        ("2099-07-01T10:00", "2099-07-01T10:00:00+02:00"),
        ("2099-12-01T10:00", "2099-12-01T10:00:00+01:00"),
    ] {
        assert_eq!(Zone::default().show(Zone::default().rule(local(rule))), wanted, "{rule}");
    }
}

#[test]
fn what_a_person_sends_is_read_strictly() {
    let ambiguous =
        || Err(LocalTimeError::Ambiguous { first: "+02:00".to_owned(), second: "+01:00".to_owned() });
    for (input, wanted) in [
        ("2026-11-03T10:00", Ok("2026-11-03T09:00:00Z")),
        ("2026-11-03T10:00:00+05:30", Ok("2026-11-03T04:30:00Z")),
        ("2026-03-29T01:59:59", Ok("2026-03-29T00:59:59Z")),
        ("2026-03-29T02:00", Err(LocalTimeError::Nonexistent)),
        ("2026-03-29T02:59:59", Err(LocalTimeError::Nonexistent)),
        ("2026-03-29T03:00", Ok("2026-03-29T01:00:00Z")),
        ("2026-10-25T01:59:59", Ok("2026-10-24T23:59:59Z")),
        ("2026-10-25T02:00", ambiguous()),
        ("2026-10-25T02:59:59", ambiguous()),
        ("2026-10-25T02:30:00+02:00", Ok("2026-10-25T00:30:00Z")),
        ("2026-10-25T02:30:00+01:00", Ok("2026-10-25T01:30:00Z")),
        ("2026-10-25T03:00", Ok("2026-10-25T02:00:00Z")),
        ("2000-01-01T00:00:00Z", Ok("2000-01-01T00:00:00Z")),
        ("1999-12-31T23:59:59Z", Err(LocalTimeError::OutOfBounds)),
        ("2000-01-01T00:59:59", Err(LocalTimeError::OutOfBounds)),
        ("2100-01-01T00:00:00Z", Ok("2100-01-01T00:00:00Z")),
        ("2100-01-01T00:00:01Z", Err(LocalTimeError::OutOfBounds)),
        ("9999-12-31T23:59:59-23:59", Err(LocalTimeError::OutOfBounds)),
        ("0000-01-01T00:00", Err(LocalTimeError::OutOfBounds)),
    ] {
        assert_eq!(Zone::default().resolve(input.parse().unwrap()), wanted.map(at), "{input}");
    }
}

#[test]
fn every_refusal_has_its_code() {
    let code = |input: &str| Zone::default().resolve(input.parse().unwrap()).unwrap_err().code();
    assert_eq!(code("2026-03-29T02:30"), "local_time_nonexistent");
    assert_eq!(code("2026-10-25T02:30"), "local_time_ambiguous");
    assert_eq!(code("1999-01-01T00:00"), "time_out_of_bounds");
}

#[test]
fn days_begin_with_their_first_instant_and_last_as_long_as_they_do() {
    for (name, day, start, minutes) in [
        ("Europe/Ljubljana", "2026-03-28", "2026-03-28T00:00:00+01:00", 24 * 60),
        ("Europe/Ljubljana", "2026-03-29", "2026-03-29T00:00:00+01:00", 23 * 60),
        ("Europe/Ljubljana", "2026-10-25", "2026-10-25T00:00:00+02:00", 25 * 60),
        // Midnight is skipped.
        ("America/Santiago", "2026-09-06", "2026-09-06T01:00:00-03:00", 23 * 60),
        ("Asia/Beirut", "2026-03-29", "2026-03-29T01:00:00+03:00", 23 * 60),
        // The gap begins before midnight: 23:30 is followed by 00:30.
        ("America/Toronto", "1919-03-31", "1919-03-31T00:30:00-04:00", 23 * 60 + 30),
        // Midnight comes twice.
        ("America/Havana", "2026-11-01", "2026-11-01T00:00:00-04:00", 25 * 60),
        ("America/Santiago", "2026-04-04", "2026-04-04T00:00:00-03:00", 25 * 60),
        ("Australia/Lord_Howe", "2026-04-05", "2026-04-05T00:00:00+11:00", 24 * 60 + 30),
        // At 00:01 of the 7th clocks went back to 23:01: the new day, once begun, goes on.
        ("America/St_Johns", "2010-11-06", "2010-11-06T00:00:00-02:30", 24 * 60),
        ("America/St_Johns", "2010-11-07", "2010-11-07T00:00:00-02:30", 25 * 60),
        // Samoa skipped the 30th to cross the date line.
        ("Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00", 24 * 60),
        ("Pacific/Apia", "2011-12-31", "2011-12-31T00:00:00+14:00", 24 * 60),
    ] {
        let shown = zone(name).day(date(day));
        assert_eq!(zone(name).show(shown.start()), start, "{name} {day}");
        assert_eq!(shown.seconds(), minutes * 60, "{name} {day}");
    }
}

#[test]
fn dates_at_the_ends_of_the_calendar_still_have_days() {
    for extreme in [NaiveDate::MIN, NaiveDate::MAX] {
        assert!(Zone::default().day(extreme).seconds() > 0);
    }
}

#[test]
fn the_dates_of_an_interval_are_the_local_ones_it_touches() {
    for (name, from, to, wanted) in [
        ("Europe/Ljubljana", "2026-03-28T22:59:59Z", "2026-03-28T23:00:01Z", "2026-03-28 2026-03-29"),
        ("Europe/Ljubljana", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "2026-03-29"),
        ("Europe/Ljubljana", "2026-10-24T22:00:00Z", "2026-10-25T23:00:01Z", "2026-10-25 2026-10-26"),
        ("Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-30T10:00:01Z", "2011-12-29 2011-12-31"),
        ("America/St_Johns", "2010-11-07T02:30:30Z", "2010-11-07T02:50:00Z", "2010-11-07"),
    ] {
        let interval = Interval::new(at(from), at(to)).unwrap();
        let dates: Vec<_> = zone(name).days(interval).map(|date| date.to_string()).collect();
        assert_eq!(dates.join(" "), wanted, "{name} {from}");
    }
}

#[test]
fn dates_in_a_range_are_their_local_midnights() {
    for (name, text, wanted) in [
        ("Europe/Ljubljana", "2026-03-29", Ok("2026-03-28T23:00:00Z")),
        ("Europe/Ljubljana", "2026-03-30", Ok("2026-03-29T22:00:00Z")),
        ("America/Santiago", "2026-09-06", Ok("2026-09-06T04:00:00Z")),
        ("Europe/Ljubljana", "2026-03-29T12:00", Ok("2026-03-29T10:00:00Z")),
        ("Europe/Ljubljana", "2026-03-29T02:30", Err(LocalTimeError::Nonexistent)),
        ("Europe/Ljubljana", "1999-12-31", Err(LocalTimeError::OutOfBounds)),
        ("Europe/Ljubljana", "2000-01-01", Ok("1999-12-31T23:00:00Z")),
        ("Europe/Ljubljana", "2000-01-02", Ok("2000-01-01T23:00:00Z")),
        ("Europe/Ljubljana", "2100-01-02", Err(LocalTimeError::OutOfBounds)),
        ("Europe/Ljubljana", "0001-01-01", Err(LocalTimeError::OutOfBounds)),
        ("Europe/Ljubljana", "9999-12-31", Err(LocalTimeError::OutOfBounds)),
    ] {
        let input: DateOrTime = text.parse().unwrap();
        assert_eq!(input.resolve_start(zone(name)), wanted.clone().map(at), "{name} {text}");
        assert_eq!(input.resolve_end(zone(name)), wanted.map(at), "{name} {text}");
    }
}

#[test]
fn zones_are_known_by_their_exact_iana_name() {
    assert_eq!(Zone::default().name(), "Europe/Ljubljana");
    assert_eq!(serde_json::from_str::<Zone>("\"Europe/Vienna\"").unwrap(), zone("Europe/Vienna"));
    assert_eq!(serde_json::to_string(&Zone::default()).unwrap(), "\"Europe/Ljubljana\"");
    for name in ["", "Ljubljana", "europe/ljubljana", "Europe/Ljubljana ", "+02:00", "CEST"] {
        assert_eq!(Zone::parse(name), Err(UnknownZone), "{name}");
    }
}

fn any_zone() -> impl Strategy<Value = Zone> {
    (0..TZ_VARIANTS.len()).prop_map(|index| Zone(TZ_VARIANTS[index]))
}

fn any_instant() -> impl Strategy<Value = Instant> {
    (Instant::EARLIEST.unix()..Instant::LATEST.unix()).prop_map(Instant::from_unix)
}

/// Instants near Ljubljana's changes of clocks, which random ones seldom meet.
fn restless_instant() -> impl Strategy<Value = Instant> {
    let changes = ["2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2027-03-28T01:00:00Z"].map(at);
    (0..changes.len(), -9000..9000i64).prop_map(move |(index, seconds)| changes[index].plus(seconds))
}

proptest! {
    #[test]
    fn a_day_holds_the_instants_of_its_date(zone in any_zone(), at in any_instant()) {
        prop_assert!(zone.day(zone.date(at)).contains(at));
    }

    #[test]
    fn what_is_shown_is_read_back(zone in any_zone(), at in any_instant()) {
        prop_assert_eq!(zone.show(at).parse::<TimeInput>(), Ok(TimeInput::At(at)));
    }

    #[test]
    fn days_follow_each_other_without_gaps(zone in any_zone(), start in any_instant(), hours in 1..240i64) {
        let interval = Interval::new(start, start.plus(hours * 3600)).unwrap();
        let days: Vec<_> = zone.days(interval).map(|date| zone.day(date)).collect();
        prop_assert!(days[0].contains(interval.start()));
        prop_assert!(days[days.len() - 1].contains(interval.end().plus(-1)));
        prop_assert!(days.windows(2).all(|pair| pair[0].end() == pair[1].start()));
    }

    #[test]
    fn local_readings_name_the_instant_or_say_why_not(at in restless_instant()) {
        let zone = Zone::default();
        let civil = zone.civil(at);
        match zone.resolve(TimeInput::Local(civil)) {
            Ok(read) => prop_assert_eq!((read, zone.rule(civil)), (at, at)),
            Err(LocalTimeError::Ambiguous { first, second }) => {
                let offset = zone.offset(at);
                prop_assert!(offset == first || offset == second);
                prop_assert_eq!(zone.civil(zone.rule(civil)), civil);
                prop_assert!(zone.rule(civil) <= at);
            }
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }
}

/// Stretches of a local day by the hour that clocks show, in minutes.
#[test]
fn hours_are_cut_where_clocks_begin_another() {
    for (zone, date, first, wanted) in [
        ("Europe/Ljubljana", "2026-03-28", 1, vec![(1, 60), (2, 60), (3, 60)]),
        ("Europe/Ljubljana", "2026-03-29", 1, vec![(1, 60), (3, 60), (4, 60)]),
        ("Europe/Ljubljana", "2026-10-25", 1, vec![(1, 60), (2, 60), (2, 60), (3, 60)]),
        ("Asia/Kathmandu", "2026-03-28", 0, vec![(0, 60), (1, 60)]),
        ("Australia/Lord_Howe", "2026-04-05", 0, vec![(0, 60), (1, 60), (1, 30), (2, 60)]),
        ("Australia/Lord_Howe", "2026-10-04", 1, vec![(1, 60), (2, 30), (3, 60)]),
    ] {
        let zone = Zone::parse(zone).unwrap();
        let day = zone.day(date.parse().unwrap());
        let hours = zone.hours(day).skip_while(|(hour, _)| *hour < first);
        let minutes: Vec<_> = hours.map(|(hour, part)| (hour, part.seconds() / 60)).collect();
        assert_eq!(minutes[..wanted.len()], wanted, "{zone} {date}");
        let all: i64 = zone.hours(day).map(|(_, part)| part.seconds()).sum();
        assert_eq!(all, day.seconds(), "{zone} {date}");
    }
}
