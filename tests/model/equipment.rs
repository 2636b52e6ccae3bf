//! Equipment in the model: pieces of one pool, had together with another space. They are taken for the time that they
//! would be taken for by themselves, and the pool's rules hold as if they were asked for by themselves.

use prostor::domain::equipment::Equipment;

use crate::{
    calendar::Minute,
    decision::{Ask, Found, Judge},
    model::{Booking, Model, Slot},
    places::{POOL, ROOMS},
    story::Story,
};

/// Set-up and tear-down of what is lent.
pub const LENT: (i64, i64) = ROOMS[POOL].buffers;

/// What the service gave: of the space, and of the pool.
#[derive(Clone, Debug, Default)]
pub struct Given {
    pub units: Vec<usize>,
    pub pieces: Vec<usize>,
}

impl Slot {
    /// Unit, from and to of all it takes where it is kept until then.
    pub fn cells(&self, until: Minute) -> Vec<(usize, Minute, Minute)> {
        let around = |(setup, teardown): (i64, i64)| (self.from - setup, until + teardown);
        let (own, lent) = (around(self.buffers), around(LENT));
        let units = self.units.iter().map(|unit| (*unit, own.0, own.1));
        units.chain(self.pieces.iter().map(|piece| (*piece, lent.0, lent.1))).collect()
    }

    /// Of which pool it has how much.
    pub fn lent(&self) -> Option<(usize, u32)> {
        (self.equipment > 0).then_some((self.pool, self.equipment))
    }

    /// As if the pieces were booked by themselves.
    fn of_pool(&self) -> Self {
        Self {
            buffers: LENT,
            quantity: self.equipment,
            layout: None,
            units: self.pieces.clone(),
            equipment: 0,
            pieces: Vec::new(),
            ..self.clone()
        }
    }

    pub fn on(self, Given { units, pieces }: Given) -> Self {
        Self { units, pieces, ..self }
    }
}

impl Booking {
    /// Of the space itself, or with something of it.
    pub fn is_of(&self, space: usize) -> bool {
        self.space == space || self.slot.lent().is_some_and(|(pool, _)| pool == space)
    }
}

impl Model {
    /// Which own holds have to give way besides those that do for the space's sake: all that meet the pool's time, where
    /// there is not enough otherwise.
    pub fn giving_way_to_equipment(&self, ask: &Ask, replaced: &[usize]) -> Vec<usize> {
        if ask.slot.equipment == 0 {
            return Vec::new();
        }
        self.of_pool(ask, replaced, |judge| {
            if judge.keeps() || judge.free() >= judge.ask.slot.quantity as usize {
                return Vec::new();
            }
            let pieces = self.units_of(judge.ask.space);
            let mut besides = self.own_holds(judge.ask, &pieces, judge.ask.slot.occupied());
            besides.retain(|hold| !replaced.contains(hold));
            besides
        })
    }

    /// The pool has its say beside the space; all that gives way for either is no more.
    pub fn judge_equipment(&self, ask: &Ask, replaced: &[usize], found: &mut Found) {
        self.of_pool(ask, replaced, |judge| judge.rules(found));
    }

    fn of_pool<T>(&self, ask: &Ask, gone: &[usize], look: impl FnOnce(&Judge<'_>) -> T) -> T {
        let (slot, pool) = (ask.slot.of_pool(), ask.slot.pool);
        let time = (slot.from, slot.to);
        let alone = Ask { space: pool, named: None, slot, hold: false, ..ask.clone() };
        let lends = |booking: &&Booking| booking.slot.lent().is_some_and(|(of, _)| of == pool);
        let old = ask.old.map(|id| &self.bookings[id]).filter(lends);
        let old = old.map(|booking| Booking { slot: booking.slot.of_pool(), ..booking.clone() });
        look(&Judge {
            model: self,
            ask: &alone,
            audiences: Self::audiences(ask.who, ask.for_organisation),
            old: old.as_ref().map(|booking| &booking.slot),
            moves: None,
            had: old.as_ref().map_or((0, 0), Booking::occupied),
            open_as: self.opening.of_equipment(pool, ask.space, time),
            replaced: gone.to_vec(),
            giving_way: gone.to_vec(),
        })
    }
}

impl Story {
    /// By the model's numbers: as many as were asked for, and of the pool, or those it had.
    pub fn pieces(&self, given: &[Equipment], slot: &Slot, own: &[usize]) -> Result<Vec<usize>, String> {
        let units = given.iter().flat_map(|some| &some.units);
        let pieces: Vec<usize> = units.map(|id| self.world.unit(*id)).collect();
        let there = &self.model.spaces[slot.pool].units;
        let of_pool = pieces.iter().all(|piece| there.contains(piece) || own.contains(piece));
        if pieces.len() == slot.equipment as usize && of_pool {
            Ok(pieces)
        } else {
            Err(format!("{pieces:?} are not {} pieces of {there:?}", slot.equipment))
        }
    }
}
