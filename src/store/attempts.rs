//! Tries of what may be tried a few times only: a row a try, forgotten after a day.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::attempts,
};
use crate::domain::{ids::AttemptId, instant::Instant};

/// Counts one more.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx, id: AttemptId, subject: &[u8], at: Instant) -> Result<(), StoreError> {
    diesel::insert_into(attempts::table)
        .values((attempts::id.eq(id), attempts::subject.eq(subject), attempts::at.eq(at)))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// How many there were after `since`.
///
/// # Errors
/// When the database fails.
pub fn since(tx: &mut ReadTx, subject: &[u8], since: Instant) -> Result<i64, StoreError> {
    let tries = attempts::table.filter(attempts::subject.eq(subject).and(attempts::at.gt(since)));
    Ok(tries.count().get_result(&mut tx.connection)?)
}

/// Whoever succeeded has all tries again.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut WriteTx, subject: &[u8]) -> Result<(), StoreError> {
    diesel::delete(attempts::table.filter(attempts::subject.eq(subject))).execute(&mut tx.connection)?;
    Ok(())
}

/// Forgets those before `before`; returns how many.
///
/// # Errors
/// When the database fails.
pub fn purge(tx: &mut WriteTx, before: Instant) -> Result<usize, StoreError> {
    Ok(diesel::delete(attempts::table.filter(attempts::at.lt(before))).execute(&mut tx.connection)?)
}
