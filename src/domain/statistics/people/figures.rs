//! What is added up about people, and by whom: a row is the sum of its contributors, and the people it counts once each.

use std::ops::AddAssign;

use super::Value;
use crate::domain::{
    ids::{OrganisationId, UserId},
    tariff::{Currency, Money},
};

/// Rows in the order of the grouping, and what all reservations make together.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub rows: Vec<Row>,
    pub totals: Tally,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it is of, in the order of the grouping.
    pub group: Vec<Value>,
    pub tally: Tally,
}

/// What a row or the totals hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// The sum of all contributions.
    pub amounts: Amounts,
    /// Visitors whom staff counted without a reservation; nobody contributes them.
    pub attended: i64,
    /// Who reserved.
    pub people: Distinct,
    /// Whom they reserved for.
    pub organisations: Distinct,
    /// Supported enterprises with a register number, each number once.
    pub enterprises: u32,
    /// Supported organisations that never had one.
    pub unregistered: u32,
    /// Part of its time is still to come.
    pub provisional: bool,
    /// Who made the amounts, each once, by id.
    pub contributions: Vec<Contribution>,
}

impl Tally {
    /// Those who were counted: heads and attendance.
    pub fn visitors(&self) -> i64 {
        self.amounts.counted() + self.attended
    }
}

/// How many there are, each counted once. New: the first reservation that counts in the whole network begins in the row's
/// time and the range.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Distinct {
    pub new: u32,
    pub returning: u32,
}

impl Distinct {
    pub fn all(self) -> u32 {
        self.new + self.returning
    }
}

/// Whose doing a figure is: an organisation's, else the person's. Organisations that share a register number are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Contributor {
    Organisation(OrganisationId),
    Person(UserId),
}

/// What one of them made of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    pub by: Contributor,
    pub amounts: Amounts,
    /// People who reserved for it; somebody can be among those of several.
    pub people: u32,
}

/// What adds up over reservations. Reservations, visits and money stand where they begin, hours where they lie.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Amounts {
    pub reservations: i64,
    /// B, seconds of units within opening time.
    pub booked: i64,
    /// U, of that.
    pub used: i64,
    /// Of `used`, by a known number of people.
    pub used_known: i64,
    /// Seconds of people over `used_known`, in parts of [`PERSON`](super::super::PERSON).
    pub people: i128,
    /// Reservations whose use has begun.
    pub visited: i64,
    /// Of those, with a known number of people.
    pub visited_known: i64,
    /// People of those: as counted, else as declared; more than the seats too.
    pub visits: i64,
    /// Of `visits`, declared beforehand and not counted.
    pub declared: i64,
    /// Reservations whose full price is known, so that in-kind value is.
    pub priced: i64,
    /// By currency, each once, ascending.
    pub money: Vec<MoneySum>,
}

/// Minor units of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoneySum {
    pub currency: Currency,
    /// What is asked for reservations, gross, fees in it.
    pub charged: i64,
    /// What they would have cost the public besides.
    pub in_kind: i64,
}

impl Amounts {
    /// Heads that somebody counted.
    pub fn counted(&self) -> i64 {
        self.visits - self.declared
    }

    pub(super) fn charge(&mut self, money: Option<Money>) {
        if let Some(Money { minor, currency }) = money {
            self.add(MoneySum { currency, charged: minor, in_kind: 0 });
        }
    }

    pub(super) fn give(&mut self, money: Option<Money>) {
        self.priced += i64::from(money.is_some());
        if let Some(Money { minor, currency }) = money {
            self.add(MoneySum { currency, charged: 0, in_kind: minor });
        }
    }

    /// Sums that no real money reaches stay where they are.
    fn add(&mut self, more: MoneySum) {
        match self.money.binary_search_by_key(&more.currency.code(), |sum| sum.currency.code()) {
            Ok(at) => {
                let sum = &mut self.money[at];
                sum.charged = sum.charged.saturating_add(more.charged);
                sum.in_kind = sum.in_kind.saturating_add(more.in_kind);
            }
            Err(at) => self.money.insert(at, more),
        }
    }
}

impl AddAssign<&Self> for Amounts {
    fn add_assign(&mut self, more: &Self) {
        self.reservations += more.reservations;
        self.booked += more.booked;
        self.used += more.used;
        self.used_known += more.used_known;
        self.people += more.people;
        self.visited += more.visited;
        self.visited_known += more.visited_known;
        self.visits += more.visits;
        self.declared += more.declared;
        self.priced += more.priced;
        more.money.iter().for_each(|money| self.add(*money));
    }
}
