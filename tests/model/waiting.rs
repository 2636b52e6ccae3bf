//! The model's waiting list.

use prostor::domain::{ids::WaitingId, reservation::Status};

use crate::{
    calendar::{self, Minute},
    decision::{Ask, Verdict},
    equipment::Given,
    model::{Booking, Model, Slot},
    spaces::Space,
};

#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place in the line, which the service gives by the order of ids.
    pub id: WaitingId,
    pub who: usize,
    pub space: usize,
    pub from: Minute,
    pub to: Minute,
    pub minutes: i64,
    pub quantity: u32,
    pub offers: Vec<usize>,
    pub ended: bool,
}

impl Model {
    pub fn state_of(&self, entry: &Entry) -> &'static str {
        let any = |is: &dyn Fn(&Booking) -> bool| entry.offers.iter().any(|id| is(&self.bookings[*id]));
        if any(&|offer| offer.on_confirm.is_none()) {
            "taken"
        } else if any(&|offer| offer.status == Status::Held) {
            "offered"
        } else if entry.ended || entry.from.max(self.now) + entry.minutes > entry.to {
            "over"
        } else {
            "waiting"
        }
    }

    /// Nobody stands in one queue twice, nor for what can't be had.
    pub fn may_join(
        &self,
        (who, space): (usize, usize),
        (from, to): (Minute, Minute),
        (minutes, quantity): (i64, u32),
    ) -> Result<(), &'static str> {
        let Space { archived, .. } = self.spaces[space];
        let over = from.max(self.now) + minutes > to;
        if archived || over || quantity as usize > self.spaces[space].pool() {
            return Err("invalid");
        }
        self.can_come((who, space), (from, to), (minutes, quantity))?;
        let own = self.entries.values().filter(|entry| entry.who == who);
        let waits: Vec<_> =
            own.filter(|entry| ["waiting", "offered"].contains(&self.state_of(entry))).collect();
        if waits.iter().any(|entry| entry.space == space && entry.from < to && from < entry.to) {
            return Err("duplicate");
        }
        if waits.len() >= 20 { Err("invalid") } else { Ok(()) }
    }

    /// What refuses a slot, other than that somebody has it, must be of the kind that passes.
    fn can_come(
        &self,
        (who, space): (usize, usize),
        (from, to): (Minute, Minute),
        (minutes, quantity): (i64, u32),
    ) -> Result<(), &'static str> {
        const PASSES: [&str; 5] = ["not for them", "too many ahead", "too many holds", "too far", "quota"];
        let lasts = |ask: &Ask| self.judge(ask).refused.iter().any(|why| !PASSES.contains(why));
        let of = |from: Minute| self.wanted((who, space), (from, minutes), quantity);
        let starts = from.max(self.now)..=to - minutes;
        let mut slots = starts.clone().filter(|from| self.is_slot((who, space), (*from, minutes))).map(of);
        if slots.any(|ask| !lasts(&ask)) {
            return Ok(());
        }
        let first = starts.clone().find(|from| self.is_slot((who, space), (*from, minutes)));
        Err(if lasts(&of(first.unwrap_or(*starts.start()))) { "policy_refused" } else { "invalid" })
    }

    /// What is held for it is let go.
    pub fn leave(&mut self, entry: usize) -> Result<(), String> {
        let Some(gone) = self.entries.remove(&entry) else { return Ok(()) };
        for id in gone.offers {
            if self.bookings[id].status == Status::Held {
                self.bookings[id].status = Status::Cancelled;
                self.bookings[id].expires = None;
                self.occupy(id)?;
            }
        }
        Ok(())
    }

    /// What the next run of the job holds for whom, and which entries have come to their end: nothing is done yet.
    pub fn attend_to(&mut self, key: usize) -> Option<Ask> {
        let entry = self.entries[&key].clone();
        match self.state_of(&entry) {
            "waiting" if !entry.ended => {}
            "taken" | "over" => {
                self.entries.get_mut(&key)?.ended = true;
                return None;
            }
            _ => return None,
        }
        if !(8..21).contains(&calendar::clock_hour(self.now)) {
            return None;
        }
        let passed = |from: Minute| {
            entry
                .offers
                .iter()
                .map(|id| &self.bookings[*id].slot)
                .any(|slot| slot.from < from + entry.minutes && from < slot.to)
        };
        // What begins now could not be taken in time.
        let starts = (entry.from.max(self.now + 1)..=entry.to - entry.minutes)
            .filter(|from| self.is_slot((entry.who, entry.space), (*from, entry.minutes)));
        let wanted = |from| self.wanted((entry.who, entry.space), (from, entry.minutes), entry.quantity);
        let mut bookable = starts.filter(|from| !passed(*from)).map(wanted);
        // Availability takes it for one person where nobody says how many come.
        let first = bookable.find(|ask| matches!(self.judge(ask).verdict, Verdict::Allow | Verdict::Ask))?;
        // It never ends a hold of one's own.
        self.judge(&first).replaced.is_empty().then_some(first)
    }

    /// Slots begin on the grid and end in the same opening time.
    fn is_slot(&self, (who, space): (usize, usize), (from, minutes): (Minute, i64)) -> bool {
        let grid = self.grid(space, Some(who), false);
        let begins =
            self.opening.span(space, from).is_some_and(|span| crate::decision::on_grid(span, from, grid));
        begins && self.opening.is_open_throughout(space, from, from + minutes)
    }

    pub fn grid(&self, space: usize, who: Option<usize>, for_organisation: bool) -> i64 {
        let rule = self.rule(space, &Self::audiences(who, for_organisation), "slot_minutes");
        rule.map_or(15, |limit| limit["value"].as_i64().unwrap())
    }

    fn wanted(&self, (who, space): (usize, usize), (from, minutes): (Minute, i64), quantity: u32) -> Ask {
        let slot = Slot::new((from, from + minutes), self.spaces[space].buffers, quantity);
        // As one who books for themselves: nobody goes beyond the limits in their sleep.
        Ask {
            actor: None,
            who: Some(who),
            for_organisation: false,
            space,
            named: None,
            slot,
            hold: false,
            extra: false,
            old: None,
            besides: Vec::new(),
        }
    }

    /// Makes the offer that [`Self::attend_to`] found, on the units that the service chose.
    pub fn offer(&mut self, key: usize, ask: Ask, units: Vec<usize>) -> Result<usize, String> {
        let asks = self.judge(&ask).verdict == Verdict::Ask;
        let minutes = self.number(ask.space, &Self::audiences(ask.who, false), "offer_minutes", 120);
        let expires = (self.now + minutes).min(ask.slot.from);
        let given = Given { units, pieces: Vec::new() };
        let id = self.add(&ask, given, Status::Held, Some(expires), Some(asks))?;
        self.bookings[id].offered = true;
        if let Some(entry) = self.entries.get_mut(&key) {
            entry.offers.push(id);
        }
        Ok(id)
    }
}
