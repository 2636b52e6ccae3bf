//! Giving up one's account.

use std::sync::Arc;

use super::{erase, me, obligations, presence};
use crate::{
    app::{
        App, Done,
        backup::erased,
        error::{Code, Error},
        version::Expected,
    },
    domain::{access::Actor, instant::Instant},
    store::{erasure, idempotency::Claim, locks, users},
};

/// # Errors
/// `unauthenticated`, `confirmation_required`, `address_unverified` while somebody reserved for the address,
/// `precondition_failed`, `obligations_open` with all that stands against it.
pub fn leave(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    expected: Expected,
) -> Result<Done<()>, Error> {
    let person = me::own(actor)?.clone();
    let id = person.id;
    let (app_, own) = (app.clone(), claim.clone());
    let done = app.command("give up one's account", claim, move |tx| {
        locks::claimant(tx, id, None)?;
        let account = users::find(tx, id)?.ok_or(Error::Plain(Code::Unauthenticated))?;
        expected.check(account.version)?;
        let now = app_.now();
        // What staff reserved for an address is its owner's: nobody else may have it erased, or learn of it.
        if account.verified_at.is_none() && !erasure::is_gone(tx, id, Instant::EARLIEST)? {
            return Err(Code::AddressUnverified.into());
        }
        presence::demand(tx, &person, &account, now)?;
        obligations::none_open(tx, &app_, &account, now)?;
        let own = own.as_ref().map(|claim| claim.claim.as_slice());
        let contact = account.contact();
        erase::person(tx, &app_, account, (Some(id), own), now)?;
        erase::tell_last(tx, &app_, &contact)
    })?;
    erased::note(app);
    Ok(done)
}
