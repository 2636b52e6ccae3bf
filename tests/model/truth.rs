//! ONE TRUTH (DESIGN 1): in houses of any kind, what availability offers to a person the dry run allows and a request
//! gets, at that instant; what it shows as not to be had both refuse, and what it does not show at all, too.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use prostor::{
    app::{
        availability::space::{self, Question},
        reservations::{NewReservation, cancel, check, decide::Words, reserve},
        version::Expected,
    },
    domain::{
        access::Actor,
        ids::{LayoutId, SpaceId},
        reservation::Status,
        zone::{DateOrTime, LocalTime, TimeInput},
    },
};
use serde_json::{Value, json};

use crate::{
    any_house::{House, Land},
    calendar::{DAY, Minute, at, shown},
    database::Backend,
    dice::Dice,
    number, seeds,
    world::{answer, body, instant, minute, written},
};

/// How many houses a seed makes, and how much is asked in each.
const HOUSES: usize = 2;
const QUESTIONS: usize = 5;
/// So many of what is offered, and of what is not, are really asked for; the dry run is asked about all.
const TRIES: usize = 5;

#[test]
fn sqlite() {
    tell(Backend::Sqlite);
}

#[test]
fn postgres() {
    tell(Backend::Postgres);
}

fn tell(backend: Backend) {
    let houses = number("PROSTOR_TEST_HOUSES").unwrap_or(HOUSES);
    let (seeds, mut seen) = (seeds(), BTreeMap::new());
    for &seed in &seeds {
        println!("PROSTOR_TEST_SEED={seed} PROSTOR_TEST_HOUSES={houses} on {backend:?}");
        let mut dice = Dice::new(seed);
        let land = Land::new(backend);
        for _ in 0..houses {
            let days = [(3, 28), (3, 29), (10, 24), (10, 25), (7, 1)];
            let (month, day) = dice.pick(&days);
            let date = NaiveDate::from_ymd_opt(2026, month, day).unwrap();
            let now = at(date, 60 * dice.between(0, 20) + dice.pick(&[0, 0, 7]));
            let house = land.any_house(&mut dice, now);
            for _ in 0..QUESTIONS {
                let asked = Asked::any(&mut dice, &house, now);
                asked.agrees(&land, &house, &mut dice, &mut seen);
            }
        }
    }
    println!("{seen:?}");
    let all = ["allow", "ask", "refuse", "hidden"].iter().all(|outcome| seen.contains_key(outcome));
    assert!(all || seeds.len() == 1, "some never came: {seen:?}");
}

/// One person's question about one space.
#[derive(Debug)]
struct Asked {
    who: usize,
    space: SpaceId,
    layout: Option<LayoutId>,
    /// `None` in a space booked by days or nights: then so many.
    minutes: Option<i64>,
    days: i64,
    quantity: u32,
    attendees: Option<u32>,
    from: Minute,
    to: Minute,
}

type Slots = BTreeMap<(Minute, Minute), &'static str>;

fn read(time: &LocalTime) -> Minute {
    minute(DateTime::parse_from_rfc3339(&time.to_string()).unwrap().to_utc().into())
}

impl Asked {
    fn any(dice: &mut Dice, house: &House, now: Minute) -> Self {
        let space = dice.pick(&house.spaces);
        let from = now + dice.pick(&[-120, 0, 0, 180, DAY, 5 * DAY]);
        let minutes = space.by_hours.then(|| dice.pick(&[10, 15, 30, 30, 45, 60, 60, 90, 120, 240]));
        Self {
            who: dice.below(house.people.len()),
            space: space.id,
            layout: space.layout.filter(|_| dice.once_in(2)),
            minutes,
            days: dice.between(1, 3),
            quantity: if space.each { dice.pick(&[1, 1, 2, 3]) } else { 1 },
            attendees: dice.once_in(2).then(|| dice.pick(&[1, 4, 9, 30])),
            from,
            to: from + if space.by_hours { dice.pick(&[6 * 60, DAY]) } else { 5 * DAY },
        }
    }

