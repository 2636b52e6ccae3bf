//! Demand computed by hand.

use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

use super::{
    shown::{Shown, many},
    *,
};
use crate::domain::{
    space::SpaceKind,
    statistics::{Source, fixture::*},
    zone::Zone,
};

const DAY: &[(&str, &str)] = &[("08:00", "18:00")];
const HOUR: i64 = 3600;

fn person(n: u8) -> UserId {
    UserId::from_uuid(Uuid::from_u128(n.into()))
}

fn stood(n: u8, who: u8, made: &str, start: &str, given_up: Option<GivenUp>) -> Stood {
    let made = Some(made).filter(|made| !made.is_empty()).map(at);
    Stood { venue: venue(1), space: space(n), organiser: person(who), start: at(start), made, given_up }
}

fn answered(n: u8, asked: &str, when: &str) -> Answered {
    Answered { venue: venue(1), space: space(n), organiser: person(1), asked: at(asked), at: at(when) }
}

fn turned_away(of: u8, n: u8, day: &str, reason: &str, people: u64) -> TurnedAway {
    TurnedAway { venue: venue(of), space: space(n), day: date(day), reason: reason.to_owned(), people }
}

fn table(source: &Source, events: &Events, group_by: &str) -> DemandTable {
    demand(source, events, &group_by.parse().unwrap(), at(LONG_AFTER), 1_000).unwrap()
}

#[test]
fn percentiles_are_nearest_ranks() {
    for (values, median, p90) in [
        (vec![], None, None),
        (vec![7], Some(7), Some(7)),
        (vec![9, 1], Some(1), Some(9)),
        (vec![3, 1, 2], Some(2), Some(3)),
        ((1..=10).collect(), Some(5), Some(9)),
        ((1..=11).rev().collect(), Some(6), Some(10)),
        (vec![4, 4, 4, 100], Some(4), Some(100)),
    ] {
        let found = (percentile(&values, 50), percentile(&values, 90));
        assert_eq!(found, (median, p90), "{values:?}");
    }
}

#[test]
fn searches_are_for_bands_of_people() {
    for (people, band) in [
        (None, "any"),
        (Some(0), "any"),
        (Some(1), "1-5"),
        (Some(5), "1-5"),
        (Some(6), "6-10"),
        (Some(20), "11-20"),
        (Some(50), "21-50"),
        (Some(51), "over_50"),
    ] {
        assert_eq!(CapacityBand::of(people).as_str(), band, "{people:?}");
    }
}

/// A room and an idle studio in March; what begins, is answered or refused elsewhere in time is not theirs.
#[test]
fn reservations_count_where_they_begin_and_answers_where_they_were_given() {
    let rooms = source("2026-03-01", "2026-05-01", schedule(DAY)).with_room().with_space(
        2,
        SpaceKind::Studio,
        &[(2, 5)],
    );
    let events = Events {
        stood: vec![
            stood(1, 1, "2026-02-20T10:00", "2026-03-01T10:00", None),
            // 23 hours by the clock on the wall, 22 that passed.
            stood(1, 2, "2026-03-28T10:00", "2026-03-29T09:00", None),
            stood(1, 2, "2026-03-30T10:00", "2026-03-30T09:00", None),
            stood(1, 3, "", "2026-03-31T09:00", None),
            stood(1, 3, "2026-03-01T10:00", "2026-04-02T09:00", Some(GivenUp::InTime)),
            stood(1, 3, "2026-03-01T10:00", "2026-04-03T09:00", Some(GivenUp::Late)),
            stood(1, 3, "2026-03-01T10:00", "2026-04-04T09:00", Some(GivenUp::ByVenue)),
            stood(1, 3, "2026-04-03T09:00", "2026-04-05T09:00", None),
            stood(1, 3, "2026-04-03T09:00", "2026-05-01T09:00", None),
        ],
        answered: vec![
            answered(1, "2026-03-31T20:00", "2026-04-01T08:00"),
            answered(1, "2026-03-01T08:00", "2026-03-01T10:00"),
            answered(1, "2026-02-28T08:00", "2026-02-28T10:00"),
        ],
        turned_away: vec![
            turned_away(1, 1, "2026-03-31", "slot_taken", 3),
            turned_away(1, 1, "2026-03-01", "slot_taken", 2),
            turned_away(1, 1, "2026-03-01", "too_late", 1),
            turned_away(1, 1, "2026-05-01", "too_late", 9),
        ],
    };
    let found = table(&rooms, &events, "space,month");
    let rows: Vec<_> = found.rows.iter().map(|row| row.demand.clone()).collect();
    let reasons = |all: &[(&str, u64)]| all.iter().map(|&(reason, n)| (reason.to_owned(), n)).collect();
    let march = Demand {
        turn_aways: reasons(&[("slot_taken", 5), ("too_late", 1)]),
        leads: vec![9 * 24 * HOUR, 22 * HOUR, 0],
        waits: vec![2 * HOUR],
        stood: 4,
        ..Demand::default()
    };
    let april = Demand {
        leads: vec![48 * HOUR],
        waits: vec![12 * HOUR],
        stood: 4,
        cancelled: 2,
        cancelled_late: 1,
        cancelled_by_venue: 1,
        ..Demand::default()
    };
    assert_eq!(rows, [march, april.clone(), Demand::default(), Demand::default()]);
    let rates = [april.cancellation_rate(), april.late_cancellation_rate(), april.venue_cancellation_rate()];
    assert_eq!(rates.map(|ratio| ratio.rate), [Some(0.5), Some(0.25), Some(0.25)]);
    assert_eq!(Demand::default().cancellation_rate().rate, None);
    let (_, totals) = found.totals;
    assert_eq!((totals.stood, totals.cancelled, totals.turn_aways["slot_taken"]), (8, 2, 5));
    // By day, each on its own.
    let days = table(&rooms, &events, "day").rows;
    let on = |day: &str| &days.iter().find(|row| row.period.day == Some(date(day))).unwrap().demand;
    assert_eq!((on("2026-03-01").stood, on("2026-03-01").turn_aways.len()), (1, 2));
    assert_eq!(on("2026-03-31").turn_aways["slot_taken"], 3);
}

