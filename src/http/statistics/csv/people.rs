//! Figures about people as CSV.

use std::collections::BTreeSet;

use super::{number, safe, table};
use crate::{
    app::{
        error::Error,
        statistics::{HeadsFigure, PublishedRow, PublishedTableView, Users, UsersRow},
    },
    domain::statistics::people,
};

/// A name and the text below it.
type Cell<'a> = (&'a str, String);

/// One line per row, its group's columns first. Money has two columns for each currency there is.
///
/// # Errors
/// `internal` when writing to memory fails, which it can't.
pub fn users(figures: &Users) -> Result<Vec<u8>, Error> {
    let dimensions: Vec<people::Dimension> =
        figures.group_by.iter().filter_map(|word| word.parse().ok()).collect();
    let all = figures.items.iter().chain([&figures.totals]);
    let currencies: BTreeSet<&str> =
        all.flat_map(|row| &row.money).map(|money| money.currency.as_str()).collect();
    let money: Vec<(&str, [String; 2])> = currencies
        .into_iter()
        .map(|currency| (currency, [format!("charged_{currency}"), format!("in_kind_value_{currency}")]))
        .collect();
    let cells = |row| of_people(&dimensions, &money, row);
    table(cells(&figures.totals), figures.items.iter().map(cells))
}

/// One line per category, the total last.
///
/// # Errors
/// `internal` when writing to memory fails, which it can't.
pub fn published(published: &PublishedTableView) -> Result<Vec<u8>, Error> {
    let rows = || published.items.iter().chain(&published.totals);
    let figures: BTreeSet<&str> = rows().flat_map(|row| row.figures.keys().copied()).collect();
    let hidden: Vec<(&str, String)> =
        figures.into_iter().map(|name| (name, format!("{name}_suppressed"))).collect();
    let cells = |row: &PublishedRow| {
        let category = row.category.clone().map_or_else(|| "total".to_owned(), safe);
        let mut cells = vec![("period", published.period.clone()), ("category", category)];
        for (name, suppressed) in &hidden {
            let found = row.figures.get(name);
            cells.push((name, number(found.and_then(|found| found.value))));
            cells.push((suppressed, found.map(|found| found.suppressed.to_string()).unwrap_or_default()));
        }
        cells
    };
    let any = PublishedRow { category: None, figures: Default::default() };
    table(cells(&any), rows().map(cells))
}

fn of_people<'a>(
    dimensions: &[people::Dimension],
    money: &'a [(&str, [String; 2])],
    row: &UsersRow,
) -> Vec<Cell<'a>> {
    let group = dimensions.iter().flat_map(|dimension| row.group.columns(*dimension));
    let mut cells: Vec<Cell<'a>> = group.map(|(name, text)| (name, safe(text))).collect();
    cells.extend([
        ("provisional", row.provisional.to_string()),
        ("reservations", row.reservations.to_string()),
        ("booked_hours", row.booked_hours.to_string()),
        ("used_hours", row.used_hours.to_string()),
        ("person_hours", row.person_hours.to_string()),
        ("person_hours_coverage", number(row.person_hours_coverage.rate)),
        ("visits", row.visits.to_string()),
        ("visits_coverage", number(row.visits_coverage.rate)),
        ("declared", number(row.declared.rate)),
        ("visitors", row.visitors.to_string()),
        ("attended", row.attended.to_string()),
    ]);
    cells.extend(heads(["people", "new_people", "returning_people"], row.people));
    cells.extend(heads(["organisations", "new_organisations", "returning_organisations"], row.organisations));
    cells.extend([
        ("supported_enterprises", row.supported_enterprises.to_string()),
        ("supported_without_number", row.supported_without_number.to_string()),
        ("in_kind_coverage", number(row.in_kind_coverage.rate)),
    ]);
    for (currency, [charged, in_kind]) in money {
        let sum = row.money.iter().find(|sum| sum.currency == *currency);
        cells.push((charged, sum.map_or(0, |sum| sum.charged).to_string()));
        cells.push((in_kind, sum.map_or(0, |sum| sum.in_kind_value).to_string()));
    }
    cells
}

fn heads(names: [&'static str; 3], heads: HeadsFigure) -> [Cell<'static>; 3] {
    let [all, new, returning] = names;
    [(all, heads.all.to_string()), (new, heads.new.to_string()), (returning, heads.returning.to_string())]
}
