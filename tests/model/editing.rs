//! What becomes of the model's reservations that are moved or edited: the new slot is judged, priced and taken, or asked
//! for.

use prostor::domain::reservation::Status;

use crate::{
    decision::{Ask, Judged},
    equipment::Given,
    model::{Model, Slot, occupies},
    op::Wish,
    places::DORA,
    story::sorted,
    verbs::Answer,
};

/// What an edit comes to.
pub enum Edit {
    Nothing,
    /// The wish that waits is taken back.
    Withdraw,
    Place {
        asks: bool,
        judged: Judged,
        ask: Box<Ask>,
    },
}

impl Model {
    /// What nobody can mean: a layout or a unit that is not there any more, and cleaning where there is none.
    pub fn misunderstands(&self, wish: &Wish) -> bool {
        let space = &self.spaces[wish.space];
        let layout = wish.layout.is_some_and(|layout| !space.layouts[layout].offered);
        let extra = wish.extra && space.tariff.is_none_or(|tariff| tariff.extra.is_none());
        layout || extra || !self.are_of(wish.space, wish.named.as_deref(), wish.quantity)
    }

    /// Whether units are named that the space has, as many as are asked for; or none.
    fn are_of(&self, space: usize, named: Option<&[usize]>, quantity: u32) -> bool {
        let units = &self.spaces[space].units;
        named.is_none_or(|named| {
            named.len() == quantity as usize && named.iter().all(|unit| units.contains(unit))
        })
    }

    /// Whether anything of it may still be changed.
    pub fn may_edit(&self, who: usize, id: usize) -> Answer {
        self.may_change(who, id)?;
        self.ran_out(id)?;
        let booking = &self.bookings[id];
        let stands = matches!(booking.status, Status::Confirmed | Status::CheckedIn);
        if !occupies(booking.status) || stands && booking.slot.to <= self.now {
            return Err("state_conflict");
        }
        Ok(())
    }

    /// What asking for another slot of a reservation is.
    pub fn ask_of(&self, id: usize, slot: Slot) -> Ask {
        let booking = &self.bookings[id];
        Ask {
            actor: None,
            who: Some(booking.who),
            for_organisation: booking.for_organisation,
            space: booking.space_of(&slot),
            named: None,
            slot,
            hold: booking.status == Status::Held,
            extra: booking.extra(),
            old: Some(id),
            besides: Vec::new(),
        }
    }

    /// What an edit to another slot would come to, perhaps on certain units.
    pub fn edit(
        &self,
        who: usize,
        id: usize,
        slot: Slot,
        named: Option<&[usize]>,
    ) -> Result<Edit, &'static str> {
        self.may_edit(who, id)?;
        let booking = &self.bookings[id];
        let (new, old, space) = (&slot, &booking.slot, booking.space_of(&slot));
        let stays = space == booking.space;
        let offered = |layout: usize| self.spaces[space].layouts[layout].offered;
        let layout = new.layout.is_none_or(|layout| stays && new.layout == old.layout || offered(layout));
        // A pool does not go along with itself.
        let itself = new.lent().is_some_and(|(pool, _)| pool == space);
        if !layout || itself || !self.are_of(space, named, new.quantity) {
            return Err("invalid");
        }
        let same = stays
            && (new.from, new.to, new.quantity, new.attendees, new.layout, new.lent())
                == (old.from, old.to, old.quantity, old.attendees, old.layout, old.lent());
        if same && named.is_none_or(|named| sorted(named.to_vec()) == sorted(old.units.clone())) {
            return Ok(if booking.change.is_some() { Edit::Withdraw } else { Edit::Nothing });
        }
        let named = named.map(<[usize]>::to_vec);
        let ask = Ask { actor: Some(who), named, ..self.ask_of(id, slot) };
        let judged = self.judge(&ask);
        let asks = judged.verdict.code()?;
        let begun = booking.slot.from <= self.now || booking.arrived;
        let moves = !stays && (begun || booking.status == Status::Held);
        if moves || begun && ask.slot.from != booking.slot.from && who != DORA {
            return Err("state_conflict");
        }
        self.quote(&ask)?;
        Ok(Edit::Place { asks, judged, ask: Box::new(ask) })
    }

    pub fn withdraw(&mut self, id: usize) -> Result<(), String> {
        (self.bookings[id].change, self.bookings[id].expires) = (None, None);
        self.occupy(id)
    }

    /// Takes the new slot, or asks for it, on the units that the service chose.
    pub fn place(
        &mut self,
        id: usize,
        asks: bool,
        ask: &Ask,
        judged: &Judged,
        given: Given,
    ) -> Result<(), String> {
        let replaced_until = self.replace(&judged.replaced)?;
        let (now, audiences, space) = (self.now, self.audiences_of(id), ask.space);
        let approval = now + 60 * self.number(space, &audiences, "approval_hours", 72);
        let hold = now + self.number(space, &audiences, "hold_minutes", 10);
        let mut slot = ask.slot.clone().on(given);
        self.priced(id, &mut slot, ask)?;
        let booking = &mut self.bookings[id];
        if asks && matches!(booking.status, Status::Confirmed | Status::CheckedIn) {
            let own = &booking.slot;
            let bound = |from| if from > now { from } else { own.to };
            booking.expires = Some(approval.min(bound(own.from)).min(bound(slot.from)));
            booking.change = Some(slot);
            return self.occupy(id);
        }
        if booking.change.take().is_some() {
            booking.expires = None;
        }
        match booking.status {
            Status::Pending => booking.expires = Some(approval.min(slot.from).min(booking.expires.unwrap())),
            Status::Held => {
                let asks = asks || booking.on_confirm == Some(true);
                let latest = if asks { slot.from } else { slot.to };
                let known = booking.expires.unwrap().min(replaced_until.unwrap_or(i64::MAX));
                booking.expires = Some(hold.min(latest).min(known));
                booking.on_confirm = Some(asks);
            }
            _ => {}
        }
        booking.go(slot);
        self.occupy(id)
    }

    /// Its organiser or somebody else meant it to be other than its series.
    pub fn differs(&mut self, id: usize) {
        if let Some(member) = &mut self.bookings[id].member {
            member.changed = true;
        }
    }
}
