//! The model's spaces as they are by now: their units, layouts and prices, and whether they are still offered; and what
//! becomes of reservations when the venue changes that.

use serde_json::{Value, json};

use crate::{
    calendar::Minute,
    equipment::{Given, LENT},
    model::{Booking, But, Model, Slot, occupies},
    places::{HALL, POOL, ROOMS, Room, Stay},
    prices::Tariff,
    venue::OnAffected,
    verbs::Answer,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    pub capacity: u32,
    /// Set-up and tear-down.
    pub buffers: (i64, i64),
    pub offered: bool,
}

#[derive(Clone)]
pub struct Space {
    /// Which of the first ones it is, or is a copy of.
    pub like: usize,
    pub units: Vec<usize>,
    /// Of each unit.
    pub seats: Vec<u32>,
    pub each: bool,
    /// People; 0 of equipment, which has no seats.
    pub capacity: u32,
    pub buffers: (i64, i64),
    /// Those that are no longer offered, too.
    pub layouts: Vec<Layout>,
    pub stay: Option<Stay>,
    pub archived: bool,
    pub policy: Value,
    pub tariff: Option<Tariff>,
}

impl Space {
    pub fn new(like: usize, room: &Room) -> Self {
        let layout = |&(capacity, setup, teardown): &(u32, i64, i64)| Layout {
            capacity,
            buffers: (setup, teardown),
            offered: true,
        };
        Self {
            like,
            units: room.units.to_vec(),
            seats: vec![room.capacity; room.units.len()],
            each: room.each,
            capacity: room.capacity,
            buffers: room.buffers,
            layouts: room.layout.iter().map(layout).collect(),
            stay: room.stay,
            archived: false,
            policy: json!({}),
            tariff: None,
        }
    }

    pub fn is_pool(&self) -> bool {
        self.like == POOL
    }

    /// Set-up and tear-down, with one of its layouts or without.
    pub fn buffers_with(&self, layout: Option<usize>) -> (i64, i64) {
        layout.map_or(self.buffers, |layout| self.layouts[layout].buffers)
    }

    /// How many people so much of it takes.
    pub fn people(&self, layout: Option<usize>, quantity: u32) -> u32 {
        match layout {
            Some(layout) => self.layouts[layout].capacity,
            None if self.each => self.capacity * quantity,
            None => self.capacity,
        }
    }

    /// How much of it can be asked for.
    pub fn pool(&self) -> usize {
        if self.each { self.units.len() } else { 1 }
    }

    /// Whether a slot that was good in it is not any more: its layout is gone, or too small.
    fn spoils(&self, before: &Self, slot: &Slot) -> bool {
        let gone = |layout: usize| before.layouts[layout].offered && !self.layouts[layout].offered;
        let fits = |space: &Self| slot.attendees.unwrap_or(0) <= space.people(slot.layout, slot.quantity);
        slot.layout.is_some_and(gone) || fits(before) && !fits(self)
    }
}

impl Model {
    /// Those whose slot ahead is met, and those of which only what they wish for is.
    fn met(&self, is: impl Fn(&Booking, &Slot) -> bool) -> (Vec<usize>, Vec<usize>) {
        let (mut slots, mut wishes) = (Vec::new(), Vec::new());
        for (id, booking) in self.bookings.iter().enumerate() {
            if !occupies(booking.status) || booking.slot.to <= self.now {
                continue;
            }
            if self.is_ahead(id) && is(booking, &booking.slot) {
                slots.push(id);
            } else if booking.change.as_ref().is_some_and(|wish| is(booking, wish)) {
                wishes.push(id);
            }
        }
        (slots, wishes)
    }

    /// It is no longer offered.
    pub fn archive(&mut self, space: usize, on: OnAffected) -> Result<Answer, String> {
        if self.spaces[space].archived {
            return Ok(Ok(()));
        }
        let has_of_it = |slot: &Slot| slot.lent().is_some_and(|(pool, _)| pool == space);
        let (slots, wishes) = self.met(|booking, slot| booking.space_of(slot) == space || has_of_it(slot));
        let answer = self.settle_affected(on, &slots, &wishes)?;
        self.spaces[space].archived = answer.is_ok();
        Ok(answer)
    }

