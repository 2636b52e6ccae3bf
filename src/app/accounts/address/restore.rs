//! Taking a change of address back, by the link that the old address got.
//!
//! Who uses it says that somebody else has the account. So everything that could be theirs goes: sessions, keys, links,
//! the password, a second factor set up since, and whatever address the account has been given meanwhile.

use std::sync::Arc;

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::RESTORE_DAYS;
use crate::{
    app::{
        App,
        accounts::{refused, second_factor},
        error::Error,
    },
    domain::{
        ids::{AddressChangeId, UserId},
        instant::Instant,
    },
    store::{
        address_changes::{self, AddressChange},
        api_keys, audit,
        db::WriteTx,
        locks, sessions, tickets,
        users::{self, Account},
    },
};

/// Tells these links from the others that are signed with the same key.
const OCTET: u8 = b'a';

/// The link that takes a change back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Restoring {
    /// From the link, after `#token=`.
    pub token: String,
}

/// Where the link leads: a page that acts only when its button is pressed. It follows from the secret (ADR 11).
pub(super) fn url(app: &App, id: AddressChangeId) -> String {
    let token = app.links.sign(&[&[OCTET], id.uuid().as_bytes().as_slice()].concat());
    format!("{}/restore-address#token={token}", app.public_url)
}

/// Gives the account its old address back. Its owner then asks for a sign-in link and sets a new password.
///
/// # Errors
/// `credentials_refused` for a link that is not ours, used, or older than seven days.
pub fn restore(app: &Arc<App>, restoring: &Restoring) -> Result<(), Error> {
    let payload = app.links.verify(&restoring.token);
    let id = payload.as_deref().and_then(|payload| match payload.split_first() {
        Some((&OCTET, id)) => Uuid::from_slice(id).ok(),
        _ => None,
    });
    let id = AddressChangeId::from_uuid(id.ok_or_else(refused)?);
    let app_ = app.clone();
    app.db.write("take back a change of address", move |tx| {
        let user = address_changes::find(tx, id)?.ok_or_else(refused)?.user_id;
        locks::claimant(tx, user, None)?;
        let now = app_.now();
        let change = address_changes::find(tx, id)?.filter(|change| is_live(change, now));
        take_back(tx, &app_, user, &change.ok_or_else(refused)?, now)
    })
}

fn is_live(change: &AddressChange, now: Instant) -> bool {
    change.ended_at.is_none()
        && change.confirmed_at.is_some_and(|at| now < at.plus(i64::from(RESTORE_DAYS) * 86_400))
}

fn take_back(
    tx: &mut WriteTx,
    app: &App,
    user: UserId,
    change: &AddressChange,
    now: Instant,
) -> Result<(), Error> {
    let (Some(email), Some(key)) = (change.former_email.clone(), change.former_key.clone()) else {
        return Err(refused());
    };
    let account = users::find(tx, user)?.ok_or_else(refused)?;
    make_room(tx, &key, user, now)?;
    let version = account.version + 1;
    users::update(tx, &Account { email, email_key: key, password_hash: None, version, ..account })?;
    address_changes::end_since(tx, user, change.created_at, now)?;
    sessions::revoke_all(tx, user, now)?;
    tickets::spend_all(tx, user, now)?;
    api_keys::revoke_all(tx, user, now)?;
    second_factor::drop_since(tx, user, change.created_at)?;
    audit::append(tx, &audit::Entry::new(app.id(), now, None, "account.address_restored", user))?;
    Ok(())
}

/// Registering the old address again must not keep its owner out. Who proved it meanwhile reads the mailbox, and keeps
/// it.
fn make_room(tx: &mut WriteTx, key: &str, user: UserId, now: Instant) -> Result<(), Error> {
    let Some(other) = users::by_email(tx, key)?.filter(|other| other.id != user) else { return Ok(()) };
    if other.verified_at.is_some() {
        return Err(refused());
    }
    let (nowhere, version) = (format!("{}@invalid", other.id), other.version + 1);
    let moved = Account { email: nowhere.clone(), email_key: nowhere, version, ..other };
    sessions::revoke_all(tx, moved.id, now)?;
    tickets::spend_all(tx, moved.id, now)?;
    Ok(users::update(tx, &moved)?)
}
