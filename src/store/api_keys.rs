//! Keys by which programs act for a person. A key is known by its SHA-256 alone.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::api_keys,
};
use crate::domain::{
    ids::{ApiKeyId, UserId},
    instant::Instant,
};

/// A key.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = api_keys)]
pub struct ApiKey {
    pub id: ApiKeyId,
    pub user_id: UserId,
    pub name: String,
    /// How the key begins.
    pub prefix: String,
    pub key_hash: Vec<u8>,
    /// Read it through `domain::scope::from_text`.
    pub scopes: String,
    pub expires_at: Instant,
    pub used_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
    pub created_at: Instant,
}

/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx, key: &ApiKey) -> Result<(), StoreError> {
    diesel::insert_into(api_keys::table).values(key.clone()).execute(&mut tx.connection)?;
    Ok(())
}

/// The key of this hash, if it opens anything now.
///
/// # Errors
/// When the database fails.
pub fn live(tx: &mut ReadTx, hash: &[u8], now: Instant) -> Result<Option<ApiKey>, StoreError> {
    let row = api_keys::table
        .filter(api_keys::key_hash.eq(hash).and(api_keys::revoked_at.is_null()))
        .filter(api_keys::expires_at.gt(now))
        .select(ApiKey::as_select());
    Ok(row.first(&mut tx.connection).optional()?)
}

/// Up to `limit` of a person's keys that open something, after `after`, by id.
///
/// # Errors
/// When the database fails.
pub fn page(
    tx: &mut ReadTx,
    user: UserId,
    now: Instant,
    after: Option<ApiKeyId>,
    limit: i64,
) -> Result<Vec<ApiKey>, StoreError> {
    let after = after.unwrap_or(ApiKeyId::from_uuid(uuid::Uuid::nil()));
    Ok(api_keys::table
        .filter(api_keys::user_id.eq(user).and(api_keys::id.gt(after)))
        .filter(api_keys::revoked_at.is_null().and(api_keys::expires_at.gt(now)))
        .order(api_keys::id)
        .limit(limit)
        .select(ApiKey::as_select())
        .load(&mut tx.connection)?)
}

/// Notes that a key was used.
///
/// # Errors
/// When the database fails.
pub fn used(tx: &mut WriteTx, id: ApiKeyId, now: Instant) -> Result<(), StoreError> {
    diesel::update(api_keys::table.find(id)).set(api_keys::used_at.eq(now)).execute(&mut tx.connection)?;
    Ok(())
}

/// Ends one of a person's keys; `false` where it is not theirs or over.
///
/// # Errors
/// When the database fails.
pub fn revoke(tx: &mut WriteTx, user: UserId, id: ApiKeyId, now: Instant) -> Result<bool, StoreError> {
    let own = api_keys::table
        .filter(api_keys::id.eq(id).and(api_keys::user_id.eq(user)))
        .filter(api_keys::revoked_at.is_null().and(api_keys::expires_at.gt(now)));
    Ok(diesel::update(own).set(api_keys::revoked_at.eq(now)).execute(&mut tx.connection)? == 1)
}

/// Ends all of a person's keys.
///
/// # Errors
/// When the database fails.
pub fn revoke_all(tx: &mut WriteTx, user: UserId, now: Instant) -> Result<(), StoreError> {
    let own = api_keys::table.filter(api_keys::user_id.eq(user).and(api_keys::revoked_at.is_null()));
    diesel::update(own).set(api_keys::revoked_at.eq(now)).execute(&mut tx.connection)?;
    Ok(())
}

/// Forgets a person's.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut WriteTx, user: UserId) -> Result<(), StoreError> {
    diesel::delete(api_keys::table.filter(api_keys::user_id.eq(user))).execute(&mut tx.connection)?;
    Ok(())
}

/// Forgets those that were over before `before`; returns how many.
///
/// # Errors
/// When the database fails.
pub fn purge(tx: &mut WriteTx, before: Instant) -> Result<usize, StoreError> {
    let over = api_keys::expires_at.lt(before).or(api_keys::revoked_at.lt(before).assume_not_null());
    Ok(diesel::delete(api_keys::table.filter(over)).execute(&mut tx.connection)?)
}
