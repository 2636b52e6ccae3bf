//! Indicators of a network's action plan: defined by its coordination body, read also by the staff of its venues. What a
//! closed year came to stays, and so does what it was counted by (ADR 27).

mod view;

use std::sync::Arc;

use serde_json::json;

pub use self::view::{IndicatorView, NewIndicator, TargetOfYear};
use super::{
    App, Done,
    changed::changed,
    error::{Code, Error, FieldError, Why},
    page::{self, Asked, Page},
    statistics::utilisation,
    version::Expected,
};
use crate::{
    domain::{
        access::{self, Action, Actor},
        ids::{IndicatorId, NetworkId, VenueId},
        indicator::{Definition, Indicator, IndicatorFilter},
        instant::Instant,
    },
    store::{
        audit::{self, Entry},
        db::ReadTx,
        idempotency::Claim,
        indicators::{self, kept_years},
        locks, places,
    },
};

/// A network's, former ones among them: more is no plan.
const MOST: i64 = 500;

/// # Errors
/// `forbidden` unless coordinator, administrator or staff of any of the network's venues; `not_found`.
pub(super) fn may_see(tx: &mut ReadTx, actor: &Actor, network: NetworkId) -> Result<(), Error> {
    utilisation::may_see(tx, actor, network)?;
    places::network(tx, network)?.map(drop).ok_or(Error::NOT_FOUND)
}

/// One that stands and that the actor may know of; another is not there.
fn visible(tx: &mut ReadTx, actor: &Actor, id: IndicatorId) -> Result<Indicator, Error> {
    access::may(actor, Action::OwnAccount)?;
    let found = standing(tx, id)?;
    match may_see(tx, actor, found.network) {
        Err(Error::Denied(_)) => Err(Error::NOT_FOUND),
        seen => seen.map(|()| found),
    }
}

fn standing(tx: &mut ReadTx, id: IndicatorId) -> Result<Indicator, Error> {
    let found = indicators::find(tx, id)?.filter(|found| found.archived_at.is_none());
    found.ok_or(Error::NOT_FOUND)
}

fn check_venues(tx: &mut ReadTx, network: NetworkId, filter: &IndicatorFilter) -> Result<(), Error> {
    if filter.venue_ids.is_empty() {
        return Ok(());
    }
    let venues = places::venues(tx, Some(network), None, i64::MAX)?;
    let unknown = |id: &VenueId| !venues.iter().any(|venue| venue.id == *id);
    let faults = filter.venue_ids.iter().enumerate().filter(|(_, id)| unknown(id));
    let faults: Vec<FieldError> =
        faults.map(|(at, _)| FieldError::new(format!("/filter/venue_ids/{at}"), "unknown")).collect();
    if faults.is_empty() { Ok(()) } else { Err(Error::Fields(faults)) }
}

/// # Errors
/// `forbidden` unless coordinator or administrator, `invalid`, `grouping_not_published` for what no published table answers,
/// `duplicate` for a code in use, `state_conflict` beyond five hundred.
pub fn create(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    network: NetworkId,
    new: NewIndicator,
) -> Result<Done<IndicatorView>, Error> {
    access::may(actor, Action::EditNetwork(network))?;
    let definition = new.definition()?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("define an indicator", claim, move |tx| {
        locks::edit_network(tx, network)?;
        places::network(tx, network)?.ok_or(Error::NOT_FOUND)?;
        if indicators::count(tx, network)? >= MOST {
            return Err(Error::beyond(Why::IndicatorsDefined, MOST as u32));
        }
        check_venues(tx, network, &definition.filter)?;
        let now = app_.now();
        let indicator = Indicator {
            id: app_.id(),
            network,
            code: new.code.clone(),
            name: new.name.clone(),
            description: new.description.clone(),
            definition: definition.clone(),
            created_at: now,
            archived_at: None,
            version: 1,
        };
        indicators::insert(tx, &indicator)?;
        let entry = Entry::new(app_.id(), now, by, "indicator.made", indicator.id).of_network(network);
        audit::append(tx, &entry.with(json!({"code": new.code.as_str()})))?;
        Ok(IndicatorView::new(&indicator, Vec::new()))
    })
}

