//! Reminds organisers of what is ahead, as long before as the policy said (`domain::reminder`). Of a series each
//! occurrence is reminded of by itself: it is about one day.

use std::sync::Arc;

use super::presence::Locked;
use crate::{
    app::{App, error::Error},
    domain::ids::ReservationId,
    store::{db::WriteTx, locks, reminders, reservations},
};

/// The most reservations one run looks at; the next run goes on.
const BATCH: i64 = 500;

/// Reminds of what is due, each in a transaction of its own; safe to run on every node at once. Returns how many.
///
/// # Errors
/// When the database fails.
pub fn send_due(app: &Arc<App>) -> Result<usize, Error> {
    let now = app.now();
    let due = app.db.read(|tx| reminders::due(tx, now, BATCH).map_err(Error::from))?;
    let mut reminded = 0;
    for id in due {
        let app_ = app.clone();
        match app.db.write("remind of a reservation", move |tx| remind(tx, &app_, id)) {
            Ok(done) => reminded += usize::from(done),
            // One that fails must not keep the others waiting for ever.
            Err(error) => {
                tracing::error!(reservation.id = %id, error = ?error, "nobody could be reminded of {id}: {error:?}");
            }
        }
    }
    Ok(reminded)
}

fn remind(tx: &mut WriteTx, app: &App, id: ReservationId) -> Result<bool, Error> {
    let Some(known) = reservations::find(tx, id)? else { return Ok(false) };
    locks::share_configuration(tx, known.place)?;
    locks::reservation(tx, id)?;
    let Some(reservation) = reservations::find(tx, id)? else { return Ok(false) };
    let now = app.now();
    if reservation.reminder.due.is_none_or(|at| at > now) {
        return Ok(false);
    }
    reminders::settle(tx, id)?;
    // Where the service was away for so long, it is late for that.
    if !reservation.is_ahead(now) {
        return Ok(false);
    }
    Locked::read(tx, app, reservation)?.tell(tx, app, |about, tx| about.remind(tx))?;
    Ok(true)
}
