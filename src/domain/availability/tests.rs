//! Availability by examples, and as properties: what it says is what `decide` says on facts found naively.

mod alternatives;

use std::collections::BTreeMap;

use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

use super::*;
use crate::domain::{
    decision::{Booker, Decision, ReasonCode, decide},
    ids::UnitId,
    interval_set::IntervalSet,
    policy::{Audience, Effective, Limit, Policies, Policy, Rules},
    zone::{TimeInput, Zone},
};

fn at(text: &str) -> Instant {
    Zone::default().resolve(text.parse::<TimeInput>().unwrap()).unwrap()
}

fn span(start: &str, end: &str) -> Interval {
    Interval::new(at(start), at(end)).unwrap()
}

fn unit(n: usize) -> UnitId {
    UnitId::from_uuid(Uuid::from_u128(n as u128))
}

/// A space with its occupancies, as they are loaded.
#[derive(Debug, Clone)]
struct World {
    now: Instant,
    open: IntervalSet,
    rules: Rules,
    staff: bool,
    units: usize,
    quantity: u32,
    occupancies: Vec<(UnitId, Interval)>,
    setup: u32,
    teardown: u32,
}

impl World {
    fn new(open: impl IntoIterator<Item = Interval>) -> Self {
        Self {
            now: at("2026-03-01T00:00"),
            open: open.into_iter().collect(),
            rules: Rules { slot_minutes: Some(Limit::refuse(60)), ..Rules::default() },
            staff: false,
            units: 1,
            quantity: 1,
            occupancies: Vec::new(),
            setup: 0,
            teardown: 0,
        }
    }

    fn units(&self) -> Vec<UnitId> {
        (0..self.units).map(unit).collect()
    }

    fn policy(&self) -> Effective {
        let space = Policy { public: Some(self.rules.clone()), ..Policy::default() };
        Policies { space, ..Policies::default() }.effective(&[Audience::Public])
    }

