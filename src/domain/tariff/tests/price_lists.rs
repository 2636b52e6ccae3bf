//! Local price lists of Gorenjska, each expressed as a tariff, with quotes computed by hand.

use super::*;

/// Net, VAT, gross and in-kind value, after the lines.
type Wanted = (&'static [&'static str], [i64; 3], i64);

fn assert_quotes(tariff: &Tariff, cases: &[(&str, &str, &[Audience], Wanted)]) {
    for (from, to, audiences, (wanted, [net, vat, gross], subsidy)) in cases {
        let quote = quote(tariff, &Request { audiences, ..request(from, to) }).unwrap();
        let case = format!("{from} to {to} for {audiences:?}");
        assert_eq!(lines(&quote), *wanted, "{case}");
        assert_eq!([quote.total_net, quote.total_vat, quote.total_gross], [*net, *vat, *gross], "{case}");
        assert_eq!(quote.subsidy, Some(*subsidy), "{case}");
        assert_eq!(quote.full_price, Some(gross + subsidy), "{case}");
    }
}

fn seasons() -> Value {
    json!([
        {"name": "summer", "from": "04-16", "to": "10-14"},
        {"name": "heating season", "from": "10-15", "to": "04-15"},
    ])
}

/// "Hour €15 summer / €20 heating season, day €100 / €150, free for societies of public interest."
#[test]
fn hour_and_day_by_season_free_for_societies() {
    let vat = json!({"code": "exempt", "legal": "Oproščeno DDV po 2. točki 44. člena ZDDV-1"});
    let rate = |season: &str, hour: u32, day: u32| {
        json!({"audience": "public", "season": season, "daily_cap": day, "vat": vat,
            "pricing": {"per_started": {"minutes": 60, "price": hour}}})
    };
    let society =
        json!({"audience": "member", "name": "Society of public interest", "pricing": "free", "vat": vat});
    let tariff = tariff(json!({
        "prices_include_vat": true,
        "seasons": seasons(),
        "rates": [rate("summer", 1500, 10_000), rate("heating season", 2000, 15_000), society],
    }));
    let society: &[Audience] = &[Audience::Member];
    assert_quotes(
        &tariff,
        &[
            ("2026-07-01T10:00", "2026-07-01T12:00", &[], (&["2 period(60) × 1500"], [3000, 0, 3000], 0)),
            // Each begun hour counts whole.
            ("2026-07-01T10:00", "2026-07-01T12:01", &[], (&["3 period(60) × 1500"], [4500, 0, 4500], 0)),
            // Six hours are 90, seven would be 105.
            ("2026-07-01T08:00", "2026-07-01T14:00", &[], (&["6 period(60) × 1500"], [9000, 0, 9000], 0)),
            ("2026-07-01T08:00", "2026-07-01T15:00", &[], (&["1 day × 10000"], [10_000, 0, 10_000], 0)),
            ("2026-01-10T08:00", "2026-01-10T15:00", &[], (&["7 period(60) × 2000"], [14_000, 0, 14_000], 0)),
            ("2026-01-10T08:00", "2026-01-10T16:00", &[], (&["1 day × 15000"], [15_000, 0, 15_000], 0)),
            // The last summer evening goes into the heating season: two hours of each.
            (
                "2026-10-14T22:00",
                "2026-10-15T02:00",
                &[],
                (&["2 period(60) × 1500", "2 period(60) × 2000"], [7000, 0, 7000], 0),
            ),
            // Two days, the second not reaching its cap.
            (
                "2026-07-01T08:00",
                "2026-07-02T02:00",
                &[],
                (&["1 day × 10000", "2 period(60) × 1500"], [13_000, 0, 13_000], 0),
            ),
            ("2026-07-01T10:00", "2026-07-01T12:00", society, (&[], [0, 0, 0], 3000)),
            ("2026-01-10T08:00", "2026-01-10T20:00", society, (&[], [0, 0, 0], 15_000)),
        ],
    );
    let quote = quote(&tariff, &request("2026-07-01T10:00", "2026-07-01T12:00")).unwrap();
    assert_eq!(quote.lines[0].legal.as_ref().unwrap().as_str(), "Oproščeno DDV po 2. točki 44. člena ZDDV-1");
}

