//! Showing that it is still who signed in: whoever holds a session for ten minutes need not be its person, so what can't be
//! taken back asks for the password or a code first. An account with neither signs in anew: its mailbox is what it has.

use std::sync::Arc;

use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    GivenPassword, me, refused, repeat,
    second_factor::{in_force, missing, take_code},
};
use crate::{
    app::{
        App,
        error::{Code, Error, Why},
    },
    domain::{
        access::{Actor, Person},
        instant::Instant,
    },
    store::{db::ReadTx, locks, sessions, users::Account},
};

/// For so long it counts, seconds.
const LATELY: i64 = 600;

/// One of the two.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Presence {
    pub password: Option<GivenPassword>,
    /// Of the authenticator, or a recovery code.
    #[schema(example = "031337", max_length = 64)]
    pub code: Option<String>,
}

/// Notes on the caller's session that they showed it, for ten minutes.
///
/// # Errors
/// `unauthenticated`, `invalid` without one of the two, `state_conflict` where the account has no such thing,
/// `credentials_refused` for a wrong one, `rate_limited` after too many.
pub fn show(app: &Arc<App>, actor: &Actor, presence: &Presence) -> Result<(), Error> {
    let person = me::own(actor)?;
    let session = person.session.ok_or(Error::Plain(Code::Unauthenticated))?;
    let user = person.id;
    let app_ = app.clone();
    match (&presence.password, &presence.code) {
        (Some(_), Some(_)) => Err(Error::field("/code", "password_or_code")),
        (None, None) => Err(Error::field("/password", "missing_field")),
        (password @ Some(_), None) => {
            let shown = repeat::password(app, user, password.as_ref(), "/password")?;
            if shown.account().password_hash.is_none() {
                return Err(Error::conflict(Why::NoPassword));
            }
            app.db.write("show who it is", move |tx| {
                shown.lock(tx)?;
                Ok(sessions::show(tx, session, app_.now())?)
            })
        }
        (None, Some(code)) => {
            let code = code.clone();
            let fits = app.db.write("show who it is", move |tx| {
                locks::claimant(tx, user, None)?;
                let now = app_.now();
                let factor = in_force(tx, user)?.ok_or_else(missing)?;
                // A wrong one is counted with the refusal.
                let taken = take_code(tx, &app_, &factor, &code, now)?;
                if taken.is_some() {
                    sessions::show(tx, session, now)?;
                }
                Ok::<_, Error>(taken.is_some())
            })?;
            if fits { Ok(()) } else { Err(refused()) }
        }
    }
}

/// # Errors
/// `confirmation_required` unless it was shown in this session within ten minutes, or, where there is nothing to show,
/// the session is no older.
pub(super) fn demand(tx: &mut ReadTx, person: &Person, account: &Account, now: Instant) -> Result<(), Error> {
    let session = person.session.map(|session| sessions::times(tx, session)).transpose()?.flatten();
    let (began, shown) = session.ok_or(Error::Plain(Code::Unauthenticated))?;
    let lately = |at: Instant| now.since(at) < LATELY;
    if shown.is_some_and(lately) {
        return Ok(());
    }
    let secured = account.password_hash.is_some() || in_force(tx, account.id)?.is_some();
    match secured {
        true => Err(Error::Because(Code::ConfirmationRequired, Why::ShowPassword, None)),
        false if lately(began) => Ok(()),
        false => Err(Error::Because(Code::ConfirmationRequired, Why::SignInAnew, None)),
    }
}
