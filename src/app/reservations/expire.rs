//! What time alone does: holds, requests and requested changes expire, reservations are completed at their end.

use std::sync::Arc;

use super::{
    approvals,
    edit::{drop_change, occupy},
    notices::About,
    view,
};
use crate::{
    app::{App, error::Error},
    domain::{
        approval::Answer,
        ids::{ReservationId, UserId},
        instant::Instant,
        record::Reservation,
        reservation::{Action as Step, Status, Transition},
    },
    store::{
        audit::{self, Entry},
        db::WriteTx,
        locks, people, reservations,
    },
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
    let due = app.db.read(|tx| reservations::overdue(tx, now, BATCH).map_err(Error::from))?;
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
    locks::share_configuration(tx, before.place)?;
    let configuration = view::configuration(tx, app, before.space)?;
    locks::units(tx, &configuration.space.groups())?;
    locks::reservation(tx, id)?;
    let Some(mut reservation) = reservations::find(tx, id)? else { return Ok(false) };
    let now = app.now();
    let expired = reservation.expires_at.is_some_and(|at| at <= now);
    let from = reservation.status;
    let action = if expired && reservation.change.is_some() {
        drop_change(tx, app, &mut reservation)?;
        "reservation.change_expired"
    } else if expired {
        let Ok(Transition::To(_)) = from.after(Step::Expire) else { return Ok(false) };
        end(tx, app, &mut reservation, ("reservation.expired", None), now)?;
        if from != Status::Held {
            tell_expired(tx, app, &configuration, &reservation)?;
        }
        return Ok(true);
    } else if from == Status::Confirmed && reservation.interval.end() <= now {
        reservation.status = Status::Completed;
        "reservation.completed"
    } else {
        return Ok(false);
    };
    reservation.version += 1;
    reservation.updated_at = now;
    reservations::update(tx, &reservation)?;
    if expired {
        approvals::follow(tx, app, &reservation, Answer::Expired, None)?;
    }
    let entry = Entry::new(app.id(), now, None, action, id).within(reservation.place);
    audit::append(tx, &entry.moving(Some(from), reservation.status))?;
    if expired {
        tell_expired(tx, app, &configuration, &reservation)?;
    }
    Ok(true)
}

/// Ends a hold or a request in the caller's transaction, which holds its locks.
///
/// # Errors
/// When the database fails.
pub(super) fn end(
    tx: &mut WriteTx,
    app: &App,
    reservation: &mut Reservation,
    (action, by): (&'static str, Option<UserId>),
    now: Instant,
) -> Result<(), Error> {
    let from = reservation.status;
    reservation.status = Status::Expired;
    reservation.expires_at = None;
    reservation.version += 1;
    reservation.updated_at = now;
    occupy(tx, app, reservation, &[])?;
    reservations::update(tx, reservation)?;
    if from == Status::Pending {
        approvals::follow(tx, app, reservation, Answer::Expired, by)?;
    }
    let entry = Entry::new(app.id(), now, by, action, reservation.id).within(reservation.place);
    audit::append(tx, &entry.moving(Some(from), reservation.status))?;
    Ok(())
}

fn tell_expired(
    tx: &mut WriteTx,
    app: &App,
    configuration: &crate::domain::places::Configuration,
    reservation: &Reservation,
) -> Result<(), Error> {
    let Some(organiser) = people::contact(tx, reservation.organiser)? else { return Ok(()) };
    let about = About {
        app,
        configuration,
        reservation,
        units: &[],
        organiser: &organiser,
        now: app.now(),
        message: None,
    };
    // What is confirmed still had a requested change, and nothing else.
    if reservation.status == Status::Confirmed { about.change_declined(tx) } else { about.declined(tx) }
}
