//! A row being added up: who is in it, each once, and what each of them made of it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Amounts, Contribution, Contributor, Distinct, Tally};
use crate::domain::ids::{OrganisationId, UserId};

#[derive(Default)]
pub(super) struct Sheet {
    pub attended: i64,
    provisional: bool,
    by: HashMap<Contributor, Amounts>,
    /// Who reserved, and for whom it was.
    bookers: HashSet<(Contributor, UserId)>,
    /// Whether they are new.
    people: HashMap<UserId, bool>,
    organisations: HashMap<OrganisationId, bool>,
    supported: HashSet<Supported>,
}

/// An organisation with public support, one of those that share its register number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Supported {
    pub enterprise: OrganisationId,
    pub registered: bool,
}

/// A reservation that begins in the row.
pub(super) struct Arrival {
    pub by: Contributor,
    pub amounts: Amounts,
    /// Who reserved, and whether they are new.
    pub person: (UserId, bool),
    pub organisation: Option<(OrganisationId, bool)>,
    pub supported: Option<Supported>,
}

impl Sheet {
    pub fn new(provisional: bool) -> Self {
        Self { provisional, ..Self::default() }
    }

    pub fn arrive(&mut self, arrival: &Arrival) {
        self.add(arrival.by, &arrival.amounts);
        let (person, is_new) = arrival.person;
        self.bookers.insert((arrival.by, person));
        self.people.insert(person, is_new);
        self.organisations.extend(arrival.organisation);
        self.supported.extend(arrival.supported);
    }

    pub fn add(&mut self, by: Contributor, amounts: &Amounts) {
        *self.by.entry(by).or_default() += amounts;
    }

    pub fn tally(self) -> Tally {
        let mut people = BTreeMap::<Contributor, u32>::new();
        self.bookers.iter().for_each(|(by, _)| *people.entry(*by).or_default() += 1);
        let contribution = |(by, amounts)| {
            let people = people.get(&by).copied().unwrap_or_default();
            Contribution { by, amounts, people }
        };
        let mut contributions: Vec<Contribution> = self.by.into_iter().map(contribution).collect();
        contributions.sort_unstable_by_key(|contribution| contribution.by);
        let mut amounts = Amounts::default();
        contributions.iter().for_each(|contribution| amounts += &contribution.amounts);
        let registered = self.supported.iter().filter(|one| one.registered).count();
        Tally {
            amounts,
            attended: self.attended,
            people: distinct(self.people.into_values()),
            organisations: distinct(self.organisations.into_values()),
            enterprises: count(registered),
            unregistered: count(self.supported.len() - registered),
            provisional: self.provisional,
            contributions,
        }
    }
}

fn distinct(are_new: impl Iterator<Item = bool>) -> Distinct {
    let mut distinct = Distinct::default();
    are_new.for_each(|is_new| if is_new { distinct.new += 1 } else { distinct.returning += 1 });
    distinct
}

/// No table has more.
fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
