//! Idempotency claims: the first lock of every write transaction, and the stored answers (DESIGN 4, 5).

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    dialect::{AnyConnection, on_both},
    error::StoreError,
    schema::idempotency,
};
use crate::domain::{ids::UserId, instant::Instant};

/// A request's claim: SHA-256 over caller, method, path and key, and over the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub claim: Vec<u8>,
    pub fingerprint: Vec<u8>,
    pub user: Option<UserId>,
    /// The HTTP status that success will have.
    pub status: u16,
}

/// What the claim found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claimed {
    /// Ours: go on.
    First,
    /// The same request was answered before.
    Answered { status: u16, body: String },
    /// The key was used for another body.
    OtherRequest,
}

/// How long a duplicate waits for the first one still running (DESIGN 5).
const WAIT: &str = "SET LOCAL lock_timeout = '2s'";
const NO_WAIT_LIMIT: &str = "SET LOCAL lock_timeout = 0";

/// Claims the key in this transaction. On PostgreSQL a duplicate still running is waited for.
///
/// # Errors
/// `LockTimeout` when the first one runs longer than two seconds.
pub fn claim(tx: &mut WriteTx, claim: &Claim, now: Instant) -> Result<Claimed, StoreError> {
    let values = (
        idempotency::claim.eq(&claim.claim),
        idempotency::user_id.eq(claim.user),
        idempotency::fingerprint.eq(&claim.fingerprint),
        idempotency::created_at.eq(now),
    );
    if !tx.is_sqlite() {
        tx.run(WAIT)?;
    }
    let inserted = on_both!(tx, connection => diesel::insert_into(idempotency::table)
        .values(values)
        .on_conflict_do_nothing()
        .execute(connection))?;
    if !tx.is_sqlite() {
        tx.run(NO_WAIT_LIMIT)?;
    }
    if inserted == 1 {
        return Ok(Claimed::First);
    }
    find(tx, claim)?.ok_or_else(|| StoreError::Corrupt("an idempotency claim vanished".to_owned()))
}

/// What became of a request that is not being claimed now; `None` where nothing was committed under its key.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx, claim: &Claim) -> Result<Option<Claimed>, StoreError> {
    let found = idempotency::table
        .find(&claim.claim)
        .select((idempotency::fingerprint, idempotency::status, idempotency::body))
        .first::<(Vec<u8>, Option<i16>, Option<String>)>(&mut tx.connection)
        .optional()?;
    let Some((fingerprint, status, body)) = found else { return Ok(None) };
    if fingerprint != claim.fingerprint {
        return Ok(Some(Claimed::OtherRequest));
    }
    match (status, body) {
        (Some(status), Some(body)) => {
            let status = u16::try_from(status).map_err(|e| StoreError::corrupt("idempotency.status", e))?;
            Ok(Some(Claimed::Answered { status, body }))
        }
        _ => Err(StoreError::Corrupt("an idempotency claim was committed without its answer".to_owned())),
    }
}

/// Stores the answer beside the effect.
///
/// # Errors
/// When the database fails.
pub fn settle(tx: &mut WriteTx, claim: &Claim, body: &str) -> Result<(), StoreError> {
    let status = i16::try_from(claim.status).map_err(|e| StoreError::corrupt("status", e))?;
    diesel::update(idempotency::table.find(&claim.claim))
        .set((idempotency::status.eq(status), idempotency::body.eq(body)))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Forgets claims made before `before`; returns how many.
///
/// # Errors
/// When the database fails.
pub fn purge(tx: &mut WriteTx, before: Instant) -> Result<usize, StoreError> {
    let old = idempotency::table.filter(idempotency::created_at.lt(before));
    Ok(diesel::delete(old).execute(&mut tx.connection)?)
}

impl ReadTx {
    pub(super) fn is_sqlite(&self) -> bool {
        matches!(self.connection, AnyConnection::Sqlite(_))
    }
}
