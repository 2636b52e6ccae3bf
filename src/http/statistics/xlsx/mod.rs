//! Tables as workbooks (ECMA-376): typed cells, a native chart or the week as a grid, and a sheet that says what each column
//! means and how the figures came about, in the reader's language. What is hidden says so and is no number. Codes stand in
//! words, and as they are in a column of their own.

mod drawn;
mod names;
mod styles;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use self::styles::Styles;
use super::table::{Table, Value};
use crate::{
    app::error::Error,
    catalogue::{format::minor_digits, text},
    domain::locale::Locale,
};

/// Of Excel, in UTF-16 units; longer texts are refused by the format.
const LONGEST_TEXT: usize = 32_767;
const A4: u8 = 9;
/// Columns that are readable side by side on a printed page.
const COLUMNS_A_PAGE: usize = 12;
/// Characters that fit in a line of a meaning, and points that a line is high.
const LINE: usize = 95;
const LINE_HEIGHT: f64 = 15.0;
/// Pixels, so that a long meaning is wrapped and no column hides its neighbours.
const WIDEST_COLUMN: u32 = 280;

/// What holds for the whole table; times as the answer in JSON has them.
#[derive(Debug, Clone)]
pub struct About<'a> {
    /// Whose figures they are.
    pub scope: &'a str,
    pub from: &'a str,
    pub to: &'a str,
    pub time_zone: &'a str,
    pub as_of: &'a str,
}

/// The workbook's bytes.
///
/// # Errors
/// `internal` when the table can't be written: more rows than a sheet has.
pub fn write(table: &Table, about: &About<'_>, locale: Locale) -> Result<Vec<u8>, Error> {
    workbook(table, about, locale).map_err(|error| Error::Broken(format!("XLSX: {error}")))
}

fn workbook(table: &Table, about: &About<'_>, locale: Locale) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let title = text(locale, &format!("statistics-title-{}", table.name), &[]);
    let properties = DocProperties::new()
        .set_title(&title)
        .set_author("Prostor")
        .set_creation_datetime(&ExcelDateTime::parse_from_str(about.as_of.get(..19).unwrap_or(about.as_of))?);
    book.set_properties(&properties);
    let arranged = Arranged::new(table);
    let name = text(locale, "statistics-sheet-figures", &[]);
    arranged.figures(book.add_worksheet().set_name(&name)?, locale)?;
    arranged.drawing(&mut book, &name, &title, locale)?;
    let sheet = book.add_worksheet().set_name(text(locale, "statistics-sheet-definitions", &[]))?;
    arranged.definitions(sheet, &title, about, locale)?;
    book.save_to_buffer()
}

/// A column of a sheet, by its place in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Value(usize),
    /// Codes in words, by the list that these stand in.
    Word(usize, &'static str),
    /// The same codes as they are.
    Code(usize),
}

impl Column {
    const fn at(self) -> usize {
        match self {
            Self::Value(at) | Self::Word(at, _) | Self::Code(at) => at,
        }
    }
}

/// A table as a workbook shows it: what tells rows apart first, what programs tell them apart by last.
struct Arranged<'t> {
    table: &'t Table,
    /// Without the one that is the total of the others.
    rows: &'t [Vec<Value>],
    totals: &'t [Value],
    /// By place in the sheet.
    order: Vec<Column>,
    /// How many of the first columns tell rows apart.
    labels: u16,
}

impl<'t> Arranged<'t> {
    fn new(table: &'t Table) -> Self {
        let (rows, totals) = match table.rows.split_last() {
            Some((last, rows)) if table.total_is_last => (rows, last.as_slice()),
            _ => (table.rows.as_slice(), table.totals.as_slice()),
        };
        let of = |at: usize| rows.first().map_or(totals, Vec::as_slice).get(at);
        let (mut order, mut last) = (Vec::new(), Vec::new());
        for (at, name) in table.columns.iter().enumerate() {
            match (of(at), names::list_of(table, name)) {
                (Some(Value::Id(_)), _) => last.push(Column::Value(at)),
                (_, Some(list)) => {
                    order.push(Column::Word(at, list));
                    // Names and currencies are their own codes.
                    let named = matches!(list, "organisation_municipality" | "layout" | "money");
                    last.extend((!named).then_some(Column::Code(at)));
                }
                _ => order.push(Column::Value(at)),
            }
        }
        let label = |column: &&Column| matches!(of(column.at()), Some(Value::Text(_) | Value::Date(_)));
        let labels = u16::try_from(order.iter().take_while(label).count()).unwrap_or(u16::MAX);
        order.extend(last);
        Self { table, rows, totals, order, labels }
    }

    /// What stands in a column, by any row.
    fn sample(&self, column: Column) -> Option<&Value> {
        self.rows.first().map_or(self.totals, Vec::as_slice).get(column.at())
    }

