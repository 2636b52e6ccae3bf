//! Who holds how much of a cell, and when showing it would say too much about one of them.

use std::collections::BTreeMap;

/// The fewest distinct contributors of a figure that is shown (DESIGN 7).
pub const FEWEST: usize = 5;

/// Of a figure that is shown nobody holds more than 80 %: this many fifths.
const MOST_FIFTHS: i128 = 4;

/// How a figure's parts make up a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// Quantities: the whole is their sum.
    Sum,
    /// Distinct ones, each 1: who is in two parts is one in the whole.
    Distinct,
}

/// What each contributor holds: a party that it was reserved for, which is an organisation or else the person. Who
/// contributed to the cell but not to this figure of it holds 0. People are counted besides, as one may act for many parties.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    held: BTreeMap<u32, i64>,
    /// Distinct people, or whatever else is counted; of several cells at most or at least so many, as they were merged.
    count: usize,
}

impl Parts {
    /// Of so many people (or whatever else is counted), whose amounts are added one by one.
    pub fn of(count: usize) -> Self {
        Self { held: BTreeMap::new(), count }
    }

    /// Adds what a party holds; amounts are not negative.
    pub fn add(&mut self, counting: Counting, party: u32, amount: i64) {
        let held = self.held.entry(party).or_default();
        *held = match counting {
            Counting::Sum => held.saturating_add(amount),
            Counting::Distinct => (*held).max(amount),
        };
    }

    /// Adds all of another cell's, whose people are taken for others than those counted so far.
    pub fn merge(&mut self, counting: Counting, other: &Self) {
        other.held.iter().for_each(|(&party, &amount)| self.add(counting, party, amount));
        self.count += other.count;
    }

    /// Adds all of another cell's, whose people may be the same as those counted so far: of several cells at least so many.
    pub fn merge_same(&mut self, counting: Counting, other: &Self) {
        let count = self.count.max(other.count);
        self.merge(counting, other);
        self.count = count;
    }

    /// Whether nobody contributed.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty() && self.count == 0
    }

    /// Whether it must not be shown: fewer than [`FEWEST`] contributed, to the cell or to this figure of it, or one
    /// holds over 80 % of it. Where nobody contributed there is nothing to protect.
    pub fn sensitive(&self) -> bool {
        let few = |count: usize| (1..FEWEST).contains(&count);
        let holding = self.held.values().filter(|amount| **amount > 0).count();
        let all: i128 = self.held.values().copied().map(i128::from).sum();
        let most = self.held.values().copied().max().map_or(0, i128::from);
        few(self.count) || few(self.held.len()) || few(holding) || most * 5 > all * MOST_FIFTHS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(count: usize, held: &[(u32, i64)]) -> Parts {
        let mut parts = Parts::of(count);
        held.iter().for_each(|&(party, amount)| parts.add(Counting::Sum, party, amount));
        parts
    }

    #[test]
    fn few_contributors_and_dominant_ones_are_sensitive() {
        for (people, held, wanted, why) in [
            (0, &[][..], false, "nobody"),
            (4, &[(1, 9), (2, 9), (3, 9), (4, 9)], true, "four"),
            (5, &[(1, 9), (2, 9), (3, 9), (4, 9), (5, 9)], false, "five"),
            (5, &[(1, 9), (1, 9), (3, 9), (4, 9), (5, 9)], true, "five people of four parties"),
            (4, &[(1, 9), (2, 9), (3, 9), (4, 9), (5, 9)], true, "four people for five parties"),
            (5, &[(1, 0), (2, 0), (3, 0), (4, 0), (5, 0)], false, "five, none of whom holds any"),
            (5, &[(1, 7), (2, 0), (3, 0), (4, 0), (5, 0)], true, "only one of five holds any"),
            (5, &[(1, 16), (2, 1), (3, 1), (4, 1), (5, 1)], false, "one holds 80 %"),
            (5, &[(1, 17), (2, 1), (3, 1), (4, 1), (5, 1)], true, "one holds over 80 %"),
            (4, &[], true, "four, and nothing else is known of them"),
            (5, &[], false, "five, and nothing else is known of them"),
        ] {
            assert_eq!(parts(people, held).sensitive(), wanted, "{why}");
        }
    }

    #[test]
    fn who_is_in_two_parts_is_one_in_the_whole() {
        let (a, b) = (parts(3, &[(1, 1), (2, 1), (3, 1)]), parts(3, &[(3, 1), (4, 1), (5, 1)]));
        for (counting, wanted) in [(Counting::Sum, 2), (Counting::Distinct, 1)] {
            let mut all = a.clone();
            all.merge(counting, &b);
            assert_eq!((all.held.len(), all.held[&3], all.sensitive()), (5, wanted, false));
        }
    }
}
