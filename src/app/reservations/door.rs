//! Checking in without finding the reservation first: at the door of a space, by code or signed in, and by the link of
//! a mail. The answer says no more than a look through the door would, and until when.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    check_in::{By, Heads, arrive},
    headcount,
    links::{self, Link},
    presence::Locked,
};
use crate::{
    app::{
        App, Done,
        error::{Code, Error},
    },
    domain::{
        access::{self, Action, Actor},
        ids::{ReservationId, SpaceId},
        instant::Instant,
        record::Reservation,
        reservation::Status,
    },
    store::{
        db::{ReadTx, WriteTx},
        idempotency::Claim,
        presence, reservations,
    },
};

/// After so many wrong codes at one door the next ones wait, so that nobody guesses a million through.
const MOST_MISSES: u32 = 30;
/// For so long, seconds.
const MISSES_COUNT: i64 = 15 * 60;

/// Somebody at the door.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AtTheDoor {
    /// From the mail; without it, the caller's own reservation is meant.
    #[schema(example = "031337", pattern = "^[0-9]{6}$")]
    pub code: Option<String>,
    /// How many people came.
    #[schema(minimum = 0, maximum = 100_000)]
    pub headcount: Option<u32>,
}

/// What a link of a mail does.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ByLink {
    /// From the link, after `#token=`.
    pub token: String,
    /// How many people came.
    #[schema(minimum = 0, maximum = 100_000)]
    pub headcount: Option<u32>,
}

/// Who is there, as the door shows it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Arrival)]
pub struct ArrivalView {
    pub space_id: SpaceId,
    /// Its name.
    pub space: String,
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    pub time_zone: &'static str,
    pub status: Status,
    #[schema(format = DateTime)]
    pub checked_in_at: Option<String>,
    /// People counted.
    pub headcount: Option<u32>,
}

impl ArrivalView {
    pub(super) fn of(locked: &Locked) -> Self {
        let (reservation, zone) = (&locked.reservation, locked.configuration.zone());
        Self {
            space_id: reservation.space,
            space: locked.configuration.space.name.clone(),
            starts_at: zone.show(reservation.interval.start()),
            ends_at: zone.show(reservation.kept().end()),
            time_zone: zone.name(),
            status: reservation.status,
            checked_in_at: reservation.presence.checked_in_at.map(|at| zone.show(at)),
            headcount: reservation.headcount,
        }
    }
}

/// The page where one checks in to a space: what its door's QR code leads to.
///
/// # Errors
/// `not_found`.
pub fn address(app: &App, space: SpaceId) -> Result<String, Error> {
    app.configurations.place(&app.db, space)?.ok_or(Error::NOT_FOUND)?;
    Ok(format!("{}/door/{space}", app.public_url))
}

/// # Errors
/// `credentials_refused` for a link that is not ours, `not_open_yet`, `state_conflict`, `invalid`.
pub fn by_link(app: &Arc<App>, claim: Option<Claim>, link: &ByLink) -> Result<Done<ArrivalView>, Error> {
    headcount::check("/headcount", link.headcount)?;
    let id = links::open(app, Link::CheckIn, &link.token)?;
    let by = By { person: None, staff: false, how: "link" };
    enter(app, claim, id, by, Heads { headcount: link.headcount })
}

/// # Errors
/// `not_found` for an unknown space, or where nothing of the caller's is there now; `credentials_refused` for a wrong
/// code, and `rate_limited` after too many; without a code `unauthenticated`; `invalid`, `state_conflict`.
pub fn at_the_door(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    space: SpaceId,
    visitor: AtTheDoor,
) -> Result<Done<ArrivalView>, Error> {
    headcount::check("/headcount", visitor.headcount)?;
    let heads = Heads { headcount: visitor.headcount };
    if visitor.code.is_none() {
        access::may(actor, Action::OwnAccount)?;
    }
    app.configurations.place(&app.db, space)?.ok_or(Error::NOT_FOUND)?;
    let Some(code) = visitor.code else {
        let id = app.db.look(|tx| own(tx, app, actor, space))?.ok_or(Error::NOT_FOUND)?;
        let by = By { person: actor.person().map(|person| person.id), staff: false, how: "door" };
        return enter(app, claim, id, by, heads);
    };
    let app_ = app.clone();
    let found = app.db.write("try a code at the door", move |tx| try_code(tx, &app_, space, &code))?;
    let by = By { person: None, staff: false, how: "code" };
    enter(app, claim, found.ok_or(Code::CredentialsRefused)?, by, heads)
}

/// The reservation that a code fits, among those that may check in now. A wrong one is counted, whatever else happens.
fn try_code(tx: &mut WriteTx, app: &App, space: SpaceId, code: &str) -> Result<Option<ReservationId>, Error> {
    let now = app.now();
    let since = now.plus(-MISSES_COUNT);
    if presence::misses(tx, space, since)? >= MOST_MISSES {
        return Err(Code::RateLimited.into());
    }
    let found = awaited(tx, space, now)?.into_iter().find(|each| links::code(app, each.id) == code);
    if found.is_none() {
        presence::missed(tx, space, since, now)?;
    }
    Ok(found.map(|reservation| reservation.id))
}

/// The caller's own, the first of them by start; one that they have not checked in to before others.
fn own(tx: &mut ReadTx, app: &App, actor: &Actor, space: SpaceId) -> Result<Option<ReservationId>, Error> {
    let person = actor.person().ok_or(Code::Unauthenticated)?;
    let mut own = awaited(tx, space, app.now())?;
    own.retain(|each| {
        each.organiser == person.id && access::may(actor, Action::CheckIn(each.claimed())).is_ok()
    });
    own.sort_by_key(|each| each.status == Status::CheckedIn);
    Ok(own.first().map(|reservation| reservation.id))
}

fn awaited(tx: &mut ReadTx, space: SpaceId, now: Instant) -> Result<Vec<Reservation>, Error> {
    let mut awaited = presence::awaited(tx, space, now)?;
    awaited.retain(|each| each.presence.rules.opens_at(each.interval) <= now);
    Ok(awaited)
}

fn enter(
    app: &Arc<App>,
    claim: Option<Claim>,
    id: ReservationId,
    by: By,
    heads: Heads,
) -> Result<Done<ArrivalView>, Error> {
    let app_ = app.clone();
    app.command("check in", claim, move |tx| {
        let known = reservations::find(tx, id)?.ok_or(Code::CredentialsRefused)?;
        let mut locked = Locked::lock(tx, &app_, &known)?;
        arrive(tx, &app_, &mut locked, by, heads)?;
        Ok(ArrivalView::of(&locked))
    })
}
