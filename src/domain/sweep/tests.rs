//! The sweep against tables and against a naive model that compares every pair.

use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

use super::*;
use crate::domain::instant::Instant;

fn unit(n: usize) -> UnitId {
    UnitId::from_uuid(Uuid::from_u128(n as u128))
}

fn units(n: usize) -> Vec<UnitId> {
    // Not in the order of their ids: the given order counts.
    (0..n).map(|place| unit(100 - place)).collect()
}

fn hours(start: i64, end: i64) -> Interval {
    Interval::new(Instant::from_unix(start * 3600), Instant::from_unix(end * 3600)).unwrap()
}

fn free(start: i64, end: i64, units_free: u32) -> Free {
    Free { interval: hours(start, end), units_free }
}

#[test]
fn touching_is_free_and_any_overlap_is_not() {
    let desk = units(1);
    let sweep = Sweep::each(&desk, [(desk[0], hours(10, 12))]);
    for (start, end, wanted) in
        [(8, 10, 1), (12, 14, 1), (9, 11, 0), (11, 13, 0), (10, 12, 0), (10, 11, 0), (11, 12, 0), (9, 13, 0)]
    {
        assert_eq!(sweep.count_free(hours(start, end)), wanted, "{start} {end}");
    }
    let second =
        |from: i64, to: i64| Interval::new(Instant::from_unix(from), Instant::from_unix(to)).unwrap();
    assert_eq!(sweep.count_free(second(9 * 3600, 10 * 3600 + 1)), 0);
    assert_eq!(sweep.count_free(second(12 * 3600 - 1, 13 * 3600)), 0);
}

#[test]
fn free_stretches_are_as_long_as_the_number_stays_the_same() {
    let desks = units(2);
    let sweep = Sweep::each(
        &desks,
        [
            (desks[0], hours(9, 11)),
            (desks[1], hours(10, 12)),
            // Hands over at 12 from one desk to the other: still one free.
            (desks[0], hours(12, 13)),
            (unit(7), hours(0, 24)),
        ],
    );
    assert_eq!(sweep.free(hours(8, 14)), [free(8, 9, 2), free(9, 10, 1), free(11, 13, 1), free(13, 14, 2)]);
    assert_eq!(sweep.free(hours(10, 11)), []);
    // One is free at each instant from 11 to 13, but no single desk throughout.
    assert_eq!(sweep.count_free(hours(11, 13)), 0);
    assert_eq!(sweep.pool(), 2);
}

#[test]
fn a_whole_space_is_taken_by_any_of_its_units() {
    let halves = units(2);
    let hall = Sweep::whole(&halves, [(halves[1], hours(9, 11)), (unit(7), hours(12, 20))]);
    assert_eq!(hall.pool(), 1);
    assert_eq!(hall.free(hours(8, 13)), [free(8, 9, 1), free(11, 13, 1)]);
    assert_eq!(hall.choose(hours(11, 12), 1, None), Ok(halves.clone()));
    assert_eq!(hall.choose(hours(10, 12), 1, None), Err(Taken::Short { free: 0 }));
}

#[test]
fn the_tightest_gap_is_taken_so_that_long_gaps_stay_whole() {
    let desks = units(4);
    let occupancies = [
        (desks[1], hours(8, 10)),
        (desks[2], hours(8, 10)),
        (desks[2], hours(12, 14)),
        (desks[3], hours(9, 11)),
    ];
    let sweep = Sweep::each(&desks, occupancies);
    let (slot, d) = (hours(10, 12), &desks);
    for (quantity, wanted, chosen) in [
        // Desk 2 fits exactly, desk 1 touches on one side, desk 0 is empty, desk 3 is taken.
        (1, None, Ok(vec![d[2]])),
        (2, None, Ok(vec![d[1], d[2]])),
        (3, None, Ok(vec![d[0], d[1], d[2]])),
        (4, None, Err(Taken::Short { free: 3 })),
        (1, Some(vec![d[0]]), Ok(vec![d[0]])),
        (2, Some(vec![d[0]]), Ok(vec![d[0], d[2]])),
        (2, Some(vec![d[1], d[0]]), Ok(vec![d[0], d[1]])),
        (1, Some(vec![d[3]]), Err(Taken::Units(vec![d[3]]))),
        (1, Some(vec![unit(7)]), Err(Taken::Units(vec![unit(7)]))),
    ] {
        assert_eq!(sweep.choose(slot, quantity, wanted.as_deref()), chosen, "{quantity} {wanted:?}");
    }
    // Equally tight: the order of the units decides.
    assert_eq!(sweep.choose(hours(100, 101), 2, None), Ok(vec![d[0], d[1]]));
}

fn any_occupancies() -> impl Strategy<Value = Vec<(UnitId, Interval)>> {
    let one = (0usize..6, 0i64..40, 1i64..12);
    vec(one.prop_map(|(n, start, length)| (unit(100 - n), hours(start, start + length))), 0..25)
}

