//! When each venue's staff are told next what the day brings.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    dialect::on_both,
    error::StoreError,
    schema::{venue_digests, venues},
};
use crate::domain::{ids::VenueId, instant::Instant};

/// The venues whose staff are to be told by now, and those of which nobody has said yet when that is.
///
/// # Errors
/// When the database fails.
pub fn due(tx: &mut ReadTx, now: Instant, limit: i64) -> Result<Vec<VenueId>, StoreError> {
    let mut found: Vec<VenueId> = venue_digests::table
        .filter(venue_digests::due_at.le(now))
        .order((venue_digests::due_at, venue_digests::venue_id))
        .limit(limit)
        .select(venue_digests::venue_id)
        .load(&mut tx.connection)?;
    let known = venue_digests::table.select(venue_digests::venue_id);
    let new = venues::table.filter(venues::id.ne_all(known)).limit(limit).select(venues::id);
    found.extend(new.load::<VenueId>(&mut tx.connection)?);
    Ok(found)
}

/// # Errors
/// When the database fails.
pub fn due_at(tx: &mut ReadTx, venue: VenueId) -> Result<Option<Instant>, StoreError> {
    let at = venue_digests::table.find(venue).select(venue_digests::due_at);
    Ok(at.first(&mut tx.connection).optional()?)
}

/// Begins with a venue; of several nodes at once one is enough.
///
/// # Errors
/// When the database fails.
pub fn begin(tx: &mut WriteTx, venue: VenueId, first: Instant) -> Result<(), StoreError> {
    let row = (venue_digests::venue_id.eq(venue), venue_digests::due_at.eq(first));
    on_both!(tx, connection => diesel::insert_into(venue_digests::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(connection))?;
    Ok(())
}

/// Takes the one of `due` upon oneself: the next is at `next`. `false` where another node was first.
///
/// # Errors
/// When the database fails.
pub fn take(tx: &mut WriteTx, venue: VenueId, due: Instant, next: Instant) -> Result<bool, StoreError> {
    let own = venue_digests::table.find(venue).filter(venue_digests::due_at.eq(due));
    let taken = diesel::update(own).set(venue_digests::due_at.eq(next)).execute(&mut tx.connection)?;
    Ok(taken == 1)
}