/// What is not asked for stands nowhere, and equipment has no part where rooms are mixed.
#[test]
fn equipment_and_what_was_not_asked_for_stand_aside() {
    let mut rooms = source("2026-03-01", "2026-04-01", schedule(DAY)).with_room().with_space(
        2,
        SpaceKind::Equipment,
        &[(2, 1)],
    );
    let events = Events {
        turned_away: vec![
            turned_away(1, 1, "2026-03-02", "slot_taken", 1),
            turned_away(1, 2, "2026-03-02", "slot_taken", 4),
        ],
        ..Events::default()
    };
    let refused = |demand: &Demand| demand.turn_aways.get("slot_taken").copied().unwrap_or(0);
    let of_rows = |table: &DemandTable| table.rows.iter().map(|row| refused(&row.demand)).collect::<Vec<_>>();
    let (by_venue, by_kind) = (table(&rooms, &events, "venue"), table(&rooms, &events, "kind"));
    assert_eq!((of_rows(&by_venue), of_rows(&by_kind)), (vec![1], vec![1, 4]));
    assert_eq!((refused(&by_venue.totals.1), refused(&by_kind.totals.1)), (1, 1));
    rooms.spaces[0].counted = false;
    assert_eq!(refused(&table(&rooms, &events, "").totals.1), 4);
}

fn zone(_: VenueId) -> Zone {
    Zone::default()
}

/// By venue in March: of how many reservations each person is the organiser; the same person has the same place everywhere.
#[test]
fn few_people_and_those_who_stand_out_are_not_shown() {
    type Venues = &'static [&'static [u64]];
    let cases: [(&str, Venues, bool, bool); 10] = [
        ("nobody", &[], true, true),
        ("five each", &[&[1, 1, 1, 1, 1], &[2, 1, 1, 1, 1]], true, true),
        ("four", &[&[1, 1, 1, 1]], false, false),
        ("of two the staff of one would know the other's", &[&[1, 1, 1, 1, 1], &[1, 1]], false, false),
        (
            "of three they know only what five made",
            &[&[1, 1, 1, 1, 1], &[1, 1, 1, 1], &[0, 1, 1, 1, 1]],
            true,
            false,
        ),
        ("or what four made", &[&[1, 1, 1, 1, 1], &[1, 1, 1, 1], &[1, 1]], false, false),
        ("the same four in both", &[&[1, 1, 1, 1], &[1, 1, 1, 1]], false, false),
        ("one makes four fifths", &[&[16, 1, 1, 1, 1]], true, true),
        ("one makes more", &[&[17, 1, 1, 1, 1]], false, false),
        ("one makes more in one", &[&[17, 1, 1, 1, 1], &[1, 1, 1, 1, 1]], false, false),
    ];
    for (case, of_venues, network, venues) in cases {
        let mut events = Events::default();
        for (of, people) in (1..).zip(of_venues) {
            for (who, times) in (0..).zip(*people) {
                for _ in 0..*times {
                    let one = stood(1, who, "2026-03-01", "2026-03-10T10:00", None);
                    events.stood.push(Stood { venue: venue(of), ..one });
                }
            }
        }
        let shown = Shown::new(&events, zone);
        let months = [date("2026-02-01"), date("2026-03-01")];
        let found = (shown.leads.allow(&months, false), shown.leads.allow(&months, true));
        assert_eq!(found, (network, venues), "{case}");
        assert!(shown.leads.allow(&months[..1], true), "{case}: nothing happened in February");
    }
}

