//! Blocks: time that the venue itself takes, for maintenance and the like.

mod lift;
mod list;
pub(crate) mod over;
mod preview;

use std::{collections::HashMap, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    app::{
        App, Done,
        affected::{self, Affected, OnAffected, Why},
        error::{Code, Error},
        reservations::holds,
        version::Versioned,
    },
    domain::{
        access::{self, Action, Actor, Place},
        given::given,
        ids::{BlockId, OccupancyId, ReservationId, SeriesId, SpaceId, UnitId, VenueId},
        instant::{Instant, Interval},
        interval_set::IntervalSet,
        places::Configuration,
        record::{Block, Holder, Occupancy, Reservation, pieces},
        recurrence::{CivilTimes, ExpansionError, InvalidRule, MAX_OCCURRENCES, Rule},
        text::Line,
        zone::{TimeInput, Zone},
    },
    store::{
        audit::{self, Entry},
        blocks,
        db::{ReadTx, WriteTx},
        idempotency::Claim,
        locks, occupancies, reservations,
    },
};

pub use lift::lift;
pub use list::{Within, list, of_venue};
pub use preview::{BlockPreview, BlockTime, preview};

/// The longest block, days.
const MOST_DAYS: i64 = 3 * 366;

/// A block to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBlock {
    pub starts_at: TimeInput,
    pub ends_at: TimeInput,
    #[schema(example = "Maintenance of the projector")]
    pub reason: Line<200>,
    #[serde(default)]
    pub on_affected: OnAffected,
    /// RFC 5545, as for series: makes a block for each occurrence, these times being those of the first.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false, max_length = 512, example = "FREQ=WEEKLY;BYDAY=MO;COUNT=10")]
    pub recurrence: Option<String>,
}

/// A block as staff see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Block)]
pub struct BlockView {
    pub id: BlockId,
    pub space_id: SpaceId,
    pub venue_id: VenueId,
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    pub reason: String,
    /// Reservations that stand within it.
    pub kept: Vec<ReservationId>,
    /// Shared by all that were made from one rule.
    pub series_id: Option<SeriesId>,
    /// All that were made from the rule; in the answer that made them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made: Option<Vec<BlockId>>,
    pub version: i64,
}

impl Versioned for BlockView {
    fn version(&self) -> i64 {
        self.version
    }
}

impl BlockView {
    fn new(block: &Block, kept: Vec<ReservationId>, zone: Zone) -> Self {
        Self {
            id: block.id,
            space_id: block.space,
            venue_id: block.place.venue,
            starts_at: zone.show(block.interval.start()),
            ends_at: zone.show(block.interval.end()),
            reason: block.reason.clone(),
            kept,
            series_id: block.series,
            made: None,
            version: block.version,
        }
    }
}

fn desk(app: &App, actor: &Actor, space: SpaceId) -> Result<Place, Error> {
    access::may(actor, Action::OwnAccount)?;
    let place = app.configurations.place(&app.db, space)?.ok_or(Error::NOT_FOUND)?;
    access::may(actor, Action::SeeBehindTheDesk(place))?;
    Ok(place)
}

/// One block, or one for each occurrence of a rule: all or none.
///
/// # Errors
/// `not_found`, `forbidden`, `invalid`, `affected_reservations` unless told to keep or cancel.
pub fn create(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    space: SpaceId,
    new: NewBlock,
) -> Result<Done<BlockView>, Error> {
    let place = desk(app, actor, space)?;
    access::may(actor, Action::ManageVenue(place))?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("block", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        let configuration = app_.configurations.get(tx, space)?.ok_or(Error::NOT_FOUND)?;
        let intervals = intervals(&new, configuration.zone())?;
        locks::units(tx, &configuration.space.groups())?;
        let series = new.recurrence.as_ref().map(|_| app_.id());
        let now = app_.now();
        let block = |interval| Block {
            id: app_.id(),
            place,
            space,
            interval,
            reason: new.reason.to_string(),
            made_by: by,
            lifted_at: None,
            version: 1,
            created_at: now,
            series,
        };
        let made: Vec<Block> = intervals.iter().copied().map(block).collect();
        let ran_out = holds::ran_out(&taken_within(tx, &configuration, &intervals)?, now);
        holds::give_way(tx, &app_, &ran_out, None, now)?;
        let met = meeting(tx, &configuration, &intervals, now)?;
        let affected = affected(&met, now);
        affected::settle(tx, &app_, new.on_affected, &affected, by, Why::Said(new.reason.as_str()))?;
        blocks::insert_all(tx, &made)?;
        occupy_gaps(tx, &app_, &made, &configuration)?;
        let entries = made.iter().map(|block| {
            let entry = Entry::new(app_.id(), now, by, "block.made", block.id).within(place);
            entry.with(json!({"space_id": space, "affected": affected.count(), "series_id": series}))
        });
        audit::append_all(tx, &entries.collect::<Vec<_>>())?;
        let kept = within(tx, &configuration, intervals[0], now)?;
        let view = BlockView::new(&made[0], kept, configuration.zone());
        Ok(BlockView { made: series.map(|_| made.iter().map(|block| block.id).collect()), ..view })
    })
}

