//! Days and nights on offer: by examples, and as a property, what is offered is what the decision allows.

use proptest::{collection::vec, prelude::*};
use serde_json::{from_value, json};
use uuid::Uuid;

use super::*;
use crate::domain::{
    decision::{Booker, Decision, decide},
    holidays::Country,
    hours::Schedule,
    ids::UnitId,
    interval_set::IntervalSet,
    policy::{Audience, Effective, Limit, Policies, Policy, Rules},
    stays::{Calendar, Measure, Nights, Stays},
    zone::{TimeInput, Zone},
};

fn at(text: &str) -> Instant {
    Zone::default().resolve(text.parse::<TimeInput>().unwrap()).unwrap()
}

fn span(start: &str, end: &str) -> Interval {
    Interval::new(at(start), at(end)).unwrap()
}

fn nights() -> Measure {
    Measure::Nights(Nights { arrival: "15:00".parse().unwrap(), departure: "10:00".parse().unwrap() })
}

fn unit(n: usize) -> UnitId {
    UnitId::from_uuid(Uuid::from_u128(n as u128))
}

/// Units booked by days or nights, with what occupies them.
#[derive(Debug, Clone)]
struct World {
    now: Instant,
    measure: Measure,
    schedule: Schedule,
    rules: Rules,
    units: usize,
    occupancies: Vec<(UnitId, Interval)>,
    teardown: u32,
}

/// From the eve of the short day, a Saturday, or of the long one.
fn fortnight(first: &str) -> Interval {
    Interval::new(at(first), at(first).plus(14 * 86_400)).unwrap()
}

impl World {
    /// Open in these hours on each of the dates from the first on; an empty list is a closed date.
    fn new(measure: Measure, first: &str, hours: &[Vec<(String, String)>]) -> Self {
        let first: NaiveDate = first.parse().unwrap();
        let exceptions = hours.iter().zip(first.iter_days()).map(|(spans, date)| {
            let spans: Vec<_> =
                spans.iter().map(|(opens, closes)| json!({"opens": opens, "closes": closes})).collect();
            from_value(json!({"date": date, "hours": spans})).unwrap()
        });
        Self {
            now: at("2026-03-01T00:00"),
            measure,
            schedule: Schedule::new([], exceptions),
            rules: Rules::default(),
            units: 1,
            occupancies: Vec::new(),
            teardown: 0,
        }
    }

    fn policy(&self) -> Effective {
        let space = Policy { public: Some(self.rules.clone()), ..Policy::default() };
        Policies { space, ..Policies::default() }.effective(&[Audience::Public])
    }

    fn units(&self) -> Vec<UnitId> {
        (0..self.units).map(unit).collect()
    }

