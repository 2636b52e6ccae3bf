//! What holds of any venue: partitions add up, nothing exceeds what is available, order does not matter.

use std::collections::BTreeMap;

use proptest::{collection::vec, prelude::*};

use super::{fixture::*, *};

const FIRST: i64 = 1_774_000_000; // 2026-03-20, nine days before clocks go forward
const HOURS: i64 = 24 * 24;

fn interval(start: i64, length: i64) -> Interval {
    let start = Instant::from_unix(FIRST + start * 1800);
    Interval::new(start, start.plus(length * 1800 + 7)).unwrap()
}

fn any_interval() -> impl Strategy<Value = Interval> {
    (-40..2 * HOURS, 1..60i64).prop_map(|(start, length)| interval(start, length))
}

fn any_claim() -> impl Strategy<Value = Claim> {
    let statuses = proptest::sample::select(Status::ALL);
    let people = || proptest::option::of(0..60u32);
    let units = proptest::sample::subsequence(vec![1, 2, 3, 4, 5, 6], 1..4);
    let came = (any::<bool>(), proptest::option::of(-30..90i64), proptest::option::of(0..90i64));
    let released = proptest::option::of(0..90i64);
    (1..6u8, statuses, any_interval(), released, people(), people(), units, came).prop_map(
        |(n, status, interval, released, attendees, headcount, units, (measured, came, left))| Claim {
            space: space(n),
            status,
            interval,
            released_at: released.map(|minutes| interval.start().plus_minutes(minutes)),
            attendees,
            headcount,
            units: units.into_iter().map(unit).collect(),
            measured,
            checked_in_at: came.map(|minutes| interval.start().plus_minutes(minutes)),
            checked_out_at: left.map(|minutes| interval.start().plus_minutes(minutes)),
        },
    )
}

/// A hall with halves, a room, desks and a projector, in two venues; claims and blocks collide as they like.
pub fn any_source() -> impl Strategy<Value = Source> {
    let blocks = vec((1..7u8, any_interval()), 0..6);
    let archived = proptest::option::of(0..2 * HOURS);
    (vec(any_claim(), 0..25), blocks, archived, 0..3usize).prop_map(|(claims, blocks, archived, which)| {
        let hours: [&[(&str, &str)]; 3] =
            [&[("08:00", "18:00")], &[("20:00", "03:00")], &[("00:00", "24:00")]];
        let mut it = source("2026-03-20", "2026-04-05", schedule(hours[0]))
            .with_space(1, SpaceKind::Multifunctional, &[(1, 20), (2, 10)])
            .with_space(2, SpaceKind::MeetingRoom, &[(1, 20)])
            .with_space(3, SpaceKind::MeetingRoom, &[(2, 10)])
            .with_space(4, SpaceKind::DeskArea, &[(3, 1), (4, 1), (5, 1)])
            .with_space(5, SpaceKind::Equipment, &[(6, 1)]);
        it.venues.push(VenueFacts {
            id: venue(2),
            name: "Nursery".to_owned(),
            municipality: "Bled".to_owned(),
            ..it.venues[0].clone()
        });
        it.spaces[3].venue = venue(2);
        it.spaces[1].own_hours = Some(own(&[("06:00", "10:00"), ("17:00", "23:00")]));
        it.venues[0].hours = schedule(hours[which]);
        it.spaces[2].archived_at = archived.map(|half_hours| interval(half_hours, 1).start());
        it.claims = claims;
        it = it.seating(1, "2026-03-25", 12).seating(1, "2026-03-28", 30).seating(3, "2026-03-27", 0);
        it.blocked = blocks.into_iter().map(|(n, interval)| (unit(n), interval)).collect();
        it
    })
}

pub(super) const NOW: &str = "2026-03-30T11:11";

