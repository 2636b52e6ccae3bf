//! Dates, times, durations and amounts as a language writes them, in a venue's zone (DESIGN 3).
//!
//! Patterns and names stand in `formats.ftl`; here is only the arithmetic. A local time that occurs twice
//! that night carries its zone's abbreviation and offset, any other does not need them.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Offset, TimeZone, Timelike};
use chrono_tz::{OffsetName, Tz};

use super::{Arg, text};
use crate::domain::{instant::Instant, locale::Locale};

/// `torek, 3. november 2026`
pub fn date(locale: Locale, date: NaiveDate) -> String {
    let weekday = text(locale, &format!("weekday-{}", date.weekday().number_from_monday()), &[]);
    let month = text(locale, &format!("month-{}", date.month()), &[]);
    let args = [("weekday", weekday.into()), ("month", month.into()), day(date), year(date)];
    text(locale, "date-long", &args)
}

/// `3. 11. 2026`
pub fn date_short(locale: Locale, date: NaiveDate) -> String {
    let month = text(locale, &format!("month-short-{}", date.month()), &[]);
    text(locale, "date-short", &[("month", month.into()), day(date), year(date)])
}

/// `torek, 3. november 2026, 10.00`
pub fn moment(locale: Locale, at: Instant, zone: Tz) -> String {
    let local = at.utc().with_timezone(&zone);
    let time = clock(locale, local, is_twice(local));
    text(locale, "moment", &[("date", date(locale, local.date_naive()).into()), ("time", time.into())])
}

/// The same of an end: midnight is the end of the day before it, as nobody counts the day that it begins.
pub fn until(locale: Locale, at: Instant, zone: Tz) -> String {
    let local = at.utc().with_timezone(&zone);
    match local.date_naive().pred_opt() {
        Some(last) if local.time() == NaiveTime::MIN && !is_twice(local) => {
            let time = text(locale, "midnight-at-end", &[]);
            text(locale, "moment", &[("date", date(locale, last).into()), ("time", time.into())])
        }
        _ => moment(locale, at, zone),
    }
}

/// `torek, 3. november 2026, 10.00–12.00`
pub fn span(locale: Locale, start: Instant, end: Instant, zone: Tz) -> String {
    span_with(locale, start, end, zone, date)
}

/// `3. 11. 2026, 10.00–12.00`, for subjects and lists.
pub fn span_short(locale: Locale, start: Instant, end: Instant, zone: Tz) -> String {
    span_with(locale, start, end, zone, date_short)
}

/// The hours alone of what lies within a local day; what does not has its dates.
pub fn hours(locale: Locale, (start, end): (Instant, Instant), zone: Tz, day: NaiveDate) -> String {
    let (from, to) = (start.utc().with_timezone(&zone), end.utc().with_timezone(&zone));
    let midnight = to.time() == NaiveTime::MIN && to.date_naive().pred_opt() == Some(day);
    let within = from.date_naive() == day && (to.date_naive() == day || midnight);
    if !within || is_twice(from) || is_twice(to) {
        return span_short(locale, start, end, zone);
    }
    let to = if midnight { text(locale, "midnight-at-end", &[]) } else { clock(locale, to, false) };
    text(locale, "span-hours", &[("from", clock(locale, from, false).into()), ("to", to.into())])
}

fn span_with(
    locale: Locale,
    start: Instant,
    end: Instant,
    zone: Tz,
    write: fn(Locale, NaiveDate) -> String,
) -> String {
    let (from, to) = (start.utc().with_timezone(&zone), end.utc().with_timezone(&zone));
    let zoned = is_twice(from) || is_twice(to);
    let from_time = ("from", clock(locale, from, zoned).into());
    let from_date = write(locale, from.date_naive());
    let midnight = to.time() == NaiveTime::MIN && to.date_naive().pred_opt() == Some(from.date_naive());
    if midnight && !zoned {
        let to_time = text(locale, "midnight-at-end", &[]);
        return text(
            locale,
            "span-same-day",
            &[("date", from_date.into()), from_time, ("to", to_time.into())],
        );
    }
    let to_time = ("to", clock(locale, to, zoned).into());
    if from.date_naive() == to.date_naive() {
        return text(locale, "span-same-day", &[("date", from_date.into()), from_time, to_time]);
    }
    let to_date = write(locale, to.date_naive());
    let args = [("fromdate", from_date.into()), from_time, ("todate", to_date.into()), to_time];
    text(locale, "span-days", &args)
}

