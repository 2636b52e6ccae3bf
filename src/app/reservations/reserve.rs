//! Reserving: the one path from a request to a reservation.

use std::sync::Arc;

use serde_json::json;

use super::{
    alternatives, approvals,
    check::for_whom,
    claimant::Claimant,
    event, holds,
    notices::About,
    request::{Guest, NewReservation, Request},
    slot::rows_held,
    taking::{self, Judged},
    view::{self, ReservationView},
};
use crate::{
    app::{
        App, Done, demand,
        error::{Code, Error},
        guests::{self, Told},
    },
    domain::{
        access::{self, Action, Actor, Denied, Place},
        approval::Answer,
        check_in::Presence,
        decision::Outcome,
        ids::{OrganisationId, UserId},
        instant::Instant,
        locale::Locale,
        record::Reservation,
        reminder::Reminder,
        reservation::{Status, approval_expires, hold_expires},
    },
    store::{
        audit::{self, Entry},
        db::{ReadTx, WriteTx},
        idempotency::Claim,
        locks, occupancies, organisations,
        people::{self, Contact},
        reservations,
    },
};

/// # Errors
/// `slot_taken` and `policy_refused` with alternatives, `invalid`, `address_unverified`, `forbidden`.
pub fn reserve(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    new: NewReservation,
) -> Result<Done<ReservationView>, Error> {
    access::may(actor, Action::Reserve(None))?;
    let place = app.configurations.place(&app.db, new.space_id)?;
    let place = place.ok_or_else(|| Error::field("/space_id", "unknown"))?;
    may_ask(actor, &new, place)?;
    let work = Work { app: app.clone(), actor: actor.clone(), new: Arc::new(new), place };
    let again = work.clone();
    let done = app.command("reserve", claim, move |tx| work.run(tx));
    done.map_err(|error| {
        demand::refused(app, actor, place, again.new.space_id, &error);
        alternatives::add(app, error, || again.request_for_alternatives())
    })
}

/// An organisation that the actor books for is one of their own; another one is not theirs to know of.
///
/// # Errors
/// `invalid` at `pointer`.
pub(crate) fn own_organisation(
    actor: &Actor,
    pointer: &str,
    organisation: Option<OrganisationId>,
) -> Result<(), Error> {
    match access::may(actor, Action::Reserve(organisation)) {
        Err(Denied::Hidden) => Err(Error::field(pointer, "unknown")),
        answer => Ok(answer?),
    }
}

/// Whether `actor` may name whom and what the request names: also asked by the dry run.
///
/// # Errors
/// `forbidden` unless staff, for a guest and internal notes; `invalid` for an organisation of others, and for
/// words about an event that is none.
pub(super) fn may_ask(actor: &Actor, new: &NewReservation, place: Place) -> Result<(), Error> {
    if new.organiser.is_some() {
        access::may(actor, Action::ReserveForOthers(place))?;
    } else if new.organisation_id.is_some() {
        own_organisation(actor, "/organisation_id", new.organisation_id)?;
    }
    event::only_of_public(new)?;
    if new.internal_notes.is_some() {
        access::may(actor, Action::SeeBehindTheDesk(place))?;
    }
    Ok(())
}

/// A request on its way to be a reservation, or the template of many.
#[derive(Clone)]
pub(super) struct Work {
    pub app: Arc<App>,
    pub actor: Actor,
    pub new: Arc<NewReservation>,
    pub place: Place,
}

