//! Asking to join an organisation that stands already: what who would make it anew is offered. Its owners accept or
//! decline; nobody becomes a member by asking, and who asks learns nothing of the members.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    app::{
        App, Done,
        error::{Code, Error, Why},
        notify, shown,
    },
    domain::{
        access::{self, Action, Actor, Joining},
        given::given,
        ids::{JoinRequestId, OrganisationId, UserId},
        instant::Instant,
        organisation::JoinOutcome,
        text::Prose,
    },
    mail::{notice::Notice, organisation::OrganisationView},
    store::{
        audit,
        db::{ReadTx, WriteTx},
        idempotency::Claim,
        join_requests::{self, JoinRequest, Named},
        locks, organisations, people,
    },
};

/// A person's requests that wait at a time, and that they make in a day: each is a mail to people who did not ask for it.
const MOST_WAITING: i64 = 5;
const MOST_A_DAY: i64 = 10;
const DAY: i64 = 86_400;
/// So long after an organisation declined somebody it is not asked again, seconds: 30 days.
const DECLINED_FOR: i64 = 30 * DAY;

/// What the owners are told besides name and address.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskToJoin {
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false, example = "I joined the studio in March.")]
    pub message: Option<Prose<500>>,
}

/// Where a request to join stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JoinState {
    /// For the owners' answer.
    Waiting,
    Accepted,
    Declined,
    Withdrawn,
}

impl From<Option<JoinOutcome>> for JoinState {
    fn from(outcome: Option<JoinOutcome>) -> Self {
        match outcome {
            None => Self::Waiting,
            Some(JoinOutcome::Accepted) => Self::Accepted,
            Some(JoinOutcome::Declined) => Self::Declined,
            Some(JoinOutcome::Withdrawn) => Self::Withdrawn,
        }
    }
}

/// Which organisation somebody asks to join.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JoinedOrganisation {
    pub id: OrganisationId,
    pub name: String,
}

/// Who asks to join.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JoiningPerson {
    pub id: UserId,
    pub name: String,
    pub email: String,
}

/// A request to join, as who asks and the organisation's owners see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = JoinRequest)]
pub struct JoinRequestView {
    pub id: JoinRequestId,
    pub organisation: JoinedOrganisation,
    pub person: JoiningPerson,
    pub message: Option<String>,
    pub state: JoinState,
    #[schema(format = DateTime)]
    pub asked_at: String,
    /// When it was answered or withdrawn.
    #[schema(format = DateTime)]
    pub ended_at: Option<String>,
}

impl JoinRequestView {
    pub(super) fn new(named: Named) -> Result<Self, Error> {
        let Named { request, organisation, name, email } = named;
        Ok(Self {
            id: request.id,
            organisation: JoinedOrganisation { id: request.organisation_id, name: organisation },
            person: JoiningPerson { id: request.user_id, name, email },
            state: request.outcome()?.into(),
            asked_at: shown(request.created_at),
            ended_at: request.ended_at.map(shown),
            message: request.message,
        })
    }
}

pub(super) fn found(tx: &mut ReadTx, id: JoinRequestId) -> Result<Named, Error> {
    join_requests::find(tx, id)?.ok_or(Error::NOT_FOUND)
}

/// Tells the owners, who are asked to answer; where nobody is left who could, the operator.
///
/// # Errors
/// `unauthenticated`, `address_unverified`, `not_found`; `duplicate` for members and for who waits already;
/// `state_conflict` beyond five that wait, or within 30 days after this organisation declined; `rate_limited` beyond ten
/// a day.
pub fn ask(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: OrganisationId,
    asking: AskToJoin,
) -> Result<Done<JoinRequestView>, Error> {
    access::may(actor, Action::AskToJoin)?;
    let person = actor.person().ok_or(Error::Plain(Code::Unauthenticated))?.id;
    let app_ = app.clone();
    let joining = Joining { person, organisation: id };
    app.command("ask to join an organisation", claim, move |tx| {
        locks::claimant(tx, person, Some(id))?;
        organisations::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        let now = app_.now();
        may_ask_now(tx, joining, now)?;
        let message = asking.message.clone().filter(|message| !message.is_empty()).map(String::from);
        let request = JoinRequest::new(app_.id(), joining, message, now);
        join_requests::insert(tx, &request)?;
        let named = found(tx, request.id)?;
        tell_owners(tx, &app_, &named)?;
        let entry = audit::Entry::new(app_.id(), now, Some(person), "organisation.join_asked", id);
        audit::append(tx, &entry.with(json!({"request": request.id})))?;
        JoinRequestView::new(named)
    })
}

fn may_ask_now(tx: &mut ReadTx, joining: Joining, now: Instant) -> Result<(), Error> {
    if organisations::role(tx, joining.organisation, joining.person)?.is_some() {
        return Err(Code::Duplicate.into());
    }
    let (waiting, made) = join_requests::counts(tx, joining.person, now.plus(-DAY))?;
    if made >= MOST_A_DAY {
        return Err(Code::RateLimited.into());
    }
    if waiting >= MOST_WAITING {
        return Err(Error::beyond(Why::RequestsWaiting, MOST_WAITING as u32));
    }
    if join_requests::declined_since(tx, joining, now.plus(-DECLINED_FOR))? {
        return Err(Error::beyond(Why::DeclinedLately, (DECLINED_FOR / DAY) as u32));
    }
    Ok(())
}

fn tell_owners(tx: &mut WriteTx, app: &App, named: &Named) -> Result<(), Error> {
    let mut deciders = people::owners(tx, named.request.organisation_id)?;
    if deciders.is_empty() {
        deciders = people::administrators(tx)?;
    }
    let notice = Notice::JoinAsked {
        organisation: OrganisationView::new(named.request.organisation_id, &named.organisation),
        name: named.name.clone(),
        email: named.email.clone(),
        message: named.request.message.clone(),
        link: format!("{}/join-requests/{}", app.public_url, named.request.id),
    };
    for decider in deciders {
        notify::tell(tx, app, &decider, &notice)?;
    }
    Ok(())
}

/// Takes one's own request back. One that was taken back stays so.
///
/// # Errors
/// `not_found`, `forbidden` unless one's own, `state_conflict` once it was answered.
pub fn withdraw(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: JoinRequestId,
) -> Result<Done<()>, Error> {
    access::may(actor, Action::OwnAccount)?;
    let joining = app.db.read(|tx| found(tx, id))?.request.joining();
    access::may(actor, Action::WithdrawJoinRequest(joining))?;
    let app_ = app.clone();
    app.command("withdraw a request to join", claim, move |tx| {
        locks::claimant(tx, joining.person, Some(joining.organisation))?;
        match found(tx, id)?.request.outcome()? {
            Some(JoinOutcome::Withdrawn) => return Ok(()),
            Some(_) => return Err(Code::StateConflict.into()),
            None => {}
        }
        let now = app_.now();
        join_requests::end(tx, id, JoinOutcome::Withdrawn, joining.person, now)?;
        let action = "organisation.join_withdrawn";
        let entry = audit::Entry::new(app_.id(), now, Some(joining.person), action, joining.organisation);
        audit::append(tx, &entry.with(json!({"request": id})))?;
        Ok(())
    })
}
