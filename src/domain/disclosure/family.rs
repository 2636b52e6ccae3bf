//! Cells and the sums that tie them.

use super::{Counting, Parts};

/// What is known of a cell before anything is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// To be decided.
    Open,
    /// Known: published earlier, or no secret (hours and counts of a place are public).
    Shown,
    /// Hidden: published so earlier, or its whole table is hidden, what is empty with it.
    Hidden,
}

/// One figure of one category in one place and period.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Not negative.
    pub value: i64,
    pub parts: Parts,
    pub standing: Standing,
    /// The venue whose staff know it anyway; `None` for the network's.
    pub venue: Option<usize>,
    /// How much is lost when it is hidden: the higher, the later it is taken.
    pub rank: u8,
}

impl Cell {
    /// Nothing to protect and nothing to hide behind: where it is not hidden with its table, everybody knows that it is 0.
    pub fn is_empty(&self) -> bool {
        self.value == 0 && self.parts.is_empty()
    }

    /// Whether it must not be shown. What is published is summed up from earlier months even where their contributors
    /// have since gone elsewhere: then nobody knows how few they were.
    pub fn sensitive(&self) -> bool {
        self.parts.sensitive() || (self.value > 0 && self.parts.is_empty())
    }
}

/// A whole that is the sum of its parts (of distinct counts: at most their sum, at least each of them).
#[derive(Debug, Clone)]
pub struct Sum {
    pub whole: usize,
    pub parts: Vec<usize>,
    /// The parts are venues, each of whose staff knows one.
    pub of_venues: bool,
}

impl Sum {
    pub fn cells(&self) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(self.whole).chain(self.parts.iter().copied())
    }
}

/// Cells of one figure and everything that ties them.
#[derive(Debug, Clone)]
pub struct Family {
    pub counting: Counting,
    pub cells: Vec<Cell>,
    pub sums: Vec<Sum>,
    /// How many venues there are: `Cell::venue` is below.
    pub venues: usize,
}
