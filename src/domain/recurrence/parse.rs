//! Reading the value of an RRULE (RFC 5545 3.3.10), strictly: what is not understood whole is refused, because
//! a rule half understood books other days than were meant.

use std::{fmt, str::FromStr};

use chrono::{NaiveDate, NaiveTime, Weekday};

use super::{
    End, InvalidRule, MAX_INTERVAL, MAX_OCCURRENCES, NthWeekday, Pattern, Rule, RuleFault, WEEKDAYS,
};
use crate::domain::{
    instant::Instant,
    zone::{DateOrTime, TimeInput},
};

/// Every day of the month and every weekday listed still fit.
const MAX_LENGTH: usize = 512;

/// Parts that RFC 5545 and 7529 know and series don't keep.
const UNSUPPORTED: [&str; 9] =
    ["BYSECOND", "BYMINUTE", "BYHOUR", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS", "RSCALE", "SKIP"];

/// `NAME=value`.
#[derive(Debug, Clone, Copy)]
struct Part<'a> {
    name: &'a str,
    value: &'a str,
}

impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.name, self.value)
    }
}

impl<'a> Part<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (name, value) = text.split_once('=')?;
        (!name.is_empty() && !value.is_empty()).then_some(Self { name, value })
    }

    fn fault(self, fault: RuleFault) -> InvalidRule {
        InvalidRule::new(fault, &self.to_string())
    }

    /// A number from 1 to `max`, without a sign.
    fn number(self, max: u32, beyond: RuleFault) -> Result<u32, InvalidRule> {
        if !self.value.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(self.fault(RuleFault::InvalidValue));
        }
        match self.value.parse() {
            Ok(0) => Err(self.fault(RuleFault::OutOfRange)),
            Ok(number) if number <= max => Ok(number),
            _ => Err(self.fault(beyond)),
        }
    }

    /// The values between the commas, ascending by `key`, none twice.
    fn list<T: PartialEq, K: Ord>(
        self,
        item: impl Fn(&str) -> Result<T, RuleFault>,
        key: impl Fn(&T) -> K,
    ) -> Result<Vec<T>, InvalidRule> {
        let items = self.value.split(',').map(item).collect::<Result<Vec<_>, _>>();
        let mut items = items.map_err(|fault| self.fault(fault))?;
        items.sort_by_key(key);
        if items.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(self.fault(RuleFault::RepeatedValue));
        }
        Ok(items)
    }
}

/// The parts of a rule, each at most once.
#[derive(Default)]
struct Parts<'a> {
    freq: Option<Part<'a>>,
    interval: Option<Part<'a>>,
    by_day: Option<Part<'a>>,
    by_month_day: Option<Part<'a>>,
    count: Option<Part<'a>>,
    until: Option<Part<'a>>,
    week_start: Option<Part<'a>>,
}

impl FromStr for Rule {
    type Err = InvalidRule;

    /// Letters of either case; `RRULE:` may stand before it.
    fn from_str(text: &str) -> Result<Self, InvalidRule> {
        if text.len() > MAX_LENGTH {
            return Err(InvalidRule::new(RuleFault::TooLong, text));
        }
        let text = text.to_ascii_uppercase();
        let text = text.strip_prefix("RRULE:").unwrap_or(&text);
        let parts = Parts::of(text)?;
        let pattern = parts.pattern(text)?;
        let interval =
            parts.interval.map_or(Ok(1), |part| part.number(MAX_INTERVAL, RuleFault::OutOfRange))?;
        Ok(Self { pattern, interval, end: parts.end(text)? })
    }
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Result<Self, InvalidRule> {
        let mut parts = Self::default();
        for piece in text.split(';') {
            let part = Part::of(piece).ok_or_else(|| InvalidRule::new(RuleFault::Malformed, piece))?;
            let place = match part.name {
                "FREQ" => &mut parts.freq,
                "INTERVAL" => &mut parts.interval,
                "BYDAY" => &mut parts.by_day,
                "BYMONTHDAY" => &mut parts.by_month_day,
                "COUNT" => &mut parts.count,
                "UNTIL" => &mut parts.until,
                "WKST" => &mut parts.week_start,
                name if UNSUPPORTED.contains(&name) => return Err(part.fault(RuleFault::UnsupportedPart)),
                _ => return Err(part.fault(RuleFault::UnknownPart)),
            };
            if place.replace(part).is_some() {
                return Err(part.fault(RuleFault::RepeatedPart));
            }
        }
        Ok(parts)
    }

