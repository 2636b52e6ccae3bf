//! Sessions and the refresh tokens given out in them. Tokens are known by their SHA-256 alone.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::{refresh_tokens, sessions},
};
use crate::domain::{
    ids::{SessionId, UserId},
    instant::Instant,
};

/// A chain of refresh tokens that began with one sign-in.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
pub struct Session {
    pub id: SessionId,
    pub user_id: UserId,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub revoked_at: Option<Instant>,
    /// When it was last continued.
    pub used_at: Option<Instant>,
    /// The program that signed in, as it says of itself.
    pub client: Option<String>,
}

impl Session {
    pub fn is_live(&self, now: Instant) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx, session: &Session) -> Result<(), StoreError> {
    diesel::insert_into(sessions::table).values(session.clone()).execute(&mut tx.connection)?;
    Ok(())
}

/// A person's sessions that are not over, by id.
///
/// # Errors
/// When the database fails.
pub fn live(tx: &mut ReadTx, user: UserId, now: Instant) -> Result<Vec<Session>, StoreError> {
    Ok(sessions::table
        .filter(sessions::user_id.eq(user).and(sessions::revoked_at.is_null()))
        .filter(sessions::expires_at.gt(now))
        .order(sessions::id)
        .select(Session::as_select())
        .load(&mut tx.connection)?)
}

/// Up to `limit` of them after `after`, by id.
///
/// # Errors
/// When the database fails.
pub fn page(
    tx: &mut ReadTx,
    user: UserId,
    now: Instant,
    after: Option<SessionId>,
    limit: i64,
) -> Result<Vec<Session>, StoreError> {
    let after = after.unwrap_or(SessionId::from_uuid(uuid::Uuid::nil()));
    Ok(sessions::table
        .filter(sessions::user_id.eq(user).and(sessions::revoked_at.is_null()))
        .filter(sessions::expires_at.gt(now).and(sessions::id.gt(after)))
        .order(sessions::id)
        .limit(limit)
        .select(Session::as_select())
        .load(&mut tx.connection)?)
}

/// Ends one of a person's sessions; `false` where it is not theirs or over.
///
/// # Errors
/// When the database fails.
pub fn revoke_own(tx: &mut WriteTx, user: UserId, id: SessionId, now: Instant) -> Result<bool, StoreError> {
    let own = sessions::table
        .filter(sessions::id.eq(id).and(sessions::user_id.eq(user)))
        .filter(sessions::revoked_at.is_null().and(sessions::expires_at.gt(now)));
    Ok(diesel::update(own).set(sessions::revoked_at.eq(now)).execute(&mut tx.connection)? == 1)
}

/// Ends a session; one that ended before keeps its time.
///
/// # Errors
/// When the database fails.
pub fn revoke(tx: &mut WriteTx, id: SessionId, now: Instant) -> Result<(), StoreError> {
    diesel::update(sessions::table.filter(sessions::id.eq(id).and(sessions::revoked_at.is_null())))
        .set(sessions::revoked_at.eq(now))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Ends all of a person's sessions.
///
/// # Errors
/// When the database fails.
pub fn revoke_all(tx: &mut WriteTx, user: UserId, now: Instant) -> Result<(), StoreError> {
    diesel::update(sessions::table.filter(sessions::user_id.eq(user).and(sessions::revoked_at.is_null())))
        .set(sessions::revoked_at.eq(now))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Ends all of a person's sessions but one; returns how many.
///
/// # Errors
/// When the database fails.
pub fn revoke_others(
    tx: &mut WriteTx,
    user: UserId,
    kept: SessionId,
    now: Instant,
) -> Result<usize, StoreError> {
    let others = sessions::table
        .filter(sessions::user_id.eq(user).and(sessions::id.ne(kept)))
        .filter(sessions::revoked_at.is_null());
    Ok(diesel::update(others).set(sessions::revoked_at.eq(now)).execute(&mut tx.connection)?)
}

/// # Errors
/// When the database fails.
pub fn add_token(tx: &mut WriteTx, session: SessionId, hash: &[u8], now: Instant) -> Result<(), StoreError> {
    diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::token_hash.eq(hash),
            refresh_tokens::session_id.eq(session),
            refresh_tokens::created_at.eq(now),
        ))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// The session of a refresh token, and when the token was used.
///
/// # Errors
/// When the database fails.
pub fn by_token(tx: &mut ReadTx, hash: &[u8]) -> Result<Option<(Session, Option<Instant>)>, StoreError> {
    Ok(sessions::table
        .inner_join(refresh_tokens::table.on(refresh_tokens::session_id.eq(sessions::id)))
        .filter(refresh_tokens::token_hash.eq(hash))
        .select((Session::as_select(), refresh_tokens::used_at))
        .first(&mut tx.connection)
        .optional()?)
}

/// Notes that the person showed in it that it is they.
///
/// # Errors
/// When the database fails.
pub fn show(tx: &mut WriteTx, id: SessionId, now: Instant) -> Result<(), StoreError> {
    diesel::update(sessions::table.find(id)).set(sessions::shown_at.eq(now)).execute(&mut tx.connection)?;
    Ok(())
}

/// When a session began, and when its person last showed that it is they.
///
/// # Errors
/// When the database fails.
pub fn times(tx: &mut ReadTx, id: SessionId) -> Result<Option<(Instant, Option<Instant>)>, StoreError> {
    let times = sessions::table.find(id).select((sessions::created_at, sessions::shown_at));
    Ok(times.first(&mut tx.connection).optional()?)
}

/// Notes that the session of a token was continued.
///
/// # Errors
/// When the database fails.
pub fn continued(tx: &mut WriteTx, id: SessionId, now: Instant) -> Result<(), StoreError> {
    diesel::update(sessions::table.find(id)).set(sessions::used_at.eq(now)).execute(&mut tx.connection)?;
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn use_token(tx: &mut WriteTx, hash: &[u8], now: Instant) -> Result<(), StoreError> {
    diesel::update(refresh_tokens::table.filter(refresh_tokens::token_hash.eq(hash)))
        .set(refresh_tokens::used_at.eq(now))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Forgets up to `limit` sessions that were over before `before`, with their tokens; returns how many.
///
/// # Errors
/// When the database fails.
pub fn purge(tx: &mut WriteTx, before: Instant, limit: i64) -> Result<usize, StoreError> {
    let over = sessions::expires_at.lt(before).or(sessions::revoked_at.lt(before).assume_not_null());
    let ids = sessions::table
        .filter(over)
        .limit(limit)
        .select(sessions::id)
        .load::<SessionId>(&mut tx.connection)?;
    diesel::delete(refresh_tokens::table.filter(refresh_tokens::session_id.eq_any(ids.clone())))
        .execute(&mut tx.connection)?;
    Ok(diesel::delete(sessions::table.filter(sessions::id.eq_any(ids))).execute(&mut tx.connection)?)
}
