//! Archiving a space: it is no longer offered; its past stays.

use std::sync::Arc;

use serde_json::json;

use super::{SpaceView, view};
use crate::{
    app::{
        App, Done,
        affected::{self, Affected, OnAffected, Why},
        error::Error,
        places::place_of_space,
        version::Expected,
    },
    domain::{
        access::{self, Action, Actor},
        equipment::Equipment,
        ids::SpaceId,
    },
    mail::notice::Cause,
    store::{audit, idempotency::Claim, locks, places, reservations, spaces},
};

/// Archived already, it stays as it is.
///
/// # Errors
/// `not_found`, `forbidden` unless staff or administrator, `precondition_failed`, `affected_reservations`.
pub fn archive(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: SpaceId,
    expected: Expected,
    on_affected: OnAffected,
) -> Result<Done<SpaceView>, Error> {
    let place = place_of_space(app, id)?;
    access::may(actor, Action::ManageVenue(place))?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("archive space", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        let mut space = spaces::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        expected.check(space.version)?;
        if space.archived_at.is_some() {
            return view(tx, &space);
        }
        let now = app_.now();
        space.archived_at = Some(now);
        space.version += 1;
        spaces::update(tx, &space)?;
        places::touch_venue(tx, place.venue, app_.revision())?;
        let mut affected = Affected::default();
        for reservation in reservations::ahead(tx, place.venue, Some(id), now)? {
            // What is under way stays; it is not extended any more.
            if reservation.is_ahead(now) {
                affected.slots.push(reservation.id);
            } else if reservation.change.is_some() {
                affected.changes.push(reservation.id);
            }
        }
        for reservation in reservations::ahead_with(tx, place.venue, id, now)? {
            let of_it = |some: &Equipment| some.space == id;
            let asked = reservation.change.as_ref().map_or(&[][..], |change| &change.equipment);
            if reservation.is_ahead(now) && reservation.equipment.iter().any(of_it) {
                affected.slots.push(reservation.id);
            } else if asked.iter().any(of_it) {
                affected.changes.push(reservation.id);
            }
        }
        affected.changes.extend(reservations::wishing(tx, place.venue, id, now)?.iter().map(|one| one.id));
        affected::settle(tx, &app_, on_affected, &affected, by, Why::Known(Cause::Archived))?;
        let entry = audit::Entry::new(app_.id::<_>(), now, by, "space.archived", id).within(place);
        audit::append(tx, &entry.with(json!({"on_affected": on_affected, "affected": affected.count()})))?;
        view(tx, &space)
    })
}
