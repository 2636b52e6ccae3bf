//! A space as it is asked for, and what of it is refused.

use serde::Deserialize;
use utoipa::ToSchema;

use super::check::{Faults, MOST_LAYOUTS, MOST_PARTS, MOST_UNITS};
use crate::{
    app::error::Error,
    domain::{
        hours::TimeOfDay,
        ids::SpaceId,
        space::{Allocation, BookedBy, SpaceKind},
        text::{Line, Prose},
    },
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
    /// By `hours` where nothing is said; by `days`, from first opening to last closing; by `nights`, from arrival to
    /// departure.
    pub booked_by: Option<BookedBy>,
    /// The local hour at which nights begin; needed for `nights`, and for nothing else.
    pub arrival: Option<TimeOfDay>,
    /// The local hour of the next date at which they end, not after `arrival`.
    pub departure: Option<TimeOfDay>,
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
    /// # Errors
    /// `invalid` with every fault that needs no look at the database.
    pub(super) fn check(&self) -> Result<(), Error> {
        let mut faults = Faults::default();
        faults.capacity(self.kind, self.capacity);
        faults.amenities(&self.amenities);
        faults.buffer("/setup_minutes", self.setup_minutes);
        faults.buffer("/teardown_minutes", self.teardown_minutes);
        faults.nights(self.booked_by.unwrap_or(BookedBy::Hours), self.arrival, self.departure);
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
}
