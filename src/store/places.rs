//! Networks and venues ↔ their rows.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::{networks, venues},
};
use crate::domain::{
    access::Place,
    holidays::Country,
    ids::{NetworkId, VenueId},
    instant::Instant,
    places::{Address, Network, Venue},
    policy::Policy,
    zone::Zone,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = networks)]
pub(super) struct NetworkRow {
    id: NetworkId,
    name: String,
    slug: String,
    country: String,
    time_zone: String,
    policy: String,
    policy_version: i64,
    is_demo: bool,
    version: i64,
    created_at: Instant,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = venues, treat_none_as_null = true)]
pub(super) struct VenueRow {
    id: VenueId,
    network_id: NetworkId,
    name: String,
    slug: String,
    street: String,
    postcode: String,
    city: String,
    municipality: String,
    time_zone: String,
    contact_email: String,
    phone: Option<String>,
    access_instructions: Option<String>,
    policy: String,
    policy_version: i64,
    hours_version: i64,
    version: i64,
    created_at: Instant,
}

/// The zones of all venues, each once.
///
/// # Errors
/// When the database fails.
pub fn zones(tx: &mut ReadTx) -> Result<Vec<Zone>, StoreError> {
    let names = venues::table.select(venues::time_zone).distinct().order(venues::time_zone);
    names.load::<String>(&mut tx.connection)?.iter().map(|name| zone(name)).collect()
}

pub(super) fn read_policy(text: &str) -> Result<Policy, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::corrupt("policy", error))
}

pub(super) fn write_policy(policy: &Policy) -> Result<String, StoreError> {
    serde_json::to_string(policy).map_err(|error| StoreError::corrupt("policy", error))
}

fn zone(name: &str) -> Result<Zone, StoreError> {
    Zone::parse(name).map_err(|error| StoreError::corrupt("time_zone", error))
}

impl TryFrom<NetworkRow> for Network {
    type Error = StoreError;

    fn try_from(row: NetworkRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            name: row.name,
            slug: row.slug,
            country: Country::parse(&row.country).map_err(|e| StoreError::corrupt("country", e))?,
            zone: zone(&row.time_zone)?,
            policy: read_policy(&row.policy)?,
            policy_version: row.policy_version,
            is_demo: row.is_demo,
            version: row.version,
            created_at: row.created_at,
        })
    }
}

impl TryFrom<&Network> for NetworkRow {
    type Error = StoreError;

    fn try_from(network: &Network) -> Result<Self, StoreError> {
        Ok(Self {
            id: network.id,
            name: network.name.clone(),
            slug: network.slug.clone(),
            country: network.country.code().to_owned(),
            time_zone: network.zone.name().to_owned(),
            policy: write_policy(&network.policy)?,
            policy_version: network.policy_version,
            is_demo: network.is_demo,
            version: network.version,
            created_at: network.created_at,
        })
    }
}

impl TryFrom<VenueRow> for Venue {
    type Error = StoreError;

    fn try_from(row: VenueRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            network: row.network_id,
            name: row.name,
            slug: row.slug,
            address: Address {
                street: row.street,
                postcode: row.postcode,
                city: row.city,
                municipality: row.municipality,
            },
            zone: zone(&row.time_zone)?,
            contact_email: row.contact_email,
            phone: row.phone,
            access_instructions: row.access_instructions,
            policy: read_policy(&row.policy)?,
            policy_version: row.policy_version,
            hours_version: row.hours_version,
            version: row.version,
            created_at: row.created_at,
        })
    }
}

impl TryFrom<&Venue> for VenueRow {
    type Error = StoreError;

    fn try_from(venue: &Venue) -> Result<Self, StoreError> {
        let address = venue.address.clone();
        Ok(Self {
            id: venue.id,
            network_id: venue.network,
            name: venue.name.clone(),
            slug: venue.slug.clone(),
            street: address.street,
            postcode: address.postcode,
            city: address.city,
            municipality: address.municipality,
            time_zone: venue.zone.name().to_owned(),
            contact_email: venue.contact_email.clone(),
            phone: venue.phone.clone(),
            access_instructions: venue.access_instructions.clone(),
            policy: write_policy(&venue.policy)?,
            policy_version: venue.policy_version,
            hours_version: venue.hours_version,
            version: venue.version,
            created_at: venue.created_at,
        })
    }
}

/// # Errors
/// `Duplicate` when the slug is taken.
pub fn insert_network(tx: &mut WriteTx, network: &Network) -> Result<(), StoreError> {
    let row = NetworkRow::try_from(network)?;
    diesel::insert_into(networks::table).values(row).execute(&mut tx.connection)?;
    Ok(())
}

