//! Keeping what indicators came to: once a year's tables are closed, its values are counted and kept for good, whatever is
//! corrected or erased later (ADR 27). A job; whichever node comes first keeps a network's.

use std::sync::Arc;

use super::measuring::Measuring;
use crate::{
    app::{App, error::Error, statistics::closing::of_each_network},
    domain::{
        ids::{IndicatorId, NetworkId},
        indicator::Missing,
    },
    store::{
        db::{ReadTx, WriteTx},
        error::StoreError,
        indicators::{self, KeptValue},
        locks,
    },
};

/// A value to be kept, and of which version of the indicator it is.
type Due = (IndicatorId, i64, i32, KeptValue);

/// Keeps all that is due; answers how many values that were.
///
/// # Errors
/// When the database fails, or what is counted of a network is broken: the others' values are kept all the same.
pub fn keep_due(app: &Arc<App>) -> Result<usize, Error> {
    of_each_network(app, |network| {
        let due = app.db.read(|tx| due(tx, app, network.id))?;
        if due.is_empty() { Ok(0) } else { keep(app, network.id, due) }
    })
}

fn due(tx: &mut ReadTx, app: &App, network: NetworkId) -> Result<Vec<Due>, Error> {
    tx.take_your_time()?;
    let all = indicators::standing(tx, network, None, i64::MAX)?;
    let now = app.now();
    let mut measuring = Measuring::new(tx, network, now)?;
    let mut due = Vec::new();
    for year in measuring.closed_years() {
        for indicator in &all {
            let made_in = measuring.year_of(indicator.created_at);
            if year < indicator.first_year(made_in) || measuring.is_kept(indicator, year) {
                continue;
            }
            let measure = match measuring.count(&indicator.definition, year)?.outcome {
                Ok(measure) => Some(measure),
                Err(Missing::Suppressed) => None,
                // Used, and by nobody knows how many: there is nothing to keep.
                Err(Missing::Unknown) => continue,
                Err(missing) => {
                    let id = indicator.id;
                    return Err(Error::Broken(format!("{id} of {year}: {missing:?}, though it is closed")));
                }
            };
            let made_from = indicator.definition.source();
            due.push((
                indicator.id,
                indicator.version,
                year,
                KeptValue { measure, made_from, closed_at: now },
            ));
        }
    }
    Ok(due)
}

fn keep(app: &Arc<App>, network: NetworkId, due: Vec<Due>) -> Result<usize, Error> {
    let written: Result<usize, StoreError> = app.db.write("keep indicators", move |tx: &mut WriteTx| {
        locks::edit_network(tx, network)?;
        let mut kept = 0;
        for (id, version, year, value) in &due {
            // One that was changed meanwhile counts otherwise: the next run keeps it.
            if indicators::find(tx, *id)?.is_some_and(|found| found.version == *version) {
                indicators::keep(tx, *id, *year, value)?;
                kept += 1;
            }
        }
        Ok(kept)
    });
    match written {
        Ok(kept) => Ok(kept),
        // Another node was faster.
        Err(StoreError::Duplicate(_)) => Ok(0),
        Err(error) => Err(error.into()),
    }
}
