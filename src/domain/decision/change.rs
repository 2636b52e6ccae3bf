//! What an edit changes: only that is tested, in the direction in which it goes further (DESIGN 3).

use super::{Facts, Slot};
use crate::domain::instant::Interval;

/// What a reservation is before an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    pub requested: Interval,
    /// Set-up and tear-down included.
    pub occupied: Interval,
    pub quantity: u32,
    pub attendees: Option<u32>,
    /// What the capacity is for the layout and quantity before the edit.
    pub capacity: u32,
    /// Whether other units than its own are asked for by name.
    pub other_units: bool,
    /// Whether another space is asked for: all of that space's rules are tested, as of what is new.
    pub elsewhere: bool,
}

/// What a request asks for that an existing reservation does not already have; all of it for a new one, and where it is
/// to go to another space.
pub(super) struct News {
    pub start: bool,
    pub end: bool,
    pub longer: bool,
    pub shorter: bool,
    /// Time or units are added.
    pub more: bool,
    pub setup: bool,
    pub quantity: bool,
    pub units: bool,
    pub attendees: bool,
    pub attendees_missing: bool,
}

impl News {
    pub fn of(facts: &Facts<'_>, slot: &Slot) -> Self {
        let Some(old) = facts.change.filter(|old| !old.elsewhere) else {
            return Self::all();
        };
        let (new, was) = (slot.requested, old.requested);
        let quantity = facts.quantity > old.quantity;
        let adds = |inside: bool| !inside || quantity || old.other_units;
        Self {
            start: new.start() != was.start(),
            end: new.end() != was.end(),
            longer: new.seconds() > was.seconds(),
            shorter: new.seconds() < was.seconds(),
            more: adds(was.covers(new)),
            setup: slot.occupied.start() != old.occupied.start(),
            quantity: quantity || old.other_units,
            units: adds(old.occupied.covers(slot.occupied)),
            attendees: facts.attendees > old.attendees || facts.capacity < old.capacity,
            attendees_missing: old.attendees.is_some(),
        }
    }

    const fn all() -> Self {
        Self {
            start: true,
            end: true,
            longer: true,
            shorter: true,
            more: true,
            setup: true,
            quantity: true,
            units: true,
            attendees: true,
            attendees_missing: true,
        }
    }
}
