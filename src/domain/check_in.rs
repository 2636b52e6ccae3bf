//! Checking in and out, and what comes of not doing so (DESIGN 4, States): when each is possible, and what of the
//! time is given back.
//!
//! `now` is an argument. Who may act is `access`'s to say, except that staff alone take a no-show back.

use serde::{Deserialize, Serialize};

use super::{
    instant::{Instant, Interval},
    reservation::{Action, REINSTATE_DAYS, Status},
    space::Buffers,
};

/// What the policy says of checking in; on a reservation as it was when that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckInRules {
    /// Who does not check in loses the rest of the time.
    pub required: bool,
    /// Minutes before the start from which it is possible.
    pub opens_minutes: u32,
    /// Minutes after the start for which the space waits.
    pub grace_minutes: u32,
}

impl Default for CheckInRules {
    /// Out of the box: not required, a quarter of an hour before and after.
    fn default() -> Self {
        Self { required: false, opens_minutes: 15, grace_minutes: 15 }
    }
}

/// A reservation's rules of checking in, and what is known of who came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Presence {
    pub rules: CheckInRules,
    pub checked_in_at: Option<Instant>,
    pub checked_out_at: Option<Instant>,
    /// When staff took a no-show back: since when they were there nobody knows, so its start counts.
    pub reinstated_at: Option<Instant>,
}

impl Presence {
    pub const fn arrived(&self) -> bool {
        self.checked_in_at.is_some() || self.reinstated_at.is_some()
    }
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotNow {
    /// It is possible from then on.
    Opens(Instant),
    /// The reservation stands, or by its time should stand, so.
    State(Status),
}

impl CheckInRules {
    pub fn opens_at(self, interval: Interval) -> Instant {
        interval.start().plus_minutes(-i64::from(self.opens_minutes))
    }

    /// When the waiting ends, at the latest with the reservation; `None` where check-in is not required. What staff made
    /// after its start is waited for from then on.
    pub fn no_show_at(self, interval: Interval, made_at: Instant) -> Option<Instant> {
        let waited = interval.start().max(made_at).plus_minutes(self.grace_minutes.into());
        self.required.then(|| waited.min(interval.end()))
    }

