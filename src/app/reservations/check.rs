//! The dry run: the same request, the same decision, nothing written.

use super::{
    request::{NewReservation, Request},
    reserve::may_ask,
    taking,
};
use crate::{
    app::{App, error::Error},
    domain::{access::Actor, decision::Decision, zone::Zone},
};

/// What a request would come to.
#[derive(Debug)]
pub struct Checked {
    pub decision: Decision,
    pub zone: Zone,
}

/// # Errors
/// `invalid` for what can't be understood, and who may not ask; a refusal by the rules is a result, not an error.
pub fn check(app: &App, actor: &Actor, new: &NewReservation) -> Result<Checked, Error> {
    app.db.read(|tx| {
        let configuration = app.configurations.get(tx, new.space_id)?;
        let configuration = configuration.ok_or_else(|| Error::field("/space_id", "unknown"))?;
        may_ask(actor, new, configuration.venue.place())?;
        let zone = configuration.zone();
        let request = Request::of_new(new, configuration, actor)?;
        let claimant = actor.person().map(|person| person.id);
        let judged = taking::judge(tx, &request, claimant, app.now(), None)?;
        Ok(Checked { decision: judged.decision, zone })
    })
}
