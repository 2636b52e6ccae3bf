//! Lifting blocks: one, or with it those that follow it of the same rule.

use std::sync::Arc;

use super::{refill, standing};
use crate::{
    app::{App, Done, error::Error, version::Expected},
    domain::{
        access::{self, Action, Actor},
        ids::{BlockId, OccupancyId, UserId},
        instant::{Instant, Interval},
        record::{Block, Holder, Occupancy},
    },
    store::{
        audit::{self, Entry},
        blocks,
        db::WriteTx,
        idempotency::Claim,
        locks, occupancies,
    },
};

/// Ends a block, and with `following` all later ones made from the same rule: what is past stays for the statistics,
/// the rest is free, or that of another block that stands over it.
///
/// # Errors
/// `not_found`, `precondition_failed`, `invalid` for `following` where the block was made by itself.
pub fn lift(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: BlockId,
    expected: Expected,
    following: bool,
) -> Result<Done<()>, Error> {
    access::may(actor, Action::OwnAccount)?;
    let place = app.db.read(|tx| standing(tx, actor, id))?.place;
    let (app_, actor) = (app.clone(), actor.clone());
    app.command("lift block", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        let block = standing(tx, &actor, id)?;
        let configuration = app_.configurations.get(tx, block.space)?.ok_or(Error::NOT_FOUND)?;
        locks::units(tx, &configuration.space.groups())?;
        expected.check(block.version)?;
        let lifted = match (following, block.series) {
            (false, _) => vec![block],
            (true, None) => return Err(Error::field("?following", "only_recurring")),
            (true, Some(series)) => {
                let start = block.interval.start();
                let mut all = blocks::of_series(tx, series, start)?;
                all.retain(|one| one.interval.start() >= start);
                all
            }
        };
        let (now, by) = (app_.now(), actor.person().map(|person| person.id));
        for block in lifted {
            end(tx, &app_, block, now, by)?;
        }
        Ok(())
    })
}

/// Ends one block in the caller's transaction, which holds the venue's configuration alone and the units' locks.
pub(super) fn end(
    tx: &mut WriteTx,
    app: &App,
    mut block: Block,
    now: Instant,
    by: Option<UserId>,
) -> Result<(), Error> {
    let (holder, place) = (Holder::Block(block.id), block.place);
    let had = occupancies::of_holder(tx, holder)?;
    occupancies::free(tx, holder)?;
    let past: Vec<(OccupancyId, Occupancy)> =
        cut(&had, |of| (of.start(), of.end().min(now))).map(|row| (app.id(), row)).collect();
    for some in past.chunks(200) {
        occupancies::insert(tx, place, some)?;
    }
    block.lifted_at = Some(now);
    block.version += 1;
    blocks::update(tx, &block)?;
    // What another block stands over, too, is that one's now.
    let left: Vec<Occupancy> = ahead(&had, now).collect();
    refill(tx, app, place, &left)?;
    Ok(audit::append(tx, &Entry::new(app.id(), now, by, "block.lifted", block.id).within(place))?)
}

/// What of the rows is still to come.
pub(super) fn ahead(rows: &[Occupancy], now: Instant) -> impl Iterator<Item = Occupancy> {
    cut(rows, move |of| (of.start().max(now), of.end()))
}

/// The rows with their intervals cut, without those of which nothing is left.
fn cut(rows: &[Occupancy], to: impl Fn(Interval) -> (Instant, Instant)) -> impl Iterator<Item = Occupancy> {
    rows.iter().filter_map(move |row| {
        let (start, end) = to(row.interval);
        Interval::new(start, end).map(|interval| Occupancy { interval, ..*row })
    })
}