/// A length of time in the accusative: whole days from two on, else hours and minutes.
pub fn minutes(locale: Locale, minutes: i64) -> String {
    const DAY: i64 = 24 * 60;
    if minutes >= 2 * DAY && minutes % DAY == 0 {
        return days(locale, minutes / DAY);
    }
    let part = |key, count| text(locale, key, &[("count", Arg::Count(count))]);
    match (minutes / 60, minutes % 60) {
        (0, rest) => part("duration-minutes", rest),
        (hours, 0) => part("duration-hours", hours),
        (hours, rest) => {
            let hours = part("duration-hours", hours).into();
            let rest = part("duration-minutes", rest).into();
            text(locale, "duration-hours-and-minutes", &[("hours", hours), ("minutes", rest)])
        }
    }
}

pub fn days(locale: Locale, days: i64) -> String {
    text(locale, "duration-days", &[("count", Arg::Count(days))])
}

/// An amount in minor units: `1.234,50 €`, `€1,234.50`.
pub fn money(locale: Locale, minor: i64, currency: &str) -> String {
    let digits = minor_digits(currency);
    let unit = 10_u64.pow(digits);
    let (whole, rest) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
    let mut amount = grouped(whole, &text(locale, "group-mark", &[]));
    if digits > 0 {
        let width = digits as usize;
        amount.push_str(&format!("{}{rest:0width$}", text(locale, "decimal-mark", &[])));
    }
    let sign = if minor < 0 { "\u{2212}" } else { "" };
    let args = [("sign", sign.into()), ("amount", amount.into()), ("currency", currency.into())];
    text(locale, "money", &args)
}

/// A number with so many decimals: `1.234,5`, `1,234.5`. Halves go away from zero, as everybody learnt it: quarters of an
/// hour end in one often enough.
pub fn number(locale: Locale, value: f64, decimals: usize) -> String {
    let scale = 10_f64.powi(i32::try_from(decimals).unwrap_or(i32::MAX));
    let digits = format!("{:.decimals$}", (value.abs() * scale).round() / scale);
    let (whole, rest) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut out = grouped_digits(whole, &text(locale, "group-mark", &[]));
    if !rest.is_empty() {
        out.push_str(&text(locale, "decimal-mark", &[]));
        out.push_str(rest);
    }
    // What rounds to nothing has no sign.
    let negative = value < 0.0 && digits.bytes().any(|digit| matches!(digit, b'1'..=b'9'));
    if negative { format!("\u{2212}{out}") } else { out }
}

/// `12,3 %`, `12.3%`: of a rate from 0 to 1.
pub fn percent(locale: Locale, rate: f64) -> String {
    text(locale, "percent", &[("number", number(locale, rate * 100.0, 1).into())])
}

/// The name of a month, with its year: `marec 2026`.
pub fn month(locale: Locale, first: NaiveDate) -> String {
    format!("{} {}", text(locale, &format!("month-{}", first.month()), &[]), first.year())
}

/// Decimals of a currency (ISO 4217); the common two where it is not listed.
pub fn minor_digits(currency: &str) -> u32 {
    match currency {
        "JPY" | "KRW" | "ISK" | "CLP" | "VND" => 0,
        "KWD" | "BHD" | "OMR" | "JOD" | "TND" => 3,
        _ => 2,
    }
}

fn grouped(whole: u64, mark: &str) -> String {
    grouped_digits(&whole.to_string(), mark)
}

fn grouped_digits(digits: &str, mark: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push_str(mark);
        }
        out.push(digit);
    }
    out
}

