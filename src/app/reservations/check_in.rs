//! Checking in: by the organiser and by staff, who may also take a no-show back.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    headcount, holds,
    presence::{self, Locked, Trace},
    slot::occupy,
    view::ReservationView,
};
use crate::{
    app::{App, Done, error::Error, version::Expected},
    domain::{
        access::{Action, Actor},
        check_in::{self, kept, reoccupied_until},
        ids::{ReservationId, UserId},
        record::Holder,
        reservation::{Action as Step, Status},
    },
    store::{db::WriteTx, idempotency::Claim, occupancies},
};

/// Who came, as far as it is said.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Heads {
    /// How many people came.
    #[schema(minimum = 0, maximum = 100_000)]
    pub headcount: Option<u32>,
}

/// Who says that they are there.
#[derive(Debug, Clone, Copy)]
pub(super) struct By {
    /// `None` for a link or a code, which are the organiser's.
    pub person: Option<UserId>,
    pub staff: bool,
    pub how: &'static str,
}

impl By {
    pub fn person(actor: &Actor, locked: &Locked) -> Self {
        let staff = actor.is_staff_of(locked.reservation.place.venue);
        Self { person: actor.person().map(|person| person.id), staff, how: "signed_in" }
    }
}

/// # Errors
/// `not_found`, `forbidden`, `precondition_failed`, `invalid`, `not_open_yet`, `state_conflict` once it is over or
/// given back, for staff 7 days after its end.
pub fn check_in(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: ReservationId,
    expected: Expected,
    heads: Heads,
) -> Result<Done<ReservationView>, Error> {
    let how = ("check in", claim);
    presence::command(app, actor, how, (id, expected), Action::CheckIn, move |tx, app, locked, actor| {
        headcount::check("/headcount", heads.headcount)?;
        arrive(tx, app, locked, By::person(actor, locked), heads)
    })
}

/// They are there; what was said already is not said again.
///
/// # Errors
/// As [`check_in`].
pub(super) fn arrive(
    tx: &mut WriteTx,
    app: &App,
    locked: &mut Locked,
    by: By,
    heads: Heads,
) -> Result<(), Error> {
    let now = locked.now;
    let from = locked.reservation.status;
    let rules = locked.reservation.presence.rules;
    let step = check_in::arrive(from, locked.reservation.interval, rules, by.staff, now)?;
    let action = match step {
        Some(Step::Reinstate) => {
            reinstate(tx, app, locked)?;
            "reservation.reinstated"
        }
        Some(_) => {
            withdraw_a_move(tx, app, locked)?;
            locked.reservation.presence.checked_in_at = Some(now);
            "reservation.checked_in"
        }
        None => "reservation.counted",
    };
    let counts = match heads.headcount {
        Some(count) => headcount::write(&mut locked.reservation, locked.configuration.zone(), count, now)?,
        None => false,
    };
    if step.is_none() && !counts {
        return Ok(());
    }
    locked.reservation.status = Status::CheckedIn;
    let payload = json!({"by": by.how, "count": heads.headcount});
    locked.save(tx, app, from, Trace { action, by: by.person, payload })
}

/// Has its time again, up to the first of what others have by now of its units or its equipment.
fn reinstate(tx: &mut WriteTx, app: &App, locked: &mut Locked) -> Result<(), Error> {
    let reservation = &mut locked.reservation;
    reservation.presence.reinstated_at = Some(locked.now);
    let Some(released_at) = reservation.released_at else { return Ok(()) };
    let own = Holder::Reservation(reservation.id);
    let of_space = (reservation.buffers, locked.units.clone());
    let of_pools = reservation.equipment.iter().map(|some| (some.buffers(), some.units.clone()));
    let mut until = None;
    for (buffers, units) in std::iter::once(of_space).chain(of_pools) {
        let whole = buffers.around(reservation.interval);
        let read = |tx: &mut WriteTx| occupancies::of_units(tx, &units, whole);
        let taken = holds::taken_for_good(tx, app, (None, locked.now), read)?;
        let foreign = taken.iter().filter(|row| row.holder != own).map(|row| row.interval);
        let ends = reoccupied_until(reservation.interval, buffers, released_at, foreign);
        // The space and its equipment go together: the first that others have ends both.
        until = until.into_iter().chain(ends).min();
    }
    reservation.released_at = until;
    debug_assert!(kept(reservation.interval, until).end() >= released_at);
    occupy(tx, app, reservation, &locked.units)
}

/// Who is there does not wish to have come at another time or elsewhere: such a wish ends.
fn withdraw_a_move(tx: &mut WriteTx, app: &App, locked: &mut Locked) -> Result<(), Error> {
    let start = locked.reservation.interval.start();
    let wished = locked.reservation.change.as_ref().and_then(|change| change.interval());
    let elsewhere = locked.reservation.wished_space().is_some();
    if !elsewhere && wished.is_none_or(|wished| wished.start() == start) {
        return Ok(());
    }
    locked.withdraw_change(tx, app)?;
    locked.tell(tx, app, |about, tx| about.change_declined(tx, false))
}
