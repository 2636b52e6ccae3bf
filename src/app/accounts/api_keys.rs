//! Keys by which programs act for a person: within scopes, for a time, and never with more rights than that person has
//! when the key is used. A key opens nothing that signing in is for.

use std::sync::Arc;

use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{GivenPassword, me, password::security, repeat};
use crate::{
    app::{
        App,
        credentials::random::{self, TokenHash},
        error::{Code, Error, Why},
        notify,
        page::{self, Asked, Page},
        shown,
    },
    domain::{
        access::{self, Action, Actor},
        ids::{ApiKeyId, UserId},
        instant::Instant,
        scope::{self, Scope},
        text::Line,
    },
    mail::notice::SecurityEvent,
    store::{
        api_keys::{self, ApiKey},
        audit,
        db::{ReadTx, WriteTx},
        error::StoreError,
        people,
    },
};

/// Every key begins so, and no access token does: whoever finds one in a log knows what it is.
pub const MARK: &str = "prostor_";
/// How much of a key is shown: enough to tell keys apart, and far too little to guess the rest.
const SHOWN: usize = MARK.len() + 6;
/// A person's keys at a time.
const MOST: i64 = 20;
const DAY: i64 = 86_400;
const USUAL_DAYS: u16 = 90;
const MOST_DAYS: u16 = 366;
/// When a key was last used is noted this exactly, seconds: not every reading may write.
const NOTED_EVERY: i64 = 900;

/// Which key is wanted.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApiKey {
    /// What it is for.
    #[schema(example = "Display at the entrance")]
    pub name: Line<100>,
    #[schema(min_items = 1, max_items = 8)]
    pub scopes: Vec<Scope>,
    /// Days until it opens nothing; 90 where nothing is said.
    #[schema(minimum = 1, maximum = 366)]
    pub days: Option<u16>,
    /// Where the account has one.
    pub password: Option<GivenPassword>,
}

/// A key, without the key.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub struct ApiKeyView {
    pub id: ApiKeyId,
    pub name: String,
    /// How the key begins.
    #[schema(example = "prostor_4fX2kA")]
    pub prefix: String,
    pub scopes: Vec<Scope>,
    #[schema(format = DateTime)]
    pub created_at: String,
    #[schema(format = DateTime)]
    pub expires_at: String,
    /// To the quarter of an hour.
    #[schema(format = DateTime)]
    pub last_used_at: Option<String>,
}

/// A key that was just made.
#[derive(Serialize, ToSchema)]
pub struct MadeApiKey {
    /// For `Authorization: Bearer …`. Shown this once.
    pub key: String,
    pub api_key: ApiKeyView,
}

fn scopes(key: &ApiKey) -> Result<Vec<Scope>, StoreError> {
    scope::from_text(&key.scopes).map_err(|error| StoreError::corrupt("api_keys.scopes", error))
}

fn view(key: ApiKey) -> Result<ApiKeyView, Error> {
    Ok(ApiKeyView {
        id: key.id,
        scopes: scopes(&key)?,
        name: key.name,
        prefix: key.prefix,
        created_at: shown(key.created_at),
        expires_at: shown(key.expires_at),
        last_used_at: key.used_at.map(shown),
    })
}

/// # Errors
/// `unauthenticated`, `address_unverified`; `invalid` for no scopes or days beyond the bounds; `state_conflict` beyond
/// twenty keys; for the password `invalid`, `credentials_refused`, `rate_limited`.
pub fn make(app: &Arc<App>, actor: &Actor, new: &NewApiKey) -> Result<MadeApiKey, Error> {
    access::may(actor, Action::SecureAccount)?;
    let user = me::own(actor)?.id;
    let days = new.days.unwrap_or(USUAL_DAYS);
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(Error::field("/days", "out_of_range"));
    }
    let mut wanted = new.scopes.clone();
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.is_empty() {
        return Err(Error::field("/scopes", "list_empty"));
    }
    let repeated = repeat::password(app, user, new.password.as_ref(), "/password")?;
    let key = format!("{MARK}{}", random::token().expose_secret());
    let now = app.now();
    let row = ApiKey {
        id: app.id(),
        user_id: user,
        name: new.name.to_string(),
        prefix: key[..SHOWN].to_owned(),
        key_hash: TokenHash::of(&key).as_bytes().to_vec(),
        scopes: scope::to_text(&wanted),
        expires_at: now.plus(i64::from(days) * DAY),
        used_at: None,
        revoked_at: None,
        created_at: now,
    };
    let (app_, kept) = (app.clone(), row.clone());
    app.db.write("make a key", move |tx| {
        let account = repeated.lock(tx)?;
        keep(tx, &app_, &kept)?;
        notify::tell(tx, &app_, &account.contact(), &security(&app_, SecurityEvent::ApiKeyMade))
    })?;
    Ok(MadeApiKey { key, api_key: view(row)? })
}

