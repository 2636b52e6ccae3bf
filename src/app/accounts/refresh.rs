//! Staying signed in: rotating refresh tokens with reuse detection (RFC 9700, 4.14.2), and signing out.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    password::security,
    refused,
    session::{self, Tokens},
};
use crate::{
    app::{
        App,
        credentials::random::TokenHash,
        error::{Code, Error},
        notify,
    },
    domain::access::Actor,
    mail::notice::SecurityEvent,
    store::{audit, db::WriteTx, locks, sessions, users},
};

/// Seconds within which a used token is taken for a lost answer rather than for a theft.
const GRACE: i64 = 10;

/// A refresh token; may be left out where a cookie holds it.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    pub refresh_token: Option<String>,
}

/// The session to end: that of the token given, else the caller's.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Logout {
    pub refresh_token: Option<String>,
}

/// Gives new tokens for one that was not used yet. A used one, seen again later than [`GRACE`], was
/// copied: the whole session ends, for the thief and the robbed.
///
/// # Errors
/// `credentials_refused` when there is no token, or it is unknown or used, or its session over.
pub fn refresh(app: &Arc<App>, token: Option<String>) -> Result<Tokens, Error> {
    let hash = TokenHash::of(&token.ok_or_else(refused)?);
    let app_ = app.clone();
    let granted = app.db.write("refresh", move |tx| rotate(tx, &app_, &hash))?;
    granted.map(|granted| granted.tokens(app)).ok_or_else(refused)
}

/// `None` where the end of a session must be committed with the refusal.
fn rotate(tx: &mut WriteTx, app: &App, hash: &TokenHash) -> Result<Option<session::Granted>, Error> {
    let (session, _) = sessions::by_token(tx, hash.as_bytes())?.ok_or_else(refused)?;
    locks::claimant(tx, session.user_id, None)?;
    let now = app.now();
    let (session, used_at) = sessions::by_token(tx, hash.as_bytes())?.ok_or_else(refused)?;
    if !session.is_live(now) || users::find(tx, session.user_id)?.is_none() {
        return Err(refused());
    }
    match used_at {
        None => sessions::use_token(tx, hash.as_bytes(), now)?,
        Some(at) if now.since(at) <= GRACE => {}
        Some(_) => {
            sessions::revoke(tx, session.id, now)?;
            let entry = audit::Entry::new(app.id(), now, None, "session.reuse_detected", session.user_id);
            audit::append(tx, &entry.with(json!({"session": session.id})))?;
            if let Some(account) = users::find(tx, session.user_id)? {
                let notice = security(app, SecurityEvent::SessionReused);
                notify::tell(tx, app, &account.contact(), &notice)?;
            }
            return Ok(None);
        }
    }
    sessions::continued(tx, session.id, now)?;
    session::grant(tx, &session, now).map(Some)
}

/// Ends a session; a token that opens nothing any more is no error.
///
/// # Errors
/// `unauthenticated` with neither a token nor a signed-in caller.
pub fn logout(app: &Arc<App>, actor: &Actor, logout: &Logout) -> Result<(), Error> {
    let hash = logout.refresh_token.as_deref().map(TokenHash::of);
    let own = actor.person().and_then(|person| person.session);
    if hash.is_none() && own.is_none() {
        return Err(Code::Unauthenticated.into());
    }
    let app_ = app.clone();
    app.db.write("sign out", move |tx| {
        let named = match &hash {
            Some(hash) => sessions::by_token(tx, hash.as_bytes())?.map(|(session, _)| session.id),
            None => own,
        };
        named.map_or(Ok(()), |session| Ok(sessions::revoke(tx, session, app_.now())?))
    })
}
