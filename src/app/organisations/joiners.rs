//! Reading requests to join, and answering them: for the organisation's owners, and for the operator where no owner is
//! left or they can't agree.

use std::sync::Arc;

use serde_json::json;

use super::{
    joining::{JoinRequestView, found},
    members,
};
use crate::{
    app::{
        App, Done,
        error::{Code, Error},
        notify,
        page::{self, Asked, Page},
    },
    domain::{
        access::{self, Action, Actor, Joining, OrganisationRole},
        ids::{JoinRequestId, OrganisationId, UserId},
        instant::Instant,
        organisation::JoinOutcome,
        seen::Seen,
    },
    mail::{notice::Notice, organisation::OrganisationView},
    store::{
        audit,
        db::{ReadTx, WriteTx},
        idempotency::Claim,
        join_requests::{self, Named, Of},
        locks, organisations, people, users,
    },
};

/// Requests read at a time.
const BATCH: i64 = 500;

/// One's own, those that were answered among them.
///
/// # Errors
/// `unauthenticated`, `invalid` for a wrong limit or cursor.
pub fn own(app: &App, actor: &Actor, asked: &Asked) -> Result<Page<JoinRequestView>, Error> {
    access::may(actor, Action::OwnAccount)?;
    let person = actor.person().ok_or(Error::Plain(Code::Unauthenticated))?.id;
    list(app, Of::Person(person), asked)
}

/// Those that wait for an organisation's answer, the oldest first.
///
/// # Errors
/// `not_found` unless a member, `forbidden` unless an owner, `invalid` for a wrong limit or cursor.
pub fn waiting(
    app: &App,
    actor: &Actor,
    id: OrganisationId,
    asked: &Asked,
) -> Result<Page<JoinRequestView>, Error> {
    access::may(actor, Action::SeeJoinRequests(id))?;
    // The operator may see them of any, if there is such a one.
    app.db.read(|tx| organisations::find(tx, id))?.ok_or(Error::NOT_FOUND)?;
    let page = list(app, Of::Organisation(id), asked)?;
    for shown in &page.items {
        note(app, actor, shown);
    }
    Ok(page)
}

/// Its owners are who was asked; the operator looks at what is between others.
fn note(app: &App, actor: &Actor, shown: &JoinRequestView) {
    let owner = actor.person().and_then(|person| person.role_in(shown.organisation.id));
    if owner != Some(OrganisationRole::Owner) {
        app.views.note(app, actor, Seen::JoinRequests, None, [shown.person.id]);
    }
}

fn list(app: &App, of: Of, asked: &Asked) -> Result<Page<JoinRequestView>, Error> {
    let (limit, name) = (asked.limit()?, format!("requests to join {of:?}"));
    let after = asked.after::<JoinRequestId>(app, &name)?;
    let found = app.db.read(|tx| join_requests::page(tx, of, after, limit as i64 + 1))?;
    let views = found.into_iter().map(JoinRequestView::new).collect::<Result<_, _>>()?;
    page::page(app, &name, views, limit, |view: &JoinRequestView| view.id)
}

/// All of a person's: for their export.
///
/// # Errors
/// When the database fails.
pub(crate) fn all_of(tx: &mut ReadTx, person: UserId) -> Result<Vec<JoinRequestView>, Error> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let batch = join_requests::page(tx, Of::Person(person), after, BATCH)?;
        let Some(last) = batch.last() else { return Ok(all) };
        after = Some(last.request.id);
        for named in batch {
            all.push(JoinRequestView::new(named)?);
        }
    }
}

/// # Errors
/// `not_found` unless one's own, or of an organisation that one owns.
pub fn show(app: &App, actor: &Actor, id: JoinRequestId) -> Result<JoinRequestView, Error> {
    access::may(actor, Action::OwnAccount)?;
    let named = app.db.read(|tx| found(tx, id))?;
    access::may(actor, Action::SeeJoinRequest(named.request.joining()))?;
    let shown = JoinRequestView::new(named)?;
    note(app, actor, &shown);
    Ok(shown)
}

