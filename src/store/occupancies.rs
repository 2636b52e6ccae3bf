//! What is taken, holds that ran out and were not met since among it (`Occupancy::stands` tells). Never upserted:
//! SQLite's triggers would fire on the first half of an upsert.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    dialect::on_both,
    error::StoreError,
    schema::{occupancies, space_units},
};
use crate::domain::{
    access::Place,
    ids::{BlockId, OccupancyId, ReservationId, UnitId},
    instant::{Instant, Interval},
    record::{Holder, LONGEST_OCCUPANCY, Occupancy},
    space::Space,
};

type Row = (UnitId, Instant, Instant, Option<ReservationId>, Option<BlockId>, Option<Instant>);
const COLUMNS: (
    occupancies::unit_id,
    occupancies::starts_at,
    occupancies::ends_at,
    occupancies::reservation_id,
    occupancies::block_id,
    occupancies::held_until,
) = (
    occupancies::unit_id,
    occupancies::starts_at,
    occupancies::ends_at,
    occupancies::reservation_id,
    occupancies::block_id,
    occupancies::held_until,
);

fn read((unit, start, end, reservation, block, held_until): Row) -> Result<Occupancy, StoreError> {
    let holder = match (reservation, block) {
        (Some(id), None) => Holder::Reservation(id),
        (None, Some(id)) => Holder::Block(id),
        _ => return Err(StoreError::Corrupt("an occupancy of nobody or of two".to_owned())),
    };
    let interval = Interval::new(start, end)
        .ok_or_else(|| StoreError::Corrupt("an occupancy that ends before it starts".to_owned()))?;
    Ok(Occupancy { unit, interval, holder, held_until })
}

/// What meets `window` on the space's units. Rows last at most 32 days, so this is one range of the index a unit.
///
/// # Errors
/// When the database fails.
pub fn of_space(tx: &mut ReadTx, space: &Space, window: Interval) -> Result<Vec<Occupancy>, StoreError> {
    let units = space.unit_ids();
    if units.len() == 1 || !tx.is_sqlite() {
        return of_units(tx, &units, window);
    }
    // A list of ids would be another statement for each length, prepared every time. PostgreSQL takes it as one
    // array, and a plan from the subselect would walk through everybody's times.
    let units = space_units::table
        .filter(space_units::space_id.eq(space.id))
        .filter(space_units::valid_to.is_null())
        .select(space_units::unit_id);
    let rows = occupancies::table
        .filter(occupancies::unit_id.eq_any(units))
        .filter(meets(window))
        .select(COLUMNS)
        .load::<Row>(&mut tx.connection)?;
    rows.into_iter().map(read).collect()
}

/// What meets `window` on any of these units.
///
/// # Errors
/// When the database fails.
pub fn of_units(tx: &mut ReadTx, units: &[UnitId], window: Interval) -> Result<Vec<Occupancy>, StoreError> {
    let all = occupancies::table.filter(meets(window)).select(COLUMNS);
    let rows = match units {
        [one] => all.filter(occupancies::unit_id.eq(*one)).load::<Row>(&mut tx.connection)?,
        many => all.filter(occupancies::unit_id.eq_any(many.to_vec())).load::<Row>(&mut tx.connection)?,
    };
    rows.into_iter().map(read).collect()
}

/// The range of the index on (unit, end, start) that holds whatever meets the window; the start sorts out the rest of
/// the range before a row is read.
#[diesel::dsl::auto_type]
fn meets(window: Interval) -> _ {
    let (start, end): (Instant, Instant) = (window.start(), window.end());
    let last: Instant = end.plus(LONGEST_OCCUPANCY);
    occupancies::ends_at.gt(start).and(occupancies::ends_at.le(last)).and(occupancies::starts_at.lt(end))
}

/// A holder's rows, by unit and time.
///
/// # Errors
/// When the database fails.
pub fn of_holder(tx: &mut ReadTx, holder: Holder) -> Result<Vec<Occupancy>, StoreError> {
    let mut query = occupancies::table.into_boxed();
    query = match holder {
        Holder::Reservation(id) => query.filter(occupancies::reservation_id.eq(id)),
        Holder::Block(id) => query.filter(occupancies::block_id.eq(id)),
    };
    let rows = query
        .order((occupancies::unit_id, occupancies::starts_at))
        .select(COLUMNS)
        .load::<Row>(&mut tx.connection)?;
    rows.into_iter().map(read).collect()
}

