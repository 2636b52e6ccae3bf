//! The yearly report: one self-contained HTML file, in Slovenian or English, that prints well. A network's may be handed on
//! as it is, a venue's is for its staff. Written from what `app::statistics::yearly` read, with nothing added and nothing looked up.

mod charts;
pub mod command;
mod demand;
mod figures;
mod indicators;
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
    domain::{locale::Locale, places::Venue},
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
    let mut sections = vec![summary::section(words, year), places::trends(words, year)?];
    let mut venues: Vec<&Venue> = year.venues.iter().collect();
    venues.sort_by_cached_key(|venue| words.order(&venue.name));
    if year.venue.is_some() {
        sections.extend(venues.into_iter().map(|venue| places::of_venue(words, year, venue)));
    } else {
        sections.push(places::comparison(words, year)?);
        for (number, venue) in (1..).zip(venues) {
            sections.push(places::venue(words, year, number, venue)?);
        }
    }
    sections.push(people::section(words, year)?);
    sections.push(demand::section(words, year)?);
    sections.extend(indicators::section(words, year));
    sections.push(method::section(words, year));
    let html = page::render(&Page { cover: cover(words, year), sections }, words)?;
    let state = if year.is_whole() { "" } else { "-provisional" };
    Ok(Report { name: format!("report-{}-{}{state}-{}.html", year.slug, year.year, locale.tag()), html })
}

fn cover(words: Words, year: &Yearly) -> Cover {
    let [from, to] = dates(words, year);
    let mut lines = vec![
        words.with("report-cover-period", &[("from", from.into()), ("to", to.into())]),
        words.with("report-cover-as-of", &[("asof", moment(words, year).into())]),
    ];
    let made = if year.venue.is_some() { "report-cover-made-for-staff" } else { "report-cover-made" };
    lines.push(words.say(made));
    let args = [("place", year.name.as_str().into()), ("year", year.year.to_string().into())];
    Cover {
        network: year.network.clone(),
        title: words.with("report-title", &args),
        lines,
        warning: summary::provisional(words, year),
    }
}

/// First and last date.
fn dates(words: Words, year: &Yearly) -> [String; 2] {
    let (from, to) = year.dates().expect("a year that was read lies within the calendar");
    [words.date(from), words.date(to)]
}

fn moment(words: Words, year: &Yearly) -> String {
    format::moment(words.0, year.as_of, year.zone.tz())
}
