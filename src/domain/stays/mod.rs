//! Spaces booked by days or by nights (DESIGN 4): which whole days and nights there are, and whether an interval
//! keeps to them. The hours between closing and opening belong to a stay, and are occupied by it.
//!
//! A day lasts from the first opening of its local date to the last closing, which may come after midnight. A night
//! lasts from the hour of arrival on its date to the hour of departure on the next, and is to be had when its own
//! date has any opening time; the date of departure may be closed. A stay is of consecutive dates, all of them open.

#[cfg(test)]
mod tests;

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};

use super::{
    holidays::Country,
    hours::{Schedule, TimeOfDay},
    instant::{Instant, Interval},
    zone::Zone,
};

/// Minutes of which one day or one night is wanted (DESIGN 5, `duration_minutes`).
pub const DAY_MINUTES: u32 = 24 * 60;

/// No stay has more days or nights: from the end of a first date to the beginning of a last one, 31 local days hold
/// so many dates (DESIGN 3).
const MOST: usize = 32;

/// The local hours at which nights begin and end. Departure is not after arrival, so that nights never overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nights {
    pub arrival: TimeOfDay,
    pub departure: TimeOfDay,
}

/// How a space is booked that is not booked by hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    Days,
    Nights(Nights),
}

/// Opening hours, as far as days and nights go by them.
#[derive(Debug, Clone, Copy)]
pub struct Calendar<'a> {
    pub schedule: &'a Schedule,
    pub zone: Zone,
    pub country: Country,
}

impl Calendar<'_> {
    /// The day or night of a date; `None` where the date is closed.
    fn one(self, measure: Measure, date: NaiveDate) -> Option<Interval> {
        let open = self.schedule.begun_on(self.zone, self.country, date).hull()?;
        match measure {
            Measure::Days => Some(open),
            Measure::Nights(nights) => {
                let departs = self.at(date.checked_add_days(Days::new(1))?, nights.departure);
                Interval::new(self.at(date, nights.arrival), departs)
            }
        }
    }

    /// When a stay begins that begins on `date`, and when one ends that ends on it: what a bare date means. On a date
    /// without a day of its own it is the local midnight, for the decision to refuse.
    pub fn edges(self, measure: Measure, date: NaiveDate) -> (Instant, Instant) {
        match measure {
            Measure::Days => {
                let day = self.one(measure, date).unwrap_or_else(|| self.zone.day(date));
                (day.start(), day.end())
            }
            Measure::Nights(nights) => (self.at(date, nights.arrival), self.at(date, nights.departure)),
        }
    }

    fn at(self, date: NaiveDate, time: TimeOfDay) -> Instant {
        self.zone.rule(date.and_time(NaiveTime::MIN) + TimeDelta::minutes(time.minutes().into()))
    }
}

/// One local date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Each {
    date: NaiveDate,
    /// The day or the night; `None` on a closed date.
    interval: Option<Interval>,
}

/// The days or nights around a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stays {
    measure: Measure,
    zone: Zone,
    /// Every local date, ascending.
    dates: Vec<Each>,
}

/// What keeps an interval from being a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Closed(NaiveDate),
    /// It does not begin where its first day or night does, which is here.
    Begins(Instant),
    /// It does not end where its last day or night does, which is here.
    Ends(Instant),
}

/// What of an interval is to be looked at; an edit tests only what it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tested {
    pub start: bool,
    pub end: bool,
    /// Whether all dates are open.
    pub dates: bool,
}

