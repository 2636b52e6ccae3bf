//! Redeeming a link or a code: signs in, and proves the address of an account that was not verified.
//!
//! Proving it takes the account over: sessions begun before end, and a password set before is dropped.
//! The password given here, by who reads the mailbox, becomes the account's.

use std::sync::Arc;

use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    GivenPassword,
    attempts::Tried,
    password::security,
    refused,
    second_factor::{self, step},
    session::{self, Step, Tokens},
};
use crate::{
    app::{App, credentials::random::TokenHash, error::Error, notify},
    domain::{
        ids::{TicketId, UserId},
        instant::Instant,
        person::{EmailAddress, PersonName},
    },
    mail::notice::SecurityEvent,
    store::{
        api_keys, audit,
        db::{ReadTx, WriteTx},
        locks, sessions,
        tickets::{self, Ticket},
        users::{self, Account},
    },
};

/// Wrong codes after which a ticket's code opens nothing. Its link still does: it can't be guessed, and
/// strangers should not be able to spoil it.
const TRIES: i32 = 5;
/// No ticket lives longer, seconds.
const LONGEST: i64 = 24 * 3600;

/// The token of a link, or an address with the code beside the link.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Redemption {
    /// From the link, after `#token=`.
    pub token: Option<String>,
    pub email: Option<EmailAddress>,
    #[schema(example = "031337", pattern = "^[0-9]{6}$")]
    pub code: Option<String>,
    /// What one is called: counts on verifying, where whoever registered the address need not have been its owner.
    #[schema(example = "Ana Novak")]
    pub name: Option<PersonName>,
    /// Becomes the account's password; other sessions end. On verifying, a password given when
    /// registering must be repeated here to count.
    pub password: Option<GivenPassword>,
}

/// What is presented.
enum Proof {
    Token(TokenHash),
    Code { key: String, code: String },
}

/// # Errors
/// `credentials_refused` when it is wrong, used or over; `invalid` for a weak password, after which the
/// link can be used again; `second_factor_required`, where one is to be shown besides.
pub fn redeem(app: &Arc<App>, redemption: Redemption, client: Option<&str>) -> Result<Tokens, Error> {
    let (given, name) = (redemption.password.clone(), redemption.name.clone());
    let (ticket, account) = prove(app, proof(redemption)?)?;
    let hash = match given {
        Some(given) => {
            let usage = second_factor::password_use(app, account.id)?;
            Some(given.hash_new(usage, &account.email, &account.name)?)
        }
        None => None,
    };
    let (app_, client) = (app.clone(), client.map(str::to_owned));
    let step = app.db.write("redeem a link", move |tx| {
        locks::claimant(tx, account.id, None)?;
        take(tx, &app_, (ticket, account.id), (name.clone(), hash.clone()), client.clone())
    })?;
    step.tokens(app)
}

fn proof(redemption: Redemption) -> Result<Proof, Error> {
    match (redemption.token, redemption.email, redemption.code) {
        (Some(token), None, None) => Ok(Proof::Token(TokenHash::of(&token))),
        (None, Some(email), Some(code)) => Ok(Proof::Code { key: email.canonical(), code }),
        (None, Some(_), None) => Err(Error::field("/code", "missing_field")),
        (None, None, Some(_)) => Err(Error::field("/email", "missing_field")),
        (None, None, None) => Err(Error::field("/token", "missing_field")),
        (Some(_), _, _) => Err(Error::field("/token", "token_or_code")),
    }
}

/// The live ticket behind the proof and its account. A wrong code is counted, whatever else happens.
fn prove(app: &Arc<App>, proof: Proof) -> Result<(TicketId, Account), Error> {
    let found = match proof {
        Proof::Token(hash) => app.db.read(|tx| {
            let ticket = tickets::by_token(tx, hash.as_bytes())?.filter(|ticket| ticket.is_live(app.now()));
            ticket.map(|ticket| with_account(tx, ticket)).transpose().map(Option::flatten)
        }),
        Proof::Code { key, code } => {
            let app_ = app.clone();
            app.db.write("try a code", move |tx| try_code(tx, &app_, &key, &code))
        }
    };
    found?.ok_or_else(refused)
}

fn with_account(tx: &mut ReadTx, ticket: Ticket) -> Result<Option<(TicketId, Account)>, Error> {
    Ok(users::find(tx, ticket.user_id)?.map(|account| (ticket.id, account)))
}

fn try_code(
    tx: &mut WriteTx,
    app: &App,
    key: &str,
    code: &str,
) -> Result<Option<(TicketId, Account)>, Error> {
    let now = app.now();
    // Counted for every address: a wrong code costs the same whether or not there is an account.
    let tried = Tried::MailedCode(key.to_owned());
    if !tried.use_one(tx, app, now)? {
        return Ok(None);
    }
    let Some(account) = users::by_email(tx, key)? else { return Ok(None) };
    locks::claimant(tx, account.id, None)?;
    let open: Vec<Ticket> = tickets::since(tx, account.id, now.plus(-LONGEST))?
        .into_iter()
        .filter(|ticket| ticket.is_live(now) && ticket.attempts < TRIES)
        .collect();
    let fits = |ticket: &&Ticket| app.codes.is_code(&ticket.id.to_string(), code, &ticket.code_hash);
    match open.iter().find(fits) {
        Some(ticket) => {
            tried.give_back(tx, app)?;
            with_account(tx, ticket.clone())
        }
        None => {
            tickets::missed(tx, open.iter().map(|ticket| ticket.id).collect())?;
            Ok(None)
        }
    }
}

/// Uses the ticket up and begins a session, or the second step of one.
fn take(
    tx: &mut WriteTx,
    app: &App,
    (ticket, user): (TicketId, UserId),
    (name, password): (Option<PersonName>, Option<String>),
    client: Option<String>,
) -> Result<Step, Error> {
    let now = app.now();
    let mut account = users::find(tx, user)?.ok_or_else(refused)?;
    tickets::find(tx, ticket)?.filter(|ticket| ticket.is_live(now)).ok_or_else(refused)?;
    tickets::spend(tx, ticket, now)?;
    if account.verified_at.is_none() {
        account.verified_at = Some(now);
        account.name = name.map_or(account.name, String::from);
        take_over(tx, app, account, password, "account.verified", now)?;
        return session::begin(tx, app, user, client, now).map(Step::Done);
    }
    step(tx, app, user, password, client)
}

/// The password that who reads the mailbox, and has the second factor where there is one, gave with a link.
pub(super) fn set_password(tx: &mut WriteTx, app: &App, user: UserId, password: String) -> Result<(), Error> {
    let account = users::find(tx, user)?.ok_or_else(refused)?;
    let contact = account.contact();
    take_over(tx, app, account, Some(password), "account.password_set", app.now())?;
    notify::tell(tx, app, &contact, &security(app, SecurityEvent::PasswordChanged))
}

/// Whatever was opened or sent before counts no longer.
fn take_over(
    tx: &mut WriteTx,
    app: &App,
    mut account: Account,
    password: Option<String>,
    action: &'static str,
    now: Instant,
) -> Result<(), Error> {
    account.password_hash = password;
    account.version += 1;
    users::update(tx, &account)?;
    sessions::revoke_all(tx, account.id, now)?;
    tickets::spend_all(tx, account.id, now)?;
    api_keys::revoke_all(tx, account.id, now)?;
    audit::append(tx, &audit::Entry::new(app.id(), now, Some(account.id), action, account.id))?;
    Ok(())
}
