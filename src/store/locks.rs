//! Row locks in the one order of DESIGN 4: idempotency, person and organisation, configuration, units,
//! reservations, then entries of the waiting list. On SQLite the single writer is the lock, and these do nothing.
//!
//! Units and reservations are locked by those alone who hold the configuration, be it shared: debug builds insist on it.
//! So whoever edits a venue, and has its configuration alone, may lock any of its reservations in any order.

use diesel::{prelude::*, sql_types::BigInt};

use super::{
    db::WriteTx,
    dialect::AnyConnection,
    error::StoreError,
    schema::{organisations, reservations, unit_groups, users, waiting_entries},
};
use crate::domain::{
    access::Place,
    ids::{Id, Kind, NetworkId, OrganisationId, ReservationId, UnitGroupId, UserId, WaitingId},
};

diesel::define_sql_function! {
    /// Held until the transaction ends; taken by who only reads the configuration.
    #[sql_name = "pg_advisory_xact_lock_shared"]
    fn share(key: BigInt) -> diesel::sql_types::Text;
}
diesel::define_sql_function! {
    /// Held until the transaction ends; taken by who edits the configuration.
    #[sql_name = "pg_advisory_xact_lock"]
    fn exclude(key: BigInt) -> diesel::sql_types::Text;
}

/// The low half of a UUIDv7 is random: as good as a hash.
fn key<K: Kind>(id: Id<K>) -> i64 {
    let (_, low) = id.uuid().as_u64_pair();
    i64::from_ne_bytes(low.to_ne_bytes())
}

/// The person (and organisation) a claim is made for: limits per person race too.
///
/// # Errors
/// When the database fails.
pub fn claimant(
    tx: &mut WriteTx,
    user: UserId,
    organisation: Option<OrganisationId>,
) -> Result<(), StoreError> {
    person(tx, user)?;
    organisation.map_or(Ok(()), |organisation| self::organisation(tx, organisation))
}

/// One person.
///
/// # Errors
/// When the database fails.
pub fn person(tx: &mut WriteTx, id: UserId) -> Result<(), StoreError> {
    let AnyConnection::Postgres(connection) = &mut tx.connection else { return Ok(()) };
    users::table.find(id).select(users::id).for_no_key_update().execute(connection)?;
    Ok(())
}

/// One organisation, after the persons.
///
/// # Errors
/// When the database fails.
pub fn organisation(tx: &mut WriteTx, id: OrganisationId) -> Result<(), StoreError> {
    let AnyConnection::Postgres(connection) = &mut tx.connection else { return Ok(()) };
    organisations::table.find(id).select(organisations::id).for_no_key_update().execute(connection)?;
    Ok(())
}

/// # Panics
/// Where the configuration is not held: two who lock in another order could wait for each other for ever.
pub(super) fn after_configuration(tx: &WriteTx) {
    assert!(tx.configured, "units and reservations are locked after the configuration");
}

/// The configuration stays as it is until this transaction ends; many may hold this at once.
///
/// # Errors
/// When the database fails.
pub fn share_configuration(tx: &mut WriteTx, place: Place) -> Result<(), StoreError> {
    tx.configured = true;
    let AnyConnection::Postgres(connection) = &mut tx.connection else { return Ok(()) };
    diesel::select((share(key(place.network)), share(key(place.venue)))).execute(connection)?;
    Ok(())
}

/// This transaction alone edits the venue's configuration.
///
/// # Errors
/// When the database fails.
pub fn edit_venue(tx: &mut WriteTx, place: Place) -> Result<(), StoreError> {
    tx.configured = true;
    let AnyConnection::Postgres(connection) = &mut tx.connection else { return Ok(()) };
    diesel::select((share(key(place.network)), exclude(key(place.venue)))).execute(connection)?;
    Ok(())
}

/// This transaction alone edits the network's configuration.
///
/// # Errors
/// When the database fails.
pub fn edit_network(tx: &mut WriteTx, network: NetworkId) -> Result<(), StoreError> {
    tx.configured = true;
    let AnyConnection::Postgres(connection) = &mut tx.connection else { return Ok(()) };
    diesel::select(exclude(key(network))).execute(connection)?;
    Ok(())
}

/// This transaction alone makes signing keys: nodes that start together must agree on one.
///
/// # Errors
/// When the database fails.
pub fn signing_keys(tx: &mut WriteTx) -> Result<(), StoreError> {
    /// Arbitrary and ours, beside the number under which migrations run.
    const KEY: i64 = 7_265_002;
    let AnyConnection::Postgres(connection) = &mut tx.connection else { return Ok(()) };
    diesel::select(exclude(KEY)).execute(connection)?;
    Ok(())
}

/// This transaction alone goes on with the audit's chain.
///
/// # Errors
/// When the database fails.
pub fn audit_chain(tx: &mut WriteTx) -> Result<(), StoreError> {
    /// Arbitrary and ours, beside the number of signing keys.
    const KEY: i64 = 7_265_003;
    let AnyConnection::Postgres(connection) = &mut tx.connection else { return Ok(()) };
    diesel::select(exclude(KEY)).execute(connection)?;
    Ok(())
}

/// The units, through the one row of each group of connected units, in the order of their ids.
///
/// # Errors
/// When the database fails.
pub fn units(tx: &mut WriteTx, groups: &[UnitGroupId]) -> Result<(), StoreError> {
    after_configuration(tx);
    let AnyConnection::Postgres(connection) = &mut tx.connection else { return Ok(()) };
    let mut groups = groups.to_vec();
    groups.sort_unstable();
    groups.dedup();
    for group in groups {
        unit_groups::table.find(group).select(unit_groups::id).for_no_key_update().execute(connection)?;
    }
    Ok(())
}

/// One reservation.
///
/// # Errors
/// When the database fails.
pub fn reservation(tx: &mut WriteTx, id: ReservationId) -> Result<(), StoreError> {
    after_configuration(tx);
    let AnyConnection::Postgres(connection) = &mut tx.connection else { return Ok(()) };
    reservations::table.find(id).select(reservations::id).for_no_key_update().execute(connection)?;
    Ok(())
}

/// One entry of the waiting list, last of all.
///
/// # Errors
/// When the database fails.
pub fn waiting_entry(tx: &mut WriteTx, id: WaitingId) -> Result<(), StoreError> {
    let AnyConnection::Postgres(connection) = &mut tx.connection else { return Ok(()) };
    waiting_entries::table.find(id).select(waiting_entries::id).for_no_key_update().execute(connection)?;
    Ok(())
}