impl Work {
    fn run(&self, tx: &mut WriteTx) -> Result<ReservationView, Error> {
        let maker = self.actor.person().ok_or(Code::Unauthenticated)?.id;
        let organiser = self.organiser(tx, maker)?;
        check_organisation(tx, &self.new, Some(organiser.id))?;
        if let Some(organisation) = self.new.organisation_id {
            locks::organisation(tx, organisation)?;
        }
        locks::share_configuration(tx, self.place)?;
        let configuration = app_configuration(&self.app, tx, &self.new)?;
        let claimant = Claimant::load(tx, Some(organiser.id), self.new.organisation_id, self.app.now())?;
        let request = Request::of_new(&self.new, configuration, &self.actor, claimant)?;
        let request = request.equipped(tx, &self.app, self.new.equipment.as_deref(), &[])?;
        let quote = request.quote()?;
        locks::units(tx, &request.groups())?;
        let now = self.app.now();
        let judged = taking::judge(tx, &request, now, None)?.allowed(&request)?;
        holds::give_way(tx, &self.app, &judged.to_end, Some(maker), now)?;
        let reservation = self.reservation(&request, &judged, organiser.id, maker, now);
        let reservation = Reservation { quote, ..reservation };
        self.save(tx, &reservation, &judged)?;
        let units = judged.units;
        let about = About {
            app: &self.app,
            configuration: &request.configuration,
            reservation: &reservation,
            units: &units,
            organiser: &organiser,
            now,
            message: None,
        };
        about.made(tx)?;
        let shown = guests::as_known(tx, (&reservation).into(), Some(organiser), &self.actor)?;
        Ok(view::view(&reservation, units, shown.as_ref(), &request.configuration, &self.actor))
    }

    /// The person it is for, locked: the caller, or whom staff name, with an account made where there is none.
    pub fn organiser(&self, tx: &mut WriteTx, maker: UserId) -> Result<Contact, Error> {
        let Some(guest) = &self.new.organiser else {
            let contact = people::contact_held(tx, maker)?;
            return contact.ok_or(Code::Unauthenticated.into());
        };
        let contact = self.account_of(tx, guest)?;
        let told = Told { email: Some(&guest.email), name: guest.name.as_str(), phone: guest.phone.as_ref() };
        told.keep(tx, self.place.venue, contact.id, self.app.now())?;
        Ok(contact)
    }

    /// An account of the address, made where there is none; locked.
    fn account_of(&self, tx: &mut WriteTx, guest: &Guest) -> Result<Contact, Error> {
        let key = guest.email.canonical();
        if let Some(known) = people::by_email(tx, &key)? {
            locks::person(tx, known.id)?;
            return Ok(known);
        }
        let contact = Contact {
            id: self.app.id(),
            email: guest.email.to_string(),
            name: guest.name.to_string(),
            locale: Locale::default().tag().to_owned(),
            verified_at: None,
        };
        let phone = guest.phone.as_ref().map(ToString::to_string);
        if people::insert_guest(tx, &contact, &key, phone, self.app.now())? {
            return Ok(contact);
        }
        // A colleague was first; or the account is disabled, and nothing is reserved for it.
        let known = people::by_email(tx, &key)?.ok_or(Code::Duplicate)?;
        locks::person(tx, known.id)?;
        Ok(known)
    }

    /// The reservation that comes of it, at the request's time.
    pub fn reservation(
        &self,
        request: &Request,
        judged: &Judged,
        organiser: UserId,
        maker: UserId,
        now: Instant,
    ) -> Reservation {
        let new = &self.new;
        let asks = judged.decision.outcome == Outcome::Ask;
        let decided = if asks { Status::Pending } else { Status::Confirmed };
        let event = new.event.clone().unwrap_or_default();
        Reservation {
            id: self.app.id(),
            place: self.place,
            space: request.configuration.space.id,
            status: if request.hold { Status::Held } else { decided },
            interval: request.interval,
            buffers: request.buffers,
            quantity: request.quantity,
            title: new.title.to_string(),
            purpose: new.purpose,
            attendees: request.attendees,
            headcount: None,
            layout: request.layout.as_ref().map(|layout| layout.id),
            organiser,
            organisation: new.organisation_id,
            made_by: maker,
            notes: new.notes.as_ref().map(ToString::to_string).filter(|notes| !notes.is_empty()),
            internal_notes: new.internal_notes.as_ref().map(ToString::to_string),
            is_public: new.public.unwrap_or(false),
            audience: request.claimant.audience(self.place),
            event_description: event.description.map(String::from).filter(|text| !text.is_empty()),
            event_link: event.link.map(String::from),
            waived: judged.waived(),
            cancellation_notice_minutes: judged.effective.cancellation_notice_minutes.rule,
            cancelled_late: None,
            expires_at: expires_at(request, judged, now),
            released_at: None,
            change: None,
            quote: None,
            sequence: 0,
            version: 1,
            created_at: now,
            updated_at: now,
            on_confirm: request.hold.then_some(decided),
            presence: Presence { rules: judged.effective.check_in(), ..Presence::default() },
            belongs: None,
            kept_fee: None,
            equipment: judged.equipment.clone(),
            reminder: Reminder::new(judged.effective.reminder_hours.rule),
            settled: None,
            cancelled_by: None,
        }
    }

