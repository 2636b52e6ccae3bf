//! What a figure was made from: each piece of it, from the same functions that add it up, so that the pieces of a row
//! are its sum, to the second. What is available is told as ordinary opening time, less closures and blocks.

use std::{collections::HashMap, ops::AddAssign};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Grouping, Period, Place, Source,
    count::{Layout, arrival},
    frame::Frame,
    unit::{Part, Segment, Window, apart, parts, segments, stays},
};
use crate::domain::{
    codes::codes,
    ids::{ReservationId, SpaceId, UnitId, VenueId},
    instant::{Instant, Interval},
    interval_set::IntervalSet,
};

codes! {
    /// A sum that figures are made of.
    pub enum Explainable {
        /// Open, less closures and blocks.
        Available = "available",
        Booked = "booked",
        Used = "used",
        Released = "released",
        Rebooked = "rebooked",
        OutOfHours = "out_of_hours",
        /// Used by a known number of people: person-hours and seat-hours of the occupancy.
        Known = "known",
        /// Of `known`, where the number was declared beforehand and nobody counted.
        Declared = "declared",
        NoShows = "no_shows",
        /// Reservations with a required check-in, where it is known whether anybody came.
        RequiredCheckIns = "required_check_ins",
    }
}

codes! {
    /// What a piece comes from.
    pub enum Origin {
        /// The hours of an ordinary week or season, or more on a single date.
        OpeningHours = "opening_hours",
        /// A holiday, or an exception of a date.
        Closure = "closure",
        Block = "block",
        Reservation = "reservation",
    }
}

/// A stretch of one unit's time, or a reservation that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub interval: Interval,
    /// `None` of what is counted in reservations.
    pub unit: Option<UnitId>,
    /// The reservation's, else the first of those in the row that have the unit.
    pub space: SpaceId,
    pub origin: Origin,
    /// The reservation it comes from.
    pub reservation: Option<ReservationId>,
    /// Whether it is taken away from the sum.
    pub minus: bool,
    /// Of the unit, meanwhile.
    pub seats: i64,
    /// The unit's part of the people, in parts of `PERSON`.
    pub people: Option<i64>,
}

/// Where a piece stands among those of its figure: no two stand in the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position(i64, Uuid, bool);

impl Piece {
    pub fn position(&self) -> Position {
        let counted = || self.reservation.map_or(Uuid::nil(), ReservationId::uuid);
        Position(self.interval.start().unix(), self.unit.map_or_else(counted, UnitId::uuid), self.minus)
    }

    pub fn total(&self) -> Total {
        let sign = if self.minus { -1 } else { 1 };
        if self.unit.is_none() {
            return Total { reservations: sign, ..Total::default() };
        }
        let seconds = sign * self.interval.seconds();
        let people = i128::from(self.people.unwrap_or(0)) * i128::from(seconds);
        Total { seconds, seat_seconds: self.seats * seconds, people, reservations: 0 }
    }
}

/// What pieces add up to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// Of units.
    pub seconds: i64,
    /// Of units, times their seats.
    pub seat_seconds: i64,
    /// Of people, in parts of `PERSON`.
    pub people: i128,
    pub reservations: i64,
}

impl AddAssign for Total {
    fn add_assign(&mut self, more: Self) {
        self.seconds += more.seconds;
        self.seat_seconds += more.seat_seconds;
        self.people += more.people;
        self.reservations += more.reservations;
    }
}

/// Which figure of which row, and what of its pieces.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub grouping: &'a Grouping,
    pub figure: Explainable,
    /// Those after it.
    pub after: Option<Position>,
    pub most: usize,
}

/// A figure, explained.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The row.
    pub place: Place,
    pub period: Period,
    /// Of all pieces: the figure.
    pub total: Total,
    /// By their positions; one more than asked for where there are more.
    pub pieces: Vec<Piece>,
}

