//! Who is signed in, and with which roles: read from the database at every request, never from a token.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    dialect::{AnyConnection, on_both},
    error::StoreError,
    schema::{
        network_coordinators, organisation_members, second_factors, sessions, users, venue_delegates,
        venue_staff,
    },
};
use crate::domain::{
    access::{OrganisationRole, Person},
    ids::{NetworkId, OrganisationId, SessionId, UserId, VenueId},
    instant::Instant,
};

type Row = (
    Option<Instant>,
    bool,
    Option<VenueId>,
    Option<NetworkId>,
    Option<OrganisationId>,
    Option<String>,
    Option<VenueId>,
    Option<SessionId>,
    Option<Instant>,
);

/// Who acts, and whether they have a second factor.
pub struct Known {
    pub person: Person,
    pub second_factor: bool,
}

/// A person with the roles held now, and in `session` while it is live; `None` when the account is disabled. One
/// query: few people hold more than a handful of roles.
///
/// # Errors
/// When the database fails.
pub fn person(
    tx: &mut ReadTx,
    id: UserId,
    session: Option<SessionId>,
    now: Instant,
) -> Result<Option<Known>, StoreError> {
    let session = session.unwrap_or(SessionId::from_uuid(uuid::Uuid::nil()));
    let live = sessions::id
        .eq(session)
        .and(sessions::user_id.eq(users::id))
        .and(sessions::revoked_at.is_null())
        .and(sessions::expires_at.gt(now));
    let enabled = second_factors::user_id.eq(users::id).and(second_factors::enabled_at.is_not_null());
    let rows = users::table
        .left_join(sessions::table.on(live))
        .left_join(second_factors::table.on(enabled))
        .left_join(venue_staff::table.on(venue_staff::user_id.eq(users::id)))
        .left_join(network_coordinators::table.on(network_coordinators::user_id.eq(users::id)))
        .left_join(organisation_members::table.on(organisation_members::user_id.eq(users::id)))
        .left_join(venue_delegates::table.on(venue_delegates::user_id.eq(users::id)))
        .filter(users::id.eq(id).and(users::disabled_at.is_null()))
        .select((
            users::verified_at,
            users::is_administrator,
            venue_staff::venue_id.nullable(),
            network_coordinators::network_id.nullable(),
            organisation_members::organisation_id.nullable(),
            organisation_members::role.nullable(),
            venue_delegates::venue_id.nullable(),
            sessions::id.nullable(),
            second_factors::enabled_at.nullable(),
        ))
        .load::<Row>(&mut tx.connection)?;
    let Some(&(verified, administrator, .., session, enabled)) = rows.first() else { return Ok(None) };
    let mut person = Person {
        administrator,
        staff_of: rows.iter().filter_map(|row| row.2).collect(),
        coordinates: rows.iter().filter_map(|row| row.3).collect(),
        decides_for: rows.iter().filter_map(|row| row.6).collect(),
        ..Person::plain(id, session, verified.is_some())
    };
    for row in &rows {
        if let (Some(organisation), Some(role)) = (row.4, &row.5) {
            let role: OrganisationRole = role.parse().map_err(|e| StoreError::corrupt("role", e))?;
            person.organisations.push((organisation, role));
        }
    }
    person.staff_of.sort_unstable();
    person.staff_of.dedup();
    person.decides_for.sort_unstable();
    person.decides_for.dedup();
    person.coordinates.sort_unstable();
    person.coordinates.dedup();
    person.organisations.sort_unstable();
    person.organisations.dedup();
    Ok(Some(Known { person, second_factor: enabled.is_some() }))
}

/// How to reach and address a person.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = users)]
pub struct Contact {
    pub id: UserId,
    pub email: String,
    pub name: String,
    pub locale: String,
    pub verified_at: Option<Instant>,
}

/// # Errors
/// When the database fails.
pub fn contacts(tx: &mut ReadTx, ids: &[UserId]) -> Result<Vec<Contact>, StoreError> {
    Ok(users::table
        .filter(users::id.eq_any(ids.to_vec()))
        .order(users::id)
        .select(Contact::as_select())
        .load(&mut tx.connection)?)
}

/// One person's, by the primary key.
///
/// # Errors
/// When the database fails.
pub fn contact(tx: &mut ReadTx, id: UserId) -> Result<Option<Contact>, StoreError> {
    Ok(users::table.find(id).select(Contact::as_select()).first(&mut tx.connection).optional()?)
}

