//! Setting up networks, venues and spaces: what coordinators and managers configure.

pub mod hours;
pub mod images;
pub mod networks;
pub mod plans;
pub mod policies;
pub mod quotes;
pub mod spaces;
pub mod tariffs;
#[cfg(test)]
pub(super) mod testing;
#[cfg(test)]
mod tests;
pub mod venues;

use super::{App, error::Error};
use crate::{
    domain::{
        access::Place,
        ids::{SpaceId, VenueId},
        places::Of,
        text::Prose,
    },
    store,
};

/// Where a venue stands, which never changes: access is decided before the transaction.
fn place_of_venue(app: &App, id: VenueId) -> Result<Place, Error> {
    app.db.read(|tx| store::places::place(tx, id)?.ok_or(Error::NOT_FOUND))
}

/// Where a space stands, which never changes.
fn place_of_space(app: &App, id: SpaceId) -> Result<Place, Error> {
    app.configurations.place(&app.db, id)?.ok_or(Error::NOT_FOUND)
}

/// Where either stands.
///
/// # Errors
/// `not_found`.
fn place_of(app: &App, of: Of) -> Result<Place, Error> {
    match of {
        Of::Venue(id) => place_of_venue(app, id),
        Of::Space(id) => place_of_space(app, id),
    }
}

/// A text that says something; an empty one is none.
fn said<const MAX: usize>(text: &Prose<MAX>) -> Option<String> {
    (!text.is_empty()).then(|| text.to_string())
}