    fn figures(&self, sheet: &mut Worksheet, locale: Locale) -> Result<(), XlsxError> {
        let styles = Styles::new(locale);
        for (place, column) in (0..).zip(&self.order) {
            sheet.write_with_format(0, place, self.heading(locale, *column), &styles.heading)?;
        }
        let mut line = 0;
        for row in self.rows {
            line += 1;
            self.line(sheet, line, row, &styles, locale)?;
        }
        let last = u16::try_from(self.order.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, line, last)?;
        if !self.totals.is_empty() && self.labels > 0 {
            // Apart, so that sorting and filtering leave it alone.
            line += 2;
            self.line(sheet, line, self.totals, &Styles::bold(locale), locale)?;
            sheet.write_with_format(
                line,
                0,
                text(locale, "statistics-total", &[]),
                &Styles::bold(locale).text,
            )?;
        }
        sheet.set_freeze_panes(1, self.labels)?;
        let pages = u16::try_from(self.order.len().div_ceil(COLUMNS_A_PAGE)).unwrap_or(1);
        sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(pages, 0).set_repeat_rows(0, 0)?;
        sheet.set_autofit_max_width(WIDEST_COLUMN).autofit();
        // Numbers are short, and their headings are wrapped.
        for (place, column) in (0..).zip(&self.order) {
            if !matches!(self.sample(*column), Some(Value::Text(_) | Value::Id(_))) {
                sheet.set_column_width(place, 14)?;
            }
        }
        sheet.set_row_height(0, 4.0 * LINE_HEIGHT)?;
        if let Some(last) = self.labels.checked_sub(1) {
            sheet.set_repeat_columns(0, last)?;
        }
        Ok(())
    }

    fn line(
        &self,
        sheet: &mut Worksheet,
        line: u32,
        row: &[Value],
        styles: &Styles,
        locale: Locale,
    ) -> Result<(), XlsxError> {
        for (column, shown) in (0..).zip(&self.order) {
            match &row[shown.at()] {
                Value::Text(words) | Value::Id(words) => {
                    let (words, style) = match shown {
                        Column::Word(_, list) => (names::word(locale, list, words, row), &styles.wrapped),
                        Column::Value(_) | Column::Code(_) => (words.into(), &styles.text),
                    };
                    sheet.write_string_with_format(line, column, fitting(&words), style)?
                }
                Value::Date(date) => {
                    let date = ExcelDateTime::parse_from_str(&date.to_string())?;
                    sheet.write_datetime_with_format(line, column, date, &styles.date)?
                }
                Value::Count(count) => sheet.write_with_format(line, column, *count as f64, &styles.count)?,
                Value::Number(Some(number)) => {
                    sheet.write_with_format(line, column, *number, &styles.number)?
                }
                Value::Rate(Some(rate)) => sheet.write_with_format(line, column, *rate, &styles.rate)?,
                Value::Whole(Some(number)) => {
                    sheet.write_with_format(line, column, *number, &styles.count)?
                }
                Value::Money(Some(minor), currency) => {
                    let digits = minor_digits(currency);
                    let whole = *minor / f64::from(10_u32.pow(digits));
                    sheet.write_with_format(line, column, whole, &styles.money(digits, currency))?
                }
                Value::Number(None) | Value::Whole(None) | Value::Rate(None) | Value::Money(None, _) => {
                    sheet.write_blank(line, column, &styles.text)?
                }
                Value::Flag(flag) => sheet.write_with_format(line, column, *flag, &styles.flag)?,
                Value::Hidden => {
                    let word = text(locale, "statistics-hidden", &[]);
                    sheet.write_with_format(line, column, word, &styles.hidden)?
                }
            };
        }
        Ok(())
    }

    fn definitions(
        &self,
        sheet: &mut Worksheet,
        title: &str,
        about: &About<'_>,
        locale: Locale,
    ) -> Result<(), XlsxError> {
        let styles = Styles::new(locale);
        sheet.write_with_format(0, 0, title, &Format::new().set_bold().set_font_size(14))?;
        // A year or a month by its name ends with itself.
        let time = match about.from == about.to {
            true => vec![("statistics-period", about.from)],
            false => vec![("statistics-from", about.from), ("statistics-to", about.to)],
        };
        let facts = [("statistics-time-zone", about.time_zone), ("statistics-as-of", about.as_of)];
        let mut line = 1;
        for (key, fact) in [("statistics-scope", about.scope)].into_iter().chain(time).chain(facts) {
            sheet.write_string(line, 0, text(locale, key, &[]))?.write_string(line, 1, fact)?;
            line += 1;
        }
        line += 1;
        let method = text(locale, "statistics-method", &[]);
        sheet.merge_range(line, 0, line, 2, &method, &styles.wrapped)?;
        sheet.set_row_height(line, height(&method, 3 * LINE / 2))?;
        line += 2;
        for (column, key) in (0..).zip(["statistics-column", "statistics-name", "statistics-meaning"]) {
            sheet.write_with_format(line, column, text(locale, key, &[]), &styles.heading)?;
        }
        for column in &self.order {
            line += 1;
            let name = self.table.columns[column.at()].as_ref();
            let meaning = self.meaning(locale, *column);
            sheet.write_with_format(line, 0, self.heading(locale, *column), &styles.wrapped)?;
            sheet.write_with_format(line, 1, name, &styles.wrapped)?;
            sheet.set_row_height(line, height(&meaning, LINE))?;
            sheet.write_with_format(line, 2, meaning, &styles.wrapped)?;
        }
        sheet.set_column_width(0, 34)?.set_column_width(1, 28)?.set_column_width(2, 90)?;
        sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
        Ok(())
    }
}

/// Of a row whose longest text is wrapped after `line` characters: not every reader of workbooks works it out.
fn height(text: &str, line: usize) -> f64 {
    LINE_HEIGHT * text.chars().count().div_ceil(line).max(1) as f64
}

fn fitting(text: &str) -> String {
    let mut units = 0;
    text.chars()
        .take_while(|char| {
            units += char.len_utf16();
            units <= LONGEST_TEXT
        })
        .collect()
}