/// # Errors
/// `forbidden` unless coordinator, administrator or staff of any of the network's venues; `not_found`; `invalid` for a wrong
/// limit or cursor.
pub fn list(
    app: &App,
    actor: &Actor,
    network: NetworkId,
    asked: &Asked,
) -> Result<Page<IndicatorView>, Error> {
    access::may(actor, Action::OwnAccount)?;
    let (limit, name) = (asked.limit()?, format!("indicators of {network}"));
    let after = asked.after::<IndicatorId>(app, &name)?;
    app.db.read(|tx| {
        may_see(tx, actor, network)?;
        let kept = indicators::values(tx, network)?;
        let closed = |id: IndicatorId| {
            kept.range((id, i32::MIN)..=(id, i32::MAX)).map(|((_, year), _)| *year).collect()
        };
        let found = indicators::standing(tx, network, after, limit as i64 + 1)?;
        let views = found.iter().map(|one| IndicatorView::new(one, closed(one.id))).collect();
        page::page(app, &name, views, limit, |view: &IndicatorView| view.id)
    })
}

/// # Errors
/// `not_found`, also where it is another network's.
pub fn show(app: &App, actor: &Actor, id: IndicatorId) -> Result<IndicatorView, Error> {
    app.db.read(|tx| {
        let indicator = visible(tx, actor, id)?;
        Ok(IndicatorView::new(&indicator, kept_years(tx, id)?))
    })
}

/// Defines it anew.
///
/// # Errors
/// `not_found`, `forbidden` unless coordinator or administrator, `precondition_failed`; `period_closed` where values of closed
/// years are kept and something else would be counted, or their targets would change; else as [`create`].
pub fn put(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: IndicatorId,
    expected: Expected,
    new: NewIndicator,
) -> Result<Done<IndicatorView>, Error> {
    let network = app.db.read(|tx| visible(tx, actor, id))?.network;
    access::may(actor, Action::EditNetwork(network))?;
    let definition = new.definition()?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("define an indicator anew", claim, move |tx| {
        locks::edit_network(tx, network)?;
        let mut indicator = standing(tx, id)?;
        expected.check(indicator.version)?;
        check_venues(tx, network, &definition.filter)?;
        let closed = kept_years(tx, id)?;
        check_closed(&indicator.definition, &definition, &closed)?;
        let before = IndicatorView::new(&indicator, closed.clone());
        indicator.code = new.code.clone();
        indicator.name = new.name.clone();
        indicator.description.clone_from(&new.description);
        indicator.definition = definition.clone();
        indicator.version += 1;
        indicators::update(tx, &indicator)?;
        let after = IndicatorView::new(&indicator, closed);
        let entry = Entry::new(app_.id(), app_.now(), by, "indicator.edited", id).of_network(network);
        audit::append(tx, &entry.with(changed(&before, &after)?))?;
        Ok(after)
    })
}

/// What a closed year was measured by stays with what it came to.
fn check_closed(before: &Definition, after: &Definition, closed: &[i32]) -> Result<(), Error> {
    let same_targets = closed.iter().all(|year| before.target(*year) == after.target(*year));
    let same = before.counts_as(after) && before.direction == after.direction && same_targets;
    if closed.is_empty() || same { Ok(()) } else { Err(Code::PeriodClosed.into()) }
}

/// Gives it up: it is counted no more, and closed years go on telling it.
///
/// # Errors
/// `not_found`, `forbidden` unless coordinator or administrator, `precondition_failed`.
pub fn archive(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: IndicatorId,
    expected: Expected,
) -> Result<Done<()>, Error> {
    let network = app.db.read(|tx| visible(tx, actor, id))?.network;
    access::may(actor, Action::EditNetwork(network))?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("give up an indicator", claim, move |tx| {
        locks::edit_network(tx, network)?;
        let mut indicator = standing(tx, id)?;
        expected.check(indicator.version)?;
        let now: Instant = app_.now();
        indicator.archived_at = Some(now);
        indicator.version += 1;
        indicators::update(tx, &indicator)?;
        let entry = Entry::new(app_.id(), now, by, "indicator.archived", id).of_network(network);
        Ok(audit::append(tx, &entry)?)
    })
}
