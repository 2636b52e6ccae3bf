//! Utilisation of a network, a venue or a space: read in one snapshot, counted, and shown as far as the
//! reader may see (DESIGN 7, 8).

use crate::{
    app::{
        App,
        error::Error,
        statistics::{
            compare, explain,
            usage::{self, Places},
            view::{Counted, Earlier, Frame, Utilisation},
        },
    },
    domain::{
        access::{self, Action, Actor},
        holidays::Country,
        ids::{NetworkId, SpaceId, VenueId},
        instant::{Instant, Interval},
        places::Venue,
        statistics::{self, Comparison, Grouping},
        zone::{DateOrTime, Zone},
    },
    store::{db::ReadTx, places, spaces},
};

/// The longest range, days.
pub const LONGEST_DAYS: i64 = 3_660;
/// The most rows of an answer.
pub const MOST_ROWS: usize = 10_000;
/// The most hours of places among which peaks are looked for: a year of some 300 rows' places.
const MOST_HOURS: usize = 3_000_000;

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
    /// Whether the busiest hours are wanted.
    pub peak: bool,
    pub compare: Option<Comparison>,
}

/// The scope, found and allowed.
#[derive(Clone)]
pub(super) struct Found {
    pub network: NetworkId,
    country: Country,
    /// The zone the answer's times are shown in.
    pub zone: Zone,
    pub slug: String,
    pub venues: Vec<Venue>,
    pub space: Option<SpaceId>,
}

impl Found {
    /// Whether it is all the reader's own: staff see their own venue whole.
    pub fn is_own(&self, actor: &Actor) -> bool {
        !self.venues.is_empty() && self.venues.iter().all(|venue| actor.is_staff_of(venue.id))
    }
}

/// # Errors
/// `unauthenticated`, `forbidden` unless coordinator, administrator or staff of any of the network's venues, `not_found`;
/// `invalid` for an empty or too long range, for one that can't be compared, and for too many rows.
pub fn show(app: &App, actor: &Actor, asked: &Asked) -> Result<Utilisation, Error> {
    access::may(actor, Action::OwnAccount)?;
    app.replica.read(|tx| {
        let found = find(tx, actor, asked.scope)?;
        let of_zone = |zone| range(asked.from, asked.to, zone);
        let range = of_zone(found.zone)?;
        let places = load(tx, &found, &of_zone)?;
        // Taken after the snapshot's first read: what counts as past is in it.
        let now = app.now();
        let counted = counted(tx, places, asked, &asked.group_by, now)?;
        let earlier = match asked.compare {
            Some(comparison) => earlier(tx, &found, asked, comparison, now)?,
            None => None,
        };
        let frame = Frame {
            now,
            range,
            zone: found.zone,
            slug: &found.slug,
            group_by: &asked.group_by,
            // Whoever coordinates sees people only over whole, closed months.
            whole: found.is_own(actor),
            explain: found.is_own(actor).then_some(explain::Link {
                scope: asked.scope,
                from: asked.from,
                to: asked.to,
            }),
        };
        Ok(Utilisation::new(&frame, &counted, earlier.as_ref()))
    })
}

fn counted(
    tx: &mut ReadTx,
    places: Places,
    asked: &Asked,
    grouping: &Grouping,
    now: Instant,
) -> Result<Counted, Error> {
    // What tells hours apart does for all that is coarser.
    let cut = if asked.peak { &Grouping::hourly() } else { grouping };
    let source = usage::fill(tx, places, cut, now)?;
    let table = statistics::count(&source, grouping, now, MOST_ROWS)
        .map_err(|_| Error::field("?group_by", "too_many_rows"))?;
    let peaks = asked.peak.then(|| statistics::peaks(&source, grouping, now, MOST_HOURS)).transpose();
    let peaks = peaks.map_err(|_| Error::field("?peak", "too_many_rows"))?;
    Ok(Counted { table, peaks })
}

