//! Changing one's password: the old one is shown, other sessions end, the address is told.

use std::sync::Arc;

use serde::Deserialize;
use utoipa::ToSchema;

use super::{GivenPassword, me, repeat, second_factor};
use crate::{
    app::{
        App,
        error::{Code, Error, Why},
        notify,
    },
    domain::access::Actor,
    mail::notice::{Notice, SecurityEvent},
    store::{audit, sessions, tickets, users},
};

/// The old one and the new one.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    pub current_password: GivenPassword,
    /// At least 15 characters, 8 with a second factor.
    pub password: GivenPassword,
}

/// Whoever has no password, or forgot it, sets one with a sign-in link.
///
/// # Errors
/// `unauthenticated`, `state_conflict` without a password, `credentials_refused` for a wrong one, `rate_limited` after
/// ten of these, `invalid` for a weak new one.
pub fn change(app: &Arc<App>, actor: &Actor, change: &PasswordChange) -> Result<(), Error> {
    let person = me::own(actor)?;
    let kept = person.session.ok_or(Error::Plain(Code::Unauthenticated))?;
    let shown = repeat::password(app, person.id, Some(&change.current_password), "/current_password")?;
    if shown.account().password_hash.is_none() {
        return Err(Error::conflict(Why::NoPassword));
    }
    let account = shown.account();
    let usage = second_factor::password_use(app, account.id)?;
    let hash = change.password.hash_new(usage, &account.email, &account.name)?;
    let app_ = app.clone();
    app.db.write("change a password", move |tx| {
        let mut account = shown.lock(tx)?;
        let now = app_.now();
        account.password_hash = Some(hash.clone());
        account.version += 1;
        users::update(tx, &account)?;
        sessions::revoke_others(tx, account.id, kept, now)?;
        tickets::spend_all(tx, account.id, now)?;
        let entry = audit::Entry::new(app_.id(), now, Some(account.id), "account.password_set", account.id);
        audit::append(tx, &entry)?;
        notify::tell(tx, &app_, &account.contact(), &security(&app_, SecurityEvent::PasswordChanged))
    })
}

/// What the owner of an account is told; the link leads to where a sign-in link, and with it a new password, is had.
pub(super) fn security(app: &App, event: SecurityEvent) -> Notice {
    Notice::Security { event, link: format!("{}/sign-in", app.public_url) }
}
