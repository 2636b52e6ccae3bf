//! Showing the password once more: whoever holds a session need not be its person, so what would take an account over
//! for good asks for it. Accounts without a password have none to show; the mails about the change protect these.

use std::sync::Arc;

use secrecy::ExposeSecret;

use super::{GivenPassword, attempts::Tried, refused, stored};
use crate::{
    app::{
        App,
        credentials::password::{self, MAX_CHARS},
        error::{Code, Error},
    },
    domain::ids::UserId,
    store::{
        db::WriteTx,
        locks,
        users::{self, Account},
    },
};

/// The account whose password was shown, or has none. Hashes, so never in a transaction.
pub(super) struct Repeated(Account);

/// # Errors
/// `invalid` at `pointer` where the password is missing, `credentials_refused` where it is wrong, `rate_limited` after
/// ten wrong ones, `unauthenticated`.
pub(super) fn password(
    app: &Arc<App>,
    user: UserId,
    given: Option<&GivenPassword>,
    pointer: &str,
) -> Result<Repeated, Error> {
    let find = |account: Option<Account>| account.ok_or(Error::Plain(Code::Unauthenticated));
    let account = find(app.db.read(|tx| users::find(tx, user))?)?;
    let Some(known) = account.password_hash.as_deref() else {
        let too_long = given.is_some_and(|given| given.secret().expose_secret().chars().count() > MAX_CHARS);
        return if too_long { Err(Error::field(pointer, "too_long")) } else { Ok(Repeated(account)) };
    };
    let given = given.ok_or_else(|| Error::field(pointer, "missing_field"))?;
    let hash = stored(known)?;
    let app_ = app.clone();
    app.db.write("show a password again", move |tx| {
        locks::claimant(tx, user, None)?;
        Tried::Password(user).demand_one(tx, &app_, app_.now())
    })?;
    if !password::verify(Some(&hash), given.secret()) {
        return Err(refused());
    }
    let app_ = app.clone();
    app.db.write("a password shown again", move |tx| Tried::Password(user).give_back(tx, &app_))?;
    Ok(Repeated(account))
}

impl Repeated {
    pub(super) fn account(&self) -> &Account {
        &self.0
    }

    /// The account as it is now, under its lock.
    ///
    /// # Errors
    /// `credentials_refused` where the password changed since it was shown.
    pub(super) fn lock(&self, tx: &mut WriteTx) -> Result<Account, Error> {
        let user = self.0.id;
        locks::claimant(tx, user, None)?;
        let account = users::find(tx, user)?.ok_or(Error::Plain(Code::Unauthenticated))?;
        if account.password_hash != self.0.password_hash {
            return Err(refused());
        }
        Ok(account)
    }
}
