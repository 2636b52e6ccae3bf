//! A reservation and a block as they stand: what the rules read and the store keeps.

use serde::{Deserialize, Serialize};

use super::{
    access::{Claimed, Place},
    approval::Asked,
    check_in::{Presence, kept},
    elsewhere::Elsewhere,
    equipment::Equipment,
    fees::Settled,
    ids::{BlockId, LayoutId, OrganisationId, ReservationId, SeriesId, SpaceId, UnitId, UserId},
    instant::{Instant, Interval},
    policy::Audience,
    reminder::Reminder,
    reservation::{CancelledBy, Purpose, Status},
    series::Belongs,
    space::Buffers,
    tariff::{Money, Quote},
};

/// No occupancy row lasts longer, seconds: longer ones are cut, so that what meets a window is one
/// range of the index on the end (DESIGN 4).
pub const LONGEST_OCCUPANCY: i64 = 32 * 86_400;

/// A claim on a space for an interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    pub id: ReservationId,
    pub place: Place,
    pub space: SpaceId,
    pub status: Status,
    pub interval: Interval,
    /// As they were when it was made.
    pub buffers: Buffers,
    /// Units; 1 for a `whole` space.
    pub quantity: u32,
    pub title: String,
    pub purpose: Purpose,
    pub attendees: Option<u32>,
    /// People counted.
    pub headcount: Option<u32>,
    pub layout: Option<LayoutId>,
    pub organiser: UserId,
    pub organisation: Option<OrganisationId>,
    pub made_by: UserId,
    pub notes: Option<String>,
    pub internal_notes: Option<String>,
    /// A public event: once it stands, its title, and the two texts below, are shown to all.
    pub is_public: bool,
    /// Under whose rules it was made; `None` of those made before audiences counted.
    pub audience: Option<Audience>,
    /// What everybody reads about the event beside its title; only while it is public.
    pub event_description: Option<String>,
    /// Where there is more about the event, an `event::EventLink`; only while it is public.
    pub event_link: Option<String>,
    /// Staff went beyond a limit.
    pub waived: bool,
    /// As it was when it was made.
    pub cancellation_notice_minutes: u32,
    pub cancelled_late: Option<bool>,
    /// When a hold or a request expires.
    pub expires_at: Option<Instant>,
    /// Within its time: from then on it was given back.
    pub released_at: Option<Instant>,
    pub change: Option<PendingChange>,
    /// What it costs, frozen when it was made or moved; none where the space asked for nothing.
    pub quote: Option<Quote>,
    /// iTIP SEQUENCE.
    pub sequence: u32,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// What confirming a hold makes of it, `Confirmed` or `Pending`: decided when it was made. `None` of what is no
    /// hold, or was confirmed; one that ran out or was let go keeps it.
    pub on_confirm: Option<Status>,
    /// The rules of checking in, as they were when it was made, and who came.
    pub presence: Presence,
    /// Which occurrence of which series it is; none where it was made by itself.
    pub belongs: Option<Belongs>,
    /// What giving it up costs at least: its guest changed it when cancelling would have cost this (`fees`).
    pub kept_fee: Option<Money>,
    /// What it has besides its space, each pool once.
    pub equipment: Vec<Equipment>,
    /// When its organiser is reminded of it.
    pub reminder: Reminder,
    /// What was paid or forgiven of what it costs besides its price.
    pub settled: Option<Settled>,
    /// Who gave it up after it had been confirmed; `None` of what stands, and of what never stood.
    pub cancelled_by: Option<CancelledBy>,
}

/// A move that waits for approval: the old slot stays, only what the new one adds is occupied besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingChange {
    starts_at: i64,
    ends_at: i64,
    pub setup_minutes: u32,
    pub teardown_minutes: u32,
    pub quantity: u32,
    pub attendees: Option<u32>,
    pub layout: Option<LayoutId>,
    /// Those it would have.
    pub units: Vec<UnitId>,
    /// Those it has until then.
    pub own_units: Vec<UnitId>,
    /// What it would cost, frozen when it was wished.
    #[serde(default)]
    pub quote: Option<Quote>,
    expires_at: i64,
    /// The reservation's, once this is approved.
    #[serde(default)]
    pub kept_fee: Option<Money>,
    /// What it would have besides the space, with the units kept for it.
    #[serde(default)]
    pub equipment: Vec<Equipment>,
    /// The space it would go to; `None` where it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<Elsewhere>,
}

