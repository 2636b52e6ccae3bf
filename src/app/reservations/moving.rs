//! Where a change of a reservation leads: its own space, or another of its venue, whose rules then are those that count.

use std::sync::Arc;

use super::{
    request::{Request, ReservationChange},
    view,
};
use crate::{
    app::{App, error::Error},
    domain::{places::Configuration, record::Reservation},
    store::db::ReadTx,
};

/// What a requested change asks for, as it would be asked for now.
///
/// # Errors
/// When the database fails.
pub(super) fn wish(
    tx: &mut ReadTx,
    app: &App,
    request: &Request,
    reservation: &Reservation,
) -> Result<Option<Request>, Error> {
    let Some(change) = &reservation.change else { return Ok(None) };
    let configuration = match reservation.wished_space() {
        Some(space) => view::configuration(tx, app, space)?,
        None => request.configuration.clone(),
    };
    let interval = change.interval().unwrap_or(reservation.interval);
    let (quantity, attendees) = (change.quantity, change.attendees);
    let wish = Request { configuration, interval, quantity, attendees, ..request.clone() };
    wish.equipped(tx, app, None, &change.equipment).map(Some)
}

/// Where a change is to be judged: the reservation's space, or the other one that it names.
///
/// # Errors
/// `invalid` for what is no space of the venue.
pub(super) fn where_to(
    tx: &mut ReadTx,
    app: &App,
    change: &ReservationChange,
    (reservation, own): (&Reservation, Arc<Configuration>),
) -> Result<Arc<Configuration>, Error> {
    let Some(space) = change.space_id.filter(|space| *space != reservation.space) else { return Ok(own) };
    let there = app.configurations.get(tx, space)?;
    let there = there.ok_or_else(|| Error::field("/space_id", "unknown"))?;
    if there.place() != reservation.place {
        return Err(Error::field("/space_id", "of_another_venue"));
    }
    Ok(there)
}
