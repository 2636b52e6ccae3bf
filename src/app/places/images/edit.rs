//! What an image shows in words, its place among the others, and taking it away.

use std::sync::Arc;

use serde::Deserialize;
use utoipa::ToSchema;

use super::{super::place_of, EDITED, ImageView, REMOVED, note};
use crate::{
    app::{App, Done, error::Error, patch::Field, version::Expected},
    domain::{
        access::{self, Action, Actor, Place},
        given::given,
        ids::ImageId,
        image::Image,
        places::Of,
        text::Line,
    },
    store::{db::WriteTx, error::StoreError, idempotency::Claim, images, locks, places},
};

/// What changes of an image (RFC 7396).
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImageChange {
    /// What is to be seen, for who doesn't see it.
    #[serde(default)]
    #[schema(value_type = Option<Line<200>>)]
    pub alt_sl: Field<Line<200>>,
    #[serde(default)]
    #[schema(value_type = Option<Line<200>>)]
    pub alt_en: Field<Line<200>>,
    /// Its place from 0 on; those from there on make room.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false, minimum = 0, maximum = 11)]
    pub position: Option<u32>,
}

/// # Errors
/// `not_found`, `forbidden` unless staff or administrator, `precondition_failed`, `invalid`.
pub fn edit(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    (of, id): (Of, ImageId),
    expected: Expected,
    change: ImageChange,
) -> Result<Done<ImageView>, Error> {
    let place = place_of(app, of)?;
    access::may(actor, Action::ManageVenue(place))?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("edit an image", claim, move |tx| {
        let (before, at) = locked(tx, place, (of, id), &expected)?;
        let text =
            |field: &Field<Line<200>>, known: Option<String>| field.clone().map(String::from).apply(known);
        let mut after = before.clone();
        let mut image = after.remove(at);
        image.alt_sl = text(&change.alt_sl, image.alt_sl);
        image.alt_en = text(&change.alt_en, image.alt_en);
        let to = change.position.map_or(at, |position| position as usize);
        if to > after.len() {
            return Err(Error::field("/position", "out_of_range"));
        }
        after.insert(to, image);
        if save(tx, &before, &mut after)? {
            places::touch_venue(tx, place.venue, app_.revision())?;
            note(tx, &app_, by, place, (EDITED, of, id))?;
        }
        Ok(ImageView::new(to, &after[to]))
    })
}

/// # Errors
/// `not_found`, `forbidden` unless staff or administrator, `precondition_failed`.
pub fn remove(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    (of, id): (Of, ImageId),
    expected: Expected,
) -> Result<Done<()>, Error> {
    let place = place_of(app, of)?;
    access::may(actor, Action::ManageVenue(place))?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("remove an image", claim, move |tx| {
        let (before, at) = locked(tx, place, (of, id), &expected)?;
        let mut after = before.clone();
        after.remove(at);
        images::delete(tx, id)?;
        save(tx, &before, &mut after)?;
        places::touch_venue(tx, place.venue, app_.revision())?;
        note(tx, &app_, by, place, (REMOVED, of, id))
    })
}

/// The images beside it, which nobody else edits now, and where among them this one is.
fn locked(
    tx: &mut WriteTx,
    place: Place,
    (of, id): (Of, ImageId),
    expected: &Expected,
) -> Result<(Vec<Image>, usize), Error> {
    locks::edit_venue(tx, place)?;
    let images = images::of(tx, of)?;
    let at = images.iter().position(|image| image.id == id).ok_or(Error::NOT_FOUND)?;
    expected.check(images[at].version)?;
    Ok((images, at))
}

/// Writes what differs in text or place, under a new version; tells whether anything did.
fn save(tx: &mut WriteTx, before: &[Image], after: &mut [Image]) -> Result<bool, StoreError> {
    let mut differs = false;
    for (position, image) in after.iter_mut().enumerate() {
        if before.get(position) != Some(image) {
            image.version += 1;
            images::update(tx, position, image)?;
            differs = true;
        }
    }
    Ok(differs)
}
