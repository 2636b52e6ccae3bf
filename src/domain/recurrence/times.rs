//! From the local starts of a rule to intervals: what repeats is what clocks on the wall show (DESIGN 3).
//!
//! 22:00 to 06:00 stays 22:00 to 06:00 in the night of a clock change too and then lasts an hour more or less, as
//! opening hours do. (RFC 5545 repeats the elapsed time beside DTEND, so a calendar's master needs an override for
//! such a night.) In a gap the offset before it holds, in a fold the first reading (RFC 5545 3.3.5).

use chrono::NaiveDateTime;

use crate::domain::{
    instant::{Instant, Interval},
    zone::Zone,
};

/// Start and end as clocks on the wall show them, the start before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CivilTimes {
    starts_at: NaiveDateTime,
    ends_at: NaiveDateTime,
}

/// Two occurrences of one series share time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("one occurrence begins before the one before it ends")]
pub struct OccurrencesOverlap {
    /// The local start of the later one.
    pub starts_at: NaiveDateTime,
}

impl OccurrencesOverlap {
    /// The stable code of DESIGN 5.
    pub const fn code(&self) -> &'static str {
        "occurrences_overlap"
    }
}

impl CivilTimes {
    /// `None` unless the start comes before the end.
    pub fn new(starts_at: NaiveDateTime, ends_at: NaiveDateTime) -> Option<Self> {
        (starts_at < ends_at).then_some(Self { starts_at, ends_at })
    }

    /// Of the first occurrence. `None` where local times can't say the same: in the second reading of a fold, which
    /// no rule can mean.
    pub fn of(interval: Interval, zone: Zone) -> Option<Self> {
        let times = Self::new(zone.civil(interval.start()), zone.civil(interval.end()))?;
        (times.interval(zone) == interval).then_some(times)
    }

    pub const fn starts_at(self) -> NaiveDateTime {
        self.starts_at
    }

    pub const fn ends_at(self) -> NaiveDateTime {
        self.ends_at
    }

    /// The same times of day, from another local start on.
    #[must_use]
    pub fn moved_to(self, starts_at: NaiveDateTime) -> Self {
        Self { starts_at, ends_at: starts_at + (self.ends_at - self.starts_at) }
    }

    /// When that is. Where clocks jump over all of it (02:30 to 03:00 in the spring night), it lasts as long
    /// as it would have.
    pub fn interval(self, zone: Zone) -> Interval {
        let start = zone.rule(self.starts_at);
        let long: Instant = start.plus((self.ends_at - self.starts_at).num_seconds().max(1));
        Interval::new(start, zone.rule(self.ends_at))
            .or_else(|| Interval::new(start, long))
            .expect("a later instant ends an interval")
    }

    /// The intervals from each of the local `starts`, which ascend.
    ///
    /// # Errors
    /// [`OccurrencesOverlap`] where one begins before the one before it ends.
    pub fn repeated(self, starts: &[NaiveDateTime], zone: Zone) -> Result<Vec<Interval>, OccurrencesOverlap> {
        let intervals: Vec<_> = starts.iter().map(|start| self.moved_to(*start).interval(zone)).collect();
        match intervals.windows(2).position(|pair| pair[0].overlaps(pair[1])) {
            Some(place) => Err(OccurrencesOverlap { starts_at: starts[place + 1] }),
            None => Ok(intervals),
        }
    }
}
