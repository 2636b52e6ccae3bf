//! Moving, extending and editing a reservation. What needs approval becomes a requested change.

use std::sync::Arc;

use serde_json::json;

use super::{
    alternatives, approvals,
    claimant::Claimant,
    event, holds,
    moving::{where_to, wish},
    notices::{About, Before},
    presence::Locked,
    request::{Request, ReservationChange},
    slot::{drop_change, occupy, put, wished},
    taking::{self, Judged},
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
        fees::larger,
        ids::{ReservationId, SpaceId, UnitId},
        instant::Instant,
        record::Reservation,
        reservation::Status,
    },
    store::{
        audit::{self, Entry},
        db::WriteTx,
        idempotency::Claim,
        people, reservations,
    },
};

/// # Errors
/// `not_found`, `forbidden`, `precondition_failed`, `hold_expired`, `state_conflict` once it is over or given up,
/// `slot_taken` and `policy_refused` with alternatives, `invalid`.
pub fn edit(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: ReservationId,
    expected: Expected,
    change: ReservationChange,
) -> Result<Done<ReservationView>, Error> {
    let reservation = to_be_changed(app, actor, id, &change)?;
    let work = Work { app: app.clone(), actor: actor.clone(), id, expected, change: Arc::new(change) };
    let again = work.clone();
    let done = app.command("edit reservation", claim, move |tx| work.run(tx, &reservation));
    done.map_err(|error| alternatives::add(app, error, || again.request_for_alternatives()))
}

/// The reservation, if the actor may know of it.
///
/// # Errors
/// `unauthenticated`, `not_found`.
pub(super) fn visible(app: &App, actor: &Actor, id: ReservationId) -> Result<Reservation, Error> {
    access::may(actor, Action::OwnAccount)?;
    let found = app.db.look(|tx| reservations::find(tx, id).map_err(Error::from))?;
    let reservation = found.ok_or(Error::NOT_FOUND)?;
    access::may(actor, Action::SeeReservation(reservation.claimed()))?;
    Ok(reservation)
}

/// The reservation, if the actor may change it.
///
/// # Errors
/// As [`visible`], and `forbidden`.
pub(crate) fn changed_by(app: &App, actor: &Actor, id: ReservationId) -> Result<Reservation, Error> {
    let reservation = visible(app, actor, id)?;
    access::may(actor, Action::ChangeReservation(reservation.claimed()))?;
    Ok(reservation)
}

/// The reservation, if the actor may change this of it.
///
/// # Errors
/// As [`changed_by`].
pub(super) fn to_be_changed(
    app: &App,
    actor: &Actor,
    id: ReservationId,
    change: &ReservationChange,
) -> Result<Reservation, Error> {
    let reservation = changed_by(app, actor, id)?;
    if !change.internal_notes.is_absent() {
        access::may(actor, Action::SeeBehindTheDesk(reservation.place))?;
    }
    Ok(reservation)
}

/// # Errors
/// `hold_expired`, `state_conflict` once it is over or given up.
pub(super) fn changeable(reservation: &Reservation, now: Instant) -> Result<(), Error> {
    if reservation.ran_out(now) {
        return Err(Code::HoldExpired.into());
    }
    if !reservation.status.occupies() {
        return Err(Error::State(reservation.status));
    }
    let stands = matches!(reservation.status, Status::Confirmed | Status::CheckedIn);
    if stands && reservation.interval.end() <= now {
        // Over is over, even before the job has noticed.
        return Err(Error::State(Status::Completed));
    }
    Ok(())
}

/// What has begun can be lengthened or shortened, not made to never have been, except by staff.
///
/// Nor does it go elsewhere by then, whoever moves it: where it was is where it was. A hold stays where it is, too: another
/// is as quickly made.
///
/// # Errors
/// `state_conflict`.
pub(super) fn begins_as_it_did(
    reservation: &Reservation,
    request: &Request,
    now: Instant,
) -> Result<(), Error> {
    let begun = reservation.interval.start() <= now || reservation.presence.arrived();
    let earlier = request.interval.start() != reservation.interval.start();
    let stays = request.elsewhere && (begun || reservation.status == Status::Held);
    if stays || (begun && earlier && !request.booker.staff) {
        return Err(Error::State(reservation.status));
    }
    Ok(())
}

#[derive(Clone)]
struct Work {
    app: Arc<App>,
    actor: Actor,
    id: ReservationId,
    expected: Expected,
    change: Arc<ReservationChange>,
}

