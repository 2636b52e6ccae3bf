//! Blocks that others than people make: they take what nobody has, and no reservation is asked to go.

use std::sync::Arc;

use serde_json::json;

use super::{lift, occupy_gaps, taken_within, within};
use crate::{
    app::{App, error::Error, reservations::holds},
    domain::{
        ids::{OutsideCalendarId, ReservationId, UserId},
        instant::{Instant, Interval},
        places::Configuration,
        record::Block,
    },
    store::{
        audit::{self, Entry},
        blocks,
        db::{ReadTx, WriteTx},
    },
};

/// Makes blocks of one space over whatever stands there, in the caller's transaction, which holds the venue's
/// configuration alone and the units' locks.
///
/// # Errors
/// When the database fails.
pub(crate) fn make_over(
    tx: &mut WriteTx,
    app: &Arc<App>,
    configuration: &Configuration,
    made: &[Block],
    (of, now): (OutsideCalendarId, Instant),
) -> Result<(), Error> {
    let intervals: Vec<Interval> = made.iter().map(|block| block.interval).collect();
    let ran_out = holds::ran_out(&taken_within(tx, configuration, &intervals)?, now);
    holds::give_way(tx, app, &ran_out, None, now)?;
    blocks::insert_all(tx, made)?;
    occupy_gaps(tx, app, made, configuration)?;
    let entries = made.iter().map(|block| {
        let entry = Entry::new(app.id(), now, None, "block.made", block.id).within(block.place);
        entry.with(json!({"space_id": block.space, "outside_calendar_id": of}))
    });
    Ok(audit::append_all(tx, &entries.collect::<Vec<_>>())?)
}

/// Lifts one, if it stands; likewise.
///
/// # Errors
/// When the database fails.
pub(crate) fn lift_one(
    tx: &mut WriteTx,
    app: &App,
    block: Block,
    (by, now): (Option<UserId>, Instant),
) -> Result<(), Error> {
    match block.lifted_at {
        Some(_) => Ok(()),
        None => lift::end(tx, app, block, now, by),
    }
}

/// The reservations that stand within a time of a space, or ask to, and are not over.
///
/// # Errors
/// When the database fails.
pub(crate) fn standing_within(
    tx: &mut ReadTx,
    configuration: &Configuration,
    interval: Interval,
    now: Instant,
) -> Result<Vec<ReservationId>, Error> {
    within(tx, configuration, interval, now)
}
