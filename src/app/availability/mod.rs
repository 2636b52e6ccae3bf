//! What is free, and for whom: of one space in full, its units at one time, of many by the first slots that fit.

pub mod search;
pub mod space;
#[cfg(test)]
mod tests;
pub mod units;

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{
    availability::Offer,
    decision::Outcome,
    instant::Interval,
    sweep::Free,
    zone::{LocalTime, Zone},
};

/// A stretch of opening time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OpenView {
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: LocalTime,
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: LocalTime,
}

/// Opening time in which something is free.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FreeView {
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: LocalTime,
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: LocalTime,
    /// Units, 1 for a space booked as a whole.
    pub units_free: u32,
}

/// A slot on the grid, or whole days or nights, with what booking it would come to for the reader.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SlotView {
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: LocalTime,
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: LocalTime,
    pub units_free: u32,
    pub outcome: Outcome,
}

impl OpenView {
    fn new(interval: Interval, zone: Zone) -> Self {
        Self { starts_at: zone.local_time(interval.start()), ends_at: zone.local_time(interval.end()) }
    }
}

impl FreeView {
    fn new(free: Free, zone: Zone) -> Self {
        let Free { interval, units_free } = free;
        Self {
            starts_at: zone.local_time(interval.start()),
            ends_at: zone.local_time(interval.end()),
            units_free,
        }
    }
}

impl SlotView {
    fn new(offer: Offer, zone: Zone) -> Self {
        let Offer { interval, units_free, outcome } = offer;
        Self {
            starts_at: zone.local_time(interval.start()),
            ends_at: zone.local_time(interval.end()),
            units_free,
            outcome,
        }
    }
}
