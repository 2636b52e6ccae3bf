//! `prostor report`: the same file as the coordination body's, or as a venue's staff have, made by the operator.

use std::{fs, path::PathBuf};

use crate::{
    app::{
        App,
        error::{Code, Error},
        statistics::yearly,
    },
    domain::locale::Locale,
};

/// What the command line asks for.
#[derive(Debug, Clone)]
pub struct Order {
    /// A slug or an id; the only one where it is not said.
    pub network: Option<String>,
    /// A slug or an id: its own report, for its staff; the network's where it is not said.
    pub venue: Option<String>,
    /// The last closed one where it is not said.
    pub year: Option<i32>,
    pub language: String,
    /// In this folder, under its usual name, where it is not said.
    pub output: Option<PathBuf>,
}

/// Writes the file, which may replace an older one, and tells where it is.
///
/// # Errors
/// One line that says what is wrong.
pub fn run(app: &App, order: &Order) -> Result<String, String> {
    let locale: Locale = order.language.parse().map_err(|_| "--language: is sl or en".to_owned())?;
    let named = yearly::Named { network: order.network.as_deref(), venue: order.venue.as_deref() };
    let year = yearly::for_operator(app, named, order.year).map_err(|error| said(order, &error))?;
    let report = super::write(&year, locale).map_err(|error| error.said(Locale::En))?;
    let path = order.output.clone().unwrap_or_else(|| PathBuf::from(&report.name));
    fs::write(&path, &report.html).map_err(|error| format!("{}: {error}", path.display()))?;
    let state = if year.is_whole() { "" } else { ", which is not over: the months that are closed" };
    Ok(format!("Wrote {}: {} in {}{state}.\n", path.display(), year.name, year.year))
}

fn said(order: &Order, error: &Error) -> String {
    match (error.code(), order.venue.as_ref().or(order.network.as_ref())) {
        (Code::NotFound, Some(name)) if order.venue.is_some() => {
            format!("--venue: there is no venue `{name}`, or several: then say --network, too")
        }
        (Code::NotFound, Some(name)) => format!("--network: there is no network `{name}`"),
        (Code::NotFound, None) => "--network: say which one, by its slug or id".to_owned(),
        (Code::Invalid, _) => "--year: is a year of which at least one month is closed".to_owned(),
        _ => error.said(Locale::En),
    }
}
