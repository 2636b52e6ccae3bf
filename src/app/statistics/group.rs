//! What a row of figures is of, as it is answered.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{
    ids::{SpaceId, VenueId},
    space::SpaceKind,
    statistics::{Dimension, Period, Place},
};

/// What the row is of; only what `group_by` names is there.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Group {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue_id: Option<VenueId>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub space_id: Option<SpaceId>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub space: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<SpaceKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue_municipality: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026")]
    pub year: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-Q1")]
    pub quarter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-03")]
    pub month: Option<String>,
    /// ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-W09")]
    pub week: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    pub day: Option<String>,
    /// ISO 8601: 1 is Monday, 7 is Sunday.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 7)]
    pub weekday: Option<u32>,
    /// Of the local day; an hour that clocks repeat counts in the same one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 23)]
    pub hour: Option<u32>,
}

impl Group {
    pub(super) fn new(place: &Place, period: Period) -> Self {
        let (venue, venue_id) = place.venue.clone().unzip();
        let (space, space_id) = place.space.clone().unzip();
        Self {
            venue_id,
            venue,
            space_id,
            space,
            kind: place.kind,
            venue_municipality: place.municipality.clone(),
            year: period.year.map(|year| year.to_string()),
            quarter: period.quarter.map(|quarter| quarter.to_string()),
            month: period.month.map(|month| month.to_string()),
            week: period.week.map(|week| week.to_string()),
            day: period.day.map(|day| day.to_string()),
            weekday: period.weekday,
            hour: period.hour,
        }
    }

    /// What of it a dimension means: its columns, the names that CSV has for them, and their texts.
    pub fn columns(&self, dimension: Dimension) -> Vec<(&'static str, String)> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let number = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
        match dimension {
            Dimension::Venue => vec![
                ("venue_id", self.venue_id.map(|id| id.to_string()).unwrap_or_default()),
                ("venue", text(&self.venue)),
            ],
            Dimension::Space => vec![
                ("space_id", self.space_id.map(|id| id.to_string()).unwrap_or_default()),
                ("space", text(&self.space)),
            ],
            Dimension::Kind => vec![("kind", self.kind.map(|kind| kind.to_string()).unwrap_or_default())],
            Dimension::VenueMunicipality => vec![("venue_municipality", text(&self.venue_municipality))],
            Dimension::Year => vec![("year", text(&self.year))],
            Dimension::Quarter => vec![("quarter", text(&self.quarter))],
            Dimension::Month => vec![("month", text(&self.month))],
            Dimension::Week => vec![("week", text(&self.week))],
            Dimension::Day => vec![("day", text(&self.day))],
            Dimension::Weekday => vec![("weekday", number(self.weekday))],
            Dimension::Hour => vec![("hour", number(self.hour))],
        }
    }
}
