//! People without an account, for whom staff reserved: what is held on them, and erasing it. They ask the venue, which
//! answers for them; who proved an address or set a password does so themselves.

use std::sync::Arc;

use crate::{
    app::{
        App, Done,
        accounts::{
            erase,
            export::{self, Asks, Export},
            obligations,
        },
        backup::erased,
        error::{Code, Error},
        version::Expected,
    },
    domain::{
        access::{self, Action, Actor},
        ids::{UserId, VenueId},
        seen::Seen,
    },
    store::{
        db::ReadTx,
        erasure,
        idempotency::Claim,
        locks, places,
        users::{self, Account},
    },
};

/// All that is held on a guest at the venue.
///
/// # Errors
/// `not_found` unless somebody reserved for them there, `forbidden` unless staff or an administrator, `state_conflict` if
/// they have an account.
pub fn export(app: &App, actor: &Actor, venue: VenueId, guest: UserId) -> Result<Export, Error> {
    let export = app.db.read(|tx| {
        let account = guest_of(tx, actor, venue, guest)?;
        export::held(tx, app, account, Asks::Venue(venue))
    })?;
    app.views.note(app, actor, Seen::Export, Some(venue), [guest]);
    Ok(export)
}

/// Erases a guest; one who is erased already is not found.
///
/// # Errors
/// As [`export`], `precondition_failed`, `obligations_open`.
pub fn erase(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    (venue, guest): (VenueId, UserId),
    expected: Expected,
) -> Result<Done<()>, Error> {
    app.db.read(|tx| guest_of(tx, actor, venue, guest).map(drop))?;
    let by = actor.person().map(|person| person.id);
    let (app_, actor, own) = (app.clone(), actor.clone(), claim.clone());
    let done = app.command("erase a guest", claim, move |tx| {
        locks::claimant(tx, guest, None)?;
        let account = guest_of(tx, &actor, venue, guest)?;
        expected.check(account.version)?;
        let now = app_.now();
        obligations::none_open(tx, &app_, &account, now)?;
        let own = own.as_ref().map(|claim| claim.claim.as_slice());
        erase::person(tx, &app_, account, (by, own), now)
    })?;
    erased::note(app);
    Ok(done)
}

fn guest_of(tx: &mut ReadTx, actor: &Actor, venue: VenueId, guest: UserId) -> Result<Account, Error> {
    let place = places::place(tx, venue)?.ok_or(Error::NOT_FOUND)?;
    access::may(actor, Action::AnswerForGuest(place))?;
    let account = users::find(tx, guest)?.ok_or(Error::NOT_FOUND)?;
    if !erasure::was_at(tx, guest, venue)? {
        return Err(Error::NOT_FOUND);
    }
    if account.verified_at.is_some() || account.password_hash.is_some() {
        let why = "this person has an account, and answers for it themselves";
        return Err(Error::Detailed(Code::StateConflict, why.to_owned()));
    }
    Ok(account)
}
