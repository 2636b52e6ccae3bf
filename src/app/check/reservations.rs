//! Each reservation has the status its audit leads to, exactly the time of exactly its units, a price that adds up,
//! words about an event only where it is public, and a question to the venue exactly while it waits for an answer.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::{PAGE, Report, Spaces, equipment, presence, reminders};
use crate::{
    app::error::Error,
    domain::{
        approval::Approval,
        ids::{ReservationId, UnitId},
        interval_set::IntervalSet,
        record::{Holder, Occupancy, PendingChange, Reservation},
        reservation::Status,
        space::{Allocation, Space},
    },
    store::{approvals, audit::Step, db::ReadTx, integrity, occupancies},
};

pub(super) fn check(
    tx: &mut ReadTx,
    steps: &HashMap<ReservationId, Vec<Step>>,
    spaces: &mut Spaces,
    report: &mut Report,
) -> Result<(), Error> {
    let open = approvals::open(tx)?.into_iter().map(|approval| (approval.reservation, approval));
    let mut open: HashMap<ReservationId, Approval> = open.collect();
    let mut after = None;
    loop {
        let page = integrity::walk_reservations(tx, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id);
        let ids: Vec<ReservationId> = page.iter().map(|reservation| reservation.id).collect();
        let mut taken: HashMap<Holder, Vec<Occupancy>> = HashMap::new();
        for row in occupancies::of_reservations(tx, &ids)? {
            taken.entry(row.holder).or_default().push(row);
        }
        for reservation in &page {
            report.reservations += 1;
            check_event(reservation, report);
            check_audit(reservation, steps.get(&reservation.id).map_or(&[], Vec::as_slice), report);
            check_price(reservation, report);
            check_approval(reservation, open.remove(&reservation.id).as_ref(), report);
            presence::check(reservation, report);
            reminders::check(reservation, report);
            let rows = taken.remove(&Holder::Reservation(reservation.id)).unwrap_or_default();
            let Some(space) = spaces.get(tx, reservation.space)?.cloned() else {
                report.find(format!("{} is of a space that does not exist", reservation.id));
                continue;
            };
            for other in reservation.spaces() {
                spaces.get(tx, other)?;
            }
            let zone = spaces.zone(tx, reservation.place.venue)?;
            let start = reservation.interval.start();
            let date = zone.date(reservation.presence.checked_in_at.map_or(start, |at| at.min(start)));
            check_occupancies(reservation, (&space, date), spaces, &rows, report);
        }
    }
}

/// What was written for everybody to read stands only while it is meant for everybody.
fn check_event(reservation: &Reservation, report: &mut Report) {
    let says = reservation.event_description.is_some() || reservation.event_link.is_some();
    if says && !reservation.is_public {
        report.find(format!("{} has words about a public event and is none", reservation.id));
    }
}

fn check_audit(reservation: &Reservation, steps: &[Step], report: &mut Report) {
    let reached = reached(steps);
    if reached != Some(reservation.status) {
        report.find(format!(
            "{} is {} but its audit says {}",
            reservation.id,
            reservation.status,
            reached.map_or("nothing", |status| status.as_str())
        ));
    }
    // Rates of cancellations count what had stood, and nothing else.
    let had_stood = steps.contains(&(Some(Status::Confirmed), Status::Cancelled));
    if had_stood != reservation.cancelled_by.is_some() {
        report.find(format!("{} and its audit differ on whether it was given up", reservation.id));
    }
}

fn check_price(reservation: &Reservation, report: &mut Report) {
    let wished = reservation.change.as_ref().and_then(|change| change.quote.as_ref());
    if reservation.quote.iter().chain(wished).any(|quote| !quote.adds_up()) {
        report.find(format!("the quote of {} does not add up", reservation.id));
    }
}

/// What waits for the venue's answer stands in its queue until the same moment; nothing else does.
fn check_approval(reservation: &Reservation, open: Option<&Approval>, report: &mut Report) {
    if open.map(|open| (open.asked, open.expires_at)) != reservation.waits_for() {
        report.find(format!("the queue and {} differ on what waits for approval", reservation.id));
    }
}

/// Where the steps lead from nothing, each beginning where another ended; `None` where they do not all join.
fn reached(steps: &[Step]) -> Option<Status> {
    // What leaves the status as it is, such as a decision on a requested change, leads nowhere.
    let mut left: Vec<Step> = steps.iter().copied().filter(|(from, to)| *from != Some(*to)).collect();
    let mut status = None;
    while let Some(next) = left.iter().position(|(from, _)| *from == status) {
        status = Some(left.remove(next).1);
    }
    status.filter(|_| left.is_empty())
}

