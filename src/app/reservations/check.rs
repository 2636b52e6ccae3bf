//! The dry run: the same request, the same decision, nothing written.

use super::{
    request::{NewReservation, Request},
    reserve::own_organisation,
    taking,
};
use crate::{
    app::{App, error::Error},
    domain::{
        access::{self, Action, Actor, Denied, Place},
        decision::Decision,
        zone::Zone,
    },
    store::people,
};

/// What a request would come to.
#[derive(Debug)]
pub struct Checked {
    pub decision: Decision,
    pub zone: Zone,
}

/// Whoever is not signed in or not verified is told so as a reason; what booking would hide or forbid is so
/// here too.
///
/// # Errors
/// `invalid` for what can't be understood, `forbidden`, `not_found`; a refusal by the rules is a result, not
/// an error.
pub fn check(app: &App, actor: &Actor, new: &NewReservation) -> Result<Checked, Error> {
    if new.organisation_id.is_some() {
        own_organisation(actor, "/organisation_id", new.organisation_id)?;
    }
    app.db.read(|tx| {
        let configuration = app.configurations.get(tx, new.space_id)?;
        let configuration = configuration.ok_or_else(|| Error::field("/space_id", "unknown"))?;
        authorise(actor, new, configuration.place())?;
        let zone = configuration.zone();
        let mut request = Request::of_new(new, configuration, actor)?;
        // Availability shows anybody what an account could book; a request is somebody's.
        request.booker.known = actor.person().is_some();
        let claimant = match &new.organiser {
            Some(guest) => people::by_email(tx, &guest.email.canonical())?.map(|known| known.id),
            None => actor.person().map(|person| person.id),
        };
        let judged = taking::judge(tx, &request, claimant, app.now(), None)?;
        Ok(Checked { decision: judged.decision, zone })
    })
}

fn authorise(actor: &Actor, new: &NewReservation, place: Place) -> Result<(), Denied> {
    match access::may(actor, Action::Reserve(new.organisation_id.filter(|_| new.organiser.is_none()))) {
        Ok(()) | Err(Denied::SignIn | Denied::Unverified) => {}
        Err(denied) => return Err(denied),
    }
    if new.organiser.is_some() {
        access::may(actor, Action::ReserveForOthers(place))?;
    }
    if new.internal_notes.is_some() {
        access::may(actor, Action::SeeBehindTheDesk(place))?;
    }
    Ok(())
}
