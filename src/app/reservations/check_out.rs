//! Checking out: who leaves early gives the rest of the time back; tear-down stays.

use std::sync::Arc;

use serde_json::json;

use super::{
    check_in::Heads,
    edit::visible,
    headcount,
    presence::{Locked, Trace},
    view::ReservationView,
};
use crate::{
    app::{App, Done, error::Error, version::Expected},
    domain::{
        access::{self, Action, Actor},
        check_in,
        ids::ReservationId,
        reservation::Status,
    },
    store::idempotency::Claim,
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
    let before = visible(app, actor, id)?;
    access::may(actor, Action::CheckIn(before.claimed()))?;
    headcount::check("/headcount", heads.headcount)?;
    let (app_, actor) = (app.clone(), actor.clone());
    app.command("check out", claim, move |tx| {
        let mut locked = Locked::lock(tx, &app_, &before)?;
        expected.check(locked.reservation.version)?;
        let now = locked.now;
        let from = locked.reservation.status;
        if check_in::leave(from, locked.reservation.interval, now)?.is_none() {
            return locked.view(tx, &actor);
        }
        if let Some(count) = heads.headcount {
            headcount::write(&mut locked.reservation, locked.configuration.zone(), count, now)?;
        }
        locked.release(tx, &app_)?;
        locked.reservation.status = Status::Completed;
        locked.reservation.presence.checked_out_at = Some(now);
        let by = actor.person().map(|person| person.id);
        let payload = json!({"count": heads.headcount});
        locked.save(tx, &app_, from, Trace { action: "reservation.checked_out", by, payload })?;
        locked.ask_heads(tx, &app_)?;
        locked.view(tx, &actor)
    })
}
