//! What time alone does: requests and requested changes expire, reservations are completed at their end. What nobody
//! came to is `no_show`'s.

use std::sync::Arc;

use super::{
    edit::{drop_change, occupy},
    presence::{Locked, Trace},
};
use crate::{
    app::{App, error::Error},
    domain::{
        check_in::due,
        ids::ReservationId,
        reservation::{Action as Step, Status, Transition},
    },
    store::{db::WriteTx, presence, reservations},
};

/// The most reservations one run looks at; the next run goes on.
const BATCH: i64 = 500;

/// Expires and completes what is due, each in a transaction of its own; safe to run on every node at once.
/// Returns how many changed.
///
/// # Errors
/// When the database fails.
pub fn overdue(app: &Arc<App>) -> Result<usize, Error> {
    let now = app.now();
    let due = app.db.read(|tx| presence::overdue(tx, now, BATCH).map_err(Error::from))?;
    let mut changed = 0;
    for id in due {
        let app_ = app.clone();
        match app.db.write("expire or complete", move |tx| settle(tx, &app_, id)) {
            Ok(done) => changed += usize::from(done),
            // One that can't be settled must not keep the others waiting for ever.
            Err(error) => {
                tracing::error!(reservation.id = %id, error = ?error, "{id} could not be settled: {error:?}");
            }
        }
    }
    Ok(changed)
}

fn settle(tx: &mut WriteTx, app: &App, id: ReservationId) -> Result<bool, Error> {
    let Some(before) = reservations::find(tx, id)? else { return Ok(false) };
    let mut locked = Locked::lock(tx, app, &before)?;
    let reservation = &mut locked.reservation;
    let expired = reservation.expires_at.is_some_and(|at| at <= locked.now);
    let from = reservation.status;
    let action = if expired && reservation.change.is_some() {
        drop_change(tx, app, reservation)?;
        "reservation.change_expired"
    } else if expired {
        let Ok(Transition::To(status)) = from.after(Step::Expire) else { return Ok(false) };
        reservation.status = status;
        reservation.expires_at = None;
        occupy(tx, app, reservation, &[])?;
        "reservation.expired"
    } else if due(from, reservation.interval, reservation.no_show_at(), locked.now) == Some(Step::Complete) {
        reservation.status = Status::Completed;
        "reservation.completed"
    } else {
        return Ok(false);
    };
    locked.save(tx, app, from, Trace { action, by: None, payload: serde_json::Value::Null })?;
    if expired {
        tell_expired(tx, app, locked)?;
    } else if from == Status::CheckedIn {
        locked.ask_heads(tx, app)?;
    }
    Ok(true)
}

fn tell_expired(tx: &mut WriteTx, app: &App, mut locked: Locked) -> Result<(), Error> {
    locked.units.clear();
    let request = locked.reservation.status == Status::Expired;
    locked.tell(tx, app, |about, tx| if request { about.declined(tx) } else { about.change_declined(tx) })
}
