//! Which of the stored sums make an answer, and what has to be counted from the sources beside them.
//!
//! A day's sums count when the day lies wholly in what is asked, was over when it was summed and is over now, nothing
//! of it has changed since, and each unit belongs to the same spaces all through it; the hours' sums where rows are told
//! apart by hours, a month's where all of it is so. All else is fresh: counted from the sources.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::{
    Grouping, Source, VenueFacts,
    calendar::{Calendar, Cell},
    stored::{Grain, Hours, Summed},
};
use crate::domain::{
    ids::{SpaceId, VenueId},
    instant::{Instant, Interval},
    interval_set::IntervalSet,
    zone::Zone,
};

/// What is stored of a venue.
#[derive(Debug, Clone)]
pub struct Known {
    /// All local dates before are summed.
    pub through: NaiveDate,
    /// But what has changed since.
    pub marks: IntervalSet,
}

/// The parts of a venue's range.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// The first dates of months, the days, and the days whose hours are wanted, each ascending.
    pub months: Vec<NaiveDate>,
    pub days: Vec<NaiveDate>,
    pub hours: Vec<NaiveDate>,
    /// The rest.
    pub fresh: IntervalSet,
}

/// A stored row as it counts.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Whole(Interval, Summed),
    Hours(NaiveDate, Hours),
}

/// What of an answer is stored, and what was stored of it.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    parts: HashMap<VenueId, (Zone, Parts)>,
    /// By unit and space.
    pieces: HashMap<Uuid, Vec<Piece>>,
    hours: HashMap<(Zone, NaiveDate), Vec<Interval>>,
}

type Days = Vec<(NaiveDate, Interval)>;

impl Kept {
    /// What is wanted of `known` for figures of `source` (whose claims and blocks may still be missing), grouped so
    /// or more coarsely. Venues that nothing is known of are fresh.
    pub fn plan(source: &Source, grouping: &Grouping, now: Instant, known: &HashMap<VenueId, Known>) -> Self {
        let ranges: HashMap<Zone, Interval> =
            source.venues.iter().map(|venue| (venue.zone, venue.range)).collect();
        let calendar = Calendar::new(grouping, &ranges, now);
        let days: HashMap<Zone, Days> = ranges
            .iter()
            .map(|(zone, range)| (*zone, zone.days(*range).map(|date| (date, zone.day(date))).collect()))
            .collect();
        let mut kept = Self::default();
        let edges = edges(source);
        for venue in &source.venues {
            let edges = edges.get(&venue.id).map_or(&[][..], Vec::as_slice);
            let cells = calendar.cells(venue.zone);
            let parts = known.get(&venue.id).map_or_else(
                || Parts { fresh: [venue.range].into_iter().collect(), ..Parts::default() },
                |known| Planned { venue, known, edges, cells, now }.parts(&days[&venue.zone]),
            );
            for date in &parts.hours {
                let hours = || venue.zone.hours(venue.zone.day(*date)).map(|(_, part)| part).collect();
                kept.hours.entry((venue.zone, *date)).or_insert_with(hours);
            }
            kept.parts.insert(venue.id, (venue.zone, parts));
        }
        kept
    }

    /// The plan, in any order.
    pub fn parts(&self) -> impl Iterator<Item = (VenueId, &Parts)> {
        self.parts.iter().map(|(venue, (_, parts))| (*venue, parts))
    }

    /// A stored row. Those that the plan does not want are passed over. `None` where it is damaged.
    #[must_use]
    pub fn add(
        &mut self,
        venue: VenueId,
        grain: Grain,
        date: NaiveDate,
        subject: Uuid,
        bytes: Vec<u8>,
    ) -> Option<()> {
        let Some((zone, parts)) = self.parts.get(&venue) else { return Some(()) };
        let (wanted, interval) = match grain {
            Grain::Month => (&parts.months, month(*zone, date)),
            Grain::Day => (&parts.days, zone.day(date)),
            Grain::Hour => (&parts.hours, zone.day(date)),
        };
        if wanted.binary_search(&date).is_err() {
            return Some(());
        }
        let piece = match grain {
            Grain::Hour => Piece::Hours(date, Hours::parse(bytes)?),
            _ => Piece::Whole(interval, Summed::from_bytes(&bytes)?),
        };
        self.pieces.entry(subject).or_default().push(piece);
        Some(())
    }

    /// What of a venue has to be counted from the sources.
    pub(super) fn fresh(&self, venue: &VenueFacts) -> IntervalSet {
        let whole = || [venue.range].into_iter().collect();
        self.parts.get(&venue.id).map_or_else(whole, |(_, parts)| parts.fresh.clone())
    }

