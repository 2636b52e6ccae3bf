//! Indicators of a network's action plan: a figure, what of it counts, and a target for each year.
//!
//! What an indicator says is made from figures that whoever coordinates may see anyway: sums of use, and cells of
//! published tables. So it tells nothing that is hidden, and what no table answers is no indicator (ADR 27).
//! Not here: how the figures are counted.

mod check;
mod figure;
mod measure;
mod of_use;
mod progress;
#[cfg(test)]
mod tests;

pub use check::{Fault, MOST_TARGETS, Refused};
pub use figure::{Cells, IndicatorFigure, IndicatorSource};
pub use measure::{Goal, InvalidGoal, Measure};
pub use progress::{Course, IndicatorStatus, elapsed};
use serde::{Deserialize, Serialize};

use super::{
    codes::codes,
    disclosure::PublishedDimension,
    ids::{IndicatorId, NetworkId, VenueId},
    instant::Instant,
    locale::Locale,
    space::SpaceKind,
    tariff::Currency,
    text::Line,
};

codes! {
    /// Where the target is.
    pub enum TargetDirection {
        /// The more the better.
        AtLeast = "at_least",
        /// The less the better.
        AtMost = "at_most",
    }
}

codes! {
    /// Why there is no value.
    pub enum Missing {
        /// Hidden, as it is in the published tables.
        Suppressed = "suppressed",
        /// Nothing of the year is over that would count.
        NotBegun = "not_begun",
        /// It is counted when the year's tables close, or its first month's.
        NotClosed = "not_closed",
        /// The spaces were used, and nobody knows by how many.
        Unknown = "unknown",
    }
}

codes! {
    /// Where a value comes from.
    pub enum ValueOrigin {
        /// Counted now.
        Live = "live",
        /// From the published tables of what is closed.
        Published = "published",
        /// Kept since the year closed.
        Closed = "closed",
    }
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual<const MAX: usize> {
    pub sl: Line<MAX>,
    pub en: Line<MAX>,
}

impl<const MAX: usize> Bilingual<MAX> {
    pub fn of(&self, locale: Locale) -> &str {
        match locale {
            Locale::Sl => self.sl.as_str(),
            Locale::En => self.en.as_str(),
        }
    }
}

/// What of the figure counts; all of it where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorFilter {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub venue_ids: Vec<VenueId>,
    /// Of figures of use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<SpaceKind>,
    /// Of figures about people: what the table tells apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimension: Option<PublishedDimension>,
    /// Its categories that count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Line<100>>,
    /// Of money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
}

/// An indicator as it is defined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    pub id: IndicatorId,
    pub network: NetworkId,
    /// The plan's own: `C2.1`.
    pub code: Line<30>,
    pub name: Bilingual<200>,
    pub description: Option<Bilingual<1000>>,
    pub definition: Definition,
    pub created_at: Instant,
    pub archived_at: Option<Instant>,
    pub version: i64,
}

/// What is counted, and what it should come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    pub figure: IndicatorFigure,
    pub filter: IndicatorFilter,
    pub direction: TargetDirection,
    /// Each year counts with all before it from this one on; `None`: each by itself.
    pub cumulative_from: Option<i32>,
    /// By year, ascending, each once.
    pub targets: Vec<(i32, Goal)>,
}

impl Definition {
    pub fn target(&self, year: i32) -> Option<Goal> {
        self.targets.iter().find(|(of, _)| *of == year).map(|(_, goal)| *goal)
    }

    /// The first of the years whose values make up the year's.
    pub fn since(&self, year: i32) -> i32 {
        self.cumulative_from.map_or(year, |from| from.min(year))
    }

    /// Whether both count the same: values that were kept of one are those of the other.
    pub fn counts_as(&self, other: &Self) -> bool {
        self.figure == other.figure
            && self.filter == other.filter
            && self.cumulative_from == other.cumulative_from
    }
}

impl Indicator {
    /// The first year whose value is kept when it closes: the year it was made in, or an earlier one that it is about.
    pub fn first_year(&self, made_in: i32) -> i32 {
        let targets = self.definition.targets.iter().map(|(year, _)| *year);
        targets.chain(self.definition.cumulative_from).fold(made_in, i32::min)
    }
}
