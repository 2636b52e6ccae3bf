//! The dry run: the same request, the same decision, nothing written.

use super::{
    request::{NewReservation, Request},
    reserve::{check_organisation, may_ask},
    taking,
};
use crate::{
    app::{App, error::Error},
    domain::{access::Actor, decision::Decision, tariff::Quote, zone::Zone},
    store::people,
};

/// What a request would come to.
#[derive(Debug)]
pub struct Checked {
    pub decision: Decision,
    pub zone: Zone,
    pub price: Option<Quote>,
}

/// Whoever is not signed in or not verified is told so as a reason; what booking would hide or forbid is so
/// here too.
///
/// # Errors
/// `invalid` for what can't be understood, `forbidden`; a refusal by the rules is a result, not an error.
pub fn check(app: &App, actor: &Actor, new: &NewReservation) -> Result<Checked, Error> {
    app.db.read(|tx| {
        let configuration = app.configurations.get(tx, new.space_id)?;
        let configuration = configuration.ok_or_else(|| Error::field("/space_id", "unknown"))?;
        may_ask(actor, new, configuration.place())?;
        let zone = configuration.zone();
        let mut request = Request::of_new(new, configuration, actor)?;
        // Availability shows anybody what an account could book; a request is somebody's.
        request.booker.known = actor.person().is_some();
        let claimant = match &new.organiser {
            Some(guest) => people::by_email(tx, &guest.email.canonical())?.map(|known| known.id),
            None => actor.person().map(|person| person.id),
        };
        check_organisation(tx, new, claimant)?;
        let price = request.quote()?;
        let judged = taking::judge(tx, &request, claimant, app.now(), None)?;
        Ok(Checked { decision: judged.decision, zone, price })
    })
}
