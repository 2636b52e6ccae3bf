//! Blocks ↔ their rows.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    dialect::{AnyConnection, on_both},
    error::StoreError,
    schema::{blocks, space_units},
};
use crate::domain::{
    access::Place,
    ids::{BlockId, NetworkId, SeriesId, SpaceId, UnitId, UserId, VenueId},
    instant::{Instant, Interval},
    record::Block,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = blocks, treat_none_as_null = true, treat_none_as_default_value = false)]
struct Row {
    id: BlockId,
    network_id: NetworkId,
    venue_id: VenueId,
    space_id: SpaceId,
    starts_at: Instant,
    ends_at: Instant,
    reason: String,
    made_by: Option<UserId>,
    lifted_at: Option<Instant>,
    version: i64,
    created_at: Instant,
    series_id: Option<SeriesId>,
}

impl TryFrom<Row> for Block {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            place: Place { network: row.network_id, venue: row.venue_id },
            space: row.space_id,
            interval: Interval::new(row.starts_at, row.ends_at)
                .ok_or_else(|| StoreError::corrupt("block", "it ends before it starts"))?,
            reason: row.reason,
            made_by: row.made_by,
            lifted_at: row.lifted_at,
            version: row.version,
            created_at: row.created_at,
            series: row.series_id,
        })
    }
}

impl From<&Block> for Row {
    fn from(block: &Block) -> Self {
        Self {
            id: block.id,
            network_id: block.place.network,
            venue_id: block.place.venue,
            space_id: block.space,
            starts_at: block.interval.start(),
            ends_at: block.interval.end(),
            reason: block.reason.clone(),
            made_by: block.made_by,
            lifted_at: block.lifted_at,
            version: block.version,
            created_at: block.created_at,
            series_id: block.series,
        }
    }
}

/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx, block: &Block) -> Result<(), StoreError> {
    diesel::insert_into(blocks::table).values(Row::from(block)).execute(&mut tx.connection)?;
    Ok(())
}

/// Many at once.
///
/// # Errors
/// When the database fails.
pub fn insert_all(tx: &mut WriteTx, made: &[Block]) -> Result<(), StoreError> {
    for some in made.chunks(100) {
        let rows: Vec<Row> = some.iter().map(Row::from).collect();
        on_both!(tx, connection => diesel::insert_into(blocks::table).values(&rows).execute(connection))?;
    }
    Ok(())
}

/// The blocks made together that are not lifted and end after `from`, by start.
///
/// # Errors
/// When the database fails.
pub fn of_series(tx: &mut ReadTx, series: SeriesId, from: Instant) -> Result<Vec<Block>, StoreError> {
    blocks::table
        .filter(blocks::series_id.eq(series).and(blocks::lifted_at.is_null()))
        .filter(blocks::ends_at.gt(from))
        .order((blocks::starts_at, blocks::id))
        .select(Row::as_select())
        .load(&mut tx.connection)?
        .into_iter()
        .map(Block::try_from)
        .collect()
}

/// # Errors
/// When the database fails.
pub fn update(tx: &mut WriteTx, block: &Block) -> Result<(), StoreError> {
    diesel::update(blocks::table.find(block.id)).set(Row::from(block)).execute(&mut tx.connection)?;
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx, id: BlockId) -> Result<Option<Block>, StoreError> {
    let row = blocks::table.find(id).select(Row::as_select()).first(&mut tx.connection).optional()?;
    row.map(Block::try_from).transpose()
}

/// The venue's blocks that are not lifted and meet `window`.
///
/// # Errors
/// When the database fails.
pub fn standing_over(tx: &mut ReadTx, venue: VenueId, window: Interval) -> Result<Vec<Block>, StoreError> {
    blocks::table
        .filter(blocks::venue_id.eq(venue).and(blocks::lifted_at.is_null()))
        .filter(blocks::starts_at.lt(window.end()).and(blocks::ends_at.gt(window.start())))
        .order(blocks::id)
        .select(Row::as_select())
        .load(&mut tx.connection)?
        .into_iter()
        .map(Block::try_from)
        .collect()
}

/// The blocks of `units` that are not lifted and meet `window`, each with the unit and its time, whoever has it.
///
/// # Errors
/// When the database fails.
pub fn over_units(
    tx: &mut ReadTx,
    units: &[UnitId],
    window: Interval,
) -> Result<Vec<(BlockId, UnitId, Interval)>, StoreError> {
    let rows = blocks::table
        .inner_join(space_units::table.on(space_units::space_id.eq(blocks::space_id)))
        .filter(space_units::unit_id.eq_any(units.to_vec()).and(space_units::valid_to.is_null()))
        .filter(blocks::lifted_at.is_null())
        .filter(blocks::starts_at.lt(window.end()).and(blocks::ends_at.gt(window.start())))
        .order((blocks::id, space_units::unit_id))
        .select((blocks::id, space_units::unit_id, blocks::starts_at, blocks::ends_at))
        .load::<(BlockId, UnitId, Instant, Instant)>(&mut tx.connection)?;
    let read = |(block, unit, start, end)| {
        let interval = Interval::new(start, end);
        let interval = interval.ok_or_else(|| StoreError::corrupt("block", "it ends before it starts"))?;
        Ok((block, unit, interval))
    };
    rows.into_iter().map(read).collect()
}

/// All blocks after `after` by id, for `prostor check`.
///
/// # Errors
/// When the database fails.
pub fn walk(tx: &mut ReadTx, after: Option<BlockId>, limit: i64) -> Result<Vec<Block>, StoreError> {
    page(tx, blocks::table.into_boxed(), after, limit)
}

type Blocks<'a> = blocks::BoxedQuery<'a, <AnyConnection as Connection>::Backend>;

/// Up to `limit` of them after `after`, by id.
fn page(
    tx: &mut ReadTx,
    mut query: Blocks<'_>,
    after: Option<BlockId>,
    limit: i64,
) -> Result<Vec<Block>, StoreError> {
    if let Some(after) = after {
        query = query.filter(blocks::id.gt(after));
    }
    query
        .order(blocks::id)
        .limit(limit)
        .select(Row::as_select())
        .load(&mut tx.connection)?
        .into_iter()
        .map(Block::try_from)
        .collect()
}

/// Up to `limit` blocks of a space that are not lifted, after `after`, by id.
///
/// # Errors
/// When the database fails.
pub fn of_space(
    tx: &mut ReadTx,
    space: SpaceId,
    after: Option<BlockId>,
    limit: i64,
) -> Result<Vec<Block>, StoreError> {
    let standing = blocks::table.filter(blocks::space_id.eq(space).and(blocks::lifted_at.is_null()));
    page(tx, standing.into_boxed(), after, limit)
}

/// Up to `limit` blocks of a venue that are not lifted and meet `[from, to)`, after `after`, by id.
///
/// # Errors
/// When the database fails.
pub fn of_venue(
    tx: &mut ReadTx,
    venue: VenueId,
    (from, to): (Option<Instant>, Option<Instant>),
    after: Option<BlockId>,
    limit: i64,
) -> Result<Vec<Block>, StoreError> {
    let mut query =
        blocks::table.filter(blocks::venue_id.eq(venue).and(blocks::lifted_at.is_null())).into_boxed();
    if let Some(from) = from {
        query = query.filter(blocks::ends_at.gt(from));
    }
    if let Some(to) = to {
        query = query.filter(blocks::starts_at.lt(to));
    }
    page(tx, query, after, limit)
}
