//! An offer to who waits: a hold that the service makes for them, judged and taken as any request is.

use std::sync::Arc;

use super::{
    claimant::Claimant,
    holds,
    notices::About,
    request::Request,
    slot::rows_held,
    taking::{self, Judged},
};
use crate::{
    app::{App, error::Error},
    domain::{
        check_in::Presence,
        decision::{Booker, Outcome},
        ids::ReservationId,
        instant::{Instant, Interval},
        places::Configuration,
        record::Reservation,
        reminder::Reminder,
        reservation::Status,
        tariff::Quote,
        waiting::{WaitingEntry, offer_expires},
    },
    store::{
        audit::{self, Entry},
        db::WriteTx,
        occupancies,
        people::Contact,
        reservations,
    },
};

/// A slot for who waits for one.
pub(crate) struct Offer<'a> {
    pub configuration: Arc<Configuration>,
    pub claimant: Claimant,
    pub organiser: &'a Contact,
    pub entry: &'a WaitingEntry,
    pub slot: Interval,
}

impl Offer<'_> {
    /// Holds the slot in the caller's transaction, which holds the locks up to the units, and tells who waits.
    /// `None` where it does not pass the decision any more, or would end a hold that they have themselves.
    ///
    /// # Errors
    /// `slot_taken` when the database refuses.
    pub fn make(&self, tx: &mut WriteTx, app: &App, now: Instant) -> Result<Option<ReservationId>, Error> {
        let request = self.request();
        // Without what its tariff asks for it has no price: then it can't be offered either.
        let quote = match request.quote() {
            Err(Error::Fields(_)) => return Ok(None),
            quote => quote?,
        };
        let judged = taking::judge(tx, &request, now, None)?;
        if judged.decision.outcome == Outcome::Refuse || judged.replaced_until.is_some() {
            return Ok(None);
        }
        holds::give_way(tx, app, &judged.to_end, None, now)?;
        let hold = self.hold(app, &judged, quote, now);
        save(tx, app, &hold, &judged)?;
        let about = About {
            app,
            configuration: &self.configuration,
            reservation: &hold,
            units: &judged.units,
            organiser: self.organiser,
            now,
            message: None,
        };
        about.offered(tx)?;
        Ok(Some(hold.id))
    }

    fn request(&self) -> Request {
        let entry = self.entry;
        Request {
            interval: self.slot,
            quantity: entry.quantity,
            units: None,
            layout: None,
            buffers: self.configuration.space.buffers(None),
            attendees: entry.attendees,
            booker: Booker { staff: false, verified: self.organiser.verified_at.is_some(), known: true },
            claimant: self.claimant.clone(),
            own: None,
            extras: Vec::new(),
            names_extras: false,
            // The limit on holds is on those that people make themselves.
            hold: false,
            equipment: Vec::new(),
            names_equipment: false,
            elsewhere: false,
            configuration: self.configuration.clone(),
        }
    }

    fn hold(&self, app: &App, judged: &Judged, quote: Option<Quote>, now: Instant) -> Reservation {
        let entry = self.entry;
        let asks = judged.decision.outcome == Outcome::Ask;
        Reservation {
            id: app.id(),
            place: entry.place,
            space: entry.space,
            status: Status::Held,
            interval: self.slot,
            buffers: self.configuration.space.buffers(None),
            quantity: entry.quantity,
            title: entry.title.clone(),
            purpose: entry.purpose,
            attendees: entry.attendees,
            headcount: None,
            layout: None,
            organiser: entry.person,
            organisation: entry.organisation,
            made_by: entry.person,
            notes: None,
            internal_notes: None,
            is_public: false,
            audience: self.claimant.audience(entry.place),
            event_description: None,
            event_link: None,
            waived: false,
            cancellation_notice_minutes: judged.effective.cancellation_notice_minutes.rule,
            cancelled_late: None,
            expires_at: Some(offer_expires(now, self.slot, judged.effective.offer_minutes.rule)),
            released_at: None,
            change: None,
            quote,
            sequence: 0,
            version: 1,
            created_at: now,
            updated_at: now,
            presence: Presence { rules: judged.effective.check_in(), ..Presence::default() },
            belongs: None,
            kept_fee: None,
            equipment: Vec::new(),
            on_confirm: Some(if asks { Status::Pending } else { Status::Confirmed }),
            reminder: Reminder::new(judged.effective.reminder_hours.rule),
            settled: None,
            cancelled_by: None,
        }
    }
}

fn save(tx: &mut WriteTx, app: &App, hold: &Reservation, judged: &Judged) -> Result<(), Error> {
    reservations::insert(tx, hold)?;
    occupancies::insert(tx, hold.place, &rows_held(app, hold, &judged.units))?;
    let entry = Entry::new(app.id(), hold.created_at, None, "reservation.offered", hold.id);
    audit::append(tx, &entry.within(hold.place).moving(None, Status::Held))?;
    Ok(())
}
