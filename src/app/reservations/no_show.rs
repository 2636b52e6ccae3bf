//! Nobody came: by a job after the grace, where check-in is required, or because staff say so. The rest of the time is
//! free again at once, the organiser hears of it.

use std::sync::Arc;

use serde_json::json;

use super::{
    presence::{self, Locked, Trace},
    view::ReservationView,
};
use crate::{
    app::{App, Done, error::Error, version::Expected},
    domain::{
        access::{Action, Actor, Claimed},
        check_in,
        ids::{ReservationId, UserId},
        reservation::{Action as Step, Status},
    },
    store::{db::WriteTx, idempotency::Claim, presence as awaited, reservations},
};

/// The most reservations one run looks at; the next run goes on.
const BATCH: i64 = 500;

/// # Errors
/// `not_found`, `forbidden` unless staff, `precondition_failed`, `not_open_yet` before its start, `state_conflict`
/// where somebody came, or it is over.
pub fn no_show(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: ReservationId,
    expected: Expected,
) -> Result<Done<ReservationView>, Error> {
    let (how, action) = (("mark a no-show", claim), |of: Claimed| Action::SeeBehindTheDesk(of.place));
    presence::command(app, actor, how, (id, expected), action, |tx, app, locked, actor| {
        let known = &locked.reservation;
        match check_in::miss(known.status, known.interval, known.presence.rules, locked.now)? {
            Some(_) => give_up(tx, app, locked, actor.person().map(|person| person.id)),
            None => Ok(()),
        }
    })
}

/// Gives up waiting where the grace is over, each in a transaction of its own; safe to run on every node at once.
/// Returns how many.
///
/// # Errors
/// When the database fails.
pub fn release_due(app: &Arc<App>) -> Result<usize, Error> {
    let now = app.now();
    let due = app.db.read(|tx| awaited::awaited_in_vain(tx, now, BATCH).map_err(Error::from))?;
    let mut released = 0;
    for id in due {
        let app_ = app.clone();
        match app.db.write("release a no-show", move |tx| release(tx, &app_, id)) {
            Ok(done) => released += usize::from(done),
            // One that can't be released must not keep the others waiting for ever.
            Err(error) => {
                tracing::error!(reservation.id = %id, error = ?error, "{id} could not be released: {error:?}");
            }
        }
    }
    Ok(released)
}

fn release(tx: &mut WriteTx, app: &App, id: ReservationId) -> Result<bool, Error> {
    let Some(before) = reservations::find(tx, id)? else { return Ok(false) };
    let mut locked = Locked::lock(tx, app, &before)?;
    let known = &locked.reservation;
    let due = check_in::due(known.status, known.interval, known.no_show_at(), locked.now);
    if due != Some(Step::MarkNoShow) {
        return Ok(false);
    }
    give_up(tx, app, &mut locked, None)?;
    Ok(true)
}

fn give_up(tx: &mut WriteTx, app: &App, locked: &mut Locked, by: Option<UserId>) -> Result<(), Error> {
    let from = locked.reservation.status;
    locked.release(tx, app)?;
    locked.reservation.status = Status::NoShow;
    let released_at = locked.reservation.released_at.map(|at| locked.configuration.zone().show(at));
    let payload = json!({"released_at": released_at});
    locked.save(tx, app, from, Trace { action: "reservation.no_show", by, payload })?;
    locked.tell(tx, app, |about, tx| about.no_show(tx))
}
