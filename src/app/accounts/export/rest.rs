//! What an export tells besides: addresses, invitations, mails, and what the audit says.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{error::Error, shown},
    domain::ids::{InvitationId, MessageId, NetworkId, OrganisationId, UserId, VenueId},
    store::{address_changes, audit_chain, db::ReadTx, guests, invitations, outbox, users::Account},
};

/// An address one moved to, or wished to move to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnAddress {
    pub email: String,
    /// What it was before; null until it is confirmed.
    pub former_email: Option<String>,
    #[schema(format = DateTime)]
    pub asked_at: String,
    #[schema(format = DateTime)]
    pub confirmed_at: Option<String>,
}

/// An invitation to one's address.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnInvitation {
    pub id: InvitationId,
    pub venue_id: Option<VenueId>,
    pub network_id: Option<NetworkId>,
    pub organisation_id: Option<OrganisationId>,
    /// As what, to an organisation.
    pub role: Option<String>,
    /// As an accepted member of the venue or the network.
    pub as_member: bool,
    pub email: String,
    #[schema(format = DateTime)]
    pub created_at: String,
    #[schema(format = DateTime)]
    pub accepted_at: Option<String>,
}

/// A mail to one.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnMail {
    pub id: MessageId,
    /// Such as `reservation_confirmed`.
    pub kind: String,
    pub to: String,
    /// `queued`, `sent` or `dead`.
    pub state: String,
    #[schema(format = DateTime)]
    pub created_at: String,
    #[schema(format = DateTime)]
    pub sent_at: Option<String>,
}

/// A venue that reserved for one, and what it knows one by.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GuestOf {
    pub venue_id: VenueId,
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    #[schema(format = DateTime)]
    pub since: String,
}

/// Something that was done to one's account, a reservation or a series of one's.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnDeed {
    #[schema(format = DateTime)]
    pub at: String,
    /// Such as `reservation.cancelled`.
    pub action: String,
    pub subject_id: String,
    /// Whether one did it oneself.
    pub own: bool,
    /// What was said with it, such as the message of a cancellation.
    pub details: String,
}

pub(super) fn addresses(tx: &mut ReadTx, id: UserId) -> Result<Vec<OwnAddress>, Error> {
    let changes = address_changes::all_of(tx, id)?.into_iter().map(|change| OwnAddress {
        email: change.email,
        former_email: change.former_email,
        asked_at: shown(change.created_at),
        confirmed_at: change.confirmed_at.map(shown),
    });
    Ok(changes.collect())
}

pub(super) fn invitations(tx: &mut ReadTx, account: &Account) -> Result<Vec<OwnInvitation>, Error> {
    let sent = invitations::to_address(tx, &account.email_key)?.into_iter().map(|invitation| OwnInvitation {
        id: invitation.id,
        venue_id: invitation.venue_id,
        network_id: invitation.network_id,
        organisation_id: invitation.organisation_id,
        role: invitation.role,
        as_member: invitation.as_member,
        email: invitation.email,
        created_at: shown(invitation.created_at),
        accepted_at: invitation.accepted_at.map(shown),
    });
    Ok(sent.collect())
}

pub(super) fn guest_of(tx: &mut ReadTx, id: UserId) -> Result<Vec<GuestOf>, Error> {
    let all = guests::of(tx, id)?.into_iter().map(|guest| GuestOf {
        venue_id: guest.venue_id,
        name: guest.name,
        email: guest.email,
        phone: guest.phone,
        since: shown(guest.created_at),
    });
    Ok(all.collect())
}

pub(super) fn mails(tx: &mut ReadTx, id: UserId) -> Result<Vec<OwnMail>, Error> {
    let mails = outbox::all_to(tx, id)?.into_iter().map(|mail| OwnMail {
        id: mail.id,
        kind: mail.kind,
        to: mail.to_email,
        state: mail.state,
        created_at: shown(mail.created_at),
        sent_at: mail.sent_at.map(shown),
    });
    Ok(mails.collect())
}

pub(super) fn history(tx: &mut ReadTx, id: UserId, venue: Option<VenueId>) -> Result<Vec<OwnDeed>, Error> {
    let deeds = audit_chain::about(tx, id, venue)?.into_iter().map(|entry| OwnDeed {
        at: shown(entry.at),
        own: entry.actor_id == Some(id),
        subject_id: entry.public_subject(),
        action: entry.action,
        details: entry.payload,
    });
    Ok(deeds.collect())
}
