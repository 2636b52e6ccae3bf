//! Counting who came, once it has begun and until the month's figures are closed.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    edit::visible,
    view::{self, ReservationView},
};
use crate::{
    app::{
        App, Done,
        error::{Code, Error},
        version::Expected,
    },
    domain::{
        access::{self, Action, Actor},
        ids::ReservationId,
        reservation::{Status, counting_ends},
    },
    store::{
        audit::{self, Entry},
        idempotency::Claim,
        locks, people, reservations,
    },
};

/// The people counted.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Headcount {
    #[schema(minimum = 0, maximum = 100_000)]
    pub count: u32,
}

const MOST: u32 = 100_000;

/// # Errors
/// `not_found`, `forbidden`, `precondition_failed`, `invalid`, `state_conflict` before its start or where
/// nobody can have come, `period_closed` from [`counting_ends`] on, for staff too.
pub fn count(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: ReservationId,
    expected: Expected,
    headcount: Headcount,
) -> Result<Done<ReservationView>, Error> {
    let before = visible(app, actor, id)?;
    access::may(actor, Action::CountHeads(before.claimed()))?;
    if headcount.count > MOST {
        return Err(Error::field("/count", "too_large"));
    }
    let (app_, actor) = (app.clone(), actor.clone());
    app.command("count heads", claim, move |tx| {
        locks::reservation(tx, id)?;
        let mut reservation = reservations::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        expected.check(reservation.version)?;
        let configuration = view::configuration(tx, &app_, reservation.space)?;
        let now = app_.now();
        let held = matches!(reservation.status, Status::Confirmed | Status::CheckedIn | Status::Completed);
        if !held || now < reservation.interval.start() {
            return Err(Error::State(reservation.status));
        }
        if reservation.headcount != Some(headcount.count) {
            if now >= counting_ends(reservation.interval, configuration.zone()) {
                return Err(Code::PeriodClosed.into());
            }
            reservation.headcount = Some(headcount.count);
            reservation.version += 1;
            reservation.updated_at = now;
            reservations::update(tx, &reservation)?;
            let by = actor.person().map(|person| person.id);
            let entry = Entry::new(app_.id(), now, by, "reservation.counted", id).within(reservation.place);
            audit::append(tx, &entry.with(json!({"count": headcount.count})))?;
        }
        let organiser = people::contact(tx, reservation.organiser)?;
        let units = view::units_of(tx, &reservation)?;
        Ok(view::view(&reservation, units, organiser.as_ref(), &configuration, &actor))
    })
}
