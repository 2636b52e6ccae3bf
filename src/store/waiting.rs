//! The waiting list ↔ its rows: who waits, and the holds that were made for them.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    dialect::AnyConnection,
    error::StoreError,
    reservations,
    schema::{venues, waiting_entries, waiting_offers},
    spaces::{column, count},
};
use crate::domain::{
    access::Place,
    ids::{NetworkId, OrganisationId, ReservationId, SpaceId, UserId, VenueId, WaitingId},
    instant::{Instant, Interval},
    record::Reservation,
    waiting::WaitingEntry,
    zone::Zone,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = waiting_entries, treat_none_as_null = true)]
struct Row {
    id: WaitingId,
    network_id: NetworkId,
    venue_id: VenueId,
    space_id: SpaceId,
    user_id: UserId,
    organisation_id: Option<OrganisationId>,
    starts_at: Instant,
    ends_at: Instant,
    duration_minutes: i32,
    quantity: i32,
    attendees: Option<i32>,
    title: String,
    purpose: String,
    outcome: Option<String>,
    ended_at: Option<Instant>,
    version: i64,
    created_at: Instant,
}

impl TryFrom<Row> for WaitingEntry {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let outcome = row.outcome.as_deref().map(str::parse).transpose();
        let outcome = outcome.map_err(|e| StoreError::corrupt("outcome", e))?;
        Ok(Self {
            id: row.id,
            place: Place { network: row.network_id, venue: row.venue_id },
            space: row.space_id,
            person: row.user_id,
            organisation: row.organisation_id,
            range: Interval::new(row.starts_at, row.ends_at)
                .ok_or_else(|| StoreError::corrupt("waiting entry", "it ends before it starts"))?,
            duration_minutes: count(row.duration_minutes)?,
            quantity: count(row.quantity)?,
            attendees: row.attendees.map(count).transpose()?,
            title: row.title,
            purpose: row.purpose.parse().map_err(|e| StoreError::corrupt("purpose", e))?,
            ended: outcome.zip(row.ended_at),
            version: row.version,
            created_at: row.created_at,
        })
    }
}

impl From<&WaitingEntry> for Row {
    fn from(entry: &WaitingEntry) -> Self {
        let (outcome, ended_at) = entry.ended.unzip();
        Self {
            id: entry.id,
            network_id: entry.place.network,
            venue_id: entry.place.venue,
            space_id: entry.space,
            user_id: entry.person,
            organisation_id: entry.organisation,
            starts_at: entry.range.start(),
            ends_at: entry.range.end(),
            duration_minutes: column(entry.duration_minutes),
            quantity: column(entry.quantity),
            attendees: entry.attendees.map(column),
            title: entry.title.clone(),
            purpose: entry.purpose.to_string(),
            outcome: outcome.map(|outcome| outcome.to_string()),
            ended_at,
            version: entry.version,
            created_at: entry.created_at,
        }
    }
}

/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx, entry: &WaitingEntry) -> Result<(), StoreError> {
    diesel::insert_into(waiting_entries::table).values(Row::from(entry)).execute(&mut tx.connection)?;
    Ok(())
}

/// Writes all columns; the caller holds `locks::waiting_entry` and has raised the version.
///
/// # Errors
/// When the database fails.
pub fn update(tx: &mut WriteTx, entry: &WaitingEntry) -> Result<(), StoreError> {
    diesel::update(waiting_entries::table.find(entry.id))
        .set(Row::from(entry))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx, id: WaitingId) -> Result<Option<WaitingEntry>, StoreError> {
    let row = waiting_entries::table.find(id).select(Row::as_select()).first(&mut tx.connection);
    row.optional()?.map(WaitingEntry::try_from).transpose()
}

/// A person's, after `after`, in the order they were made.
///
/// # Errors
/// When the database fails.
pub fn of_person(
    tx: &mut ReadTx,
    person: UserId,
    after: Option<WaitingId>,
    limit: i64,
) -> Result<Vec<WaitingEntry>, StoreError> {
    let own = waiting_entries::table.filter(waiting_entries::user_id.eq(person));
    some(tx, own.into_boxed(), after, limit)
}

/// The venues at which anybody waits, with their zones.
///
/// # Errors
/// When the database fails.
pub fn venues(tx: &mut ReadTx) -> Result<Vec<(Place, Zone)>, StoreError> {
    let waited_for = waiting_entries::table.filter(waiting_entries::ended_at.is_null());
    let rows = venues::table
        .filter(venues::id.eq_any(waited_for.select(waiting_entries::venue_id)))
        .order(venues::id)
        .select((venues::network_id, venues::id, venues::time_zone))
        .load::<(NetworkId, VenueId, String)>(&mut tx.connection)?;
    let read = |(network, venue, zone): (NetworkId, VenueId, String)| {
        let zone = Zone::parse(&zone).map_err(|error| StoreError::corrupt("time_zone", error))?;
        Ok((Place { network, venue }, zone))
    };
    rows.into_iter().map(read).collect()
}