    fn pattern(&self, text: &str) -> Result<Pattern, InvalidRule> {
        let freq = self.freq.ok_or_else(|| InvalidRule::new(RuleFault::NoFrequency, text))?;
        // Read with every frequency, so that a typo never passes.
        let week_start = self.week_start.map_or(Ok(Weekday::Mon), |part| {
            weekday(part.value).ok_or_else(|| part.fault(RuleFault::InvalidValue))
        })?;
        match (freq.value, self.by_day, self.by_month_day) {
            ("DAILY" | "WEEKLY", _, Some(days)) => Err(days.fault(RuleFault::DaysOfMonthElsewhere)),
            ("DAILY", Some(days), _) => Err(days.fault(RuleFault::DailyWithWeekdays)),
            ("DAILY", None, None) => Ok(Pattern::Daily),
            ("WEEKLY", days, None) => {
                let days =
                    days.map_or(Ok(vec![]), |part| part.list(plain_weekday, Weekday::num_days_from_monday))?;
                Ok(Pattern::Weekly { days, week_start })
            }
            ("MONTHLY", Some(_), Some(days)) => Err(days.fault(RuleFault::WeekdaysAndDays)),
            ("MONTHLY", Some(days), None) => {
                days.list(nth_weekday, |day| day.key()).map(Pattern::MonthWeekdays)
            }
            ("MONTHLY", None, days) => {
                let days = days.map_or(Ok(vec![]), |part| part.list(month_day, |day| from_the_first(*day)));
                days.map(Pattern::MonthDays)
            }
            _ => Err(freq.fault(RuleFault::UnsupportedFrequency)),
        }
    }

    fn end(&self, text: &str) -> Result<End, InvalidRule> {
        match (self.count, self.until) {
            (Some(_), Some(until)) => Err(until.fault(RuleFault::CountAndUntil)),
            (None, None) => Err(InvalidRule::new(RuleFault::Unbounded, text)),
            (Some(count), None) => count.number(MAX_OCCURRENCES, RuleFault::CountTooLarge).map(End::Count),
            (None, Some(part)) => {
                let until = until(part.value).ok_or_else(|| part.fault(RuleFault::InvalidValue))?;
                if is_sane(until) { Ok(End::Until(until)) } else { Err(part.fault(RuleFault::OutOfRange)) }
            }
        }
    }
}

impl NthWeekday {
    fn key(self) -> (bool, i8, u32) {
        let (from_the_last, nth) = from_the_first(self.nth);
        (from_the_last, nth, self.weekday.num_days_from_monday())
    }
}

/// Orders numbers that count from the first before those that count from the last.
const fn from_the_first(number: i8) -> (bool, i8) {
    (number < 0, number)
}

fn weekday(text: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(name, _)| *name == text).map(|(_, weekday)| *weekday)
}

fn plain_weekday(text: &str) -> Result<Weekday, RuleFault> {
    match nth_weekday(text) {
        Err(RuleFault::UnnumberedWeekday) => weekday(text).ok_or(RuleFault::InvalidValue),
        Ok(_) => Err(RuleFault::NumberedWeekday),
        Err(fault) => Err(fault),
    }
}

/// `2TU`, `+2TU`, `-1FR`.
fn nth_weekday(text: &str) -> Result<NthWeekday, RuleFault> {
    let at = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at));
    let (number, name) = text.split_at(at.ok_or(RuleFault::InvalidValue)?);
    let weekday = weekday(name).ok_or(RuleFault::InvalidValue)?;
    if number.is_empty() {
        return Err(RuleFault::UnnumberedWeekday);
    }
    signed(number, 5).map(|nth| NthWeekday { nth, weekday })
}

fn month_day(text: &str) -> Result<i8, RuleFault> {
    signed(text, 31)
}

/// A number from 1 to `max` or from -1 to -`max`, of one or two digits.
fn signed(text: &str, max: i8) -> Result<i8, RuleFault> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !matches!(digits.len(), 1 | 2) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(RuleFault::InvalidValue);
    }
    let number: i8 = text.parse().map_err(|_| RuleFault::InvalidValue)?;
    if (1..=max).contains(&number.abs()) { Ok(number) } else { Err(RuleFault::OutOfRange) }
}

/// `20261231`, `20261231T100000` (local) or `20261231T090000Z`.
fn until(text: &str) -> Option<DateOrTime> {
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let [year, month, day] = digits(date, [4, 2, 2])?;
    let date = NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day)?;
    let Some(time) = time else { return Some(DateOrTime::Date(date)) };
    let [hour, minute, second] = digits(time.strip_suffix('Z').unwrap_or(time), [2, 2, 2])?;
    let local = date.and_time(NaiveTime::from_hms_opt(hour, minute, second)?);
    let at = if time.ends_with('Z') {
        TimeInput::At(Instant::from(local.and_utc()))
    } else {
        TimeInput::Local(local)
    };
    Some(DateOrTime::Time(at))
}

/// Numbers of exactly so many digits each, nothing between them.
fn digits<const N: usize>(mut text: &str, lengths: [usize; N]) -> Option<[u32; N]> {
    let mut numbers = [0; N];
    for (number, length) in numbers.iter_mut().zip(lengths) {
        let (head, rest) = text.split_at_checked(length)?;
        *number = head.bytes().all(|byte| byte.is_ascii_digit()).then(|| head.parse().ok())??;
        text = rest;
    }
    text.is_empty().then_some(numbers)
}

/// Within the bounds of DESIGN 3 at the far end; at the near end starts are bounded already.
fn is_sane(until: DateOrTime) -> bool {
    let last = Instant::LATEST.utc().date_naive();
    match until {
        DateOrTime::Date(date) => date <= last,
        DateOrTime::Time(TimeInput::Local(local)) => local.date() <= last,
        DateOrTime::Time(TimeInput::At(at)) => at <= Instant::LATEST,
    }
}
