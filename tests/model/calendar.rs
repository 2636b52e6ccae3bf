//! The model's own calendar: instants are minutes since 1970, and what the clocks in Ljubljana show is asked of
//! `chrono-tz` alone.

use std::sync::LazyLock;

use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Timelike,
};
use chrono_tz::{Europe::Ljubljana, Tz};

/// Minutes since 1970-01-01T00:00Z.
pub type Minute = i64;

pub const DAY: Minute = 24 * 60;

/// The stretch in which everything happens: 2026-03-01 to 2027-06-01, UTC.
pub const FIRST: Minute = 29_538_720;
pub const LAST: Minute = FIRST + 457 * DAY;

/// The local date and hour of each hour; offsets are whole hours here.
static HOURS: LazyLock<Vec<(NaiveDate, u32)>> = LazyLock::new(|| {
    let local = |hour: i64| civil_of(FIRST + hour * 60);
    (0..(LAST - FIRST) / 60).map(|hour| (local(hour).date(), local(hour).hour())).collect()
});

fn civil_of(at: Minute) -> NaiveDateTime {
    DateTime::from_timestamp(at * 60, 0).unwrap().with_timezone(&Ljubljana).naive_local()
}

fn hour_of(at: Minute) -> (NaiveDate, u32) {
    HOURS[usize::try_from((at - FIRST) / 60).unwrap()]
}

pub fn date(at: Minute) -> NaiveDate {
    hour_of(at).0
}

/// The local date, and the minutes that the clock shows since midnight.
pub fn civil(at: Minute) -> (NaiveDate, i64) {
    let (date, hour) = hour_of(at);
    (date, i64::from(hour) * 60 + at.rem_euclid(60))
}

pub fn clock_hour(at: Minute) -> u32 {
    hour_of(at).1
}

/// From Monday 0.
pub fn weekday(of: NaiveDate) -> u32 {
    of.weekday().num_days_from_monday()
}

pub fn midnight(of: NaiveDate) -> Minute {
    at(of, 0)
}

pub fn later(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap()
}

/// So many minutes of the clock after local midnight: in a gap by the offset before it, in a fold the first.
pub fn at(date: NaiveDate, clock_minutes: i64) -> Minute {
    let local = date.and_time(NaiveTime::MIN) + TimeDelta::minutes(clock_minutes);
    let minute = |at: DateTime<Tz>| at.timestamp() / 60;
    match Ljubljana.from_local_datetime(&local).earliest() {
        Some(first) => minute(first),
        None => {
            let before = Ljubljana.from_local_datetime(&(local - TimeDelta::hours(3))).earliest().unwrap();
            local.and_utc().timestamp() / 60 - i64::from(before.offset().fix().local_minus_utc()) / 60
        }
    }
}

/// The day, week or month that quotas count in, as a number that is its own.
pub fn period(at: Minute, per: &str) -> i64 {
    let date = date(at);
    match per {
        "day" => i64::from(date.num_days_from_ce()),
        // 0001-01-01 was a Monday, and is day 1.
        "week" => (i64::from(date.num_days_from_ce()) - 1) / 7,
        _ => i64::from(date.year()) * 12 + i64::from(date.month()),
    }
}

/// The hours of the clock that a time has, each from when and how many minutes of it.
pub fn hourly(from: Minute, to: Minute) -> impl Iterator<Item = (Minute, i64)> {
    let next = |at: Minute| (at.div_euclid(60) + 1) * 60;
    let starts = std::iter::successors(Some(from), move |at| Some(next(*at)).filter(|at| *at < to));
    starts.map(move |at| (at, next(at).min(to) - at))
}

/// As a person would write it.
pub fn shown(at: Minute) -> String {
    DateTime::from_timestamp(at * 60, 0)
        .unwrap()
        .with_timezone(&Ljubljana)
        .format("%m-%dT%H:%M%:z")
        .to_string()
}

#[test]
fn the_clocks_are_those_of_2026() {
    let spring = NaiveDate::from_ymd_opt(2026, 3, 29).unwrap();
    let autumn = NaiveDate::from_ymd_opt(2026, 10, 25).unwrap();
    assert_eq!(midnight(later(spring, 1)) - midnight(spring), 23 * 60);
    assert_eq!(midnight(later(autumn, 1)) - midnight(autumn), 25 * 60);
    assert_eq!(at(spring, 150), at(spring, 180) + 30, "half past two would be half past three");
    assert_eq!(at(autumn, 150), midnight(autumn) + 150, "the first of two");
    assert_eq!(
        FIRST,
        NaiveDate::from_ymd_opt(2026, 3, 1).unwrap().and_time(NaiveTime::MIN).and_utc().timestamp() / 60
    );
    assert_eq!(date(midnight(autumn) - 1), autumn.pred_opt().unwrap());
}
