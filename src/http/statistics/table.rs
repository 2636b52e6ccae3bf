//! A table of figures before it is written: stable names, typed values. CSV and workbooks are written from the same.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::app::statistics::{Amount, Figure};

/// One header and any number of rows with a value for each of its columns.
#[derive(Debug, Clone)]
pub struct Table {
    /// The stem of the file's name and the key of the title: `statistics-title-…`.
    pub name: &'static str,
    /// Stable names; what they mean is told by `column-…` and `column-…-meaning`.
    pub columns: Vec<Cow<'static, str>>,
    /// Whose own `column-{own}-…` go before the common ones: the same name can count something else.
    pub own: Option<&'static str>,
    pub rows: Vec<Vec<Value>>,
    /// All of it, every unit once; empty where nothing can be added up.
    pub totals: Vec<Value>,
    /// The last row is the total of the others.
    pub total_is_last: bool,
    pub drawing: Drawing,
}

/// What a workbook draws of a table: which columns, and as what.
#[derive(Debug, Clone)]
pub enum Drawing {
    Nothing,
    /// From 0 to 1; whether the rows follow each other in time.
    Rates {
        columns: Vec<&'static str>,
        over_time: bool,
    },
    /// Whole numbers of the same kind.
    Amounts(Vec<&'static str>),
    /// Rates of the hours of a week.
    Week(Vec<&'static str>),
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text that tells rows apart, or what people wrote.
    Text(String),
    /// What programs tell rows apart by.
    Id(String),
    Date(NaiveDate),
    Count(u64),
    /// People, reservations: whole numbers; `None`: there is none.
    Whole(Option<f64>),
    /// Minor units of a currency; `None`: there is none.
    Money(Option<f64>, String),
    /// Hours, times people or not; `None`: there is none.
    Number(Option<f64>),
    /// From 0 to 1; `None`: over nothing.
    Rate(Option<f64>),
    Flag(bool),
    /// There is a value, and the reader may not see it.
    Hidden,
}

/// A name and what stands below it.
pub type Cell = (&'static str, Value);

pub fn amount(names: [&'static str; 2], amount: Amount) -> [Cell; 2] {
    [(names[0], Value::Number(Some(amount.hours))), (names[1], Value::Number(Some(amount.seat_hours)))]
}

/// Numerator, denominator and rate.
pub fn parts(names: [&'static str; 3], figure: Figure) -> [Cell; 3] {
    let [numerator, denominator, part] = names;
    [
        (numerator, number(figure, figure.numerator)),
        (denominator, number(figure, figure.denominator)),
        (part, rate(figure)),
    ]
}

pub fn rate(figure: Figure) -> Value {
    if figure.suppressed { Value::Hidden } else { Value::Rate(figure.rate) }
}

/// A part of a figure.
pub fn number(figure: Figure, part: Option<f64>) -> Value {
    match figure.unit.split('/').next() {
        _ if figure.suppressed => Value::Hidden,
        Some("reservations") => Value::Whole(part),
        _ => Value::Number(part),
    }
}

/// The names of a line's cells.
pub fn names(cells: Vec<Cell>) -> Vec<Cow<'static, str>> {
    cells.into_iter().map(|(name, _)| Cow::Borrowed(name)).collect()
}

/// What stands below them.
pub fn values(cells: Vec<Cell>) -> Vec<Value> {
    cells.into_iter().map(|(_, value)| value).collect()
}
