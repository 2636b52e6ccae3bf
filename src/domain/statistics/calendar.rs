//! Local time cut into cells: years, quarters, months, ISO weeks, days, weekdays, hours, what is common to several of
//! them, or the whole range. Weekdays and hours come again: their periods have many cells.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
};

use chrono::{Datelike, NaiveDate};

use super::{Dimension, Grouping};
use crate::domain::{
    instant::{Instant, Interval},
    reservation::month_closes,
    zone::Zone,
};

/// The time part of a row; what the grouping does not tell apart is `None`. Sorts by time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    pub year: Option<i32>,
    pub quarter: Option<Quarter>,
    pub month: Option<Month>,
    pub week: Option<Week>,
    pub day: Option<NaiveDate>,
    /// ISO 8601: 1 is Monday, 7 is Sunday.
    pub weekday: Option<u32>,
    /// What clocks on the wall show, 0 to 23; an hour that they repeat counts in the same one.
    pub hour: Option<u32>,
}

/// A quarter of a calendar year, shown as `2026-Q1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    year: i32,
    quarter: u32,
}

/// A calendar month, shown as `2026-03`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    year: i32,
    month: u32,
}

/// An ISO 8601 week, shown as `2026-W09`; its year is the week's, not the calendar's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Week {
    year: i32,
    week: u32,
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.year, self.quarter)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year, self.week)
    }
}

impl Period {
    /// Of an hour of a day.
    pub(super) fn of_hour(grouping: &Grouping, date: NaiveDate, hour: u32) -> Self {
        Self { hour: grouping.has(Dimension::Hour).then_some(hour), ..Self::of(grouping, date) }
    }

    /// Of a whole day: without an hour.
    pub fn of(grouping: &Grouping, date: NaiveDate) -> Self {
        let stands_for = grouping.stands_for(date);
        let asked = |dimension| grouping.has(dimension).then_some(stands_for);
        let week = asked(Dimension::Week).map(|date| date.iso_week());
        let quarter = |date: NaiveDate| Quarter { year: date.year(), quarter: date.quarter() };
        Self {
            year: asked(Dimension::Year).map(|date| date.year()),
            quarter: asked(Dimension::Quarter).map(quarter),
            month: asked(Dimension::Month).map(|date| Month { year: date.year(), month: date.month() }),
            week: week.map(|week| Week { year: week.year(), week: week.week() }),
            day: asked(Dimension::Day),
            // Mondays are compared with Mondays.
            weekday: grouping.has(Dimension::Weekday).then(|| date.weekday().number_from_monday()),
            hour: None,
        }
    }
}

/// What of a time matters for what may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    /// Part of it is still to come.
    pub provisional: bool,
    /// It holds whole calendar months and nothing else.
    pub whole_months: bool,
    /// Its last month is closed: no head is counted any more.
    pub closed: bool,
}

impl Standing {
    fn of(zone: Zone, interval: Interval, now: Instant) -> Self {
        let begins_month = |at| {
            let date = zone.date(at);
            date.day() == 1 && zone.day(date).start() == at
        };
        Self {
            provisional: interval.end() > now,
            whole_months: begins_month(interval.start()) && begins_month(interval.end()),
            closed: month_closes(zone.date(interval.end().plus(-1)), zone).is_some_and(|at| at <= now),
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            provisional: self.provisional || other.provisional,
            whole_months: self.whole_months && other.whole_months,
            closed: self.closed && other.closed,
        }
    }
}

/// A stretch of local time that belongs to one period.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub interval: Interval,
    /// Its place among the calendar's periods.
    pub period: usize,
}

/// The periods of a grouping over the ranges of some zones.
#[derive(Debug)]
pub(super) struct Calendar {
    /// Ascending.
    pub periods: Vec<(Period, Standing)>,
    /// Of all ranges.
    pub standing: Standing,
    cells: HashMap<Zone, Vec<Cell>>,
}

impl Calendar {
    /// One range a zone.
    pub fn new(grouping: &Grouping, ranges: &HashMap<Zone, Interval>, now: Instant) -> Self {
        let mut standings = BTreeMap::<Period, Standing>::new();
        let mut standing = Standing { provisional: false, whole_months: !ranges.is_empty(), closed: true };
        let mut cut = Vec::new();
        for (&zone, &range) in ranges {
            standing = standing.and(Standing::of(zone, range, now));
            let spans = spans(grouping, zone, range);
            for &(period, interval) in &spans {
                let of_span = Standing::of(zone, interval, now);
                standings.entry(period).and_modify(|all| *all = all.and(of_span)).or_insert(of_span);
            }
            cut.push((zone, spans));
        }
        if ranges.is_empty() {
            standings.insert(Period::default(), standing);
        }
        let index: BTreeMap<Period, usize> = standings.keys().copied().zip(0..).collect();
        let cells = cut.into_iter().map(|(zone, spans)| {
            let cell = |(period, interval)| Cell { interval, period: index[&period] };
            (zone, spans.into_iter().map(cell).collect())
        });
        Self { cells: cells.collect(), periods: standings.into_iter().collect(), standing }
    }

    /// Ascending, without gaps.
    pub fn cells(&self, zone: Zone) -> &[Cell] {
        self.cells.get(&zone).map_or(&[], Vec::as_slice)
    }
}

/// The range cut where the period of the local day, and of the hour where it is asked for, changes.
fn spans(grouping: &Grouping, zone: Zone, range: Interval) -> Vec<(Period, Interval)> {
    if !grouping.has_time() {
        return vec![(Period::default(), range)];
    }
    let mut spans = Vec::new();
    for date in zone.days(range) {
        let Some(day) = zone.day(date).intersection(range) else { continue };
        if grouping.has(Dimension::Hour) {
            let hours = zone.hours(day);
            hours.for_each(|(hour, part)| join(&mut spans, Period::of_hour(grouping, date, hour), part));
        } else {
            join(&mut spans, Period::of(grouping, date), day);
        }
    }
    spans
}

/// Lengthens the last span where the period goes on, else begins another.
fn join(spans: &mut Vec<(Period, Interval)>, period: Period, more: Interval) {
    match spans.last_mut() {
        Some((last, span)) if *last == period => {
            *span = Interval::new(span.start(), more.end()).unwrap_or(*span);
        }
        _ => spans.push((period, more)),
    }
}
