//! Approving and declining, by staff of the venue: a request, or a requested change.

use std::{collections::BTreeMap, sync::Arc};

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    approvals,
    edit::visible,
    notices::{self, About, Before},
    presence::Locked,
    series::notices::{tell_approved, tell_refused},
    slot::{drop_change, occupy, refused},
    view::{self, ReservationView},
};
use crate::{
    app::{App, Done, error::Error, guests, version::Expected},
    domain::{
        access::{self, Action, Actor},
        approval::Answer,
        fees::larger,
        ids::{ReservationId, SeriesId, UnitId, UserId},
        instant::Instant,
        places::Configuration,
        record::Reservation,
        reservation::{Action as Step, Status, Transition},
        text::Prose,
    },
    store::{
        audit::{self, Entry},
        db::WriteTx,
        idempotency::Claim,
        locks, people, reservations,
    },
};

/// Words to the organiser.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub message: Option<Prose<2000>>,
}

impl Words {
    pub(super) fn text(&self) -> Option<&str> {
        self.message.as_ref().map(Prose::as_str).filter(|text| !text.is_empty())
    }
}

/// A decision on a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Approve,
    Decline,
}

/// # Errors
/// `not_found`, `forbidden` unless staff, `precondition_failed`, `state_conflict`.
pub fn decide(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: ReservationId,
    expected: Expected,
    (verdict, words): (Verdict, Words),
) -> Result<Done<ReservationView>, Error> {
    let reservation = visible(app, actor, id)?;
    access::may(actor, Action::DecideReservation(reservation.claimed()))?;
    let work = Work { app: app.clone(), actor: actor.clone(), expected, verdict, words };
    app.command("decide reservation", claim, move |tx| work.run(tx, &reservation))
}

pub(super) struct Work {
    pub app: Arc<App>,
    pub actor: Actor,
    pub expected: Expected,
    pub verdict: Verdict,
    pub words: Words,
}

impl Work {
    fn run(&self, tx: &mut WriteTx, before: &Reservation) -> Result<ReservationView, Error> {
        let locked = Locked::with_its_series(tx, &self.app, before)?;
        let Locked { mut configuration, mut reservation, mut units, now } = locked;
        self.expected.check(reservation.version)?;
        self.in_time(&reservation, now)?;
        if reservation.change.is_some() {
            let (from, before) = (reservation.status, configuration.clone());
            let old = Before { configuration: &before, interval: reservation.interval };
            units = self.settle_change(tx, &mut reservation, units)?;
            configuration = view::configuration(tx, &self.app, reservation.space)?;
            self.save(tx, &mut reservation, from, now)?;
            self.tell(tx, &configuration, &reservation, &units, Some(old))?;
        } else {
            let step = if self.verdict == Verdict::Approve { Step::Approve } else { Step::Decline };
            let from = reservation.status;
            match from.after(step).map_err(|conflict| Error::State(conflict.status))? {
                Transition::Unchanged => {}
                Transition::To(status) => {
                    reservation.status = status;
                    reservation.expires_at = None;
                    if status == Status::Declined {
                        occupy(tx, &self.app, &reservation, &[])?;
                        units.clear();
                    }
                    self.save(tx, &mut reservation, from, now)?;
                    self.tell_of_request(tx, &configuration, &reservation, &units)?;
                }
            }
        }
        let organiser = people::contact(tx, reservation.organiser)?;
        let organiser = guests::as_known(tx, (&reservation).into(), organiser, &self.actor)?;
        Ok(view::view(&reservation, units, organiser.as_ref(), &configuration, &self.actor))
    }

    /// What ran out of time is no longer to be had, even before the job has noticed.
    pub fn in_time(&self, reservation: &Reservation, now: Instant) -> Result<(), Error> {
        let over = reservation.expires_at.is_some_and(|at| at <= now);
        match self.verdict {
            Verdict::Approve if over && reservation.change.is_some() => Err(Error::State(reservation.status)),
            Verdict::Approve if over => Err(Error::State(Status::Expired)),
            Verdict::Approve | Verdict::Decline => Ok(()),
        }
    }

    /// Approval swaps the slots in one step, a refusal frees what the change had added.
    pub fn settle_change(
        &self,
        tx: &mut WriteTx,
        reservation: &mut Reservation,
        own: Vec<UnitId>,
    ) -> Result<Vec<UnitId>, Error> {
        reservation.expires_at = None;
        let Some(change) = reservation.change.take() else { return Ok(own) };
        let units = match self.verdict {
            Verdict::Decline => own,
            Verdict::Approve => {
                let damaged = || Error::Broken(format!("{} has a damaged change", reservation.id));
                reservation.interval = change.interval().ok_or_else(damaged)?;
                reservation.go(change.elsewhere);
                reservation.released_at = None;
                reservation.buffers = change.buffers();
                reservation.quantity = change.quantity;
                reservation.attendees = change.attendees;
                reservation.layout = change.layout;
                reservation.quote = change.quote;
                reservation.kept_fee = larger(change.kept_fee, reservation.kept_fee);
                reservation.equipment = change.equipment;
                reservation.sequence += 1;
                change.units
            }
        };
        occupy(tx, &self.app, reservation, &units)?;
        Ok(units)
    }

