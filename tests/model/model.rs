//! What the service should be like, as plainly as it can be said: every unit has a holder in every minute, and every
//! rule is a loop over minutes or over all reservations. Nothing of the engine's rules is used.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use prostor::domain::reservation::Status;
use serde_json::{Value, json};

use crate::{
    calendar::{self, FIRST, LAST, Minute},
    counting::Visitors,
    opening::Opening,
    places::{BOR, CENE, DORA, EVA, HALL, PARTS, POOL, UNITS, first_policies},
    prices::{Price, first_tariffs},
    series::{Member, Series},
    spaces::{Space, first_spaces},
    waiting::Entry,
};

/// Who has a unit for a minute.
const NOBODY: u32 = 0;
pub const BLOCKED: u32 = 1;
/// And on: reservations, by their number.
const OF_RESERVATIONS: u32 = 2;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub from: Minute,
    pub to: Minute,
    pub buffers: (i64, i64),
    pub quantity: u32,
    pub attendees: Option<u32>,
    /// Which of its space's.
    pub layout: Option<usize>,
    pub units: Vec<usize>,
    /// How many pieces of a pool besides, of which one, and which.
    pub equipment: u32,
    pub pool: usize,
    pub pieces: Vec<usize>,
    /// As it was quoted.
    pub price: Option<Price>,
    /// What giving it up costs at least.
    pub kept: i64,
    /// Of a wish, where it is for another space.
    pub elsewhere: Option<Elsewhere>,
}

/// Another space, with its rules as they were when that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    pub space: usize,
    pub check_in: (bool, i64, i64),
    pub notice: i64,
}

impl Slot {
    pub fn new((from, to): (Minute, Minute), buffers: (i64, i64), quantity: u32) -> Self {
        Self {
            from,
            to,
            buffers,
            quantity,
            attendees: None,
            layout: None,
            units: Vec::new(),
            equipment: 0,
            pool: POOL,
            pieces: Vec::new(),
            price: None,
            kept: 0,
            elsewhere: None,
        }
    }

    pub fn occupied(&self) -> (Minute, Minute) {
        (self.from - self.buffers.0, self.to + self.buffers.1)
    }
}

#[derive(Clone, Debug)]
pub struct Booking {
    pub space: usize,
    pub who: usize,
    pub for_organisation: bool,
    pub by_staff: bool,
    pub status: Status,
    pub slot: Slot,
    pub change: Option<Slot>,
    pub expires: Option<Minute>,
    pub released: Option<Minute>,
    /// Of a hold, and of what was never more: whether it needs approval.
    pub on_confirm: Option<bool>,
    pub offered: bool,
    pub made: Minute,
    pub arrived: bool,
    /// Whether one must check in, from so many minutes before, within so many after.
    pub check_in: (bool, i64, i64),
    /// Of which series it is.
    pub member: Option<Member>,
    /// How long before its start it can be cancelled in time, and whether it was cancelled later.
    pub notice: i64,
    pub late: Option<bool>,
    /// How many came.
    pub heads: Option<u32>,
    /// What it has.
    pub cells: Vec<(usize, Minute, Minute)>,
}

impl Booking {
    /// Of which space its slot is, or the one that it asks for.
    pub fn space_of(&self, slot: &Slot) -> usize {
        slot.elsewhere.as_ref().map_or(self.space, |there| there.space)
    }

    /// What it asks for of a space.
    pub fn wish_of(&self, space: usize) -> Option<&Slot> {
        self.change.as_ref().filter(|slot| self.space_of(slot) == space)
    }

    /// From now on it has this slot, be it in another space.
    pub fn go(&mut self, mut slot: Slot) {
        if let Some(there) = slot.elsewhere.take() {
            (self.space, self.check_in, self.notice) = (there.space, there.check_in, there.notice);
        }
        (self.slot, self.released) = (slot, None);
    }

    pub fn kept_until(&self) -> Minute {
        self.released.map_or(self.slot.to, |at| at.min(self.slot.to))
    }

    pub fn occupied(&self) -> (Minute, Minute) {
        (self.slot.from - self.slot.buffers.0, self.kept_until() + self.slot.buffers.1)
    }

