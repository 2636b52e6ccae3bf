//! Making a space of new units, or of other spaces as its parts.

use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::json;

use super::{
    SpaceView,
    check::{Faults, MOST_UNITS, amenities, nights},
    new_space::{NewLayout, NewSpace},
    view,
};
use crate::{
    app::{
        App, Done,
        error::Error,
        places::{place_of_venue, said},
    },
    domain::{
        access::{self, Action, Actor, Place},
        ids::{SpaceId, UserId, VenueId},
        instant::Instant,
        policy::Policy,
        space::{Allocation, BookedBy, Layout, Space, SpaceKind, Unit},
        tariff::Tariff,
        text::Line,
    },
    store::{audit, db::WriteTx, idempotency::Claim, locks, places, spaces},
};

impl NewSpace {
    /// The units to be made: as asked for, or the one of a room.
    fn own_units(&self, app: &App) -> Vec<Unit> {
        // One group, so that one row locks them all (docs/adr/0003).
        let group = app.id();
        let named = |label: &str, seats| Unit { id: app.id(), group, label: label.to_owned(), seats };
        let Some(units) = &self.units else {
            let seats = seats(self.kind, self.allocation, self.capacity, &[None]);
            return seats.into_iter().map(|seats| named(self.name.as_str(), seats)).collect();
        };
        let given: Vec<_> = units.iter().map(|unit| unit.seats).collect();
        let seats = seats(self.kind, self.allocation, self.capacity, &given);
        units.iter().zip(seats).map(|(unit, seats)| named(unit.label.as_str(), seats)).collect()
    }

    fn space(
        &self,
        app: &App,
        place: Place,
        units: Vec<Unit>,
        (now, active_from): (Instant, NaiveDate),
    ) -> Space {
        let layout = |layout: &NewLayout| Layout {
            id: app.id(),
            name: layout.name.to_string(),
            capacity: layout.capacity,
            setup_minutes: layout.setup_minutes,
            teardown_minutes: layout.teardown_minutes,
            removed: false,
        };
        Space {
            id: app.id(),
            place,
            name: self.name.to_string(),
            kind: self.kind,
            allocation: self.allocation,
            capacity: self.capacity,
            description: self.description.as_ref().and_then(said),
            amenities: amenities(self.amenities.iter().map(Line::as_str)),
            step_free: self.step_free,
            booked_by: self.booked_by.unwrap_or(BookedBy::Hours),
            house_rules: self.house_rules.as_ref().and_then(said),
            setup_minutes: self.setup_minutes,
            teardown_minutes: self.teardown_minutes,
            own_hours: false,
            policy: Policy::default(),
            policy_version: 1,
            tariff: Tariff::default(),
            tariff_version: 1,
            hours_version: 1,
            units,
            parts: self.parts.clone().unwrap_or_default(),
            layouts: self.layouts.iter().map(layout).collect(),
            active_from,
            archived_at: None,
            version: 1,
            created_at: now,
            nights: nights(self.arrival, self.departure),
            has_plan: false,
            images: Vec::new(),
        }
    }
}

/// The seats of each unit, as `NewUnit::seats` says.
pub(super) fn seats(
    kind: SpaceKind,
    allocation: Allocation,
    capacity: u32,
    given: &[Option<u32>],
) -> Vec<u32> {
    if kind == SpaceKind::Equipment {
        return vec![0; given.len()];
    }
    if allocation == Allocation::Each {
        return given.iter().map(|seats| seats.unwrap_or(capacity)).collect();
    }
    let told = given.iter().flatten().fold(0, |sum: u32, seats| sum.saturating_add(*seats));
    let mut left = capacity.saturating_sub(told);
    let mut silent = u32::try_from(given.iter().filter(|seats| seats.is_none()).count()).unwrap_or(u32::MAX);
    let mut next = || {
        let share = left.div_ceil(silent.max(1));
        left -= share;
        silent -= 1;
        share
    };
    given.iter().map(|seats| seats.unwrap_or_else(&mut next)).collect()
}

