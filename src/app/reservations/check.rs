//! The dry run, of a reservation or of a change: the same request, the same decision, nothing written.

use super::{
    alternatives,
    claimant::Claimant,
    edit::{asks_for_more_than_texts, begins_as_it_did, changeable, edit_extras, edit_texts, to_be_changed},
    moving::{where_to, wish},
    request::{NewReservation, Request, ReservationChange},
    reserve::{check_organisation, may_ask},
    slot::{put, wished},
    taking, view,
};
use crate::{
    app::{
        App,
        error::{Alternative, Error},
    },
    domain::{
        access::Actor,
        decision::{Decision, Outcome},
        ids::{ReservationId, UserId},
        record::Reservation,
        tariff::Quote,
        zone::Zone,
    },
    store::{db::ReadTx, people, reservations},
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

/// What a change would come to.
#[derive(Debug)]
pub struct CheckedChange {
    pub decision: Decision,
    pub zone: Zone,
    /// As it would be.
    pub reservation: Reservation,
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
        let claimant = Claimant::load(tx, person, new.organisation_id, app.now())?;
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

/// # Errors
/// As the change itself, but that a refusal by the rules is a result.
pub fn check_change(
    app: &App,
    actor: &Actor,
    id: ReservationId,
    change: &ReservationChange,
) -> Result<CheckedChange, Error> {
    to_be_changed(app, actor, id, change)?;
    app.db.read(|tx| {
        let mut reservation = reservations::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        let now = app.now();
        changeable(&reservation, now)?;
        let own = view::configuration(tx, app, reservation.space)?;
        let configuration = where_to(tx, app, change, (&reservation, own))?;
        let zone = configuration.zone();
        let claimant = Claimant::load(tx, Some(reservation.organiser), reservation.organisation, now)?;
        let request = Request::of_change(change, &reservation, configuration, actor, claimant)?;
        let request = request.equipped(tx, app, change.equipment.as_deref(), &reservation.equipment)?;
        edit_texts(change, &mut reservation)?;
        let units = view::units_of(tx, &reservation)?;
        if !asks_for_more_than_texts(&request, &reservation, &units) {
            let wish = wish(tx, app, &request, &reservation)?;
            edit_extras(&mut reservation, &request, wish, now)?;
            let decision = Decision { outcome: Outcome::Allow, reasons: Vec::new() };
            return Ok(CheckedChange { decision, zone, reservation, alternatives: Vec::new() });
        }
        let judged = taking::judge(tx, &request, now, Some((&reservation, &units)))?;
        let decision = judged.decision.clone();
        let refused = decision.outcome == Outcome::Refuse;
        if !refused {
            begins_as_it_did(&reservation, &request, now)?;
        }
        let alternatives = if refused { alternatives::find(tx, app, &request)? } else { Vec::new() };
        put(&mut reservation, &request, judged, units)?;
        let asked = reservation.change.as_ref().map(|change| wished(&reservation, change));
        Ok(CheckedChange { decision, zone, reservation: asked.unwrap_or(reservation), alternatives })
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
