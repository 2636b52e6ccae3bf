//! Another unit for a reservation whose own is no longer there, be it its equipment's, at the same time and for the same
//! price.

use serde_json::json;

use super::{holds, notices::About, slot::occupy, view};
use crate::{
    app::{App, error::Error},
    domain::{
        ids::{ReservationId, UnitId, UserId},
        instant::Interval,
        places::Configuration,
        record::Holder,
        reservation::Status,
        sweep::SIGHT,
    },
    store::{
        audit::{self, Entry},
        db::WriteTx,
        locks, occupancies, people, reservations,
    },
};

/// Moves a future reservation to units that `configuration`'s space still has, its own space or a pool that it has
/// equipment of, keeping those of its own that remain.
/// Returns whether enough were free; one that waits for a change stays. In the caller's transaction, which holds
/// `locks::edit_venue` and the units' groups.
///
/// # Errors
/// When the database fails.
pub(crate) fn relocate(
    tx: &mut WriteTx,
    app: &App,
    configuration: &Configuration,
    id: ReservationId,
    by: Option<UserId>,
) -> Result<bool, Error> {
    locks::reservation(tx, id)?;
    let Some(mut reservation) = reservations::find(tx, id)? else { return Ok(true) };
    if reservation.change.is_some() || !reservation.status.occupies() {
        return Ok(!reservation.status.occupies());
    }
    let space = &configuration.space;
    let has = space.unit_ids();
    let of_space = view::units_of(tx, &reservation)?;
    let equipment = reservation.equipment.iter().position(|some| some.space == space.id);
    let (own, occupied, quantity) = match equipment.map(|place| &reservation.equipment[place]) {
        Some(some) => (some.units.clone(), some.around(reservation.kept()), some.quantity),
        None => (of_space.clone(), reservation.occupied(), reservation.quantity),
    };
    let kept: Vec<UnitId> = own.iter().copied().filter(|unit| has.contains(unit)).collect();
    let window = Interval::new(occupied.start().plus(-SIGHT), occupied.end().plus(SIGHT));
    let window = window.ok_or_else(|| Error::Broken("a widened interval was empty".to_owned()))?;
    let now = app.now();
    let mut taken = holds::taken_for_good(tx, app, (by, now), |tx| occupancies::of_space(tx, space, window))?;
    taken.retain(|row| row.holder != Holder::Reservation(id));
    let sweep = space.sweep(taken.iter().map(|row| (row.unit, row.interval)));
    let Ok(units) = sweep.choose(occupied, quantity, Some(&kept)) else { return Ok(false) };
    let of_space = match equipment {
        Some(place) => {
            reservation.equipment[place].units.clone_from(&units);
            of_space
        }
        None => units.clone(),
    };
    occupy(tx, app, &reservation, &of_space)?;
    reservation.sequence += 1;
    reservation.version += 1;
    reservation.updated_at = now;
    reservations::update(tx, &reservation)?;
    let entry = Entry::new(app.id(), now, by, "reservation.relocated", id).within(reservation.place);
    audit::append(tx, &entry.with(json!({"from": own, "to": units})))?;
    if reservation.status == Status::Confirmed
        && let Some(organiser) = people::contact(tx, reservation.organiser)?
    {
        let configuration = &*view::configuration(tx, app, reservation.space)?;
        let about = About {
            app,
            configuration,
            reservation: &reservation,
            units: &of_space,
            organiser: &organiser,
            now,
            message: None,
        };
        about.changed(tx, reservation.interval)?;
    }
    Ok(true)
}
