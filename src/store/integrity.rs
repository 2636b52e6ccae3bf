//! What `prostor check` reads beside the ordinary queries.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::{prelude::*, sql_types::Text};

use super::{
    db::ReadTx,
    dialect::AnyConnection,
    error::StoreError,
    reservations::Row,
    schema::{occupancies, reservations, space_units, units},
};
use crate::domain::{
    ids::{BlockId, ReservationId, SpaceId, UnitId},
    instant::{Instant, Interval},
    record::{Holder, Occupancy, Reservation},
};

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    said: String,
}

/// What the database itself finds damaged; PostgreSQL checks its constraints as it writes.
///
/// # Errors
/// When the database fails.
pub fn problems(tx: &mut ReadTx) -> Result<Vec<String>, StoreError> {
    let AnyConnection::Sqlite(connection) = &mut tx.connection else { return Ok(Vec::new()) };
    let damage = diesel::sql_query("SELECT integrity_check AS said FROM pragma_integrity_check")
        .load::<Said>(connection)?;
    let orphans = diesel::sql_query(
        "SELECT 'a row of ' || \"table\" || ' points to a missing row of ' || parent AS said \
         FROM pragma_foreign_key_check",
    )
    .load::<Said>(connection)?;
    let said = damage.into_iter().chain(orphans).map(|row| row.said);
    Ok(said.filter(|said| said != "ok").collect())
}

/// Every unit.
///
/// # Errors
/// When the database fails.
pub fn units(tx: &mut ReadTx) -> Result<Vec<UnitId>, StoreError> {
    Ok(units::table.order(units::id).select(units::id).load(&mut tx.connection)?)
}

/// A unit of a space, from a local date until before another.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    pub unit: UnitId,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

/// The units that each space has or had.
///
/// # Errors
/// When the database fails.
pub fn members(tx: &mut ReadTx) -> Result<HashMap<SpaceId, Vec<Member>>, StoreError> {
    type Row = (SpaceId, UnitId, NaiveDate, Option<NaiveDate>);
    let rows = space_units::table.select((
        space_units::space_id,
        space_units::unit_id,
        space_units::valid_from,
        space_units::valid_to,
    ));
    let mut members: HashMap<SpaceId, Vec<Member>> = HashMap::new();
    for (space, unit, from, to) in rows.load::<Row>(&mut tx.connection)? {
        members.entry(space).or_default().push(Member { unit, from, to });
    }
    Ok(members)
}

/// All that ever took a unit, by start.
///
/// # Errors
/// When the database fails.
pub fn occupancies_of(tx: &mut ReadTx, unit: UnitId) -> Result<Vec<Occupancy>, StoreError> {
    type Row = (Instant, Instant, Option<ReservationId>, Option<BlockId>, Option<Instant>);
    let rows = occupancies::table
        .filter(occupancies::unit_id.eq(unit))
        .order((occupancies::starts_at, occupancies::ends_at))
        .select((
            occupancies::starts_at,
            occupancies::ends_at,
            occupancies::reservation_id,
            occupancies::block_id,
            occupancies::held_until,
        ))
        .load::<Row>(&mut tx.connection)?;
    rows.into_iter()
        .map(|(start, end, reservation, block, held_until)| {
            let holder = reservation.map(Holder::Reservation).or(block.map(Holder::Block));
            let row = holder.zip(Interval::new(start, end));
            let (holder, interval) =
                row.ok_or_else(|| StoreError::Corrupt(format!("an occupancy of {unit} is damaged")))?;
            Ok(Occupancy { unit, interval, holder, held_until })
        })
        .collect()
}

/// All reservations after `after` by id, for `prostor check`.
///
/// # Errors
/// When the database fails.
pub fn walk_reservations(
    tx: &mut ReadTx,
    after: Option<ReservationId>,
    limit: i64,
) -> Result<Vec<Reservation>, StoreError> {
    let mut query = reservations::table.into_boxed();
    if let Some(after) = after {
        query = query.filter(reservations::id.gt(after));
    }
    query
        .order(reservations::id)
        .limit(limit)
        .select(Row::as_select())
        .load(&mut tx.connection)?
        .into_iter()
        .map(Reservation::try_from)
        .collect()
}
