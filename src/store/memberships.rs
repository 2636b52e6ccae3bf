//! Which units, parts and layouts a space has, changed after it was made. Membership is a version: what a space had
//! before a local date stays known. All of it under `locks::edit_venue`, by whom touches the venue.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::{layouts, space_parts, space_units, spaces, unit_groups, units},
    spaces::column,
};
use crate::domain::{
    access::Place,
    ids::{LayoutId, OccupancyId, SpaceId, UnitGroupId, UnitId},
    instant::Instant,
    space::{Layout, Space, Unit},
};

/// Makes units, and the groups that lock them where they are new.
///
/// # Errors
/// When the database fails.
pub fn make_units(tx: &mut WriteTx, place: Place, new: &[Unit]) -> Result<(), StoreError> {
    let mut groups: Vec<UnitGroupId> = new.iter().map(|unit| unit.group).collect();
    groups.sort_unstable();
    groups.dedup();
    for group in groups {
        let known = unit_groups::table.find(group).select(unit_groups::id);
        if known.first::<UnitGroupId>(&mut tx.connection).optional()?.is_none() {
            diesel::insert_into(unit_groups::table)
                .values((unit_groups::id.eq(group), unit_groups::network_id.eq(place.network)))
                .execute(&mut tx.connection)?;
        }
    }
    for unit in new {
        diesel::insert_into(units::table)
            .values((
                units::id.eq(unit.id),
                units::network_id.eq(place.network),
                units::venue_id.eq(place.venue),
                units::group_id.eq(unit.group),
                units::label.eq(&unit.label),
                units::seats.eq(column(unit.seats)),
            ))
            .execute(&mut tx.connection)?;
    }
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn relabel(tx: &mut WriteTx, unit: UnitId, label: &str) -> Result<(), StoreError> {
    diesel::update(units::table.find(unit)).set(units::label.eq(label)).execute(&mut tx.connection)?;
    Ok(())
}

/// Makes the space's units its members from `today` on, in their order, and no others. Each of those that are new
/// takes one of `ids`.
///
/// # Errors
/// When the database fails.
pub fn put(
    tx: &mut WriteTx,
    space: &Space,
    today: NaiveDate,
    ids: impl IntoIterator<Item = OccupancyId>,
) -> Result<(), StoreError> {
    let standing = space_units::space_id.eq(space.id).and(space_units::valid_to.is_null());
    let before: Vec<UnitId> =
        space_units::table.filter(standing).select(space_units::unit_id).load(&mut tx.connection)?;
    for unit in before.iter().filter(|unit| space.units.iter().all(|kept| kept.id != **unit)) {
        diesel::update(space_units::table.filter(standing).filter(space_units::unit_id.eq(*unit)))
            .set(space_units::valid_to.eq(today))
            .execute(&mut tx.connection)?;
    }
    let mut ids = ids.into_iter();
    for (position, unit) in (0..).zip(&space.units) {
        if before.contains(&unit.id) {
            diesel::update(space_units::table.filter(standing).filter(space_units::unit_id.eq(unit.id)))
                .set(space_units::position.eq::<i32>(position))
                .execute(&mut tx.connection)?;
        } else if let Some(id) = ids.next() {
            diesel::insert_into(space_units::table)
                .values((
                    space_units::id.eq(id),
                    space_units::space_id.eq(space.id),
                    space_units::unit_id.eq(unit.id),
                    space_units::position.eq::<i32>(position),
                    space_units::valid_from.eq(today),
                ))
                .execute(&mut tx.connection)?;
        }
    }
    Ok(())
}

/// The space, with the units that it began with, was there from an earlier date on; nothing where it was there by then.
///
/// # Errors
/// When the database fails.
pub fn begin_earlier(tx: &mut WriteTx, space: SpaceId, from: NaiveDate) -> Result<(), StoreError> {
    let began: NaiveDate = spaces::table.find(space).select(spaces::active_from).first(&mut tx.connection)?;
    if began <= from {
        return Ok(());
    }
    let first = space_units::space_id.eq(space).and(space_units::valid_from.eq(began));
    diesel::update(space_units::table.filter(first))
        .set(space_units::valid_from.eq(from))
        .execute(&mut tx.connection)?;
    diesel::update(spaces::table.find(space))
        .set(spaces::active_from.eq(from))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Whether a space was made of other units than today's on a local date.
///
/// # Errors
/// When the database fails.
pub fn differed(tx: &mut ReadTx, space: SpaceId, date: NaiveDate) -> Result<bool, StoreError> {
    let gone = space_units::valid_to.gt(date).assume_not_null();
    let to_come = space_units::valid_to.is_null().and(space_units::valid_from.gt(date));
    let other = space_units::table.filter(space_units::space_id.eq(space)).filter(gone.or(to_come));
    let first = other.select(space_units::unit_id).first::<UnitId>(&mut tx.connection);
    Ok(first.optional()?.is_some())
}

/// The space is made of its parts, and of no others.
///
/// # Errors
/// When the database fails.
pub fn put_parts(tx: &mut WriteTx, space: &Space) -> Result<(), StoreError> {
    diesel::delete(space_parts::table.filter(space_parts::space_id.eq(space.id)))
        .execute(&mut tx.connection)?;
    insert_parts(tx, space)
}

/// # Errors
/// When the database fails.
pub(super) fn insert_parts(tx: &mut WriteTx, space: &Space) -> Result<(), StoreError> {
    for (position, part) in (0..).zip(&space.parts) {
        diesel::insert_into(space_parts::table)
            .values((
                space_parts::space_id.eq(space.id),
                space_parts::part_id.eq(*part),
                space_parts::position.eq::<i32>(position),
            ))
            .execute(&mut tx.connection)?;
    }
    Ok(())
}

/// Whether another space has this one as a part.
///
/// # Errors
/// When the database fails.
pub fn is_part(tx: &mut ReadTx, space: SpaceId) -> Result<bool, StoreError> {
    let found = space_parts::table
        .filter(space_parts::part_id.eq(space))
        .select(space_parts::space_id)
        .first::<SpaceId>(&mut tx.connection)
        .optional()?;
    Ok(found.is_some())
}

/// Writes the space's layouts in their order, new and changed ones, those removed with the moment.
///
/// # Errors
/// When the database fails.
pub fn put_layouts(tx: &mut WriteTx, space: &Space, now: Instant) -> Result<(), StoreError> {
    let known: Vec<LayoutId> =
        layouts::table.filter(layouts::space_id.eq(space.id)).select(layouts::id).load(&mut tx.connection)?;
    for (position, layout) in (0..).zip(&space.layouts) {
        if known.contains(&layout.id) {
            update_layout(tx, layout, position, now)?;
        } else {
            insert_layout(tx, space.id, layout, position)?;
        }
    }
    Ok(())
}

/// # Errors
/// When the database fails.
pub(super) fn insert_layout(
    tx: &mut WriteTx,
    space: SpaceId,
    layout: &Layout,
    position: i32,
) -> Result<(), StoreError> {
    diesel::insert_into(layouts::table)
        .values((
            layouts::id.eq(layout.id),
            layouts::space_id.eq(space),
            layouts::name.eq(&layout.name),
            layouts::capacity.eq(column(layout.capacity)),
            layouts::setup_minutes.eq(column(layout.setup_minutes)),
            layouts::teardown_minutes.eq(column(layout.teardown_minutes)),
            layouts::position.eq(position),
        ))
        .execute(&mut tx.connection)?;
    Ok(())
}

fn update_layout(tx: &mut WriteTx, layout: &Layout, position: i32, now: Instant) -> Result<(), StoreError> {
    let own = layouts::table.find(layout.id);
    if layout.removed {
        diesel::update(own.filter(layouts::removed_at.is_null()))
            .set(layouts::removed_at.eq(now))
            .execute(&mut tx.connection)?;
        return Ok(());
    }
    diesel::update(own)
        .set((
            layouts::name.eq(&layout.name),
            layouts::capacity.eq(column(layout.capacity)),
            layouts::setup_minutes.eq(column(layout.setup_minutes)),
            layouts::teardown_minutes.eq(column(layout.teardown_minutes)),
            layouts::position.eq(position),
        ))
        .execute(&mut tx.connection)?;
    Ok(())
}
