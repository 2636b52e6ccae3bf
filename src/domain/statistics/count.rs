//! From the sources to the table: each unit is measured once and added to every row it belongs to, and once
//! to the totals. Cost: units × cells, plus openings and claims once each.

use std::collections::BTreeSet;

use super::{
    Claim, Grouping, Period, Place, Source, SpaceFacts,
    calendar::{Cell, Standing},
    frame::Frame,
    sums::{Ratio, Sums},
    unit::{Segment, Stay, keep, measure, stays},
};
use crate::domain::{instant::Instant, space::SpaceKind, zone::Zone};

/// Rows in the order of the grouping, and what all units make together, each counted once.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub rows: Vec<Row>,
    pub totals: Tally,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub place: Place,
    pub period: Period,
    pub tally: Tally,
}

/// What a row or the totals hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub sums: Sums,
    /// Spaces that were active at some time in it.
    pub spaces: u32,
    /// Distinct units of them.
    pub units: u32,
    /// Of those units.
    pub seats: u64,
    /// Reservations that begin in it, where check-in was required and it is known whether anybody came.
    pub awaited: u32,
    /// Of those, where nobody came.
    pub no_shows: u32,
    /// It shares units with another row.
    pub overlapping: bool,
    /// Part of its time is still to come, and what is used is not known yet.
    pub provisional: bool,
    /// Its time is whole calendar months.
    pub whole_months: bool,
    /// The last month of its time is closed.
    pub closed: bool,
}

impl Tally {
    /// No-shows of the reservations with a required check-in that is over. In reservations.
    pub fn no_show_rate(&self) -> Ratio {
        let (part, whole) = (f64::from(self.no_shows), f64::from(self.awaited));
        let rate = (self.awaited != 0).then(|| part / whole);
        Ratio { numerator: Some(part), denominator: whole, rate }
    }
}

/// The grouping makes more rows than may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{rows} rows are more than can be asked for at once")]
pub struct TooManyRows {
    pub rows: usize,
}

/// Makes the table of at most `most` rows; what is used counts up to `now`.
///
/// # Errors
/// [`TooManyRows`], before anything is counted.
pub fn count(source: &Source, grouping: &Grouping, now: Instant, most: usize) -> Result<Table, TooManyRows> {
    let frame = Frame::new(source, grouping, now);
    let layout = Layout::new(&frame, grouping);
    let rows = layout.places.len().saturating_mul(frame.calendar.periods.len());
    if rows > most {
        return Err(TooManyRows { rows });
    }
    let mut tallies = Tallies::new(&frame, layout);
    tallies.add_spaces(&frame);
    tallies.add_arrivals(&frame);
    each_measured(&frame, |unit, stays, segments| tallies.add_unit(unit, stays, segments));
    Ok(tallies.table(&frame, grouping))
}

/// Each unit that a space has: for how long it does, and what is measured of it in each of the frame's cells.
pub(super) fn each_measured(frame: &Frame<'_>, each: impl FnMut(usize, &[Stay], &[Segment])) {
    each_in(frame, |zone| frame.calendar.cells(zone), each);
}

/// The same in other cells of the frame's time.
pub(super) fn each_in<'c>(
    frame: &Frame<'_>,
    cells: impl Fn(Zone) -> &'c [Cell],
    mut each: impl FnMut(usize, &[Stay], &[Segment]),
) {
    let source = frame.source;
    let windows = frame.windows();
    for (unit, (bookings, blocked)) in frame.bookings().into_iter().zip(frame.blocked()).enumerate() {
        let stays = stays(&windows[unit], &frame.seats[unit]);
        let Some(first) = stays.first() else { continue };
        let venue = frame.venue(&source.spaces[first.spaces[0]]);
        let open = frame.open(&windows[unit]).minus(&blocked);
        let mut segments = measure(&stays, cells(venue.zone), frame.fresh(venue), &open, bookings);
        source.kept.of(venue.zone, source.units[unit].id.uuid(), |interval, summed| {
            keep(&mut segments, interval, &summed.sums);
        });
        each(unit, &stays, &segments);
    }
}

