//! Changing the address of one's account: asked for by who is signed in, confirmed at the new address, told to the old
//! one, which may take it back for seven days. Sessions stay.
//!
//! Nobody learns whether the new address has an account: the same rows are written and one mail is sent either way, to
//! that address alone. A change is confirmed by the session of who asked for it; a link that somebody else opens, or is
//! made to open, gives their address away to nobody.

pub mod confirm;
pub mod restore;

use std::sync::Arc;

use secrecy::ExposeSecret;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Accepted, GivenPassword,
    attempts::Tried,
    me,
    password::security,
    repeat::{self, Repeated},
};
use crate::{
    app::{
        App,
        credentials::random::{self, TokenHash},
        error::{Code, Error},
        notify,
    },
    domain::{
        access::{self, Action, Actor},
        instant::Instant,
        person::EmailAddress,
    },
    mail::notice::{Notice, SecurityEvent},
    store::{
        address_changes::{self, AddressChange},
        audit,
        db::WriteTx,
        people::Contact,
        users::{self, Account},
    },
};

/// Hours a change can be confirmed.
const CONFIRM_HOURS: u32 = 24;
/// Days for which the old address can take a change back.
const RESTORE_DAYS: u32 = 7;

/// The new address.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddressWish {
    pub email: EmailAddress,
    /// Where the account has one.
    pub password: Option<GivenPassword>,
}

/// Sends a link and a code to the new address; an earlier wish ends.
///
/// # Errors
/// `unauthenticated`, `address_unverified`, `invalid` where it is one's own already or the password is missing,
/// `credentials_refused` for a wrong one, `rate_limited` after five changes an hour.
pub fn ask(app: &Arc<App>, actor: &Actor, new: &AddressWish) -> Result<Accepted, Error> {
    access::may(actor, Action::SecureAccount)?;
    let shown = repeat::password(app, me::own(actor)?.id, new.password.as_ref(), "/password")?;
    if shown.account().email == new.email.as_str() {
        return Err(Error::field("/email", "own_address"));
    }
    let (app_, email) = (app.clone(), new.email.clone());
    app.db.write("ask for another address", move |tx| wish(tx, &app_, &shown, &email))?;
    Ok(Accepted::YES)
}

fn wish(tx: &mut WriteTx, app: &App, shown: &Repeated, email: &EmailAddress) -> Result<(), Error> {
    let account = shown.lock(tx)?;
    let now = app.now();
    Tried::Changes(account.id).demand_one(tx, app, now)?;
    address_changes::end_open(tx, account.id, now)?;
    let (token, code) = (random::token(), random::code());
    let change = change(app, &account, email, (token.expose_secret(), code.expose_secret()), now);
    address_changes::insert(tx, &change)?;
    audit::append(
        tx,
        &audit::Entry::new(app.id(), now, Some(account.id), "account.address_asked", account.id),
    )?;
    if !Tried::Mails(change.email_key.clone()).use_one(tx, app, now)? {
        return Ok(());
    }
    // The same address in other letters is still one's own.
    let other = users::by_email(tx, &change.email_key)?.filter(|known| known.id != account.id);
    match other {
        // What was made opens nothing: neither link nor code is told to anybody.
        Some(known) => notify::tell(tx, app, &known.contact(), &security(app, SecurityEvent::AddressInUse)),
        None => {
            let link = format!("{}/confirm-address#token={}", app.public_url, token.expose_secret());
            let code = code.expose_secret().to_owned();
            let notice = Notice::ConfirmAddress { link, code, hours: CONFIRM_HOURS };
            // Without the name: it may be anything, and the address anybody's.
            let to = Contact { email: change.email, name: String::new(), ..account.contact() };
            notify::tell(tx, app, &to, &notice)
        }
    }
}

fn change(
    app: &App,
    account: &Account,
    email: &EmailAddress,
    (token, code): (&str, &str),
    now: Instant,
) -> AddressChange {
    let id = app.id();
    AddressChange {
        id,
        user_id: account.id,
        email: email.to_string(),
        email_key: email.canonical(),
        token_hash: TokenHash::of(token).as_bytes().to_vec(),
        code_hash: app.codes.code_tag(&id.to_string(), code).to_vec(),
        attempts: 0,
        expires_at: now.plus(i64::from(CONFIRM_HOURS) * 3600),
        former_email: None,
        former_key: None,
        confirmed_at: None,
        ended_at: None,
        created_at: now,
    }
}

/// The signed-in account's own wish that is open.
fn open(tx: &mut WriteTx, account: &Account, now: Instant) -> Result<AddressChange, Error> {
    address_changes::open(tx, account.id, now)?.ok_or_else(|| Code::CredentialsRefused.into())
}
