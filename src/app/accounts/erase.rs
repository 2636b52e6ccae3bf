//! Erasing a person: they leave everything, what names them goes, what they did stays countable.
//!
//! Their row and their reservations stay, without a name or a word of theirs: statistics are the same before and after
//! (DESIGN 7). Which column goes where is a table in tests/store/personal/table.rs.

use super::obligations::ALL;
use crate::{
    app::{App, error::Error, notify},
    domain::{
        ids::{OrganisationId, UserId},
        instant::Instant,
        locale::Locale,
        organisation::{LegalForm, Organisation},
    },
    mail::{notice::Notice, standing::Standing},
    store::{
        address_changes, api_keys, audit, audit_chain, calendars, confirmations,
        db::WriteTx,
        erasure, guests, join_requests, locks, organisations,
        people::Contact,
        reservations, second_factors, series,
        staff::{self, Team},
        users::{self, Account, WantedMail},
        waiting,
    },
};

pub(crate) use crate::domain::person::NOBODY;

/// Erases the person of this account, who is locked and has nothing open, or must go whatever is open: after a restore
/// they had been erased before. `claim` is the request's own, which is settled after this.
///
/// # Errors
/// When the database fails.
pub(crate) fn person(
    tx: &mut WriteTx,
    app: &App,
    account: Account,
    (by, claim): (Option<UserId>, Option<&[u8]>),
    now: Instant,
) -> Result<(), Error> {
    let id = account.id;
    let mut names = erasure::names(tx, &account)?;
    names.organisations = leave_all(tx, id)?;
    audit_chain::erase_of(tx, id, &names.keys)?;
    erasure::forget_own(tx, id)?;
    erasure::forget_mentions(tx, &names, claim)?;
    erasure::forget_reports(tx, id)?;
    waiting::forget(tx, id)?;
    address_changes::forget(tx, id)?;
    second_factors::forget(tx, id)?;
    api_keys::forget(tx, id)?;
    join_requests::forget(tx, id)?;
    calendars::forget(tx, id)?;
    guests::forget_all(tx, &[id])?;
    reservations::forget_words(tx, id, NOBODY, now)?;
    series::forget_words(tx, id, NOBODY)?;
    users::update(tx, &anonymous(account, now))?;
    erasure::ask_to_scrub(tx, now)?;
    Ok(audit::append(tx, &audit::Entry::new(app.id(), now, by, "account.given_up", id))?)
}

/// Tells the address, once more and for the last time. The letter is of nobody any more and goes within hours, sent
/// or not (`forgetting`).
///
/// # Errors
/// When the database fails.
pub(crate) fn tell_last(tx: &mut WriteTx, app: &App, contact: &Contact) -> Result<(), Error> {
    let link = app.public_url.clone();
    notify::tell_nobody(tx, app, contact, &Notice::Standing(Standing::Erased { link }))
}

/// Which organisations were this one person.
fn leave_all(tx: &mut WriteTx, id: UserId) -> Result<Vec<(OrganisationId, String)>, Error> {
    let mut theirs = Vec::new();
    for organisation in organisations::of(tx, id, None, ALL)? {
        locks::organisation(tx, organisation.id)?;
        organisations::remove_member(tx, organisation.id, id)?;
        let (_, members) = organisations::head_count(tx, organisation.id)?;
        if members == 0 && is_one_person(&organisation) {
            audit_chain::erase_about(tx, organisation.id)?;
            theirs.push((organisation.id, organisation.name.clone()));
            confirmations::forget_grounds(tx, organisation.id)?;
            if organisation.register_number.is_some() {
                organisations::note_registered(tx, organisation.id)?;
            }
            organisations::update(tx, &nameless(organisation))?;
        }
    }
    staff::forget_member(tx, id)?;
    for (network, _) in users::networks_of(tx, id)? {
        staff::remove(tx, Team::Coordinators(network), id)?;
    }
    for (venue, _) in users::venues_of(tx, id)? {
        staff::remove(tx, Team::Staff(venue), id)?;
    }
    Ok(theirs)
}

/// Whether its name is a person's: a company's, a society's, a school's stand in public registers.
fn is_one_person(organisation: &Organisation) -> bool {
    matches!(organisation.legal_form, LegalForm::SoleEntrepreneur | LegalForm::Individual)
}

/// What statistics group by stays.
fn nameless(organisation: Organisation) -> Organisation {
    Organisation {
        name: NOBODY.to_owned(),
        register_number: None,
        version: organisation.version + 1,
        ..organisation
    }
}

/// The row without its person: reservations still point to it. The address may be registered anew.
fn anonymous(account: Account, now: Instant) -> Account {
    Account {
        email: format!("{}@invalid", account.id),
        email_key: format!("{}@invalid", account.id),
        name: NOBODY.to_owned(),
        phone: None,
        locale: Locale::default().tag().to_owned(),
        password_hash: None,
        verified_at: None,
        is_administrator: false,
        disabled_at: Some(now),
        version: account.version + 1,
        wanted: WantedMail::default(),
        ..account
    }
}
