//! Minimum charges, extras, VAT over several lines, in-kind value, fees, overflow and the shape in JSON.

use super::*;

fn hourly() -> Value {
    json!({"per_started": {"minutes": 60, "price": 1000}})
}

#[test]
fn without_a_tariff_it_is_free_and_its_worth_unknown() {
    let quote = quote(&Tariff::default(), &request("2026-06-01T09:00", "2026-06-01T17:00")).unwrap();
    assert_eq!((quote.lines.len(), quote.total_gross, quote.audience), (0, 0, None));
    assert_eq!((quote.full_price, quote.subsidy), (None, None));
}

#[test]
fn a_minimum_is_for_the_time_of_the_whole_reservation() {
    let tariff = of_rates(json!([{"audience": "public", "pricing": hourly(), "minimum_charge": 2500}]));
    for (to, units, wanted, gross) in [
        ("10:00", 1, "1 minimum_charge × 2500", 2500),
        ("11:00", 1, "1 minimum_charge × 2500", 2500),
        ("12:00", 1, "3 period(60) × 1000", 3000),
        ("11:00", 2, "2 period(60) × 2 units × 1000", 4000),
    ] {
        let asked = Request { units, ..request("2026-06-01T09:00", &format!("2026-06-01T{to}")) };
        let quote = quote(&tariff, &asked).unwrap();
        assert_eq!((lines(&quote), quote.total_gross), (vec![wanted.to_owned()], gross), "{to} × {units}");
    }
}

#[test]
fn a_cap_is_for_each_date_rate_and_unit() {
    let tariff = of_rates(json!([
        {"audience": "public", "pricing": hourly(), "daily_cap": 3000},
        {"audience": "public", "pricing": hourly(), "daily_cap": 2000,
            "band": [{"days": ["mon", "tue"], "opens": "18:00", "closes": "24:00"}]},
    ]));
    for (from, to, wanted) in [
        // As much as the cap is not beyond it.
        ("2026-06-01T09:00", "2026-06-01T12:00", vec!["3 period(60) × 2 units × 1000"]),
        ("2026-06-01T09:00", "2026-06-01T12:01", vec!["1 day × 2 units × 3000"]),
        // Four hours of the day, three of the evening.
        ("2026-06-01T14:00", "2026-06-01T21:00", vec!["1 day × 2 units × 3000", "1 day × 2 units × 2000"]),
        ("2026-06-01T21:00", "2026-06-02T23:00", vec!["2 day × 2 units × 2000", "1 day × 2 units × 3000"]),
        // An hour begun before midnight is the first day's.
        (
            "2026-06-03T20:30",
            "2026-06-04T02:30",
            vec!["1 day × 2 units × 3000", "2 period(60) × 2 units × 1000"],
        ),
    ] {
        let quote = quote(&tariff, &Request { units: 2, ..request(from, to) }).unwrap();
        assert_eq!(lines(&quote), wanted, "{from} to {to}");
    }
}

fn with_extras() -> Tariff {
    let standard = json!({"code": "standard"});
    let extra = |name: &str, basis: &str, price: u32| json!({"name": name, "basis": basis, "price": price, "vat": standard});
    let mut extras = json!([
        extra("Projector", "piece", 1500),
        extra("Lunch", "person", 1095),
        extra("Cleaning", "reservation", 3000),
        extra("Duty staff", "started_hour", 1200),
        extra("Opening the house", "reservation", 700),
    ]);
    extras[0]["maximum"] = json!(2);
    extras[1]["vat"] = json!({"code": "reduced"});
    extras[4]["required"] = json!(true);
    let rates = json!([
        {"audience": "public", "pricing": hourly(), "vat": standard},
        {"audience": "member", "pricing": "free", "vat": standard},
    ]);
    tariff(json!({"prices_include_vat": true, "rates": rates, "extras": extras}))
}

