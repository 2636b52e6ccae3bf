//! Demand by the rows of utilisation: the same places, the same times, idle ones included.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Demand, Events};
use crate::domain::{
    ids::SpaceId,
    instant::Instant,
    statistics::{Cells, Grouping, Period, Place, Row, Source, Tally, TooManyRows, count},
};

/// A row of utilisation with what was wanted of it.
#[derive(Debug, Clone)]
pub struct DemandRow {
    pub place: Place,
    pub period: Period,
    pub tally: Tally,
    pub demand: Demand,
}

/// Rows in the order of the grouping, and all of it.
#[derive(Debug, Clone)]
pub struct DemandTable {
    pub rows: Vec<DemandRow>,
    pub totals: (Tally, Demand),
}

/// Makes the table of at most `most` rows.
///
/// # Errors
/// [`TooManyRows`].
pub fn demand(
    source: &Source,
    events: &Events,
    grouping: &Grouping,
    now: Instant,
    most: usize,
) -> Result<DemandTable, TooManyRows> {
    let table = count(source, grouping, now, most)?;
    let fresh = |Row { place, period, tally }| DemandRow { place, period, tally, demand: Demand::default() };
    let mut gathering = Gathering {
        cells: Cells::new(source, grouping, now),
        row_at: BTreeMap::new(),
        rows: table.rows.into_iter().map(fresh).collect(),
        totals: Demand::default(),
    };
    gathering.index();
    for one in &events.stood {
        gathering.at(one.space, one.start, |demand| demand.add_stood(one));
    }
    for answer in &events.answered {
        gathering.at(answer.space, answer.at, |demand| demand.add_answer(answer));
    }
    for refused in &events.turned_away {
        gathering.on(refused.space, refused.day, |demand| demand.add_refusals(refused));
    }
    Ok(DemandTable { rows: gathering.rows, totals: (table.totals, gathering.totals) })
}

/// The rows being filled.
struct Gathering<'s> {
    cells: Cells<'s>,
    row_at: BTreeMap<(Place, Period), usize>,
    rows: Vec<DemandRow>,
    totals: Demand,
}

impl Gathering<'_> {
    fn index(&mut self) {
        let keys = self.rows.iter().map(|row| (row.place.clone(), row.period));
        self.row_at = keys.zip(0..).collect();
    }

    fn at(&mut self, space: SpaceId, at: Instant, add: impl Fn(&mut Demand)) {
        let period = self.cells.period_at(space, at);
        self.add(space, period, add);
    }

    fn on(&mut self, space: SpaceId, day: NaiveDate, add: impl Fn(&mut Demand)) {
        let period = self.cells.period_on(space, day);
        self.add(space, period, add);
    }

    /// Nothing outside of the range, or of a space that was not asked for.
    fn add(&mut self, space: SpaceId, period: Option<Period>, add: impl Fn(&mut Demand)) {
        let Some(period) = period else { return };
        if self.cells.in_totals(space) {
            add(&mut self.totals);
        }
        let row = self.cells.place(space).and_then(|place| self.row_at.get(&(place.clone(), period)));
        if let Some(&row) = row {
            add(&mut self.rows[row].demand);
        }
    }
}
