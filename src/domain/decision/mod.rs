//! The decision on a request: one pure function for availability, dry run and booking (DESIGN 4).
//!
//! Facts are loaded by the caller, once. Every rule is tested, so that a refusal names all that is wrong;
//! an edit tests only what it changes, in the direction in which it goes further than before.

mod reason;
#[cfg(test)]
mod tests;

use std::cell::Cell;

use chrono::Days;

pub use reason::{Decision, Outcome, Reason, ReasonCode, Shown, Value};

use super::{
    hours::Schedule,
    instant::{Instant, Interval},
    interval_set::IntervalSet,
    policy::{Approval, Beyond, Effective, Limit},
    zone::Zone,
};

/// Local days that a reservation lasts at most, whatever policy says (DESIGN 3).
pub const LONGEST_DAYS: u64 = 31;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Booker {
    /// Signed in.
    pub known: bool,
    /// The mail address is verified.
    pub verified: bool,
    /// Staff of the space's venue.
    pub staff: bool,
}

impl Booker {
    /// Anybody with a verified account: whom anonymous availability is computed for.
    pub const PUBLIC: Self = Self { known: true, verified: true, staff: false };
}

/// What a reservation is before an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    pub requested: Interval,
    /// Set-up and tear-down included.
    pub occupied: Interval,
    pub quantity: u32,
    pub attendees: Option<u32>,
    /// What the capacity is for the layout and quantity before the edit.
    pub capacity: u32,
    /// Whether other units than its own are asked for (another space, or by name).
    pub other_units: bool,
}

/// All that a decision rests on except the time asked for.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub now: Instant,
    pub zone: Zone,
    /// Joined opening spans around the times asked for, not clipped.
    pub open: &'a IntervalSet,
    /// The policy that holds for the booker in the space.
    pub policy: &'a Effective,
    pub booker: Booker,
    /// The space is archived.
    pub archived: bool,
    /// Units asked for, at least 1; a `whole` space counts as one.
    pub quantity: u32,
    /// Units there are.
    pub pool: u32,
    pub attendees: Option<u32>,
    /// People that the layout, space or units asked for can take; 0 where seats mean nothing (equipment).
    pub capacity: u32,
    /// The person's reservations ahead; wanted where `max_active` is set.
    pub active: Option<u32>,
    /// The reservation as it is, when it is edited.
    pub change: Option<Change>,
}

/// The time asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    pub requested: Interval,
    /// Set-up and tear-down included.
    pub occupied: Interval,
    /// Units free throughout `occupied`; an edited reservation's own time does not count as taken.
    pub units_free: u32,
}

/// Decides on one request.
pub fn decide(facts: &Facts<'_>, slot: &Slot) -> Decision {
    Decider::new(facts).decide(slot)
}

/// [`decide`] for many slots under the same facts: what needs the calendar is worked out once.
pub struct Decider<'a> {
    facts: &'a Facts<'a>,
    /// The first start that keeps the notice.
    earliest: Instant,
    /// The first instant beyond the horizon.
    horizon_end: Instant,
    /// The last grid anchor found and the opening span and local day it holds for.
    anchor: Cell<Option<(Interval, Interval, Instant)>>,
}

/// What a request asks for that an existing reservation does not already have; all of it for a new one.
struct News {
    start: bool,
    end: bool,
    longer: bool,
    shorter: bool,
    /// Time or units are added.
    more: bool,
    setup: bool,
    quantity: bool,
    units: bool,
    attendees: bool,
    attendees_missing: bool,
}

/// The rules not kept so far.
struct Found {
    staff: bool,
    reasons: Vec<Reason>,
}

impl Found {
    fn add(&mut self, code: ReasonCode, outcome: Outcome, limit: Option<Value>, actual: Option<Value>) {
        let waived = self.staff && code.waivable();
        self.reasons.push(Reason { code, outcome, limit, actual, waived });
    }

    fn refuse(&mut self, code: ReasonCode) {
        self.add(code, Outcome::Refuse, None, None);
    }

    fn beyond(&mut self, code: ReasonCode, beyond: Beyond, limit: Value, actual: Value) {
        let outcome = match beyond {
            Beyond::Refuse => Outcome::Refuse,
            Beyond::Ask => Outcome::Ask,
        };
        self.add(code, outcome, Some(limit), Some(actual));
    }
}

impl<'a> Decider<'a> {
    pub fn new(facts: &'a Facts<'a>) -> Self {
        let Facts { now, zone, policy, .. } = *facts;
        let days = Days::new(policy.horizon_days.rule.value.into());
        let last = zone.date(now).checked_add_days(days);
        Self {
            facts,
            earliest: now.plus_minutes(policy.min_notice_minutes.rule.value.into()),
            horizon_end: last.map_or(Instant::LATEST, |date| zone.day(date).end()),
            anchor: Cell::new(None),
        }
    }

