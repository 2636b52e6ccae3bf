//! Floor plans of spaces ↔ their rows. A space that never had one has no row, and its plan the first version.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::space_plans,
};
use crate::domain::{ids::SpaceId, plan::Plan};

/// The version of a plan that nobody ever put.
pub const FIRST: i64 = 1;

fn read(body: Option<&str>) -> Result<Plan, StoreError> {
    let read = body.map(serde_json::from_str).transpose();
    Ok(read.map_err(|error| StoreError::corrupt("plan", error))?.unwrap_or_default())
}

/// The plan as it was put, of units that may have left the space since, and its version.
///
/// # Errors
/// When the database fails or the plan does not parse.
pub fn find(tx: &mut ReadTx, space: SpaceId) -> Result<(Plan, i64), StoreError> {
    let row = space_plans::table
        .find(space)
        .select((space_plans::body, space_plans::version))
        .first::<(Option<String>, i64)>(&mut tx.connection)
        .optional()?;
    match row {
        Some((body, version)) => Ok((read(body.as_deref())?, version)),
        None => Ok((Plan::default(), FIRST)),
    }
}

/// Which of these spaces have something drawn.
///
/// # Errors
/// When the database fails.
pub fn drawn(tx: &mut ReadTx, spaces: &[SpaceId]) -> Result<Vec<SpaceId>, StoreError> {
    let rows = space_plans::table
        .filter(space_plans::space_id.eq_any(spaces.to_vec()))
        .filter(space_plans::body.is_not_null())
        .select(space_plans::space_id);
    Ok(rows.load(&mut tx.connection)?)
}

/// A plan as it is kept; where it does not parse, why.
pub struct Kept {
    pub space: SpaceId,
    pub plan: Result<Plan, String>,
}

/// All that are drawn, for checking them.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut ReadTx) -> Result<Vec<Kept>, StoreError> {
    let rows = space_plans::table
        .filter(space_plans::body.is_not_null())
        .order(space_plans::space_id)
        .select((space_plans::space_id, space_plans::body))
        .load::<(SpaceId, Option<String>)>(&mut tx.connection)?;
    let kept = |(space, body): (SpaceId, Option<String>)| {
        let plan = read(body.as_deref()).map_err(|error| error.to_string());
        Kept { space, plan }
    };
    Ok(rows.into_iter().map(kept).collect())
}

/// Writes the plan as the next version after `version`, which the caller read in the same transaction and holds
/// `locks::edit_venue` since. Returns the new one.
///
/// # Errors
/// When the database fails.
pub fn put(tx: &mut WriteTx, space: SpaceId, plan: &Plan, version: i64) -> Result<i64, StoreError> {
    let body = (!plan.is_empty()).then(|| serde_json::to_string(plan)).transpose();
    let body = body.map_err(|error| StoreError::corrupt("plan", error))?;
    let next = version + 1;
    let row = (space_plans::body.eq(&body), space_plans::version.eq(next));
    let changed = diesel::update(space_plans::table.find(space)).set(row).execute(&mut tx.connection)?;
    if changed == 0 {
        diesel::insert_into(space_plans::table)
            .values((space_plans::space_id.eq(space), row.0, row.1))
            .execute(&mut tx.connection)?;
    }
    Ok(next)
}
