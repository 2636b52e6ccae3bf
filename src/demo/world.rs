//! Gorenjska as it stands in the database: found by what it was named, so that a renamed or archived space is
//! left alone.

use std::sync::Arc;

use super::data::{Habit, Region};
use crate::{
    app::{
        App,
        error::Error,
        page::{self, Asked},
        places::{
            networks::{self, NetworkView},
            spaces::{self, SpaceFilter, SpaceView},
            venues,
        },
        seeding,
    },
    domain::{access::Actor, ids::SpaceId, space::SpaceKind, zone::Zone},
};

/// Who is there, and where.
#[derive(Debug)]
pub(super) struct World {
    pub network: NetworkView,
    pub zone: Zone,
    pub spaces: Vec<Spot>,
    pub people: Vec<Member>,
}

/// A space and what is done there.
#[derive(Debug)]
pub(super) struct Spot {
    pub id: SpaceId,
    /// Of its venue and its own, for the dice.
    pub name: String,
    pub venue: String,
    pub kind: SpaceKind,
    pub view: SpaceView,
    pub manager: Arc<Actor>,
    pub habits: Vec<Habit>,
    /// Whether one must check in.
    pub checks_in: bool,
}

/// A member, who books most at home.
#[derive(Debug)]
pub(super) struct Member {
    pub actor: Arc<Actor>,
    pub home: String,
}

const EVERYTHING: Asked = Asked { limit: Some(page::MOST), cursor: None };

/// The demo's network, if it is there.
///
/// # Errors
/// When the database fails.
pub(super) fn network(app: &App, region: &Region) -> Result<Option<NetworkView>, Error> {
    let known = networks::list(app, &EVERYTHING)?.items;
    Ok(known.into_iter().find(|network| network.slug == region.network.slug.as_str()))
}

impl World {
    /// # Errors
    /// When the database fails.
    pub fn find(app: &App, region: &Region, network: NetworkView) -> Result<Self, Error> {
        let zone = Zone::parse(&network.time_zone).map_err(|error| Error::Broken(error.to_string()))?;
        let mut people = Vec::new();
        for person in &region.people {
            if let Some(actor) = seeding::actor(app, &person.email, &[])? {
                people.push(Member { actor: Arc::new(actor), home: person.home.clone() });
            }
        }
        Ok(Self { spaces: spots(app, region, &network)?, network, zone, people })
    }
}

fn spots(app: &App, region: &Region, network: &NetworkView) -> Result<Vec<Spot>, Error> {
    let known = venues::list(app, &Actor::Anonymous, Some(network.id), &EVERYTHING)?.items;
    let mut spots = Vec::new();
    for centre in &region.venues {
        let slug = centre.slug.as_str();
        let Some(venue) = known.iter().find(|venue| venue.slug == slug) else { continue };
        let Some(manager) = seeding::actor(app, &centre.manager.email, &[venue.id])? else { continue };
        let manager = Arc::new(manager);
        let filter = SpaceFilter { venue: Some(venue.id), ..SpaceFilter::default() };
        let mut there = spaces::list(app, &filter, &EVERYTHING)?.items;
        for room in &centre.spaces {
            let Some(at) = there.iter().position(|space| space.name == room.new.name.as_str()) else {
                continue;
            };
            let view = there.swap_remove(at);
            let rules = room.policy.as_ref().and_then(|policy| policy.public.as_ref());
            spots.push(Spot {
                id: view.id,
                name: format!("{slug}/{}", room.key),
                venue: slug.to_owned(),
                kind: view.kind,
                view,
                manager: manager.clone(),
                habits: room.habits.clone(),
                checks_in: rules.is_some_and(|rules| rules.check_in_required == Some(true)),
            });
        }
    }
    Ok(spots)
}
