//! Searches that found nothing free, as they are answered.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Careful, Found, Scope, Sight};
use crate::{
    app::error::Error,
    domain::demand::shown::{Month, many, month},
    store::{
        db::ReadTx,
        demand::{self as store, Searched},
    },
};

/// Searches that found nothing free: each client once per day and per what was searched for. Those of a network are
/// those that named it or one of its venues, or no place of a network at all; those of a venue named it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = EmptySearches)]
pub struct Searches {
    /// Null when suppressed.
    pub value: Option<u64>,
    /// Hidden: fewer than 5 in a part of it, or not of whole, closed months.
    pub suppressed: bool,
    /// By the kind of space searched for; null when suppressed.
    pub kinds: Option<Vec<SearchCount>>,
    /// By the municipality searched in; null when suppressed.
    pub municipalities: Option<Vec<SearchCount>>,
    /// By the number of people, in bands; null when suppressed.
    pub capacities: Option<Vec<SearchCount>>,
}

/// How many searches were for one thing.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = EmptySearchCount)]
pub struct SearchCount {
    /// Null where the search did not say.
    pub of: Option<String>,
    pub value: u64,
}

/// One thing that was searched for, or not said.
type Aspect = fn(&Searched) -> Option<String>;

pub(super) fn show(
    tx: &mut ReadTx,
    scope: Scope,
    found: &Found,
    sight: &Sight,
    days: (NaiveDate, NaiveDate),
    in_range: &dyn Fn(NaiveDate) -> bool,
) -> Result<Option<Searches>, Error> {
    let network = match scope {
        Scope::Network(network) => Some(network),
        Scope::Venue(_) => found.venues.first().map(|venue| venue.network),
        Scope::Space(_) => None,
    };
    let Some(network) = network else { return Ok(None) };
    let mut all = store::searches(tx, network, days)?;
    all.retain(|searched| in_range(searched.day));
    let of_scope = |searched: &&Searched| match scope {
        Scope::Venue(venue) => searched.venue == Some(venue),
        _ => true,
    };
    let ours: Vec<&Searched> = all.iter().filter(of_scope).collect();
    let lets = |aspect: Option<Aspect>| match sight {
        Sight::Whole => true,
        Sight::Careful(careful) => may_be_shown(careful, scope, &all, aspect),
    };
    let shown = lets(None);
    let list = |aspect: Aspect| (shown && lets(Some(aspect))).then(|| by(&ours, aspect));
    Ok(Some(Searches {
        value: shown.then(|| ours.iter().map(|searched| searched.clients.unsigned_abs()).sum()),
        suppressed: !shown,
        kinds: list(|searched| searched.kind.clone()),
        municipalities: list(|searched| searched.municipality.clone()),
        capacities: list(|searched| Some(searched.band.clone())),
    }))
}

/// Where every part of the same kind, of every month, of the whole network, is of nobody or of enough; of a network also what
/// is left of it without any one venue's, which its staff know.
fn may_be_shown(careful: &Careful, scope: Scope, all: &[Searched], aspect: Option<Aspect>) -> bool {
    if careful.months.is_none() || !careful.listed {
        return false;
    }
    type Part = (Month, Option<String>);
    let (mut wholes, mut parts) = (BTreeMap::<Part, u64>::new(), BTreeMap::<(Part, _), u64>::new());
    for searched in all {
        let part = (month(searched.day), aspect.and_then(|aspect| aspect(searched)));
        let clients = searched.clients.unsigned_abs();
        *wholes.entry(part.clone()).or_default() += clients;
        *parts.entry((part, searched.venue)).or_default() += clients;
    }
    let left = |((part, venue), own): (&(Part, Option<_>), &u64)| match venue {
        Some(_) => wholes[part] - own,
        None => 0,
    };
    match scope {
        Scope::Venue(_) => parts.values().copied().all(many),
        _ => wholes.values().copied().all(many) && parts.iter().map(left).all(many),
    }
}

/// The most frequent first.
fn by(searches: &[&Searched], aspect: Aspect) -> Vec<SearchCount> {
    let mut counts = BTreeMap::<Option<String>, u64>::new();
    for searched in searches {
        *counts.entry(aspect(searched)).or_default() += searched.clients.unsigned_abs();
    }
    let mut counts: Vec<_> = counts.into_iter().map(|(of, value)| SearchCount { of, value }).collect();
    counts.sort_by_key(|count| Reverse(count.value));
    counts
}
