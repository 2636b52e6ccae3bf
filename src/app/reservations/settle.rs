//! A fee is paid, or its venue asks for it no more: said by staff, as payments are made elsewhere. What is settled stands
//! against nothing: its guest may be erased at once.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    presence::{self, Locked, Trace},
    view::ReservationView,
};
use crate::{
    app::{
        App, Done,
        error::{Error, Why},
        version::Expected,
    },
    domain::{
        access::{Action, Actor, Claimed},
        codes::codes,
        fees::{Settled, Settlement},
        ids::{ReservationId, UserId},
        record::Reservation,
        tariff::Money,
        zone::Zone,
    },
    store::{db::WriteTx, idempotency::Claim},
};

codes! {
    /// What becomes of a fee.
    pub enum FeeOutcome {
        /// The guest paid it.
        Paid = "paid",
        /// The venue asks for it no more.
        Forgiven = "forgiven",
        /// It is owed after all: takes back what was said before.
        Owed = "owed",
    }
}

/// What becomes of the fee that is owed.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settling {
    pub outcome: FeeOutcome,
}

/// A fee that is settled.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = SettledFee)]
pub struct SettledView {
    pub outcome: Settlement,
    /// How much of what is owed, gross.
    pub amount: Money,
    #[schema(format = DateTime)]
    pub at: String,
}

impl SettledView {
    pub fn of(reservation: &Reservation, zone: Zone) -> Option<Self> {
        let settled = reservation.settled?;
        let currency = reservation.owed()?.currency;
        let amount = Money { minor: settled.minor, currency };
        Some(Self { outcome: settled.how, amount, at: zone.show(settled.at) })
    }
}

/// # Errors
/// `not_found`, `forbidden` unless staff of the venue, `precondition_failed`, `state_conflict` where nothing is owed.
pub fn settle(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: ReservationId,
    expected: Expected,
    settling: Settling,
) -> Result<Done<ReservationView>, Error> {
    let (how, action) = (("settle a fee", claim), |of: Claimed| Action::SeeBehindTheDesk(of.place));
    presence::command(app, actor, how, (id, expected), action, move |tx, app, locked, actor| {
        save(tx, app, locked, settling.outcome, actor.person().map(|person| person.id))
    })
}

fn save(
    tx: &mut WriteTx,
    app: &App,
    locked: &mut Locked,
    outcome: FeeOutcome,
    by: Option<UserId>,
) -> Result<(), Error> {
    let (reservation, now) = (&mut locked.reservation, locked.now);
    let owed = reservation.owed().ok_or(Error::conflict(Why::NothingOwed))?;
    let settled = |how| Settled { minor: owed.minor, how, at: now };
    let wanted = match outcome {
        FeeOutcome::Paid => Some(settled(Settlement::Paid)),
        FeeOutcome::Forgiven => Some(settled(Settlement::Forgiven)),
        FeeOutcome::Owed => None,
    };
    let what = |settled: Option<Settled>| settled.map(|settled| (settled.minor, settled.how));
    if what(reservation.settled) == what(wanted) {
        return Ok(());
    }
    reservation.settled = wanted;
    let from = reservation.status;
    let payload = json!({"outcome": outcome, "amount": owed});
    locked.save(tx, app, from, Trace { action: "reservation.fee_settled", by, payload })
}
