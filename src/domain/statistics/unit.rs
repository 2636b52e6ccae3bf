//! One unit's figures: its opening and its bookings laid over time cells and the spaces it belongs to.

use super::{UnitFacts, calendar::Cell, sums::Sums};
use crate::domain::{
    instant::{Instant, Interval},
    interval_set::IntervalSet,
    zone::Zone,
};

/// A space that has the unit, for as long as it does and is active.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub space: usize,
    pub interval: Interval,
}

/// A time through which the same spaces have the unit, and it seats as many.
#[derive(Debug)]
pub(super) struct Stay {
    pub interval: Interval,
    seats: i64,
    pub spaces: Vec<usize>,
}

/// How many a unit seats, and did.
#[derive(Debug, Default)]
pub(super) struct Seats {
    now: u32,
    /// Until when it seated others, ascending.
    former: Vec<(Instant, u32)>,
}

impl Seats {
    pub fn of(unit: &UnitFacts, zone: Zone) -> Self {
        let former = unit.former_seats.iter().map(|&(date, seats)| (zone.day(date).start(), seats));
        Self { now: unit.seats, former: former.collect() }
    }

    fn at(&self, instant: Instant) -> u32 {
        self.former.iter().find(|(until, _)| instant < *until).map_or(self.now, |(_, seats)| *seats)
    }

    /// The fewest within the interval: so many people have a seat through all of it.
    pub fn least(&self, interval: Interval) -> u32 {
        let changes = self.former.iter().map(|(until, _)| *until).filter(|until| interval.contains(*until));
        changes.chain([interval.start()]).map(|at| self.at(at)).min().unwrap_or(self.now)
    }
}

/// A claim on the unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Booking {
    /// Its position among the claims.
    pub claim: usize,
    pub interval: Interval,
    /// `None` when nobody came.
    pub used: Option<Interval>,
    /// What of the claim was given back, after the interval.
    pub released: Option<Interval>,
    /// Whether what is used is measured.
    pub measured: bool,
    /// Whether its time outside opening hours is told: closed hours between days or nights stand in no figure.
    pub by_hours: bool,
    /// The unit's part of the people, if their number is known.
    pub people: Option<People>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct People {
    /// In parts of `PERSON`, at most the unit's seats.
    pub share: i64,
    /// Nobody counted.
    pub declared: bool,
}

/// The part of a stay that lies in one cell.
#[derive(Debug)]
pub(super) struct Segment {
    pub interval: Interval,
    pub period: usize,
    pub stay: usize,
    pub seats: i64,
    pub sums: Sums,
}

/// Cuts time where a space gains or loses the unit and where its seats change; times without any space are left out.
pub(super) fn stays(windows: &[Window], seats: &Seats) -> Vec<Stay> {
    let mut edges: Vec<Instant> =
        windows.iter().flat_map(|window| [window.interval.start(), window.interval.end()]).collect();
    edges.extend(seats.former.iter().map(|(until, _)| *until));
    edges.sort_unstable();
    edges.dedup();
    let pieces = edges.windows(2).filter_map(|two| Interval::new(two[0], two[1]));
    let stay = |interval: Interval| {
        let mut spaces: Vec<usize> = windows
            .iter()
            .filter(|window| window.interval.covers(interval))
            .map(|window| window.space)
            .collect();
        spaces.sort_unstable();
        spaces.dedup();
        Stay { interval, seats: seats.at(interval.start()).into(), spaces }
    };
    pieces.map(stay).filter(|stay| !stay.spaces.is_empty()).collect()
}

/// The unit's sums in each cell of each stay, of the `fresh` time alone, as far as it is `open`. Where two bookings meet,
/// which the database refuses, the time counts once, so that nothing exceeds what is available.
pub(super) fn measure(
    stays: &[Stay],
    cells: &[Cell],
    fresh: &IntervalSet,
    open: &IntervalSet,
    mut bookings: Vec<Booking>,
) -> Vec<Segment> {
    let mut segments = segments(stays, cells);
    for interval in open.iter() {
        add(&mut segments, interval, |sums, seats, seconds| {
            sums.available += seconds;
            sums.seat_available += seats * seconds;
        });
    }
    for (booking, interval) in one_by_one(&mut bookings) {
        for part in fresh.meeting(interval).filter_map(|part| part.intersection(interval)) {
            book(&mut segments, open, booking, part);
        }
    }
    give_back(&mut segments, open, &bookings);
    segments
}

