//! Sets of instants as sorted, disjoint intervals (DESIGN 3): open, free, booked, used.
//!
//! Touching intervals are joined, so that equal sets have equal intervals. Every operation on
//! two sets is one sweep over both.

use super::instant::{Instant, Interval};

/// A set of instants, kept as ascending intervals with a gap between any two.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IntervalSet(Vec<Interval>);

impl IntervalSet {
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The intervals, ascending.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Interval> + ExactSizeIterator + '_ {
        self.0.iter().copied()
    }

    /// The number of intervals.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Elapsed seconds in all.
    pub fn seconds(&self) -> i64 {
        self.iter().map(Interval::seconds).sum()
    }

    /// From the first start to the last end; `None` of an empty set.
    pub fn hull(&self) -> Option<Interval> {
        Interval::new(self.0.first()?.start(), self.0.last()?.end())
    }

    /// What lies in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let (mut left, mut right) = (self.iter().peekable(), other.iter().peekable());
        let ascending = std::iter::from_fn(|| match (left.peek(), right.peek()) {
            (Some(a), Some(b)) if b.start() < a.start() => right.next(),
            (None, Some(_)) => right.next(),
            _ => left.next(),
        });
        Self::joined(ascending)
    }

    /// What lies in `self` and not in `other`.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let mut kept = Vec::with_capacity(self.0.len());
        let mut holes = other.0.as_slice();
        for interval in self.iter() {
            holes = ending_after(holes, interval.start());
            let mut from = interval.start();
            for hole in holes.iter().take_while(|hole| hole.start() < interval.end()) {
                kept.extend(Interval::new(from, hole.start()));
                from = hole.end();
            }
            kept.extend(Interval::new(from, interval.end()));
        }
        Self(kept)
    }

    /// What lies in both.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        let mut shared = Vec::new();
        let (mut left, mut right) = (self.0.as_slice(), other.0.as_slice());
        while let ([a, left_rest @ ..], [b, right_rest @ ..]) = (left, right) {
            shared.extend(a.intersection(*b));
            if a.end() <= b.end() {
                left = left_rest;
            } else {
                right = right_rest;
            }
        }
        Self(shared)
    }

    /// What lies within `bounds`.
    #[must_use]
    pub fn clip(&self, bounds: Interval) -> Self {
        Self(self.meeting(bounds).filter_map(|each| each.intersection(bounds)).collect())
    }

    /// The intervals, whole, that share an instant with `bounds`.
    pub fn meeting(&self, bounds: Interval) -> impl DoubleEndedIterator<Item = Interval> + '_ {
        let first = self.0.partition_point(|each| each.end() <= bounds.start());
        let beyond = self.0.partition_point(|each| each.start() < bounds.end());
        self.0[first..beyond].iter().copied()
    }

    /// Whether all of `interval` lies in the set.
    pub fn covers(&self, interval: Interval) -> bool {
        self.containing(interval.start()).is_some_and(|each| each.covers(interval))
    }

    /// The interval that holds `at`.
    pub fn containing(&self, at: Instant) -> Option<Interval> {
        let index = self.0.partition_point(|each| each.end() <= at);
        self.0.get(index).copied().filter(|each| each.contains(at))
    }

    /// Joins overlapping and touching neighbours of intervals that come by ascending start.
    fn joined(ascending: impl Iterator<Item = Interval>) -> Self {
        let mut joined: Vec<Interval> = Vec::with_capacity(ascending.size_hint().0);
        for next in ascending {
            match joined.last_mut() {
                Some(last) if next.start() <= last.end() => {
                    *last = Interval::new(last.start(), last.end().max(next.end())).unwrap_or(*last);
                }
                _ => joined.push(next),
            }
        }
        Self(joined)
    }
}

/// The part of `ascending` that begins with the first interval ending after `at`.
fn ending_after(ascending: &[Interval], at: Instant) -> &[Interval] {
    let skipped = ascending.iter().take_while(|each| each.end() <= at).count();
    &ascending[skipped..]
}

impl FromIterator<Interval> for IntervalSet {
    /// In any order, overlapping or not.
    fn from_iter<I: IntoIterator<Item = Interval>>(intervals: I) -> Self {
        let mut ascending: Vec<Interval> = intervals.into_iter().collect();
        ascending.sort_unstable();
        Self::joined(ascending.into_iter())
    }
}

impl From<Interval> for IntervalSet {
    fn from(interval: Interval) -> Self {
        Self(vec![interval])
    }
}

