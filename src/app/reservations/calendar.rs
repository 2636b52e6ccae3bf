//! A reservation as a calendar file, for those whose mail brought none.

use super::{edit::visible, notices::About, view};
use crate::{
    app::{App, error::Error},
    domain::{access::Actor, ids::ReservationId},
    mail,
    store::people,
};

/// The reservation as iCalendar (RFC 5545), METHOD:PUBLISH.
///
/// # Errors
/// `not_found`.
pub fn calendar(app: &App, actor: &Actor, id: ReservationId) -> Result<String, Error> {
    let reservation = visible(app, actor, id)?;
    app.db.read(|tx| {
        let configuration = view::configuration(tx, app, reservation.space)?;
        let organiser = people::contact(tx, reservation.organiser)?.ok_or(Error::NOT_FOUND)?;
        let units = view::units_of(tx, &reservation)?;
        let about = About {
            app,
            configuration: &configuration,
            reservation: &reservation,
            units: &units,
            organiser: &organiser,
            now: app.now(),
            message: None,
        };
        Ok(mail::calendar::publish(&about.view()))
    })
}