/// The rows of many reservations.
///
/// # Errors
/// When the database fails.
pub fn of_reservations(tx: &mut ReadTx, ids: &[ReservationId]) -> Result<Vec<Occupancy>, StoreError> {
    let rows = occupancies::table
        .filter(occupancies::reservation_id.eq_any(ids.to_vec()))
        .order((occupancies::reservation_id, occupancies::unit_id, occupancies::starts_at))
        .select(COLUMNS)
        .load::<Row>(&mut tx.connection)?;
    rows.into_iter().map(read).collect()
}

/// Takes the units.
///
/// # Errors
/// `SlotTaken` when the database refuses an overlap.
pub fn insert(tx: &mut WriteTx, place: Place, rows: &[(OccupancyId, Occupancy)]) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = rows
        .iter()
        .map(|(id, row)| {
            let (reservation, block) = match row.holder {
                Holder::Reservation(id) => (Some(id), None),
                Holder::Block(id) => (None, Some(id)),
            };
            (
                occupancies::id.eq(*id),
                occupancies::network_id.eq(place.network),
                occupancies::venue_id.eq(place.venue),
                occupancies::unit_id.eq(row.unit),
                occupancies::starts_at.eq(row.interval.start()),
                occupancies::ends_at.eq(row.interval.end()),
                occupancies::reservation_id.eq(reservation),
                occupancies::block_id.eq(block),
                occupancies::held_until.eq(row.held_until),
            )
        })
        .collect();
    if let [one] = rows.as_slice() {
        // A single row keeps its prepared statement.
        diesel::insert_into(occupancies::table).values(*one).execute(&mut tx.connection)?;
        return Ok(());
    }
    on_both!(tx, connection => diesel::insert_into(occupancies::table).values(&rows).execute(connection))?;
    Ok(())
}

/// Frees what a holder has of these units from `now` on; what it had stays.
///
/// # Errors
/// When the database fails.
pub fn free_ahead(
    tx: &mut WriteTx,
    block: BlockId,
    units: &[UnitId],
    now: Instant,
) -> Result<(), StoreError> {
    let rows = || {
        occupancies::table
            .filter(occupancies::block_id.eq(block))
            .filter(occupancies::unit_id.eq_any(units.to_vec()))
    };
    diesel::delete(rows().filter(occupancies::starts_at.ge(now))).execute(&mut tx.connection)?;
    diesel::update(rows().filter(occupancies::ends_at.gt(now)))
        .set(occupancies::ends_at.eq(now))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// What a hold takes stands from now on: it was confirmed.
///
/// # Errors
/// When the database fails.
pub fn keep(tx: &mut WriteTx, hold: ReservationId) -> Result<(), StoreError> {
    diesel::update(occupancies::table.filter(occupancies::reservation_id.eq(hold)))
        .set(occupancies::held_until.eq(None::<Instant>))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Frees all that the holder has.
///
/// # Errors
/// When the database fails.
pub fn free(tx: &mut WriteTx, holder: Holder) -> Result<usize, StoreError> {
    Ok(match holder {
        Holder::Reservation(id) => {
            diesel::delete(occupancies::table.filter(occupancies::reservation_id.eq(id)))
                .execute(&mut tx.connection)?
        }
        Holder::Block(id) => diesel::delete(occupancies::table.filter(occupancies::block_id.eq(id)))
            .execute(&mut tx.connection)?,
    })
}

/// Frees all that these reservations have.
///
/// # Errors
/// When the database fails.
pub fn free_all(tx: &mut WriteTx, ids: &[ReservationId]) -> Result<usize, StoreError> {
    let theirs = occupancies::table.filter(occupancies::reservation_id.eq_any(ids.to_vec()));
    Ok(diesel::delete(theirs).execute(&mut tx.connection)?)
}

/// What blocks take of these units in a stretch of time.
///
/// # Errors
/// When the database fails or a stored value does not parse.
pub fn blocks(
    tx: &mut ReadTx,
    units: &[UnitId],
    window: Interval,
) -> Result<Vec<(UnitId, Interval, BlockId)>, StoreError> {
    let taken = of_units(tx, units, window)?.into_iter();
    let blocks = taken.filter_map(|row| match row.holder {
        Holder::Block(id) => Some((row.unit, row.interval, id)),
        Holder::Reservation(_) => None,
    });
    Ok(blocks.collect())
}
