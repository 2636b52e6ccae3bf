//! Outside calendars: how often they are read, how far ahead, and what is said of the last try.

use super::{
    codes::codes,
    instant::{Instant, Interval},
};

/// Seconds from one reading to the next.
pub const EVERY: i64 = 900;
/// The longest pause after failures, seconds.
const LONGEST_PAUSE: i64 = 86_400;
/// Days ahead for which events become blocks.
pub const HORIZON_DAYS: i64 = 180;
/// A calendar that has not changed is gone through all the same after so long, seconds: the horizon moves on.
pub const STALE_AFTER: i64 = 43_200;
/// Events within the horizon that become blocks, the first ones; times the spaces.
pub const MOST_BLOCKS: usize = 1000;

codes! {
    /// How a try to read an outside calendar ended.
    pub enum FetchResult {
        /// Its events are blocks.
        Ok = "ok",
        /// It leads to an address that is not public, or to none.
        AddressRefused = "address_refused",
        /// It leads elsewhere: say where it is.
        Redirected = "redirected",
        /// Nobody answered, or not in time.
        Unreachable = "unreachable",
        /// The server said something else than 200.
        StatusRefused = "status_refused",
        /// More than the service reads.
        TooLarge = "calendar_too_large",
        /// What came is no whole calendar.
        NotACalendar = "not_a_calendar",
        /// A mistake of ours.
        Failed = "failed",
    }
}

/// When it is read again after so many failures in a row: double the pause each time, at most a day.
pub fn next_reading(now: Instant, failures: u32) -> Instant {
    let doubled = EVERY.saturating_mul(1_i64.checked_shl(failures.min(16)).unwrap_or(i64::MAX));
    now.plus(doubled.min(LONGEST_PAUSE))
}

/// What of the events counts at `now`.
pub fn horizon(now: Instant) -> Option<Interval> {
    Interval::new(now, now.plus(HORIZON_DAYS * 86_400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_a_day() {
        let now = Instant::from_unix(0);
        for (failures, pause) in
            [(0, 900), (1, 1800), (2, 3600), (6, 57_600), (7, 86_400), (u32::MAX, 86_400)]
        {
            assert_eq!(next_reading(now, failures).unix(), pause, "{failures}");
        }
    }
}
