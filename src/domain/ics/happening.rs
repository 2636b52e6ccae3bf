//! When an event happens within a window: once, or as its rule says, without what EXDATE takes out and what another event
//! stands in the place of (RFC 5545, 3.8.4.4 and 3.8.5).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime};

use super::{Event, Unread, When, event::Length};
use crate::domain::{
    instant::{Instant, Interval},
    recurrence::{InvalidRule, Rule},
    zone::Zone,
};

/// One time at which an event happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// The same in every edition of the calendar: the UID, of an occurrence with the start that the rule gave it.
    pub key: String,
    pub interval: Interval,
}

/// The occurrences in whose place other events stand, gathered before any rule is expanded.
#[derive(Debug, Clone, Default)]
pub struct Changed(BTreeMap<String, BTreeSet<Instant>>);

impl Changed {
    pub fn add(&mut self, event: &Event, venue: Zone) {
        if let Some(original) = event.replaces {
            self.0.entry(event.uid.clone()).or_default().insert(original.at(venue));
        }
    }

    fn has(&self, uid: &str, original: Instant) -> bool {
        self.0.get(uid).is_some_and(|all| all.contains(&original))
    }
}

impl Event {
    /// When it happens: within the window, ascending, at most `limit` times. What has no end is as long as the window.
    ///
    /// # Errors
    /// [`Unread`] where it has no length, lies beyond the bounds of DESIGN 3, or its rule can't be kept.
    pub fn happenings(
        &self,
        venue: Zone,
        window: Interval,
        (changed, limit): (&Changed, u32),
    ) -> Result<Vec<Happening>, Unread> {
        let refused =
            |property, code| Err(Unread { line: self.line, uid: Some(self.uid.clone()), property, code });
        let Some(first) = self.interval(self.starts, venue) else {
            return refused("dtend", "not_after_start");
        };
        if !first.start().is_sane() || !first.end().is_sane() {
            return refused("dtstart", "time_out_of_bounds");
        }
        let (Some(rule), None) = (&self.rule, self.replaces) else {
            let key = match self.replaces {
                Some(original) => key(&self.uid, original.at(venue)),
                None => self.uid.clone(),
            };
            let here = first.overlaps(window);
            return Ok(here.then_some(Happening { key, interval: first }).into_iter().collect());
        };
        match self.repeated(rule, first, (venue, window), limit) {
            Ok(all) => Ok(all
                .into_iter()
                .filter(|(original, _)| !changed.has(&self.uid, *original))
                .map(|one| self.named(one))
                .collect()),
            Err(code) => refused("rrule", code),
        }
    }

    fn named(&self, (original, interval): (Instant, Interval)) -> Happening {
        Happening { key: key(&self.uid, original), interval }
    }

    /// The time from a start on; `None` where none is left.
    fn interval(&self, starts: When, venue: Zone) -> Option<Interval> {
        let start = starts.at(venue);
        let end = match (self.length, starts) {
            (Length::Until(end), _) => end.at(venue),
            (Length::Seconds(seconds), _) => start.plus(seconds),
            (Length::Days(days), When::Date(date)) => When::Date(later(date, days)?).at(venue),
            (Length::Days(days), _) => start.plus(i64::try_from(days).ok()?.checked_mul(86_400)?),
        };
        Interval::new(start, end)
    }

    /// Each with the start that the rule gives it.
    fn repeated(
        &self,
        rule: &str,
        first: Interval,
        (venue, window): (Zone, Interval),
        limit: u32,
    ) -> Result<Vec<(Instant, Interval)>, &'static str> {
        let (local, zone) = self.starts.civil(venue);
        let (from, to) = (window.start().plus(-first.seconds() - 86_400), window.end());
        let rule = bounded(rule, local.date(), zone.date(to));
        let rule: Rule = rule.parse().map_err(|error: InvalidRule| error.code())?;
        let starts = rule.starts_within(local, zone, (zone.civil(from), zone.civil(to)), limit);
        let starts = starts.map_err(|error| error.code())?;
        let all = starts.into_iter().filter_map(|start| self.occurrence(start, first, (venue, zone)));
        Ok(all.filter(|(original, one)| one.overlaps(window) && !self.excludes(*original, venue)).collect())
    }

    /// Dates repeat as whole days, times with the elapsed time of the first (RFC 5545, 3.8.5.3).
    fn occurrence(
        &self,
        start: NaiveDateTime,
        first: Interval,
        (venue, zone): (Zone, Zone),
    ) -> Option<(Instant, Interval)> {
        if let When::Date(date) = self.starts {
            let days = match self.length {
                Length::Days(days) => days,
                Length::Until(When::Date(end)) => {
                    u64::try_from(end.signed_duration_since(date).num_days()).ok()?
                }
                _ => return None,
            };
            let original = When::Date(start.date()).at(venue);
            let end = When::Date(later(start.date(), days)?).at(venue);
            return Some((original, Interval::new(original, end)?));
        }
        let original = zone.rule(start);
        Some((original, Interval::new(original, original.plus(first.seconds()))?))
    }

    fn excludes(&self, original: Instant, venue: Zone) -> bool {
        self.excluded.iter().any(|excluded| match *excluded {
            When::Date(date) => venue.date(original) == date,
            time => time.at(venue) == original,
        })
    }
}

