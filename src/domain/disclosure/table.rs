//! Tables as they are published, and how the cells of one figure are tied into a family.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Cell, Counting, Family, Parts, PublishedPeriod, Standing, Sum};
use crate::domain::{codes::codes, ids::VenueId};

codes! {
    /// What one published table tells apart.
    pub enum PublishedDimension {
        /// New people and organisations and those who were there before.
        People = "people",
        /// What was charged and what was given in kind, by currency.
        Money = "money",
        Purpose = "purpose",
        Audience = "audience",
        Sector = "sector",
        OrganisationKind = "organisation_kind",
        Size = "size",
        OrganisationMunicipality = "organisation_municipality",
    }
}

codes! {
    /// A figure of a published table.
    pub enum PublishedFigure {
        /// That begin in the period.
        Reservations = "reservations",
        /// Of units, within opening time; kept in seconds.
        BookedHours = "booked_hours",
        /// Distinct people who reserved.
        People = "people",
        /// Distinct organisations that it was reserved for.
        Organisations = "organisations",
        /// Distinct supported enterprises with a register number.
        Enterprises = "supported_enterprises",
        /// Visits of reservations, counted or else declared.
        Visits = "visits",
        /// Minor units, what is asked for reservations.
        Charged = "charged",
        /// Minor units, what they would have cost the public besides.
        InKind = "in_kind_value",
    }
}

impl PublishedFigure {
    pub fn counting(self) -> Counting {
        match self {
            Self::People | Self::Organisations | Self::Enterprises => Counting::Distinct,
            _ => Counting::Sum,
        }
    }

    /// Of a place as a whole it is public anyway: whoever reads its calendar can count it (DESIGN 7).
    pub fn is_of_places(self) -> bool {
        matches!(self, Self::Reservations | Self::BookedHours)
    }
}

impl PublishedDimension {
    pub fn figures(self) -> &'static [PublishedFigure] {
        use PublishedFigure::{
            BookedHours, Charged, Enterprises, InKind, Organisations, People, Reservations, Visits,
        };
        match self {
            Self::People => &[Reservations, People, Organisations, Enterprises, Visits],
            Self::Money => &[Charged, InKind],
            _ => &[Reservations, BookedHours, People, Organisations],
        }
    }

    /// Whether its categories tell the figure apart; else it is there of the place as a whole only.
    pub fn tells_apart(self, figure: PublishedFigure) -> bool {
        use PublishedFigure::{Organisations, People};
        self != Self::People || matches!(figure, People | Organisations)
    }

    /// Whether it tells organisations apart: then who reserved for none of them is one category of the same in each.
    pub fn is_of_organisations(self) -> bool {
        matches!(self, Self::Sector | Self::OrganisationKind | Self::Size | Self::OrganisationMunicipality)
    }

    /// Those that have a category in common and are therefore decided together; people come first.
    pub fn families() -> impl Iterator<Item = &'static [Self]> {
        Self::ALL.chunk_by(|one, next| one.is_of_organisations() && next.is_of_organisations())
    }

    /// Whether its categories make up a total: sums of several currencies mean nothing.
    pub fn has_total(self) -> bool {
        self != Self::Money
    }
}

/// The category of a place as a whole.
pub const TOTAL: &str = "";
/// Who reserved for no organisation.
pub const NO_ORGANISATION: &str = "none";
/// The categories of [`PublishedDimension::People`].
pub const NEW: &str = "new";
pub const RETURNING: &str = "returning";

/// Which table: the network's where there is no venue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TableKey {
    pub period: PublishedPeriod,
    pub dimension: PublishedDimension,
    pub venue: Option<VenueId>,
}

/// What was counted for a cell, and whose it is.
#[derive(Debug, Clone, Default)]
pub struct Made {
    pub value: i64,
    pub parts: Parts,
}

/// What was decided of a cell. It keeps its value where it is hidden: staff see their own venue whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    pub value: i64,
    pub hidden: bool,
}

