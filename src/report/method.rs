//! The last chapter: how figures are made, what each of them means, what is hidden and why, and what was counted.

use super::{
    figures::RATES,
    page::{Block, Cell, Column, Row, Section, Table},
    words::Words,
};
use crate::{app::statistics::yearly::Yearly, domain::disclosure::PublishedFigure};

/// Figures without a rate that the report names, in the order of its chapters, and what rates are parts of.
const PLAIN: [&str; 27] = [
    "available_hours",
    "booked_hours",
    "used_hours",
    "spaces",
    "units",
    "seats",
    "compared_planned_frequency",
    "released_hours",
    "rebooked_hours",
    "out_of_hours_hours",
    "available_seat_hours",
    "used_seat_hours",
    "known_person_hours",
    "known_seat_hours",
    "declared_seat_hours",
    "utilisation_person_hours",
    "no_shows",
    "required_check_ins",
    "reservations",
    "cancellations",
    "late_cancellations",
    "venue_cancellations",
    "turn_aways",
    "lead_time_median_hours",
    "lead_time_p90_hours",
    "approval_median_hours",
    "approval_p90_hours",
];

/// Rates of demand, with the names of their parts.
const OF_DEMAND: [(&str, [&str; 2]); 3] = [
    ("cancellation_rate", ["cancellations", "reservations"]),
    ("late_cancellation_rate", ["late_cancellations", "reservations"]),
    ("venue_cancellation_rate", ["venue_cancellations", "reservations"]),
];

pub fn section(words: Words, year: &Yearly) -> Section {
    let mut blocks = Vec::new();
    for part in ["counting", "hours", "people", "demand", "disclosure", "comparison"] {
        blocks.push(Block::heading(words.say(&format!("report-method-{part}-title"))));
        blocks.push(Block::paragraph(words.say(&format!("report-method-{part}"))));
    }
    blocks.push(Block::heading(words.say("report-method-data-title")));
    blocks.push(Block::paragraph(data(words, year)));
    blocks.push(Block::Table(definitions(words)));
    blocks.push(Block::Table(published(words)));
    Section { id: "method".to_owned(), title: words.say("report-method"), nested: false, blocks }
}

fn data(words: Words, year: &Yearly) -> String {
    let [from, to] = super::dates(words, year);
    words.with(
        if year.venue.is_some() { "report-method-data-of-venue" } else { "report-method-data" },
        &[
            ("place", year.name.as_str().into()),
            ("from", from.into()),
            ("to", to.into()),
            ("asof", super::moment(words, year).into()),
            ("zone", year.zone.name().into()),
        ],
    )
}

fn row(name: &str, cells: Vec<Cell>) -> Row {
    Row { id: Some(format!("def-{name}")), ..Row::new(cells) }
}

fn definitions(words: Words) -> Table {
    let rates = RATES.iter().map(|(name, parts, ..)| (*name, *parts)).chain(OF_DEMAND);
    let divided = |(name, [above, below]): (&str, [&str; 2])| {
        let cells = [words.column(name), words.meaning(name), words.column(above), words.column(below)];
        row(name, cells.map(Cell::text).to_vec())
    };
    let plain = |name: &str| {
        let cells = [words.column(name), words.meaning(name), "–".to_owned(), "–".to_owned()];
        row(name, cells.map(Cell::text).to_vec())
    };
    let mut rows: Vec<Row> = rates.map(divided).collect();
    rows.extend(PLAIN.into_iter().map(plain));
    let searches =
        [words.say("report-searches"), words.say("report-searches-meaning"), "–".to_owned(), "–".to_owned()];
    rows.push(row("searches", searches.map(Cell::text).to_vec()));
    table(
        words,
        "report-definitions",
        &["report-figure", "report-definition", "report-numerator", "report-denominator"],
        rows,
    )
}

fn published(words: Words) -> Table {
    let line = |figure: &PublishedFigure| {
        let cells = [
            words.say(&format!("report-published-figure-{figure}")),
            words.say(&format!("report-published-figure-{figure}-meaning")),
        ];
        row(&format!("published-{figure}"), cells.map(Cell::text).to_vec())
    };
    let rows = PublishedFigure::ALL.iter().map(line).collect();
    table(words, "report-definitions-published", &["report-figure", "report-definition"], rows)
}

fn table(words: Words, caption: &str, columns: &[&str], rows: Vec<Row>) -> Table {
    let columns = columns.iter().map(|key| Column::text(words.say(key))).collect();
    Table { caption: words.say(caption), columns, rows, notes: Vec::new() }
}
