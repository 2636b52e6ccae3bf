//! Images of spaces and venues: uploaded, described, put in order and taken away by the venue's staff, seen by all (ADR 29).

mod add;
pub mod decoding;
mod edit;

use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

pub use add::{MOST_BYTES, add};
pub use edit::{ImageChange, edit, remove};

use super::place_of;
use crate::{
    app::{App, error::Error, page::Page, version::Versioned},
    domain::{
        access::Place,
        ids::{ImageId, UserId},
        image::{Image, Size},
        places::Of,
    },
    store::{audit, db::WriteTx, images},
};

/// A photograph of a space or a venue.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Image)]
pub struct ImageView {
    pub id: ImageId,
    /// From 0 on, in the order in which they are shown.
    pub position: usize,
    /// What is to be seen, for who doesn't see it; null where nobody said.
    pub alt_sl: Option<String>,
    pub alt_en: Option<String>,
    /// The same picture in up to three sizes, narrowest first; never larger than it was uploaded.
    #[schema(min_items = 1)]
    pub sizes: Vec<ImageSizeView>,
    pub version: i64,
}

/// A size of an image.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ImageSize)]
pub struct ImageSizeView {
    /// Pixels.
    pub width: u32,
    pub height: u32,
    /// Where it is, below the address of the service; for everybody, and never another picture.
    #[schema(example = "/api/v1/images/n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg.jpg")]
    pub url: String,
}

impl Versioned for ImageView {
    fn version(&self) -> i64 {
        self.version
    }
}

impl From<&Size> for ImageSizeView {
    fn from(Size { width, height, digest }: &Size) -> Self {
        Self { width: *width, height: *height, url: format!("/api/v1/images/{digest}.jpg") }
    }
}

impl ImageView {
    fn new(position: usize, image: &Image) -> Self {
        Self {
            id: image.id,
            position,
            alt_sl: image.alt_sl.clone(),
            alt_en: image.alt_en.clone(),
            sizes: image.sizes.iter().map(ImageSizeView::from).collect(),
            version: image.version,
        }
    }

    /// All of a space or a venue.
    pub fn all(images: &[Image]) -> Vec<Self> {
        images.iter().enumerate().map(|(position, image)| Self::new(position, image)).collect()
    }

    /// The one that stands for it.
    pub fn first(images: &[Image]) -> Option<Self> {
        images.first().map(|image| Self::new(0, image))
    }
}

/// What is done to an image, as the audit names it: of a venue, and of a space.
type Deed = (&'static str, &'static str);
const ADDED: Deed = ("venue.image_added", "space.image_added");
const EDITED: Deed = ("venue.image_edited", "space.image_edited");
const REMOVED: Deed = ("venue.image_removed", "space.image_removed");

fn note(
    tx: &mut WriteTx,
    app: &App,
    by: Option<UserId>,
    place: Place,
    (deed, of, id): (Deed, Of, ImageId),
) -> Result<(), Error> {
    let now = app.now();
    let entry = match of {
        Of::Venue(of) => audit::Entry::new(app.id(), now, by, deed.0, of),
        Of::Space(of) => audit::Entry::new(app.id(), now, by, deed.1, of),
    };
    Ok(audit::append(tx, &entry.within(place).with(json!({"image": id})))?)
}

/// In their order.
///
/// # Errors
/// `not_found`.
pub fn list(app: &App, of: Of) -> Result<Page<ImageView>, Error> {
    place_of(app, of)?;
    app.db.read(|tx| Ok(Page { items: ImageView::all(&images::of(tx, of)?), next: None }))
}

/// The JPEG behind an address, which is the digest of it.
///
/// # Errors
/// `not_found`.
pub fn file(app: &App, digest: &str) -> Result<Vec<u8>, Error> {
    app.db.read(|tx| images::file(tx, digest)?.ok_or(Error::NOT_FOUND))
}
