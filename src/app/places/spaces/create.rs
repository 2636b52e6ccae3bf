//! Making a space of new units, or of other spaces as its parts.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    SpaceView,
    check::{Faults, MOST_LAYOUTS, MOST_PARTS, MOST_UNITS, amenities},
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
        ids::{SpaceId, VenueId},
        instant::Instant,
        policy::Policy,
        space::{Allocation, BookedBy, Layout, Space, SpaceKind, Unit},
        text::{Line, Prose},
        zone::Zone,
    },
    store::{audit, db::WriteTx, idempotency::Claim, locks, places, spaces},
};

/// A space to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSpace {
    #[schema(example = "Seminar room")]
    pub name: Line<100>,
    pub kind: SpaceKind,
    /// People: of the whole space, or of each unit where `allocation` is `each`. 0 only for equipment.
    #[schema(maximum = 100_000, example = 12)]
    pub capacity: u32,
    pub description: Option<Prose<4000>>,
    /// Words without commas, such as `projector`; kept in lower case.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub amenities: Vec<Line<60>>,
    /// Whether it can be reached without steps.
    pub step_free: Option<bool>,
    /// So far only `hours`, which is also meant where nothing is said.
    pub booked_by: Option<BookedBy>,
    pub house_rules: Option<Prose<4000>>,
    pub allocation: Allocation,
    /// Its units; without units and parts a `whole` space is one unit named like itself.
    #[schema(min_items = 1, max_items = 500)]
    pub units: Option<Vec<NewUnit>>,
    /// Spaces of the same venue whose units it takes together: a hall made of two halves. Two levels only.
    #[schema(min_items = 1, max_items = 20)]
    pub parts: Option<Vec<SpaceId>>,
    #[serde(default)]
    #[schema(max_items = 20)]
    pub layouts: Vec<NewLayout>,
    /// Minutes kept free before each reservation.
    #[serde(default)]
    #[schema(maximum = 1440)]
    pub setup_minutes: u32,
    /// Minutes kept free after each reservation.
    #[serde(default)]
    #[schema(maximum = 1440)]
    pub teardown_minutes: u32,
}

/// A unit to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUnit {
    #[schema(example = "Desk 1")]
    pub label: Line<60>,
    /// By default the capacity; of a `whole` space what the capacity leaves over is spread evenly over the
    /// units that do not say, the first ones taking one more each where it does not come out even. 0 for equipment.
    #[schema(maximum = 100_000)]
    pub seats: Option<u32>,
}

/// A layout to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLayout {
    #[schema(example = "theatre")]
    pub name: Line<60>,
    #[schema(maximum = 100_000)]
    pub capacity: u32,
    #[schema(maximum = 1440)]
    pub setup_minutes: u32,
    #[schema(maximum = 1440)]
    pub teardown_minutes: u32,
}

impl NewSpace {
    fn check(&self) -> Result<(), Error> {
        let mut faults = Faults::default();
        faults.capacity(self.kind, self.capacity);
        faults.amenities(&self.amenities);
        faults.buffer("/setup_minutes", self.setup_minutes);
        faults.buffer("/teardown_minutes", self.teardown_minutes);
        let other = self.booked_by.is_some_and(|measure| measure != BookedBy::Hours);
        faults.when(other, "/booked_by", "only_hours_so_far");
        self.check_units(&mut faults);
        self.check_parts(&mut faults);
        self.check_layouts(&mut faults);
        faults.settle()
    }

    fn check_units(&self, faults: &mut Faults) {
        let Some(units) = &self.units else {
            let none = self.parts.is_none() && self.allocation == Allocation::Each;
            return faults.when(none, "/units", "missing_field");
        };
        faults.when(units.is_empty(), "/units", "list_empty");
        faults.when(units.len() > MOST_UNITS, "/units", "list_too_long");
        faults.distinct(units.iter().map(|unit| unit.label.as_str()), |i| format!("/units/{i}/label"));
        for (place, unit) in units.iter().enumerate() {
            let (pointer, seats) = (format!("/units/{place}/seats"), unit.seats.unwrap_or(0));
            faults.when(self.kind == SpaceKind::Equipment && seats > 0, &pointer, "equipment_has_no_seats");
            faults.people(pointer, seats);
        }
    }

