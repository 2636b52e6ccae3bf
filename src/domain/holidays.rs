//! Public holidays on which people need not work, by country (DESIGN 4: opening hours on holidays).
//!
//! Only Slovenia's are known so far; another country has none. Whether a venue opens on them is
//! its own choice, see `hours`.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A country by its ISO 3166-1 alpha-2 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Country([u8; 2]);

/// The text is no country code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an ISO 3166 country code of two capital letters, such as SI, was expected")]
pub struct UnknownCountry;

/// A work-free day; the names (`new_year`, …) are stable and are keys of the message catalogues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holiday {
    /// 1 and 2 January.
    NewYear,
    /// 8 February, Prešeren Day, the Slovenian cultural holiday.
    PreserenDay,
    EasterSunday,
    EasterMonday,
    /// 27 April, Day of Uprising Against Occupation.
    ResistanceDay,
    /// 1 and 2 May.
    LabourDay,
    PentecostSunday,
    /// 25 June.
    StatehoodDay,
    /// 15 August.
    Assumption,
    /// 31 October.
    ReformationDay,
    /// 1 November.
    RemembranceDay,
    Christmas,
    /// 26 December.
    IndependenceAndUnityDay,
}

/// The officially assigned codes of ISO 3166-1.
const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR \
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER \
    ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL \
    IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD \
    ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF \
    PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX \
    SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA \
    ZM ZW";

impl Country {
    pub const SLOVENIA: Self = Self(*b"SI");

    /// By its code in capitals.
    pub fn parse(code: &str) -> Result<Self, UnknownCountry> {
        let known = CODES.split_ascii_whitespace().find(|known| *known == code).ok_or(UnknownCountry)?;
        known.as_bytes().try_into().map(Self).map_err(|_| UnknownCountry)
    }

    /// The code, two capital letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The work-free day that falls on `date`. Today's law is applied to every year.
    pub fn holiday(self, date: NaiveDate) -> Option<Holiday> {
        if self == Self::SLOVENIA { slovenian(date) } else { None }
    }
}

/// The work-free days of Zakon o praznikih in dela prostih dnevih; none moves when it falls on a Sunday.
fn slovenian(date: NaiveDate) -> Option<Holiday> {
    let holiday = match (date.month(), date.day()) {
        (1, 1 | 2) => Holiday::NewYear,
        (2, 8) => Holiday::PreserenDay,
        (4, 27) => Holiday::ResistanceDay,
        (5, 1 | 2) => Holiday::LabourDay,
        (6, 25) => Holiday::StatehoodDay,
        (8, 15) => Holiday::Assumption,
        (10, 31) => Holiday::ReformationDay,
        (11, 1) => Holiday::RemembranceDay,
        (12, 25) => Holiday::Christmas,
        (12, 26) => Holiday::IndependenceAndUnityDay,
        (3..=6, _) => return movable(date),
        _ => return None,
    };
    Some(holiday)
}

/// The holidays counted from Easter; Pentecost is the 50th day, Easter being the first.
fn movable(date: NaiveDate) -> Option<Holiday> {
    let easter = easter(date.year())?;
    match (date - easter).num_days() {
        0 => Some(Holiday::EasterSunday),
        1 => Some(Holiday::EasterMonday),
        49 => Some(Holiday::PentecostSunday),
        _ => None,
    }
}