/// When the blocks are, the first first; never none.
///
/// # Errors
/// `invalid`.
fn intervals(new: &NewBlock, zone: Zone) -> Result<Vec<Interval>, Error> {
    let first = interval(new, zone)?;
    let Some(rule) = &new.recurrence else { return Ok(vec![first]) };
    let rule: Rule = rule.parse().map_err(|error: InvalidRule| Error::field("/recurrence", error.code()))?;
    let times =
        CivilTimes::of(first, zone).ok_or_else(|| Error::field("/starts_at", "local_time_ambiguous"))?;
    let starts = rule.expand(times.starts_at(), zone, &[], MAX_OCCURRENCES).map_err(|error| {
        let start = matches!(error, ExpansionError::StartNotInRule { .. });
        Error::field(if start { "/starts_at" } else { "/recurrence" }, error.code())
    })?;
    let repeated = times.repeated(&starts, zone);
    repeated.map_err(|error| Error::field("/ends_at", error.code()))
}

fn interval(new: &NewBlock, zone: Zone) -> Result<Interval, Error> {
    let at = |pointer, time| zone.resolve(time).map_err(|error| Error::local_time(pointer, &error));
    let (start, end) = (at("/starts_at", new.starts_at)?, at("/ends_at", new.ends_at)?);
    let interval = Interval::new(start, end).ok_or_else(|| Error::field("/ends_at", "not_after_start"))?;
    if interval.seconds() > MOST_DAYS * 86_400 {
        return Err(Error::field("/ends_at", "range_too_long"));
    }
    Ok(interval)
}

/// What takes the space's units in any of the times.
fn taken_within(
    tx: &mut ReadTx,
    configuration: &Configuration,
    intervals: &[Interval],
) -> Result<Vec<Occupancy>, Error> {
    let Some(hull) = hull(intervals.iter().copied()) else { return Ok(Vec::new()) };
    let mut rows = occupancies::of_units(tx, &configuration.space.unit_ids(), hull)?;
    rows.retain(|row| intervals.iter().any(|interval| interval.overlaps(row.interval)));
    Ok(rows)
}

/// The reservations that stand at `now` and meet any of the times, by start, each with the occupancies that do.
fn meeting(
    tx: &mut ReadTx,
    configuration: &Configuration,
    intervals: &[Interval],
    now: Instant,
) -> Result<Vec<(Reservation, Vec<Occupancy>)>, Error> {
    let mut taken: HashMap<ReservationId, Vec<Occupancy>> = HashMap::new();
    for row in taken_within(tx, configuration, intervals)?.into_iter().filter(|row| row.stands(now)) {
        if let Holder::Reservation(id) = row.holder {
            taken.entry(id).or_default().push(row);
        }
    }
    let mut ids: Vec<ReservationId> = taken.keys().copied().collect();
    ids.sort_unstable();
    let standing = reservations::find_all(tx, &ids)?.into_iter().filter(|each| each.status.occupies());
    Ok(standing.filter_map(|each| taken.remove(&each.id).map(|rows| (each, rows))).collect())
}

/// From the first to the last.
fn hull(intervals: impl Iterator<Item = Interval>) -> Option<Interval> {
    intervals.reduce(|a, b| Interval::new(a.start().min(b.start()), a.end().max(b.end())).unwrap_or(a))
}

/// What `on_affected` is about: slots ahead, and changes that wait. What has begun stays whatever it says, and
/// what is over concerns nobody.
fn affected(met: &[(Reservation, Vec<Occupancy>)], now: Instant) -> Affected {
    let mut affected = Affected::default();
    for (reservation, rows) in met {
        let ahead = reservation.is_ahead(now);
        if ahead && rows.iter().any(|row| reservation.has_for_itself(row)) {
            affected.slots.push(reservation.id);
        } else if rows.iter().any(|row| !reservation.has_for_itself(row)) {
            affected.changes.push(reservation.id);
        }
    }
    affected
}

/// All that stand within the time, or ask to, and are not over.
fn within(
    tx: &mut ReadTx,
    configuration: &Configuration,
    interval: Interval,
    now: Instant,
) -> Result<Vec<ReservationId>, Error> {
    let met = meeting(tx, configuration, &[interval], now)?.into_iter();
    let lasts = |rows: &[Occupancy]| rows.iter().any(|row| row.interval.end() > now);
    Ok(met.filter(|(_, rows)| lasts(rows)).map(|(reservation, _)| reservation.id).collect())
}

