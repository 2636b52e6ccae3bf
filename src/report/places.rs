//! Chapters on when and where: the network's months and week, its venues side by side, and each venue on its pages.

use super::{
    charts::{self, About, Rates},
    figures::{self, Shape},
    page::{Block, Section},
    people,
    words::{Words, named},
};
use crate::{
    app::{
        error::Error,
        statistics::{UtilisationRow, yearly::Yearly},
    },
    domain::places::Venue,
};

fn by_month(words: Words, rows: &[&UtilisationRow]) -> Vec<(String, UtilisationRow)> {
    let name = |row: &UtilisationRow| words.month_name(named(&row.group.month));
    rows.iter().map(|row| (name(row), (*row).clone())).collect()
}

/// A table of months needs names that nobody else keeps.
fn months_table(words: Words, rows: &[&UtilisationRow], totals: &UtilisationRow, shape: Shape) -> Block {
    let named = by_month(words, rows);
    let named: Vec<_> = named.iter().map(|(name, row)| (name.clone(), row)).collect();
    let head = (words.say("report-by-month"), words.column("month"));
    Block::Table(figures::rows(words, head, shape, &named, Some(totals)))
}

/// # Errors
/// `internal` when the library of charts fails.
pub fn trends(words: Words, year: &Yearly) -> Result<Section, Error> {
    let rows: Vec<&UtilisationRow> = year.by_month.items.iter().collect();
    let chart = figures::months(words, "trend".to_owned(), words.say("report-chart-by-month"), &rows)?;
    Ok(Section {
        id: "months".to_owned(),
        title: words.say("report-months"),
        nested: false,
        blocks: vec![
            Block::Chart(chart),
            months_table(words, &rows, &year.by_month.totals, Shape::Times),
            Block::heading(words.say("report-week")),
            Block::paragraph(words.say("report-week-about")),
            figures::week(words, "week".to_owned(), words.say("report-chart-of-week"), &year.week)?,
        ],
    })
}

/// # Errors
/// `internal` when the library of charts fails.
pub fn comparison(words: Words, year: &Yearly) -> Result<Section, Error> {
    let name = |row: &UtilisationRow| named(&row.group.venue).to_owned();
    let mut rows: Vec<&UtilisationRow> = year.by_venue.items.iter().collect();
    rows.sort_by_cached_key(|row| words.order(&name(row)));
    let of = |figure: &str, rate: fn(&UtilisationRow) -> Option<f64>| Rates {
        name: words.column(figure),
        values: rows.iter().map(|row| rate(row)).collect(),
    };
    let about = About {
        id: "venues-chart".to_owned(),
        title: words.say("report-chart-of-venues"),
        description: words.say("report-chart-of-venues-text"),
    };
    let both = [
        of("planned_frequency", |row| row.planned_frequency.rate),
        of("actual_frequency", |row| row.actual_frequency.rate),
    ];
    let chart = charts::ranks(words, about, rows.iter().map(|row| name(row)).collect(), both)?;
    let named: Vec<_> = rows.iter().map(|row| (name(row), *row)).collect();
    let head = (words.say("report-venues"), words.column("venue"));
    let table = figures::rows(words, head, Shape::Venues, &named, Some(&year.by_venue.totals));
    Ok(Section {
        id: "venues".to_owned(),
        title: words.say("report-venues"),
        nested: false,
        blocks: vec![
            Block::paragraph(words.say("report-venues-about")),
            Block::Chart(chart),
            Block::Table(table),
        ],
    })
}

/// The pages of one venue; its number tells its charts from the others'.
///
/// # Errors
/// `internal` when the library of charts fails.
pub fn venue(words: Words, year: &Yearly, number: usize, venue: &Venue) -> Result<Section, Error> {
    let of_venue = |row: &&UtilisationRow| row.group.venue_id == Some(venue.id);
    let mut blocks = vec![Block::paragraph(venue.address.line())];
    let Some(row) = year.by_venue.items.iter().find(of_venue) else {
        blocks.push(Block::paragraph(words.say("report-venue-nothing")));
        return Ok(chapter(number, venue, blocks));
    };
    let caption = words.say("report-key-figures");
    blocks.push(Block::Table(figures::key_figures(words, caption, row)));
    let months: Vec<_> = year.by_venue_and_month.items.iter().filter(of_venue).collect();
    let id = |what: &str| format!("venue-{number}-{what}");
    let title = |key: &str| words.with(key, &[("venue", venue.name.as_str().into())]);
    blocks.push(Block::Chart(figures::months(
        words,
        id("months"),
        title("report-chart-by-month-of"),
        &months,
    )?));
    if let Some(week) = year.weeks.get(&venue.id) {
        blocks.push(figures::week(words, id("week"), title("report-chart-of-week-of"), week)?);
    }
    blocks.push(spaces(words, year, venue, row));
    blocks.push(months_table(words, &months, row, Shape::Spaces));
    let people = year.published.as_ref().and_then(|published| published.people.get(&venue.id));
    blocks.extend(people.map(|table| Block::Table(people::table(words, table).with_note_of_hidden(words))));
    Ok(chapter(number, venue, blocks))
}

fn chapter(number: usize, venue: &Venue, blocks: Vec<Block>) -> Section {
    Section { id: format!("venue-{number}"), title: venue.name.clone(), nested: true, blocks }
}

fn spaces(words: Words, year: &Yearly, venue: &Venue, totals: &UtilisationRow) -> Block {
    let of_venue = |row: &&UtilisationRow| row.group.venue_id == Some(venue.id);
    let spaces = year.by_space.items.iter().filter(of_venue);
    let mut rows: Vec<_> = spaces.map(|row| (named(&row.group.space).to_owned(), row)).collect();
    rows.sort_by_cached_key(|(name, _)| words.order(name));
    let head = (words.say("report-spaces"), words.column("space"));
    Block::Table(figures::rows(words, head, Shape::Spaces, &rows, Some(totals)))
}

/// The spaces of the one venue that a report is of.
pub fn of_venue(words: Words, year: &Yearly, venue: &Venue) -> Section {
    let row = year.by_venue.items.first();
    let blocks = vec![
        Block::paragraph(venue.address.line()),
        row.map_or_else(
            || Block::paragraph(words.say("report-venue-nothing")),
            |row| spaces(words, year, venue, row),
        ),
    ];
    Section { id: "spaces".to_owned(), title: words.say("report-spaces"), nested: false, blocks }
}
