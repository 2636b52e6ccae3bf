//! Bands, seasons, days and changes of clocks: which rate a started period falls to.

use super::*;

/// Day 10 € an hour, evenings (18-24) 20 €, weekends 30 €.
fn banded() -> Tariff {
    let weekdays = ["mon", "tue", "wed", "thu", "fri"];
    of_rates(json!([
        {"audience": "public", "pricing": {"per_started": {"minutes": 60, "price": 1000}}},
        {"audience": "public", "band": [{"days": weekdays, "opens": "18:00", "closes": "24:00"}],
            "pricing": {"per_started": {"minutes": 60, "price": 2000}}},
        {"audience": "public", "band": [{"days": ["sat", "sun"], "opens": "00:00", "closes": "24:00"}],
            "pricing": {"per_started": {"minutes": 60, "price": 3000}}},
    ]))
}

#[test]
fn a_started_period_is_priced_by_the_band_it_starts_in() {
    for (from, to, wanted, gross) in [
        ("2026-06-01T16:00", "2026-06-01T18:00", vec!["2 period(60) × 1000"], 2000),
        ("2026-06-01T16:00", "2026-06-01T19:00", vec!["2 period(60) × 1000", "1 period(60) × 2000"], 4000),
        // Two hours are two hours: the one begun at 17:30 is the day's.
        ("2026-06-01T17:30", "2026-06-01T18:30", vec!["1 period(60) × 1000"], 1000),
        ("2026-06-01T16:30", "2026-06-01T18:30", vec!["2 period(60) × 1000"], 2000),
        ("2026-06-01T16:30", "2026-06-01T18:31", vec!["2 period(60) × 1000", "1 period(60) × 2000"], 4000),
        // Friday evening into Saturday.
        ("2026-06-05T22:30", "2026-06-06T01:30", vec!["2 period(60) × 2000", "1 period(60) × 3000"], 7000),
        // Sunday into Monday, when the day's price is back.
        ("2026-06-07T23:00", "2026-06-08T01:00", vec!["1 period(60) × 3000", "1 period(60) × 1000"], 4000),
    ] {
        let wanted = wanted.into_iter().map(str::to_owned).collect();
        assert_eq!(public(&banded(), from, to), (wanted, gross), "{from} to {to}");
    }
}

#[test]
fn periods_are_of_elapsed_time_on_both_changes_of_clocks() {
    let quarters = of_rates(json!([
        {"audience": "public", "pricing": {"per_started": {"minutes": 15, "price": 100}}, "daily_cap": 9000},
    ]));
    let days = of_rates(json!([{"audience": "public", "pricing": {"per_day": {"price": 5000}}}]));
    let nights = of_rates(json!([{"audience": "public", "pricing": {"per_night": {"price": 5000}}}]));
    let package = of_rates(json!([{"audience": "public", "pricing": {"packages": {
        "packages": [{"minutes": 120, "price": 1000}], "further": {"minutes": 30, "price": 200}}}}]));
    let weekend = banded();
    for (tariff, from, to, gross) in [
        (&weekend, "2026-03-29T01:00", "2026-03-29T04:00", 2 * 3000),
        (&weekend, "2026-10-25T01:00", "2026-10-25T04:00", 4 * 3000),
        (&quarters, "2026-03-29T01:45", "2026-03-29T03:15", 2 * 100),
        // 23 hours are 92 quarters, 25 hours 100.
        (&quarters, "2026-03-29T00:00", "2026-03-30T00:00", 9000),
        (&quarters, "2026-03-29T01:00", "2026-03-30T00:00", 88 * 100),
        (&days, "2026-03-29T00:00", "2026-03-30T00:00", 5000),
        (&days, "2026-10-25T00:00", "2026-10-26T00:00", 5000),
        (&days, "2026-10-24T23:59", "2026-10-26T00:01", 3 * 5000),
        (&nights, "2026-03-28T15:00", "2026-03-29T10:00", 5000),
        (&nights, "2026-10-24T15:00", "2026-10-27T10:00", 3 * 5000),
        // To midnight of the day after arrival, and within one day: one night.
        (&nights, "2026-06-05T14:00", "2026-06-06T00:00", 5000),
        (&nights, "2026-06-05T02:00", "2026-06-05T10:00", 5000),
        (&package, "2026-03-29T01:00", "2026-03-29T04:00", 1000),
        (&package, "2026-10-25T01:00", "2026-10-25T04:00", 1000 + 4 * 200),
        // Both readings of half past two.
        (&package, "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", 1000),
    ] {
        assert_eq!(public(tariff, from, to).1, gross, "{from} to {to}");
    }
}

#[test]
fn bands_last_over_midnight_and_follow_the_clocks_as_opening_hours_do() {
    // Nights from Saturday 22:00 to 02:30, which in spring is 01:30 UTC by the offset before the gap.
    let tariff = of_rates(json!([
        {"audience": "public", "pricing": {"per_started": {"minutes": 30, "price": 100}}},
        {"audience": "public", "band": [{"days": ["sat"], "opens": "22:00", "closes": "02:30"}],
            "pricing": {"per_started": {"minutes": 30, "price": 300}}},
    ]));
    for (from, to, gross) in [
        ("2026-06-06T21:30", "2026-06-06T22:30", 400),
        ("2026-06-07T02:00", "2026-06-07T03:00", 400),
        ("2026-06-08T02:00", "2026-06-08T03:00", 200),
        // 01:30, then (02:30, shown as) 03:00 are inside; 03:30 is not.
        ("2026-03-29T01:30", "2026-03-29T04:00", 300 + 300 + 100),
        // In autumn until the first 02:30.
        ("2026-10-25T02:00:00+02:00", "2026-10-25T03:00", 300 + 3 * 100),
    ] {
        assert_eq!(public(&tariff, from, to).1, gross, "{from} to {to}");
    }
}