/// Figures by category, and of each by what it is.
pub type Rows<T> = BTreeMap<String, BTreeMap<PublishedFigure, T>>;

/// A table as it is published, and kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedTable {
    /// So few, or one of them, made all of it that nothing is told apart, nor which categories are empty.
    pub closed_up: bool,
    pub rows: Rows<Published>,
}

impl PublishedTable {
    /// What it says of a category. What had no row when it was published was 0, and hidden where nothing was told apart.
    pub fn cell(&self, category: &str, figure: PublishedFigure) -> Published {
        let nothing = Published { value: 0, hidden: self.closed_up && category != TOTAL };
        let row = self.rows.get(category);
        row.and_then(|row| row.get(&figure)).copied().unwrap_or(nothing)
    }
}

/// The places, categories and periods of a family; place 0 is the network, category 0 the total.
pub(super) struct Layout<'a> {
    pub venues: usize,
    /// Besides the total.
    pub categories: usize,
    /// Ways to make the total of categories: one for each dimension that tells its own apart.
    pub partitions: Vec<Vec<usize>>,
    pub periods: &'a [PublishedPeriod],
}

impl Layout<'_> {
    pub fn at(&self, place: usize, category: usize, period: usize) -> usize {
        (period * (self.venues + 1) + place) * (self.categories + 1) + category
    }

    /// What is lost where the cell is hidden.
    pub fn rank(&self, place: usize, category: usize, period: usize) -> u8 {
        self.periods[period].rank() + 3 * u8::from(place == 0) + 6 * u8::from(category == 0)
    }

    /// The family of cells made one by one, in the order of [`Self::at`].
    pub fn family(&self, counting: Counting, mut cell: impl FnMut([usize; 3]) -> (Made, Standing)) -> Family {
        let mut cells = Vec::new();
        for period in 0..self.periods.len() {
            for place in 0..=self.venues {
                for category in 0..=self.categories {
                    let (Made { value, parts }, standing) = cell([place, category, period]);
                    let (venue, rank) = (place.checked_sub(1), self.rank(place, category, period));
                    cells.push(Cell { value, parts, standing, venue, rank });
                }
            }
        }
        Family { counting, cells, sums: self.sums(), venues: self.venues }
    }

    fn sums(&self) -> Vec<Sum> {
        let mut sums = Vec::new();
        for period in 0..self.periods.len() {
            for category in 0..=self.categories {
                let venues = (1..=self.venues).map(|place| self.at(place, category, period));
                let whole = self.at(0, category, period);
                sums.push(Sum { whole, parts: venues.collect(), of_venues: true });
            }
            for (place, parts) in self.partitions_of_places() {
                let parts = parts.iter().map(|category| self.at(place, *category, period)).collect();
                sums.push(Sum { whole: self.at(place, 0, period), parts, of_venues: false });
            }
        }
        for whole in 0..self.periods.len() {
            let parts = self.parts_of(whole);
            for (place, category) in self.rows().filter(|_| !parts.is_empty()) {
                let parts = parts.iter().map(|part| self.at(place, category, *part)).collect();
                sums.push(Sum { whole: self.at(place, category, whole), parts, of_venues: false });
            }
        }
        sums
    }

    fn partitions_of_places(&self) -> impl Iterator<Item = (usize, &[usize])> + '_ {
        let of = |place| self.partitions.iter().map(move |parts| (place, parts.as_slice()));
        (0..=self.venues).flat_map(of)
    }

    fn rows(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        (0..=self.venues).flat_map(|place| (0..=self.categories).map(move |category| (place, category)))
    }

    /// The periods that make up another.
    pub fn parts_of(&self, whole: usize) -> Vec<usize> {
        let is_part = |part: &usize| self.periods[*part].whole() == Some(self.periods[whole]);
        (0..self.periods.len()).filter(is_part).collect()
    }
}
