//! The equipment of a request: each pool is asked as if it were by itself, on its own ground, and has its say in the one
//! decision (DESIGN 4).
//!
//! Two things differ. Equipment goes where its space is used, so a pool without opening hours of its own is open when the
//! space is. And a person's own hold gives way for the space's sake; for equipment's only where there is not enough.

use super::{Ground, Judged, Known, Request, claim, uncount, units};
use crate::{
    app::reservations::equipment::Wanted,
    domain::{
        decision::{self, Change, OwnHold, Slot},
        equipment::Equipment,
        ids::UnitId,
        instant::Interval,
        places::Configuration,
        record::{Holder, Occupancy, Reservation},
        space::Allocation,
    },
};

/// The units found in a pool, how many there are, and the person's own holds that would have to give way.
struct Found<'a> {
    units: Vec<UnitId>,
    free: u32,
    yielding: Vec<&'a OwnHold>,
}

impl Ground {
    /// Adds to the judgement on `of_space` what the pool says, and what is taken of it.
    pub(super) fn add_pool(
        &self,
        (of_space, wanted): (&Request, &Wanted),
        before: Option<&Reservation>,
        judged: &mut Judged,
    ) {
        let own_ground = self.pools.iter().find(|(space, _)| *space == wanted.space());
        let (_, ground) =
            own_ground.expect("the ground was laid for the pools of every request judged on it");
        let request = of_space.of_pool(wanted);
        let replaced: Vec<&OwnHold> = self.sight.replaced(of_space.occupied()).collect();
        let known = before.and_then(|reservation| Known::of_pool(reservation, &request));
        let found = ground.find(&request, known.as_ref(), &replaced);
        let hours = hours_of(of_space, &wanted.configuration);
        let (open, stays) = (hours.open(request.interval), hours.stays(request.interval));
        let mut others = ground.others.clone();
        for hold in &replaced {
            hold.counted().for_each(|one| uncount(&mut others, one));
        }
        let gone = u32::try_from(replaced.len()).unwrap_or(u32::MAX);
        let mut facts = ground.facts(&request, (&open, stays.as_ref()), known.map(|known| known.change));
        facts.active = ground.active.map(|active| active.saturating_sub(gone));
        facts.claim = claim(request.claimant.bearing(&request.configuration), &others);
        facts.holds = &[];
        let slot = Slot { requested: request.interval, occupied: request.occupied(), units_free: found.free };
        let decision = decision::decide(&facts, &slot);
        let so_far = std::mem::replace(&mut judged.decision, decision.clone());
        judged.decision = so_far.with_equipment(&wanted.pool(), decision);
        judged.to_end.extend(ground.sight.met(&found.units, slot.occupied));
        judged.to_end.extend(found.yielding.iter().map(|hold| hold.id));
        judged.to_end.sort_unstable();
        judged.to_end.dedup();
        let until = found.yielding.iter().map(|hold| hold.expires_at);
        judged.replaced_until = judged.replaced_until.into_iter().chain(until).min();
        judged.equipment.push(wanted.in_units(found.units));
    }

    fn find<'a>(&'a self, request: &Request, known: Option<&Known<'_>>, replaced: &[&OwnHold]) -> Found<'a> {
        let (space, occupied) = (&request.configuration.space, request.occupied());
        let own_time = known.filter(|known| known.change.occupied.covers(occupied));
        if let Some(kept) = own_time.and_then(|known| known.units.get(..chosen_of(request))) {
            // What it has stays, whatever has become of the pool.
            return Found { units: kept.to_vec(), free: request.quantity, yielding: Vec::new() };
        }
        let taken: Vec<(UnitId, Interval)> =
            self.near(request, occupied).map(|row| (row.unit, row.interval)).collect();
        let stays = |hold: &&OwnHold| replaced.iter().all(|gone| gone.id != hold.id);
        let held: Vec<&OwnHold> = self.sight.own.iter().filter(stays).collect();
        let rows = |hold: &&OwnHold| hold.units.iter().map(|&unit| (unit, hold.occupied)).collect::<Vec<_>>();
        let besides = space.sweep(taken.iter().copied().chain(held.iter().flat_map(rows)));
        let (chosen, free) = units(&besides, request, occupied, known);
        let yielding: Vec<&OwnHold> = held.into_iter().filter(|hold| hold.yields_to(occupied)).collect();
        if chosen.len() >= chosen_of(request) || yielding.is_empty() {
            return Found { units: chosen, free, yielding: Vec::new() };
        }
        let (units, free) = units(&space.sweep(taken), request, occupied, known);
        Found { units, free, yielding }
    }

    /// From now on the equipment is taken, with a reservation of this time.
    pub(super) fn take_equipment(&mut self, equipment: &[Equipment], kept: Interval, holder: Holder) {
        for some in equipment {
            let Some((_, ground)) = self.pools.iter_mut().find(|(space, _)| *space == some.space) else {
                continue;
            };
            let interval = some.around(kept);
            let row = |&unit| Occupancy { unit, interval, holder, held_until: None };
            ground.added.extend(some.units.iter().map(row));
        }
    }
}

/// A pool without hours of its own is open when the space is that it is used with.
fn hours_of<'a>(of_space: &'a Request, pool: &'a Configuration) -> &'a Configuration {
    if pool.space.own_hours { pool } else { &of_space.configuration }
}

/// How many units are chosen where there are enough.
fn chosen_of(request: &Request) -> usize {
    match request.configuration.space.allocation {
        Allocation::Whole => request.configuration.space.units.len(),
        Allocation::Each => request.quantity as usize,
    }
}

impl<'a> Known<'a> {
    /// What the reservation has of the pool; `None` where nothing, and all of it is new.
    fn of_pool(reservation: &'a Reservation, request: &Request) -> Option<Self> {
        let space = &request.configuration.space;
        let some = reservation.equipment.iter().find(|some| some.space == space.id)?;
        let change = Change {
            requested: reservation.interval,
            occupied: some.around(reservation.kept()),
            quantity: some.quantity,
            attendees: reservation.attendees,
            capacity: space.capacity_of(None, some.quantity),
            other_units: false,
        };
        Some(Self { units: &some.units, change })
    }
}
