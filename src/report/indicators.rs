//! The chapter on the action plan's indicators: how each stands to its target. There only where the network has any; what
//! is hidden in the published tables is hidden here.

use chrono::Datelike;

use super::{
    page::{Block, Cell, Column, Row, Section, Table},
    words::Words,
};
use crate::{
    app::statistics::{IndicatorProgress, IndicatorValue, yearly::Yearly},
    catalogue::format,
};

pub fn section(words: Words, year: &Yearly) -> Option<Section> {
    let number = |key| Column::number(words.say(key));
    let table = Table {
        caption: words.say("report-indicators"),
        columns: vec![
            Column::text(words.column("indicator")),
            number("report-value"),
            number("report-numerator"),
            number("report-denominator"),
            Column::number(words.column("target")),
            Column::number(words.column("progress")),
            Column::text(words.column("status")),
            number("report-year-before"),
        ],
        rows: year.indicators.iter().map(|one| row(words, year.year, one)).collect(),
        notes: Vec::new(),
    };
    let blocks = vec![
        Block::paragraph(words.say("report-indicators-about")),
        Block::Table(table.with_note_of_hidden(words)),
    ];
    let title = words.say("report-indicators");
    let section = Section { id: "indicators".to_owned(), title, nested: false, blocks };
    (!year.indicators.is_empty()).then_some(section)
}

fn row(words: Words, year: i32, one: &IndicatorProgress) -> Row {
    let value = &one.value;
    let part = |part: Option<f64>| match value.denominator {
        Some(_) => words.shown(value.suppressed, part, |part| words.number(part, 1)),
        None => Cell::text(""),
    };
    let (above, below) = one.value.unit.split_once('/').unwrap_or_default();
    let unit = |cell: Cell, unit: &str| match unit {
        "" => cell,
        unit => cell.of(words.say(&format!("report-unit-{unit}"))),
    };
    let name = Cell::text(format!("{} {}", one.code, one.name.of(words.0)));
    // What it counts, in the plan's own words.
    let name = match &one.description {
        Some(description) => name.of(description.of(words.0).to_owned()),
        None => name,
    };
    Row::new(vec![
        name,
        so_far(words, one, year),
        unit(part(value.numerator), above),
        unit(part(value.denominator), below),
        words.shown(false, one.target, |target| amount(words, one, target)).of(direction(words, one)),
        words.shown(false, one.progress, |progress| words.percent(progress)),
        Cell::text(one.status.map_or_else(String::new, |status| words.word("status", status.as_str()))),
        value_of(words, one, &one.year_before),
    ])
}

fn direction(words: Words, one: &IndicatorProgress) -> String {
    one.target.map_or_else(String::new, |_| words.word("direction", one.direction.as_str()))
}

/// What is compared with the target; where there is none, why.
fn value_of(words: Words, one: &IndicatorProgress, value: &IndicatorValue) -> Cell {
    let shown = words.shown(value.suppressed, value.value(), |found| amount(words, one, found));
    let unit = match value.unit {
        unit if shown.value.is_none() || unit.contains('/') || unit == "minor_units" => None,
        unit => Some(words.say(&format!("report-unit-{unit}"))),
    };
    let why =
        value.missing.filter(|_| !value.suppressed).map(|missing| words.word("missing", missing.as_str()));
    let shown = if why.is_some() { Cell::text("–") } else { shown };
    match unit.or(why) {
        Some(beside) => shown.of(beside),
        None => shown,
    }
}

/// What the year has come to: where that is not known as a whole, what it is no less than, and up to when it is told.
fn so_far(words: Words, one: &IndicatorProgress, year: i32) -> Cell {
    let cell = value_of(words, one, &one.value);
    let least = one
        .at_least
        .map(|least| words.with("report-at-least", &[("value", amount(words, one, least).into())]));
    let last = one
        .value
        .to
        .and_then(|to| to.pred_opt())
        .filter(|last| (last.month(), last.day()) != (12, 31) || last.year() != year);
    let until = last.map(|last| words.with("report-until", &[("date", words.date(last).into())]));
    let beside: Vec<String> = cell.unit.clone().into_iter().chain(least).chain(until).collect();
    if beside.is_empty() { cell } else { cell.of(beside.join(", ")) }
}

fn amount(words: Words, one: &IndicatorProgress, amount: f64) -> String {
    match (one.value.unit, &one.filter.currency) {
        ("minor_units", Some(currency)) => format::money(words.0, amount as i64, currency.code()),
        (unit, _) if unit.contains('/') => words.percent(amount),
        ("hours", _) => words.number(amount, 1),
        _ => words.number(amount, 0),
    }
}
