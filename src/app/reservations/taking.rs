//! The one judgement on a request inside a transaction or a snapshot: facts loaded once, one decision.
//! Reserving, moving and the dry run come through here; approval finds the slot already held.

use crate::{
    app::error::Error,
    domain::{
        decision::{self, Change, Decision, Facts, Outcome, ReasonCode, Slot},
        ids::{ReservationId, UnitId},
        instant::{Instant, Interval},
        policy::Effective,
        record::{Holder, Occupancy, Reservation},
        space::Allocation,
        sweep::{SIGHT, Sweep},
    },
    store::{db::ReadTx, limits, occupancies},
};

use super::{claimant::claim, holds, request::Request};

/// The judgement and what it was made from.
pub(super) struct Judged {
    pub decision: Decision,
    pub effective: Effective,
    /// The moment it was made for.
    pub now: Instant,
    /// The units to be taken; empty when there are not enough.
    pub units: Vec<UnitId>,
    /// The holds that give way to it, by id: [`holds::give_way`] ends them before the units are taken.
    pub to_end: Vec<ReservationId>,
    /// When the first of the person's own among them would have run out.
    pub replaced_until: Option<Instant>,
}

/// Judges `request` as of `now`; `before` is the reservation that it would change, with
/// its units.
///
/// # Errors
/// When the database fails.
pub(super) fn judge(
    tx: &mut ReadTx,
    request: &Request,
    now: Instant,
    before: Option<(&Reservation, &[UnitId])>,
) -> Result<Judged, Error> {
    let configuration = &request.configuration;
    let space = &configuration.space;
    let effective = request.effective();
    let occupied = request.occupied();
    let own = before.map(|(reservation, _)| reservation.id);
    let taken = occupied_around(tx, request, own)?;
    let named = request.units.as_deref().filter(|_| space.allocation == Allocation::Each);
    let sight = holds::Sight::of(tx, &request.claimant, taken, named, now)?;
    let sweep = space.sweep(sight.standing.iter().map(|row| (row.unit, row.interval)));
    let (units, units_free) = units(&sweep, request, occupied, before);
    let active = match (effective.max_active.rule, request.claimant.person, request.own) {
        (Some(_), Some(user), None) => Some(limits::active_ahead(tx, user, now)?),
        _ => None,
    };
    let holding = match (request.hold, request.claimant.person, request.own) {
        (true, Some(user), None) => Some(limits::holding(tx, user, now)?),
        _ => None,
    };
    let others =
        request.claimant.counted(tx, configuration, &effective, request.interval, (request.own, now))?;
    let open = configuration.open(request.interval);
    let stays = configuration.stays(request.interval);
    let facts = Facts {
        now,
        zone: configuration.zone(),
        open: &open,
        stays: stays.as_ref(),
        policy: &effective,
        booker: request.booker,
        archived: space.archived_at.is_some(),
        quantity: request.quantity,
        pool: space.pool(),
        attendees: request.attendees,
        capacity: request.capacity(),
        active,
        claim: claim(request.claimant.bearing(configuration), &others),
        change: before.map(|(reservation, units)| change(request, reservation, units)),
        holds: &sight.own,
        holding,
    };
    let slot = Slot { requested: request.interval, occupied, units_free };
    let decision = decision::decide(&facts, &slot);
    let to_end = sight.to_end(&units, occupied);
    let replaced_until = sight.replaced(occupied).map(|hold| hold.expires_at).min();
    Ok(Judged { decision, effective, now, units, to_end, replaced_until })
}

fn occupied_around(
    tx: &mut ReadTx,
    request: &Request,
    own: Option<ReservationId>,
) -> Result<Vec<Occupancy>, Error> {
    let space = &request.configuration.space;
    let occupied = request.occupied();
    let window = match space.allocation {
        Allocation::Whole => occupied,
        Allocation::Each => Interval::new(occupied.start().plus(-SIGHT), occupied.end().plus(SIGHT))
            .ok_or_else(|| Error::Broken("a widened interval was empty".to_owned()))?,
    };
    let own = own.map(Holder::Reservation);
    let mut taken = occupancies::of_space(tx, space, window)?;
    taken.retain(|row| Some(row.holder) != own);
    Ok(taken)
}

/// The units to take, and how many are free. Named units count as free only if they are themselves; an
/// edit keeps the units it has where it can.
fn units(
    sweep: &Sweep,
    request: &Request,
    occupied: Interval,
    before: Option<(&Reservation, &[UnitId])>,
) -> (Vec<UnitId>, u32) {
    let free = sweep.count_free(occupied);
    let chosen = |wanted: Option<&[UnitId]>| sweep.choose(occupied, request.quantity, wanted).ok();
    let kept = before
        .map(|(_, units)| &units[..units.len().min(request.quantity as usize)])
        .filter(|units| request.configuration.space.allocation == Allocation::Each && !units.is_empty());
    match (&request.units, kept) {
        (Some(named), _) => chosen(Some(named)).map_or((Vec::new(), 0), |units| (units, free)),
        (None, Some(kept)) => {
            chosen(Some(kept)).or_else(|| chosen(None)).map_or((Vec::new(), free), |units| (units, free))
        }
        (None, None) => (chosen(None).unwrap_or_default(), free),
    }
}

fn change(request: &Request, reservation: &Reservation, units: &[UnitId]) -> Change {
    let space = &request.configuration.space;
    let layout = reservation.layout.and_then(|id| space.layout(id));
    let other_units =
        request.units.as_ref().is_some_and(|named| named.iter().any(|unit| !units.contains(unit)));
    Change {
        requested: reservation.interval,
        occupied: reservation.occupied(),
        quantity: reservation.quantity,
        attendees: reservation.attendees,
        capacity: space.capacity_of(layout, reservation.quantity),
        other_units,
    }
}

impl Judged {
    /// # Errors
    /// `slot_taken` where nothing but the time stands against it, `policy_refused` with all reasons else.
    /// Alternatives are found afterwards, outside the transaction.
    pub fn allowed(self, request: &Request) -> Result<Self, Error> {
        if self.decision.outcome != Outcome::Refuse {
            return Ok(self);
        }
        let refusing = |code: ReasonCode| {
            move |reason: &&decision::Reason| {
                !reason.waived && reason.outcome == Outcome::Refuse && reason.code != code
            }
        };
        let only_taken = !self.decision.reasons.iter().any(|reason| refusing(ReasonCode::SlotTaken)(&reason));
        if only_taken {
            return Err(Error::SlotTaken { alternatives: Vec::new() });
        }
        Err(Error::Refused {
            decision: Box::new(self.decision),
            zone: request.configuration.zone(),
            alternatives: Vec::new(),
        })
    }

    /// Whether staff went beyond a limit.
    pub fn waived(&self) -> bool {
        self.decision.reasons.iter().any(|reason| reason.waived)
    }
}
