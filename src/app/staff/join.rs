//! Accepting an invitation to a venue's staff.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::teams::{self, EntryView, Seat, Team};
use crate::{
    app::{
        App, Done,
        credentials::random::TokenHash,
        error::{Code, Error},
    },
    domain::{
        access::{self, Action, Actor, Place},
        ids::{UserId, VenueId},
    },
    store::{
        db::{ReadTx, WriteTx},
        idempotency::Claim,
        invitations, locks, places, staff, users,
    },
};

/// The token of an invitation's link.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Joining {
    /// From the link, after `#token=`.
    pub token: String,
}

/// Where one works now.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Joined {
    pub venue_id: VenueId,
    pub venue_name: String,
    pub staff: EntryView,
}

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
    let invitation = invitations::by_token(tx, hash.as_bytes())?.ok_or(Error::NOT_FOUND)?;
    let team = Team::Staff(invitation.venue_id);
    let place = places::place(tx, invitation.venue_id)?.ok_or(Error::NOT_FOUND)?;
    locks::claimant(tx, person, None)?;
    locks::edit_venue(tx, place)?;
    // Read again under the locks: it may have been withdrawn or accepted since.
    let invitation = invitations::by_token(tx, hash.as_bytes())?.ok_or(Error::NOT_FOUND)?;
    let account = users::find(tx, person)?.ok_or(Error::Plain(Code::Unauthenticated))?;
    if account.email_key != invitation.email_key {
        let why = "the invitation was sent to another address than that of your account";
        return Err(Error::Detailed(Code::Forbidden, why.to_owned()));
    }
    let now = app.now();
    let joined_before = invitation.accepted_at.is_some() && staff::find(tx, team, person)?.is_some();
    let open = invitation.accepted_at.is_none() && now < invitation.expires_at;
    if open && may_invite(tx, invitation.invited_by, place)? {
        invitations::accept(tx, invitation.id, now)?;
    } else if !joined_before {
        return Err(Error::NOT_FOUND);
    }
    let entry = teams::join(tx, app, team, Seat::Venue(place), person, Some(invitation.invited_by))?;
    let venue = places::venue(tx, place.venue)?.ok_or(Error::NOT_FOUND)?;
    Ok(Joined { venue_id: venue.id, venue_name: venue.name, staff: entry })
}

/// Who was removed can't have left a way back in.
fn may_invite(tx: &mut ReadTx, inviter: UserId, place: Place) -> Result<bool, Error> {
    let Some(account) = users::find(tx, inviter)? else { return Ok(false) };
    Ok(account.is_administrator
        || staff::find(tx, Team::Staff(place.venue), inviter)?.is_some()
        || staff::find(tx, Team::Coordinators(place.network), inviter)?.is_some())
}
