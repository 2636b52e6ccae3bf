//! Tickets: single-use links with a six-digit code beside them, sent by mail (DESIGN 8).

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::tickets,
};
use crate::domain::{
    ids::{TicketId, UserId},
    instant::Instant,
};

/// A ticket; link and code are known by their tags alone.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = tickets)]
pub struct Ticket {
    pub id: TicketId,
    pub user_id: UserId,
    /// `verify` or `sign_in`, for people who look into the table: both prove the address.
    pub purpose: String,
    pub token_hash: Vec<u8>,
    pub code_hash: Vec<u8>,
    /// Wrong codes so far.
    pub attempts: i32,
    pub expires_at: Instant,
    pub used_at: Option<Instant>,
    pub created_at: Instant,
}

impl Ticket {
    pub fn is_live(&self, now: Instant) -> bool {
        self.used_at.is_none() && now < self.expires_at
    }
}

/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx, ticket: &Ticket) -> Result<(), StoreError> {
    diesel::insert_into(tickets::table).values(ticket.clone()).execute(&mut tx.connection)?;
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx, id: TicketId) -> Result<Option<Ticket>, StoreError> {
    Ok(tickets::table.find(id).select(Ticket::as_select()).first(&mut tx.connection).optional()?)
}

/// # Errors
/// When the database fails.
pub fn by_token(tx: &mut ReadTx, hash: &[u8]) -> Result<Option<Ticket>, StoreError> {
    let row = tickets::table.filter(tickets::token_hash.eq(hash)).select(Ticket::as_select());
    Ok(row.first(&mut tx.connection).optional()?)
}

/// A person's tickets made since `since`, the latest first.
///
/// # Errors
/// When the database fails.
pub fn since(tx: &mut ReadTx, user: UserId, since: Instant) -> Result<Vec<Ticket>, StoreError> {
    Ok(tickets::table
        .filter(tickets::user_id.eq(user).and(tickets::created_at.gt(since)))
        .order(tickets::id.desc())
        .select(Ticket::as_select())
        .load(&mut tx.connection)?)
}

/// Counts a wrong code against these tickets.
///
/// # Errors
/// When the database fails.
pub fn missed(tx: &mut WriteTx, ids: Vec<TicketId>) -> Result<(), StoreError> {
    diesel::update(tickets::table.filter(tickets::id.eq_any(ids)))
        .set(tickets::attempts.eq(tickets::attempts + 1))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn prolong(tx: &mut WriteTx, id: TicketId, until: Instant) -> Result<(), StoreError> {
    diesel::update(tickets::table.find(id)).set(tickets::expires_at.eq(until)).execute(&mut tx.connection)?;
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn spend(tx: &mut WriteTx, id: TicketId, now: Instant) -> Result<(), StoreError> {
    diesel::update(tickets::table.find(id)).set(tickets::used_at.eq(now)).execute(&mut tx.connection)?;
    Ok(())
}

/// Nothing sent to the person before now opens anything any more.
///
/// # Errors
/// When the database fails.
pub fn spend_all(tx: &mut WriteTx, user: UserId, now: Instant) -> Result<(), StoreError> {
    diesel::update(tickets::table.filter(tickets::user_id.eq(user).and(tickets::used_at.is_null())))
        .set(tickets::used_at.eq(now))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Forgets those that were over before `before`; returns how many.
///
/// # Errors
/// When the database fails.
pub fn purge(tx: &mut WriteTx, before: Instant) -> Result<usize, StoreError> {
    Ok(diesel::delete(tickets::table.filter(tickets::expires_at.lt(before))).execute(&mut tx.connection)?)
}
