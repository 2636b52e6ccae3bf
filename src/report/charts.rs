//! Charts as SVG, drawn by `charts-rs` (ADR 28): readable in grey and by those who do not tell colours apart. Series
//! differ in lightness and in shape (bars, a dashed line with diamonds), values stand on or beside what is drawn, and
//! fonts are the reader's own.

use std::sync::LazyLock;

use charts_rs::{
    BarChart, ChartBase, Color, HeatmapChart, HorizontalBarChart, LegendCategory, Series, SeriesCategory,
    Symbol, add_theme, get_theme,
};

use super::{page::Chart, words::Words};
use crate::app::error::Error;

/// Of a chart's own coordinates: as wide as a page's text is in CSS pixels.
const WIDTH: f32 = 680.0;
const FONT: f32 = 11.0;
/// Contrast against white 3.6, 12.6 and 5.0 (WCAG 2.2, 1.4.11 asks for 3), against each other 3.5 for the bars.
const LIGHT: &str = "#5b8db8";
const DARK: &str = "#12355b";
const LINE: &str = "#b3541e";
const INK: &str = "#333333";
const GRID: &str = "#dddddd";
/// Nothing to everything, ever darker: its order survives greyscale.
const SCALE: [&str; 5] = ["#f4f8fc", "#c6dbef", "#6baed6", "#2171b5", "#08306b"];
/// Where axes of percentages end: in five parts all of their marks are whole.
const ENDS: [f32; 6] = [5.0, 10.0, 20.0, 25.0, 50.0, 100.0];

/// What a chart is called, and told as.
pub struct About {
    pub id: String,
    pub title: String,
    pub description: String,
}

/// Some rates of the same things, from 0 to 1; `None`: over nothing.
pub struct Rates {
    pub name: String,
    pub values: Vec<Option<f64>>,
}

/// Two bars for each label and, where there is an earlier time, its first rate as a line.
///
/// # Errors
/// `internal` when the library fails.
pub fn bars(
    words: Words,
    about: About,
    labels: Vec<String>,
    bars: [Rates; 2],
    before: Option<Rates>,
) -> Result<Chart, Error> {
    let end = end(bars.iter().chain(&before));
    let mut series: Vec<Series> = bars.into_iter().map(|rates| percentages(rates, false)).collect();
    series.extend(before.map(|rates| Series {
        category: Some(SeriesCategory::Line),
        stroke_dash_array: Some("5,4".to_owned()),
        symbol: Some(Symbol::Diamond(5.0, Some(Color::from(LINE)))),
        ..percentages(rates, false)
    }));
    let mut chart = BarChart::new_with_theme(series, labels, &THEME);
    for axis in &mut chart.y_axis_configs {
        axis.min = Some(0.0);
        axis.max = Some(end);
        axis.split_number = 5;
        axis.formatter = Some(words.percent_of_chart());
    }
    plain(&mut chart.base, 205.0);
    finished(about, &chart.base.clone(), chart.svg())
}

/// Two bars for each label, one below the other, with their values.
///
/// # Errors
/// `internal` when the library fails.
pub fn ranks(words: Words, about: About, labels: Vec<String>, bars: [Rates; 2]) -> Result<Chart, Error> {
    let rows = labels.len();
    let series = bars.into_iter().map(|rates| percentages(rates, true)).collect();
    let mut chart = horizontal(series, labels, 2 * rows);
    chart.series.label.formatter = words.percent_of_chart();
    finished(about, &chart.base.clone(), chart.svg())
}

/// One bar for each label with its count.
///
/// # Errors
/// `internal` when the library fails.
pub fn counts(words: Words, about: About, named: Vec<(String, f64)>) -> Result<Chart, Error> {
    let (labels, values): (Vec<String>, Vec<f64>) = named.into_iter().unzip();
    let rows = labels.len();
    let data = values.into_iter().map(|value| Some(value as f32)).collect();
    let series = Series { label_show: true, ..Series::new_nullable(String::new(), data) };
    let mut chart = horizontal(vec![series], labels, rows);
    chart.legend.show = Some(false);
    chart.series.colors = vec![DARK.into()];
    chart.series.label.formatter = "«{t}»".to_owned();
    let drawn = chart.svg().map(|drawn| as_tables_write(words, &drawn));
    finished(about, &chart.base.clone(), drawn)
}

/// What the library has written as numbers, with its own separators and by themselves in `«»`, as the language writes them.
fn as_tables_write(words: Words, drawn: &str) -> String {
    let mut parts = drawn.split(">«");
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let number = part.split_once("»<").and_then(|(number, rest)| {
            let number: f64 = number.replace(',', "").parse().ok()?;
            Some((words.number(number, 0), rest))
        });
        match number {
            Some((number, rest)) => written.extend([">", &number, "<", rest]),
            // A name begins with such a sign.
            None => written.extend([">«", part]),
        }
    }
    written
}

