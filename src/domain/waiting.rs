//! Waiting for a slot: where an entry of the waiting list stands, and which slot it is offered next (DESIGN 4).
//!
//! An offer is a hold made for who waits, so what became of it is read from the hold; the list itself remembers only
//! that it was made.

use chrono::Timelike;

use super::{
    access::Place,
    codes::codes,
    ids::{OrganisationId, SpaceId, UserId, WaitingId},
    instant::{Instant, Interval},
    record::Reservation,
    reservation::{Purpose, Status},
    zone::Zone,
};

/// Offers go out from this local hour on, at the venue.
const FIRST_HOUR: u32 = 8;
/// And up to this one, exclusive.
const LAST_HOUR: u32 = 21;

codes! {
    /// Where an entry stands.
    pub enum WaitingState {
        /// Nothing that fits is free.
        Waiting = "waiting",
        /// A slot is held for them.
        Offered = "offered",
        /// They confirmed one.
        Taken = "taken",
        /// Nothing that fits can begin any more.
        Over = "over",
    }
}

/// Somebody who waits for so long a time in a space, somewhere within a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingEntry {
    pub id: WaitingId,
    pub place: Place,
    pub space: SpaceId,
    pub person: UserId,
    pub organisation: Option<OrganisationId>,
    /// Within which the slot lies.
    pub range: Interval,
    pub duration_minutes: u32,
    pub quantity: u32,
    pub attendees: Option<u32>,
    /// Of the reservation it is to become.
    pub title: String,
    pub purpose: Purpose,
    /// `Taken` or `Over`, and since when; `None` while it waits.
    pub ended: Option<(WaitingState, Instant)>,
    pub version: i64,
    pub created_at: Instant,
}

impl WaitingEntry {
    /// Where the slot may still begin; `None` once it is too late.
    pub fn starts(&self, now: Instant) -> Option<Interval> {
        let last = self.range.end().plus_minutes(-i64::from(self.duration_minutes));
        Interval::new(self.range.start().max(now), last.plus(1))
    }

    /// Where it stands, by the holds that were made for it.
    pub fn state(&self, offers: &[Reservation], now: Instant) -> WaitingState {
        let live = |offer: &Reservation| offer.status == Status::Held && !offer.ran_out(now);
        match self.ended {
            Some((outcome, _)) => outcome,
            // What was confirmed is no hold any more, whatever became of it since.
            None if offers.iter().any(|offer| offer.on_confirm.is_none()) => WaitingState::Taken,
            None if offers.iter().any(live) => WaitingState::Offered,
            None if self.starts(now).is_none() => WaitingState::Over,
            None => WaitingState::Waiting,
        }
    }

    /// The slot to be offered of those that could be booked: the first that shares no time with one that was offered
    /// before and not taken.
    pub fn next(&self, bookable: &[Interval], offers: &[Reservation]) -> Option<Interval> {
        let passed = |slot: &Interval| offers.iter().any(|offer| offer.interval.overlaps(*slot));
        bookable.iter().copied().find(|slot| self.range.covers(*slot) && !passed(slot))
    }
}

/// Whether offers may go out: nobody is woken for two hours in which to answer.
pub fn awake(zone: Zone, now: Instant) -> bool {
    (FIRST_HOUR..LAST_HOUR).contains(&zone.civil(now).hour())
}

/// Until when an offer made at `now` is held: so many minutes, at the latest till the slot begins.
pub fn offer_expires(now: Instant, slot: Interval, offer_minutes: u32) -> Instant {
    now.plus_minutes(offer_minutes.into()).min(slot.start())
}

#[cfg(test)]
mod tests;
