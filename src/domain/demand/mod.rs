//! What people wanted and how it went (DESIGN 7): refusals, waiting, giving up. Reservations count where they begin,
//! answers where they were given, refusals and searches on their local day.
//!
//! Percentiles are nearest ranks: of n values, ascending, the ⌈p·n⌉th. What of it others than the venue's staff are
//! shown is [`shown`]'s to say.

pub mod shown;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    codes::codes,
    ids::{SpaceId, UserId, VenueId},
    instant::Instant,
    statistics::Ratio,
};

pub use table::{DemandRow, DemandTable, demand};

codes! {
    /// For how many people a search was, coarsely.
    pub enum CapacityBand {
        /// It did not say.
        Any = "any",
        UpTo5 = "1-5",
        UpTo10 = "6-10",
        UpTo20 = "11-20",
        UpTo50 = "21-50",
        More = "over_50",
    }
}

impl CapacityBand {
    pub const fn of(people: Option<u32>) -> Self {
        match people {
            None | Some(0) => Self::Any,
            Some(1..=5) => Self::UpTo5,
            Some(6..=10) => Self::UpTo10,
            Some(11..=20) => Self::UpTo20,
            Some(21..=50) => Self::UpTo50,
            Some(_) => Self::More,
        }
    }
}

/// A reservation that stood: it was confirmed, whatever became of it.
#[derive(Debug, Clone)]
pub struct Stood {
    pub venue: VenueId,
    pub space: SpaceId,
    pub organiser: UserId,
    pub start: Instant,
    /// When it was made; `None` of one that was brought in from elsewhere.
    pub made: Option<Instant>,
    pub given_up: Option<GivenUp>,
}

impl Stood {
    /// Seconds from making to start; `None` of what was cancelled or brought in. Staff write down who came without asking:
    /// that was not planned at all.
    pub fn lead(&self) -> Option<i64> {
        let made = self.made.filter(|_| self.given_up.is_none())?;
        Some(self.start.since(made).max(0))
    }
}

/// How a reservation that stood was cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GivenUp {
    InTime,
    /// After the notice.
    Late,
    ByVenue,
}

/// A venue's yes or no to a request or a requested change.
#[derive(Debug, Clone)]
pub struct Answered {
    pub venue: VenueId,
    pub space: SpaceId,
    pub organiser: UserId,
    pub asked: Instant,
    pub at: Instant,
}

/// So many people were refused a space on a local day, each counted once.
#[derive(Debug, Clone)]
pub struct TurnedAway {
    pub venue: VenueId,
    pub space: SpaceId,
    pub day: NaiveDate,
    pub reason: String,
    pub people: u64,
}

/// All that happened, of whole venues.
#[derive(Debug, Clone, Default)]
pub struct Events {
    pub stood: Vec<Stood>,
    pub answered: Vec<Answered>,
    pub turned_away: Vec<TurnedAway>,
}

/// What of that is one row's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Demand {
    /// By reason.
    pub turn_aways: BTreeMap<String, u64>,
    /// Seconds from making to start, of what was neither cancelled nor brought in.
    pub leads: Vec<i64>,
    /// Seconds from the question to the answer.
    pub waits: Vec<i64>,
    /// Reservations that stood.
    pub stood: u64,
    /// Of those: given up by the organiser, of these after the notice, and by the venue.
    pub cancelled: u64,
    pub cancelled_late: u64,
    pub cancelled_by_venue: u64,
}

impl Demand {
    fn add_stood(&mut self, one: &Stood) {
        self.stood += 1;
        match one.given_up {
            Some(GivenUp::ByVenue) => self.cancelled_by_venue += 1,
            Some(GivenUp::InTime) => self.cancelled += 1,
            Some(GivenUp::Late) => {
                self.cancelled += 1;
                self.cancelled_late += 1;
            }
            None => self.leads.extend(one.lead()),
        }
    }

    fn add_answer(&mut self, answer: &Answered) {
        self.waits.push(answer.at.since(answer.asked).max(0));
    }

    fn add_refusals(&mut self, refused: &TurnedAway) {
        *self.turn_aways.entry(refused.reason.clone()).or_default() += refused.people;
    }

    /// In reservations that stood, as the two below.
    pub fn cancellation_rate(&self) -> Ratio {
        of_all(self.cancelled, self.stood)
    }

    pub fn late_cancellation_rate(&self) -> Ratio {
        of_all(self.cancelled_late, self.stood)
    }

    pub fn venue_cancellation_rate(&self) -> Ratio {
        of_all(self.cancelled_by_venue, self.stood)
    }
}

fn of_all(part: u64, whole: u64) -> Ratio {
    let (part, whole) = (part as f64, whole as f64);
    let rate = (whole > 0.0).then(|| part / whole);
    Ratio { numerator: Some(part), denominator: whole, rate }
}

/// The nearest rank of `percent`; `None` of nothing.
pub fn percentile(values: &[i64], percent: usize) -> Option<i64> {
    let mut ascending = values.to_vec();
    ascending.sort_unstable();
    let rank = (ascending.len() * percent).div_ceil(100);
    ascending.get(rank.checked_sub(1)?).copied()
}
