//! What figures are made from: sums stored before as far as they count, the sources for the rest; all in one snapshot.

use std::collections::{BTreeMap, HashMap};

use crate::{
    app::error::Error,
    domain::{
        holidays::Country,
        ids::{ReservationId, SpaceId, UnitId, VenueId},
        instant::{Instant, Interval},
        interval_set::IntervalSet,
        places::Venue,
        statistics::{Grouping, Kept, Source, VenueFacts},
    },
    store::{db::ReadTx, statistics as store, usage},
};

/// Stretches of a venue's time that lie no further apart are read as one, seconds.
const NEAR: i64 = 3 * 86_400;

/// Places whose figures are wanted, before what takes them is known.
pub struct Places(pub(super) Source);

impl Places {
    /// Only these spaces count; the others open their units.
    pub fn count(&mut self, counts: impl Fn(SpaceId) -> bool) {
        for space in &mut self.0.spaces {
            space.counted = counts(space.id);
        }
    }
}

/// The venues, each with the range asked of it, and their spaces, all of which count.
///
/// # Errors
/// When the database fails.
pub fn places(tx: &mut ReadTx, country: Country, ranges: &[(&Venue, Interval)]) -> Result<Places, Error> {
    let ids: Vec<VenueId> = ranges.iter().map(|(venue, _)| venue.id).collect();
    let mut facilities = store::facilities(tx, &ids)?;
    let venue = |&(venue, range): &(&Venue, Interval)| VenueFacts {
        id: venue.id,
        name: venue.name.clone(),
        municipality: venue.address.municipality.clone(),
        zone: venue.zone,
        range,
        hours: facilities.venue_hours.remove(&venue.id).unwrap_or_default(),
    };
    Ok(Places(Source {
        country,
        venues: ranges.iter().map(venue).collect(),
        without_venues: None,
        spaces: facilities.spaces,
        members: facilities.members,
        units: facilities.units,
        blocked: Vec::new(),
        claims: Vec::new(),
        kept: Kept::default(),
    }))
}

/// With what takes them: stored sums, planned for `cut` or anything coarser, and the sources of all that is not stored,
/// was changed since, or is not over at `now`.
///
/// # Errors
/// When the database fails or a stored value does not parse.
pub fn fill(tx: &mut ReadTx, places: Places, cut: &Grouping, now: Instant) -> Result<Source, Error> {
    let mut source = places.0;
    let ranges = || source.venues.iter().map(|venue| venue.range);
    let (start, end) = (ranges().map(Interval::start).min(), ranges().map(Interval::end).max());
    let within = start.zip(end).and_then(|(start, end)| Interval::new(start, end));
    let known = match within {
        Some(within) => {
            let venues: Vec<VenueId> = source.venues.iter().map(|venue| venue.id).collect();
            usage::known(tx, &venues, within)?
        }
        None => HashMap::new(),
    };
    let mut kept = Kept::plan(&source, cut, now, &known);
    usage::fill(tx, &mut kept)?;
    let fresh = kept.parts().map(|(venue, parts)| (venue, parts.fresh.clone())).collect();
    source.kept = kept;
    take(tx, &mut source, &fresh)?;
    Ok(source)
}

/// With what takes them in all of their ranges, from the sources alone.
///
/// # Errors
/// When the database fails or a stored value does not parse.
pub fn fill_from_sources(tx: &mut ReadTx, places: Places) -> Result<Source, Error> {
    Ok(with_reservations(tx, places)?.0)
}

/// The same, and which reservations its claims are, by position.
///
/// # Errors
/// When the database fails or a stored value does not parse.
pub fn with_reservations(tx: &mut ReadTx, places: Places) -> Result<(Source, Vec<ReservationId>), Error> {
    let mut source = places.0;
    let all = source.venues.iter().map(|venue| (venue.id, [venue.range].into_iter().collect())).collect();
    let reservations = take(tx, &mut source, &all)?;
    Ok((source, reservations))
}

/// Claims and blocks of the venues' times; which reservations the claims are.
fn take(
    tx: &mut ReadTx,
    source: &mut Source,
    times: &HashMap<VenueId, IntervalSet>,
) -> Result<Vec<ReservationId>, Error> {
    let homes: HashMap<SpaceId, VenueId> =
        source.spaces.iter().map(|space| (space.id, space.venue)).collect();
    let mut units = HashMap::<VenueId, Vec<UnitId>>::new();
    for member in &source.members {
        if let Some(&venue) = homes.get(&member.space) {
            units.entry(venue).or_default().push(member.unit);
        }
    }
    let mut windows = BTreeMap::<Interval, Vec<UnitId>>::new();
    for (venue, mut units) in units {
        units.sort_unstable();
        units.dedup();
        for window in times.get(&venue).map(windows_of).unwrap_or_default() {
            windows.entry(window).or_default().extend(&units);
        }
    }
    let taken = store::taken_in(tx, &windows.into_iter().collect::<Vec<_>>())?;
    (source.blocked, source.claims) = (taken.blocked, taken.claims);
    Ok(taken.reservations)
}

/// A few stretches that hold all of it: each costs a query.
fn windows_of(times: &IntervalSet) -> Vec<Interval> {
    let mut windows: Vec<Interval> = Vec::new();
    for next in times.iter() {
        match windows.last_mut() {
            Some(last) if next.start().since(last.end()) <= NEAR => {
                *last = Interval::new(last.start(), next.end()).unwrap_or(*last);
            }
            _ => windows.push(next),
        }
    }
    windows
}
