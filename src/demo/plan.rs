//! What will happen on a date, thrown once and for all: who comes where, when they reserve, what becomes of it.
//! The same date always has the same plan, so that a later start goes on where the last one stopped.

use std::{cell::Cell, rc::Rc, sync::Arc};

use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta};

use super::{
    data::{Habit, LONGEST_LEAD},
    dice::Dice,
    world::{Spot, World},
};
use crate::{
    app::reservations::{NewEvent, decide::Verdict},
    domain::{
        access::Actor,
        hours::{Day, TimeOfDay},
        ids::{LayoutId, ReservationId},
        instant::{Instant, Interval},
        reservation::Purpose,
        space::{BookedBy, SpaceKind},
        text::Line,
    },
};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// Out of a hundred, what becomes of what was reserved.
const CANCELLED: u32 = 9;
const CANCELLED_LATE: u32 = 4;
const APPROVED: u32 = 78;
const DECLINED: u32 = 55;
const COUNTED: u32 = 88;
const NOBODY_CAME: u32 = 2;
/// Where one must check in.
const FORGETS: u32 = 6;
const LEAVES_EARLY: u32 = 18;
/// Days on which staff count who came without a reservation.
const ATTENDED: u32 = 55;
const FOR_ORGANISATION: u32 = 72;
const AT_HOME: u32 = 65;
const BLOCKED: u32 = 2;
const IN_A_HURRY: u32 = 40;
/// No space of the demo waits longer, seconds.
const LONGEST_GRACE: i64 = 20 * 60;

/// A reservation that somebody means to make.
#[derive(Debug)]
pub(super) struct Visit {
    /// Where in `World::spaces`.
    pub spot: usize,
    pub interval: Interval,
    pub actor: Arc<Actor>,
    pub for_organisation: bool,
    pub title: Line<200>,
    pub purpose: Purpose,
    pub attendees: Option<u32>,
    pub quantity: u32,
    pub layout: Option<LayoutId>,
    pub public: bool,
    /// What all read about it.
    pub event: Option<NewEvent>,
    /// What came of it in this life.
    pub made: Cell<Option<ReservationId>>,
}

/// What somebody does.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Reserve,
    Decide(Verdict),
    Cancel,
    Count(u32),
    Arrive,
    /// Nobody comes, and time passes until the space is given back.
    StayAway,
    Leave,
    /// The manager counts walk-ins and visitors of events.
    Attend(u32, u32),
    /// The manager blocks the space for the interval, the title being the reason.
    Block,
}

/// What somebody does at an instant.
#[derive(Debug)]
pub(super) struct Event {
    pub at: Instant,
    pub step: Step,
    pub visit: Rc<Visit>,
}

/// All that happens after `from` and until `until`, in order. Nothing is planned for dates before `opening`.
pub(super) fn between(world: &World, opening: NaiveDate, from: Instant, until: Instant) -> Vec<Event> {
    let last = world.zone.date(until).checked_add_days(Days::new(LONGEST_LEAD + 1));
    let first = world.zone.date(from).checked_sub_days(Days::new(2)).map(|date| date.max(opening));
    let mut events = Vec::new();
    for date in first.unwrap_or(opening).iter_days().take_while(|date| Some(*date) <= last) {
        for spot in 0..world.spaces.len() {
            on(world, spot, date, &mut events);
        }
    }
    events.retain(|event| from < event.at && event.at <= until);
    events.sort_by_key(|event| event.at);
    events
}

fn on(world: &World, spot: usize, date: NaiveDate, events: &mut Vec<Event>) {
    let place = &world.spaces[spot];
    let day = i64::from(date.num_days_from_ce());
    let habits = place.habits.iter().enumerate();
    for (number, habit) in habits.filter(|(_, habit)| habit.days.contains(&Day::of(date))) {
        for (chance, &start) in habit.starts.iter().enumerate() {
            let numbers = [day, number as i64, chance as i64];
            let mut dice = Dice::of(&place.name, &numbers);
            if dice.falls(habit.percent)
                && let Some(visit) = visit(world, spot, habit, (date, start), &mut dice)
            {
                follow(visit, habit, world, &mut dice, events);
            }
        }
    }
    events.extend(maintenance(world, spot, date, day));
    events.extend(attendance(world, spot, date, day));
}

