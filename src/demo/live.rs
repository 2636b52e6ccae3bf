//! Living through the plan: the clock is set to each event, which then goes through the application like any
//! request. What the rules refuse is part of life; a database that fails is not.

use std::{fmt, sync::Arc};

use chrono::NaiveDate;

use super::{
    intents,
    plan::{self, Event, Step, Visit},
    world::World,
};
use crate::{
    app::{
        App, Done,
        affected::OnAffected,
        attendance::{self, NewAttendance},
        blocks::{self, NewBlock},
        digests,
        error::Error,
        page::Asked,
        reservations::{
            NewReservation, cancel, check_in,
            check_in::Heads,
            check_out, decide,
            decide::Words,
            expire, headcount,
            headcount::Headcount,
            list::{self, Filter},
            no_show, reminders, reserve,
            view::ReservationView,
        },
        seeding,
        version::Expected,
    },
    domain::{
        ids::ReservationId,
        instant::Instant,
        zone::{DateOrTime, TimeInput},
    },
};

const HOUR: i64 = 3600;
/// The notices of so much time before the end are left to be delivered, seconds.
const FRESH: i64 = 24 * HOUR;

/// What happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub reserved: usize,
    pub decided: usize,
    pub cancelled: usize,
    pub counted: usize,
    pub checked_in: usize,
    pub attended: usize,
    pub blocked: usize,
    /// What the rules did not allow, or found taken.
    pub refused: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { reserved, decided, cancelled, counted, checked_in, attended, blocked, refused } = self;
        write!(
            f,
            "{reserved} reservations made, {decided} decided, {cancelled} cancelled, {checked_in} checked in, \
             {counted} with people counted, {attended} days of attendance, {blocked} blocks, {refused} refused"
        )
    }
}

/// A stretch of time to be lived through.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    /// Nothing is planned for earlier dates.
    pub opening: NaiveDate,
    /// Up to here all that was planned has happened.
    pub lived: Instant,
    /// The clock never stands before this: others have acted up to here, and nothing is done before what is
    /// done. What was planned meanwhile happens now, where it still can.
    pub from: Instant,
    pub until: Instant,
}

/// Lives through it on the simulated clock, which stands at its end afterwards.
///
/// # Errors
/// When the database fails.
pub(super) fn live(app: &Arc<App>, world: &World, stretch: Stretch) -> Result<Tally, Error> {
    let Stretch { opening, lived, from, until } = stretch;
    let mut life = Life { app, world, until, tally: Tally::default(), passed: from, marked: lived };
    for event in plan::between(world, opening, lived, until) {
        life.pass_until(event.at)?;
        life.happen(&event)?;
    }
    life.pass_until(until)?;
    life.mark()?;
    Ok(life.tally)
}

struct Life<'a> {
    app: &'a Arc<App>,
    world: &'a World,
    until: Instant,
    tally: Tally,
    passed: Instant,
    marked: Instant,
}