/// Takes what nobody else has of each unit, in rows of at most 32 days.
fn occupy_gaps(
    tx: &mut WriteTx,
    app: &App,
    made: &[Block],
    configuration: &Configuration,
) -> Result<(), Error> {
    let units = configuration.space.unit_ids();
    let Some(hull) = hull(made.iter().map(|block| block.interval)) else { return Ok(()) };
    let mut taken: HashMap<UnitId, Vec<Interval>> = HashMap::new();
    for row in occupancies::of_units(tx, &units, hull)? {
        taken.entry(row.unit).or_default().push(row.interval);
    }
    let mut rows: Vec<(OccupancyId, Occupancy)> = Vec::new();
    for unit in units {
        let others: IntervalSet = taken.remove(&unit).into_iter().flatten().collect();
        for block in made {
            let holder = Holder::Block(block.id);
            for gap in IntervalSet::from(block.interval).minus(&others) {
                let row = |interval| (app.id(), Occupancy { unit, interval, holder, held_until: None });
                rows.extend(pieces(gap).map(row));
            }
        }
    }
    let place = configuration.place();
    for some in rows.chunks(200) {
        occupancies::insert(tx, place, some)?;
    }
    Ok(())
}

/// A space has other units from now on: its blocks take what nobody has of the new ones, and leave the others, be it to
/// another block that stands over them.
///
/// # Errors
/// When the database fails.
pub(crate) fn follow_units(
    tx: &mut WriteTx,
    app: &App,
    configuration: &Configuration,
    gone: &[UnitId],
    now: Instant,
) -> Result<(), Error> {
    let always = Interval::new(Instant::EARLIEST, Instant::LATEST);
    let always = always.ok_or_else(|| Error::Broken("no time at all".to_owned()))?;
    let space = &configuration.space;
    let mut left: Vec<Occupancy> = Vec::new();
    for block in blocks::standing_over(tx, space.place.venue, always)? {
        if block.space == space.id {
            let mut had = occupancies::of_holder(tx, Holder::Block(block.id))?;
            had.retain(|row| gone.contains(&row.unit));
            left.extend(lift::ahead(&had, now));
            occupancies::free_ahead(tx, block.id, gone, now)?;
            occupy_gaps(tx, app, std::slice::from_ref(&block), configuration)?;
        }
    }
    refill(tx, app, space.place, &left)
}

/// Gives what reservations or a lifted block freed (`had`, their former rows) to the blocks that stand over it.
///
/// # Errors
/// When the database fails.
pub(crate) fn refill(tx: &mut WriteTx, app: &App, place: Place, had: &[Occupancy]) -> Result<(), Error> {
    let Some(hull) = hull(had.iter().map(|row| row.interval)) else { return Ok(()) };
    for block in blocks::standing_over(tx, place.venue, hull)? {
        let configuration = app.configurations.get(tx, block.space)?.ok_or(Error::NOT_FOUND)?;
        let units = configuration.space.unit_ids();
        for row in had.iter().filter(|row| units.contains(&row.unit)) {
            let Some(freed) = row.interval.intersection(block.interval) else { continue };
            let taken = occupancies::of_units(tx, &[row.unit], freed)?;
            let others: IntervalSet = taken.iter().map(|row| row.interval).collect();
            let holder = Holder::Block(block.id);
            let rows: Vec<(OccupancyId, Occupancy)> = IntervalSet::from(freed)
                .minus(&others)
                .iter()
                .flat_map(pieces)
                .map(|interval| (app.id(), Occupancy { unit: row.unit, interval, holder, held_until: None }))
                .collect();
            occupancies::insert(tx, block.place, &rows)?;
        }
    }
    Ok(())
}

/// # Errors
/// `not_found`, also when it is lifted or another venue's.
pub fn show(app: &App, actor: &Actor, id: BlockId) -> Result<BlockView, Error> {
    access::may(actor, Action::OwnAccount)?;
    app.db.read(|tx| {
        let block = standing(tx, actor, id)?;
        let configuration = app.configurations.get(tx, block.space)?.ok_or(Error::NOT_FOUND)?;
        let kept = within(tx, &configuration, block.interval, app.now())?;
        Ok(BlockView::new(&block, kept, configuration.zone()))
    })
}

fn standing(tx: &mut ReadTx, actor: &Actor, id: BlockId) -> Result<Block, Error> {
    let block = blocks::find(tx, id)?.filter(|block| block.lifted_at.is_none()).ok_or(Error::NOT_FOUND)?;
    access::may(actor, Action::SeeBehindTheDesk(block.place)).map_err(|_| Code::NotFound)?;
    Ok(block)
}
