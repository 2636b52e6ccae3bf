//! What people and time do to the model's reservations. Each answers the code of the refusal, or does it.

use prostor::domain::reservation::Status;

use crate::{
    calendar::{DAY, Minute},
    decision::{Ask, Judged},
    equipment::{Given, LENT},
    model::{Booking, But, Elsewhere, Model, Slot},
    places::DORA,
};

/// Refused with this code; or done.
pub type Answer = Result<(), &'static str>;

impl Model {
    fn rules_of(ask: &Ask) -> (Vec<&'static str>, usize) {
        (Self::audiences(ask.who, ask.for_organisation), ask.space)
    }

    /// The rules of the space asked for that are the reservation's from then on.
    pub fn frozen_of(&self, ask: &Ask) -> Elsewhere {
        let (audiences, space) = Self::rules_of(ask);
        let required = self.rule(space, &audiences, "check_in_required").is_some_and(|rule| rule == true);
        let opens = self.number(space, &audiences, "check_in_opens_minutes", 15);
        let grace = self.number(space, &audiences, "check_in_grace_minutes", 15);
        let notice = self.number(space, &audiences, "cancellation_notice_minutes", 0);
        Elsewhere { space, check_in: (required, opens, grace), notice }
    }

    /// A new reservation, on the units that the service chose.
    pub fn add(
        &mut self,
        ask: &Ask,
        given: Given,
        status: Status,
        expires: Option<Minute>,
        on_confirm: Option<bool>,
    ) -> Result<usize, String> {
        let (audiences, _) = Self::rules_of(ask);
        let Elsewhere { space, check_in, notice } = self.frozen_of(ask);
        let price = self.quote(ask)?;
        self.bookings.push(Booking {
            space,
            who: ask.who.unwrap(),
            for_organisation: ask.for_organisation,
            by_staff: audiences[0] == "staff",
            status,
            slot: Slot { price, ..ask.slot.clone().on(given) },
            change: None,
            expires,
            released: None,
            on_confirm,
            offered: false,
            made: self.now,
            arrived: false,
            check_in,
            member: None,
            notice,
            late: None,
            heads: None,
            cells: Vec::new(),
        });
        let id = self.bookings.len() - 1;
        self.occupy(id)?;
        Ok(id)
    }

    /// Makes what was judged.
    pub fn reserve(&mut self, ask: &Ask, judged: &Judged, asks: bool, given: Given) -> Result<usize, String> {
        let (audiences, space) = Self::rules_of(ask);
        let replaced_until = self.replace(&judged.replaced)?;
        if ask.hold {
            let latest = if asks { ask.slot.from } else { ask.slot.to };
            let expires = self.now + self.number(space, &audiences, "hold_minutes", 10);
            let expires = expires.min(latest).min(replaced_until.unwrap_or(Minute::MAX));
            return self.add(ask, given, Status::Held, Some(expires), Some(asks));
        }
        if !asks {
            return self.add(ask, given, Status::Confirmed, None, None);
        }
        let expires = self.now + 60 * self.number(space, &audiences, "approval_hours", 72);
        self.add(ask, given, Status::Pending, Some(expires.min(ask.slot.from)), None)
    }

    /// Ends holds that give way; when the first of them would have run out.
    pub fn replace(&mut self, holds: &[usize]) -> Result<Option<Minute>, String> {
        let until = holds.iter().filter_map(|id| self.bookings[*id].expires).min();
        for &id in holds {
            self.finish(id, Status::Expired)?;
        }
        Ok(until)
    }

    pub fn finish(&mut self, id: usize, status: Status) -> Result<(), String> {
        let booking = &mut self.bookings[id];
        (booking.status, booking.expires, booking.change) = (status, None, None);
        self.occupy(id)
    }

    /// It is cancelled; by the venue, for nothing.
    pub fn call_off(&mut self, id: usize, by_venue: bool) -> Result<(), String> {
        let (now, booking) = (self.now, &mut self.bookings[id]);
        let late = booking.status == Status::Confirmed && now + booking.notice > booking.slot.from;
        booking.late = (booking.status != Status::Held).then_some(late && !by_venue);
        if by_venue {
            booking.slot.kept = 0;
        }
        self.finish(id, Status::Cancelled)
    }

