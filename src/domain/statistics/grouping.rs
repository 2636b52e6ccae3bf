//! By what figures are told apart: any ordered subset of places and times.

use std::{cmp::Ordering, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, de};

use super::{
    Back, Period, SpaceFacts, VenueFacts,
    dimensions::{self, InvalidGrouping},
};
use crate::domain::{
    codes::codes,
    ids::{SpaceId, VenueId},
    space::SpaceKind,
};

codes! {
    /// One thing rows are told apart by.
    pub enum Dimension {
        Venue = "venue",
        Space = "space",
        Kind = "kind",
        /// Where the venue stands.
        VenueMunicipality = "venue_municipality",
        Year = "year",
        Quarter = "quarter",
        Month = "month",
        /// ISO 8601 week.
        Week = "week",
        Day = "day",
        /// Day of the week, whichever week it is.
        Weekday = "weekday",
        /// Hour of the local day, whichever day it is.
        Hour = "hour",
    }
}

impl Dimension {
    /// Whether it tells times apart, and not places.
    pub const fn is_time(self) -> bool {
        use Dimension::{Day, Hour, Month, Quarter, Week, Weekday, Year};
        matches!(self, Year | Quarter | Month | Week | Day | Weekday | Hour)
    }
}

/// Dimensions, each once, in the order of the rows. None: one row of everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grouping {
    dimensions: Vec<Dimension>,
    /// The dates counted stand for later ones, with which they are compared.
    back: Option<Back>,
}

impl Grouping {
    /// # Errors
    /// [`InvalidGrouping::Twice`].
    pub fn new(dimensions: Vec<Dimension>) -> Result<Self, InvalidGrouping> {
        Ok(Self { dimensions: dimensions::each_once(dimensions)?, back: None })
    }

    /// The same, of a time that is compared with the one so much later: its rows are called as that one's are.
    #[must_use]
    pub fn looking_back(&self, back: Back) -> Self {
        Self { dimensions: self.dimensions.clone(), back: Some(back) }
    }

    /// Every hour by itself.
    pub fn hourly() -> Self {
        Self { dimensions: vec![Dimension::Day, Dimension::Hour], back: None }
    }

    /// The date whose rows a date counts in.
    pub(super) fn stands_for(&self, date: NaiveDate) -> NaiveDate {
        self.back.map_or(date, |back| back.forth(date))
    }

    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    pub fn has(&self, dimension: Dimension) -> bool {
        self.dimensions.contains(&dimension)
    }

    /// Whether rows can hold several spaces of different kinds.
    pub(super) fn mixes_kinds(&self) -> bool {
        !self.has(Dimension::Space) && !self.has(Dimension::Kind)
    }

    /// Whether it tells any places apart.
    pub(super) fn has_place(&self) -> bool {
        !self.mixes_kinds() || self.has(Dimension::Venue) || self.has(Dimension::VenueMunicipality)
    }

    /// Whether it tells any times apart.
    pub(super) fn has_time(&self) -> bool {
        self.dimensions.iter().any(|dimension| dimension.is_time())
    }

    /// The place part of a row of the venue, and of the space where one is meant.
    pub(super) fn place(&self, venue: &VenueFacts, space: Option<&SpaceFacts>) -> Place {
        let asked = |dimension| self.has(dimension).then_some(());
        Place {
            venue: asked(Dimension::Venue).map(|()| (venue.name.clone(), venue.id)),
            municipality: asked(Dimension::VenueMunicipality).map(|()| venue.municipality.clone()),
            kind: asked(Dimension::Kind).and(space).map(|space| space.kind),
            space: asked(Dimension::Space).and(space).map(|space| (space.name.clone(), space.id)),
        }
    }

    /// The order of rows.
    pub(super) fn compare(&self, (a, at): (&Place, Period), (b, bt): (&Place, Period)) -> Ordering {
        let each = self.dimensions.iter().map(|dimension| match dimension {
            Dimension::Venue => a.venue.cmp(&b.venue),
            Dimension::Space => a.space.cmp(&b.space),
            Dimension::Kind => a.kind.cmp(&b.kind),
            Dimension::VenueMunicipality => a.municipality.cmp(&b.municipality),
            Dimension::Year => at.year.cmp(&bt.year),
            Dimension::Quarter => at.quarter.cmp(&bt.quarter),
            Dimension::Month => at.month.cmp(&bt.month),
            Dimension::Week => at.week.cmp(&bt.week),
            Dimension::Day => at.day.cmp(&bt.day),
            Dimension::Weekday => at.weekday.cmp(&bt.weekday),
            Dimension::Hour => at.hour.cmp(&bt.hour),
        });
        each.fold(Ordering::Equal, Ordering::then)
    }
}

/// Where a row's units stand; what the grouping does not tell apart is `None`. Names come with their ids and
/// first, so that rows sort by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub venue: Option<(String, VenueId)>,
    pub municipality: Option<String>,
    pub kind: Option<SpaceKind>,
    pub space: Option<(String, SpaceId)>,
}

impl FromStr for Grouping {
    type Err = InvalidGrouping;

    /// Words with commas between them; nothing is no grouping.
    fn from_str(text: &str) -> Result<Self, InvalidGrouping> {
        Self::new(dimensions::read(text, Dimension::ALL)?)
    }
}

impl<'de> Deserialize<'de> for Grouping {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
