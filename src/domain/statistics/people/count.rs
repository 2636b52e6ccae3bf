//! From facts to the table: each reservation is added where it begins, its hours where they lie, visitors on their day.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{
    Amounts, Facts, Grouping, Measured, Row, Table, TooManyRows, Value,
    desk::Desk,
    keys::{self, Dates, Keys},
    measure::Piece,
    sheet::Sheet,
};
use crate::domain::{
    instant::{Instant, Interval},
    statistics::VenueFacts,
};

/// Makes the table of at most `most` rows; what is used counts up to `now`. For several groupings of the same facts
/// [`Measured`] measures once.
///
/// # Errors
/// [`TooManyRows`], before anything is counted.
pub fn count(facts: &Facts, grouping: &Grouping, now: Instant, most: usize) -> Result<Table, TooManyRows> {
    Measured::new(facts, now).table(grouping, most)
}

pub(super) fn table(measured: &Measured<'_>, grouping: &Grouping, most: usize) -> Result<Table, TooManyRows> {
    let desk = Desk::new(measured, grouping);
    let keys = Keys::new((grouping, &measured.frame, measured.now), desk.places(), &desk.found(), most)?;
    let mut sheets = Sheets::new(grouping, &keys);
    sheets.add_reservations(&desk);
    sheets.add_hours(&desk, &measured.pieces);
    sheets.add_attendance(&desk);
    Ok(sheets.table())
}

/// The rows being added up.
struct Sheets<'g> {
    grouping: &'g Grouping,
    dates: Dates<'g>,
    /// Ascending.
    rows: Vec<(Vec<Value>, Sheet)>,
    index: HashMap<Vec<Value>, usize>,
    totals: Sheet,
}

impl<'g> Sheets<'g> {
    fn new(grouping: &'g Grouping, keys: &Keys<'_>) -> Self {
        let fresh = |(group, provisional)| (group, Sheet::new(provisional));
        let rows: Vec<(Vec<Value>, Sheet)> = keys.rows().into_iter().map(fresh).collect();
        let index = rows.iter().zip(0..).map(|((group, _), at)| (group.clone(), at)).collect();
        let totals = Sheet::new(keys.provisional());
        Self { grouping, dates: Dates::new(grouping), rows, index, totals }
    }

    fn row(&mut self, place: &[Value], times: &[Value], who: &[Value]) -> Option<&mut Sheet> {
        let at = self.index.get(&keys::key(self.grouping, place, times, who));
        at.map(|&at| &mut self.rows[at].1)
    }

    fn add_reservations(&mut self, desk: &Desk<'_>) {
        for (claim, space, date) in desk.begun() {
            let venue = desk.venue(space);
            // Their first dates, where these lie in the range.
            let firsts = desk.firsts(claim).map(|first| {
                first.filter(|first| *first >= venue.range.start()).map(|first| venue.zone.date(first))
            });
            if desk.in_totals[space] {
                self.totals.arrive(&desk.arrival(claim, firsts.map(|first| first.is_some())));
            }
            let Some(place) = &desk.place_of[space] else { continue };
            let times = self.dates.of(date).to_vec();
            let is_new =
                firsts.map(|first| first.is_some_and(|first| self.dates.of(first) == times.as_slice()));
            let arrival = desk.arrival(claim, is_new);
            if let Some(sheet) = self.row(place, &times, desk.who(claim)) {
                sheet.arrive(&arrival);
            }
        }
    }

    fn add_hours(&mut self, desk: &Desk<'_>, pieces: &[Piece]) {
        for piece in pieces {
            let Some(space) = desk.space_of(piece.claim) else { continue };
            let by = desk.contributor(piece.claim);
            if desk.in_totals[space] {
                self.totals.add(by, &hours(piece, piece.interval));
            }
            let Some(place) = &desk.place_of[space] else { continue };
            for (date, interval) in days(desk.venue(space), piece.interval, self.dates.matter()) {
                let times = self.dates.of(date).to_vec();
                if let Some(sheet) = self.row(place, &times, desk.who(piece.claim)) {
                    sheet.add(by, &hours(piece, interval));
                }
            }
        }
    }

    fn add_attendance(&mut self, desk: &Desk<'_>) {
        let nobody = desk.nobody();
        for (space, date, visitors) in desk.attended() {
            if desk.in_totals[space] {
                self.totals.attended += visitors;
            }
            let Some(place) = &desk.place_of[space] else { continue };
            let times = self.dates.of(date).to_vec();
            if let Some(sheet) = self.row(place, &times, &nobody) {
                sheet.attended += visitors;
            }
        }
    }

    fn table(self) -> Table {
        let row = |(group, sheet): (Vec<Value>, Sheet)| Row { group, tally: sheet.tally() };
        Table { rows: self.rows.into_iter().map(row).collect(), totals: self.totals.tally() }
    }
}

/// The part of a piece that lies in the interval.
fn hours(piece: &Piece, interval: Interval) -> Amounts {
    let used = piece.used.and_then(|used| used.intersection(interval)).map_or(0, Interval::seconds);
    let mut amounts = Amounts { booked: interval.seconds(), used, ..Amounts::default() };
    if let Some(share) = piece.people {
        amounts.used_known = used;
        amounts.people = i128::from(share) * i128::from(used);
    }
    amounts
}

/// Cut at local midnights, where days are told `apart`; else it stands under the day it begins.
fn days(venue: &VenueFacts, interval: Interval, apart: bool) -> Vec<(NaiveDate, Interval)> {
    let zone = venue.zone;
    let date = zone.date(interval.start());
    if !apart || zone.day(date).covers(interval) {
        return vec![(date, interval)];
    }
    let part = |date| Some((date, zone.day(date).intersection(interval)?));
    zone.days(interval).filter_map(part).collect()
}
