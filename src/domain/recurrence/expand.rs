//! Expanding a rule into its starts, in local civil time: 10:00 stays 10:00 whatever the clocks do.
//!
//! A period (day, week or month) at a time, never further than the bounds of DESIGN 3, so that no rule costs more
//! than [`MAX_STEPS`] small steps. Days that a month lacks are skipped, not moved (RFC 5545 3.3.10).

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, Weekday};

use super::{End, MAX_EXDATES, MAX_OCCURRENCES, NthWeekday, Pattern, Rule};
use crate::domain::{
    instant::Instant,
    zone::{DateOrTime, TimeInput, Zone},
};

/// Periods looked at: the months from 2000 to 2100. Days and weeks are bounded by the occurrences, as each has one.
const MAX_STEPS: u32 = 1200;

/// One start that a rule gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// Its place in the rule, from 0; excluded ones have theirs, as COUNT counts them.
    pub index: u32,
    pub starts_at: NaiveDateTime,
    /// EXDATE takes it out.
    pub excluded: bool,
}

/// Why a rule and a start give no series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExpansionError {
    /// RFC 5545 leaves it undefined, and calendars disagree whether such a start counts: so it is refused.
    #[error("the start is not a day of the rule")]
    StartNotInRule {
        /// The first day of the rule after the start, where there is one.
        next: Option<NaiveDate>,
    },
    #[error("more than {limit} occurrences")]
    TooMany { limit: u32 },
    #[error("COUNT reaches beyond 2100-01-01")]
    OutOfBounds,
    #[error("more than {MAX_EXDATES} excluded dates")]
    TooManyExdates,
    /// The rule ends before its start, or EXDATE takes every occurrence out.
    #[error("nothing is left of the series")]
    NoOccurrence,
}

impl ExpansionError {
    /// The stable code of DESIGN 5.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::StartNotInRule { .. } => "start_not_in_rule",
            Self::TooMany { .. } => "too_many_occurrences",
            Self::OutOfBounds => "time_out_of_bounds",
            Self::TooManyExdates => "too_many_exdates",
            Self::NoOccurrence => "no_occurrence",
        }
    }
}

impl Rule {
    /// The local starts that are not excluded, ascending: one to `limit`.
    ///
    /// # Errors
    /// As [`Rule::occurrences`].
    pub fn expand(
        &self,
        start: NaiveDateTime,
        zone: Zone,
        exdates: &[DateOrTime],
        limit: u32,
    ) -> Result<Vec<NaiveDateTime>, ExpansionError> {
        let occurrences = self.occurrences(start, zone, exdates, limit)?;
        Ok(occurrences.iter().filter(|o| !o.excluded).map(|o| o.starts_at).collect())
    }

    /// All local starts, ascending, the excluded ones marked; the first is `start`.
    ///
    /// `limit` bounds those that are not excluded, [`MAX_OCCURRENCES`] all together. An excluded date means what
    /// starts on it, a local time or an instant exactly what starts then; one that meets nothing has no
    /// effect (a list of holidays can be given whole).
    ///
    /// # Errors
    /// [`ExpansionError`]; never after more than [`MAX_STEPS`] steps.
    pub fn occurrences(
        &self,
        start: NaiveDateTime,
        zone: Zone,
        exdates: &[DateOrTime],
        limit: u32,
    ) -> Result<Vec<Occurrence>, ExpansionError> {
        if exdates.len() > MAX_EXDATES {
            return Err(ExpansionError::TooManyExdates);
        }
        let exdates = Exdates::of(exdates, zone);
        let occurrences: Vec<Occurrence> = (0..)
            .zip(self.starts(start, zone)?)
            .map(|(index, starts_at)| Occurrence { index, starts_at, excluded: exdates.has(starts_at) })
            .collect();
        match occurrences.iter().filter(|o| !o.excluded).count() {
            0 => Err(ExpansionError::NoOccurrence),
            kept if kept > limit as usize => Err(ExpansionError::TooMany { limit }),
            _ => Ok(occurrences),
        }
    }

