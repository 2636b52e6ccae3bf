//! Instants and the half-open intervals between them: UTC, whole seconds (DESIGN 3).
//!
//! Local time is not known here; `zone` is the only module that converts.

use chrono::{DateTime, Utc};

/// A point in time: whole seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// 2000-01-01T00:00:00Z, the first instant accepted from outside.
    pub const EARLIEST: Self = Self(946_684_800);
    /// 2100-01-01T00:00:00Z, the first instant beyond what is accepted from outside.
    pub const LATEST: Self = Self(4_102_444_800);

    pub const fn from_unix(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since the Unix epoch.
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// The instant `seconds` later (earlier when negative), saturating.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        self.plus(minutes.saturating_mul(60))
    }

    /// Seconds from `earlier` to `self`; negative when `self` comes first.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// Whether it lies within the bounds accepted from outside.
    pub fn is_sane(self) -> bool {
        (Self::EARLIEST..=Self::LATEST).contains(&self)
    }

    /// As chrono's UTC date-time; instants outside chrono's range become the epoch,
    /// which bounds checked at the edge rule out.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0, 0).unwrap_or(DateTime::UNIX_EPOCH)
    }
}

impl From<DateTime<Utc>> for Instant {
    /// Fractions of a second are cut off.
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.timestamp())
    }
}

/// A half-open interval `[start, end)` that is never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    start: Instant,
    end: Instant,
}

impl Interval {
    /// `None` unless `start < end`.
    pub fn new(start: Instant, end: Instant) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    pub const fn start(self) -> Instant {
        self.start
    }

    pub const fn end(self) -> Instant {
        self.end
    }

    /// Elapsed seconds, at least 1.
    pub const fn seconds(self) -> i64 {
        self.end.since(self.start)
    }

    /// Whether they share an instant; touching intervals do not.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    pub fn contains(self, at: Instant) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// What both share.
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }

    /// Widened by whole minutes on both sides (set-up before, tear-down after).
    #[must_use]
    pub fn widened(self, before_minutes: u32, after_minutes: u32) -> Self {
        Self {
            start: self.start.plus_minutes(-i64::from(before_minutes)),
            end: self.end.plus_minutes(i64::from(after_minutes)),
        }
    }
}