    pub fn decide(&self, slot: &Slot) -> Decision {
        let news = News::of(self.facts, slot);
        let mut found = Found { staff: self.facts.booker.staff, reasons: Vec::new() };
        self.who(&news, &mut found);
        self.bounds(slot, &mut found);
        self.duration(slot, &news, &mut found);
        self.start(slot, &news, &mut found);
        self.place_in_hours(slot, &news, &mut found);
        self.attendance(&news, &mut found);
        self.units(slot, &news, &mut found);
        Decision::of(found.reasons)
    }

    /// Who may book here at all, how many at once, and whether somebody must agree.
    fn who(&self, news: &News, found: &mut Found) {
        let Facts { booker, policy, .. } = *self.facts;
        if !booker.known {
            found.refuse(ReasonCode::SignInRequired);
        } else if !booker.verified {
            found.refuse(ReasonCode::AddressUnverified);
        }
        if news.more && self.facts.archived {
            found.refuse(ReasonCode::SpaceArchived);
        }
        if news.more && !policy.bookable.rule {
            found.refuse(ReasonCode::NotBookableByYou);
        }
        if let (None, Some(limit), Some(active)) =
            (self.facts.change, policy.max_active.rule, self.facts.active)
            && active >= limit.value
        {
            let (most, actual) = (Value::Count(limit.value), Value::Count(active.saturating_add(1)));
            found.beyond(ReasonCode::TooManyActive, limit.beyond, most, actual);
        }
        if news.more && policy.approval.rule == Approval::Always {
            found.add(ReasonCode::ApprovalRequired, Outcome::Ask, None, None);
        }
    }

    /// DESIGN 3, sane bounds.
    fn bounds(&self, slot: &Slot, found: &mut Found) {
        let (start, end) = (slot.requested.start(), slot.requested.end());
        for at in [start, end] {
            if !at.is_sane() {
                let nearest = at.clamp(Instant::EARLIEST, Instant::LATEST);
                let (limit, actual) = (Value::Instant(nearest), Value::Instant(at));
                found.beyond(ReasonCode::OutOfBounds, Beyond::Refuse, limit, actual);
                return;
            }
        }
        // Days of 23 or 25 hours move the bound by an hour: ask the calendar only near it.
        let days = LONGEST_DAYS as i64;
        if slot.requested.seconds() > (days - 1) * 86_400 {
            let civil = self.facts.zone.civil(start).checked_add_days(Days::new(LONGEST_DAYS));
            if civil.is_none_or(|civil| end > self.facts.zone.rule(civil)) {
                let actual = Value::Days(slot.requested.seconds() / 86_400 + 1);
                found.beyond(ReasonCode::OutOfBounds, Beyond::Refuse, Value::Days(days), actual);
            }
        }
    }

    fn duration(&self, slot: &Slot, news: &News, found: &mut Found) {
        let policy = self.facts.policy;
        let seconds = slot.requested.seconds();
        let minutes = |limit: Limit<u32>| i64::from(limit.value);
        let min = policy.min_duration_minutes.rule;
        if news.shorter && seconds < minutes(min) * 60 {
            let (limit, actual) = (Value::Minutes(minutes(min)), Value::Minutes(seconds / 60));
            found.beyond(ReasonCode::TooShort, min.beyond, limit, actual);
        }
        if let Some(max) = policy.max_duration_minutes.rule
            && news.longer
            && seconds > minutes(max) * 60
        {
            // Rounded up: 60 minutes and a second are not "60 of 60".
            let (limit, actual) = (Value::Minutes(minutes(max)), Value::Minutes((seconds + 59) / 60));
            found.beyond(ReasonCode::TooLong, max.beyond, limit, actual);
        }
    }

    /// Past, notice and horizon. Notice is elapsed time, the horizon goes by local dates (DESIGN 3).
    fn start(&self, slot: &Slot, news: &News, found: &mut Found) {
        let Facts { now, zone, policy, .. } = *self.facts;
        let start = slot.requested.start();
        if (news.start || news.end) && slot.requested.end() <= now {
            return found.refuse(ReasonCode::AlreadyOver);
        }
        if news.setup && slot.occupied.start() < now && start >= now {
            let (limit, actual) = (Value::Instant(now), Value::Instant(slot.occupied.start()));
            found.beyond(ReasonCode::SetupInThePast, Beyond::Refuse, limit, actual);
        }
        if !news.start {
            return;
        }
        if start < now {
            let (limit, actual) = (Value::Instant(now), Value::Instant(start));
            found.beyond(ReasonCode::InThePast, Beyond::Refuse, limit, actual);
        } else if start < self.earliest {
            let notice = policy.min_notice_minutes.rule;
            let actual = Value::Minutes(start.since(now) / 60);
            found.beyond(ReasonCode::TooLate, notice.beyond, Value::Minutes(notice.value.into()), actual);
        }
        if start >= self.horizon_end {
            let horizon = policy.horizon_days.rule;
            let days = zone.date(start).signed_duration_since(zone.date(now)).num_days();
            let limit = Value::Days(horizon.value.into());
            found.beyond(ReasonCode::TooFar, horizon.beyond, limit, Value::Days(days));
        }
    }

