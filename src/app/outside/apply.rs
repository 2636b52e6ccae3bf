//! What was read of an outside calendar becomes blocks: what is new is blocked, what is gone or elsewhere is lifted, what
//! is as it was stays, also where staff lifted it by hand. One transaction, in which the lease still holds.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use aws_lc_rs::digest;

use super::{
    place_of,
    refresh::{ReadCalendar, Timed},
    view::Report,
};
use crate::{
    app::{
        App,
        blocks::over::{lift_one, make_over},
        error::Error,
    },
    domain::{
        ids::{SpaceId, UserId},
        instant::{Instant, Interval},
        outside::MOST_BLOCKS,
        places::Configuration,
        record::Block,
        text::is_harmful,
    },
    store::{
        blocks,
        db::WriteTx,
        locks,
        outside::{self, OutsideBlock, OutsideCalendar},
        spaces,
    },
};

/// Spaces of a venue that are looked at.
const MOST_SPACES: i64 = 500;
/// Characters of a block's reason.
const LONGEST_REASON: usize = 200;

/// An event's digest, and the space.
type Key = (Vec<u8>, SpaceId);

/// Records how a try ended that changes no block.
pub(super) fn settle(app: &Arc<App>, ended: OutsideCalendar) -> Result<(), Error> {
    app.db.write("settle a calendar", move |tx| {
        locks::edit_venue(tx, place_of(&ended))?;
        keep(tx, &ended).map(drop)
    })
}

/// Makes blocks of what was read, and records it.
pub(super) fn apply(app: &Arc<App>, ended: OutsideCalendar, read: ReadCalendar) -> Result<(), Error> {
    let app_ = app.clone();
    app.db.write("apply a calendar", move |tx| {
        locks::edit_venue(tx, place_of(&ended))?;
        let targets = targets(tx, &app_, &ended)?;
        let groups: Vec<_> = targets.iter().flat_map(|target| target.space.groups()).collect();
        locks::units(tx, &groups)?;
        let most = (MOST_BLOCKS / targets.len().max(1)).max(1);
        let cut = read.events.len() > most;
        let report = Report { cut, ..read.report.clone() };
        let report = serde_json::to_string(&report).map_err(|error| Error::Broken(error.to_string()))?;
        let ended = OutsideCalendar { report: Some(report), ..ended.clone() };
        if keep(tx, &ended)? {
            let events = &read.events[..most.min(read.events.len())];
            bring_up_to_date(tx, &app_, &ended, (targets.as_slice(), events))?;
        }
        Ok(())
    })
}

/// Writes the outcome, if the lease is still ours and the address is the one that was read.
fn keep(tx: &mut WriteTx, ended: &OutsideCalendar) -> Result<bool, Error> {
    let Some(now) = outside::find(tx, ended.id)? else { return Ok(false) };
    if now.lease != ended.lease || now.url != ended.url {
        return Ok(false);
    }
    // Asked for again meanwhile: so be it.
    let due_at = if now.version == ended.version { ended.due_at } else { now.due_at };
    let kept = OutsideCalendar {
        lease: None,
        leased_until: None,
        name: now.name,
        version: now.version + 1,
        due_at,
        ..ended.clone()
    };
    outside::update(tx, &kept)?;
    Ok(true)
}

/// The spaces whose time its events take: one, or all that are in use.
fn targets(
    tx: &mut WriteTx,
    app: &App,
    calendar: &OutsideCalendar,
) -> Result<Vec<Arc<Configuration>>, Error> {
    let ids = match calendar.space_id {
        Some(space) => vec![space],
        None => {
            let wanted = spaces::Wanted { venue: Some(calendar.venue_id), ..Default::default() };
            crate::store::wanted::ids(tx, &wanted, None, MOST_SPACES)?
        }
    };
    let mut targets = app.configurations.get_all(tx, &ids)?;
    targets.retain(|target| target.space.archived_at.is_none());
    Ok(targets)
}

