//! Inviting people to a venue's staff, a network's coordinators or the members of either by mail, seeing and withdrawing
//! invitations. What is sent is also what organisations send.

use std::sync::Arc;

use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::teams::{Seat, Team, managed};
use crate::{
    app::{
        App, Done,
        credentials::random::{self, TokenHash},
        error::{Code, Error},
        page::{self, Asked, Page},
        shown,
    },
    domain::{
        access::{Actor, OrganisationRole, Place},
        ids::{InvitationId, NetworkId, OrganisationId, UserId, VenueId},
        instant::Instant,
        person::EmailAddress,
        zone::Zone,
    },
    mail::{
        invitation::{InvitationNotice, InvitedRole, Terms},
        notice::Notice,
    },
    store::{
        audit,
        db::{ReadTx, WriteTx},
        idempotency::Claim,
        invitations::{self, Invitation, To},
        outbox::{self, Outgoing, Priority},
        places, staff,
        users::{self, Account},
    },
};

/// Seconds an invitation is open: 14 days.
const OPEN: i64 = 14 * 86_400;
/// How many a team may send a day: mails go to addresses that did not ask for them.
const PER_DAY: i64 = 50;
pub(crate) const DAY: i64 = 86_400;

/// Who is invited.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    pub email: EmailAddress,
    /// To be an accepted member, not staff or a coordinator.
    #[serde(default)]
    pub as_member: bool,
}

/// An open invitation: to a venue's staff, to a network's coordinators, to the members of either or to an organisation.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Invitation)]
pub struct InvitationView {
    pub id: InvitationId,
    pub venue_id: Option<VenueId>,
    pub network_id: Option<NetworkId>,
    pub organisation_id: Option<OrganisationId>,
    /// As what, to an organisation.
    pub role: Option<OrganisationRole>,
    /// As an accepted member of the venue or the network.
    pub as_member: bool,
    pub email: String,
    #[schema(format = DateTime)]
    pub expires_at: String,
}

impl InvitationView {
    /// # Errors
    /// `Corrupt` where its role is none.
    pub(crate) fn new(invitation: &Invitation) -> Result<Self, Error> {
        Ok(Self {
            organisation_id: invitation.organisation_id,
            role: invitation.role()?,
            as_member: invitation.as_member,
            id: invitation.id,
            venue_id: invitation.venue_id,
            network_id: invitation.network_id,
            email: invitation.email.clone(),
            expires_at: shown(invitation.expires_at),
        })
    }
}

/// What the audit calls an invitation that is sent, or withdrawn.
const fn action(team: Team, sent: bool) -> &'static str {
    match (team, sent) {
        (Team::Staff(_) | Team::Delegates(_), true) => "staff.invited",
        (Team::Staff(_) | Team::Delegates(_), false) => "staff.invitation_withdrawn",
        (Team::Coordinators(_), true) => "coordinator.invited",
        (Team::Coordinators(_), false) => "coordinator.invitation_withdrawn",
        (Team::VenueMembers(_) | Team::NetworkMembers(_), true) => "member.invited",
        (Team::VenueMembers(_) | Team::NetworkMembers(_), false) => "member.invitation_withdrawn",
    }
}

/// Sends an invitation; an earlier one to the same address ends.
///
/// # Errors
/// `not_found`, `forbidden`, `duplicate` when the address's owner is in the team, `rate_limited` after 50 a day.
pub fn invite(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    team: Team,
    email: EmailAddress,
) -> Result<Done<InvitationView>, Error> {
    let seat = managed(app, actor, team)?;
    let by = actor.person().ok_or(Error::Plain(Code::Unauthenticated))?.id;
    let app_ = app.clone();
    app.command("invite to a team", claim, move |tx| {
        seat.lock_place(tx)?;
        let now = app_.now();
        let to = To::Team(team);
        if invitations::sent_since(tx, to, now.plus(-DAY))? >= PER_DAY {
            return Err(Code::RateLimited.into());
        }
        if let Some(known) = users::by_email(tx, &email.canonical())?
            && staff::find(tx, team, known.id)?.is_some()
        {
            return Err(Code::Duplicate.into());
        }
        let offer = offer(tx, (team, seat))?;
        let invitation = send(tx, &app_, offer, to, &email, by)?;
        let entry = audit::Entry::new(app_.id(), now, Some(by), action(team, true), invitation.id);
        // Whom, the invitation itself says while it is kept.
        audit::append(tx, &seat.placed(entry))?;
        InvitationView::new(&invitation)
    })
}

/// What a letter of invitation says of where it is to.
pub(crate) struct Offer {
    /// Its name.
    pub place: String,
    /// In which it is told until when it is open.
    pub zone: Zone,
    pub role: InvitedRole,
    /// Somebody else than who invites answers for the name.
    pub vouched: bool,
}

