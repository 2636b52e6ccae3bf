//! What is refused in a space although it can be read: sizes nobody can mean, and parts that do not fit.

use std::collections::HashSet;

use crate::{
    app::error::{Error, FieldError},
    domain::{
        hours::TimeOfDay,
        space::{BookedBy, SpaceKind},
        stays::Nights,
        text::Line,
    },
};

/// The most people a space, a layout or a unit takes.
pub const MOST_PEOPLE: u32 = 100_000;
/// The most units of a space (DESIGN 4: a large area is still one sweep).
pub const MOST_UNITS: usize = 500;
pub const MOST_PARTS: usize = 20;
pub const MOST_LAYOUTS: usize = 20;
pub const MOST_AMENITIES: usize = 50;
/// The longest set-up or tear-down, minutes: a day.
pub const LONGEST_BUFFER: u32 = 24 * 60;

/// Faults found so far.
#[derive(Debug, Default)]
pub struct Faults(Vec<FieldError>);

impl Faults {
    /// Notes a fault where `is` holds.
    pub fn when(&mut self, is: bool, pointer: impl Into<String>, code: &'static str) {
        if is {
            self.0.push(FieldError::new(pointer, code));
        }
    }

    /// # Errors
    /// `invalid` with all of them, if there are any.
    pub fn settle(self) -> Result<(), Error> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Fields(self.0)) }
    }

    /// Somebody must fit in, except where the space is a thing.
    pub fn capacity(&mut self, kind: SpaceKind, capacity: u32) {
        self.when(capacity == 0 && kind != SpaceKind::Equipment, "/capacity", "too_small");
        self.people("/capacity", capacity);
    }

    pub fn people(&mut self, pointer: impl Into<String>, people: u32) {
        self.when(people > MOST_PEOPLE, pointer, "too_large");
    }

    pub fn buffer(&mut self, pointer: impl Into<String>, minutes: u32) {
        self.when(minutes > LONGEST_BUFFER, pointer, "too_large");
    }

    /// Nights have hours of arrival and departure, and nothing else has. 24:00 is 00:00 of the next day.
    pub fn nights(&mut self, by: BookedBy, arrival: Option<TimeOfDay>, departure: Option<TimeOfDay>) {
        for (pointer, hour) in [("/arrival", arrival), ("/departure", departure)] {
            self.when(by == BookedBy::Nights && hour.is_none(), pointer, "missing_field");
            self.when(by == BookedBy::Nights && hour == Some(TimeOfDay::END), pointer, "out_of_range");
            self.when(by != BookedBy::Nights && hour.is_some(), pointer, "only_for_nights");
        }
        let reversed = nights(arrival, departure).is_some_and(|nights| nights.departure > nights.arrival);
        self.when(by == BookedBy::Nights && reversed, "/departure", "departure_after_arrival");
    }

    /// A search names several, parted by commas.
    pub fn amenities(&mut self, amenities: &[Line<60>]) {
        self.when(amenities.len() > MOST_AMENITIES, "/amenities", "list_too_long");
        for (place, amenity) in amenities.iter().enumerate() {
            self.when(amenity.as_str().contains(','), format!("/amenities/{place}"), "holds_a_comma");
        }
    }

    /// Each text at `pointer(place)` stands there for the first time.
    pub fn distinct<'a>(&mut self, texts: impl Iterator<Item = &'a str>, pointer: impl Fn(usize) -> String) {
        let mut seen = HashSet::new();
        for (place, text) in texts.enumerate() {
            self.when(!seen.insert(text), pointer(place), "repeated");
        }
    }
}

/// The hours of nights, where both are known.
pub fn nights(arrival: Option<TimeOfDay>, departure: Option<TimeOfDay>) -> Option<Nights> {
    arrival.zip(departure).map(|(arrival, departure)| Nights { arrival, departure })
}

/// Amenities as they are kept and searched for: in lower case, each once, in order.
pub fn amenities<'a>(given: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut amenities: Vec<String> =
        given.into_iter().map(|each| each.trim().to_lowercase()).filter(|each| !each.is_empty()).collect();
    amenities.sort_unstable();
    amenities.dedup();
    amenities
}
