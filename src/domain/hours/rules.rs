//! The parts of opening hours as they are written, sent and stored (DESIGN 5).
//!
//! Parsing refuses what has no meaning (25:00, "someday", unknown members); `check` finds what has a
//! meaning nobody wants.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, SeqAccess, Visitor},
};

use crate::domain::{instant::Interval, zone::Zone};

/// A minute of the local day, `00:00` to `24:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u16);

/// The text is no time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a time of day between 00:00 and 24:00 was expected, such as 08:30")]
pub struct InvalidTimeOfDay;

impl TimeOfDay {
    pub const START: Self = Self(0);
    /// 24:00, the midnight that ends the day.
    pub const END: Self = Self(24 * 60);

    /// Minutes since local midnight, 0 to 1440.
    pub const fn minutes(self) -> u16 {
        self.0
    }

    fn clock(self) -> Option<NaiveTime> {
        NaiveTime::from_hms_opt(u32::from(self.0 / 60), u32::from(self.0 % 60), 0)
    }
}

impl FromStr for TimeOfDay {
    type Err = InvalidTimeOfDay;

    /// `HH:MM` of two digits each; `24:00` is the last.
    fn from_str(text: &str) -> Result<Self, InvalidTimeOfDay> {
        let [h1 @ b'0'..=b'2', h2 @ b'0'..=b'9', b':', m1 @ b'0'..=b'5', m2 @ b'0'..=b'9'] = text.as_bytes()
        else {
            return Err(InvalidTimeOfDay);
        };
        let digit = |byte: &u8| u16::from(byte - b'0');
        let minutes = (digit(h1) * 10 + digit(h2)) * 60 + digit(m1) * 10 + digit(m2);
        if minutes <= Self::END.0 { Ok(Self(minutes)) } else { Err(InvalidTimeOfDay) }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// A day of the week, in JSON `mon` to `sun`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Day {
    pub const ALL: [Self; 7] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    pub fn of(date: NaiveDate) -> Self {
        match date.weekday() {
            Weekday::Mon => Self::Mon,
            Weekday::Tue => Self::Tue,
            Weekday::Wed => Self::Wed,
            Weekday::Thu => Self::Thu,
            Weekday::Fri => Self::Fri,
            Weekday::Sat => Self::Sat,
            Weekday::Sun => Self::Sun,
        }
    }
}

/// One opening on a local date. `closes` not after `opens` is on the next day, so 08:00-08:00 lasts until
/// 08:00 of the next day; a whole day is 00:00-24:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    pub opens: TimeOfDay,
    pub closes: TimeOfDay,
}

impl Span {
    /// The instants of the span begun on `date`, over real elapsed time. `None` when a gap in local time
    /// swallows it.
    pub fn on(self, zone: Zone, date: NaiveDate) -> Option<Interval> {
        let at = |date: NaiveDate, time: TimeOfDay| {
            let local = match time.clock() {
                Some(clock) => date.and_time(clock),
                None => date.succ_opt()?.and_time(NaiveTime::MIN),
            };
            Some(zone.rule(local))
        };
        let closing = if self.closes > self.opens { date } else { date.succ_opt()? };
        Interval::new(at(date, self.opens)?, at(closing, self.closes)?)
    }
}

/// One opening on certain days of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeeklyRule {
    pub days: Vec<Day>,
    pub opens: TimeOfDay,
    pub closes: TimeOfDay,
}

/// Dates, `from` to `to` inclusive, whose weekly rules replace the ordinary ones; none: closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Season {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub weekly: Vec<WeeklyRule>,
}

impl Season {
    pub fn holds(&self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.to
    }
}

/// What holidays change: in JSON `"closed"`, `"open"` or a list of spans.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum HolidayHours {
    #[default]
    Closed,
    /// As on any other day.
    Open,
    /// The same on each holiday; an empty list is closed.
    Own(Vec<Span>),
}

impl Serialize for HolidayHours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Closed => serializer.serialize_str("closed"),
            Self::Open => serializer.serialize_str("open"),
            Self::Own(spans) => spans.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for HolidayHours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Hours;

        impl<'de> Visitor<'de> for Hours {
            type Value = HolidayHours;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"closed\", \"open\" or a list of {opens, closes}")
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<HolidayHours, E> {
                match word {
                    "closed" => Ok(HolidayHours::Closed),
                    "open" => Ok(HolidayHours::Open),
                    _ => Err(E::invalid_value(de::Unexpected::Str(word), &self)),
                }
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<HolidayHours, A::Error> {
                let mut spans = Vec::new();
                while let Some(span) = list.next_element()? {
                    spans.push(span);
                }
                Ok(HolidayHours::Own(spans))
            }
        }

        deserializer.deserialize_any(Hours)
    }
}