fn offer(tx: &mut ReadTx, (team, seat): (Team, Seat)) -> Result<Offer, Error> {
    let role = match team {
        Team::Staff(_) | Team::Delegates(_) => InvitedRole::Manager,
        Team::Coordinators(_) => InvitedRole::Coordinator,
        Team::VenueMembers(_) | Team::NetworkMembers(_) => InvitedRole::AcceptedMember,
    };
    let (place, zone) = match seat {
        Seat::Venue(Place { venue, .. }) => {
            let named = places::venue(tx, venue)?.ok_or(Error::NOT_FOUND)?;
            (named.name, named.zone)
        }
        Seat::Network(network) => {
            let named = places::network(tx, network)?.ok_or(Error::NOT_FOUND)?;
            (named.name, named.zone)
        }
    };
    Ok(Offer { place, zone, role, vouched: true })
}

/// Makes the invitation and queues its letter; the earlier ones to the same address end.
///
/// # Errors
/// When the database fails.
pub(crate) fn send(
    tx: &mut WriteTx,
    app: &App,
    offer: Offer,
    to: To,
    email: &EmailAddress,
    by: UserId,
) -> Result<Invitation, Error> {
    let (token, now) = (random::token(), app.now());
    invitations::expire_earlier(tx, to, &email.canonical(), now)?;
    let (venue_id, network_id, organisation_id) = invitations::columns(to);
    let invitation = Invitation {
        id: app.id(),
        venue_id,
        email: email.to_string(),
        email_key: email.canonical(),
        token_hash: TokenHash::of(token.expose_secret()).as_bytes().to_vec(),
        invited_by: by,
        expires_at: now.plus(OPEN),
        accepted_at: None,
        created_at: now,
        network_id,
        organisation_id,
        role: offer.role.in_organisation().map(|role| role.to_string()),
        as_member: invitations::as_member(to),
    };
    invitations::insert(tx, &invitation)?;
    let link = format!("{}/invitation#token={}", app.public_url, token.expose_secret());
    let inviting = users::find(tx, by)?.ok_or(Error::Plain(Code::Unauthenticated))?;
    let Offer { place, zone, role, vouched } = offer;
    let terms = Terms { by, name: inviting.name.clone(), until: invitation.expires_at, zone: zone.tz() };
    let notice =
        InvitationNotice { place, role, vouched, link, organisation: organisation_id, terms: Some(terms) };
    tell(tx, app, email, &inviting, &Notice::Invitation(notice), now)?;
    Ok(invitation)
}

/// Writes to an address that may have no account: without a name, in the language of its account, else
/// of who invites.
fn tell(
    tx: &mut WriteTx,
    app: &App,
    email: &EmailAddress,
    by: &Account,
    notice: &Notice,
    now: Instant,
) -> Result<(), Error> {
    let known = users::by_email(tx, &email.canonical())?;
    let locale = known.as_ref().unwrap_or(by).locale()?;
    let message = Outgoing {
        id: app.id(),
        kind: notice.kind(),
        priority: Priority::Transactional,
        user: known.map(|account| account.id),
        to_email: email.to_string(),
        to_name: String::new(),
        locale: locale.tag(),
        payload: serde_json::to_string(notice).map_err(|error| Error::Broken(error.to_string()))?,
        created_at: now,
    };
    Ok(outbox::enqueue(tx, &message)?)
}

/// # Errors
/// `not_found`, `forbidden`, `invalid` for a wrong limit or cursor.
pub fn list(app: &App, actor: &Actor, team: Team, asked: &Asked) -> Result<Page<InvitationView>, Error> {
    managed(app, actor, team)?;
    open(app, To::Team(team), asked)
}

/// The open invitations to it, for who may see them.
///
/// # Errors
/// `invalid` for a wrong limit or cursor.
pub(crate) fn open(app: &App, to: To, asked: &Asked) -> Result<Page<InvitationView>, Error> {
    let (limit, of) = (asked.limit()?, format!("invitations to {to:?}"));
    let after = asked.after::<InvitationId>(app, &of)?;
    let now = app.now();
    let found = app.db.read(|tx| invitations::open(tx, to, now, after, limit as i64 + 1))?;
    let views = found.iter().map(InvitationView::new).collect::<Result<_, _>>()?;
    page::page(app, &of, views, limit, |view: &InvitationView| view.id)
}

/// Of a place's team or of its members, whichever it is to.
///
/// # Errors
/// `not_found` when it is not open, `forbidden`.
pub fn withdraw(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    (team, members): (Team, Team),
    id: InvitationId,
) -> Result<Done<()>, Error> {
    let seat = managed(app, actor, team)?;
    managed(app, actor, members)?;
    let by = actor.person().map(|person| person.id);
    let app_ = app.clone();
    app.command("withdraw an invitation", claim, move |tx| {
        seat.lock_place(tx)?;
        let now = app_.now();
        for team in [team, members] {
            if invitations::withdraw(tx, To::Team(team), id, now)? {
                let entry = audit::Entry::new(app_.id(), now, by, action(team, false), id);
                return Ok(audit::append(tx, &seat.placed(entry))?);
            }
        }
        Err(Error::NOT_FOUND)
    })
}
