//! Checking out: who leaves early gives the rest of the time back; tear-down stays.

use std::sync::Arc;

use serde_json::json;

use super::{
    check_in::Heads,
    headcount,
    presence::{self, Locked, Trace},
    view::ReservationView,
};
use crate::{
    app::{App, Done, error::Error, version::Expected},
    domain::{
        access::{Action, Actor},
        check_in,
        ids::ReservationId,
        reservation::Status,
    },
    store::{db::WriteTx, idempotency::Claim},
};

/// # Errors
/// `not_found`, `forbidden`, `precondition_failed`, `invalid`, `not_open_yet` before its start, `state_conflict` where
/// nobody is there.
pub fn check_out(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: ReservationId,
    expected: Expected,
    heads: Heads,
) -> Result<Done<ReservationView>, Error> {
    let how = ("check out", claim);
    presence::command(app, actor, how, (id, expected), Action::CheckIn, move |tx, app, locked, actor| {
        headcount::check("/headcount", heads.headcount)?;
        leave(tx, app, locked, actor, heads)
    })
}

fn leave(tx: &mut WriteTx, app: &App, locked: &mut Locked, actor: &Actor, heads: Heads) -> Result<(), Error> {
    let (now, from) = (locked.now, locked.reservation.status);
    if check_in::leave(from, locked.reservation.interval, now)?.is_none() {
        return Ok(());
    }
    if let Some(count) = heads.headcount {
        headcount::write(&mut locked.reservation, locked.configuration.zone(), count, now)?;
    }
    locked.release(tx, app)?;
    locked.reservation.status = Status::Completed;
    locked.reservation.presence.checked_out_at = Some(now);
    let by = actor.person().map(|person| person.id);
    let payload = json!({"count": heads.headcount});
    locked.save(tx, app, from, Trace { action: "reservation.checked_out", by, payload })?;
    locked.ask_heads(tx, app)
}