#[test]
fn extras_are_counted_by_their_basis() {
    let always = "1 reservation × 700";
    for (extras, attendees, wanted) in [
        (vec![], None, Ok(vec![always])),
        (vec![("Projector", None)], None, Ok(vec!["1 piece × 1500", always])),
        (vec![("Projector", Some(2))], None, Ok(vec!["2 piece × 1500", always])),
        (vec![("Projector", Some(3))], None, Err("extra_quantity")),
        (vec![("Projector", Some(0))], None, Err("extra_quantity")),
        (vec![("Lunch", None)], Some(12), Ok(vec!["12 person × 1095", always])),
        (vec![("Lunch", Some(10))], Some(12), Ok(vec!["10 person × 1095", always])),
        (vec![("Lunch", None)], None, Err("attendees_needed")),
        (vec![("Lunch", None)], Some(0), Err("extra_quantity")),
        (vec![("Cleaning", Some(1))], None, Ok(vec!["1 reservation × 3000", always])),
        (vec![("Cleaning", Some(2))], None, Err("extra_quantity")),
        // Two and a half hours, three started.
        (vec![("Duty staff", None)], None, Ok(vec!["3 hour × 1200", always])),
        (vec![("Duty staff", Some(2))], None, Ok(vec!["3 hour × 2 units × 1200", always])),
        (vec![("Opening the house", None)], None, Ok(vec![always])),
        // In the tariff's order.
        (
            vec![("Cleaning", None), ("Projector", None)],
            None,
            Ok(vec!["1 piece × 1500", "1 reservation × 3000", always]),
        ),
        (vec![("Sauna", None)], None, Err("extra_unknown")),
        (vec![("Cleaning", None), ("Cleaning", None)], None, Err("extra_repeated")),
    ] {
        let chosen: Vec<_> = extras.iter().map(|(name, quantity)| chosen(name, *quantity)).collect();
        let asked = Request { extras: &chosen, attendees, ..request("2026-06-01T09:00", "2026-06-01T11:30") };
        let got = quote(&with_extras(), &asked).map(|quote| lines(&quote)[1..].to_vec());
        let wanted = wanted.map(|lines| lines.into_iter().map(str::to_owned).collect());
        assert_eq!(got.map_err(|error| error.code()), wanted, "{extras:?}");
    }
}

#[test]
fn the_in_kind_value_is_what_the_public_pays_more() {
    let extras = [chosen("Projector", None)];
    let asked = Request { extras: &extras, ..request("2026-06-01T09:00", "2026-06-01T12:00") };
    let full = quote(&with_extras(), &asked).unwrap();
    assert_eq!((full.total_gross, full.full_price, full.subsidy), (5200, Some(5200), Some(0)));
    let member = quote(&with_extras(), &Request { audiences: &[Audience::Member], ..asked }).unwrap();
    assert_eq!((member.total_gross, member.full_price, member.subsidy), (2200, Some(5200), Some(3000)));
    assert_eq!((full.audience, member.audience), (Some(Audience::Public), Some(Audience::Member)));
    // Whoever pays more than the public gets nothing in kind.
    let dear = of_rates(json!([
        {"audience": "public", "pricing": hourly()},
        {"audience": "cci", "pricing": {"per_day": {"price": 9000}}},
    ]));
    let cci = quote(&dear, &Request { audiences: &[Audience::Cci], extras: &[], ..asked }).unwrap();
    assert_eq!((cci.total_gross, cci.full_price, cci.subsidy), (9000, Some(3000), Some(0)));
}

#[test]
fn vat_is_rounded_once_per_code_however_many_lines() {
    let standard = json!({"code": "standard"});
    let cent = |name: &str| json!({"name": name, "basis": "piece", "price": 2, "vat": standard});
    let tariff = tariff(json!({"prices_include_vat": false, "extras": [cent("a"), cent("b"), cent("c")]}));
    let extras = ["a", "b", "c"].map(|name| chosen(name, None));
    let asked = Request { extras: &extras, ..request("2026-06-01T09:00", "2026-06-01T10:00") };
    let quote = quote(&tariff, &asked).unwrap();
    // Alone each would bear 0.44, none in all; together 6 bear 1.32.
    assert_eq!(
        quote.lines.iter().map(|line| (line.net, line.vat, line.gross)).collect::<Vec<_>>(),
        [(2, 0, 2), (2, 1, 3), (2, 0, 2)]
    );
    assert_eq!((quote.total_net, quote.total_vat, quote.total_gross), (6, 1, 7));
}