fn visit(
    world: &World,
    spot: usize,
    habit: &Habit,
    (date, start): (NaiveDate, TimeOfDay),
    dice: &mut Dice,
) -> Option<Visit> {
    let place = &world.spaces[spot];
    let local = date.and_time(NaiveTime::MIN) + minutes(start.minutes().into());
    let starts_at = world.zone.rule(local);
    let (title, purpose) = dice.pick(&habit.what)?.clone();
    let lasts = *dice.pick(&habit.minutes)?;
    let ends_at = match place.view.booked_by {
        BookedBy::Hours => starts_at.plus_minutes(lasts),
        // By what clocks show: they may change on the way, and the hours of opening and departure do not.
        BookedBy::Days | BookedBy::Nights => world.zone.rule(local + minutes(lasts)),
    };
    let layout = habit.layout.as_deref();
    let layout = layout.and_then(|name| place.view.layouts.iter().find(|layout| layout.name == name));
    Some(Visit {
        spot,
        interval: Interval::new(starts_at, ends_at)?,
        actor: who(world, place, habit, dice)?,
        for_organisation: dice.falls(FOR_ORGANISATION),
        event: about(habit, &title),
        title,
        purpose,
        attendees: habit.people.and_then(|[least, most]| number(dice.between(least, most))),
        quantity: number(dice.between(habit.quantity[0], habit.quantity[1]))?,
        layout: layout.map(|layout| layout.id),
        public: habit.public,
        made: Cell::new(None),
    })
}

/// What the habit says about an event of this title.
fn about(habit: &Habit, title: &Line<200>) -> Option<NewEvent> {
    let about = habit.about.iter().find(|about| about.title == *title)?;
    Some(about.event.clone()).filter(|_| habit.public)
}

fn who(world: &World, place: &Spot, habit: &Habit, dice: &mut Dice) -> Option<Arc<Actor>> {
    if habit.by_staff {
        return Some(place.manager.clone());
    }
    let at_home = dice.falls(AT_HOME);
    let fitting = world.people.iter().filter(|member| !at_home || member.home == place.venue);
    let actors: Vec<_> = fitting.map(|member| member.actor.clone()).collect();
    dice.pick(&actors).cloned()
}

/// The reservation, and what becomes of it.
fn follow(visit: Visit, habit: &Habit, world: &World, dice: &mut Dice, events: &mut Vec<Event>) {
    let (start, end) = (visit.interval.start(), visit.interval.end());
    let made = made_at(world, habit, start, dice);
    let (cancelled, late) = (dice.falls(CANCELLED), dice.falls(CANCELLED_LATE));
    let cancelled_at = match (cancelled, late) {
        (true, _) => Some(made.plus(dice.between(HOUR, 6 * DAY)).min(start.plus(-3 * DAY))),
        (false, true) => Some(start.plus(-dice.between(HOUR, 20 * HOUR))),
        (false, false) => None,
    };
    let (approved, declined) = (dice.falls(APPROVED), dice.falls(DECLINED));
    let decided_at = made.plus(dice.between(4 * HOUR, 110 * HOUR)).min(start.plus(-HOUR));
    let verdict = match (approved, declined) {
        (true, _) => Some(Verdict::Approve),
        (false, true) => Some(Verdict::Decline),
        // Nobody finds the time: it expires.
        (false, false) => None,
    };
    let counted = dice.falls(COUNTED).then(|| heads(&visit, dice)).flatten();
    let counted_at = end.plus(dice.between(5 * 60, 4 * HOUR));
    let visit = Rc::new(visit);
    let mut event = |at, step| events.push(Event { at, step, visit: visit.clone() });
    event(made, Step::Reserve);
    if let Some(verdict) = verdict {
        event(decided_at.max(made.plus(1)), Step::Decide(verdict));
    }
    if let Some(at) = cancelled_at.filter(|at| made < *at) {
        event(at, Step::Cancel);
    }
    if let Some(count) = counted {
        event(counted_at, Step::Count(count));
    }
    let (forgets, leaves) = (dice.falls(FORGETS), dice.falls(LEAVES_EARLY));
    let (early, left) = (dice.between(-12 * 60, 11 * 60), dice.between(15 * 60, 40 * 60));
    if !world.spaces[visit.spot].checks_in {
        return;
    }
    if forgets {
        return event(start.plus(LONGEST_GRACE), Step::StayAway);
    }
    event(start.plus(early), Step::Arrive);
    if leaves {
        event(end.plus(-left), Step::Leave);
    }
}