fn bring_up_to_date(
    tx: &mut WriteTx,
    app: &Arc<App>,
    calendar: &OutsideCalendar,
    (targets, events): (&[Arc<Configuration>], &[Timed]),
) -> Result<(), Error> {
    let now = app.now();
    let wanted: BTreeMap<Key, &Timed> = targets
        .iter()
        .flat_map(|target| {
            events.iter().map(|timed| ((digest_of(&timed.happening.key), target.space.id), timed))
        })
        .collect();
    let mut there: HashSet<Key> = HashSet::new();
    for row in outside::blocks_of(tx, calendar.id)? {
        let key = (row.event_key.clone(), row.space_id);
        let same = wanted.get(&key).is_some_and(|timed| {
            let interval = timed.happening.interval;
            (interval.start(), interval.end()) == (row.starts_at, row.ends_at)
        });
        if same {
            there.insert(key);
            continue;
        }
        // What is over is the statistics' already.
        if row.ends_at > now
            && let Some(block) = blocks::find(tx, row.block_id)?
        {
            lift_one(tx, app, block, (None, now))?;
        }
        outside::forget_block(tx, row.block_id)?;
    }
    for target in targets {
        let new = events
            .iter()
            .filter(|timed| !there.contains(&(digest_of(&timed.happening.key), target.space.id)));
        make(tx, app, calendar, (&**target, new.collect::<Vec<_>>().as_slice()), now)?;
    }
    Ok(())
}

/// New blocks of one space; of what has begun the rest.
fn make(
    tx: &mut WriteTx,
    app: &Arc<App>,
    calendar: &OutsideCalendar,
    (target, events): (&Configuration, &[&Timed]),
    now: Instant,
) -> Result<(), Error> {
    let mut made = Vec::with_capacity(events.len());
    let mut rows = Vec::with_capacity(events.len());
    for timed in events {
        let event = timed.happening.interval;
        let Some(interval) = Interval::new(event.start().max(now), event.end()) else { continue };
        let block = Block {
            id: app.id(),
            place: place_of(calendar),
            space: target.space.id,
            interval,
            reason: reason(timed, calendar),
            made_by: None,
            lifted_at: None,
            version: 1,
            created_at: now,
            series: None,
        };
        rows.push(OutsideBlock {
            calendar_id: calendar.id,
            event_key: digest_of(&timed.happening.key),
            space_id: target.space.id,
            block_id: block.id,
            starts_at: event.start(),
            ends_at: event.end(),
        });
        made.push(block);
    }
    if made.is_empty() {
        return Ok(());
    }
    make_over(tx, app, target, &made, (calendar.id, now))?;
    rows.iter().try_for_each(|row| outside::insert_block(tx, row).map_err(Error::from))
}

/// The event's words, else the calendar's name: on one line, without what could break one.
fn reason(timed: &Timed, calendar: &OutsideCalendar) -> String {
    let said = timed.summary.as_deref().unwrap_or_default();
    let line: String =
        said.chars().map(|c| if is_harmful(c) { ' ' } else { c }).take(LONGEST_REASON).collect();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() { calendar.name.clone() } else { line }
}

fn digest_of(key: &str) -> Vec<u8> {
    digest::digest(&digest::SHA256, key.as_bytes()).as_ref().to_vec()
}

/// What of its blocks is still to come is lifted, in the caller's transaction, which holds the venue's configuration
/// alone.
pub(super) fn lift_all(
    tx: &mut WriteTx,
    app: &Arc<App>,
    calendar: &OutsideCalendar,
    by: Option<UserId>,
) -> Result<(), Error> {
    let rows = outside::blocks_of(tx, calendar.id)?;
    let mut ids: Vec<SpaceId> = rows.iter().map(|row| row.space_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let spaces = app.configurations.get_all(tx, &ids)?;
    let groups: Vec<_> = spaces.iter().flat_map(|one| one.space.groups()).collect();
    locks::units(tx, &groups)?;
    let now = app.now();
    for row in rows.iter().filter(|row| row.ends_at > now) {
        if let Some(block) = blocks::find(tx, row.block_id)? {
            lift_one(tx, app, block, (by, now))?;
        }
    }
    Ok(())
}