fn key(uid: &str, original: Instant) -> String {
    format!("{uid} {}", original.utc().format("%Y%m%dT%H%M%SZ"))
}

fn later(date: NaiveDate, days: u64) -> Option<NaiveDate> {
    date.checked_add_days(Days::new(days))
}

/// The rule with an end where it has none, and what happens every year on the date of its start as every twelfth month:
/// that is the part of RFC 5545 that series keep.
fn bounded(rule: &str, start: NaiveDate, last: NaiveDate) -> String {
    let rule = rule.to_ascii_uppercase();
    let mut parts: Vec<String> = rule.split(';').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let on_its_date = ["BYMONTH", "BYMONTHDAY"].map(|name| match name {
        "BYMONTH" => format!("{name}={}", start.month()),
        _ => format!("{name}={}", start.day()),
    });
    let other = |part: &String| part.starts_with("BY") && !on_its_date.contains(part);
    if parts.iter().any(|part| part == "FREQ=YEARLY") && !parts.iter().any(other) {
        let years =
            parts.iter().find_map(|part| part.strip_prefix("INTERVAL=")?.parse::<u32>().ok()).unwrap_or(1);
        parts.retain(|part| {
            !part.starts_with("BY") && !part.starts_with("FREQ=") && !part.starts_with("INTERVAL=")
        });
        parts.push("FREQ=MONTHLY".to_owned());
        parts.push(format!("INTERVAL={}", years.saturating_mul(12)));
    }
    if !parts.iter().any(|part| part.starts_with("COUNT=") || part.starts_with("UNTIL=")) {
        parts.push(format!("UNTIL={}", last.format("%Y%m%d")));
    }
    parts.join(";")
}

#[cfg(test)]
mod tests {
    use super::{super::Reader, *};

    fn events(inside: &str) -> Vec<Event> {
        let text = format!("BEGIN:VCALENDAR\n{inside}\nEND:VCALENDAR\n");
        let mut reader = Reader::default();
        let mut events = Vec::new();
        for line in text.lines() {
            events.extend(reader.push(line.as_bytes()).unwrap());
        }
        events.extend(reader.finish().unwrap());
        events.into_iter().map(Result::unwrap).collect()
    }

    fn window(from: &str, to: &str) -> Interval {
        let at = |date: &str| Zone::default().day(date.parse().unwrap()).start();
        Interval::new(at(from), at(to)).unwrap()
    }

    /// `key start/end` in local time, or the code.
    fn shown(inside: &str, within: (&str, &str)) -> Vec<String> {
        let (zone, mut changed) = (Zone::default(), Changed::default());
        let events = events(inside);
        events.iter().for_each(|event| changed.add(event, zone));
        let mut all = Vec::new();
        for event in &events {
            match event.happenings(zone, window(within.0, within.1), (&changed, 100)) {
                Ok(some) => all.extend(some.iter().map(|one| {
                    let civil = |at| zone.civil(at).format("%m-%dT%H:%M");
                    format!("{} {}/{}", one.key, civil(one.interval.start()), civil(one.interval.end()))
                })),
                Err(unread) => all.push(unread.code.to_owned()),
            }
        }
        all
    }

    fn event(uid: &str, more: &str) -> String {
        format!("BEGIN:VEVENT\nUID:{uid}\n{more}\nEND:VEVENT")
    }

