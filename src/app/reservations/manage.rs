//! The one reservation that a mail is about, seen and given up by the link in it, without signing in.
//!
//! Nothing is stored: the link follows from the secret, the reservation, its organiser and their address (ADR 11). So
//! it ends with the reservation, and before that when it becomes another's, or its organiser moves to another address
//! or gives up their account.

use std::sync::Arc;

use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    cancel::{By, give_up},
    links,
    presence::Locked,
    view::{self, ReservationView},
};
use crate::{
    app::{
        App, Done,
        error::{Code, Error},
        version::Expected,
    },
    domain::{
        access::{Actor, Person},
        ids::ReservationId,
        record::Reservation,
    },
    store::{db::ReadTx, idempotency::Claim, people::Contact, reservations, users},
};

/// The link of a mail about one reservation.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManageLink {
    /// From the link, after `#token=`.
    pub token: String,
}

/// The reservation as its organiser sees it.
///
/// # Errors
/// `credentials_refused` for a link that is not ours, or is over.
pub fn show(app: &App, link: &ManageLink) -> Result<ReservationView, Error> {
    app.db.read(|tx| {
        let (reservation, organiser) = open(tx, app, &link.token)?;
        seen(tx, app, &reservation.at(app.now()), &organiser)
    })
}

/// Cancels it; one that is cancelled stays so.
///
/// # Errors
/// As [`show`]; `precondition_failed`, `hold_expired`, `state_conflict` once it has begun.
pub fn cancel(
    app: &Arc<App>,
    claim: Option<Claim>,
    link: &ManageLink,
    expected: Expected,
) -> Result<Done<ReservationView>, Error> {
    let (before, _) = app.db.read(|tx| open(tx, app, &link.token))?;
    let (app_, token) = (app.clone(), link.token.clone());
    app.command("cancel by link", claim, move |tx| {
        let Locked { configuration, mut reservation, now, .. } =
            Locked::with_claimant(tx, &app_, &before, &[])?;
        // Whose it is may have changed until the locks were had.
        let (_, organiser) = open(tx, &app_, &token)?;
        expected.check(reservation.version)?;
        if reservation.ran_out(now) {
            return Err(Code::HoldExpired.into());
        }
        let who = By { by: None, by_venue: false, message: None, cause: None };
        give_up(tx, &app_, &configuration, &mut reservation, who)?;
        seen(tx, &app_, &reservation, &organiser)
    })
}

/// The reservation that a link opens now, with the organiser whom it was sent to.
fn open(tx: &mut ReadTx, app: &App, token: &str) -> Result<(Reservation, Contact), Error> {
    let refused = || Error::from(Code::CredentialsRefused);
    let id: ReservationId = links::managed(token).ok_or_else(refused)?;
    let reservation = reservations::find(tx, id)?.filter(|known| app.now() < known.interval.end());
    let reservation = reservation.ok_or_else(refused)?;
    let organiser = users::find(tx, reservation.organiser)?.ok_or_else(refused)?.contact();
    if !links::manages(app, token, id, &organiser) {
        return Err(refused());
    }
    Ok((reservation, organiser))
}

fn seen(
    tx: &mut ReadTx,
    app: &App,
    reservation: &Reservation,
    organiser: &Contact,
) -> Result<ReservationView, Error> {
    let configuration = view::configuration(tx, app, reservation.space)?;
    let units = view::units_of(tx, reservation)?;
    // Of whatever else they may do, a link gives nothing.
    let actor = Actor::Person(Person::plain(organiser.id, None, organiser.verified_at.is_some()));
    Ok(view::view(reservation, units, Some(organiser), &configuration, &actor))
}
