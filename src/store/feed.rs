//! The feed of reservations for outside analytics: which ones changed last, in the order in which followers are told.
//!
//! Marks are appended by the database itself, in the transaction of the change. Here alone they become rows: one
//! transaction at a time, so positions and times grow in the order of commits, on replicas too, and nobody who has read up
//! to one misses what comes before it. That order can't be had from the writers' own clocks or sequences: they commit in
//! another order than they are counted in.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    dialect::{AnyConnection, on_both},
    error::StoreError,
    schema::{feed_head, feed_marks, feed_rows, organisations, reservations, spaces, users},
};
use crate::domain::{
    ids::{OrganisationId, ReservationId, SpaceId, UserId, VenueId},
    instant::Instant,
};

/// Where a row stands: when it was numbered, and its number.
pub type Position = (Instant, i64);

/// Whether anything waits to be numbered.
///
/// # Errors
/// When the database fails.
pub fn waits(tx: &mut ReadTx) -> Result<bool, StoreError> {
    let first = feed_marks::table.select(feed_marks::id).first::<i64>(&mut tx.connection);
    Ok(first.optional()?.is_some())
}

/// Numbers what the oldest `limit` marks are of, at `now` or, if clocks differ, at the last time given; returns how many
/// marks that were.
///
/// # Errors
/// When the database fails.
pub fn number(tx: &mut WriteTx, now: impl Fn() -> Instant, limit: i64) -> Result<usize, StoreError> {
    let (last, mut position) = lock(tx)?;
    let marks = feed_marks::table
        .order(feed_marks::id)
        .limit(limit)
        .load::<(i64, ReservationId)>(&mut tx.connection)?;
    let (marks, mut changed): (Vec<i64>, Vec<ReservationId>) = marks.into_iter().unzip();
    changed.sort_unstable();
    changed.dedup();
    let at = now().max(last);
    let rows: Vec<(ReservationId, VenueId)> = reservations::table
        .filter(reservations::id.eq_any(changed.clone()))
        .order(reservations::id)
        .select((reservations::id, reservations::venue_id))
        .load(&mut tx.connection)?;
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(reservation, venue)| {
            position += 1;
            (
                feed_rows::reservation_id.eq(reservation),
                feed_rows::venue_id.eq(venue),
                feed_rows::updated_at.eq(at),
                feed_rows::position.eq(position),
            )
        })
        .collect();
    diesel::delete(feed_rows::table.filter(feed_rows::reservation_id.eq_any(changed)))
        .execute(&mut tx.connection)?;
    on_both!(tx, connection => diesel::insert_into(feed_rows::table).values(rows).execute(connection))?;
    diesel::update(feed_head::table.find(1))
        .set((feed_head::updated_at.eq(at), feed_head::position.eq(position)))
        .execute(&mut tx.connection)?;
    // Exactly those that were read: a later commit may have a smaller number.
    diesel::delete(feed_marks::table.filter(feed_marks::id.eq_any(marks.clone())))
        .execute(&mut tx.connection)?;
    Ok(marks.len())
}

/// The last position given; nobody else gives one until the end of the transaction.
fn lock(tx: &mut WriteTx) -> Result<Position, StoreError> {
    let first = (feed_head::id.eq(1), feed_head::updated_at.eq(Instant::EARLIEST), feed_head::position.eq(0));
    on_both!(tx, connection => diesel::insert_into(feed_head::table)
        .values(first)
        .on_conflict_do_nothing()
        .execute(connection))?;
    let row = feed_head::table.find(1).select((feed_head::updated_at, feed_head::position));
    Ok(match &mut tx.connection {
        AnyConnection::Postgres(connection) => row.for_no_key_update().first(connection)?,
        AnyConnection::Sqlite(connection) => row.first(connection)?,
    })
}

/// Up to `limit` of a venue's rows that were numbered after `after` and at `since` or later, in the feed's order.
///
/// # Errors
/// When the database fails.
pub fn rows(
    tx: &mut ReadTx,
    venue: VenueId,
    since: Option<Instant>,
    after: Option<Position>,
    limit: i64,
) -> Result<Vec<(ReservationId, Position)>, StoreError> {
    let mut query = feed_rows::table.filter(feed_rows::venue_id.eq(venue)).into_boxed();
    if let Some(since) = since {
        query = query.filter(feed_rows::updated_at.ge(since));
    }
    if let Some((at, position)) = after {
        let same = feed_rows::updated_at.eq(at).and(feed_rows::position.gt(position));
        query = query.filter(feed_rows::updated_at.ge(at));
        query = query.filter(feed_rows::updated_at.gt(at).or(same));
    }
    let rows = query
        .order((feed_rows::updated_at, feed_rows::position))
        .limit(limit)
        .select((feed_rows::reservation_id, feed_rows::updated_at, feed_rows::position))
        .load::<(ReservationId, Instant, i64)>(&mut tx.connection)?;
    Ok(rows.into_iter().map(|(id, at, position)| (id, (at, position))).collect())
}

/// Which of these people were erased.
///
/// # Errors
/// When the database fails.
pub fn erased(tx: &mut ReadTx, people: &[UserId]) -> Result<Vec<UserId>, StoreError> {
    let gone = users::table.filter(users::id.eq_any(people.to_vec()).and(users::disabled_at.is_not_null()));
    Ok(gone.select(users::id).load(&mut tx.connection)?)
}

/// The kinds of spaces.
///
/// # Errors
/// When the database fails.
pub fn kinds(tx: &mut ReadTx, ids: &[SpaceId]) -> Result<Vec<(SpaceId, String)>, StoreError> {
    let kinds = spaces::table.filter(spaces::id.eq_any(ids.to_vec()));
    Ok(kinds.select((spaces::id, spaces::kind)).load(&mut tx.connection)?)
}

/// What figures are grouped by of an organisation.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = organisations)]
pub struct Traits {
    pub id: OrganisationId,
    pub name: String,
    pub legal_form: String,
    pub size: Option<String>,
    pub sector_scheme: Option<String>,
    pub sector_code: Option<String>,
    pub municipality: Option<String>,
}

/// # Errors
/// When the database fails.
pub fn traits(tx: &mut ReadTx, ids: &[OrganisationId]) -> Result<Vec<Traits>, StoreError> {
    let found = organisations::table.filter(organisations::id.eq_any(ids.to_vec()));
    Ok(found.select(Traits::as_select()).load(&mut tx.connection)?)
}
