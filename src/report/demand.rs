//! The chapter on demand: who was turned away and why, what was searched for in vain, how early and how fast it went,
//! what was cancelled and given back.

use std::cmp::Reverse;

use super::{
    charts::{self, About},
    page::{Block, Cell, Column, Row, Section, Table},
    words::{Words, named},
};
use crate::app::{
    error::Error,
    statistics::{
        Figure,
        demand::{DemandRow, Quantile, SearchCount},
        yearly::Yearly,
    },
};

/// # Errors
/// `internal` when the library of charts fails.
pub fn section(words: Words, year: &Yearly) -> Result<Section, Error> {
    let totals = &year.demand.totals;
    let mut blocks = vec![Block::paragraph(words.say("report-demand-about"))];
    blocks.push(Block::Table(key_figures(words, year)));
    blocks.extend(reasons(words, totals)?);
    blocks.extend(searches(words, year));
    let months: Vec<_> =
        year.demand.items.iter().map(|row| (words.month_name(named(&row.group.month)), row)).collect();
    blocks.push(Block::Table(rows(words, ["report-demand-by-month", "month"], &months)));
    let of_place = |row: &DemandRow| match year.venue {
        Some(_) => named(&row.group.space).to_owned(),
        None => named(&row.group.venue).to_owned(),
    };
    let mut places: Vec<_> = year.demand_by_place.items.iter().map(|row| (of_place(row), row)).collect();
    places.sort_by_key(|(name, _)| words.order(name));
    let head = match year.venue {
        Some(_) => ["report-demand-by-space", "space"],
        None => ["report-demand-by-venue", "venue"],
    };
    blocks.push(Block::Table(rows(words, head, &places)));
    Ok(Section { id: "demand".to_owned(), title: words.say("report-demand"), nested: false, blocks })
}

fn turned_away(words: Words, row: &DemandRow) -> Cell {
    words.shown(row.turn_aways.suppressed, row.turn_aways.value.map(|value| value as f64), |value| {
        words.number(value, 0)
    })
}

fn quantile(words: Words, quantile: Quantile) -> Cell {
    words.shown(quantile.suppressed, quantile.value, |hours| words.number(hours, 1))
}

fn of(words: Words, quantile: Quantile) -> Cell {
    let of = quantile.of.map(|of| of as f64);
    words.shown(quantile.suppressed, of, |of| words.number(of, 0))
}

fn key_figures(words: Words, year: &Yearly) -> Table {
    let row = &year.demand.totals;
    let none = || Cell::text("");
    let figure = |name: &str, cells: [Cell; 3]| {
        Row::new([Cell::figure(words, name)].into_iter().chain(cells).collect())
    };
    let rate = |name: &str, [above, below]: [&str; 2], figure_of: Figure| {
        figure(
            name,
            [
                words.rate(figure_of),
                words.numerator(figure_of, 0).of(words.column(above)),
                words.denominator(figure_of, 0).of(words.column(below)),
            ],
        )
    };
    let spread = |name: &str, value: Quantile, of_what: &str| {
        figure(name, [quantile(words, value), none(), of(words, value).of(words.column(of_what))])
    };
    let searched = year.demand.searches.as_ref();
    let searches = searched.map_or_else(none, |found| {
        words.shown(found.suppressed, found.value.map(|value| value as f64), |value| words.number(value, 0))
    });
    let mut rows = vec![
        figure("turn_aways", [turned_away(words, row), none(), none()]),
        Row::new(vec![
            Cell { definition: Some("searches".to_owned()), ..Cell::text(words.say("report-searches")) },
            searches,
            none(),
            none(),
        ]),
        spread("lead_time_median_hours", row.lead_time.median, "lead_times"),
        spread("lead_time_p90_hours", row.lead_time.p90, "lead_times"),
        spread("approval_median_hours", row.approval_time.median, "approvals"),
        spread("approval_p90_hours", row.approval_time.p90, "approvals"),
        rate("cancellation_rate", ["cancellations", "reservations"], row.cancellations),
        rate("late_cancellation_rate", ["late_cancellations", "reservations"], row.late_cancellations),
        rate("venue_cancellation_rate", ["venue_cancellations", "reservations"], row.venue_cancellations),
        rate("no_show_rate", ["no_shows", "required_check_ins"], row.no_shows),
    ];
    for (name, amount) in [("released_hours", row.released), ("rebooked_hours", row.rebooked)] {
        rows.push(figure(name, [words.hours(amount.hours), none(), none()]));
    }
    let number = |key| Column::number(words.say(key));
    let columns = vec![
        Column::text(words.say("report-figure")),
        number("report-value"),
        number("report-numerator"),
        number("report-denominator"),
    ];
    Table { caption: words.say("report-demand-key-figures"), columns, rows, notes: Vec::new() }
        .with_note_of_hidden(words)
}

