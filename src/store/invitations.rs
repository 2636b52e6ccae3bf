//! Invitations to a venue's staff, a network's coordinators, the members of either, or an organisation ↔ their rows.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::invitations,
    staff::Team,
};
use crate::domain::{
    access::OrganisationRole,
    ids::{InvitationId, NetworkId, OrganisationId, UserId, VenueId},
    instant::Instant,
};

/// What somebody is invited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// A venue's staff, a network's coordinators, or the members of either.
    Team(Team),
    Organisation(OrganisationId),
}

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
    pub organisation_id: Option<OrganisationId>,
    /// Of an organisation; read it through [`Invitation::role`].
    pub role: Option<String>,
    /// To be a member of the venue or the network, which its team is not.
    pub as_member: bool,
}

impl Invitation {
    /// # Errors
    /// `Corrupt` where it names none or several.
    pub fn to(&self) -> Result<To, StoreError> {
        match (self.venue_id, self.network_id, self.organisation_id, self.as_member) {
            (Some(venue), None, None, false) => Ok(To::Team(Team::Staff(venue))),
            (Some(venue), None, None, true) => Ok(To::Team(Team::VenueMembers(venue))),
            (None, Some(network), None, false) => Ok(To::Team(Team::Coordinators(network))),
            (None, Some(network), None, true) => Ok(To::Team(Team::NetworkMembers(network))),
            (None, None, Some(organisation), false) => Ok(To::Organisation(organisation)),
            _ => Err(StoreError::Corrupt(format!("nobody knows what the invitation {} is to", self.id))),
        }
    }

    /// As what an organisation invites; `None` to teams.
    ///
    /// # Errors
    /// `Corrupt` where it is no role.
    pub fn role(&self) -> Result<Option<OrganisationRole>, StoreError> {
        let role = self.role.as_deref().map(str::parse).transpose();
        role.map_err(|error| StoreError::corrupt("invitations.role", error))
    }
}

/// The columns of what somebody is invited to; all but one are null, and equal to nothing.
pub const fn columns(to: To) -> (Option<VenueId>, Option<NetworkId>, Option<OrganisationId>) {
    match to {
        To::Team(Team::Staff(venue) | Team::VenueMembers(venue)) => (Some(venue), None, None),
        To::Team(Team::Coordinators(network) | Team::NetworkMembers(network)) => (None, Some(network), None),
        // Nobody is invited to decide.
        To::Team(Team::Delegates(_)) => (None, None, None),
        To::Organisation(organisation) => (None, None, Some(organisation)),
    }
}

pub const fn as_member(to: To) -> bool {
    matches!(to, To::Team(Team::VenueMembers(_) | Team::NetworkMembers(_)))
}

#[diesel::dsl::auto_type]
fn of(to: To) -> _ {
    let venue: Option<VenueId> = columns(to).0;
    let network: Option<NetworkId> = columns(to).1;
    let organisation: Option<OrganisationId> = columns(to).2;
    let member: bool = as_member(to);
    invitations::venue_id
        .eq(venue)
        .or(invitations::network_id.eq(network))
        .or(invitations::organisation_id.eq(organisation))
        .and(invitations::as_member.eq(member))
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

/// How many to it were sent since `since`.
///
/// # Errors
/// When the database fails.
pub fn sent_since(tx: &mut ReadTx, to: To, since: Instant) -> Result<i64, StoreError> {
    let sent = invitations::table.filter(of(to)).filter(invitations::created_at.gt(since));
    Ok(sent.count().get_result(&mut tx.connection)?)
}

/// How many a person sent in the name of organisations since `since`.
///
/// # Errors
/// When the database fails.
pub fn sent_by(tx: &mut ReadTx, person: UserId, since: Instant) -> Result<i64, StoreError> {
    let sent = invitations::table
        .filter(invitations::invited_by.eq(person).and(invitations::organisation_id.is_not_null()))
        .filter(invitations::created_at.gt(since));
    Ok(sent.count().get_result(&mut tx.connection)?)
}

/// Up to `limit` of the open invitations to it after `after`, by id.
///
/// # Errors
/// When the database fails.
pub fn open(
    tx: &mut ReadTx,
    to: To,
    now: Instant,
    after: Option<InvitationId>,
    limit: i64,
) -> Result<Vec<Invitation>, StoreError> {
    let after = after.unwrap_or(InvitationId::from_uuid(uuid::Uuid::nil()));
    Ok(invitations::table
        .filter(of(to))
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
pub fn expire_earlier(tx: &mut WriteTx, to: To, key: &str, now: Instant) -> Result<(), StoreError> {
    let earlier = invitations::table
        .filter(of(to))
        .filter(invitations::email_key.eq(key))
        .filter(invitations::accepted_at.is_null().and(invitations::expires_at.gt(now)));
    diesel::update(earlier).set(invitations::expires_at.eq(now)).execute(&mut tx.connection)?;
    Ok(())
}

/// Withdraws an open invitation to it; `false` when there is none.
///
/// # Errors
/// When the database fails.
pub fn withdraw(tx: &mut WriteTx, to: To, id: InvitationId, now: Instant) -> Result<bool, StoreError> {
    let open = invitations::table
        .filter(of(to))
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
