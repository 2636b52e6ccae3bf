//! Which spaces a list or a search asks for.

use diesel::{
    helper_types::{InnerJoin, IntoBoxed},
    prelude::*,
};

use super::{
    db::ReadTx,
    dialect::AnyConnection,
    error::StoreError,
    schema::{space_amenities, spaces, venues},
    spaces::column,
};
use crate::domain::{
    ids::{NetworkId, SpaceId, VenueId},
    space::SpaceKind,
};

/// What a list or a search asks for; absent means any.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub network: Option<NetworkId>,
    pub venue: Option<VenueId>,
    pub kind: Option<SpaceKind>,
    pub capacity_min: Option<u32>,
    pub amenities: Vec<String>,
    pub municipality: Option<String>,
    /// Folded words, each of which must occur.
    pub words: Vec<String>,
    pub archived: bool,
}

/// The ids of up to `limit` spaces after `after`.
///
/// # Errors
/// When the database fails.
pub fn ids(
    tx: &mut ReadTx,
    wanted: &Wanted,
    after: Option<SpaceId>,
    limit: i64,
) -> Result<Vec<SpaceId>, StoreError> {
    Ok(fitting(wanted, after).limit(limit).select(spaces::id).load(&mut tx.connection)?)
}

type Fitting<'a> =
    IntoBoxed<'a, InnerJoin<spaces::table, venues::table>, <AnyConnection as diesel::Connection>::Backend>;

/// The spaces after `after` that fit, by id.
pub(super) fn fitting(wanted: &Wanted, after: Option<SpaceId>) -> Fitting<'_> {
    let mut query = spaces::table.inner_join(venues::table).into_boxed();
    if let Some(network) = wanted.network {
        query = query.filter(spaces::network_id.eq(network));
    }
    if let Some(venue) = wanted.venue {
        query = query.filter(spaces::venue_id.eq(venue));
    }
    if let Some(kind) = wanted.kind {
        query = query.filter(spaces::kind.eq(kind.as_str()));
    }
    if let Some(capacity) = wanted.capacity_min {
        query = query.filter(spaces::capacity.ge(column(capacity)));
    }
    if let Some(municipality) = &wanted.municipality {
        query = query.filter(venues::municipality.eq(municipality));
    }
    if !wanted.archived {
        query = query.filter(spaces::archived_at.is_null());
    }
    for word in &wanted.words {
        query = query.filter(spaces::search_text.like(containing(word)).escape('!'));
    }
    for amenity in &wanted.amenities {
        let having = space_amenities::table
            .filter(space_amenities::amenity.eq(amenity))
            .select(space_amenities::space_id);
        query = query.filter(spaces::id.eq_any(having));
    }
    if let Some(after) = after {
        query = query.filter(spaces::id.gt(after));
    }
    query.order(spaces::id)
}

/// What is like anything with the word in it, where `!` escapes: `%` and `_` mean themselves.
pub(super) fn containing(word: &str) -> String {
    let word = word.chars().flat_map(|c| matches!(c, '%' | '_' | '!').then_some('!').into_iter().chain([c]));
    format!("%{}%", word.collect::<String>())
}