/// The units of the parts, in their order; connected from now on.
///
/// # Errors
/// `invalid` for parts that are unknown, archived or made of parts themselves.
pub(super) fn units_of_parts(tx: &mut WriteTx, place: Place, parts: &[SpaceId]) -> Result<Vec<Unit>, Error> {
    let mut faults = Faults::default();
    let mut units: Vec<Unit> = Vec::new();
    for (index, id) in parts.iter().enumerate() {
        let pointer = format!("/parts/{index}");
        match spaces::find(tx, *id)?.filter(|part| part.place == place) {
            None => faults.when(true, pointer, "unknown_space"),
            Some(part) => {
                faults.when(part.archived_at.is_some(), &pointer, "archived");
                faults.when(!part.parts.is_empty(), pointer, "has_parts");
                units.extend(part.units);
            }
        }
    }
    faults.when(units.len() > MOST_UNITS, "/parts", "list_too_long");
    faults.settle()?;
    Ok(units)
}

/// # Errors
/// `not_found`, `forbidden` unless staff or administrator, `invalid`.
pub fn create(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    venue: VenueId,
    new: NewSpace,
) -> Result<Done<SpaceView>, Error> {
    let place = place_of_venue(app, venue)?;
    access::may(actor, Action::ManageVenue(place))?;
    new.check()?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("create space", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        let zone = places::venue(tx, venue)?.ok_or(Error::NOT_FOUND)?.zone;
        let active_from = zone.date(app_.now());
        let space = make(tx, &Maker { app: &app_, place, by, active_from }, &new)?;
        places::touch_venue(tx, venue, app_.revision())?;
        view(tx, &space)
    })
}

/// Who makes a space, where, and from when on it was there.
pub(crate) struct Maker<'a> {
    pub app: &'a App,
    pub place: Place,
    pub by: Option<UserId>,
    pub active_from: NaiveDate,
}

/// Makes a space in the caller's transaction, which holds the venue's configuration alone and touches the venue.
///
/// # Errors
/// `invalid`.
pub(crate) fn make(tx: &mut WriteTx, maker: &Maker<'_>, new: &NewSpace) -> Result<Space, Error> {
    new.check()?;
    let Maker { app, place, by, active_from } = *maker;
    let units = match &new.parts {
        Some(parts) => units_of_parts(tx, place, parts)?,
        None => new.own_units(app),
    };
    let now = app.now();
    let space = new.space(app, place, units, (now, active_from));
    let memberships: Vec<_> = space.units.iter().map(|_| app.id()).collect();
    spaces::insert(tx, &space, &memberships)?;
    let entry = audit::Entry::new(app.id::<_>(), now, by, "space.created", space.id).within(place);
    audit::append(tx, &entry.with(json!({"name": space.name})))?;
    Ok(space)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_are_the_capacity_and_spread_over_a_whole_space() {
        use Allocation::{Each, Whole};
        let room = SpaceKind::MeetingRoom;
        for (kind, allocation, capacity, given, wanted) in [
            (room, Whole, 12, vec![None], vec![12]),
            (room, Whole, 80, vec![Some(50), None], vec![50, 30]),
            (room, Whole, 80, vec![None, Some(30)], vec![50, 30]),
            (room, Whole, 10, vec![None; 3], vec![4, 3, 3]),
            (room, Whole, 11, vec![None, Some(1), None, None], vec![4, 1, 3, 3]),
            (room, Whole, 2, vec![None; 4], vec![1, 1, 0, 0]),
            (room, Whole, 10, vec![Some(12), None], vec![12, 0]),
            (room, Each, 1, vec![None, Some(2), None], vec![1, 2, 1]),
            (SpaceKind::Equipment, Each, 1, vec![None, None], vec![0, 0]),
            (SpaceKind::Equipment, Whole, 5, vec![None], vec![0]),
        ] {
            assert_eq!(seats(kind, allocation, capacity, &given), wanted, "{capacity} {given:?}");
        }
    }
}
