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

/// What is measured of a unit over a stretch of its time.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part<'b> {
    Available,
    Booked(&'b Booking),
    Used(&'b Booking),
    OutOfHours(&'b Booking),
    Released(&'b Booking),
    /// By whom what was released is booked.
    Rebooked(&'b Booking),
}

impl Part<'_> {
    fn add_to(self, sums: &mut Sums, seats: i64, seconds: i64) {
        let of_seats = seats * seconds;
        let (of_units, of_seats_too) = match self {
            Self::Available => (&mut sums.available, &mut sums.seat_available),
            Self::Booked(booking) => {
                sums.measured += i64::from(booking.measured) * seconds;
                (&mut sums.booked, &mut sums.seat_booked)
            }
            Self::Used(booking) => {
                if let Some(people) = booking.people {
                    sums.seat_known += of_seats;
                    sums.seat_declared += i64::from(people.declared) * of_seats;
                    sums.people += i128::from(people.share) * i128::from(seconds);
                }
                (&mut sums.used, &mut sums.seat_used)
            }
            Self::OutOfHours(_) => (&mut sums.out_of_hours, &mut sums.seat_out_of_hours),
            Self::Released(_) => (&mut sums.released, &mut sums.seat_released),
            Self::Rebooked(_) => (&mut sums.rebooked, &mut sums.seat_rebooked),
        };
        *of_units += seconds;
        *of_seats_too += of_seats;
    }
}

/// The unit's sums in each cell of each stay, of the `fresh` time alone, as far as it is `open`.
pub(super) fn measure(
    stays: &[Stay],
    cells: &[Cell],
    fresh: &IntervalSet,
    open: &IntervalSet,
    mut bookings: Vec<Booking>,
) -> Vec<Segment> {
    let mut segments = segments(stays, cells);
    parts(fresh, open, &mut bookings, |interval, part| {
        let first = segments.partition_point(|segment| segment.interval.end() <= interval.start());
        for segment in &mut segments[first..] {
            let Some(shared) = segment.interval.intersection(interval) else { break };
            part.add_to(&mut segment.sums, segment.seats, shared.seconds());
        }
    });
    segments
}

/// All that is measured of the unit, each stretch once: what is added up, and what explains a sum.
pub(super) fn parts(
    fresh: &IntervalSet,
    open: &IntervalSet,
    bookings: &mut [Booking],
    mut each: impl FnMut(Interval, Part<'_>),
) {
    open.iter().for_each(|interval| each(interval, Part::Available));
    for (booking, interval) in one_by_one(bookings) {
        for part in fresh.meeting(interval).filter_map(|part| part.intersection(interval)) {
            book(open, booking, part, &mut each);
        }
    }
    give_back(open, bookings, &mut each);
}

/// The bookings, sorted, with the time of each that counts.
pub(super) fn one_by_one(bookings: &mut [Booking]) -> impl Iterator<Item = (&Booking, Interval)> {
    // Of two with the same time it is always the same one that counts.
    bookings.sort_unstable_by_key(|booking| (booking.interval, booking.claim));
    apart(bookings.iter().map(|booking| (booking, booking.interval)))
}

/// Where two meet, which the database refuses of bookings, the time counts once, so that nothing exceeds what is
/// available. They come by ascending start.
pub(super) fn apart<T>(
    ascending: impl Iterator<Item = (T, Interval)>,
) -> impl Iterator<Item = (T, Interval)> {
    let mut counted_to = Instant::EARLIEST;
    ascending.filter_map(move |(what, interval)| {
        let rest = Interval::new(interval.start().max(counted_to), interval.end())?;
        counted_to = rest.end();
        Some((what, rest))
    })
}

/// What was given back, and what of it others booked, each counted once. The bookings are sorted.
fn give_back(open: &IntervalSet, bookings: &[Booking], each: &mut impl FnMut(Interval, Part<'_>)) {
    let mut released: Vec<(&Booking, Interval)> =
        bookings.iter().filter_map(|booking| Some((booking, booking.released?))).collect();
    if released.is_empty() {
        return;
    }
    released.sort_unstable_by_key(|(_, interval)| *interval);
    let booked: Vec<(&Booking, Interval)> =
        apart(bookings.iter().map(|booking| (booking, booking.interval))).collect();
    for (booking, interval) in apart(released.into_iter()) {
        for given in open.meeting(interval).filter_map(|inside| inside.intersection(interval)) {
            each(given, Part::Released(booking));
            let first = booked.partition_point(|(_, taken)| taken.end() <= given.start());
            let takers =
                booked[first..].iter().map_while(|(by, taken)| Some((by, taken.intersection(given)?)));
            takers.for_each(|(by, shared)| each(shared, Part::Rebooked(by)));
        }
    }
}

fn book(
    open: &IntervalSet,
    booking: &Booking,
    interval: Interval,
    each: &mut impl FnMut(Interval, Part<'_>),
) {
    let mut shut_from = interval.start();
    let mut shut = |until: Instant, from: Instant, each: &mut dyn FnMut(Interval, Part<'_>)| {
        let shut = Interval::new(shut_from, until).filter(|_| booking.by_hours);
        shut_from = from;
        if let Some(shut) = shut {
            each(shut, Part::OutOfHours(booking));
        }
    };
    for inside in open.meeting(interval).filter_map(|each| each.intersection(interval)) {
        shut(inside.start(), inside.end(), each);
        each(inside, Part::Booked(booking));
        if let Some(used) = booking.used.and_then(|used| used.intersection(inside)) {
            each(used, Part::Used(booking));
        }
    }
    shut(interval.end(), interval.end(), each);
}

/// Nothing is in their sums yet.
pub(super) fn segments(stays: &[Stay], cells: &[Cell]) -> Vec<Segment> {
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
