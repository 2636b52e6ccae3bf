//! Spaces and their units (DESIGN 2): what people book, and what is occupied by it.

use chrono::NaiveDate;

use super::{
    access::Place,
    codes::codes,
    ids::{LayoutId, SpaceId, UnitGroupId, UnitId},
    image::Image,
    instant::{Instant, Interval},
    policy::Policy,
    stays::{Measure, Nights},
    sweep::Sweep,
    tariff::Tariff,
};

codes! {
    /// What kind of space it is.
    pub enum SpaceKind {
        MeetingRoom = "meeting_room",
        DeskArea = "desk_area",
        Multifunctional = "multifunctional",
        Studio = "studio",
        Flat = "flat",
        Equipment = "equipment",
    }
}

codes! {
    /// Whether a reservation takes all units or some of them.
    pub enum Allocation {
        Whole = "whole",
        Each = "each",
    }
}

codes! {
    /// The measure a space is booked by.
    pub enum BookedBy {
        Hours = "hours",
        Days = "days",
        Nights = "nights",
    }
}

/// The smallest thing one party can occupy at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub id: UnitId,
    /// The one row that all units connected through shared spaces lock.
    pub group: UnitGroupId,
    pub label: String,
    /// 0 for equipment.
    pub seats: u32,
}

/// A seating set-up with its own capacity and buffers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    pub id: LayoutId,
    pub name: String,
    pub capacity: u32,
    pub setup_minutes: u32,
    pub teardown_minutes: u32,
    /// No longer offered; still the one of the reservations made with it.
    pub removed: bool,
}

/// What people book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space {
    pub id: SpaceId,
    pub place: Place,
    pub name: String,
    pub kind: SpaceKind,
    pub allocation: Allocation,
    /// People: of the whole space, or of each unit where `allocation` is `each`.
    pub capacity: u32,
    pub description: Option<String>,
    pub amenities: Vec<String>,
    pub step_free: Option<bool>,
    pub booked_by: BookedBy,
    pub house_rules: Option<String>,
    pub setup_minutes: u32,
    pub teardown_minutes: u32,
    /// Whether it has, had or will have opening hours of its own.
    pub own_hours: bool,
    pub policy: Policy,
    pub policy_version: i64,
    pub tariff: Tariff,
    pub tariff_version: i64,
    pub hours_version: i64,
    /// In the order people see them; today's members.
    pub units: Vec<Unit>,
    pub parts: Vec<SpaceId>,
    /// Removed ones too.
    pub layouts: Vec<Layout>,
    /// The local date from which it counts in statistics.
    pub active_from: NaiveDate,
    pub archived_at: Option<Instant>,
    pub version: i64,
    pub created_at: Instant,
    /// Of a space booked by nights, and only of one.
    pub nights: Option<Nights>,
    /// Whether a floor plan of it is drawn.
    pub has_plan: bool,
    /// In the order in which they are shown.
    pub images: Vec<Image>,
}

/// Set-up and tear-down, minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Buffers {
    pub setup_minutes: u32,
    pub teardown_minutes: u32,
}

impl Buffers {
    /// The time taken on the units: set-up and tear-down included.
    pub fn around(self, interval: Interval) -> Interval {
        interval.widened(self.setup_minutes, self.teardown_minutes)
    }
}

impl Space {
    /// How it is booked, where not by hours.
    pub fn measure(&self) -> Option<Measure> {
        match self.booked_by {
            BookedBy::Hours => None,
            BookedBy::Days => Some(Measure::Days),
            BookedBy::Nights => self.nights.map(Measure::Nights),
        }
    }

    pub fn unit_ids(&self) -> Vec<UnitId> {
        self.units.iter().map(|unit| unit.id).collect()
    }

    /// Each lock row once, in the order of locking.
    pub fn groups(&self) -> Vec<UnitGroupId> {
        let mut groups: Vec<_> = self.units.iter().map(|unit| unit.group).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// One of its layouts, removed ones too.
    pub fn layout(&self, id: LayoutId) -> Option<&Layout> {
        self.layouts.iter().find(|layout| layout.id == id)
    }

    /// The layout's buffers, else the space's.
    pub fn buffers(&self, layout: Option<&Layout>) -> Buffers {
        match layout {
            Some(Layout { setup_minutes, teardown_minutes, .. }) => {
                Buffers { setup_minutes: *setup_minutes, teardown_minutes: *teardown_minutes }
            }
            None => Buffers { setup_minutes: self.setup_minutes, teardown_minutes: self.teardown_minutes },
        }
    }

    /// How many people `quantity` of it can take; 0 where seats mean nothing.
    pub fn capacity_of(&self, layout: Option<&Layout>, quantity: u32) -> u32 {
        match (layout, self.allocation) {
            (Some(layout), _) => layout.capacity,
            (None, Allocation::Whole) => self.capacity,
            (None, Allocation::Each) => self.capacity.saturating_mul(quantity),
        }
    }

    /// Units one can ask for.
    pub fn pool(&self) -> u32 {
        match self.allocation {
            Allocation::Whole => 1,
            Allocation::Each => u32::try_from(self.units.len()).unwrap_or(u32::MAX),
        }
    }

    /// The sweep over what occupies its units.
    pub fn sweep(&self, occupied: impl IntoIterator<Item = (UnitId, Interval)>) -> Sweep {
        let units = self.unit_ids();
        match self.allocation {
            Allocation::Whole => Sweep::whole(&units, occupied),
            Allocation::Each => Sweep::each(&units, occupied),
        }
    }
}
