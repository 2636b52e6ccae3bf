//! A hall has other units from now on: its future reservations take all of them (DESIGN 4, Parts).

use serde_json::json;

use super::{holds, slot::occupy};
use crate::{
    app::{App, error::Error},
    domain::{
        ids::{ReservationId, SpaceId, UnitId, UserId},
        instant::{Instant, Interval},
        record::{Holder, Reservation},
        space::Space,
    },
    store::{
        audit::{self, Entry},
        db::WriteTx,
        locks, occupancies, reservations,
    },
};

/// Those of the reservations that can't have the units at their times, and those of others that have them; each once.
/// Holds that ran out are ended.
///
/// # Errors
/// When the database fails.
pub(crate) fn conflicts(
    tx: &mut WriteTx,
    app: &App,
    (space, ahead): (SpaceId, &[Reservation]),
    units: &[UnitId],
    now: Instant,
) -> Result<Vec<ReservationId>, Error> {
    let mut conflicts = Vec::new();
    if units.is_empty() {
        return Ok(conflicts);
    }
    for reservation in ahead {
        for time in times(reservation, space, now) {
            let mut taken =
                holds::taken_for_good(tx, app, (None, now), |tx| occupancies::of_units(tx, units, time))?;
            // What is under way still has a part that its hall had then, and may ask to keep it for longer.
            taken.retain(|row| row.holder != Holder::Reservation(reservation.id));
            if taken.is_empty() {
                continue;
            }
            conflicts.push(reservation.id);
            conflicts.extend(taken.iter().filter_map(|row| match row.holder {
                Holder::Reservation(id) => Some(id),
                Holder::Block(_) => None,
            }));
        }
    }
    conflicts.sort_unstable();
    conflicts.dedup();
    Ok(conflicts)
}

/// What it will occupy of the space: its slot, unless that is under way or somebody has come already, and the slot it
/// asks for.
fn times(reservation: &Reservation, space: SpaceId, now: Instant) -> impl Iterator<Item = Interval> {
    let here = reservation.space == space && reservation.is_ahead(now);
    let slot = here.then(|| reservation.occupied());
    let wished = reservation
        .change
        .as_ref()
        .filter(|_| asks_for(reservation, space))
        .and_then(|change| change.interval().map(|interval| change.buffers().around(interval)));
    slot.into_iter().chain(wished)
}

/// Whether the slot it asks for is of the space.
fn asks_for(reservation: &Reservation, space: SpaceId) -> bool {
    reservation.change.is_some() && reservation.wished_space().unwrap_or(reservation.space) == space
}

/// Ends the holds on these units that ran out and would not follow their space. In the caller's transaction, which holds
/// the units' groups.
///
/// # Errors
/// When the database fails.
pub(crate) fn clear(tx: &mut WriteTx, app: &App, units: &[UnitId], now: Instant) -> Result<(), Error> {
    let Some(ahead) = Interval::new(now, Instant::LATEST) else { return Ok(()) };
    let taken = occupancies::of_units(tx, units, ahead)?;
    holds::give_way(tx, app, &holds::ran_out(&taken, now), None, now)
}

/// Gives a future reservation exactly the units of its space; one under way, or to which somebody has come already, keeps what it
/// has, and what it asks for is of these. In the caller's transaction, which holds `locks::edit_venue` and the units' groups.
///
/// # Errors
/// `slot_taken` when the database refuses, which [`conflicts`] has excluded.
pub(crate) fn follow(
    tx: &mut WriteTx,
    app: &App,
    mut reservation: Reservation,
    space: &Space,
    by: Option<UserId>,
) -> Result<(), Error> {
    locks::reservation(tx, reservation.id)?;
    let (now, units) = (app.now(), space.unit_ids());
    let ahead = reservation.space == space.id && reservation.is_ahead(now);
    let asks = asks_for(&reservation, space.id);
    if !ahead && !asks {
        return Ok(());
    }
    let mut slot = units.clone();
    if let Some(change) = &mut reservation.change {
        if asks {
            change.units.clone_from(&units);
        }
        if ahead {
            change.own_units.clone_from(&units);
        }
        slot.clone_from(&change.own_units);
    }
    occupy(tx, app, &reservation, &slot)?;
    reservation.version += 1;
    reservation.updated_at = now;
    reservations::update(tx, &reservation)?;
    let entry = Entry::new(app.id(), now, by, "reservation.follows_its_space", reservation.id);
    audit::append(tx, &entry.within(reservation.place).with(json!({"units": units})))?;
    Ok(())
}
