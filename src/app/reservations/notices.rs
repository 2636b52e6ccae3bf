//! What people are told about reservations.

use super::{
    links::{Link, code, manage_url, url},
    view,
};
use crate::{
    app::{App, error::Error, guests, notify::tell, organisations},
    domain::{
        access::Actor,
        ids::UnitId,
        instant::{Instant, Interval},
        places::Configuration,
        record::Reservation,
        reservation::Status,
        space::Allocation,
    },
    mail::{
        notice::{self, CalendarStatus, Cause, Notice, Previous, Price, VenueView},
        series::Recurrence,
    },
    store::{
        db::{ReadTx, WriteTx},
        people::{self, Contact},
    },
};

/// Local times as iCalendar writes them (RFC 5545, 3.3.5).
pub(super) const BASIC: &str = "%Y%m%dT%H%M%S";

/// A reservation with all that a notice about it says.
pub(super) struct About<'a> {
    pub app: &'a App,
    pub configuration: &'a Configuration,
    pub reservation: &'a Reservation,
    pub units: &'a [UnitId],
    pub organiser: &'a Contact,
    /// When the notice is made; a calendar object is stamped with it.
    pub now: Instant,
    pub message: Option<&'a str>,
}

/// Where and when a reservation was until now.
#[derive(Clone, Copy)]
pub(super) struct Before<'a> {
    pub configuration: &'a Configuration,
    pub interval: Interval,
}

