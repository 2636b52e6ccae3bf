//! What people write into cells: numbers, yes and no, dates and times the way Slovenian tables have them.

use crate::{
    app::error::FieldError,
    domain::{
        person::{EmailAddress, PersonName, Phone},
        text::{Line, Prose},
        zone::DateOrTime,
    },
};

use super::table::{Record, field};

/// A date or a time: as elsewhere, with a blank in place of the `T`, or as `5. 3. 2026 9:00`.
///
/// # Errors
/// `time_malformed`.
pub(super) fn time(text: &str) -> Result<DateOrTime, &'static str> {
    if let Ok(time) = text.parse() {
        return Ok(time);
    }
    let (date, clock) = match text.rsplit_once([' ', 'T']) {
        Some((date, clock)) if clock.contains(':') => (date, Some(clock)),
        _ => (text, None),
    };
    let date = iso(date.trim()).ok_or("time_malformed")?;
    let clock = match clock {
        Some(clock) if clock.find(':') == Some(1) => format!("T0{clock}"),
        Some(clock) => format!("T{clock}"),
        None => String::new(),
    };
    format!("{date}{clock}").parse().map_err(|_| "time_malformed")
}

/// `5. 3. 2026` as `2026-03-05`; what has no dots stays.
fn iso(date: &str) -> Option<String> {
    if !date.contains('.') {
        return Some(date.to_owned());
    }
    let mut parts = date.split('.').map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let rest = parts.next().unwrap_or("");
    (rest.is_empty() && year.len() == 4).then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

/// # Errors
/// `date_malformed`.
pub(super) fn date(text: &str) -> Result<chrono::NaiveDate, &'static str> {
    match time(text) {
        Ok(DateOrTime::Date(date)) => Ok(date),
        _ => Err("date_malformed"),
    }
}

/// # Errors
/// `wrong_type`, `out_of_range`.
pub(super) fn number(text: &str) -> Result<u32, &'static str> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().map_err(|_| "out_of_range") } else { Err("wrong_type") }
}

/// # Errors
/// `unknown_value`.
pub(super) fn yes(text: &str) -> Result<bool, &'static str> {
    match text.to_lowercase().as_str() {
        "yes" | "da" | "true" | "1" => Ok(true),
        "no" | "ne" | "false" | "0" => Ok(false),
        _ => Err("unknown_value"),
    }
}

/// # Errors
/// `unknown_value`.
pub(super) fn word<T: std::str::FromStr>(text: &str) -> Result<T, &'static str> {
    text.to_lowercase().parse().map_err(|_| "unknown_value")
}

/// # Errors
/// `blank`, `too_long`, `control_character`.
pub(super) fn line<const MAX: usize>(text: &str) -> Result<Line<MAX>, &'static str> {
    Line::new(text).map_err(|error| error.code())
}

/// # Errors
/// `too_long`, `control_character`.
pub(super) fn prose<const MAX: usize>(text: &str) -> Result<Prose<MAX>, &'static str> {
    Prose::new(text).map_err(|error| error.code())
}

/// For whom a reservation was made elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Who {
    pub name: PersonName,
    /// Many lists have none.
    pub email: Option<EmailAddress>,
    pub phone: Option<Phone>,
}

impl Who {
    /// An address without a name is named by what stands before its @.
    ///
    /// # Errors
    /// `missing_field` for a telephone number alone, and what the values refuse.
    pub fn of(record: &Record) -> Result<Option<Self>, FieldError> {
        let name = record.read("organiser_name", line::<100>)?;
        let email = |text: &str| EmailAddress::new(text).map_err(|error| error.code());
        let phone = |text: &str| text.parse::<Phone>().map_err(|error| error.code());
        let email = record.read("organiser_email", email)?;
        let phone = record.read("organiser_phone", phone)?;
        match (name, email) {
            (Some(name), email) => Ok(Some(Self { name, email, phone })),
            (None, Some(email)) => Self::by_address(email, phone).map(Some),
            (None, None) if phone.is_some() => Err(field("organiser_name", "missing_field")),
            (None, None) => Ok(None),
        }
    }

    pub fn by_address(email: EmailAddress, phone: Option<Phone>) -> Result<Self, FieldError> {
        let name = line(email.local()).map_err(|code| field("organiser_name", code))?;
        Ok(Self { name, email: Some(email), phone })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, wanted) in [
            ("2026-03-05T09:00", Some("2026-03-05T09:00:00")),
            ("2026-03-05 09:00", Some("2026-03-05T09:00:00")),
            ("2026-03-05 9:00", Some("2026-03-05T09:00:00")),
            ("2026-03-05T09:00+01:00", Some("2026-03-05T08:00:00Z")),
            ("5. 3. 2026 9:00", Some("2026-03-05T09:00:00")),
            ("05.03.2026 09:00:00", Some("2026-03-05T09:00:00")),
            ("5.3.2026", Some("2026-03-05")),
            ("5. 3. 2026.", Some("2026-03-05")),
            ("2026-03-05", Some("2026-03-05")),
            ("5.3.26", None),
            ("3/5/2026", None),
            ("5. marec 2026", None),
            ("31. 2. 2026", None),
            ("9:00", None),
            ("", None),
        ] {
            assert_eq!(time(text).ok().map(|time| time.to_string()).as_deref(), wanted, "{text}");
        }
        assert_eq!(date("5. 3. 2026").unwrap().to_string(), "2026-03-05");
        assert_eq!(date("5. 3. 2026 9:00"), Err("date_malformed"));
    }

    #[test]
    fn numbers_and_answers_are_plain() {
        for (text, wanted) in [
            ("0", Ok(0)),
            ("12", Ok(12)),
            ("-1", Err("wrong_type")),
            ("1,5", Err("wrong_type")),
            ("99999999999", Err("out_of_range")),
        ] {
            assert_eq!(number(text), wanted, "{text}");
        }
        for (text, wanted) in [("Da", Ok(true)), ("no", Ok(false)), ("maybe", Err("unknown_value"))] {
            assert_eq!(yes(text), wanted, "{text}");
        }
    }
}