/// The same, and held until the transaction ends as by [`super::locks::person`]: one round trip for both.
///
/// # Errors
/// When the database fails.
pub fn contact_held(tx: &mut WriteTx, id: UserId) -> Result<Option<Contact>, StoreError> {
    let AnyConnection::Postgres(connection) = &mut tx.connection else { return contact(tx, id) };
    let query = users::table.find(id).select(Contact::as_select());
    Ok(query.for_no_key_update().first(connection).optional()?)
}

/// Those who work at the venue.
///
/// # Errors
/// When the database fails.
pub fn staff(tx: &mut ReadTx, venue: VenueId) -> Result<Vec<Contact>, StoreError> {
    Ok(users::table
        .inner_join(venue_staff::table.on(venue_staff::user_id.eq(users::id)))
        .filter(venue_staff::venue_id.eq(venue).and(users::disabled_at.is_null()))
        .order(users::id)
        .select(Contact::as_select())
        .load(&mut tx.connection)?)
}

/// Those who own the organisation.
///
/// # Errors
/// When the database fails.
pub fn owners(tx: &mut ReadTx, organisation: OrganisationId) -> Result<Vec<Contact>, StoreError> {
    Ok(users::table
        .inner_join(organisation_members::table.on(organisation_members::user_id.eq(users::id)))
        .filter(organisation_members::organisation_id.eq(organisation).and(users::disabled_at.is_null()))
        .filter(organisation_members::role.eq(OrganisationRole::Owner.as_str()))
        .order(users::id)
        .select(Contact::as_select())
        .load(&mut tx.connection)?)
}

/// The operator's administrators.
///
/// # Errors
/// When the database fails.
pub fn administrators(tx: &mut ReadTx) -> Result<Vec<Contact>, StoreError> {
    Ok(users::table
        .filter(users::is_administrator.eq(true).and(users::disabled_at.is_null()))
        .order(users::id)
        .select(Contact::as_select())
        .load(&mut tx.connection)?)
}

/// Those who decide on the venue's requests: its staff and whom it named besides, each once.
///
/// # Errors
/// When the database fails.
pub fn deciders(tx: &mut ReadTx, venue: VenueId) -> Result<Vec<Contact>, StoreError> {
    let mut all = staff(tx, venue)?;
    let delegates = users::table
        .inner_join(venue_delegates::table.on(venue_delegates::user_id.eq(users::id)))
        .filter(venue_delegates::venue_id.eq(venue).and(users::disabled_at.is_null()))
        .order(users::id)
        .select(Contact::as_select())
        .load::<Contact>(&mut tx.connection)?;
    let besides: Vec<Contact> =
        delegates.into_iter().filter(|one| all.iter().all(|known| known.id != one.id)).collect();
    all.extend(besides);
    Ok(all)
}

/// The account of an address, by its canonical form.
///
/// # Errors
/// When the database fails.
pub fn by_email(tx: &mut ReadTx, key: &str) -> Result<Option<Contact>, StoreError> {
    Ok(users::table
        .filter(users::email_key.eq(key).and(users::disabled_at.is_null()))
        .select(Contact::as_select())
        .first(&mut tx.connection)
        .optional()?)
}

/// Takes back accounts that the same transaction made and that nothing came of.
///
/// # Errors
/// `Missing` where something points to one.
pub fn take_back(tx: &mut WriteTx, ids: &[UserId]) -> Result<(), StoreError> {
    diesel::delete(users::table.filter(users::id.eq_any(ids.to_vec()))).execute(&mut tx.connection)?;
    Ok(())
}

/// Makes an unverified account without a password for somebody staff reserve for. `false` where the address
/// has one already, perhaps only since a moment ago.
///
/// # Errors
/// When the database fails.
pub fn insert_guest(
    tx: &mut WriteTx,
    contact: &Contact,
    key: &str,
    phone: Option<String>,
    now: Instant,
) -> Result<bool, StoreError> {
    let values = (
        users::id.eq(contact.id),
        users::email.eq(&contact.email),
        users::email_key.eq(key),
        users::name.eq(&contact.name),
        users::phone.eq(phone),
        users::locale.eq(&contact.locale),
        users::created_at.eq(now),
    );
    let inserted = on_both!(tx, connection => diesel::insert_into(users::table)
        .values(values)
        .on_conflict(users::email_key)
        .do_nothing()
        .execute(connection))?;
    Ok(inserted == 1)
}
