//! Times as people send them: with an offset, or local and read in the venue's zone (DESIGN 3).
//!
//! Parsing knows the grammar only; `Zone::resolve` knows clocks and bounds.

use std::{fmt, str::FromStr};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Instant, Zone};

/// A point in time as sent: `2026-11-03T10:00:00+01:00` or, local, `2026-11-03T10:00`.
///
/// RFC 3339 5.6 (any offset; `t` and `z` may be lower case as its ABNF says; no space in place of `T`), and
/// the same without the offset. Seconds may be left out. A fraction of a second other than zero is refused,
/// and so is a leap second: instants are whole seconds and days have 86,400 of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeInput {
    At(Instant),
    Local(NaiveDateTime),
}

/// `from` or `to` of a list, or a reservation's start or end: a local date, or a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrTime {
    Date(NaiveDate),
    Time(TimeInput),
}

/// Why a text is no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTime {
    #[error("a time such as 2026-11-03T10:00:00+01:00 or, local, 2026-11-03T10:00 was expected")]
    Malformed,
    #[error("fractions of a second are not accepted")]
    Fraction,
    #[error("leap seconds are not accepted")]
    LeapSecond,
}

/// Why a well-formed time names no instant that can be accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LocalTimeError {
    #[error("clocks skip this local time")]
    Nonexistent,
    /// Offsets such as `+02:00`, the earlier reading first.
    #[error("clocks show this local time twice: give the offset, {first} or {second}")]
    Ambiguous { first: String, second: String },
    #[error("times lie between 2000-01-01 and 2100-01-01")]
    OutOfBounds,
}

impl InvalidTime {
    /// The stable code of DESIGN 5.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "time_malformed",
            Self::Fraction => "time_fraction",
            Self::LeapSecond => "time_leap_second",
        }
    }
}

impl LocalTimeError {
    /// The stable code of DESIGN 5.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Nonexistent => "local_time_nonexistent",
            Self::Ambiguous { .. } => "local_time_ambiguous",
            Self::OutOfBounds => "time_out_of_bounds",
        }
    }
}

impl DateOrTime {
    /// The first instant meant by `from`; a date is its local midnight. Dates are held to the bounds as dates: the
    /// first of them begins before the first instant where clocks are ahead of UTC.
    pub fn resolve_start(self, zone: Zone) -> Result<Instant, LocalTimeError> {
        match self {
            Self::Date(date) if is_sane(date) => Ok(zone.day(date).start()),
            Self::Date(_) => Err(LocalTimeError::OutOfBounds),
            Self::Time(time) => zone.resolve(time),
        }
    }

    /// The first instant beyond `to`. Ranges are half-open, so a date is the local midnight it begins
    /// with and lies outside itself.
    pub fn resolve_end(self, zone: Zone) -> Result<Instant, LocalTimeError> {
        self.resolve_start(zone)
    }
}

fn is_sane(date: NaiveDate) -> bool {
    let day = |at: Instant| at.utc().date_naive();
    (day(Instant::EARLIEST)..=day(Instant::LATEST)).contains(&date)
}

impl From<Instant> for DateOrTime {
    fn from(at: Instant) -> Self {
        Self::Time(TimeInput::At(at))
    }
}

impl FromStr for TimeInput {
    type Err = InvalidTime;

    fn from_str(text: &str) -> Result<Self, InvalidTime> {
        let (date, rest) = text.split_at_checked(10).ok_or(InvalidTime::Malformed)?;
        let rest = rest.strip_prefix(['T', 't']).ok_or(InvalidTime::Malformed)?;
        let (clock, offset) = rest.split_at(rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len()));
        let local = parse_date(date)?.and_time(parse_clock(clock)?);
        Ok(match parse_offset(offset)? {
            Some(seconds) => Self::At(Instant::from(local.and_utc()).plus(-seconds)),
            None => Self::Local(local),
        })
    }
}

impl FromStr for DateOrTime {
    type Err = InvalidTime;

    fn from_str(text: &str) -> Result<Self, InvalidTime> {
        if text.len() == 10 { parse_date(text).map(Self::Date) } else { text.parse().map(Self::Time) }
    }
}

/// `YYYY-MM-DD`, a day that exists.
fn parse_date(text: &str) -> Result<NaiveDate, InvalidTime> {
    let [year, month, day] = fields(text, '-', [4, 2, 2])?;
    i32::try_from(year)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .ok_or(InvalidTime::Malformed)
}

/// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.000`.
fn parse_clock(text: &str) -> Result<NaiveTime, InvalidTime> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let [hour, minute, second] = match whole.len() {
        5 => fields(whole, ':', [2, 2]).map(|[hour, minute]| [hour, minute, 0])?,
        _ => fields(whole, ':', [2, 2, 2])?,
    };
    if fraction.is_empty() || !all_digits(fraction) || whole.len() == 5 && whole != text {
        return Err(InvalidTime::Malformed);
    }
    if second == 60 && hour < 24 && minute < 60 {
        return Err(InvalidTime::LeapSecond);
    }
    let time = NaiveTime::from_hms_opt(hour, minute, second).ok_or(InvalidTime::Malformed)?;
    if fraction.bytes().any(|digit| digit != b'0') { Err(InvalidTime::Fraction) } else { Ok(time) }
}