/// Each claim that begins in the fresh time and whose check-in was required and is known: its space, its start, and
/// whether somebody came.
pub(super) fn each_arrival(frame: &Frame<'_>, mut each: impl FnMut(usize, Instant, bool)) {
    for claim in &frame.source.claims {
        if let Some((space, came)) = arrival(frame, claim) {
            each(space, claim.interval.start(), came);
        }
    }
}

/// Of one claim: its space, and whether somebody came.
pub(super) fn arrival(frame: &Frame<'_>, claim: &Claim) -> Option<(usize, bool)> {
    let (came, space) = (claim.came()?, frame.space_index(claim.space)?);
    let venue = frame.venue(&frame.source.spaces[space]);
    frame.fresh(venue).containing(claim.interval.start()).map(|_| (space, came))
}

/// Which rows there are, and what stands in them. Equipment has no seats: where other spaces are asked for, it
/// has rows of its own or none, and no part in the totals.
pub(super) struct Layout {
    pub places: Vec<Place>,
    /// By space: its place among `places`; `None` when it stands in no row.
    pub place_of: Vec<Option<usize>>,
    /// By space: whether it counts in the totals.
    pub in_totals: Vec<bool>,
}

impl Layout {
    pub fn new(frame: &Frame<'_>, grouping: &Grouping) -> Self {
        let spaces = &frame.source.spaces;
        let counted = || spaces.iter().filter(|space| space.counted);
        let seated = counted().any(|space| space.kind != SpaceKind::Equipment);
        let single = counted().count() == 1;
        let aside = |space: &SpaceFacts| seated && space.kind == SpaceKind::Equipment;
        let shown = |space: &SpaceFacts| space.counted && !(aside(space) && grouping.mixes_kinds());
        let place = |space: &SpaceFacts| grouping.place(frame.venue(space), Some(space));
        let present = spaces.iter().zip(&frame.active).filter(|(_, active)| active.is_some() || single);
        let mut places: BTreeSet<Place> =
            present.map(|(space, _)| space).filter(|space| shown(space)).map(place).collect();
        if grouping.mixes_kinds() {
            places.extend(frame.source.venues.iter().map(|venue| grouping.place(venue, None)));
        }
        if !grouping.has_place() {
            places.insert(Place::default());
        }
        let places: Vec<Place> = places.into_iter().collect();
        let found = |space: &SpaceFacts| {
            let place = shown(space).then(|| place(space))?;
            places.binary_search(&place).ok()
        };
        Self {
            place_of: spaces.iter().map(found).collect(),
            in_totals: spaces.iter().map(|space| space.counted && !aside(space)).collect(),
            places,
        }
    }

    /// Whether a stay counts in the totals.
    pub fn totals_have(&self, stay: &Stay) -> bool {
        stay.spaces.iter().any(|&space| self.in_totals[space])
    }