    /// Unit, from and to of all it takes.
    pub fn wants(&self) -> Vec<(usize, Minute, Minute)> {
        if matches!(self.status, Status::Declined | Status::Expired | Status::Cancelled) {
            return Vec::new();
        }
        let own = self.slot.cells(self.kept_until());
        let mut cells = own.clone();
        for (unit, from, to) in self.change.iter().flat_map(|change| change.cells(change.to)) {
            match own.iter().find(|cell| cell.0 == unit) {
                Some(&(_, begins, ends)) => {
                    cells.push((unit, from, to.min(begins)));
                    cells.push((unit, from.max(ends), to));
                }
                None => cells.push((unit, from, to)),
            }
        }
        cells.retain(|(_, from, to)| from < to);
        cells
    }
}

/// Whose time is in nobody's way.
pub struct But<'a> {
    pub own: &'a [usize],
    pub giving_way: &'a [usize],
}

/// A block; `rule` is that of its first one, where it recurs.
#[derive(Clone)]
pub struct Block {
    pub rule: Option<usize>,
    pub space: usize,
    pub from: Minute,
    pub to: Minute,
    pub stands: bool,
}

#[derive(Clone)]
pub struct Model {
    pub now: Minute,
    pub bookings: Vec<Booking>,
    pub blocks: Vec<Block>,
    pub entries: BTreeMap<usize, Entry>,
    pub series: Vec<Series>,
    pub opening: Opening,
    pub spaces: Vec<Space>,
    /// Those without a reservation, by space and day.
    pub visitors: BTreeMap<(usize, NaiveDate), Visitors>,
    /// By unit and minute.
    holders: Vec<Arc<Vec<u32>>>,
    venue_policy: Value,
}

pub fn occupies(status: Status) -> bool {
    matches!(status, Status::Held | Status::Pending | Status::Confirmed | Status::CheckedIn)
}

fn index(at: Minute) -> usize {
    usize::try_from(at - FIRST).unwrap()
}

impl Model {
    pub fn new(now: Minute) -> Self {
        let mut model = Self {
            now,
            bookings: Vec::new(),
            blocks: Vec::new(),
            entries: BTreeMap::new(),
            series: Vec::new(),
            opening: Opening::new(calendar::date(now)),
            spaces: first_spaces(),
            visitors: BTreeMap::new(),
            holders: Vec::new(),
            venue_policy: json!({}),
        };
        for _ in 0..UNITS {
            model.add_unit();
        }
        model.spaces[HALL].units = model.units_of_parts(PARTS[0]);
        for (space, policy) in first_policies() {
            model.put_policy(space, policy);
        }
        for (space, tariff) in first_tariffs() {
            model.spaces[space].tariff = Some(tariff);
        }
        model
    }

    pub fn add_unit(&mut self) -> usize {
        self.holders.push(Arc::new(vec![NOBODY; index(LAST)]));
        self.holders.len() - 1
    }

    pub fn units_of_parts(&self, parts: &[usize]) -> Vec<usize> {
        parts.iter().flat_map(|part| &self.spaces[*part].units).copied().collect()
    }

    /// What it takes to have a space.
    pub fn units_of(&self, space: usize) -> Vec<usize> {
        self.spaces[space].units.clone()
    }

    pub fn put_policy(&mut self, space: Option<usize>, policy: Value) {
        *space.map_or(&mut self.venue_policy, |space| &mut self.spaces[space].policy) = policy;
    }

    /// What holds for the audiences in a space: the space's before the venue's, and there the first audience's.
    pub fn rule(&self, space: usize, audiences: &[&str], field: &str) -> Option<&Value> {
        let levels = [&self.spaces[space].policy, &self.venue_policy];
        let each = levels.into_iter().flat_map(|level| audiences.iter().map(move |who| level.get(*who)));
        each.flatten().find_map(|rules| rules.get(field))
    }

    pub fn number(&self, space: usize, audiences: &[&str], field: &str, default: i64) -> i64 {
        self.rule(space, audiences, field).and_then(Value::as_i64).unwrap_or(default)
    }

    // ---- who has what ------------------------------------------------------------------------------------------

    pub fn holder(&self, unit: usize, at: Minute) -> Option<usize> {
        self.holders[unit][index(at)].checked_sub(OF_RESERVATIONS).map(|id| id as usize)
    }

    fn hold(&mut self, unit: usize, at: Minute, holder: u32) {
        Arc::make_mut(&mut self.holders[unit])[index(at)] = holder;
    }

    pub fn is_blocked(&self, unit: usize, at: Minute) -> bool {
        self.holders[unit][index(at)] == BLOCKED
    }

