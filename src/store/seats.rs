//! What units seat, and did: `units.seats` is what holds now, `former_seats` what held before a local date.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::{former_seats, units},
    spaces::{column, count},
};
use crate::domain::ids::{UnitId, VenueId};

/// A unit seats so many from a local date on; what it seated till then stays known. The caller holds
/// `locks::edit_venue` and touches the venue.
///
/// # Errors
/// When the database fails.
pub fn reseat(tx: &mut WriteTx, unit: UnitId, from: NaiveDate, seats: u32) -> Result<(), StoreError> {
    let earlier = former_seats::table.find((unit, from)).select(former_seats::seats);
    if earlier.first::<i32>(&mut tx.connection).optional()?.is_none() {
        let before: i32 = units::table.find(unit).select(units::seats).first(&mut tx.connection)?;
        diesel::insert_into(former_seats::table)
            .values((
                former_seats::unit_id.eq(unit),
                former_seats::valid_to.eq(from),
                former_seats::seats.eq(before),
            ))
            .execute(&mut tx.connection)?;
    }
    diesel::update(units::table.find(unit))
        .set(units::seats.eq(column(seats)))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// What the units of these venues seated before local dates, ascending.
///
/// # Errors
/// When the database fails.
pub fn former(
    tx: &mut ReadTx,
    venues: &[VenueId],
) -> Result<HashMap<UnitId, Vec<(NaiveDate, u32)>>, StoreError> {
    let rows = former_seats::table
        .inner_join(units::table)
        .filter(units::venue_id.eq_any(venues.to_vec()))
        .order((former_seats::unit_id, former_seats::valid_to))
        .select((former_seats::unit_id, former_seats::valid_to, former_seats::seats))
        .load::<(UnitId, NaiveDate, i32)>(&mut tx.connection)?;
    let mut former: HashMap<UnitId, Vec<(NaiveDate, u32)>> = HashMap::new();
    for (unit, valid_to, seats) in rows {
        former.entry(unit).or_default().push((valid_to, count(seats)?));
    }
    Ok(former)
}