    pub fn save(
        &self,
        tx: &mut WriteTx,
        reservation: &mut Reservation,
        from: Status,
        now: Instant,
    ) -> Result<(), Error> {
        reservation.version += 1;
        reservation.updated_at = now;
        reservations::update(tx, reservation)?;
        let actor = self.actor.person().map(|person| person.id);
        let (action, answer) = match self.verdict {
            Verdict::Approve => ("reservation.approved", Answer::Approved),
            Verdict::Decline => ("reservation.declined", Answer::Declined),
        };
        approvals::follow(tx, &self.app, reservation, answer, actor)?;
        let entry = Entry::new(self.app.id(), now, actor, action, reservation.id)
            .within(reservation.place)
            .moving(Some(from), reservation.status)
            .with(json!({"message": self.words.text()}));
        audit::append(tx, &entry)?;
        Ok(())
    }

    /// Calendars add no date to a series but by its rule, so one that stands now is told with all of it.
    fn tell_of_request(
        &self,
        tx: &mut WriteTx,
        configuration: &Configuration,
        reservation: &Reservation,
        units: &[UnitId],
    ) -> Result<(), Error> {
        match reservation.belongs.filter(|_| self.verdict == Verdict::Approve) {
            Some(belongs) => {
                let of = (belongs.series, reservation, units);
                tell_approved(tx, &self.app, configuration, of, self.words.text())
            }
            None => self.tell(tx, configuration, reservation, units, None),
        }
    }

    /// `before` is the slot before a change was decided; `None` where a request was.
    pub fn tell(
        &self,
        tx: &mut WriteTx,
        configuration: &Configuration,
        reservation: &Reservation,
        units: &[UnitId],
        before: Option<Before<'_>>,
    ) -> Result<(), Error> {
        let Some(organiser) = people::contact(tx, reservation.organiser)? else { return Ok(()) };
        let about = About {
            app: &self.app,
            configuration,
            reservation,
            units,
            organiser: &organiser,
            now: self.app.now(),
            message: self.words.text(),
        };
        match (self.verdict, before) {
            (Verdict::Approve, Some(old)) => about.moved(tx, old),
            (Verdict::Approve, None) => about.approved(tx),
            (Verdict::Decline, Some(_)) => about.change_declined(tx, false),
            (Verdict::Decline, None) => about.declined(tx, false),
        }
    }
}

/// Ends requested changes that a change of the venue's meets (`on_affected: cancel`), as a refusal does; what
/// stands stays. Those of a series are told of in one mail. In the caller's transaction, which holds the venue's
/// configuration alone.
///
/// # Errors
/// When the database fails.
pub(crate) fn decline_changes(
    tx: &mut WriteTx,
    app: &App,
    met: &[ReservationId],
    (by, message): (Option<UserId>, Option<&str>),
) -> Result<(), Error> {
    let mut of_series: BTreeMap<SeriesId, Vec<Ended>> = BTreeMap::new();
    for &id in met {
        locks::reservation(tx, id)?;
        let Some(reservation) = reservations::find(tx, id)? else { continue };
        let Some(ended) = end_change(tx, app, reservation, (by, message))? else { continue };
        match ended.reservation.belongs {
            Some(belongs) => of_series.entry(belongs.series).or_default().push(ended),
            None => tell_ended(tx, app, &ended, message)?,
        }
    }
    for (series, some) in of_series {
        match some.as_slice() {
            [] => {}
            [one] => tell_ended(tx, app, one, message)?,
            [first, ..] => {
                let configuration = view::configuration(tx, app, first.reservation.space)?;
                let wishes: Vec<&Reservation> = some.iter().map(|one| &one.wish).collect();
                tell_refused(tx, app, &configuration, series, &wishes, message)?;
            }
        }
    }
    Ok(())
}

/// A reservation that lost its requested change, with its units, and what it had wished for.
struct Ended {
    reservation: Reservation,
    units: Vec<UnitId>,
    wish: Reservation,
}

/// Nothing where none is requested.
fn end_change(
    tx: &mut WriteTx,
    app: &App,
    mut reservation: Reservation,
    (by, message): (Option<UserId>, Option<&str>),
) -> Result<Option<Ended>, Error> {
    let Some(wish) = refused(&reservation) else { return Ok(None) };
    let units = drop_change(tx, app, &mut reservation)?;
    let now = app.now();
    reservation.version += 1;
    reservation.updated_at = now;
    reservations::update(tx, &reservation)?;
    approvals::follow(tx, app, &reservation, Answer::Declined, by)?;
    let entry = Entry::new(app.id(), now, by, "reservation.declined", reservation.id)
        .within(reservation.place)
        .moving(Some(reservation.status), reservation.status)
        .with(json!({"message": message, "by_venue": true}));
    audit::append(tx, &entry)?;
    Ok(Some(Ended { reservation, units, wish }))
}

fn tell_ended(tx: &mut WriteTx, app: &App, ended: &Ended, message: Option<&str>) -> Result<(), Error> {
    let of = (&ended.reservation, ended.units.as_slice());
    notices::tell_organiser(tx, app, of, message, |about, tx| about.change_declined(tx, false))
}
