//! Public events out of the rows of their reservations: only the columns that everybody may read.

use std::collections::HashSet;

use diesel::prelude::*;

use super::{
    db::ReadTx,
    error::StoreError,
    schema::{audit, networks, reservations, spaces, venues},
    spaces::count,
};
use crate::domain::{
    event::Event,
    ids::{NetworkId, ReservationId, SpaceId, VenueId},
    instant::{Instant, Interval},
    places::Address,
    record::LONGEST_OCCUPANCY,
    reservation::Status,
    zone::Zone,
};

/// What stands for all to see. A request that waits, and one that was declined, never did.
const SHOWN: [Status; 3] = [Status::Confirmed, Status::CheckedIn, Status::Completed];

/// Whose events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Network(NetworkId),
    Venue(VenueId),
    Space(SpaceId),
}

/// Which events; what is absent may be anything.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub scope: Scope,
    pub municipality: Option<String>,
    /// Those that meet `[from, to)`.
    pub from: Instant,
    pub to: Option<Instant>,
    /// Of the venues in a zone their own range, where one local date is several instants.
    pub by_zone: Vec<(Zone, Option<Instant>, Option<Instant>)>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = reservations)]
struct EventRow {
    id: ReservationId,
    status: String,
    title: String,
    event_description: Option<String>,
    event_link: Option<String>,
    starts_at: Instant,
    ends_at: Instant,
    sequence: i32,
    updated_at: Instant,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = spaces)]
struct SpaceRow {
    id: SpaceId,
    name: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = venues)]
struct VenueRow {
    id: VenueId,
    name: String,
    street: String,
    postcode: String,
    city: String,
    municipality: String,
    contact_email: String,
    time_zone: String,
}

type Row = (EventRow, SpaceRow, VenueRow, bool);

fn event((row, space, venue, demo): Row) -> Result<Event, StoreError> {
    let status: Status = row.status.parse().map_err(|e| StoreError::corrupt("status", e))?;
    let VenueRow { street, postcode, city, municipality, .. } = venue;
    Ok(Event {
        id: row.id,
        cancelled: status == Status::Cancelled,
        title: row.title,
        description: row.event_description,
        link: row.event_link,
        space: space.id,
        space_name: space.name,
        venue: venue.id,
        venue_name: venue.name,
        address: Address { street, postcode, city, municipality },
        contact_email: venue.contact_email,
        zone: Zone::parse(&venue.time_zone).map_err(|e| StoreError::corrupt("time zone", e))?,
        interval: Interval::new(row.starts_at, row.ends_at)
            .ok_or_else(|| StoreError::corrupt("reservation", "it ends before it starts"))?,
        sequence: count(row.sequence)?,
        demo,
        updated_at: row.updated_at,
    })
}

/// Up to `limit` events in one of the states, after `after`, by start and id.
fn load(
    tx: &mut ReadTx,
    wanted: &Wanted,
    states: &[Status],
    changed_after: Option<Instant>,
    after: Option<(Instant, ReservationId)>,
    limit: i64,
) -> Result<Vec<Event>, StoreError> {
    let states: Vec<_> = states.iter().map(|status| status.as_str()).collect();
    // None lasts longer, so those that meet the range are one stretch of the index on the start.
    // A later page begins where the one before ended.
    let earliest = wanted.from.plus(-LONGEST_OCCUPANCY);
    let earliest = after.map_or(earliest, |(at, _)| earliest.max(at.plus(-1)));
    let mut query = reservations::table
        .inner_join(spaces::table.inner_join(venues::table.inner_join(networks::table)))
        // As the indexes say it, without a parameter.
        .filter(reservations::is_public)
        .filter(reservations::status.eq_any(states))
        .filter(reservations::ends_at.gt(wanted.from).and(reservations::starts_at.gt(earliest)))
        .into_boxed();
    query = match wanted.scope {
        Scope::Network(network) => query.filter(reservations::network_id.eq(network)),
        Scope::Venue(venue) => query.filter(reservations::venue_id.eq(venue)),
        Scope::Space(space) => query.filter(reservations::space_id.eq(space)),
    };
    if let Some(to) = wanted.to {
        query = query.filter(reservations::starts_at.lt(to));
    }
    for (zone, from, to) in &wanted.by_zone {
        let (from, to) = (from.unwrap_or(wanted.from), to.unwrap_or(Instant::LATEST));
        let meets = reservations::ends_at.gt(from).and(reservations::starts_at.lt(to));
        query = query.filter(venues::time_zone.ne(zone.name()).or(meets));
    }
    if let Some(municipality) = &wanted.municipality {
        query = query.filter(venues::municipality.eq(municipality));
    }
    if let Some(changed_after) = changed_after {
        query = query.filter(reservations::updated_at.gt(changed_after));
    }
    if let Some((at, id)) = after {
        query = query.filter(
            reservations::starts_at.gt(at).or(reservations::starts_at.eq(at).and(reservations::id.gt(id))),
        );
    }
    query
        .order((reservations::starts_at, reservations::id))
        .limit(limit)
        .select((EventRow::as_select(), SpaceRow::as_select(), VenueRow::as_select(), networks::is_demo))
        .load::<Row>(&mut tx.connection)?
        .into_iter()
        .map(event)
        .collect()
}

/// Up to `limit` events that stand, go on or are over, after `after`, by start and id.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut ReadTx,
    wanted: &Wanted,
    after: Option<(Instant, ReservationId)>,
    limit: i64,
) -> Result<Vec<Event>, StoreError> {
    load(tx, wanted, &SHOWN, None, after, limit)
}

/// Up to `limit` events that stood and were cancelled after `since`, by start and id. A request that was taken
/// back before anybody approved it was never to be seen, nor is it now: the audit tells.
///
/// # Errors
/// When the database fails.
pub fn cancelled(
    tx: &mut ReadTx,
    wanted: &Wanted,
    since: Instant,
    limit: i64,
) -> Result<Vec<Event>, StoreError> {
    let mut events = load(tx, wanted, &[Status::Cancelled], Some(since), None, limit)?;
    let ids: Vec<ReservationId> = events.iter().map(|event| event.id).collect();
    let stood: HashSet<ReservationId> = audit::table
        .filter(audit::subject_id.eq_any(ids).and(audit::at.gt(since)))
        .filter(audit::from_status.eq(Status::Confirmed.as_str()))
        .filter(audit::to_status.eq(Status::Cancelled.as_str()))
        .select(audit::subject_id)
        .load::<ReservationId>(&mut tx.connection)?
        .into_iter()
        .collect();
    events.retain(|event| stood.contains(&event.id));
    Ok(events)
}
