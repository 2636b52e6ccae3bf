//! One event of a calendar file: what of it matters here. What can't be kept is refused, not passed over.

use super::{
    lines::Property,
    when::{When, duration},
};

/// Characters of a UID.
const LONGEST_UID: usize = 1000;

/// A VEVENT.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// In which line of the file it begins.
    pub line: u64,
    pub uid: String,
    pub starts: When,
    pub(super) length: Length,
    pub summary: Option<String>,
    pub description: Option<String>,
    pub organiser: Option<Organiser>,
    /// RRULE, as it stands there.
    pub(super) rule: Option<String>,
    pub(super) excluded: Vec<When>,
    /// RECURRENCE-ID: it stands in the place of one occurrence of another event.
    pub(super) replaces: Option<When>,
    /// STATUS:CANCELLED.
    pub cancelled: bool,
    /// TRANSP:TRANSPARENT: it takes nobody's time.
    pub transparent: bool,
}

/// How long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    Until(When),
    Seconds(i64),
    /// Of a date: whole days.
    Days(u64),
}

/// ORGANIZER.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organiser {
    pub name: Option<String>,
    pub email: Option<String>,
}

/// An event that can't be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub line: u64,
    pub uid: Option<String>,
    /// A property, in lower case.
    pub property: &'static str,
    pub code: &'static str,
}

impl Event {
    /// # Errors
    /// [`Unread`].
    pub(super) fn read(line: u64, properties: &[Property]) -> Result<Self, Unread> {
        let uid = properties.iter().find(|property| property.name == "UID").map(Property::text);
        let uid = uid.map(|uid| uid.trim().to_owned()).filter(|uid| !uid.is_empty());
        let read = Properties(properties).read(line, uid.clone());
        read.map_err(|(property, code)| Unread { line, uid, property, code })
    }

    /// Whether it stands in the place of one occurrence of another event.
    pub fn is_change(&self) -> bool {
        self.replaces.is_some()
    }
}

type Refused = (&'static str, &'static str);

struct Properties<'a>(&'a [Property]);

impl Properties<'_> {
    fn read(&self, line: u64, uid: Option<String>) -> Result<Event, Refused> {
        let uid = uid.ok_or(("uid", "missing_field"))?;
        if uid.chars().count() > LONGEST_UID {
            return Err(("uid", "too_long"));
        }
        for (name, said) in [("RDATE", "rdate"), ("EXRULE", "exrule")] {
            if self.find(name).is_some() {
                return Err((said, "calendar_unsupported"));
            }
        }
        let starts = self.find("DTSTART").ok_or(("dtstart", "missing_field"))?;
        let starts = When::read(starts).map_err(|code| ("dtstart", code))?;
        let replaces = self.find("RECURRENCE-ID").map(|property| match property.parameter("RANGE") {
            Some(_) => Err("calendar_unsupported"),
            None => When::read(property),
        });
        let excluded = self.all("EXDATE").map(When::read_all).collect::<Result<Vec<_>, _>>();
        Ok(Event {
            line,
            uid,
            starts,
            length: self.length(starts)?,
            summary: self.text("SUMMARY"),
            description: self.text("DESCRIPTION"),
            organiser: self.find("ORGANIZER").and_then(organiser),
            rule: self.rule()?,
            excluded: excluded.map_err(|code| ("exdate", code))?.concat(),
            replaces: replaces.transpose().map_err(|code| ("recurrence-id", code))?,
            cancelled: self.says("STATUS", "CANCELLED"),
            transparent: self.says("TRANSP", "TRANSPARENT"),
        })
    }

    fn length(&self, starts: When) -> Result<Length, Refused> {
        match (self.find("DTEND"), self.find("DURATION")) {
            (Some(end), _) => {
                let end = When::read(end).map_err(|code| ("dtend", code))?;
                match end.is_date() == starts.is_date() {
                    true => Ok(Length::Until(end)),
                    false => Err(("dtend", "calendar_time_malformed")),
                }
            }
            (None, Some(length)) => {
                let seconds = duration(&length.value).map_err(|code| ("duration", code))?;
                match starts.is_date() {
                    true if seconds % 86_400 == 0 => Ok(Length::Days(seconds.unsigned_abs() / 86_400)),
                    true => Err(("duration", "calendar_time_malformed")),
                    false => Ok(Length::Seconds(seconds)),
                }
            }
            // RFC 5545, 3.6.1: the day; a time without an end takes no time.
            (None, None) if starts.is_date() => Ok(Length::Days(1)),
            (None, None) => Ok(Length::Seconds(0)),
        }
    }

    fn rule(&self) -> Result<Option<String>, Refused> {
        let mut rules = self.all("RRULE");
        match (rules.next(), rules.next()) {
            (first, None) => Ok(first.map(|rule| rule.value.trim().to_owned())),
            _ => Err(("rrule", "calendar_unsupported")),
        }
    }

    fn find(&self, name: &str) -> Option<&Property> {
        self.all(name).next()
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &Property> {
        self.0.iter().filter(move |property| property.name == name)
    }

    fn text(&self, name: &str) -> Option<String> {
        self.find(name).map(|property| property.text().trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn says(&self, name: &str, word: &str) -> bool {
        self.find(name).is_some_and(|property| property.value.trim().eq_ignore_ascii_case(word))
    }
}

fn organiser(property: &Property) -> Option<Organiser> {
    let value = property.value.trim();
    let scheme = value.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    let email = scheme.then(|| value[7..].trim().to_owned());
    let name = property.parameter("CN").map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    (name.is_some() || email.is_some()).then_some(Organiser { name, email })
}