impl PendingChange {
    pub fn new(interval: Interval, expires_at: Instant) -> Self {
        Self {
            starts_at: interval.start().unix(),
            ends_at: interval.end().unix(),
            setup_minutes: 0,
            teardown_minutes: 0,
            quantity: 1,
            attendees: None,
            layout: None,
            units: Vec::new(),
            own_units: Vec::new(),
            quote: None,
            expires_at: expires_at.unix(),
            kept_fee: None,
            equipment: Vec::new(),
            elsewhere: None,
        }
    }

    /// `None` only where the stored times were damaged.
    pub fn interval(&self) -> Option<Interval> {
        Interval::new(Instant::from_unix(self.starts_at), Instant::from_unix(self.ends_at))
    }

    pub fn expires_at(&self) -> Instant {
        Instant::from_unix(self.expires_at)
    }

    pub fn buffers(&self) -> Buffers {
        Buffers { setup_minutes: self.setup_minutes, teardown_minutes: self.teardown_minutes }
    }
}

impl Reservation {
    /// When waiting for it ends; `None` where check-in is not required.
    pub fn no_show_at(&self) -> Option<Instant> {
        self.presence.rules.no_show_at(self.interval, self.created_at)
    }

    /// Its time, less what was given back.
    pub fn kept(&self) -> Interval {
        kept(self.interval, self.released_at)
    }

    /// What it takes: its time, less what was given back, set-up and tear-down included.
    pub fn occupied(&self) -> Interval {
        self.buffers.around(self.kept())
    }

    /// What of it waits for approval, and until when.
    pub fn waits_for(&self) -> Option<(Asked, Instant)> {
        let asked = match (self.status, &self.change) {
            (Status::Pending, _) => Asked::Request,
            (_, Some(_)) => Asked::Change,
            (_, None) => return None,
        };
        self.expires_at.map(|at| (asked, at))
    }

    /// Whether one of its occupancies is of the slot that stands; others are of what a requested change adds.
    pub fn has_for_itself(&self, row: &Occupancy) -> bool {
        let own = |change: &PendingChange| {
            let of_space = change.own_units.contains(&row.unit) && self.occupied().covers(row.interval);
            let of_pool = |(unit, time): (UnitId, Interval)| unit == row.unit && time.covers(row.interval);
            of_space || self.equipment_taken().any(of_pool)
        };
        self.change.as_ref().is_none_or(own)
    }

    /// The last instant at which cancelling is in time (`reservation::cancellation`).
    pub fn cancel_by(&self) -> Instant {
        self.interval.start().plus_minutes(-i64::from(self.cancellation_notice_minutes))
    }

    /// When its time becomes everybody's again unless it is confirmed; `None` of what is no hold.
    pub fn held_until(&self) -> Option<Instant> {
        self.expires_at.filter(|_| self.status == Status::Held)
    }

    /// Whether it is a hold that ran out, be it that nobody has noticed yet.
    pub fn ran_out(&self, now: Instant) -> bool {
        match self.status {
            Status::Held => self.expires_at.is_some_and(|at| at <= now),
            Status::Expired => self.on_confirm.is_some(),
            _ => false,
        }
    }

    /// As it is at `now`: a hold that ran out is expired, whether or not anybody has noticed.
    #[must_use]
    pub fn at(mut self, now: Instant) -> Self {
        if self.ran_out(now) {
            (self.status, self.expires_at) = (Status::Expired, None);
        }
        self
    }

    /// Whether it is still to come at `now`: where somebody has come already, before its start, it has begun.
    pub fn is_ahead(&self, now: Instant) -> bool {
        self.interval.start() > now && !self.presence.arrived()
    }

    pub fn claimed(&self) -> Claimed {
        Claimed { place: self.place, organiser: self.organiser, organisation: self.organisation }
    }
}

/// Unavailability made by the venue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub id: BlockId,
    pub place: Place,
    pub space: SpaceId,
    pub interval: Interval,
    pub reason: String,
    /// `None` once the person was erased.
    pub made_by: Option<UserId>,
    pub lifted_at: Option<Instant>,
    pub version: i64,
    pub created_at: Instant,
    /// Made together with others from one rule.
    pub series: Option<SeriesId>,
}

/// Whose an occupancy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    Reservation(ReservationId),
    Block(BlockId),
}

/// One unit taken for one interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occupancy {
    pub unit: UnitId,
    pub interval: Interval,
    pub holder: Holder,
    /// When the hold that takes it runs out; `None` of all else.
    pub held_until: Option<Instant>,
}

impl Occupancy {
    /// Whether it is in anybody's way: a hold that ran out is in nobody's, even before it is removed.
    pub fn stands(&self, now: Instant) -> bool {
        self.held_until.is_none_or(|until| until > now)
    }
}

