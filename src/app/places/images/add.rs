//! Uploading an image: read and written anew before the transaction, which only keeps what came of it.

use std::sync::Arc;

use serde_json::json;

use super::{ImageView, decoding};
use crate::{
    app::{
        App, Done,
        error::{Code, Error, Why},
        places::place_of_space,
    },
    domain::{
        access::{self, Action, Actor},
        ids::SpaceId,
        image::{self, Image},
        space::Space,
    },
    store::{audit, idempotency::Claim, images, locks, places, spaces},
};

/// Of an uploaded file, octets.
pub const MOST_BYTES: usize = 15 * 1024 * 1024;

/// The image becomes the last one. It takes seconds of a core and, while it is read, hundreds of megabytes: the caller
/// holds the place for that.
///
/// # Errors
/// `not_found`, `forbidden` unless staff or administrator; `too_large`, `image_unsupported`, `image_damaged`,
/// `image_too_many_pixels`, `image_too_small`; `state_conflict` where there are as many as may be.
pub fn add(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: SpaceId,
    (bytes, decoding): (Vec<u8>, decoding::Place),
) -> Result<Done<ImageView>, Error> {
    let place = place_of_space(app, id)?;
    access::may(actor, Action::ManageVenue(place))?;
    if bytes.len() > MOST_BYTES {
        return Err(Code::TooLarge.into());
    }
    app.db.read(|tx| has_room(&spaces::find(tx, id)?.ok_or(Error::NOT_FOUND)?))?;
    let files = decoding::files(&bytes)?;
    drop((bytes, decoding));
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("add an image", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        let space = spaces::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        has_room(&space)?;
        let (now, position) = (app_.now(), space.images.len());
        let sizes = files.iter().map(|file| file.size.clone()).collect();
        let image = Image { id: app_.id(), alt_sl: None, alt_en: None, version: 1, sizes };
        images::insert(tx, id, (position, &image), &files, now)?;
        places::touch_venue(tx, place.venue, app_.revision())?;
        let entry = audit::Entry::new(app_.id::<_>(), now, by, "space.image_added", id).within(place);
        audit::append(tx, &entry.with(json!({"image": image.id})))?;
        Ok(ImageView::new(position, &image))
    })
}

fn has_room(space: &Space) -> Result<(), Error> {
    let most = u32::try_from(image::MOST).unwrap_or(u32::MAX);
    if space.images.len() < image::MOST { Ok(()) } else { Err(Error::beyond(Why::SpaceImages, most)) }
}
