//! Texts and numbers of the report in its language. No text of a reader's stands in code: all are messages of
//! `report.ftl`, and names and definitions of figures those of `statistics.ftl`.

use chrono::NaiveDate;

use super::page::Cell;
use crate::{
    app::statistics::Figure,
    catalogue::{self, Arg, categories, collation, format},
    domain::{instant::Instant, locale::Locale, zone::Zone},
};

/// A language.
#[derive(Debug, Clone, Copy)]
pub struct Words(pub Locale);

impl Words {
    pub fn say(self, key: &str) -> String {
        catalogue::text(self.0, key, &[])
    }

    pub fn with(self, key: &str, args: &[(&'static str, Arg)]) -> String {
        catalogue::text(self.0, key, args)
    }

    /// The name of a figure or of what rows are told apart by.
    pub fn column(self, name: &str) -> String {
        self.say(&format!("column-{name}"))
    }

    pub fn meaning(self, name: &str) -> String {
        self.say(&format!("column-{name}-meaning"))
    }

    /// A word of a closed list by its code; what is no such word (a municipality) as it is.
    pub fn word(self, list: &str, code: &str) -> String {
        categories::word(self.0, list, code).unwrap_or_else(|| code.to_owned())
    }

    /// What names are sorted by for its readers.
    pub fn order(self, name: &str) -> collation::Key {
        collation::key(self.0, name)
    }

    pub fn number(self, value: f64, decimals: usize) -> String {
        format::number(self.0, value, decimals)
    }

    pub fn percent(self, rate: f64) -> String {
        format::percent(self.0, rate)
    }

    /// How charts write a percentage that they know as `{c}`.
    pub fn percent_of_chart(self) -> String {
        self.with("percent", &[("number", "{c}".into())])
    }

    /// `2026-03` as its name and year.
    pub fn month(self, month: &str) -> String {
        first_of(month).map_or_else(|| month.to_owned(), |first| format::month(self.0, first))
    }

    /// `2026-03` as its name alone, where the year is known.
    pub fn month_name(self, month: &str) -> String {
        self.say(&format!("month-{}", number_of(month)))
    }

    /// `2026-03` as its short name alone.
    pub fn month_short(self, month: &str) -> String {
        self.say(&format!("month-short-{}", number_of(month)))
    }

    pub fn date(self, date: NaiveDate) -> String {
        // Within a date nothing is parted at the end of a line.
        format::date_short(self.0, date).replace(' ', "\u{a0}")
    }

    pub fn day_of(self, at: Instant, zone: Zone) -> String {
        self.date(zone.date(at))
    }

    /// Hours of units, to one decimal; the exact value beside it.
    pub fn hours(self, hours: f64) -> Cell {
        Cell::value(self.number(hours, 1), hours)
    }

    pub fn count(self, count: f64) -> Cell {
        Cell::value(self.number(count, 0), count)
    }

    pub fn rate(self, figure: Figure) -> Cell {
        self.shown(figure.suppressed, figure.rate, |rate| self.percent(rate))
    }

    pub fn numerator(self, figure: Figure, decimals: usize) -> Cell {
        self.shown(figure.suppressed, figure.numerator, |value| self.number(value, decimals))
    }

    pub fn denominator(self, figure: Figure, decimals: usize) -> Cell {
        self.shown(figure.suppressed, figure.denominator, |value| self.number(value, decimals))
    }

    /// A change of a rate, percentage points.
    pub fn points(self, points: Option<f64>) -> Cell {
        self.shown(false, points, |points| {
            let sign = if points >= 0.05 { "+" } else { "" };
            format!("{sign}{}", self.number(points, 1))
        })
    }

    /// What is hidden says so; what there is nothing of is a dash.
    pub fn shown(self, hidden: bool, value: Option<f64>, text: impl Fn(f64) -> String) -> Cell {
        match value {
            _ if hidden => Cell::hidden(self.say("statistics-hidden")),
            Some(value) => Cell::value(text(value), value),
            None => Cell::text("–"),
        }
    }
}

/// What a row is told apart by, which rows asked for so always have.
pub fn named(text: &Option<String>) -> &str {
    text.as_deref().expect("rows have what they are told apart by")
}

/// A count as the messages take it: the number for its plural, and as it is written.
pub fn counted(words: Words, name: [&'static str; 2], count: u64) -> [(&'static str, Arg); 2] {
    let chosen = i64::try_from(count).unwrap_or(i64::MAX);
    [(name[0], Arg::Count(chosen)), (name[1], words.number(count as f64, 0).into())]
}

fn number_of(month: &str) -> &str {
    month.rsplit('-').next().unwrap_or_default().trim_start_matches('0')
}

fn first_of(month: &str) -> Option<NaiveDate> {
    format!("{month}-01").parse().ok()
}
