//! When in the week the infrastructure is used: every hour of every weekday, summed over the range.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    usage,
    utilisation::{Scope, find, load, range},
    view::{Amount, Figure, HOURS},
};
use crate::{
    app::{App, error::Error},
    domain::{
        access::{self, Action, Actor},
        statistics::{self, Dimension, Grouping, Period, Tally},
        zone::DateOrTime,
    },
};

/// Cells of a week.
pub(super) const CELLS: usize = 7 * 24;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub scope: Scope,
    /// Half-open with `to`; dates and local times are each venue's own.
    pub from: DateOrTime,
    pub to: DateOrTime,
}

/// How much of what was open was booked and used, by weekday and hour.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Heatmap {
    /// The figures are exact as of then; what is used counts up to then.
    #[schema(format = DateTime)]
    pub as_of: String,
    #[schema(format = DateTime)]
    pub from: String,
    #[schema(format = DateTime)]
    pub to: String,
    /// Of the times above. Weekdays and hours are each venue's own.
    #[schema(example = "Europe/Ljubljana")]
    pub time_zone: &'static str,
    /// All 168 hours of a week, from Monday's first.
    #[schema(min_items = 168, max_items = 168)]
    pub items: Vec<HeatmapCell>,
    /// The scope's slug, for the name of a file.
    #[serde(skip)]
    pub slug: String,
}

/// One hour of one weekday. An hour that clocks repeat counts in the same cell.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HeatmapCell {
    /// ISO 8601: 1 is Monday, 7 is Sunday.
    #[schema(minimum = 1, maximum = 7)]
    pub weekday: u32,
    #[schema(maximum = 23)]
    pub hour: u32,
    /// Part of its time is still to come: what is used counts up to `as_of`.
    pub provisional: bool,
    /// Open, less closures and blocks; 0 where it is always closed.
    pub available: Amount,
    pub booked: Amount,
    pub used: Amount,
    /// Booked of available hours; the rate is null where it is always closed.
    pub planned_frequency: Figure,
    /// Used of available hours; the rate is null where it is always closed.
    pub actual_frequency: Figure,
}

/// # Errors
/// As of utilisation.
pub fn show(app: &App, actor: &Actor, asked: &Asked) -> Result<Heatmap, Error> {
    access::may(actor, Action::OwnAccount)?;
    let grouping = Grouping::new(vec![Dimension::Weekday, Dimension::Hour])
        .map_err(|error| Error::Broken(error.to_string()))?;
    app.replica.read(|tx| {
        let found = find(tx, actor, asked.scope)?;
        let of_zone = |zone| range(asked.from, asked.to, zone);
        let range = of_zone(found.zone)?;
        let places = load(tx, &found, &of_zone)?;
        let now = app.now();
        let source = usage::fill(tx, places, &grouping, now)?;
        let table = statistics::count(&source, &grouping, now, CELLS)
            .map_err(|error| Error::Broken(error.to_string()))?;
        let items = week(table.rows.iter().map(|row| (row.period, row.tally)));
        Ok(Heatmap {
            as_of: found.zone.show(now),
            from: found.zone.show(range.start()),
            to: found.zone.show(range.end()),
            time_zone: found.zone.name(),
            items,
            slug: found.slug,
        })
    })
}

/// All cells of a week, from those that anything is known of.
pub(super) fn week(known: impl Iterator<Item = (Period, Tally)>) -> Vec<HeatmapCell> {
    let known: BTreeMap<(Option<u32>, Option<u32>), Tally> =
        known.map(|(period, tally)| ((period.weekday, period.hour), tally)).collect();
    let tally = |weekday, hour| known.get(&(Some(weekday), Some(hour))).copied().unwrap_or_default();
    let week = (1..=7).flat_map(|weekday| (0..24).map(move |hour| (weekday, hour)));
    week.map(|(weekday, hour)| cell(weekday, hour, &tally(weekday, hour))).collect()
}

fn cell(weekday: u32, hour: u32, tally: &Tally) -> HeatmapCell {
    let sums = &tally.sums;
    HeatmapCell {
        weekday,
        hour,
        provisional: tally.provisional,
        available: Amount::new(sums.available, sums.seat_available),
        booked: Amount::new(sums.booked, sums.seat_booked),
        used: Amount::new(sums.used, sums.seat_used),
        planned_frequency: Figure::new(sums.planned_frequency(), HOURS),
        actual_frequency: Figure::new(sums.actual_frequency(), HOURS),
    }
}
