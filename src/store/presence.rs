//! Who is there ↔ the columns of a reservation's row about it: what of time is due, who is awaited at a door, and
//! wrong codes.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    dialect::on_both,
    error::StoreError,
    reservations as all,
    schema::{check_in_misses, reservations},
    spaces::{column, count},
};
use crate::domain::{
    check_in::{CheckInRules, Presence},
    ids::{ReservationId, SpaceId},
    instant::Instant,
    record::Reservation,
    reservation::Status,
};

/// The columns of a reservation's row that are about presence.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = reservations, treat_none_as_null = true, treat_none_as_default_value = false)]
pub(super) struct Row {
    check_in_required: bool,
    check_in_opens_minutes: i32,
    check_in_grace_minutes: i32,
    /// When the job gives up waiting, for its index alone: null unless it waits.
    no_show_at: Option<Instant>,
    checked_in_at: Option<Instant>,
    checked_out_at: Option<Instant>,
    reinstated_at: Option<Instant>,
}

impl Row {
    pub(super) fn of(reservation: &Reservation) -> Self {
        let Presence { rules, checked_in_at, checked_out_at, reinstated_at } = reservation.presence;
        let waits = reservation.status == Status::Confirmed;
        Self {
            check_in_required: rules.required,
            check_in_opens_minutes: column(rules.opens_minutes),
            check_in_grace_minutes: column(rules.grace_minutes),
            no_show_at: reservation.no_show_at().filter(|_| waits),
            checked_in_at,
            checked_out_at,
            reinstated_at,
        }
    }

    pub(super) fn read(self) -> Result<Presence, StoreError> {
        Ok(Presence {
            rules: CheckInRules {
                required: self.check_in_required,
                opens_minutes: count(self.check_in_opens_minutes)?,
                grace_minutes: count(self.check_in_grace_minutes)?,
            },
            checked_in_at: self.checked_in_at,
            checked_out_at: self.checked_out_at,
            reinstated_at: self.reinstated_at,
        })
    }
}

/// What the jobs have to do: requests and holds whose time is up, and what ends.
///
/// # Errors
/// When the database fails.
pub fn overdue(tx: &mut ReadTx, now: Instant, limit: i64) -> Result<Vec<ReservationId>, StoreError> {
    let mut ids = reservations::table
        .filter(reservations::expires_at.is_not_null().and(reservations::expires_at.le(now)))
        .order(reservations::expires_at)
        .limit(limit)
        .select(reservations::id)
        .load::<ReservationId>(&mut tx.connection)?;
    for status in [Status::Confirmed, Status::CheckedIn] {
        let over = reservations::table
            .filter(reservations::status.eq(status.as_str()).and(reservations::ends_at.le(now)))
            .order(reservations::ends_at)
            .limit(limit)
            .select(reservations::id);
        ids.extend(over.load::<ReservationId>(&mut tx.connection)?);
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// Reservations whose grace is over, and nobody has come.
///
/// # Errors
/// When the database fails.
pub fn awaited_in_vain(tx: &mut ReadTx, now: Instant, limit: i64) -> Result<Vec<ReservationId>, StoreError> {
    Ok(reservations::table
        .filter(reservations::no_show_at.is_not_null().and(reservations::no_show_at.le(now)))
        .order(reservations::no_show_at)
        .limit(limit)
        .select(reservations::id)
        .load(&mut tx.connection)?)
}

/// The space's reservations that may check in now, or have, by start; some may open later than now.
///
/// # Errors
/// When the database fails.
pub fn awaited(tx: &mut ReadTx, space: SpaceId, now: Instant) -> Result<Vec<Reservation>, StoreError> {
    /// As early as a policy can open.
    const DAY: i64 = 86_400;
    let there = [Status::Confirmed, Status::CheckedIn].map(Status::as_str);
    let ids = reservations::table
        .filter(reservations::space_id.eq(space).and(reservations::status.eq_any(there)))
        .filter(reservations::ends_at.gt(now).and(reservations::starts_at.le(now.plus(DAY))))
        .select(reservations::id)
        .load::<ReservationId>(&mut tx.connection)?;
    all::find_all(tx, &ids)
}

/// How many wrong codes were entered at the space's door after `since`, if any.
///
/// # Errors
/// When the database fails.
pub fn misses(tx: &mut ReadTx, space: SpaceId, since: Instant) -> Result<u32, StoreError> {
    let row = check_in_misses::table
        .find(space)
        .filter(check_in_misses::since.gt(since))
        .select(check_in_misses::misses)
        .first::<i32>(&mut tx.connection)
        .optional()?;
    row.map_or(Ok(0), count)
}

/// Counts one more; what was before `since` is forgotten.
///
/// # Errors
/// When the database fails.
pub fn missed(tx: &mut WriteTx, space: SpaceId, since: Instant, now: Instant) -> Result<(), StoreError> {
    let counted = diesel::update(check_in_misses::table.find(space).filter(check_in_misses::since.gt(since)))
        .set(check_in_misses::misses.eq(check_in_misses::misses + 1))
        .execute(&mut tx.connection)?;
    if counted > 0 {
        return Ok(());
    }
    let first = (check_in_misses::since.eq(now), check_in_misses::misses.eq(1));
    let begun = diesel::update(check_in_misses::table.find(space)).set(first).execute(&mut tx.connection)?;
    if begun == 0 {
        let first = (check_in_misses::space_id.eq(space), first.0, first.1);
        // Of several first ones at once one is enough.
        on_both!(tx, connection => diesel::insert_into(check_in_misses::table)
            .values(first)
            .on_conflict_do_nothing()
            .execute(connection))?;
    }
    Ok(())
}
