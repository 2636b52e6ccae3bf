//! Signing in with a second factor: the first step hands out a text, with which the second goes on.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Taken, in_force, take_code};
use crate::{
    app::{
        App,
        accounts::{
            password::security,
            redeem::set_password,
            refused,
            session::{self, Granted, Step, Tokens},
        },
        credentials::random::{self, TokenHash},
        error::Error,
        notify,
    },
    domain::{ids::UserId, instant::Instant},
    mail::notice::SecurityEvent,
    store::{
        audit,
        db::WriteTx,
        locks,
        second_factors::{self, HalfSignIn},
        users,
    },
};

/// Seconds within which the second step must follow.
const OPEN: i64 = 300;
/// Wrong codes after which one begins again.
const TRIES: i32 = 5;

/// The second step.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondStep {
    /// From the problem `second_factor_required`.
    pub challenge: String,
    /// Of the authenticator, or a recovery code.
    #[schema(example = "031337", max_length = 64)]
    pub code: String,
}

/// Whoever showed password, link or code is signed in, or shows the second factor first. A password given with a link
/// waits until then, too. The caller holds `locks::claimant`.
pub(in crate::app::accounts) fn step(
    tx: &mut WriteTx,
    app: &App,
    user: UserId,
    password_hash: Option<String>,
    client: Option<String>,
) -> Result<Step, Error> {
    let now = app.now();
    if in_force(tx, user)?.is_some() {
        return half(tx, user, password_hash, now).map(Step::Half);
    }
    if let Some(hash) = password_hash {
        set_password(tx, app, user, hash)?;
    }
    session::begin(tx, app, user, client, now).map(Step::Done)
}

fn half(
    tx: &mut WriteTx,
    user: UserId,
    password_hash: Option<String>,
    now: Instant,
) -> Result<SecretString, Error> {
    let challenge = random::token();
    let half = HalfSignIn {
        token_hash: TokenHash::of(challenge.expose_secret()).as_bytes().to_vec(),
        user_id: user,
        password_hash,
        attempts: 0,
        expires_at: now.plus(OPEN),
        created_at: now,
    };
    second_factors::begin_half(tx, &half)?;
    Ok(challenge)
}

/// # Errors
/// `credentials_refused` for a wrong or used code, or a challenge that is wrong, used or over; `rate_limited` after too
/// many wrong codes.
pub fn verify(app: &Arc<App>, second: &SecondStep, client: Option<&str>) -> Result<Tokens, Error> {
    let hash = TokenHash::of(&second.challenge);
    let (app_, code, client) = (app.clone(), second.code.clone(), client.map(str::to_owned));
    let granted = app.db.write("sign in, second step", move |tx| {
        let half = second_factors::half(tx, hash.as_bytes())?.ok_or_else(refused)?;
        locks::claimant(tx, half.user_id, None)?;
        go_on(tx, &app_, &hash, &code, client.clone())
    })?;
    granted.map(|granted| granted.tokens(app)).ok_or_else(refused)
}

/// `None` where a wrong code must be counted with the refusal.
fn go_on(
    tx: &mut WriteTx,
    app: &App,
    hash: &TokenHash,
    code: &str,
    client: Option<String>,
) -> Result<Option<Granted>, Error> {
    let now = app.now();
    // Read again under the lock.
    let half = second_factors::half(tx, hash.as_bytes())?
        .filter(|half| now < half.expires_at && half.attempts < TRIES)
        .ok_or_else(refused)?;
    let account = users::find(tx, half.user_id)?.ok_or_else(refused)?;
    let factor = in_force(tx, account.id)?.ok_or_else(refused)?;
    let Some(taken) = take_code(tx, app, &factor, code, now)? else {
        second_factors::missed(tx, hash.as_bytes())?;
        return Ok(None);
    };
    second_factors::end_halves(tx, account.id)?;
    if taken == Taken::Recovery {
        let entry =
            audit::Entry::new(app.id(), now, Some(account.id), "account.recovery_code_used", account.id);
        audit::append(tx, &entry)?;
        notify::tell(tx, app, &account.contact(), &security(app, SecurityEvent::RecoveryCodeUsed))?;
    }
    if let Some(password) = half.password_hash {
        set_password(tx, app, account.id, password)?;
    }
    session::begin(tx, app, account.id, client, now).map(Some)
}
