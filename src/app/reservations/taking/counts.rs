//! What counts for the limits of whom a request is for, and what is left of it once holds of theirs give way.

use std::borrow::Cow;

use crate::domain::decision::{Counted, OwnHold};

/// Loaded once; what is decided in the course of one transaction changes it.
#[derive(Clone)]
pub(super) struct Counts {
    /// Reservations ahead; wanted where `max_active` is set.
    pub active: Option<u32>,
    /// Live holds; wanted where one more is asked for.
    pub holding: Option<u32>,
    /// What quotas count.
    pub others: Vec<Counted>,
}

impl Counts {
    /// As it is when these holds, each named once, are no more.
    pub fn without(&self, gone: &[&OwnHold]) -> Cow<'_, Self> {
        let mut left = Cow::Borrowed(self);
        for hold in gone {
            left.to_mut().discount(hold);
        }
        left
    }

    pub fn discount(&mut self, hold: &OwnHold) {
        self.active = self.active.map(|active| active.saturating_sub(1));
        self.holding = self.holding.map(|holding| holding.saturating_sub(u32::from(!hold.offered)));
        hold.counted().for_each(|one| self.uncount(one));
    }

    pub fn uncount(&mut self, counted: Counted) {
        if let Some(place) = self.others.iter().position(|other| *other == counted) {
            self.others.swap_remove(place);
        }
    }
}
