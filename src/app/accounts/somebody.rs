//! What the operator does for somebody who asks by letter or by telephone: finding them, giving out what is held on them,
//! erasing them. Making sure that it is they who ask is the operator's, so an address need not be proved. By the same rules
//! and the same code as one's own (ADR 17).

use std::sync::Arc;

use super::{
    erase,
    export::{self, Asks, Export},
    obligations,
};
use crate::{
    app::{App, backup::erased, error::Error, notify::NOBODYS, shown},
    domain::{ids::UserId, person::EmailAddress, text::fold},
    store::{
        audit,
        db::ReadTx,
        erasure, locks,
        users::{self, Account},
    },
};

/// Accounts read at a time.
const BATCH: i64 = 500;

/// Whom the operator means.
#[derive(Debug, Clone)]
pub enum Meant {
    Id(UserId),
    Address(EmailAddress),
}

/// How somebody came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// With an account of their own.
    Account,
    /// Staff reserved for them, at an address that nobody proved.
    Guest,
    /// Brought in with what a venue kept elsewhere, by their name alone.
    NameAlone,
}

/// Somebody who may be the one who asks.
#[derive(Debug, Clone)]
pub struct Somebody {
    pub id: UserId,
    pub name: String,
    /// None of who is known by their name alone.
    pub email: Option<String>,
    pub phone: Option<String>,
    pub known: Known,
    /// RFC 3339, UTC.
    pub since: String,
    /// The names of the venues at which they organised anything.
    pub venues: Vec<String>,
}

impl Somebody {
    fn new(tx: &mut ReadTx, account: Account) -> Result<Self, Error> {
        let nameless = account.email.ends_with(NOBODYS);
        let signs_in = account.verified_at.is_some() || account.password_hash.is_some();
        Ok(Self {
            id: account.id,
            venues: erasure::been_at(tx, account.id)?,
            since: shown(account.created_at),
            known: match (nameless, signs_in) {
                (_, true) => Known::Account,
                (true, false) => Known::NameAlone,
                (false, false) => Known::Guest,
            },
            email: Some(account.email).filter(|_| !nameless),
            name: account.name,
            phone: account.phone,
        })
    }
}

/// Everybody whose name and address have these words in them, however they are written, by id.
///
/// # Errors
/// When the database fails.
pub fn find(app: &App, text: &str) -> Result<Vec<Somebody>, Error> {
    let wanted = fold(text);
    app.db.read(|tx| {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let batch = users::walk(tx, after, BATCH)?;
            let Some(last) = batch.last() else { return Ok(found) };
            after = Some(last.id);
            for account in batch {
                let known = format!("{} {}", fold(&account.name), fold(&account.email));
                if wanted.split_whitespace().all(|word| known.contains(word)) {
                    found.push(Somebody::new(tx, account)?);
                }
            }
        }
    })
}

/// The one who is meant.
///
/// # Errors
/// `not_found` where there is none, or they were erased.
pub fn show(app: &App, meant: &Meant) -> Result<Somebody, Error> {
    app.db.read(|tx| {
        let account = account(tx, meant)?;
        Somebody::new(tx, account)
    })
}

/// All that is held on them; that it was given out stands in the audit.
///
/// # Errors
/// `not_found`.
pub fn export(app: &Arc<App>, meant: &Meant) -> Result<Export, Error> {
    let export = app.db.read(|tx| {
        let account = account(tx, meant)?;
        export::held(tx, app, account, Asks::Operator)
    })?;
    let (app_, id) = (app.clone(), export.account.id);
    app.db.write("note an export", move |tx| {
        let entry = audit::Entry::new(app_.id(), app_.now(), None, "account.exported", id);
        audit::append(tx, &entry)
    })?;
    Ok(export)
}

/// Erases them, as if they had given up their account.
///
/// # Errors
/// `not_found`, `obligations_open` with all that stands against it.
pub fn erase(app: &Arc<App>, meant: &Meant) -> Result<(), Error> {
    let id = app.db.read(|tx| account(tx, meant))?.id;
    let app_ = app.clone();
    app.db.write("erase somebody", move |tx| {
        locks::claimant(tx, id, None)?;
        let account = users::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        let now = app_.now();
        obligations::none_open(tx, &app_, &account, now)?;
        let signs_in = account.verified_at.is_some() || account.password_hash.is_some();
        let contact = signs_in.then(|| account.contact());
        erase::person(tx, &app_, account, (None, None), now)?;
        contact.map_or(Ok(()), |contact| erase::tell_last(tx, &app_, &contact))
    })?;
    erased::note(app);
    Ok(())
}

fn account(tx: &mut ReadTx, meant: &Meant) -> Result<Account, Error> {
    let found = match meant {
        Meant::Id(id) => users::find(tx, *id)?,
        Meant::Address(email) => users::by_email(tx, &email.canonical())?,
    };
    found.filter(|account| account.disabled_at.is_none()).ok_or(Error::NOT_FOUND)
}
