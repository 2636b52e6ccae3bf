//! Which earlier time is compared with the one asked for, date by date.
//!
//! Whole calendar months are compared with as many before; what is told by days or weeks, and any other range, with
//! as many days. A year before is the same dates of the calendar, or 52 weeks where weeks are told apart.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{Dimension, Grouping};
use crate::domain::codes::codes;

codes! {
    /// With what figures are compared.
    pub enum Comparison {
        /// As long a time directly before.
        PreviousPeriod = "previous_period",
        YearBefore = "year_before",
    }
}

/// The year before, of weeks: so Mondays stay Mondays.
const WEEKS_OF_A_YEAR: u64 = 52 * 7;

/// How far dates are from those they are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    Months(u32),
    Days(u64),
}

impl Comparison {
    /// For the dates `[from, to)`.
    pub fn back(self, grouping: &Grouping, from: NaiveDate, to: NaiveDate) -> Back {
        let days = u64::try_from((to - from).num_days()).unwrap_or(0);
        let by_weeks = grouping.has(Dimension::Week);
        match self {
            Self::YearBefore if by_weeks => Back::Days(WEEKS_OF_A_YEAR),
            Self::YearBefore => Back::Months(12),
            Self::PreviousPeriod if by_weeks || grouping.has(Dimension::Day) => Back::Days(days),
            Self::PreviousPeriod => months_between(from, to).map_or(Back::Days(days), Back::Months),
        }
    }
}

/// The number of whole calendar months; `None` where it is none.
fn months_between(from: NaiveDate, to: NaiveDate) -> Option<u32> {
    let index = |date: NaiveDate| 12 * date.year() + date.month0() as i32;
    let months = u32::try_from(index(to) - index(from)).ok().filter(|months| *months > 0)?;
    (from.day() == 1 && to.day() == 1).then_some(months)
}

impl Back {
    /// The dates `[from, to)` that are compared with these; `None` where the earlier time lacks them all (a 29 February).
    pub fn range(self, from: NaiveDate, to: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let (start, end) = match self {
            Self::Days(days) => (from - Days::new(days), to - Days::new(days)),
            Self::Months(months) => {
                let months = Months::new(months);
                let start = from - months;
                // The day of a month that the earlier one does not have has nothing to be compared with.
                let start = if start.day() < from.day() { start + Days::new(1) } else { start };
                let last = to - Days::new(1);
                let end = if to.day() == 1 { to - months } else { (last - months) + Days::new(1) };
                (start, end)
            }
        };
        (start < end).then_some((start, end))
    }

    /// The date with which an earlier one is compared; that of a day its month lacks is the month's last.
    pub(super) fn forth(self, date: NaiveDate) -> NaiveDate {
        match self {
            Self::Days(days) => date + Days::new(days),
            Self::Months(months) => date + Months::new(months),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_go_back_by_months_and_everything_else_by_days() {
        use Comparison::{PreviousPeriod, YearBefore};
        for (comparison, group_by, asked, wanted) in [
            (PreviousPeriod, "", ["2026-03-01", "2026-04-01"], Some(["2026-02-01", "2026-03-01"])),
            (PreviousPeriod, "venue,month", ["2026-04-01", "2026-07-01"], Some(["2026-01-01", "2026-04-01"])),
            (PreviousPeriod, "year", ["2026-01-01", "2027-01-01"], Some(["2025-01-01", "2026-01-01"])),
            (PreviousPeriod, "day", ["2026-03-01", "2026-04-01"], Some(["2026-01-29", "2026-03-01"])),
            (PreviousPeriod, "week", ["2026-03-02", "2026-03-16"], Some(["2026-02-16", "2026-03-02"])),
            (PreviousPeriod, "month", ["2026-03-01", "2026-03-31"], Some(["2026-01-30", "2026-03-01"])),
            (PreviousPeriod, "", ["2026-03-10", "2026-03-11"], Some(["2026-03-09", "2026-03-10"])),
            (YearBefore, "", ["2026-03-01", "2026-04-01"], Some(["2025-03-01", "2025-04-01"])),
            (YearBefore, "day", ["2026-03-05", "2026-03-08"], Some(["2025-03-05", "2025-03-08"])),
            (YearBefore, "week", ["2026-03-02", "2026-03-16"], Some(["2025-03-03", "2025-03-17"])),
            // February of a leap year, and the one before and after it.
            (YearBefore, "", ["2024-02-01", "2024-03-01"], Some(["2023-02-01", "2023-03-01"])),
            (YearBefore, "", ["2025-02-01", "2025-03-01"], Some(["2024-02-01", "2024-03-01"])),
            (YearBefore, "", ["2024-02-01", "2024-02-29"], Some(["2023-02-01", "2023-03-01"])),
            (YearBefore, "", ["2024-02-29", "2024-03-10"], Some(["2023-03-01", "2023-03-10"])),
            (YearBefore, "", ["2025-02-10", "2025-02-28"], Some(["2024-02-10", "2024-02-28"])),
            (YearBefore, "", ["2024-02-29", "2024-03-01"], None),
        ] {
            let [from, to] = asked.map(|date| date.parse().unwrap());
            let back = comparison.back(&group_by.parse().unwrap(), from, to);
            let wanted = wanted.map(|dates| dates.map(|date| date.parse::<NaiveDate>().unwrap()));
            assert_eq!(back.range(from, to).map(<[_; 2]>::from), wanted, "{comparison} {group_by} {asked:?}");
        }
    }

    #[test]
    fn what_only_the_earlier_year_has_counts_with_the_day_before() {
        for (date, wanted) in
            [("2024-02-28", "2025-02-28"), ("2024-02-29", "2025-02-28"), ("2024-03-01", "2025-03-01")]
        {
            let found = Back::Months(12).forth(date.parse().unwrap());
            assert_eq!(found, wanted.parse().unwrap());
        }
    }
}
