//! The dry run: the same request, the same decision, nothing written.

use super::{
    request::{NewReservation, Request},
    reserve::own_organisation,
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
/// `invalid` for what can't be understood; a refusal by the rules is a result, not an error.
pub fn check(app: &App, actor: &Actor, new: &NewReservation) -> Result<Checked, Error> {
    if new.organisation_id.is_some() {
        own_organisation(actor, "/organisation_id", new.organisation_id)?;
    }
    app.db.read(|tx| {
        let configuration = app.configurations.get(tx, new.space_id)?;
        let configuration = configuration.ok_or_else(|| Error::field("/space_id", "unknown"))?;
        let zone = configuration.zone();
        let request = Request::of_new(new, configuration, actor)?;
        let claimant = actor.person().map(|person| person.id);
        let judged = taking::judge(tx, &request, claimant, app.now(), None)?;
        Ok(Checked { decision: judged.decision, zone })
    })
}
