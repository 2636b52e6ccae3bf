//! The periods that are published: calendar months, in quarters, in years. They close one after the other: a quarter with
//! its last month, a year with its last quarter.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A month, quarter or year, written `2026-03`, `2026-Q1`, `2026`; sorted by year, the longer ones later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublishedPeriod {
    year: i32,
    part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Part {
    /// 1 to 12.
    Month(u32),
    /// 1 to 4.
    Quarter(u32),
    Year,
}

/// Not written as a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no month (2026-03), quarter (2026-Q1) or year (2026)")]
pub struct InvalidPeriod(pub String);

impl PublishedPeriod {
    /// The month of a date.
    pub fn month_of(date: NaiveDate) -> Self {
        Self { year: date.year(), part: Part::Month(date.month()) }
    }

    /// A month, 1 to 12.
    pub fn of_month(year: i32, month: u32) -> Self {
        Self { year, part: Part::Month(month) }
    }

    pub fn of_year(year: i32) -> Self {
        Self { year, part: Part::Year }
    }

    pub fn year(self) -> i32 {
        self.year
    }

    /// The year that it lies in.
    pub fn whole_year(self) -> Self {
        Self { year: self.year, part: Part::Year }
    }

    /// Its first day, and the first after it; `None` outside of the calendar.
    pub fn dates(self) -> Option<(NaiveDate, NaiveDate)> {
        let (month, months) = match self.part {
            Part::Month(month) => (month, 1),
            Part::Quarter(quarter) => (3 * quarter - 2, 3),
            Part::Year => (1, 12),
        };
        let first = NaiveDate::from_ymd_opt(self.year, month, 1)?;
        Some((first, first.checked_add_months(Months::new(months))?))
    }

    /// What closes with this month: itself, the quarter and the year that it ends. Of other periods nothing.
    pub fn closing(self) -> Vec<Self> {
        let Part::Month(month) = self.part else { return Vec::new() };
        let mut closing = vec![self];
        if month % 3 == 0 {
            closing.push(self.with(Part::Quarter(month / 3)));
        }
        if month == 12 {
            closing.push(self.whole_year());
        }
        closing
    }

    /// All whose sums what closes with this month is tied to, itself among them: of a year's last month the whole
    /// year, of a quarter's the quarter.
    pub fn relatives(self) -> Vec<Self> {
        let Some(longest) = self.closing().last().copied() else { return Vec::new() };
        let all = (1..=12).map(Part::Month).chain((1..=4).map(Part::Quarter)).chain([Part::Year]);
        all.map(|part| self.with(part)).filter(|period| period.lies_in(longest)).collect()
    }

    /// The next longer one that it is a part of.
    pub fn whole(self) -> Option<Self> {
        match self.part {
            Part::Month(month) => Some(self.with(Part::Quarter(month.div_ceil(3)))),
            Part::Quarter(_) => Some(self.whole_year()),
            Part::Year => None,
        }
    }

    fn lies_in(self, other: Self) -> bool {
        self == other || self.whole().is_some_and(|whole| whole.lies_in(other))
    }

    /// How much is lost where it is hidden: the more, the longer it is.
    pub fn rank(self) -> u8 {
        match self.part {
            Part::Month(_) => 0,
            Part::Quarter(_) => 1,
            Part::Year => 2,
        }
    }

    fn with(self, part: Part) -> Self {
        Self { part, ..self }
    }
}

impl fmt::Display for PublishedPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Month(month) => write!(f, "{:04}-{month:02}", self.year),
            Part::Quarter(quarter) => write!(f, "{:04}-Q{quarter}", self.year),
            Part::Year => write!(f, "{:04}", self.year),
        }
    }
}

impl FromStr for PublishedPeriod {
    type Err = InvalidPeriod;

    fn from_str(text: &str) -> Result<Self, InvalidPeriod> {
        let (year, part) = match text.split_once('-') {
            None => (text, Some(Part::Year)),
            Some((year, rest)) => match rest.strip_prefix('Q') {
                Some(quarter) => (year, quarter.parse().ok().map(Part::Quarter)),
                None => (year, rest.parse().ok().map(Part::Month)),
            },
        };
        let found = year.parse().ok().zip(part).map(|(year, part)| Self { year, part });
        // Written back it must be the same: no signs, no missing zeros.
        let fits = |period: &Self| period.to_string() == text && period.in_range();
        found.filter(fits).ok_or_else(|| InvalidPeriod(text.to_owned()))
    }
}

impl PublishedPeriod {
    fn in_range(self) -> bool {
        let part = match self.part {
            Part::Month(month) => (1..=12).contains(&month),
            Part::Quarter(quarter) => (1..=4).contains(&quarter),
            Part::Year => true,
        };
        part && (2000..2100).contains(&self.year)
    }
}

impl Serialize for PublishedPeriod {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PublishedPeriod {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> PublishedPeriod {
        text.parse().unwrap()
    }

    #[test]
    fn periods_are_read_as_they_are_written() {
        for (text, first, next) in [
            ("2026-03", "2026-03-01", "2026-04-01"),
            ("2026-12", "2026-12-01", "2027-01-01"),
            ("2026-Q1", "2026-01-01", "2026-04-01"),
            ("2026-Q4", "2026-10-01", "2027-01-01"),
            ("2026", "2026-01-01", "2027-01-01"),
        ] {
            let (from, to) = period(text).dates().unwrap();
            assert_eq!((from.to_string(), to.to_string()), (first.to_owned(), next.to_owned()));
            assert_eq!(period(text).to_string(), text);
        }
        for text in [
            "",
            "26",
            "2026-3",
            "2026-13",
            "2026-00",
            "2026-Q0",
            "2026-Q5",
            "2026-q1",
            "+2026",
            "1999",
            "2026-03-01",
        ] {
            assert_eq!(text.parse::<PublishedPeriod>(), Err(InvalidPeriod(text.to_owned())));
        }
    }

    #[test]
    fn quarters_and_years_close_with_their_last_month() {
        for (month, closing, relatives) in [
            ("2026-01", "2026-01", 1),
            ("2026-03", "2026-03 2026-Q1", 4),
            ("2026-12", "2026-12 2026-Q4 2026", 17),
        ] {
            let found: Vec<String> = period(month).closing().iter().map(ToString::to_string).collect();
            assert_eq!(found.join(" "), closing);
            assert_eq!(period(month).relatives().len(), relatives, "{month}");
        }
        assert_eq!(period("2026-05").whole(), Some(period("2026-Q2")));
        assert!(period("2026-Q1").closing().is_empty() && period("2026").relatives().is_empty());
    }
}
