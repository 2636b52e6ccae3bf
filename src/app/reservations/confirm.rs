//! Confirming a hold: it becomes what was decided when it was made, a reservation or a request, once.
//!
//! The hold had passed the decision and keeps its slot, its price and its rules, so none of that is asked again: notice
//! that was kept when the hold was made is kept. Asked again is who confirms, as for any reservation: that the address
//! is verified and that they may still book for the organisation.

use std::sync::Arc;

use super::{
    approvals,
    claimant::Claimant,
    edit::visible,
    notices::About,
    presence::Locked,
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
        access::{self, Action, Actor, Denied},
        approval::Answer,
        ids::ReservationId,
        instant::Instant,
        places::Configuration,
        record::Reservation,
        reservation::{Action as Step, Status, Transition, approval_expires},
    },
    store::{
        audit::{self, Entry},
        db::WriteTx,
        idempotency::Claim,
        occupancies, people, reservations,
    },
};

/// Confirmed or asked for already, it stays as it is.
///
/// # Errors
/// `not_found`, `forbidden`, `address_unverified`, `precondition_failed`, `hold_expired` once it ran out or was replaced,
/// `state_conflict` for what was never held or is over.
pub fn confirm(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: ReservationId,
    expected: Expected,
) -> Result<Done<ReservationView>, Error> {
    let before = visible(app, actor, id)?;
    may_confirm(actor, &before)?;
    let (app_, actor) = (app.clone(), actor.clone());
    app.command("confirm hold", claim, move |tx| {
        let locked = Locked::with_claimant(tx, &app_, &before, &[])?;
        let Locked { configuration, mut reservation, units, now } = locked;
        expected.check(reservation.version)?;
        let organiser = people::contact(tx, reservation.organiser)?;
        if settle(tx, &configuration, &mut reservation, now)? {
            let by = actor.person().map(|person| person.id);
            let entry = Entry::new(app_.id(), now, by, "reservation.confirmed", id).within(reservation.place);
            audit::append(tx, &entry.moving(Some(Status::Held), reservation.status))?;
            if reservation.status == Status::Pending {
                approvals::follow(tx, &app_, &reservation, Answer::Withdrawn, None)?;
            }
            if let Some(organiser) = &organiser {
                let (app, configuration, reservation) = (&*app_, &*configuration, &reservation);
                About { app, configuration, reservation, units: &units, organiser, now, message: None }
                    .made(tx)?;
            }
        }
        let organiser = guests::as_known(tx, (&reservation).into(), organiser, &actor)?;
        Ok(view::view(&reservation, units, organiser.as_ref(), &configuration, &actor))
    })
}

/// As for a reservation that is made: whoever books for an organisation is still one of its members.
fn may_confirm(actor: &Actor, hold: &Reservation) -> Result<(), Error> {
    access::may(actor, Action::ChangeReservation(hold.claimed()))?;
    let own = actor.person().is_some_and(|person| person.id == hold.organiser);
    match access::may(actor, Action::Reserve(hold.organisation.filter(|_| own))) {
        Err(Denied::Hidden) => Err(Code::Forbidden.into()),
        answer => Ok(answer?),
    }
}

/// Makes of the hold what was decided; whether anything changed.
fn settle(
    tx: &mut WriteTx,
    configuration: &Configuration,
    reservation: &mut Reservation,
    now: Instant,
) -> Result<bool, Error> {
    if reservation.ran_out(now) {
        return Err(Code::HoldExpired.into());
    }
    if matches!(reservation.status, Status::Pending | Status::Confirmed) {
        return Ok(false);
    }
    let asks = reservation.on_confirm == Some(Status::Pending);
    let step = if asks { Step::Request } else { Step::Confirm };
    let step = reservation.status.after(step).map_err(|conflict| Error::State(conflict.status))?;
    let Transition::To(status) = step else { return Ok(false) };
    let claimant = Claimant::load(tx, Some(reservation.organiser), reservation.organisation, now)?;
    let effective = configuration.effective(&claimant.audiences(configuration.place()));
    let hours = effective.approval_hours.rule;
    reservation.status = status;
    // It is no hold any more, and nothing tells that it had been one but the audit.
    reservation.on_confirm = None;
    reservation.expires_at = asks.then(|| approval_expires(now, reservation.interval.start(), hours));
    reservation.version += 1;
    reservation.updated_at = now;
    occupancies::keep(tx, reservation.id)?;
    reservations::update(tx, reservation)?;
    Ok(true)
}
