//! A network's yearly report: one self-contained HTML file, in Slovenian or English, that prints well and may be handed on
//! as it is. Written from what `app::statistics::yearly` read, with nothing added and nothing looked up.

mod charts;
pub mod command;
mod demand;
mod figures;
mod method;
mod page;
mod people;
mod places;
mod summary;
#[cfg(test)]
mod tests;
mod words;

use self::{
    page::{Cover, Page},
    words::Words,
};
use crate::{
    app::{error::Error, statistics::yearly::Yearly},
    catalogue::format,
    domain::locale::Locale,
};

pub use page::CONTENT_POLICY;

/// A file to keep.
#[derive(Debug, Clone)]
pub struct Report {
    /// ASCII without quotes.
    pub name: String,
    /// UTF-8.
    pub html: String,
}

/// # Errors
/// `internal` when a chart or the template fails, which tests rule out.
pub fn write(year: &Yearly, locale: Locale) -> Result<Report, Error> {
    let words = Words(locale);
    let mut sections =
        vec![summary::section(words, year), places::trends(words, year)?, places::comparison(words, year)?];
    for (number, venue) in (1..).zip(&year.venues) {
        sections.push(places::venue(words, year, number, venue)?);
    }
    sections.push(people::section(words, year)?);
    sections.push(demand::section(words, year)?);
    sections.push(method::section(words, year));
    let html = page::render(&Page { cover: cover(words, year), sections }, words)?;
    let state = if year.is_whole() { "" } else { "-provisional" };
    Ok(Report { name: format!("report-{}-{}{state}-{}.html", year.slug, year.year, locale.tag()), html })
}

fn cover(words: Words, year: &Yearly) -> Cover {
    let [from, to] = year.dates().map(|(from, to)| [words.date(from), words.date(to)]).unwrap_or_default();
    let mut lines = vec![
        words.with("report-cover-period", &[("from", from.into()), ("to", to.into())]),
        words.with("report-cover-as-of", &[("asof", moment(words, year).into())]),
    ];
    lines.push(words.say("report-cover-made"));
    Cover {
        network: year.name.clone(),
        title: words.with(
            "report-title",
            &[("network", year.name.as_str().into()), ("year", year.year.to_string().into())],
        ),
        lines,
        warning: summary::provisional(words, year),
    }
}

fn moment(words: Words, year: &Yearly) -> String {
    format::moment(words.0, year.as_of, year.zone.tz())
}
