//! Visitors counted on past days as a table has them: one space and day a line.

use chrono::NaiveDate;

use super::{
    reservations::SpaceName,
    rows::{Read, Row, Rows, digest_of},
    source::{Source, Unreadable},
    table::{Columns, Record, Table, field},
    values::{date, number, prose},
};
use crate::{
    app::error::FieldError,
    domain::text::{Prose, fold},
};

pub(super) const COLUMNS: Columns =
    Columns { all: &["space", "date", "walk_ins", "event_visitors", "note"], required: &["space", "date"] };

/// More on a day is a mistake.
const MOST: u32 = 100_000;

/// What was counted on a day.
#[derive(Debug, Clone)]
pub(super) struct Count {
    pub space: SpaceName,
    pub date: NaiveDate,
    pub walk_ins: u32,
    pub event_visitors: u32,
    pub note: Option<Prose<500>>,
}

impl Count {
    /// Digest of the space, as it is named, and the day.
    pub fn subject(&self) -> Vec<u8> {
        let space = match &self.space {
            SpaceName::Id(id) => id.to_string(),
            SpaceName::Name(name) => fold(name),
        };
        digest_of([space.as_str(), &self.date.to_string()])
    }
}

/// # Errors
/// What is no table of counts.
pub(super) fn rows(source: &Source) -> Result<Rows, Unreadable> {
    let table = Table::open(source, &COLUMNS)?;
    Ok(Box::new(table.map(|record| record.map(|record| read(&record)))))
}

fn read(record: &Record) -> Read {
    let id = record.get("space").zip(record.get("date")).map(|(space, date)| format!("{space} {date}"));
    Read::new(record.line, id, count(record).map(Row::Count).map_err(|fault| vec![fault]))
}

fn count(record: &Record) -> Result<Count, FieldError> {
    record.is_whole()?;
    let people =
        |text: &str| number(text).and_then(|count| if count > MOST { Err("too_large") } else { Ok(count) });
    Ok(Count {
        space: SpaceName::of(record.need("space")?),
        date: record.need("date").and_then(|text| date(text).map_err(|code| field("date", code)))?,
        walk_ins: record.read("walk_ins", people)?.unwrap_or(0),
        event_visitors: record.read("event_visitors", people)?.unwrap_or(0),
        note: record.read("note", prose)?,
    })
}