impl IntoIterator for IntervalSet {
    type Item = Interval;
    type IntoIter = std::vec::IntoIter<Interval>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    const SECONDS: i64 = 40;

    fn interval(start: i64, end: i64) -> Interval {
        Interval::new(Instant::from_unix(start), Instant::from_unix(end)).unwrap()
    }

    fn any_interval() -> impl Strategy<Value = Interval> {
        (0..SECONDS, 1..12i64).prop_map(|(start, length)| interval(start, (start + length).min(SECONDS)))
    }

    fn any_intervals() -> impl Strategy<Value = Vec<Interval>> {
        vec(any_interval(), 0..8)
    }

    /// The naive model: which of the seconds 0 to 39 the intervals hold.
    fn held(intervals: &[Interval]) -> Vec<bool> {
        (0..SECONDS)
            .map(|second| intervals.iter().any(|each| each.contains(Instant::from_unix(second))))
            .collect()
    }

    fn set(intervals: &[Interval]) -> IntervalSet {
        intervals.iter().copied().collect()
    }

    fn combined(a: &[Interval], b: &[Interval], keep: fn(bool, bool) -> bool) -> Vec<bool> {
        held(a).into_iter().zip(held(b)).map(|(a, b)| keep(a, b)).collect()
    }

    /// Sorted, disjoint, not touching, and holding exactly the seconds of the model.
    fn assert_is(set: &IntervalSet, model: &[bool]) {
        for pair in set.0.windows(2) {
            assert!(pair[0].end() < pair[1].start(), "{set:?}");
        }
        assert_eq!(held(&set.0), model, "{set:?}");
    }

    #[test]
    fn touching_and_overlapping_intervals_become_one() {
        type Pairs = &'static [(i64, i64)];
        let cases: [(Pairs, Pairs); 6] = [
            (&[], &[]),
            (&[(1, 2), (2, 3)], &[(1, 3)]),
            (&[(4, 6), (1, 5)], &[(1, 6)]),
            (&[(1, 9), (2, 3)], &[(1, 9)]),
            (&[(5, 6), (1, 2)], &[(1, 2), (5, 6)]),
            (&[(1, 2), (1, 2)], &[(1, 2)]),
        ];
        for (given, wanted) in cases {
            let given: IntervalSet = given.iter().map(|&(start, end)| interval(start, end)).collect();
            let wanted: Vec<_> = wanted.iter().map(|&(start, end)| interval(start, end)).collect();
            assert_eq!(given.iter().collect::<Vec<_>>(), wanted);
        }
    }

    #[test]
    fn the_hull_goes_from_the_first_start_to_the_last_end() {
        assert_eq!(IntervalSet::new().hull(), None);
        assert_eq!(set(&[interval(7, 9), interval(1, 2)]).hull(), Some(interval(1, 9)));
    }

    proptest! {
        #[test]
        fn every_operation_agrees_with_the_seconds_it_holds(a in any_intervals(), b in any_intervals()) {
            let (left, right) = (set(&a), set(&b));
            assert_is(&left, &held(&a));
            assert_is(&left.union(&right), &combined(&a, &b, |a, b| a || b));
            assert_is(&left.minus(&right), &combined(&a, &b, |a, b| a && !b));
            assert_is(&left.intersect(&right), &combined(&a, &b, |a, b| a && b));
            let seconds = held(&a).into_iter().filter(|&held| held).count();
            prop_assert_eq!(left.seconds(), i64::try_from(seconds).unwrap());
            prop_assert_eq!(left.is_empty(), seconds == 0);
        }

        #[test]
        fn bounds_agree_with_the_seconds_they_hold(a in any_intervals(), bounds in any_interval()) {
            let left = set(&a);
            assert_is(&left.clip(bounds), &combined(&a, &[bounds], |a, b| a && b));
            let all = held(&[bounds]).iter().zip(held(&a)).all(|(&wanted, held)| !wanted || held);
            prop_assert_eq!(left.covers(bounds), all);
            let meeting: Vec<_> = left.iter().filter(|each| each.overlaps(bounds)).collect();
            prop_assert_eq!(left.meeting(bounds).collect::<Vec<_>>(), meeting);
            for (second, held) in (0..).zip(held(&a)) {
                let at = Instant::from_unix(second);
                prop_assert_eq!(left.containing(at).is_some(), held);
                prop_assert!(left.containing(at).is_none_or(|each| each.contains(at)));
            }
        }
    }
}
