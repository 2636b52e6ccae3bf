//! Published tables add up: categories to their total, venues to the network, months to quarters and years. What was
//! decided about them is the database's to keep.

use std::collections::BTreeMap;

use super::Report;
use crate::{
    app::error::Error,
    domain::{
        disclosure::{Counting, PublishedFigure, PublishedTable, TOTAL, TableKey},
        ids::NetworkId,
    },
    store::{db::ReadTx, places, published},
};

type Tables = BTreeMap<TableKey, PublishedTable>;
/// By what a sum is of: the whole, and what its parts make together.
type Sums = BTreeMap<(TableKey, String, PublishedFigure), (i64, Option<i64>)>;

pub(super) fn check(tx: &mut ReadTx, report: &mut Report) -> Result<(), Error> {
    for network in places::networks(tx, None, i64::MAX)? {
        let periods = published::periods(tx, network.id)?;
        let mut years: Vec<i32> = periods.keys().map(|period| period.year()).collect();
        years.dedup();
        for year in years {
            let tables = published::tables_of_year(tx, network.id, year)?;
            add_up(network.id, &tables, report);
        }
    }
    Ok(())
}

fn add_up(network: NetworkId, tables: &Tables, report: &mut Report) {
    for whole_of in [of_time, of_network, of_categories] {
        let mut sums = Sums::new();
        for (key, category, figure, value) in cells(tables) {
            sums.entry((key, category.to_owned(), figure)).or_default().0 = value;
            if let Some((key, category)) = whole_of(key, category) {
                let whole = sums.entry((key, category.to_owned(), figure)).or_default();
                *whole.1.get_or_insert(0) += value;
            }
        }
        for ((key, category, figure), (whole, parts)) in sums {
            if tables.contains_key(&key) && parts.is_some_and(|parts| parts != whole) {
                report.find(format!(
                    "{network}: {figure} of `{category}` in {} by {} of {:?} is {whole}, and its parts make {parts:?}",
                    key.period, key.dimension, key.venue
                ));
            }
        }
    }
}

/// What adds up.
fn cells(tables: &Tables) -> impl Iterator<Item = (TableKey, &str, PublishedFigure, i64)> {
    tables.iter().flat_map(|(key, table)| {
        table.rows.iter().flat_map(move |(category, row)| {
            let sums = row.iter().filter(|(figure, _)| figure.counting() == Counting::Sum);
            sums.map(move |(figure, cell)| (*key, category.as_str(), *figure, cell.value))
        })
    })
}

fn of_time(key: TableKey, category: &str) -> Option<(TableKey, &str)> {
    Some((TableKey { period: key.period.whole()?, ..key }, category))
}

fn of_network(key: TableKey, category: &str) -> Option<(TableKey, &str)> {
    key.venue.map(|_| (TableKey { venue: None, ..key }, category))
}

/// Reservations by new and returning are not told, and currencies have no total.
fn of_categories(key: TableKey, category: &str) -> Option<(TableKey, &str)> {
    (category != TOTAL && key.dimension.has_total()).then_some((key, TOTAL))
}
