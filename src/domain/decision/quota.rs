//! The rule on quotas: what a person or an organisation has in a period, with what is asked for (DESIGN 4).
//!
//! What others of theirs weigh in a period is added up once and kept, as many slots ask for the same.

use super::{Decider, Facts, Found, LONGEST_DAYS, ReasonCode, Slot, Value};
use crate::domain::{
    access::Place,
    ids::{OrganisationId, SpaceId, UserId},
    instant::{Instant, Interval},
    policy::{By, Counting, Over, Quota},
};

/// Whose a reservation is, and where: what quotas go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bearing {
    /// `None` where nobody is known.
    pub person: Option<UserId>,
    pub organisation: Option<OrganisationId>,
    pub place: Place,
    pub space: SpaceId,
    /// Of a pool of equipment, what a reservation of another space has besides: quotas over the pool count it, others the
    /// reservation.
    pub besides: bool,
}

/// A reservation that quotas may count: neither cancelled, declined nor expired, and not made by staff as such.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    pub bearing: Bearing,
    pub interval: Interval,
}

/// What is asked for in whose name, and what they have besides. An edited reservation is not among it.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    pub bearing: Bearing,
    /// All that lie in the periods of the time asked for; others do no harm.
    pub others: &'a [Counted],
}

/// What the others weigh in one period under one quota, by its place in the policy.
pub(super) type Used = (usize, Interval, i64);

impl Claim<'_> {
    fn used(&self, facts: &Facts<'_>, quota: &Quota, period: Interval) -> i64 {
        let counting = self.others.iter().filter(|other| self.bearing.shares(quota, &other.bearing));
        counting.map(|other| quota.weight(facts.zone, other.interval, period)).sum()
    }
}

impl Bearing {
    /// Whether both are of the same person or organisation, and in the same space, venue or network.
    pub(super) fn shares(&self, quota: &Quota, other: &Self) -> bool {
        let whose = match quota.by {
            By::Person => self.person.is_some() && self.person == other.person,
            By::Organisation => self.organisation.is_some() && self.organisation == other.organisation,
        };
        let near = match quota.over {
            Over::Space => self.space == other.space,
            Over::Venue => !other.besides && self.place.venue == other.place.venue,
            Over::Network => !other.besides && self.place.network == other.place.network,
        };
        whose && near
    }
}

impl Decider<'_> {
    pub(super) fn quotas(&self, slot: &Slot, found: &mut Found) {
        let Some(claim) = self.facts.claim else { return };
        let requested = slot.requested;
        // What lies outside the sane bounds is refused for that.
        let longest = (LONGEST_DAYS as i64 + 1) * 86_400;
        if !requested.start().is_sane() || !requested.end().is_sane() || requested.seconds() > longest {
            return;
        }
        for (index, quota) in self.facts.policy.quotas.rule.iter().enumerate() {
            if quota.by == By::Organisation && claim.bearing.organisation.is_none() {
                continue;
            }
            if let Some(actual) = self.beyond(&claim, (index, quota), slot) {
                let shown = |amount: i64| match quota.count {
                    Counting::Reservations => Value::Count(u32::try_from(amount).unwrap_or(u32::MAX)),
                    // Rounded up: an hour and a second are not "1 hour of 1".
                    Counting::Hours => Value::Minutes((amount + 59) / 60),
                };
                found.beyond(ReasonCode::QuotaExceeded, quota.beyond, shown(quota.most()), shown(actual));
            }
        }
    }

    /// What there would be in the first period with more than the quota. An edit is tested where it adds.
    fn beyond(&self, claim: &Claim<'_>, (index, quota): (usize, &Quota), slot: &Slot) -> Option<i64> {
        let (zone, requested) = (self.facts.zone, slot.requested);
        let weight = |interval, period| quota.weight(zone, interval, period);
        let mut at = requested.start();
        loop {
            let (period, used) = self.used(claim, (index, quota), at);
            let used = used - self.replaced_in(claim, quota, slot, period);
            let new = weight(requested, period);
            // Of another space it has nothing yet.
            let had = self.facts.change.filter(|change| !change.elsewhere || quota.over != Over::Space);
            let was = had.map_or(0, |change| weight(change.requested, period));
            if new > was && used + new > quota.most() {
                return Some(used + new);
            }
            at = period.end();
            if quota.count == Counting::Reservations || at >= requested.end() {
                return None;
            }
        }
    }

    /// The period that holds `at`, and what the others weigh in it.
    fn used(&self, claim: &Claim<'_>, (index, quota): (usize, &Quota), at: Instant) -> (Interval, i64) {
        let mut known = self.used.borrow_mut();
        let found = known.iter().rev().find(|(of, period, _)| *of == index && period.contains(at));
        if let Some(&(_, period, used)) = found {
            return (period, used);
        }
        let period = quota.period(self.facts.zone, at);
        let used = claim.used(self.facts, quota, period);
        known.push((index, period, used));
        (period, used)
    }
}
