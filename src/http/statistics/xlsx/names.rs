//! What the columns of a workbook are called and mean, and the words that stand for codes.

use std::borrow::Cow;

use super::{Arranged, Column};
use crate::{
    catalogue::{categories, find, text},
    domain::{disclosure::PublishedDimension, locale::Locale},
    http::statistics::table::{Table, Value},
};

/// Ends the columns that say whether a figure is hidden.
const SUPPRESSED: &str = "_suppressed";
/// What the names of a table's columns by reason begin with.
const OF_REASONS: &str = "turn_aways_";

/// Columns whose codes have words, by the list that these stand in.
pub(super) fn list_of(table: &Table, column: &str) -> Option<&'static str> {
    Some(match column {
        "kind" => "kind",
        "basis" => "basis",
        "weekday" => "weekday",
        "audience" => "audience",
        "purpose" => "purpose",
        "organisation_kind" => "organisation_kind",
        "size" => "size",
        "sector" => "sector",
        "organisation_municipality" => "organisation_municipality",
        "layout" => "layout",
        "status" => "status",
        "direction" => "direction",
        "value_missing" => "missing",
        "value_origin" => "origin",
        "figure" => "figure",
        "unit" => "unit",
        // Of a published table: the words of its dimension.
        "category" => table.name.parse::<PublishedDimension>().ok()?.as_str(),
        _ => return None,
    })
}

/// A code in words, in a row that tells the currency of money; as it is where it has none.
pub(super) fn word<'a>(locale: Locale, list: &str, code: &'a str, row: &[Value]) -> Cow<'a, str> {
    let found = match (list, code) {
        (_, "total") => Some(text(locale, "statistics-total", &[])),
        // Figures are called what their columns are.
        ("figure", code) => find(locale, &format!("column-{code}"), &[]),
        // Amounts are not in its minor units here.
        ("unit", "minor_units") => currency(row),
        ("unit", code) => units(locale, code),
        ("sector", code) => categories::sector(locale, code)
            .map(|sector| format!("{} ({})", sector.short, sector.scheme))
            .or_else(|| categories::word(locale, list, code)),
        (list, code) => categories::word(locale, list, code),
    };
    found.map_or(Cow::Borrowed(code), Cow::Owned)
}

/// `hours/hours`, of rates, is hours of hours.
fn units(locale: Locale, code: &str) -> Option<String> {
    let parts: Option<Vec<String>> =
        code.split('/').map(|part| categories::word(locale, "unit", part)).collect();
    parts.map(|parts| parts.join(" / "))
}

/// What a row's amounts are in.
fn currency(row: &[Value]) -> Option<String> {
    row.iter().find_map(|value| match value {
        Value::Money(_, currency) => Some(currency.clone()),
        _ => None,
    })
}

impl Arranged<'_> {
    pub(super) fn heading(&self, locale: Locale, column: Column) -> String {
        let name = self.table.columns[column.at()].as_ref();
        match column {
            Column::Code(_) => {
                text(locale, "column-of_code", &[("column", self.heading_of(locale, name).into())])
            }
            Column::Value(_) | Column::Word(..) => self.heading_of(locale, name),
        }
    }

    pub(super) fn meaning(&self, locale: Locale, column: Column) -> String {
        match column {
            Column::Code(_) => text(locale, "column-of_code-meaning", &[]),
            column => self.meaning_of(locale, &self.table.columns[column.at()]),
        }
    }

    /// Whether any of a column is hidden.
    pub(super) fn hides(&self, at: usize) -> bool {
        self.rows.iter().any(|row| row[at] == Value::Hidden)
    }
}

impl Arranged<'_> {
    /// What the catalogue has of a column, where this table means something of its own by the name that first.
    fn own(&self, locale: Locale, column: &str, end: &str) -> Option<String> {
        let of_table =
            self.table.own.and_then(|own| find(locale, &format!("column-{own}-{column}{end}"), &[]));
        of_table.or_else(|| find(locale, &format!("column-{column}{end}"), &[]))
    }

    /// The columns that there is one of for each reason, hidden figure or currency are named by what they are one of.
    pub(super) fn heading_of(&self, locale: Locale, column: &str) -> String {
        let own = |column: &str| self.own(locale, column, "");
        if let Some(heading) = own(column) {
            return heading;
        }
        if let Some(of) = column.strip_suffix(SUPPRESSED).and_then(own) {
            return text(locale, "column-of_suppressed", &[("column", of.into())]);
        }
        if let Some(reason) = column.strip_prefix(OF_REASONS) {
            let said = find(locale, &format!("report-turned-away-{reason}"), &[]);
            let said = said.unwrap_or_else(|| reason.to_owned());
            return text(locale, "column-turn_aways_for", &[("reason", said.into())]);
        }
        match column.rsplit_once('_').and_then(|(of, currency)| Some((own(of)?, currency))) {
            Some((of, currency)) => {
                text(locale, "column-of_currency", &[("column", of.into()), ("currency", currency.into())])
            }
            None => column.to_owned(),
        }
    }

    pub(super) fn meaning_of(&self, locale: Locale, column: &str) -> String {
        let own = |column: &str| self.own(locale, column, "-meaning");
        let suppressed = column.ends_with(SUPPRESSED).then_some("of_suppressed");
        if suppressed.is_none() && column.starts_with(OF_REASONS) {
            return own("turn_aways_for").unwrap_or_default();
        }
        let of_currency = column.rsplit_once('_').map(|(of, _)| of);
        own(column).or_else(|| own(suppressed.or(of_currency)?)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::indicator::IndicatorFigure;

    #[test]
    fn every_figures_unit_is_told_in_words() {
        let row = [Value::Text("minor_units".to_owned()), Value::Money(None, "EUR".to_owned())];
        for figure in IndicatorFigure::ALL {
            let [sl, en] = [Locale::Sl, Locale::En].map(|locale| word(locale, "unit", figure.unit(), &row));
            assert!(sl != figure.unit() && !en.contains('_'), "{figure}: {sl}, {en}");
            assert_eq!([sl == "EUR", en == "EUR"], [figure.is_money(); 2], "{figure}: {sl}, {en}");
        }
    }
}