/// Tells the organiser of a reservation that was just changed, while there is one to be told.
///
/// # Errors
/// When the database fails.
pub(super) fn tell_organiser(
    tx: &mut WriteTx,
    app: &App,
    (reservation, units): (&Reservation, &[UnitId]),
    message: Option<&str>,
    what: impl FnOnce(&About<'_>, &mut WriteTx) -> Result<(), Error>,
) -> Result<(), Error> {
    let Some(organiser) = people::contact(tx, reservation.organiser)? else { return Ok(()) };
    let configuration = view::configuration(tx, app, reservation.space)?;
    let now = reservation.updated_at;
    let about =
        About { app, configuration: &configuration, reservation, units, organiser: &organiser, now, message };
    what(&about, tx)
}

impl About<'_> {
    /// The reservation as notices and calendar files show it.
    pub fn view(&self) -> notice::ReservationView {
        let Self { app, configuration, reservation, organiser, .. } = self;
        let venue = &configuration.venue;
        notice::ReservationView {
            id: reservation.id,
            sequence: reservation.sequence,
            status: match reservation.status {
                Status::Held | Status::Pending => CalendarStatus::Tentative,
                Status::Confirmed | Status::CheckedIn | Status::NoShow | Status::Completed => {
                    CalendarStatus::Confirmed
                }
                Status::Declined | Status::Expired | Status::Cancelled => CalendarStatus::Cancelled,
            },
            title: reservation.title.clone(),
            purpose: reservation.purpose.to_string(),
            space_name: configuration.space.name.clone(),
            venue: VenueView {
                name: venue.name.clone(),
                address: venue.address.line(),
                contact_email: venue.contact_email.clone(),
                zone: venue.zone.tz(),
            },
            unit_labels: self.unit_labels(),
            starts_at: reservation.interval.start(),
            ends_at: reservation.interval.end(),
            organiser_name: organiser.name.clone(),
            organiser_email: organiser.email.clone(),
            organisation: None,
            attendees: reservation.attendees,
            price: self.price(),
            fee: reservation.fee().map(Price::from),
            change_fee: reservation.change_fee().map(Price::from),
            access_instructions: venue.access_instructions.clone().filter(|_| self.is_ahead()),
            manage_url: format!("{}/reservations/{}", app.public_url, reservation.id),
            manage_link: None,
            message: self.message.map(str::to_owned),
            stamped_at: self.now,
            check_in: self.check_in(),
            recurrence: reservation.belongs.map(|belongs| Recurrence {
                series: belongs.series,
                original: belongs.original.format(BASIC).to_string(),
            }),
            equipment: reservation
                .equipment
                .iter()
                .map(|some| notice::EquipmentView { name: some.name.clone(), quantity: some.quantity })
                .collect(),
        }
    }

    /// The same in a mail to the organiser, with their link to manage it. It stands in no calendar object: colleagues may
    /// read that.
    fn own_view(&self, tx: &mut ReadTx) -> Result<notice::ReservationView, Error> {
        let manage_link = manage_url(self.app, self.reservation.id, self.organiser);
        Ok(notice::ReservationView { manage_link: Some(manage_link), ..self.view_told(tx)? })
    }

    /// The same in a mail: with the organisation that it is for.
    pub fn view_told(&self, tx: &mut ReadTx) -> Result<notice::ReservationView, Error> {
        let organisation = organisations::named(tx, self.reservation.organisation)?.into_values().next();
        Ok(notice::ReservationView { organisation, ..self.view() })
    }

    /// What is given up or declined has no price any more, at most a fee.
    fn price(&self) -> Option<Price> {
        let quote = self.reservation.quote.as_ref()?;
        let stands = self.reservation.status.occupies() || self.reservation.status == Status::Completed;
        stands.then(|| Price { minor: quote.total_gross, currency: quote.currency.to_string() })
    }

    /// How to check in, where one must and has not.
    fn check_in(&self) -> Option<notice::CheckInView> {
        let Self { app, reservation, .. } = self;
        let closes_at = reservation.no_show_at()?;
        let awaited = reservation.status == Status::Confirmed && self.now < closes_at;
        awaited.then(|| notice::CheckInView {
            opens_at: reservation.presence.rules.opens_at(reservation.interval),
            closes_at,
            link: url(app, Link::CheckIn, reservation.id),
            code: code(app, reservation.id),
        })
    }

    /// Whoever was here last year need not know today's door code.
    fn is_ahead(&self) -> bool {
        let confirmed = matches!(self.reservation.status, Status::Confirmed | Status::CheckedIn);
        confirmed && self.reservation.occupied().end() > self.now
    }

    fn unit_labels(&self) -> Vec<String> {
        let space = &self.configuration.space;
        if space.allocation == Allocation::Whole {
            return Vec::new();
        }
        let taken = space.units.iter().filter(|unit| self.units.contains(&unit.id));
        taken.map(|unit| unit.label.clone()).collect()
    }

    /// In a mail of their own.
    fn tell_organiser(
        &self,
        tx: &mut WriteTx,
        notice: impl FnOnce(notice::ReservationView) -> Notice,
    ) -> Result<(), Error> {
        let own = self.own_view(tx)?;
        tell(tx, self.app, self.organiser, &notice(own))
    }

    /// Of a reservation that is new to everybody: confirmed, or asked for. Of a hold nobody is told.
    pub fn made(&self, tx: &mut WriteTx) -> Result<(), Error> {
        match self.reservation.status {
            Status::Held => Ok(()),
            Status::Pending => self.requested(tx, self.reservation.expires_at),
            _ => self.confirmed(tx),
        }
    }

    fn confirmed(&self, tx: &mut WriteTx) -> Result<(), Error> {
        self.tell_organiser(tx, |reservation| Notice::ReservationConfirmed { reservation })
    }

    /// To the organiser, and to each of those who decide for the venue.
    pub fn requested(&self, tx: &mut WriteTx, decide_by: Option<Instant>) -> Result<(), Error> {
        self.tell_organiser(tx, |reservation| Notice::ReservationRequested { reservation, decide_by })?;
        self.to_decide(tx, decide_by, None)
    }

    /// To who waited: the slot is theirs if they confirm it in time.
    pub fn offered(&self, tx: &mut WriteTx) -> Result<(), Error> {
        let (reservation, until) = (self.view_told(tx)?, self.reservation.held_until());
        tell(tx, self.app, self.organiser, &Notice::SlotOffered { reservation, until })
    }

    /// To each of those who decide for the venue; `waiting_since` where they are reminded.
    fn to_decide(
        &self,
        tx: &mut WriteTx,
        decide_by: Option<Instant>,
        waiting_since: Option<Instant>,
    ) -> Result<(), Error> {
        let known =
            guests::as_known(tx, self.reservation.into(), Some(self.organiser.clone()), &Actor::Anonymous)?;
        let organiser = known.as_ref().unwrap_or(self.organiser);
        let reservation = About { organiser, ..*self }.view_told(tx)?;
        let notice = Notice::RequestToDecide { reservation, decide_by, waiting_since };
        for colleague in people::deciders(tx, self.configuration.venue.id)? {
            tell(tx, self.app, &colleague, &notice)?;
        }
        Ok(())
    }

    /// To each of those who decide for the venue, once more. Of a requested change `self` is the reservation as wished.
    pub fn still_to_decide(
        &self,
        tx: &mut WriteTx,
        decide_by: Instant,
        waiting_since: Instant,
    ) -> Result<(), Error> {
        self.to_decide(tx, Some(decide_by), Some(waiting_since))
    }

    /// To each of those who decide for the venue and to the organiser. `self` is of the reservation as wished.
    pub fn change_requested(&self, tx: &mut WriteTx, decide_by: Instant) -> Result<(), Error> {
        let decide_by = Some(decide_by);
        self.tell_organiser(tx, |reservation| Notice::ChangeRequested { reservation, decide_by })?;
        self.to_decide(tx, decide_by, None)
    }

    /// `self` is of the reservation as it stands.
    /// `lapsed`: nobody decided in time.
    pub fn change_declined(&self, tx: &mut WriteTx, lapsed: bool) -> Result<(), Error> {
        self.tell_organiser(tx, |reservation| Notice::ChangeDeclined { reservation, lapsed })
    }

    /// In its space, at another time or with other units.
    pub fn changed(&self, tx: &mut WriteTx, before: Interval) -> Result<(), Error> {
        self.moved(tx, Before { configuration: self.configuration, interval: before })
    }

    pub fn moved(&self, tx: &mut WriteTx, before: Before<'_>) -> Result<(), Error> {
        let previous = Some(Previous {
            space_name: before.configuration.space.name.clone(),
            starts_at: before.interval.start(),
            ends_at: before.interval.end(),
        });
        self.tell_organiser(tx, |reservation| Notice::ReservationChanged { reservation, previous })
    }

    /// At the same time in the same place, under another name.
    pub fn retitled(&self, tx: &mut WriteTx) -> Result<(), Error> {
        self.tell_organiser(tx, |reservation| Notice::ReservationChanged { reservation, previous: None })
    }

    pub fn approved(&self, tx: &mut WriteTx) -> Result<(), Error> {
        self.tell_organiser(tx, |reservation| Notice::ReservationApproved { reservation })
    }

    /// `lapsed`: nobody decided in time.
    pub fn declined(&self, tx: &mut WriteTx, lapsed: bool) -> Result<(), Error> {
        self.tell_organiser(tx, |reservation| Notice::ReservationDeclined { reservation, lapsed })
    }

    pub fn no_show(&self, tx: &mut WriteTx) -> Result<(), Error> {
        self.tell_organiser(tx, |reservation| Notice::ReservationNoShow { reservation })
    }

    /// `link` leads to where it can be told.
    pub fn ask_heads(&self, tx: &mut WriteTx, link: String) -> Result<(), Error> {
        let reservation = self.view_told(tx)?;
        tell(tx, self.app, self.organiser, &Notice::HeadcountAsked { reservation, link, stop: None })
    }

    /// Before it begins.
    pub fn remind(&self, tx: &mut WriteTx) -> Result<(), Error> {
        self.tell_organiser(tx, |reservation| Notice::ReservationReminder { reservation, stop: None })
    }

    /// `invited`: whether a calendar invitation was sent before.
    pub fn cancelled(
        &self,
        tx: &mut WriteTx,
        by_venue: bool,
        invited: bool,
        cause: Option<Cause>,
    ) -> Result<(), Error> {
        self.tell_organiser(tx, |reservation| Notice::ReservationCancelled {
            reservation,
            by_venue,
            invited,
            cause,
        })
    }
}