    fn with_view<T>(&self, ask: impl FnOnce(View<'_>) -> T) -> T {
        let (policy, sweep) = (self.policy(), Sweep::each(&self.units(), self.occupancies.iter().copied()));
        let facts = self.facts(&policy);
        ask(View { facts: &facts, sweep: &sweep, setup_minutes: self.setup, teardown_minutes: self.teardown })
    }

    fn facts<'a>(&'a self, policy: &'a Effective) -> Facts<'a> {
        Facts {
            now: self.now,
            zone: Zone::default(),
            open: &self.open,
            stays: None,
            policy,
            booker: Booker { staff: self.staff, ..Booker::PUBLIC },
            archived: false,
            quantity: self.quantity,
            pool: self.units as u32,
            attendees: Some(1),
            capacity: 10,
            active: None,
            claim: None,
            change: None,
            holds: &[],
            holding: None,
        }
    }

    /// The units that no occupancy keeps from `requested` with its buffers, pair by pair.
    fn naive_free(&self, requested: Interval) -> Vec<UnitId> {
        let occupied = requested.widened(self.setup, self.teardown);
        let taken = |u: &UnitId| self.occupancies.iter().any(|(o, busy)| o == u && busy.overlaps(occupied));
        self.units().into_iter().filter(|unit| !taken(unit)).collect()
    }

    /// The decision of a booking.
    fn naive_decision(&self, requested: Interval) -> Decision {
        let policy = self.policy();
        let units_free = self.naive_free(requested).len() as u32;
        let occupied = requested.widened(self.setup, self.teardown);
        decide(&self.facts(&policy), &Slot { requested, occupied, units_free })
    }
}

/// `HH:MM outcome units_free` of each slot of a day.
fn shown(day: &Day) -> Vec<String> {
    let show = |slot: &Offer| {
        let start = Zone::default().civil(slot.interval.start()).format("%H:%M").to_string();
        format!("{start} {} {}", slot.outcome, slot.units_free)
    };
    day.slots.iter().map(show).collect()
}

#[test]
fn a_day_shows_its_open_and_free_time_and_each_slot_with_its_outcome() {
    let mut world = World::new([span("2026-03-03T08:00", "2026-03-03T12:00")]);
    world.units = 2;
    let busy = span("2026-03-03T09:00", "2026-03-03T10:00");
    world.occupancies = vec![(unit(0), busy), (unit(1), span("2026-03-03T09:30", "2026-03-03T11:00"))];
    world.now = at("2026-03-03T08:30");
    let days = world.with_view(|view| view.days(span("2026-03-03T00:00", "2026-03-05T00:00"), 60));
    assert_eq!(days.len(), 2);
    assert_eq!(days[0].date.to_string(), "2026-03-03");
    assert_eq!(days[0].open, [span("2026-03-03T08:00", "2026-03-03T12:00")]);
    assert_eq!(shown(&days[0]), ["08:00 refuse 2", "09:00 refuse 0", "10:00 allow 1", "11:00 allow 2"]);
    let free = |start, end, units_free| Free { interval: span(start, end), units_free };
    assert_eq!(
        days[0].free,
        [
            free("2026-03-03T08:00", "2026-03-03T09:00", 2),
            free("2026-03-03T09:00", "2026-03-03T09:30", 1),
            free("2026-03-03T10:00", "2026-03-03T11:00", 1),
            free("2026-03-03T11:00", "2026-03-03T12:00", 2),
        ]
    );
    // The second day is closed.
    assert_eq!((days[1].open.len(), days[1].free.len(), days[1].slots.len()), (0, 0, 0));
}

#[test]
fn buffers_may_lie_outside_opening_time_but_not_on_other_occupancies() {
    let mut world = World::new([span("2026-03-03T08:00", "2026-03-03T13:00")]);
    (world.setup, world.teardown) = (30, 15);
    world.occupancies = vec![(unit(0), span("2026-03-03T10:00", "2026-03-03T11:00"))];
    let days = world.with_view(|view| view.days(span("2026-03-03T00:00", "2026-03-04T00:00"), 60));
    let wanted = ["08:00 allow 1", "09:00 refuse 0", "10:00 refuse 0", "11:00 refuse 0", "12:00 allow 1"];
    assert_eq!(shown(&days[0]), wanted);
}

#[test]
fn overnight_slots_stand_on_the_day_they_start_and_days_of_23_and_25_hours_are_whole() {
    for (open, date, from, to, starts) in [
        (
            span("2026-03-28T22:00", "2026-03-29T06:00"),
            "2026-03-29",
            "2026-03-28T00:00",
            "2026-03-30T00:00",
            vec!["00:00", "01:00", "03:00", "04:00", "05:00"],
        ),
        (
            span("2026-10-24T22:00", "2026-10-25T05:00"),
            "2026-10-25",
            "2026-10-24T00:00",
            "2026-10-26T00:00",
            vec!["00:00", "01:00", "02:00", "02:00", "03:00", "04:00"],
        ),
    ] {
        let world = World::new([open]);
        let days = world.with_view(|view| view.days(span(from, to), 60));
        assert_eq!(days[0].slots.len(), 2, "22:00 and 23:00");
        assert_eq!(days[1].date.to_string(), date);
        let texts = shown(&days[1]);
        let found: Vec<&str> = texts.iter().map(|text| &text[..5]).collect();
        assert_eq!(found, starts);
        let offered: i64 = days.iter().flat_map(|day| &day.slots).map(|slot| slot.interval.seconds()).sum();
        assert_eq!(offered, open.seconds());
    }
}

#[test]
fn a_window_in_the_middle_of_a_span_keeps_the_grid_of_the_whole_span() {
    let world = World::new([span("2026-03-03T08:20", "2026-03-03T12:00")]);
    let days = world.with_view(|view| view.days(span("2026-03-03T09:00", "2026-03-03T11:00"), 60));
    assert_eq!(shown(&days[0]), ["09:20 allow 1", "10:20 allow 1"]);
    assert_eq!(days[0].open, [span("2026-03-03T09:00", "2026-03-03T11:00")]);
}

/// Minutes after 2026-03-28T00:00, the eve of the short day.
fn minute(minutes: i64) -> Instant {
    at("2026-03-28T00:00").plus_minutes(minutes)
}

fn any_world() -> impl Strategy<Value = World> {
    // Opening times and occupancies on 5-minute marks within three days, some over 24 h long.
    let stretch = |longest: i64| {
        (0i64..840, 1i64..longest).prop_map(|(start, length)| {
            Interval::new(minute(5 * start), minute(5 * (start + length))).unwrap()
        })
    };
    let limit = |values: &'static [u32]| {
        (proptest::sample::select(values), any::<bool>())
            .prop_map(|(value, ask)| if ask { Limit::ask(value) } else { Limit::refuse(value) })
    };
    let rules = (
        proptest::sample::select(&[10u32, 15, 25, 60, 120][..]),
        limit(&[15, 30, 60]),
        proptest::option::of(limit(&[45, 60, 200])),
        limit(&[0, 45, 600]),
        limit(&[0, 1, 365]),
    );
    let rules = rules.prop_map(|(slot, min, max, notice, horizon)| Rules {
        slot_minutes: Some(Limit::refuse(slot)),
        min_duration_minutes: Some(min),
        max_duration_minutes: max,
        min_notice_minutes: Some(notice),
        horizon_days: Some(horizon),
        ..Rules::default()
    });
    let sizes = (1usize..4, 1u32..4, prop_oneof![Just(0u32), 0u32..40], prop_oneof![Just(0u32), 0u32..40]);
    let occupancies = vec(((0usize..4).prop_map(unit), stretch(60)), 0..12);
    (vec(stretch(400), 0..4), occupancies, rules, sizes, -300i64..3000, proptest::bool::weighted(0.2))
        .prop_map(|(open, occupancies, rules, (units, quantity, setup, teardown), now, staff)| World {
            now: minute(now),
            open: open.into_iter().collect(),
            rules,
            staff,
            units,
            quantity,
            occupancies,
            setup,
            teardown,
        })
}

