//! What holds of any tariff: sums, monotony, splits at edges, in-kind value, on days when clocks change too.

use proptest::{collection::vec, option, prelude::*, sample::select};

use super::*;
use crate::domain::{hours::Day, instant::Instant};

/// Starts of half hours from three days before each change of clocks in 2026.
const FIRSTS: [i64; 2] = [1_774_569_600, 1_792_713_600];
const PERIODS: [u32; 4] = [15, 30, 60, 90];

fn any_interval() -> impl Strategy<Value = Interval> {
    (select(&FIRSTS), 0..300i64, 1..4000i64).prop_map(|(first, start, minutes)| {
        let start = Instant::from_unix(first).plus_minutes(30 * start);
        Interval::new(start, start.plus_minutes(minutes)).unwrap()
    })
}

fn any_pricing() -> impl Strategy<Value = Pricing> {
    let price = || 0..5000i64;
    let period = || (select(&PERIODS), price()).prop_map(|(minutes, price)| Period { minutes, price });
    let packages =
        (1..4u32, price(), price(), option::of(period())).prop_map(|(hours, first, more, further)| {
            let second = Package { minutes: hours * 120, price: first + more };
            Pricing::Packages {
                packages: vec![Package { minutes: hours * 60, price: first }, second],
                further,
            }
        });
    prop_oneof![
        Just(Pricing::Free),
        period().prop_map(|Period { minutes, price }| Pricing::PerStarted { minutes, price }),
        price().prop_map(|price| Pricing::PerDay { price }),
        price().prop_map(|price| Pricing::PerNight { price }),
        packages,
    ]
}

fn any_rate(audience: Audience, banded: bool) -> impl Strategy<Value = Rate> {
    let hours = (0..24u16, 1..24u16).prop_map(|(opens, length)| {
        let time = |hour: u16| format!("{hour:02}:00").parse().unwrap();
        vec![WeeklyRule { days: Day::ALL.to_vec(), opens: time(opens), closes: time((opens + length) % 24) }]
    });
    let limit = || option::of(0..20_000i64);
    (any_pricing(), hours, limit(), limit()).prop_map(move |(pricing, hours, daily_cap, minimum_charge)| {
        let limits = if pricing == Pricing::Free { (None, None) } else { (daily_cap, minimum_charge) };
        Rate {
            name: None,
            audience,
            season: None,
            band: if banded { hours } else { Vec::new() },
            pricing,
            daily_cap: limits.0,
            minimum_charge: limits.1,
            vat: Vat { code: VatCode::Standard, legal: None },
        }
    })
}

fn any_tariff() -> impl Strategy<Value = Tariff> {
    let rates = (
        any_rate(Audience::Public, false),
        any_rate(Audience::Public, true),
        option::of(any_rate(Audience::Cci, false)),
        option::of(any_rate(Audience::Cci, true)),
    );
    let codes = vec(select(VatCode::ALL), 3);
    (rates, any::<bool>(), codes).prop_map(|((public, band, cci, cci_band), included, codes)| {
        let extra = |(index, code): (usize, VatCode)| Extra {
            name: Line::new(&format!("extra {index}")).unwrap(),
            basis: [ExtraBasis::Piece, ExtraBasis::StartedHour, ExtraBasis::Reservation][index],
            price: 333 + index as i64,
            vat: Vat { code, legal: Line::new("by law").ok() },
            maximum: None,
            required: true,
        };
        Tariff {
            prices_include_vat: included,
            rates: [Some(public), Some(band), cci, cci_band].into_iter().flatten().collect(),
            extras: codes.into_iter().enumerate().map(extra).collect(),
            ..Tariff::default()
        }
    })
}

fn asked(interval: Interval, audiences: &[Audience]) -> Request<'_> {
    Request { interval, audiences, ..request("2026-06-01T09:00", "2026-06-01T10:00") }
}

fn total(tariff: &Tariff, interval: Interval) -> i64 {
    quote(tariff, &asked(interval, &[])).unwrap().total_gross
}