/// The same figures of the time compared with; `None` where the earlier calendar lacks its dates.
fn earlier(
    tx: &mut ReadTx,
    found: &Found,
    asked: &Asked,
    comparison: Comparison,
    now: Instant,
) -> Result<Option<Earlier>, Error> {
    let asked_range = |zone| range(asked.from, asked.to, zone);
    let back = compare::back(comparison, &asked.group_by, found.zone, asked_range(found.zone)?)?;
    let Some(range) = compare::earlier(back, found.zone, asked_range(found.zone)?)? else { return Ok(None) };
    let of_zone = |zone| {
        let earlier = compare::earlier(back, zone, asked_range(zone)?)?;
        // The dates are the same in every zone.
        earlier.ok_or_else(|| Error::field("?compare", "whole_days_needed"))
    };
    let places = load(tx, found, &of_zone)?;
    let counted = counted(tx, places, asked, &asked.group_by.looking_back(back), now)?;
    Ok(Some(Earlier { comparison, range, counted }))
}

pub(super) fn find(tx: &mut ReadTx, actor: &Actor, scope: Scope) -> Result<Found, Error> {
    let (venue, space) = match scope {
        Scope::Network(network) => {
            let venues = seen(tx, actor, network)?;
            return of_network(tx, network, venues);
        }
        Scope::Venue(venue) => (venue, None),
        Scope::Space(space) => (spaces::place(tx, space)?.ok_or(Error::NOT_FOUND)?.venue, Some(space)),
    };
    let place = places::place(tx, venue)?.ok_or(Error::NOT_FOUND)?;
    may_see(tx, actor, place.network)?;
    Ok(Found { space, ..whole_venue(tx, venue)? })
}

/// A venue, whoever asks.
pub(super) fn whole_venue(tx: &mut ReadTx, venue: VenueId) -> Result<Found, Error> {
    let venue = places::venue(tx, venue)?.ok_or(Error::NOT_FOUND)?;
    let network = places::network(tx, venue.network)?.ok_or(Error::NOT_FOUND)?;
    let (zone, slug) = (venue.zone, venue.slug.clone());
    Ok(Found { network: network.id, country: network.country, zone, slug, venues: vec![venue], space: None })
}

/// # Errors
/// `forbidden` unless coordinator, administrator or staff of any of the network's venues.
pub(in crate::app) fn may_see(tx: &mut ReadTx, actor: &Actor, network: NetworkId) -> Result<(), Error> {
    seen(tx, actor, network).map(drop)
}

/// The venues of a network, for who may see its figures.
fn seen(tx: &mut ReadTx, actor: &Actor, network: NetworkId) -> Result<Vec<Venue>, Error> {
    let venues = places::venues(tx, Some(network), None, i64::MAX)?;
    let works_there = venues.iter().any(|venue| actor.is_staff_of(venue.id));
    access::may(actor, Action::SeeStatistics { network, works_there })?;
    Ok(venues)
}

/// A network with all of its venues, whoever asks.
pub(super) fn whole_network(tx: &mut ReadTx, id: NetworkId) -> Result<Found, Error> {
    let venues = places::venues(tx, Some(id), None, i64::MAX)?;
    of_network(tx, id, venues)
}

fn of_network(tx: &mut ReadTx, id: NetworkId, venues: Vec<Venue>) -> Result<Found, Error> {
    let network = places::network(tx, id)?.ok_or(Error::NOT_FOUND)?;
    let (country, zone, slug) = (network.country, network.zone, network.slug);
    Ok(Found { network: id, country, zone, slug, venues, space: None })
}

/// What is asked for, in a zone.
pub(super) fn range(from: DateOrTime, to: DateOrTime, zone: Zone) -> Result<Interval, Error> {
    let from = from.resolve_start(zone).map_err(|error| Error::local_time("?from", &error))?;
    let to = to.resolve_end(zone).map_err(|error| Error::local_time("?to", &error))?;
    let range = Interval::new(from, to).ok_or_else(|| Error::field("?to", "not_after_start"))?;
    if range.seconds() > LONGEST_DAYS * 86_400 {
        return Err(Error::field("?to", "range_too_long"));
    }
    Ok(range)
}

/// The places of what was found, in the range of each venue's zone.
pub(super) fn load(
    tx: &mut ReadTx,
    found: &Found,
    of_zone: &dyn Fn(Zone) -> Result<Interval, Error>,
) -> Result<Places, Error> {
    let mut ranges = Vec::with_capacity(found.venues.len());
    for venue in &found.venues {
        ranges.push((venue, of_zone(venue.zone)?));
    }
    let mut places = usage::places(tx, found.country, &ranges)?;
    if found.venues.is_empty() {
        places.0.without_venues = Some((found.zone, of_zone(found.zone)?));
    }
    places.count(|space| found.space.is_none_or(|id| id == space));
    Ok(places)
}