/// "Packages of 3 hours plus each further hour with duty staff and cleaning included."
#[test]
fn a_package_of_three_hours_and_each_further() {
    let rate = |audience: &str, package: u32, further: u32| {
        json!({"audience": audience, "name": "Hall with duty staff and cleaning", "vat": {"code": "standard"},
        "pricing": {"packages": {
            "packages": [{"minutes": 180, "price": package}],
            "further": {"minutes": 60, "price": further},
        }}})
    };
    let tariff = tariff(json!({
        "prices_include_vat": false,
        "rates": [rate("public", 20_000, 5000), rate("cci", 10_000, 2500)],
    }));
    let cci: &[Audience] = &[Audience::Cci];
    assert_quotes(
        &tariff,
        &[
            (
                "2026-05-09T17:00",
                "2026-05-09T18:00",
                &[],
                (&["1 package(180) × 20000"], [20_000, 4400, 24_400], 0),
            ),
            (
                "2026-05-09T17:00",
                "2026-05-09T20:00",
                &[],
                (&["1 package(180) × 20000"], [20_000, 4400, 24_400], 0),
            ),
            (
                "2026-05-09T17:00",
                "2026-05-09T20:15",
                &[],
                (&["1 package(180) × 20000", "1 period(60) × 5000"], [25_000, 5500, 30_500], 0),
            ),
            // Over midnight.
            (
                "2026-05-09T18:00",
                "2026-05-10T01:00",
                &[],
                (&["1 package(180) × 20000", "4 period(60) × 5000"], [40_000, 8800, 48_800], 0),
            ),
            (
                "2026-05-09T17:00",
                "2026-05-09T21:30",
                cci,
                (&["1 package(180) × 10000", "2 period(60) × 2500"], [15_000, 3300, 18_300], 18_300),
            ),
        ],
    );
}

/// "Bands 'up to 3 h / 3-10 h' × season × class of user; each begun hour counts whole."
#[test]
fn up_to_three_and_up_to_ten_hours_by_season_and_class_of_user() {
    let vat =
        json!({"code": "not_liable", "legal": "DDV ni obračunan na podlagi 1. odstavka 94. člena ZDDV-1"});
    let rate = |audience: &str, season: &str, three: u32, ten: u32| {
        json!({"audience": audience, "season": season, "vat": vat, "pricing": {"packages": {
            "packages": [{"minutes": 180, "price": three}, {"minutes": 600, "price": ten}]}}})
    };
    let tariff = tariff(json!({
        "prices_include_vat": true,
        "seasons": seasons(),
        "rates": [
            rate("public", "summer", 6000, 12_000), rate("public", "heating season", 8000, 16_000),
            rate("member", "summer", 3000, 6000), rate("member", "heating season", 4500, 9000),
            rate("cci", "summer", 2000, 4000), rate("cci", "heating season", 3000, 6000),
        ],
    }));
    let both: &[Audience] = &[Audience::Member, Audience::Cci];
    assert_quotes(
        &tariff,
        &[
            ("2026-07-01T08:00", "2026-07-01T11:00", &[], (&["1 package(180) × 6000"], [6000, 0, 6000], 0)),
            (
                "2026-07-01T08:00",
                "2026-07-01T11:15",
                &[],
                (&["1 package(600) × 12000"], [12_000, 0, 12_000], 0),
            ),
            (
                "2026-12-01T08:00",
                "2026-12-01T18:00",
                &[],
                (&["1 package(600) × 16000"], [16_000, 0, 16_000], 0),
            ),
            // The list ends at ten hours: beyond them it begins anew.
            (
                "2026-12-01T08:00",
                "2026-12-01T20:00",
                &[],
                (&["1 package(600) × 16000", "1 package(180) × 8000"], [24_000, 0, 24_000], 0),
            ),
            (
                "2026-12-01T08:00",
                "2026-12-01T10:00",
                &[Audience::Member],
                (&["1 package(180) × 4500"], [4500, 0, 4500], 3500),
            ),
            // The first class that fits, however they are given.
            (
                "2026-07-01T08:00",
                "2026-07-01T16:00",
                both,
                (&["1 package(600) × 4000"], [4000, 0, 4000], 8000),
            ),
        ],
    );
}

