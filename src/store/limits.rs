//! What counts against a person's limits: reservations ahead, and holds as long as they live.

use diesel::prelude::*;

use super::{
    db::ReadTx,
    error::StoreError,
    schema::{reservations, waiting_offers},
};
use crate::domain::{ids::UserId, instant::Instant, reservation::Status};

/// No reservation lasts longer, seconds: 31 local days (DESIGN 3), of which one may have 25 hours. Indexes are by the
/// start: with it, what a person has ahead is one range, however long their past is.
pub(super) const LONGEST: i64 = 31 * 86_400 + 3600;

/// All but holds that ran out and of which nobody has noticed yet.
#[diesel::dsl::auto_type]
pub(super) fn not_run_out(now: Instant) -> _ {
    let held: &'static str = Status::Held.as_str();
    reservations::status.ne(held).or(reservations::expires_at.gt(now).assume_not_null())
}

/// A person's live holds, for the limit on them; those that were made for them because they waited don't count.
///
/// # Errors
/// When the database fails.
pub fn holding(tx: &mut ReadTx, user: UserId, now: Instant) -> Result<u32, StoreError> {
    let count: i64 = reservations::table
        .filter(reservations::organiser_id.eq(user).and(reservations::expires_at.gt(now)))
        .filter(reservations::status.eq(Status::Held.as_str()))
        .filter(reservations::id.ne_all(waiting_offers::table.select(waiting_offers::reservation_id)))
        .count()
        .get_result(&mut tx.connection)?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// A person's reservations ahead, live holds among them, wherever they are and whoever made them, for `max_active`.
///
/// # Errors
/// When the database fails.
pub fn active_ahead(tx: &mut ReadTx, user: UserId, now: Instant) -> Result<u32, StoreError> {
    let active = Status::ALL.iter().filter(|status| status.occupies()).map(|status| status.as_str());
    let count: i64 = reservations::table
        .filter(reservations::organiser_id.eq(user).and(reservations::ends_at.gt(now)))
        .filter(reservations::starts_at.gt(now.plus(-LONGEST)))
        .filter(reservations::status.eq_any(active.collect::<Vec<_>>()))
        .filter(not_run_out(now))
        .count()
        .get_result(&mut tx.connection)?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}
