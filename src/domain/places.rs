//! Networks and venues as the rules see them (DESIGN 2).

use chrono::NaiveDate;

use super::{
    access::Place,
    holidays::Country,
    hours::Schedule,
    ids::{NetworkId, VenueId},
    instant::{Instant, Interval},
    interval_set::IntervalSet,
    policy::{Audience, Effective, Policies, Policy},
    space::Space,
    stays::{Calendar, Stays},
    zone::Zone,
};

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
    /// The space's own hours, else the venue's.
    pub schedule: Schedule,
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
