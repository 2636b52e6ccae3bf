//! Second factors, their recovery codes, and sign-ins that still await one.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    dialect::on_both,
    error::StoreError,
    schema::{half_sign_ins, recovery_codes, second_factors},
};
use crate::domain::{ids::UserId, instant::Instant};

/// A second factor, perhaps only being set up.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = second_factors, treat_none_as_null = true)]
pub struct SecondFactor {
    pub user_id: UserId,
    /// `Secret::seal` of its secret, named by the person's id.
    pub sealed: Vec<u8>,
    /// The latest time step whose code was taken.
    pub last_step: Option<i64>,
    pub enabled_at: Option<Instant>,
    pub created_at: Instant,
}

/// A sign-in whose first step is done; its text is known by its SHA-256 alone.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = half_sign_ins)]
pub struct HalfSignIn {
    pub token_hash: Vec<u8>,
    pub user_id: UserId,
    /// Becomes the account's with the second step.
    pub password_hash: Option<String>,
    /// Wrong codes so far.
    pub attempts: i32,
    pub expires_at: Instant,
    pub created_at: Instant,
}

/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx, user: UserId) -> Result<Option<SecondFactor>, StoreError> {
    let row = second_factors::table.find(user).select(SecondFactor::as_select());
    Ok(row.first(&mut tx.connection).optional()?)
}

/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx, factor: &SecondFactor) -> Result<(), StoreError> {
    diesel::insert_into(second_factors::table).values(factor.clone()).execute(&mut tx.connection)?;
    Ok(())
}

/// Writes all columns; the caller holds `locks::claimant`.
///
/// # Errors
/// When the database fails.
pub fn update(tx: &mut WriteTx, factor: &SecondFactor) -> Result<(), StoreError> {
    diesel::update(second_factors::table.find(factor.user_id))
        .set(factor.clone())
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Forgets a person's, with its recovery codes and what awaits it.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut WriteTx, user: UserId) -> Result<(), StoreError> {
    diesel::delete(half_sign_ins::table.filter(half_sign_ins::user_id.eq(user)))
        .execute(&mut tx.connection)?;
    diesel::delete(recovery_codes::table.filter(recovery_codes::user_id.eq(user)))
        .execute(&mut tx.connection)?;
    diesel::delete(second_factors::table.find(user)).execute(&mut tx.connection)?;
    Ok(())
}

/// Gives a person these recovery codes instead of those they had.
///
/// # Errors
/// When the database fails.
pub fn replace_recovery(tx: &mut WriteTx, user: UserId, tags: &[[u8; 32]]) -> Result<(), StoreError> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::user_id.eq(user)))
        .execute(&mut tx.connection)?;
    let rows: Vec<_> = tags
        .iter()
        .map(|tag| (recovery_codes::tag.eq(tag.to_vec()), recovery_codes::user_id.eq(user)))
        .collect();
    on_both!(tx, connection => diesel::insert_into(recovery_codes::table).values(&rows).execute(connection))?;
    Ok(())
}

/// Uses a recovery code up; `false` where the person has none such.
///
/// # Errors
/// When the database fails.
pub fn use_recovery(tx: &mut WriteTx, user: UserId, tag: &[u8], now: Instant) -> Result<bool, StoreError> {
    let own = recovery_codes::table
        .filter(recovery_codes::tag.eq(tag).and(recovery_codes::user_id.eq(user)))
        .filter(recovery_codes::used_at.is_null());
    Ok(diesel::update(own).set(recovery_codes::used_at.eq(now)).execute(&mut tx.connection)? == 1)
}

/// How many recovery codes a person still has.
///
/// # Errors
/// When the database fails.
pub fn recovery_left(tx: &mut ReadTx, user: UserId) -> Result<i64, StoreError> {
    let left =
        recovery_codes::table.filter(recovery_codes::user_id.eq(user).and(recovery_codes::used_at.is_null()));
    Ok(left.count().get_result(&mut tx.connection)?)
}

/// # Errors
/// When the database fails.
pub fn begin_half(tx: &mut WriteTx, half: &HalfSignIn) -> Result<(), StoreError> {
    diesel::insert_into(half_sign_ins::table).values(half.clone()).execute(&mut tx.connection)?;
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn half(tx: &mut ReadTx, hash: &[u8]) -> Result<Option<HalfSignIn>, StoreError> {
    let row = half_sign_ins::table.find(hash).select(HalfSignIn::as_select());
    Ok(row.first(&mut tx.connection).optional()?)
}

/// Counts a wrong code against a half sign-in.
///
/// # Errors
/// When the database fails.
pub fn missed(tx: &mut WriteTx, hash: &[u8]) -> Result<(), StoreError> {
    diesel::update(half_sign_ins::table.find(hash))
        .set(half_sign_ins::attempts.eq(half_sign_ins::attempts + 1))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Ends all of a person's half sign-ins.
///
/// # Errors
/// When the database fails.
pub fn end_halves(tx: &mut WriteTx, user: UserId) -> Result<(), StoreError> {
    diesel::delete(half_sign_ins::table.filter(half_sign_ins::user_id.eq(user)))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Forgets half sign-ins that were over before `before`; returns how many.
///
/// # Errors
/// When the database fails.
pub fn purge(tx: &mut WriteTx, before: Instant) -> Result<usize, StoreError> {
    let over = half_sign_ins::table.filter(half_sign_ins::expires_at.lt(before));
    Ok(diesel::delete(over).execute(&mut tx.connection)?)
}