    /// What is stored of a unit or a space, each part with the time it is of.
    pub(super) fn of(&self, zone: Zone, subject: Uuid, mut each: impl FnMut(Interval, &Summed)) {
        for piece in self.pieces.get(&subject).into_iter().flatten() {
            match piece {
                Piece::Whole(interval, summed) => each(*interval, summed),
                Piece::Hours(date, hours) => {
                    let Some(parts) = self.hours.get(&(zone, *date)) else { continue };
                    for (place, summed) in hours.iter() {
                        if let Some(part) = parts.get(usize::from(place)) {
                            each(*part, &summed);
                        }
                    }
                }
            }
        }
    }
}

/// By venue: when its units change their spaces or their seats, or a space begins or ends; ascending.
fn edges(source: &Source) -> HashMap<VenueId, Vec<Instant>> {
    let zones: HashMap<VenueId, Zone> = source.venues.iter().map(|venue| (venue.id, venue.zone)).collect();
    let venues: HashMap<SpaceId, VenueId> =
        source.spaces.iter().map(|space| (space.id, space.venue)).collect();
    let mut homes = HashMap::new();
    let mut edges = HashMap::<VenueId, Vec<Instant>>::new();
    let mut note = |venue: VenueId, date: NaiveDate| {
        let midnight = zones.get(&venue).map(|zone| zone.day(date).start());
        edges.entry(venue).or_default().extend(midnight);
    };
    source.spaces.iter().for_each(|space| note(space.venue, space.active_from));
    for member in &source.members {
        let Some(&venue) = venues.get(&member.space) else { continue };
        homes.insert(member.unit, venue);
        [Some(member.from), member.to].into_iter().flatten().for_each(|date| note(venue, date));
    }
    for unit in &source.units {
        let Some(&venue) = homes.get(&unit.id) else { continue };
        unit.former_seats.iter().for_each(|(date, _)| note(venue, *date));
    }
    for space in &source.spaces {
        edges.entry(space.venue).or_default().extend(space.archived_at);
    }
    edges.values_mut().for_each(|edges| edges.sort_unstable());
    edges
}

/// The month that begins on a date.
fn month(zone: Zone, first: NaiveDate) -> Interval {
    let start = zone.day(first).start();
    let next = first.checked_add_months(chrono::Months::new(1)).unwrap_or(first);
    Interval::new(start, zone.day(next).start()).unwrap_or_else(|| zone.day(first))
}

struct Planned<'a> {
    venue: &'a VenueFacts,
    known: &'a Known,
    edges: &'a [Instant],
    cells: &'a [Cell],
    now: Instant,
}

impl Planned<'_> {
    fn parts(&self, days: &Days) -> Parts {
        let mut parts = Parts::default();
        let mut stored = Vec::new();
        let same_month = |a: &(NaiveDate, Interval), b: &(NaiveDate, Interval)| {
            (a.0.year(), a.0.month()) == (b.0.year(), b.0.month())
        };
        for days in days.chunk_by(same_month) {
            let clean: Vec<bool> = days.iter().map(|(date, day)| self.is_clean(*date, *day)).collect();
            let first = days[0].0;
            let whole = || month(self.venue.zone, first);
            if first.day() == 1 && clean.iter().all(|clean| *clean) && self.is_one(whole()) {
                parts.months.push(first);
                stored.push(whole());
                continue;
            }
            for (date, day) in days.iter().zip(clean).filter_map(|(day, clean)| clean.then_some(*day)) {
                if self.is_in_a_cell(day) {
                    parts.days.push(date);
                } else if self.venue.zone.hours(day).all(|(_, part)| self.is_in_a_cell(part)) {
                    parts.hours.push(date);
                } else {
                    continue;
                }
                stored.push(day);
            }
        }
        let range: IntervalSet = [self.venue.range].into_iter().collect();
        parts.fresh = range.minus(&stored.into_iter().collect());
        parts
    }

    fn is_clean(&self, date: NaiveDate, day: Interval) -> bool {
        date < self.known.through
            && day.end() <= self.now
            && self.venue.range.covers(day)
            && !self.is_cut(day)
            && self.known.marks.meeting(day).next().is_none()
    }

    /// Whether a month may be taken in one.
    fn is_one(&self, month: Interval) -> bool {
        self.venue.range.covers(month) && !self.is_cut(month) && self.is_in_a_cell(month)
    }

    fn is_cut(&self, interval: Interval) -> bool {
        let next = self.edges.partition_point(|edge| *edge <= interval.start());
        self.edges.get(next).is_some_and(|edge| *edge < interval.end())
    }

    fn is_in_a_cell(&self, interval: Interval) -> bool {
        let at = self.cells.partition_point(|cell| cell.interval.end() <= interval.start());
        self.cells.get(at).is_some_and(|cell| cell.interval.covers(interval))
    }
}
