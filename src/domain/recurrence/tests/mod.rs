//! Recurrence rules as tables: what is read and refused, the examples of RFC 5545, clock changes, splits; and
//! properties against an oracle that looks at every day.

mod clocks;
mod examples;
mod properties;
mod reading;
mod splitting;

use chrono::NaiveDateTime;

use super::*;
use crate::domain::zone::{TimeInput, Zone};

fn rule(text: &str) -> Rule {
    text.parse().unwrap_or_else(|refusal| panic!("{text}: {refusal}"))
}

fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}

fn local(text: &str) -> NaiveDateTime {
    match text.parse() {
        Ok(TimeInput::Local(local)) => local,
        other => panic!("{text}: {other:?}"),
    }
}

fn exdates(texts: &[&str]) -> Vec<DateOrTime> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// `2026-03-02T10:00 2026-03-09T10:00`, or why there is nothing.
fn starts(text: &str, start: &str, zone: Zone, excluded: &[&str]) -> Result<String, ExpansionError> {
    let starts = rule(text).expand(local(start), zone, &exdates(excluded), MAX_OCCURRENCES)?;
    let shown: Vec<_> = starts.iter().map(|start| start.format("%Y-%m-%dT%H:%M").to_string()).collect();
    Ok(shown.join(" "))
}
