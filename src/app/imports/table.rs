//! CSV as people have it (RFC 4180 and what Excel makes of it): a header with the names of columns, commas, semicolons or
//! tabs between the cells, quoted cells with line ends in them. A cell is data, whatever it begins with.

use std::{io::BufRead, sync::Arc};

use aws_lc_rs::digest;
use csv::{ErrorKind, Reader, ReaderBuilder, StringRecord, StringRecordsIntoIter};

use super::source::{Source, Unreadable};
use crate::app::error::FieldError;

/// The columns that a table of a kind has.
pub(super) struct Columns {
    pub all: &'static [&'static str],
    pub required: &'static [&'static str],
}

/// The lines of a table, as they come.
pub(super) struct Table {
    records: StringRecordsIntoIter<Box<dyn BufRead>>,
    /// Which cell is of which of [`Columns::all`].
    places: Arc<Vec<Option<usize>>>,
    columns: &'static Columns,
    width: usize,
    /// Where lines end with CR and LF, the CSV reader stands between the two, and so one line behind.
    behind: u64,
}

/// One line.
pub(super) struct Record {
    pub line: u64,
    cells: StringRecord,
    places: Arc<Vec<Option<usize>>>,
    columns: &'static Columns,
    width: usize,
}

impl Table {
    /// # Errors
    /// What is no such table.
    pub fn open(source: &Source, columns: &'static Columns) -> Result<Self, Unreadable> {
        let mut input = source.open()?;
        let begins = input.fill_buf().map_err(|error| Unreadable::of_file(&error))?;
        let (delimiter, behind) = (delimiter(begins), u64::from(ends_with_two(begins)));
        let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(input);
        let (places, width) = places(&mut reader, columns)?;
        Ok(Self { records: reader.into_records(), places: Arc::new(places), columns, width, behind })
    }
}

impl Iterator for Table {
    type Item = Result<Record, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        let read = self.records.next()?;
        Some(read.map_err(|error| unreadable(&error)).map(|cells| Record {
            line: cells.position().map_or(0, csv::Position::line) + self.behind,
            cells,
            places: self.places.clone(),
            columns: self.columns,
            width: self.width,
        }))
    }
}