/// The bookings, sorted, with the time of each that counts. Where two meet, which the database refuses, the time counts
/// once, so that nothing exceeds what is available.
pub(super) fn one_by_one(bookings: &mut [Booking]) -> impl Iterator<Item = (&Booking, Interval)> {
    // Stable: of two alike always the same one counts.
    bookings.sort_by_key(|booking| booking.interval);
    let mut counted_to = Instant::EARLIEST;
    bookings.iter().filter_map(move |booking| {
        let start = booking.interval.start().max(counted_to);
        let interval = Interval::new(start, booking.interval.end())?;
        counted_to = interval.end();
        Some((booking, interval))
    })
}

/// What was given back, and what of it others booked, each counted once.
fn give_back(segments: &mut [Segment], open: &IntervalSet, bookings: &[Booking]) {
    let released: IntervalSet = bookings.iter().filter_map(|booking| booking.released).collect();
    if released.is_empty() {
        return;
    }
    let released = released.intersect(open);
    for interval in released.iter() {
        add(segments, interval, |sums, seats, seconds| {
            sums.released += seconds;
            sums.seat_released += seats * seconds;
        });
    }
    let booked: IntervalSet = bookings.iter().map(|booking| booking.interval).collect();
    for interval in released.intersect(&booked).iter() {
        add(segments, interval, |sums, seats, seconds| {
            sums.rebooked += seconds;
            sums.seat_rebooked += seats * seconds;
        });
    }
}

fn book(segments: &mut [Segment], open: &IntervalSet, booking: &Booking, interval: Interval) {
    let outside = |sums: &mut Sums, seats: i64, seconds: i64| {
        sums.out_of_hours += i64::from(booking.by_hours) * seconds;
        sums.seat_out_of_hours += i64::from(booking.by_hours) * seats * seconds;
    };
    // All of it, and then less what lies inside.
    add(segments, interval, outside);
    for inside in open.meeting(interval).filter_map(|each| each.intersection(interval)) {
        add(segments, inside, |sums, seats, seconds| {
            outside(sums, seats, -seconds);
            sums.booked += seconds;
            sums.measured += i64::from(booking.measured) * seconds;
            sums.seat_booked += seats * seconds;
        });
        let Some(used) = booking.used.and_then(|used| used.intersection(inside)) else { continue };
        add(segments, used, |sums, seats, seconds| {
            sums.used += seconds;
            sums.seat_used += seats * seconds;
            if let Some(people) = booking.people {
                sums.seat_known += seats * seconds;
                sums.seat_declared += i64::from(people.declared) * seats * seconds;
                sums.people += i128::from(people.share) * i128::from(seconds);
            }
        });
    }
}

fn segments(stays: &[Stay], cells: &[Cell]) -> Vec<Segment> {
    let mut segments = Vec::with_capacity(cells.len() + stays.len());
    for (index, stay) in stays.iter().enumerate() {
        let first = cells.partition_point(|cell| cell.interval.end() <= stay.interval.start());
        let parts = cells[first..].iter().map_while(|cell| {
            let interval = cell.interval.intersection(stay.interval)?;
            let Stay { seats, .. } = *stay;
            Some(Segment { interval, period: cell.period, stay: index, seats, sums: Sums::default() })
        });
        segments.extend(parts);
    }
    segments
}

/// What was measured before over an interval that lies in one segment, or outside of all.
///
/// # Panics
/// Where segments cut it: it was planned for others.
pub(super) fn keep(segments: &mut [Segment], interval: Interval, sums: &Sums) {
    let at = segments.partition_point(|segment| segment.interval.end() <= interval.start());
    let Some(segment) = segments.get_mut(at).filter(|segment| segment.interval.overlaps(interval)) else {
        return;
    };
    assert!(segment.interval.covers(interval), "sums are stored of parts of cells");
    segment.sums += *sums;
}

/// Adds the seconds of `interval` to each segment it meets, given its seats. Segments are ascending.
fn add(segments: &mut [Segment], interval: Interval, mut to: impl FnMut(&mut Sums, i64, i64)) {
    let first = segments.partition_point(|segment| segment.interval.end() <= interval.start());
    for segment in &mut segments[first..] {
        if segment.interval.start() >= interval.end() {
            break;
        }
        if let Some(shared) = segment.interval.intersection(interval) {
            to(&mut segment.sums, segment.seats, shared.seconds());
        }
    }
}
