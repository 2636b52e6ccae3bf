//! Local time: the only module that converts between what clocks on the wall show and instants (DESIGN 3).
//!
//! Rules (opening hours, series) read local time leniently by RFC 5545 3.3.5 (`Zone::rule`); what a
//! person sends is read strictly (`Zone::resolve`). Days partition time: `day(date(at))` holds `at`.

mod input;
mod shown;
#[cfg(test)]
mod tests;

use std::{fmt, iter};

use chrono::{
    DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Timelike, Utc,
};
use chrono_tz::{GapInfo, Tz};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use input::{DateOrTime, InvalidTime, LocalTimeError, TimeInput};
pub use shown::LocalTime;

use super::instant::{Instant, Interval};

/// A time zone of the IANA database; Europe/Ljubljana unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(Tz);

/// The text is no name in the IANA time zone database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an IANA time zone such as Europe/Ljubljana was expected")]
pub struct UnknownZone;

/// What the clocks of a zone make of a local date-time.
enum Reading {
    Once(Instant),
    Twice(Instant, Instant),
    /// Clocks skip it: `before` reads it with the offset before the gap, `end` is the first instant after.
    Never {
        before: Instant,
        end: Instant,
    },
}

impl Zone {
    /// By its exact name in the IANA database, aliases included.
    pub fn parse(name: &str) -> Result<Self, UnknownZone> {
        name.parse().map(Self).map_err(|_| UnknownZone)
    }

    /// Of times that are given in UTC.
    pub const UTC: Self = Self(Tz::UTC);

    /// The zone for libraries that format or write calendars.
    pub const fn tz(self) -> Tz {
        self.0
    }

    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// What a calendar and a clock on the wall show.
    pub fn civil(self, at: Instant) -> NaiveDateTime {
        self.local(at).naive_local()
    }

    /// The local date whose `day` holds `at`: what a calendar shows, except where clocks turned back over
    /// midnight (St John's before 2011), when the new day once begun goes on.
    pub fn date(self, at: Instant) -> NaiveDate {
        let civil = self.civil(at);
        let tomorrow = after(civil.date(), 1);
        // No zone turns back by more than three hours in the bounds of DESIGN 3.
        if civil.hour() >= 21 && self.midnight(tomorrow) <= at { tomorrow } else { civil.date() }
    }

    /// The instant a rule (opening hours, a series) means by a local date-time, RFC 5545 3.3.5:
    /// in a gap the offset before it, in a fold the first reading.
    pub fn rule(self, local: NaiveDateTime) -> Instant {
        match self.reading(local) {
            Reading::Once(at) | Reading::Twice(at, _) | Reading::Never { before: at, .. } => at,
        }
    }

    /// From the date's first instant to the next date's: 23, 24 or 25 hours in most zones. A date that
    /// the zone skipped (Apia, 2011-12-30) is answered with the day in its place. Dates outside 1900 to
    /// 2200, which the edge refuses, are taken as the nearest inside.
    pub fn day(self, date: NaiveDate) -> Interval {
        let date = date.clamp(date_of(1900), date_of(2200));
        let start = self.midnight(date);
        (1..)
            .find_map(|days| Interval::new(start, self.midnight(after(date, days))))
            .expect("later dates begin later")
    }

    /// The local dates that `interval` touches, ascending.
    pub fn days(self, interval: Interval) -> impl Iterator<Item = NaiveDate> + Clone {
        let last = self.date(interval.end().plus(-1));
        iter::successors(Some(self.date(interval.start())), |date| date.succ_opt())
            .take_while(move |date| *date <= last)
            .filter(move |date| self.day(*date).overlaps(interval) && !self.is_skipped(*date))
    }

    /// `interval` cut where clocks on the wall begin another hour: that hour of the day, 0 to 23, and its stretch, ascending.
    /// An hour that clocks repeat comes twice, one that they skip not at all.
    pub fn hours(self, interval: Interval) -> impl Iterator<Item = (u32, Interval)> {
        let mut from = interval.start();
        iter::from_fn(move || {
            let civil = self.civil(from);
            let second = i64::from(civil.second());
            let left = 3600 - 60 * i64::from(civil.minute()) - second;
            // Where clocks change in the middle of an hour (St John's, Lord Howe) it goes by minutes.
            let steady = self.civil(from.plus(left - 1)) - civil == TimeDelta::seconds(left - 1);
            let until = from.plus(if steady { left } else { 60 - second });
            let part = Interval::new(from, until.min(interval.end()))?;
            from = part.end();
            Some((civil.hour(), part))
        })
    }

    /// RFC 3339 with the zone's offset at that instant, whole seconds.
    pub fn show(self, at: Instant) -> String {
        self.local_time(at).to_string()
    }

    /// As [`Self::show`], to be written out later.
    pub fn local_time(self, at: Instant) -> LocalTime {
        let local = self.local(at);
        LocalTime::new(local.naive_local(), local.offset().fix().local_minus_utc())
    }

    /// What a person means: an instant, or a local date-time that the zone's clocks show exactly once.
    pub fn resolve(self, input: TimeInput) -> Result<Instant, LocalTimeError> {
        let at = match input {
            TimeInput::At(at) => at,
            TimeInput::Local(local) => match self.reading(local) {
                Reading::Once(at) => at,
                Reading::Twice(first, second) => {
                    let (first, second) = (self.offset(first), self.offset(second));
                    return Err(LocalTimeError::Ambiguous { first, second });
                }
                Reading::Never { .. } => return Err(LocalTimeError::Nonexistent),
            },
        };
        if at.is_sane() { Ok(at) } else { Err(LocalTimeError::OutOfBounds) }
    }

    /// The offset from UTC at that instant, such as `+02:00`.
    pub fn offset(self, at: Instant) -> String {
        self.local(at).format("%:z").to_string()
    }

    /// The first instant of the date. A date whose midnight is skipped begins where the gap ends.
    fn midnight(self, date: NaiveDate) -> Instant {
        match self.reading(date.and_time(NaiveTime::MIN)) {
            Reading::Once(at) | Reading::Twice(at, _) | Reading::Never { end: at, .. } => at,
        }
    }

    fn is_skipped(self, date: NaiveDate) -> bool {
        self.midnight(date) == self.midnight(after(date, 1))
    }

    fn local(self, at: Instant) -> DateTime<Tz> {
        at.utc().with_timezone(&self.0)
    }

    fn reading(self, local: NaiveDateTime) -> Reading {
        let Some(gap) = GapInfo::new(&local, &self.0) else {
            let readings = self.0.from_local_datetime(&local);
            return match (readings.earliest(), readings.latest()) {
                (Some(first), Some(second)) if first < second => {
                    Reading::Twice(instant(&first), instant(&second))
                }
                (Some(only), _) => Reading::Once(instant(&only)),
                // Only at the ends of chrono's calendar, 260,000 years away.
                _ => Reading::Once(local.and_utc().into()),
            };
        };
        let seconds = gap.begin.map_or(0, |(_, offset)| i64::from(offset.fix().local_minus_utc()));
        let before = Instant::from(local.and_utc()).plus(-seconds);
        Reading::Never { before, end: gap.end.map_or(before, |end| instant(&end)) }
    }
}

fn instant(at: &DateTime<Tz>) -> Instant {
    at.with_timezone(&Utc).into()
}

fn after(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// The first of January.
fn date_of(year: i32) -> NaiveDate {
    NaiveDate::from_yo_opt(year, 1).unwrap_or_default()
}

impl Default for Zone {
    fn default() -> Self {
        Self(Tz::Europe__Ljubljana)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&name).map_err(de::Error::custom)
    }
}