/// Hours across, weekdays down; rates from 0 to 1, `None` where it is always closed.
///
/// # Errors
/// `internal` when the library fails.
pub fn week(
    about: About,
    hours: std::ops::Range<u32>,
    days: [String; 7],
    cells: &dyn Fn(u32, u32) -> Option<f64>,
) -> Result<Chart, Error> {
    let across = hours.len();
    let labels: Vec<String> = hours.clone().map(|hour| hour.to_string()).collect();
    let mut known = Vec::new();
    // The library counts rows from below.
    for (row, weekday) in (1..=7).rev().enumerate() {
        for (column, hour) in hours.clone().enumerate() {
            let rate = cells(weekday, hour);
            known.extend(rate.map(|rate| (row * across + column, (rate * 100.0).round() as f32)));
        }
    }
    let most = known.iter().map(|(_, rate)| *rate).fold(1.0, f32::max);
    let below = days.into_iter().rev().collect();
    let mut chart = HeatmapChart::new_with_theme(known, labels, below, &THEME);
    chart.heatmap_series.colors = SCALE.iter().map(|color| Color::from(*color)).collect();
    chart.heatmap_series.max = most;
    chart.heatmap_series.min_font_color = "#111111".into();
    chart.heatmap_series.max_font_color = Color::white();
    plain(&mut chart.base, 205.0);
    chart.series.label.font.size = if across > 18 { 9.0 } else { 10.0 };
    finished(about, &chart.base.clone(), chart.svg())
}

/// The library counts from below; what is read first stands on top.
fn horizontal(mut series: Vec<Series>, mut labels: Vec<String>, bars: usize) -> HorizontalBarChart {
    labels.reverse();
    series.iter_mut().for_each(|series| series.data.reverse());
    let most =
        series.iter().flat_map(|series| &series.data).flatten().fold(1.0_f32, |most, value| most.max(*value));
    let mut chart = HorizontalBarChart::new_with_theme(series, labels, &THEME);
    plain(&mut chart.base, 44.0 + 17.0 * bars.max(2) as f32);
    // What would stand on the axis stands on the bars, which leave room for it.
    chart.x_axis.hidden = true;
    chart.grid.stroke_color = Color::white();
    for axis in &mut chart.y_axis_configs {
        axis.min = Some(0.0);
        axis.max = Some(most * 1.15);
    }
    chart
}

/// Whole percentages where they are written on the bars. The library measures names in a narrower font than many readers have:
/// blanks at their ends keep the next one's sign off them.
fn percentages(rates: Rates, label_show: bool) -> Series {
    let name = format!("{}{}", rates.name, "\u{a0}".repeat(rates.name.chars().count() / 3));
    let value = |rate: f64| if label_show { (rate * 100.0).round() } else { rate * 100.0 };
    let data = rates.values.into_iter().map(|rate| rate.map(|rate| value(rate) as f32)).collect();
    Series { label_show, ..Series::new_nullable(name, data) }
}

fn end<'a>(rates: impl IntoIterator<Item = &'a Rates>) -> f32 {
    let values = rates.into_iter().flat_map(|rates| rates.values.iter().flatten());
    let most = values.fold(0.0, |most: f32, rate| most.max((rate * 100.0) as f32));
    ENDS.into_iter().find(|end| *end >= most).unwrap_or(100.0)
}

/// The library's light one, in our colours and sizes.
static THEME: LazyLock<&str> = LazyLock::new(|| {
    let mut theme = (*get_theme("light")).clone();
    theme.width = WIDTH;
    theme.background_color = Color::white();
    theme.grid.stroke_color = GRID.into();
    theme.series.colors = [LIGHT, DARK, LINE].map(Color::from).to_vec();
    theme.legend.category = LegendCategory::Rect;
    let fonts = [
        &mut theme.legend.font,
        &mut theme.x_axis.font,
        &mut theme.y_axis.font,
        &mut theme.series.label.font,
    ];
    for font in fonts {
        font.size = FONT;
        font.color = INK.into();
    }
    add_theme("prostor-report", theme);
    "prostor-report"
});

/// Without what only a browser with a pointer shows.
fn plain(base: &mut ChartBase, height: f32) {
    base.height = height;
    base.compact = true;
    base.tooltip.show = false;
}

/// The elements inside of the drawing: its own frame has the words that stand for it.
fn finished(about: About, base: &ChartBase, drawn: charts_rs::Result<String>) -> Result<Chart, Error> {
    let drawn = drawn.map_err(|error| Error::Broken(format!("a chart: {error}")))?;
    let inside = drawn.split_once('>').and_then(|(_, rest)| rest.rsplit_once("</svg>"));
    let (inside, _) = inside.ok_or_else(|| Error::Broken("a chart is no SVG".to_owned()))?;
    Ok(Chart {
        id: about.id,
        title: about.title,
        description: about.description,
        width: base.width as u32,
        height: base.height as u32,
        drawing: inside.trim().replace(" font-family=\"Roboto\"", ""),
        numbers: None,
    })
}
