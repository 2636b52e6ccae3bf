//! How the infrastructure is used (DESIGN 7): sums first, divide last; rates are never averaged.
//!
//! Counted per unit and local time cell, over real elapsed time, from the sources themselves and from sums made of them
//! before. What is known of places and claims comes in as [`Source`]; [`count`] makes a [`Table`] of [`Sums`] from it. Who may see
//! which figure is not decided here: rows only say whether they hold whole calendar months, and closed ones.

mod calendar;
mod cells;
mod compare;
mod count;
mod dimensions;
mod explain;
#[cfg(test)]
pub(in crate::domain) mod fixture;
mod frame;
mod grouping;
mod peak;
pub mod people;
mod plan;
#[cfg(test)]
mod properties;
mod stored;
mod summing;
mod sums;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_explaining;
#[cfg(test)]
mod tests_of_peaks;
#[cfg(test)]
mod tests_of_people;
#[cfg(test)]
mod tests_of_presence;
#[cfg(test)]
mod tests_of_stored;
#[cfg(test)]
mod tests_of_times;
mod unit;

use chrono::NaiveDate;

pub use calendar::Period;
pub use cells::Cells;
pub use compare::{Back, Comparison};
pub use count::{Row, Table, Tally, TooManyRows, count};
pub use dimensions::InvalidGrouping;
pub use explain::{Explainable, Explanation, Origin, Piece, Position, Total, Wanted, explain};
pub use grouping::{Dimension, Grouping, Place};
pub use peak::{Hour, Peak, Peaks, Top, peaks};
pub use plan::{Kept, Known, Parts};
pub use stored::{Grain, Hours, RULES, Summed};
pub use summing::{DaySums, sum};
pub use sums::{Basis, PERSON, Ratio, Sums};

use super::{
    holidays::Country,
    hours::{OwnHours, Schedule},
    ids::{SpaceId, UnitId, VenueId},
    instant::{Instant, Interval},
    reservation::Status,
    space::{BookedBy, SpaceKind},
    zone::Zone,
};

/// All that the figures are made from. Complete for its venues: a unit's opening and a claim's shares need
/// the spaces and units beside the one that is asked for.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its public holidays count.
    pub country: Country,
    pub venues: Vec<VenueFacts>,
    /// Of a network that has none yet: the time that its rows are of, all the same.
    pub without_venues: Option<(Zone, Interval)>,
    pub spaces: Vec<SpaceFacts>,
    pub members: Vec<Member>,
    pub units: Vec<UnitFacts>,
    /// What blocks occupy.
    pub blocked: Vec<(UnitId, Interval)>,
    pub claims: Vec<Claim>,
    /// What was summed before: blocks and claims are needed of the rest of the time only. Nothing where it is the default.
    pub kept: Kept,
}

/// A venue and what was asked of it.
#[derive(Debug, Clone)]
pub struct VenueFacts {
    pub id: VenueId,
    pub name: String,
    pub municipality: String,
    pub zone: Zone,
    /// The range asked for, read in the venue's zone.
    pub range: Interval,
    pub hours: Schedule,
}

/// A space, archived ones included.
#[derive(Debug, Clone)]
pub struct SpaceFacts {
    pub id: SpaceId,
    pub venue: VenueId,
    pub name: String,
    pub kind: SpaceKind,
    pub booked_by: BookedBy,
    /// What it says of its own over its venue's hours; `None`: nothing, ever.
    pub own_hours: Option<OwnHours>,
    /// The local date from which it counts.
    pub active_from: NaiveDate,
    pub archived_at: Option<Instant>,
    /// Whether it is asked for; others only open their units.
    pub counted: bool,
}

/// A unit belongs to a space on local dates `[from, to)`.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    pub space: SpaceId,
    pub unit: UnitId,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

#[derive(Debug, Clone)]
pub struct UnitFacts {
    pub id: UnitId,
    pub seats: u32,
    /// What it seated before these local dates, ascending.
    pub former_seats: Vec<(NaiveDate, u32)>,
}

/// A reservation, as far as figures go.
#[derive(Debug, Clone)]
pub struct Claim {
    pub space: SpaceId,
    pub status: Status,
    /// Set-up and tear-down apart.
    pub interval: Interval,
    /// From then on it was given back.
    pub released_at: Option<Instant>,
    /// People expected.
    pub attendees: Option<u32>,
    /// People counted.
    pub headcount: Option<u32>,
    /// All that it occupies, each once.
    pub units: Vec<UnitId>,
    /// Whether check-in was required: then what is used is measured, else what was booked is taken as used.
    pub measured: bool,
    pub checked_in_at: Option<Instant>,
    pub checked_out_at: Option<Instant>,
}

impl Claim {
    /// Whether its time counts as booked.
    pub const fn counts(status: Status) -> bool {
        matches!(status, Status::Confirmed | Status::CheckedIn | Status::Completed | Status::NoShow)
    }

    /// `[starts_at, min(ends_at, released_at))`; `None` where nothing is left of it or it does not count.
    fn booked(&self) -> Option<Interval> {
        let end = self.released_at.map_or(self.interval.end(), |at| at.min(self.interval.end()));
        Interval::new(self.interval.start(), end).filter(|_| Self::counts(self.status))
    }

    /// What was given back of it.
    fn released(&self) -> Option<Interval> {
        Interval::new(self.released_at?, self.interval.end()).filter(|_| Self::counts(self.status))
    }

    /// Whether somebody came, where check-in was required and it is known.
    fn came(&self) -> Option<bool> {
        let came = match self.status {
            Status::NoShow => Some(false),
            Status::CheckedIn | Status::Completed => Some(true),
            _ => None,
        };
        came.filter(|_| self.measured)
    }

    /// Its use, as far as it has happened: from when they came (a no-show that staff took back: from its start) until
    /// they left; `None` when nobody came, or has come yet. Without required check-in what was booked is taken as used.
    fn used(&self, now: Instant) -> Option<Interval> {
        let booked = self.booked()?;
        let until = booked.end().min(now);
        match self.status {
            Status::NoShow => None,
            _ if !self.measured => Interval::new(booked.start(), until),
            Status::CheckedIn | Status::Completed => {
                let from = self.checked_in_at.map_or(booked.start(), |at| at.max(booked.start()));
                Interval::new(from, self.checked_out_at.map_or(until, |at| at.min(until)))
            }
            _ => None,
        }
    }
}