/// Explains a figure of the first row for which `is_it`, up to `now`, from sources that nothing was summed of
/// beforehand; `reservations` are its claims, by position. `None` where there is no such row.
pub fn explain(
    source: &Source,
    reservations: &[ReservationId],
    wanted: Wanted<'_>,
    is_it: impl Fn(&Place, Period) -> bool,
    now: Instant,
) -> Option<Explanation> {
    let frame = Frame::new(source, wanted.grouping, now);
    let layout = Layout::new(&frame, wanted.grouping);
    let periods = &frame.calendar.periods;
    let rows =
        (0..layout.places.len()).flat_map(|place| (0..periods.len()).map(move |period| (place, period)));
    let (place, period) =
        rows.into_iter().find(|&(place, period)| is_it(&layout.places[place], periods[period].0))?;
    let mut telling = Telling {
        frame: &frame,
        layout: &layout,
        reservations,
        wanted,
        row: (place, period),
        total: Total::default(),
        pieces: Vec::new(),
    };
    match wanted.figure {
        Explainable::NoShows | Explainable::RequiredCheckIns => telling.arrivals(),
        Explainable::Available => telling.available(),
        _ => telling.claimed(),
    }
    telling.trim();
    let Telling { total, pieces, .. } = telling;
    Some(Explanation { place: layout.places[place].clone(), period: periods[period].0, total, pieces })
}

struct Telling<'a> {
    frame: &'a Frame<'a>,
    layout: &'a Layout,
    reservations: &'a [ReservationId],
    wanted: Wanted<'a>,
    /// The places of the row's place and period.
    row: (usize, usize),
    total: Total,
    pieces: Vec<Piece>,
}

impl Telling<'_> {
    /// Keeps the pieces asked for, and a bounded number of others for a while.
    fn tell(&mut self, piece: Piece) {
        self.total += piece.total();
        if self.wanted.after.is_none_or(|after| after < piece.position()) {
            self.pieces.push(piece);
            if self.pieces.len() > 4 * self.wanted.most + 1_000 {
                self.trim();
            }
        }
    }

    fn trim(&mut self) {
        self.pieces.sort_unstable_by_key(Piece::position);
        self.pieces.truncate(self.wanted.most + 1);
    }

    fn arrivals(&mut self) {
        let (place, period) = self.row;
        let (frame, reservations) = (self.frame, self.reservations);
        for (claim, &reservation) in frame.source.claims.iter().zip(reservations) {
            let Some((space, came)) = arrival(frame, claim) else { continue };
            let cells = frame.calendar.cells(frame.venue(&frame.source.spaces[space]).zone);
            let start = claim.interval.start();
            let cell = cells.iter().find(|cell| cell.interval.contains(start));
            let counts = cell.is_some_and(|cell| cell.period == period)
                && self.layout.place_of[space] == Some(place)
                && (!came || self.wanted.figure == Explainable::RequiredCheckIns);
            if counts {
                self.tell(Piece {
                    interval: claim.interval,
                    unit: None,
                    space: claim.space,
                    origin: Origin::Reservation,
                    reservation: Some(reservation),
                    minus: false,
                    seats: 0,
                    people: None,
                });
            }
        }
    }

    /// What claims make of each unit.
    fn claimed(&mut self) {
        let frame = self.frame;
        let (bookings, blocked, windows) = (frame.bookings(), frame.blocked(), frame.windows());
        for (unit, (mut bookings, blocked)) in bookings.into_iter().zip(blocked).enumerate() {
            let segments = self.segments(unit, &windows[unit]);
            let Some((first, _)) = segments.first() else { continue };
            let fresh = frame.fresh(frame.venue(&frame.source.spaces[*first]));
            let open = frame.open(&windows[unit]).minus(&blocked);
            parts(fresh, &open, &mut bookings, |interval, part| {
                let Some((claim, people)) = claim_of(self.wanted.figure, part) else { return };
                let source = Piece {
                    interval,
                    unit: Some(frame.source.units[unit].id),
                    space: frame.source.claims[claim].space,
                    origin: Origin::Reservation,
                    reservation: self.reservations.get(claim).copied(),
                    minus: false,
                    seats: 0,
                    people,
                };
                self.cut(&segments, source, false);
            });
        }
    }

    /// Ordinary opening time and what single dates add, less closures and blocks.
    fn available(&mut self) {
        let frame = self.frame;
        let (planned, windows) = (planned(frame), frame.windows());
        let mut blocked = vec![Vec::new(); frame.source.units.len()];
        for (unit, interval) in &frame.source.blocked {
            if let Some(&unit) = frame.unit_at.get(unit) {
                blocked[unit].push(((), *interval));
            }
        }
        for (unit, mut blocked) in blocked.into_iter().enumerate() {
            let segments = self.segments(unit, &windows[unit]);
            let Some((first, _)) = segments.first() else { continue };
            let piece = |interval, origin, minus| Piece {
                interval,
                unit: Some(frame.source.units[unit].id),
                space: frame.source.spaces[*first].id,
                origin,
                reservation: None,
                minus,
                seats: 0,
                people: None,
            };
            let of_windows = windows[unit].iter().map(|window| planned[window.space].clip(window.interval));
            let ordinary = of_windows.reduce(|all, more| all.union(&more)).unwrap_or_default();
            let open = frame.open(&windows[unit]);
            let added = open.minus(&ordinary);
            for interval in ordinary.iter().chain(added.iter()) {
                self.cut(&segments, piece(interval, Origin::OpeningHours, false), true);
            }
            for interval in ordinary.minus(&open).iter() {
                self.cut(&segments, piece(interval, Origin::Closure, true), true);
            }
            blocked.sort_unstable_by_key(|((), interval)| *interval);
            for ((), block) in apart(blocked.into_iter()) {
                for interval in open.clip(block).iter() {
                    self.cut(&segments, piece(interval, Origin::Block, true), true);
                }
            }
        }
    }

    /// The parts of the unit's time that stand in the row, ascending, each with its first space there.
    fn segments(&self, unit: usize, windows: &[Window]) -> Vec<(usize, Segment)> {
        let (place, period) = self.row;
        let stays = stays(windows, &self.frame.seats[unit]);
        let Some(first) = stays.first() else { return Vec::new() };
        let zone = self.frame.venue(&self.frame.source.spaces[first.spaces[0]]).zone;
        let all = segments(&stays, self.frame.calendar.cells(zone)).into_iter();
        let standing = all.filter(|segment| segment.period == period).filter_map(|segment| {
            let mut spaces = stays[segment.stay].spaces.iter().copied();
            let space = spaces.find(|&space| self.layout.place_of[space] == Some(place))?;
            Some((space, segment))
        });
        standing.collect()
    }

    /// Tells what of a piece stands in the row; of hours, in which space.
    fn cut(&mut self, segments: &[(usize, Segment)], whole: Piece, of_space: bool) {
        let first = segments.partition_point(|(_, segment)| segment.interval.end() <= whole.interval.start());
        for (space, segment) in &segments[first..] {
            let Some(interval) = segment.interval.intersection(whole.interval) else { break };
            let space = if of_space { self.frame.source.spaces[*space].id } else { whole.space };
            self.tell(Piece { interval, space, seats: segment.seats, ..whole });
        }
    }
}