    fn save(&self, tx: &mut WriteTx, reservation: &Reservation, judged: &Judged) -> Result<(), Error> {
        reservations::insert(tx, reservation)?;
        if reservation.status == Status::Pending {
            approvals::follow(tx, &self.app, reservation, Answer::Withdrawn, None)?;
        }
        occupancies::insert(tx, self.place, &rows_held(&self.app, reservation, &judged.units))?;
        Ok(audit::append(tx, &self.made(reservation))?)
    }

    /// What the audit says of a reservation that was made.
    pub fn made(&self, reservation: &Reservation) -> Entry {
        let (at, by) = (reservation.created_at, Some(reservation.made_by));
        let entry = Entry::new(self.app.id(), at, by, "reservation.made", reservation.id);
        let said = json!({"space_id": reservation.space, "waived": reservation.waived});
        entry.within(self.place).moving(None, reservation.status).with(said)
    }

    fn request_for_alternatives(&self) -> Result<Request, Error> {
        self.app.db.read(|tx| {
            let configuration = app_configuration(&self.app, tx, &self.new)?;
            let person = for_whom(tx, &self.actor, &self.new)?;
            let claimant = Claimant::load(tx, person, self.new.organisation_id, self.app.now())?;
            let request = Request::of_new(&self.new, configuration, &self.actor, claimant)?;
            request.equipped(tx, &self.app, self.new.equipment.as_deref(), &[])
        })
    }
}

/// Staff book for an organisation only for one of its members.
///
/// # Errors
/// `invalid` where the organiser is none, or nobody yet.
pub(super) fn check_organisation(
    tx: &mut ReadTx,
    new: &NewReservation,
    organiser: Option<UserId>,
) -> Result<(), Error> {
    let (Some(organisation), Some(_)) = (new.organisation_id, &new.organiser) else {
        return Ok(());
    };
    let role = organiser.map(|organiser| organisations::role(tx, organisation, organiser)).transpose()?;
    match role.flatten() {
        Some(_) => Ok(()),
        None => Err(Error::field("/organisation_id", "not_a_member")),
    }
}

/// When a hold or a request ends by itself.
fn expires_at(request: &Request, judged: &Judged, now: Instant) -> Option<Instant> {
    let (asks, rules) = (judged.decision.outcome == Outcome::Ask, &judged.effective);
    if request.hold {
        let minutes = rules.hold_minutes.rule;
        return Some(hold_expires(now, request.interval, minutes, asks, judged.replaced_until));
    }
    asks.then(|| approval_expires(now, request.interval.start(), rules.approval_hours.rule))
}

pub(super) fn app_configuration(
    app: &App,
    tx: &mut ReadTx,
    new: &NewReservation,
) -> Result<Arc<crate::domain::places::Configuration>, Error> {
    app.configurations.get(tx, new.space_id)?.ok_or_else(|| Error::field("/space_id", "unknown"))
}
