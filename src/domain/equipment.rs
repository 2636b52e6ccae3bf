//! Equipment booked together with a space: one reservation takes the space and some of each pool, or nothing (DESIGN 4).
//!
//! Some of a pool is taken for the time that it would be taken for if it were booked by itself: the reservation's, with
//! the set-up and tear-down of its own pool. Its pool's rules hold as if it were booked by itself, too; what they say is
//! added to the decision on the space by [`Decision::with_equipment`].

use serde::{Deserialize, Serialize};

use super::{
    decision::{Decision, Pool, ReasonCode},
    ids::{SpaceId, UnitId},
    instant::Interval,
    record::{PendingChange, Reservation},
    space::Buffers,
};

/// The most pools that one reservation takes of.
pub const MOST_POOLS: usize = 10;

/// What a reservation has of one pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equipment {
    pub space: SpaceId,
    /// The pool's, as it was when this was taken.
    pub name: String,
    pub quantity: u32,
    /// The pool's, as they were then.
    pub setup_minutes: u32,
    pub teardown_minutes: u32,
    /// Those taken; those that were, once the reservation is given up.
    pub units: Vec<UnitId>,
}

impl Equipment {
    pub fn buffers(&self) -> Buffers {
        Buffers { setup_minutes: self.setup_minutes, teardown_minutes: self.teardown_minutes }
    }

    /// What it is taken for where the reservation has this time.
    pub fn around(&self, kept: Interval) -> Interval {
        self.buffers().around(kept)
    }
}

impl Reservation {
    /// The units of its equipment, each with its time.
    pub fn equipment_taken(&self) -> impl Iterator<Item = (UnitId, Interval)> {
        taken(&self.equipment, self.kept())
    }

    /// Whether the unit is of its equipment and not of its space.
    pub fn has_as_equipment(&self, unit: UnitId) -> bool {
        self.equipment.iter().any(|some| some.units.contains(&unit))
    }

    /// The pools that it has equipment of, or asks for with a change, in no order.
    pub fn pools(&self) -> impl Iterator<Item = SpaceId> {
        let wished = self.change.iter().flat_map(|change| &change.equipment);
        self.equipment.iter().chain(wished).map(|some| some.space)
    }
}

impl PendingChange {
    /// The units of the equipment it asks for, each with its time.
    pub fn equipment_taken(&self) -> impl Iterator<Item = (UnitId, Interval)> {
        self.interval().into_iter().flat_map(|interval| taken(&self.equipment, interval))
    }
}

fn taken(equipment: &[Equipment], kept: Interval) -> impl Iterator<Item = (UnitId, Interval)> {
    equipment.iter().flat_map(move |some| some.units.iter().map(move |&unit| (unit, some.around(kept))))
}

impl Decision {
    /// Both together, the stricter outcome. What the pool says is said of it by name; what was said of the
    /// reservation already is not said again.
    #[must_use]
    pub fn with_equipment(mut self, pool: &Pool, of_pool: Self) -> Self {
        let said = self.reasons.clone();
        for mut reason in of_pool.reasons {
            if reason.code.is_of_one_space() || !said.contains(&reason) {
                reason.pool = Some(Box::new(pool.clone()));
                self.reasons.push(reason);
            }
        }
        Self::of(self.reasons)
    }
}

impl ReasonCode {
    /// Whether the same words said of two spaces mean two things.
    const fn is_of_one_space(self) -> bool {
        matches!(
            self,
            Self::SpaceArchived | Self::NotBookableByYou | Self::SlotTaken | Self::QuantityOverPool
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{
        decision::{Outcome, Reason, Value},
        ids::Id,
        instant::Instant,
    };

    fn reason(code: ReasonCode, outcome: Outcome, limit: u32) -> Reason {
        Reason { code, outcome, limit: Some(Value::Count(limit)), actual: None, waived: false, pool: None }
    }

    fn pool() -> Pool {
        Pool { space: Id::from_uuid(uuid::Uuid::nil()), name: "Projectors".to_owned() }
    }

    #[test]
    fn a_pool_has_its_say_by_name_and_repeats_nothing() {
        use Outcome::{Allow, Ask, Refuse};
        use ReasonCode::{ApprovalRequired, SlotTaken, TooLate};
        for (of_space, of_pool, outcome, named) in [
            (vec![], vec![], Allow, vec![]),
            (vec![], vec![reason(ApprovalRequired, Ask, 0)], Ask, vec![ApprovalRequired]),
            (vec![reason(ApprovalRequired, Ask, 0)], vec![reason(ApprovalRequired, Ask, 0)], Ask, vec![]),
            (vec![reason(TooLate, Refuse, 60)], vec![reason(TooLate, Refuse, 60)], Refuse, vec![]),
            (vec![reason(TooLate, Ask, 60)], vec![reason(TooLate, Refuse, 90)], Refuse, vec![TooLate]),
            // Both taken: that the room is does not tell that the projectors are.
            (vec![reason(SlotTaken, Refuse, 0)], vec![reason(SlotTaken, Refuse, 0)], Refuse, vec![SlotTaken]),
        ] {
            let said = of_space.len();
            let both = Decision::of(of_space).with_equipment(&pool(), Decision::of(of_pool));
            assert_eq!(both.outcome, outcome, "{both:?}");
            assert!(both.reasons[..said].iter().all(|reason| reason.pool.is_none()));
            let own: Vec<_> = both.reasons[said..].iter().map(|reason| reason.code).collect();
            assert_eq!(own, named);
            assert!(both.reasons[said..].iter().all(|reason| reason.pool.as_deref() == Some(&pool())));
        }
    }

    fn any_reason() -> impl Strategy<Value = Reason> {
        let code = prop::sample::select(ReasonCode::ALL.to_vec());
        let outcome = prop::sample::select(vec![Outcome::Ask, Outcome::Refuse]);
        (code, outcome, 0..3_u32, any::<bool>())
            .prop_map(|(code, outcome, limit, waived)| Reason { waived, ..reason(code, outcome, limit) })
    }

    proptest! {
        /// Neither is made milder by the other, and nothing that either says is lost.
        #[test]
        fn both_are_as_strict_as_the_stricter(
            of_space in prop::collection::vec(any_reason(), 0..5),
            of_pool in prop::collection::vec(any_reason(), 0..5),
        ) {
            let (space, other) = (Decision::of(of_space), Decision::of(of_pool));
            let both = space.clone().with_equipment(&pool(), other.clone());
            prop_assert_eq!(both.outcome, space.outcome.max(other.outcome));
            for said in space.reasons.iter().chain(&other.reasons) {
                let same = |reason: &&Reason| Reason { pool: None, ..(*reason).clone() } == *said;
                prop_assert!(both.reasons.iter().any(|reason| same(&reason)));
            }
        }

        /// Equipment is never taken for less than the reservation's time, and for no more than its own buffers add.
        #[test]
        fn equipment_is_taken_with_its_own_buffers(
            start in 0..1_000_000_i64, seconds in 1..100_000_i64, setup in 0..120_u32, teardown in 0..120_u32,
        ) {
            let start = Instant::from_unix(start);
            let kept = Interval::new(start, start.plus(seconds)).unwrap();
            let some = Equipment {
                space: pool().space, name: String::new(), quantity: 1, setup_minutes: setup,
                teardown_minutes: teardown, units: Vec::new(),
            };
            let time = some.around(kept);
            prop_assert!(time.covers(kept));
            prop_assert_eq!(time.seconds() - seconds, i64::from(setup + teardown) * 60);
        }
    }
}