/// The time of day; with `zoned` the abbreviation and offset beside it.
fn clock(locale: Locale, at: DateTime<Tz>, zoned: bool) -> String {
    let padded = text(locale, "hour-digits", &[]) == "2";
    let hour = if padded { format!("{:02}", at.hour()) } else { at.hour().to_string() };
    let minute = format!("{:02}", at.minute());
    let time = text(locale, "time", &[("hour", hour.into()), ("minute", minute.into())]);
    if !zoned {
        return time;
    }
    let offset = format!("UTC{}", at.offset().fix());
    let zone = match at.offset().abbreviation() {
        // Zones without a name of their own have an abbreviation like `+03`.
        Some(name) if name.starts_with(char::is_alphabetic) => format!("{name}, {offset}"),
        _ => offset,
    };
    text(locale, "time-zoned", &[("time", time.into()), ("zone", zone.into())])
}

/// Whether the clock shows this local time twice (in the fold of a change to winter time).
fn is_twice(at: DateTime<Tz>) -> bool {
    at.timezone()
        .from_local_datetime(&at.naive_local())
        .latest()
        .is_some_and(|last| at.timezone().from_local_datetime(&at.naive_local()).earliest() != Some(last))
}

fn day(date: NaiveDate) -> (&'static str, Arg) {
    ("day", date.day().to_string().into())
}

