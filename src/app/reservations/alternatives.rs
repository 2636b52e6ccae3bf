//! What could be booked instead of what was refused, found on a read connection after the fact: the nearest
//! times in the same space, then the same time in fitting spaces of the venue, then of the network. All pass the
//! same decision for the same person.

use super::{
    claimant::claim,
    holds,
    request::Request,
    taking::{self, Ground},
};
use crate::{
    app::{
        App,
        error::{Alternative, Error},
    },
    domain::{
        access::Place,
        availability::{ALTERNATIVES, View},
        decision::{Facts, Outcome},
        instant::Interval,
        places::Configuration,
        record::Holder,
        space::{Allocation, Space},
        stays::DAY_MINUTES,
        sweep::Sweep,
    },
    store::{db::ReadTx, limits, occupancies, spaces},
};

/// How far before and after the refused time a nearer one is looked for, seconds.
const REACH: i64 = 7 * 86_400;
/// Of the five, how many may be other times in the same space when other spaces fit too.
const SAME_SPACE: usize = 3;
/// The spaces of the venue, and again of the network, among which the best are looked for.
const CANDIDATES: i64 = 200;
/// What the last day of a stay may reach beyond its date and beyond the length of another stay, minutes.
const LAST_DAY: u32 = 2 * DAY_MINUTES;
/// The most times of the space that are tried with the equipment asked for.
const TRIED: usize = 200;
/// How many of the venue's, and again of the network's other ones, are decided on at most, free or not: a refusal costs so
/// much and no more, and a full house leaves room for the others.
const LOOKED_AT: usize = 12;

/// Adds alternatives to a refusal. Where they can't be found the refusal stands alone: it is what matters.
pub(super) fn add(app: &App, error: Error, request: impl FnOnce() -> Result<Request, Error>) -> Error {
    let found = |app: &App| {
        let request = request()?;
        app.db.read(|tx| find(tx, app, &request))
    };
    match error {
        Error::SlotTaken { why, .. } => Error::SlotTaken { why, alternatives: or_none(found(app)) },
        Error::Refused { decision, zone, .. } => {
            Error::Refused { decision, zone, alternatives: or_none(found(app)) }
        }
        other => other,
    }
}

fn or_none(found: Result<Vec<Alternative>, Error>) -> Vec<Alternative> {
    found.unwrap_or_else(|error| {
        tracing::warn!(error = %error.code(), "alternatives to a refused request could not be found");
        Vec::new()
    })
}

/// At most five, the best first; none for whom nothing could be booked.
///
/// # Errors
/// When the database fails.
pub(super) fn find(tx: &mut ReadTx, app: &App, request: &Request) -> Result<Vec<Alternative>, Error> {
    if !request.booker.known || !request.booker.verified {
        return Ok(Vec::new());
    }
    let near = same_space(tx, app, request)?;
    let most = ALTERNATIVES.saturating_sub(near.len().min(SAME_SPACE));
    let others = other_spaces(tx, app, request, most)?;
    let kept = ALTERNATIVES - others.len();
    Ok(near.into_iter().take(kept).chain(others).collect())
}

fn same_space(tx: &mut ReadTx, app: &App, request: &Request) -> Result<Vec<Alternative>, Error> {
    let configuration = &request.configuration;
    let now = app.now();
    let start = request.interval.start().plus(-REACH).max(now);
    let Some(window) = Interval::new(start, request.interval.end().plus(REACH)) else {
        return Ok(Vec::new());
    };
    let buffers = request.buffers;
    // Slots that start within the window may end behind it.
    let reach = window.widened(0, minutes_of(request.interval) + LAST_DAY);
    let around = buffers.around(reach);
    let mut taken = occupancies::of_space(tx, &configuration.space, around)?;
    // What is to be moved is not in its own way.
    taken.retain(|row| request.own.is_none_or(|own| row.holder != Holder::Reservation(own)));
    let named = request.units.as_deref().filter(|_| configuration.space.allocation == Allocation::Each);
    let sight = holds::Sight::of(tx, &request.claimant, taken, named, now)?;
    let rows = sight.standing.iter().map(|row| (row.unit, row.interval));
    let sweep = match (&request.units, configuration.space.allocation) {
        (Some(named), Allocation::Each) => Sweep::each(named, rows),
        _ => configuration.space.sweep(rows),
    };
    let (open, stays) = (configuration.open(window), configuration.stays(reach));
    let effective = request.effective();
    let others = request.claimant.counted(tx, configuration, &effective, around, (request.own, now))?;
    let active = match (effective.max_active.rule, request.claimant.person, request.own) {
        (Some(_), Some(user), None) => Some(limits::active_ahead(tx, user, now)?),
        _ => None,
    };
    let facts = Facts {
        now,
        zone: configuration.zone(),
        open: &open,
        stays: stays.as_ref(),
        policy: &effective,
        booker: request.booker,
        archived: configuration.space.archived_at.is_some(),
        quantity: request.quantity,
        pool: configuration.space.pool(),
        attendees: request.attendees,
        capacity: request.capacity(),
        active,
        claim: claim(request.claimant.bearing(configuration), &others),
        change: None,
        holds: &sight.own,
        // Not asked again: the hold of the refused slot would count among them.
        holding: None,
    };
    let (setup_minutes, teardown_minutes) = (buffers.setup_minutes, buffers.teardown_minutes);
    let view = View { facts: &facts, sweep: &sweep, setup_minutes, teardown_minutes };
    let nearest = match request.equipment.as_slice() {
        [] => view.nearest(request.interval, window),
        _ => {
            let ground = Ground::load(tx, request, reach, now, request.own.as_slice())?;
            let mut looked_at = 0;
            view.nearest_with(request.interval, window, |interval| {
                looked_at += 1;
                let asked = || Request { interval, ..request.clone() };
                looked_at <= TRIED && ground.judge(&asked(), None).decision.outcome != Outcome::Refuse
            })
        }
    };
    Ok(nearest.into_iter().map(|interval| alternative(configuration, interval)).collect())
}