/// Those of a venue that have not ended, after `after`, in the order they were made.
///
/// # Errors
/// When the database fails.
pub fn of_venue(
    tx: &mut ReadTx,
    venue: VenueId,
    after: Option<WaitingId>,
    limit: i64,
) -> Result<Vec<WaitingEntry>, StoreError> {
    let of_venue = waiting_entries::venue_id.eq(venue).and(waiting_entries::ended_at.is_null());
    some(tx, waiting_entries::table.filter(of_venue).into_boxed(), after, limit)
}

/// All entries after `after` by id, for `prostor check`.
///
/// # Errors
/// When the database fails.
pub fn walk(tx: &mut ReadTx, after: Option<WaitingId>, limit: i64) -> Result<Vec<WaitingEntry>, StoreError> {
    some(tx, waiting_entries::table.into_boxed(), after, limit)
}

type Entries<'a> = waiting_entries::BoxedQuery<'a, <AnyConnection as Connection>::Backend>;

/// Up to `limit` of them after `after`, in the order they were made.
fn some(
    tx: &mut ReadTx,
    mut entries: Entries<'_>,
    after: Option<WaitingId>,
    limit: i64,
) -> Result<Vec<WaitingEntry>, StoreError> {
    if let Some(after) = after {
        entries = entries.filter(waiting_entries::id.gt(after));
    }
    let rows = entries.order(waiting_entries::id).limit(limit).select(Row::as_select());
    rows.load(&mut tx.connection)?.into_iter().map(WaitingEntry::try_from).collect()
}

/// The holds that were made for entries, each with the entry.
///
/// # Errors
/// When the database fails.
pub fn offers(tx: &mut ReadTx, entries: &[WaitingId]) -> Result<Vec<(WaitingId, Reservation)>, StoreError> {
    let made = waiting_offers::table
        .filter(waiting_offers::entry_id.eq_any(entries.to_vec()))
        .select((waiting_offers::reservation_id, waiting_offers::entry_id))
        .load::<(ReservationId, WaitingId)>(&mut tx.connection)?;
    if made.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<ReservationId> = made.iter().map(|(reservation, _)| *reservation).collect();
    let found = reservations::find_all(tx, &ids)?.into_iter();
    let of = |id| made.iter().find(|(reservation, _)| *reservation == id).map(|(_, entry)| *entry);
    Ok(found.filter_map(|reservation| Some((of(reservation.id)?, reservation))).collect())
}

/// Which of these holds were made for somebody who waited.
///
/// # Errors
/// When the database fails.
pub fn offered(tx: &mut ReadTx, holds: &[ReservationId]) -> Result<Vec<ReservationId>, StoreError> {
    let made = waiting_offers::table.filter(waiting_offers::reservation_id.eq_any(holds.to_vec()));
    Ok(made.select(waiting_offers::reservation_id).load(&mut tx.connection)?)
}

/// Remembers that the hold was made for the entry.
///
/// # Errors
/// When the database fails.
pub fn add_offer(tx: &mut WriteTx, entry: WaitingId, hold: ReservationId) -> Result<(), StoreError> {
    diesel::insert_into(waiting_offers::table)
        .values((waiting_offers::reservation_id.eq(hold), waiting_offers::entry_id.eq(entry)))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Removes entries and what was remembered of them.
///
/// # Errors
/// When the database fails.
pub fn remove(tx: &mut WriteTx, ids: &[WaitingId]) -> Result<(), StoreError> {
    let offers = waiting_offers::table.filter(waiting_offers::entry_id.eq_any(ids.to_vec()));
    diesel::delete(offers).execute(&mut tx.connection)?;
    let entries = waiting_entries::table.filter(waiting_entries::id.eq_any(ids.to_vec()));
    diesel::delete(entries).execute(&mut tx.connection)?;
    Ok(())
}

/// Removes all that a person waited for.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut WriteTx, person: UserId) -> Result<(), StoreError> {
    let ids = waiting_entries::table.filter(waiting_entries::user_id.eq(person)).select(waiting_entries::id);
    let ids: Vec<WaitingId> = ids.load(&mut tx.connection)?;
    remove(tx, &ids)
}

/// Removes up to `limit` entries that ended before `before`; how many.
///
/// # Errors
/// When the database fails.
pub fn purge(tx: &mut WriteTx, before: Instant, limit: i64) -> Result<usize, StoreError> {
    let ended = waiting_entries::table.filter(waiting_entries::ended_at.lt(before));
    let ids = ended.order(waiting_entries::ended_at).limit(limit).select(waiting_entries::id);
    let ids: Vec<WaitingId> = ids.load(&mut tx.connection)?;
    remove(tx, &ids)?;
    Ok(ids.len())
}