/// Writes all columns; the caller holds `locks::edit_network` and has raised the version. `revision` is a
/// fresh random number by which readers' caches see that the configuration changed.
///
/// # Errors
/// `Duplicate` when the slug is taken.
pub fn update_network(tx: &mut WriteTx, network: &Network, revision: i64) -> Result<(), StoreError> {
    let row = NetworkRow::try_from(network)?;
    diesel::update(networks::table.find(network.id))
        .set((row, networks::config_version.eq(revision)))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn network(tx: &mut ReadTx, id: NetworkId) -> Result<Option<Network>, StoreError> {
    let row = networks::table.find(id).select(NetworkRow::as_select()).first(&mut tx.connection);
    row.optional()?.map(Network::try_from).transpose()
}

/// Up to `limit` networks after `after`, by id.
///
/// # Errors
/// When the database fails.
pub fn networks(tx: &mut ReadTx, after: Option<NetworkId>, limit: i64) -> Result<Vec<Network>, StoreError> {
    let after = after.unwrap_or(NetworkId::from_uuid(uuid::Uuid::nil()));
    networks::table
        .filter(networks::id.gt(after))
        .order(networks::id)
        .limit(limit)
        .select(NetworkRow::as_select())
        .load(&mut tx.connection)?
        .into_iter()
        .map(Network::try_from)
        .collect()
}

/// # Errors
/// `Duplicate` when the slug is taken in the network.
pub fn insert_venue(tx: &mut WriteTx, venue: &Venue) -> Result<(), StoreError> {
    let row = VenueRow::try_from(venue)?;
    diesel::insert_into(venues::table).values(row).execute(&mut tx.connection)?;
    Ok(())
}

/// Writes all columns; the caller holds `locks::edit_venue` and has raised the version.
///
/// # Errors
/// `Duplicate` when the slug is taken in the network.
pub fn update_venue(tx: &mut WriteTx, venue: &Venue, revision: i64) -> Result<(), StoreError> {
    let row = VenueRow::try_from(venue)?;
    diesel::update(venues::table.find(venue.id))
        .set((row, venues::config_version.eq(revision)))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Tells readers' caches that something of the venue's configuration changed.
///
/// # Errors
/// When the database fails.
pub fn touch_venue(tx: &mut WriteTx, id: VenueId, revision: i64) -> Result<(), StoreError> {
    diesel::update(venues::table.find(id))
        .set(venues::config_version.eq(revision))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn venue(tx: &mut ReadTx, id: VenueId) -> Result<Option<Venue>, StoreError> {
    let row = venues::table.find(id).select(VenueRow::as_select()).first(&mut tx.connection);
    row.optional()?.map(Venue::try_from).transpose()
}

/// Of these venues those that exist, each with its network.
///
/// # Errors
/// When the database fails.
pub fn within_networks(
    tx: &mut ReadTx,
    ids: &[VenueId],
) -> Result<HashMap<VenueId, (Venue, Network)>, StoreError> {
    let rows = venues::table
        .inner_join(networks::table)
        .filter(venues::id.eq_any(ids.to_vec()))
        .select((VenueRow::as_select(), NetworkRow::as_select()))
        .load::<(VenueRow, NetworkRow)>(&mut tx.connection)?;
    let read = |(venue, network): (VenueRow, NetworkRow)| {
        let venue = Venue::try_from(venue)?;
        Ok((venue.id, (venue, Network::try_from(network)?)))
    };
    rows.into_iter().map(read).collect()
}

/// # Errors
/// When the database fails.
pub fn place(tx: &mut ReadTx, id: VenueId) -> Result<Option<Place>, StoreError> {
    let network = venues::table.find(id).select(venues::network_id).first(&mut tx.connection).optional()?;
    Ok(network.map(|network| Place { network, venue: id }))
}

/// The venue of a slug; none where venues of several networks have it.
///
/// # Errors
/// When the database fails.
pub fn by_slug(tx: &mut ReadTx, slug: &str) -> Result<Option<Place>, StoreError> {
    let found = venues::table.filter(venues::slug.eq(slug)).select((venues::network_id, venues::id)).limit(2);
    Ok(match found.load::<(NetworkId, VenueId)>(&mut tx.connection)?.as_slice() {
        [(network, venue)] => Some(Place { network: *network, venue: *venue }),
        _ => None,
    })
}

/// What of a venue and its network shows on everything in it.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings {
    pub zone: Zone,
    /// Whether the network's data was made up.
    pub demo: bool,
}

/// Of each of these venues that exists.
///
/// # Errors
/// When the database fails.
pub fn surroundings(tx: &mut ReadTx, ids: &[VenueId]) -> Result<HashMap<VenueId, Surroundings>, StoreError> {
    let rows = venues::table
        .inner_join(networks::table)
        .filter(venues::id.eq_any(ids.to_vec()))
        .select((venues::id, venues::time_zone, networks::is_demo))
        .load::<(VenueId, String, bool)>(&mut tx.connection)?;
    rows.into_iter().map(|(id, name, demo)| Ok((id, Surroundings { zone: zone(&name)?, demo }))).collect()
}

/// Up to `limit` venues after `after`, by id, of one network or all.
///
/// # Errors
/// When the database fails.
pub fn venues(
    tx: &mut ReadTx,
    network: Option<NetworkId>,
    after: Option<VenueId>,
    limit: i64,
) -> Result<Vec<Venue>, StoreError> {
    let mut query = venues::table.into_boxed();
    if let Some(network) = network {
        query = query.filter(venues::network_id.eq(network));
    }
    if let Some(after) = after {
        query = query.filter(venues::id.gt(after));
    }
    query
        .order(venues::id)
        .limit(limit)
        .select(VenueRow::as_select())
        .load(&mut tx.connection)?
        .into_iter()
        .map(Venue::try_from)
        .collect()
}
