//! Having a second factor: seeing how it stands, fresh recovery codes, removing it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{RecoveryCodes, in_force, missing, renew_recovery, take_code};
use crate::{
    app::{
        App,
        accounts::{GivenPassword, me, password::security, refused, repeat},
        credentials::password::{Password, Use},
        error::{Code, Error},
        notify, shown,
    },
    domain::access::Actor,
    mail::notice::SecurityEvent,
    store::{audit, locks, second_factors, users},
};

/// How one's second factor stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = SecondFactor)]
pub struct SecondFactorView {
    pub enabled: bool,
    #[schema(format = DateTime)]
    pub enabled_at: Option<String>,
    /// Recovery codes that were not used yet.
    pub recovery_codes_left: i64,
    /// Whether the operator wants it of the caller, whose roles rest without it.
    pub required: bool,
}

/// A code of the authenticator, or a recovery code.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnyCode {
    #[schema(example = "031337", max_length = 64)]
    pub code: String,
}

/// A code, and the password where the account has one.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Removal {
    #[schema(example = "031337", max_length = 64)]
    pub code: String,
    pub password: Option<GivenPassword>,
}

/// # Errors
/// `unauthenticated`.
pub fn show(app: &App, actor: &Actor) -> Result<SecondFactorView, Error> {
    let person = me::own(actor)?;
    let required = person.roles_rest || (app.second_factor_for_staff && person.has_role());
    app.db.read(|tx| {
        let enabled_at = in_force(tx, person.id)?.and_then(|factor| factor.enabled_at);
        Ok(SecondFactorView {
            enabled: enabled_at.is_some(),
            enabled_at: enabled_at.map(shown),
            recovery_codes_left: second_factors::recovery_left(tx, person.id)?,
            required,
        })
    })
}

/// Gives ten new recovery codes; the old ones count no longer.
///
/// # Errors
/// `unauthenticated`, `state_conflict` without a second factor, `credentials_refused`, `rate_limited`.
pub fn renew(app: &Arc<App>, actor: &Actor, given: &AnyCode) -> Result<RecoveryCodes, Error> {
    let user = me::own(actor)?.id;
    let (app_, code) = (app.clone(), given.code.clone());
    let renewed = app.db.write("renew recovery codes", move |tx| {
        locks::claimant(tx, user, None)?;
        let now = app_.now();
        let factor = in_force(tx, user)?.ok_or_else(missing)?;
        if take_code(tx, &app_, &factor, &code, now)?.is_none() {
            return Ok::<_, Error>(None);
        }
        let entry = audit::Entry::new(app_.id(), now, Some(user), "account.recovery_codes_renewed", user);
        audit::append(tx, &entry)?;
        renew_recovery(tx, &app_, user).map(Some)
    })?;
    renewed.ok_or_else(refused)
}

/// Signs in without it from now on. A password that is long enough only beside a second factor has to be changed first.
///
/// # Errors
/// `unauthenticated`, `state_conflict` without a second factor, `credentials_refused`, `rate_limited`, `invalid` for
/// a missing password or one that is too short to be alone.
pub fn remove(app: &Arc<App>, actor: &Actor, removal: &Removal) -> Result<(), Error> {
    let user = me::own(actor)?.id;
    let shown = repeat::password(app, user, removal.password.as_ref(), "/password")?;
    if let (Some(given), Some(_)) = (&removal.password, &shown.account().password_hash) {
        let alone = Password::new(given.secret(), Use::Alone, &[]);
        alone.map_err(|weak| Error::field("/password", weak.code()))?;
    }
    let (app_, code) = (app.clone(), removal.code.clone());
    let removed = app.db.write("remove a second factor", move |tx| {
        let account = shown.lock(tx)?;
        let now = app_.now();
        let factor = in_force(tx, user)?.ok_or_else(missing)?;
        if take_code(tx, &app_, &factor, &code, now)?.is_none() {
            return Ok::<_, Error>(false);
        }
        second_factors::forget(tx, user)?;
        users::touch(tx, user)?;
        let entry = audit::Entry::new(app_.id(), now, Some(user), "account.second_factor_off", user);
        audit::append(tx, &entry)?;
        let notice = security(&app_, SecurityEvent::SecondFactorOff);
        notify::tell(tx, &app_, &account.contact(), &notice)?;
        Ok(true)
    })?;
    if removed { Ok(()) } else { Err(Code::CredentialsRefused.into()) }
}
