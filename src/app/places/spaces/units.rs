//! The units of a space one by one: named anew, seated anew, and of an area of desks some more or fewer of them.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    SpaceView,
    check::{Faults, MOST_UNITS},
    create::seats as usual_seats,
    view,
};
use crate::{
    app::{
        App, Done,
        affected::{self, Affected, OnAffected, Why},
        blocks,
        error::{Error, FieldError},
        places::place_of_space,
        reservations::{relocate, view as reservation_view},
        version::Expected,
    },
    domain::{
        access::{self, Action, Actor},
        equipment::Equipment,
        ids::{SpaceId, UnitId},
        instant::Instant,
        space::{Allocation, Space, SpaceKind, Unit},
        text::Line,
    },
    mail::notice::Cause,
    store::{
        audit, db::WriteTx, idempotency::Claim, locks, memberships, places, reservations, seats, spaces,
    },
};

/// All units of a space, in the order people see them.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewUnits)]
pub struct Units {
    #[schema(min_items = 1, max_items = 500)]
    pub units: Vec<UnitEntry>,
    /// What becomes of future reservations of units that are not listed any more and of which no other unit is free:
    /// they are listed, stay where they are, or are cancelled. Where another unit is free they are moved to it and
    /// the people told, except where `refuse` lists them all.
    #[serde(default)]
    pub on_affected: OnAffected,
}

/// A unit that is there, or a new one.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UnitEntry)]
pub struct UnitEntry {
    /// Of a unit of the space; a new one has none.
    pub id: Option<UnitId>,
    #[schema(example = "Desk 1")]
    pub label: Line<60>,
    /// Of a unit that is there its own by default; of a new one as when a space is made.
    #[schema(maximum = 100_000)]
    pub seats: Option<u32>,
}

impl Units {
    /// # Errors
    /// `invalid` with every fault that needs no look at the database.
    fn check(&self) -> Result<(), Error> {
        let mut faults = Faults::default();
        faults.when(self.units.is_empty(), "/units", "list_empty");
        faults.when(self.units.len() > MOST_UNITS, "/units", "list_too_long");
        faults.distinct(self.units.iter().map(|unit| unit.label.as_str()), |i| format!("/units/{i}/label"));
        for (place, unit) in self.units.iter().enumerate() {
            faults.people(format!("/units/{place}/seats"), unit.seats.unwrap_or(0));
        }
        faults.settle()
    }

    /// The units as they would be.
    ///
    /// # Errors
    /// `invalid` for units that are not the space's or named twice, and seats of equipment.
    fn of(&self, app: &App, space: &Space) -> Result<Vec<Unit>, Error> {
        let group = space.units.first().map_or_else(|| app.id(), |unit| unit.group);
        let known = |id: UnitId| space.units.iter().find(|unit| unit.id == id);
        let told: Vec<Option<u32>> = self
            .units
            .iter()
            .map(|entry| entry.seats.or_else(|| entry.id.and_then(known).map(|unit| unit.seats)))
            .collect();
        let usual = usual_seats(space.kind, space.allocation, space.capacity, &told);
        let mut units: Vec<Unit> = Vec::with_capacity(self.units.len());
        for (place, (entry, seats)) in self.units.iter().zip(usual).enumerate() {
            if space.kind == SpaceKind::Equipment && entry.seats.is_some_and(|seats| seats > 0) {
                let fault = FieldError::new(format!("/units/{place}/seats"), "equipment_has_no_seats");
                return Err(fault.into());
            }
            let unit = match entry.id {
                None => Unit { id: app.id(), group, label: String::new(), seats },
                Some(id) => {
                    let known = known(id).filter(|_| units.iter().all(|unit| unit.id != id));
                    let fault = || FieldError::new(format!("/units/{place}/id"), "not_of_this_space");
                    known.cloned().ok_or_else(fault)?
                }
            };
            units.push(Unit { label: entry.label.to_string(), seats, ..unit });
        }
        Ok(units)
    }
}

/// # Errors
/// `not_found`, `forbidden` unless staff or administrator, `precondition_failed`, `invalid`, `affected_reservations`.
pub fn put_units(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: SpaceId,
    expected: Expected,
    new: Units,
) -> Result<Done<SpaceView>, Error> {
    let place = place_of_space(app, id)?;
    access::may(actor, Action::ManageVenue(place))?;
    new.check()?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("put units", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        let before = spaces::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        expected.check(before.version)?;
        let units = new.of(&app_, &before)?;
        let after = Space { units, version: before.version + 1, ..before.clone() };
        let gone = missing(&before.units, &after.units);
        let added = missing(&after.units, &before.units);
        may_change(tx, &before, gone.len() + added.len())?;
        locks::units(tx, &before.groups())?;
        let now = app_.now();
        let affected = affected_by(tx, &before, &gone, now)?;
        if new.on_affected == OnAffected::Refuse {
            affected::settle(tx, &app_, new.on_affected, &affected, by, Why::Known(Cause::Units))?;
        }
        save(tx, &app_, (&before, &after), &added, now)?;
        let configuration = app_.configurations.get(tx, id)?.ok_or(Error::NOT_FOUND)?;
        let slots = relocate::relocate(tx, &app_, &configuration, &affected.slots, by)?;
        let left = Affected { slots, ..affected };
        affected::settle(tx, &app_, new.on_affected, &left, by, Why::Known(Cause::Units))?;
        blocks::follow_units(tx, &app_, &configuration, &gone, now)?;
        let entry = audit::Entry::new(app_.id::<_>(), now, by, "space.units_changed", id).within(place);
        let what = json!({"removed": gone, "added": added, "on_affected": new.on_affected,
            "affected": left.count()});
        audit::append(tx, &entry.with(what))?;
        view(tx, &after)
    })
}

