//! What `check` refuses, each fault in its place.

use super::*;

fn faults(value: Value) -> Vec<String> {
    let tariff: Tariff = from_value(value).unwrap();
    tariff.check().into_iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
}

/// One rate for everybody, changed in one field.
fn rate(field: &str, value: Value) -> Value {
    let mut rate =
        json!({"audience": "public", "pricing": {"per_day": {"price": 1000}}, "vat": {"code": "standard"}});
    rate[field] = value;
    rate
}

fn of(rates: Value) -> Value {
    json!({"prices_include_vat": true, "rates": rates})
}

#[test]
fn each_fault_of_a_rate_is_found_in_its_place() {
    let packages = |packages: Value| json!({"packages": {"packages": packages}});
    let package = |minutes: u32, price: i64| json!({"minutes": minutes, "price": price});
    for (field, value, wanted) in [
        ("name", json!("Hall"), &[][..]),
        ("pricing", json!("free"), &[]),
        ("pricing", json!({"per_day": {"price": 0}}), &[]),
        ("pricing", json!({"per_day": {"price": -1}}), &["/rates/0/pricing/per_day/price negative"]),
        (
            "pricing",
            json!({"per_night": {"price": 100_000_001}}),
            &["/rates/0/pricing/per_night/price too_large"],
        ),
        (
            "pricing",
            json!({"per_started": {"minutes": 0, "price": -5}}),
            &["/rates/0/pricing/per_started/minutes zero", "/rates/0/pricing/per_started/price negative"],
        ),
        (
            "pricing",
            json!({"per_started": {"minutes": 44_641, "price": 5}}),
            &["/rates/0/pricing/per_started/minutes too_large"],
        ),
        ("pricing", packages(json!([])), &["/rates/0/pricing/packages/packages packages_empty"]),
        ("pricing", packages(json!([package(60, 100), package(120, 100)])), &[]),
        (
            "pricing",
            packages(json!([package(60, 100), package(60, 200), package(120, 199)])),
            &[
                "/rates/0/pricing/packages/packages/1 packages_not_ascending",
                "/rates/0/pricing/packages/packages/2 packages_not_ascending",
            ],
        ),
        (
            "pricing",
            json!({"packages": {"packages": [package(0, 1)], "further": package(60, -1)}}),
            &[
                "/rates/0/pricing/packages/packages/0/minutes zero",
                "/rates/0/pricing/packages/further/price negative",
            ],
        ),
        ("daily_cap", json!(-1), &["/rates/0/daily_cap negative"]),
        ("minimum_charge", json!(200_000_000), &["/rates/0/minimum_charge too_large"]),
        ("season", json!("summer"), &["/rates/0/season season_unknown"]),
        (
            "band",
            json!([{"days": [], "opens": "08:00", "closes": "10:00"}]),
            &["/rates/0/band/0/days days_empty"],
        ),
        ("vat", json!({"code": "exempt"}), &["/rates/0/vat/legal legal_missing"]),
        ("vat", json!({"code": "not_liable"}), &["/rates/0/vat/legal legal_missing"]),
        ("vat", json!({"code": "not_liable", "legal": "94. člen ZDDV-1"}), &[]),
        // Not the audience's fault alone: the public has no price.
        ("audience", json!("cci"), &["/rates public_uncovered"]),
    ] {
        assert_eq!(faults(of(json!([rate(field, value.clone())]))), wanted, "{field} {value}");
    }
    let free = json!({"audience": "public", "pricing": "free", "vat": {"code": "standard"}, "daily_cap": 5, "minimum_charge": 5});
    assert_eq!(
        faults(of(json!([free]))),
        ["/rates/0/daily_cap free_with_limit", "/rates/0/minimum_charge free_with_limit"]
    );
}

