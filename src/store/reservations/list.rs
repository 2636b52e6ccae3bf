//! Lists of reservations, by start. What a reservation takes along of a pool of equipment stands in it as JSON, which an
//! index of those alone that have any narrows down (ADR 13).

use diesel::{dsl::not, prelude::*};

use super::{Row, not_run_out};
use crate::{
    domain::{
        ids::{OrganisationId, ReservationId, SpaceId, UserId, VenueId},
        instant::Instant,
        record::Reservation,
        reservation::Status,
        zone::Zone,
    },
    store::{
        db::ReadTx,
        error::StoreError,
        schema::{reservations, venues},
    },
};

/// Whose reservations a list may show.
#[derive(Debug, Clone)]
pub enum Shown {
    /// One's own; nobody's.
    Of(Option<UserId>),
    /// One's own, one's organisations', and the venues' one works for.
    Visible { user: Option<UserId>, organisations: Vec<OrganisationId>, venues: Vec<VenueId> },
}

/// What a list asks for; absent means any.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub shown: Shown,
    pub from: Option<Instant>,
    pub to: Option<Instant>,
    /// Of the venues in a zone their own range, where one local date is several instants.
    pub by_zone: Vec<(Zone, Option<Instant>, Option<Instant>)>,
    pub space: Option<SpaceId>,
    /// Where the space is a pool of equipment, its venue: what takes pieces of it along is listed, too.
    pub pool_of: Option<VenueId>,
    pub venue: Option<VenueId>,
    /// As they are shown at `now`: a hold that ran out is expired, be it that nobody has noticed.
    pub statuses: Vec<Status>,
    pub now: Instant,
}

/// Up to `limit` reservations that meet `[from, to)`, after `after`, by start and id.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut ReadTx,
    wanted: &Wanted,
    after: Option<(Instant, ReservationId)>,
    limit: i64,
) -> Result<Vec<Reservation>, StoreError> {
    let mut found = page(tx, wanted, None, (after, limit))?;
    if let (Some(pool), Some(venue)) = (wanted.space, wanted.pool_of) {
        // Each by its own index, in the order of the list; none is both.
        found.extend(page(tx, wanted, Some((pool, venue)), (after, limit))?);
        found.sort_by_key(|reservation| (reservation.interval.start(), reservation.id));
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    }
    Ok(found)
}

/// Of the space that is wanted, or else of those that take pieces of a pool `along`.
fn page(
    tx: &mut ReadTx,
    wanted: &Wanted,
    along: Option<(SpaceId, VenueId)>,
    (after, limit): (Option<(Instant, ReservationId)>, i64),
) -> Result<Vec<Reservation>, StoreError> {
    let mut query = reservations::table.into_boxed();
    match &wanted.shown {
        Shown::Of(user) => query = query.filter(reservations::organiser_id.nullable().eq(*user)),
        Shown::Visible { user, organisations, venues } => {
            query = query.filter(
                reservations::organiser_id
                    .nullable()
                    .eq(*user)
                    .assume_not_null()
                    .or(reservations::venue_id.eq_any(venues.clone()))
                    .or(reservations::organisation_id.eq_any(organisations.clone()).assume_not_null()),
            );
        }
    }
    if let Some(from) = wanted.from {
        query = query.filter(reservations::ends_at.gt(from));
    }
    if let Some(to) = wanted.to {
        query = query.filter(reservations::starts_at.lt(to));
    }
    for (zone, from, to) in &wanted.by_zone {
        let elsewhere = venues::table.filter(venues::time_zone.ne(zone.name())).select(venues::id);
        let range = (from.unwrap_or(Instant::EARLIEST), to.unwrap_or(Instant::LATEST));
        let meets = reservations::ends_at.gt(range.0).and(reservations::starts_at.lt(range.1));
        query = query.filter(reservations::venue_id.eq_any(elsewhere).or(meets));
    }
    if let Some((pool, venue)) = along {
        // An id has no sign that JSON would write otherwise, and text can't have bare quotes in it.
        let names_it = format!("%\"space\":\"{pool}\"%");
        query = query
            .filter(reservations::venue_id.eq(venue))
            .filter(reservations::equipment.is_not_null().or(reservations::change.is_not_null()))
            .filter(reservations::equipment.like(names_it.clone()).or(reservations::change.like(names_it)));
    } else if let Some(space) = wanted.space {
        query = query.filter(reservations::space_id.eq(space));
    }
    if let Some(venue) = wanted.venue {
        query = query.filter(reservations::venue_id.eq(venue));
    }
    if !wanted.statuses.is_empty() {
        let statuses: Vec<_> = wanted.statuses.iter().map(|status| status.as_str()).collect();
        let shown = reservations::status.eq_any(statuses).and(not_run_out(wanted.now));
        query = if wanted.statuses.contains(&Status::Expired) {
            query.filter(shown.or(not(not_run_out(wanted.now))))
        } else {
            query.filter(shown)
        };
    }
    if let Some((at, id)) = after {
        query = query.filter(
            reservations::starts_at.gt(at).or(reservations::starts_at.eq(at).and(reservations::id.gt(id))),
        );
    }
    query
        .order((reservations::starts_at, reservations::id))
        .limit(limit)
        .select(Row::as_select())
        .load(&mut tx.connection)?
        .into_iter()
        .map(Reservation::try_from)
        .collect()
}
