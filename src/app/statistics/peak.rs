//! The busiest hours as they are answered.

use serde::Serialize;
use utoipa::ToSchema;

use super::view::{Figure, HOURS};
use crate::domain::statistics::{Hour, Peak, Top};

/// What of the open units was taken in the busiest local hours. An hour that clocks repeat is one longer hour; hours in
/// which nothing is open count nowhere.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Peak)]
pub struct PeakView {
    /// Local hours in which anything was open.
    pub hours: usize,
    /// Of what was booked; null where nothing was open.
    pub planned: Option<TopView>,
    /// Of what was used; null where nothing was open.
    pub actual: Option<TopView>,
}

/// How busy the busiest hours were.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PeakHours)]
pub struct TopView {
    /// The busiest; the first of equals.
    pub max: HourView,
    /// The 95th percentile by nearest rank: of n hours, ascending, the ⌈0.95·n⌉th.
    pub p95: HourView,
}

/// One local hour, and what of it was taken.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PeakHour)]
pub struct HourView {
    /// The local date.
    #[schema(format = Date)]
    pub date: String,
    /// Of the local day.
    #[schema(maximum = 23)]
    pub hour: u32,
    /// Hours of units that were taken, of those that were open.
    pub figure: Figure,
}

impl From<Peak> for PeakView {
    fn from(peak: Peak) -> Self {
        Self {
            hours: peak.hours,
            planned: peak.planned.map(TopView::from),
            actual: peak.actual.map(TopView::from),
        }
    }
}

impl From<Top> for TopView {
    fn from(top: Top) -> Self {
        Self { max: top.max.into(), p95: top.p95.into() }
    }
}

impl From<Hour> for HourView {
    fn from(hour: Hour) -> Self {
        Self { date: hour.date.to_string(), hour: hour.hour, figure: Figure::new(hour.ratio(), HOURS) }
    }
}
