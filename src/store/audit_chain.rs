//! The audit as it is kept: its chain, which a job goes on with, its pages, and the erasing of payloads.
//!
//! The database refuses every other change of an entry, and its removal (triggers on both).

use diesel::prelude::*;
use uuid::Uuid;

use super::{
    audit::AnyKind,
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::{audit, invitations, reservations, series},
};
use crate::domain::{
    ids::{AuditId, Id, Kind, NetworkId, UserId, VenueId},
    instant::Instant,
};

/// What stands where a payload stood that was erased; the triggers know it too.
pub const ERASED: &str = r#"{"erased":true}"#;

/// An entry with its place in the chain, which is null until it is sealed.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = audit)]
pub struct Kept {
    pub id: AuditId,
    pub at: Instant,
    pub actor_id: Option<UserId>,
    pub action: String,
    pub subject_id: Id<AnyKind>,
    pub network_id: Option<NetworkId>,
    pub venue_id: Option<VenueId>,
    pub from_status: Option<String>,
    pub to_status: Option<String>,
    pub payload: String,
    /// The prefix of the subject's public id.
    pub subject_kind: Option<String>,
    pub position: Option<i64>,
    /// Null once the payload is erased: its digest then tells nothing.
    pub salt: Option<Vec<u8>>,
    pub digest: Option<Vec<u8>>,
    pub hash: Option<Vec<u8>>,
}

impl Kept {
    /// The subject's id as people know it; of the oldest entries the kind may not be known.
    pub fn public_subject(&self) -> String {
        let text = self.subject_id.to_string();
        match (&self.subject_kind, text.split_once('_')) {
            (Some(kind), Some((_, digits))) => format!("{kind}_{digits}"),
            _ => text,
        }
    }
}

/// What sealing adds to an entry.
#[derive(Debug, Clone)]
pub struct Seal {
    pub position: i64,
    pub salt: Vec<u8>,
    pub digest: Vec<u8>,
    pub hash: Vec<u8>,
}

/// Up to `limit` entries that have no place in the chain yet, by id.
///
/// # Errors
/// When the database fails.
pub fn unsealed(tx: &mut ReadTx, limit: i64) -> Result<Vec<Kept>, StoreError> {
    let query = audit::table.filter(audit::position.is_null()).order(audit::id).limit(limit);
    Ok(query.select(Kept::as_select()).load(&mut tx.connection)?)
}

/// The last place in the chain that is taken, and its hash.
///
/// # Errors
/// When the database fails, or the chain is damaged.
pub fn head(tx: &mut ReadTx) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
    let last = audit::table
        .filter(audit::position.is_not_null())
        .order(audit::position.desc())
        .select((audit::position, audit::hash))
        .first::<(Option<i64>, Option<Vec<u8>>)>(&mut tx.connection)
        .optional()?;
    let Some(last) = last else { return Ok(None) };
    match last {
        (Some(position), Some(hash)) => Ok(Some((position, hash))),
        _ => Err(StoreError::Corrupt("the last sealed entry of the audit has no hash".to_owned())),
    }
}

/// Gives an entry its place.
///
/// # Errors
/// When the database fails.
pub fn seal(tx: &mut WriteTx, id: AuditId, seal: &Seal) -> Result<(), StoreError> {
    diesel::update(audit::table.find(id))
        .set((
            audit::position.eq(seal.position),
            audit::salt.eq(&seal.salt),
            audit::digest.eq(&seal.digest),
            audit::hash.eq(&seal.hash),
        ))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Up to `limit` sealed entries after a position, in the order of the chain.
///
/// # Errors
/// When the database fails.
pub fn walk(tx: &mut ReadTx, after: i64, limit: i64) -> Result<Vec<Kept>, StoreError> {
    let query = audit::table.filter(audit::position.gt(after)).order(audit::position).limit(limit);
    Ok(query.select(Kept::as_select()).load(&mut tx.connection)?)
}

/// Whose entries: a venue's, those of a network that concern none of its venues, or all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Venue(NetworkId, VenueId),
    Network(NetworkId),
    /// Wherever it was.
    Any,
}

/// What a page of the audit asks for; absent means any.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub scope: Scope,
    pub from: Option<Instant>,
    pub to: Option<Instant>,
    pub actor: Option<UserId>,
    pub subject: Option<Uuid>,
    pub action: Option<String>,
}