/// Opening hours from a local date on, until the next version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursVersion {
    pub valid_from: NaiveDate,
    pub weekly: Vec<WeeklyRule>,
    #[serde(default)]
    pub seasons: Vec<Season>,
    pub holidays: HolidayHours,
}

impl HoursVersion {
    /// The spans of `date` by season and day of the week, holidays and exceptions aside.
    pub fn ordinary_spans_on(&self, date: NaiveDate) -> impl Iterator<Item = Span> + '_ {
        let season = self.seasons.iter().find(|season| season.holds(date));
        let weekly = season.map_or(&self.weekly, |season| &season.weekly);
        let day = Day::of(date);
        let rules = weekly.iter().filter(move |rule| rule.days.contains(&day));
        rules.map(|rule| Span { opens: rule.opens, closes: rule.closes })
    }
}

/// The hours of one date instead of all others; none: closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursException {
    pub date: NaiveDate,
    pub hours: Vec<Span>,
    #[serde(default)]
    pub reason: Option<String>,
    /// Where it is of a venue that was closed with all its spaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closure: Option<Closure>,
}

/// What an exception goes back to once its venue is opened again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// What was said of the date before; nothing: the hours of all others.
    pub replaced: Option<Special>,
}

/// Hours of one date, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Special {
    pub hours: Vec<Span>,
    pub reason: Option<String>,
}

impl HoursException {
    pub const fn closed(date: NaiveDate, reason: Option<String>) -> Self {
        Self { date, hours: Vec::new(), reason, closure: None }
    }

    /// Closed with its venue, over what was said of the date before; over another closure, over what that replaced.
    #[must_use]
    pub fn closed_over(date: NaiveDate, reason: &str, before: Option<&Self>) -> Self {
        let replaced = before.and_then(|before| match &before.closure {
            Some(closure) => closure.replaced.clone(),
            None => Some(Special { hours: before.hours.clone(), reason: before.reason.clone() }),
        });
        Self { closure: Some(Closure { replaced }), ..Self::closed(date, Some(reason.to_owned())) }
    }

    /// What it goes back to where its venue is opened again; `None` where it is not of a closure.
    pub fn reopened(&self) -> Option<Option<Self>> {
        let back = |Special { hours, reason }| Self { date: self.date, hours, reason, closure: None };
        self.closure.as_ref().map(|closure| closure.replaced.clone().map(back))
    }

    /// Whether both say the same to people.
    pub fn says_as(&self, other: &Self) -> bool {
        (self.date, &self.hours, &self.reason) == (other.date, &other.hours, &other.reason)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    #[test]
    fn times_of_day_go_from_0_to_24_hours() {
        for (text, minutes) in [("00:00", 0), ("08:05", 485), ("23:59", 1439), ("24:00", 1440)] {
            let time: TimeOfDay = text.parse().unwrap();
            assert_eq!((time.minutes(), time.to_string()), (minutes, text.to_owned()));
        }
        for text in [
            "",
            "8:00",
            "08:60",
            "24:01",
            "25:00",
            "29:00",
            "08.00",
            "08:00:00",
            "-1:00",
            " 8:00",
            "0\u{10d}:0",
        ] {
            assert_eq!(text.parse::<TimeOfDay>(), Err(InvalidTimeOfDay), "{text}");
        }
    }

    #[test]
    fn hours_keep_their_shape_in_json() {
        let rule = json!({"days": ["mon", "sun"], "opens": "08:00", "closes": "24:00"});
        for holidays in
            [json!("closed"), json!("open"), json!([]), json!([{"opens": "22:00", "closes": "06:00"}])]
        {
            let version = json!({
                "valid_from": "2026-01-01",
                "weekly": [rule],
                "seasons": [{"from": "2026-07-01", "to": "2026-08-31", "weekly": []}],
                "holidays": holidays,
            });
            let read: HoursVersion = from_value(version.clone()).unwrap();
            assert_eq!(serde_json::to_value(read).unwrap(), version);
        }
    }

    #[test]
    fn what_has_no_meaning_is_not_read() {
        for rule in [
            json!({"days": ["monday"], "opens": "08:00", "closes": "20:00"}),
            json!({"days": ["Mon"], "opens": "08:00", "closes": "20:00"}),
            json!({"days": "mon", "opens": "08:00", "closes": "20:00"}),
            json!({"days": ["mon"], "opens": 8, "closes": "20:00"}),
            json!({"days": ["mon"], "opens": "08:00"}),
            json!({"days": ["mon"], "opens": "08:00", "closes": "20:00", "note": ""}),
        ] {
            assert!(from_value::<WeeklyRule>(rule.clone()).is_err(), "{rule}");
        }
        for holidays in [json!("Open"), json!("shut"), json!(null), json!(true), json!({}), json!(["08:00"])]
        {
            assert!(from_value::<HolidayHours>(holidays.clone()).is_err(), "{holidays}");
        }
    }
}
