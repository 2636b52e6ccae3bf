//! The rules on holds: how many a person may have at once, and that their own give way to what they ask for next.

use super::{Bearing, Claim, Counted, Decider, Found, ReasonCode, Slot, Value};
use crate::domain::{
    ids::{ReservationId, UnitId},
    instant::{Instant, Interval},
    policy::{Beyond, Quota},
};

/// The most holds that one person has at once, wherever they are: enough to choose, not to hoard.
pub const MOST_HOLDS: u32 = 3;

/// A live hold of the person who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnHold {
    pub id: ReservationId,
    /// Of the units asked among, those it takes.
    pub units: Vec<UnitId>,
    pub requested: Interval,
    /// Set-up and tear-down included.
    pub occupied: Interval,
    pub expires_at: Instant,
    /// As quotas count it, of its space and of each pool that it has something of; none where staff made it as such.
    pub bearings: Vec<Bearing>,
    /// Made for them because they waited: not among those that are limited.
    pub offered: bool,
}

impl OwnHold {
    /// Whether it gives way to what takes its units for `occupied`.
    pub fn yields_to(&self, occupied: Interval) -> bool {
        self.occupied.overlaps(occupied)
    }

    /// All that quotas count of it.
    pub fn counted(&self) -> impl Iterator<Item = Counted> {
        self.bearings.iter().map(|&bearing| Counted { bearing, interval: self.requested })
    }
}

impl Decider<'_> {
    /// Staff of the venue may go beyond it.
    pub(super) fn holding(&self, slot: &Slot, found: &mut Found) {
        let (None, Some(holding)) = (self.facts.change, self.facts.holding) else { return };
        let replaced = self.replaced(slot).filter(|hold| !hold.offered).count();
        let holding = holding.saturating_sub(u32::try_from(replaced).unwrap_or(u32::MAX));
        if holding >= MOST_HOLDS {
            let actual = Value::Count(holding.saturating_add(1));
            found.beyond(ReasonCode::TooManyHolds, Beyond::Refuse, Value::Count(MOST_HOLDS), actual);
        }
    }

    /// A count of the person's reservations without the holds that would give way.
    pub(super) fn without_replaced(&self, slot: &Slot, count: Option<u32>) -> Option<u32> {
        let replaced = self.replaced(slot).count();
        count.map(|count| count.saturating_sub(u32::try_from(replaced).unwrap_or(u32::MAX)))
    }

    /// What the holds that would give way weigh in a period.
    pub(super) fn replaced_in(&self, claim: &Claim<'_>, quota: &Quota, slot: &Slot, period: Interval) -> i64 {
        let counted = self.replaced(slot).flat_map(OwnHold::counted);
        let counted = counted.filter(|one| claim.bearing.shares(quota, &one.bearing));
        counted.map(|one| quota.weight(self.facts.zone, one.interval, period)).sum()
    }

    fn replaced(&self, slot: &Slot) -> impl Iterator<Item = &OwnHold> {
        self.facts.holds.iter().filter(move |hold| hold.yields_to(slot.occupied))
    }
}
