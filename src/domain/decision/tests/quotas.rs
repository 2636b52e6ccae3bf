//! Quotas: what counts, in which period, and that an edit is tested only where it adds. 2026-11-03 is a Tuesday.

use chrono::Timelike;
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

/// Person 1 for organisation 1, in space 1 of venue 1 of network 1.
fn own() -> Bearing {
    Bearing {
        person: Some(id(1)),
        organisation: Some(id(1)),
        place: Place { network: id(1), venue: id(1) },
        space: id(1),
        besides: false,
    }
}

fn quota(json: &str) -> Quota {
    serde_json::from_str(json).unwrap()
}

fn decided(
    quotas: &[Quota],
    others: &[Counted],
    bearing: Bearing,
    requested: Interval,
    before: Option<Interval>,
) -> Decision {
    let policy = effective(Rules { quotas: Some(quotas.to_vec()), ..Rules::default() });
    let open = span("2026-01-01T00:00", "2027-12-31T00:00").into();
    let change = before.map(|requested| Change {
        requested,
        occupied: requested,
        quantity: 1,
        attendees: None,
        capacity: 8,
        other_units: false,
        elsewhere: false,
    });
    let facts = Facts {
        now: at("2026-01-02T00:00"),
        zone: Zone::default(),
        open: &open,
        stays: None,
        policy: &policy,
        booker: Booker::PUBLIC,
        archived: false,
        quantity: 1,
        pool: 2,
        attendees: None,
        capacity: 8,
        active: None,
        claim: Some(Claim { bearing, others }),
        change,
        holds: &[],
        holding: None,
    };
    decide(&facts, &Slot { requested, occupied: requested, units_free: 1 })
}

/// The limits and actual values of the quotas that a request exceeds.
fn exceeded(
    quotas: &[Quota],
    others: &[Counted],
    bearing: Bearing,
    requested: Interval,
    before: Option<Interval>,
) -> Vec<(Value, Value)> {
    let decision = decided(quotas, others, bearing, requested, before);
    let found = decision.reasons.iter().filter(|reason| reason.code == ReasonCode::QuotaExceeded);
    found.map(|reason| (reason.limit.unwrap(), reason.actual.unwrap())).collect()
}

fn mine(start: &str, end: &str) -> Counted {
    Counted { bearing: own(), interval: span(start, end) }
}

const TWO_A_DAY: &str =
    r#"{"amount": 2, "count": "reservations", "per": "day", "by": "person", "over": "venue"}"#;
const FOUR_HOURS_A_WEEK: &str =
    r#"{"amount": 4, "count": "hours", "per": "week", "by": "person", "over": "venue"}"#;