/// Whose part it is, with the people told, if the figure has it.
fn claim_of(figure: Explainable, part: Part<'_>) -> Option<(usize, Option<i64>)> {
    let plain = |claim| Some((claim, None));
    match (figure, part) {
        (Explainable::Booked, Part::Booked(booking))
        | (Explainable::Used, Part::Used(booking))
        | (Explainable::OutOfHours, Part::OutOfHours(booking))
        | (Explainable::Released, Part::Released(booking))
        | (Explainable::Rebooked, Part::Rebooked(booking)) => plain(booking.claim),
        (Explainable::Known | Explainable::Declared, Part::Used(booking)) => {
            let people = booking.people?;
            let told = figure == Explainable::Known || people.declared;
            told.then_some((booking.claim, Some(people.share)))
        }
        _ => None,
    }
}

/// By space: when it would be open on ordinary dates.
fn planned(frame: &Frame<'_>) -> Vec<IntervalSet> {
    let mut of_venues = HashMap::<VenueId, IntervalSet>::new();
    let spaces = frame.source.spaces.iter().map(|space| {
        let venue = frame.venue(space);
        let open = |hours: &crate::domain::hours::Schedule| {
            hours.ordinary().open(venue.zone, frame.source.country, venue.range).clip(venue.range)
        };
        match &space.own_hours {
            Some(own) => open(&own.laid_over(&venue.hours)),
            None => of_venues.entry(venue.id).or_insert_with(|| open(&venue.hours)).clone(),
        }
    });
    spaces.collect()
}
