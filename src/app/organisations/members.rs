//! Members of an organisation and their roles: an organisation with members always has an owner.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::joiners;
use crate::{
    app::{
        App, Done,
        error::{Code, Error},
        notify,
        page::{self, Asked, Page},
    },
    domain::{
        access::{self, Action, Actor, Joining, OrganisationRole},
        ids::{OrganisationId, UserId},
    },
    mail::{
        notice::Notice,
        organisation::OrganisationView,
        standing::{MemberChange, Standing},
    },
    store::{
        audit,
        db::WriteTx,
        idempotency::Claim,
        join_requests, locks,
        organisations::{self, Member},
        people::Contact,
        users,
    },
};

/// What a member is to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    pub role: OrganisationRole,
}

/// A member as the others see them.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OrganisationMember)]
pub struct MemberView {
    pub user_id: UserId,
    pub name: String,
    pub role: OrganisationRole,
}

impl From<Member> for MemberView {
    fn from(member: Member) -> Self {
        Self { user_id: member.user, name: member.name, role: member.role }
    }
}

/// # Errors
/// `not_found` unless a member, `invalid` for a wrong limit or cursor.
pub fn list(app: &App, actor: &Actor, id: OrganisationId, asked: &Asked) -> Result<Page<MemberView>, Error> {
    access::may(actor, Action::SeeOrganisation(id))?;
    let (limit, of) = (asked.limit()?, format!("members of {id}"));
    let after = asked.after::<UserId>(app, &of)?;
    let found = app.db.read(|tx| organisations::members(tx, id, after, limit as i64 + 1))?;
    let views = found.into_iter().map(MemberView::from).collect();
    page::page(app, &of, views, limit, |view: &MemberView| view.user_id)
}

/// Changes a member's role, or takes in who asks to join. Anybody else is invited, and decides themselves.
///
/// # Errors
/// `forbidden` unless an owner, `not_found` unless a member or somebody who asks, `last_one` when no owner would remain.
pub fn put(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: OrganisationId,
    user: UserId,
    role: OrganisationRole,
) -> Result<Done<MemberView>, Error> {
    access::may(actor, Action::EditOrganisation(id))?;
    let person = actor.person().map(|person| person.id);
    let app_ = app.clone();
    app.command("put organisation member", claim, move |tx| {
        locks::claimant(tx, user, Some(id))?;
        still_owner(tx, id, person)?;
        let account = users::find(tx, user)?.ok_or(Error::NOT_FOUND)?;
        let before = organisations::role(tx, id, user)?;
        let asks = join_requests::waiting(tx, Joining { person: user, organisation: id })?;
        if before.is_none() && asks.is_none() {
            return Err(Error::NOT_FOUND);
        }
        let contact = account.contact();
        let view = MemberView { user_id: user, name: account.name, role };
        if before == Some(role) {
            return Ok(view);
        }
        owner_remains(tx, id, before)?;
        let now = app_.now();
        if let (Some(request), Some(by)) = (asks, person) {
            joiners::take_in(tx, &app_, request, by, now)?;
        }
        organisations::set_member(tx, id, user, role, now)?;
        users::touch(tx, user)?;
        let entry = audit::Entry::new(app_.id(), now, person, "organisation.member_set", id);
        audit::append(tx, &entry.with(json!({"user": user, "role": role})))?;
        let change = match role {
            OrganisationRole::Owner => Some(MemberChange::Owner),
            OrganisationRole::Member => before.map(|_| MemberChange::NoOwner),
        };
        if let Some(change) = change.filter(|_| person != Some(user)) {
            tell(tx, &app_, id, (&contact, change))?;
        }
        Ok(view)
    })
}

/// Removes a member; everybody may remove themselves.
///
/// # Errors
/// `forbidden` unless an owner or oneself, `not_found` unless a member, `last_one` for the last owner.
pub fn remove(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: OrganisationId,
    user: UserId,
) -> Result<Done<()>, Error> {
    let person = actor.person().map(|person| person.id);
    let leaves = person == Some(user);
    access::may(actor, if leaves { Action::SeeOrganisation(id) } else { Action::EditOrganisation(id) })?;
    let app_ = app.clone();
    app.command("remove organisation member", claim, move |tx| {
        locks::claimant(tx, user, Some(id))?;
        if !leaves {
            still_owner(tx, id, person)?;
        }
        let role = organisations::role(tx, id, user)?.ok_or(Error::NOT_FOUND)?;
        owner_remains(tx, id, Some(role))?;
        organisations::remove_member(tx, id, user)?;
        users::touch(tx, user)?;
        let entry = audit::Entry::new(app_.id(), app_.now(), person, "organisation.member_removed", id);
        audit::append(tx, &entry.with(json!({"user": user})))?;
        if !leaves && let Some(account) = users::find(tx, user)? {
            tell(tx, &app_, id, (&account.contact(), MemberChange::Removed))?;
        }
        Ok(())
    })
}

/// Tells a member what an owner decided of them.
fn tell(
    tx: &mut WriteTx,
    app: &App,
    id: OrganisationId,
    (member, change): (&Contact, MemberChange),
) -> Result<(), Error> {
    let organisation = OrganisationView::new(id, &organisations::find(tx, id)?.ok_or(Error::NOT_FOUND)?.name);
    let link = format!("{}/sign-in", app.public_url);
    notify::tell(tx, app, member, &Notice::Standing(Standing::Member { organisation, change, link }))
}

/// Two owners may remove each other at once: under the organisation's lock only the first still is one.
pub(super) fn still_owner(tx: &mut WriteTx, id: OrganisationId, person: Option<UserId>) -> Result<(), Error> {
    let person = person.ok_or(Error::Plain(Code::Unauthenticated))?;
    match organisations::role(tx, id, person)? {
        Some(OrganisationRole::Owner) => Ok(()),
        _ => Err(Code::Forbidden.into()),
    }
}

/// Whether someone who is `role` may cease to be it.
fn owner_remains(tx: &mut WriteTx, id: OrganisationId, role: Option<OrganisationRole>) -> Result<(), Error> {
    let is_last = role == Some(OrganisationRole::Owner) && organisations::head_count(tx, id)?.0 == 1;
    if is_last { Err(Code::LastOne.into()) } else { Ok(()) }
}