    /// Whether nobody has the unit, but those whose time does not count.
    pub fn is_free(&self, unit: usize, (from, to): (Minute, Minute), but: &But<'_>) -> bool {
        (from..to).all(|at| match self.holders[unit][index(at)] {
            NOBODY => true,
            BLOCKED => false,
            _ => self.holder(unit, at).is_some_and(|id| {
                // What gives way within a block is the block's.
                but.own.contains(&id) || but.giving_way.contains(&id) && !self.stands_blocked(unit, at)
            }),
        })
    }

    fn stands_blocked(&self, unit: usize, at: Minute) -> bool {
        let over = |block: &Block| block.stands && (block.from..block.to).contains(&at);
        self.blocks.iter().any(|block| over(block) && self.units_of(block.space).contains(&unit))
    }

    /// Takes what the reservation wants and nothing else; what it leaves within a block is the block's.
    pub fn occupy(&mut self, id: usize) -> Result<(), String> {
        let (had, wants) = (std::mem::take(&mut self.bookings[id].cells), self.bookings[id].wants());
        let minutes = |cells: &[(usize, Minute, Minute)]| {
            let each = cells.iter().flat_map(|&(unit, from, to)| (from..to).map(move |at| (unit, at)));
            each.collect::<Vec<_>>()
        };
        for (unit, at) in minutes(&had) {
            self.hold(unit, at, NOBODY);
        }
        for (unit, at) in minutes(&wants) {
            let holder = self.holders[unit][index(at)];
            if holder != NOBODY {
                return Err(format!("unit {unit} is not free at {}: {holder}", calendar::shown(at)));
            }
            self.hold(unit, at, OF_RESERVATIONS + u32::try_from(id).unwrap());
        }
        for (unit, at) in minutes(&had) {
            if self.holders[unit][index(at)] == NOBODY && self.stands_blocked(unit, at) {
                self.hold(unit, at, BLOCKED);
            }
        }
        self.bookings[id].cells = wants;
        Ok(())
    }

    pub fn block(&mut self, space: usize, (from, to): (Minute, Minute), rule: Option<usize>) {
        self.blocks.push(Block { rule, space, from, to, stands: true });
        for unit in self.units_of(space) {
            self.fill(unit, (from, to));
        }
    }

    /// A block takes what nobody has.
    pub fn fill(&mut self, unit: usize, (from, to): (Minute, Minute)) {
        for at in from..to {
            if self.holders[unit][index(at)] == NOBODY {
                self.hold(unit, at, BLOCKED);
            }
        }
    }

    /// From now on its time is free, or another block's that stands over it.
    pub fn lift(&mut self, block: usize) {
        self.blocks[block].stands = false;
        let Block { space, from, to, .. } = self.blocks[block];
        for unit in self.units_of(space) {
            self.unblock(unit, (from.max(self.now), to));
        }
    }

    /// A block leaves what no other one stands over.
    pub fn unblock(&mut self, unit: usize, (from, to): (Minute, Minute)) {
        for at in from..to {
            if self.is_blocked(unit, at) && !self.stands_blocked(unit, at) {
                self.hold(unit, at, NOBODY);
            }
        }
    }

    // ---- people ------------------------------------------------------------------------------------------------

    /// The audiences that fit, the most trusted first.
    pub fn audiences(who: Option<usize>, for_organisation: bool) -> Vec<&'static str> {
        let mut fit = Vec::new();
        if who == Some(DORA) {
            fit.push("staff");
        }
        if for_organisation {
            fit.push("cci");
        }
        if who == Some(BOR) {
            fit.push("member");
        }
        fit.push("public");
        fit
    }

    pub fn audiences_of(&self, id: usize) -> Vec<&'static str> {
        Self::audiences(Some(self.bookings[id].who), self.bookings[id].for_organisation)
    }

    /// `not_found` for who may not know of it, `forbidden` for who may only look.
    pub fn may_change(&self, who: usize, id: usize) -> Result<(), &'static str> {
        let booking = &self.bookings[id];
        Self::may(who, booking.who, booking.for_organisation)
    }

    /// The same of whatever is somebody's, perhaps for the organisation.
    pub fn may(who: usize, organiser: usize, for_organisation: bool) -> Result<(), &'static str> {
        let belongs = for_organisation && [CENE, EVA].contains(&who);
        if organiser == who || who == DORA || belongs && who == CENE {
            return Ok(());
        }
        Err(if belongs { "forbidden" } else { "not_found" })
    }

    /// The staff alone; others of whom it is may know of it.
    pub fn may_decide(&self, who: usize, id: usize) -> Result<(), &'static str> {
        if who == DORA {
            return Ok(());
        }
        self.may_change(who, id).and(Err("forbidden"))
    }
}