const TWO_HOURS_A_DAY: &str =
    r#"{"amount": 2, "count": "hours", "per": "day", "by": "person", "over": "space"}"#;

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn amounts_by_day_week_and_month() {
    let count = |n| Value::Count(n);
    let daytime = r#"{"amount": 1, "count": "hours", "per": "day", "by": "person", "over": "space", "between": {"from": "08:00", "to": "16:00"}}"#;
    let once_by_day = r#"{"amount": 1, "count": "reservations", "per": "month", "by": "person", "over": "space", "between": {"from": "08:00", "to": "16:00"}}"#;
    type Row<'a> = (&'a str, &'a [(&'a str, &'a str)], (&'a str, &'a str), Option<(Value, Value)>);
    let rows: &[Row<'_>] = &[
        (TWO_A_DAY, &[("08:00", "09:00")], ("10:00", "11:00"), None),
        (
            TWO_A_DAY,
            &[("08:00", "09:00"), ("09:00", "10:00")],
            ("10:00", "11:00"),
            Some((count(2), count(3))),
        ),
        // The day before and the day after are other days; a reservation belongs to the date of its start.
        (TWO_A_DAY, &[("2026-11-02T22:00", "10:00"), ("08:00", "09:00")], ("10:00", "11:00"), None),
        (
            TWO_A_DAY,
            &[("2026-11-04T08:00", "2026-11-04T09:00"), ("08:00", "09:00")],
            ("10:00", "11:00"),
            None,
        ),
        // Monday is of this week, Sunday of the one before.
        (FOUR_HOURS_A_WEEK, &[("2026-11-02T08:00", "2026-11-02T11:00")], ("10:00", "11:00"), None),
        (
            FOUR_HOURS_A_WEEK,
            &[("2026-11-02T08:00", "2026-11-02T11:00")],
            ("10:00", "11:15"),
            Some((Value::Minutes(240), Value::Minutes(255))),
        ),
        (FOUR_HOURS_A_WEEK, &[("2026-11-01T08:00", "2026-11-01T12:00")], ("10:00", "14:00"), None),
        // Over midnight each day has its own.
        (TWO_HOURS_A_DAY, &[], ("22:00", "2026-11-04T02:00"), None),
        (
            TWO_HOURS_A_DAY,
            &[("2026-11-04T08:00", "2026-11-04T08:30")],
            ("22:00", "2026-11-04T02:00"),
            Some((Value::Minutes(120), Value::Minutes(150))),
        ),
        // Hours of the day: the evening is free.
        (daytime, &[("15:00", "20:00")], ("16:00", "23:00"), None),
        (daytime, &[("15:00", "20:00")], ("08:00", "08:15"), Some((Value::Minutes(60), Value::Minutes(75)))),
        (once_by_day, &[("2026-11-20T16:00", "2026-11-20T18:00")], ("10:00", "11:00"), None),
        (
            once_by_day,
            &[("2026-11-20T15:45", "2026-11-20T18:00")],
            ("10:00", "11:00"),
            Some((count(1), count(2))),
        ),
        (once_by_day, &[("2026-11-20T10:00", "2026-11-20T11:00")], ("16:00", "23:00"), None),
        // A day of 23 and one of 25 hours.
        (
            r#"{"amount": 22, "count": "hours", "per": "day", "by": "person", "over": "space"}"#,
            &[],
            ("2026-03-29T00:00", "2026-03-30T00:00"),
            Some((Value::Minutes(22 * 60), Value::Minutes(23 * 60))),
        ),
        (
            r#"{"amount": 24, "count": "hours", "per": "day", "by": "person", "over": "space"}"#,
            &[],
            ("2026-10-25T00:00", "2026-10-26T00:00"),
            Some((Value::Minutes(24 * 60), Value::Minutes(25 * 60))),
        ),
    ];
    for (json, others, (start, end), wanted) in rows {
        let others: Vec<_> = others.iter().map(|(start, end)| mine(start, end)).collect();
        let found = exceeded(&[quota(json)], &others, own(), span(start, end), None);
        assert_eq!(found.first(), wanted.as_ref(), "{json} {others:?} {start}");
    }
}

#[test]
fn whose_and_where() {
    let elsewhere = Bearing { space: id(2), ..own() };
    let other_venue = Bearing { place: Place { venue: id(2), ..own().place }, space: id(3), ..own() };
    let other_network = Bearing { place: Place { network: id(2), venue: id(4) }, space: id(5), ..own() };
    let colleague = Bearing { person: Some(id(2)), ..own() };
    let privately = Bearing { organisation: None, ..own() };
    // Equipment of this space, had with a reservation of another: that one counts elsewhere, this only here.
    let besides = Bearing { besides: true, ..own() };
    for (by, over, counting) in [
        ("person", "space", vec![own(), privately, besides]),
        ("person", "venue", vec![own(), elsewhere, privately]),
        ("person", "network", vec![own(), elsewhere, other_venue, privately]),
        ("organisation", "space", vec![own(), colleague, besides]),
        ("organisation", "network", vec![own(), elsewhere, other_venue, colleague]),
    ] {
        let one = quota(&format!(
            r#"{{"amount": 1, "count": "reservations", "per": "day", "by": "{by}", "over": "{over}"}}"#
        ));
        for bearing in [own(), elsewhere, other_venue, other_network, colleague, privately, besides] {
            let others = [Counted { bearing, interval: morning() }];
            let found = exceeded(&[one], &others, own(), span("14:00", "15:00"), None);
            assert_eq!(!found.is_empty(), counting.contains(&bearing), "{by} {over} {bearing:?}");
        }
    }
    // Who books for no organisation has no quota of one; who is not known has only what is asked for.
    let of_organisation = quota(&TWO_HOURS_A_DAY.replace("person", "organisation"));
    assert_eq!(exceeded(&[of_organisation], &[], privately, span("08:00", "12:00"), None), []);
    let nobody = Bearing { person: None, ..privately };
    let alone =
        exceeded(&[quota(TWO_HOURS_A_DAY)], &[mine("12:00", "20:00")], nobody, span("08:00", "11:00"), None);
    assert_eq!(alone, [(Value::Minutes(120), Value::Minutes(180))]);
}

