//! Another unit for a reservation whose own is no longer there, be it its equipment's, at the same time and for the same
//! price.

use std::collections::BTreeMap;

use serde_json::json;

use super::{holds, notices, series::notices::tell_relocated, slot::occupy, view};
use crate::{
    app::{App, error::Error},
    domain::{
        ids::{ReservationId, SeriesId, UnitId, UserId},
        instant::Interval,
        places::Configuration,
        record::{Holder, Reservation},
        reservation::Status,
        sweep::SIGHT,
    },
    store::{
        audit::{self, Entry},
        db::WriteTx,
        locks, occupancies, reservations,
    },
};

/// Moves future reservations to units that `configuration`'s space still has, their own space or a pool that they have
/// equipment of, keeping those of their own that remain. The people are told, of a series in one mail.
/// Returns those for which too few were free, and those that wait for a change: they stay. In the caller's transaction,
/// which holds `locks::edit_venue` and the units' groups.
///
/// # Errors
/// When the database fails.
pub(crate) fn relocate(
    tx: &mut WriteTx,
    app: &App,
    configuration: &Configuration,
    ids: &[ReservationId],
    by: Option<UserId>,
) -> Result<Vec<ReservationId>, Error> {
    let (mut stay, mut moved) = (Vec::new(), Vec::new());
    for &id in ids {
        if !one(tx, app, configuration, (id, by), &mut moved)? {
            stay.push(id);
        }
    }
    tell(tx, app, moved)?;
    Ok(stay)
}

/// One that has other units now, with those of its space.
struct Moved {
    reservation: Reservation,
    units: Vec<UnitId>,
}

/// Whether it need not stay where it is: it was moved, or is over.
fn one(
    tx: &mut WriteTx,
    app: &App,
    configuration: &Configuration,
    (id, by): (ReservationId, Option<UserId>),
    moved: &mut Vec<Moved>,
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
    moved.push(Moved { reservation, units: of_space });
    Ok(true)
}

/// Tells the organisers of what stands: of one by itself, of several of a series at once.
fn tell(tx: &mut WriteTx, app: &App, moved: Vec<Moved>) -> Result<(), Error> {
    let mut of_series: BTreeMap<SeriesId, Vec<Moved>> = BTreeMap::new();
    for one in moved.into_iter().filter(|one| one.reservation.status == Status::Confirmed) {
        match one.reservation.belongs {
            Some(belongs) => of_series.entry(belongs.series).or_default().push(one),
            None => tell_one(tx, app, &one)?,
        }
    }
    for (series, some) in of_series {
        match some.as_slice() {
            [] => {}
            [one] => tell_one(tx, app, one)?,
            [first, rest @ ..] => {
                let configuration = view::configuration(tx, app, first.reservation.space)?;
                let same = rest.iter().all(|one| one.units == first.units);
                let units = if same { first.units.as_slice() } else { &[] };
                let about: Vec<&Reservation> = some.iter().map(|one| &one.reservation).collect();
                tell_relocated(tx, app, &configuration, series, &about, units)?;
            }
        }
    }
    Ok(())
}

fn tell_one(tx: &mut WriteTx, app: &App, moved: &Moved) -> Result<(), Error> {
    let Moved { reservation, units } = moved;
    notices::tell_organiser(tx, app, (reservation, units), None, |about, tx| {
        about.changed(tx, reservation.interval)
    })
}
