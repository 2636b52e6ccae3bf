//! Inviting people to an organisation by mail, and what accepting makes of them. Owners learn nothing of an address that
//! they did not know: who is invited is answered the same, whoever has an account or belongs to it already.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{joiners, members};
use crate::{
    app::{
        App, Done,
        accounts::me::OwnOrganisation,
        error::{Code, Error},
        page::{Asked, Page},
        staff::invite::{self, DAY, InvitationView, Offer},
    },
    domain::{
        access::{self, Action, Actor, Joining, OrganisationRole},
        ids::{InvitationId, OrganisationId},
        instant::Instant,
        person::EmailAddress,
        zone::Zone,
    },
    store::{
        audit,
        db::WriteTx,
        idempotency::Claim,
        invitations::{self, Invitation, To},
        join_requests, locks, organisations, users,
    },
};

/// How many a person may send a day in the name of organisations, which anybody may make: mails go to addresses that did
/// not ask for them.
const PER_DAY: i64 = 20;

/// Who is invited, and as what.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMember {
    pub email: EmailAddress,
    pub role: OrganisationRole,
}

/// Sends an invitation; an earlier one to the same address ends.
///
/// # Errors
/// `not_found` unless a member, `forbidden` unless an owner, `rate_limited` after 20 a day of one's own.
pub fn invite(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: OrganisationId,
    new: NewMember,
) -> Result<Done<InvitationView>, Error> {
    access::may(actor, Action::EditOrganisation(id))?;
    let by = actor.person().ok_or(Error::Plain(Code::Unauthenticated))?.id;
    let app_ = app.clone();
    app.command("invite to an organisation", claim, move |tx| {
        locks::claimant(tx, by, Some(id))?;
        members::still_owner(tx, id, Some(by))?;
        let now = app_.now();
        if invitations::sent_by(tx, by, now.plus(-DAY))? >= PER_DAY {
            return Err(Code::RateLimited.into());
        }
        let organisation = organisations::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        let vouched = organisation.is_creative(now);
        let offer = Offer { place: organisation.name, zone: Zone::default(), role: new.role.into(), vouched };
        let sent = invite::send(tx, &app_, offer, To::Organisation(id), &new.email, by)?;
        let entry = audit::Entry::new(app_.id(), now, Some(by), "organisation.invited", id);
        // Whom, the invitation itself says while it is kept.
        audit::append(tx, &entry.with(json!({"invitation": sent.id, "role": new.role})))?;
        InvitationView::new(&sent)
    })
}

/// Those that are open.
///
/// # Errors
/// `not_found` unless a member, `forbidden` unless an owner, `invalid` for a wrong limit or cursor.
pub fn list(
    app: &App,
    actor: &Actor,
    id: OrganisationId,
    asked: &Asked,
) -> Result<Page<InvitationView>, Error> {
    access::may(actor, Action::EditOrganisation(id))?;
    invite::open(app, To::Organisation(id), asked)
}

/// # Errors
/// `not_found` unless a member, and when it is not open; `forbidden` unless an owner.
pub fn withdraw(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: OrganisationId,
    invitation: InvitationId,
) -> Result<Done<()>, Error> {
    access::may(actor, Action::EditOrganisation(id))?;
    let by = actor.person().ok_or(Error::Plain(Code::Unauthenticated))?.id;
    let app_ = app.clone();
    app.command("withdraw an invitation to an organisation", claim, move |tx| {
        locks::claimant(tx, by, Some(id))?;
        members::still_owner(tx, id, Some(by))?;
        let now = app_.now();
        if !invitations::withdraw(tx, To::Organisation(id), invitation, now)? {
            return Err(Error::NOT_FOUND);
        }
        let action = "organisation.invitation_withdrawn";
        let entry = audit::Entry::new(app_.id(), now, Some(by), action, id);
        audit::append(tx, &entry.with(json!({"invitation": invitation})))?;
        Ok(())
    })
}

/// Takes the person, who is locked with the organisation, in as what they were invited; a member keeps the role they have.
/// What they had asked themselves is answered by it.
///
/// # Errors
/// `not_found` when it is over, or who sent it is no owner any more.
pub(crate) fn accept(
    tx: &mut WriteTx,
    app: &App,
    invitation: &Invitation,
    joining: Joining,
) -> Result<OwnOrganisation, Error> {
    let Joining { person, organisation: id } = joining;
    let (now, standing) = (app.now(), organisations::role(tx, id, person)?);
    let role = match (standing, invitation.role()?) {
        (Some(role), _) if invitation.accepted_at.is_some() => role,
        (standing, Some(offered)) if is_open(tx, invitation, id, now)? => {
            invitations::accept(tx, invitation.id, now)?;
            match standing {
                Some(role) => role,
                None => enter(tx, app, invitation, joining, offered)?,
            }
        }
        _ => return Err(Error::NOT_FOUND),
    };
    let organisation = organisations::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
    Ok(OwnOrganisation { id, name: organisation.name, role })
}

/// Who was removed, or is an owner no more, can't have left a way back in.
fn is_open(
    tx: &mut WriteTx,
    invitation: &Invitation,
    id: OrganisationId,
    now: Instant,
) -> Result<bool, Error> {
    let invites = organisations::role(tx, id, invitation.invited_by)? == Some(OrganisationRole::Owner);
    Ok(invites && invitation.accepted_at.is_none() && now < invitation.expires_at)
}

fn enter(
    tx: &mut WriteTx,
    app: &App,
    invitation: &Invitation,
    joining: Joining,
    role: OrganisationRole,
) -> Result<OrganisationRole, Error> {
    let (Joining { person, organisation }, now) = (joining, app.now());
    if let Some(request) = join_requests::waiting(tx, joining)? {
        joiners::take_in(tx, app, request, invitation.invited_by, now)?;
    }
    organisations::set_member(tx, organisation, person, role, now)?;
    users::touch(tx, person)?;
    let action = "organisation.invitation_accepted";
    let entry = audit::Entry::new(app.id(), now, Some(person), action, organisation);
    audit::append(tx, &entry.with(json!({"invitation": invitation.id, "user": person, "role": role})))?;
    Ok(role)
}