fn keep(tx: &mut WriteTx, app: &App, key: &ApiKey) -> Result<(), Error> {
    let now = app.now();
    if api_keys::page(tx, key.user_id, now, None, MOST)?.len() as i64 == MOST {
        return Err(Error::beyond(Why::ApiKeys, MOST as u32));
    }
    api_keys::insert(tx, key)?;
    let entry = audit::Entry::new(app.id(), now, Some(key.user_id), "api_key.made", key.id);
    audit::append(tx, &entry.with(json!({"scopes": key.scopes})))?;
    Ok(())
}

/// # Errors
/// `unauthenticated`, `invalid` for a wrong limit or cursor.
pub fn list(app: &App, actor: &Actor, asked: &Asked) -> Result<Page<ApiKeyView>, Error> {
    let user = me::own(actor)?.id;
    let (limit, of) = (asked.limit()?, format!("keys of {user}"));
    let after = asked.after::<ApiKeyId>(app, &of)?;
    let now = app.now();
    let found = app.db.read(|tx| api_keys::page(tx, user, now, after, limit as i64 + 1))?;
    let views = found.into_iter().map(view).collect::<Result<_, _>>()?;
    page::page(app, &of, views, limit, |view: &ApiKeyView| view.id)
}

/// All of a person's keys that open something.
pub(super) fn all_of(tx: &mut ReadTx, user: UserId, now: Instant) -> Result<Vec<ApiKeyView>, Error> {
    api_keys::page(tx, user, now, None, MOST)?.into_iter().map(view).collect()
}

/// The key opens nothing with the next request.
///
/// # Errors
/// `unauthenticated`, `not_found` where it is not one's own or over.
pub fn revoke(app: &Arc<App>, actor: &Actor, id: ApiKeyId) -> Result<(), Error> {
    let user = me::own(actor)?.id;
    let app_ = app.clone();
    app.db.write("revoke a key", move |tx| {
        let now = app_.now();
        if !api_keys::revoke(tx, user, id, now)? {
            return Err(Error::NOT_FOUND);
        }
        audit::append(tx, &audit::Entry::new(app_.id(), now, Some(user), "api_key.revoked", id))?;
        Ok(())
    })
}

/// Who acts by a key, with the roles its owner holds now, and the key's scopes.
///
/// # Errors
/// `unauthenticated` where it opens nothing, or its owner is gone.
pub fn actor(app: &Arc<App>, hash: &TokenHash) -> Result<(Actor, Vec<Scope>), Error> {
    let now = app.now();
    let (key, actor) = app.db.look(|tx| behind(tx, app, hash))?;
    if key.used_at.is_none_or(|at| now.since(at) >= NOTED_EVERY) {
        let noted: Result<(), StoreError> =
            app.db.write("note a key's use", move |tx| api_keys::used(tx, key.id, now));
        // It is a convenience: a database that can't be written to is no reason not to read from it.
        if let Err(error) = noted {
            tracing::warn!(%error, "when a key was used could not be noted: {error}");
        }
    }
    Ok((actor, scopes(&key)?))
}

fn behind(tx: &mut ReadTx, app: &App, hash: &TokenHash) -> Result<(ApiKey, Actor), Error> {
    let nobody = || Error::Plain(Code::Unauthenticated);
    let key = api_keys::live(tx, hash.as_bytes(), app.now())?.ok_or_else(nobody)?;
    let owner = people::person(tx, key.user_id, None, app.now())?.ok_or_else(nobody)?;
    Ok((key, app.acting(owner)))
}
