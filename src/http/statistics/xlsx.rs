//! Tables as workbooks (ECMA-376): typed cells, a native chart, and a sheet that says what each column means and how
//! the figures came about, in the reader's language. What is hidden says so and is no number.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartSolidFill, ChartType,
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::table::{Table, Value};
use crate::{
    app::error::Error,
    catalogue::{find, format::minor_digits, text},
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
/// Ends the columns that say whether a figure is hidden.
const SUPPRESSED: &str = "_suppressed";
/// What the names of a table's columns by reason begin with.
const OF_REASONS: &str = "turn_aways_";
const HEADING: u32 = 0x1F_3A_5F;
const HIDDEN: u32 = 0xE3_E3_E3;

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
        .set_creation_datetime(&ExcelDateTime::parse_from_str(about.as_of.get(..19).unwrap_or_default())?);
    book.set_properties(&properties);
    let arranged = Arranged::new(table);
    let name = text(locale, "statistics-sheet-figures", &[]);
    arranged.figures(book.add_worksheet().set_name(&name)?, locale)?;
    if let Some(chart) = arranged.chart(&name, &title, locale) {
        let sheet = book.add_worksheet().set_name(text(locale, "statistics-sheet-chart", &[]))?;
        sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 1).insert_chart(0, 0, &chart)?;
    }
    let sheet = book.add_worksheet().set_name(text(locale, "statistics-sheet-definitions", &[]))?;
    arranged.definitions(sheet, &title, about, locale)?;
    book.save_to_buffer()
}

/// The table's columns as a workbook shows them: what tells rows apart first, ids last.
struct Arranged<'t> {
    table: &'t Table,
    /// By place in the sheet: the column of the table.
    order: Vec<usize>,
    /// How many of the first columns tell rows apart.
    labels: u16,
}

impl<'t> Arranged<'t> {
    fn new(table: &'t Table) -> Self {
        let of = |at: usize| table.rows.first().unwrap_or(&table.totals).get(at);
        let is_id = |at: &usize| matches!(of(*at), Some(Value::Id(_)));
        let all = 0..table.columns.len();
        let (ids, order): (Vec<usize>, Vec<usize>) = all.partition(is_id);
        let label = |at: &&usize| matches!(of(**at), Some(Value::Text(_) | Value::Date(_)));
        let labels = u16::try_from(order.iter().take_while(label).count()).unwrap_or(u16::MAX);
        Self { table, order: order.into_iter().chain(ids).collect(), labels }
    }

