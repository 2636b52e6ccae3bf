//! The hours of each reservation: the same open times, the same bookings, cut in the same way as utilisation has them, so
//! that the hours of all reservations are the hours of all units.

use super::{Facts, Grouping, Table, TooManyRows};
use crate::domain::{
    instant::{Instant, Interval},
    space::SpaceKind,
    statistics::{
        self,
        frame::Frame,
        unit::{Booking, Stay, one_by_one, stays},
    },
};

/// Facts, measured once for any number of groupings.
pub struct Measured<'f> {
    pub(super) facts: &'f Facts,
    pub(super) frame: Frame<'f>,
    pub(super) pieces: Vec<Piece>,
    pub(super) now: Instant,
}

/// Open time of one unit that one claim takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Its position among the claims.
    pub claim: usize,
    pub interval: Interval,
    /// Of that, what was used so far.
    pub used: Option<Interval>,
    /// The unit's part of the people, in parts of `PERSON`; `None` where their number is not known.
    pub people: Option<i64>,
}

impl<'f> Measured<'f> {
    /// Measures up to `now`. Cost: claims × the units they have; memory: a piece for each.
    pub fn new(facts: &'f Facts, now: Instant) -> Self {
        let frame = Frame::new(&facts.source, &statistics::Grouping::default(), now);
        let windows = frame.windows();
        let mut pieces = Vec::with_capacity(facts.source.claims.len());
        for (unit, (mut bookings, blocked)) in frame.bookings().into_iter().zip(frame.blocked()).enumerate() {
            let stays = stays(&windows[unit], &frame.seats[unit]);
            let open = frame.open(&windows[unit]).minus(&blocked);
            for (booking, interval) in one_by_one(&mut bookings) {
                let inside = open.meeting(interval).filter_map(|each| each.intersection(interval));
                let stays = stays.iter().filter(|stay| counts(&frame, booking, stay));
                let inside: Vec<Interval> = inside.collect();
                let parts =
                    stays.flat_map(|stay| inside.iter().filter_map(|each| each.intersection(stay.interval)));
                pieces.extend(parts.map(|part| piece(booking, part)));
            }
        }
        Self { facts, frame, pieces, now }
    }

    /// The table of a grouping, of at most `most` rows.
    ///
    /// # Errors
    /// [`TooManyRows`], before anything is counted.
    pub fn table(&self, grouping: &Grouping, most: usize) -> Result<Table, TooManyRows> {
        super::count::table(self, grouping, most)
    }
}

/// Equipment counts where it was booked by itself: what a room has besides is not the room's time.
fn counts(frame: &Frame<'_>, booking: &Booking, stay: &Stay) -> bool {
    let spaces = &frame.source.spaces;
    let is_equipment = |space: usize| spaces[space].kind == SpaceKind::Equipment;
    let booked = frame.space_index(frame.source.claims[booking.claim].space);
    booked.is_some_and(is_equipment) || !stay.spaces.iter().all(|&space| is_equipment(space))
}

fn piece(booking: &Booking, interval: Interval) -> Piece {
    Piece {
        claim: booking.claim,
        interval,
        used: booking.used.and_then(|used| used.intersection(interval)),
        people: booking.people.map(|people| people.share),
    }
}