proptest! {
    #[test]
    fn totals_are_sums_and_lines_add_up(tariff in any_tariff(), interval in any_interval(), units in 1..5u32) {
        prop_assert_eq!(tariff.check(), []);
        let quote = quote(&tariff, &Request { units, ..asked(interval, &[Audience::Cci]) }).unwrap();
        let sum = |amount: fn(&QuoteLine) -> i64| quote.lines.iter().map(amount).sum::<i64>();
        prop_assert_eq!(sum(|line| line.net), quote.total_net);
        prop_assert_eq!(sum(|line| line.vat), quote.total_vat);
        prop_assert_eq!(sum(|line| line.gross), quote.total_gross);
        prop_assert!(quote.adds_up());
        let wrong = Quote { total_gross: quote.total_gross + 1, ..quote.clone() };
        prop_assert!(!wrong.adds_up());
        for line in &quote.lines {
            prop_assert_eq!(line.net + line.vat, line.gross);
            prop_assert!(line.net >= 0 && line.vat >= 0 && line.quantity > 0);
            let listed = if tariff.prices_include_vat { line.gross } else { line.net };
            prop_assert_eq!(line.unit_price * line.quantity * i64::from(line.units), listed);
        }
        // The VAT of each code is that of its sum.
        for code in VatCode::ALL {
            let of_code = || quote.lines.iter().filter(|line| line.vat_code == *code);
            let listed = of_code().map(|line| if tariff.prices_include_vat { line.gross } else { line.net }).sum();
            prop_assert_eq!(Some(of_code().map(|line| line.vat).sum()), code.tax(listed, tariff.prices_include_vat));
        }
    }

    #[test]
    fn longer_never_costs_less(tariff in any_tariff(), interval in any_interval(), more in 1..2000i64) {
        let longer = Interval::new(interval.start(), interval.end().plus_minutes(more)).unwrap();
        prop_assert!(total(&tariff, interval) <= total(&tariff, longer));
    }

    #[test]
    fn the_in_kind_value_fills_up_to_the_full_price(tariff in any_tariff(), interval in any_interval()) {
        let quote = quote(&tariff, &asked(interval, &[Audience::Cci])).unwrap();
        let (full, subsidy) = (quote.full_price.unwrap(), quote.subsidy.unwrap());
        prop_assert_eq!(full, total(&tariff, interval));
        prop_assert!(subsidy >= 0);
        prop_assert_eq!(subsidy, (full - quote.total_gross).max(0));
    }

    /// Where periods end with the first part, two reservations cost as one.
    #[test]
    fn a_split_where_a_period_ends_changes_nothing(
        first in select(&FIRSTS), prices in vec(0..5000i64, 3), parts in (1..60i64, 1..60i64), included in any::<bool>()
    ) {
        let mut tariff = of_rates(json!([
            {"audience": "public", "pricing": {"per_started": {"minutes": 60, "price": prices[0]}}},
            {"audience": "public", "pricing": {"per_started": {"minutes": 60, "price": prices[1]}},
                "band": [{"days": ["fri", "sat", "sun"], "opens": "17:00", "closes": "24:00"}]},
            {"audience": "public", "pricing": {"per_started": {"minutes": 30, "price": prices[2]}},
                "band": [{"days": ["sat", "sun"], "opens": "02:00", "closes": "04:00"}]},
        ]));
        tariff.prices_include_vat = included;
        let listed = |from: i64, hours: i64| {
            let start = Instant::from_unix(first).plus_minutes(from * 60);
            let interval = Interval::new(start, start.plus_minutes(hours * 60)).unwrap();
            let quote = quote(&tariff, &asked(interval, &[])).unwrap();
            if included { quote.total_gross } else { quote.total_net }
        };
        prop_assert_eq!(listed(0, parts.0) + listed(parts.0, parts.1), listed(0, parts.0 + parts.1));
    }

    /// By the hour, whatever the clocks show: elapsed time, rounded up.
    #[test]
    fn one_rate_counts_elapsed_time(interval in any_interval(), minutes in select(&PERIODS), price in 0..5000i64) {
        let tariff = of_rates(json!([{"audience": "public", "pricing": {"per_started": {"minutes": minutes, "price": price}}}]));
        let length = i64::from(minutes) * 60;
        prop_assert_eq!(total(&tariff, interval), (interval.seconds() + length - 1) / length * price);
    }

    /// Two midnights further and so on: each local date touched costs a day, however long it lasts.
    #[test]
    fn days_count_dates(interval in any_interval()) {
        let tariff = of_rates(json!([{"audience": "public", "pricing": {"per_day": {"price": 1}}}]));
        let nights = of_rates(json!([{"audience": "public", "pricing": {"per_night": {"price": 1}}}]));
        let dates = Zone::default().days(interval).count() as i64;
        prop_assert_eq!(total(&tariff, interval), dates);
        prop_assert_eq!(total(&nights, interval), (dates - 1).max(1));
    }
}