    fn figures(&self, sheet: &mut Worksheet, locale: Locale) -> Result<(), XlsxError> {
        let styles = Styles::new(locale);
        for (column, at) in (0..).zip(&self.order) {
            let name = self.heading(locale, &self.table.columns[*at]);
            sheet.write_with_format(0, column, name, &styles.heading)?;
        }
        let mut line = 0;
        for row in &self.table.rows {
            line += 1;
            self.line(sheet, line, row, &styles, locale)?;
        }
        let last = u16::try_from(self.order.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, line, last)?;
        if !self.table.totals.is_empty() && self.labels > 0 {
            // Apart, so that sorting and filtering leave it alone.
            line += 2;
            self.line(sheet, line, &self.table.totals, &Styles::bold(locale), locale)?;
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
        for (column, at) in (0..).zip(&self.order) {
            let of = self.table.rows.first().unwrap_or(&self.table.totals).get(*at);
            if !matches!(of, Some(Value::Text(_) | Value::Id(_))) {
                sheet.set_column_width(column, 14)?;
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
        for (column, at) in (0..).zip(&self.order) {
            match &row[*at] {
                Value::Text(words) | Value::Id(words) => {
                    sheet.write_string_with_format(line, column, fitting(words), &styles.text)?
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

    /// The drawn rates of each row; none where rows aren't told apart or there is nothing to draw.
    fn chart(&self, sheet: &str, title: &str, locale: Locale) -> Option<Chart> {
        let last = u32::try_from(self.table.rows.len()).ok().filter(|last| *last > 1)?;
        let labels = self.labels.checked_sub(1).filter(|_| !self.table.drawn.is_empty())?;
        // A line joins what follows in time, and not one place with the next.
        let line = self.table.over_time && labels == 0;
        let kind = if line { ChartType::Line } else { ChartType::Column };
        let mut chart = Chart::new(kind);
        // Blue and orange stay apart for whoever sees no red or green; dashes for whoever sees no colour.
        let colours = ["#1F4E9C", "#D97706", "#4B5563"];
        let dashes = [ChartLineDashType::Solid, ChartLineDashType::Dash, ChartLineDashType::RoundDot];
        for ((name, colour), dash) in self.table.drawn.iter().zip(colours).zip(dashes) {
            let of_table = self.table.columns.iter().position(|column| column == name)?;
            let column = u16::try_from(self.order.iter().position(|at| *at == of_table)?).ok()?;
            chart
                .add_series()
                .set_name((sheet, 0, column))
                .set_categories((sheet, 1, 0, last, labels))
                .set_values((sheet, 1, column, last, column))
                .set_format(
                    ChartFormat::new()
                        .set_solid_fill(ChartSolidFill::new().set_color(colour))
                        .set_line(ChartLine::new().set_color(colour).set_dash_type(dash)),
                );
        }
        chart.title().set_name(title);
        chart.y_axis().set_num_format("0%").set_min(0.0);
        chart.legend().set_position(ChartLegendPosition::Bottom);
        chart.set_width(1_100).set_height(560);
        chart.set_alt_text(text(locale, "statistics-chart-alternative", &[]));
        Some(chart)
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
        let facts = [
            ("statistics-scope", about.scope),
            ("statistics-from", about.from),
            ("statistics-to", about.to),
            ("statistics-time-zone", about.time_zone),
            ("statistics-as-of", about.as_of),
        ];
        let mut line = 1;
        for (key, fact) in facts {
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
        for at in &self.order {
            line += 1;
            let name = self.table.columns[*at].as_ref();
            let meaning = self.meaning(locale, name);
            sheet.write_with_format(line, 0, self.heading(locale, name), &styles.wrapped)?;
            sheet.write_with_format(line, 1, name, &styles.wrapped)?;
            sheet.set_row_height(line, height(&meaning, LINE))?;
            sheet.write_with_format(line, 2, meaning, &styles.wrapped)?;
        }
        sheet.set_column_width(0, 34)?.set_column_width(1, 28)?.set_column_width(2, 90)?;
        sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
        Ok(())
    }
}

impl Arranged<'_> {
    /// What the catalogue has of a column, where this table means something of its own by the name that first.
    fn own(&self, locale: Locale, column: &str, end: &str) -> Option<String> {
        let of_table =
            self.table.own.and_then(|own| find(locale, &format!("column-{own}-{column}{end}"), &[]));
        of_table.or_else(|| find(locale, &format!("column-{column}{end}"), &[]))
    }

    /// The columns that there is one of for each reason, hidden figure or currency are named by what they are one of.
    fn heading(&self, locale: Locale, column: &str) -> String {
        let own = |column: &str| self.own(locale, column, "");
        if let Some(heading) = own(column) {
            return heading;
        }
        if let Some(of) = column.strip_suffix(SUPPRESSED).and_then(own) {
            return text(locale, "column-of_suppressed", &[("column", of.into())]);
        }
        if let Some(reason) = column.strip_prefix(OF_REASONS) {
            let said = find(locale, &format!("report-turned-away-{reason}"), &[]);
            let said = said.unwrap_or_else(|| reason.to_owned());
            return text(locale, "column-turn_aways_for", &[("reason", said.into())]);
        }
        match column.rsplit_once('_').and_then(|(of, currency)| Some((own(of)?, currency))) {
            Some((of, currency)) => {
                text(locale, "column-of_currency", &[("column", of.into()), ("currency", currency.into())])
            }
            None => column.to_owned(),
        }
    }

    fn meaning(&self, locale: Locale, column: &str) -> String {
        let own = |column: &str| self.own(locale, column, "-meaning");
        let suppressed = column.ends_with(SUPPRESSED).then_some("of_suppressed");
        if suppressed.is_none() && column.starts_with(OF_REASONS) {
            return own("turn_aways_for").unwrap_or_default();
        }
        let of_currency = column.rsplit_once('_').map(|(of, _)| of);
        own(column).or_else(|| own(suppressed.or(of_currency)?)).unwrap_or_default()
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

struct Styles {
    heading: Format,
    text: Format,
    wrapped: Format,
    date: Format,
    count: Format,
    number: Format,
    rate: Format,
    flag: Format,
    hidden: Format,
}

impl Styles {
    fn new(locale: Locale) -> Self {
        Self::of(locale, Format::new())
    }

    fn bold(locale: Locale) -> Self {
        Self::of(locale, Format::new().set_bold().set_border_top(FormatBorder::Thin))
    }

    fn of(locale: Locale, plain: Format) -> Self {
        let [yes, no] = ["statistics-yes", "statistics-no"].map(|key| text(locale, key, &[]));
        let plain = || plain.clone();
        Self {
            heading: plain()
                .set_bold()
                .set_font_color(0xFF_FF_FF)
                .set_background_color(HEADING)
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter),
            text: plain(),
            wrapped: plain().set_text_wrap().set_align(FormatAlign::Top),
            date: plain().set_num_format("yyyy-mm-dd"),
            count: plain().set_num_format("#,##0"),
            number: plain().set_num_format("#,##0.00"),
            rate: plain().set_num_format("0.0%"),
            // Some readers write a flag as a number: then as a word all the same.
            flag: plain().set_num_format(format!("\"{yes}\";\"{yes}\";\"{no}\"")),
            hidden: plain().set_italic().set_background_color(HIDDEN).set_align(FormatAlign::Right),
        }
    }

    /// An amount as its currency writes it.
    fn money(&self, digits: u32, currency: &str) -> Format {
        let decimals = if digits > 0 { format!(".{}", "0".repeat(digits as usize)) } else { String::new() };
        self.number.clone().set_num_format(format!("#,##0{decimals} \"{currency}\""))
    }
}
