//! Networks and venues as the rules see them (DESIGN 2).

use std::fmt;

use chrono::NaiveDate;

use super::{
    access::Place,
    holidays::Country,
    hours::{OwnHours, Schedule},
    ids::{NetworkId, SpaceId, VenueId},
    instant::{Instant, Interval},
    interval_set::IntervalSet,
    policy::{Audience, Effective, Policies, Policy},
    space::Space,
    stays::{Calendar, Stays},
    zone::Zone,
};

/// Whose: what a venue and each of its spaces have, such as opening hours and photographs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Of {
    Venue(VenueId),
    Space(SpaceId),
}

impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Venue(id) => id.fmt(f),
            Self::Space(id) => id.fmt(f),
        }
    }
}

/// A region's centres under one coordination body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    pub id: NetworkId,
    pub name: String,
    pub slug: String,
    pub country: Country,
    pub zone: Zone,
    pub policy: Policy,
    pub policy_version: i64,
    pub is_demo: bool,
    pub version: i64,
    pub created_at: Instant,
}

/// Where a venue stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub street: String,
    pub postcode: String,
    pub city: String,
    pub municipality: String,
}

impl Address {
    /// On one line, for mails and calendars.
    pub fn line(&self) -> String {
        format!("{}, {} {}", self.street, self.postcode, self.city)
    }
}

/// A centre with an address, opening hours and staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Venue {
    pub id: VenueId,
    pub network: NetworkId,
    pub name: String,
    pub slug: String,
    pub address: Address,
    pub zone: Zone,
    pub contact_email: String,
    pub phone: Option<String>,
    pub access_instructions: Option<String>,
    pub policy: Policy,
    pub policy_version: i64,
    pub hours_version: i64,
    pub version: i64,
    pub created_at: Instant,
}

impl Venue {
    pub fn place(&self) -> Place {
        Place { network: self.network, venue: self.id }
    }
}

/// All that is configured about one space: what availability and booking decide by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configuration {
    pub network: Network,
    pub venue: Venue,
    pub space: Space,
    /// What the space says of its opening hours itself.
    pub own_hours: OwnHours,
    /// That over the venue's.
    pub schedule: Schedule,
}

/// Opening time, as a reservation is judged by it.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Joined spans, unclipped.
    pub open: IntervalSet,
    /// Where it goes by days or nights.
    pub stays: Option<Stays>,
}

impl Opening {
    /// Whether a reservation of this time may stay where it is (`Stays::hold`).
    pub fn holds(&self, interval: Interval) -> bool {
        self.stays.as_ref().map_or_else(|| self.open.covers(interval), |stays| stays.hold(interval))
    }
}

impl Configuration {
    pub fn zone(&self) -> Zone {
        self.venue.zone
    }

    pub fn place(&self) -> Place {
        self.venue.place()
    }

    /// The joined opening spans that meet `within`, unclipped; none before the space existed.
    pub fn open(&self, within: Interval) -> IntervalSet {
        self.schedule.open(self.zone(), self.network.country, within)
    }

    /// The days or nights that meet `within`; `None` where the space is booked by hours.
    pub fn stays(&self, within: Interval) -> Option<Stays> {
        Some(Stays::new(self.space.measure()?, self.calendar(), within))
    }

    /// Opening time around `within`, as the space is booked.
    pub fn opening(&self, within: Interval) -> Opening {
        Opening { open: self.open(within), stays: self.stays(within) }
    }

    /// The same of a pool of equipment that goes along (ADR 13). On a date of which the pool says nothing itself, it is
    /// open when this space is; on others by its own hours. What lies on dates of the former kind alone is a stay
    /// where it is one of this space; else the pool is asked as it is booked by itself.
    pub fn opening_along(&self, pool: &Self, within: Interval) -> Opening {
        let (zone, country) = (self.zone(), self.network.country);
        let follows = zone.days(within).all(|date| !pool.own_hours.rules_on(date));
        let measure = if follows { self.space.measure() } else { pool.space.measure() };
        let schedule = pool.own_hours.laid_over(&self.schedule);
        let calendar = Calendar { schedule: &schedule, zone, country };
        Opening {
            open: schedule.open(zone, country, within),
            stays: measure.map(|measure| Stays::new(measure, calendar, within)),
        }
    }

    /// What a bare date means as the start and as the end of a reservation; `None` where it is booked by hours.
    pub fn edges(&self, date: NaiveDate) -> Option<(Instant, Instant)> {
        Some(self.calendar().edges(self.space.measure()?, date))
    }

    fn calendar(&self) -> Calendar<'_> {
        Calendar { schedule: &self.schedule, zone: self.zone(), country: self.network.country }
    }

    /// The policy for whoever fits these audiences.
    pub fn effective(&self, audiences: &[Audience]) -> Effective {
        let policies = Policies {
            network: self.network.policy.clone(),
            venue: self.venue.policy.clone(),
            space: self.space.policy.clone(),
        };
        policies.effective(audiences)
    }

    /// Whether quotas are set for anybody who books it.
    pub fn sets_quotas(&self) -> bool {
        Policies::set_quotas([&self.network.policy, &self.venue.policy, &self.space.policy])
    }

    /// Today, at the venue.
    pub fn today(&self, now: Instant) -> NaiveDate {
        self.zone().date(now)
    }
}
