//! Accepting an invitation to a venue's staff, a network's coordinators, the members of either or an organisation.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::teams::{self, EntryView, Seat, Team};
use crate::{
    app::{
        App, Done,
        accounts::me::OwnOrganisation,
        credentials::random::TokenHash,
        error::{Code, Error, Why},
        organisations::inviting,
    },
    domain::{
        access::{self, Action, Actor, Place},
        ids::{NetworkId, UserId, VenueId},
    },
    store::{
        db::{ReadTx, WriteTx},
        idempotency::Claim,
        invitations::{self, Invitation, To},
        locks, places, staff, users,
    },
};

/// The token of an invitation's link.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Joining {
    /// From the link, after `#token=`.
    pub token: String,
}

/// Where one works or belongs now: a venue, a network or an organisation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Joined {
    pub venue_id: Option<VenueId>,
    pub venue_name: Option<String>,
    pub network_id: Option<NetworkId>,
    pub network_name: Option<String>,
    /// One's place in the team, or among the members; null in an organisation.
    pub staff: Option<EntryView>,
    /// Among the accepted members of the venue or the network, not in its team.
    pub as_member: bool,
    /// One's part in an organisation.
    pub organisation: Option<OwnOrganisation>,
}

const NOWHERE: Joined = Joined {
    venue_id: None,
    venue_name: None,
    network_id: None,
    network_name: None,
    staff: None,
    as_member: false,
    organisation: None,
};

/// The link may have been forwarded, so it opens for its own address only.
///
/// # Errors
/// `unauthenticated`, `address_unverified`, `forbidden` for another address than the invited one,
/// `not_found` when the invitation is unknown, over or withdrawn, or who sent it may invite no longer.
pub fn join(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    joining: &Joining,
) -> Result<Done<Joined>, Error> {
    access::may(actor, Action::AcceptInvitation)?;
    let person = actor.person().ok_or(Error::Plain(Code::Unauthenticated))?.id;
    let hash = TokenHash::of(&joining.token);
    let app_ = app.clone();
    app.command("accept an invitation", claim, move |tx| accept(tx, &app_, person, &hash))
}

fn accept(tx: &mut WriteTx, app: &App, person: UserId, hash: &TokenHash) -> Result<Joined, Error> {
    match invitations::by_token(tx, hash.as_bytes())?.ok_or(Error::NOT_FOUND)?.to()? {
        To::Team(team) => to_team(tx, app, person, hash, team),
        To::Organisation(organisation) => {
            locks::claimant(tx, person, Some(organisation))?;
            let invitation = for_them(tx, person, hash)?;
            let joining = access::Joining { person, organisation };
            let organisation = Some(inviting::accept(tx, app, &invitation, joining)?);
            Ok(Joined { organisation, ..NOWHERE })
        }
    }
}

/// The invitation under the locks: it may have been withdrawn or accepted since it was looked for.
fn for_them(tx: &mut ReadTx, person: UserId, hash: &TokenHash) -> Result<Invitation, Error> {
    let invitation = invitations::by_token(tx, hash.as_bytes())?.ok_or(Error::NOT_FOUND)?;
    let account = users::find(tx, person)?.ok_or(Error::Plain(Code::Unauthenticated))?;
    if account.email_key != invitation.email_key {
        return Err(Error::Because(Code::Forbidden, Why::InvitedElsewhere, None));
    }
    Ok(invitation)
}

fn to_team(
    tx: &mut WriteTx,
    app: &App,
    person: UserId,
    hash: &TokenHash,
    team: Team,
) -> Result<Joined, Error> {
    let seat = Seat::of(tx, team)?;
    locks::claimant(tx, person, None)?;
    seat.lock_place(tx)?;
    let invitation = for_them(tx, person, hash)?;
    let now = app.now();
    let joined_before = invitation.accepted_at.is_some() && staff::find(tx, team, person)?.is_some();
    let open = invitation.accepted_at.is_none() && now < invitation.expires_at;
    if open && may_invite(tx, invitation.invited_by, seat)? {
        invitations::accept(tx, invitation.id, now)?;
    } else if !joined_before {
        return Err(Error::NOT_FOUND);
    }
    let entry = teams::join(tx, app, team, seat, person, Some(invitation.invited_by))?;
    Ok(Joined { as_member: invitation.as_member, ..joined(tx, seat, entry)? })
}

fn joined(tx: &mut ReadTx, seat: Seat, staff: EntryView) -> Result<Joined, Error> {
    let nowhere = Joined { staff: Some(staff), ..NOWHERE };
    Ok(match seat {
        Seat::Venue(place) => {
            let venue = places::venue(tx, place.venue)?.ok_or(Error::NOT_FOUND)?;
            Joined { venue_id: Some(venue.id), venue_name: Some(venue.name), ..nowhere }
        }
        Seat::Network(network) => {
            let network = places::network(tx, network)?.ok_or(Error::NOT_FOUND)?;
            Joined { network_id: Some(network.id), network_name: Some(network.name), ..nowhere }
        }
    })
}

/// Who was removed can't have left a way back in.
fn may_invite(tx: &mut ReadTx, inviter: UserId, seat: Seat) -> Result<bool, Error> {
    let Some(account) = users::find(tx, inviter)? else { return Ok(false) };
    let (venue, network) = match seat {
        Seat::Venue(Place { venue, network }) => (Some(venue), network),
        Seat::Network(network) => (None, network),
    };
    let on_staff = match venue {
        Some(venue) => staff::find(tx, Team::Staff(venue), inviter)?.is_some(),
        None => false,
    };
    Ok(account.is_administrator
        || on_staff
        || staff::find(tx, Team::Coordinators(network), inviter)?.is_some())
}
