//! The slot of a reservation and the one it asks for: given to it by a judgement, and what they take written down. What
//! needs approval becomes a requested change: the old slot stays, and only what the new one adds is occupied besides.

use super::{request::Request, taking::Judged, view};
use crate::{
    app::{App, blocks, error::Error},
    domain::{
        decision::Outcome,
        elsewhere::Elsewhere,
        fees::larger,
        ids::{OccupancyId, UnitId},
        instant::Interval,
        interval_set::IntervalSet,
        record::{Holder, Occupancy, PendingChange, Reservation, pieces},
        reservation::{Status, approval_expires, change_expires, hold_expires},
    },
    store::{db::WriteTx, occupancies},
};

/// Gives the reservation the slot that was judged, or the wish for it where somebody must agree. What it takes then
/// is [`occupy`]'s to write. Its guest can't make cancelling cheaper by it (`domain::fees`). Returns the units of the
/// slot that stands.
///
/// # Errors
/// As [`Request::quote`].
pub(super) fn put(
    reservation: &mut Reservation,
    request: &Request,
    judged: Judged,
    own: Vec<UnitId>,
) -> Result<Vec<UnitId>, Error> {
    let (now, hours) = (judged.now, judged.effective.approval_hours.rule);
    let asks = judged.decision.outcome == Outcome::Ask;
    let (before, guest) = (reservation.clone(), !request.booker.staff);
    let there = there(request, &judged);
    let mut quote = request.quote()?;
    if guest {
        quote = reservation.requoted(quote, now);
    }
    reservation.waived |= judged.waived();
    if asks && matches!(reservation.status, Status::Confirmed | Status::CheckedIn) {
        let expires = change_expires(now, reservation.interval, request.interval, hours);
        let buffers = request.buffers;
        let mut change = PendingChange::new(request.interval, expires);
        change.setup_minutes = buffers.setup_minutes;
        change.teardown_minutes = buffers.teardown_minutes;
        change.quantity = request.quantity;
        change.attendees = request.attendees;
        change.layout = request.layout.as_ref().map(|layout| layout.id);
        change.units = judged.units;
        change.own_units = own.clone();
        change.quote = quote;
        change.equipment = judged.equipment;
        change.elsewhere = there;
        if guest {
            change.kept_fee = before.kept_by_change(&wished(&before, &change), now);
        }
        reservation.change = Some(change);
        reservation.expires_at = Some(expires);
        return Ok(own);
    }
    if reservation.change.take().is_some() {
        // A new wish that needs nobody's consent replaces the one that waited.
        reservation.expires_at = None;
    }
    if reservation.status == Status::Pending {
        let expires = approval_expires(now, request.interval.start(), hours);
        reservation.expires_at = Some(reservation.expires_at.map_or(expires, |known| known.min(expires)));
    }
    if let Some(until) = reservation.held_until() {
        // Moving a hold does not prolong it.
        let asks = asks || reservation.on_confirm == Some(Status::Pending);
        let until = judged.replaced_until.map_or(until, |replaced| replaced.min(until));
        let minutes = judged.effective.hold_minutes.rule;
        reservation.expires_at = Some(hold_expires(now, request.interval, minutes, asks, Some(until)));
        reservation.on_confirm = Some(if asks { Status::Pending } else { Status::Confirmed });
    }
    reservation.go(there);
    reservation.interval = request.interval;
    reservation.released_at = None;
    reservation.buffers = request.buffers;
    reservation.quantity = request.quantity;
    reservation.attendees = request.attendees;
    reservation.layout = request.layout.as_ref().map(|layout| layout.id);
    reservation.quote = quote;
    reservation.equipment = judged.equipment;
    reservation.sequence += 1;
    if guest {
        reservation.kept_fee = before.kept_by_change(reservation, now);
    }
    Ok(judged.units)
}

/// The other space that is asked for, with its rules as they are now.
fn there(request: &Request, judged: &Judged) -> Option<Elsewhere> {
    request.elsewhere.then(|| Elsewhere {
        space: request.configuration.space.id,
        cancellation_notice_minutes: judged.effective.cancellation_notice_minutes.rule,
        check_in: judged.effective.check_in(),
    })
}

