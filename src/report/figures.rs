//! Tables of utilisation: what was open, booked and used, and the rates of it with both their parts.

use super::{
    charts::{self, About, Rates},
    page::{Block, Cell, Chart, Column, Row, Table},
    words::{Words, named},
};
use crate::app::{
    error::Error,
    statistics::{Figure, HeatmapCell, UtilisationRow},
};

/// A rate, what it is divided from and by, and how it is changed since the year before.
type Rate = (
    &'static str,
    [&'static str; 2],
    usize,
    fn(&UtilisationRow) -> Figure,
    fn(&UtilisationRow) -> Option<f64>,
);

/// Every rate of utilisation with the names of numerator and denominator and their decimals.
pub const RATES: [Rate; 7] = [
    (
        "planned_frequency",
        ["booked_hours", "available_hours"],
        1,
        |row| row.planned_frequency,
        |row| row.change?.planned_frequency,
    ),
    (
        "actual_frequency",
        ["used_hours", "available_hours"],
        1,
        |row| row.actual_frequency,
        |row| row.change?.actual_frequency,
    ),
    (
        "utilisation",
        ["utilisation_person_hours", "available_seat_hours"],
        1,
        |row| row.utilisation,
        |row| row.change?.utilisation,
    ),
    (
        "occupancy",
        ["known_person_hours", "known_seat_hours"],
        1,
        |row| row.occupancy,
        |row| row.change?.occupancy,
    ),
    ("coverage", ["known_seat_hours", "used_seat_hours"], 1, |row| row.coverage, |_| None),
    ("declared", ["declared_seat_hours", "known_seat_hours"], 1, |row| row.declared, |_| None),
    ("no_show_rate", ["no_shows", "required_check_ins"], 0, |row| row.no_shows, |row| row.change?.no_shows),
];

type Hours = (&'static str, fn(&UtilisationRow) -> f64);

/// Hours that no rate has as a part.
const HOURS: [Hours; 3] = [
    ("released_hours", |row| row.released.hours),
    ("rebooked_hours", |row| row.rebooked.hours),
    ("out_of_hours_hours", |row| row.out_of_hours.hours),
];

/// All figures of one row, one below the other.
pub fn key_figures(words: Words, caption: String, row: &UtilisationRow) -> Table {
    // Where nothing was open there are no data, and not a year without use.
    let before = row.compared.as_deref().filter(|before| before.available.hours > 0.0);
    let rate = |(name, [above, below], decimals, figure, change): &Rate| {
        Row::new(vec![
            Cell::figure(words, name),
            words.rate(figure(row)),
            words.numerator(figure(row), *decimals).of(words.column(above)),
            words.denominator(figure(row), *decimals).of(words.column(below)),
            before.map_or(Cell::text("–"), |before| words.rate(figure(before))),
            words.points(change(row)),
        ])
    };
    let hours = |(name, hours): &Hours| {
        let earlier = before.map_or(Cell::text("–"), |before| words.hours(hours(before)));
        let none = || Cell::text("");
        Row::new(vec![Cell::figure(words, name), words.hours(hours(row)), none(), none(), earlier, none()])
    };
    let number = |key| Column::number(words.say(key));
    Table {
        caption,
        columns: vec![
            Column::text(words.say("report-figure")),
            number("report-value"),
            number("report-numerator"),
            number("report-denominator"),
            number("report-year-before"),
            number("report-change-points"),
        ],
        rows: RATES.iter().map(rate).chain(HOURS.iter().map(hours)).collect(),
        notes: vec![words.with("report-basis", &[("basis", words.word("basis", row.basis).into())])],
    }
    .with_note_of_hidden(words)
}

/// Which columns a table of several rows has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Beside the year before.
    Times,
    /// With what there is of it, and the year before.
    Venues,
    /// With what there is of it.
    Spaces,
}

/// Several rows, each by its name, and the totals.
pub fn rows(
    words: Words,
    (caption, first): (String, String),
    shape: Shape,
    named: &[(String, &UtilisationRow)],
    totals: Option<&UtilisationRow>,
) -> Table {
    let figure = |name| Column::figure(words, name);
    let mut columns = vec![Column::text(first)];
    match shape {
        Shape::Times => {}
        Shape::Venues => columns.extend([figure("spaces"), figure("seats")]),
        Shape::Spaces => columns.extend([figure("units"), figure("seats")]),
    }
    let names = ["available_hours", "booked_hours", "used_hours", "planned_frequency", "actual_frequency"];
    columns.extend(names.map(figure));
    if shape != Shape::Spaces {
        columns.push(figure("compared_planned_frequency"));
    }
    columns.extend([figure("occupancy"), figure("utilisation")]);
    let mut lines: Vec<Row> =
        named.iter().map(|(name, row)| Row::new(cells(words, name.clone(), shape, row))).collect();
    let total = totals.map(|row| Row::total(cells(words, words.say("statistics-total"), shape, row)));
    lines.extend(total);
    let mut notes = Vec::new();
    if named.iter().any(|(_, row)| row.overlapping) {
        notes.push(words.say("report-note-overlapping"));
    }
    if shape == Shape::Spaces && named.iter().any(|(_, row)| row.seats == 0) {
        notes.push(words.say("report-note-equipment"));
    }
    Table { caption, columns, rows: lines, notes }.with_note_of_hidden(words)
}

fn cells(words: Words, name: String, shape: Shape, row: &UtilisationRow) -> Vec<Cell> {
    let name = if row.overlapping { format!("{name}\u{a0}†") } else { name };
    let mut cells = vec![Cell::text(name)];
    match shape {
        Shape::Times => {}
        Shape::Venues => cells.extend([row.spaces.into(), row.seats as f64].map(|count| words.count(count))),
        Shape::Spaces => cells.extend([row.units.into(), row.seats as f64].map(|count| words.count(count))),
    }
    cells.extend([row.available.hours, row.booked.hours, row.used.hours].map(|hours| words.hours(hours)));
    cells.extend([row.planned_frequency, row.actual_frequency].map(|figure| words.rate(figure)));
    if shape != Shape::Spaces {
        let before = row.compared.as_deref();
        cells.push(before.map_or(Cell::text("–"), |before| words.rate(before.planned_frequency)));
    }
    cells.extend([row.occupancy, row.utilisation].map(|figure| words.rate(figure)));
    cells
}

/// Both frequencies of some months and, where there is one, the planned one of the year before.
///
/// # Errors
/// `internal` when the library of charts fails.
pub fn months(words: Words, id: String, title: String, rows: &[&UtilisationRow]) -> Result<Chart, Error> {
    let month = |row: &UtilisationRow| named(&row.group.month).to_owned();
    let of = |name: &str, rate: fn(&UtilisationRow) -> Option<f64>| Rates {
        name: words.column(name),
        values: rows.iter().map(|row| rate(row)).collect(),
    };
    let planned = of("planned_frequency", |row| row.planned_frequency.rate);
    let known = || rows.iter().filter_map(|row| Some((row, row.planned_frequency.rate?)));
    let description =
        match known().min_by(|a, b| a.1.total_cmp(&b.1)).zip(known().max_by(|a, b| a.1.total_cmp(&b.1))) {
            Some(((low, least), (high, most))) => words.with(
                "report-chart-months",
                &[
                    ("least", words.percent(least).into()),
                    ("low", words.month(&month(low)).into()),
                    ("most", words.percent(most).into()),
                    ("high", words.month(&month(high)).into()),
                ],
            ),
            None => words.say("report-chart-nothing"),
        };
    let before = of("compared_planned_frequency", |row| row.compared.as_deref()?.planned_frequency.rate);
    let before = before.values.iter().any(Option::is_some).then_some(before);
    let labels = rows.iter().map(|row| words.month_short(&month(row))).collect();
    let both = [planned, of("actual_frequency", |row| row.actual_frequency.rate)];
    charts::bars(words, About { id, title, description }, labels, both, before)
}

/// The hour of a week in which most was booked (of equals the first): weekday, hour, planned frequency.
pub fn busiest(week: &[HeatmapCell]) -> Option<(u32, u32, f64)> {
    let best =
        week.iter().reduce(|best, next| if next.booked.hours > best.booked.hours { next } else { best })?;
    Some((best.weekday, best.hour, best.planned_frequency.rate?)).filter(|_| best.booked.hours > 0.0)
}

pub fn hour_of_week(words: Words, weekday: u32, hour: u32) -> String {
    let args = [
        ("weekday", words.say(&format!("weekday-{weekday}")).into()),
        ("from", hour.to_string().into()),
        ("to", (hour + 1).to_string().into()),
    ];
    words.with("report-hour-of-week", &args)
}

/// The planned frequency of every hour of a week, as a chart, and to be opened as a table.
///
/// # Errors
/// `internal` when the library of charts fails.
pub fn week(words: Words, id: String, title: String, week: &[HeatmapCell]) -> Result<Block, Error> {
    let open = |cell: &&HeatmapCell| cell.available.hours > 0.0;
    let hours = week.iter().filter(open).map(|cell| cell.hour);
    let Some((first, last)) = hours.clone().min().zip(hours.max()) else {
        return Ok(Block::paragraph(words.say("report-week-closed")));
    };
    let description = match busiest(week) {
        Some((weekday, hour, rate)) => words.with(
            "report-chart-week",
            &[("hour", hour_of_week(words, weekday, hour).into()), ("rate", words.percent(rate).into())],
        ),
        None => words.say("report-chart-nothing"),
    };
    let find =
        |weekday: u32, hour: u32| week.iter().find(|cell| (cell.weekday, cell.hour) == (weekday, hour));
    let rate = |weekday, hour| find(weekday, hour).and_then(|cell| cell.planned_frequency.rate);
    let days = || [1, 2, 3, 4, 5, 6, 7].map(|day| words.say(&format!("report-weekday-{day}")));
    let about = About { id, title: title.clone(), description };
    let mut chart = charts::week(about, first..last + 1, days(), &rate)?;
    let line = |hour: u32| {
        let name = words
            .with("report-hour", &[("from", hour.to_string().into()), ("to", (hour + 1).to_string().into())]);
        let cells =
            (1..=7).map(|weekday| words.shown(false, rate(weekday, hour), |rate| words.percent(rate)));
        Row::new([Cell::text(name)].into_iter().chain(cells).collect())
    };
    let mut columns = vec![Column::text(words.column("hour"))];
    columns.extend(days().map(Column::number));
    let rows = (first..=last).map(line).collect();
    chart.numbers = Some(Table { caption: title, columns, rows, notes: Vec::new() });
    Ok(Block::Chart(chart))
}
