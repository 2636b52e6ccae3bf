//! Who works for a venue or decides for it, who coordinates a network, whom either accepted as members ↔ their rows.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::users,
};
use crate::domain::{
    ids::{NetworkId, UserId, VenueId},
    instant::Instant,
};

/// A venue's staff and those who decide besides them, a network's coordination body, the accepted members of either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Team {
    Staff(VenueId),
    Coordinators(NetworkId),
    VenueMembers(VenueId),
    NetworkMembers(NetworkId),
    Delegates(VenueId),
}

impl Team {
    /// Whether it may be left without anybody.
    pub const fn may_be_empty(self) -> bool {
        matches!(self, Self::VenueMembers(_) | Self::NetworkMembers(_) | Self::Delegates(_))
    }
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Entry {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub since: Instant,
}

/// Repeats an expression for each table: `$place` is the column that holds `$id`.
macro_rules! on_team {
    ($team:expr, |$table:ident, $place:ident, $id:ident| $body:expr) => {
        match $team {
            Team::Staff($id) => {
                use super::schema::venue_staff as $table;
                let $place = $table::venue_id;
                $body
            }
            Team::Coordinators($id) => {
                use super::schema::network_coordinators as $table;
                let $place = $table::network_id;
                $body
            }
            Team::VenueMembers($id) => {
                use super::schema::venue_members as $table;
                let $place = $table::venue_id;
                $body
            }
            Team::NetworkMembers($id) => {
                use super::schema::network_members as $table;
                let $place = $table::network_id;
                $body
            }
            Team::Delegates($id) => {
                use super::schema::venue_delegates as $table;
                let $place = $table::venue_id;
                $body
            }
        }
    };
}

/// Up to `limit` of them after `after`, by their id.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut ReadTx,
    team: Team,
    after: Option<UserId>,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    let after = after.unwrap_or(UserId::from_uuid(uuid::Uuid::nil()));
    Ok(on_team!(team, |table, place, id| table::table
        .inner_join(users::table.on(users::id.eq(table::user_id)))
        .filter(place.eq(id).and(users::id.gt(after)))
        .order(users::id)
        .limit(limit)
        .select((users::id, users::name, users::email, table::created_at))
        .load(&mut tx.connection)?))
}

/// Those of the people who are of the team.
///
/// # Errors
/// When the database fails.
pub fn among(tx: &mut ReadTx, team: Team, people: &[UserId]) -> Result<Vec<UserId>, StoreError> {
    Ok(on_team!(team, |table, place, id| table::table
        .filter(place.eq(id).and(table::user_id.eq_any(people.to_vec())))
        .order(table::user_id)
        .select(table::user_id)
        .load(&mut tx.connection)?))
}

/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx, team: Team, user: UserId) -> Result<Option<Entry>, StoreError> {
    Ok(on_team!(team, |table, place, id| table::table
        .inner_join(users::table.on(users::id.eq(table::user_id)))
        .filter(place.eq(id).and(users::id.eq(user)))
        .select((users::id, users::name, users::email, table::created_at))
        .first(&mut tx.connection)
        .optional()?))
}

/// # Errors
/// When the database fails.
pub fn count(tx: &mut ReadTx, team: Team) -> Result<i64, StoreError> {
    Ok(on_team!(team, |table, place, id| table::table
        .filter(place.eq(id))
        .count()
        .get_result(&mut tx.connection)?))
}

/// Adds a person who is not there yet; the caller holds `locks::claimant` of that person.
///
/// # Errors
/// `Missing` when there is no such account or place, `Duplicate` when they are there already.
pub fn add(tx: &mut WriteTx, team: Team, user: UserId, now: Instant) -> Result<(), StoreError> {
    on_team!(team, |table, place, id| diesel::insert_into(table::table)
        .values((place.eq(id), table::user_id.eq(user), table::created_at.eq(now)))
        .execute(&mut tx.connection)?);
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn remove(tx: &mut WriteTx, team: Team, user: UserId) -> Result<(), StoreError> {
    on_team!(team, |table, place, id| diesel::delete(
        table::table.filter(place.eq(id).and(table::user_id.eq(user)))
    )
    .execute(&mut tx.connection)?);
    Ok(())
}

/// Ends all of a person's accepted memberships and what they decide besides staff; the caller holds `locks::claimant` of that person.
///
/// # Errors
/// When the database fails.
pub fn forget_member(tx: &mut WriteTx, user: UserId) -> Result<(), StoreError> {
    use super::schema::{network_members, venue_delegates, venue_members};
    diesel::delete(venue_members::table.filter(venue_members::user_id.eq(user)))
        .execute(&mut tx.connection)?;
    diesel::delete(network_members::table.filter(network_members::user_id.eq(user)))
        .execute(&mut tx.connection)?;
    diesel::delete(venue_delegates::table.filter(venue_delegates::user_id.eq(user)))
        .execute(&mut tx.connection)?;
    Ok(())
}