#[test]
fn a_season_goes_before_a_band_of_the_whole_year() {
    let evening = json!([{"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "opens": "18:00", "closes": "24:00"}]);
    let per_hour = |price: u32| json!({"per_started": {"minutes": 60, "price": price}});
    let vat = json!({"code": "special"});
    let tariff = tariff(json!({
        "prices_include_vat": true,
        "seasons": [{"name": "fair", "from": "12-30", "to": "01-02"}, {"name": "carnival", "from": "02-10", "to": "02-20"}],
        "rates": [
            {"audience": "public", "pricing": per_hour(100), "vat": vat},
            {"audience": "public", "band": evening, "pricing": per_hour(200), "vat": vat},
            {"audience": "public", "season": "fair", "pricing": per_hour(400), "vat": vat},
            {"audience": "public", "season": "carnival", "band": evening, "pricing": per_hour(800), "vat": vat},
            {"audience": "member", "band": evening, "pricing": per_hour(50), "vat": vat},
        ],
    }));
    let member: &[Audience] = &[Audience::Member];
    for (audiences, from, gross) in [
        (&[][..], "2026-06-01T10:00", 100),
        (&[], "2026-06-01T20:00", 200),
        (&[], "2026-12-31T10:00", 400),
        (&[], "2027-01-01T20:00", 400),
        (&[], "2026-02-12T20:00", 800),
        (&[], "2026-02-12T10:00", 100),
        // What an audience leaves open is the next one's.
        (member, "2026-06-01T20:00", 50),
        (member, "2026-06-01T10:00", 100),
        (member, "2026-12-31T20:00", 50),
        (member, "2026-12-31T10:00", 400),
    ] {
        let start = span(from, "2028-01-01T00:00").start();
        let interval = Interval::new(start, start.plus_minutes(60)).unwrap();
        let asked = Request { interval, audiences, ..request("2026-06-01T10:00", "2026-06-01T11:00") };
        assert_eq!(quote(&tariff, &asked).unwrap().total_gross, gross, "{audiences:?} {from}");
    }
}

#[test]
fn free_time_ends_where_it_ends() {
    let tariff = of_rates(json!([
        {"audience": "public", "pricing": "free"},
        {"audience": "public", "band": [{"days": ["mon"], "opens": "17:00", "closes": "20:00"}],
            "pricing": {"per_started": {"minutes": 60, "price": 1000}}},
    ]));
    for (from, to, gross) in [
        ("2026-06-01T09:00", "2026-06-01T17:00", 0),
        ("2026-06-01T16:30", "2026-06-01T18:00", 1000),
        // The third paid hour has started at 19:00 and the fourth never does.
        ("2026-06-01T16:30", "2026-06-01T22:00", 3000),
        ("2026-06-01T19:30", "2026-06-01T20:45", 1000),
        ("2026-06-02T17:00", "2026-06-02T20:00", 0),
    ] {
        assert_eq!(public(&tariff, from, to).1, gross, "{from} to {to}");
    }
}

#[test]
fn a_package_is_of_the_rate_it_starts_in_and_covers_what_follows() {
    let packages = |price: u32| {
        json!({"packages": {"packages": [{"minutes": 180, "price": price}, {"minutes": 360, "price": price * 2}],
            "further": {"minutes": 60, "price": price / 4}}})
    };
    let every_day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let tariff = of_rates(json!([
        {"audience": "public", "pricing": packages(2000)},
        {"audience": "public", "band": [{"days": every_day, "opens": "17:00", "closes": "24:00"}], "pricing": packages(4000)},
    ]));
    for (from, to, wanted) in [
        ("2026-06-01T15:00", "2026-06-01T18:00", vec!["1 package(180) × 2000"]),
        ("2026-06-01T15:00", "2026-06-01T21:00", vec!["1 package(360) × 4000"]),
        ("2026-06-01T17:00", "2026-06-01T20:00", vec!["1 package(180) × 4000"]),
        // 15:00 to 21:00 in the package, the further hours in the evening.
        ("2026-06-01T15:00", "2026-06-01T22:30", vec!["1 package(360) × 4000", "2 period(60) × 1000"]),
        // Further hours by the rate they start in: one of the day, one of the evening.
        ("2026-06-01T10:30", "2026-06-01T17:30", vec!["1 package(360) × 4000", "1 period(60) × 500"]),
        (
            "2026-06-01T10:30",
            "2026-06-01T17:31",
            vec!["1 package(360) × 4000", "1 period(60) × 500", "1 period(60) × 1000"],
        ),
    ] {
        assert_eq!(public(&tariff, from, to).0, wanted, "{from} to {to}");
    }
}
