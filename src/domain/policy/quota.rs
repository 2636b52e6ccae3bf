//! Quotas: how many reservations or hours a person or an organisation may have in a local day, ISO week or
//! month (DESIGN 4). What a reservation weighs in a period is said here; `decision` adds up.
//!
//! Hours are split at local midnight and are real elapsed time; a reservation as such belongs to the local
//! date of its start. Both count once, however many units are taken.

use chrono::{Datelike, Days, Months, Weekday};
use serde::{Deserialize, Serialize};

use super::Beyond;
use crate::domain::{
    codes::codes,
    hours::{Span, TimeOfDay},
    instant::{Instant, Interval},
    zone::Zone,
};

codes! {
    /// What is counted.
    pub enum Counting {
        Reservations = "reservations",
        Hours = "hours",
    }
}

codes! {
    /// The local period that is counted in.
    pub enum Per {
        Day = "day",
        /// ISO 8601: from Monday on.
        Week = "week",
        Month = "month",
    }
}

codes! {
    /// Whose are counted.
    pub enum By {
        Person = "person",
        /// Holds only for what is booked for one.
        Organisation = "organisation",
    }
}

codes! {
    /// Where they are counted, the narrowest first.
    pub enum Over {
        Space = "space",
        Venue = "venue",
        Network = "network",
    }
}

/// Hours of the day; `to` lies after `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Between {
    pub from: TimeOfDay,
    pub to: TimeOfDay,
}

/// How much may be had in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// Reservations, or hours.
    pub amount: u32,
    pub count: Counting,
    pub per: Per,
    pub by: By,
    pub over: Over,
    /// Only what lies within these hours counts; a reservation that reaches into them counts as one.
    #[serde(
        default,
        deserialize_with = "crate::domain::given::given",
        skip_serializing_if = "Option::is_none"
    )]
    pub between: Option<Between>,
    #[serde(default)]
    pub beyond: Beyond,
}

impl Quota {
    /// The amount as [`Self::weight`] counts: reservations, or seconds.
    pub fn most(&self) -> i64 {
        match self.count {
            Counting::Reservations => self.amount.into(),
            Counting::Hours => i64::from(self.amount) * 3600,
        }
    }

    /// The local day, week or month that holds `at`.
    pub fn period(&self, zone: Zone, at: Instant) -> Interval {
        let date = zone.date(at);
        let (first, next) = match self.per {
            Per::Day => (Some(date), date.succ_opt()),
            Per::Week => {
                let passed = date.weekday().days_since(Weekday::Mon);
                let first = date.checked_sub_days(Days::new(passed.into()));
                (first, first.and_then(|monday| monday.checked_add_days(Days::new(7))))
            }
            Per::Month => {
                let first = date.with_day(1);
                (first, first.and_then(|first| first.checked_add_months(Months::new(1))))
            }
        };
        let bounds = first.zip(next);
        let whole =
            bounds.and_then(|(first, next)| Interval::new(zone.day(first).start(), zone.day(next).start()));
        whole.unwrap_or_else(|| zone.day(date))
    }

    /// All periods that `interval` touches, as one.
    pub fn periods(&self, zone: Zone, interval: Interval) -> Interval {
        let (first, last) = (self.period(zone, interval.start()), self.period(zone, interval.end().plus(-1)));
        Interval::new(first.start(), last.end()).unwrap_or(first)
    }

    /// What a reservation of `interval` counts in `period`: one or none, or seconds.
    pub fn weight(&self, zone: Zone, interval: Interval, period: Interval) -> i64 {
        match self.count {
            Counting::Reservations => {
                i64::from(period.contains(interval.start()) && self.seconds(zone, interval) > 0)
            }
            Counting::Hours => interval.intersection(period).map_or(0, |part| self.seconds(zone, part)),
        }
    }

    /// Elapsed seconds within the hours of the day that count.
    fn seconds(&self, zone: Zone, interval: Interval) -> i64 {
        let Some(Between { from, to }) = self.between else { return interval.seconds() };
        let hours = Span { opens: from, closes: to };
        let parts = zone.days(interval).filter_map(|date| hours.on(zone, date)?.intersection(interval));
        parts.map(Interval::seconds).sum()
    }
}
