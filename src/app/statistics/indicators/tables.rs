//! Figures about people, read off published tables: nothing is said that they do not say, so nothing hidden follows from it.

use super::measuring::{Measuring, Reading, first_of};
use crate::{
    app::error::Error,
    domain::{
        disclosure::{PublishedPeriod, TableKey},
        indicator::{Cells, IndicatorFigure, IndicatorFilter, Measure, Missing, ValueOrigin},
    },
    store::published,
};

impl Measuring<'_> {
    pub(super) fn of_tables(
        &mut self,
        cells: &Cells,
        figure: IndicatorFigure,
        filter: &IndicatorFilter,
        year: i32,
    ) -> Result<Reading, Error> {
        let whole = PublishedPeriod::of_year(year);
        let end = first_of(year + 1);
        if self.closed.contains_key(&whole) {
            let sum = self.sum(cells, filter, whole)?;
            let outcome = sum.map(Measure::amount).ok_or(Missing::Suppressed);
            // What its months and quarters say goes on being said.
            let at_least = match sum {
                Some(_) => None,
                None => self.of_parts(cells, figure, filter, year)?.least().filter(|least| *least > 0),
            };
            return Ok(Reading { at_least, ..Reading::of(ValueOrigin::Published, outcome, end) });
        }
        // Periods close from the first reservation's year on: before there was nothing.
        if self.closed.keys().next().is_some_and(|first| year < first.year()) {
            return Ok(Reading::of(ValueOrigin::Published, Ok(Measure::nothing(figure)), end));
        }
        self.of_parts(cells, figure, filter, year)
    }

    /// What the closed months and quarters of a year say of it.
    fn of_parts(
        &mut self,
        cells: &Cells,
        figure: IndicatorFigure,
        filter: &IndicatorFilter,
        year: i32,
    ) -> Result<Reading, Error> {
        if figure.adds_up() { self.so_far(cells, filter, year) } else { self.no_fewer(cells, filter, year) }
    }

    /// What is closed from the year's beginning on, as far as it is shown: quarters, and months where there is none yet or
    /// it is hidden. Where a month is hidden nobody knows the sum, but it is no less than what is shown of the others.
    fn so_far(&mut self, cells: &Cells, filter: &IndicatorFilter, year: i32) -> Result<Reading, Error> {
        let (mut sum, mut to, mut hidden) = (0, None, false);
        let mut month = 1;
        while month <= 12 {
            let one = PublishedPeriod::of_month(year, month);
            if !self.closed.contains_key(&one) {
                break;
            }
            let quarter = one.whole().filter(|whole| month % 3 == 1 && self.closed.contains_key(whole));
            let of_quarter = quarter.map(|period| self.sum(cells, filter, period)).transpose()?.flatten();
            let (period, value, months) = match quarter.zip(of_quarter) {
                Some((period, value)) => (period, Some(value), 3),
                None => (one, self.sum(cells, filter, one)?, 1),
            };
            match value {
                Some(value) => sum += value,
                None => hidden = true,
            }
            to = period.dates().map(|(_, next)| next);
            month += months;
        }
        let outcome = match to {
            None => Err(Missing::NotClosed),
            Some(_) if hidden => Err(Missing::Suppressed),
            Some(_) => Ok(Measure::amount(sum)),
        };
        let at_least = (hidden && sum > 0).then_some(sum);
        Ok(Reading { at_least, ..Reading::of(ValueOrigin::Published, outcome, to) })
    }

    /// Distinct ones of a year are counted when it closes; there are no fewer than in any part of it.
    fn no_fewer(&mut self, cells: &Cells, filter: &IndicatorFilter, year: i32) -> Result<Reading, Error> {
        let periods: Vec<_> = self.closed.keys().copied().filter(|period| period.year() == year).collect();
        let mut at_least = None;
        for period in &periods {
            at_least = at_least.max(self.sum(cells, filter, *period)?.filter(|sum| *sum > 0));
        }
        let to = periods.iter().filter_map(|period| period.dates()).map(|(_, next)| next).max();
        let reading = Reading::of(ValueOrigin::Published, Err(Missing::NotClosed), to);
        Ok(Reading { at_least, ..reading })
    }

    /// What the tables of a closed period say; `None` where any of it is hidden.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sum(
        &mut self,
        cells: &Cells,
        filter: &IndicatorFilter,
        period: PublishedPeriod,
    ) -> Result<Option<i64>, Error> {
        let mut sum = 0;
        for key in keys(cells, filter, period) {
            if !self.tables.contains_key(&key) {
                // A venue that was not there yet had no table.
                let table = published::table(self.tx, self.found.network, key)?.unwrap_or_default();
                self.tables.insert(key, table);
            }
            for category in &cells.categories {
                let cell = self.tables[&key].cell(category, cells.figure);
                if cell.hidden {
                    return Ok(None);
                }
                sum += cell.value;
            }
        }
        Ok(Some(sum))
    }
}

/// The network's table, or one for each venue named.
pub(super) fn keys(cells: &Cells, filter: &IndicatorFilter, period: PublishedPeriod) -> Vec<TableKey> {
    let key = |venue| TableKey { period, dimension: cells.dimension, venue };
    if filter.venue_ids.is_empty() {
        return vec![key(None)];
    }
    filter.venue_ids.iter().map(|venue| key(Some(*venue))).collect()
}