    fn agrees(&self, land: &Land, house: &House, dice: &mut Dice, seen: &mut BTreeMap<&'static str, usize>) {
        let actor = &house.people[self.who];
        let offered = self.offered(land, actor);
        let step = self.minutes.map_or(60, |_| 5);
        let long = self.minutes.unwrap_or(self.days * DAY);
        let hidden = (0..(self.to - self.from) / step).map(|number| self.from + number * step);
        let hidden = hidden.map(|from| (from, from + long)).filter(|slot| !offered.contains_key(slot));
        // What is not shown may be asked for off the grid, where the rules of the house have it so.
        let mut hidden: Vec<_> = hidden.map(|slot| (slot, None)).collect();
        let mut all: Vec<_> = offered.iter().map(|(slot, outcome)| (*slot, Some(*outcome))).collect();
        for (slot, outcome) in sample(dice, &mut hidden, 4 * TRIES).into_iter().chain(all.iter().copied()) {
            let real = self.checked(land, actor, slot);
            self.same(house, slot, outcome, real);
            *seen.entry(outcome.unwrap_or("hidden")).or_default() += 1;
        }
        // What has begun can't be given up again.
        all.retain(|((from, _), _)| *from > minute(land.app.now()));
        hidden.retain(|((from, _), _)| *from > minute(land.app.now()));
        for (slot, outcome) in
            sample(dice, &mut all, TRIES).into_iter().chain(sample(dice, &mut hidden, TRIES))
        {
            let real = self.tried(land, actor, slot);
            self.same(house, slot, outcome, real);
        }
    }

    /// Whether a slot that was shown with an outcome, or not at all, came to that.
    #[track_caller]
    fn same(
        &self,
        house: &House,
        slot: (Minute, Minute),
        shown_as: Option<&'static str>,
        real: (&'static str, Vec<String>),
    ) {
        let (outcome, reasons) = &real;
        let is_staff = self.who == house.staff;
        let agrees = match shown_as {
            Some(wanted) => *outcome == wanted,
            // Staff go beyond hours and grid.
            None if is_staff => true,
            None => {
                *outcome == "refuse" || *outcome == "ask" && reasons.iter().any(|code| code == "off_grid")
            }
        };
        let told = format!("{} – {}", shown(slot.0), shown(slot.1));
        assert!(agrees, "{told} shown as {shown_as:?} comes to {real:?}\n{self:?}\n{}", house.told);
    }

    /// Every slot that is shown, and its outcome.
    fn offered(&self, land: &Land, actor: &Actor) -> Slots {
        let time = |at| DateOrTime::Time(TimeInput::At(instant(at)));
        let question = Question {
            from: time(self.from),
            to: time(self.to),
            duration_minutes: Some(u32::try_from(self.minutes.unwrap_or(self.days * DAY)).unwrap()),
            quantity: Some(self.quantity),
            layout: self.layout,
            attendees: self.attendees,
            organisation: None,
        };
        let view = space::show(&land.app, actor, self.space, &question).expect("a good question");
        let slots = view.days.iter().flat_map(|day| &day.slots);
        slots.map(|slot| ((read(&slot.starts_at), read(&slot.ends_at)), slot.outcome.as_str())).collect()
    }

    fn request(&self, (from, to): (Minute, Minute)) -> Value {
        // Where nobody says how many come, availability takes it for one.
        json!({"space_id": self.space, "starts_at": written(from), "ends_at": written(to), "title": "Truth",
            "purpose": "other", "quantity": self.quantity, "layout": self.layout,
            "attendees": self.attendees.unwrap_or(1)})
    }

    fn checked(&self, land: &Land, actor: &Actor, slot: (Minute, Minute)) -> (&'static str, Vec<String>) {
        let request: NewReservation = body(self.request(slot));
        let tried = check::check(&land.app, actor, &request).expect("a good request");
        let reasons = tried.decision.reasons.iter().map(|reason| reason.code.as_str().to_owned());
        (tried.decision.outcome.as_str(), reasons.collect())
    }

    /// Asked for in earnest, and given up again.
    fn tried(&self, land: &Land, actor: &Actor, slot: (Minute, Minute)) -> (&'static str, Vec<String>) {
        let reasons = self.checked(land, actor, slot).1;
        let made = answer(reserve::reserve(&land.app, actor, None, body(self.request(slot))));
        let outcome = match made {
            Err("slot_taken" | "policy_refused") => "refuse",
            Err(other) => panic!("{other} for {self:?} at {}", shown(slot.0)),
            Ok(view) => {
                let outcome = if view.status == Status::Pending { "ask" } else { "allow" };
                let gone = cancel::cancel(&land.app, actor, None, view.id, Expected::Any, Words::default());
                answer(gone).expect("what is ahead can be given up");
                outcome
            }
        };
        (outcome, reasons)
    }
}

/// Some of them, at random.
fn sample<T: Clone>(dice: &mut Dice, of: &mut Vec<T>, many: usize) -> Vec<T> {
    let mut some = Vec::new();
    while some.len() < many && !of.is_empty() {
        some.push(of.swap_remove(dice.below(of.len())));
    }
    some
}
