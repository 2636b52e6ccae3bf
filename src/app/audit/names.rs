//! What those are called who did something, as far as who reads the audit knows them anyway: a venue its staff, and
//! others by what their reservations there show (ADR 26); a network its coordinators. Read once for a page.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::{accounts::erase::NOBODY, error::Error},
    domain::ids::{UserId, VenueId},
    store::{
        audit_chain::Scope,
        db::ReadTx,
        guests, people, reservations,
        staff::{self, Team},
    },
};

/// Of the people of one page.
#[derive(Debug, Default)]
pub(super) struct Names {
    known: BTreeMap<UserId, String>,
    erased: BTreeSet<UserId>,
    /// Those of them who are shown as guests of the venue.
    guests: BTreeSet<UserId>,
}

impl Names {
    /// # Errors
    /// When the database fails.
    pub fn load(tx: &mut ReadTx, scope: Scope, mut actors: Vec<UserId>) -> Result<Self, Error> {
        actors.sort_unstable();
        actors.dedup();
        let mut all: BTreeMap<UserId, String> = BTreeMap::new();
        let mut names = Self::default();
        for contact in people::contacts(tx, &actors)? {
            if contact.name == NOBODY {
                names.erased.insert(contact.id);
            } else {
                all.insert(contact.id, contact.name);
            }
        }
        match scope {
            Scope::Venue(_, venue) => {
                for team in [Team::Staff(venue), Team::Delegates(venue)] {
                    names.members(tx, team, &all)?;
                }
                names.add_guests(tx, venue, &all)?;
            }
            Scope::Network(network) => names.members(tx, Team::Coordinators(network), &all)?,
            Scope::Any => {}
        }
        Ok(names)
    }

    fn members(&mut self, tx: &mut ReadTx, team: Team, all: &BTreeMap<UserId, String>) -> Result<(), Error> {
        let asked: Vec<UserId> = all.keys().copied().collect();
        for user in staff::among(tx, team, &asked)? {
            self.known.extend(all.get(&user).map(|name| (user, name.clone())));
        }
        Ok(())
    }

    /// Those who reserved by themselves go by their own name, others by the one that the venue wrote.
    fn add_guests(
        &mut self,
        tx: &mut ReadTx,
        venue: VenueId,
        all: &BTreeMap<UserId, String>,
    ) -> Result<(), Error> {
        let asked: Vec<UserId> = all.keys().copied().filter(|id| !self.known.contains_key(id)).collect();
        let mut others = Vec::new();
        for (organiser, self_made) in reservations::organisers_at(tx, venue, &asked)? {
            match all.get(&organiser).filter(|_| self_made) {
                Some(name) => drop(self.known.insert(organiser, name.clone())),
                None => others.push((venue, organiser)),
            }
        }
        for ((_, user), guest) in guests::known(tx, &others)? {
            self.known.entry(user).or_insert(guest.name);
        }
        self.guests = asked.into_iter().filter(|id| self.known.contains_key(id)).collect();
        Ok(())
    }

    pub fn guests(&self) -> impl Iterator<Item = UserId> {
        self.guests.iter().copied()
    }

    pub fn of(&self, actor: Option<UserId>) -> Option<String> {
        self.known.get(&actor?).cloned()
    }

    pub fn erased(&self, actor: Option<UserId>) -> bool {
        actor.is_some_and(|actor| self.erased.contains(&actor))
    }
}
