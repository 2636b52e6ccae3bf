//! The chapter on people and organisations: published tables of the whole year, and nothing else. What is hidden in
//! them is hidden here; before the year is closed there are none.

use std::cmp::Reverse;

use super::{
    charts::{self, About},
    page::{Block, Cell, Chart, Column, Row, Section, Table},
    words::{Words, named},
};
use crate::{
    app::{
        error::Error,
        statistics::{PublishedRow, PublishedTableView, yearly::Yearly},
    },
    catalogue::{categories, collation, format},
    domain::{
        disclosure::{PublishedDimension, PublishedFigure},
        organisation::Size,
    },
};

/// As a chart shows few things at once.
const MOST_BARS: usize = 12;
/// Letters of a name beside a bar.
const LONGEST_LABEL: usize = 44;

/// # Errors
/// `internal` when the library of charts fails.
pub fn section(words: Words, year: &Yearly) -> Result<Section, Error> {
    let about = if year.venue.is_some() { "report-people-about-of-venue" } else { "report-people-about" };
    let mut blocks = vec![Block::paragraph(words.say(about))];
    match &year.published {
        Some(published) => {
            let note = if year.venue.is_some() { "report-note-withheld" } else { "report-note-hidden" };
            blocks.push(Block::paragraph(words.say(note)));
            for table in &published.of_all {
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
        let name = match row.category.as_deref() {
            None => Cell::text(words.say("statistics-total")),
            Some(category) => name(words, dimension, category),
        };
        let mut cells = vec![name];
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
    let mut items: Vec<_> = table.items.iter().filter(|row| !is_of_visitors(dimension, row)).collect();
    items.sort_by_cached_key(|row| order(words, dimension, row));
    let rows = items.into_iter().chain(&table.totals).map(row).collect();
    Table { caption, columns, rows, notes }
}

/// Who comes without a reservation has none to be counted here: a row of zeros that would only be asked about.
fn is_of_visitors(dimension: PublishedDimension, row: &PublishedRow) -> bool {
    use PublishedDimension::{Audience, Purpose};
    matches!(dimension, Purpose | Audience) && row.category.as_deref() == Some("none")
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
    let cell = words.shown(found.suppressed, found.value, |value| match (figure, &row.category) {
        // Minor units, of the currency that the row is of.
        (PublishedFigure::Charged | PublishedFigure::InKind, Some(currency)) => {
            format::money(words.0, value as i64, currency)
        }
        (PublishedFigure::BookedHours, _) => words.number(value, 1),
        _ => words.number(value, 0),
    });
    // Only the venue's staff see it.
    match found.withheld && !found.suppressed {
        true => Cell { text: format!("{}\u{a0}‡", cell.text), ..cell },
        false => cell,
    }
}

/// What readers see; of an activity its classification, too.
fn name(words: Words, dimension: PublishedDimension, category: &str) -> Cell {
    match (dimension, categories::sector(words.0, category)) {
        (PublishedDimension::Money, _) => Cell::text(category),
        (PublishedDimension::Sector, Some(sector)) => Cell::text(sector.short).of(sector.scheme),
        _ => Cell::text(words.word(dimension.as_str(), category)),
    }
}

/// As readers look for them: sizes from the smallest, all else by its name; what there is none of, and what nobody told,
/// at the end.
fn order(words: Words, dimension: PublishedDimension, row: &PublishedRow) -> (usize, collation::Key) {
    let category = named(&row.category);
    let place = match (dimension, category) {
        (_, "none") => usize::MAX - 1,
        (_, "unknown") => usize::MAX,
        (PublishedDimension::Size, size) => {
            Size::ALL.iter().position(|known| known.as_str() == size).unwrap_or(Size::ALL.len())
        }
        _ => 0,
    };
    (place, words.order(&name(words, dimension, category).text))
}

/// A name that leaves room for its bar.
fn shortened(name: String) -> String {
    if name.chars().count() <= LONGEST_LABEL {
        return name;
    }
    let kept: String = name.chars().take(LONGEST_LABEL - 1).collect();
    let whole_words = kept.rsplit_once(' ').map_or(kept.as_str(), |(words, _)| words);
    format!("{}…", whole_words.trim_end_matches([',', ';']))
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
        .map(|(category, count)| (name(words, table.dimension, category).text, count))
        .collect();
    shown.sort_by_cached_key(|(name, count)| (Reverse(*count as u64), words.order(name)));
    shown.truncate(MOST_BARS);
    if shown.len() < 2 {
        return Ok(None);
    }
    let title = words.say(&format!("report-published-{}-chart", table.dimension));
    let (most, of_most) = (shown[0].0.clone(), words.number(shown[0].1, 0));
    let description = words.with("report-chart-counts", &[("most", most.into()), ("count", of_most.into())]);
    let about = About { id: format!("published-{}-chart", table.dimension), title, description };
    let shown = shown.into_iter().map(|(name, count)| (shortened(name), count)).collect();
    charts::counts(words, about, shown).map(Some)
}