    fn check_parts(&self, faults: &mut Faults) {
        let Some(parts) = &self.parts else { return };
        faults.when(self.units.is_some(), "/parts", "units_or_parts");
        faults.when(parts.is_empty(), "/parts", "list_empty");
        faults.when(parts.len() > MOST_PARTS, "/parts", "list_too_long");
        faults.when(self.allocation != Allocation::Whole, "/allocation", "parts_need_whole");
        let ids: Vec<String> = parts.iter().map(ToString::to_string).collect();
        faults.distinct(ids.iter().map(String::as_str), |place| format!("/parts/{place}"));
    }

    fn check_layouts(&self, faults: &mut Faults) {
        let each = self.allocation == Allocation::Each && !self.layouts.is_empty();
        faults.when(each, "/layouts", "layouts_need_whole");
        faults.when(self.layouts.len() > MOST_LAYOUTS, "/layouts", "list_too_long");
        faults.distinct(self.layouts.iter().map(|layout| layout.name.as_str()), |place| {
            format!("/layouts/{place}/name")
        });
        for (place, layout) in self.layouts.iter().enumerate() {
            faults.people(format!("/layouts/{place}/capacity"), layout.capacity);
            faults.buffer(format!("/layouts/{place}/setup_minutes"), layout.setup_minutes);
            faults.buffer(format!("/layouts/{place}/teardown_minutes"), layout.teardown_minutes);
        }
    }

    /// The units to be made: as asked for, or the one of a room.
    fn own_units(&self, app: &App) -> Vec<Unit> {
        let named =
            |label: &str, seats| Unit { id: app.id(), group: app.id(), label: label.to_owned(), seats };
        let Some(units) = &self.units else {
            let seats = seats(self.kind, self.allocation, self.capacity, &[None]);
            return seats.into_iter().map(|seats| named(self.name.as_str(), seats)).collect();
        };
        let given: Vec<_> = units.iter().map(|unit| unit.seats).collect();
        let seats = seats(self.kind, self.allocation, self.capacity, &given);
        units.iter().zip(seats).map(|(unit, seats)| named(unit.label.as_str(), seats)).collect()
    }

    fn space(&self, app: &App, place: Place, units: Vec<Unit>, now: Instant, zone: Zone) -> Space {
        let layout = |layout: &NewLayout| Layout {
            id: app.id(),
            name: layout.name.to_string(),
            capacity: layout.capacity,
            setup_minutes: layout.setup_minutes,
            teardown_minutes: layout.teardown_minutes,
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
            booked_by: BookedBy::Hours,
            house_rules: self.house_rules.as_ref().and_then(said),
            setup_minutes: self.setup_minutes,
            teardown_minutes: self.teardown_minutes,
            own_hours: false,
            policy: Policy::default(),
            policy_version: 1,
            hours_version: 1,
            units,
            parts: self.parts.clone().unwrap_or_default(),
            layouts: self.layouts.iter().map(layout).collect(),
            active_from: zone.date(now),
            archived_at: None,
            version: 1,
            created_at: now,
        }
    }
}

/// The seats of each unit, as `NewUnit::seats` says.
fn seats(kind: SpaceKind, allocation: Allocation, capacity: u32, given: &[Option<u32>]) -> Vec<u32> {
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
fn units_of_parts(tx: &mut WriteTx, place: Place, parts: &[SpaceId]) -> Result<Vec<Unit>, Error> {
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
        let units = match &new.parts {
            Some(parts) => units_of_parts(tx, place, parts)?,
            None => new.own_units(&app_),
        };
        let now = app_.now();
        let space = new.space(&app_, place, units, now, zone);
        let memberships: Vec<_> = space.units.iter().map(|_| app_.id()).collect();
        spaces::insert(tx, &space, &memberships)?;
        places::touch_venue(tx, venue, app_.revision())?;
        let entry = audit::Entry::new(app_.id::<_>(), now, by, "space.created", space.id).within(place);
        audit::append(tx, &entry.with(json!({"name": space.name})))?;
        view(tx, &space)
    })
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
