//! Uploading an image: read and written anew before the transaction, which only keeps what came of it.

use std::sync::Arc;

use super::{super::place_of, ADDED, ImageView, decoding, note};
use crate::{
    app::{
        App, Done,
        error::{Code, Error, Why},
    },
    domain::{
        access::{self, Action, Actor},
        image::{self, Image},
        places::Of,
    },
    store::{idempotency::Claim, images, locks, places},
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
    of: Of,
    (bytes, decoding): (Vec<u8>, decoding::Place),
) -> Result<Done<ImageView>, Error> {
    let place = place_of(app, of)?;
    access::may(actor, Action::ManageVenue(place))?;
    if bytes.len() > MOST_BYTES {
        return Err(Code::TooLarge.into());
    }
    app.db.read(|tx| has_room(&images::of(tx, of)?))?;
    let files = decoding::files(&bytes)?;
    drop((bytes, decoding));
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("add an image", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        let others = images::of(tx, of)?;
        has_room(&others)?;
        let (now, position) = (app_.now(), others.len());
        let sizes = files.iter().map(|file| file.size.clone()).collect();
        let image = Image { id: app_.id(), alt_sl: None, alt_en: None, version: 1, sizes };
        images::insert(tx, of, (position, &image), &files, now)?;
        places::touch_venue(tx, place.venue, app_.revision())?;
        note(tx, &app_, by, place, (ADDED, of, image.id))?;
        Ok(ImageView::new(position, &image))
    })
}

fn has_room(images: &[Image]) -> Result<(), Error> {
    let most = u32::try_from(image::MOST).unwrap_or(u32::MAX);
    if images.len() < image::MOST { Ok(()) } else { Err(Error::beyond(Why::Images, most)) }
}