#[test]
fn each_fault_beside_the_rates_is_found_in_its_place() {
    let extra = |name: &str| json!({"name": name, "basis": "piece", "price": 1, "vat": {"code": "standard"}});
    let season = |name: &str, from: &str, to: &str| json!({"name": name, "from": from, "to": to});
    let mut odd = extra("b");
    odd["price"] = json!(-1);
    odd["maximum"] = json!(0);
    odd["vat"] = json!({"code": "exempt"});
    let mut twice = extra("c");
    twice["basis"] = json!("reservation");
    twice["maximum"] = json!(2);
    for (field, value, wanted) in [
        ("extras", json!([extra("a"), extra("a")]), &["/extras/1/name repeated"][..]),
        (
            "extras",
            json!([odd, twice]),
            &[
                "/extras/0/price negative",
                "/extras/0/vat/legal legal_missing",
                "/extras/0/maximum zero",
                "/extras/1/maximum too_large",
            ],
        ),
        ("extras", json!(vec![extra("a"); 101]), &["/extras list_too_long"]),
        ("seasons", json!([season("a", "10-01", "03-31"), season("b", "04-01", "09-30")]), &[]),
        (
            "seasons",
            json!([season("a", "10-01", "03-31"), season("a", "03-31", "09-30")]),
            &["/seasons/1/name repeated", "/seasons/1/from seasons_overlap"],
        ),
        ("cancellation", json!({"late": {"percent": 0}}), &["/cancellation/late/percent out_of_range"]),
        (
            "cancellation",
            json!({"no_show": {"percent": 101}}),
            &["/cancellation/no_show/percent out_of_range"],
        ),
        ("cancellation", json!({"no_show": {"fixed": -1}}), &["/cancellation/no_show/fixed negative"]),
    ] {
        let mut tariff = json!({"prices_include_vat": true});
        tariff[field] = value.clone();
        assert_eq!(faults(tariff), wanted, "{field} {value}");
    }
}

#[test]
fn bands_of_one_audience_and_season_share_no_minute() {
    let band = |days: Value, opens: &str, closes: &str| {
        rate("band", json!([{"days": days, "opens": opens, "closes": closes}]))
    };
    let of_cci = |mut rate: Value| {
        rate["audience"] = json!("cci");
        rate
    };
    let base = || rate("name", json!("otherwise"));
    for (rates, wanted) in [
        (
            json!([base(), band(json!(["mon"]), "08:00", "12:00"), band(json!(["mon"]), "12:00", "18:00")]),
            &[][..],
        ),
        (
            json!([
                base(),
                band(json!(["mon", "tue"]), "08:00", "12:00"),
                band(json!(["tue"]), "11:59", "18:00")
            ]),
            &["/rates/2/band bands_overlap"],
        ),
        // Sunday night goes into Monday.
        (
            json!([base(), band(json!(["sun"]), "22:00", "06:00"), band(json!(["mon"]), "05:00", "08:00")]),
            &["/rates/2/band bands_overlap"],
        ),
        (
            json!([
                base(),
                band(json!(["mon"]), "08:00", "12:00"),
                of_cci(band(json!(["mon"]), "08:00", "12:00"))
            ]),
            &[],
        ),
        (json!([base(), base()]), &["/rates/1 rate_repeated"]),
        (json!([base(), of_cci(base())]), &[]),
    ] {
        assert_eq!(faults(of(rates.clone())), wanted, "{rates}");
    }
}

#[test]
fn the_public_has_a_price_at_every_minute_of_every_season() {
    let band =
        |days: Value, opens: &str| rate("band", json!([{"days": days, "opens": opens, "closes": "24:00"}]));
    let weekdays = json!(["mon", "tue", "wed", "thu", "fri"]);
    let weekend = json!(["sat", "sun"]);
    let season = |name: &str| rate("season", json!(name));
    let half = |name: &str, from: &str, to: &str| json!({"name": name, "from": from, "to": to});
    let year = json!([half("warm", "04-01", "09-30"), half("cold", "10-01", "03-31")]);
    // The 29th of February is in neither.
    let leap = json!([half("warm", "03-01", "09-30"), half("cold", "10-01", "02-28")]);
    let uncovered = &["/rates public_uncovered"][..];
    for (seasons, rates, wanted) in [
        (json!([]), json!([band(weekdays.clone(), "00:00"), band(weekend.clone(), "00:00")]), &[][..]),
        (json!([]), json!([band(weekdays.clone(), "00:00"), band(weekend.clone(), "00:01")]), uncovered),
        (json!([]), json!([band(weekdays, "00:00")]), uncovered),
        (year.clone(), json!([season("warm"), season("cold")]), &[]),
        (year.clone(), json!([season("warm")]), uncovered),
        (year, json!([season("warm"), rate("name", json!("otherwise"))]), &[]),
        (leap, json!([season("warm"), season("cold")]), uncovered),
    ] {
        let tariff = json!({"prices_include_vat": true, "seasons": seasons, "rates": rates});
        assert_eq!(faults(tariff.clone()), wanted, "{tariff}");
    }
}

#[test]
fn every_fault_says_why() {
    for fault in TariffFault::ALL {
        assert!(fault.about().ends_with('.'), "{fault}");
    }
}
