//! Accounts ↔ their rows. Roles are read in `people`, sign-ins in `sessions`.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    people::Contact,
    schema::users,
};
use crate::domain::{
    ids::{NetworkId, UserId, VenueId},
    instant::Instant,
    locale::Locale,
    topic::{Topic, Wanted},
};

/// A person's account.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = users, treat_none_as_null = true)]
pub struct Account {
    pub id: UserId,
    /// As it was written.
    pub email: String,
    /// By which two addresses are one account: `EmailAddress::canonical`.
    pub email_key: String,
    pub name: String,
    pub phone: Option<String>,
    /// A language tag; read it through [`Account::locale`].
    pub locale: String,
    /// A PHC string; before the address is verified, whoever registered may sign in with it.
    pub password_hash: Option<String>,
    pub verified_at: Option<Instant>,
    pub is_administrator: bool,
    pub disabled_at: Option<Instant>,
    pub version: i64,
    pub created_at: Instant,
    #[diesel(embed)]
    pub wanted: WantedMail,
}

/// The columns about the mails that a person may do without.
#[derive(Debug, Clone, Copy, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = users)]
pub struct WantedMail {
    wants_reminders: bool,
    wants_digests: bool,
    wants_headcounts: bool,
}

impl Default for WantedMail {
    fn default() -> Self {
        Wanted::default().into()
    }
}

impl From<Wanted> for WantedMail {
    fn from(Wanted { reminders, digests, headcounts }: Wanted) -> Self {
        Self { wants_reminders: reminders, wants_digests: digests, wants_headcounts: headcounts }
    }
}

impl From<WantedMail> for Wanted {
    fn from(row: WantedMail) -> Self {
        Self { reminders: row.wants_reminders, digests: row.wants_digests, headcounts: row.wants_headcounts }
    }
}

impl Account {
    /// # Errors
    /// `Corrupt` when the stored tag is none of ours.
    pub fn locale(&self) -> Result<Locale, StoreError> {
        self.locale.parse().map_err(|error| StoreError::corrupt("users.locale", error))
    }

    /// Which optional mails they want.
    pub fn wanted(&self) -> Wanted {
        self.wanted.into()
    }

    pub fn contact(&self) -> Contact {
        Contact {
            id: self.id,
            email: self.email.clone(),
            name: self.name.clone(),
            locale: self.locale.clone(),
            verified_at: self.verified_at,
        }
    }
}

/// # Errors
/// `Duplicate` when the address has an account.
pub fn insert(tx: &mut WriteTx, account: &Account) -> Result<(), StoreError> {
    diesel::insert_into(users::table).values(account.clone()).execute(&mut tx.connection)?;
    Ok(())
}

/// Writes all columns; the caller holds `locks::claimant` and has raised the version.
///
/// # Errors
/// When the database fails.
pub fn update(tx: &mut WriteTx, account: &Account) -> Result<(), StoreError> {
    diesel::update(users::table.find(account.id)).set(account.clone()).execute(&mut tx.connection)?;
    Ok(())
}

/// Raises the version: something that `/me` shows beside the row changed.
///
/// # Errors
/// When the database fails.
pub fn touch(tx: &mut WriteTx, id: UserId) -> Result<(), StoreError> {
    diesel::update(users::table.find(id))
        .set(users::version.eq(users::version + 1))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// An account that is not disabled.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx, id: UserId) -> Result<Option<Account>, StoreError> {
    let row = users::table.find(id).filter(users::disabled_at.is_null()).select(Account::as_select());
    Ok(row.first(&mut tx.connection).optional()?)
}

/// The account of an address, disabled or not.
///
/// # Errors
/// When the database fails.
pub fn by_email(tx: &mut ReadTx, key: &str) -> Result<Option<Account>, StoreError> {
    let row = users::table.filter(users::email_key.eq(key)).select(Account::as_select());
    Ok(row.first(&mut tx.connection).optional()?)
}