    /// Opening hours and the grid, which begins where the hours do.
    fn place_in_hours(&self, slot: &Slot, news: &News, found: &mut Found) {
        let (start, end) = (slot.requested.start(), slot.requested.end());
        let span = self.facts.open.containing(start);
        if news.more && !span.is_some_and(|span| span.covers(slot.requested)) {
            match span {
                Some(span) => {
                    let (limit, actual) = (Value::Instant(span.end()), Value::Instant(end));
                    found.beyond(ReasonCode::OutsideHours, Beyond::Refuse, limit, actual);
                }
                None => {
                    let actual = Some(Value::Instant(start));
                    found.add(ReasonCode::OutsideHours, Outcome::Refuse, None, actual);
                }
            }
        }
        let grid = self.facts.policy.slot_minutes.rule;
        if let Some(span) = span {
            // What lies beyond the span is outside hours and on no grid.
            let off = |at: Instant| at <= span.end() && !self.on_grid(span, at);
            for at in
                [(news.start, start), (news.end, end)].into_iter().filter_map(|(new, at)| new.then_some(at))
            {
                if off(at) {
                    let limit = Value::Minutes(grid.value.into());
                    return found.beyond(ReasonCode::OffGrid, grid.beyond, limit, Value::Instant(at));
                }
            }
        }
    }

    fn on_grid(&self, span: Interval, at: Instant) -> bool {
        let slot = i64::from(self.facts.policy.slot_minutes.rule.value) * 60;
        slot > 0 && at.since(self.anchor(span, at)).rem_euclid(slot) == 0
    }

    /// [`Schedule::anchor`], remembered for the local day: a month of slots asks thousands of times.
    pub(super) fn anchor(&self, span: Interval, at: Instant) -> Instant {
        match self.anchor.get() {
            Some((known, day, anchor)) if known == span && day.contains(at) => anchor,
            _ => {
                let zone = self.facts.zone;
                let anchor = Schedule::anchor(zone, span, at);
                self.anchor.set(Some((span, zone.day(zone.date(at)), anchor)));
                anchor
            }
        }
    }

    fn attendance(&self, news: &News, found: &mut Found) {
        let Facts { policy, attendees, capacity, .. } = *self.facts;
        if policy.attendees_required.rule && attendees.is_none() && news.attendees_missing {
            found.refuse(ReasonCode::AttendeesRequired);
        }
        if let Some(attendees) = attendees
            && news.attendees
            && capacity > 0
            && attendees > capacity
        {
            let (limit, actual) = (Value::Count(capacity), Value::Count(attendees));
            found.beyond(ReasonCode::OverCapacity, policy.capacity.rule.beyond, limit, actual);
        }
    }

    fn units(&self, slot: &Slot, news: &News, found: &mut Found) {
        let Facts { quantity, pool, .. } = *self.facts;
        let wanted = Value::Count(quantity);
        if news.quantity && quantity > pool {
            found.beyond(ReasonCode::QuantityOverPool, Beyond::Refuse, Value::Count(pool), wanted);
        } else if news.units && quantity > slot.units_free {
            found.beyond(ReasonCode::SlotTaken, Beyond::Refuse, Value::Count(slot.units_free), wanted);
        }
    }
}

impl News {
    fn of(facts: &Facts<'_>, slot: &Slot) -> Self {
        let Some(old) = facts.change else {
            return Self::all();
        };
        let (new, was) = (slot.requested, old.requested);
        let quantity = facts.quantity > old.quantity;
        let adds = |inside: bool| !inside || quantity || old.other_units;
        Self {
            start: new.start() != was.start(),
            end: new.end() != was.end(),
            longer: new.seconds() > was.seconds(),
            shorter: new.seconds() < was.seconds(),
            more: adds(was.covers(new)),
            setup: slot.occupied.start() != old.occupied.start(),
            quantity: quantity || old.other_units,
            units: adds(old.occupied.covers(slot.occupied)),
            attendees: facts.attendees > old.attendees || facts.capacity < old.capacity,
            attendees_missing: old.attendees.is_some(),
        }
    }

    const fn all() -> Self {
        Self {
            start: true,
            end: true,
            longer: true,
            shorter: true,
            more: true,
            setup: true,
            quantity: true,
            units: true,
            attendees: true,
            attendees_missing: true,
        }
    }
}
