//! The lines of what is brought in, whatever it is: read one after the other, each by itself.

use std::sync::Arc;

use aws_lc_rs::digest;

use super::{
    calendar, counts, reservations,
    source::{Source, Unreadable},
    spaces,
    values::Who,
};
use crate::{
    app::error::FieldError,
    domain::{
        ics::Changed,
        ids::SpaceId,
        import::ImportFormat,
        instant::Interval,
        text::{Line, fold},
        zone::Zone,
    },
};

/// What a line says.
#[derive(Debug, Clone)]
pub(super) enum Row {
    Reservation(Box<reservations::Wish>),
    Space(Box<spaces::SpaceRow>),
    Count(counts::Count),
    /// It says of itself that nothing takes place; why.
    Nothing(&'static str),
}

/// A line.
#[derive(Debug, Clone)]
pub(super) struct Read {
    /// From 1; the header is the first.
    pub line: u64,
    /// The line's own id where it came from.
    pub id: Option<String>,
    /// The first line of the same file that is about the same.
    pub repeats: Option<u64>,
    pub row: Result<Row, Vec<FieldError>>,
}

impl Read {
    pub fn new(line: u64, id: Option<String>, row: Result<Row, Vec<FieldError>>) -> Self {
        Self { line, id, repeats: None, row }
    }

    /// What it is about: another line with the same repeats it. Nothing of a line of which nothing comes.
    pub fn subject(&self, what: &What) -> Option<u128> {
        let key = match self.row.as_ref().ok()? {
            Row::Nothing(_) => return None,
            Row::Count(count) => count.subject(),
            Row::Reservation(_) | Row::Space(_) => what.key(self.id.as_deref()?),
        };
        Some(half(&key))
    }
}

pub(super) type Rows = Box<dyn Iterator<Item = Result<Read, Unreadable>>>;

/// What is brought in.
#[derive(Debug, Clone)]
pub enum What {
    Reservations(Reservations),
    Spaces,
    Attendance,
}

/// How reservations are brought in.
#[derive(Debug, Clone)]
pub struct Reservations {
    pub format: ImportFormat,
    /// Where they come from: the ids of one source are its own.
    pub source: Line<60>,
    /// Of a calendar, whose reservations these are; of a table, where a line names no space.
    pub space: Option<SpaceId>,
    /// Whether organisers hear of what lies ahead.
    pub tell: bool,
}

/// What is known of a calendar before its lines are read.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub zone: Zone,
    /// In which events without an end repeat.
    pub window: Interval,
    pub changed: Arc<Changed>,
}

/// The lines, from the first.
///
/// # Errors
/// What can't be read at all.
pub(super) fn rows(what: &What, source: &Source, frame: &Frame) -> Result<Rows, Unreadable> {
    match what {
        What::Reservations(how) if how.format == ImportFormat::Ics => {
            calendar::rows(how, source, frame.clone())
        }
        What::Reservations(how) => reservations::rows(how, source),
        What::Spaces => spaces::rows(source),
        What::Attendance => counts::rows(source),
    }
}

/// SHA-256 of some texts, each by itself.
pub(super) fn digest_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<u8> {
    let mut hash = digest::Context::new(&digest::SHA256);
    for text in texts {
        hash.update(text.as_bytes());
        hash.update(b"\0");
    }
    hash.finish().as_ref().to_vec()
}

/// As much of a digest as tells a million lines apart.
pub(super) fn half(digest: &[u8]) -> u128 {
    digest.iter().take(16).fold(0, |sum, &octet| sum << 8 | u128::from(octet))
}

impl Row {
    /// For whom it is.
    pub fn who(&self) -> Option<&Who> {
        match self {
            Self::Reservation(wish) => wish.who.as_ref(),
            _ => None,
        }
    }
}

impl What {
    /// By what a line is known again, from the id that it has where it came from.
    pub(super) fn key(&self, id: &str) -> Vec<u8> {
        match self {
            Self::Reservations(how) => digest_of(["reservation", &fold(how.source.as_str()), id]),
            Self::Spaces => digest_of(["space", id]),
            Self::Attendance => digest_of(["attendance", id]),
        }
    }
}
