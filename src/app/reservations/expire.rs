//! What time alone does: holds, requests and requested changes expire, reservations are completed at their end. What
//! nobody came to is `no_show`'s.

use std::sync::Arc;

use super::{
    approvals,
    presence::{Locked, Trace},
    series,
    slot::{drop_change, occupy},
};
use crate::{
    app::{App, error::Error},
    domain::{
        approval::Answer,
        check_in::due,
        ids::{ReservationId, UserId},
        instant::Instant,
        record::Reservation,
        reservation::{Action as Step, Status, Transition},
    },
    store::{
        audit::{self, Entry},
        db::WriteTx,
        presence, reservations,
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
    if before.belongs.is_some() && before.expires_at.is_some_and(|at| at <= app.now()) {
        return series::expire::overdue(tx, app, &before);
    }
    let mut locked = Locked::lock(tx, app, &before)?;
    let (now, from) = (locked.now, locked.reservation.status);
    if lapse(tx, app, &mut locked.reservation, now)? {
        if from != Status::Held {
            tell_expired(tx, app, locked)?;
        }
        return Ok(true);
    }
    let known = &locked.reservation;
    if due(from, known.interval, known.no_show_at(), now) != Some(Step::Complete) {
        return Ok(false);
    }
    locked.reservation.status = Status::Completed;
    let trace = Trace { action: "reservation.completed", by: None, payload: serde_json::Value::Null };
    locked.save(tx, app, from, trace)?;
    if from == Status::CheckedIn {
        locked.ask_heads(tx, app)?;
    }
    Ok(true)
}

/// Ends what ran out of time, a hold, a request or a requested change, in the caller's transaction, which holds its
/// locks; whether its time had come.
///
/// # Errors
/// When the database fails.
pub(super) fn lapse(
    tx: &mut WriteTx,
    app: &App,
    reservation: &mut Reservation,
    now: Instant,
) -> Result<bool, Error> {
    if reservation.expires_at.is_none_or(|at| at > now) {
        return Ok(false);
    }
    let status = reservation.status;
    if reservation.change.is_none() {
        let Ok(Transition::To(_)) = status.after(Step::Expire) else { return Ok(false) };
        end(tx, app, reservation, ("reservation.expired", None), now)?;
        return Ok(true);
    }
    drop_change(tx, app, reservation)?;
    reservation.version += 1;
    reservation.updated_at = now;
    reservations::update(tx, reservation)?;
    approvals::follow(tx, app, reservation, Answer::Expired, None)?;
    let entry = Entry::new(app.id(), now, None, "reservation.change_expired", reservation.id);
    audit::append(tx, &entry.within(reservation.place).moving(Some(status), status))?;
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

/// Tells the organiser that nobody approved it in time.
///
/// # Errors
/// When the database fails.
pub(super) fn tell_expired(tx: &mut WriteTx, app: &App, mut locked: Locked) -> Result<(), Error> {
    locked.units.clear();
    let request = locked.reservation.status == Status::Expired;
    locked.tell(
        tx,
        app,
        |about, tx| {
            if request { about.declined(tx, true) } else { about.change_declined(tx, true) }
        },
    )
}
