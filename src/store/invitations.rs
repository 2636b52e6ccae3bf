//! Invitations to a venue's staff ↔ their rows.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::invitations,
};
use crate::domain::{
    ids::{InvitationId, UserId, VenueId},
    instant::Instant,
};

/// An invitation; its link is known by its SHA-256 alone.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = invitations)]
pub struct Invitation {
    pub id: InvitationId,
    pub venue_id: VenueId,
    pub email: String,
    pub email_key: String,
    pub token_hash: Vec<u8>,
    pub invited_by: UserId,
    pub expires_at: Instant,
    pub accepted_at: Option<Instant>,
    pub created_at: Instant,
}

/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx, invitation: &Invitation) -> Result<(), StoreError> {
    diesel::insert_into(invitations::table).values(invitation.clone()).execute(&mut tx.connection)?;
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn by_token(tx: &mut ReadTx, hash: &[u8]) -> Result<Option<Invitation>, StoreError> {
    let row = invitations::table.filter(invitations::token_hash.eq(hash)).select(Invitation::as_select());
    Ok(row.first(&mut tx.connection).optional()?)
}

/// How many a venue sent since `since`.
///
/// # Errors
/// When the database fails.
pub fn sent_since(tx: &mut ReadTx, venue: VenueId, since: Instant) -> Result<i64, StoreError> {
    let sent =
        invitations::table.filter(invitations::venue_id.eq(venue).and(invitations::created_at.gt(since)));
    Ok(sent.count().get_result(&mut tx.connection)?)
}

/// Up to `limit` of a venue's open invitations after `after`, by id.
///
/// # Errors
/// When the database fails.
pub fn open(
    tx: &mut ReadTx,
    venue: VenueId,
    now: Instant,
    after: Option<InvitationId>,
    limit: i64,
) -> Result<Vec<Invitation>, StoreError> {
    let after = after.unwrap_or(InvitationId::from_uuid(uuid::Uuid::nil()));
    Ok(invitations::table
        .filter(invitations::venue_id.eq(venue).and(invitations::id.gt(after)))
        .filter(invitations::accepted_at.is_null().and(invitations::expires_at.gt(now)))
        .order(invitations::id)
        .limit(limit)
        .select(Invitation::as_select())
        .load(&mut tx.connection)?)
}

/// # Errors
/// When the database fails.
pub fn accept(tx: &mut WriteTx, id: InvitationId, now: Instant) -> Result<(), StoreError> {
    diesel::update(invitations::table.find(id))
        .set(invitations::accepted_at.eq(now))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// The earlier ones to this address expire now: only the last link opens.
///
/// # Errors
/// When the database fails.
pub fn expire_earlier(tx: &mut WriteTx, venue: VenueId, key: &str, now: Instant) -> Result<(), StoreError> {
    let earlier = invitations::table
        .filter(invitations::venue_id.eq(venue).and(invitations::email_key.eq(key)))
        .filter(invitations::accepted_at.is_null().and(invitations::expires_at.gt(now)));
    diesel::update(earlier).set(invitations::expires_at.eq(now)).execute(&mut tx.connection)?;
    Ok(())
}

/// Withdraws an open invitation of the venue; `false` when there is none.
///
/// # Errors
/// When the database fails.
pub fn withdraw(
    tx: &mut WriteTx,
    venue: VenueId,
    id: InvitationId,
    now: Instant,
) -> Result<bool, StoreError> {
    let open = invitations::table
        .filter(invitations::id.eq(id).and(invitations::venue_id.eq(venue)))
        .filter(invitations::accepted_at.is_null().and(invitations::expires_at.gt(now)));
    Ok(diesel::update(open).set(invitations::expires_at.eq(now)).execute(&mut tx.connection)? == 1)
}

/// Forgets all that were sent to an address.
///
/// # Errors
/// When the database fails.
pub fn forget_address(tx: &mut WriteTx, key: &str) -> Result<(), StoreError> {
    diesel::delete(invitations::table.filter(invitations::email_key.eq(key))).execute(&mut tx.connection)?;
    Ok(())
}
