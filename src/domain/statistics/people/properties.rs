//! What holds of any venue and any guests: hours are utilisation's, parts add up, who is distinct is counted once.

use std::collections::BTreeMap;

use proptest::{collection::vec, prelude::*};

use super::{fixture::*, *};
use crate::domain::statistics::{
    fixture::{space, unit},
    properties::{NOW, any_source},
};

/// Who, for whom, under whose rules, what for, at what price, and when they came first, in days before.
type Guest = (u8, Option<u8>, usize, usize, i64, i64);

/// Reservations take units of their own space, and the projector with them.
fn any_facts() -> impl Strategy<Value = Facts> {
    let guest = (1..6u8, proptest::option::of(1..5u8), 0..5usize, 0..9usize, -50..50i64, 0..40i64);
    let attendance = vec((1..6u8, 0..16u64, 0..30u32), 0..6);
    (any_source(), vec(guest, 25), attendance).prop_map(|(mut source, guests, attendance)| {
        let own: [&[u8]; 5] = [&[1, 2, 6], &[1, 6], &[2, 6], &[3, 4, 5, 6], &[6]];
        for claim in &mut source.claims {
            let at = source.spaces.iter().position(|it| it.id == claim.space).unwrap();
            claim.units.retain(|taken| own[at].iter().any(|&n| unit(n) == *taken));
        }
        let mut facts = Facts::of(source);
        for (at, guest) in guests.into_iter().enumerate().take(facts.bookings.len()) {
            seat(&mut facts, at, guest);
        }
        let from = "2026-03-18".parse::<NaiveDate>().unwrap();
        facts.attendance = attendance
            .into_iter()
            .map(|(n, days, visitors)| Attended {
                space: space(n),
                date: from + chrono::Days::new(days),
                visitors,
            })
            .collect();
        facts
    })
}

/// The reservation at a place is theirs, of whom all is known that there is to know.
fn seat(facts: &mut Facts, at: usize, (n, of, audience, purpose, price, days): Guest) {
    facts.know(n, of);
    facts.bookings[at] = Booked {
        person: person(n),
        organisation: of.map(organisation),
        audience: Audience::ALL.get(audience).copied(),
        purpose: Purpose::ALL[purpose],
        layout: None,
        charged: Some(cents(price.max(0))),
        in_kind: Some(cents((-price).max(0))).filter(|_| price % 7 != 0),
    };
    let first = facts.source.claims[at].interval.start().plus(-days * 86_400);
    facts.firsts.people.insert(person(n), first);
    let Some(of) = of else { return };
    facts.firsts.organisations.insert(organisation(of), first);
    // The third and the fourth are one enterprise.
    let number = [None, Some("1"), Some("2"), Some("2")][usize::from(of) - 1];
    let known = facts.organisations.get_mut(&organisation(of)).unwrap();
    known.register_number = number.map(str::to_owned);
    known.municipality = (of % 2 == 0).then(|| "Bled".into());
}

const PARTITIONS: [&str; 12] = [
    "",
    "day",
    "month,weekday",
    "week",
    "venue",
    "venue_municipality,day",
    "purpose",
    "audience,venue",
    "organisation_municipality",
    "sector,size,organisation_kind",
    "layout,month",
    "venue,quarter,purpose",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn hours_are_those_of_utilisation(facts in any_facts()) {
        let whole = facts.source.table_at("", NOW).totals.sums;
        let totals = facts.table_at("", NOW).totals.amounts;
        prop_assert_eq!((totals.booked, totals.used, totals.people), (whole.booked, whole.used, whole.people));
    }

    #[test]
    fn parts_add_up_and_who_is_distinct_is_no_more_than_their_sum(facts in any_facts()) {
        let whole = facts.table_at("", NOW).totals;
        for group_by in PARTITIONS {
            let table = facts.table_at(group_by, NOW);
            prop_assert_eq!(&table.totals, &whole, "{}", group_by);
            let mut sum = Amounts::default();
            table.rows.iter().for_each(|row| sum += &row.tally.amounts);
            prop_assert_eq!(&sum, &whole.amounts, "{}", group_by);
            prop_assert_eq!(table.rows.iter().map(|row| row.tally.attended).sum::<i64>(), whole.attended);
            let figures: [fn(&Tally) -> u32; 5] = [
                |tally| tally.people.all(), |tally| tally.organisations.all(), |tally| tally.enterprises,
                |tally| tally.unregistered, |tally| tally.contributions.len() as u32,
            ];
            for figure in figures {
                let each = || table.rows.iter().map(|row| figure(&row.tally));
                prop_assert!(figure(&whole) <= each().sum(), "{}", group_by);
                prop_assert!(each().all(|part| part <= figure(&whole)), "{}", group_by);
            }
            // Nobody is new twice, be it that days are told apart.
            let new = |tally: &Tally| [tally.people.new, tally.organisations.new];
            if group_by.is_empty() || group_by == "day" || group_by == "week" {
                let sum = table.rows.iter().map(|row| new(&row.tally)).fold([0, 0], |a, b| [a[0] + b[0], a[1] + b[1]]);
                prop_assert!(sum[0] <= new(&whole)[0] && sum[1] <= new(&whole)[1]);
            }
        }
    }

    #[test]
    fn a_row_is_the_sum_of_its_contributors(facts in any_facts()) {
        for group_by in PARTITIONS {
            let table = facts.table_at(group_by, NOW);
            for tally in table.rows.iter().map(|row| &row.tally).chain([&table.totals]) {
                let mut sum = Amounts::default();
                tally.contributions.iter().for_each(|each| sum += &each.amounts);
                prop_assert_eq!(&sum, &tally.amounts);
                prop_assert!(tally.contributions.windows(2).all(|two| two[0].by < two[1].by));
                let people: u32 = tally.contributions.iter().map(|each| each.people).sum();
                prop_assert!(tally.people.all() <= people && i64::from(people) <= tally.amounts.reservations);
                prop_assert!(tally.enterprises + tally.unregistered <= tally.organisations.all());
            }
        }
    }

    #[test]
    fn erasing_everybody_changes_nothing(facts in any_facts()) {
        // Where each number is one organisation's, which the database sees to.
        let mut facts = facts;
        for (id, it) in &mut facts.organisations {
            it.register_number = it.register_number.take().map(|_| id.to_string());
        }
        let mut erased = facts.clone();
        for it in erased.organisations.values_mut() {
            it.was_registered = it.register_number.take().is_some();
        }
        for group_by in PARTITIONS {
            prop_assert_eq!(facts.table_at(group_by, NOW), erased.table_at(group_by, NOW));
        }
    }

    #[test]
    fn the_parts_of_a_row_make_it(facts in any_facts()) {
        for (coarse, fine, kept) in [("space", "space,day", 1), ("kind", "kind,purpose", 1), ("month,venue", "month,venue,day", 2)] {
            let mut parts = BTreeMap::<Vec<Value>, Amounts>::new();
            for row in facts.table_at(fine, NOW).rows {
                *parts.entry(row.group[..kept].to_vec()).or_default() += &row.tally.amounts;
            }
            for row in facts.table_at(coarse, NOW).rows {
                prop_assert_eq!(&parts[&row.group], &row.tally.amounts, "{}", coarse);
            }
        }
    }
}