proptest! {
    #[test]
    fn it_is_told_why_nothing_could_ever_come_where_nothing_could(world in any_world(), start in 0i64..800, length in 1i64..9) {
        let range = Interval::new(minute(5 * start), minute(5 * start + 15 * length + 60)).unwrap();
        let free = World { occupancies: Vec::new(), ..world.clone() };
        let never = |world: &World| world.with_view(|view| view.never(range, range, 15 * length as u32));
        let slots = free.with_view(|view| view.days(range, 15 * length as u32)).into_iter().flat_map(|day| day.slots);
        let could = slots.filter(|slot| range.covers(slot.interval)).any(|slot| {
            !free.naive_decision(slot.interval).reasons.iter().any(|one| one.code.lasts() && !one.waived && one.outcome == Outcome::Refuse)
        });
        prop_assert_eq!(never(&free).is_none(), could);
        prop_assert_eq!(never(&world), never(&free));
    }

    #[test]
    fn each_slot_says_what_a_booking_would_be_told(world in any_world(), duration in 1u32..16) {
        let duration = duration * 15;
        let window = span("2026-03-28T00:00", "2026-03-31T00:00");
        let days = world.with_view(|view| view.days(window, duration));
        prop_assert_eq!(days.len(), 3);
        for (day, slot) in days.iter().flat_map(|day| day.slots.iter().map(move |slot| (day, slot))) {
            let naive = world.naive_decision(slot.interval);
            prop_assert_eq!(slot.outcome, naive.outcome, "{:?} {:?}", slot, naive);
            prop_assert_eq!(slot.units_free as usize, world.naive_free(slot.interval).len());
            prop_assert_eq!(Zone::default().date(slot.interval.start()), day.date);
            prop_assert!(world.open.covers(slot.interval));
            prop_assert_eq!(slot.interval.seconds(), i64::from(duration) * 60);
        }
    }

    #[test]
    fn whatever_can_be_booked_is_offered(world in any_world(), duration in 1u32..9) {
        prop_assume!(!world.staff);
        let seconds = i64::from(duration) * 1800;
        let window = span("2026-03-28T00:00", "2026-03-31T00:00");
        let days = world.with_view(|view| view.days(window, duration * 30));
        let slots: BTreeMap<Instant, Outcome> =
            days.iter().flat_map(|day| &day.slots).map(|slot| (slot.interval.start(), slot.outcome)).collect();
        let mut start = window.start();
        while start < window.end() {
            let outcome = world.naive_decision(Interval::new(start, start.plus(seconds)).unwrap()).outcome;
            let offered = slots.get(&start).copied().unwrap_or(Outcome::Refuse);
            prop_assert_eq!(offered, outcome, "{}", Zone::default().show(start));
            start = start.plus_minutes(5);
        }
    }

    #[test]
    fn nothing_offered_overlaps_an_occupancy(world in any_world(), duration in 1u32..9) {
        let window = span("2026-03-28T00:00", "2026-03-31T00:00");
        let sweep = Sweep::each(&world.units(), world.occupancies.iter().copied());
        let days = world.with_view(|view| view.days(window, duration * 30));
        let offered = days.iter().flat_map(|day| &day.slots).filter(|slot| slot.outcome != Outcome::Refuse);
        for slot in offered {
            let occupied = slot.interval.widened(world.setup, world.teardown);
            let chosen = sweep.choose(occupied, world.quantity, None).unwrap();
            prop_assert_eq!(chosen.len(), world.quantity as usize);
            for (unit, busy) in &world.occupancies {
                prop_assert!(!chosen.contains(unit) || !busy.overlaps(occupied));
            }
        }
        for (day, free) in days.iter().flat_map(|day| day.free.iter().map(move |free| (day, free))) {
            prop_assert!(day.open.iter().any(|open| open.covers(free.interval)));
            let start = Interval::new(free.interval.start(), free.interval.start().plus(1)).unwrap();
            let unbuffered = World { setup: 0, teardown: 0, ..world.clone() };
            prop_assert_eq!(unbuffered.naive_free(start).len(), free.units_free as usize);
        }
    }

    #[test]
    fn the_first_bookable_are_those_of_the_days_and_no_more_is_looked_at(
        world in any_world(), duration in 1u32..9, most in 0usize..30,
    ) {
        let window = span("2026-03-28T00:00", "2026-03-31T00:00");
        let all: Vec<Offer> = world.with_view(|view| view.days(window, duration * 30)).into_iter()
            .flat_map(|day| day.slots).collect();
        prop_assert_eq!(world.with_view(|view| view.count(window, duration * 30)), all.len());
        let bookable = |offer: &&Offer| offer.outcome != Outcome::Refuse && offer.units_free >= world.quantity;
        let wanted: Vec<Offer> = all.iter().filter(bookable).take(most).copied().collect();
        let (found, looked_at) = world.with_view(|view| view.first(window, duration * 30, most));
        prop_assert_eq!(&found, &wanted);
        let last = found.last().filter(|_| found.len() == most);
        let needed = if most == 0 { 0 } else {
            last.map_or(all.len(), |last| all.iter().take_while(|slot| *slot != last).count() + 1)
        };
        prop_assert_eq!(looked_at, needed);
    }
}
