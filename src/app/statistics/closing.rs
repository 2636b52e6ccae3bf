//! Closing periods: 14 days after a month ends its figures about people are counted once more, what of them is shown is
//! decided, and both are kept for good (DESIGN 7, ADR 23). A job; whichever node comes first closes a month.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{Datelike, NaiveDate};

use super::{made, users, utilisation};
use crate::{
    app::{App, error::Error},
    domain::{
        disclosure::{Closing, PublishedPeriod, PublishedTable, TableKey},
        ids::{NetworkId, VenueId},
        instant::Instant,
        places::Network,
        reservation::month_closes,
        statistics::people::{Facts, Measured},
        zone::{DateOrTime, Zone},
    },
    store::{db::ReadTx, error::StoreError, places, published},
};

/// Closes every month that is due, the earliest first, and answers how many that were.
///
/// # Errors
/// When the database fails, or what is counted of a network is broken: the others' months are closed all the same.
pub fn close_due(app: &Arc<App>) -> Result<usize, Error> {
    of_each_network(app, |network| {
        let mut closed = 0;
        while let Some(due) = app.db.read(|tx| Due::find(tx, app, network))? {
            due.close(app)?;
            closed += 1;
        }
        Ok(closed)
    })
}

/// Does a job's work for one network after the other, and answers how much that was.
///
/// # Errors
/// The first one, after all networks had their turn.
pub(super) fn of_each_network(
    app: &Arc<App>,
    work: impl Fn(&Network) -> Result<usize, Error>,
) -> Result<usize, Error> {
    let networks = app.db.read(|tx| places::networks(tx, None, i64::MAX).map_err(Error::from))?;
    let (mut done, mut failed) = (0, None);
    for network in &networks {
        match work(network) {
            Ok(more) => done += more,
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    failed.map_or(Ok(done), Err)
}

/// A month to be closed and what its tables are made from, of one snapshot.
struct Due {
    network: NetworkId,
    venues: Vec<VenueId>,
    month: PublishedPeriod,
    facts: Facts,
    now: Instant,
    published: BTreeMap<TableKey, PublishedTable>,
}

impl Due {
    /// The first month of the network that is over for so long in all of its zones and not closed.
    fn find(tx: &mut ReadTx, app: &App, network: &Network) -> Result<Option<Self>, Error> {
        tx.take_your_time()?;
        let closed = published::periods(tx, network.id)?;
        let found = utilisation::whole_network(tx, network.id)?;
        let venues: Vec<VenueId> = found.venues.iter().map(|venue| venue.id).collect();
        let Some(first) = published::first_start(tx, &venues)? else { return Ok(None) };
        let now = app.now();
        let mut zones: Vec<Zone> = found.venues.iter().map(|venue| venue.zone).collect();
        zones.push(network.zone);
        // From January on: the months of a quarter and of a year close together with them.
        let mut date = NaiveDate::from_ymd_opt(network.zone.date(first).year(), 1, 1);
        while let Some(first) = date {
            let over = |zone: &Zone| month_closes(first, *zone).is_some_and(|at| at <= now);
            if !zones.iter().all(over) {
                return Ok(None);
            }
            let month = PublishedPeriod::month_of(first);
            if !closed.contains_key(&month) {
                let facts = users::load(tx, &found, dates(longest(month)))?;
                let published = published::tables_of_year(tx, network.id, month.year())?;
                return Ok(Some(Self { network: network.id, venues, month, facts, now, published }));
            }
            date = month.dates().map(|(_, next)| next);
        }
        Ok(None)
    }

    fn close(self, app: &Arc<App>) -> Result<(), Error> {
        let measured = Measured::new(&self.facts, self.now);
        let counted = made::tables(&measured, &self.month.relatives())?;
        let closing = Closing {
            month: self.month,
            venues: &self.venues,
            counted: &counted,
            published: &self.published,
        };
        let tables: Vec<_> =
            closing.tables().into_iter().map(|(key, table)| (app.id(), key, table)).collect();
        let (network, periods, clock) = (self.network, self.month.closing(), app.clock.clone());
        let written: Result<(), StoreError> = app
            .db
            .write("close a period", move |tx| published::close(tx, network, &periods, &tables, clock.now()));
        match written {
            // Another node was faster.
            Ok(()) | Err(StoreError::Duplicate(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// The longest period that closes with a month.
fn longest(month: PublishedPeriod) -> PublishedPeriod {
    month.closing().last().copied().unwrap_or(month)
}

/// A period as a range that is asked for.
pub(super) fn dates(period: PublishedPeriod) -> (DateOrTime, DateOrTime) {
    let (from, to) = period.dates().expect("a closed period lies within the calendar");
    (DateOrTime::Date(from), DateOrTime::Date(to))
}
