//! Leaving the waiting list: the entry goes, and what is held for it is let go.

use std::sync::Arc;

use super::{is_live, list::own, offers_of};
use crate::{
    app::{
        App, Done,
        error::Error,
        reservations::cancel::{self, By},
        version::Expected,
    },
    domain::{
        access::{self, Action, Actor},
        ids::WaitingId,
    },
    store::{
        audit::{self, Entry},
        idempotency::Claim,
        locks, reservations, waiting,
    },
};

/// # Errors
/// `not_found` unless it is one's own, `precondition_failed`.
pub fn leave(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: WaitingId,
    expected: Expected,
) -> Result<Done<()>, Error> {
    access::may(actor, Action::OwnAccount)?;
    let before = app.db.read(|tx| own(tx, actor, id))?;
    let app_ = app.clone();
    app.command("leave the waiting list", claim, move |tx| {
        locks::claimant(tx, before.person, before.organisation)?;
        locks::share_configuration(tx, before.place)?;
        let configuration = app_.configurations.get(tx, before.space)?.ok_or(Error::NOT_FOUND)?;
        locks::units(tx, &configuration.space.groups())?;
        let now = app_.now();
        for offer in offers_of(tx, id)? {
            locks::reservation(tx, offer.id)?;
            let held = reservations::find(tx, offer.id)?.filter(|offer| is_live(offer, now));
            if let Some(mut offer) = held {
                let by = By { by: Some(before.person), by_venue: false, message: None, cause: None };
                cancel::give_up(tx, &app_, &configuration, &mut offer, by)?;
            }
        }
        locks::waiting_entry(tx, id)?;
        let entry = waiting::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        expected.check(entry.version)?;
        waiting::remove(tx, &[id])?;
        let left = Entry::new(app_.id(), now, Some(entry.person), "waiting.left", id);
        audit::append(tx, &left.within(entry.place))?;
        Ok(())
    })
}
