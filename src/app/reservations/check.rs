//! The dry run: the same request, the same decision, nothing written.

use super::{
    alternatives,
    claimant::Claimant,
    request::{NewReservation, Request},
    reserve::{check_organisation, may_ask},
    taking,
};
use crate::{
    app::{
        App,
        error::{Alternative, Error},
    },
    domain::{
        access::Actor,
        decision::{Decision, Outcome},
        ids::UserId,
        tariff::Quote,
        zone::Zone,
    },
    store::{db::ReadTx, people},
};

/// What a request would come to.
#[derive(Debug)]
pub struct Checked {
    pub decision: Decision,
    pub zone: Zone,
    pub price: Option<Quote>,
    /// What could be booked instead of what is refused.
    pub alternatives: Vec<Alternative>,
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
        let person = for_whom(tx, actor, new)?;
        check_organisation(tx, new, person)?;
        let claimant = Claimant::load(tx, person, new.organisation_id)?;
        let request = Request::of_new(new, configuration, actor, claimant)?;
        let mut request = request.equipped(tx, app, new.equipment.as_deref(), &[])?;
        // Availability shows anybody what an account could book; a request is somebody's.
        request.booker.known = actor.person().is_some();
        let price = request.quote()?;
        let judged = taking::judge(tx, &request, app.now(), None)?;
        let refused = judged.decision.outcome == Outcome::Refuse;
        let alternatives = if refused { alternatives::find(tx, app, &request)? } else { Vec::new() };
        Ok(Checked { decision: judged.decision, zone, price, alternatives })
    })
}

/// The person a request is for, as far as they have an account.
pub(super) fn for_whom(
    tx: &mut ReadTx,
    actor: &Actor,
    new: &NewReservation,
) -> Result<Option<UserId>, Error> {
    Ok(match &new.organiser {
        Some(guest) => people::by_email(tx, &guest.email.canonical())?.map(|known| known.id),
        None => actor.person().map(|person| person.id),
    })
}
