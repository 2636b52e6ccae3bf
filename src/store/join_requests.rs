//! Who asks to join which organisation ↔ their rows.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::{join_requests, organisations, users},
};
use crate::domain::{
    access::Joining,
    ids::{JoinRequestId, OrganisationId, UserId},
    instant::Instant,
    organisation::JoinOutcome,
};

/// A wish to join an organisation.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = join_requests)]
pub struct JoinRequest {
    pub id: JoinRequestId,
    pub organisation_id: OrganisationId,
    pub user_id: UserId,
    pub message: Option<String>,
    pub created_at: Instant,
    /// Read it through [`JoinRequest::outcome`].
    outcome: Option<String>,
    pub ended_at: Option<Instant>,
    ended_by: Option<UserId>,
}

impl JoinRequest {
    /// One that waits for an answer.
    pub fn new(id: JoinRequestId, joining: Joining, message: Option<String>, now: Instant) -> Self {
        let Joining { person: user_id, organisation: organisation_id } = joining;
        let (outcome, ended_at, ended_by) = (None, None, None);
        Self { id, organisation_id, user_id, message, created_at: now, outcome, ended_at, ended_by }
    }

    pub const fn joining(&self) -> Joining {
        Joining { person: self.user_id, organisation: self.organisation_id }
    }

    /// `None` while it waits.
    ///
    /// # Errors
    /// `Corrupt` for a word that is none.
    pub fn outcome(&self) -> Result<Option<JoinOutcome>, StoreError> {
        let outcome = self.outcome.as_deref().map(str::parse).transpose();
        outcome.map_err(|error| StoreError::corrupt("join_requests.outcome", error))
    }
}

/// The same with the names of both sides, and the person's address.
#[derive(Debug, Clone, Queryable)]
pub struct Named {
    pub request: JoinRequest,
    pub organisation: String,
    pub name: String,
    pub email: String,
}

/// Which requests a list shows.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    /// All of a person's.
    Person(UserId),
    /// Those that wait for an organisation's answer.
    Organisation(OrganisationId),
}

/// # Errors
/// `Duplicate` where the person waits for the same organisation already.
pub fn insert(tx: &mut WriteTx, request: &JoinRequest) -> Result<(), StoreError> {
    diesel::insert_into(join_requests::table).values(request.clone()).execute(&mut tx.connection)?;
    Ok(())
}

/// Every request with its names.
#[diesel::dsl::auto_type]
fn named() -> _ {
    join_requests::table
        .inner_join(organisations::table.on(organisations::id.eq(join_requests::organisation_id)))
        .inner_join(users::table.on(users::id.eq(join_requests::user_id)))
}

/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx, id: JoinRequestId) -> Result<Option<Named>, StoreError> {
    let query = named().filter(join_requests::id.eq(id));
    let row = query.select((JoinRequest::as_select(), organisations::name, users::name, users::email));
    Ok(row.first(&mut tx.connection).optional()?)
}

/// Up to `limit` of them after `after`, by id.
///
/// # Errors
/// When the database fails.
pub fn page(
    tx: &mut ReadTx,
    of: Of,
    after: Option<JoinRequestId>,
    limit: i64,
) -> Result<Vec<Named>, StoreError> {
    let after = after.unwrap_or(JoinRequestId::from_uuid(uuid::Uuid::nil()));
    let query = named().filter(join_requests::id.gt(after)).into_boxed();
    let query = match of {
        Of::Person(user) => query.filter(join_requests::user_id.eq(user)),
        Of::Organisation(id) => {
            query.filter(join_requests::organisation_id.eq(id).and(join_requests::outcome.is_null()))
        }
    };
    Ok(query
        .order(join_requests::id)
        .limit(limit)
        .select((JoinRequest::as_select(), organisations::name, users::name, users::email))
        .load(&mut tx.connection)?)
}

/// The one of this person to this organisation that waits for an answer.
///
/// # Errors
/// When the database fails.
pub fn waiting(tx: &mut ReadTx, joining: Joining) -> Result<Option<JoinRequestId>, StoreError> {
    let waits = join_requests::table
        .filter(join_requests::user_id.eq(joining.person))
        .filter(join_requests::organisation_id.eq(joining.organisation))
        .filter(join_requests::outcome.is_null())
        .select(join_requests::id);
    Ok(waits.first(&mut tx.connection).optional()?)
}

/// How many of a person's wait for an answer, and how many they made since `since`.
///
/// # Errors
/// When the database fails.
pub fn counts(tx: &mut ReadTx, user: UserId, since: Instant) -> Result<(i64, i64), StoreError> {
    let own = join_requests::table.filter(join_requests::user_id.eq(user));
    let waiting = own.filter(join_requests::outcome.is_null()).count().get_result(&mut tx.connection)?;
    let made = own.filter(join_requests::created_at.gt(since)).count().get_result(&mut tx.connection)?;
    Ok((waiting, made))
}

/// Whether this organisation declined this person since `since`.
///
/// # Errors
/// When the database fails.
pub fn declined_since(tx: &mut ReadTx, joining: Joining, since: Instant) -> Result<bool, StoreError> {
    let declined = join_requests::table
        .filter(join_requests::user_id.eq(joining.person))
        .filter(join_requests::organisation_id.eq(joining.organisation))
        .filter(join_requests::outcome.eq(JoinOutcome::Declined.as_str()))
        .filter(join_requests::ended_at.gt(since))
        .select(join_requests::id);
    Ok(declined.first::<JoinRequestId>(&mut tx.connection).optional()?.is_some())
}

/// Ends one that waits; the caller holds `locks::claimant` of both sides.
///
/// # Errors
/// When the database fails.
pub fn end(
    tx: &mut WriteTx,
    id: JoinRequestId,
    outcome: JoinOutcome,
    by: UserId,
    now: Instant,
) -> Result<(), StoreError> {
    diesel::update(join_requests::table.find(id).filter(join_requests::outcome.is_null()))
        .set((
            join_requests::outcome.eq(outcome.as_str()),
            join_requests::ended_at.eq(now),
            join_requests::ended_by.eq(by),
        ))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Forgets a person's.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut WriteTx, user: UserId) -> Result<(), StoreError> {
    diesel::delete(join_requests::table.filter(join_requests::user_id.eq(user)))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Forgets those that ended before `ended`, and those that nobody answered since `asked`; returns how many.
///
/// # Errors
/// When the database fails.
pub fn purge(tx: &mut WriteTx, ended: Instant, asked: Instant) -> Result<usize, StoreError> {
    let over = join_requests::ended_at.lt(ended).assume_not_null();
    let unanswered = join_requests::outcome.is_null().and(join_requests::created_at.lt(asked));
    Ok(diesel::delete(join_requests::table.filter(over.or(unanswered))).execute(&mut tx.connection)?)
}
