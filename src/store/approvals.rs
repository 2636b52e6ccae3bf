//! Approvals ↔ their rows.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    dialect::on_both,
    error::StoreError,
    schema::approvals,
};
use crate::domain::{
    access::Place,
    approval::{Answered, Approval},
    ids::{ApprovalId, NetworkId, ReservationId, UserId, VenueId},
    instant::Instant,
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = approvals, treat_none_as_default_value = false)]
struct Row {
    id: ApprovalId,
    network_id: NetworkId,
    venue_id: VenueId,
    reservation_id: ReservationId,
    asked: String,
    asked_at: Instant,
    expires_at: Instant,
    remind_at: Option<Instant>,
    answer: Option<String>,
    answered_at: Option<Instant>,
    answered_by: Option<UserId>,
}

impl TryFrom<Row> for Approval {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let corrupt = |error| StoreError::corrupt("approval", error);
        let answered = match (&row.answer, row.answered_at) {
            (Some(answer), Some(at)) => {
                Some(Answered { answer: answer.parse().map_err(corrupt)?, at, by: row.answered_by })
            }
            _ => None,
        };
        Ok(Self {
            id: row.id,
            reservation: row.reservation_id,
            place: Place { network: row.network_id, venue: row.venue_id },
            asked: row.asked.parse().map_err(corrupt)?,
            asked_at: row.asked_at,
            expires_at: row.expires_at,
            remind_at: row.remind_at,
            answered,
        })
    }
}

impl From<&Approval> for Row {
    fn from(approval: &Approval) -> Self {
        Self {
            id: approval.id,
            network_id: approval.place.network,
            venue_id: approval.place.venue,
            reservation_id: approval.reservation,
            asked: approval.asked.to_string(),
            asked_at: approval.asked_at,
            expires_at: approval.expires_at,
            remind_at: approval.remind_at,
            answer: approval.answered.map(|answered| answered.answer.to_string()),
            answered_at: approval.answered.map(|answered| answered.at),
            answered_by: approval.answered.and_then(|answered| answered.by),
        }
    }
}

/// Asks.
///
/// # Errors
/// `Duplicate` while another question about one of the reservations is open.
pub fn insert(tx: &mut WriteTx, made: &[Approval]) -> Result<(), StoreError> {
    for some in made.chunks(100) {
        let rows: Vec<Row> = some.iter().map(Row::from).collect();
        on_both!(tx, connection => diesel::insert_into(approvals::table).values(&rows).execute(connection))?;
    }
    Ok(())
}

/// Answers; nobody is reminded any more.
///
/// # Errors
/// When the database fails.
pub fn answer(tx: &mut WriteTx, id: ApprovalId, answered: Answered) -> Result<(), StoreError> {
    diesel::update(approvals::table.find(id))
        .set((
            approvals::answer.eq(answered.answer.as_str()),
            approvals::answered_at.eq(answered.at),
            approvals::answered_by.eq(answered.by),
            approvals::remind_at.eq(None::<Instant>),
        ))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Those who decide were reminded of these.
///
/// # Errors
/// When the database fails.
pub fn reminded(tx: &mut WriteTx, ids: &[ApprovalId]) -> Result<(), StoreError> {
    diesel::update(approvals::table.filter(approvals::id.eq_any(ids.to_vec())))
        .set(approvals::remind_at.eq(None::<Instant>))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// The open questions about these reservations, at most one about each.
///
/// # Errors
/// When the database fails.
pub fn open_of(tx: &mut ReadTx, ids: &[ReservationId]) -> Result<Vec<Approval>, StoreError> {
    let rows = approvals::table
        .filter(approvals::reservation_id.eq_any(ids.to_vec()).and(approvals::answer.is_null()))
        .select(Row::as_select())
        .load(&mut tx.connection)?;
    rows.into_iter().map(Approval::try_from).collect()
}

/// A venue's open questions, the oldest first, up to `limit` after `after`.
///
/// # Errors
/// When the database fails.
pub fn queue(
    tx: &mut ReadTx,
    venue: VenueId,
    after: Option<(Instant, ApprovalId)>,
    limit: i64,
) -> Result<Vec<Approval>, StoreError> {
    let mut query =
        approvals::table.filter(approvals::venue_id.eq(venue).and(approvals::answer.is_null())).into_boxed();
    if let Some((at, id)) = after {
        let later = approvals::asked_at.gt(at);
        query = query.filter(later.or(approvals::asked_at.eq(at).and(approvals::id.gt(id))));
    }
    let rows = query
        .order((approvals::asked_at, approvals::id))
        .limit(limit)
        .select(Row::as_select())
        .load(&mut tx.connection)?;
    rows.into_iter().map(Approval::try_from).collect()
}

/// The reservations whose deciders are to be reminded by now.
///
/// # Errors
/// When the database fails.
pub fn to_remind(tx: &mut ReadTx, now: Instant, limit: i64) -> Result<Vec<ReservationId>, StoreError> {
    Ok(approvals::table
        .filter(approvals::remind_at.is_not_null().and(approvals::remind_at.le(now)))
        .order(approvals::remind_at)
        .limit(limit)
        .select(approvals::reservation_id)
        .load(&mut tx.connection)?)
}

/// All open questions, for `prostor check`.
///
/// # Errors
/// When the database fails.
pub fn open(tx: &mut ReadTx) -> Result<Vec<Approval>, StoreError> {
    let rows = approvals::table
        .filter(approvals::answer.is_null())
        .select(Row::as_select())
        .load(&mut tx.connection)?;
    rows.into_iter().map(Approval::try_from).collect()
}
