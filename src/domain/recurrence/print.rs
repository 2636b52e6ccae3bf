//! Writing a rule as the value of an RRULE: one text for each rule, which reads back as the same rule.

use std::fmt::{self, Display as _};

use chrono::Weekday;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{End, NthWeekday, Pattern, Rule, WEEKDAYS};
use crate::domain::zone::{DateOrTime, TimeInput};

impl fmt::Display for Rule {
    /// FREQ first as RFC 5545 wants for old readers, then INTERVAL, BYDAY or BYMONTHDAY, COUNT or UNTIL, WKST;
    /// what says the default is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.pattern {
            Pattern::Daily => "FREQ=DAILY",
            Pattern::Weekly { .. } => "FREQ=WEEKLY",
            Pattern::MonthDays(_) | Pattern::MonthWeekdays(_) => "FREQ=MONTHLY",
        })?;
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        match &self.pattern {
            Pattern::Daily => Ok(()),
            Pattern::Weekly { days, .. } => list(f, "BYDAY", days.iter().map(|day| name(*day))),
            Pattern::MonthDays(days) => list(f, "BYMONTHDAY", days),
            Pattern::MonthWeekdays(days) => list(f, "BYDAY", days),
        }?;
        match self.end {
            End::Count(count) => write!(f, ";COUNT={count}"),
            End::Until(until) => write_until(f, until),
        }?;
        match self.pattern {
            Pattern::Weekly { week_start, .. } if week_start != Weekday::Mon => {
                write!(f, ";WKST={}", name(week_start))
            }
            _ => Ok(()),
        }
    }
}

impl fmt::Display for NthWeekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.nth, name(self.weekday))
    }
}

fn list<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    items: impl IntoIterator<Item = T>,
) -> fmt::Result {
    for (place, item) in items.into_iter().enumerate() {
        if place == 0 { write!(f, ";{name}={item}") } else { write!(f, ",{item}") }?;
    }
    Ok(())
}

fn write_until(f: &mut fmt::Formatter<'_>, until: DateOrTime) -> fmt::Result {
    f.write_str(";UNTIL=")?;
    match until {
        DateOrTime::Date(date) => date.format("%Y%m%d").fmt(f),
        DateOrTime::Time(TimeInput::Local(local)) => local.format("%Y%m%dT%H%M%S").fmt(f),
        DateOrTime::Time(TimeInput::At(at)) => at.utc().format("%Y%m%dT%H%M%SZ").fmt(f),
    }
}

fn name(weekday: Weekday) -> &'static str {
    WEEKDAYS[weekday.num_days_from_monday() as usize].0
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
