//! The history of confirmations as creative ↔ its rows, which are only ever appended: the database refuses the rest but that grounds are
//! forgotten.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::{networks, organisation_confirmations, users},
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