/// Those of `these` that are not among `those`.
pub(super) fn missing(these: &[Unit], those: &[Unit]) -> Vec<UnitId> {
    these.iter().map(|unit| unit.id).filter(|id| those.iter().all(|other| other.id != *id)).collect()
}

/// A room is what it is made of; only areas get more or fewer units, and only where no hall counts on them.
fn may_change(tx: &mut WriteTx, space: &Space, changes: usize) -> Result<(), Error> {
    if changes == 0 {
        return Ok(());
    }
    let fault = if !space.parts.is_empty() {
        "units_of_parts"
    } else if space.allocation == Allocation::Whole {
        "units_of_a_whole_stay"
    } else if memberships::is_part(tx, space.id)? {
        "is_a_part"
    } else {
        return Ok(());
    };
    Err(Error::field("/units", fault))
}

/// The future reservations of the space that have one of these units, or ask for one, and those of others that have it
/// as equipment.
fn affected_by(tx: &mut WriteTx, space: &Space, gone: &[UnitId], now: Instant) -> Result<Affected, Error> {
    let mut affected = Affected::default();
    if gone.is_empty() {
        return Ok(affected);
    }
    for reservation in reservations::ahead(tx, space.place.venue, Some(space.id), now)? {
        let own = reservation_view::units_of(tx, &reservation)?;
        let asked = reservation.change.as_ref().map_or(&[][..], |change| &change.units);
        let meets = |units: &[UnitId]| units.iter().any(|unit| gone.contains(unit));
        if reservation.is_ahead(now) && meets(&own) {
            affected.slots.push(reservation.id);
        } else if meets(asked) {
            affected.changes.push(reservation.id);
        }
    }
    for reservation in reservations::wishing(tx, space.place.venue, space.id, now)? {
        let asked = reservation.change.as_ref().map_or(&[][..], |change| &change.units);
        if asked.iter().any(|unit| gone.contains(unit)) {
            affected.changes.push(reservation.id);
        }
    }
    for reservation in reservations::ahead_with(tx, space.place.venue, space.id, now)? {
        let meets = |some: &Equipment| some.units.iter().any(|unit| gone.contains(unit));
        let asked = reservation.change.as_ref().map_or(&[][..], |change| &change.equipment);
        if reservation.is_ahead(now) && reservation.equipment.iter().any(meets) {
            affected.slots.push(reservation.id);
        } else if asked.iter().any(meets) {
            affected.changes.push(reservation.id);
        }
    }
    Ok(affected)
}

fn save(
    tx: &mut WriteTx,
    app: &App,
    (before, after): (&Space, &Space),
    added: &[UnitId],
    now: Instant,
) -> Result<(), Error> {
    let venue = places::venue(tx, after.place.venue)?.ok_or(Error::NOT_FOUND)?;
    let today = venue.zone.date(now);
    let new: Vec<Unit> = after.units.iter().filter(|unit| added.contains(&unit.id)).cloned().collect();
    memberships::make_units(tx, after.place, &new)?;
    memberships::put(tx, after, today, added.iter().map(|_| app.id()))?;
    for unit in &after.units {
        let Some(was) = before.units.iter().find(|was| was.id == unit.id) else { continue };
        if was.label != unit.label {
            memberships::relabel(tx, unit.id, &unit.label)?;
        }
        if was.seats != unit.seats {
            seats::reseat(tx, unit.id, today, unit.seats)?;
        }
    }
    spaces::update(tx, after)?;
    Ok(places::touch_venue(tx, after.place.venue, app.revision())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_of_one_list_in_the_other() {
        let unit = |n: u128| Unit {
            id: UnitId::from_uuid(uuid::Uuid::from_u128(n)),
            group: crate::domain::ids::Id::from_uuid(uuid::Uuid::nil()),
            label: n.to_string(),
            seats: 1,
        };
        let ids = |units: &[Unit]| units.iter().map(|unit| unit.id).collect::<Vec<_>>();
        let (old, new) = ([unit(1), unit(2), unit(3)], [unit(3), unit(4), unit(1)]);
        assert_eq!(missing(&old, &new), ids(&[unit(2)]));
        assert_eq!(missing(&new, &old), ids(&[unit(4)]));
    }
}
