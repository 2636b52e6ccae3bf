//! What a closed year would come to now, as far as that may be told: figures of use, and what is public of a place anyway.

use std::collections::HashMap;

use super::{measuring::Measuring, tables::keys, view::IndicatorChange};
use crate::{
    app::{
        error::Error,
        statistics::{closing, made, users},
    },
    domain::{
        disclosure::{PublishedPeriod, TOTAL},
        indicator::{Cells, Definition, Indicator, IndicatorSource, Measure},
        statistics::people::Measured,
    },
    store::indicators::KeptValue,
};

/// By year: its tables as they would be made now.
#[derive(Default)]
pub(super) struct Recounts(HashMap<i32, made::Tables>);

impl Measuring<'_> {
    /// What is counted otherwise now than when the year, and those that count with it, were closed; `None` where they are not,
    /// or it is not told.
    ///
    /// # Errors
    /// When the database fails.
    pub fn changes(
        &mut self,
        indicator: &Indicator,
        year: i32,
    ) -> Result<Option<Vec<IndicatorChange>>, Error> {
        let definition = &indicator.definition;
        let first = self.closed_years().first().copied();
        let mut sums = [Measure::nothing(definition.figure); 2];
        for of in definition.since(year)..=year {
            let Some(now) = self.recount(definition, of)? else { return Ok(None) };
            let kept = match self.kept(indicator, of) {
                Some(KeptValue { measure: Some(kept), .. }) => kept,
                // Nobody reserved yet: such a year is never closed, and is as it is.
                None if first.is_some_and(|first| of < first) => now,
                _ => return Ok(None),
            };
            sums[0] += kept;
            sums[1] += now;
        }
        Ok(Some(IndicatorChange::between(definition.figure, sums[0], sums[1])))
    }

    fn recount(&mut self, definition: &Definition, year: i32) -> Result<Option<Measure>, Error> {
        match definition.figure.cells(&definition.filter) {
            Some(cells) if definition.source() == IndicatorSource::Published => {
                self.recount_public(&cells, definition, year)
            }
            _ => Ok(self.count(definition, year)?.outcome.ok()),
        }
    }

    /// Totals that whoever reads calendars can count; a correction of others can be one person's doing.
    fn recount_public(
        &mut self,
        cells: &Cells,
        definition: &Definition,
        year: i32,
    ) -> Result<Option<Measure>, Error> {
        if !cells.figure.is_of_places() || cells.categories.iter().any(|category| category != TOTAL) {
            return Ok(None);
        }
        let period = PublishedPeriod::of_year(year);
        if !self.recounts.0.contains_key(&year) {
            let facts = users::load(self.tx, &self.found, closing::dates(period))?;
            let tables = made::tables(&Measured::new(&facts, self.now), &[period])?;
            self.recounts.0.insert(year, tables);
        }
        let tables = &self.recounts.0[&year];
        let value = |key| tables.get(&key)?.get(TOTAL)?.get(&cells.figure).map(|made| made.value);
        let all = keys(cells, &definition.filter, period).into_iter();
        Ok(Some(Measure::amount(all.map(|key| value(key).unwrap_or(0)).sum())))
    }
}
