//! Invitations to a venue's staff or a network's coordinators ↔ their rows.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::invitations,
    staff::Team,
};
use crate::domain::{
    ids::{InvitationId, NetworkId, UserId, VenueId},
    instant::Instant,
};

/// An invitation; its link is known by its SHA-256 alone.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = invitations)]
pub struct Invitation {
    pub id: InvitationId,
    pub venue_id: Option<VenueId>,
    pub email: String,
    pub email_key: String,
    pub token_hash: Vec<u8>,
    pub invited_by: UserId,
    pub expires_at: Instant,
    pub accepted_at: Option<Instant>,
    pub created_at: Instant,
    pub network_id: Option<NetworkId>,
}

impl Invitation {
    /// # Errors
    /// `Corrupt` where it names neither or both.
    pub fn team(&self) -> Result<Team, StoreError> {
        match (self.venue_id, self.network_id) {
            (Some(venue), None) => Ok(Team::Staff(venue)),
            (None, Some(network)) => Ok(Team::Coordinators(network)),
            _ => Err(StoreError::Corrupt(format!("the invitation {} is to no team", self.id))),
        }
    }
}

/// The two columns of a team; one is null, and equal to nothing.
const fn columns(team: Team) -> (Option<VenueId>, Option<NetworkId>) {
    match team {
        Team::Staff(venue) => (Some(venue), None),
        Team::Coordinators(network) => (None, Some(network)),
        // Nobody is invited to these.
        Team::VenueMembers(_) | Team::NetworkMembers(_) | Team::Delegates(_) => (None, None),
    }
}

#[diesel::dsl::auto_type]
fn of(team: Team) -> _ {
    let venue: Option<VenueId> = columns(team).0;
    let network: Option<NetworkId> = columns(team).1;
    invitations::venue_id.eq(venue).or(invitations::network_id.eq(network))
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

/// How many to a team were sent since `since`.
///
/// # Errors
/// When the database fails.
pub fn sent_since(tx: &mut ReadTx, team: Team, since: Instant) -> Result<i64, StoreError> {
    let sent = invitations::table.filter(of(team)).filter(invitations::created_at.gt(since));
    Ok(sent.count().get_result(&mut tx.connection)?)
}

/// Up to `limit` of a team's open invitations after `after`, by id.
///
/// # Errors
/// When the database fails.
pub fn open(
    tx: &mut ReadTx,
    team: Team,
    now: Instant,
    after: Option<InvitationId>,
    limit: i64,
) -> Result<Vec<Invitation>, StoreError> {
    let after = after.unwrap_or(InvitationId::from_uuid(uuid::Uuid::nil()));
    Ok(invitations::table
        .filter(of(team))
        .filter(invitations::id.gt(after))
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
pub fn expire_earlier(tx: &mut WriteTx, team: Team, key: &str, now: Instant) -> Result<(), StoreError> {
    let earlier = invitations::table
        .filter(of(team))
        .filter(invitations::email_key.eq(key))
        .filter(invitations::accepted_at.is_null().and(invitations::expires_at.gt(now)));
    diesel::update(earlier).set(invitations::expires_at.eq(now)).execute(&mut tx.connection)?;
    Ok(())
}

/// Withdraws an open invitation to the team; `false` when there is none.
///
/// # Errors
/// When the database fails.
pub fn withdraw(tx: &mut WriteTx, team: Team, id: InvitationId, now: Instant) -> Result<bool, StoreError> {
    let open = invitations::table
        .filter(of(team))
        .filter(invitations::id.eq(id))
        .filter(invitations::accepted_at.is_null().and(invitations::expires_at.gt(now)));
    Ok(diesel::update(open).set(invitations::expires_at.eq(now)).execute(&mut tx.connection)? == 1)
}

/// All that were sent to an address, by id.
///
/// # Errors
/// When the database fails.
pub fn to_address(tx: &mut ReadTx, key: &str) -> Result<Vec<Invitation>, StoreError> {
    let sent = invitations::table.filter(invitations::email_key.eq(key)).order(invitations::id);
    Ok(sent.select(Invitation::as_select()).load(&mut tx.connection)?)
}
