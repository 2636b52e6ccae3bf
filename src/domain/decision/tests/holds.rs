//! Holds: how many, and what of the person's own gives way. 2026-11-03 is a Tuesday.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::{
    access::Place,
    ids::{Id, Kind},
    policy::Quota,
};

fn id<K: Kind>(number: u128) -> Id<K> {
    Id::from_uuid(Uuid::from_u128(number))
}

/// Person 1, in space 1 of venue 1 of network 1.
fn own() -> Bearing {
    let place = Place { network: id(1), venue: id(1) };
    Bearing { person: Some(id(1)), organisation: None, place, space: id(1), besides: false }
}

/// A hold of the person's with so many minutes of set-up.
fn hold(number: u128, requested: Interval, setup: u32) -> OwnHold {
    OwnHold {
        id: id(number),
        units: vec![id(1)],
        requested,
        occupied: requested.widened(setup, 0),
        expires_at: at("07:10"),
        bearings: vec![own()],
        offered: false,
    }
}

/// What stands beside the holds.
struct Besides<'a> {
    rules: Rules,
    active: Option<u32>,
    holding: Option<u32>,
    others: &'a [Counted],
}

fn codes(besides: &Besides<'_>, holds: &[OwnHold], requested: Interval) -> Vec<&'static str> {
    let (policy, open) = (effective(besides.rules.clone()), span("08:00", "20:00").into());
    let facts = Facts {
        now: at("07:00"),
        zone: Zone::default(),
        open: &open,
        stays: None,
        policy: &policy,
        booker: Booker::PUBLIC,
        archived: false,
        quantity: 1,
        pool: 1,
        attendees: None,
        capacity: 8,
        active: besides.active,
        claim: Some(Claim { bearing: own(), others: besides.others }),
        change: None,
        holds,
        holding: besides.holding,
    };
    let slot = Slot { requested, occupied: requested, units_free: 1 };
    decide(&facts, &slot).reasons.iter().map(|reason| reason.code.as_str()).collect()
}

#[test]
fn a_fourth_hold_is_too_many_unless_it_replaces_one() {
    let at_nine = hold(1, span("09:00", "10:00"), 0);
    for (holding, holds, requested, wanted) in [
        (None, vec![], span("12:00", "13:00"), vec![]),
        (Some(2), vec![], span("12:00", "13:00"), vec![]),
        (Some(3), vec![], span("12:00", "13:00"), vec!["too_many_holds"]),
        (Some(3), vec![at_nine.clone()], span("09:30", "10:30"), vec![]),
        // An offer to who waits is not among the three.
        (
            Some(3),
            vec![OwnHold { offered: true, ..at_nine.clone() }],
            span("09:30", "10:30"),
            vec!["too_many_holds"],
        ),
        // What only touches stays.
        (Some(3), vec![at_nine], span("10:00", "11:00"), vec!["too_many_holds"]),
        // Its set-up is in the way, so it gives way.
        (Some(3), vec![hold(1, span("10:00", "11:00"), 30)], span("09:00", "10:00"), vec![]),
    ] {
        let besides = Besides { rules: Rules::default(), active: None, holding, others: &[] };
        assert_eq!(codes(&besides, &holds, requested), wanted, "{holding:?} {requested:?}");
    }
}

#[test]
fn what_gives_way_counts_neither_among_those_ahead_nor_in_a_quota() {
    let quota: Quota = serde_json::from_str(
        r#"{"amount": 2, "count": "hours", "per": "day", "by": "person", "over": "space"}"#,
    )
    .unwrap();
    let rules = Rules { max_active: Some(Limit::refuse(1)), quotas: Some(vec![quota]), ..Rules::default() };
    let held = span("09:00", "11:00");
    let others = [Counted { bearing: own(), interval: held }];
    let besides = Besides { rules, active: Some(1), holding: None, others: &others };
    let by_staff = OwnHold { bearings: Vec::new(), ..hold(1, held, 0) };
    for (holds, requested, wanted) in [
        (vec![], span("12:00", "13:00"), vec!["too_many_active", "quota_exceeded"]),
        (vec![hold(1, held, 0)], span("12:00", "13:00"), vec!["too_many_active", "quota_exceeded"]),
        (vec![hold(1, held, 0)], span("10:00", "12:00"), vec![]),
        (vec![hold(1, held, 0)], span("10:00", "12:15"), vec!["quota_exceeded"]),
        // Quotas never counted it, so nothing is taken off.
        (vec![by_staff], span("10:00", "12:00"), vec!["quota_exceeded"]),
    ] {
        assert_eq!(codes(&besides, &holds, requested), wanted, "{holds:?} {requested:?}");
    }
}

proptest! {
    /// Asking with a hold that gives way comes to the same as asking without having it.
    #[test]
    fn a_hold_that_gives_way_is_as_if_it_were_not(start in 0..40_i64, length in 1..8_i64, active in 0..3_u32) {
        let requested = span("09:00", "11:00");
        let from = at("08:00").plus(start * 900);
        let held = Interval::new(from, from.plus(length * 900)).unwrap();
        let quota = r#"{"amount": 2, "count": "hours", "per": "day", "by": "person", "over": "space"}"#;
        let quotas = Some(vec![serde_json::from_str(quota).unwrap()]);
        let rules = Rules { max_active: Some(Limit::refuse(2)), quotas, ..Rules::default() };
        let with = Besides {
            rules: rules.clone(),
            active: Some(active + 1),
            holding: Some(active + 1),
            others: &[Counted { bearing: own(), interval: held }],
        };
        let without = Besides { rules, active: Some(active), holding: Some(active), others: &[] };
        let own_hold = [hold(1, held, 0)];
        if held.overlaps(requested) {
            prop_assert_eq!(codes(&with, &own_hold, requested), codes(&without, &[], requested));
        } else {
            prop_assert_eq!(codes(&with, &own_hold, requested), codes(&with, &[], requested));
        }
    }
}