impl Stays {
    /// Those that meet `within`.
    pub fn new(measure: Measure, calendar: Calendar<'_>, within: Interval) -> Self {
        let zone = calendar.zone;
        // What begins on the date before may reach over midnight; a date more does no harm.
        let around = within.widened(2 * DAY_MINUTES, DAY_MINUTES);
        let each = |date| Each { date, interval: calendar.one(measure, date) };
        Self { measure, zone, dates: zone.days(around).map(each).collect() }
    }

    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// The stays of so many days or nights that begin within `window`, ascending; none longer than anybody may stay.
    pub fn beginning_in(&self, window: Interval, many: usize) -> impl Iterator<Item = Interval> + '_ {
        let dates = if many <= MOST { self.dates.as_slice() } else { &[] };
        let runs = dates.windows(many.max(1)).filter_map(stay);
        runs.filter(move |stay| window.contains(stay.start()))
    }

    /// How many days or nights such a stay has; of what is none, as many as it takes to hold it.
    pub fn many(&self, interval: Interval) -> usize {
        match self.run(interval) {
            Some((first, last)) => last - first + 1,
            None => usize::try_from((interval.seconds() + 86_399) / 86_400).unwrap_or(usize::MAX),
        }
    }

    /// The first and the last date of a stay.
    pub fn dates(&self, interval: Interval) -> Option<(NaiveDate, NaiveDate)> {
        let (first, last) = self.run(interval)?;
        Some((self.dates[first].date, self.dates[last].date))
    }

    /// The stay from one date to another, both included: of nights, the last night's.
    pub fn of_dates(&self, first: NaiveDate, last: NaiveDate) -> Option<Interval> {
        let place = |date: NaiveDate| self.dates.binary_search_by_key(&date, |each| each.date).ok();
        stay(self.dates.get(place(first)?..=place(last)?)?)
    }

    /// Whether both ends lie within days or nights, and all dates between them are open: what stands against a change
    /// of hours does not. Longer hours take nothing from anybody.
    pub fn hold(&self, interval: Interval) -> bool {
        let holding = |at: Instant| {
            self.dates.iter().position(|each| each.interval.is_some_and(|interval| interval.contains(at)))
        };
        let (first, last) = (holding(interval.start()), holding(interval.end().plus(-1)));
        let run = first.zip(last).and_then(|(first, last)| self.dates.get(first..=last));
        run.is_some_and(|run| !run.is_empty() && run.iter().all(|each| each.interval.is_some()))
    }

    /// The first thing that keeps `interval` from being a stay.
    pub fn fault(&self, interval: Interval, tested: Tested) -> Option<Fault> {
        let (start, end) = (interval.start(), interval.end());
        let first = self.first_of(start);
        let (begins, from) = (first.is_some(), first.unwrap_or_else(|| self.place(self.zone.date(start))));
        let last = self.last_of(from, end);
        let (ends, to) = (last.is_some(), last.unwrap_or_else(|| self.last_reached(from, end)));
        let Some(run) = self.dates.get(from..=to).filter(|run| !run.is_empty()) else {
            return Some(Fault::Closed(self.zone.date(start)));
        };
        let of =
            |each: &Each, fault: fn(Interval) -> Fault| each.interval.map_or(Fault::Closed(each.date), fault);
        if let Some(closed) = run.iter().find(|each| tested.dates && each.interval.is_none()) {
            Some(Fault::Closed(closed.date))
        } else if tested.start && !begins {
            Some(of(&run[0], |day| Fault::Begins(day.start())))
        } else if tested.end && !ends {
            Some(of(&run[run.len() - 1], |day| Fault::Ends(day.end())))
        } else {
            None
        }
    }

    /// The places of the first and last date of a stay.
    fn run(&self, interval: Interval) -> Option<(usize, usize)> {
        let first = self.first_of(interval.start())?;
        let last = self.last_of(first, interval.end())?;
        stay(&self.dates[first..=last]).map(|_| (first, last))
    }

    fn first_of(&self, start: Instant) -> Option<usize> {
        self.dates.iter().position(|each| each.interval.is_some_and(|day| day.start() == start))
    }

    fn last_of(&self, from: usize, end: Instant) -> Option<usize> {
        let ends = |each: &Each| each.interval.is_some_and(|day| day.end() == end);
        self.dates.iter().skip(from).position(ends).map(|further| from + further)
    }

    /// The date that an end reaches which is no day's end.
    fn last_reached(&self, from: usize, end: Instant) -> usize {
        let at = self.place(self.zone.date(end.plus(-1)));
        let before = at.saturating_sub(1);
        let reached = match self.measure {
            Measure::Nights(_) => before,
            Measure::Days => {
                let overnight = self.dates.get(before).and_then(|each| each.interval);
                if overnight.is_some_and(|day| day.contains(end.plus(-1))) { before } else { at }
            }
        };
        reached.max(from)
    }

    /// Where a date stands, or the next one where clocks skipped it.
    fn place(&self, date: NaiveDate) -> usize {
        self.dates.partition_point(|each| each.date < date)
    }
}

/// From the first of consecutive dates to the last; `None` where one is closed.
fn stay(run: &[Each]) -> Option<Interval> {
    let (first, last) = (run.first()?.interval?, run.last()?.interval?);
    if run.iter().any(|each| each.interval.is_none()) {
        return None;
    }
    Interval::new(first.start(), last.end())
}
