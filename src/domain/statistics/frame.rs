//! The sources, indexed, and read per unit: which spaces have it, when it is open, what claims take of it.

use std::collections::HashMap;

use super::{
    Claim, Grouping, Source, SpaceFacts, VenueFacts,
    calendar::Calendar,
    sums::shares,
    unit::{Booking, People, Seats, Window},
};
use crate::domain::{
    hours::Schedule,
    ids::{SpaceId, UnitId, VenueId},
    instant::{Instant, Interval},
    interval_set::IntervalSet,
    space::{BookedBy, SpaceKind},
    zone::Zone,
};

/// The sources, indexed by position.
pub(super) struct Frame<'s> {
    pub source: &'s Source,
    now: Instant,
    pub calendar: Calendar,
    /// By unit: none for equipment, whatever its row says.
    pub seats: Vec<Seats>,
    /// By space: its part of the range.
    pub active: Vec<Option<Interval>>,
    own_open: Vec<Option<IntervalSet>>,
    venue_open: HashMap<VenueId, IntervalSet>,
    /// By venue: what is not stored.
    fresh: HashMap<VenueId, IntervalSet>,
    venue_at: HashMap<VenueId, &'s VenueFacts>,
    space_at: HashMap<SpaceId, usize>,
    pub unit_at: HashMap<UnitId, usize>,
}

impl<'s> Frame<'s> {
    pub fn new(source: &'s Source, grouping: &Grouping, now: Instant) -> Self {
        let of_venues = source.venues.iter().map(|venue| (venue.zone, venue.range));
        let ranges: HashMap<Zone, Interval> = of_venues.chain(source.without_venues).collect();
        let mut frame = Self {
            source,
            now,
            calendar: Calendar::new(grouping, &ranges, now),
            seats: Vec::new(),
            active: Vec::new(),
            own_open: Vec::new(),
            venue_open: HashMap::new(),
            fresh: source.venues.iter().map(|venue| (venue.id, source.kept.fresh(venue))).collect(),
            venue_at: source.venues.iter().map(|venue| (venue.id, venue)).collect(),
            space_at: source.spaces.iter().map(|space| space.id).zip(0..).collect(),
            unit_at: source.units.iter().map(|unit| unit.id).zip(0..).collect(),
        };
        frame.active = source.spaces.iter().map(|space| frame.active(space)).collect();
        frame.seats = frame.seats();
        frame.open_hours();
        frame
    }

