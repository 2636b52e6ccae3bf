//! When a space can't be had, told without why: taken, or closed (RFC 5545, 3.2.9: BUSY and BUSY-UNAVAILABLE).

use super::{instant::Interval, interval_set::IntervalSet, places::Configuration, sweep::Sweep};

/// Within a window; the two share no instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Busy {
    /// No unit is free: reservations with set-up and tear-down, holds and blocks.
    pub taken: IntervalSet,
    /// Otherwise not to be had: closed, or no longer offered.
    pub closed: IntervalSet,
}

impl Busy {
    /// Of what occupies the units, and when the space is offered.
    pub fn new(sweep: &Sweep, offered: &IntervalSet, window: Interval) -> Self {
        let all = IntervalSet::from_iter([window]);
        let free: IntervalSet = sweep.free(window).into_iter().map(|free| free.interval).collect();
        let taken = all.minus(&free);
        let closed = all.minus(offered).minus(&taken);
        Self { taken, closed }
    }
}

/// When a space is offered: its opening time; where it is booked by days or nights, every date that has some, whole.
pub fn offered(configuration: &Configuration, window: Interval) -> IntervalSet {
    let (space, zone) = (&configuration.space, configuration.zone());
    if space.archived_at.is_some() {
        return IntervalSet::default();
    }
    let open = configuration.open(window);
    if space.measure().is_none() {
        return open;
    }
    let opens = |day: &Interval| open.meeting(*day).next().is_some();
    zone.days(window).map(|date| zone.day(date)).filter(opens).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ids::UnitId, instant::Instant};

    fn span((start, end): (i64, i64)) -> Interval {
        Interval::new(Instant::from_unix(start), Instant::from_unix(end)).unwrap()
    }

    fn set(spans: &[(i64, i64)]) -> IntervalSet {
        spans.iter().copied().map(span).collect()
    }

    #[test]
    fn what_is_taken_and_what_is_closed_never_meet() {
        let units: Vec<UnitId> = (1..3).map(|n| UnitId::from_uuid(uuid::Uuid::from_u128(n))).collect();
        let on = |unit: usize, at| (units[unit], span(at));
        // Open from 10 to 40, within a window from 0 to 50.
        for (occupied, whole, each) in [
            (vec![], (vec![], vec![(0, 10), (40, 50)]), (vec![], vec![(0, 10), (40, 50)])),
            (
                vec![on(0, (5, 15)), on(0, (15, 20))],
                (vec![(5, 20)], vec![(0, 5), (40, 50)]),
                (vec![], vec![(0, 10), (40, 50)]),
            ),
            (
                vec![on(0, (12, 20)), on(1, (18, 45))],
                (vec![(12, 45)], vec![(0, 10), (45, 50)]),
                (vec![(18, 20)], vec![(0, 10), (40, 50)]),
            ),
            (vec![on(0, (-9, 99)), on(1, (-9, 99))], (vec![(0, 50)], vec![]), (vec![(0, 50)], vec![])),
        ] {
            for (sweep, (taken, closed)) in [
                (Sweep::whole(&units, occupied.clone()), whole),
                (Sweep::each(&units, occupied.clone()), each),
            ] {
                let busy = Busy::new(&sweep, &set(&[(10, 40)]), span((0, 50)));
                assert_eq!(busy, Busy { taken: set(&taken), closed: set(&closed) }, "{occupied:?}");
            }
        }
    }
}