/// Residence flats: nights, with the reduced rate of accommodation and cleaning at the end.
#[test]
fn a_flat_by_nights() {
    let reduced = json!({"code": "reduced"});
    let cleaning = json!({"name": "Final cleaning", "basis": "reservation", "price": 3000, "required": true, "vat": reduced});
    let linen = json!({"name": "Bed linen", "basis": "person", "price": 500, "maximum": 4, "vat": reduced});
    let tariff = tariff(json!({
        "prices_include_vat": true,
        "rates": [
            {"audience": "public", "pricing": {"per_night": {"price": 6000}}, "vat": reduced},
            {"audience": "cci", "pricing": {"per_night": {"price": 4000}}, "vat": reduced},
        ],
        "extras": [cleaning, linen],
    }));
    let cci: &[Audience] = &[Audience::Cci];
    assert_quotes(
        &tariff,
        &[
            // 9000 · 9.5 / 109.5 = 780.8
            (
                "2026-06-05T14:00",
                "2026-06-06T10:00",
                &[],
                (&["1 night × 6000", "1 reservation × 3000"], [8219, 781, 9000], 0),
            ),
            // A week over the change of clocks: 31000 · 9.5 / 109.5 = 2689.5
            (
                "2026-03-25T14:00",
                "2026-04-01T10:00",
                cci,
                (&["7 night × 4000", "1 reservation × 3000"], [28_311, 2689, 31_000], 14_000),
            ),
        ],
    );
    let extras = [chosen("Bed linen", None)];
    let stay =
        Request { attendees: Some(3), extras: &extras, ..request("2026-06-05T14:00", "2026-06-06T10:00") };
    assert_eq!(
        lines(&quote(&tariff, &stay).unwrap()),
        ["1 night × 6000", "1 reservation × 3000", "3 person × 500"]
    );
}

/// A desk by the hour or the day, several desks at once.
#[test]
fn desks_by_the_day() {
    let tariff = of_rates(json!([
        {"audience": "public", "pricing": {"per_day": {"price": 1220}}},
        {"audience": "member", "pricing": {"per_day": {"price": 610}}},
        {"audience": "staff", "pricing": "free"},
    ]));
    for (from, to, audiences, wanted, gross, subsidy) in [
        ("2026-06-01T09:00", "2026-06-01T17:00", vec![], vec!["1 day × 3 units × 1220"], 3660, 0),
        ("2026-06-01T09:00", "2026-06-03T17:00", vec![], vec!["3 day × 3 units × 1220"], 10_980, 0),
        (
            "2026-06-01T09:00",
            "2026-06-03T17:00",
            vec![Audience::Member],
            vec!["3 day × 3 units × 610"],
            5490,
            5490,
        ),
        ("2026-06-01T09:00", "2026-06-01T17:00", vec![Audience::Staff], vec![], 0, 3660),
    ] {
        let desks = Request { units: 3, audiences: &audiences, ..request(from, to) };
        let quote = quote(&tariff, &desks).unwrap();
        assert_eq!(
            (lines(&quote), quote.total_gross, quote.subsidy),
            (wanted.iter().map(ToString::to_string).collect(), gross, Some(subsidy))
        );
    }
}