/// Up to `limit` of all who were not erased after `after`, by id.
///
/// # Errors
/// When the database fails.
pub fn walk(tx: &mut ReadTx, after: Option<UserId>, limit: i64) -> Result<Vec<Account>, StoreError> {
    let after = after.unwrap_or(UserId::from_uuid(uuid::Uuid::nil()));
    Ok(users::table
        .filter(users::id.gt(after).and(users::disabled_at.is_null()))
        .order(users::id)
        .limit(limit)
        .select(Account::as_select())
        .load(&mut tx.connection)?)
}

/// Whether a person wants an optional kind of mail; nobody does whose account is given up.
///
/// # Errors
/// When the database fails.
pub fn wants(tx: &mut ReadTx, id: UserId, topic: Topic) -> Result<bool, StoreError> {
    let row = users::table.find(id).filter(users::disabled_at.is_null()).select(WantedMail::as_select());
    let wanted = row.first(&mut tx.connection).optional()?;
    Ok(wanted.is_some_and(|wanted| Wanted::from(wanted).has(topic)))
}

/// How many administrators can still act.
///
/// # Errors
/// When the database fails.
pub fn administrators(tx: &mut ReadTx) -> Result<i64, StoreError> {
    let active = users::table.filter(users::is_administrator.eq(true).and(users::disabled_at.is_null()));
    Ok(active.count().get_result(&mut tx.connection)?)
}

/// The venues a person works for, with their names, by id.
///
/// # Errors
/// When the database fails.
pub fn venues_of(tx: &mut ReadTx, id: UserId) -> Result<Vec<(VenueId, String)>, StoreError> {
    use super::schema::{venue_staff, venues};
    Ok(venue_staff::table
        .inner_join(venues::table.on(venues::id.eq(venue_staff::venue_id)))
        .filter(venue_staff::user_id.eq(id))
        .order(venues::id)
        .select((venues::id, venues::name))
        .load(&mut tx.connection)?)
}

/// The venues that accepted a person as a member, and those for which they decide besides the staff, each with their
/// names, by id.
///
/// # Errors
/// When the database fails.
pub fn venues_besides(tx: &mut ReadTx, id: UserId) -> Result<[Vec<(VenueId, String)>; 2], StoreError> {
    use super::schema::{venue_delegates, venue_members, venues};
    let accepted = venue_members::table
        .inner_join(venues::table.on(venues::id.eq(venue_members::venue_id)))
        .filter(venue_members::user_id.eq(id))
        .order(venues::id)
        .select((venues::id, venues::name))
        .load(&mut tx.connection)?;
    let decided = venue_delegates::table
        .inner_join(venues::table.on(venues::id.eq(venue_delegates::venue_id)))
        .filter(venue_delegates::user_id.eq(id))
        .order(venues::id)
        .select((venues::id, venues::name))
        .load(&mut tx.connection)?;
    Ok([accepted, decided])
}

/// The networks that accepted a person as a member, with their names, by id.
///
/// # Errors
/// When the database fails.
pub fn networks_accepting(tx: &mut ReadTx, id: UserId) -> Result<Vec<(NetworkId, String)>, StoreError> {
    use super::schema::{network_members, networks};
    Ok(network_members::table
        .inner_join(networks::table.on(networks::id.eq(network_members::network_id)))
        .filter(network_members::user_id.eq(id))
        .order(networks::id)
        .select((networks::id, networks::name))
        .load(&mut tx.connection)?)
}

/// The networks a person coordinates, with their names, by id.
///
/// # Errors
/// When the database fails.
pub fn networks_of(tx: &mut ReadTx, id: UserId) -> Result<Vec<(NetworkId, String)>, StoreError> {
    use super::schema::{network_coordinators, networks};
    Ok(network_coordinators::table
        .inner_join(networks::table.on(networks::id.eq(network_coordinators::network_id)))
        .filter(network_coordinators::user_id.eq(id))
        .order(networks::id)
        .select((networks::id, networks::name))
        .load(&mut tx.connection)?)
}
