//! Registering: the same answer whoever has an account; the mail tells its owner.

use std::sync::Arc;

use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Accepted, GivenPassword,
    ticket::{self, For},
};
use crate::{
    app::{
        App,
        credentials::password::Use,
        error::{Code, Error},
    },
    domain::{
        ids::UserId,
        locale::Locale,
        person::{EmailAddress, PersonName},
    },
    store::{
        audit,
        db::WriteTx,
        locks,
        users::{self, Account, WantedMail},
    },
};

/// Who wants an account.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    pub email: EmailAddress,
    #[schema(example = "Ana Novak")]
    pub name: PersonName,
    /// At least 15 characters. It counts once it is repeated on verifying the address; links by mail
    /// sign in without one.
    pub password: Option<GivenPassword>,
    /// The language of mails; `Accept-Language` where nothing is said.
    pub locale: Option<Locale>,
}

/// Makes an unverified account and sends it a link and a code. An address with a verified account gets
/// a sign-in link instead, one with an unverified account another verification; these accounts stay as
/// they are.
///
/// # Errors
/// `invalid` for a weak password.
pub fn register(app: &Arc<App>, new: &Registration, locale: Locale) -> Result<Accepted, Error> {
    let hash =
        new.password.as_ref().map(|given| given.hash_new(Use::Alone, new.email.as_str(), new.name.as_str()));
    let account = account(app, &new.email, &new.name, new.locale.unwrap_or(locale), hash.transpose()?);
    match once(app, account.clone()) {
        // Somebody else registered the same address meanwhile: now it is a known one.
        Err(error) if error.code() == Code::Duplicate => once(app, account)?,
        other => other?,
    }
    Ok(Accepted::YES)
}

fn once(app: &Arc<App>, account: Account) -> Result<(), Error> {
    let app_ = app.clone();
    app.db.write("register", move |tx| {
        let found = users::by_email(tx, &account.email_key)?;
        let locked = found.map_or(account.id, |known| known.id);
        locks::claimant(tx, locked, None)?;
        match users::by_email(tx, &account.email_key)? {
            None => {
                insert(tx, &app_, &account, "account.registered")?;
                ticket::send(tx, &app_, &account, For::Verifying, app_.now())
            }
            Some(known) if known.id == locked => again(tx, &app_, &known),
            Some(_) => Err(Code::Duplicate.into()),
        }
    })
}

/// An address that has an account: told to its owner alone. The account is written as it is, so that as many columns and
/// rows are as for a new one, and it takes as long.
fn again(tx: &mut WriteTx, app: &App, known: &Account) -> Result<(), Error> {
    users::update(tx, known)?;
    note(tx, app, known.id, "account.registered_again")?;
    let what = if known.verified_at.is_some() { For::KnownAddress } else { For::Verifying };
    if known.disabled_at.is_some() { Ok(()) } else { ticket::send(tx, app, known, what, app.now()) }
}

/// A fresh account, unverified.
pub(super) fn account(
    app: &App,
    email: &EmailAddress,
    name: &PersonName,
    locale: Locale,
    password_hash: Option<String>,
) -> Account {
    Account {
        id: app.id(),
        email: email.to_string(),
        email_key: email.canonical(),
        name: name.to_string(),
        phone: None,
        locale: locale.tag().to_owned(),
        password_hash,
        verified_at: None,
        is_administrator: false,
        disabled_at: None,
        version: 1,
        created_at: app.now(),
        wanted: WantedMail::default(),
    }
}

/// Inserts an account with its audit entry.
pub(super) fn insert(
    tx: &mut WriteTx,
    app: &App,
    account: &Account,
    action: &'static str,
) -> Result<(), Error> {
    users::insert(tx, account)?;
    note(tx, app, account.id, action)
}

fn note(tx: &mut WriteTx, app: &App, account: UserId, action: &'static str) -> Result<(), Error> {
    Ok(audit::append(tx, &audit::Entry::new(app.id(), app.now(), None, action, account))?)
}