#[test]
fn fees_for_not_coming() {
    let fee = |late: Value, no_show: Value, price: u32| {
        let tariff = tariff(json!({
            "prices_include_vat": true,
            "rates": [{"audience": "public", "pricing": {"per_day": {"price": price}}, "vat": {"code": "standard"}}],
            "cancellation": {"late": late, "no_show": no_show},
        }));
        let quote = quote(&tariff, &request("2026-06-01T09:00", "2026-06-01T10:00")).unwrap();
        [(false, false), (true, false), (false, true), (true, true)]
            .map(|(late, no_show)| cancellation_fee(&quote, late, no_show).minor)
    };
    for (late, no_show, price, wanted) in [
        (json!("none"), json!("none"), 1001, [0, 0, 0, 0]),
        (json!("none"), json!("full"), 1001, [0, 0, 1001, 1001]),
        // 500.5 goes up.
        (json!({"percent": 50}), json!({"percent": 100}), 1001, [0, 501, 1001, 1001]),
        (json!({"fixed": 300}), json!({"fixed": 2000}), 1001, [0, 300, 2000, 2000]),
        (json!("full"), json!({"fixed": 2000}), 0, [0, 0, 2000, 2000]),
    ] {
        assert_eq!(fee(late.clone(), no_show.clone(), price), wanted, "{late} {no_show} {price}");
    }
    let nothing = quote(&Tariff::default(), &request("2026-06-01T09:00", "2026-06-01T10:00")).unwrap();
    assert_eq!(cancellation_fee(&nothing, true, true), Money { minor: 0, currency: Currency::EURO });
}

#[test]
fn what_does_not_fit_is_refused_and_not_wrapped() {
    // Beyond what `check` allows, so that only arithmetic stands between.
    let unchecked = |price: i64, included: bool| Tariff {
        prices_include_vat: included,
        rates: vec![Rate {
            name: None,
            audience: Audience::Public,
            season: None,
            band: Vec::new(),
            pricing: Pricing::PerStarted { minutes: 60, price },
            daily_cap: None,
            minimum_charge: None,
            vat: Vat { code: VatCode::Standard, legal: None },
        }],
        ..Tariff::default()
    };
    for (price, included, units, to, fits) in [
        (i64::MAX, true, 1, "10:00", true),
        // Its VAT does not fit on top.
        (i64::MAX, false, 1, "10:00", false),
        (i64::MAX, true, 2, "10:00", false),
        (i64::MAX / 2, true, 1, "12:00", false),
    ] {
        let asked = Request { units, ..request("2026-06-01T09:00", &format!("2026-06-01T{to}")) };
        let got = quote(&unchecked(price, included), &asked);
        assert_eq!(
            got.map(drop),
            if fits { Ok(()) } else { Err(QuoteError::TooLarge) },
            "{price} {units} {to}"
        );
    }
    let extras = Tariff { rates: Vec::new(), ..unchecked(0, true) };
    let uncovered = Tariff {
        rates: vec![Rate { audience: Audience::Cci, ..unchecked(0, true).rates.remove(0) }],
        ..extras
    };
    let asked = request("2026-06-01T09:00", "2026-06-01T10:00");
    assert_eq!(quote(&uncovered, &asked), Err(QuoteError::NoRate { at: asked.interval.start() }));
    // The dearest that can be stored: a million euros a minute for a month and 10,000 units.
    let dearest = Pricing::PerStarted { minutes: 1, price: 100_000_000 };
    let dearest = Tariff {
        rates: vec![Rate { pricing: dearest, ..unchecked(0, false).rates.remove(0) }],
        ..unchecked(0, false)
    };
    assert_eq!(dearest.check(), []);
    let month = Request { units: 10_000, ..request("2026-05-01T00:00", "2026-06-01T00:00") };
    assert_eq!(quote(&dearest, &month).unwrap().total_net, 100_000_000 * 10_000 * 31 * 24 * 60);
}