/// The reservation as it would be with its requested change.
pub(super) fn wished(reservation: &Reservation, change: &PendingChange) -> Reservation {
    let mut wished = Reservation {
        interval: change.interval().unwrap_or(reservation.interval),
        quantity: change.quantity,
        attendees: change.attendees,
        layout: change.layout,
        quote: change.quote.clone(),
        kept_fee: larger(change.kept_fee, reservation.kept_fee),
        equipment: change.equipment.clone(),
        ..reservation.clone()
    };
    wished.go(change.elsewhere);
    wished
}

/// What is told of a requested change that was refused: the slot that is not to be had, which costs nothing and awaits
/// nobody.
pub(super) fn refused(reservation: &Reservation) -> Option<Reservation> {
    let wished = wished(reservation, reservation.change.as_ref()?);
    Some(Reservation { quote: None, expires_at: None, change: None, ..wished })
}

/// Frees what the reservation has and takes `units`, with its equipment, for its slot as it is now, and what a requested
/// change adds to them. Without units, all is given up. What comes free within a block belongs to the block.
///
/// # Errors
/// `slot_taken` when the database refuses.
pub(super) fn occupy(
    tx: &mut WriteTx,
    app: &App,
    reservation: &Reservation,
    units: &[UnitId],
) -> Result<(), Error> {
    let holder = Holder::Reservation(reservation.id);
    let had = occupancies::of_holder(tx, holder)?;
    occupancies::free(tx, holder)?;
    occupancies::insert(tx, reservation.place, &rows_held(app, reservation, units))?;
    blocks::refill(tx, app, reservation.place, &had)
}

/// The rows of a reservation that has `units`: those of its slot and equipment, and what a requested change adds to them.
/// What has no units any more has no equipment, either.
pub(super) fn rows_held(
    app: &App,
    reservation: &Reservation,
    units: &[UnitId],
) -> Vec<(OccupancyId, Occupancy)> {
    let (slot, holder) = (reservation.occupied(), Holder::Reservation(reservation.id));
    let held_until = reservation.held_until();
    let equipment = reservation.equipment_taken().filter(|_| !units.is_empty());
    let own: Vec<_> = units.iter().map(|&unit| (unit, slot)).chain(equipment).collect();
    let rows = own.iter().flat_map(|&(unit, time)| rows_of(app, unit, time, holder));
    let mut rows: Vec<_> = rows.map(|(id, row)| (id, Occupancy { held_until, ..row })).collect();
    let Some(change) = &reservation.change else { return rows };
    let Some(wanted) = change.interval().map(|interval| change.buffers().around(interval)) else {
        return rows;
    };
    let of_space = change.units.iter().map(|&unit| (unit, wanted));
    for (unit, wanted) in of_space.chain(change.equipment_taken()) {
        let has: IntervalSet = own.iter().filter(|(own, _)| *own == unit).map(|(_, time)| *time).collect();
        let added = IntervalSet::from(wanted).minus(&has);
        rows.extend(added.iter().flat_map(|interval| rows_of(app, unit, interval, holder)));
    }
    rows
}

/// Ends a requested change and frees what it had added. Returns the units of the slot that stands.
pub(super) fn drop_change(
    tx: &mut WriteTx,
    app: &App,
    reservation: &mut Reservation,
) -> Result<Vec<UnitId>, Error> {
    let own = view::units_of(tx, reservation)?;
    reservation.change = None;
    reservation.expires_at = None;
    occupy(tx, app, reservation, &own)?;
    Ok(own)
}

/// The rows that take `unit` for `interval`; a month with buffers is longer than a row may be.
fn rows_of(
    app: &App,
    unit: UnitId,
    interval: Interval,
    holder: Holder,
) -> impl Iterator<Item = (OccupancyId, Occupancy)> {
    pieces(interval).map(move |interval| (app.id(), Occupancy { unit, interval, holder, held_until: None }))
}
