//! By what figures about people are told apart: any ordered subset of places, times, and who came for what.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Deserializer, de};

use crate::domain::{
    codes::codes,
    ids::{SpaceId, VenueId},
    statistics::dimensions::{self, InvalidGrouping},
};

codes! {
    /// One thing that rows are told apart by.
    pub enum Dimension {
        Venue = "venue",
        /// The space that was booked.
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
        Weekday = "weekday",
        /// Where the organisation has its seat.
        OrganisationMunicipality = "organisation_municipality",
        Sector = "sector",
        /// The organisation's legal form.
        OrganisationKind = "organisation_kind",
        Size = "size",
        /// Whose rules it was booked under.
        Audience = "audience",
        Purpose = "purpose",
        Layout = "layout",
    }
}

/// What a dimension tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Place,
    Time,
    Who,
}

impl Dimension {
    pub(super) fn family(self) -> Family {
        match self {
            Self::Venue | Self::Space | Self::Kind | Self::VenueMunicipality => Family::Place,
            Self::Year | Self::Quarter | Self::Month | Self::Week | Self::Day | Self::Weekday => Family::Time,
            _ => Family::Who,
        }
    }

    /// Whether it says something of people or of what they came for, and not only of places and times.
    pub fn is_about_people(self) -> bool {
        self.family() == Family::Who
    }
}

/// What one dimension says of a row. Sorts by name, by time, or as its list has it; what is not known comes last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    Venue(Arc<str>, VenueId),
    Space(Arc<str>, SpaceId),
    Text(Arc<str>),
    /// A word of a closed list, and its place there.
    Word(usize, &'static str),
    /// There is one, but it is not known.
    Unknown,
    /// There is none: no organisation, no layout; and nobody reserved for whoever came by themselves.
    None,
}

/// What rows are called that nothing is known of, and where there is nothing to be known.
const UNKNOWN: &str = "unknown";
const NONE: &str = "none";

impl Value {
    /// What somebody wrote, where that says anything: a text that reads as one of the two words would be taken for it, and
    /// where rows go by their words one of the two would be lost.
    pub(super) fn written(text: &Arc<str>) -> Self {
        let says_nothing = [UNKNOWN, NONE].iter().any(|word| text.trim().eq_ignore_ascii_case(word));
        if says_nothing { Self::Unknown } else { Self::Text(text.clone()) }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Venue(text, _) | Self::Space(text, _) | Self::Text(text) => text,
            Self::Word(_, text) => text,
            Self::Unknown => UNKNOWN,
            Self::None => NONE,
        })
    }
}

/// Dimensions, each once, in the order of the rows. None: one row of everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grouping(Vec<Dimension>);

impl Grouping {
    /// # Errors
    /// [`InvalidGrouping::Twice`].
    pub fn new(dimensions: Vec<Dimension>) -> Result<Self, InvalidGrouping> {
        dimensions::each_once(dimensions).map(Self)
    }

    pub fn dimensions(&self) -> &[Dimension] {
        &self.0
    }

    pub fn has(&self, dimension: Dimension) -> bool {
        self.0.contains(&dimension)
    }

    pub(super) fn of(&self, family: Family) -> impl Iterator<Item = Dimension> + '_ {
        self.0.iter().copied().filter(move |dimension| dimension.family() == family)
    }

    /// Whether rows can hold several spaces of different kinds.
    pub(super) fn mixes_kinds(&self) -> bool {
        !self.has(Dimension::Space) && !self.has(Dimension::Kind)
    }
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
