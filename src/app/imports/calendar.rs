//! Reservations as a calendar file has them: one for each time at which an event happens.

use std::{collections::VecDeque, io::BufRead};

use super::{
    reservations::{SpaceName, Wish},
    rows::{Frame, Read, Reservations, Row, Rows, digest_of},
    source::{Source, Unreadable},
    table::field,
    values::{Who, line},
};
use crate::{
    app::error::FieldError,
    domain::{
        ics::{self, Changed, Event, Faulty, Happening, LONGEST_LINE, Unread},
        ids::SpaceId,
        person::EmailAddress,
        reservation::Purpose,
        text::Prose,
        zone::{DateOrTime, Zone},
    },
};

/// Times at which one event may happen.
const MOST: u32 = 1500;
/// Characters of a title and of notes; what is longer is cut, as nobody types a calendar's description for us.
const LONGEST_TITLE: usize = 200;
const LONGEST_NOTES: usize = 2000;

/// Reads a file's events one after the other.
struct Events {
    input: Box<dyn BufRead>,
    reader: ics::Reader,
    ended: bool,
}

type Ended = Result<Event, Unread>;

impl Events {
    fn open(source: &Source) -> Result<Self, Unreadable> {
        Ok(Self { input: source.open()?, reader: ics::Reader::default(), ended: false })
    }

    fn next_event(&mut self) -> Result<Option<Ended>, Unreadable> {
        let unreadable = |faulty: Faulty| Unreadable::new(faulty.line, faulty.code);
        let mut line = Vec::new();
        while !self.ended {
            line.clear();
            // One octet more than is read: the reader refuses it then.
            let most = LONGEST_LINE as u64 + 3;
            let length = std::io::Read::take(&mut self.input, most).read_until(b'\n', &mut line);
            let length = length.map_err(|error| Unreadable::of_file(&error))?;
            let event = if length == 0 {
                self.ended = true;
                self.reader.finish()
            } else {
                self.reader.push(&line)
            };
            if let Some(event) = event.map_err(unreadable)? {
                return Ok(Some(event));
            }
        }
        Ok(None)
    }
}

impl Iterator for Events {
    type Item = Result<Ended, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_event().transpose()
    }
}

/// The occurrences in whose place other events of the file stand.
///
/// # Errors
/// What is no calendar.
pub(super) fn changed(source: &Source, zone: Zone) -> Result<Changed, Unreadable> {
    let mut changed = Changed::default();
    for event in Events::open(source)? {
        if let Ok(event) = event? {
            changed.add(&event, zone);
        }
    }
    Ok(changed)
}

/// # Errors
/// What is no calendar, and where nothing says whose reservations these are.
pub(super) fn rows(how: &Reservations, source: &Source, frame: Frame) -> Result<Rows, Unreadable> {
    let Some(space) = how.space else {
        return Err(Unreadable { line: 0, column: Some("space".to_owned()), code: "missing_field" });
    };
    let (mut events, mut waiting) = (Events::open(source)?, VecDeque::new());
    Ok(Box::new(std::iter::from_fn(move || {
        loop {
            if let Some(read) = waiting.pop_front() {
                return Some(Ok(read));
            }
            match events.next()? {
                Ok(event) => waiting.extend(reads(event, space, &frame)),
                Err(why) => return Some(Err(why)),
            }
        }
    })))
}

fn reads(event: Ended, space: SpaceId, frame: &Frame) -> Vec<Read> {
    let happenings = event.and_then(|event| {
        let happenings = event.happenings(frame.zone, frame.window, (&frame.changed, MOST))?;
        Ok((event, happenings))
    });
    let (event, happenings) = match happenings {
        Ok(read) => read,
        Err(Unread { line, uid, property, code }) => {
            return vec![Read::new(line, uid, Err(vec![field(property, code)]))];
        }
    };
    let read = |happening: Happening| {
        let row = match (event.cancelled, event.transparent) {
            (true, _) => Ok(Row::Nothing("event_cancelled")),
            (false, true) => Ok(Row::Nothing("event_transparent")),
            (false, false) => wish(&event, &happening, space),
        };
        Read::new(event.line, Some(happening.key), row.map_err(|fault| vec![fault]))
    };
    happenings.into_iter().map(read).collect()
}

fn wish(event: &Event, happening: &Happening, space: SpaceId) -> Result<Row, FieldError> {
    let title = event.summary.as_deref().map(|text| plain(text, LONGEST_TITLE)).unwrap_or_default();
    let notes = event.description.as_deref().map(|text| plain(text, LONGEST_NOTES)).unwrap_or_default();
    let (start, end) = (happening.interval.start(), happening.interval.end());
    let fingerprint = digest_of([
        title.as_str(),
        &notes,
        &start.unix().to_string(),
        &end.unix().to_string(),
        event.organiser.as_ref().and_then(|one| one.name.as_deref()).unwrap_or(""),
        event.organiser.as_ref().and_then(|one| one.email.as_deref()).unwrap_or(""),
    ]);
    Ok(Row::Reservation(Box::new(Wish {
        space: SpaceName::Id(space),
        starts_at: DateOrTime::from(start),
        ends_at: DateOrTime::from(end),
        title: line(&title).map_err(|code| field("summary", code))?,
        purpose: Purpose::Other,
        who: organiser(event)?,
        attendees: None,
        headcount: None,
        quantity: None,
        layout: None,
        public: false,
        notes: Prose::new(&notes).ok().filter(|notes| !notes.is_empty()),
        internal_notes: None,
        fingerprint,
    })))
}

/// Programs write organisers that are no people; those are left out.
fn organiser(event: &Event) -> Result<Option<Who>, FieldError> {
    let Some(organiser) = &event.organiser else { return Ok(None) };
    let email = organiser.email.as_deref().and_then(|text| EmailAddress::new(text).ok());
    let name = organiser.name.as_deref().map(|name| plain(name, 100)).and_then(|name| line(&name).ok());
    match (name, email) {
        (Some(name), email) => Ok(Some(Who { name, email, phone: None })),
        (None, Some(email)) => Who::by_address(email, None).map(Some),
        (None, None) => Ok(None),
    }
}

/// On lines, without what could break one, and cut.
fn plain(text: &str, most: usize) -> String {
    let text: String = text.chars().map(|c| if c == '\n' || c == '\t' { ' ' } else { c }).collect();
    let kept = text.chars().filter(|c| !crate::domain::text::is_harmful(*c));
    kept.take(most).collect::<String>().trim().to_owned()
}
