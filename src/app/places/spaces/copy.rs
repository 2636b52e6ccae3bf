//! A second space like the first: its units, plan, layouts, hours, rules, prices and images, and none of its
//! reservations.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{SpaceView, view};
use crate::{
    app::{
        App, Done,
        error::{Error, Why},
        places::place_of_space,
    },
    domain::{
        access::{self, Action, Actor},
        ids::{ImageId, SpaceId},
        image::Image,
        space::{Layout, Space, Unit},
        text::Line,
    },
    store::{audit, hours, idempotency::Claim, images, locks, places, plans, spaces},
};

/// How the copy is called.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SpaceCopy)]
pub struct SpaceCopy {
    #[schema(example = "Seminar room 2")]
    pub name: Line<100>,
}

fn copied(image: &Image, app: &App) -> Image {
    Image { id: app.id(), version: 1, ..image.clone() }
}

/// # Errors
/// `not_found`, `forbidden` unless staff or administrator, `state_conflict` of a hall made of parts: copy those.
pub fn copy(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: SpaceId,
    new: SpaceCopy,
) -> Result<Done<SpaceView>, Error> {
    let place = place_of_space(app, id)?;
    access::may(actor, Action::ManageVenue(place))?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("copy space", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        let original = spaces::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        if !original.parts.is_empty() {
            return Err(Error::conflict(Why::MadeOfParts));
        }
        let zone = places::venue(tx, place.venue)?.ok_or(Error::NOT_FOUND)?.zone;
        let now = app_.now();
        let (group, original_units) = (app_.id(), original.unit_ids());
        let photographs: Vec<ImageId> = original.images.iter().map(|image| image.id).collect();
        let one_room = original.units.len() == 1;
        let unit = |unit: &Unit| Unit {
            id: app_.id(),
            group,
            label: if one_room { new.name.to_string() } else { unit.label.clone() },
            seats: unit.seats,
        };
        let offered = original.layouts.iter().filter(|layout| !layout.removed);
        let space = Space {
            id: app_.id(),
            name: new.name.to_string(),
            units: original.units.iter().map(unit).collect(),
            layouts: offered.map(|layout| Layout { id: app_.id(), ..layout.clone() }).collect(),
            policy_version: 1,
            tariff_version: 1,
            hours_version: 1,
            active_from: zone.date(now),
            archived_at: None,
            version: 1,
            created_at: now,
            images: original.images.iter().map(|image| copied(image, &app_)).collect(),
            ..original
        };
        let memberships: Vec<_> = space.units.iter().map(|_| app_.id()).collect();
        spaces::insert(tx, &space, &memberships)?;
        hours::copy(tx, place.venue, (id, space.id), || app_.id())?;
        if space.has_plan {
            let (plan, _) = plans::find(tx, id)?;
            let plan = plan.copied(&original_units, &space.unit_ids());
            plans::put(tx, space.id, &plan, plans::FIRST)?;
        }
        for (original, copy) in photographs.iter().zip(space.images.iter().enumerate()) {
            images::copy(tx, *original, space.id, copy, now)?;
        }
        places::touch_venue(tx, place.venue, app_.revision())?;
        let entry = audit::Entry::new(app_.id::<_>(), now, by, "space.copied", space.id).within(place);
        audit::append(tx, &entry.with(json!({"of": id, "name": space.name})))?;
        view(tx, &space)
    })
}
