//! Published tables as they are answered: what is hidden is null and says so.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::view::hours;
use crate::domain::{
    disclosure::{
        Published, PublishedDimension, PublishedFigure, PublishedPeriod, PublishedTable, TOTAL, TableKey,
    },
    ids::{NetworkId, VenueId},
};

/// The closed periods of a network.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublishedPeriods {
    pub network_id: NetworkId,
    /// What one table can tell apart.
    pub dimensions: Vec<PublishedDimension>,
    /// By year, the longer ones later.
    pub items: Vec<PublishedPeriodView>,
}

/// A month, quarter or year that is closed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublishedPeriodView {
    #[schema(example = "2026-Q1")]
    pub period: String,
    #[schema(format = DateTime)]
    pub closed_at: String,
}

/// One dimension of one place in one closed period, as it was when the period was closed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublishedTableView {
    pub network_id: NetworkId,
    /// Of the network as a whole where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue_id: Option<VenueId>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    pub dimension: PublishedDimension,
    #[schema(example = "2026-Q1")]
    pub period: String,
    #[schema(format = DateTime)]
    pub closed_at: String,
    /// So few made all of it that nothing is told apart, nor which categories are empty.
    pub closed_up: bool,
    pub items: Vec<PublishedRow>,
    /// Of the place as a whole. Currencies have no total.
    pub totals: Option<PublishedRow>,
    /// Where it was asked for: what is counted otherwise now. Others than the venue's own staff are told of totals of reservations
    /// and hours only.
    pub changed_since: Option<Vec<Change>>,
    /// The place's slug, for the name of a file.
    #[serde(skip)]
    pub slug: String,
    /// The network's, of the times here.
    #[serde(skip)]
    pub time_zone: &'static str,
}

/// The figures of one category, by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublishedRow {
    /// A word of its list, a municipality, a sector, a currency; `none` without an organisation, `unknown` where nobody told.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "workshop")]
    pub category: Option<String>,
    pub figures: BTreeMap<&'static str, PublishedValue>,
}

/// One figure.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct PublishedValue {
    /// Null when suppressed.
    pub value: Option<f64>,
    #[schema(example = "reservations")]
    pub unit: &'static str,
    /// Hidden from this reader: few made it or one of them most of it, or such another figure would follow from it.
    pub suppressed: bool,
    /// Hidden from all but the staff of the venue.
    pub withheld: bool,
}

/// A figure that is counted otherwise now than when it was published.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PublishedChange)]
pub struct Change {
    /// Without one it is the total.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    pub figure: PublishedFigure,
    pub published: f64,
    pub now: f64,
}

/// What holds for the whole table.
pub(super) struct Shown<'a> {
    pub key: TableKey,
    pub network: NetworkId,
    pub slug: &'a str,
    pub venue: Option<String>,
    pub closed_at: String,
    pub time_zone: &'static str,
    /// Whether the reader sees everything.
    pub whole: bool,
}

impl PublishedPeriods {
    pub(super) fn new(network_id: NetworkId, items: Vec<PublishedPeriodView>) -> Self {
        Self { network_id, dimensions: PublishedDimension::ALL.to_vec(), items }
    }
}

impl PublishedPeriodView {
    pub(super) fn new(period: PublishedPeriod, closed_at: String) -> Self {
        Self { period: period.to_string(), closed_at }
    }
}

impl PublishedTableView {
    pub(super) fn new(shown: &Shown<'_>, table: &PublishedTable, changed: Option<Vec<Change>>) -> Self {
        let row = |(name, cells): (&String, &BTreeMap<PublishedFigure, Published>)| PublishedRow {
            category: Some(name.clone()).filter(|name| name != TOTAL),
            figures: cells.iter().map(|(figure, cell)| one(*figure, *cell, shown.whole)).collect(),
        };
        Self {
            network_id: shown.network,
            venue_id: shown.key.venue,
            venue: shown.venue.clone(),
            dimension: shown.key.dimension,
            period: shown.key.period.to_string(),
            closed_at: shown.closed_at.clone(),
            closed_up: table.closed_up,
            items: table.rows.iter().filter(|(name, _)| *name != TOTAL).map(row).collect(),
            totals: table.rows.get_key_value(TOTAL).map(row),
            changed_since: changed,
            slug: shown.slug.to_owned(),
            time_zone: shown.time_zone,
        }
    }
}

fn one(figure: PublishedFigure, cell: Published, whole: bool) -> (&'static str, PublishedValue) {
    let suppressed = cell.hidden && !whole;
    let value = (!suppressed).then(|| amount(figure, cell.value));
    (figure.as_str(), PublishedValue { value, unit: unit(figure), suppressed, withheld: cell.hidden })
}

/// Hours of the seconds that are kept; everything else as it is.
fn amount(figure: PublishedFigure, value: i64) -> f64 {
    match figure {
        PublishedFigure::BookedHours => hours(value as f64 / 3600.0),
        _ => value as f64,
    }
}

fn unit(figure: PublishedFigure) -> &'static str {
    match figure {
        PublishedFigure::Reservations => "reservations",
        PublishedFigure::BookedHours => "hours",
        PublishedFigure::People => "people",
        PublishedFigure::Organisations => "organisations",
        PublishedFigure::Enterprises => "enterprises",
        PublishedFigure::Visits => "visits",
        PublishedFigure::Charged | PublishedFigure::InKind => "minor_units",
    }
}

impl Change {
    pub(super) fn new(category: &str, figure: PublishedFigure, published: i64, now: i64) -> Self {
        let category = Some(category.to_owned()).filter(|name| name != TOTAL);
        Self { category, figure, published: amount(figure, published), now: amount(figure, now) }
    }
}