    /// It has other layouts: those named stay the same ones, the others are no longer offered.
    pub fn put_layouts(
        &mut self,
        space: usize,
        new: &[(Option<usize>, Layout)],
        on: OnAffected,
    ) -> Result<Answer, String> {
        let mut after = self.spaces[space].clone();
        if new.iter().any(|(known, _)| known.is_some_and(|layout| !after.layouts[layout].offered)) {
            return Ok(Err("invalid"));
        }
        after.layouts.iter_mut().for_each(|layout| layout.offered = false);
        for &(known, layout) in new {
            match known {
                Some(known) => after.layouts[known] = layout,
                None => after.layouts.push(layout),
            }
        }
        self.refurnish(space, after, on)
    }

    /// It takes more or fewer people. Units that all seat as many as it says follow; of others nobody knows.
    pub fn put_capacity(&mut self, space: usize, capacity: u32, on: OnAffected) -> Result<Answer, String> {
        let mut after = self.spaces[space].clone();
        if space != HALL && after.seats.iter().all(|seats| *seats == after.capacity) {
            after.seats.fill(capacity);
        }
        after.capacity = capacity;
        self.refurnish(space, after, on)
    }

    fn refurnish(&mut self, space: usize, after: Space, on: OnAffected) -> Result<Answer, String> {
        let before = &self.spaces[space];
        let is_of = |booking: &Booking, slot: &Slot| booking.space_of(slot) == space;
        let (slots, wishes) = self.met(|booking, slot| is_of(booking, slot) && after.spoils(before, slot));
        let answer = self.settle_affected(on, &slots, &wishes)?;
        if answer.is_ok() {
            self.spaces[space] = after;
        }
        Ok(answer)
    }

    /// Another one just like it, with units of its own and without what is no longer offered.
    pub fn copy(&mut self, space: usize) -> usize {
        let original = self.spaces[space].clone();
        let layouts = original.layouts.iter().filter(|layout| layout.offered).copied().collect();
        let units = original.units.iter().map(|_| self.add_unit()).collect();
        self.spaces.push(Space { units, layouts, archived: false, ..original });
        self.opening.copy(space);
        self.spaces.len() - 1
    }

    // ---- units that come and go --------------------------------------------------------------------------------

    /// Those that have one of these units of the space, be it as equipment, or wish for one.
    pub fn having(&self, space: usize, gone: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let any = |units: &[usize]| units.iter().any(|unit| gone.contains(unit));
        self.met(|booking, slot| booking.space_of(slot) == space && any(&slot.units) || any(&slot.pieces))
    }

    /// What a reservation has of a space, be it as equipment, and for how long it takes that.
    fn part_of(&self, id: usize, space: usize) -> (&Vec<usize>, (Minute, Minute)) {
        let booking = &self.bookings[id];
        if booking.space == space {
            return (&booking.slot.units, booking.occupied());
        }
        (&booking.slot.pieces, (booking.slot.from - LENT.0, booking.kept_until() + LENT.1))
    }

    /// Whether as many units as it has are free for it among those that its space still has. What waits for a change
    /// stays where it is.
    pub fn can_be_moved(&self, id: usize, space: usize) -> bool {
        let (own, time) = self.part_of(id, space);
        let but = But { own: &[id], giving_way: &[] };
        let free = self.spaces[space].units.iter().filter(|unit| self.is_free(**unit, time, &but));
        self.bookings[id].change.is_none() && free.count() >= own.len()
    }

    /// On the units that the service chose, which are those it had as far as they are still there.
    pub fn relocate(&mut self, id: usize, space: usize, given: Given) -> Result<(), String> {
        let there = &self.spaces[space].units;
        let (had, _) = self.part_of(id, space);
        let has = if self.bookings[id].space == space { &given.units } else { &given.pieces };
        let kept = had.iter().filter(|unit| there.contains(unit));
        if has.len() != had.len() || !kept.into_iter().all(|unit| has.contains(unit)) {
            return Err(format!("{id} had {had:?} of {there:?} and was moved to {has:?}"));
        }
        let slot = &mut self.bookings[id].slot;
        (slot.units, slot.pieces) = (given.units, given.pieces);
        self.occupy(id)
    }
}

/// The spaces that the story begins with.
pub fn first_spaces() -> Vec<Space> {
    ROOMS.iter().enumerate().map(|(number, room)| Space::new(number, room)).collect()
}