fn alternative(configuration: &Configuration, interval: Interval) -> Alternative {
    Alternative { space: configuration.space.id, interval, zone: configuration.zone() }
}

/// The same time in other spaces, the best fitting first.
fn other_spaces(
    tx: &mut ReadTx,
    app: &App,
    request: &Request,
    most: usize,
) -> Result<Vec<Alternative>, Error> {
    let mut found = Vec::new();
    let candidates = candidates(tx, request)?;
    let here = |candidate: &&Space| candidate.place.venue == request.configuration.venue.id;
    let ours = candidates.iter().filter(here).take(LOOKED_AT);
    let theirs = candidates.iter().filter(|candidate| !here(candidate)).take(LOOKED_AT);
    for candidate in ours.chain(theirs) {
        if found.len() == most {
            break;
        }
        let Some(configuration) = app.configurations.get(tx, candidate.id)? else { continue };
        let buffers = configuration.space.buffers(None);
        let Some(interval) = same_time(request, &configuration) else { continue };
        let other =
            Request { configuration, units: None, layout: None, buffers, interval, ..request.clone() };
        let judged = taking::judge(tx, &other, app.now(), None)?;
        if judged.decision.outcome != Outcome::Refuse {
            found.push(alternative(&other.configuration, interval));
        }
    }
    Ok(found)
}

/// The interval asked for, as the other space has it: of days or nights the same dates, by its own hours. `None`
/// where it does not have them.
fn same_time(request: &Request, other: &Configuration) -> Option<Interval> {
    let Some(stays) = request.configuration.stays(request.interval) else {
        return Some(request.interval);
    };
    let (first, last) = stays.dates(request.interval)?;
    other.stays(request.interval)?.of_dates(first, last)
}

fn minutes_of(interval: Interval) -> u32 {
    u32::try_from(interval.seconds() / 60).unwrap_or(u32::MAX / 2)
}

/// The fitting spaces of the venue and of the network, ranked.
fn candidates(tx: &mut ReadTx, request: &Request) -> Result<Vec<Space>, Error> {
    let space = &request.configuration.space;
    let Place { network, venue } = space.place;
    let wanted = spaces::Wanted { kind: Some(space.kind), ..spaces::Wanted::default() };
    let here = spaces::Wanted { venue: Some(venue), ..wanted.clone() };
    let everywhere = spaces::Wanted { network: Some(network), ..wanted };
    let mut all = spaces::list(tx, &here, None, CANDIDATES)?;
    // Equipment stays in its house.
    let elsewhere = match request.equipment.as_slice() {
        [] => spaces::list(tx, &everywhere, None, CANDIDATES)?,
        _ => Vec::new(),
    };
    all.extend(elsewhere.into_iter().filter(|other| other.place.venue != venue));
    all.retain(|other| fits(request, other));
    all.sort_by_cached_key(|other| rank(space, other));
    Ok(all)
}

/// Whether what was asked for could be done there at all. Who asked for a space without steps may need one.
fn fits(request: &Request, other: &Space) -> bool {
    let space = &request.configuration.space;
    let people = request.attendees.unwrap_or(0);
    other.id != space.id
        && request.equipment.iter().all(|wanted| wanted.space() != other.id)
        && (other.allocation, other.booked_by) == (space.allocation, space.booked_by)
        && other.capacity_of(None, request.quantity) >= people
        && (space.step_free != Some(true) || other.step_free == Some(true))
}

/// The same house first, then what has most of the equipment, then what is of the nearest size.
fn rank(space: &Space, other: &Space) -> (bool, usize, u32, String) {
    let missing = space.amenities.iter().filter(|amenity| !other.amenities.contains(amenity)).count();
    let elsewhere = other.place.venue != space.place.venue;
    (elsewhere, missing, other.capacity.abs_diff(space.capacity), other.name.clone())
}
