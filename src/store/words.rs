//! Forgetting the free text of reservations and series that are long over, or of a guest: statistics need none of it.

use diesel::prelude::*;

use super::{
    audit_chain,
    db::WriteTx,
    error::StoreError,
    schema::{reservations, series},
};
use crate::domain::{
    ids::{Id, Kind, ReservationId, SeriesId, UserId, VenueId},
    instant::Instant,
};

/// Blanks the texts of up to `limit` reservations that ended before `before`; how many. The title and the description
/// of a public event were said to everybody, and stay.
///
/// # Errors
/// When the database fails.
pub fn forget_old(tx: &mut WriteTx, before: Instant, blank: &str, limit: i64) -> Result<usize, StoreError> {
    let private = reservations::is_public.eq(false);
    let told = reservations::notes.is_not_null().or(reservations::internal_notes.is_not_null()).or(private
        .and(
            reservations::title
                .ne(blank)
                .or(reservations::event_description.is_not_null())
                .or(reservations::event_link.is_not_null()),
        ));
    let old: Vec<ReservationId> = reservations::table
        .filter(reservations::ends_at.lt(before).and(told))
        .limit(limit)
        .select(reservations::id)
        .load(&mut tx.connection)?;
    let these = || reservations::table.filter(reservations::id.eq_any(old.clone()));
    diesel::update(these())
        .set((
            reservations::notes.eq(None::<String>),
            reservations::internal_notes.eq(None::<String>),
            reservations::version.eq(reservations::version + 1),
        ))
        .execute(&mut tx.connection)?;
    diesel::update(these().filter(private))
        .set((
            reservations::title.eq(blank),
            reservations::event_description.eq(None::<String>),
            reservations::event_link.eq(None::<String>),
        ))
        .execute(&mut tx.connection)?;
    Ok(old.len())
}

/// Blanks what a venue's staff wrote on what they reserved for somebody there, and what the audit says of it. What was a
/// public event has nothing left to say to all, so it is none any more.
///
/// # Errors
/// When the database fails.
pub fn forget_guest(
    tx: &mut WriteTx,
    (venue, guest): (VenueId, UserId),
    blank: &str,
    now: Instant,
) -> Result<(), StoreError> {
    let theirs = reservations::organiser_id.eq(guest).and(reservations::made_by.ne(guest));
    let ids: Vec<ReservationId> = reservations::table
        .filter(reservations::venue_id.eq(venue).and(theirs))
        .select(reservations::id)
        .load(&mut tx.connection)?;
    let theirs = series::organiser_id.eq(guest).and(series::made_by.ne(guest));
    let repeated: Vec<SeriesId> = series::table
        .filter(series::venue_id.eq(venue).and(theirs))
        .select(series::id)
        .load(&mut tx.connection)?;
    diesel::update(reservations::table.filter(reservations::id.eq_any(ids.clone())))
        .set((
            reservations::title.eq(blank),
            reservations::notes.eq(None::<String>),
            reservations::internal_notes.eq(None::<String>),
            reservations::is_public.eq(false),
            reservations::event_description.eq(None::<String>),
            reservations::event_link.eq(None::<String>),
            reservations::version.eq(reservations::version + 1),
            reservations::updated_at.eq(now),
        ))
        .execute(&mut tx.connection)?;
    diesel::update(series::table.filter(series::id.eq_any(repeated.clone())))
        .set((series::title.eq(blank), series::version.eq(series::version + 1)))
        .execute(&mut tx.connection)?;
    erase_all(tx, &ids)?;
    erase_all(tx, &repeated)
}

fn erase_all<K: Kind>(tx: &mut WriteTx, ids: &[Id<K>]) -> Result<(), StoreError> {
    ids.iter().try_for_each(|id| audit_chain::erase_about(tx, *id))
}

/// Blanks the titles of up to `limit` series none of whose reservations ended later than `before`; how many.
///
/// # Errors
/// When the database fails.
pub fn forget_old_series(
    tx: &mut WriteTx,
    before: Instant,
    blank: &str,
    limit: i64,
) -> Result<usize, StoreError> {
    let later = reservations::table
        .filter(reservations::series_id.eq(series::id.nullable()).and(reservations::ends_at.ge(before)))
        .select(reservations::id);
    let old: Vec<SeriesId> = series::table
        .filter(series::created_at.lt(before).and(series::title.ne(blank)))
        .filter(diesel::dsl::not(diesel::dsl::exists(later)))
        .limit(limit)
        .select(series::id)
        .load(&mut tx.connection)?;
    diesel::update(series::table.filter(series::id.eq_any(old.clone())))
        .set((series::title.eq(blank), series::version.eq(series::version + 1)))
        .execute(&mut tx.connection)?;
    Ok(old.len())
}
