//! What of the facts counts for a grouping: which spaces stand in which rows, what begins when, whose it is and what it
//! makes.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::{
    Amounts, Booked, Contributor, Facts, Grouping, Measured, Value,
    grouping::Family,
    keys,
    sheet::{Arrival, Supported},
};
use crate::domain::{
    ids::OrganisationId,
    instant::Instant,
    space::SpaceKind,
    statistics::{Claim, SpaceFacts, VenueFacts},
};

pub(super) struct Desk<'m> {
    measured: &'m Measured<'m>,
    facts: &'m Facts,
    grouping: &'m Grouping,
    /// By space: its values; `None` when it stands in no row.
    pub place_of: Vec<Option<Vec<Value>>>,
    /// By space: whether it counts in the totals.
    pub in_totals: Vec<bool>,
    /// The one that stands for all that share its register number.
    enterprises: HashMap<OrganisationId, OrganisationId>,
    /// The values of who came, each list once, and by claim its place there.
    who: Vec<Vec<Value>>,
    who_of: Vec<usize>,
}

impl<'m> Desk<'m> {
    /// Equipment has rows of its own, or none where other spaces are asked for, and no part in the totals.
    pub fn new(measured: &'m Measured<'m>, grouping: &'m Grouping) -> Self {
        let facts = measured.facts;
        let spaces = &facts.source.spaces;
        let seated = spaces.iter().any(|space| space.counted && space.kind != SpaceKind::Equipment);
        let aside = |space: &SpaceFacts| seated && space.kind == SpaceKind::Equipment;
        let place_of = |space: &SpaceFacts| {
            let shown = space.counted && !(aside(space) && grouping.mixes_kinds());
            shown.then(|| keys::place(grouping, measured.frame.venue(space), Some(space)))
        };
        let (who, who_of) = each_once(facts.bookings.iter().map(|it| keys::who(grouping, facts, Some(it))));
        Self {
            measured,
            facts,
            grouping,
            place_of: spaces.iter().map(place_of).collect(),
            in_totals: spaces.iter().map(|space| space.counted && !aside(space)).collect(),
            enterprises: enterprises(facts),
            who,
            who_of,
        }
    }

    /// Of spaces that were there at some time of the range, or have something in it, and of venues.
    pub fn places(&self) -> BTreeSet<Vec<Value>> {
        let spaces = &self.facts.source.spaces;
        let single = spaces.iter().filter(|space| space.counted).count() == 1;
        let active = self.measured.frame.active.iter().map(|active| active.is_some() || single);
        let mut there: Vec<bool> = active.collect();
        let with_claims = self.claims().filter_map(|claim| self.space_of(claim));
        with_claims.chain(self.attended().map(|(space, ..)| space)).for_each(|space| there[space] = true);
        let there = self.place_of.iter().zip(there).filter(|(_, there)| *there);
        let mut places: BTreeSet<Vec<Value>> = there.filter_map(|(place, _)| place.clone()).collect();
        if self.grouping.mixes_kinds() {
            let venues = self.facts.source.venues.iter();
            places.extend(venues.map(|venue| keys::place(self.grouping, venue, None)));
        }
        if self.grouping.of(Family::Place).next().is_none() {
            places.insert(Vec::new());
        }
        places
    }

    /// Who came, in all that stands in some row.
    pub fn found(&self) -> BTreeSet<Vec<Value>> {
        let shown = |claim: &usize| self.space_of(*claim).is_some_and(|at| self.place_of[at].is_some());
        let lists: BTreeSet<usize> = self.claims().filter(shown).map(|claim| self.who_of[claim]).collect();
        let mut found: BTreeSet<_> = lists.into_iter().map(|list| self.who[list].clone()).collect();
        found.extend(self.attended().next().map(|_| self.nobody()));
        found
    }