/// Cuts an interval into pieces none of which is longer than [`LONGEST_OCCUPANCY`].
pub fn pieces(interval: Interval) -> impl Iterator<Item = Interval> {
    let starts = std::iter::successors(Some(interval.start()), |at| Some(at.plus(LONGEST_OCCUPANCY)));
    starts.map_while(move |start| Interval::new(start, start.plus(LONGEST_OCCUPANCY).min(interval.end())))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::ids::Id;

    #[test]
    fn pieces_cover_the_interval_without_gap_or_overlap() {
        for days in [1, 32, 33, 64, 100] {
            let whole = Interval::new(Instant::from_unix(5), Instant::from_unix(5 + days * 86_400)).unwrap();
            let pieces: Vec<_> = pieces(whole).collect();
            assert_eq!(pieces.first().unwrap().start(), whole.start());
            assert_eq!(pieces.last().unwrap().end(), whole.end());
            assert!(pieces.windows(2).all(|two| two[0].end() == two[1].start()));
            assert!(pieces.iter().all(|piece| piece.seconds() <= LONGEST_OCCUPANCY));
        }
    }

    /// An hour whose quote is 10 euros; half of it is owed for cancelling late, all for not coming.
    pub fn quoted(status: Status, cancelled_late: Option<bool>) -> Reservation {
        let start = Instant::from_unix(0);
        let quote = serde_json::json!({
            "currency": "EUR", "prices_include_vat": true, "audience": "public", "lines": [],
            "total_net": 820, "total_vat": 180, "total_gross": 1000, "full_price": 1000, "subsidy": 0,
            "cancellation": {"late": {"percent": 50}, "no_show": "full"}
        });
        let nil = uuid::Uuid::nil();
        Reservation {
            id: Id::from_uuid(nil),
            place: Place { network: Id::from_uuid(nil), venue: Id::from_uuid(nil) },
            space: Id::from_uuid(nil),
            status,
            interval: Interval::new(start, start.plus(3600)).unwrap(),
            buffers: Buffers::default(),
            quantity: 1,
            title: String::new(),
            purpose: Purpose::Meeting,
            attendees: None,
            headcount: None,
            layout: None,
            organiser: Id::from_uuid(nil),
            organisation: None,
            made_by: Id::from_uuid(nil),
            notes: None,
            internal_notes: None,
            is_public: false,
            audience: None,
            event_description: None,
            event_link: None,
            waived: false,
            cancellation_notice_minutes: 60,
            cancelled_late,
            expires_at: None,
            released_at: None,
            change: None,
            quote: serde_json::from_value(quote).unwrap(),
            sequence: 0,
            version: 1,
            created_at: start,
            updated_at: start,
            on_confirm: None,
            presence: Presence::default(),
            belongs: None,
            kept_fee: None,
            equipment: Vec::new(),
            reminder: Reminder::default(),
            settled: None,
            cancelled_by: None,
        }
    }

    #[test]
    fn a_hold_runs_out_at_its_instant_whether_or_not_anybody_notices() {
        let until = Instant::from_unix(600);
        let hold =
            |status, on_confirm| Reservation { expires_at: Some(until), on_confirm, ..quoted(status, None) };
        let (yes, request) = (Some(Status::Confirmed), Some(Status::Pending));
        for (reservation, before, after) in [
            (hold(Status::Held, yes), Status::Held, Status::Expired),
            (hold(Status::Held, request), Status::Held, Status::Expired),
            // A request waits for the job: it is told to somebody.
            (hold(Status::Pending, None), Status::Pending, Status::Pending),
            (hold(Status::Pending, request), Status::Pending, Status::Pending),
            (hold(Status::Confirmed, yes), Status::Confirmed, Status::Confirmed),
            (hold(Status::Expired, yes), Status::Expired, Status::Expired),
        ] {
            assert_eq!(reservation.clone().at(until.plus(-1)).status, before, "{reservation:?}");
            assert_eq!(reservation.clone().at(until).status, after, "{reservation:?}");
            assert_eq!(reservation.held_until().is_some(), reservation.status == Status::Held);
        }
        // A request that ran out had been no hold.
        assert!(!hold(Status::Expired, None).ran_out(until));
        let row = |held_until| Occupancy {
            unit: Id::from_uuid(uuid::Uuid::nil()),
            interval: Interval::new(until, until.plus(60)).unwrap(),
            holder: Holder::Reservation(Id::from_uuid(uuid::Uuid::nil())),
            held_until,
        };
        for (held_until, at, stands) in
            [(None, 600, true), (Some(until), 599, true), (Some(until), 600, false)]
        {
            assert_eq!(row(held_until).stands(Instant::from_unix(at)), stands);
        }
    }
}
