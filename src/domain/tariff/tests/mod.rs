//! Tests of tariffs: what they share. Quotes are computed by hand; amounts are cents.

mod faults;
mod price_lists;
mod properties;
mod rules;
mod time;

use serde_json::{Value, from_value, json};

use super::*;
use crate::domain::{instant::Interval, text::Line, zone::Zone};

/// A tariff that may be stored.
fn tariff(value: Value) -> Tariff {
    let tariff: Tariff = from_value(value).unwrap();
    assert_eq!(tariff.check(), []);
    tariff
}

/// Gross prices with 22 % inside, whose rates lack their `vat`.
fn of_rates(rates: Value) -> Tariff {
    let mut rates = rates;
    for rate in rates.as_array_mut().unwrap() {
        rate["vat"] = json!({"code": "standard"});
    }
    tariff(json!({"prices_include_vat": true, "rates": rates}))
}

/// Local times at Ljubljana, or with an offset.
fn span(from: &str, to: &str) -> Interval {
    let at = |text: &str| Zone::default().resolve(text.parse().unwrap()).unwrap();
    Interval::new(at(from), at(to)).unwrap()
}

fn request(from: &str, to: &str) -> Request<'static> {
    Request {
        interval: span(from, to),
        zone: Zone::default(),
        audiences: &[],
        units: 1,
        attendees: None,
        extras: &[],
    }
}

fn chosen(name: &str, quantity: Option<u32>) -> ChosenExtra {
    ChosenExtra { name: Line::new(name).unwrap(), quantity }
}

/// `3 period(60) × 1500`, with `2 units` between where they are several.
fn lines(quote: &Quote) -> Vec<String> {
    let line = |line: &QuoteLine| {
        let minutes = line.minutes.map(|minutes| format!("({minutes})")).unwrap_or_default();
        let units = if line.units == 1 { String::new() } else { format!(" × {} units", line.units) };
        format!("{} {}{minutes}{units} × {}", line.quantity, line.unit, line.unit_price)
    };
    quote.lines.iter().map(line).collect()
}

/// The lines and the gross total of what the public pays.
fn public(tariff: &Tariff, from: &str, to: &str) -> (Vec<String>, i64) {
    let quote = quote(tariff, &request(from, to)).unwrap();
    (lines(&quote), quote.total_gross)
}
