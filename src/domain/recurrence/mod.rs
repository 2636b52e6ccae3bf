//! Recurrence rules: the part of RFC 5545 (3.3.10, 3.8.5.3) that series keep, in local civil time (DESIGN 4).
//!
//! A rule is read (`parse`), written in one canonical form (`print`), expanded into local starts (`expand`) and
//! split for "this and following" (`split`); `times` turns starts into intervals. What is done to the
//! reservations of a series is `series`' to say.

mod expand;
mod fault;
mod parse;
mod print;
mod split;
#[cfg(test)]
mod tests;
mod times;

use chrono::Weekday;

pub use expand::{ExpansionError, Occurrence};
pub use fault::{InvalidRule, RuleFault};
pub use split::NotAnOccurrence;
pub use times::{CivilTimes, OccurrencesOverlap};

use super::zone::DateOrTime;

/// How local starts are written where they name an occurrence (RECURRENCE-ID): ISO 8601 without an offset.
pub const CIVIL: &str = "%Y-%m-%dT%H:%M:%S";

/// Occurrences that one rule may have, those of EXDATE counted (DESIGN 4).
pub const MAX_OCCURRENCES: u32 = 366;
/// Days, weeks or months from one repetition to the next.
pub const MAX_INTERVAL: u32 = 999;
/// Excluded dates and times that one series may list.
pub const MAX_EXDATES: usize = 366;

/// When something happens again: a bounded RFC 5545 rule, DAILY, WEEKLY or MONTHLY.
///
/// Made by reading a text, so it always has an end (COUNT or UNTIL) and no part contradicts another. The start
/// is not in it: as the RFC says, days that the rule leaves open are the start's.
///
/// Equal rules have equal texts; parts without effect (INTERVAL=1, the default WKST, WKST beside DAILY or
/// MONTHLY) are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pattern: Pattern,
    /// 1 to [`MAX_INTERVAL`].
    interval: u32,
    end: End,
}

/// Which days of a period; each list is ascending and holds nothing twice.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Pattern {
    Daily,
    Weekly {
        /// From Monday; empty means the start's.
        days: Vec<Weekday>,
        /// The day on which a new week begins (WKST), which tells with an interval which weeks count.
        week_start: Weekday,
    },
    /// Days of the month, 1 to 31, or -1 (the last) to -31; empty means the start's.
    MonthDays(Vec<i8>),
    /// Not empty.
    MonthWeekdays(Vec<NthWeekday>),
}

/// A weekday of a month: the first to fifth, or from the last (-1) back to the last but four (-5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct NthWeekday {
    nth: i8,
    weekday: Weekday,
}

/// What ends a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Occurrences in all, 1 to [`MAX_OCCURRENCES`]; those of EXDATE count, as the RFC says.
    Count(u32),
    /// The last start that may be, inclusive: a whole local date, a local time or an instant.
    Until(DateOrTime),
}

/// Weekdays as RFC 5545 writes them, from Monday.
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Mon),
    ("TU", Weekday::Tue),
    ("WE", Weekday::Wed),
    ("TH", Weekday::Thu),
    ("FR", Weekday::Fri),
    ("SA", Weekday::Sat),
    ("SU", Weekday::Sun),
];