#[test]
fn an_edit_is_tested_where_it_adds() {
    let others = [mine("2026-11-04T08:00", "2026-11-04T10:00"), mine("2026-11-04T10:00", "2026-11-04T11:00")];
    let day = |date: &str| span(&format!("{date}T12:00"), &format!("{date}T13:00"));
    let two = [quota(TWO_A_DAY)];
    // Its own day is over the quota already: within it the reservation moves freely, and away from it.
    let own_day = Some(day("2026-11-04"));
    for (requested, wanted) in [("2026-11-04T15:00", false), ("2026-11-05T12:00", false)] {
        let requested = Interval::new(at(requested), at(requested).plus(7200)).unwrap();
        assert_eq!(!exceeded(&two, &others, own(), requested, own_day).is_empty(), wanted);
    }
    assert_eq!(exceeded(&two, &others, own(), day("2026-11-04"), Some(day("2026-11-05"))).len(), 1);
    // Hours: shorter passes although it is still too much, longer does not.
    let hours = [quota(TWO_HOURS_A_DAY)];
    let was = Some(span("08:00", "12:00"));
    assert_eq!(exceeded(&hours, &[], own(), span("08:00", "11:00"), was), []);
    assert_eq!(exceeded(&hours, &[], own(), span("08:00", "12:15"), was).len(), 1);
}

#[test]
fn what_lies_beyond_is_asked_for_or_refused() {
    for (beyond, outcome) in [("refuse", Outcome::Refuse), ("ask", Outcome::Ask)] {
        let one = quota(&TWO_HOURS_A_DAY.replace('}', &format!(r#", "beyond": "{beyond}"}}"#)));
        let decide = |end| decided(&[one], &[], own(), span("08:00", end), None).outcome;
        assert_eq!((decide("10:00"), decide("10:15")), (Outcome::Allow, outcome));
    }
}

fn any_quota() -> impl Strategy<Value = Quota> {
    let between = prop_oneof![
        Just(""),
        Just(r#", "between": {"from": "08:00", "to": "16:00"}"#),
        Just(r#", "between": {"from": "01:00", "to": "04:00"}"#),
        Just(r#", "between": {"from": "00:00", "to": "24:00"}"#),
    ];
    let words = (
        1..9_u32,
        prop_oneof![Just("reservations"), Just("hours")],
        prop_oneof![Just("day"), Just("week"), Just("month")],
    );
    (words, between).prop_map(|((amount, count, per), between)| {
        quota(&format!(
            r#"{{"amount": {amount}, "count": "{count}", "per": "{per}", "by": "person", "over": "space"{between}}}"#
        ))
    })
}

/// Around both changes of the clocks, quarter hours.
fn any_interval() -> impl Strategy<Value = Interval> {
    let base = prop_oneof![Just("2026-03-27T00:00"), Just("2026-10-23T00:00")];
    (base, 0..480_i64, 1..160_i64).prop_map(|(base, start, length)| {
        let start = at(base).plus(start * 900);
        Interval::new(start, start.plus(length * 900)).unwrap()
    })
}

proptest! {
    /// Whatever is split into days, weeks or months: hours add up to the whole, a reservation counts in one.
    #[test]
    fn periods_partition_what_is_counted(quota in any_quota(), interval in any_interval()) {
        let zone = Zone::default();
        let (mut at, mut sum) = (interval.start(), 0);
        while at < interval.end() {
            let period = quota.period(zone, at);
            prop_assert!(period.contains(at));
            prop_assert_eq!(quota.period(zone, period.end().plus(-1)), period);
            sum += quota.weight(zone, interval, period);
            at = period.end();
        }
        prop_assert_eq!(quota.periods(zone, interval).end(), at);
        // Minute by minute, by what the clocks on the wall show.
        let counts = |n: i64| {
            let Some(between) = quota.between else { return true };
            let civil = zone.civil(interval.start().plus(n * 900));
            let minute = i64::from(civil.time().num_seconds_from_midnight() / 60);
            (i64::from(between.from.minutes())..i64::from(between.to.minutes())).contains(&minute)
        };
        let quarters = (0..interval.seconds() / 900).filter(|n| counts(*n)).count() as i64;
        match quota.count {
            crate::domain::policy::Counting::Hours => prop_assert_eq!(sum, quarters * 900),
            crate::domain::policy::Counting::Reservations => prop_assert_eq!(sum, i64::from(quarters > 0)),
        }
    }

    /// What is taken one after the other never comes to more than the quota in any period.
    #[test]
    fn accepted_requests_keep_the_quota(quota in any_quota(), wanted in prop::collection::vec(any_interval(), 1..20)) {
        let mut taken: Vec<Counted> = Vec::new();
        for interval in wanted {
            if exceeded(&[quota], &taken, own(), interval, None).is_empty() {
                taken.push(Counted { bearing: own(), interval });
            }
        }
        let zone = Zone::default();
        for each in &taken {
            for at in [each.interval.start(), each.interval.end().plus(-1)] {
                let period = quota.period(zone, at);
                let sum: i64 = taken.iter().map(|other| quota.weight(zone, other.interval, period)).sum();
                prop_assert!(sum <= quota.most(), "{} of {}", sum, quota.most());
            }
        }
    }
}