    /// Those that begin or have hours in the range, some twice.
    fn claims(&self) -> impl Iterator<Item = usize> + '_ {
        let pieces = self.measured.pieces.iter().map(|piece| piece.claim);
        self.begun().map(|(claim, ..)| claim).chain(pieces)
    }

    pub fn who(&self, claim: usize) -> &[Value] {
        &self.who[self.who_of[claim]]
    }

    /// What those have who came without a reservation.
    pub fn nobody(&self) -> Vec<Value> {
        keys::who(self.grouping, self.facts, None)
    }

    pub fn space_of(&self, claim: usize) -> Option<usize> {
        self.measured.frame.space_index(self.facts.source.claims[claim].space)
    }

    pub fn venue(&self, space: usize) -> &'m VenueFacts {
        self.measured.frame.venue(&self.facts.source.spaces[space])
    }

    /// Reservations that count and begin in the range: claim, space and local date.
    pub fn begun(&self) -> impl Iterator<Item = (usize, usize, NaiveDate)> + '_ {
        self.facts.source.claims.iter().enumerate().filter_map(|(at, claim)| {
            let space = self.space_of(at)?;
            let (venue, start) = (self.venue(space), claim.interval.start());
            let counts = Claim::counts(claim.status) && venue.range.contains(start);
            counts.then(|| (at, space, venue.zone.date(start)))
        })
    }

    /// Of days that begin in the range: space, date and visitors.
    pub fn attended(&self) -> impl Iterator<Item = (usize, NaiveDate, i64)> + '_ {
        self.facts.attendance.iter().filter_map(|day| {
            let space = self.measured.frame.space_index(day.space)?;
            let venue = self.venue(space);
            let counts = day.visitors > 0 && venue.range.contains(venue.zone.day(day.date).start());
            (counts && self.place_of[space].is_some()).then_some((space, day.date, day.visitors.into()))
        })
    }

    /// When the person and the organisation of a claim came first.
    pub fn firsts(&self, claim: usize) -> [Option<Instant>; 2] {
        let (booked, start) = (&self.facts.bookings[claim], self.facts.source.claims[claim].interval.start());
        let known = &self.facts.firsts;
        let first = |found: Option<&Instant>| found.copied().unwrap_or(start);
        [
            Some(first(known.people.get(&booked.person))),
            booked.organisation.map(|id| first(known.organisations.get(&id))),
        ]
    }

    /// The claim, beginning; `is_new` says it of the person and of the organisation.
    pub fn arrival(&self, claim: usize, is_new: [bool; 2]) -> Arrival {
        let booked = &self.facts.bookings[claim];
        let supported = booked.organisation.filter(|_| booked.supported()).map(|id| {
            let organisation = self.facts.organisations.get(&id);
            let had_number =
                |it: &super::OrganisationFacts| it.register_number.is_some() || it.was_registered;
            Supported { enterprise: self.enterprise(id), registered: organisation.is_some_and(had_number) }
        });
        Arrival {
            by: self.contributor(claim),
            amounts: self.amounts(claim),
            person: (booked.person, is_new[0]),
            organisation: booked.organisation.map(|id| (id, is_new[1])),
            supported,
        }
    }

    /// What stands where it begins.
    fn amounts(&self, claim: usize) -> Amounts {
        let (booked, claim) = (&self.facts.bookings[claim], &self.facts.source.claims[claim]);
        let mut amounts = Amounts { reservations: 1, ..Amounts::default() };
        if claim.used(self.measured.now).is_some() {
            let people = claim.headcount.or(claim.attendees).map(i64::from);
            amounts.visited = 1;
            amounts.visited_known = i64::from(people.is_some());
            amounts.visits = people.unwrap_or_default();
            amounts.declared = if claim.headcount.is_none() { amounts.visits } else { 0 };
        }
        amounts.charge(booked.charged);
        amounts.give(booked.in_kind);
        amounts
    }

    pub fn contributor(&self, claim: usize) -> Contributor {
        let Booked { person, organisation, .. } = self.facts.bookings[claim];
        organisation.map_or(Contributor::Person(person), |id| Contributor::Organisation(self.enterprise(id)))
    }

    fn enterprise(&self, id: OrganisationId) -> OrganisationId {
        self.enterprises.get(&id).copied().unwrap_or(id)
    }
}

/// By organisation with a number: the least id that has the number.
fn enterprises(facts: &Facts) -> HashMap<OrganisationId, OrganisationId> {
    let numbered =
        || facts.organisations.iter().filter_map(|(id, it)| Some((*id, it.register_number.as_deref()?)));
    let mut least = HashMap::<&str, OrganisationId>::new();
    for (id, number) in numbered() {
        least.entry(number).and_modify(|known| *known = id.min(*known)).or_insert(id);
    }
    numbered().map(|(id, number)| (id, least[number])).collect()
}

/// The distinct lists, and for each given its place there.
fn each_once(lists: impl Iterator<Item = Vec<Value>>) -> (Vec<Vec<Value>>, Vec<usize>) {
    let mut index = HashMap::<Vec<Value>, usize>::new();
    let places: Vec<usize> = lists
        .map(|list| {
            let next = index.len();
            *index.entry(list).or_insert(next)
        })
        .collect();
    let mut all = vec![Vec::new(); index.len()];
    index.into_iter().for_each(|(list, at)| all[at] = list);
    (all, places)
}
