//! Organisations and their members ↔ their rows.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::{organisation_confirmations, organisation_members, organisations, users},
    wanted,
};
use crate::domain::{
    access::OrganisationRole,
    ids::{OrganisationId, UserId},
    instant::Instant,
    organisation::Organisation,
    person::NOBODY,
    sector::Sector,
    text,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = organisations, treat_none_as_null = true)]
struct Row {
    id: OrganisationId,
    name: String,
    search_text: String,
    legal_form: String,
    size: Option<String>,
    sector_scheme: Option<String>,
    sector_version: Option<String>,
    sector_code: Option<String>,
    municipality: Option<String>,
    register_number: Option<String>,
    confirmed_creative_at: Option<Instant>,
    version: i64,
    created_at: Instant,
    confirmed_creative_until: Option<Instant>,
}

impl TryFrom<Row> for Organisation {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let sector = match (row.sector_scheme, row.sector_version, row.sector_code) {
            (Some(scheme), Some(version), Some(code)) => Some(Sector { scheme, version, code }),
            _ => None,
        };
        let size = row.size.as_deref().map(str::parse).transpose();
        Ok(Self {
            id: row.id,
            name: row.name,
            legal_form: row.legal_form.parse().map_err(|e| StoreError::corrupt("legal_form", e))?,
            size: size.map_err(|e| StoreError::corrupt("size", e))?,
            sector,
            municipality: row.municipality,
            register_number: row.register_number,
            confirmed_creative_at: row.confirmed_creative_at,
            version: row.version,
            created_at: row.created_at,
            confirmed_creative_until: row.confirmed_creative_until,
        })
    }
}

impl From<&Organisation> for Row {
    fn from(organisation: &Organisation) -> Self {
        let sector = organisation.sector.clone();
        let (scheme, version, code) = match sector {
            Some(Sector { scheme, version, code }) => (Some(scheme), Some(version), Some(code)),
            None => (None, None, None),
        };
        Self {
            id: organisation.id,
            name: organisation.name.clone(),
            search_text: text::fold(&organisation.name),
            legal_form: organisation.legal_form.to_string(),
            size: organisation.size.map(|size| size.to_string()),
            sector_scheme: scheme,
            sector_version: version,
            sector_code: code,
            municipality: organisation.municipality.clone(),
            register_number: organisation.register_number.clone(),
            confirmed_creative_at: organisation.confirmed_creative_at,
            version: organisation.version,
            created_at: organisation.created_at,
            confirmed_creative_until: organisation.confirmed_creative_until,
        }
    }
}

/// # Errors
/// `Duplicate` when the register number is taken.
pub fn insert(tx: &mut WriteTx, organisation: &Organisation) -> Result<(), StoreError> {
    let row = Row::from(organisation);
    diesel::insert_into(organisations::table).values(row).execute(&mut tx.connection)?;
    Ok(())
}

/// Writes all columns; the caller holds `locks::claimant` and has raised the version.
///
/// # Errors
/// `Duplicate` when the register number is taken.
pub fn update(tx: &mut WriteTx, organisation: &Organisation) -> Result<(), StoreError> {
    let row = Row::from(organisation);
    diesel::update(organisations::table.find(organisation.id)).set(row).execute(&mut tx.connection)?;
    Ok(())
}

/// Keeps that it had a register number, whose erasure follows: enterprises are counted by it.
///
/// # Errors
/// When the database fails.
pub fn note_registered(tx: &mut WriteTx, id: OrganisationId) -> Result<(), StoreError> {
    diesel::update(organisations::table.find(id))
        .set(organisations::was_registered.eq(true))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx, id: OrganisationId) -> Result<Option<Organisation>, StoreError> {
    let row = organisations::table.find(id).select(Row::as_select()).first(&mut tx.connection);
    row.optional()?.map(Organisation::try_from).transpose()
}

/// What some are called, by id.
///
/// # Errors
/// When the database fails.
pub fn names(
    tx: &mut ReadTx,
    ids: impl IntoIterator<Item = OrganisationId>,
) -> Result<Vec<(OrganisationId, String)>, StoreError> {
    let ids: Vec<OrganisationId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let named = organisations::table.filter(organisations::id.eq_any(ids));
    Ok(named.select((organisations::id, organisations::name)).load(&mut tx.connection)?)
}

/// The one that stands under a register number.
///
/// # Errors
/// When the database fails.
pub fn by_register_number(tx: &mut ReadTx, number: &str) -> Result<Option<Organisation>, StoreError> {
    let query = organisations::table.filter(organisations::register_number.eq(number));
    let row = query.select(Row::as_select()).first(&mut tx.connection).optional()?;
    row.map(Organisation::try_from).transpose()
}

/// Up to `limit` of all after `after`, by id, for `prostor check`.
///
/// # Errors
/// When the database fails.
pub fn walk(
    tx: &mut ReadTx,
    after: Option<OrganisationId>,
    limit: i64,
) -> Result<Vec<Organisation>, StoreError> {
    let after = after.unwrap_or(OrganisationId::from_uuid(uuid::Uuid::nil()));
    let query = organisations::table.filter(organisations::id.gt(after)).order(organisations::id);
    let rows = query.limit(limit).select(Row::as_select()).load(&mut tx.connection)?;
    rows.into_iter().map(Organisation::try_from).collect()
}

