//! Dates, times and durations of calendar files (RFC 5545, 3.3.4 to 3.3.6), and the zones that programs name.

use chrono::{NaiveDate, NaiveDateTime};

use super::lines::Property;
use crate::domain::{instant::Instant, zone::Zone};

/// What Windows calls the zones of Europe (Unicode CLDR, windowsZones): Outlook names no others there.
const WINDOWS: [(&str, &str); 11] = [
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Romance Standard Time", "Europe/Paris"),
    ("GMT Standard Time", "Europe/London"),
    ("Greenwich Standard Time", "Atlantic/Reykjavik"),
    ("E. Europe Standard Time", "Europe/Chisinau"),
    ("FLE Standard Time", "Europe/Kiev"),
    ("GTB Standard Time", "Europe/Bucharest"),
    ("Turkey Standard Time", "Europe/Istanbul"),
    ("Russian Standard Time", "Europe/Moscow"),
];

/// A point in time as a calendar file says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Date(NaiveDate),
    Utc(Instant),
    Zoned(NaiveDateTime, Zone),
    /// Meant wherever it is read: here in the venue's zone.
    Floating(NaiveDateTime),
}

impl When {
    /// # Errors
    /// `calendar_time_malformed`, `calendar_zone_unknown`.
    pub(super) fn read(property: &Property) -> Result<Self, &'static str> {
        Self::of(property.value.trim(), property.parameter("TZID"))
    }

    /// All of a list, as EXDATE has it.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(super) fn read_all(property: &Property) -> Result<Vec<Self>, &'static str> {
        let zone = property.parameter("TZID");
        property.value.split(',').map(|value| Self::of(value.trim(), zone)).collect()
    }

    fn of(value: &str, zone: Option<&str>) -> Result<Self, &'static str> {
        const MALFORMED: &str = "calendar_time_malformed";
        // chrono takes signs and blanks where the RFC has digits alone.
        let plain = value.strip_suffix('Z').unwrap_or(value);
        if !plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'T') {
            return Err(MALFORMED);
        }
        if plain.len() == 8 && plain.len() == value.len() {
            return NaiveDate::parse_from_str(value, "%Y%m%d").map(Self::Date).map_err(|_| MALFORMED);
        }
        let local = NaiveDateTime::parse_from_str(plain, "%Y%m%dT%H%M%S").map_err(|_| MALFORMED)?;
        match zone {
            _ if plain.len() < value.len() => Ok(Self::Utc(local.and_utc().into())),
            Some(name) => zone_of(name).map(|zone| Self::Zoned(local, zone)),
            None => Ok(Self::Floating(local)),
        }
    }

    pub const fn is_date(self) -> bool {
        matches!(self, Self::Date(_))
    }

    /// The instant; a date is its first at the venue. In a gap the offset before it holds, in a fold the first reading
    /// (RFC 5545, 3.3.5).
    pub fn at(self, venue: Zone) -> Instant {
        match self {
            Self::Date(date) => venue.day(date).start(),
            Self::Utc(at) => at,
            Self::Zoned(local, zone) => zone.rule(local),
            Self::Floating(local) => venue.rule(local),
        }
    }

    /// What a clock on the wall shows then, and whose.
    pub(super) fn civil(self, venue: Zone) -> (NaiveDateTime, Zone) {
        match self {
            Self::Date(date) => (date.into(), venue),
            Self::Utc(at) => (at.utc().naive_utc(), Zone::UTC),
            Self::Zoned(local, zone) => (local, zone),
            Self::Floating(local) => (local, venue),
        }
    }
}

/// A zone by its name in the IANA database, be it behind a prefix as some programs write it, or by the name that
/// Windows has for it.
fn zone_of(name: &str) -> Result<Zone, &'static str> {
    let name = name.trim();
    let behind = name.match_indices('/').map(|(place, _)| &name[place + 1..]);
    let windows = WINDOWS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, zone)| *zone);
    let mut names = std::iter::once(name).chain(behind).chain(windows);
    names.find_map(|name| Zone::parse(name).ok()).ok_or("calendar_zone_unknown")
}

