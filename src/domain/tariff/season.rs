//! Seasons of prices: parts of the year that come again every year, by month and day.
//!
//! The seasons of opening hours are of one year; a price list's ("heating season") are of every year.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::domain::text::Line;

/// A day of every year, `01-01` to `12-31`; `02-29` counts in leap years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    month: u8,
    day: u8,
}

/// The text is no day of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a month and day between 01-01 and 12-31 was expected, such as 10-15")]
pub struct InvalidMonthDay;

/// A named part of every year, `from` to `to` inclusive; over New Year when `to` comes first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearlySeason {
    pub name: Line<60>,
    pub from: MonthDay,
    pub to: MonthDay,
}

impl MonthDay {
    pub fn of(date: NaiveDate) -> Self {
        // Months and days are below 32.
        Self { month: date.month() as u8, day: date.day() as u8 }
    }

    /// The 366 days a year can have, ascending.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=12).flat_map(|month| (1..=31).filter_map(move |day| Self::new(month, day)))
    }

    fn new(month: u8, day: u8) -> Option<Self> {
        // A leap year has every day.
        NaiveDate::from_ymd_opt(2028, month.into(), day.into()).map(|_| Self { month, day })
    }
}

impl YearlySeason {
    pub fn holds(&self, day: MonthDay) -> bool {
        if self.from <= self.to {
            self.from <= day && day <= self.to
        } else {
            self.from <= day || day <= self.to
        }
    }
}

impl FromStr for MonthDay {
    type Err = InvalidMonthDay;

    /// `MM-DD`, two digits each.
    fn from_str(text: &str) -> Result<Self, InvalidMonthDay> {
        let [m1 @ b'0'..=b'9', m2 @ b'0'..=b'9', b'-', d1 @ b'0'..=b'9', d2 @ b'0'..=b'9'] = text.as_bytes()
        else {
            return Err(InvalidMonthDay);
        };
        let number = |tens: &u8, ones: &u8| (tens - b'0') * 10 + (ones - b'0');
        Self::new(number(m1, m2), number(d1, d2)).ok_or(InvalidMonthDay)
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl Serialize for MonthDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MonthDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_year() {
        for text in ["01-01", "02-29", "12-31", "10-05"] {
            assert_eq!(text.parse::<MonthDay>().unwrap().to_string(), text);
        }
        for text in
            ["", "1-1", "02-30", "00-10", "13-01", "04-31", "10-00", "10/15", "2026-10-15", "10-1\u{661}"]
        {
            assert_eq!(text.parse::<MonthDay>(), Err(InvalidMonthDay), "{text}");
        }
        assert_eq!(MonthDay::all().count(), 366);
    }

    #[test]
    fn a_season_may_go_over_new_year() {
        for (from, to, day, held) in [
            ("05-01", "09-30", "05-01", true),
            ("05-01", "09-30", "09-30", true),
            ("05-01", "09-30", "10-01", false),
            ("10-15", "04-15", "12-31", true),
            ("10-15", "04-15", "01-01", true),
            ("10-15", "04-15", "04-15", true),
            ("10-15", "04-15", "04-16", false),
            ("07-07", "07-07", "07-07", true),
            ("07-07", "07-07", "07-08", false),
        ] {
            let name = Line::new("season").unwrap();
            let season = YearlySeason { name, from: from.parse().unwrap(), to: to.parse().unwrap() };
            assert_eq!(season.holds(day.parse().unwrap()), held, "{from} to {to}: {day}");
        }
    }
}
