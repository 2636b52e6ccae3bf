//! VTIMEZONE: a zone's clock changes around an event (RFC 5545, 3.6.5), computed from chrono-tz.
//!
//! Written from the year before the event to the year after it. Changes that fall on the same weekday of
//! the same month each year become a rule, the form every calendar program understands; irregular ones
//! are listed by date.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Offset, Weekday};
use chrono_tz::{OffsetName, Tz};

use super::content_line::Lines;
use crate::domain::instant::Instant;

/// An observance: offsets before and after in seconds, and its abbreviation.
type Observance = (i32, i32, String);

const LOCAL: &str = "%Y%m%dT%H%M%S";

/// Writes the zone for an event lasting from `start` to `end`.
pub(super) fn write(lines: &mut Lines, zone: Tz, start: Instant, end: Instant) {
    let years = (start.utc().year() - 1, end.utc().year() + 1);
    let window = (new_year(years.0), new_year(years.1 + 1));
    let changes = changes(zone, window.0, window.1);
    lines.begin("VTIMEZONE");
    lines.value("TZID", zone.name());
    if changes.first().is_none_or(|(at, _)| *at > start) {
        let (offset, name) = offset(zone, window.0);
        let onset = window.0.utc().naive_utc() + chrono::Duration::seconds(offset.into());
        observance(lines, &(offset, offset, name), &[onset], None);
    }
    let mut onsets: BTreeMap<Observance, Vec<NaiveDateTime>> = BTreeMap::new();
    for (at, change) in changes {
        // An onset is local time as it was before the change.
        let local = at.utc().naive_utc() + chrono::Duration::seconds(change.0.into());
        onsets.entry(change).or_default().push(local);
    }
    for (change, onsets) in &onsets {
        observance(lines, change, onsets, yearly(onsets, years));
    }
    lines.end("VTIMEZONE");
}

fn observance(
    lines: &mut Lines,
    (from, to, name): &Observance,
    onsets: &[NaiveDateTime],
    rule: Option<String>,
) {
    let kind = if to > from { "DAYLIGHT" } else { "STANDARD" };
    let written: Vec<String> = onsets.iter().map(|onset| onset.format(LOCAL).to_string()).collect();
    lines.begin(kind);
    lines.value("DTSTART", &written[0]);
    lines.value("TZOFFSETFROM", &signed(*from));
    lines.value("TZOFFSETTO", &signed(*to));
    lines.value("TZNAME", name);
    match rule {
        Some(rule) => lines.value("RRULE", &rule),
        None => written[1..].iter().for_each(|onset| lines.value("RDATE", onset)),
    }
    lines.end(kind);
}

/// The rule of onsets that come once in every year of the window, on the same (or the last) such weekday
/// of the same month at the same hour.
fn yearly(onsets: &[NaiveDateTime], (first, last): (i32, i32)) -> Option<String> {
    let model = onsets[0];
    let every_year = onsets.iter().map(Datelike::year).eq(first..=last);
    let alike = |onset: &NaiveDateTime| {
        (onset.month(), onset.weekday(), onset.time()) == (model.month(), model.weekday(), model.time())
    };
    if !every_year || !onsets.iter().all(alike) {
        return None;
    }
    let nth = |onset: &NaiveDateTime| onset.day0() / 7 + 1;
    let is_last = |onset: &NaiveDateTime| (onset.date() + Days::new(7)).month() != onset.month();
    let place = if onsets.iter().all(is_last) {
        -1
    } else if onsets.iter().all(|onset| nth(onset) == nth(&model)) {
        i64::from(nth(&model))
    } else {
        return None;
    };
    Some(format!("FREQ=YEARLY;BYMONTH={};BYDAY={place}{}", model.month(), weekday(model.weekday())))
}

fn weekday(day: Weekday) -> &'static str {
    ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][day.num_days_from_monday() as usize]
}

/// The changes within `[from, until)`: looked for by halving between samples twelve hours apart, closer
/// than any two changes of a zone.
fn changes(zone: Tz, from: Instant, until: Instant) -> Vec<(Instant, Observance)> {
    const STEP: i64 = 12 * 3600;
    let mut found = Vec::new();
    let mut low = from;
    let mut before = offset(zone, low);
    while low < until {
        let mut high = low.plus(STEP);
        let after = offset(zone, high);
        let next = high;
        if after != before {
            while high.since(low) > 1 {
                let middle = low.plus(high.since(low) / 2);
                if offset(zone, middle) == before { low = middle } else { high = middle }
            }
            found.push((high, (before.0, after.0, after.1.clone())));
        }
        (low, before) = (next, after);
    }
    found
}

/// Seconds east of UTC and the abbreviation in force.
fn offset(zone: Tz, at: Instant) -> (i32, String) {
    let local = at.utc().with_timezone(&zone);
    let name = local.offset().abbreviation().unwrap_or(zone.name()).to_owned();
    (local.offset().fix().local_minus_utc(), name)
}

fn new_year(year: i32) -> Instant {
    let date = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    date.and_time(chrono::NaiveTime::MIN).and_utc().into()
}

/// UTC-OFFSET (3.3.14): `+0100`, with seconds only where there are any.
fn signed(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, rest) = (seconds.abs() / 3600, seconds.abs() % 3600);
    match rest % 60 {
        0 => format!("{sign}{hours:02}{:02}", rest / 60),
        left => format!("{sign}{hours:02}{:02}{left:02}", rest / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(zone: Tz, start: &str) -> Vec<String> {
        let start: Instant = start.parse::<chrono::DateTime<chrono::Utc>>().unwrap().into();
        let mut lines = Lines::default();
        write(&mut lines, zone, start, start.plus(3600));
        lines.finish().lines().map(str::to_owned).collect()
    }

    #[test]
    fn ljubljana_changes_by_the_european_rule() {
        assert_eq!(
            zone(Tz::Europe__Ljubljana, "2026-11-03T09:00:00Z"),
            [
                "BEGIN:VTIMEZONE",
                "TZID:Europe/Ljubljana",
                "BEGIN:DAYLIGHT",
                "DTSTART:20250330T020000",
                "TZOFFSETFROM:+0100",
                "TZOFFSETTO:+0200",
                "TZNAME:CEST",
                "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
                "END:DAYLIGHT",
                "BEGIN:STANDARD",
                "DTSTART:20251026T030000",
                "TZOFFSETFROM:+0200",
                "TZOFFSETTO:+0100",
                "TZNAME:CET",
                "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
                "END:STANDARD",
                "END:VTIMEZONE",
            ]
        );
    }

    #[test]
    fn other_zones_have_their_own() {
        for (tz, line) in [
            (Tz::America__New_York, "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
            (Tz::Australia__Lord_Howe, "TZOFFSETTO:+1030"),
            (Tz::Asia__Kathmandu, "TZOFFSETTO:+0545"),
            // Ramadan moves through the year: dates, not a rule.
            (Tz::Africa__Casablanca, "RDATE:20260322T020000"),
        ] {
            let lines = zone(tz, "2026-11-03T09:00:00Z");
            assert!(lines.iter().any(|l| l == line), "{tz}: {lines:#?}");
        }
    }

    #[test]
    fn a_zone_without_changes_has_one_observance() {
        let lines = zone(Tz::Asia__Tokyo, "2026-11-03T09:00:00Z");
        assert_eq!(lines.iter().filter(|l| l.starts_with("DTSTART")).count(), 1);
        assert!(lines.contains(&"TZOFFSETFROM:+0900".to_owned()), "{lines:?}");
    }
}
