//! What venues were told of people they reserved for: the address, the name and the number as their staff wrote them. A
//! venue is shown these, so that what it reads tells nothing of an account, or of what another venue wrote.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    dialect::on_both,
    error::StoreError,
    schema::{guests, reservations},
};
use crate::domain::{
    ids::{UserId, VenueId},
    instant::Instant,
};

diesel::define_sql_function! {
    /// Of addresses and ids, which are ASCII.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// Somebody as a venue knows them.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = guests)]
pub struct Guest {
    pub venue_id: VenueId,
    pub user_id: UserId,
    pub email: String,
    pub name: String,
    pub phone: Option<String>,
    /// When the venue first reserved for them.
    pub created_at: Instant,
}

/// Keeps what a venue was told last; a number that is not told again stays.
///
/// # Errors
/// When the database fails.
pub fn tell(tx: &mut WriteTx, guest: &Guest) -> Result<(), StoreError> {
    on_both!(tx, connection => diesel::insert_into(guests::table)
        .values(guest.clone())
        .on_conflict((guests::venue_id, guests::user_id))
        .do_update()
        .set((guests::email.eq(&guest.email), guests::name.eq(&guest.name)))
        .execute(connection))?;
    if guest.phone.is_some() {
        let this = guests::table.find((guest.venue_id, guest.user_id));
        diesel::update(this).set(guests::phone.eq(&guest.phone)).execute(&mut tx.connection)?;
    }
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx, venue: VenueId, user: UserId) -> Result<Option<Guest>, StoreError> {
    let this = guests::table.find((venue, user)).select(Guest::as_select());
    Ok(this.first(&mut tx.connection).optional()?)
}

/// Which of its guests a venue asks for: all, or who fits all that is given.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// In its canonical form.
    pub email: Option<String>,
    pub user: Option<UserId>,
}

/// Up to `limit` of them after `after`, by id.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut ReadTx,
    venue: VenueId,
    sought: &Sought,
    after: Option<UserId>,
    limit: i64,
) -> Result<Vec<Guest>, StoreError> {
    let mut query = guests::table.filter(guests::venue_id.eq(venue)).into_boxed();
    if let Some(after) = after {
        query = query.filter(guests::user_id.gt(after));
    }
    if let Some(email) = &sought.email {
        query = query.filter(lower(guests::email).eq(email.clone()));
    }
    if let Some(user) = sought.user {
        query = query.filter(guests::user_id.eq(user));
    }
    let page = query.order(guests::user_id).limit(limit).select(Guest::as_select());
    Ok(page.load(&mut tx.connection)?)
}

/// Those of these people whom these venues know.
///
/// # Errors
/// When the database fails.
pub fn known(
    tx: &mut ReadTx,
    all: &[(VenueId, UserId)],
) -> Result<BTreeMap<(VenueId, UserId), Guest>, StoreError> {
    if all.is_empty() {
        return Ok(BTreeMap::new());
    }
    let venues: Vec<VenueId> = all.iter().map(|(venue, _)| *venue).collect();
    let users: Vec<UserId> = all.iter().map(|(_, user)| *user).collect();
    let found: Vec<Guest> = guests::table
        .filter(guests::user_id.eq_any(users).and(guests::venue_id.eq_any(venues)))
        .select(Guest::as_select())
        .load(&mut tx.connection)?;
    Ok(found.into_iter().map(|guest| ((guest.venue_id, guest.user_id), guest)).collect())
}

/// By whom somebody is known, for their export.
///
/// # Errors
/// When the database fails.
pub fn of(tx: &mut ReadTx, user: UserId) -> Result<Vec<Guest>, StoreError> {
    let all = guests::table.filter(guests::user_id.eq(user)).order(guests::venue_id);
    Ok(all.select(Guest::as_select()).load(&mut tx.connection)?)
}

/// A venue forgets somebody.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut WriteTx, venue: VenueId, user: UserId) -> Result<(), StoreError> {
    diesel::delete(guests::table.find((venue, user))).execute(&mut tx.connection)?;
    Ok(())
}

/// All venues forget these.
///
/// # Errors
/// When the database fails.
pub fn forget_all(tx: &mut WriteTx, users: &[UserId]) -> Result<(), StoreError> {
    diesel::delete(guests::table.filter(guests::user_id.eq_any(users.to_vec())))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Forgets up to `limit` whom their venues made known before `before` and for whom nothing there ended later; how many.
///
/// # Errors
/// When the database fails.
pub fn purge(tx: &mut WriteTx, before: Instant, limit: i64) -> Result<usize, StoreError> {
    let there =
        reservations::organiser_id.eq(guests::user_id).and(reservations::venue_id.eq(guests::venue_id));
    let later =
        reservations::table.filter(there.and(reservations::ends_at.ge(before))).select(reservations::id);
    let gone: Vec<(VenueId, UserId)> = guests::table
        .filter(guests::created_at.lt(before).and(diesel::dsl::not(diesel::dsl::exists(later))))
        .limit(limit)
        .select((guests::venue_id, guests::user_id))
        .load(&mut tx.connection)?;
    for (venue, user) in &gone {
        forget(tx, *venue, *user)?;
    }
    Ok(gone.len())
}