    /// Holds that ran out are everybody's from that very second.
    pub fn pass(&mut self, until: Minute) -> Result<(), String> {
        self.now = self.now.max(until);
        for id in 0..self.bookings.len() {
            let booking = &self.bookings[id];
            if booking.status == Status::Held && booking.expires.is_some_and(|at| at <= self.now) {
                self.finish(id, Status::Expired)?;
            }
        }
        Ok(())
    }

    pub fn ran_out(&self, id: usize) -> Answer {
        let booking = &self.bookings[id];
        let ran_out = booking.status == Status::Expired && booking.on_confirm.is_some();
        if ran_out { Err("hold_expired") } else { Ok(()) }
    }

    pub fn confirm(&mut self, who: usize, id: usize) -> Result<Answer, String> {
        if let Err(code) = self.may_change(who, id).and(self.ran_out(id)) {
            return Ok(Err(code));
        }
        let hours = self.number(self.bookings[id].space, &self.audiences_of(id), "approval_hours", 72);
        let now = self.now;
        let booking = &mut self.bookings[id];
        match booking.status {
            Status::Pending | Status::Confirmed => Ok(Ok(())),
            Status::Held => {
                let asks = booking.on_confirm.take() == Some(true);
                booking.status = if asks { Status::Pending } else { Status::Confirmed };
                booking.expires = asks.then_some((now + 60 * hours).min(booking.slot.from));
                self.occupy(id)?;
                Ok(Ok(()))
            }
            _ => Ok(Err("state_conflict")),
        }
    }

    pub fn cancel(&mut self, who: usize, id: usize) -> Result<Answer, String> {
        if let Err(code) = self.may_change(who, id).and(self.ran_out(id)) {
            return Ok(Err(code));
        }
        let booking = &self.bookings[id];
        let (ahead, by_venue) = (self.now < booking.slot.from, who == DORA && booking.who != DORA);
        match booking.status {
            Status::Cancelled => {}
            Status::Held => self.call_off(id, by_venue)?,
            Status::Pending | Status::Confirmed if ahead => self.call_off(id, by_venue)?,
            _ => return Ok(Err("state_conflict")),
        }
        Ok(Ok(()))
    }

    pub fn decide(&mut self, who: usize, id: usize, approves: bool) -> Result<Answer, String> {
        if let Err(code) = self.may_decide(who, id) {
            return Ok(Err(code));
        }
        let booking = &mut self.bookings[id];
        let late = booking.expires.is_some_and(|at| at <= self.now);
        if approves && late {
            return Ok(Err("state_conflict"));
        }
        if let Some(change) = booking.change.take() {
            booking.expires = None;
            if approves {
                let kept = change.kept.max(booking.slot.kept);
                booking.go(Slot { kept, ..change });
            }
        } else {
            match (booking.status, approves) {
                (Status::Pending, true) => (booking.status, booking.expires) = (Status::Confirmed, None),
                (Status::Pending, false) => return self.finish(id, Status::Declined).map(Ok),
                (Status::Confirmed, true) | (Status::Declined, false) => {}
                _ => return Ok(Err("state_conflict")),
            }
        }
        self.occupy(id)?;
        Ok(Ok(()))
    }

    // ---- who came ----------------------------------------------------------------------------------------------

    pub fn check_in(&mut self, who: usize, id: usize) -> Result<Answer, String> {
        if let Err(code) = self.may_change(who, id) {
            return Ok(Err(code));
        }
        let (now, booking) = (self.now, &mut self.bookings[id]);
        let slot = &booking.slot;
        match booking.status {
            Status::CheckedIn => {}
            Status::Confirmed if now >= slot.to => return Ok(Err("state_conflict")),
            Status::Confirmed if now < slot.from - booking.check_in.1 => return Ok(Err("not_open_yet")),
            Status::Confirmed => {
                let other = |change: &Slot| change.from != slot.from || change.elsewhere.is_some();
                if booking.change.as_ref().is_some_and(other) {
                    (booking.change, booking.expires) = (None, None);
                }
                (booking.status, booking.arrived) = (Status::CheckedIn, true);
                self.occupy(id)?;
            }
            Status::NoShow if who == DORA && now <= slot.to + 7 * DAY => self.reinstate(id)?,
            _ => return Ok(Err("state_conflict")),
        }
        Ok(Ok(()))
    }