/// The seconds of a DURATION (RFC 5545, 3.3.6), which are not negative; a day has 86,400 of them.
///
/// # Errors
/// `calendar_time_malformed`.
pub(super) fn duration(text: &str) -> Result<i64, &'static str> {
    const MALFORMED: &str = "calendar_time_malformed";
    let text = text.trim();
    let rest = text.strip_prefix('+').unwrap_or(text).strip_prefix('P').ok_or(MALFORMED)?;
    let (mut seconds, mut number, mut in_time) = (0_i64, String::new(), false);
    for c in rest.chars() {
        let unit = match c {
            '0'..='9' if number.len() < 9 => {
                number.push(c);
                continue;
            }
            'T' if number.is_empty() && !in_time => {
                in_time = true;
                continue;
            }
            'W' if !in_time => 7 * 86_400,
            'D' if !in_time => 86_400,
            'H' if in_time => 3600,
            'M' if in_time => 60,
            'S' if in_time => 1,
            _ => return Err(MALFORMED),
        };
        let count: i64 = number.parse().map_err(|_| MALFORMED)?;
        number.clear();
        seconds = count.checked_mul(unit).and_then(|some| seconds.checked_add(some)).ok_or(MALFORMED)?;
    }
    if number.is_empty() && rest.ends_with(|c: char| c.is_ascii_uppercase() && c != 'T') {
        Ok(seconds)
    } else {
        Err(MALFORMED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_whatever_zone_a_program_names() {
        let ljubljana = Zone::default();
        for (value, zone, wanted) in [
            ("20261103T100000Z", None, Some("2026-11-03T10:00:00Z")),
            ("20261103T100000Z", Some("Europe/London"), Some("2026-11-03T10:00:00Z")),
            ("20261103T100000", None, Some("2026-11-03T09:00:00Z")),
            ("20261103", None, Some("2026-11-02T23:00:00Z")),
            ("20261103T100000", Some("Europe/London"), Some("2026-11-03T10:00:00Z")),
            ("20261103T100000", Some("Central Europe Standard Time"), Some("2026-11-03T09:00:00Z")),
            (
                "20261103T100000",
                Some("/mozilla.org/20050126_1/Europe/Ljubljana"),
                Some("2026-11-03T09:00:00Z"),
            ),
            // Clocks skip it, and show it twice.
            ("20260329T023000", None, Some("2026-03-29T01:30:00Z")),
            ("20261025T023000", None, Some("2026-10-25T00:30:00Z")),
            ("20261103T100000", Some("Middle Earth"), None),
            ("2026-11-03", None, None),
            ("20261303", None, None),
            ("20261103T1000", None, None),
            ("20261103T250000", None, None),
            ("+0261103", None, None),
            ("20261103Z", None, None),
            ("", None, None),
        ] {
            let read = When::of(value, zone)
                .map(|when| when.at(ljubljana).utc().format("%Y-%m-%dT%H:%M:%SZ").to_string());
            assert_eq!(read.ok().as_deref(), wanted, "{value} {zone:?}");
        }
    }

    #[test]
    fn durations_are_weeks_days_hours_minutes_and_seconds() {
        for (text, wanted) in [
            ("PT1H", Some(3600)),
            ("P1DT2H30M", Some(86_400 + 9000)),
            ("+P2W", Some(14 * 86_400)),
            ("PT15M10S", Some(910)),
            ("P0D", Some(0)),
            ("-PT1H", None),
            ("PT", None),
            ("P", None),
            ("1H", None),
            ("P1H", None),
            ("PT1D", None),
            ("PT5", None),
            ("PT9999999999H", None),
        ] {
            assert_eq!(duration(text).ok(), wanted, "{text}");
        }
    }
}
