//! Utilisation of a network, a venue or a space: read in one snapshot, counted, and shown as far as the
//! reader may see (DESIGN 7, 8).

use crate::{
    app::{
        App,
        error::Error,
        statistics::view::{Frame, Utilisation},
    },
    domain::{
        access::{self, Action, Actor},
        holidays::Country,
        ids::{NetworkId, ReservationId, SpaceId, VenueId},
        instant::{Instant, Interval},
        places::Venue,
        statistics::{self, Grouping, Source, VenueFacts},
        zone::{DateOrTime, Zone},
    },
    store::{db::ReadTx, places, spaces, statistics as store},
};

/// The longest range, days.
pub const LONGEST_DAYS: i64 = 3_660;
/// The most rows of an answer.
pub const MOST_ROWS: usize = 10_000;

/// What the figures are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Network(NetworkId),
    Venue(VenueId),
    Space(SpaceId),
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub scope: Scope,
    /// Half-open with `to`; dates and local times are each venue's own.
    pub from: DateOrTime,
    pub to: DateOrTime,
    pub group_by: Grouping,
}

/// The scope, found and allowed.
pub(super) struct Found {
    pub network: NetworkId,
    country: Country,
    /// The zone the answer's times are shown in.
    pub zone: Zone,
    pub slug: String,
    pub venues: Vec<Venue>,
    space: Option<SpaceId>,
}

impl Found {
    /// Whether it is all the reader's own: staff see their own venue whole.
    pub fn is_own(&self, actor: &Actor) -> bool {
        !self.venues.is_empty() && self.venues.iter().all(|venue| actor.is_staff_of(venue.id))
    }
}

/// # Errors
/// `unauthenticated`, `forbidden` unless staff of the venue, coordinator or administrator, `not_found`;
/// `invalid` for an empty or too long range and for too many rows.
pub fn show(app: &App, actor: &Actor, asked: &Asked) -> Result<Utilisation, Error> {
    access::may(actor, Action::OwnAccount)?;
    app.replica.read(|tx| {
        let found = find(tx, actor, asked.scope)?;
        let range = range(asked, found.zone)?;
        let (source, _) = load(tx, &found, asked)?;
        // Taken after the snapshot's first read: what counts as past is in it.
        let now = app.now();
        let table = statistics::count(&source, &asked.group_by, now, MOST_ROWS)
            .map_err(|_| Error::field("?group_by", "too_many_rows"))?;
        let frame = Frame {
            now,
            range,
            zone: found.zone,
            slug: &found.slug,
            group_by: &asked.group_by,
            // Whoever coordinates sees people only over whole months.
            whole: found.is_own(actor),
        };
        Ok(Utilisation::new(&frame, &table))
    })
}

pub(super) fn find(tx: &mut ReadTx, actor: &Actor, scope: Scope) -> Result<Found, Error> {
    let (venue, space) = match scope {
        Scope::Network(network) => return find_network(tx, actor, network),
        Scope::Venue(venue) => (venue, None),
        Scope::Space(space) => (spaces::place(tx, space)?.ok_or(Error::NOT_FOUND)?.venue, Some(space)),
    };
    let place = places::place(tx, venue)?.ok_or(Error::NOT_FOUND)?;
    access::may(actor, Action::SeeVenueStatistics(place))?;
    Ok(Found { space, ..whole_venue(tx, venue)? })
}

/// A venue, whoever asks.
pub(super) fn whole_venue(tx: &mut ReadTx, venue: VenueId) -> Result<Found, Error> {
    let venue = places::venue(tx, venue)?.ok_or(Error::NOT_FOUND)?;
    let network = places::network(tx, venue.network)?.ok_or(Error::NOT_FOUND)?;
    let (zone, slug) = (venue.zone, venue.slug.clone());
    Ok(Found { network: network.id, country: network.country, zone, slug, venues: vec![venue], space: None })
}

fn find_network(tx: &mut ReadTx, actor: &Actor, id: NetworkId) -> Result<Found, Error> {
    access::may(actor, Action::SeeNetworkStatistics(id))?;
    whole_network(tx, id)
}

/// A network with all of its venues, whoever asks.
pub(super) fn whole_network(tx: &mut ReadTx, id: NetworkId) -> Result<Found, Error> {
    let network = places::network(tx, id)?.ok_or(Error::NOT_FOUND)?;
    let venues = places::venues(tx, Some(id), None, i64::MAX)?;
    let (country, zone, slug) = (network.country, network.zone, network.slug);
    Ok(Found { network: id, country, zone, slug, venues, space: None })
}

pub(super) fn range(asked: &Asked, zone: Zone) -> Result<Interval, Error> {
    let from = asked.from.resolve_start(zone).map_err(|error| Error::local_time("?from", &error))?;
    let to = asked.to.resolve_end(zone).map_err(|error| Error::local_time("?to", &error))?;
    let range = Interval::new(from, to).ok_or_else(|| Error::field("?to", "not_after_start"))?;
    if range.seconds() > LONGEST_DAYS * 86_400 {
        return Err(Error::field("?to", "range_too_long"));
    }
    Ok(range)
}

/// The source, and which reservations its claims are.
pub(super) fn load(
    tx: &mut ReadTx,
    found: &Found,
    asked: &Asked,
) -> Result<(Source, Vec<ReservationId>), Error> {
    let ids: Vec<VenueId> = found.venues.iter().map(|venue| venue.id).collect();
    let mut facilities = store::facilities(tx, &ids)?;
    let mut venues = Vec::with_capacity(found.venues.len());
    for venue in &found.venues {
        venues.push(VenueFacts {
            id: venue.id,
            name: venue.name.clone(),
            municipality: venue.address.municipality.clone(),
            zone: venue.zone,
            range: range(asked, venue.zone)?,
            hours: facilities.venue_hours.remove(&venue.id).unwrap_or_default(),
        });
    }
    for space in &mut facilities.spaces {
        space.counted = found.space.is_none_or(|id| id == space.id);
    }
    let taken = match window(&venues) {
        Some(window) => store::taken(tx, &facilities.units, window)?,
        None => store::Taken::default(),
    };
    let source = Source {
        country: found.country,
        venues,
        spaces: facilities.spaces,
        members: facilities.members,
        units: facilities.units,
        blocked: taken.blocked,
        claims: taken.claims,
    };
    Ok((source, taken.reservations))
}

/// From the earliest start to the latest end: midnights differ between zones.
pub(super) fn window(venues: &[VenueFacts]) -> Option<Interval> {
    let start: Instant = venues.iter().map(|venue| venue.range.start()).min()?;
    let end = venues.iter().map(|venue| venue.range.end()).max()?;
    Interval::new(start, end)
}
