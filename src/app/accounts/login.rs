//! Signing in with a password: the same work and the same answer for every wrong one.

use std::sync::Arc;

use serde::Deserialize;
use utoipa::ToSchema;

use super::{GivenPassword, attempts::Tried, refused, second_factor::step, session::Tokens, stored};
use crate::{
    app::{
        App,
        credentials::password::{self, Password, PasswordHash, Use},
        error::{Code, Error, Why},
    },
    domain::person::EmailAddress,
    store::{
        locks,
        users::{self, Account},
    },
};

/// Who signs in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    pub email: EmailAddress,
    pub password: GivenPassword,
}

/// `client` is the program that signs in, as it says of itself.
///
/// # Errors
/// `credentials_refused`, whatever was wrong; `second_factor_required`, where one is to be shown besides; `rate_limited`
/// after ten wrong ones for an address, whoever has it: a link still signs in.
pub fn login(app: &Arc<App>, login: &Login, client: Option<&str>) -> Result<Tokens, Error> {
    let key = login.email.canonical();
    let account = counted(app, &key)?.filter(|known| known.disabled_at.is_none());
    let known = account.as_ref().and_then(|account| account.password_hash.clone());
    let hash = known.as_deref().map(stored).transpose()?;
    let fits = password::verify(hash.as_ref(), login.password.secret());
    let (true, Some(account), Some(hash)) = (fits, account, hash) else { return Err(refused()) };
    let renewed = renewed(&hash, &login.password);
    let (app_, client) = (app.clone(), client.map(str::to_owned));
    let step = app.db.write("sign in", move |tx| {
        locks::claimant(tx, account.id, None)?;
        let mut account = users::find(tx, account.id)?.ok_or_else(refused)?;
        // It may have been taken away while it was verified.
        if account.password_hash != known {
            return Err(refused());
        }
        if let Some(renewed) = &renewed {
            account.password_hash = Some(renewed.clone());
            users::update(tx, &account)?;
        }
        Tried::Login(account.email_key).give_back(tx, &app_)?;
        step(tx, &app_, account.id, None, client.clone())
    })?;
    step.tokens(app)
}

/// The account of an address, once a try at it is counted: before the password is looked at, and under the lock of who has
/// it, so that many at once gain nothing.
fn counted(app: &Arc<App>, key: &str) -> Result<Option<Account>, Error> {
    let (app_, key) = (app.clone(), key.to_owned());
    app.db.write("try a password", move |tx| {
        let account = users::by_email(tx, &key)?;
        if let Some(known) = &account {
            locks::claimant(tx, known.id, None)?;
        }
        match Tried::Login(key.clone()).use_one(tx, &app_, app_.now())? {
            true => Ok(account),
            false => Err(Error::Because(Code::RateLimited, Why::LinkInstead, None)),
        }
    })
}

/// The password hashed with today's parameters, where it was with others.
fn renewed(hash: &PasswordHash, given: &GivenPassword) -> Option<String> {
    let password = hash.is_outdated().then(|| Password::new(given.secret(), Use::Alone, &[]))?;
    password.ok().map(|password| password.hash().to_stored())
}
