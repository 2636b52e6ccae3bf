//! A reservation that goes to another space of its venue: from then on the rules of that space hold for it that were
//! frozen when it was made, and its quote and buffers are that space's (DESIGN 4). What its guest owed for cancelling just
//! before stays (`fees`).

use serde::{Deserialize, Serialize};

use super::{check_in::CheckInRules, ids::SpaceId, record::Reservation};

/// Another space, with its rules as they were when that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    pub space: SpaceId,
    pub cancellation_notice_minutes: u32,
    pub check_in: CheckInRules,
}

impl Reservation {
    /// Its space, the one that it asks for, and the pools of its equipment: all whose units a change of it may touch, in
    /// no order.
    pub fn spaces(&self) -> impl Iterator<Item = SpaceId> {
        self.wished_space().into_iter().chain([self.space]).chain(self.pools())
    }

    /// The other space that a requested change asks for.
    pub fn wished_space(&self) -> Option<SpaceId> {
        self.change.as_ref()?.elsewhere.map(|there| there.space)
    }

    /// Whether its slot, or the one it asks for, is of the space.
    pub fn concerns(&self, space: SpaceId) -> bool {
        self.space == space || self.wished_space() == Some(space)
    }

    /// From now on it is there; nothing where it stays.
    pub fn go(&mut self, there: Option<Elsewhere>) {
        let Some(there) = there else { return };
        self.space = there.space;
        self.cancellation_notice_minutes = there.cancellation_notice_minutes;
        self.presence.rules = there.check_in;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        ids::Id,
        record::{PendingChange, tests::quoted},
        reservation::Status,
    };

    #[test]
    fn a_wish_for_another_space_concerns_both_and_a_move_leaves_the_first() {
        let other = Id::from_uuid(uuid::Uuid::from_u128(7));
        let mut reservation = quoted(Status::Confirmed, None);
        let (first, interval) = (reservation.space, reservation.interval);
        let check_in = CheckInRules { required: true, ..CheckInRules::default() };
        let there = Elsewhere { space: other, cancellation_notice_minutes: 5, check_in };
        let mut change = PendingChange::new(interval, interval.end());
        change.elsewhere = Some(there);
        reservation.change = Some(change);
        let spaces = |of: &Reservation| of.spaces().collect::<Vec<_>>();
        assert_eq!(spaces(&reservation), [other, first]);
        assert!(reservation.concerns(first) && reservation.concerns(other));
        reservation.change = None;
        reservation.go(None);
        assert_eq!((spaces(&reservation), reservation.cancellation_notice_minutes), (vec![first], 60));
        reservation.go(Some(there));
        assert_eq!((spaces(&reservation), reservation.cancellation_notice_minutes), (vec![other], 5));
        assert!(reservation.presence.rules.required && !reservation.concerns(first));
    }
}
