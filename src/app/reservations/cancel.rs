//! Cancelling: by the organiser before the start, or by the venue.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::json;

use super::{
    approvals,
    decide::Words,
    edit::visible,
    notices::About,
    presence::Locked,
    series,
    slot::occupy,
    view::{self, ReservationView},
};
use crate::{
    app::{
        App, Done,
        error::{Code, Error},
        guests,
        version::Expected,
    },
    domain::{
        access::{self, Action, Actor},
        approval::Answer,
        ids::{ReservationId, SeriesId, UserId},
        places::Configuration,
        record::Reservation,
        reservation::{Action as Step, Cancellation, CancelledBy, Status, Transition, cancellation},
    },
    mail::notice::Cause,
    store::{
        audit::{self, Entry},
        db::WriteTx,
        idempotency::Claim,
        locks, people, reservations,
    },
};

/// # Errors
/// `not_found`, `forbidden`, `precondition_failed`, `hold_expired`, `state_conflict` once it has begun or is over.
pub fn cancel(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: ReservationId,
    expected: Expected,
    words: Words,
) -> Result<Done<ReservationView>, Error> {
    let before = visible(app, actor, id)?;
    access::may(actor, Action::ChangeReservation(before.claimed()))?;
    let (app_, actor) = (app.clone(), actor.clone());
    app.command("cancel reservation", claim, move |tx| {
        let Locked { configuration, mut reservation, now, .. } =
            Locked::with_claimant(tx, &app_, &before, &[])?;
        expected.check(reservation.version)?;
        if reservation.ran_out(now) {
            return Err(Code::HoldExpired.into());
        }
        let by = actor.person().map(|person| person.id);
        let by_venue = by != Some(reservation.organiser) && actor.is_staff_of(reservation.place.venue);
        give_up(
            tx,
            &app_,
            &configuration,
            &mut reservation,
            By { by, by_venue, message: words.text(), cause: None },
        )?;
        let organiser = people::contact(tx, reservation.organiser)?;
        let organiser = guests::as_known(tx, (&reservation).into(), organiser, &actor)?;
        let units = view::units_of(tx, &reservation)?;
        Ok(view::view(&reservation, units, organiser.as_ref(), &configuration, &actor))
    })
}

/// Who cancels, and what they say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct By<'a> {
    pub by: Option<UserId>,
    pub by_venue: bool,
    pub message: Option<&'a str>,
    /// What of the venue's it had to give way to, where nobody said so in words.
    pub cause: Option<Cause>,
}

impl By<'_> {
    /// What that says to a question that was open.
    pub fn answer(&self) -> Answer {
        if self.by_venue { Answer::Declined } else { Answer::Withdrawn }
    }
}

/// Cancels one reservation in the caller's transaction, which holds its locks. One already cancelled stays.
///
/// # Errors
/// `state_conflict` once it has begun or is over.
pub(crate) fn give_up(
    tx: &mut WriteTx,
    app: &App,
    configuration: &Configuration,
    reservation: &mut Reservation,
    who: By<'_>,
) -> Result<(), Error> {
    let from = reservation.status;
    let units = view::units_of(tx, reservation)?;
    let Some(entry) = end(app, reservation, who)? else { return Ok(()) };
    occupy(tx, app, reservation, &[])?;
    reservations::update(tx, reservation)?;
    approvals::follow(tx, app, reservation, who.answer(), who.by)?;
    audit::append(tx, &entry)?;
    if from == Status::Held {
        return Ok(());
    }
    let Some(organiser) = people::contact(tx, reservation.organiser)? else { return Ok(()) };
    let about = About {
        app,
        configuration,
        reservation,
        units: &units,
        organiser: &organiser,
        now: reservation.updated_at,
        message: who.message,
    };
    about.cancelled(tx, who.by_venue, from == Status::Confirmed, who.cause)
}

/// Makes it a cancelled one, which is then to be written. Returns what the audit says of it; nothing where it is
/// cancelled already.
///
/// # Errors
/// `state_conflict` once it has begun or is over.
pub(super) fn end(app: &App, reservation: &mut Reservation, who: By<'_>) -> Result<Option<Entry>, Error> {
    let from = reservation.status;
    let step = from.after(Step::Cancel).map_err(|conflict| Error::State(conflict.status))?;
    let Transition::To(status) = step else { return Ok(None) };
    let now = app.now();
    let notice = reservation.cancellation_notice_minutes;
    // A hold promised nothing: it is let go at any time, counts nowhere, and nobody is told.
    let held = from == Status::Held;
    let late = match cancellation(now, reservation.interval.start(), notice) {
        _ if held => false,
        Cancellation::TooLate => return Err(Error::State(from)),
        Cancellation::Late => true,
        Cancellation::InTime => false,
    };
    reservation.status = status;
    reservation.cancelled_late = (!held).then_some(late && from == Status::Confirmed && !who.by_venue);
    let canceller = if who.by_venue { CancelledBy::Venue } else { CancelledBy::Organiser };
    reservation.cancelled_by = (from == Status::Confirmed).then_some(canceller);
    reservation.kept_fee = reservation.kept_fee.filter(|_| !who.by_venue);
    reservation.expires_at = None;
    reservation.change = None;
    reservation.sequence += 1;
    reservation.version += 1;
    reservation.updated_at = now;
    let entry = Entry::new(app.id(), now, who.by, "reservation.cancelled", reservation.id)
        .within(reservation.place)
        .moving(Some(from), status)
        .with(json!({"message": who.message, "by_venue": who.by_venue, "late": reservation.cancelled_late}));
    Ok(Some(entry))
}

/// Cancels future reservations that a change of the venue's meets (`on_affected: cancel`), with one mail for those of a
/// series, in the caller's transaction, which holds the venue's configuration alone and the units' locks.
///
/// # Errors
/// When the database fails.
pub(crate) fn by_venue(
    tx: &mut WriteTx,
    app: &App,
    affected: &[ReservationId],
    by: Option<UserId>,
    message: Option<&str>,
    cause: Option<Cause>,
) -> Result<(), Error> {
    let who = By { by, by_venue: true, message, cause };
    let mut of_series: BTreeMap<SeriesId, Vec<Reservation>> = BTreeMap::new();
    for &id in affected {
        locks::reservation(tx, id)?;
        let Some(reservation) = reservations::find(tx, id)? else { continue };
        match reservation.belongs {
            Some(belongs) => of_series.entry(belongs.series).or_default().push(reservation),
            None => one_by_venue(tx, app, reservation, who)?,
        }
    }
    for (id, mut members) in of_series {
        match (members.len(), members.pop()) {
            (1, Some(one)) => one_by_venue(tx, app, one, who)?,
            (_, last) => {
                members.extend(last);
                series::cancel::by_venue(tx, app, id, members, who)?;
            }
        }
    }
    Ok(())
}

/// Cancels what an erased person had given up before, in a database that does not know it yet. What has begun stays.
///
/// # Errors
/// When the database fails.
pub(crate) fn of_erased(tx: &mut WriteTx, app: &App, mut reservation: Reservation) -> Result<(), Error> {
    let configuration = view::configuration(tx, app, reservation.space)?;
    let who = By { by: None, by_venue: false, message: None, cause: None };
    match give_up(tx, app, &configuration, &mut reservation, who) {
        Err(Error::State(_)) => Ok(()),
        other => other,
    }
}

fn one_by_venue(tx: &mut WriteTx, app: &App, mut reservation: Reservation, who: By<'_>) -> Result<(), Error> {
    let configuration = view::configuration(tx, app, reservation.space)?;
    give_up(tx, app, &configuration, &mut reservation, who)
}
