//! Accounts that need no mail: the operator's first administrator and the demo's people.

use std::sync::Arc;

use super::{GivenPassword, register};
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
};

/// Makes an account whose address counts as proved.
///
/// # Errors
/// `duplicate` when the address has an account, `invalid` for a weak password.
pub fn register_verified(
    app: &Arc<App>,
    email: &EmailAddress,
    name: &PersonName,
    locale: Locale,
    password: Option<&GivenPassword>,
    is_administrator: bool,
) -> Result<UserId, Error> {
    let hash = password.map(|given| given.hash_new(Use::Alone, email.as_str(), name.as_str())).transpose()?;
    let mut account = register::account(app, email, name, locale, hash);
    account.verified_at = Some(account.created_at);
    account.is_administrator = is_administrator;
    let (app_, id) = (app.clone(), account.id);
    app.db.write("set up an account", move |tx| register::insert(tx, &app_, &account, "account.set_up"))?;
    Ok(id)
}

/// Makes an administrator: `prostor admin create`.
///
/// # Errors
/// `duplicate` with the address in its detail, `invalid` for a weak password.
pub fn create_administrator(
    app: &Arc<App>,
    email: &EmailAddress,
    name: &PersonName,
    password: &GivenPassword,
) -> Result<UserId, Error> {
    let made = register_verified(app, email, name, Locale::default(), Some(password), true);
    made.map_err(|error| match error.code() {
        Code::Duplicate => {
            Error::Detailed(Code::Duplicate, format!("the address {email} already has an account"))
        }
        _ => error,
    })
}
