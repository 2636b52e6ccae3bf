//! Reminders ↔ the columns of a reservation's row about them.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::reservations,
    spaces::{column, count},
};
use crate::domain::{ids::ReservationId, instant::Instant, record::Reservation, reminder::Reminder};

/// The columns of a reservation's row that are about its reminder.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = reservations, treat_none_as_null = true, treat_none_as_default_value = false)]
pub(super) struct Row {
    reminder_hours: i32,
    remind_at: Option<Instant>,
    remind_for: Option<Instant>,
}

impl Row {
    /// In line with the reservation as it is written, whatever became of it.
    pub(super) fn of(reservation: &Reservation) -> Self {
        let Reservation { status, interval, updated_at, reminder, .. } = reservation;
        let Reminder { hours, due, decided_for } = reminder.following(*status, *interval, *updated_at);
        Self { reminder_hours: column(hours), remind_at: due, remind_for: decided_for }
    }

    pub(super) fn read(self) -> Result<Reminder, StoreError> {
        let hours = count(self.reminder_hours)?;
        Ok(Reminder { hours, due: self.remind_at, decided_for: self.remind_for })
    }
}

/// The reservations whose organisers are to be reminded by now.
///
/// # Errors
/// When the database fails.
pub fn due(tx: &mut ReadTx, now: Instant, limit: i64) -> Result<Vec<ReservationId>, StoreError> {
    Ok(reservations::table
        .filter(reservations::remind_at.is_not_null().and(reservations::remind_at.le(now)))
        .order(reservations::remind_at)
        .limit(limit)
        .select(reservations::id)
        .load(&mut tx.connection)?)
}

/// It is done; the caller holds `locks::reservation`. Nobody sees it on the reservation, so its version stays.
///
/// # Errors
/// When the database fails.
pub fn settle(tx: &mut WriteTx, id: ReservationId) -> Result<(), StoreError> {
    diesel::update(reservations::table.find(id))
        .set(reservations::remind_at.eq(None::<Instant>))
        .execute(&mut tx.connection)?;
    Ok(())
}
