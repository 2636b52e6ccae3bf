//! People, enterprises, visits and money computed by hand, as tables of cases.

use super::{fixture::*, *};
use crate::domain::{
    reservation::Status,
    statistics::fixture::{schedule, source},
    tariff::Currency,
};

const DAY: &[(&str, &str)] = &[("08:00", "18:00")];

/// The year 2026 of a room of 10, open daily from 8 to 18.
fn room() -> Facts {
    Facts::of(source("2026-01-01", "2027-01-01", schedule(DAY)).with_room())
}

#[test]
fn a_person_alone_and_for_an_organisation_is_one_person_and_two_contributors() {
    let totals = room()
        .taken("2026-03-02T09:00", "2026-03-02T10:00")
        .taken("2026-03-03T09:00", "2026-03-03T11:00")
        .by(1, Some(1))
        .taken("2026-03-04T09:00", "2026-03-04T13:00")
        .by(2, Some(1))
        .table("")
        .totals;
    assert_eq!((totals.people.all(), totals.organisations.all()), (2, 1));
    assert_eq!(totals.amounts.booked, 7 * 3600);
    let found: Vec<_> = totals
        .contributions
        .iter()
        .map(|it| (it.by, it.people, it.amounts.reservations, it.amounts.booked / 3600))
        .collect();
    let wanted =
        [(Contributor::Organisation(organisation(1)), 2, 2, 6), (Contributor::Person(person(1)), 1, 1, 1)];
    assert_eq!(found, wanted);
}

#[test]
fn an_enterprise_counts_once_by_its_register_number_and_only_where_it_was_supported() {
    let taken = |facts: Facts, n| facts.taken("2026-03-02T09:00", "2026-03-02T10:00").by(n, Some(n));
    let cci = |facts: Facts| facts.booked(|it| it.audience = Some(Audience::Cci));
    let free = |facts: Facts| facts.booked(|it| it.in_kind = Some(cents(1)));
    let paid = |facts: Facts| facts.booked(|it| it.in_kind = Some(cents(0)));
    let erased = |facts: Facts, n| facts.organisation(n, |it| it.was_registered = true);
    // Enterprises with a number, those without, organisations.
    for (facts, wanted) in [
        (cci(taken(room(), 1)).numbered(1, "5043611"), (1, 0, 1)),
        (free(taken(room(), 1)).numbered(1, "5043611"), (1, 0, 1)),
        (paid(taken(room(), 1)).numbered(1, "5043611"), (0, 0, 1)),
        (cci(taken(room(), 1)), (0, 1, 1)),
        // Two organisations, one number; then one of them without support; then two numbers.
        (cci(taken(cci(taken(room(), 1)), 2)).numbered(1, "5043611").numbered(2, "5043611"), (1, 0, 2)),
        (taken(cci(taken(room(), 1)), 2).numbered(1, "5043611").numbered(2, "5043611"), (1, 0, 2)),
        (cci(taken(cci(taken(room(), 1)), 2)).numbered(1, "5043611").numbered(2, "5300231"), (2, 0, 2)),
        // Erased, it is what it was.
        (erased(cci(taken(cci(taken(room(), 1)), 2)), 1).numbered(2, "5300231"), (2, 0, 2)),
        // Twice the same.
        (cci(taken(cci(taken(room(), 1)), 1)).numbered(1, "5043611"), (1, 0, 1)),
        // A person's own reservation supports no enterprise.
        (free(room().taken("2026-03-02T09:00", "2026-03-02T10:00")), (0, 0, 0)),
    ] {
        let totals = facts.table("").totals;
        assert_eq!((totals.enterprises, totals.unregistered, totals.organisations.all()), wanted);
    }
}

#[test]
fn organisations_of_one_number_contribute_as_one() {
    let facts = room()
        .taken("2026-03-02T09:00", "2026-03-02T10:00")
        .by(1, Some(4))
        .taken("2026-03-03T09:00", "2026-03-03T10:00")
        .by(2, Some(3))
        .numbered(3, "5043611")
        .numbered(4, "5043611");
    let contributions = facts.table("").totals.contributions;
    assert_eq!(contributions.len(), 1);
    assert_eq!(contributions[0].by, Contributor::Organisation(organisation(3)));
    assert_eq!((contributions[0].people, contributions[0].amounts.reservations), (2, 2));
}

#[test]
fn who_came_before_the_range_or_the_rows_time_returns() {
    let facts = room()
        .taken("2026-02-27T09:00", "2026-02-27T10:00")
        .taken("2026-03-02T09:00", "2026-03-02T10:00")
        .taken("2026-03-02T12:00", "2026-03-02T13:00")
        .by(2, None)
        .first(2, "2026-03-02T12:00")
        .taken("2026-04-01T09:00", "2026-04-01T10:00")
        .by(2, None)
        // Elsewhere in the network, within the year.
        .taken("2026-04-02T09:00", "2026-04-02T10:00")
        .by(3, None)
        .first(3, "2026-01-15T09:00")
        .first(1, "2025-12-31T23:59");
    let counted = |tally: &Tally| (tally.people.new, tally.people.returning);
    for (group_by, wanted) in [
        ("", all(&[("", (2, 1))])),
        ("month", all(&[("2026-02", (0, 1)), ("2026-03", (1, 1)), ("2026-04", (0, 2))])),
        ("quarter", all(&[("2026-Q1", (1, 1)), ("2026-Q2", (0, 2))])),
        ("year", all(&[("2026", (2, 1))])),
        ("weekday", all(&[("mon", (1, 1)), ("wed", (0, 1)), ("thu", (1, 0)), ("fri", (0, 1))])),
    ] {
        let table = facts.table(group_by);
        assert_eq!(shown(&table, counted), wanted, "{group_by}");
        assert_eq!(counted(&table.totals), (2, 1));
    }
}