#[test]
fn tariffs_and_quotes_keep_their_shape_in_json() {
    let value = json!({
        "currency": "EUR",
        "prices_include_vat": true,
        "seasons": [{"name": "heating season", "from": "10-15", "to": "04-15"}],
        "rates": [
            {"name": "Hall", "audience": "public", "daily_cap": 15_000, "minimum_charge": 3000, "vat": {"code": "standard"},
                "pricing": {"per_started": {"minutes": 60, "price": 1500}}},
            {"audience": "public", "season": "heating season", "vat": {"code": "standard"},
                "band": [{"days": ["sat"], "opens": "18:00", "closes": "02:00"}],
                "pricing": {"packages": {"packages": [{"minutes": 180, "price": 9000}], "further": {"minutes": 60, "price": 2500}}}},
            {"audience": "cci", "pricing": "free", "vat": {"code": "exempt", "legal": "44. člen ZDDV-1"}},
        ],
        "extras": [{"name": "Projector", "basis": "piece", "price": 1000, "vat": {"code": "standard"}, "maximum": 2, "required": false}],
        "cancellation": {"late": {"percent": 50}, "no_show": "full"},
    });
    let tariff = tariff(value.clone());
    assert_eq!(serde_json::to_value(&tariff).unwrap(), value);
    let made = quote(&tariff, &request("2026-06-01T09:00", "2026-06-01T11:00")).unwrap();
    let frozen = json!({
        "currency": "EUR", "prices_include_vat": true, "audience": "public",
        "lines": [{"name": "Hall", "unit": "period", "minutes": 60, "quantity": 2, "units": 1, "unit_price": 1500, "net": 2459,
            "vat_code": "standard", "vat_basis_points": 2200, "vat": 541, "gross": 3000, "legal": null, "equipment_id": null}],
        "total_net": 2459, "total_vat": 541, "total_gross": 3000, "full_price": 3000, "subsidy": 0,
        "cancellation": {"late": {"percent": 50}, "no_show": "full"}, "extras": [],
    });
    assert_eq!(serde_json::to_value(&made).unwrap(), frozen);
    assert_eq!(from_value::<Quote>(frozen).unwrap(), made);
}

#[test]
fn what_has_no_meaning_is_not_read() {
    let rate = |field: &str, value: Value| {
        let mut rate = json!({"audience": "public", "pricing": "free", "vat": {"code": "standard"}});
        rate[field] = value;
        json!({"prices_include_vat": true, "rates": [rate]})
    };
    for value in [
        json!({}),
        json!({"prices_include_vat": true, "price": 5}),
        json!({"prices_include_vat": true, "currency": "euro"}),
        json!({"prices_include_vat": true, "seasons": [{"name": "x", "from": "2026-01-01", "to": "02-01"}]}),
        json!({"prices_include_vat": true, "cancellation": {"late": {"percent": 12.5}}}),
        json!({"prices_include_vat": true, "cancellation": {"late": "half"}}),
        rate("audience", json!("everyone")),
        rate("vat", json!({"code": "22"})),
        rate("pricing", json!("gratis")),
        rate("pricing", json!({"per_day": {"price": 10.5}})),
        rate("pricing", json!({"per_day": {"price": "10"}})),
        rate("pricing", json!({"per_day": {"price": 10, "minutes": 5}})),
        rate("pricing", json!({"per_started": {"minutes": -60, "price": 10}})),
        rate("pricing", json!({"per_day": {"price": 10}, "per_night": {"price": 10}})),
    ] {
        assert!(from_value::<Tariff>(value.clone()).is_err(), "{value}");
    }
}

#[test]
fn equipment_is_on_the_same_quote() {
    let standard = json!({"code": "standard"});
    let hourly = |price: i64| -> Tariff {
        serde_json::from_value(json!({"prices_include_vat": true, "rates": [
            {"audience": "public", "pricing": {"per_started": {"minutes": 60, "price": price}}, "vat": standard}],
            "cancellation": {"late": {"percent": 50}}}))
        .unwrap()
    };
    let (room, pool) = (hourly(1501), hourly(333));
    let request = request("2026-06-01T09:00", "2026-06-01T11:00");
    let space = crate::domain::ids::Id::from_uuid(uuid::Uuid::nil());
    let first = Part { tariff: &room, request, equipment: None };
    let part = |tariff| Part { tariff, request: Request { units: 3, ..request }, equipment: Some(space) };
    let both = quote_together(&first, &[part(&pool)]).unwrap();
    let gross: Vec<_> = both.lines.iter().map(|line| (line.gross, line.units, line.equipment_id)).collect();
    assert_eq!(gross, [(3002, 1, None), (1998, 3, Some(space))]);
    // VAT is rounded once over both: 22/122 of 5000.
    assert_eq!((both.total_gross, both.total_vat, both.full_price), (5000, 902, Some(5000)));
    assert!(both.adds_up());
    assert_eq!(cancellation_fee(&both, true, false).minor, 2500);
    let net = Tariff { prices_include_vat: false, ..pool.clone() };
    assert_eq!(quote_together(&first, &[part(&net)]), Err(QuoteError::Mixed { pool: space }));
}
