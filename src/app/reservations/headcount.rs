//! Counting who came, once it has begun and until the month's figures are closed: by the organiser and staff, and by
//! the link of a mail.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    door::ArrivalView,
    edit::visible,
    links::{self, Link},
    presence::{Locked, Trace},
    view::ReservationView,
};
use crate::{
    app::{
        App, Done,
        error::{Code, Error},
        version::Expected,
    },
    domain::{
        access::{self, Action, Actor},
        ids::{ReservationId, UserId},
        instant::Instant,
        record::Reservation,
        reservation::{Status, counting_ends},
        zone::Zone,
    },
    store::{db::WriteTx, idempotency::Claim, locks, reservations},
};

/// The people counted.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Headcount {
    #[schema(minimum = 0, maximum = 100_000)]
    pub count: u32,
}

/// The people counted by whoever has the link of a mail.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkedHeadcount {
    /// From the link, after `#token=`.
    pub token: String,
    #[schema(minimum = 0, maximum = 100_000)]
    pub count: u32,
}

const MOST: u32 = 100_000;

/// # Errors
/// `invalid` at `pointer` for more than anybody can mean.
pub(super) fn check(pointer: &str, count: Option<u32>) -> Result<(), Error> {
    if count.is_some_and(|count| count > MOST) {
        return Err(Error::field(pointer, "too_large"));
    }
    Ok(())
}

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
    check("/count", Some(headcount.count))?;
    let (app_, actor) = (app.clone(), actor.clone());
    app.command("count heads", claim, move |tx| {
        let by = actor.person().map(|person| person.id);
        counted(tx, &app_, id, &expected, headcount.count, by)?.view(tx, &actor)
    })
}

/// # Errors
/// `credentials_refused` for a link that is not ours, else as [`count`].
pub fn by_link(
    app: &Arc<App>,
    claim: Option<Claim>,
    linked: &LinkedHeadcount,
) -> Result<Done<ArrivalView>, Error> {
    check("/count", Some(linked.count))?;
    let id = links::open(app, Link::Headcount, &linked.token)?;
    let (app_, count) = (app.clone(), linked.count);
    app.command("count heads", claim, move |tx| {
        Ok(ArrivalView::of(&counted(tx, &app_, id, &Expected::Any, count, None)?))
    })
}

fn counted(
    tx: &mut WriteTx,
    app: &App,
    id: ReservationId,
    expected: &Expected,
    count: u32,
    by: Option<UserId>,
) -> Result<Locked, Error> {
    let known = reservations::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
    locks::share_configuration(tx, known.place)?;
    locks::reservation(tx, id)?;
    let reservation = reservations::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
    expected.check(reservation.version)?;
    let mut locked = Locked::read(tx, app, reservation)?;
    let from = locked.reservation.status;
    let came = matches!(from, Status::Confirmed | Status::CheckedIn | Status::Completed);
    if !came || locked.now < locked.reservation.interval.start() {
        return Err(Error::State(from));
    }
    if write(&mut locked.reservation, locked.configuration.zone(), count, locked.now)? {
        let payload = json!({"count": count});
        locked.save(tx, app, from, Trace { action: "reservation.counted", by, payload })?;
    }
    Ok(locked)
}

/// Puts the count on it. Whether that is news.
///
/// # Errors
/// `period_closed` from [`counting_ends`] on.
pub(super) fn write(
    reservation: &mut Reservation,
    zone: Zone,
    count: u32,
    now: Instant,
) -> Result<bool, Error> {
    if reservation.headcount == Some(count) {
        return Ok(false);
    }
    if now >= counting_ends(reservation.interval, zone) {
        return Err(Code::PeriodClosed.into());
    }
    reservation.headcount = Some(count);
    Ok(true)
}
