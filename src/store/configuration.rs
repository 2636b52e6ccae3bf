//! A space's configuration, cached by the revision that every edit renews.
//!
//! The revision is random, never counted: a number given by a transaction that was rolled back can't come
//! again. A cached value is used only after the row's revisions were read in the caller's own snapshot.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use diesel::prelude::*;

use super::{
    db::{Database, ReadTx},
    error::StoreError,
    hours::{self, Owner},
    places,
    schema::{networks, spaces, venues},
    spaces as space_rows,
};
use crate::domain::{
    access::Place,
    hours::Schedule,
    ids::{SpaceId, VenueId},
    places::Configuration,
    space::Space,
};

/// More would be a country; the cache is emptied then, not grown.
const MOST: usize = 10_000;

type Revisions = (i64, i64);

/// Configurations by space.
#[derive(Default)]
pub struct Configurations {
    known: RwLock<HashMap<SpaceId, (Revisions, Arc<Configuration>)>>,
}

impl Configurations {
    /// The space's configuration as of the caller's snapshot; `None` when there is no such space.
    ///
    /// # Errors
    /// When the database fails or a stored value does not parse.
    pub fn get(&self, tx: &mut ReadTx, id: SpaceId) -> Result<Option<Arc<Configuration>>, StoreError> {
        let Some(now) = revisions(tx, id)? else { return Ok(None) };
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if let Some((then, configuration)) = known
            && then == now
        {
            return Ok(Some(configuration));
        }
        Ok(self.load(tx, &HashMap::from([(id, now)]))?.remove(&id))
    }

    /// Those of many spaces that exist, in the order given, in as many queries however many they are: one where all
    /// are known.
    ///
    /// # Errors
    /// When the database fails or a stored value does not parse.
    pub fn get_all(&self, tx: &mut ReadTx, ids: &[SpaceId]) -> Result<Vec<Arc<Configuration>>, StoreError> {
        let mut missing: HashMap<SpaceId, Revisions> = spaces::table
            .inner_join(venues::table.inner_join(networks::table))
            .filter(spaces::id.eq_any(ids.to_vec()))
            .select((spaces::id, (networks::config_version, venues::config_version)))
            .load::<(SpaceId, Revisions)>(&mut tx.connection)?
            .into_iter()
            .collect();
        let mut all: HashMap<SpaceId, Arc<Configuration>> = HashMap::with_capacity(ids.len());
        {
            let cache = self.known.read().unwrap_or_else(PoisonError::into_inner);
            missing.retain(|id, now| match cache.get(id) {
                Some((then, configuration)) if then == now => {
                    all.insert(*id, configuration.clone());
                    false
                }
                _ => true,
            });
        }
        if !missing.is_empty() {
            all.extend(self.load(tx, &missing)?);
        }
        Ok(ids.iter().filter_map(|id| all.get(id).cloned()).collect())
    }

    /// Loads them, and keeps them under the revisions that were read before.
    fn load(
        &self,
        tx: &mut ReadTx,
        revisions: &HashMap<SpaceId, Revisions>,
    ) -> Result<HashMap<SpaceId, Arc<Configuration>>, StoreError> {
        let ids: Vec<SpaceId> = revisions.keys().copied().collect();
        let loaded: HashMap<_, _> =
            load(tx, &ids)?.into_iter().map(|each| (each.space.id, Arc::new(each))).collect();
        let mut cache = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if cache.len() + loaded.len() > MOST {
            cache.clear();
        }
        let kept = loaded.iter().filter_map(|(id, each)| Some((*id, (*revisions.get(id)?, each.clone()))));
        cache.extend(kept);
        Ok(loaded)
    }

    /// Where a space stands, which never changes.
    ///
    /// # Errors
    /// When the database fails.
    pub fn place(&self, db: &Database, id: SpaceId) -> Result<Option<Place>, StoreError> {
        let known =
            self.known.read().unwrap_or_else(PoisonError::into_inner).get(&id).map(|(_, c)| c.place());
        match known {
            Some(place) => Ok(Some(place)),
            None => db.read(|tx| space_rows::place(tx, id)),
        }
    }
}

fn revisions(tx: &mut ReadTx, id: SpaceId) -> Result<Option<Revisions>, StoreError> {
    Ok(spaces::table
        .inner_join(venues::table.inner_join(networks::table))
        .filter(spaces::id.eq(id))
        .select((networks::config_version, venues::config_version))
        .first(&mut tx.connection)
        .optional()?)
}

fn load(tx: &mut ReadTx, ids: &[SpaceId]) -> Result<Vec<Configuration>, StoreError> {
    let spaces = space_rows::find_all(tx, ids)?;
    let mut venues: Vec<VenueId> = spaces.iter().map(|space| space.place.venue).collect();
    venues.sort_unstable();
    venues.dedup();
    let surroundings = places::within_networks(tx, &venues)?;
    let mut hours = hours::written(tx, &venues)?;
    let mut of = |venue, space| hours.remove(&Owner { venue, space }).unwrap_or_default();
    let schedules: HashMap<VenueId, Schedule> =
        venues.iter().map(|venue| (*venue, of(*venue, None).schedule())).collect();
    let configuration = |space: Space| {
        let at = space.place.venue;
        let (Some((venue, network)), Some(schedule)) = (surroundings.get(&at), schedules.get(&at)) else {
            return Err(StoreError::Corrupt(format!("space {} without its venue", space.id)));
        };
        let own = space.own_hours.then(|| of(at, Some(space.id)).own());
        let own_hours = own.unwrap_or_default();
        let schedule = own_hours.laid_over(schedule);
        Ok(Configuration { network: network.clone(), venue: venue.clone(), space, own_hours, schedule })
    };
    spaces.into_iter().map(configuration).collect()
}