    /// All local starts, whatever is excluded; the first is `start`.
    pub(super) fn starts(
        &self,
        start: NaiveDateTime,
        zone: Zone,
    ) -> Result<Vec<NaiveDateTime>, ExpansionError> {
        let mut dates = self.dates(start.date()).peekable();
        if dates.peek() != Some(&start.date()) {
            return Err(ExpansionError::StartNotInRule { next: dates.next() });
        }
        let all = dates.map(|date| date.and_time(start.time()));
        match self.end {
            End::Count(count) => {
                let starts: Vec<_> = all.take(count as usize).collect();
                if starts.len() < count as usize { Err(ExpansionError::OutOfBounds) } else { Ok(starts) }
            }
            End::Until(until) => {
                let most = MAX_OCCURRENCES as usize;
                let starts: Vec<_> =
                    all.take_while(|local| starts_by(*local, until, zone)).take(most + 1).collect();
                let limit = MAX_OCCURRENCES;
                if starts.len() > most { Err(ExpansionError::TooMany { limit }) } else { Ok(starts) }
            }
        }
    }

    /// The local starts from `from` on and before `to`, ascending. It steps over what lies before, so that a rule may be
    /// older than [`MAX_OCCURRENCES`] reach: what is read of other people's calendars goes on for years.
    ///
    /// # Errors
    /// [`ExpansionError`]; `TooMany` beyond `limit` within the time.
    pub fn starts_within(
        &self,
        start: NaiveDateTime,
        zone: Zone,
        (from, to): (NaiveDateTime, NaiveDateTime),
        limit: u32,
    ) -> Result<Vec<NaiveDateTime>, ExpansionError> {
        let most = limit as usize + 1;
        let within = |local: &NaiveDateTime| (from..to).contains(local);
        let starts: Vec<NaiveDateTime> = match self.end {
            End::Count(_) => self.starts(start, zone)?.into_iter().filter(within).take(most).collect(),
            End::Until(until) => {
                let mut dates = self.dates(start.date());
                match dates.next() {
                    Some(first) if first == start.date() => {}
                    next => return Err(ExpansionError::StartNotInRule { next }),
                }
                let all = self.dates_from(start.date(), self.periods_before(start.date(), from.date()));
                let all = all.map(|date| date.and_time(start.time()));
                all.take_while(|local| *local < to && starts_by(*local, until, zone))
                    .filter(within)
                    .take(most)
                    .collect()
            }
        };
        if starts.len() == most { Err(ExpansionError::TooMany { limit }) } else { Ok(starts) }
    }

    /// How many repetitions lie wholly before a date, be it one too few.
    fn periods_before(&self, start: NaiveDate, date: NaiveDate) -> u32 {
        let days = u32::try_from(date.signed_duration_since(start).num_days()).unwrap_or(0);
        let periods = match &self.pattern {
            Pattern::Daily => days,
            Pattern::Weekly { .. } => days / 7,
            Pattern::MonthDays(_) | Pattern::MonthWeekdays(_) => days / 31,
        };
        (periods / self.interval).saturating_sub(1)
    }

