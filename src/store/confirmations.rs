//! The history of confirmations as creative ↔ its rows, which are only ever appended: the database refuses the rest but that grounds are
//! forgotten.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::{networks, organisation_confirmations, organisations, users},
};
use crate::domain::{
    ids::{ConfirmationId, NetworkId, OrganisationId, UserId},
    instant::Instant,
};

/// One confirmation, or the withdrawal of one.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = organisation_confirmations)]
pub struct Confirmation {
    pub id: ConfirmationId,
    pub organisation_id: OrganisationId,
    pub confirmed: bool,
    pub at: Instant,
    /// From then on it holds no more.
    pub until: Option<Instant>,
    pub made_by: Option<UserId>,
    /// Whose coordination body's it is, where they are of one alone.
    pub network_id: Option<NetworkId>,
    pub grounds: Option<String>,
}

/// The same with the names of who made it, and of the network.
#[derive(Debug, Clone, Queryable)]
pub struct Named {
    pub confirmation: Confirmation,
    pub by: Option<String>,
    pub network: Option<String>,
}

/// # Errors
/// When the database fails.
pub fn append(tx: &mut WriteTx, confirmation: &Confirmation) -> Result<(), StoreError> {
    diesel::insert_into(organisation_confirmations::table)
        .values(confirmation.clone())
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Up to `limit` of an organisation's after `after`, the oldest first.
///
/// # Errors
/// When the database fails.
pub fn page(
    tx: &mut ReadTx,
    organisation: OrganisationId,
    after: Option<ConfirmationId>,
    limit: i64,
) -> Result<Vec<Named>, StoreError> {
    let after = after.unwrap_or(ConfirmationId::from_uuid(uuid::Uuid::nil()));
    Ok(organisation_confirmations::table
        .left_join(users::table.on(organisation_confirmations::made_by.eq(users::id.nullable())))
        .left_join(networks::table.on(organisation_confirmations::network_id.eq(networks::id.nullable())))
        .filter(organisation_confirmations::organisation_id.eq(organisation))
        .filter(organisation_confirmations::id.gt(after))
        .order(organisation_confirmations::id)
        .limit(limit)
        .select((Confirmation::as_select(), users::name.nullable(), networks::name.nullable()))
        .load(&mut tx.connection)?)
}

/// The latest entry of an organisation's history.
///
/// # Errors
/// When the database fails.
pub fn latest(tx: &mut ReadTx, organisation: OrganisationId) -> Result<Option<Confirmation>, StoreError> {
    let row = organisation_confirmations::table
        .filter(organisation_confirmations::organisation_id.eq(organisation))
        .order(organisation_confirmations::id.desc())
        .select(Confirmation::as_select());
    Ok(row.first(&mut tx.connection).optional()?)
}

/// Forgets the grounds of an organisation's: they may name the one person that it was.
///
/// # Errors
/// When the database fails.
pub fn forget_grounds(tx: &mut WriteTx, organisation: OrganisationId) -> Result<(), StoreError> {
    let told = organisation_confirmations::table
        .filter(organisation_confirmations::organisation_id.eq(organisation))
        .filter(organisation_confirmations::grounds.is_not_null());
    diesel::update(told)
        .set(organisation_confirmations::grounds.eq(None::<String>))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Organisations whose confirmation ends after `within.0` and up to `within.1`, which nobody was told yet; at most `limit`.
///
/// # Errors
/// When the database fails.
pub fn ending(
    tx: &mut ReadTx,
    within: (Instant, Instant),
    limit: i64,
) -> Result<Vec<OrganisationId>, StoreError> {
    let until = organisations::confirmed_creative_until.assume_not_null();
    Ok(organisations::table
        .filter(until.gt(within.0).and(until.le(within.1)))
        .filter(organisations::end_told.is_null().or(organisations::end_told.assume_not_null().ne(until)))
        .order(organisations::id)
        .limit(limit)
        .select(organisations::id)
        .load(&mut tx.connection)?)
}

/// The same of one: when its confirmation ends.
///
/// # Errors
/// When the database fails.
pub fn untold_end(
    tx: &mut ReadTx,
    id: OrganisationId,
    within: (Instant, Instant),
) -> Result<Option<Instant>, StoreError> {
    let ends = organisations::table
        .find(id)
        .select((organisations::confirmed_creative_until, organisations::end_told))
        .first::<(Option<Instant>, Option<Instant>)>(&mut tx.connection)
        .optional()?;
    let Some((Some(until), told)) = ends else { return Ok(None) };
    Ok(Some(until).filter(|until| within.0 < *until && *until <= within.1 && told != Some(*until)))
}

/// Notes of which end the owners know.
///
/// # Errors
/// When the database fails.
pub fn told_end(tx: &mut WriteTx, id: OrganisationId, end: Option<Instant>) -> Result<(), StoreError> {
    diesel::update(organisations::table.find(id))
        .set(organisations::end_told.eq(end))
        .execute(&mut tx.connection)?;
    Ok(())
}
