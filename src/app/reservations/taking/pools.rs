//! The equipment of a request: each pool is asked as if it were by itself, on its own ground, and has its say in the one
//! decision (DESIGN 4, ADR 13).
//!
//! Two things differ. Equipment goes where its space is used, so a pool is open when the space is, but for dates of which
//! it says something itself. And a person's own hold gives way for the space's sake; for equipment's only where there is
//! not enough.

use super::{Ground, Judged, Known, Request, units};
use crate::{
    app::reservations::equipment::Wanted,
    domain::{
        decision::{self, Change, OwnHold, Slot},
        equipment::Equipment,
        ids::UnitId,
        instant::Interval,
        record::{Holder, Occupancy, Reservation},
        space::Allocation,
    },
};

/// What there is of all the pools asked of.
pub(super) struct Found<'a> {
    /// The person's own holds that give way for the space's sake.
    pub replaced: Vec<&'a OwnHold>,
    /// Those that have to give way besides, each once.
    pub yielding: Vec<&'a OwnHold>,
    pub pools: Vec<Lent<'a>>,
}

/// What there is of one pool.
pub(super) struct Lent<'a> {
    wanted: &'a Wanted,
    ground: &'a Ground,
    /// As if the pool were asked for by itself.
    request: Request,
    change: Option<Change>,
    units: Vec<UnitId>,
    /// How many there are.
    free: u32,
}

impl Ground {
    /// Looks for the equipment, pool by pool.
    pub(super) fn find_pools<'a>(&'a self, of_space: &'a Request, before: Option<&Reservation>) -> Found<'a> {
        let replaced = self.sight.replaced(of_space.occupied()).collect();
        let mut found = Found { replaced, yielding: Vec::new(), pools: Vec::new() };
        for wanted in &of_space.equipment {
            let own = self.pools.iter().find(|(space, _)| *space == wanted.space());
            let (_, ground) = own.expect("the ground was laid for the pools of every request judged on it");
            let request = of_space.of_pool(wanted);
            let known = before.and_then(|reservation| Known::of_pool(reservation, &request));
            let (units, free, yielding) = ground.find(&request, known.as_ref(), &found);
            found.yielding.extend(yielding);
            let change = known.map(|known| known.change);
            found.pools.push(Lent { wanted, ground, request, change, units, free });
        }
        found
    }

    /// The units, how many there are, and the holds that have to give way for that: none of those that are gone already.
    fn find(
        &self,
        request: &Request,
        known: Option<&Known<'_>>,
        gone: &Found<'_>,
    ) -> (Vec<UnitId>, u32, Vec<&OwnHold>) {
        let (space, occupied) = (&request.configuration.space, request.occupied());
        let own_time = known.filter(|known| known.change.occupied.covers(occupied));
        if let Some(kept) = own_time.and_then(|known| known.units.get(..chosen_of(request))) {
            // What it has stays, whatever has become of the pool.
            return (kept.to_vec(), request.quantity, Vec::new());
        }
        let taken: Vec<(UnitId, Interval)> =
            self.near(request, occupied).map(|row| (row.unit, row.interval)).collect();
        let gone = || gone.replaced.iter().chain(&gone.yielding);
        let stays = |hold: &&OwnHold| gone().all(|gone| gone.id != hold.id);
        let held: Vec<&OwnHold> = self.sight.own.iter().filter(stays).collect();
        let rows = |hold: &&OwnHold| hold.units.iter().map(|&unit| (unit, hold.occupied)).collect::<Vec<_>>();
        let besides = space.sweep(taken.iter().copied().chain(held.iter().flat_map(rows)));
        let (chosen, free) = units(&besides, request, occupied, known);
        let yielding: Vec<&OwnHold> = held.into_iter().filter(|hold| hold.yields_to(occupied)).collect();
        if chosen.len() >= chosen_of(request) || yielding.is_empty() {
            return (chosen, free, Vec::new());
        }
        let (units, free) = units(&space.sweep(taken), request, occupied, known);
        (units, free, yielding)
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

impl Lent<'_> {
    /// Adds to the judgement on `of_space`, which stands on its own ground, what the pool says, and what is taken of it.
    /// Holds that are gone for the sake of either count for neither.
    pub(super) fn judge(
        self,
        of_space: &Request,
        (replaced, yielding): (&[&OwnHold], &[&OwnHold]),
        judged: &mut Judged,
    ) {
        let Self { wanted, ground, request, change, units, free } = self;
        let opening = of_space.configuration.opening_along(&wanted.configuration, request.interval);
        let left = ground.counts.without(&[replaced, yielding].concat());
        let mut facts = ground.facts(&request, &opening, change, &left);
        facts.holds = &[];
        let slot = Slot { requested: request.interval, occupied: request.occupied(), units_free: free };
        let decision = decision::decide(&facts, &slot);
        let so_far = std::mem::replace(&mut judged.decision, decision.clone());
        judged.decision = so_far.with_equipment(&wanted.pool(), decision);
        judged.to_end.extend(ground.sight.met(&units, slot.occupied));
        judged.equipment.push(wanted.in_units(units));
    }
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
            elsewhere: false,
        };
        Some(Self { units: &some.units, change })
    }
}