impl Work {
    fn run(&self, tx: &mut WriteTx, before: &Reservation) -> Result<ReservationView, Error> {
        let asked = self.change.equipment.as_deref();
        let pools = asked.into_iter().flatten().map(|some| some.space_id);
        let spaces: Vec<SpaceId> = pools.chain(self.change.space_id).collect();
        let locked = Locked::with_claimant(tx, &self.app, before, &spaces)?;
        let Locked { configuration: own, mut reservation, mut units, now } = locked;
        self.expected.check(reservation.version)?;
        changeable(&reservation, now)?;
        let claimant = Claimant::load(tx, Some(reservation.organiser), reservation.organisation, now)?;
        let configuration = where_to(tx, &self.app, &self.change, (&reservation, own.clone()))?;
        let request = Request::of_change(&self.change, &reservation, configuration, &self.actor, claimant)?;
        let request = request.equipped(tx, &self.app, asked, &reservation.equipment)?;
        let old = Before { configuration: &own, interval: reservation.interval };
        let before_texts = reservation.clone();
        let mut touched = edit_texts(&self.change, &mut reservation)?;
        let mut moved = false;
        let withdrawn = self.change.names_a_slot() && reservation.change.is_some();
        if asks_for_more_than_texts(&request, &reservation, &units) {
            let judged = taking::judge(tx, &request, now, Some((&reservation, &units)))?;
            let judged = judged.allowed(&request)?;
            begins_as_it_did(&reservation, &request, now)?;
            moved = true;
            units = self.place(tx, &mut reservation, &request, judged, units)?;
        } else {
            if withdrawn {
                // Back to what stands: the wish is taken back.
                drop_change(tx, &self.app, &mut reservation)?;
            }
            let wish = wish(tx, &self.app, &request, &reservation)?;
            touched |= edit_extras(&mut reservation, &request, wish, now)?;
        }
        if !touched && !moved && !withdrawn {
            return self.answer(tx, &reservation, units);
        }
        // Calendars show the title: they hear of another one.
        let in_calendars = matches!(reservation.status, Status::Confirmed | Status::CheckedIn);
        let retitled = !moved && in_calendars && reservation.title != before_texts.title;
        let noted = Reservation { internal_notes: reservation.internal_notes.clone(), ..before_texts };
        let meant = moved || withdrawn || noted != reservation;
        if let Some(belongs) = &mut reservation.belongs {
            belongs.changed |= meant;
        }
        reservation.version += 1;
        reservation.sequence += u32::from(retitled);
        reservation.updated_at = now;
        self.save(tx, &reservation, &request, &units, (moved.then_some(old), retitled))?;
        self.answer(tx, &reservation, units)
    }

    /// Takes the new slot, or asks for it. Returns the units the reservation has afterwards.
    fn place(
        &self,
        tx: &mut WriteTx,
        reservation: &mut Reservation,
        request: &Request,
        judged: Judged,
        own: Vec<UnitId>,
    ) -> Result<Vec<UnitId>, Error> {
        let by = self.actor.person().map(|person| person.id);
        holds::give_way(tx, &self.app, &judged.to_end, by, judged.now)?;
        let units = put(reservation, request, judged, own)?;
        occupy(tx, &self.app, reservation, &units)?;
        Ok(units)
    }