/// Accepts or declines, and tells who asked. Who is accepted is a member and no more; where there is no owner (only the
/// operator can answer then) the new one. One that is answered so already stays unchanged.
///
/// # Errors
/// `not_found`, `forbidden` unless an owner or the operator, `state_conflict` once it was answered otherwise or withdrawn.
pub fn answer(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: JoinRequestId,
    accepted: bool,
) -> Result<Done<JoinRequestView>, Error> {
    access::may(actor, Action::OwnAccount)?;
    let joining = app.db.read(|tx| found(tx, id))?.request.joining();
    access::may(actor, Action::AnswerJoinRequest(joining))?;
    let by = actor.person().ok_or(Error::Plain(Code::Unauthenticated))?.id;
    let app_ = app.clone();
    let wanted = if accepted { JoinOutcome::Accepted } else { JoinOutcome::Declined };
    let done = app.command("answer a request to join", claim, move |tx| {
        locks::claimant(tx, joining.person, Some(joining.organisation))?;
        still_answers(tx, joining.organisation, by)?;
        match found(tx, id)?.request.outcome()? {
            Some(outcome) if outcome == wanted => return JoinRequestView::new(found(tx, id)?),
            Some(_) => return Err(Code::StateConflict.into()),
            None => {}
        }
        let now = app_.now();
        join_requests::end(tx, id, wanted, by, now)?;
        if accepted {
            enlist(tx, joining, now)?;
        }
        let named = found(tx, id)?;
        tell(tx, &app_, &named, accepted)?;
        let action = if accepted { "organisation.join_accepted" } else { "organisation.join_declined" };
        let entry = audit::Entry::new(app_.id(), now, Some(by), action, joining.organisation);
        audit::append(tx, &entry.with(json!({"request": id, "user": joining.person})))?;
        JoinRequestView::new(named)
    })?;
    if let Done::Fresh(shown) = &done {
        note(app, actor, shown);
    }
    Ok(done)
}

/// Accepts one that waits, of somebody who is taken in by other ways, and tells them.
///
/// # Errors
/// When the database fails.
pub(super) fn take_in(
    tx: &mut WriteTx,
    app: &App,
    id: JoinRequestId,
    by: UserId,
    now: Instant,
) -> Result<(), Error> {
    join_requests::end(tx, id, JoinOutcome::Accepted, by, now)?;
    let named = found(tx, id)?;
    tell(tx, app, &named, true)
}

/// Roles were read before the lock: who was an owner then need not be one now.
fn still_answers(tx: &mut WriteTx, organisation: OrganisationId, by: UserId) -> Result<(), Error> {
    match users::find(tx, by)? {
        Some(account) if account.is_administrator => Ok(()),
        _ => members::still_owner(tx, organisation, Some(by)),
    }
}

/// Whoever was made a member meanwhile keeps their role.
fn enlist(tx: &mut WriteTx, joining: Joining, now: Instant) -> Result<(), Error> {
    let Joining { person, organisation } = joining;
    if organisations::role(tx, organisation, person)?.is_some() {
        return Ok(());
    }
    let (owners, _) = organisations::head_count(tx, organisation)?;
    let role = if owners == 0 { OrganisationRole::Owner } else { OrganisationRole::Member };
    organisations::set_member(tx, organisation, person, role, now)?;
    Ok(users::touch(tx, person)?)
}

fn tell(tx: &mut WriteTx, app: &App, named: &Named, accepted: bool) -> Result<(), Error> {
    let Some(contact) = people::contact(tx, named.request.user_id)? else { return Ok(()) };
    let link = format!("{}/join-requests/{}", app.public_url, named.request.id);
    let organisation = OrganisationView::new(named.request.organisation_id, &named.organisation);
    let notice = Notice::JoinAnswered { organisation, accepted, link };
    notify::tell(tx, app, &contact, &notice)
}
