//! Published tables ↔ their rows: written once when a period closes, never changed.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::{published_periods, published_tables, reservations},
};
use crate::domain::{
    disclosure::{PublishedPeriod, PublishedTable, TableKey},
    ids::{NetworkId, PublishedTableId, VenueId},
    instant::Instant,
};

/// The closed periods of a network and when each was closed; by period.
///
/// # Errors
/// When the database fails or a stored value does not parse.
pub fn periods(
    tx: &mut ReadTx,
    network: NetworkId,
) -> Result<BTreeMap<PublishedPeriod, Instant>, StoreError> {
    let rows = published_periods::table
        .filter(published_periods::network_id.eq(network))
        .select((published_periods::period, published_periods::closed_at))
        .load::<(String, Instant)>(&mut tx.connection)?;
    rows.into_iter().map(|(period, at)| Ok((read(&period)?, at))).collect()
}

fn read(period: &str) -> Result<PublishedPeriod, StoreError> {
    period.parse().map_err(|error| StoreError::corrupt("period", error))
}

/// One table.
///
/// # Errors
/// When the database fails or a stored value does not parse.
pub fn table(
    tx: &mut ReadTx,
    network: NetworkId,
    key: TableKey,
) -> Result<Option<PublishedTable>, StoreError> {
    let rows = published_tables::table
        .filter(published_tables::network_id.eq(network))
        .filter(published_tables::year.eq(key.period.year()))
        .filter(published_tables::period.eq(key.period.to_string()))
        .filter(published_tables::dimension.eq(key.dimension.as_str()))
        .select((published_tables::venue_id, published_tables::body))
        .load::<(Option<VenueId>, String)>(&mut tx.connection)?;
    let found = rows.into_iter().find(|(venue, _)| *venue == key.venue);
    found.map(|(_, body)| parse(&body)).transpose()
}

fn parse(body: &str) -> Result<PublishedTable, StoreError> {
    serde_json::from_str(body).map_err(|error| StoreError::corrupt("published table", error))
}

/// All tables of a year.
///
/// # Errors
/// When the database fails or a stored value does not parse.
pub fn tables_of_year(
    tx: &mut ReadTx,
    network: NetworkId,
    year: i32,
) -> Result<BTreeMap<TableKey, PublishedTable>, StoreError> {
    let rows = published_tables::table
        .filter(published_tables::network_id.eq(network))
        .filter(published_tables::year.eq(year))
        .select((
            published_tables::period,
            published_tables::dimension,
            published_tables::venue_id,
            published_tables::body,
        ))
        .load::<(String, String, Option<VenueId>, String)>(&mut tx.connection)?;
    let one = |(period, dimension, venue, body): (String, String, Option<VenueId>, String)| {
        let dimension = dimension.parse().map_err(|error| StoreError::corrupt("dimension", error))?;
        Ok((TableKey { period: read(&period)?, dimension, venue }, parse(&body)?))
    };
    rows.into_iter().map(one).collect()
}

/// Closes periods with their tables.
///
/// # Errors
/// `Duplicate` where another node has just closed one of them.
pub fn close(
    tx: &mut WriteTx,
    network: NetworkId,
    periods: &[PublishedPeriod],
    tables: &[(PublishedTableId, TableKey, PublishedTable)],
    now: Instant,
) -> Result<(), StoreError> {
    for period in periods {
        let row = (
            published_periods::network_id.eq(network),
            published_periods::period.eq(period.to_string()),
            published_periods::year.eq(period.year()),
            published_periods::closed_at.eq(now),
        );
        diesel::insert_into(published_periods::table).values(row).execute(&mut tx.connection)?;
    }
    for (id, key, table) in tables {
        insert(tx, network, *id, *key, table)?;
    }
    Ok(())
}

fn insert(
    tx: &mut WriteTx,
    network: NetworkId,
    id: PublishedTableId,
    key: TableKey,
    table: &PublishedTable,
) -> Result<(), StoreError> {
    let body = serde_json::to_string(table).map_err(|error| StoreError::corrupt("published table", error))?;
    let row = (
        published_tables::id.eq(id),
        published_tables::network_id.eq(network),
        published_tables::venue_id.eq(key.venue),
        published_tables::period.eq(key.period.to_string()),
        published_tables::year.eq(key.period.year()),
        published_tables::dimension.eq(key.dimension.as_str()),
        published_tables::body.eq(body),
    );
    diesel::insert_into(published_tables::table).values(row).execute(&mut tx.connection)?;
    Ok(())
}

/// When the first reservation of some venues begins, whatever became of it.
///
/// # Errors
/// When the database fails.
pub fn first_start(tx: &mut ReadTx, venues: &[VenueId]) -> Result<Option<Instant>, StoreError> {
    let mut first = None;
    for venue in venues {
        // The beginning of the venue's index by start.
        let start: Option<Instant> = reservations::table
            .filter(reservations::venue_id.eq(venue))
            .order((reservations::starts_at, reservations::id))
            .select(reservations::starts_at)
            .first(&mut tx.connection)
            .optional()?;
        first = first.into_iter().chain(start).min();
    }
    Ok(first)
}