/// Up to `limit` of those that were ever confirmed as creative, with all these folded words in their names, after `after`, by id.
///
/// # Errors
/// When the database fails.
pub fn once_confirmed(
    tx: &mut ReadTx,
    words: &[String],
    after: Option<OrganisationId>,
    limit: i64,
) -> Result<Vec<Organisation>, StoreError> {
    let history = organisation_confirmations::table.select(organisation_confirmations::organisation_id);
    // Who was erased has a history, and no name.
    let named = organisations::name.ne(NOBODY);
    let mut query = organisations::table.filter(organisations::id.eq_any(history)).filter(named).into_boxed();
    for word in words {
        query = query.filter(organisations::search_text.like(wanted::containing(word)).escape('!'));
    }
    if let Some(after) = after {
        query = query.filter(organisations::id.gt(after));
    }
    let rows =
        query.order(organisations::id).limit(limit).select(Row::as_select()).load(&mut tx.connection)?;
    rows.into_iter().map(Organisation::try_from).collect()
}

/// Up to `limit` of a person's organisations after `after`, by id.
///
/// # Errors
/// When the database fails.
pub fn of(
    tx: &mut ReadTx,
    user: UserId,
    after: Option<OrganisationId>,
    limit: i64,
) -> Result<Vec<Organisation>, StoreError> {
    let after = after.unwrap_or(OrganisationId::from_uuid(uuid::Uuid::nil()));
    organisations::table
        .inner_join(organisation_members::table)
        .filter(organisation_members::user_id.eq(user).and(organisations::id.gt(after)))
        .order(organisations::id)
        .limit(limit)
        .select(Row::as_select())
        .load(&mut tx.connection)?
        .into_iter()
        .map(Organisation::try_from)
        .collect()
}

/// A person's part in an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub user: UserId,
    pub name: String,
    pub role: OrganisationRole,
}

fn member_of((user, name, role): (UserId, String, String)) -> Result<Member, StoreError> {
    let role = role.parse().map_err(|e| StoreError::corrupt("organisation_members.role", e))?;
    Ok(Member { user, name, role })
}

/// Up to `limit` members after `after`, by their id.
///
/// # Errors
/// When the database fails.
pub fn members(
    tx: &mut ReadTx,
    id: OrganisationId,
    after: Option<UserId>,
    limit: i64,
) -> Result<Vec<Member>, StoreError> {
    let after = after.unwrap_or(UserId::from_uuid(uuid::Uuid::nil()));
    organisation_members::table
        .inner_join(users::table.on(users::id.eq(organisation_members::user_id)))
        .filter(organisation_members::organisation_id.eq(id).and(users::id.gt(after)))
        .order(users::id)
        .limit(limit)
        .select((users::id, users::name, organisation_members::role))
        .load(&mut tx.connection)?
        .into_iter()
        .map(member_of)
        .collect()
}

/// # Errors
/// When the database fails.
pub fn role(
    tx: &mut ReadTx,
    id: OrganisationId,
    user: UserId,
) -> Result<Option<OrganisationRole>, StoreError> {
    let role = organisation_members::table.find((id, user)).select(organisation_members::role);
    let role: Option<String> = role.first(&mut tx.connection).optional()?;
    let parsed = role.as_deref().map(str::parse).transpose();
    parsed.map_err(|e| StoreError::corrupt("organisation_members.role", e))
}

/// How many owners there are, and how many members with them.
///
/// # Errors
/// When the database fails.
pub fn head_count(tx: &mut ReadTx, id: OrganisationId) -> Result<(i64, i64), StoreError> {
    let members = organisation_members::table.filter(organisation_members::organisation_id.eq(id));
    let owners = members.filter(organisation_members::role.eq(OrganisationRole::Owner.as_str()));
    let owners = owners.count().get_result(&mut tx.connection)?;
    Ok((owners, members.count().get_result(&mut tx.connection)?))
}

/// Makes a person a member, or changes the role; the caller holds `locks::claimant` of both.
///
/// # Errors
/// `Missing` when the person has no account.
pub fn set_member(
    tx: &mut WriteTx,
    id: OrganisationId,
    user: UserId,
    role: OrganisationRole,
    now: Instant,
) -> Result<(), StoreError> {
    let changed = diesel::update(organisation_members::table.find((id, user)))
        .set(organisation_members::role.eq(role.as_str()))
        .execute(&mut tx.connection)?;
    if changed == 0 {
        diesel::insert_into(organisation_members::table)
            .values((
                organisation_members::organisation_id.eq(id),
                organisation_members::user_id.eq(user),
                organisation_members::role.eq(role.as_str()),
                organisation_members::created_at.eq(now),
            ))
            .execute(&mut tx.connection)?;
    }
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn remove_member(tx: &mut WriteTx, id: OrganisationId, user: UserId) -> Result<(), StoreError> {
    diesel::delete(organisation_members::table.find((id, user))).execute(&mut tx.connection)?;
    Ok(())
}