/// Whichever of the three stands most often in the first line, outside of quotation marks.
fn delimiter(begins: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in begins.iter().take_while(|byte| **byte != b'\n' && **byte != b'\r') {
        quoted ^= *byte == b'"';
        for (delimiter, count) in &mut counts {
            *count += usize::from(!quoted && *byte == *delimiter);
        }
    }
    // Of equals the first.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}

/// Whether the first line ends with CR and LF.
fn ends_with_two(begins: &[u8]) -> bool {
    let end = begins.iter().position(|byte| *byte == b'\n');
    end.and_then(|end| end.checked_sub(1)).is_some_and(|before| begins[before] == b'\r')
}

fn places(
    reader: &mut Reader<Box<dyn BufRead>>,
    columns: &Columns,
) -> Result<(Vec<Option<usize>>, usize), Unreadable> {
    let header = reader.headers().map_err(|error| unreadable(&error))?;
    let mut places: Vec<Option<usize>> = vec![None; columns.all.len()];
    let refused = |name: &str, code| {
        let shown: String = name.chars().filter(|c| !c.is_control()).take(60).collect();
        Err(Unreadable { line: 1, column: Some(shown), code })
    };
    if header.get(0).is_some_and(|name| name.trim().eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return Err(Unreadable::new(1, "not_a_table"));
    }
    for (cell, name) in header.iter().enumerate() {
        let name = name.trim().to_lowercase();
        match columns.all.iter().position(|known| *known == name) {
            None => return refused(&name, "unknown_column"),
            Some(place) if places[place].is_some() => return refused(&name, "column_repeated"),
            Some(place) => places[place] = Some(cell),
        }
    }
    for name in columns.required {
        let place = columns.all.iter().position(|known| known == name);
        if place.is_none_or(|place| places[place].is_none()) {
            return refused(name, "column_missing");
        }
    }
    Ok((places, header.len()))
}

fn unreadable(error: &csv::Error) -> Unreadable {
    let line = error.position().map_or(0, csv::Position::line);
    match error.kind() {
        ErrorKind::Utf8 { .. } => Unreadable::new(line, "not_utf8"),
        ErrorKind::Io(error) => Unreadable::of_file(error),
        _ => Unreadable::new(line, "not_a_table"),
    }
}

impl Record {
    /// What stands in a column; nothing where it is empty.
    pub fn get(&self, column: &str) -> Option<&str> {
        let place = self.columns.all.iter().position(|known| *known == column)?;
        let cell = self.cells.get((*self.places.get(place)?)?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// The same where something has to stand there.
    ///
    /// # Errors
    /// `missing_field`.
    pub fn need(&self, column: &'static str) -> Result<&str, FieldError> {
        self.get(column).ok_or_else(|| field(column, "missing_field"))
    }

    /// What stands in a column, read.
    ///
    /// # Errors
    /// With the code that `read` gives.
    pub fn read<T>(
        &self,
        column: &'static str,
        read: impl FnOnce(&str) -> Result<T, &'static str>,
    ) -> Result<Option<T>, FieldError> {
        self.get(column).map(read).transpose().map_err(|code| field(column, code))
    }

    /// As many cells as the header has.
    ///
    /// # Errors
    /// `wrong_number_of_cells`.
    pub fn is_whole(&self) -> Result<(), FieldError> {
        if self.cells.len() == self.width { Ok(()) } else { Err(field("", "wrong_number_of_cells")) }
    }

    /// SHA-256 of all that it says, whatever the order of the columns.
    pub fn fingerprint(&self) -> Vec<u8> {
        let mut hash = digest::Context::new(&digest::SHA256);
        for column in self.columns.all {
            hash.update(column.as_bytes());
            hash.update(b"\0");
            hash.update(self.get(column).unwrap_or("").as_bytes());
            hash.update(b"\0");
        }
        hash.finish().as_ref().to_vec()
    }
}

pub(super) fn field(column: &str, code: &'static str) -> FieldError {
    FieldError::new(format!("/{column}"), code)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: Columns = Columns { all: &["a", "b", "c"], required: &["a"] };

    fn read(text: &str) -> Result<Vec<Vec<Option<String>>>, (u64, &'static str)> {
        let source = Source::Text(text.as_bytes().into());
        let failed = |why: Unreadable| (why.line, why.code);
        let table = Table::open(&source, &COLUMNS).map_err(failed)?;
        table
            .map(|record| {
                let record = record.map_err(failed)?;
                record.is_whole().map_err(|error| (record.line, error.code))?;
                Ok(COLUMNS.all.iter().map(|column| record.get(column).map(str::to_owned)).collect())
            })
            .collect()
    }

    #[test]
    fn tables_are_read_as_people_have_them() {
        for (text, wanted) in [
            ("a,b\n1,2\n", vec!["1|2|"]),
            ("\u{feff}B;A\r\n\"x;y\";1\r\n", vec!["1|x;y|"]),
            ("c\ta\n\t1\n\n3\t2\n", vec!["1||", "2||3"]),
            ("a;b\n1;\"two\nlines, and a comma\"\n", vec!["1|two\nlines, and a comma|"]),
            ("\"a\",\"b\"\n\"say \"\"yes\"\"\",=1+1\n", vec!["say \"yes\"|=1+1|"]),
            ("a\n", vec![]),
            (" A , B \n 1 , \n", vec!["1||"]),
        ] {
            let rows = read(text).unwrap();
            let shown: Vec<String> = rows
                .iter()
                .map(|row| row.iter().map(|cell| cell.as_deref().unwrap_or("")).collect::<Vec<_>>().join("|"))
                .collect();
            assert_eq!(shown, wanted, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_such_table_is_refused_plainly() {
        for (text, wanted) in [
            ("", (1, "column_missing")),
            ("b\n1\n", (1, "column_missing")),
            ("a,d\n1,2\n", (1, "unknown_column")),
            ("a,A\n1,2\n", (1, "column_repeated")),
            ("a,b\n1\n", (2, "wrong_number_of_cells")),
            ("a,b\n1,2\n1,2,3\n", (3, "wrong_number_of_cells")),
            ("a,b\r\n1,2\r\n1,2,3\r\n", (3, "wrong_number_of_cells")),
            ("a,b\r\n1,\"x\r\ny\"\r\n1\r\n", (4, "wrong_number_of_cells")),
            ("<html>", (1, "unknown_column")),
            ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", (1, "not_a_table")),
        ] {
            assert_eq!(read(text).unwrap_err(), wanted, "{text:?}");
        }
        let folder = tempfile::tempdir().unwrap();
        for (octets, code) in [(&b"a\nKranj \xE8\n"[..], "not_utf8"), (b"\xFF\xFEa\0\n\0", "not_utf8")] {
            let path = folder.path().join("table.csv");
            std::fs::write(&path, octets).unwrap();
            let table = Table::open(&Source::File(path), &COLUMNS);
            let why = table.and_then(|table| table.collect::<Result<Vec<_>, _>>().map(drop)).unwrap_err();
            assert_eq!(why.code, code, "{octets:?}");
        }
        let why = Table::open(&Source::File(folder.path().join("none")), &COLUMNS).err().unwrap();
        assert_eq!(why.code, "file_unreadable");
    }
}
