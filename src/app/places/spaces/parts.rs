//! The parts of a hall: more or fewer of them. The hall's future reservations take the units of a new part too, or the
//! part is refused with what is in the way (DESIGN 4, Parts).

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    SpaceView,
    check::{Faults, MOST_PARTS},
    create::units_of_parts,
    units::missing,
    view,
};
use crate::{
    app::{App, Done, blocks, error::Error, places::place_of_space, reservations::extend, version::Expected},
    domain::{
        access::{self, Action, Actor},
        ids::SpaceId,
        space::Space,
    },
    store::{audit, db::WriteTx, idempotency::Claim, locks, memberships, places, reservations, spaces},
};

/// All parts of a hall.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewParts)]
pub struct Parts {
    /// Spaces of the same venue that are not made of parts themselves.
    #[schema(min_items = 1, max_items = 20)]
    pub parts: Vec<SpaceId>,
}

impl Parts {
    fn check(&self, space: &Space) -> Result<(), Error> {
        let mut faults = Faults::default();
        faults.when(space.parts.is_empty(), "/parts", "has_units_of_its_own");
        faults.when(self.parts.is_empty(), "/parts", "list_empty");
        faults.when(self.parts.len() > MOST_PARTS, "/parts", "list_too_long");
        let ids: Vec<String> = self.parts.iter().map(ToString::to_string).collect();
        faults.distinct(ids.iter().map(String::as_str), |place| format!("/parts/{place}"));
        faults.settle()
    }
}

/// # Errors
/// `not_found`, `forbidden` unless staff or administrator, `precondition_failed`, `invalid`, `affected_reservations`
/// with the hall's reservations that a new part has no time for, and with those that have it.
pub fn put_parts(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: SpaceId,
    expected: Expected,
    new: Parts,
) -> Result<Done<SpaceView>, Error> {
    let place = place_of_space(app, id)?;
    access::may(actor, Action::ManageVenue(place))?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("put parts", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        let before = spaces::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        expected.check(before.version)?;
        new.check(&before)?;
        let units = units_of_parts(tx, place, &new.parts)?;
        let version = before.version + 1;
        let after = Space { units, parts: new.parts.clone(), version, ..before.clone() };
        let (gone, added) = (missing(&before.units, &after.units), missing(&after.units, &before.units));
        let groups = [before.groups(), after.groups()].concat();
        locks::units(tx, &groups)?;
        let now = app_.now();
        extend::clear(tx, &app_, &before.unit_ids(), now)?;
        let mut ahead = reservations::ahead(tx, place.venue, Some(id), now)?;
        ahead.extend(reservations::wishing(tx, place.venue, id, now)?);
        let conflicts = extend::conflicts(tx, &app_, (id, &ahead), &added, now)?;
        if !conflicts.is_empty() {
            return Err(Error::Affected(conflicts));
        }
        save(tx, &app_, &after, added.len())?;
        let configuration = app_.configurations.get(tx, id)?.ok_or(Error::NOT_FOUND)?;
        for reservation in ahead {
            extend::follow(tx, &app_, reservation, &configuration.space, by)?;
        }
        blocks::follow_units(tx, &app_, &configuration, &gone, now)?;
        let entry = audit::Entry::new(app_.id::<_>(), now, by, "space.parts_changed", id).within(place);
        audit::append(tx, &entry.with(json!({"before": before.parts, "after": after.parts})))?;
        view(tx, &after)
    })
}

fn save(tx: &mut WriteTx, app: &App, after: &Space, added: usize) -> Result<(), Error> {
    let venue = places::venue(tx, after.place.venue)?.ok_or(Error::NOT_FOUND)?;
    let ids = (0..added).map(|_| app.id());
    memberships::put(tx, after, venue.zone.date(app.now()), ids)?;
    memberships::put_parts(tx, after)?;
    spaces::join_groups(tx, after)?;
    spaces::update(tx, after)?;
    Ok(places::touch_venue(tx, after.place.venue, app.revision())?)
}