/// Easter Sunday of the Gregorian calendar: the anonymous algorithm published in Nature, 20 April 1876, p. 487,
/// as given by J. Meeus, Astronomical Algorithms (1991), chapter 8. Its letters are kept. `None` before year 1.
pub fn easter(year: i32) -> Option<NaiveDate> {
    let year = u32::try_from(year).ok().filter(|year| *year > 0)?;
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l + 114 - 7 * m;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, n / 31, n % 31 + 1)
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn slovenia_has_its_work_free_days() {
        for (day, wanted) in [
            ("2026-01-01", Some(Holiday::NewYear)),
            ("2026-01-02", Some(Holiday::NewYear)),
            ("2026-01-03", None),
            ("2026-02-08", Some(Holiday::PreserenDay)),
            ("2026-04-03", None),
            ("2026-04-05", Some(Holiday::EasterSunday)),
            ("2026-04-06", Some(Holiday::EasterMonday)),
            ("2026-04-07", None),
            ("2026-04-27", Some(Holiday::ResistanceDay)),
            ("2026-05-01", Some(Holiday::LabourDay)),
            ("2026-05-02", Some(Holiday::LabourDay)),
            ("2026-05-24", Some(Holiday::PentecostSunday)),
            ("2026-05-25", None),
            ("2026-06-25", Some(Holiday::StatehoodDay)),
            ("2026-08-15", Some(Holiday::Assumption)),
            ("2026-10-31", Some(Holiday::ReformationDay)),
            ("2026-11-01", Some(Holiday::RemembranceDay)),
            ("2026-11-02", None),
            ("2026-12-25", Some(Holiday::Christmas)),
            ("2026-12-26", Some(Holiday::IndependenceAndUnityDay)),
            ("2027-03-28", Some(Holiday::EasterSunday)),
            ("2027-03-29", Some(Holiday::EasterMonday)),
            ("2027-05-16", Some(Holiday::PentecostSunday)),
            ("2028-04-16", Some(Holiday::EasterSunday)),
            ("2028-06-04", Some(Holiday::PentecostSunday)),
        ] {
            assert_eq!(Country::SLOVENIA.holiday(date(day)), wanted, "{day}");
        }
    }

    #[test]
    fn holidays_that_are_working_days_are_none() {
        for day in ["2026-06-08", "2026-08-17", "2026-09-15", "2026-09-23", "2026-10-25", "2026-11-23"] {
            assert_eq!(Country::SLOVENIA.holiday(date(day)), None, "{day}");
        }
    }

    #[test]
    fn every_year_has_fifteen() {
        for year in 2000..2100 {
            let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            let days = first.iter_days().take_while(|day| day.year() == year);
            assert_eq!(days.filter(|day| Country::SLOVENIA.holiday(*day).is_some()).count(), 15, "{year}");
        }
    }

    #[test]
    fn easter_falls_on_its_dates() {
        // The last four are the earliest and latest that can be.
        for day in [
            "2000-04-23",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2099-04-12",
            "1818-03-22",
            "2285-03-22",
            "1943-04-25",
            "2038-04-25",
        ] {
            assert_eq!(easter(date(day).year()), Some(date(day)));
        }
        assert_eq!(easter(0), None);
    }

    #[test]
    fn other_countries_have_none_so_far() {
        let austria = Country::parse("AT").unwrap();
        assert_eq!(austria.holiday(date("2026-12-25")), None);
    }

    #[test]
    fn countries_are_the_codes_of_iso_3166() {
        assert_eq!(CODES.split_ascii_whitespace().collect::<HashSet<_>>().len(), 249);
        for code in CODES.split_ascii_whitespace() {
            assert_eq!(Country::parse(code).unwrap().code(), code);
        }
        for code in ["", "S", "si", "SVN", "XX", "UK", "EU", "SI AT", "S\u{130}"] {
            assert_eq!(Country::parse(code), Err(UnknownCountry), "{code}");
        }
        assert_eq!(serde_json::to_string(&Country::SLOVENIA).unwrap(), "\"SI\"");
        assert!(serde_json::from_str::<Country>("\"si\"").is_err());
    }

    #[test]
    fn names_of_holidays_are_stable() {
        assert_eq!(serde_json::to_string(&Holiday::PreserenDay).unwrap(), "\"preseren_day\"");
        assert_eq!(serde_json::to_string(&Holiday::NewYear).unwrap(), "\"new_year\"");
    }
}
