//! What somebody's calendar of reservations shows: all that is written of one of them, so that nothing else can be.
//! Notes, addresses of people, prices and ways in stand in no member of it: a link that was handed on tells none of them.

use super::{
    ids::{BlockId, ReservationId, UserId},
    instant::{Instant, Interval},
    places::Address,
    zone::Zone,
};

/// What an entry is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryId {
    Reservation(ReservationId),
    Block(BlockId),
}

/// Whoever organises a reservation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organiser {
    /// Written nowhere: by it is noted whose name was shown.
    pub id: UserId,
    pub name: String,
}

/// A reservation that waits for approval, stands, goes on or is over; or a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: EntryId,
    /// It waits for approval.
    pub tentative: bool,
    /// A block's reason.
    pub title: String,
    pub space_name: String,
    /// Who organises it; `None` where it is the reader, or nobody.
    pub organiser: Option<Organiser>,
    /// Without what was given back early.
    pub interval: Interval,
    /// iTIP SEQUENCE.
    pub sequence: u32,
    pub updated_at: Instant,
    pub venue_name: String,
    pub address: Address,
    /// The venue's.
    pub contact_email: String,
    pub zone: Zone,
}
