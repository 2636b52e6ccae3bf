//! Checking out: who leaves early gives the rest of the time back; tear-down stays.

use std::sync::Arc;

use serde_json::json;

use super::{
    check_in::Heads,
    edit::visible,
    headcount,
    presence::{Held, Trace},
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
        let mut held = Held::lock(tx, &app_, &before)?;
        expected.check(held.reservation.version)?;
        let now = held.now;
        let from = held.reservation.status;
        if check_in::leave(from, held.reservation.interval, now)?.is_none() {
            return held.view(tx, &actor);
        }
        if let Some(count) = heads.headcount {
            headcount::write(&mut held.reservation, held.configuration.zone(), count, now)?;
        }
        held.release(tx, &app_)?;
        held.reservation.status = Status::Completed;
        held.reservation.presence.checked_out_at = Some(now);
        let by = actor.person().map(|person| person.id);
        let payload = json!({"count": heads.headcount});
        held.save(tx, &app_, from, Trace { action: "reservation.checked_out", by, payload })?;
        held.ask_heads(tx, &app_)?;
        held.view(tx, &actor)
    })
}