fn year(date: NaiveDate) -> (&'static str, Arg) {
    ("year", date.year().to_string().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LJUBLJANA: Tz = Tz::Europe__Ljubljana;

    fn at(text: &str) -> Instant {
        text.parse::<DateTime<chrono::Utc>>().unwrap().into()
    }

    #[test]
    fn spans_are_written_for_language_and_zone() {
        for (start, end, slovenian, english) in [
            (
                "2026-11-03T09:00:00Z",
                "2026-11-03T11:00:00Z",
                "torek, 3. november 2026, 10.00–12.00",
                "Tuesday, 3 November 2026, 10:00–12:00",
            ),
            (
                "2026-07-05T06:05:00Z",
                "2026-07-05T07:00:00Z",
                "nedelja, 5. julij 2026, 8.05–9.00",
                "Sunday, 5 July 2026, 08:05–09:00",
            ),
            (
                "2026-11-03T21:00:00Z",
                "2026-11-04T01:00:00Z",
                "torek, 3. november 2026, 22.00 – sreda, 4. november 2026, 2.00",
                "Tuesday, 3 November 2026, 22:00 – Wednesday, 4 November 2026, 02:00",
            ),
            (
                "2026-11-03T19:00:00Z",
                "2026-11-03T23:00:00Z",
                "torek, 3. november 2026, 20.00–24.00",
                "Tuesday, 3 November 2026, 20:00–24:00",
            ),
            (
                "2026-10-25T00:30:00Z",
                "2026-10-25T01:30:00Z",
                "nedelja, 25. oktober 2026, 2.30 (CEST, UTC+02:00)–2.30 (CET, UTC+01:00)",
                "Sunday, 25 October 2026, 02:30 (CEST, UTC+02:00)–02:30 (CET, UTC+01:00)",
            ),
            (
                "2026-03-29T00:00:00Z",
                "2026-03-29T02:00:00Z",
                "nedelja, 29. marec 2026, 1.00–4.00",
                "Sunday, 29 March 2026, 01:00–04:00",
            ),
        ] {
            assert_eq!(span(Locale::Sl, at(start), at(end), LJUBLJANA), slovenian);
            assert_eq!(span(Locale::En, at(start), at(end), LJUBLJANA), english);
        }
    }

    #[test]
    fn every_day_and_month_has_a_name() {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        for day in first.iter_days().take(365) {
            for locale in Locale::ALL {
                let (long, short) = (date(locale, day), date_short(locale, day));
                assert!(!long.contains(['{', '$']) && !long.contains("month-"), "{long}");
                assert!(long.ends_with("2026") && short.ends_with("2026"), "{long} {short}");
            }
        }
        assert_eq!(date_short(Locale::Sl, first), "1. 1. 2026");
        assert_eq!(date_short(Locale::En, first), "1 Jan 2026");
    }

    #[test]
    fn moments_and_short_spans() {
        let (start, end) = (at("2026-11-03T09:00:00Z"), at("2026-11-03T11:00:00Z"));
        assert_eq!(moment(Locale::Sl, start, LJUBLJANA), "torek, 3. november 2026, 10.00");
        assert_eq!(span_short(Locale::En, start, end, LJUBLJANA), "3 Nov 2026, 10:00–12:00");
        // Nobody counts the day that a midnight begins to what ends with it.
        let midnight = at("2027-12-31T23:00:00Z");
        assert_eq!(until(Locale::Sl, midnight, LJUBLJANA), "petek, 31. december 2027, 24.00");
        assert_eq!(until(Locale::Sl, start, LJUBLJANA), moment(Locale::Sl, start, LJUBLJANA));
        // A zone whose abbreviation is no name shows its offset alone.
        let twice = at("2015-10-31T18:30:00Z");
        assert_eq!(moment(Locale::En, twice, Tz::America__Sao_Paulo), "Saturday, 31 October 2015, 16:30");
        assert_eq!(
            moment(Locale::En, at("2018-02-18T02:30:00Z"), Tz::America__Sao_Paulo),
            "Saturday, 17 February 2018, 23:30 (UTC-03:00)"
        );
    }

    #[test]
    fn hours_of_a_day_stand_alone() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 3).unwrap();
        for (start, end, slovenian, english) in [
            ("2026-11-03T08:05:00Z", "2026-11-03T11:00:00Z", "9.05–12.00", "09:05–12:00"),
            ("2026-11-03T19:00:00Z", "2026-11-03T23:00:00Z", "20.00–24.00", "20:00–24:00"),
            (
                "2026-11-02T22:00:00Z",
                "2026-11-03T01:00:00Z",
                "2. 11. 2026, 23.00 – 3. 11. 2026, 2.00",
                "2 Nov 2026, 23:00 – 3 Nov 2026, 02:00",
            ),
        ] {
            assert_eq!(hours(Locale::Sl, (at(start), at(end)), LJUBLJANA, day), slovenian);
            assert_eq!(hours(Locale::En, (at(start), at(end)), LJUBLJANA, day), english);
        }
    }

    #[test]
    fn numbers_and_rates() {
        for (value, decimals, slovenian, english) in [
            (0.0, 1, "0,0", "0.0"),
            (-0.04, 1, "0,0", "0.0"),
            (-2.35, 1, "−2,4", "−2.4"),
            (1_234.56, 1, "1.234,6", "1,234.6"),
            (1_234_567.0, 0, "1.234.567", "1,234,567"),
        ] {
            assert_eq!(number(Locale::Sl, value, decimals), slovenian);
            assert_eq!(number(Locale::En, value, decimals), english);
        }
        assert_eq!(percent(Locale::Sl, 0.1234), "12,3\u{a0}%");
        assert_eq!(percent(Locale::En, 0.1234), "12.3%");
        assert_eq!(month(Locale::Sl, NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()), "marec 2026");
    }

    #[test]
    fn amounts() {
        for (minor, currency, slovenian, english) in [
            (0, "EUR", "0,00 €", "€0.00"),
            (5, "EUR", "0,05 €", "€0.05"),
            (123_450, "EUR", "1.234,50 €", "€1,234.50"),
            (-123_456_789, "EUR", "−1.234.567,89 €", "−€1,234,567.89"),
            (1200, "CHF", "12,00 CHF", "CHF 12.00"),
            (1200, "JPY", "1.200 JPY", "JPY 1,200"),
            (i64::MIN, "KWD", "−9.223.372.036.854.775,808 KWD", "−KWD 9,223,372,036,854,775.808"),
        ] {
            assert_eq!(money(Locale::Sl, minor, currency), slovenian);
            assert_eq!(money(Locale::En, minor, currency), english);
        }
    }
}
