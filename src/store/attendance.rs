//! Visitors without a reservation ↔ their rows: one per space and local date.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::attendance,
    spaces::{column, count},
};
use crate::domain::{access::Place, ids::SpaceId, instant::Instant};

/// What staff counted on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    pub date: NaiveDate,
    pub walk_ins: u32,
    pub event_visitors: u32,
    pub note: Option<String>,
    pub version: i64,
}

type Row = (NaiveDate, i32, i32, Option<String>, i64);
const COLUMNS: (
    attendance::date,
    attendance::walk_ins,
    attendance::event_visitors,
    attendance::note,
    attendance::version,
) = (
    attendance::date,
    attendance::walk_ins,
    attendance::event_visitors,
    attendance::note,
    attendance::version,
);

fn read((date, walk_ins, event_visitors, note, version): Row) -> Result<Attendance, StoreError> {
    let (walk_ins, event_visitors) = (count(walk_ins)?, count(event_visitors)?);
    Ok(Attendance { date, walk_ins, event_visitors, note, version })
}

/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx, space: SpaceId, date: NaiveDate) -> Result<Option<Attendance>, StoreError> {
    let row = attendance::table.find((space, date)).select(COLUMNS);
    row.first::<Row>(&mut tx.connection).optional()?.map(read).transpose()
}

/// The days of `[from, to)` for which something was counted.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut ReadTx,
    space: SpaceId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Attendance>, StoreError> {
    let rows = attendance::table
        .filter(attendance::space_id.eq(space))
        .filter(attendance::date.ge(from).and(attendance::date.lt(to)))
        .order(attendance::date)
        .select(COLUMNS)
        .load::<Row>(&mut tx.connection)?;
    rows.into_iter().map(read).collect()
}

/// Writes a day, whose version the caller has raised: 1 is the first.
///
/// # Errors
/// `Duplicate` where another wrote the first at the same time.
pub fn put(
    tx: &mut WriteTx,
    (place, space): (Place, SpaceId),
    day: &Attendance,
    now: Instant,
) -> Result<(), StoreError> {
    let figures = (
        attendance::walk_ins.eq(column(day.walk_ins)),
        attendance::event_visitors.eq(column(day.event_visitors)),
        attendance::note.eq(day.note.clone()),
        attendance::version.eq(day.version),
        attendance::updated_at.eq(now),
    );
    let key = (
        attendance::space_id.eq(space),
        attendance::date.eq(day.date),
        attendance::network_id.eq(place.network),
        attendance::venue_id.eq(place.venue),
    );
    if day.version > 1 {
        let row = attendance::table.find((space, day.date));
        diesel::update(row).set(figures).execute(&mut tx.connection)?;
    } else {
        diesel::insert_into(attendance::table).values((key, figures)).execute(&mut tx.connection)?;
    }
    Ok(())
}
