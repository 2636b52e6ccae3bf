//! Where one is signed in: one's sessions, to be seen and ended.

use std::sync::Arc;

use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::me;
use crate::{
    app::{
        App, Done,
        error::{Code, Error},
        page::{self, Asked, Page},
        shown,
    },
    domain::{access::Actor, ids::SessionId},
    store::{
        audit,
        idempotency::Claim,
        locks,
        sessions::{self, Session},
    },
};

/// A sign-in that still lasts.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionView {
    pub id: SessionId,
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When it last got new tokens; they last for ten minutes.
    #[schema(format = DateTime)]
    pub last_used_at: String,
    #[schema(format = DateTime)]
    pub expires_at: String,
    /// The program that signed in, as it says of itself (`User-Agent`).
    pub client: Option<String>,
    /// Whether it is the one that asks.
    pub current: bool,
}

fn view(session: Session, current: Option<SessionId>) -> SessionView {
    SessionView {
        id: session.id,
        created_at: shown(session.created_at),
        last_used_at: shown(session.used_at.unwrap_or(session.created_at)),
        expires_at: shown(session.expires_at),
        current: Some(session.id) == current,
        client: session.client,
    }
}

/// # Errors
/// `unauthenticated`, `invalid` for a wrong limit or cursor.
pub fn list(app: &App, actor: &Actor, asked: &Asked) -> Result<Page<SessionView>, Error> {
    let person = me::own(actor)?;
    let (limit, of) = (asked.limit()?, format!("sessions of {}", person.id));
    let after = asked.after::<SessionId>(app, &of)?;
    let now = app.now();
    let found = app.db.read(|tx| sessions::page(tx, person.id, now, after, limit as i64 + 1))?;
    let views = found.into_iter().map(|session| view(session, person.session)).collect();
    page::page(app, &of, views, limit, |view: &SessionView| view.id)
}

/// Ends one; its access token, too, counts no longer with the next request.
///
/// # Errors
/// `unauthenticated`, `not_found` where it is not one's own or over.
pub fn end(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    session: SessionId,
) -> Result<Done<()>, Error> {
    let id = me::own(actor)?.id;
    let app_ = app.clone();
    app.command("end a session", claim, move |tx| {
        locks::claimant(tx, id, None)?;
        let now = app_.now();
        if !sessions::revoke_own(tx, id, session, now)? {
            return Err(Error::NOT_FOUND);
        }
        audit::append(tx, &audit::Entry::new(app_.id(), now, Some(id), "session.ended", session))?;
        Ok(())
    })
}

/// Ends all but the one that asks.
///
/// # Errors
/// `unauthenticated`.
pub fn end_others(app: &Arc<App>, actor: &Actor, claim: Option<Claim>) -> Result<Done<()>, Error> {
    let person = me::own(actor)?;
    let id = person.id;
    let kept = person.session.ok_or(Error::Plain(Code::Unauthenticated))?;
    let app_ = app.clone();
    app.command("end other sessions", claim, move |tx| {
        locks::claimant(tx, id, None)?;
        let now = app_.now();
        let ended = sessions::revoke_others(tx, id, kept, now)?;
        let entry = audit::Entry::new(app_.id(), now, Some(id), "sessions.ended", id);
        audit::append(tx, &entry.with(json!({"ended": ended})))?;
        Ok(())
    })
}
