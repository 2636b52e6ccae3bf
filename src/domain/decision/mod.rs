//! The decision on a request: one pure function for availability, dry run and booking (DESIGN 4).
//!
//! Facts are loaded by the caller, once. Every rule is tested, so that a refusal names all that is wrong;
//! an edit tests only what it changes, in the direction in which it goes further than before.

mod change;
mod hold;
mod quota;
mod reason;
#[cfg(test)]
mod tests;
mod times;

use std::cell::{Cell, RefCell};

use chrono::Days;

pub use change::Change;
use change::News;
pub use hold::{MOST_HOLDS, OwnHold};
pub use quota::{Bearing, Claim, Counted};
pub use reason::{Decision, Outcome, Pool, Reason, ReasonCode, Shown, Value};
pub use times::LONGEST_DAYS;

use super::{
    instant::{Instant, Interval},
    interval_set::IntervalSet,
    policy::{Approval, Beyond, Effective},
    stays::Stays,
    zone::Zone,
};

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

/// All that a decision rests on except the time asked for.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub now: Instant,
    pub zone: Zone,
    /// Joined opening spans around the times asked for, not clipped.
    pub open: &'a IntervalSet,
    /// The days or nights around the times asked for; `None` where the space is booked by hours.
    pub stays: Option<&'a Stays>,
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
    /// For whom, and what they have besides: for quotas. `None` for staff, whose own reservations don't count.
    pub claim: Option<Claim<'a>>,
    /// The reservation as it is, when it is edited.
    pub change: Option<Change>,
    /// The person's own live holds on these units: those that meet the time asked for give way to it, and
    /// `units_free` counts them as free.
    pub holds: &'a [OwnHold],
    /// The person's live holds anywhere; wanted where one more is asked for.
    pub holding: Option<u32>,
}

/// The time asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    pub requested: Interval,
    /// Set-up and tear-down included.
    pub occupied: Interval,
    /// Units free throughout `occupied`; neither an edited reservation's own time nor the person's holds count as taken.
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
    used: RefCell<Vec<quota::Used>>,
}

/// The rules not kept so far.
struct Found {
    staff: bool,
    reasons: Vec<Reason>,
}

impl Found {
    fn add(&mut self, code: ReasonCode, outcome: Outcome, limit: Option<Value>, actual: Option<Value>) {
        let waived = self.staff && code.waivable();
        self.reasons.push(Reason { code, outcome, limit, actual, waived, pool: None });
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
            used: RefCell::new(Vec::new()),
        }
    }

    pub fn decide(&self, slot: &Slot) -> Decision {
        let news = News::of(self.facts, slot);
        let mut found = Found { staff: self.facts.booker.staff, reasons: Vec::new() };
        self.who(slot, &news, &mut found);
        self.holding(slot, &mut found);
        self.bounds(slot, &news, &mut found);
        self.duration(slot, &news, &mut found);
        self.start(slot, &news, &mut found);
        self.place_in_time(slot, &news, &mut found);
        self.quotas(slot, &mut found);
        self.attendance(&news, &mut found);
        self.units(slot, &news, &mut found);
        Decision::of(found.reasons)
    }

    /// Who may book here at all, how many at once, and whether somebody must agree.
    fn who(&self, slot: &Slot, news: &News, found: &mut Found) {
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
            (self.facts.change, policy.max_active.rule, self.without_replaced(slot, self.facts.active))
            && active >= limit.value
        {
            let (most, actual) = (Value::Count(limit.value), Value::Count(active.saturating_add(1)));
            found.beyond(ReasonCode::TooManyActive, limit.beyond, most, actual);
        }
        if news.more && policy.approval.rule == Approval::Always {
            found.add(ReasonCode::ApprovalRequired, Outcome::Ask, None, None);
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
