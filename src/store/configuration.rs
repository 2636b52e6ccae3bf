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
use crate::domain::{access::Place, ids::SpaceId, places::Configuration};

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
        let Some(configuration) = load(tx, id)?.map(Arc::new) else { return Ok(None) };
        let mut cache = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= MOST {
            cache.clear();
        }
        cache.insert(id, (now, configuration.clone()));
        Ok(Some(configuration))
    }
}

impl Configurations {
    /// Those of many spaces that exist, in the order given, with one query where all are known.
    ///
    /// # Errors
    /// When the database fails.
    pub fn get_all(&self, tx: &mut ReadTx, ids: &[SpaceId]) -> Result<Vec<Arc<Configuration>>, StoreError> {
        let now: HashMap<SpaceId, Revisions> = spaces::table
            .inner_join(venues::table.inner_join(networks::table))
            .filter(spaces::id.eq_any(ids.to_vec()))
            .select((spaces::id, (networks::config_version, venues::config_version)))
            .load::<(SpaceId, Revisions)>(&mut tx.connection)?
            .into_iter()
            .collect();
        let known: HashMap<SpaceId, (Revisions, Arc<Configuration>)> = {
            let cache = self.known.read().unwrap_or_else(PoisonError::into_inner);
            ids.iter().filter_map(|id| Some((*id, cache.get(id)?.clone()))).collect()
        };
        let mut all = Vec::with_capacity(ids.len());
        for id in ids {
            let cached = known.get(id).filter(|(then, _)| now.get(id) == Some(then));
            match cached {
                Some((_, configuration)) => all.push(configuration.clone()),
                None => all.extend(self.get(tx, *id)?),
            }
        }
        Ok(all)
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

fn load(tx: &mut ReadTx, id: SpaceId) -> Result<Option<Configuration>, StoreError> {
    let Some(space) = space_rows::find(tx, id)? else { return Ok(None) };
    let missing = |what: &str| StoreError::Corrupt(format!("space {id} without its {what}"));
    let venue = places::venue(tx, space.place.venue)?.ok_or_else(|| missing("venue"))?;
    let network = places::network(tx, space.place.network)?.ok_or_else(|| missing("network"))?;
    let own = space.own_hours.then_some(space.id);
    let schedule = hours::schedule(tx, Owner { venue: venue.id, space: own })?;
    Ok(Some(Configuration { network, venue, space, schedule }))
}
