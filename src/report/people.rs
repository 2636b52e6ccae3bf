//! The chapter on people and organisations: published tables of the whole year, and nothing else. What is hidden in
//! them is hidden here; before the year is closed there are none.

use super::{
    charts::{self, About},
    page::{Block, Cell, Chart, Column, Row, Section, Table},
    words::Words,
};
use crate::{
    app::{
        error::Error,
        statistics::{PublishedRow, PublishedTableView, yearly::Yearly},
    },
    catalogue::format,
    domain::disclosure::{PublishedDimension, PublishedFigure},
};

/// As a chart shows few things at once.
const MOST_BARS: usize = 12;

/// # Errors
/// `internal` when the library of charts fails.
pub fn section(words: Words, year: &Yearly) -> Result<Section, Error> {
    let mut blocks = vec![Block::paragraph(words.say("report-people-about"))];
    match &year.published {
        Some(published) => {
            blocks.push(Block::paragraph(words.say("report-note-hidden")));
            for table in &published.network {
                blocks.extend(chart(words, table)?.map(Block::Chart));
                blocks.push(Block::Table(self::table(words, table)));
            }
        }
        None => blocks.push(Block::Warning { text: not_yet(words, year) }),
    }
    Ok(Section { id: "people".to_owned(), title: words.say("report-people"), nested: false, blocks })
}

fn not_yet(words: Words, year: &Yearly) -> String {
    let Some(closes) = year.closes_at.filter(|closes| *closes > year.as_of) else {
        return words.say("report-people-soon");
    };
    let closes = words.day_of(closes, year.zone);
    words.with("report-people-not-yet", &[("year", year.year.to_string().into()), ("closes", closes.into())])
}

/// A published table as it is, its hidden cells hidden.
pub fn table(words: Words, table: &PublishedTableView) -> Table {
    let dimension = table.dimension;
    let figures = dimension.figures();
    let row = |row: &PublishedRow| {
        let name = row
            .category
            .as_deref()
            .map_or_else(|| words.say("statistics-total"), |category| name(words, dimension, category));
        let mut cells = vec![Cell::text(name)];
        cells.extend(figures.iter().map(|figure| cell(words, *figure, row)));
        Row { total: row.category.is_none(), ..Row::new(cells) }
    };
    let mut columns = vec![Column::text(words.say(&format!("report-published-{dimension}")))];
    columns.extend(figures.iter().map(|figure| column(words, *figure)));
    let mut notes = Vec::new();
    if table.closed_up {
        notes.push(words.say("report-note-closed-up"));
    }
    if table.items.is_empty() && table.totals.is_none() {
        notes.push(words.say("report-note-nothing"));
    }
    let caption = words.say(&format!("report-published-{dimension}-title"));
    let rows = table.items.iter().chain(&table.totals).map(row).collect();
    Table { caption, columns, rows, notes }
}

fn column(words: Words, figure: PublishedFigure) -> Column {
    Column {
        name: words.say(&format!("report-published-figure-{figure}")),
        definition: Some(format!("published-{figure}")),
        text: false,
    }
}

fn cell(words: Words, figure: PublishedFigure, row: &PublishedRow) -> Cell {
    let Some(found) = row.figures.get(figure.as_str()) else { return Cell::text("") };
    words.shown(found.suppressed, found.value, |value| match (figure, &row.category) {
        // Minor units, of the currency that the row is of.
        (PublishedFigure::Charged | PublishedFigure::InKind, Some(currency)) => {
            format::money(words.0, value as i64, currency)
        }
        (PublishedFigure::BookedHours, _) => words.number(value, 1),
        _ => words.number(value, 0),
    })
}

fn name(words: Words, dimension: PublishedDimension, category: &str) -> String {
    match dimension {
        PublishedDimension::Money => category.to_owned(),
        // `nace 2.1 90.39`: schemes are known by their capitals.
        PublishedDimension::Sector if category.contains(' ') => {
            let (scheme, rest) = category.split_once(' ').unwrap_or((category, ""));
            format!("{} {rest}", scheme.to_uppercase())
        }
        dimension => words.word(dimension.as_str(), category),
    }
}

/// Reservations of what is shown, the most first, where that is worth drawing.
fn chart(words: Words, table: &PublishedTableView) -> Result<Option<Chart>, Error> {
    if matches!(table.dimension, PublishedDimension::People | PublishedDimension::Money) {
        return Ok(None);
    }
    let count = |row: &PublishedRow| row.figures.get("reservations").and_then(|found| found.value);
    let shown = table.items.iter().filter_map(|row| Some((row.category.as_deref()?, count(row)?)));
    let mut shown: Vec<(String, f64)> = shown
        .filter(|(_, count)| *count > 0.0)
        .map(|(category, count)| (name(words, table.dimension, category), count))
        .collect();
    shown.sort_by(|a, b| b.1.total_cmp(&a.1));
    shown.truncate(MOST_BARS);
    if shown.len() < 2 {
        return Ok(None);
    }
    let title = words.say(&format!("report-published-{}-chart", table.dimension));
    let (most, of_most) = (shown[0].0.clone(), words.number(shown[0].1, 0));
    let description = words.with("report-chart-counts", &[("most", most.into()), ("count", of_most.into())]);
    let about = About { id: format!("published-{}-chart", table.dimension), title, description };
    charts::counts(about, shown).map(Some)
}