/// By the first reason of a refusal.
fn reasons(words: Words, totals: &DemandRow) -> Result<Vec<Block>, Error> {
    let Some(reasons) = totals.turn_aways.reasons.as_ref().filter(|reasons| !reasons.is_empty()) else {
        return Ok(Vec::new());
    };
    let mut named: Vec<(String, f64)> =
        reasons.iter().map(|one| (words.word("turned-away", &one.reason), one.value as f64)).collect();
    most_first(words, &mut named);
    let mut blocks = vec![];
    if let [first, _, ..] = named.as_slice() {
        let args = [("most", first.0.clone().into()), ("count", words.number(first.1, 0).into())];
        let about = About {
            id: "reasons".to_owned(),
            title: words.say("report-chart-of-reasons"),
            description: words.with("report-chart-reasons", &args),
        };
        blocks.push(Block::Chart(charts::counts(words, about, named.clone())?));
    }
    blocks.push(counts(words, "report-reasons", "report-reason", "turn_aways", named));
    Ok(blocks)
}

fn searches(words: Words, year: &Yearly) -> Vec<Block> {
    let Some(found) = &year.demand.searches else { return Vec::new() };
    let lists: [(&str, &str, &Option<Vec<SearchCount>>); 3] = [
        ("report-searches-kinds", "kind", &found.kinds),
        ("report-searches-municipalities", "municipality", &found.municipalities),
        ("report-searches-capacities", "capacity", &found.capacities),
    ];
    let named = |list: &str, one: &SearchCount| {
        let not_said = || words.say("report-not-said");
        (one.of.as_deref().map_or_else(not_said, |of| words.word(list, of)), one.value as f64)
    };
    let shown = lists.into_iter().filter_map(|(title, list, counts)| {
        let mut named: Vec<_> = counts.as_ref()?.iter().map(|one| named(list, one)).collect();
        most_first(words, &mut named);
        let said = counts.iter().flatten().any(|one| one.of.is_some());
        said.then(|| self::counts(words, title, "report-searched-for", "searches", named))
    });
    shown.collect()
}

/// The most frequent first, of equals as they are looked for.
fn most_first(words: Words, named: &mut [(String, f64)]) {
    named.sort_by_cached_key(|(name, count)| (Reverse(*count as u64), words.order(name)));
}

fn counts(words: Words, caption: &str, first: &str, definition: &str, named: Vec<(String, f64)>) -> Block {
    let columns = vec![
        Column::text(words.say(first)),
        Column { definition: Some(definition.to_owned()), ..Column::number(words.say("report-count")) },
    ];
    let row = |(name, count): (String, f64)| Row::new(vec![Cell::text(name), words.count(count)]);
    let rows = named.into_iter().map(row).collect();
    Block::Table(Table { caption: words.say(caption), columns, rows, notes: Vec::new() })
}

fn rows(words: Words, [caption, first]: [&str; 2], rows: &[(String, &DemandRow)]) -> Table {
    let names = [
        "turn_aways",
        "lead_time_median_hours",
        "approval_median_hours",
        "cancellation_rate",
        "late_cancellation_rate",
        "no_show_rate",
        "released_hours",
        "rebooked_hours",
    ];
    let mut columns = vec![Column::text(words.column(first))];
    columns.extend(names.map(|name| Column::figure(words, name)));
    let line = |(name, row): &(String, &DemandRow)| {
        Row::new(vec![
            Cell::text(name.clone()),
            turned_away(words, row),
            quantile(words, row.lead_time.median),
            quantile(words, row.approval_time.median),
            words.rate(row.cancellations),
            words.rate(row.late_cancellations),
            words.rate(row.no_shows),
            words.hours(row.released.hours),
            words.hours(row.rebooked.hours),
        ])
    };
    let rows = rows.iter().map(line).collect();
    Table { caption: words.say(caption), columns, rows, notes: Vec::new() }.with_note_of_hidden(words)
}