/// Up to `limit` entries before `before`, the latest first.
///
/// # Errors
/// When the database fails.
pub fn page(
    tx: &mut ReadTx,
    wanted: &Wanted,
    before: Option<AuditId>,
    limit: i64,
) -> Result<Vec<Kept>, StoreError> {
    let mut query = match wanted.scope {
        Scope::Venue(network, venue) => audit::table
            .filter(audit::network_id.eq(network).and(audit::venue_id.eq(venue)).assume_not_null())
            .into_boxed(),
        Scope::Network(network) => audit::table
            .filter(audit::network_id.eq(network).assume_not_null().and(audit::venue_id.is_null()))
            .into_boxed(),
        Scope::Any => audit::table.into_boxed(),
    };
    if let Some(from) = wanted.from {
        query = query.filter(audit::at.ge(from));
    }
    if let Some(to) = wanted.to {
        query = query.filter(audit::at.lt(to));
    }
    if let Some(actor) = wanted.actor {
        query = query.filter(audit::actor_id.eq(actor).assume_not_null());
    }
    if let Some(subject) = wanted.subject {
        query = query.filter(audit::subject_id.eq(Id::<AnyKind>::from_uuid(subject)));
    }
    if let Some(action) = &wanted.action {
        query = query.filter(audit::action.eq(action.clone()));
    }
    if let Some(before) = before {
        query = query.filter(audit::id.lt(before));
    }
    Ok(query.order(audit::id.desc()).limit(limit).select(Kept::as_select()).load(&mut tx.connection)?)
}

/// Erases the payloads, with their salts, of what was done to a person, to the reservations and series they organised
/// and to the invitations sent to these addresses (canonical); returns how many.
///
/// # Errors
/// When the database fails.
pub fn erase_of(tx: &mut WriteTx, person: UserId, addresses: &[String]) -> Result<usize, StoreError> {
    let own: Id<AnyKind> = Id::from_uuid(person.uuid());
    let reserved = reservations::table.filter(reservations::organiser_id.eq(person)).select(reservations::id);
    let repeated = series::table.filter(series::organiser_id.eq(person)).select(series::id);
    let invited =
        invitations::table.filter(invitations::email_key.eq_any(addresses.to_vec())).select(invitations::id);
    let of_person = audit::subject_id
        .eq(own)
        .or(audit::subject_id.eq_any(reserved))
        .or(audit::subject_id.eq_any(repeated))
        .or(audit::subject_id.eq_any(invited));
    let said = audit::table.filter(audit::payload.ne("null").and(audit::payload.ne(ERASED)));
    Ok(diesel::update(said.filter(of_person))
        .set((audit::payload.eq(ERASED), audit::salt.eq(None::<Vec<u8>>)))
        .execute(&mut tx.connection)?)
}

/// Erases the payloads of all entries about one thing.
///
/// # Errors
/// When the database fails.
pub fn erase_about<K: Kind>(tx: &mut WriteTx, id: Id<K>) -> Result<(), StoreError> {
    let subject: Id<AnyKind> = Id::from_uuid(id.uuid());
    let said = audit::payload.ne("null").and(audit::payload.ne(ERASED));
    diesel::update(audit::table.filter(audit::subject_id.eq(subject).and(said)))
        .set((audit::payload.eq(ERASED), audit::salt.eq(None::<Vec<u8>>)))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// All entries about a person, and about the reservations and series they organised (at a venue, or anywhere), by id.
///
/// # Errors
/// When the database fails.
pub fn about(tx: &mut ReadTx, person: UserId, venue: Option<VenueId>) -> Result<Vec<Kept>, StoreError> {
    let own: Id<AnyKind> = Id::from_uuid(person.uuid());
    let reserved = reservations::table.filter(reservations::organiser_id.eq(person)).select(reservations::id);
    let repeated = series::table.filter(series::organiser_id.eq(person)).select(series::id);
    let of_theirs = audit::subject_id.eq_any(reserved).or(audit::subject_id.eq_any(repeated));
    let mut query = audit::table.filter(audit::subject_id.eq(own).or(of_theirs)).into_boxed();
    if let Some(venue) = venue {
        query = query.filter(audit::venue_id.eq(venue).assume_not_null());
    }
    Ok(query.order(audit::id).select(Kept::as_select()).load(&mut tx.connection)?)
}

/// Erases the payloads of up to `limit` entries about reservations and series that were made before `before`.
///
/// # Errors
/// When the database fails.
pub fn erase_before(tx: &mut WriteTx, before: Instant, limit: i64) -> Result<usize, StoreError> {
    let old: Vec<AuditId> = audit::table
        .filter(audit::id.lt(super::audit::first_at(before)))
        .filter(audit::subject_kind.eq_any(["rsv", "ser"]).assume_not_null())
        .filter(audit::payload.ne("null").and(audit::payload.ne(ERASED)))
        .limit(limit)
        .select(audit::id)
        .load(&mut tx.connection)?;
    diesel::update(audit::table.filter(audit::id.eq_any(old.clone())))
        .set((audit::payload.eq(ERASED), audit::salt.eq(None::<Vec<u8>>)))
        .execute(&mut tx.connection)?;
    Ok(old.len())
}
