//! Inviting people to a venue's staff by mail, seeing and withdrawing invitations.

use std::sync::Arc;

use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::teams::Team;
use crate::{
    app::{
        App, Done,
        credentials::random::{self, TokenHash},
        error::{Code, Error},
        page::{self, Asked, Page},
        shown,
    },
    domain::{
        access::{self, Action, Actor, Place},
        ids::{InvitationId, UserId, VenueId},
        instant::Instant,
        locale::Locale,
        person::EmailAddress,
        places::Venue,
    },
    mail::notice::{InvitedRole, Notice},
    store::{
        audit,
        db::WriteTx,
        idempotency::Claim,
        invitations::{self, Invitation},
        locks,
        outbox::{self, Outgoing, Priority},
        places, staff, users,
    },
};

/// Seconds an invitation is open: 14 days.
const OPEN: i64 = 14 * 86_400;
/// How many a venue may send a day: mails go to addresses that did not ask for them.
const PER_DAY: i64 = 50;
const DAY: i64 = 86_400;

/// Who is invited.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    pub email: EmailAddress,
}

/// An open invitation.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Invitation)]
pub struct InvitationView {
    pub id: InvitationId,
    pub venue_id: VenueId,
    pub email: String,
    #[schema(format = DateTime)]
    pub expires_at: String,
}

impl From<&Invitation> for InvitationView {
    fn from(invitation: &Invitation) -> Self {
        Self {
            id: invitation.id,
            venue_id: invitation.venue_id,
            email: invitation.email.clone(),
            expires_at: shown(invitation.expires_at),
        }
    }
}

fn managed(app: &App, actor: &Actor, venue: VenueId) -> Result<Place, Error> {
    let place = app.db.read(|tx| places::place(tx, venue))?.ok_or(Error::NOT_FOUND)?;
    access::may(actor, Action::ManageStaff(place))?;
    Ok(place)
}

/// Sends an invitation; an earlier one to the same address ends.
///
/// # Errors
/// `not_found`, `forbidden`, `duplicate` when the address's owner works there, `rate_limited` after 50 a day.
pub fn invite(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    venue: VenueId,
    email: EmailAddress,
) -> Result<Done<InvitationView>, Error> {
    let place = managed(app, actor, venue)?;
    let by = actor.person().ok_or(Error::Plain(Code::Unauthenticated))?.id;
    let app_ = app.clone();
    app.command("invite to a venue", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        let venue = places::venue(tx, venue)?.ok_or(Error::NOT_FOUND)?;
        let now = app_.now();
        if invitations::sent_since(tx, venue.id, now.plus(-DAY))? >= PER_DAY {
            return Err(Code::RateLimited.into());
        }
        if let Some(known) = users::by_email(tx, &email.canonical())?
            && staff::find(tx, Team::Staff(venue.id), known.id)?.is_some()
        {
            return Err(Code::Duplicate.into());
        }
        invitations::expire_earlier(tx, venue.id, &email.canonical(), now)?;
        let invitation = send(tx, &app_, &venue, &email, by, now)?;
        let entry = audit::Entry::new(app_.id(), now, Some(by), "staff.invited", invitation.id);
        audit::append(tx, &entry.within(place).with(json!({"email": email})))?;
        Ok(InvitationView::from(&invitation))
    })
}

fn send(
    tx: &mut WriteTx,
    app: &App,
    venue: &Venue,
    email: &EmailAddress,
    by: UserId,
    now: Instant,
) -> Result<Invitation, Error> {
    let token = random::token();
    let invitation = Invitation {
        id: app.id(),
        venue_id: venue.id,
        email: email.to_string(),
        email_key: email.canonical(),
        token_hash: TokenHash::of(token.expose_secret()).as_bytes().to_vec(),
        invited_by: by,
        expires_at: now.plus(OPEN),
        accepted_at: None,
        created_at: now,
    };
    invitations::insert(tx, &invitation)?;
    let link = format!("{}/invitation#token={}", app.public_url, token.expose_secret());
    let notice = Notice::Invitation { place: venue.name.clone(), role: InvitedRole::Manager, link };
    tell(tx, app, email, by, &notice, now)?;
    Ok(invitation)
}

/// Writes to an address that may have no account: without a name, in the language of its account, else
/// of who invites.
fn tell(
    tx: &mut WriteTx,
    app: &App,
    email: &EmailAddress,
    by: UserId,
    notice: &Notice,
    now: Instant,
) -> Result<(), Error> {
    let known = users::by_email(tx, &email.canonical())?;
    let speaker = match &known {
        Some(account) => Some(account.clone()),
        None => users::find(tx, by)?,
    };
    let locale = speaker.map_or(Ok(Locale::default()), |account| account.locale())?;
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
pub fn list(app: &App, actor: &Actor, venue: VenueId, asked: &Asked) -> Result<Page<InvitationView>, Error> {
    managed(app, actor, venue)?;
    let (limit, of) = (asked.limit()?, format!("invitations of {venue}"));
    let after = asked.after::<InvitationId>(app, &of)?;
    let now = app.now();
    let found = app.db.read(|tx| invitations::open(tx, venue, now, after, limit as i64 + 1))?;
    let views = found.iter().map(InvitationView::from).collect();
    page::page(app, &of, views, limit, |view: &InvitationView| view.id)
}

/// # Errors
/// `not_found` when it is not open, `forbidden`.
pub fn withdraw(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    venue: VenueId,
    id: InvitationId,
) -> Result<Done<()>, Error> {
    let place = managed(app, actor, venue)?;
    let by = actor.person().map(|person| person.id);
    let app_ = app.clone();
    app.command("withdraw an invitation", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        let now = app_.now();
        if !invitations::withdraw(tx, venue, id, now)? {
            return Err(Error::NOT_FOUND);
        }
        let entry = audit::Entry::new(app_.id(), now, by, "staff.invitation_withdrawn", id);
        audit::append(tx, &entry.within(place))?;
        Ok(())
    })
}
