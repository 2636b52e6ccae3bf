//! Setting up a second factor: a secret is handed out, and counts once a code proves that it arrived.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{RecoveryCodes, renew_recovery, take_digits};
use crate::{
    app::{
        App,
        accounts::{GivenPassword, me, password::security, refused, repeat},
        credentials::{sealing::Purpose, totp::TotpSecret},
        error::{Code, Error, Why},
        notify,
    },
    domain::{
        access::{self, Action, Actor},
        ids::{SessionId, UserId},
        instant::Instant,
    },
    mail::notice::SecurityEvent,
    store::{
        audit,
        db::WriteTx,
        locks,
        second_factors::{self, SecondFactor},
        sessions, users,
    },
};

/// Seconds within which a code must prove that the secret arrived.
const OPEN: i64 = 3600;

/// Who wants one.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Beginning {
    /// Where the account has one.
    pub password: Option<GivenPassword>,
}

/// What the authenticator is told. Shown once.
#[derive(Serialize, ToSchema)]
pub struct SharedSecret {
    /// Base32, to be typed.
    pub secret: String,
    /// To be shown as a QR code.
    #[schema(example = "otpauth://totp/Prostor:ana%40example.si?secret=…&issuer=Prostor")]
    pub uri: String,
}

/// A code of the authenticator.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstCode {
    #[schema(example = "031337", pattern = "^[0-9]{6}$")]
    pub code: String,
}

/// Hands out a secret, which counts for nothing before [`confirm`]; an earlier unconfirmed one ends.
///
/// # Errors
/// `unauthenticated`, `address_unverified`, `state_conflict` where there is a second factor already; for the password
/// `invalid`, `credentials_refused`, `rate_limited`.
pub fn begin(app: &Arc<App>, actor: &Actor, beginning: &Beginning) -> Result<SharedSecret, Error> {
    access::may(actor, Action::SecureAccount)?;
    let user = me::own(actor)?.id;
    let shown = repeat::password(app, user, beginning.password.as_ref(), "/password")?;
    let secret = TotpSecret::generate();
    let sealed = app.secret.seal(Purpose::SecondFactors, &user.to_string(), secret.as_bytes());
    let answer = SharedSecret { secret: secret.base32(), uri: secret.uri(&shown.account().email) };
    let app_ = app.clone();
    app.db.write("begin a second factor", move |tx| {
        shown.lock(tx)?;
        if super::in_force(tx, user)?.is_some() {
            return Err(Error::conflict(Why::SecondFactorThere));
        }
        second_factors::forget(tx, user)?;
        let (sealed, created_at) = (sealed.clone(), app_.now());
        let factor = SecondFactor { user_id: user, sealed, last_step: None, enabled_at: None, created_at };
        Ok(second_factors::insert(tx, &factor)?)
    })?;
    Ok(answer)
}

/// From now on it is asked for. Other sessions end: they were begun without it.
///
/// # Errors
/// `unauthenticated`, `state_conflict` where none was begun within the hour, `credentials_refused` for a wrong code,
/// `rate_limited` after too many.
pub fn confirm(app: &Arc<App>, actor: &Actor, first: &FirstCode) -> Result<RecoveryCodes, Error> {
    access::may(actor, Action::SecureAccount)?;
    let person = me::own(actor)?;
    let (user, session) = (person.id, person.session.ok_or(Error::Plain(Code::Unauthenticated))?);
    let (app_, code) = (app.clone(), first.code.clone());
    let enabled = app.db.write("confirm a second factor", move |tx| {
        locks::claimant(tx, user, None)?;
        let now = app_.now();
        let begun = second_factors::find(tx, user)?
            .filter(|factor| factor.enabled_at.is_none() && now < factor.created_at.plus(OPEN));
        let begun = begun.ok_or(Error::conflict(Why::SecondFactorNotBegun))?;
        if take_digits(tx, &app_, &begun, &code, now)? {
            enable(tx, &app_, (user, session), now).map(Some)
        } else {
            Ok::<_, Error>(None)
        }
    })?;
    enabled.ok_or_else(refused)
}

fn enable(
    tx: &mut WriteTx,
    app: &App,
    (user, session): (UserId, SessionId),
    now: Instant,
) -> Result<RecoveryCodes, Error> {
    let factor = second_factors::find(tx, user)?.ok_or_else(super::missing)?;
    second_factors::update(tx, &SecondFactor { enabled_at: Some(now), ..factor })?;
    sessions::revoke_others(tx, user, session, now)?;
    users::touch(tx, user)?;
    audit::append(tx, &audit::Entry::new(app.id(), now, Some(user), "account.second_factor_on", user))?;
    let account = users::find(tx, user)?.ok_or(Error::Plain(Code::Unauthenticated))?;
    notify::tell(tx, app, &account.contact(), &security(app, SecurityEvent::SecondFactorOn))?;
    renew_recovery(tx, app, user)
}
