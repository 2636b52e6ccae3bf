//! What was given away without a row of it in the database so far, as if it were reservations already: by a trial, whose
//! lines are never written, and by an import, which writes those of a batch together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Counts, Judged, counted};
use crate::{
    app::reservations::request::Request,
    domain::{
        decision::Counted,
        ids::{ReservationId, UnitId, UserId},
        instant::{Instant, Interval},
        record::{Holder, LONGEST_OCCUPANCY, Occupancy, pieces},
    },
};

/// Units taken by reservations that are not there yet, and the holds that ended for them.
#[derive(Debug)]
pub(crate) struct Planned {
    /// Whose all of it is.
    holder: ReservationId,
    /// Ends by unit and start, none longer than an occupancy may be: some fifty octets each, as there may be a million.
    taken: BTreeMap<(UnitId, Instant), Instant>,
    ended: BTreeSet<ReservationId>,
    /// What the limits of people count of it; `None` where nobody asks.
    people: Option<HashMap<UserId, Due>>,
}

#[derive(Debug, Default)]
struct Due {
    /// For `max_active`.
    ahead: u32,
    /// For quotas.
    counted: Vec<Counted>,
}

impl Planned {
    /// Of what is never written: what staff go beyond is not told, so that nobody's limits matter.
    pub fn for_a_trial(holder: ReservationId) -> Self {
        Self { holder, taken: BTreeMap::new(), ended: BTreeSet::new(), people: None }
    }

    /// Of a batch that is written at its end.
    pub fn for_a_batch(holder: ReservationId) -> Self {
        Self { people: Some(HashMap::new()), ..Self::for_a_trial(holder) }
    }

    /// From now on what was judged takes its units, and the holds that give way to it are no more.
    pub(in crate::app::reservations) fn take(&mut self, request: &Request, judged: &Judged, now: Instant) {
        if let (Some(people), Some(person)) = (&mut self.people, request.claimant.person) {
            let due = people.entry(person).or_default();
            due.ahead += u32::from(request.interval.end() > now);
            due.counted.extend(counted(request, request.interval, &judged.equipment));
        }
        for &unit in &judged.units {
            self.taken.extend(pieces(request.occupied()).map(|piece| ((unit, piece.start()), piece.end())));
        }
        self.ended.extend(&judged.to_end);
    }

    /// Adds to what the database counts for a person's limits.
    pub(super) fn count(&self, person: Option<UserId>, counts: &mut Counts) {
        let due = self.people.as_ref().zip(person).and_then(|(people, person)| people.get(&person));
        if let Some(due) = due {
            counts.active = counts.active.map(|active| active + due.ahead);
            counts.others.extend_from_slice(&due.counted);
        }
    }

    /// Makes of what the database has on `units` within `window` what there would be.
    pub(super) fn amend(&self, rows: &mut Vec<Occupancy>, units: &[UnitId], window: Interval, now: Instant) {
        for row in rows.iter_mut() {
            if matches!(&row.holder, Holder::Reservation(id) if self.ended.contains(id)) {
                row.held_until = Some(now);
            }
        }
        let (earliest, holder) = (window.start().plus(-LONGEST_OCCUPANCY), Holder::Reservation(self.holder));
        for &unit in units {
            let near = self.taken.range((unit, earliest)..(unit, window.end()));
            let near = near.filter_map(|(&(unit, start), &end)| {
                let interval = Interval::new(start, end)?;
                interval.overlaps(window).then_some(Occupancy { unit, interval, holder, held_until: None })
            });
            rows.extend(near);
        }
    }
}
