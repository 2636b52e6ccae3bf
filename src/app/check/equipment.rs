//! Each reservation has exactly the time of exactly the units of its equipment, as many as it says, of pools of its venue.

use std::collections::{BTreeMap, BTreeSet};

use super::{Report, Spaces};
use crate::domain::{
    equipment::Equipment,
    ids::UnitId,
    instant::Interval,
    interval_set::IntervalSet,
    record::{Occupancy, Reservation},
    space::Allocation,
};

/// `rows` are the occupancies of the units that it names as its equipment's; its pools were read before.
pub(super) fn check(reservation: &Reservation, spaces: &Spaces, rows: &[Occupancy], report: &mut Report) {
    let id = reservation.id;
    let wished = reservation.change.as_ref();
    for some in reservation.equipment.iter().chain(wished.iter().flat_map(|change| &change.equipment)) {
        if let Some(fault) = fault(reservation, some, spaces) {
            report.find(format!("{id} has equipment of {} {fault}", some.space));
        }
    }
    let mut wanted: BTreeMap<UnitId, Vec<Interval>> = BTreeMap::new();
    let asked = wished.into_iter().flat_map(|change| change.equipment_taken());
    for (unit, time) in reservation.equipment_taken().chain(asked) {
        wanted.entry(unit).or_default().push(time);
    }
    for (unit, times) in wanted {
        let has: IntervalSet = rows.iter().filter(|row| row.unit == unit).map(|row| row.interval).collect();
        if has != times.into_iter().collect() {
            report.find(format!("{id} takes other times of {unit}, which is its equipment, than its own"));
        }
    }
}

fn fault(reservation: &Reservation, some: &Equipment, spaces: &Spaces) -> Option<&'static str> {
    let distinct: BTreeSet<UnitId> = some.units.iter().copied().collect();
    let Some(pool) = spaces.known(some.space) else { return Some("and there is no such space") };
    if pool.place != reservation.place {
        return Some("and that is another venue's");
    }
    if distinct.len() != some.units.len() {
        return Some("and one unit of it twice");
    }
    if pool.allocation == Allocation::Each && distinct.len() != some.quantity as usize {
        return Some("and other units of it than so many");
    }
    let foreign = distinct.iter().any(|&unit| !spaces.has(some.space, unit));
    foreign.then_some("and units that the pool does not have")
}