/// An active or past reservation has exactly its occupancies, one that was given up has none.
fn check_occupancies(
    reservation: &Reservation,
    (space, date): (&Space, NaiveDate),
    spaces: &Spaces,
    rows: &[Occupancy],
    report: &mut Report,
) {
    let (id, status) = (reservation.id, reservation.status);
    if matches!(status, Status::Declined | Status::Expired | Status::Cancelled) {
        if !rows.is_empty() {
            report.find(format!("{id} is {status} and still takes units"));
        }
        return;
    }
    if matches!(status, Status::Held | Status::Pending) && reservation.expires_at.is_none() {
        report.find(format!("{id} is {status} and never expires"));
    }
    if status == Status::Held && reservation.on_confirm.is_none() {
        report.find(format!("{id} is held and nobody decided for what"));
    }
    if reservation.on_confirm.is_some() && status.counts() && status != Status::Held {
        report.find(format!("{id} is {status} and still to be confirmed"));
    }
    // What stands must never be taken for a hold, nor a hold be taken for what stands.
    if rows.iter().any(|row| row.held_until != reservation.held_until()) {
        report.find(format!("{id} is {status} and its units are taken as those of another state are"));
    }
    let (rows, of_pools) = of_space_and_pools(reservation, rows);
    equipment::check(reservation, spaces, &of_pools, report);
    let taken: BTreeSet<UnitId> = rows.iter().map(|row| row.unit).collect();
    let change = reservation.change.as_ref();
    let own = change.map_or_else(|| taken.clone(), |change| change.own_units.iter().copied().collect());
    let wished: BTreeSet<UnitId> =
        change.map(|change| &change.units).into_iter().flatten().copied().collect();
    let there = reservation.wished_space().unwrap_or(reservation.space);
    let as_many = |quantity| match spaces.known(there).map_or(space, |known| known) {
        Space { allocation: Allocation::Whole, units, .. } => units.len(),
        Space { allocation: Allocation::Each, .. } => quantity as usize,
    };
    let complete = match space.allocation {
        // What had begun on the day on which a space's units changed kept those of that moment.
        Allocation::Whole => spaces.may_have_been(reservation.space, date, &own),
        Allocation::Each => own.len() == reservation.quantity as usize,
    };
    if !complete {
        report.find(format!("{id} takes {} units, not all that it should", own.len()));
    }
    if let Some(wanted) = change.map(|change| as_many(change.quantity)).filter(|many| *many != wished.len()) {
        report.find(format!("{id} asks for {} units instead of {wanted}", wished.len()));
    }
    for &unit in taken.iter().chain(&own).chain(&wished).collect::<BTreeSet<_>>() {
        let asked = wished.contains(&unit).then_some(there);
        // What it neither was given nor asks for is held against its own space.
        let known = (own.contains(&unit) || asked.is_none()).then_some(reservation.space);
        if !known.into_iter().chain(asked).all(|space| spaces.has(space, unit)) {
            report.find(format!("{id} takes {unit}, which its space does not have"));
        }
        let has: IntervalSet = rows.iter().filter(|row| row.unit == unit).map(|row| row.interval).collect();
        let slot = own.contains(&unit).then(|| reservation.occupied());
        let change = change.filter(|_| wished.contains(&unit)).and_then(with_buffers);
        if has != slot.into_iter().chain(change).collect() {
            report.find(format!("{id} takes other times of {unit} than its own"));
        }
    }
}

/// The occupancies of its space's units, and those of its equipment's.
fn of_space_and_pools(reservation: &Reservation, rows: &[Occupancy]) -> (Vec<Occupancy>, Vec<Occupancy>) {
    let wished = reservation.change.iter().flat_map(|change| &change.equipment);
    let pools = || reservation.equipment.iter().chain(wished.clone());
    rows.iter().partition(|row| !pools().any(|some| some.units.contains(&row.unit)))
}

fn with_buffers(change: &PendingChange) -> Option<crate::domain::instant::Interval> {
    change.interval().map(|interval| change.buffers().around(interval))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_lead_to_a_status_however_they_are_sorted() {
        use Status::{Cancelled, CheckedIn, Completed, Confirmed, Held, NoShow, Pending};
        for (steps, wanted) in [
            (vec![], None),
            (vec![(None, Confirmed)], Some(Confirmed)),
            // A node whose ids sort before the other's.
            (vec![(Some(Pending), Confirmed), (None, Pending)], Some(Confirmed)),
            (vec![(Some(Confirmed), Cancelled), (Some(Held), Confirmed), (None, Held)], Some(Cancelled)),
            // A change decided on.
            (vec![(Some(Confirmed), Confirmed), (None, Confirmed)], Some(Confirmed)),
            (
                vec![
                    (Some(CheckedIn), Completed),
                    (None, Confirmed),
                    (Some(NoShow), CheckedIn),
                    (Some(Confirmed), NoShow),
                ],
                Some(Completed),
            ),
            // One is missing, one is too many.
            (vec![(None, Pending), (Some(Confirmed), Cancelled)], None),
            (vec![(None, Confirmed), (None, Confirmed)], None),
            (vec![(Some(Pending), Confirmed)], None),
        ] {
            assert_eq!(reached(&steps), wanted, "{steps:?}");
        }
    }
}