#[test]
fn visits_are_heads_else_those_declared_and_visitors_are_counted() {
    // Attendees, headcount, status → visits, declared, known, used, visitors.
    for (attendees, headcount, status, wanted) in [
        (None, None, Status::Completed, (0, 0, 0, 1, 3)),
        (Some(5), None, Status::Completed, (5, 5, 1, 1, 3)),
        (Some(5), Some(7), Status::Completed, (7, 0, 1, 1, 10)),
        // More than there are seats; hours of people stay within them.
        (Some(5), Some(12), Status::Completed, (12, 0, 1, 1, 15)),
        (None, Some(0), Status::Completed, (0, 0, 1, 1, 3)),
        (Some(5), None, Status::NoShow, (0, 0, 0, 0, 3)),
        (Some(5), None, Status::Cancelled, (0, 0, 0, 0, 3)),
    ] {
        let totals = room()
            .taken("2026-03-02T09:00", "2026-03-02T10:00")
            .claimed(|claim| (claim.attendees, claim.headcount) = (attendees, headcount))
            .status(status)
            .attended("2026-03-02", 3)
            // Before and after the year.
            .attended("2025-12-31", 40)
            .attended("2027-01-01", 40)
            .table("")
            .totals;
        let amounts = &totals.amounts;
        let found =
            (amounts.visits, amounts.declared, amounts.visited_known, amounts.visited, totals.visitors());
        assert_eq!(found, wanted, "{attendees:?} {headcount:?} {status}");
    }
}

#[test]
fn what_has_not_begun_is_booked_and_nobody_has_come() {
    let facts =
        room().taken("2026-03-02T09:00", "2026-03-02T13:00").claimed(|claim| claim.attendees = Some(4));
    for (now, used, visits, provisional) in [
        ("2026-03-01", 0, 0, true),
        ("2026-03-02T10:30", 5400, 4, true),
        ("2026-12-31T23:59", 4 * 3600, 4, true),
        ("2027-01-01", 4 * 3600, 4, false),
    ] {
        let totals = facts.table_at("", now).totals;
        let found = (totals.amounts.booked, totals.amounts.used, totals.amounts.visits, totals.provisional);
        assert_eq!(found, (4 * 3600, used, visits, provisional), "{now}");
    }
}

#[test]
fn only_what_stands_counts() {
    for (status, counts, used) in [
        (Status::Held, 0, 0),
        (Status::Pending, 0, 0),
        (Status::Declined, 0, 0),
        (Status::Expired, 0, 0),
        (Status::Cancelled, 0, 0),
        (Status::Confirmed, 1, 1),
        (Status::CheckedIn, 1, 1),
        (Status::Completed, 1, 1),
        (Status::NoShow, 1, 0),
    ] {
        let facts = room()
            .taken("2026-03-02T09:00", "2026-03-02T10:00")
            .by(1, Some(1))
            .booked(|it| (it.charged, it.in_kind) = (Some(cents(100)), Some(cents(50))))
            .booked(|it| it.audience = Some(Audience::Cci))
            .status(status);
        let totals = facts.table("").totals;
        let amounts = &totals.amounts;
        assert_eq!((amounts.reservations, amounts.booked), (counts, counts * 3600), "{status}");
        assert_eq!((amounts.used, amounts.visited), (used * 3600, used), "{status}");
        let distinct = [totals.people.all(), totals.organisations.all(), totals.unregistered];
        assert_eq!(distinct.map(i64::from), [counts; 3], "{status}");
        assert_eq!(amounts.money.len() as i64, counts, "{status}");
        // No row but those of closed lists: nobody's sector is told.
        assert_eq!(facts.table("sector").rows.len() as i64, counts, "{status}");
    }
}

#[test]
fn money_adds_up_by_currency_and_tells_how_much_of_the_in_kind_value_is_known() {
    let francs = |minor| Some(Money { minor, currency: "CHF".parse().unwrap() });
    let facts = [
        (Some(cents(1000)), Some(cents(0))),
        (Some(cents(0)), Some(cents(2500))),
        (None, None),
        (francs(300), francs(20)),
    ]
    .into_iter()
    .enumerate()
    .fold(room(), |facts, (n, (charged, in_kind))| {
        let hour = |hour| format!("2026-03-02T{hour:02}:00");
        facts.taken(&hour(8 + n), &hour(9 + n)).booked(|it| (it.charged, it.in_kind) = (charged, in_kind))
    });
    let amounts = facts.table("").totals.amounts;
    let money = |currency: &str, charged, in_kind| MoneySum {
        currency: currency.parse::<Currency>().unwrap(),
        charged,
        in_kind,
    };
    assert_eq!(amounts.money, [money("CHF", 300, 20), money("EUR", 1000, 2500)]);
    assert_eq!((amounts.priced, amounts.reservations), (3, 4));
}