    fn save(
        &self,
        tx: &mut WriteTx,
        reservation: &Reservation,
        request: &Request,
        units: &[UnitId],
        (moved_from, retitled): (Option<Before<'_>>, bool),
    ) -> Result<(), Error> {
        reservations::update(tx, reservation)?;
        let (now, moved) = (reservation.updated_at, moved_from.is_some());
        let actor = self.actor.person().map(|person| person.id);
        approvals::follow(tx, &self.app, reservation, Answer::Withdrawn, actor)?;
        let action = if reservation.change.is_some() && moved {
            "reservation.change_requested"
        } else if moved {
            "reservation.moved"
        } else {
            "reservation.edited"
        };
        let entry = Entry::new(self.app.id(), now, actor, action, reservation.id).within(reservation.place);
        let entry = match moved_from.filter(|_| request.elsewhere) {
            Some(old) => entry.with(json!({
                "from_space_id": old.configuration.space.id, "space_id": request.configuration.space.id,
            })),
            None => entry,
        };
        audit::append(tx, &entry)?;
        if moved_from.is_none() && !retitled {
            return Ok(());
        }
        let organiser = people::contact(tx, reservation.organiser)?;
        let Some(organiser) = organiser else { return Ok(()) };
        let about = About {
            app: &self.app,
            configuration: &request.configuration,
            reservation,
            units,
            organiser: &organiser,
            now,
            message: None,
        };
        let Some(old) = moved_from else { return about.retitled(tx) };
        match (reservation.status, &reservation.change) {
            (_, Some(change)) => {
                let wished = wished(reservation, change);
                About { reservation: &wished, units: &change.units, ..about }
                    .change_requested(tx, change.expires_at())
            }
            (Status::Held, None) => Ok(()),
            // The venue decides on the new time, so both hear of it.
            (Status::Pending, None) => about.requested(tx, reservation.expires_at),
            (_, None) => about.moved(tx, old),
        }
    }

    fn answer(
        &self,
        tx: &mut WriteTx,
        reservation: &Reservation,
        units: Vec<UnitId>,
    ) -> Result<ReservationView, Error> {
        let configuration = view::configuration(tx, &self.app, reservation.space)?;
        let organiser = people::contact(tx, reservation.organiser)?;
        let organiser = guests::as_known(tx, reservation.into(), organiser, &self.actor)?;
        Ok(view::view(reservation, units, organiser.as_ref(), &configuration, &self.actor))
    }

    fn request_for_alternatives(&self) -> Result<Request, Error> {
        self.app.db.read(|tx| {
            let reservation = reservations::find(tx, self.id)?.ok_or(Code::NotFound)?;
            let own = view::configuration(tx, &self.app, reservation.space)?;
            let configuration = where_to(tx, &self.app, &self.change, (&reservation, own))?;
            let claimant =
                Claimant::load(tx, Some(reservation.organiser), reservation.organisation, self.app.now())?;
            let request =
                Request::of_change(&self.change, &reservation, configuration, &self.actor, claimant)?;
            request.equipped(tx, &self.app, self.change.equipment.as_deref(), &reservation.equipment)
        })
    }
}

/// Titles, notes and the like, which no rule of booking looks at. Returns whether any changed.
///
/// # Errors
/// `invalid` for words about an event that is none.
pub(super) fn edit_texts(change: &ReservationChange, reservation: &mut Reservation) -> Result<bool, Error> {
    let before = reservation.clone();
    if let Some(title) = &change.title {
        reservation.title = title.to_string();
    }
    reservation.purpose = change.purpose.unwrap_or(reservation.purpose);
    event::edit(change, reservation)?;
    let text = |field: &crate::app::patch::Field<crate::domain::text::Prose<2000>>, current| {
        field.clone().map(|prose| prose.to_string()).apply(current).filter(|text| !text.is_empty())
    };
    reservation.notes = text(&change.notes, reservation.notes.take());
    reservation.internal_notes = text(&change.internal_notes, reservation.internal_notes.take());
    Ok(*reservation != before)
}

/// Other extras, priced by the tariff as it is now; a requested change, which asks for `wish`, has the same. Returns
/// whether any changed.
pub(super) fn edit_extras(
    reservation: &mut Reservation,
    request: &Request,
    wish: Option<Request>,
    now: Instant,
) -> Result<bool, Error> {
    let known = reservation.quote.as_ref().map_or(&[][..], |quote| &quote.extras);
    if known == request.extras {
        return Ok(false);
    }
    let stands = Request {
        interval: reservation.interval,
        quantity: reservation.quantity,
        attendees: reservation.attendees,
        ..request.clone()
    };
    let (before, guest) = (reservation.clone(), !request.booker.staff);
    let mut quote = stands.quote()?;
    if guest {
        quote = before.requoted(quote, now);
    }
    if let (Some(mut change), Some(wish)) = (reservation.change.take(), wish) {
        change.quote = wish.quote()?;
        if guest {
            change.quote = before.requoted(change.quote, now);
            let kept = before.kept_by_change(&wished(&before, &change), now);
            change.kept_fee = larger(change.kept_fee, kept);
        }
        reservation.change = Some(change);
    }
    reservation.quote = quote;
    if guest {
        reservation.kept_fee = before.kept_by_change(reservation, now);
    }
    Ok(*reservation != before)
}

pub(super) fn asks_for_more_than_texts(
    request: &Request,
    reservation: &Reservation,
    units: &[UnitId],
) -> bool {
    request.elsewhere
        || request.interval != reservation.interval
        || request.quantity != reservation.quantity
        || request.attendees != reservation.attendees
        || request.layout.as_ref().map(|layout| layout.id) != reservation.layout
        || request.differs_in_equipment(&reservation.equipment)
        || request.units.as_ref().is_some_and(|named| {
            let mut named = named.clone();
            named.sort_unstable();
            let mut own = units.to_vec();
            own.sort_unstable();
            named != own
        })
}
