//! A reservation as a calendar file, for those whose mail brought none.

use super::{edit::visible, notices::About, view};
use crate::{
    app::{App, error::Error, guests},
    domain::{
        access::Actor, ids::ReservationId, instant::Instant, places::Configuration, record::Reservation,
    },
    mail::{self, notice::ReservationView},
    store::{db::ReadTx, people},
};

/// A reservation as a calendar object shows it, stamped with `now`.
///
/// # Errors
/// When the database fails.
pub(crate) fn snapshot(
    tx: &mut ReadTx,
    app: &App,
    configuration: &Configuration,
    reservation: &Reservation,
    organiser: &people::Contact,
    now: Instant,
) -> Result<ReservationView, Error> {
    let units = view::units_of(tx, reservation)?;
    Ok(About { app, configuration, reservation, units: &units, organiser, now, message: None }.view())
}

/// The reservation as iCalendar (RFC 5545), METHOD:PUBLISH. How to get in is told to its organiser and to staff of
/// the venue, not to colleagues, who may see it too (DESIGN 5).
///
/// # Errors
/// `not_found`.
pub fn calendar(app: &App, actor: &Actor, id: ReservationId) -> Result<String, Error> {
    let reservation = visible(app, actor, id)?;
    view::note(app, actor, std::slice::from_ref(&reservation));
    app.db.read(|tx| {
        let configuration = view::configuration(tx, app, reservation.space)?;
        let organiser = people::contact(tx, reservation.organiser)?;
        let organiser = guests::as_known(tx, (&reservation).into(), organiser, actor)?;
        let organiser = organiser.ok_or(Error::NOT_FOUND)?;
        let mut shown = snapshot(tx, app, &configuration, &reservation, &organiser, app.now())?;
        let organises = actor.person().is_some_and(|person| person.id == reservation.organiser);
        if !organises && !actor.is_staff_of(reservation.place.venue) {
            shown.access_instructions = None;
        }
        Ok(mail::calendar::publish(&shown))
    })
}
