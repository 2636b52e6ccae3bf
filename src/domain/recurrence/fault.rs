//! Why a text is no recurrence rule that series keep: a stable code and the part it is about.

use crate::domain::codes::codes;

codes! {
    /// What is wrong with a recurrence rule.
    pub enum RuleFault {
        /// A recurrence rule is a list of NAME=value parts with semicolons between them.
        Malformed = "rrule_malformed",
        /// A recurrence rule has at most 512 characters.
        TooLong = "rrule_too_long",
        /// No such part is known in a recurrence rule.
        UnknownPart = "rrule_part_unknown",
        /// This part is not supported: DAILY, WEEKLY with BYDAY and MONTHLY with BYDAY or BYMONTHDAY are.
        UnsupportedPart = "rrule_part_unsupported",
        /// This part stands twice.
        RepeatedPart = "rrule_part_repeated",
        /// FREQ is missing: DAILY, WEEKLY or MONTHLY.
        NoFrequency = "rrule_frequency_missing",
        /// FREQ is DAILY, WEEKLY or MONTHLY.
        UnsupportedFrequency = "rrule_frequency_unsupported",
        /// This value is not of the form that the part takes.
        InvalidValue = "rrule_value_invalid",
        /// This value is outside the part's range.
        OutOfRange = "rrule_value_out_of_range",
        /// A value stands twice in this list.
        RepeatedValue = "rrule_value_repeated",
        /// BYDAY has no meaning with DAILY: WEEKLY takes weekdays.
        DailyWithWeekdays = "rrule_daily_with_weekdays",
        /// BYMONTHDAY goes with MONTHLY alone.
        DaysOfMonthElsewhere = "rrule_month_days_not_monthly",
        /// With WEEKLY a weekday has no number: TU.
        NumberedWeekday = "rrule_weekday_numbered",
        /// With MONTHLY a weekday has a number: 2TU is the second Tuesday, -1TU the last.
        UnnumberedWeekday = "rrule_weekday_unnumbered",
        /// BYDAY and BYMONTHDAY together are not supported.
        WeekdaysAndDays = "rrule_weekdays_and_month_days",
        /// COUNT and UNTIL exclude each other.
        CountAndUntil = "rrule_count_and_until",
        /// COUNT or UNTIL is missing: a series has an end.
        Unbounded = "rrule_unbounded",
        /// COUNT is at most 366.
        CountTooLarge = "rrule_count_too_large",
    }
}

/// A text is no rule that series keep.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{part}`: {}", fault.about())]
pub struct InvalidRule {
    pub fault: RuleFault,
    /// The part it is about, as sent but in capitals, cut after 64 characters; the whole rule where a part
    /// is missing.
    pub part: String,
}

impl InvalidRule {
    pub(super) fn new(fault: RuleFault, part: &str) -> Self {
        Self { fault, part: part.chars().take(64).collect() }
    }

    /// The stable code of DESIGN 5.
    pub const fn code(&self) -> &'static str {
        self.fault.as_str()
    }
}
