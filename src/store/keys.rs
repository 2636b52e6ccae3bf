//! Signing keys, sealed under `PROSTOR_SECRET`: the store never sees one open.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::signing_keys,
};
use crate::domain::{ids::KeyId, instant::Instant};

/// A stored key.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = signing_keys)]
pub struct SealedKey {
    pub id: KeyId,
    pub sealed: Vec<u8>,
    pub created_at: Instant,
    /// It signs nothing since then.
    pub retired_at: Option<Instant>,
}

/// The active key first (the oldest, should there be two), then those retired after `since`.
///
/// # Errors
/// When the database fails.
pub fn in_use(tx: &mut ReadTx, since: Instant) -> Result<Vec<SealedKey>, StoreError> {
    let mut keys = signing_keys::table
        .filter(signing_keys::retired_at.is_null().or(signing_keys::retired_at.gt(since).assume_not_null()))
        .order(signing_keys::id)
        .select(SealedKey::as_select())
        .load(&mut tx.connection)?;
    keys.sort_by_key(|key| key.retired_at.is_some());
    Ok(keys)
}

/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx, key: &SealedKey) -> Result<(), StoreError> {
    diesel::insert_into(signing_keys::table).values(key.clone()).execute(&mut tx.connection)?;
    Ok(())
}