/// Some days before, in the waking hours; on the day itself an hour or two before.
fn made_at(world: &World, habit: &Habit, start: Instant, dice: &mut Dice) -> Instant {
    let [least, most] = habit.lead_days;
    let (days, sooner) = (dice.between(least, most), dice.between(least, most));
    let days = if dice.falls(IN_A_HURRY) { days.min(sooner) } else { days };
    let date = world.zone.date(start).checked_sub_days(Days::new(days.unsigned_abs()));
    let minute = dice.between(7 * 60, 21 * 60 + 59);
    let shortly_before = start.plus(-dice.between(20 * 60, 2 * HOUR));
    let chosen = date.map(|date| world.zone.rule(date.and_time(NaiveTime::MIN) + minutes(minute)));
    chosen.map_or(shortly_before, |at| at.min(shortly_before))
}

/// How many came, of those announced.
fn heads(visit: &Visit, dice: &mut Dice) -> Option<u32> {
    let announced = i64::from(visit.attendees.unwrap_or(visit.quantity));
    let came = announced * dice.between(60, 110) / 100;
    if dice.falls(NOBODY_CAME) { Some(0) } else { number(came.max(1)) }
}

/// Halls and desk areas have visitors who reserve nothing; somebody counts them in the evening.
fn attendance(world: &World, spot: usize, date: NaiveDate, day: i64) -> Option<Event> {
    let place = &world.spaces[spot];
    let mut dice = Dice::of("attendance", &[day]);
    let mut dice = Dice::of(&place.name, &[dice.between(0, i64::MAX - 1)]);
    let open_to_all = matches!(place.kind, SpaceKind::DeskArea | SpaceKind::Multifunctional);
    if !open_to_all || !place.view.parts.is_empty() || !dice.falls(ATTENDED) {
        return None;
    }
    let at = world.zone.rule(date.and_time(NaiveTime::MIN) + minutes(60 * 21));
    let events = if place.kind == SpaceKind::Multifunctional { dice.between(0, 60) } else { 0 };
    let step = Step::Attend(number(dice.between(1, 9))?, number(events)?);
    let visit = by_the_manager(place, spot, Line::new("Obisk").ok()?, Interval::new(at, at.plus(HOUR))?);
    Some(Event { at, step, visit: Rc::new(visit) })
}

/// Rooms are cleaned and mended now and then. A desk area or a pool of equipment never closes as a whole.
fn maintenance(world: &World, spot: usize, date: NaiveDate, day: i64) -> Option<Event> {
    let place = &world.spaces[spot];
    let mut dice = Dice::of("maintenance", &[day]);
    let mut dice = Dice::of(&place.name, &[dice.between(0, i64::MAX - 1)]);
    let piecewise = matches!(place.kind, SpaceKind::DeskArea | SpaceKind::Equipment);
    if piecewise || !place.view.parts.is_empty() || !dice.falls(BLOCKED) {
        return None;
    }
    let reasons = ["Vzdrževanje opreme", "Generalno čiščenje", "Menjava svetil", "Popravilo ozvočenja"];
    let hour = *dice.pick(&[8, 12, 13])?;
    let start = world.zone.rule(date.and_time(NaiveTime::MIN) + minutes(60 * hour));
    let interval = Interval::new(start, start.plus(dice.between(2, 5) * HOUR))?;
    let visit = by_the_manager(place, spot, Line::new(dice.pick(&reasons)?).ok()?, interval);
    let at = start.plus(-dice.between(2 * DAY, 14 * DAY));
    Some(Event { at, step: Step::Block, visit: Rc::new(visit) })
}

/// What the manager does at a space is no visit of anybody's.
fn by_the_manager(place: &Spot, spot: usize, title: Line<200>, interval: Interval) -> Visit {
    Visit {
        spot,
        interval,
        actor: place.manager.clone(),
        for_organisation: false,
        title,
        purpose: Purpose::Other,
        attendees: None,
        quantity: 1,
        layout: None,
        public: false,
        event: None,
        made: Cell::new(None),
    }
}

fn minutes(minutes: i64) -> TimeDelta {
    TimeDelta::minutes(minutes)
}

fn number(number: i64) -> Option<u32> {
    u32::try_from(number).ok()
}
