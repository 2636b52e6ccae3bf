//! Confirming a new address with what was mailed there.

use std::sync::Arc;

use serde::Deserialize;
use utoipa::ToSchema;

use super::{RESTORE_DAYS, open, restore};
use crate::{
    app::{
        App,
        accounts::{
            me::{self, AccountView},
            refused,
        },
        changed::changed,
        credentials::random::TokenHash,
        error::{Code, Error},
        notify,
    },
    domain::{
        access::{self, Action, Actor},
        ids::UserId,
    },
    mail::notice::Notice,
    store::{
        address_changes::{self, AddressChange},
        audit,
        db::WriteTx,
        locks, tickets,
        users::{self, Account},
    },
};

/// Wrong codes after which a change has to be asked for anew. Its link still works: nobody guesses it.
const TRIES: i32 = 5;

/// The token of the link, or the code beside it.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddressProof {
    /// From the link, after `#token=`.
    pub token: Option<String>,
    #[schema(example = "031337", pattern = "^[0-9]{6}$")]
    pub code: Option<String>,
}

enum Proof {
    Token(TokenHash),
    Code(String),
}

/// Only whoever asked for the change may confirm it.
///
/// # Errors
/// `unauthenticated`, `address_unverified`; `credentials_refused` when it is wrong, used, over, of somebody else, or
/// the address has got an account meanwhile; `invalid`.
pub fn confirm(app: &Arc<App>, actor: &Actor, given: AddressProof) -> Result<AccountView, Error> {
    access::may(actor, Action::SecureAccount)?;
    let id = me::own(actor)?.id;
    let proof = match (given.token, given.code) {
        (Some(token), None) => Proof::Token(TokenHash::of(&token)),
        (None, Some(code)) => Proof::Code(code),
        (None, None) => return Err(Error::field("/token", "missing_field")),
        (Some(_), Some(_)) => return Err(Error::field("/token", "token_or_code")),
    };
    let app_ = app.clone();
    let confirmed = app.db.write("confirm an address", move |tx| take(tx, &app_, id, &proof));
    let confirmed = confirmed.map_err(|error| match error.code() {
        // Somebody registered it in the same moment.
        Code::Duplicate => refused(),
        _ => error,
    })?;
    confirmed.ok_or_else(refused)
}

/// `None` where a wrong code must be counted with the refusal.
fn take(tx: &mut WriteTx, app: &App, user: UserId, proof: &Proof) -> Result<Option<AccountView>, Error> {
    locks::claimant(tx, user, None)?;
    let now = app.now();
    let account = users::find(tx, user)?.ok_or(Error::Plain(Code::Unauthenticated))?;
    let change = open(tx, &account, now)?;
    if !fits(app, &change, proof) {
        let attempts = change.attempts + 1;
        address_changes::update(tx, &AddressChange { attempts, ..change })?;
        return Ok(None);
    }
    if users::by_email(tx, &change.email_key)?.is_some_and(|known| known.id != user) {
        return Err(refused());
    }
    let (before, old) = (me::view(tx, account.clone())?, account.contact());
    let (former_email, former_key) = (Some(account.email.clone()), Some(account.email_key.clone()));
    let change = AddressChange { former_email, former_key, confirmed_at: Some(now), ..change };
    address_changes::update(tx, &change)?;
    let (email, email_key) = (change.email.clone(), change.email_key.clone());
    let account = Account { email, email_key, version: account.version + 1, ..account };
    users::update(tx, &account)?;
    // What was mailed to the old address signs in no longer.
    tickets::spend_all(tx, user, now)?;
    let after = me::view(tx, account)?;
    let entry = audit::Entry::new(app.id(), now, Some(user), "account.address_changed", user);
    audit::append(tx, &entry.with(changed(&before, &after)?))?;
    let link = restore::url(app, change.id);
    notify::tell(tx, app, &old, &Notice::AddressChanged { link, days: RESTORE_DAYS })?;
    Ok(Some(after))
}

fn fits(app: &App, change: &AddressChange, proof: &Proof) -> bool {
    match proof {
        Proof::Token(hash) => {
            let known = <[u8; 32]>::try_from(change.token_hash.as_slice());
            known.is_ok_and(|known| TokenHash::from_bytes(known) == *hash)
        }
        Proof::Code(code) => {
            change.attempts < TRIES && app.codes.is_code(&change.id.to_string(), code, &change.code_hash)
        }
    }
}
