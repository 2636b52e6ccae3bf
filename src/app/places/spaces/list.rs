//! Finding spaces by what they are.

use super::{SpaceView, check::amenities, views};
use crate::{
    app::{
        App,
        error::Error,
        page::{self, Asked, Page},
        searched,
    },
    domain::{
        ids::{NetworkId, SpaceId, VenueId},
        space::SpaceKind,
    },
    store::spaces::{self, Wanted},
};

/// Which spaces; what is absent may be anything.
#[derive(Debug, Clone, Default)]
pub struct SpaceFilter {
    pub network: Option<NetworkId>,
    pub venue: Option<VenueId>,
    pub kind: Option<SpaceKind>,
    /// People.
    pub capacity_min: Option<u32>,
    /// Parted by commas; all of them are wanted.
    pub amenity: Option<String>,
    pub municipality: Option<String>,
    /// Words, each of which occurs in name or description.
    pub q: Option<String>,
}

impl SpaceFilter {
    /// As the store searches. Archived spaces are never offered.
    ///
    /// # Errors
    /// `invalid` for a search too long.
    pub fn wanted(&self) -> Result<Wanted, Error> {
        let amenity = searched::text("?amenity", self.amenity.as_deref())?;
        Ok(Wanted {
            network: self.network,
            venue: self.venue,
            kind: self.kind,
            capacity_min: self.capacity_min,
            amenities: searched::few("?amenity", amenities(amenity.split(',')))?,
            municipality: self.municipality.clone(),
            words: searched::words("?q", self.q.as_deref())?,
            archived: false,
        })
    }
}

/// The spaces that fit, by id.
///
/// # Errors
/// `invalid` for a wrong limit or cursor, or a search too long.
pub fn list(app: &App, filter: &SpaceFilter, asked: &Asked) -> Result<Page<SpaceView>, Error> {
    let limit = asked.limit()?;
    let wanted = filter.wanted()?;
    let list = format!("spaces {wanted:?}");
    let after = asked.after::<SpaceId>(app, &list)?;
    let found = app.db.read(|tx| {
        let found = spaces::list(tx, &wanted, after, limit as i64 + 1)?;
        views(tx, &found)
    })?;
    page::page(app, &list, found, limit, |view: &SpaceView| view.id)
}