/// Five of the six units that occupancies are made for; pairs are compared one by one.
fn naive_free(occupancies: &[(UnitId, Interval)], interval: Interval) -> Vec<UnitId> {
    let taken = |unit: &UnitId| occupancies.iter().any(|(u, busy)| u == unit && busy.overlaps(interval));
    units(5).into_iter().filter(|unit| !taken(unit)).collect()
}

proptest! {
    #[test]
    fn counts_and_units_agree_with_the_naive_model(
        occupancies in any_occupancies(),
        (start, length, step) in (0i64..30, 1i64..10, 1i64..4),
    ) {
        let sweep = Sweep::each(&units(5), occupancies.iter().copied());
        let slots: Vec<Interval> = (0..10).map(|k| start + k * step).map(|s| hours(s, s + length)).collect();
        let counts = sweep.counts_free(&slots);
        for (slot, counted) in slots.iter().zip(counts) {
            let naive = naive_free(&occupancies, *slot);
            prop_assert_eq!(counted as usize, naive.len());
            prop_assert_eq!(sweep.count_free(*slot), counted);
            // All that are free can be had, and one more can't.
            prop_assert_eq!(sweep.choose(*slot, counted, None), Ok(naive));
            prop_assert!(sweep.choose(*slot, counted + 1, None).is_err());
        }
        let whole = Sweep::whole(&units(5), occupancies.iter().copied());
        for (slot, counted) in slots.iter().zip(whole.counts_free(&slots)) {
            prop_assert_eq!(counted == 1, naive_free(&occupancies, *slot).len() == 5);
        }
    }

    #[test]
    fn free_stretches_agree_with_the_naive_model_hour_by_hour(occupancies in any_occupancies()) {
        let sweep = Sweep::each(&units(5), occupancies.iter().copied());
        let stretches = sweep.free(hours(0, 50));
        for hour in 0..50 {
            let naive = naive_free(&occupancies, hours(hour, hour + 1)).len();
            let swept = stretches.iter().find(|free| free.interval.covers(hours(hour, hour + 1)));
            prop_assert_eq!(swept.map_or(0, |free| free.units_free) as usize, naive);
        }
        for pair in stretches.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            prop_assert!(a.interval.end() <= b.interval.start());
            prop_assert!(a.interval.end() < b.interval.start() || a.units_free != b.units_free);
        }
    }

    #[test]
    fn what_is_chosen_is_free_distinct_and_enough(
        occupancies in any_occupancies(),
        (start, length, quantity) in (0i64..40, 1i64..10, 1u32..7),
        wanted in proptest::option::of(vec((0usize..6).prop_map(|n| unit(100 - n)), 0..3)),
    ) {
        let sweep = Sweep::each(&units(5), occupancies.iter().copied());
        let slot = hours(start, start + length);
        let free = naive_free(&occupancies, slot);
        let named = wanted.clone().unwrap_or_default();
        match sweep.choose(slot, quantity, wanted.as_deref()) {
            Ok(chosen) => {
                prop_assert!(chosen.iter().all(|unit| free.contains(unit)));
                prop_assert!(named.iter().all(|unit| chosen.contains(unit)));
                let mut distinct = chosen.clone();
                distinct.sort_unstable();
                distinct.dedup();
                prop_assert_eq!(distinct.len(), chosen.len());
                prop_assert!(chosen.len() >= quantity as usize);
            }
            Err(Taken::Units(missing)) => {
                prop_assert!(!missing.is_empty());
                prop_assert!(missing.iter().all(|unit| named.contains(unit) && !free.contains(unit)));
            }
            Err(Taken::Short { free: counted }) => {
                prop_assert_eq!(counted as usize, free.len());
                prop_assert!(free.len() < quantity as usize);
            }
        }
    }
}

#[test]
fn an_area_of_500_desks_and_thousands_of_occupancies_is_counted_right() {
    let desks: Vec<UnitId> = (0..500).map(unit).collect();
    // Each desk is taken every 10 hours for 5, shifted by its number: at any hour half of them.
    let taken = (0..5_000).map(|n| {
        let (desk, turn) = (n % 500, n / 500);
        let start = (turn * 10 + desk % 10) as i64;
        (unit(desk), hours(start, start + 5))
    });
    let sweep = Sweep::each(&desks, taken);
    let slots: Vec<Interval> = (20..80).map(|hour| hours(hour, hour + 1)).collect();
    assert_eq!(sweep.counts_free(&slots), vec![250; 60]);
    assert_eq!(sweep.free(hours(20, 80)), [free(20, 80, 250)]);
    assert_eq!(sweep.choose(slots[0], 250, None).map(|chosen| chosen.len()), Ok(250));
    assert_eq!(sweep.choose(slots[0], 251, None), Err(Taken::Short { free: 250 }));
}