impl Life<'_> {
    /// Lets time pass by the hour: requests expire, reservations are completed, and in the end
    /// people are reminded, and the staff told of their day.
    fn pass_until(&mut self, at: Instant) -> Result<(), Error> {
        while self.passed.plus(HOUR) <= at {
            self.passed = self.passed.plus(HOUR);
            self.app.clock.set(self.passed);
            while no_show::release_due(self.app)? + expire::overdue(self.app)? > 0 {}
            // Of days long past nobody reads what people were told.
            if self.passed.plus(FRESH) >= self.until {
                while reminders::send_due(self.app)? > 0 {}
                digests::send_due(self.app)?;
            }
            if self.world.zone.date(self.passed) != self.world.zone.date(self.marked) {
                self.mark()?;
            }
        }
        self.app.clock.set(at.max(self.passed));
        Ok(())
    }

    fn mark(&mut self) -> Result<(), Error> {
        let now = self.app.now();
        let [before, today] = [self.marked, now].map(|at| self.world.zone.date(at));
        if before < today {
            intents::look_in_vain(self.app, self.world, today)?;
        }
        let settled_until = now.min(self.until.plus(-FRESH));
        seeding::mark_lived(self.app, self.world.network.id, self.marked, settled_until)?;
        self.marked = now;
        Ok(())
    }

    fn happen(&mut self, event: &Event) -> Result<(), Error> {
        let visit = &event.visit;
        let happened = match &event.step {
            Step::Reserve => self.reserve(visit)?,
            Step::Block => self.block(visit)?,
            Step::Decide(verdict) => self.then(visit, |app, spot, id| {
                let how = (*verdict, Words::default());
                decide::decide(app, &spot.manager, None, id, Expected::Any, how)
            })?,
            Step::Cancel => self.then(visit, |app, _, id| {
                cancel::cancel(app, &visit.actor, None, id, Expected::Any, Words::default())
            })?,
            Step::Count(count) => self.then(visit, |app, spot, id| {
                let count = Headcount { count: *count };
                headcount::count(app, &spot.manager, None, id, Expected::Any, count)
            })?,
            Step::Arrive => self.then(visit, |app, _, id| {
                check_in::check_in(app, &visit.actor, None, id, Expected::Any, Heads::default())
            })?,
            Step::Leave => self.then(visit, |app, _, id| {
                check_out::check_out(app, &visit.actor, None, id, Expected::Any, Heads::default())
            })?,
            Step::StayAway => no_show::release_due(self.app)? > 0,
            Step::Attend(walk_ins, event_visitors) => self.attend(visit, *walk_ins, *event_visitors)?,
        };
        let tally = &mut self.tally;
        let counter = match (&event.step, happened) {
            (Step::Reserve | Step::Block, false) => &mut tally.refused,
            // Nothing to be done any more: it was cancelled, or never needed.
            (_, false) => return Ok(()),
            (Step::Reserve, true) => &mut tally.reserved,
            (Step::Block, true) => &mut tally.blocked,
            (Step::Decide(_), true) => &mut tally.decided,
            (Step::Cancel, true) => &mut tally.cancelled,
            (Step::Count(_), true) => &mut tally.counted,
            (Step::Arrive, true) => &mut tally.checked_in,
            (Step::Attend(..), true) => &mut tally.attended,
            (Step::Leave | Step::StayAway, true) => return Ok(()),
        };
        *counter += 1;
        Ok(())
    }

    fn reserve(&mut self, visit: &Visit) -> Result<bool, Error> {
        let spot = &self.world.spaces[visit.spot];
        let person = visit.actor.person();
        let organisation = person.and_then(|person| person.organisations.first()).map(|(id, _)| *id);
        let new = NewReservation {
            space_id: spot.id,
            starts_at: visit.interval.start().into(),
            ends_at: visit.interval.end().into(),
            title: visit.title.clone(),
            purpose: visit.purpose,
            attendees: visit.attendees,
            quantity: (visit.quantity > 1).then_some(visit.quantity),
            unit_ids: None,
            layout: visit.layout,
            organisation_id: organisation.filter(|_| visit.for_organisation),
            notes: None,
            public: Some(visit.public),
            extras: None,
            event: visit.event.clone(),
            organiser: None,
            internal_notes: None,
            hold: None,
            equipment: None,
        };
        let made = lived(reserve::reserve(self.app, &visit.actor, None, new))?;
        if let Some(view) = &made {
            visit.made.set(Some(view.id));
        }
        Ok(made.is_some())
    }

    fn block(&self, visit: &Visit) -> Result<bool, Error> {
        let spot = &self.world.spaces[visit.spot];
        let reason = visit.title.clone();
        let new = NewBlock {
            starts_at: TimeInput::At(visit.interval.start()),
            ends_at: TimeInput::At(visit.interval.end()),
            reason,
            on_affected: OnAffected::Cancel,
            recurrence: None,
        };
        Ok(lived(blocks::create(self.app, &visit.actor, None, spot.id, new))?.is_some())
    }

    fn attend(&self, visit: &Visit, walk_ins: u32, event_visitors: u32) -> Result<bool, Error> {
        let spot = &self.world.spaces[visit.spot];
        let date = self.world.zone.date(visit.interval.start());
        let new = NewAttendance { date, walk_ins, event_visitors, note: None };
        let first = Expected::OneOf(vec![0]);
        Ok(lived(attendance::put(self.app, &visit.actor, None, spot.id, first, new))?.is_some())
    }

    /// Does something to the reservation that came of the visit, if one did. Whether anything changed.
    fn then(
        &self,
        visit: &Visit,
        act: impl Fn(&Arc<App>, &super::world::Spot, ReservationId) -> Result<Done<ReservationView>, Error>,
    ) -> Result<bool, Error> {
        let Some(before) = self.reservation(visit)? else { return Ok(false) };
        let after = lived(act(self.app, &self.world.spaces[visit.spot], before.id))?;
        Ok(after.is_some_and(|after| after.version > before.version))
    }

    /// As it stands now; one that an earlier life made is found by where and when it is.
    fn reservation(&self, visit: &Visit) -> Result<Option<ReservationView>, Error> {
        let spot = &self.world.spaces[visit.spot];
        let (start, end) = (visit.interval.start(), visit.interval.end());
        let filter = Filter {
            from: Some(DateOrTime::Time(TimeInput::At(start))),
            to: Some(DateOrTime::Time(TimeInput::At(end))),
            space: Some(spot.id),
            ..Filter::default()
        };
        let asked = Asked { limit: Some(200), cursor: None };
        let there = list::list(self.app, &spot.manager, &filter, &asked, "")?.items;
        let (starts_at, organiser) = (self.world.zone.show(start), visit.actor.person().map(|p| p.id));
        let is_it = |view: &ReservationView| match visit.made.get() {
            Some(id) => view.id == id,
            None => {
                view.starts_at == starts_at
                    && Some(view.organiser.id) == organiser
                    && view.title == visit.title.as_str()
            }
        };
        Ok(there.into_iter().find(is_it))
    }
}

/// `None` when the rules refused.
pub(super) fn lived<T>(done: Result<Done<T>, Error>) -> Result<Option<T>, Error> {
    match done {
        Ok(Done::Fresh(view)) => Ok(Some(view)),
        Ok(Done::Replayed { .. }) => Ok(None),
        Err(error @ (Error::Store(_) | Error::Broken(_))) => Err(error),
        Err(error) => {
            tracing::debug!(code = error.code().as_str(), "the demo's people were refused: {error:?}");
            Ok(None)
        }
    }
}
