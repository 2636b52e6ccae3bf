//! What could be booked instead of what was refused, found on a read connection after the fact: the nearest
//! times in the same space, then the same time in fitting spaces of the venue. All pass the same decision.

use super::{claimant::claim, holds, request::Request, taking};
use crate::{
    app::{
        App,
        error::{Alternative, Error},
    },
    domain::{
        availability::{ALTERNATIVES, View},
        decision::{Facts, Outcome},
        instant::Interval,
        places::Configuration,
        space::{Allocation, Space},
        sweep::Sweep,
    },
    store::{db::ReadTx, limits, occupancies, spaces},
};

/// How far before and after the refused time a nearer one is looked for, seconds.
const REACH: i64 = 7 * 86_400;
/// Of the five, how many may be other times in the same space when other spaces fit too.
const SAME_SPACE: usize = 3;

/// Adds alternatives to a refusal. Where they can't be found the refusal stands alone: it is what matters.
///
pub(super) fn add(app: &App, error: Error, request: impl FnOnce() -> Result<Request, Error>) -> Error {
    let found = |app: &App| {
        let request = request()?;
        app.db.read(|tx| find(tx, app, &request))
    };
    match error {
        Error::SlotTaken { .. } => Error::SlotTaken { alternatives: or_none(found(app)) },
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

fn find(tx: &mut ReadTx, app: &App, request: &Request) -> Result<Vec<Alternative>, Error> {
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
    let around = buffers.around(window);
    let around =
        Interval::new(around.start(), around.end().plus(request.interval.seconds())).unwrap_or(around);
    let taken = occupancies::of_space(tx, &configuration.space, around)?;
    let named = request.units.as_deref().filter(|_| configuration.space.allocation == Allocation::Each);
    let sight = holds::Sight::of(tx, &request.claimant, taken, named, now)?;
    let rows = sight.standing.iter().map(|row| (row.unit, row.interval));
    let sweep = match (&request.units, configuration.space.allocation) {
        (Some(named), Allocation::Each) => Sweep::each(named, rows),
        _ => configuration.space.sweep(rows),
    };
    let open = configuration.open(window);
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
    let nearest = view.nearest(request.interval, window);
    Ok(nearest.into_iter().map(|interval| alternative(configuration, interval)).collect())
}

fn alternative(configuration: &Configuration, interval: Interval) -> Alternative {
    Alternative { space: configuration.space.id, interval, zone: configuration.zone() }
}

/// The same time in the venue's other spaces of the kind that hold as many.
fn other_spaces(
    tx: &mut ReadTx,
    app: &App,
    request: &Request,
    most: usize,
) -> Result<Vec<Alternative>, Error> {
    let space = &request.configuration.space;
    let wanted = spaces::Wanted {
        venue: Some(space.place.venue),
        kind: Some(space.kind),
        ..spaces::Wanted::default()
    };
    let fits = |other: &Space| {
        let enough =
            request.attendees.is_none_or(|people| other.capacity_of(None, request.quantity) >= people);
        other.id != space.id && other.allocation == space.allocation && enough
    };
    let candidates = spaces::list(tx, &wanted, None, 200)?;
    let mut found = Vec::new();
    for candidate in candidates.iter().filter(|other| fits(other)) {
        if found.len() == most {
            break;
        }
        let Some(configuration) = app.configurations.get(tx, candidate.id)? else { continue };
        let buffers = configuration.space.buffers(None);
        let other = Request { configuration, units: None, layout: None, buffers, ..request.clone() };
        let judged = taking::judge(tx, &other, app.now(), None)?;
        if judged.decision.outcome != Outcome::Refuse {
            found.push(alternative(&other.configuration, request.interval));
        }
    }
    Ok(found)
}