/// Lead times are of what stands and was made here, so these are the people who count; whoever gave up is none of them.
#[test]
fn lead_times_of_few_are_not_told() {
    for (stand, given_up, brought_in, wanted) in [
        (0, 5, 0, true),
        (1, 5, 0, false),
        (4, 5, 5, false),
        (5, 1, 0, true),
        (0, 0, 5, true),
        (1, 0, 5, false),
    ] {
        let mut events = Events::default();
        let ways = [
            (stand, "2026-03-01", None),
            (given_up, "2026-03-01", Some(GivenUp::InTime)),
            (brought_in, "", None),
        ];
        let all = ways.into_iter().flat_map(|(people, made, way)| (0..people).map(move |_| (made, way)));
        for (who, (made, way)) in (0..).zip(all) {
            events.stood.push(stood(1, who, made, "2026-03-10T10:00", way));
        }
        let shown = Shown::new(&events, zone);
        for of_one_venue in [false, true] {
            let found = shown.leads.allow(&[date("2026-03-01")], of_one_venue);
            assert_eq!(found, wanted, "{stand} stand, {given_up} given up, {brought_in} brought in");
        }
    }
}

/// Five stood once each besides: who gave up, in time and late, and whether that is told, of the network and of the venue.
#[test]
fn few_who_give_up_are_not_told() {
    for (in_time, late, given_up, lately) in [
        (0, 0, true, true),
        (5, 0, true, true),
        (4, 0, false, false),
        (4, 5, true, false),
        (5, 4, true, false),
        (5, 5, true, true),
        (3, 2, true, false),
    ] {
        let mut events = Events::default();
        let ways = [(5, None), (in_time, Some(GivenUp::InTime)), (late, Some(GivenUp::Late))];
        for (who, given_up) in ways
            .into_iter()
            .flat_map(|(people, way)| (0..people).map(move |_| way))
            .enumerate()
            .map(|(n, way)| (n as u8, way))
        {
            events.stood.push(stood(1, who, "2026-03-01", "2026-03-10T10:00", given_up));
        }
        let (shown, months) = (Shown::new(&events, zone), [date("2026-03-01")]);
        for of_one_venue in [false, true] {
            let found =
                (shown.given_up.allow(&months, of_one_venue), shown.late.allow(&months, of_one_venue));
            assert_eq!(found, (given_up, lately), "{in_time} in time, {late} late");
        }
    }
}

proptest! {
    /// A figure of people turned away is shown only where each part of its own kind may be.
    #[test]
    fn what_is_shown_is_made_of_what_may_be_shown(
        refusals in vec((1..4u8, 1..4u32, 0..3usize, 1..9u64), 0..30),
        months in proptest::sample::subsequence(vec![1, 2, 3], 1..4),
    ) {
        let reasons = ["slot_taken", "too_late", "too_far"];
        let refused = |&(of, month, reason, people): &(u8, u32, usize, u64)| {
            turned_away(of, 1, &format!("2026-{month:02}-15"), reasons[reason], people)
        };
        let events = Events { turned_away: refusals.iter().map(refused).collect(), ..Events::default() };
        let shown = Shown::new(&events, zone);
        let asked: Vec<_> = months.iter().map(|month| date(&format!("2026-{month:02}-01"))).collect();
        let sum = |fits: &dyn Fn(u8, usize) -> bool, month: u32| -> u64 {
            let met = refusals.iter().filter(|(of, m, reason, _)| *m == month && fits(*of, *reason));
            met.map(|(.., people)| people).sum()
        };
        let all = |fits: &dyn Fn(u8, usize) -> bool| months.iter().all(|&month| many(sum(fits, month)));
        // Of the whole, and of what each venue's staff have left when they take away their own.
        let of_network = all(&|_, _| true) && (1..4u8).all(|own| all(&|of, _| of != own));
        prop_assert_eq!(shown.turn_aways.allow(&asked, false), of_network);
        let by_venue = of_network && (1..4u8).all(|one| all(&|of, _| of == one));
        prop_assert_eq!(shown.turn_aways.allow(&asked, true), by_venue);
        let by_reason = (0..3usize).all(|one| {
            all(&|_, reason| reason == one) && (1..4u8).all(|own| all(&|of, reason| reason == one && of != own))
        });
        prop_assert_eq!(shown.reasons.allow(&asked, false), by_reason);
        let by_both = (1..4u8).all(|one| (0..3usize).all(|other| all(&|of, reason| (of, reason) == (one, other))));
        prop_assert_eq!(shown.reasons.allow(&asked, true), by_both);
    }
}