    fn with_facts<T>(&self, within: Interval, ask: impl FnOnce(&Facts<'_>) -> T) -> T {
        let calendar =
            Calendar { schedule: &self.schedule, zone: Zone::default(), country: Country::SLOVENIA };
        let stays = Stays::new(self.measure, calendar, within.widened(0, 8 * DAY_MINUTES));
        let open: IntervalSet = self.schedule.open(Zone::default(), Country::SLOVENIA, within);
        ask(&Facts {
            now: self.now,
            zone: Zone::default(),
            open: &open,
            stays: Some(&stays),
            policy: &self.policy(),
            booker: Booker::PUBLIC,
            archived: false,
            quantity: 1,
            pool: self.units as u32,
            attendees: Some(1),
            capacity: 2,
            active: None,
            claim: None,
            change: None,
            holds: &[],
            holding: None,
        })
    }

    fn with_view<T>(&self, window: Interval, ask: impl FnOnce(View<'_>) -> T) -> T {
        let sweep = Sweep::each(&self.units(), self.occupancies.iter().copied());
        self.with_facts(window, |facts| {
            ask(View { facts, sweep: &sweep, setup_minutes: 0, teardown_minutes: self.teardown })
        })
    }

    /// The decision of a booking, on facts found for it alone and units counted one by one.
    fn naive_decision(&self, requested: Interval) -> Decision {
        let occupied = requested.widened(0, self.teardown);
        let taken = |u: &UnitId| self.occupancies.iter().any(|(of, busy)| of == u && busy.overlaps(occupied));
        let units_free = self.units().iter().filter(|unit| !taken(unit)).count() as u32;
        self.with_facts(requested, |facts| decide(facts, &Slot { requested, occupied, units_free }))
    }
}

/// `start/end outcome units_free` of each slot.
fn shown(days: &[Day]) -> Vec<String> {
    let zone = Zone::default();
    let local = |at: Instant| zone.civil(at).format("%d.T%H:%M").to_string();
    let show = |slot: &Offer| {
        let Offer { interval, units_free, outcome } = slot;
        format!("{}/{} {outcome} {units_free}", local(interval.start()), local(interval.end()))
    };
    days.iter().flat_map(|day| &day.slots).map(show).collect()
}

fn hours(opens: &str, closes: &str) -> Vec<(String, String)> {
    vec![(opens.to_owned(), closes.to_owned())]
}

#[test]
fn whole_days_are_offered_on_the_date_they_begin_each_by_its_own_hours() {
    let week = [hours("08:00", "20:00"), hours("10:00", "02:00"), vec![], hours("09:00", "12:00")];
    let world = World::new(Measure::Days, "2026-03-10", &week);
    let window = span("2026-03-10T00:00", "2026-03-14T00:00");
    let offered = |minutes| world.with_view(window, |view| view.days(window, minutes));
    let days = offered(1440);
    assert_eq!(
        shown(&days),
        ["10.T08:00/10.T20:00 allow 1", "11.T10:00/12.T02:00 allow 1", "13.T09:00/13.T12:00 allow 1"]
    );
    assert_eq!(days.iter().map(|day| day.slots.len()).collect::<Vec<_>>(), [1, 1, 0, 1]);
    // An hour takes a day, a minute more than a day takes two; the closed date is in no stay.
    assert_eq!(shown(&offered(60)), shown(&days));
    assert_eq!(shown(&offered(1441)), ["10.T08:00/12.T02:00 allow 1"]);
    assert_eq!(shown(&offered(3 * 1440)), [] as [&str; 0]);
}

#[test]
fn nights_are_free_for_the_next_when_the_last_have_left() {
    let mut world = World::new(nights(), "2026-03-27", &vec![hours("00:00", "24:00"); 5]);
    let window = span("2026-03-27T00:00", "2026-04-02T00:00");
    // From Saturday to Sunday, over the change of clocks.
    world.occupancies = vec![(unit(0), span("2026-03-28T15:00", "2026-03-29T10:00"))];
    let offered = |world: &World, minutes| world.with_view(window, |view| shown(&view.days(window, minutes)));
    assert_eq!(
        offered(&world, 1),
        [
            "27.T15:00/28.T10:00 allow 1",
            "28.T15:00/29.T10:00 refuse 0",
            "29.T15:00/30.T10:00 allow 1",
            "30.T15:00/31.T10:00 allow 1",
            "31.T15:00/01.T10:00 allow 1",
        ]
    );
    // Cleaning until after arrival keeps the next ones out.
    world.teardown = 5 * 60 + 1;
    assert_eq!(offered(&world, 1)[..2], ["27.T15:00/28.T10:00 refuse 0", "28.T15:00/29.T10:00 refuse 0"]);
    world.teardown = 0;
    let refused = span("2026-03-28T15:00", "2026-03-30T10:00");
    let nearest = world.with_view(window, |view| view.nearest(refused, window));
    assert_eq!(
        nearest,
        [span("2026-03-29T15:00", "2026-03-31T10:00"), span("2026-03-30T15:00", "2026-04-01T10:00")]
    );
}

fn any_world() -> impl Strategy<Value = (World, Interval)> {
    let time = |half: u32| format!("{:02}:{:02}", half / 2, half % 2 * 30);
    let date = vec((0u32..48, 0u32..49), 0..3)
        .prop_map(move |spans| spans.iter().map(|(opens, closes)| (time(*opens), time(*closes))).collect());
    let limit = |values: &'static [u32]| {
        (proptest::sample::select(values), any::<bool>())
            .prop_map(|(value, ask)| if ask { Limit::ask(value) } else { Limit::refuse(value) })
    };
    let rules = (
        limit(&[15, 600, 1440]),
        proptest::option::of(limit(&[900, 1440, 4000])),
        limit(&[0, 600, 3000]),
        limit(&[1, 5, 365]),
    );
    let rules = rules.prop_map(|(min, max, notice, horizon)| Rules {
        min_duration_minutes: Some(min),
        max_duration_minutes: max,
        min_notice_minutes: Some(notice),
        horizon_days: Some(horizon),
        ..Rules::default()
    });
    let occupancies = vec(((0usize..3).prop_map(unit), 0i64..480, 1i64..60), 0..5);
    let first = proptest::sample::select(vec!["2026-03-27", "2026-10-23", "2026-06-12"]);
    let measure = prop_oneof![Just(Measure::Days), Just(nights())];
    (
        first,
        vec(date, 12),
        measure,
        rules,
        (1usize..4, prop_oneof![Just(0u32), 0u32..400]),
        occupancies,
        -2880i64..9000,
    )
        .prop_map(|(first, hours, measure, rules, (units, teardown), occupancies, now)| {
            let window = fortnight(&format!("{first}T00:00"));
            let mut world = World::new(measure, first, &hours);
            (world.rules, world.units, world.teardown) = (rules, units, teardown);
            world.now = window.start().plus_minutes(now);
            let busy = |start: i64, length: i64| {
                let start = window.start().plus_minutes(30 * start);
                Interval::new(start, start.plus_minutes(30 * length)).unwrap()
            };
            world.occupancies =
                occupancies.into_iter().map(|(u, start, length)| (u, busy(start, length))).collect();
            (world, window)
        })
}

proptest! {
    #[test]
    fn each_stay_offered_says_what_a_booking_would_be_told((world, window) in any_world(), many in 1u32..5) {
        let days = world.with_view(window, |view| view.days(window, many * DAY_MINUTES));
        for (day, slot) in days.iter().flat_map(|day| day.slots.iter().map(move |slot| (day, slot))) {
            let naive = world.naive_decision(slot.interval);
            prop_assert_eq!(slot.outcome, naive.outcome, "{:?} {:?}", slot, naive);
            prop_assert_eq!(Zone::default().date(slot.interval.start()), day.date);
        }
        let all: Vec<Offer> = days.into_iter().flat_map(|day| day.slots).collect();
        prop_assert_eq!(world.with_view(window, |view| view.count(window, many * DAY_MINUTES)), all.len());
        let (found, _) = world.with_view(window, |view| view.first(window, many * DAY_MINUTES, usize::MAX));
        let wanted: Vec<Offer> = all.into_iter().filter(|offer| offer.outcome != Outcome::Refuse).collect();
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn whatever_can_be_booked_is_offered((world, window) in any_world(), start in 0i64..336, length in 1i64..240) {
        let start = window.start().plus_minutes(60 * start);
        // An interval at random, and each that begins there and is offered.
        let any = Interval::new(start, start.plus_minutes(30 * length)).unwrap();
        let offered: Vec<Offer> = (1..12)
            .flat_map(|many| world.with_view(window, |view| view.days(window, many * DAY_MINUTES)))
            .flat_map(|day| day.slots)
            .collect();
        let begun = offered.iter().map(|offer| offer.interval.start()).min_by_key(|at| at.since(start).abs());
        let same = begun.and_then(|at| Interval::new(at, at.plus(any.seconds())));
        for asked in [Some(any), same].into_iter().flatten().filter(|asked| window.contains(asked.start())) {
            let outcome = world.naive_decision(asked).outcome;
            let found = offered.iter().find(|offer| offer.interval == asked);
            prop_assert_eq!(found.map_or(Outcome::Refuse, |offer| offer.outcome), outcome, "{:?}", asked);
        }
    }

    #[test]
    fn the_nearest_are_of_as_many_days_and_bookable((world, window) in any_world(), many in 1u32..4, at in 0usize..12) {
        let all: Vec<Interval> = world.with_view(window, |view| view.days(window, many * DAY_MINUTES)).iter()
            .flat_map(|day| &day.slots).map(|slot| slot.interval).collect();
        prop_assume!(!all.is_empty());
        let refused = all[at % all.len()];
        // A day that reaches into the next one may end with it: the same time is then of two lengths.
        let length = world.with_facts(window, |facts| facts.stays.map(|stays| stays.many(refused)));
        prop_assume!(length == Some(many as usize));
        let nearest = world.with_view(window, |view| view.nearest(refused, window));
        let distance = |stay: &Interval| stay.start().since(refused.start()).abs();
        prop_assert!(nearest.len() <= ALTERNATIVES && nearest.is_sorted_by_key(distance));
        for stay in &nearest {
            prop_assert!(*stay != refused && all.contains(stay), "{stay:?} for {refused:?} of {all:?}");
            prop_assert!(world.naive_decision(*stay).outcome != Outcome::Refuse);
        }
        let bookable = all.iter().filter(|stay| {
            **stay != refused && stay.start() >= world.now && world.naive_decision(**stay).outcome != Outcome::Refuse
        });
        prop_assert_eq!(nearest.len(), bookable.count().min(ALTERNATIVES));
    }
}