/// Seconds east of UTC of `Z` or `±HH:MM`; `None` of nothing. `-00:00` is UTC (RFC 3339 4.3).
fn parse_offset(text: &str) -> Result<Option<i64>, InvalidTime> {
    let (sign, digits) = match text.split_at_checked(1) {
        None => return Ok(None),
        Some(("Z" | "z", "")) => return Ok(Some(0)),
        Some(("+", digits)) => (1, digits),
        Some(("-", digits)) => (-1, digits),
        Some(_) => return Err(InvalidTime::Malformed),
    };
    match fields(digits, ':', [2, 2])? {
        [hours @ 0..24, minutes @ 0..60] => Ok(Some(sign * i64::from(hours * 3600 + minutes * 60))),
        _ => Err(InvalidTime::Malformed),
    }
}

/// `N` numbers of exactly so many digits each, with `separator` between them.
fn fields<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Result<[u32; N], InvalidTime> {
    let mut parts = text.split(separator);
    let mut numbers = [0; N];
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next().filter(|part| part.len() == digits && all_digits(part));
        *number = part.and_then(|part| part.parse().ok()).ok_or(InvalidTime::Malformed)?;
    }
    if parts.next().is_none() { Ok(numbers) } else { Err(InvalidTime::Malformed) }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

impl fmt::Display for TimeInput {
    /// RFC 3339 in UTC, or local without an offset.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(at) => at.utc().format("%Y-%m-%dT%H:%M:%SZ").fmt(f),
            Self::Local(local) => local.format("%Y-%m-%dT%H:%M:%S").fmt(f),
        }
    }
}

impl fmt::Display for DateOrTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Time(time) => time.fmt(f),
        }
    }
}

macro_rules! serde_as_text {
    ($($type:ty),*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    )*};
}

serde_as_text!(TimeInput, DateOrTime);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_by_the_grammar_of_rfc_3339_or_without_an_offset() {
        for (text, wanted) in [
            ("2026-11-03T10:00:00+01:00", Ok("2026-11-03T09:00:00Z")),
            ("2026-11-03T10:00:00-11:30", Ok("2026-11-03T21:30:00Z")),
            ("2026-11-03t10:00:00z", Ok("2026-11-03T10:00:00Z")),
            ("2026-11-03T10:00:00-00:00", Ok("2026-11-03T10:00:00Z")),
            ("2026-11-03T10:00+01:00", Ok("2026-11-03T09:00:00Z")),
            ("2026-11-03T10:00:00.000Z", Ok("2026-11-03T10:00:00Z")),
            ("2026-11-03T10:00", Ok("2026-11-03T10:00:00")),
            ("2026-11-03T10:00:30", Ok("2026-11-03T10:00:30")),
            ("2026-11-03T10:00:00.0", Ok("2026-11-03T10:00:00")),
            ("2026-11-03T10:00:00.5Z", Err(InvalidTime::Fraction)),
            ("2026-11-03T10:00:00.000000000001", Err(InvalidTime::Fraction)),
            ("2016-12-31T23:59:60Z", Err(InvalidTime::LeapSecond)),
            ("2016-12-31T23:59:60.5Z", Err(InvalidTime::LeapSecond)),
        ] {
            assert_eq!(
                text.parse::<TimeInput>().map(|time| time.to_string()),
                wanted.map(str::to_owned),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "now",
            "2026-11-03",
            "2026-11-03T",
            "2026-11-03T10",
            "2026-11-03 10:00",
            "2026-11-03T10:00:00 01:00",
            "2026-11-03T10:00:00+0100",
            "2026-11-03T10:00:00+01",
            "2026-11-03T10:00:00+24:00",
            "2026-11-03T10:00:00+01:60",
            "2026-11-03T10:00:00+1:00",
            "2026-11-03T10:00:00Z+01:00",
            "2026-11-03T10:00:00ZZ",
            "2026-11-03T10:00:00.Z",
            "2026-11-03T10:00.0Z",
            "2026-11-03T10:00:00,0Z",
            "2026-11-03T10:00:61Z",
            "2026-11-03T24:00:00Z",
            "2026-11-03T10:60:00Z",
            "2026-02-29T10:00",
            "2026-13-01T10:00",
            "2026-11-3T10:00:0",
            "+026-11-03T10:00",
            "12026-11-03T10:00",
            "-2026-11-03T10:00",
            " 2026-11-03T10:00",
            "2026-11-03T10:00 ",
            "2026-11-03T10:00\u{0}",
            "2026-11-03T1\u{661}:00",
            "2026-11-0\u{10d}T10:00",
        ] {
            assert_eq!(text.parse::<TimeInput>(), Err(InvalidTime::Malformed), "{text:?}");
        }
    }

    #[test]
    fn ranges_take_dates_as_well() {
        for (text, wanted) in [
            ("2028-02-29", Ok("2028-02-29")),
            ("2026-11-03T10:00", Ok("2026-11-03T10:00:00")),
            ("2026-11-03T10:00:00Z", Ok("2026-11-03T10:00:00Z")),
            ("2026-02-29", Err(InvalidTime::Malformed)),
            ("2026-2-9", Err(InvalidTime::Malformed)),
            ("2026-W45-1", Err(InvalidTime::Malformed)),
        ] {
            let read = text.parse::<DateOrTime>().map(|input| input.to_string());
            assert_eq!(read, wanted.map(str::to_owned), "{text}");
        }
    }

    #[test]
    fn json_carries_them_as_text() {
        for text in ["\"2026-11-03T10:00:00Z\"", "\"2026-11-03T10:00:00\""] {
            let time: TimeInput = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&time).unwrap(), text);
        }
        assert!(serde_json::from_str::<TimeInput>("1793696400").is_err());
        let refusal = serde_json::from_str::<TimeInput>("\"2026-11-03T10:00:00.5Z\"").unwrap_err();
        assert!(refusal.to_string().starts_with("fractions of a second"), "{refusal}");
    }
}