    /// The days of the rule from `start` to 2100, whatever its end, ascending.
    fn dates(&self, start: NaiveDate) -> impl Iterator<Item = NaiveDate> + '_ {
        self.dates_from(start, 0)
    }

    /// The same without those of the first `skipped` periods.
    fn dates_from(&self, start: NaiveDate, skipped: u32) -> impl Iterator<Item = NaiveDate> + '_ {
        let beyond = Instant::LATEST.utc().date_naive();
        (skipped..skipped.saturating_add(MAX_STEPS))
            .map_while(move |step| self.period(start, step.checked_mul(self.interval)?))
            .take_while(move |first| *first < beyond)
            .flat_map(move |first| self.days_of(first, start))
            .filter(move |date| *date >= start && *date < beyond)
    }

    /// The first day of the period so many days, weeks or months after that of `start`.
    fn period(&self, start: NaiveDate, after: u32) -> Option<NaiveDate> {
        match &self.pattern {
            Pattern::Daily => start.checked_add_days(Days::new(after.into())),
            Pattern::Weekly { week_start, .. } => {
                let into_week = start.weekday().days_since(*week_start);
                let first = start.checked_sub_days(Days::new(into_week.into()))?;
                first.checked_add_days(Days::new(u64::from(after) * 7))
            }
            Pattern::MonthDays(_) | Pattern::MonthWeekdays(_) => {
                start.with_day(1)?.checked_add_months(Months::new(after))
            }
        }
    }

    /// The days of the rule in the period that begins on `first`, ascending, none twice.
    fn days_of(&self, first: NaiveDate, start: NaiveDate) -> Vec<NaiveDate> {
        let mut days: Vec<NaiveDate> = match &self.pattern {
            Pattern::Daily => vec![first],
            Pattern::Weekly { days, .. } if days.is_empty() => {
                on_weekday(first, start.weekday()).into_iter().collect()
            }
            Pattern::Weekly { days, .. } => days.iter().filter_map(|day| on_weekday(first, *day)).collect(),
            Pattern::MonthDays(days) if days.is_empty() => first.with_day(start.day()).into_iter().collect(),
            Pattern::MonthDays(days) => days.iter().filter_map(|day| day_of_month(first, *day)).collect(),
            Pattern::MonthWeekdays(days) => days.iter().filter_map(|day| day.in_month(first)).collect(),
        };
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// The first such weekday from `first` on.
fn on_weekday(first: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    first.checked_add_days(Days::new(weekday.days_since(first.weekday()).into()))
}

/// Day `number` of the month that begins on `first`, from its end where negative; `None` where it has none.
fn day_of_month(first: NaiveDate, number: i8) -> Option<NaiveDate> {
    let number = i32::from(number);
    let day = if number > 0 { number } else { i32::from(first.num_days_in_month()) + 1 + number };
    first.with_day(u32::try_from(day).ok()?)
}

impl NthWeekday {
    /// That weekday in the month that begins on `first`; `None` where there is no fifth.
    fn in_month(self, first: NaiveDate) -> Option<NaiveDate> {
        let earliest = on_weekday(first, self.weekday)?;
        let there_are = (i32::from(first.num_days_in_month()) - earliest.day0().cast_signed() + 6) / 7;
        let nth = i32::from(self.nth);
        let weeks = if nth > 0 { nth - 1 } else { there_are + nth };
        let date = earliest.checked_add_days(Days::new(u64::try_from(weeks).ok()? * 7))?;
        (weeks < there_are).then_some(date)
    }
}

/// Whether an occurrence is not beyond UNTIL, which is inclusive.
fn starts_by(local: NaiveDateTime, until: DateOrTime, zone: Zone) -> bool {
    match until {
        DateOrTime::Date(date) => local.date() <= date,
        DateOrTime::Time(TimeInput::Local(last)) => local <= last,
        DateOrTime::Time(TimeInput::At(last)) => zone.rule(local) <= last,
    }
}

/// Excluded dates and times, sorted once.
struct Exdates {
    zone: Zone,
    dates: Vec<NaiveDate>,
    locals: Vec<NaiveDateTime>,
    instants: Vec<Instant>,
}

impl Exdates {
    fn of(exdates: &[DateOrTime], zone: Zone) -> Self {
        let mut sorted = Self { zone, dates: vec![], locals: vec![], instants: vec![] };
        for exdate in exdates {
            match *exdate {
                DateOrTime::Date(date) => sorted.dates.push(date),
                DateOrTime::Time(TimeInput::Local(local)) => sorted.locals.push(local),
                DateOrTime::Time(TimeInput::At(at)) => sorted.instants.push(at),
            }
        }
        sorted.dates.sort_unstable();
        sorted.locals.sort_unstable();
        sorted.instants.sort_unstable();
        sorted
    }

    fn has(&self, local: NaiveDateTime) -> bool {
        self.dates.binary_search(&local.date()).is_ok()
            || self.locals.binary_search(&local).is_ok()
            || self.instants.binary_search(&self.zone.rule(local)).is_ok()
    }
}
