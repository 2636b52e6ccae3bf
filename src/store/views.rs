//! Who looked at whose personal data: appended in batches, once an hour for each person, viewer, place and kind.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    dialect::on_both,
    error::StoreError,
    schema::data_views,
};
use crate::domain::{
    ids::{UserId, VenueId, ViewId},
    instant::Instant,
};

/// One look.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = data_views)]
pub struct View {
    pub id: ViewId,
    pub person_id: UserId,
    pub viewer_id: UserId,
    pub what: String,
    pub venue_id: Option<VenueId>,
    /// The full hour.
    pub at: Instant,
}

/// Appends those that are not there yet; returns how many that were.
///
/// # Errors
/// When the database fails.
pub fn append(tx: &mut WriteTx, views: &[View]) -> Result<usize, StoreError> {
    let mut appended = 0;
    for view in views {
        let values = (
            data_views::id.eq(view.id),
            data_views::person_id.eq(view.person_id),
            data_views::viewer_id.eq(view.viewer_id),
            data_views::what.eq(&view.what),
            data_views::venue_id.eq(view.venue_id),
            data_views::at.eq(view.at),
        );
        appended += on_both!(tx, connection => diesel::insert_into(data_views::table)
            .values(values)
            .on_conflict_do_nothing()
            .execute(connection))?;
    }
    Ok(appended)
}

/// Up to `limit` looks at a person's data before `before`, the latest first.
///
/// # Errors
/// When the database fails.
pub fn of(
    tx: &mut ReadTx,
    person: UserId,
    before: Option<ViewId>,
    limit: i64,
) -> Result<Vec<View>, StoreError> {
    let mut query = data_views::table.filter(data_views::person_id.eq(person)).into_boxed();
    if let Some(before) = before {
        query = query.filter(data_views::id.lt(before));
    }
    Ok(query.order(data_views::id.desc()).limit(limit).select(View::as_select()).load(&mut tx.connection)?)
}

/// Forgets up to `limit` of before `before`; returns how many.
///
/// # Errors
/// When the database fails.
pub fn purge(tx: &mut WriteTx, before: Instant, limit: i64) -> Result<usize, StoreError> {
    let old: Vec<ViewId> = data_views::table
        .filter(data_views::at.lt(before))
        .limit(limit)
        .select(data_views::id)
        .load(&mut tx.connection)?;
    Ok(diesel::delete(data_views::table.filter(data_views::id.eq_any(old))).execute(&mut tx.connection)?)
}