    /// The rows' places of a stay, each once.
    pub fn places_of(&self, stay: &Stay) -> Vec<usize> {
        let mut places: Vec<usize> = stay.spaces.iter().filter_map(|&space| self.place_of[space]).collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

/// The rows being added up.
struct Tallies {
    layout: Layout,
    periods: usize,
    /// By place, then period.
    rows: Vec<Tally>,
    /// The unit a row has counted last, so that each counts once.
    last: Vec<Option<usize>>,
    totals: Tally,
}

impl Tallies {
    fn new(frame: &Frame<'_>, layout: Layout) -> Self {
        let periods = &frame.calendar.periods;
        let fresh = |Standing { provisional, whole_months, closed }| Tally {
            provisional,
            whole_months,
            closed,
            ..Tally::default()
        };
        let of_a_place = || periods.iter().map(|(_, standing)| fresh(*standing));
        let rows: Vec<Tally> = layout.places.iter().flat_map(|_| of_a_place()).collect();
        Self {
            layout,
            periods: periods.len(),
            last: vec![None; rows.len()],
            rows,
            totals: fresh(frame.calendar.standing),
        }
    }

    fn add_spaces(&mut self, frame: &Frame<'_>) {
        for (at, space) in frame.source.spaces.iter().enumerate() {
            let Some(active) = frame.active[at] else { continue };
            self.totals.spaces += u32::from(self.layout.in_totals[at]);
            let Some(place) = self.layout.place_of[at] else { continue };
            let cells = frame.calendar.cells(frame.venue(space).zone);
            let met = cells.iter().filter(|cell| cell.interval.overlaps(active));
            // Mondays have many cells, and are one row.
            for period in met.map(|cell| cell.period).collect::<BTreeSet<_>>() {
                self.rows[place * self.periods + period].spaces += 1;
            }
        }
    }

    /// Each reservation once, where it begins, whatever else it has.
    fn add_arrivals(&mut self, frame: &Frame<'_>) {
        each_arrival(frame, |space, start, came| self.arrive(frame, space, start, 1, u32::from(!came)));
        for (at, space) in frame.source.spaces.iter().enumerate() {
            let zone = frame.venue(space).zone;
            frame.source.kept.of(zone, space.id.uuid(), |interval, summed| {
                self.arrive(frame, at, interval.start(), summed.awaited, summed.no_shows);
            });
        }
    }

    fn arrive(&mut self, frame: &Frame<'_>, space: usize, at: Instant, awaited: u32, no_shows: u32) {
        let cells = frame.calendar.cells(frame.venue(&frame.source.spaces[space]).zone);
        let cell = cells.partition_point(|cell| cell.interval.end() <= at);
        let Some(cell) = cells.get(cell).filter(|cell| cell.interval.contains(at)) else { return };
        let row = self.layout.place_of[space].map(|place| place * self.periods + cell.period);
        let totals = self.layout.in_totals[space].then_some(&mut self.totals);
        for tally in totals.into_iter().chain(row.map(|row| &mut self.rows[row])) {
            tally.awaited += awaited;
            tally.no_shows += no_shows;
        }
    }

    fn add_unit(&mut self, unit: usize, stays: &[Stay], segments: &[Segment]) {
        let places: Vec<Vec<usize>> = stays.iter().map(|stay| self.layout.places_of(stay)).collect();
        let mut in_totals = None;
        // The latest first: its seats are what is shown.
        for segment in segments.iter().rev() {
            let places = &places[segment.stay];
            for place in places {
                let at = place * self.periods + segment.period;
                let row = &mut self.rows[at];
                row.sums += segment.sums;
                row.overlapping |= places.len() > 1;
                if self.last[at].replace(unit) != Some(unit) {
                    row.units += 1;
                    row.seats += segment.seats.unsigned_abs();
                }
            }
            if self.layout.totals_have(&stays[segment.stay]) {
                self.totals.sums += segment.sums;
                in_totals.get_or_insert(segment.seats);
            }
        }
        if let Some(seats) = in_totals {
            self.totals.units += 1;
            self.totals.seats += seats.unsigned_abs();
        }
    }

    fn table(self, frame: &Frame<'_>, grouping: &Grouping) -> Table {
        let periods = &frame.calendar.periods;
        let of_a_place = |place| periods.iter().map(move |(period, _)| (Place::clone(place), *period));
        let keys = self.layout.places.iter().flat_map(of_a_place);
        let rows = keys.zip(self.rows).map(|((place, period), tally)| Row { place, period, tally });
        let mut rows: Vec<Row> = rows.collect();
        rows.sort_by(|a, b| grouping.compare((&a.place, a.period), (&b.place, b.period)));
        Table { rows, totals: self.totals }
    }
}
