//! Reservations as a table has them: one a line.

use super::{
    rows::{Read, Reservations, Row, Rows},
    source::{Source, Unreadable},
    table::{Columns, Record, Table, field},
    values::{Who, line, number, prose, time, word, yes},
};
use crate::{
    app::{error::FieldError, reservations::NewReservation},
    domain::{
        ids::{LayoutId, SpaceId},
        reservation::Purpose,
        text::{Line, Prose},
        zone::DateOrTime,
    },
};

pub(super) const COLUMNS: Columns = Columns {
    all: &[
        "external_id",
        "space",
        "starts_at",
        "ends_at",
        "title",
        "purpose",
        "organiser_name",
        "organiser_email",
        "organiser_phone",
        "attendees",
        "headcount",
        "quantity",
        "layout",
        "public",
        "notes",
        "internal_notes",
    ],
    required: &["external_id", "starts_at", "ends_at", "title"],
};

/// Characters of an id from elsewhere.
const LONGEST_ID: usize = 1100;

/// Which space a line means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SpaceName {
    Id(SpaceId),
    Name(String),
}

impl SpaceName {
    pub fn of(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::Name(text.to_owned()), Self::Id)
    }
}

/// A reservation that was made elsewhere, as the line has it.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    pub space: SpaceName,
    pub starts_at: DateOrTime,
    pub ends_at: DateOrTime,
    pub title: Line<200>,
    pub purpose: Purpose,
    pub who: Option<Who>,
    pub attendees: Option<u32>,
    pub headcount: Option<u32>,
    pub quantity: Option<u32>,
    /// By its name.
    pub layout: Option<String>,
    pub public: bool,
    pub notes: Option<Prose<2000>>,
    pub internal_notes: Option<Prose<2000>>,
    /// SHA-256 of all that the line says.
    pub fingerprint: Vec<u8>,
}

impl Wish {
    /// The request that it is, once space and layout are found.
    pub fn request(&self, space: SpaceId, layout: Option<LayoutId>) -> NewReservation {
        NewReservation {
            space_id: space,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            title: self.title.clone(),
            purpose: self.purpose,
            attendees: self.attendees,
            quantity: self.quantity,
            unit_ids: None,
            layout,
            organisation_id: None,
            notes: self.notes.clone(),
            public: Some(self.public),
            extras: None,
            event: None,
            organiser: None,
            internal_notes: self.internal_notes.clone(),
            hold: None,
            equipment: None,
        }
    }
}

/// # Errors
/// What is no table of reservations.
pub(super) fn rows(how: &Reservations, source: &Source) -> Result<Rows, Unreadable> {
    let table = Table::open(source, &COLUMNS)?;
    let space = how.space;
    Ok(Box::new(table.map(move |record| record.map(|record| read(&record, space)))))
}

fn read(record: &Record, space: Option<SpaceId>) -> Read {
    let id = record.get("external_id").map(str::to_owned);
    let row = wish(record, space).map(|wish| Row::Reservation(Box::new(wish))).map_err(|fault| vec![fault]);
    Read::new(record.line, id, row)
}

fn wish(record: &Record, space: Option<SpaceId>) -> Result<Wish, FieldError> {
    record.is_whole()?;
    if record.need("external_id")?.chars().count() > LONGEST_ID {
        return Err(field("external_id", "too_long"));
    }
    let needed = |column: &'static str| {
        record.need(column).and_then(|text| time(text).map_err(|code| field(column, code)))
    };
    let named = record.get("space").map(SpaceName::of).or(space.map(SpaceName::Id));
    Ok(Wish {
        space: named.ok_or_else(|| field("space", "missing_field"))?,
        starts_at: needed("starts_at")?,
        ends_at: needed("ends_at")?,
        title: line(record.need("title")?).map_err(|code| field("title", code))?,
        purpose: record.read("purpose", word)?.unwrap_or(Purpose::Other),
        who: Who::of(record)?,
        attendees: record.read("attendees", number)?,
        headcount: record.read("headcount", headcount)?,
        quantity: record.read("quantity", number)?,
        layout: record.get("layout").map(str::to_owned),
        public: record.read("public", yes)?.unwrap_or(false),
        notes: record.read("notes", prose)?,
        internal_notes: record.read("internal_notes", prose)?,
        fingerprint: record.fingerprint(),
    })
}

fn headcount(text: &str) -> Result<u32, &'static str> {
    number(text).and_then(|count| if count > 100_000 { Err("too_large") } else { Ok(count) })
}
