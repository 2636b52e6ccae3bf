//! Giving up one's account: it is disabled, its personal values go, what it did stays countable.

use std::sync::Arc;

use super::me;
use crate::{
    app::{
        App, Done,
        error::{Code, Error},
        version::Expected,
    },
    domain::{
        access::{Actor, OrganisationRole},
        ids::UserId,
        instant::Instant,
        reservation::Status,
    },
    store::{
        address_changes, api_keys, audit, calendars,
        db::WriteTx,
        idempotency::Claim,
        invitations, join_requests, locks, organisations, outbox, places,
        reservations::{self, Shown, Wanted},
        second_factors, series, sessions,
        staff::{self, Team},
        tickets,
        users::{self, Account},
        waiting,
    },
};

/// How many reservations a refusal names.
const NAMED: i64 = 200;
/// More memberships than anybody has.
const ALL: i64 = 10_000;
/// What stands where the name stood.
const NOBODY: &str = "—";

/// # Errors
/// `unauthenticated`, `precondition_failed`, `affected_reservations` with those still ahead, `last_one`
/// while others depend on the person as owner, staff, coordinator or administrator.
pub fn leave(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    expected: Expected,
) -> Result<Done<()>, Error> {
    let id = me::own(actor)?.id;
    let app_ = app.clone();
    app.command("give up one's account", claim, move |tx| {
        locks::claimant(tx, id, None)?;
        let account = users::find(tx, id)?.ok_or(Error::Plain(Code::Unauthenticated))?;
        expected.check(account.version)?;
        let now = app_.now();
        nothing_ahead(tx, id, now)?;
        if account.is_administrator && users::administrators(tx)? == 1 {
            return Err(Code::LastOne.into());
        }
        leave_organisations(tx, id)?;
        leave_teams(tx, id)?;
        sessions::revoke_all(tx, id, now)?;
        tickets::spend_all(tx, id, now)?;
        invitations::forget_address(tx, &account.email_key)?;
        waiting::forget(tx, id)?;
        outbox::forget(tx, id)?;
        address_changes::forget(tx, id)?;
        second_factors::forget(tx, id)?;
        api_keys::forget(tx, id)?;
        join_requests::forget(tx, id)?;
        calendars::forget(tx, id)?;
        reservations::forget_words(tx, id, NOBODY, now)?;
        series::forget_words(tx, id, NOBODY)?;
        users::update(tx, &anonymous(account, now))?;
        audit::append(tx, &audit::Entry::new(app_.id(), now, Some(id), "account.given_up", id))?;
        Ok(())
    })
}

fn nothing_ahead(tx: &mut WriteTx, id: UserId, now: Instant) -> Result<(), Error> {
    let wanted = Wanted {
        shown: Shown::Of(Some(id)),
        from: Some(now),
        to: None,
        by_zone: Vec::new(),
        space: None,
        pool_of: None,
        venue: None,
        statuses: Status::ALL.iter().copied().filter(|status| status.occupies()).collect(),
        now,
    };
    let ahead = reservations::list(tx, &wanted, None, NAMED)?;
    if ahead.is_empty() {
        return Ok(());
    }
    Err(Error::Affected(ahead.iter().map(|reservation| reservation.id).collect()))
}

/// The last member may go: the organisation stays, for what was reserved in its name.
fn leave_organisations(tx: &mut WriteTx, id: UserId) -> Result<(), Error> {
    for organisation in organisations::of(tx, id, None, ALL)? {
        locks::claimant(tx, id, Some(organisation.id))?;
        let (owners, members) = organisations::head_count(tx, organisation.id)?;
        let owns = organisations::role(tx, organisation.id, id)? == Some(OrganisationRole::Owner);
        if owns && owners == 1 && members > 1 {
            return Err(Code::LastOne.into());
        }
        organisations::remove_member(tx, organisation.id, id)?;
    }
    Ok(())
}

fn leave_teams(tx: &mut WriteTx, id: UserId) -> Result<(), Error> {
    let mut teams = Vec::new();
    for (network, _) in users::networks_of(tx, id)? {
        locks::edit_network(tx, network)?;
        teams.push(Team::Coordinators(network));
    }
    for (venue, _) in users::venues_of(tx, id)? {
        let place = places::place(tx, venue)?.ok_or(Error::NOT_FOUND)?;
        locks::edit_venue(tx, place)?;
        teams.push(Team::Staff(venue));
    }
    staff::forget_member(tx, id)?;
    for team in teams {
        if staff::count(tx, team)? == 1 {
            return Err(Code::LastOne.into());
        }
        staff::remove(tx, team, id)?;
    }
    Ok(())
}

/// The row without its person: reservations still point to it. The address may be registered anew.
fn anonymous(account: Account, now: Instant) -> Account {
    Account {
        email: format!("{}@invalid", account.id),
        email_key: format!("{}@invalid", account.id),
        name: NOBODY.to_owned(),
        phone: None,
        password_hash: None,
        verified_at: None,
        is_administrator: false,
        disabled_at: Some(now),
        version: account.version + 1,
        ..account
    }
}