    /// Each space is loaded with its venue.
    pub fn venue(&self, space: &SpaceFacts) -> &'s VenueFacts {
        self.venue_at[&space.venue]
    }

    /// What of the venue's range has to be counted from the sources.
    pub fn fresh(&self, venue: &VenueFacts) -> &IntervalSet {
        &self.fresh[&venue.id]
    }

    fn active(&self, space: &SpaceFacts) -> Option<Interval> {
        let VenueFacts { zone, range, .. } = self.venue(space);
        let start = zone.day(space.active_from).start().max(range.start());
        let end = space.archived_at.map_or(range.end(), |at| at.min(range.end()));
        Interval::new(start, end)
    }

    fn seats(&self) -> Vec<Seats> {
        let mut zones: Vec<Option<Zone>> = vec![None; self.source.units.len()];
        for member in &self.source.members {
            let seating = self.space(member.space).filter(|space| space.kind != SpaceKind::Equipment);
            if let (Some(&unit), Some(space)) = (self.unit_at.get(&member.unit), seating) {
                zones[unit] = Some(self.venue(space).zone);
            }
        }
        let units = self.source.units.iter().zip(zones);
        units.map(|(unit, zone)| zone.map_or_else(Seats::default, |zone| Seats::of(unit, zone))).collect()
    }

    pub fn space_index(&self, id: SpaceId) -> Option<usize> {
        self.space_at.get(&id).copied()
    }

    fn space(&self, id: SpaceId) -> Option<&'s SpaceFacts> {
        self.space_index(id).map(|at| &self.source.spaces[at])
    }

    /// Of the fresh time alone.
    fn open_hours(&mut self) {
        let country = self.source.country;
        let open = |schedule: &Schedule, venue: &VenueFacts| -> IntervalSet {
            let fresh = self.fresh(venue).iter();
            let parts = fresh.map(|part| schedule.open(venue.zone, country, part).clip(part));
            parts.flat_map(|part| part.iter().collect::<Vec<_>>()).collect()
        };
        let venue_open =
            self.source.venues.iter().map(|venue| (venue.id, open(&venue.hours, venue))).collect();
        let own = self.source.spaces.iter().map(|space| {
            let venue = self.venue(space);
            let own = space.own_hours.as_ref().filter(|_| !self.fresh(venue).is_empty());
            own.map(|own| open(&own.laid_over(&venue.hours), venue))
        });
        let own_open = own.collect();
        (self.venue_open, self.own_open) = (venue_open, own_open);
    }

    /// By unit: the spaces that have it, and when.
    pub fn windows(&self) -> Vec<Vec<Window>> {
        let mut windows = vec![Vec::new(); self.source.units.len()];
        for member in &self.source.members {
            let at = (self.unit_at.get(&member.unit), self.space_at.get(&member.space));
            let (Some(&unit), Some(&space)) = at else { continue };
            let Some(active) = self.active[space] else { continue };
            let zone = self.venue(&self.source.spaces[space]).zone;
            let midnight = |date| zone.day(date).start();
            let end = member.to.map_or(active.end(), |date| midnight(date).min(active.end()));
            let interval = Interval::new(midnight(member.from).max(active.start()), end);
            windows[unit].extend(interval.map(|interval| Window { space, interval }));
        }
        windows
    }

    /// A unit is open when an active space of it is.
    pub fn open(&self, windows: &[Window]) -> IntervalSet {
        let open = windows.iter().map(|window| {
            let of_venue = || self.venue_open.get(&self.source.spaces[window.space].venue);
            let open = self.own_open[window.space].as_ref().or_else(of_venue);
            open.map_or_else(IntervalSet::new, |open| open.clip(window.interval))
        });
        open.reduce(|all, more| all.union(&more)).unwrap_or_default()
    }

    /// By unit: what blocks take of it.
    pub fn blocked(&self) -> Vec<IntervalSet> {
        let mut blocked = vec![Vec::new(); self.source.units.len()];
        for (unit, interval) in &self.source.blocked {
            if let Some(&unit) = self.unit_at.get(unit) {
                blocked[unit].push(*interval);
            }
        }
        blocked.into_iter().map(|intervals| intervals.into_iter().collect()).collect()
    }

    /// By unit: what claims take of it.
    pub fn bookings(&self) -> Vec<Vec<Booking>> {
        let mut bookings = vec![Vec::new(); self.source.units.len()];
        for (position, claim) in self.source.claims.iter().enumerate() {
            let Some(interval) = claim.booked() else { continue };
            let mut units: Vec<usize> =
                claim.units.iter().filter_map(|unit| self.unit_at.get(unit).copied()).collect();
            // Who gets the part of a person that is left over must not depend on how they were read.
            units.sort_unstable();
            let by_hours = self.space(claim.space).is_none_or(|space| space.booked_by == BookedBy::Hours);
            let (used, released, measured) = (claim.used(self.now), claim.released(), claim.measured);
            for (&unit, people) in units.iter().zip(self.people(claim, &units)) {
                let booking =
                    Booking { claim: position, interval, used, released, measured, by_hours, people };
                bookings[unit].push(booking);
            }
        }
        bookings
    }

    fn people(&self, claim: &Claim, units: &[usize]) -> Vec<Option<People>> {
        let declared = claim.headcount.is_none();
        let Some(people) = claim.headcount.or(claim.attendees) else { return vec![None; units.len()] };
        let seats: Vec<u32> = units.iter().map(|&unit| self.seats[unit].least(claim.interval)).collect();
        shares(people, &seats).into_iter().map(|share| Some(People { share, declared })).collect()
    }
}
