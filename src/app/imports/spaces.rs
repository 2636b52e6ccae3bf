//! Spaces as a table has them: one a line.

use chrono::NaiveDate;

use super::{
    rows::{Read, Row, Rows},
    source::{Source, Unreadable},
    table::{Columns, Record, Table, field},
    values::{date, line, number, prose, word, yes},
};
use crate::{
    app::{
        error::FieldError,
        places::spaces::{NewSpace, NewUnit},
    },
    domain::{
        hours::TimeOfDay,
        space::Allocation,
        text::{Line, fold},
    },
};

pub(super) const COLUMNS: Columns = Columns {
    all: &[
        "external_id",
        "name",
        "kind",
        "capacity",
        "units",
        "unit_label",
        "description",
        "amenities",
        "step_free",
        "booked_by",
        "arrival",
        "departure",
        "house_rules",
        "setup_minutes",
        "teardown_minutes",
        "active_from",
    ],
    required: &["name", "kind", "capacity"],
};

/// A space to be made.
#[derive(Debug, Clone)]
pub(super) struct SpaceRow {
    pub new: NewSpace,
    /// From when on it was there; today where nothing is said.
    pub active_from: Option<NaiveDate>,
    /// SHA-256 of all that the line says.
    pub fingerprint: Vec<u8>,
}

/// # Errors
/// What is no table of spaces.
pub(super) fn rows(source: &Source) -> Result<Rows, Unreadable> {
    let table = Table::open(source, &COLUMNS)?;
    Ok(Box::new(table.map(|record| record.map(|record| read(&record)))))
}

fn read(record: &Record) -> Read {
    // A space is known by its name where the table has no ids.
    let id = record.get("external_id").map(str::to_owned).or_else(|| record.get("name").map(fold));
    let row = space(record).map(|row| Row::Space(Box::new(row))).map_err(|fault| vec![fault]);
    Read::new(record.line, id, row)
}

fn space(record: &Record) -> Result<SpaceRow, FieldError> {
    record.is_whole()?;
    let name: Line<100> = line(record.need("name")?).map_err(|code| field("name", code))?;
    let units = units(record, &name)?;
    let amenities = record.get("amenities").into_iter().flat_map(|text| text.split([',', '|']));
    let amenities = amenities.map(str::trim).filter(|word| !word.is_empty()).map(line::<60>);
    let clock = |text: &str| text.parse::<TimeOfDay>().map_err(|_| "invalid_time_of_day");
    let needed = |column| field(column, "missing_field");
    Ok(SpaceRow {
        new: NewSpace {
            kind: record.read("kind", word)?.ok_or_else(|| needed("kind"))?,
            capacity: record.read("capacity", number)?.ok_or_else(|| needed("capacity"))?,
            description: record.read("description", prose)?,
            amenities: amenities.collect::<Result<_, _>>().map_err(|code| field("amenities", code))?,
            step_free: record.read("step_free", yes)?,
            booked_by: record.read("booked_by", word)?,
            arrival: record.read("arrival", clock)?,
            departure: record.read("departure", clock)?,
            house_rules: record.read("house_rules", prose)?,
            allocation: if units.is_some() { Allocation::Each } else { Allocation::Whole },
            units,
            parts: None,
            layouts: Vec::new(),
            setup_minutes: record.read("setup_minutes", number)?.unwrap_or(0),
            teardown_minutes: record.read("teardown_minutes", number)?.unwrap_or(0),
            name,
        },
        active_from: record.read("active_from", date)?,
        fingerprint: record.fingerprint(),
    })
}

/// `units` says how many are taken one by one; without it the space is booked as a whole.
fn units(record: &Record, name: &Line<100>) -> Result<Option<Vec<NewUnit>>, FieldError> {
    let Some(count) = record.read("units", number)? else { return Ok(None) };
    if !(1..=500).contains(&count) {
        return Err(field("units", "out_of_range"));
    }
    let label = record.get("unit_label").unwrap_or(name.as_str());
    let labels = (1..=count).map(|number| line(&format!("{label} {number}")));
    let units = labels.map(|label| label.map(|label| NewUnit { label, seats: None }));
    units.collect::<Result<_, _>>().map(Some).map_err(|code| field("unit_label", code))
}
