//! What waits for the venue's answer: the queue, the reminder, and the record of what was asked and answered.

use std::{collections::HashMap, sync::Arc};

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    notices::About,
    slot::wished,
    view::{self, ReservationView},
};
use crate::{
    app::{
        App,
        error::Error,
        page::{self, Asked as AskedPage, Page},
    },
    domain::{
        access::{self, Action, Actor},
        approval::{Answer, Answered, Approval, Asked, remind_at},
        ids::{ApprovalId, ReservationId, UserId, VenueId},
        instant::Instant,
        record::Reservation,
    },
    store::{approvals, db::WriteTx, locks, people, places, reservations, series},
};

/// The most reminders of one run; the next run goes on.
const BATCH: i64 = 500;

/// A question to a venue that nobody has answered yet.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Approval)]
pub struct ApprovalView {
    pub id: ApprovalId,
    /// Whether the reservation itself waits, or its `change`.
    pub asked: Asked,
    #[schema(format = DateTime)]
    pub asked_at: String,
    /// How long it has been waiting, whole minutes.
    #[schema(value_type = u64)]
    pub waiting_minutes: i64,
    /// When it expires unless it is answered.
    #[schema(format = DateTime)]
    pub expires_at: String,
    pub reservation: ReservationView,
}

/// The open questions of a venue, the oldest first.
///
/// # Errors
/// `not_found`, `forbidden` unless staff or named to decide, `invalid` for a wrong limit or cursor.
pub fn queue(
    app: &Arc<App>,
    actor: &Actor,
    venue: VenueId,
    asked: &AskedPage,
) -> Result<Page<ApprovalView>, Error> {
    let limit = asked.limit()?;
    let name = format!("approvals of {venue}");
    let after = asked.after::<(i64, ApprovalId)>(app, &name)?;
    let after = after.map(|(at, id)| (Instant::from_unix(at), id));
    let place = app.db.read(|tx| places::place(tx, venue)?.ok_or(Error::NOT_FOUND))?;
    access::may(actor, Action::SeeApprovals(place))?;
    app.db.read(|tx| {
        let zone = places::venue(tx, venue)?.ok_or(Error::NOT_FOUND)?.zone;
        let now = app.now();
        let open = approvals::queue(tx, venue, after, limit as i64 + 1)?;
        let ids: Vec<ReservationId> = open.iter().map(|approval| approval.reservation).collect();
        let found = reservations::find_all(tx, &ids)?;
        let mut views = view::views(tx, app, &found, actor)?;
        let mut items = Vec::with_capacity(open.len());
        for approval in open {
            let at = views.iter().position(|view| view.id == approval.reservation);
            let Some(reservation) = at.map(|at| views.swap_remove(at)) else { continue };
            let view = ApprovalView {
                id: approval.id,
                asked: approval.asked,
                asked_at: zone.show(approval.asked_at),
                waiting_minutes: now.since(approval.asked_at).max(0) / 60,
                expires_at: zone.show(approval.expires_at),
                reservation,
            };
            items.push((view, approval.asked_at.unix()));
        }
        let page = page::page(app, &name, items, limit, |(view, at): &(ApprovalView, i64)| (*at, view.id))?;
        Ok(Page { items: page.items.into_iter().map(|(view, _)| view).collect(), next: page.next })
    })
}

/// Brings the record in line with the reservation, in the transaction that changed it: what waits has one open
/// question, what does not has none. A question that no longer stands gets `answer`.
///
/// # Errors
/// When the database fails.
pub(super) fn follow(
    tx: &mut WriteTx,
    app: &App,
    reservation: &Reservation,
    answer: Answer,
    by: Option<UserId>,
) -> Result<(), Error> {
    follow_all(tx, app, std::slice::from_ref(reservation), answer, by)
}

/// [`follow`] for many at once: those of a series.
///
/// # Errors
/// When the database fails.
pub(super) fn follow_all(
    tx: &mut WriteTx,
    app: &App,
    all: &[Reservation],
    answer: Answer,
    by: Option<UserId>,
) -> Result<(), Error> {
    let ids: Vec<ReservationId> = all.iter().map(|reservation| reservation.id).collect();
    let open = approvals::open_of(tx, &ids)?.into_iter().map(|open| (open.reservation, open));
    let mut open: HashMap<ReservationId, Approval> = open.collect();
    let mut news = Vec::new();
    for reservation in all {
        let at = reservation.updated_at;
        let known = open.remove(&reservation.id);
        let waits = reservation.waits_for();
        if known.as_ref().map(|open| (open.asked, open.expires_at)) == waits {
            continue;
        }
        if let Some(known) = known {
            // Time answered when the question ran out, not when that was noticed.
            let at = if answer == Answer::Expired { known.expires_at } else { at };
            approvals::answer(tx, known.id, Answered { answer, at, by })?;
        }
        news.extend(waits.map(|(asked, expires_at)| Approval {
            id: app.id(),
            reservation: reservation.id,
            place: reservation.place,
            asked,
            asked_at: at,
            expires_at,
            remind_at: remind_at(at, expires_at),
            answered: None,
        }));
    }
    Ok(approvals::insert(tx, &news)?)
}

/// Reminds those who decide of what has been waiting for half of its time, once, each in a transaction of its own;
/// safe to run on every node at once. A series is one question to them, whatever of it waits. Returns how many
/// questions they were reminded of.
///
/// # Errors
/// When the database fails.
pub fn remind(app: &Arc<App>) -> Result<usize, Error> {
    let now = app.now();
    let due = app.db.read(|tx| approvals::to_remind(tx, now, BATCH).map_err(Error::from))?;
    let mut reminded = 0;
    for id in due {
        let app_ = app.clone();
        match app.db.write("remind of a request", move |tx| remind_of(tx, &app_, id)) {
            Ok(done) => reminded += usize::from(done),
            // One that fails must not keep the others waiting for ever.
            Err(error) => {
                tracing::error!(reservation.id = %id, error = ?error, "nobody could be reminded of {id}: {error:?}");
            }
        }
    }
    Ok(reminded)
}

fn remind_of(tx: &mut WriteTx, app: &App, id: ReservationId) -> Result<bool, Error> {
    let known = reservations::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
    locks::share_configuration(tx, known.place)?;
    let ids = match known.belongs {
        Some(belongs) => {
            series::lock_members(tx, belongs.series)?;
            series::members(tx, belongs.series)?.iter().map(|member| member.id).collect()
        }
        None => {
            locks::reservation(tx, id)?;
            vec![id]
        }
    };
    let now = app.now();
    let all = approvals::open_of(tx, &ids)?;
    let due = |open: &&Approval| open.reservation == id && open.remind_at.is_some_and(|at| at <= now);
    let Some(open) = all.iter().find(due) else { return Ok(false) };
    approvals::reminded(tx, &all.iter().map(|open| open.id).collect::<Vec<_>>())?;
    let reservation = reservations::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
    let Some(organiser) = people::contact(tx, reservation.organiser)? else { return Ok(true) };
    let units = view::units_of(tx, &reservation)?;
    let (reservation, units) = match &reservation.change {
        Some(change) => (wished(&reservation, change), change.units.clone()),
        None => (reservation, units),
    };
    let configuration = view::configuration(tx, app, reservation.space)?;
    let about = About {
        app,
        configuration: &configuration,
        reservation: &reservation,
        units: &units,
        organiser: &organiser,
        now,
        message: None,
    };
    about.still_to_decide(tx, open.expires_at, open.asked_at)?;
    Ok(true)
}
