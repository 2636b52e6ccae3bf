//! Opening hours: when a venue or space is open, by local rules (DESIGN 4).
//!
//! Precedence on a date: its exception, else the holiday, else the season, else the weekly rules, of
//! the version valid on that date. A span belongs to the date on which it begins.

mod check;
mod own;
mod rules;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

pub(in crate::domain) use check::check_weekly;
pub use check::{FieldFault, check_exceptions};
pub use own::OwnHours;
pub use rules::{
    Day, HolidayHours, HoursException, HoursVersion, InvalidTimeOfDay, Season, Span, TimeOfDay, WeeklyRule,
};

use super::{
    holidays::Country,
    instant::{Instant, Interval},
    interval_set::IntervalSet,
    zone::Zone,
};

/// How many days before and after what is asked `Schedule::open` follows a joined span. Beyond a day
/// the grid anchors at local midnights, so that no answer depends on what lies further.
const REACH_DAYS: u64 = 8;

/// A joined span longer than this, in elapsed seconds, anchors its grid anew at each local midnight.
const LONGEST_WITH_ONE_ANCHOR: i64 = 24 * 3600;

/// The opening hours of a venue or space through time. Before its first version it is closed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schedule {
    /// By `valid_from`, each once.
    versions: BTreeMap<NaiveDate, HoursVersion>,
    exceptions: BTreeMap<NaiveDate, HoursException>,
}

impl Schedule {
    /// In any order; of two for the same date the later given counts.
    pub fn new(
        versions: impl IntoIterator<Item = HoursVersion>,
        exceptions: impl IntoIterator<Item = HoursException>,
    ) -> Self {
        Self {
            versions: versions.into_iter().map(|version| (version.valid_from, version)).collect(),
            exceptions: exceptions.into_iter().map(|exception| (exception.date, exception)).collect(),
        }
    }

    /// Ascending by `valid_from`.
    pub fn versions(&self) -> impl DoubleEndedIterator<Item = &HoursVersion> {
        self.versions.values()
    }

    /// Ascending by date.
    pub fn exceptions(&self) -> impl DoubleEndedIterator<Item = &HoursException> {
        self.exceptions.values()
    }

    /// The version that counts on `date`.
    pub fn version_on(&self, date: NaiveDate) -> Option<&HoursVersion> {
        self.versions.range(..=date).next_back().map(|(_, version)| version)
    }

    /// What it would be with these dates closed.
    #[must_use]
    pub fn closed_on(&self, dates: &[NaiveDate]) -> Self {
        let closed = dates.iter().map(|&date| HoursException::closed(date, None));
        Self::new(self.versions().cloned(), self.exceptions().cloned().chain(closed))
    }

    /// What it would be on ordinary dates alone: no exceptions, and holidays as other days.
    #[must_use]
    pub fn ordinary(&self) -> Self {
        let open = |version: &HoursVersion| HoursVersion { holidays: HolidayHours::Open, ..version.clone() };
        Self::new(self.versions().map(open), [])
    }

    /// The joined opening spans that share an instant with `within`, whole: a span over its edge is
    /// followed across midnights for up to 8 days to each side, never clipped.
    pub fn open(&self, zone: Zone, country: Country, within: Interval) -> IntervalSet {
        let (asked_first, asked_last) = (zone.date(within.start()), zone.date(within.end().plus(-1)));
        let (mut first, mut last) = (before(asked_first, 1), asked_last);
        let mut open = self.begun_from(zone, country, first, last);
        while first > before(asked_first, REACH_DAYS)
            && open.meeting(within).next().is_some_and(|head| zone.date(head.start()) <= first)
        {
            first = before(first, 1);
            open = open.union(&self.begun_on(zone, country, first));
        }
        while last < after(asked_last, REACH_DAYS)
            && open.meeting(within).next_back().is_some_and(|tail| zone.date(tail.end()) > last)
        {
            last = after(last, 1);
            open = open.union(&self.begun_on(zone, country, last));
        }
        open.meeting(within).collect()
    }

    /// The opening time that begins on `date`, overnight spans to their end. Empty on a closed date.
    pub fn begun_on(&self, zone: Zone, country: Country, date: NaiveDate) -> IntervalSet {
        self.begun_from(zone, country, date, date)
    }

    /// Where the slot grid that holds `at` begins: the start of the joined opening span, as `open`
    /// answers it; in a span over 24 h the last local midnight, or its start if that is later.
    pub fn anchor(zone: Zone, span: Interval, at: Instant) -> Instant {
        if span.seconds() <= LONGEST_WITH_ONE_ANCHOR {
            return span.start();
        }
        zone.day(zone.date(at)).start().max(span.start())
    }

    fn begun_from(&self, zone: Zone, country: Country, first: NaiveDate, last: NaiveDate) -> IntervalSet {
        let dates = first.iter_days().take_while(|date| *date <= last);
        dates
            .flat_map(|date| self.spans_on(country, date).filter_map(move |span| span.on(zone, date)))
            .collect()
    }

    /// The local spans that begin on `date`, as the precedence has it.
    fn spans_on(&self, country: Country, date: NaiveDate) -> Box<dyn Iterator<Item = Span> + '_> {
        if let Some(exception) = self.exceptions.get(&date) {
            return Box::new(exception.hours.iter().copied());
        }
        let Some(version) = self.version_on(date) else {
            return Box::new(std::iter::empty());
        };
        match (&version.holidays, country.holiday(date)) {
            (HolidayHours::Closed, Some(_)) => Box::new(std::iter::empty()),
            (HolidayHours::Own(spans), Some(_)) => Box::new(spans.iter().copied()),
            (HolidayHours::Open, _) | (_, None) => Box::new(version.ordinary_spans_on(date)),
        }
    }
}

fn before(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

fn after(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}