    /// What the end of its time makes of a confirmed reservation.
    const fn end(self) -> Status {
        if self.required { Status::NoShow } else { Status::Completed }
    }
}

/// What time alone does at `now` to a reservation that stands, if anything; `no_show_at` is what its rules say.
pub fn due(status: Status, interval: Interval, no_show_at: Option<Instant>, now: Instant) -> Option<Action> {
    let over = now >= interval.end();
    match status {
        Status::Confirmed => match no_show_at {
            Some(at) => (now >= at).then_some(Action::MarkNoShow),
            None => over.then_some(Action::Complete),
        },
        Status::CheckedIn => over.then_some(Action::Complete),
        _ => None,
    }
}

/// What checking in does: `None` where they are there already. Whoever comes after the grace, but before the time was
/// given back, is in time.
///
/// # Errors
/// [`NotNow`], when it is too early, over, or given back and `by_staff` or the days to do so are not given.
pub fn arrive(
    status: Status,
    interval: Interval,
    rules: CheckInRules,
    by_staff: bool,
    now: Instant,
) -> Result<Option<Action>, NotNow> {
    match status {
        Status::CheckedIn => Ok(None),
        Status::Confirmed if now >= interval.end() => Err(NotNow::State(rules.end())),
        Status::Confirmed if now < rules.opens_at(interval) => Err(NotNow::Opens(rules.opens_at(interval))),
        Status::Confirmed => Ok(Some(Action::CheckIn)),
        Status::NoShow if by_staff && now <= interval.end().plus(REINSTATE_DAYS * 86_400) => {
            Ok(Some(Action::Reinstate))
        }
        other => Err(NotNow::State(other)),
    }
}

/// What checking out does, from the start on; `None` where it is over already.
///
/// # Errors
/// [`NotNow`], when it has not begun or nobody is there.
pub fn leave(status: Status, interval: Interval, now: Instant) -> Result<Option<Action>, NotNow> {
    match status {
        Status::Completed => Ok(None),
        Status::CheckedIn if now <= interval.start() => Err(NotNow::Opens(interval.start().plus(1))),
        Status::CheckedIn => Ok(Some(Action::CheckOut)),
        other => Err(NotNow::State(other)),
    }
}

/// What saying that nobody came does, after the start; `None` where that was said already.
///
/// # Errors
/// [`NotNow`], when it has not begun, somebody came, or it is over.
pub fn miss(
    status: Status,
    interval: Interval,
    rules: CheckInRules,
    now: Instant,
) -> Result<Option<Action>, NotNow> {
    match status {
        Status::NoShow => Ok(None),
        Status::Confirmed if now <= interval.start() => Err(NotNow::Opens(interval.start().plus(1))),
        Status::Confirmed if now >= interval.end() && !rules.required => Err(NotNow::State(rules.end())),
        Status::Confirmed => Ok(Some(Action::MarkNoShow)),
        other => Err(NotNow::State(other)),
    }
}

/// What is left of a reservation once it was given back at `released_at`: its end, or an earlier one. Never empty.
pub fn kept(interval: Interval, released_at: Option<Instant>) -> Interval {
    let end = released_at.map_or(interval.end(), |at| at.min(interval.end()));
    Interval::new(interval.start(), end).unwrap_or(interval)
}

/// When the rest is given back by whoever is done at `now`: `None` where there is no rest, or it was given back before.
pub fn released(interval: Interval, already: Option<Instant>, now: Instant) -> Option<Instant> {
    let left = kept(interval, already);
    left.contains(now).then_some(now).filter(|now| *now > left.start())
}

/// Until when a reservation that was given back at `released_at` can have its time again, its tear-down included,
/// before the first of what others (`foreign`) took meanwhile on its units; `None`: all of it.
pub fn reoccupied_until(
    interval: Interval,
    buffers: Buffers,
    released_at: Instant,
    foreign: impl IntoIterator<Item = Interval>,
) -> Option<Instant> {
    let has = buffers.around(kept(interval, Some(released_at)));
    let wants = buffers.around(interval);
    let first = foreign.into_iter().filter(|other| other.end() > has.end() && other.overlaps(wants));
    let first = first.map(|other| other.start().max(has.end())).min()?;
    Some(first.plus_minutes(-i64::from(buffers.teardown_minutes)).max(released_at))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const START: Instant = Instant::from_unix(1_800_000_000);

    fn minutes(n: i64) -> Instant {
        START.plus_minutes(n)
    }

    fn slot(from: i64, to: i64) -> Interval {
        Interval::new(minutes(from), minutes(to)).unwrap()
    }

    fn rules(required: bool) -> CheckInRules {
        CheckInRules { required, ..CheckInRules::default() }
    }

    /// An hour, at so many minutes from its start.
    #[test]
    fn checking_in_is_possible_from_the_opening_to_the_end() {
        use Status::*;
        let opens = Err(NotNow::Opens(minutes(-15)));
        let week = 60 + 7 * 24 * 60;
        for (status, required, staff, at, wanted) in [
            (Confirmed, true, false, -16, opens),
            (Confirmed, true, true, -16, opens),
            (Confirmed, true, false, -15, Ok(Some(Action::CheckIn))),
            (Confirmed, true, false, 14, Ok(Some(Action::CheckIn))),
            // Not given back yet.
            (Confirmed, true, false, 40, Ok(Some(Action::CheckIn))),
            (Confirmed, false, false, 59, Ok(Some(Action::CheckIn))),
            (Confirmed, true, true, 60, Err(NotNow::State(NoShow))),
            (Confirmed, false, true, 60, Err(NotNow::State(Completed))),
            (CheckedIn, true, false, 5, Ok(None)),
            (NoShow, true, false, 20, Err(NotNow::State(NoShow))),
            (NoShow, true, true, 20, Ok(Some(Action::Reinstate))),
            (NoShow, true, true, week, Ok(Some(Action::Reinstate))),
            (NoShow, true, true, week + 1, Err(NotNow::State(NoShow))),
            (Pending, true, true, 0, Err(NotNow::State(Pending))),
            (Completed, true, true, 0, Err(NotNow::State(Completed))),
            (Cancelled, false, true, 0, Err(NotNow::State(Cancelled))),
        ] {
            let found = arrive(status, slot(0, 60), rules(required), staff, minutes(at));
            assert_eq!(found, wanted, "{status} {required} {staff} {at}");
        }
    }

    #[test]
    fn leaving_and_missing_begin_after_the_start() {
        use Status::*;
        let early = Err(NotNow::Opens(START.plus(1)));
        for (status, at, leaves, misses) in [
            (Confirmed, 0, Err(NotNow::State(Confirmed)), early),
            (Confirmed, 1, Err(NotNow::State(Confirmed)), Ok(Some(Action::MarkNoShow))),
            (Confirmed, 60, Err(NotNow::State(Confirmed)), Err(NotNow::State(Completed))),
            (CheckedIn, -5, early, Err(NotNow::State(CheckedIn))),
            (CheckedIn, 0, early, Err(NotNow::State(CheckedIn))),
            (CheckedIn, 1, Ok(Some(Action::CheckOut)), Err(NotNow::State(CheckedIn))),
            (CheckedIn, 70, Ok(Some(Action::CheckOut)), Err(NotNow::State(CheckedIn))),
            (Completed, 70, Ok(None), Err(NotNow::State(Completed))),
            (NoShow, 70, Err(NotNow::State(NoShow)), Ok(None)),
            (Held, 10, Err(NotNow::State(Held)), Err(NotNow::State(Held))),
        ] {
            assert_eq!(leave(status, slot(0, 60), minutes(at)), leaves, "{status} {at}");
            assert_eq!(miss(status, slot(0, 60), rules(false), minutes(at)), misses, "{status} {at}");
        }
        let late = miss(Confirmed, slot(0, 60), rules(true), minutes(60));
        assert_eq!(late, Ok(Some(Action::MarkNoShow)));
    }

    #[test]
    fn time_gives_up_after_the_grace_and_completes_at_the_end() {
        use Status::*;
        for (status, required, length, at, wanted) in [
            (Confirmed, true, 60, 14, None),
            (Confirmed, true, 60, 15, Some(Action::MarkNoShow)),
            // Shorter than the grace.
            (Confirmed, true, 10, 9, None),
            (Confirmed, true, 10, 10, Some(Action::MarkNoShow)),
            (Confirmed, false, 60, 59, None),
            (Confirmed, false, 60, 60, Some(Action::Complete)),
            (CheckedIn, true, 60, 59, None),
            (CheckedIn, true, 60, 60, Some(Action::Complete)),
            (Pending, true, 60, 60, None),
            (NoShow, true, 60, 60, None),
        ] {
            let no_show_at = rules(required).no_show_at(slot(0, length), minutes(-100));
            let found = due(status, slot(0, length), no_show_at, minutes(at));
            assert_eq!(found, wanted, "{status} {required} {length} {at}");
        }
        let of_staff = rules(true).no_show_at(slot(0, 60), minutes(20));
        assert_eq!(of_staff, Some(minutes(35)), "made after its start");
    }

    #[test]
    fn what_was_given_back_is_had_again_up_to_the_first_of_others() {
        let buffers = Buffers { setup_minutes: 10, teardown_minutes: 10 };
        for (foreign, wanted) in [
            (vec![], None),
            // Before it, and after its tear-down.
            (vec![(-60, -10), (70, 90)], None),
            (vec![(25, 40)], Some(15)),
            (vec![(45, 60), (30, 40)], Some(20)),
            (vec![(65, 90)], Some(55)),
        ] {
            let foreign: Vec<_> = foreign.into_iter().map(|(from, to)| slot(from, to)).collect();
            let found = reoccupied_until(slot(0, 60), buffers, minutes(15), foreign.clone());
            assert_eq!(found, wanted.map(minutes), "{foreign:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_released_is_inside_and_leaves_something(
            length in 1_i64..600, already in proptest::option::of(1_i64..600), at in -100_i64..700,
        ) {
            let interval = slot(0, length);
            let already = already.map(minutes);
            let left = kept(interval, already);
            prop_assert!(interval.covers(left) && left.start() == interval.start());
            match released(interval, already, minutes(at)) {
                Some(at) => {
                    let now = kept(interval, Some(at));
                    prop_assert!(left.covers(now) && now.end() == at && at < left.end());
                }
                None => prop_assert!(!left.contains(minutes(at)) || at == 0),
            }
        }

        #[test]
        fn reoccupied_time_meets_nobody_and_is_never_less_than_was_kept(
            length in 2_i64..600, released in 1_i64..600, setup in 0_u32..60, teardown in 0_u32..60,
            others in proptest::collection::vec((0_i64..800, 1_i64..100), 0..5),
        ) {
            prop_assume!(released < length);
            let buffers = Buffers { setup_minutes: setup, teardown_minutes: teardown };
            let (interval, released_at) = (slot(0, length), minutes(released));
            let has = buffers.around(kept(interval, Some(released_at)));
            // Others were let in only beside what was kept.
            let others: Vec<_> = others.into_iter().map(|(from, long)| slot(from, from + long)).collect();
            let others: Vec<_> = others.into_iter().filter(|other| !other.overlaps(has)).collect();
            let until = reoccupied_until(interval, buffers, released_at, others.clone());
            let again = buffers.around(kept(interval, until));
            prop_assert!(again.covers(has));
            prop_assert!(others.iter().all(|other| !other.overlaps(again)), "{again:?} {others:?}");
            if until.is_some() {
                let longer = again.widened(0, 1);
                prop_assert!(others.iter().any(|other| other.overlaps(longer)), "more could be had");
            }
        }

        #[test]
        fn who_may_still_check_in_has_not_been_given_up_by_the_clock_for_long(
            length in 1_i64..600, opens in 0_u32..60, grace in 1_u32..60, at in -100_i64..700,
        ) {
            let rules = CheckInRules { required: true, opens_minutes: opens, grace_minutes: grace };
            let (interval, now) = (slot(0, length), minutes(at));
            let arrives = arrive(Status::Confirmed, interval, rules, false, now);
            let inside = rules.opens_at(interval) <= now && now < interval.end();
            prop_assert_eq!(arrives == Ok(Some(Action::CheckIn)), inside);
            let waited = rules.no_show_at(interval, START);
            let given_up = due(Status::Confirmed, interval, waited, now).is_some();
            prop_assert_eq!(given_up, waited.is_some_and(|end| end <= now));
            // Between the two there is no time at which neither holds after the opening.
            prop_assert!(now < rules.opens_at(interval) || inside || given_up);
        }
    }
}
