//! What is brought in, as text: a file or what was sent. Opened as often as it is gone through, and never in memory whole.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::PathBuf,
    sync::Arc,
};

use crate::{
    app::error::{Error, FieldError},
    domain::import::ImportFormat,
};

/// The largest file, octets: an opening quotation mark that is never closed makes one cell of all that follows.
const LARGEST: u64 = 100 * 1024 * 1024;

const CALENDAR: &[u8] = b"BEGIN:VCALENDAR";

/// Where the lines come from.
#[derive(Debug, Clone)]
pub enum Source {
    File(PathBuf),
    Text(Arc<[u8]>),
}

/// Why it can't be read at all.
#[derive(Debug)]
pub(super) struct Unreadable {
    pub line: u64,
    /// A column's name.
    pub column: Option<String>,
    pub code: &'static str,
}

impl Unreadable {
    pub fn new(line: u64, code: &'static str) -> Self {
        Self { line, column: None, code }
    }

    pub fn of_file(error: &io::Error) -> Self {
        tracing::warn!(%error, "a file that was to be brought in can't be read: {error}");
        Self::new(0, "file_unreadable")
    }
}

impl From<Unreadable> for Error {
    fn from(why: Unreadable) -> Self {
        let Unreadable { line, column, code } = why;
        let place = column.map_or_else(|| "/content".to_owned(), |column| format!("/content/{column}"));
        FieldError { pointer: place, code, detail: Some(format!("line {line}")) }.into()
    }
}

impl Source {
    pub(super) fn of(text: &str) -> Self {
        Self::Text(text.as_bytes().into())
    }

    /// A calendar says so on its first line (RFC 5545, 3.4); all else is read as a table.
    ///
    /// # Errors
    /// What can't be read.
    pub fn format(&self) -> Result<ImportFormat, Error> {
        let mut begins = [0; CALENDAR.len()];
        let begun = self.open()?.read_exact(&mut begins);
        let calendar = begun.is_ok() && begins.eq_ignore_ascii_case(CALENDAR);
        Ok(if calendar { ImportFormat::Ics } else { ImportFormat::Csv })
    }

    /// From its beginning, without a byte order mark.
    pub(super) fn open(&self) -> Result<Box<dyn BufRead>, Unreadable> {
        let mut reader: Box<dyn BufRead> = match self {
            Self::File(path) => {
                let file = File::open(path).map_err(|error| Unreadable::of_file(&error))?;
                let length = file.metadata().map_err(|error| Unreadable::of_file(&error))?.len();
                if length > LARGEST {
                    return Err(Unreadable::new(0, "file_too_large"));
                }
                Box::new(BufReader::new(file))
            }
            Self::Text(text) => Box::new(io::Cursor::new(text.clone())),
        };
        let begins = reader.fill_buf().map_err(|error| Unreadable::of_file(&error))?;
        // UTF-16 of either kind, as Excel's "Unicode text" is.
        if begins.starts_with(b"\xFF\xFE") || begins.starts_with(b"\xFE\xFF") {
            return Err(Unreadable::new(1, "not_utf8"));
        }
        if begins.starts_with(b"\xEF\xBB\xBF") {
            reader.consume(3);
        }
        Ok(reader)
    }
}
