//! The first chapter: the year in sentences, and its key figures beside those of the year before.

use super::{
    figures,
    page::{Block, Section},
    words::{Words, counted},
};
use crate::{
    app::statistics::{PublishedTableView, UtilisationRow, yearly::Yearly},
    catalogue::Arg,
    domain::disclosure::PublishedDimension,
};

pub fn section(words: Words, year: &Yearly) -> Section {
    let mut blocks = Vec::new();
    blocks.extend(
        provisional(words, year)
            .into_iter()
            .chain(nothing_available(words, year))
            .map(|text| Block::Warning { text }),
    );
    blocks.extend(sentences(words, year).into_iter().map(Block::paragraph));
    let caption = words.say("report-key-figures");
    blocks.push(Block::Table(figures::key_figures(words, caption, &year.by_month.totals)));
    Section { id: "summary".to_owned(), title: words.say("report-summary"), nested: false, blocks }
}

/// What must be known of a year that is not closed.
pub fn provisional(words: Words, year: &Yearly) -> Option<String> {
    let (from, to) = year.dates()?;
    let closes = words.day_of(year.closes_at?, year.zone);
    let args = [
        ("year", year.year.to_string().into()),
        ("from", words.date(from).into()),
        ("to", words.date(to).into()),
        ("closes", closes.into()),
    ];
    (!year.is_whole()).then(|| words.with("report-provisional", &args))
}

/// A year before there was anything, or in which all was closed or blocked: nothing to divide by. What was reserved all the
/// same, outside of opening hours or before it was brought in, is in no frequency, and is no nothing.
fn nothing_available(words: Words, year: &Yearly) -> Option<String> {
    let nothing = year.by_month.totals.available.hours == 0.0;
    nothing.then(|| words.with("report-nothing-available", &[("year", year.year.to_string().into())]))
}

fn sentences(words: Words, year: &Yearly) -> Vec<String> {
    let totals = &year.by_month.totals;
    let mut said = vec![extent(words, year, totals)];
    said.extend(frequencies(words, year));
    said.extend(seats(words, totals));
    said.extend(highlights(words, year));
    said.extend(idle(words, year));
    said.extend(people(words, year));
    said
}

fn extent(words: Words, year: &Yearly, totals: &UtilisationRow) -> String {
    let mut args = vec![("place", Arg::from(year.name.as_str()))];
    args.extend(counted(words, ["spaces", "spacesshown"], totals.spaces.into()));
    args.extend(counted(words, ["seats", "seatsshown"], totals.seats));
    if year.venue.is_some() {
        return words.with("report-summary-extent-of-venue", &args);
    }
    args.extend(counted(words, ["venues", "venuesshown"], year.venues.len() as u64));
    words.with("report-summary-extent", &args)
}

fn frequencies(words: Words, year: &Yearly) -> Option<String> {
    let totals = &year.by_month.totals;
    let planned = totals.planned_frequency.rate?;
    let hours = |hours: f64| Arg::from(words.number(hours, 0));
    let mut said = words.with(
        "report-summary-planned",
        &[
            ("rate", words.percent(planned).into()),
            ("booked", hours(totals.booked.hours)),
            ("available", hours(totals.available.hours)),
        ],
    );
    said.extend(changed(words, year).map(|changed| format!(" {changed}")));
    let used = totals.actual_frequency.rate.map(|rate| {
        words.with(
            "report-summary-used",
            &[("rate", words.percent(rate).into()), ("used", hours(totals.used.hours))],
        )
    });
    Some([said].into_iter().chain(used).collect::<Vec<_>>().join(" "))
}

/// Against the year before; where that was not known throughout, that it was not.
fn changed(words: Words, year: &Yearly) -> Option<String> {
    let totals = &year.by_month.totals;
    let points = totals.change?.planned_frequency?;
    let before = totals.compared.as_ref()?.planned_frequency.rate?;
    let known = |row: &&UtilisationRow| {
        row.compared.as_ref().is_some_and(|before| before.available.hours > 0.0) || row.available.hours == 0.0
    };
    let months = year.by_month.items.iter().filter(known).count();
    if months < year.by_month.items.len() {
        return Some(
            words.with("report-summary-partial", &counted(words, ["months", "shown"], months as u64)),
        );
    }
    let key = match points {
        points if points >= 0.05 => "report-summary-more",
        points if points <= -0.05 => "report-summary-less",
        _ => "report-summary-same",
    };
    let args = [("points", words.number(points.abs(), 1).into()), ("before", words.percent(before).into())];
    Some(words.with(key, &args))
}

fn seats(words: Words, totals: &UtilisationRow) -> Option<String> {
    let (occupancy, coverage) = (totals.occupancy.rate?, totals.coverage.rate?);
    Some(words.with(
        "report-summary-occupancy",
        &[
            ("occupancy", words.percent(occupancy).into()),
            ("coverage", words.percent(coverage).into()),
            ("utilisation", words.percent(totals.utilisation.rate?).into()),
        ],
    ))
}

/// The month, the hour and the venue that were booked most.
fn highlights(words: Words, year: &Yearly) -> Option<String> {
    let top = |rows: &[UtilisationRow], name: fn(&UtilisationRow) -> Option<String>| {
        let known = rows.iter().filter_map(|row| Some((name(row)?, row.planned_frequency.rate?)));
        // Of equals the first.
        known.reduce(|best, next| if next.1 > best.1 { next } else { best })
    };
    let (month, of_month) = top(&year.by_month.items, |row| row.group.month.clone())?;
    let (weekday, hour, of_hour) = figures::busiest(&year.week)?;
    let mut args = vec![
        ("month", words.month(&month).into()),
        ("ofmonth", words.percent(of_month).into()),
        ("hour", figures::hour_of_week(words, weekday, hour).into()),
        ("ofhour", words.percent(of_hour).into()),
    ];
    if year.venue.is_some() {
        return Some(words.with("report-summary-highlights-of-venue", &args));
    }
    let (venue, of_venue) = top(&year.by_venue.items, |row| row.group.venue.clone())?;
    args.extend([("venue", venue.into()), ("ofvenue", words.percent(of_venue).into())]);
    Some(words.with("report-summary-highlights", &args))
}

/// Spaces that nobody booked although they were open.
fn idle(words: Words, year: &Yearly) -> Option<String> {
    let idle = |row: &&UtilisationRow| row.available.hours > 0.0 && row.booked.hours == 0.0;
    let idle = year.by_space.items.iter().filter(idle).count() as u64;
    (idle > 0).then(|| words.with("report-summary-idle", &counted(words, ["spaces", "shown"], idle)))
}

fn people(words: Words, year: &Yearly) -> Option<String> {
    let tables = &year.published.as_ref()?.of_all;
    let people = tables.iter().find(|table| table.dimension == PublishedDimension::People)?;
    let mut args = Vec::new();
    args.extend(counted(words, ["people", "peopleshown"], total(people, "people")?));
    args.extend(counted(words, ["organisations", "organisationsshown"], total(people, "organisations")?));
    args.extend(counted(words, ["reservations", "reservationsshown"], total(people, "reservations")?));
    Some(words.with("report-summary-people", &args))
}

/// A whole number; `None` where it is hidden.
fn total(table: &PublishedTableView, figure: &str) -> Option<u64> {
    let value = table.totals.as_ref()?.figures.get(figure)?.value?;
    Some(value as u64)
}