fn sum(rows: &[Row]) -> Sums {
    let mut sums = Sums::default();
    rows.iter().for_each(|row| sums += row.tally.sums);
    sums
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn rows_of_any_partition_add_up_to_the_whole(it in any_source()) {
        let whole = it.table_at("", NOW).totals;
        for group_by in ["", "day", "week", "month", "quarter,weekday", "hour", "venue", "venue_municipality,day", "month,week", "day,venue"] {
            let table = it.table_at(group_by, NOW);
            prop_assert_eq!(sum(&table.rows), whole.sums, "{}", group_by);
            prop_assert_eq!(table.totals, whole);
            prop_assert!(table.rows.iter().all(|row| !row.tally.overlapping));
        }
        // The parts of any one row add up to it, overlapping or not.
        for (coarse, fine) in [("space", "space,day"), ("kind", "kind,month"), ("venue,kind", "kind,week,venue"), ("space", "weekday,space")] {
            let mut parts = BTreeMap::<Place, Sums>::new();
            for row in it.table_at(fine, NOW).rows {
                *parts.entry(row.place).or_default() += row.tally.sums;
            }
            for row in it.table_at(coarse, NOW).rows {
                prop_assert_eq!(parts[&row.place], row.tally.sums, "{}", coarse);
            }
        }
    }

    #[test]
    fn nothing_exceeds_what_is_available(it in any_source()) {
        for group_by in ["", "day", "space,day", "kind", "venue,week", "weekday"] {
            let table = it.table_at(group_by, NOW);
            for tally in table.rows.iter().map(|row| row.tally).chain([table.totals]) {
                let sums = tally.sums;
                prop_assert!(0 <= sums.used && sums.used <= sums.booked && sums.booked <= sums.available);
                prop_assert!(0 <= sums.rebooked && sums.rebooked <= sums.released);
                prop_assert!(sums.released <= sums.available && sums.rebooked <= sums.booked);
                prop_assert!(0 <= sums.measured && sums.measured <= sums.booked);
                prop_assert!(0 <= sums.seat_declared && sums.seat_declared <= sums.seat_known);
                prop_assert!(sums.seat_known <= sums.seat_used && sums.seat_used <= sums.seat_booked);
                prop_assert!(sums.seat_booked <= sums.seat_available && 0 <= sums.out_of_hours);
                prop_assert!(0 <= sums.people && sums.people <= i128::from(sums.seat_known) * i128::from(PERSON));
                let ratios = [
                    sums.planned_frequency(), sums.actual_frequency(), sums.occupancy(),
                    sums.coverage(), sums.declared(), sums.utilisation(),
                ];
                for rate in ratios.into_iter().filter_map(|ratio| ratio.rate) {
                    prop_assert!((0.0..=1.0).contains(&rate), "{} {:?}", rate, sums);
                }
                if let (Some(utilisation), Some(occupancy)) = (sums.utilisation().rate, sums.occupancy().rate) {
                    let frequency = sums.seat_used as f64 / sums.seat_available as f64;
                    prop_assert!((utilisation - frequency * occupancy).abs() < 1e-12);
                }
            }
        }
    }

    #[test]
    fn the_order_of_grouping_changes_the_order_of_rows_only(it in any_source()) {
        for (one, other) in [("venue,month", "month,venue"), ("space,day", "day,space"), ("kind,week,venue", "venue,kind,week")] {
            let sorted = |group_by| {
                let mut rows = it.table_at(group_by, NOW).rows;
                rows.sort_by(|a, b| (&a.place, a.period).cmp(&(&b.place, b.period)));
                rows
            };
            prop_assert_eq!(sorted(one), sorted(other));
        }
    }

    #[test]
    fn shares_add_up_and_stay_within_their_seats(people in 0..500u32, seats in vec(0..80u32, 1..20)) {
        let all: u32 = seats.iter().sum();
        let shares = sums::shares(people, &seats);
        prop_assert_eq!(shares.iter().sum::<i64>(), i64::from(people.min(all)) * PERSON);
        for (share, seats) in shares.into_iter().zip(seats) {
            prop_assert!(0 <= share && share <= i64::from(seats) * PERSON);
        }
    }
}
