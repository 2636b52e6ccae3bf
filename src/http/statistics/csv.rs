//! Tables as CSV: RFC 4180, UTF-8, one header row of stable names, full stops as decimal points, nothing in
//! place of what is not known. Texts that people wrote can't become formulas in a spreadsheet.

use csv::{Terminator, WriterBuilder};

use super::table::{Table, Value};
use crate::app::error::Error;

pub const MEDIA_TYPE: &str = "text/csv; charset=utf-8; header=present";

/// One line per row. The totals are left to the reader's own sums.
///
/// # Errors
/// `internal` when writing to memory fails, which it can't.
pub fn write(table: &Table) -> Result<Vec<u8>, Error> {
    let broken = |error: &dyn std::fmt::Display| Error::Broken(format!("CSV: {error}"));
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(table.columns.iter().map(|name| name.as_bytes())).map_err(|error| broken(&error))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(text)).map_err(|error| broken(&error))?;
    }
    writer.into_inner().map_err(|error| broken(&error.error()))
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => safe(text),
        Value::Id(id) => id.clone(),
        Value::Date(date) => date.to_string(),
        Value::Count(count) => count.to_string(),
        Value::Number(value) | Value::Whole(value) | Value::Rate(value) | Value::Money(value, _) => {
            value.map(|value| value.to_string()).unwrap_or_default()
        }
        Value::Flag(flag) => flag.to_string(),
        Value::Hidden => String::new(),
    }
}

/// A text that a spreadsheet would take for a formula gets an apostrophe, as OWASP advises (CSV injection): some of them take
/// full-width signs for plain ones.
fn safe(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_can_not_become_formulas() {
        for (text, wanted) in [
            ("Dvorana", "Dvorana"),
            ("=1+1", "'=1+1"),
            ("+386 4", "'+386 4"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("\n=1", "'\n=1"),
            ("＝1+1", "'＝1+1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠SUM(A1)", "'＠SUM(A1)"),
            ("č=1", "č=1"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(safe(text), wanted);
        }
    }
}
