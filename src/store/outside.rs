//! Outside calendars and the blocks that their events became ↔ their rows.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::{blocks, outside_blocks, outside_calendars},
};
use crate::domain::{
    ids::{BlockId, NetworkId, OutsideCalendarId, SpaceId, UserId, VenueId},
    instant::Instant,
};

/// A calendar that a venue keeps elsewhere.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = outside_calendars, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct OutsideCalendar {
    pub id: OutsideCalendarId,
    pub network_id: NetworkId,
    pub venue_id: VenueId,
    /// `None`: all spaces of the venue.
    pub space_id: Option<SpaceId>,
    pub name: String,
    /// May hold a secret: for staff and the one who fetches it, never for a log.
    pub url: String,
    pub made_by: Option<UserId>,
    pub version: i64,
    pub created_at: Instant,
    /// When it is read again.
    pub due_at: Instant,
    pub lease: Option<Vec<u8>>,
    pub leased_until: Option<Instant>,
    /// In a row.
    pub failures: i32,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub tried_at: Option<Instant>,
    pub read_at: Option<Instant>,
    pub applied_at: Option<Instant>,
    /// A stable code of how the last try ended.
    pub result: Option<String>,
    /// JSON.
    pub report: Option<String>,
}

/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx, calendar: &OutsideCalendar) -> Result<(), StoreError> {
    diesel::insert_into(outside_calendars::table).values(calendar.clone()).execute(&mut tx.connection)?;
    Ok(())
}

/// Writes all columns.
///
/// # Errors
/// When the database fails.
pub fn update(tx: &mut WriteTx, calendar: &OutsideCalendar) -> Result<(), StoreError> {
    diesel::update(outside_calendars::table.find(calendar.id))
        .set(calendar.clone())
        .execute(&mut tx.connection)?;
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx, id: OutsideCalendarId) -> Result<Option<OutsideCalendar>, StoreError> {
    let row = outside_calendars::table.find(id).select(OutsideCalendar::as_select());
    Ok(row.first(&mut tx.connection).optional()?)
}

/// Up to `limit` of a venue's after `after`, by id.
///
/// # Errors
/// When the database fails.
pub fn of_venue(
    tx: &mut ReadTx,
    venue: VenueId,
    after: Option<OutsideCalendarId>,
    limit: i64,
) -> Result<Vec<OutsideCalendar>, StoreError> {
    let after = after.unwrap_or(OutsideCalendarId::from_uuid(uuid::Uuid::nil()));
    Ok(outside_calendars::table
        .filter(outside_calendars::venue_id.eq(venue).and(outside_calendars::id.gt(after)))
        .order(outside_calendars::id)
        .limit(limit)
        .select(OutsideCalendar::as_select())
        .load(&mut tx.connection)?)
}

/// # Errors
/// When the database fails.
pub fn count(tx: &mut ReadTx, venue: VenueId) -> Result<i64, StoreError> {
    let all = outside_calendars::table.filter(outside_calendars::venue_id.eq(venue));
    Ok(all.count().get_result(&mut tx.connection)?)
}

/// Up to `limit` that are to be read at `now` and that nobody is reading, those that wait longest first.
///
/// # Errors
/// When the database fails.
pub fn due(tx: &mut ReadTx, now: Instant, limit: i64) -> Result<Vec<OutsideCalendarId>, StoreError> {
    let free = outside_calendars::leased_until
        .is_null()
        .or(outside_calendars::leased_until.le(now).assume_not_null());
    Ok(outside_calendars::table
        .filter(outside_calendars::due_at.le(now).and(free))
        .order(outside_calendars::due_at)
        .limit(limit)
        .select(outside_calendars::id)
        .load(&mut tx.connection)?)
}

/// Takes one that is due for whoever holds `lease`; nobody else is given it until `until`. `None` where another was
/// faster.
///
/// # Errors
/// When the database fails.
pub fn lease(
    tx: &mut WriteTx,
    id: OutsideCalendarId,
    (lease, until): (&[u8], Instant),
    now: Instant,
) -> Result<Option<OutsideCalendar>, StoreError> {
    let free = outside_calendars::leased_until
        .is_null()
        .or(outside_calendars::leased_until.le(now).assume_not_null());
    let one = outside_calendars::table.filter(outside_calendars::id.eq(id));
    let taken = diesel::update(one.filter(outside_calendars::due_at.le(now)).filter(free))
        .set((outside_calendars::lease.eq(lease), outside_calendars::leased_until.eq(until)))
        .execute(&mut tx.connection)?;
    if taken == 1 { find(tx, id) } else { Ok(None) }
}

/// Forgets a calendar and which blocks were its events; the blocks stay.
///
/// # Errors
/// When the database fails.
pub fn delete(tx: &mut WriteTx, id: OutsideCalendarId) -> Result<(), StoreError> {
    diesel::delete(outside_blocks::table.filter(outside_blocks::calendar_id.eq(id)))
        .execute(&mut tx.connection)?;
    diesel::delete(outside_calendars::table.find(id)).execute(&mut tx.connection)?;
    Ok(())
}

/// The block that an event became in a space, and the event's own times.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = outside_blocks)]
pub struct OutsideBlock {
    pub calendar_id: OutsideCalendarId,
    pub event_key: Vec<u8>,
    pub space_id: SpaceId,
    pub block_id: BlockId,
    pub starts_at: Instant,
    pub ends_at: Instant,
}

/// # Errors
/// When the database fails.
pub fn blocks_of(tx: &mut ReadTx, id: OutsideCalendarId) -> Result<Vec<OutsideBlock>, StoreError> {
    Ok(outside_blocks::table
        .filter(outside_blocks::calendar_id.eq(id))
        .order((outside_blocks::starts_at, outside_blocks::event_key, outside_blocks::space_id))
        .select(OutsideBlock::as_select())
        .load(&mut tx.connection)?)
}

/// Up to `limit` of its blocks that stand and end after `now`, by start.
///
/// # Errors
/// When the database fails.
pub fn standing(
    tx: &mut ReadTx,
    id: OutsideCalendarId,
    now: Instant,
    limit: i64,
) -> Result<Vec<BlockId>, StoreError> {
    Ok(outside_blocks::table
        .inner_join(blocks::table.on(blocks::id.eq(outside_blocks::block_id)))
        .filter(outside_blocks::calendar_id.eq(id).and(blocks::lifted_at.is_null()))
        .filter(blocks::ends_at.gt(now))
        .order((blocks::starts_at, blocks::id))
        .limit(limit)
        .select(blocks::id)
        .load(&mut tx.connection)?)
}

/// # Errors
/// When the database fails.
pub fn insert_block(tx: &mut WriteTx, row: &OutsideBlock) -> Result<(), StoreError> {
    diesel::insert_into(outside_blocks::table).values(row.clone()).execute(&mut tx.connection)?;
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn forget_block(tx: &mut WriteTx, block: BlockId) -> Result<(), StoreError> {
    diesel::delete(outside_blocks::table.filter(outside_blocks::block_id.eq(block)))
        .execute(&mut tx.connection)?;
    Ok(())
}