    #[test]
    fn an_event_happens_once_or_as_its_rule_says() {
        let march = ("2026-03-01", "2026-04-01");
        let timed =
            "DTSTART;TZID=Europe/Ljubljana:20260303T100000\nDTEND;TZID=Europe/Ljubljana:20260303T120000";
        for (more, within, wanted) in [
            (timed.to_owned(), march, vec!["1 03-03T10:00/03-03T12:00"]),
            (timed.to_owned(), ("2026-04-01", "2026-05-01"), vec![]),
            ("DTSTART;VALUE=DATE:20260329".to_owned(), march, vec!["1 03-29T00:00/03-30T00:00"]),
            (
                "DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260304".to_owned(),
                march,
                vec!["1 03-02T00:00/03-04T00:00"],
            ),
            ("DTSTART:20260303T090000Z\nDURATION:PT90M".to_owned(), march, vec!["1 03-03T10:00/03-03T11:30"]),
            ("DTSTART:20260303T090000Z".to_owned(), march, vec!["not_after_start"]),
            ("DTSTART:19990303T090000Z\nDURATION:PT1H".to_owned(), march, vec!["time_out_of_bounds"]),
            // 10:00 stays 10:00 when the clocks change; without an end the window is the end.
            (
                format!(
                    "{timed}\nRRULE:FREQ=WEEKLY;BYDAY=TU\nEXDATE;TZID=Europe/Ljubljana:20260310T100000,20260317T100000"
                ),
                ("2026-03-01", "2026-04-08"),
                vec![
                    "1 20260303T090000Z 03-03T10:00/03-03T12:00",
                    "1 20260324T090000Z 03-24T10:00/03-24T12:00",
                    "1 20260331T080000Z 03-31T10:00/03-31T12:00",
                    "1 20260407T080000Z 04-07T10:00/04-07T12:00",
                ],
            ),
            // A rule that has gone on for years, and one of dates.
            (
                "DTSTART:20140107T090000Z\nDTEND:20140107T100000Z\nRRULE:FREQ=DAILY;INTERVAL=2".to_owned(),
                ("2026-03-01", "2026-03-05"),
                vec![
                    "1 20260301T090000Z 03-01T10:00/03-01T11:00",
                    "1 20260303T090000Z 03-03T10:00/03-03T11:00",
                ],
            ),
            (
                "DTSTART;VALUE=DATE:20200315\nDTEND;VALUE=DATE:20200317\nRRULE:FREQ=YEARLY;BYMONTH=3"
                    .to_owned(),
                march,
                vec!["1 20260314T230000Z 03-15T00:00/03-17T00:00"],
            ),
            (
                format!("{timed}\nRRULE:FREQ=WEEKLY;COUNT=2"),
                ("2026-03-08", "2026-04-01"),
                vec!["1 20260310T090000Z 03-10T10:00/03-10T12:00"],
            ),
            (format!("{timed}\nRRULE:FREQ=SECONDLY"), march, vec!["rrule_frequency_unsupported"]),
            (format!("{timed}\nRRULE:FREQ=WEEKLY;BYDAY=WE"), march, vec!["start_not_in_rule"]),
            (format!("{timed}\nRRULE:FREQ=YEARLY;BYDAY=1TU"), march, vec!["rrule_frequency_unsupported"]),
            (
                format!("{timed}\nRRULE:FREQ=DAILY"),
                ("2026-03-01", "2027-03-01"),
                vec!["too_many_occurrences"],
            ),
        ] {
            assert_eq!(shown(&event("1", &more), within), wanted, "{more}");
        }
    }

    #[test]
    fn another_event_stands_in_the_place_of_an_occurrence() {
        let master =
            event("a", "DTSTART:20260303T090000Z\nDTEND:20260303T100000Z\nRRULE:FREQ=WEEKLY;COUNT=3");
        let moved =
            event("a", "RECURRENCE-ID:20260310T090000Z\nDTSTART:20260311T090000Z\nDTEND:20260311T100000Z");
        let wanted = [
            "a 20260303T090000Z 03-03T10:00/03-03T11:00",
            "a 20260317T090000Z 03-17T10:00/03-17T11:00",
            "a 20260310T090000Z 03-11T10:00/03-11T11:00",
        ];
        assert_eq!(shown(&format!("{master}\n{moved}"), ("2026-03-01", "2026-04-01")), wanted);
    }

    #[test]
    fn what_can_t_be_kept_is_refused_and_not_passed_over() {
        let times = "DTSTART:20260303T090000Z\nDTEND:20260303T100000Z";
        for (more, property, code) in [
            (format!("UID:\n{times}"), "uid", "missing_field"),
            ("UID:1".to_owned(), "dtstart", "missing_field"),
            (format!("UID:1\n{times}\nRDATE:20260310T090000Z"), "rdate", "calendar_unsupported"),
            (
                format!("UID:1\n{times}\nRRULE:FREQ=DAILY;COUNT=2\nRRULE:FREQ=DAILY;COUNT=3"),
                "rrule",
                "calendar_unsupported",
            ),
            (
                format!("UID:1\n{times}\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260310T090000Z"),
                "recurrence-id",
                "calendar_unsupported",
            ),
            ("UID:1\nDTSTART:yesterday".to_owned(), "dtstart", "calendar_time_malformed"),
            (
                "UID:1\nDTSTART;VALUE=DATE:20260303\nDTEND:20260303T100000Z".to_owned(),
                "dtend",
                "calendar_time_malformed",
            ),
            (format!("UID:1\n{times}\nEXDATE:20260310T090000Z,soon"), "exdate", "calendar_time_malformed"),
            (format!("UID:{}\n{times}", "x".repeat(1001)), "uid", "too_long"),
        ] {
            let text = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{more}\nEND:VEVENT\nEND:VCALENDAR");
            let mut reader = Reader::default();
            let mut read = Vec::new();
            for line in text.lines() {
                read.extend(reader.push(line.as_bytes()).unwrap());
            }
            read.extend(reader.finish().unwrap());
            let unread = read.remove(0).unwrap_err();
            assert_eq!((unread.line, unread.property, unread.code), (2, property, code), "{more}");
        }
    }
}