    /// Up to the first minute that somebody else has of any of its units or pieces, the tear-down of each included.
    fn reinstate(&mut self, id: usize) -> Result<(), String> {
        let booking = &self.bookings[id];
        let (slot, own) = (&booking.slot, But { own: &[id], giving_way: &[] });
        let until_of = |(units, teardown): (&Vec<usize>, i64)| {
            let is_own = |at: Minute| units.iter().all(|unit| self.is_free(*unit, (at, at + 1), &own));
            let first = (booking.kept_until() + teardown..slot.to + teardown).find(|at| !is_own(*at))?;
            Some((first - teardown).max(booking.released.unwrap_or(first)))
        };
        let both = [(&slot.units, slot.buffers.1), (&slot.pieces, LENT.1)];
        let until = both.into_iter().filter_map(until_of).min();
        let booking = &mut self.bookings[id];
        booking.released = booking.released.and(until);
        (booking.status, booking.arrived) = (Status::CheckedIn, true);
        self.occupy(id)
    }

    pub fn check_out(&mut self, who: usize, id: usize) -> Result<Answer, String> {
        if let Err(code) = self.may_change(who, id) {
            return Ok(Err(code));
        }
        match self.bookings[id].status {
            Status::Completed => {}
            Status::CheckedIn if self.now <= self.bookings[id].slot.from => return Ok(Err("not_open_yet")),
            Status::CheckedIn => self.release(id, Status::Completed)?,
            _ => return Ok(Err("state_conflict")),
        }
        Ok(Ok(()))
    }

    pub fn no_show(&mut self, who: usize, id: usize) -> Result<Answer, String> {
        if let Err(code) = self.may_decide(who, id) {
            return Ok(Err(code));
        }
        let booking = &self.bookings[id];
        match booking.status {
            Status::NoShow => {}
            Status::Confirmed if self.now <= booking.slot.from => return Ok(Err("not_open_yet")),
            Status::Confirmed if self.now >= booking.slot.to && !booking.check_in.0 => {
                return Ok(Err("state_conflict"));
            }
            Status::Confirmed => self.release(id, Status::NoShow)?,
            _ => return Ok(Err("state_conflict")),
        }
        Ok(Ok(()))
    }

    /// The rest of its time is free, what it wished for too.
    fn release(&mut self, id: usize, status: Status) -> Result<(), String> {
        let (now, booking) = (self.now, &mut self.bookings[id]);
        if booking.slot.from < now && now < booking.kept_until() {
            booking.released = Some(now);
        }
        self.finish(id, status)
    }

    // ---- what time alone does ----------------------------------------------------------------------------------

    pub fn release_no_shows(&mut self) -> Result<(), String> {
        for id in 0..self.bookings.len() {
            let Booking { status, made, check_in: (required, _, grace), ref slot, .. } = self.bookings[id];
            let waited = (slot.from.max(made) + grace).min(slot.to);
            if status == Status::Confirmed && required && waited <= self.now {
                self.release(id, Status::NoShow)?;
            }
        }
        Ok(())
    }

    pub fn settle(&mut self) -> Result<(), String> {
        for id in 0..self.bookings.len() {
            if self.bookings[id].expires.is_some_and(|at| at <= self.now) {
                match self.bookings[id].status {
                    Status::Pending => self.finish(id, Status::Expired)?,
                    _ => self.withdraw(id)?,
                }
            }
            let booking = &self.bookings[id];
            let awaited = booking.status == Status::Confirmed && booking.check_in.0;
            let stands = matches!(booking.status, Status::Confirmed | Status::CheckedIn);
            if stands && !awaited && booking.slot.to <= self.now {
                self.finish(id, Status::Completed)?;
            }
        }
        Ok(())
    }
}
