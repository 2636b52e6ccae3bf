//! Figures beside those of an earlier time: which time that is, and by how much they differ.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::{Figure, UtilisationRow, rounded};
use crate::{
    app::error::Error,
    domain::{
        instant::Interval,
        statistics::{Back, Comparison, Grouping},
        zone::Zone,
    },
};

/// The time that is compared with.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComparedTime {
    pub compare: Comparison,
    #[schema(format = DateTime)]
    pub from: String,
    #[schema(format = DateTime)]
    pub to: String,
}

/// By how many percentage points rates are higher (lower where negative) than in the time compared with, to four
/// decimals; null where either is not known or hidden.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Change {
    pub planned_frequency: Option<f64>,
    pub actual_frequency: Option<f64>,
    pub no_shows: Option<f64>,
    pub occupancy: Option<f64>,
    pub utilisation: Option<f64>,
}

impl Change {
    pub(super) fn between(now: &UtilisationRow, earlier: &UtilisationRow) -> Self {
        Self {
            planned_frequency: points(now.planned_frequency, earlier.planned_frequency),
            actual_frequency: points(now.actual_frequency, earlier.actual_frequency),
            no_shows: points(now.no_shows, earlier.no_shows),
            occupancy: points(now.occupancy, earlier.occupancy),
            utilisation: points(now.utilisation, earlier.utilisation),
        }
    }
}

fn points(now: Figure, earlier: Figure) -> Option<f64> {
    Some(rounded((now.rate? - earlier.rate?) * 100.0, 1e4))
}

/// How dates go back from the range to the one it is compared with.
///
/// # Errors
/// `invalid` unless the range begins and ends with a local day: what is left of one has no like.
pub(super) fn back(
    comparison: Comparison,
    grouping: &Grouping,
    zone: Zone,
    range: Interval,
) -> Result<Back, Error> {
    let (from, to) = dates(zone, range)?;
    Ok(comparison.back(grouping, from, to))
}

/// The range compared with, in the same zone; `None` where the earlier calendar lacks its dates.
///
/// # Errors
/// As [`back`].
pub(super) fn earlier(back: Back, zone: Zone, range: Interval) -> Result<Option<Interval>, Error> {
    let (from, to) = dates(zone, range)?;
    let midnight = |date| zone.day(date).start();
    Ok(back.range(from, to).and_then(|(from, to)| Interval::new(midnight(from), midnight(to))))
}

fn dates(zone: Zone, range: Interval) -> Result<(NaiveDate, NaiveDate), Error> {
    let midnight = |at| {
        let date = zone.date(at);
        (zone.day(date).start() == at).then_some(date)
    };
    let dates = midnight(range.start()).zip(midnight(range.end()));
    dates.ok_or_else(|| Error::field("?compare", "whole_days_needed"))
}
