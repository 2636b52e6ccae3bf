//! Links by which calendar programs subscribe ↔ their rows. A link is known by its SHA-256 alone.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::{calendars, users},
};
use crate::domain::{
    ids::{CalendarId, NetworkId, SpaceId, UserId, VenueId},
    instant::Instant,
};

/// A link. It shows a space, else a venue, else a network's public events, else its owner's own reservations.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = calendars)]
pub struct Calendar {
    pub id: CalendarId,
    pub user_id: UserId,
    pub network_id: Option<NetworkId>,
    /// Of a space, too.
    pub venue_id: Option<VenueId>,
    pub space_id: Option<SpaceId>,
    /// What its owner calls it.
    pub name: Option<String>,
    pub token_hash: Vec<u8>,
    pub created_at: Instant,
    pub used_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
}

/// Whose links a list shows.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    Person(UserId),
    /// Of the venue and its spaces, whoever made them.
    Venue(VenueId),
}

/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx, calendar: &Calendar) -> Result<(), StoreError> {
    diesel::insert_into(calendars::table).values(calendar.clone()).execute(&mut tx.connection)?;
    Ok(())
}

/// The link of this hash, unless it was revoked.
///
/// # Errors
/// When the database fails.
pub fn live(tx: &mut ReadTx, hash: &[u8]) -> Result<Option<Calendar>, StoreError> {
    let row = calendars::table
        .filter(calendars::token_hash.eq(hash).and(calendars::revoked_at.is_null()))
        .select(Calendar::as_select());
    Ok(row.first(&mut tx.connection).optional()?)
}

/// Up to `limit` live links after `after`, by id, each with its owner's name.
///
/// # Errors
/// When the database fails.
pub fn page(
    tx: &mut ReadTx,
    of: Of,
    after: Option<CalendarId>,
    limit: i64,
) -> Result<Vec<(Calendar, String)>, StoreError> {
    let after = after.unwrap_or(CalendarId::from_uuid(uuid::Uuid::nil()));
    let query = calendars::table
        .inner_join(users::table.on(users::id.eq(calendars::user_id)))
        .filter(calendars::id.gt(after).and(calendars::revoked_at.is_null()))
        .into_boxed();
    let query = match of {
        Of::Person(user) => query.filter(calendars::user_id.eq(user)),
        Of::Venue(venue) => query.filter(calendars::venue_id.eq(venue)),
    };
    Ok(query
        .order(calendars::id)
        .limit(limit)
        .select((Calendar::as_select(), users::name))
        .load(&mut tx.connection)?)
}

/// Notes that a link was read.
///
/// # Errors
/// When the database fails.
pub fn used(tx: &mut WriteTx, id: CalendarId, now: Instant) -> Result<(), StoreError> {
    diesel::update(calendars::table.find(id)).set(calendars::used_at.eq(now)).execute(&mut tx.connection)?;
    Ok(())
}

/// Gives a live link of a person's another token; the link as it is now, `None` where it is not theirs or revoked.
///
/// # Errors
/// When the database fails.
pub fn rotate(
    tx: &mut WriteTx,
    user: UserId,
    id: CalendarId,
    hash: &[u8],
) -> Result<Option<Calendar>, StoreError> {
    let own = calendars::id.eq(id).and(calendars::user_id.eq(user)).and(calendars::revoked_at.is_null());
    let changed = diesel::update(calendars::table.filter(own))
        .set((calendars::token_hash.eq(hash), calendars::used_at.eq(None::<Instant>)))
        .execute(&mut tx.connection)?;
    if changed == 0 {
        return Ok(None);
    }
    let row = calendars::table.find(id).select(Calendar::as_select());
    Ok(row.first(&mut tx.connection).optional()?)
}

/// Revokes a live link; `false` where there is none among these.
///
/// # Errors
/// When the database fails.
pub fn revoke(tx: &mut WriteTx, of: Of, id: CalendarId, now: Instant) -> Result<bool, StoreError> {
    let live = calendars::id.eq(id).and(calendars::revoked_at.is_null());
    let set = calendars::revoked_at.eq(now);
    let changed = match of {
        Of::Person(user) => diesel::update(calendars::table.filter(live.and(calendars::user_id.eq(user))))
            .set(set)
            .execute(&mut tx.connection)?,
        Of::Venue(venue) => {
            diesel::update(calendars::table.filter(live).filter(calendars::venue_id.eq(venue)))
                .set(set)
                .execute(&mut tx.connection)?
        }
    };
    Ok(changed == 1)
}

/// Forgets a person's.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut WriteTx, user: UserId) -> Result<(), StoreError> {
    diesel::delete(calendars::table.filter(calendars::user_id.eq(user))).execute(&mut tx.connection)?;
    Ok(())
}

/// Forgets those that were revoked before `before`; returns how many.
///
/// # Errors
/// When the database fails.
pub fn purge(tx: &mut WriteTx, before: Instant) -> Result<usize, StoreError> {
    let over = calendars::table.filter(calendars::revoked_at.lt(before));
    Ok(diesel::delete(over).execute(&mut tx.connection)?)
}
