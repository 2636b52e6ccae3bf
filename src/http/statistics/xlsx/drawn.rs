//! What a workbook draws: a native chart of a table's rows, or the hours of a week as a grid that is coloured by its numbers.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartSolidFill, ChartType,
    ConditionalFormat2ColorScale, Format, Workbook, Worksheet, XlsxError,
};

use super::{A4, Arranged, names, styles::Styles};
use crate::{
    catalogue::text,
    domain::locale::Locale,
    http::statistics::table::{Drawing, Value},
};

/// Blue and orange stay apart for whoever sees no red or green; dashes for whoever sees no colour.
const COLOURS: [&str; 3] = ["#1F4E9C", "#D97706", "#4B5563"];
const DASHES: [ChartLineDashType; 3] =
    [ChartLineDashType::Solid, ChartLineDashType::Dash, ChartLineDashType::RoundDot];
/// From nothing to the most; black is read on both.
const LEAST: &str = "#FFFFFF";
const MOST: &str = "#6BAED6";
/// Hours in which it is always closed.
const CLOSED: u32 = 0xE3_E3_E3;

impl Arranged<'_> {
    /// A sheet of its own; none where rows aren't told apart or there is nothing to draw.
    pub(super) fn drawing(
        &self,
        book: &mut Workbook,
        figures: &str,
        title: &str,
        locale: Locale,
    ) -> Result<(), XlsxError> {
        let name = text(locale, "statistics-sheet-chart", &[]);
        if let Drawing::Week(columns) = &self.table.drawing {
            let sheet = book.add_worksheet().set_name(&name)?;
            sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 1);
            let mut line = 0;
            for column in columns {
                line = self.week(sheet, line, column, locale)?;
            }
        } else if let Some(chart) = self.chart(figures, title, locale) {
            let sheet = book.add_worksheet().set_name(&name)?;
            sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 1);
            sheet.insert_chart(0, 0, &chart)?;
        }
        Ok(())
    }

    fn chart(&self, sheet: &str, title: &str, locale: Locale) -> Option<Chart> {
        let last = u32::try_from(self.rows.len()).ok().filter(|last| *last > 1)?;
        let labels = self.labels.checked_sub(1)?;
        let (kind, drawn, format) = match &self.table.drawing {
            Drawing::Nothing | Drawing::Week(_) => return None,
            // A line joins what follows in time, and not one place with the next.
            Drawing::Rates { columns, over_time: true } if labels == 0 => (ChartType::Line, columns, "0%"),
            Drawing::Rates { columns, .. } => (ChartType::Column, columns, "0%"),
            // Names of categories are long.
            Drawing::Amounts(columns) => (ChartType::Bar, columns, "#,##0"),
        };
        let mut chart = Chart::new(kind);
        let mut hidden = false;
        for ((name, colour), dash) in drawn.iter().zip(COLOURS).zip(DASHES) {
            let of_table = self.table.columns.iter().position(|column| column == name)?;
            let column = u16::try_from(self.order.iter().position(|one| one.at() == of_table)?).ok()?;
            hidden |= self.hides(of_table);
            chart
                .add_series()
                .set_name((sheet, 0, column))
                .set_categories((sheet, 1, self.first_label(), last, labels))
                .set_values((sheet, 1, column, last, column))
                .set_format(
                    ChartFormat::new()
                        .set_solid_fill(ChartSolidFill::new().set_color(colour))
                        .set_line(ChartLine::new().set_color(colour).set_dash_type(dash)),
                );
        }
        let title = if hidden {
            text(locale, "statistics-chart-without-hidden", &[("title", title.into())])
        } else {
            title.to_owned()
        };
        chart.title().set_name(&title);
        if kind == ChartType::Bar {
            chart.x_axis().set_num_format(format).set_min(0.0);
            // Rows from above, as the sheet has them.
            chart.y_axis().set_reverse();
        } else {
            chart.y_axis().set_num_format(format).set_min(0.0);
        }
        chart.legend().set_position(ChartLegendPosition::Bottom);
        chart.set_width(1_100).set_height(560);
        chart.set_alt_text(text(locale, "statistics-chart-alternative", &[]));
        Some(chart)
    }

    /// The first of the columns that tell rows apart and is not the same in all of them.
    fn first_label(&self) -> u16 {
        let same = |column: &super::Column| {
            let mut values = self.rows.iter().map(|row| &row[column.at()]);
            values.next().is_some_and(|first| values.all(|value| value == first))
        };
        let told: Vec<_> = self.order.iter().take(self.labels.into()).collect();
        let first = told.iter().position(|column| !same(column)).unwrap_or(0);
        u16::try_from(first).unwrap_or(0)
    }

    /// Hours across and weekdays down, from a line on; answers where the next can begin.
    fn week(&self, sheet: &mut Worksheet, line: u32, column: &str, locale: Locale) -> Result<u32, XlsxError> {
        let place = |name: &str| self.table.columns.iter().position(|known| known == name);
        let (Some(weekday), Some(hour), Some(value)) = (place("weekday"), place("hour"), place(column))
        else {
            return Ok(line);
        };
        let styles = Styles::new(locale);
        let rate = styles.rate.clone().set_num_format("0%");
        let closed = Format::new().set_background_color(CLOSED);
        let top = line + 1;
        sheet.write_with_format(line, 0, self.heading_of(locale, column), &Format::new().set_bold())?;
        sheet.write_with_format(top, 0, self.heading_of(locale, "weekday"), &styles.heading)?;
        sheet.set_column_width(0, 16)?.set_column_range_width(1, 24, 5)?;
        for row in self.rows {
            let (Value::Text(day), Value::Text(at)) = (&row[weekday], &row[hour]) else { continue };
            let (Ok(down), Ok(across)) = (day.parse::<u32>(), at.parse::<u16>()) else { continue };
            sheet.write_with_format(top, across + 1, f64::from(across), &styles.heading)?;
            sheet.write_string(top + down, 0, names::word(locale, "weekday", day, &[]))?;
            match row[value] {
                Value::Rate(Some(number)) => {
                    sheet.write_with_format(top + down, across + 1, number, &rate)?
                }
                _ => sheet.write_blank(top + down, across + 1, &closed)?,
            };
        }
        let scale = ConditionalFormat2ColorScale::new().set_minimum_color(LEAST).set_maximum_color(MOST);
        sheet.add_conditional_format(top + 1, 1, top + 7, 24, &scale)?;
        sheet.write_string(top + 8, 0, text(locale, "statistics-week-closed", &[]))?;
        Ok(top + 11)
    }
}
