//! Wishes to change the address of an account, and what the former address may take back.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::address_changes,
};
use crate::domain::{
    ids::{AddressChangeId, UserId},
    instant::Instant,
};

/// A wish, and once it is confirmed what was before. Link and code are known by their tags alone.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = address_changes, treat_none_as_null = true)]
pub struct AddressChange {
    pub id: AddressChangeId,
    pub user_id: UserId,
    /// The new one, as it was written.
    pub email: String,
    /// `EmailAddress::canonical` of it.
    pub email_key: String,
    pub token_hash: Vec<u8>,
    pub code_hash: Vec<u8>,
    /// Wrong codes so far.
    pub attempts: i32,
    /// Until then it can be confirmed.
    pub expires_at: Instant,
    pub former_email: Option<String>,
    pub former_key: Option<String>,
    pub confirmed_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    pub created_at: Instant,
}

/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx, change: &AddressChange) -> Result<(), StoreError> {
    diesel::insert_into(address_changes::table).values(change.clone()).execute(&mut tx.connection)?;
    Ok(())
}

/// Writes all columns; the caller holds `locks::claimant`.
///
/// # Errors
/// When the database fails.
pub fn update(tx: &mut WriteTx, change: &AddressChange) -> Result<(), StoreError> {
    diesel::update(address_changes::table.find(change.id)).set(change.clone()).execute(&mut tx.connection)?;
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx, id: AddressChangeId) -> Result<Option<AddressChange>, StoreError> {
    let row = address_changes::table.find(id).select(AddressChange::as_select());
    Ok(row.first(&mut tx.connection).optional()?)
}

/// The one of a person that can be confirmed now.
///
/// # Errors
/// When the database fails.
pub fn open(tx: &mut ReadTx, user: UserId, now: Instant) -> Result<Option<AddressChange>, StoreError> {
    let row = address_changes::table
        .filter(address_changes::user_id.eq(user).and(address_changes::expires_at.gt(now)))
        .filter(address_changes::confirmed_at.is_null().and(address_changes::ended_at.is_null()))
        .order(address_changes::id.desc())
        .select(AddressChange::as_select());
    Ok(row.first(&mut tx.connection).optional()?)
}

/// Ends all of a person's that were asked for at or after `since`, confirmed or not.
///
/// # Errors
/// When the database fails.
pub fn end_since(tx: &mut WriteTx, user: UserId, since: Instant, now: Instant) -> Result<(), StoreError> {
    let later = address_changes::table
        .filter(address_changes::user_id.eq(user).and(address_changes::created_at.ge(since)))
        .filter(address_changes::ended_at.is_null());
    diesel::update(later).set(address_changes::ended_at.eq(now)).execute(&mut tx.connection)?;
    Ok(())
}

/// Ends a person's that await their confirmation.
///
/// # Errors
/// When the database fails.
pub fn end_open(tx: &mut WriteTx, user: UserId, now: Instant) -> Result<(), StoreError> {
    let waiting = address_changes::table
        .filter(address_changes::user_id.eq(user))
        .filter(address_changes::confirmed_at.is_null().and(address_changes::ended_at.is_null()));
    diesel::update(waiting).set(address_changes::ended_at.eq(now)).execute(&mut tx.connection)?;
    Ok(())
}

/// Forgets a person's.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut WriteTx, user: UserId) -> Result<(), StoreError> {
    diesel::delete(address_changes::table.filter(address_changes::user_id.eq(user)))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// All of a person's that are kept, by id.
///
/// # Errors
/// When the database fails.
pub fn all_of(tx: &mut ReadTx, user: UserId) -> Result<Vec<AddressChange>, StoreError> {
    let own = address_changes::table.filter(address_changes::user_id.eq(user)).order(address_changes::id);
    Ok(own.select(AddressChange::as_select()).load(&mut tx.connection)?)
}

/// Forgets those asked for before `before`; returns how many.
///
/// # Errors
/// When the database fails.
pub fn purge(tx: &mut WriteTx, before: Instant) -> Result<usize, StoreError> {
    let old = address_changes::table.filter(address_changes::created_at.lt(before));
    Ok(diesel::delete(old).execute(&mut tx.connection)?)
}
