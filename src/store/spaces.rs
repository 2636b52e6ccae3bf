//! Spaces with their units, parts, layouts and amenities ↔ their rows.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    images, memberships, nights,
    places::{read_policy, write_policy},
    plans,
    schema::{layouts, space_amenities, space_parts, space_units, spaces, units},
    wanted::fitting,
};
use crate::domain::{
    access::Place,
    ids::{LayoutId, NetworkId, OccupancyId, SpaceId, UnitGroupId, UnitId, VenueId},
    instant::Instant,
    space::{Layout, Space, Unit},
    text::fold,
};

pub use super::wanted::Wanted;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = spaces, treat_none_as_null = true)]
struct SpaceRow {
    id: SpaceId,
    network_id: NetworkId,
    venue_id: VenueId,
    name: String,
    search_text: String,
    kind: String,
    allocation: String,
    capacity: i32,
    description: Option<String>,
    step_free: Option<bool>,
    booked_by: String,
    house_rules: Option<String>,
    setup_minutes: i32,
    teardown_minutes: i32,
    own_hours: bool,
    hours_version: i64,
    policy: String,
    policy_version: i64,
    active_from: NaiveDate,
    archived_at: Option<Instant>,
    version: i64,
    created_at: Instant,
    tariff: String,
    tariff_version: i64,
    arrival: Option<String>,
    departure: Option<String>,
}

/// A non-negative count out of its column.
pub(super) fn count(value: i32) -> Result<u32, StoreError> {
    u32::try_from(value).map_err(|error| StoreError::corrupt("count", error))
}

/// A count into its column; what is larger was refused at the edge.
pub(super) fn column(value: u32) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

fn code<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|error| StoreError::corrupt("code", error))
}

impl TryFrom<SpaceRow> for Space {
    type Error = StoreError;

    fn try_from(row: SpaceRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            place: Place { network: row.network_id, venue: row.venue_id },
            name: row.name,
            kind: code(&row.kind)?,
            allocation: code(&row.allocation)?,
            capacity: count(row.capacity)?,
            description: row.description,
            amenities: Vec::new(),
            step_free: row.step_free,
            booked_by: code(&row.booked_by)?,
            house_rules: row.house_rules,
            setup_minutes: count(row.setup_minutes)?,
            teardown_minutes: count(row.teardown_minutes)?,
            own_hours: row.own_hours,
            policy: read_policy(&row.policy)?,
            policy_version: row.policy_version,
            tariff: serde_json::from_str(&row.tariff).map_err(|e| StoreError::corrupt("tariff", e))?,
            tariff_version: row.tariff_version,
            hours_version: row.hours_version,
            units: Vec::new(),
            parts: Vec::new(),
            layouts: Vec::new(),
            active_from: row.active_from,
            archived_at: row.archived_at,
            version: row.version,
            created_at: row.created_at,
            nights: nights::read(code(&row.booked_by)?, row.arrival.as_deref(), row.departure.as_deref())?,
            has_plan: false,
            images: Vec::new(),
        })
    }
}

impl TryFrom<&Space> for SpaceRow {
    type Error = StoreError;

    fn try_from(space: &Space) -> Result<Self, StoreError> {
        let words = [Some(&space.name), space.description.as_ref()];
        let text: Vec<_> = words.into_iter().flatten().map(String::as_str).collect();
        Ok(Self {
            id: space.id,
            network_id: space.place.network,
            venue_id: space.place.venue,
            name: space.name.clone(),
            search_text: fold(&text.join(" ")),
            kind: space.kind.to_string(),
            allocation: space.allocation.to_string(),
            capacity: column(space.capacity),
            description: space.description.clone(),
            step_free: space.step_free,
            booked_by: space.booked_by.to_string(),
            house_rules: space.house_rules.clone(),
            setup_minutes: column(space.setup_minutes),
            teardown_minutes: column(space.teardown_minutes),
            own_hours: space.own_hours,
            hours_version: space.hours_version,
            policy: write_policy(&space.policy)?,
            policy_version: space.policy_version,
            active_from: space.active_from,
            archived_at: space.archived_at,
            version: space.version,
            created_at: space.created_at,
            tariff: serde_json::to_string(&space.tariff).map_err(|e| StoreError::corrupt("tariff", e))?,
            tariff_version: space.tariff_version,
            arrival: space.nights.map(|nights| nights.arrival.to_string()),
            departure: space.nights.map(|nights| nights.departure.to_string()),
        })
    }
}

/// Inserts the space with its layouts and amenities, and makes its units its members. Units that exist
/// already (of its parts) are joined, new ones made; all become one group.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx, space: &Space, memberships: &[OccupancyId]) -> Result<(), StoreError> {
    diesel::insert_into(spaces::table).values(SpaceRow::try_from(space)?).execute(&mut tx.connection)?;
    if space.parts.is_empty() {
        memberships::make_units(tx, space.place, &space.units)?;
    } else {
        join_groups(tx, space)?;
    }
    for ((position, unit), id) in (0..).zip(&space.units).zip(memberships) {
        diesel::insert_into(space_units::table)
            .values((
                space_units::id.eq(*id),
                space_units::space_id.eq(space.id),
                space_units::unit_id.eq(unit.id),
                space_units::position.eq::<i32>(position),
                space_units::valid_from.eq(space.active_from),
            ))
            .execute(&mut tx.connection)?;
    }
    memberships::insert_parts(tx, space)?;
    insert_layouts(tx, space)?;
    put_amenities(tx, space)
}

/// The units of the space lock together from now on, under the first of their groups.
///
/// # Errors
/// When the database fails.
pub fn join_groups(tx: &mut WriteTx, space: &Space) -> Result<(), StoreError> {
    let groups = space.groups();
    let Some((first, others)) = groups.split_first() else { return Ok(()) };
    diesel::update(units::table.filter(units::group_id.eq_any(others.to_vec())))
        .set(units::group_id.eq(*first))
        .execute(&mut tx.connection)?;
    Ok(())
}

fn insert_layouts(tx: &mut WriteTx, space: &Space) -> Result<(), StoreError> {
    for (position, layout) in (0..).zip(&space.layouts) {
        memberships::insert_layout(tx, space.id, layout, position)?;
    }
    Ok(())
}

fn put_amenities(tx: &mut WriteTx, space: &Space) -> Result<(), StoreError> {
    diesel::delete(space_amenities::table.filter(space_amenities::space_id.eq(space.id)))
        .execute(&mut tx.connection)?;
    for amenity in &space.amenities {
        diesel::insert_into(space_amenities::table)
            .values((space_amenities::space_id.eq(space.id), space_amenities::amenity.eq(amenity)))
            .execute(&mut tx.connection)?;
    }
    Ok(())
}

/// Writes the space's own columns and amenities; units, parts and layouts stay. The caller holds
/// `locks::edit_venue`, has raised the version and touches the venue.
///
/// # Errors
/// When the database fails.
pub fn update(tx: &mut WriteTx, space: &Space) -> Result<(), StoreError> {
    diesel::update(spaces::table.find(space.id))
        .set(SpaceRow::try_from(space)?)
        .execute(&mut tx.connection)?;
    put_amenities(tx, space)
}

/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx, id: SpaceId) -> Result<Option<Space>, StoreError> {
    let row = spaces::table.find(id).select(SpaceRow::as_select()).first(&mut tx.connection).optional()?;
    let Some(row) = row else { return Ok(None) };
    Ok(complete(tx, vec![row])?.pop())
}

/// Those of them that exist, by id.
///
/// # Errors
/// When the database fails.
pub fn find_all(tx: &mut ReadTx, ids: &[SpaceId]) -> Result<Vec<Space>, StoreError> {
    let rows = spaces::table
        .filter(spaces::id.eq_any(ids.to_vec()))
        .order(spaces::id)
        .select(SpaceRow::as_select())
        .load::<SpaceRow>(&mut tx.connection)?;
    complete(tx, rows)
}

/// # Errors
/// When the database fails.
pub fn place(tx: &mut ReadTx, id: SpaceId) -> Result<Option<Place>, StoreError> {
    let row = spaces::table
        .find(id)
        .select((spaces::network_id, spaces::venue_id))
        .first::<(NetworkId, VenueId)>(&mut tx.connection)
        .optional()?;
    Ok(row.map(|(network, venue)| Place { network, venue }))
}

/// Up to `limit` spaces after `after`, by id.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut ReadTx,
    wanted: &Wanted,
    after: Option<SpaceId>,
    limit: i64,
) -> Result<Vec<Space>, StoreError> {
    let rows = fitting(wanted, after).limit(limit).select(SpaceRow::as_select()).load(&mut tx.connection)?;
    complete(tx, rows)
}

/// Adds units, parts, layouts, amenities, images and whether there is a plan, in one query each; `rows` are by id.
fn complete(tx: &mut ReadTx, rows: Vec<SpaceRow>) -> Result<Vec<Space>, StoreError> {
    let mut all = rows.into_iter().map(Space::try_from).collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<SpaceId> = all.iter().map(|space| space.id).collect();
    for (space, unit) in units_of(tx, &ids)? {
        with(&mut all, space, |space| space.units.push(unit));
    }
    let parts = space_parts::table
        .filter(space_parts::space_id.eq_any(&ids))
        .order((space_parts::space_id, space_parts::position))
        .select((space_parts::space_id, space_parts::part_id))
        .load::<(SpaceId, SpaceId)>(&mut tx.connection)?;
    for (space, part) in parts {
        with(&mut all, space, |space| space.parts.push(part));
    }
    let amenities = space_amenities::table
        .filter(space_amenities::space_id.eq_any(&ids))
        .order((space_amenities::space_id, space_amenities::amenity))
        .load::<(SpaceId, String)>(&mut tx.connection)?;
    for (space, amenity) in amenities {
        with(&mut all, space, |space| space.amenities.push(amenity));
    }
    for space in plans::drawn(tx, &ids)? {
        with(&mut all, space, |space| space.has_plan = true);
    }
    for (space, layout) in layouts_of(tx, &ids)? {
        with(&mut all, space, |space| space.layouts.push(layout));
    }
    for (space, image) in images::of_spaces(tx, &ids)? {
        with(&mut all, space, |space| space.images.push(image));
    }
    Ok(all)
}

/// `all` are by id.
fn with(all: &mut [Space], id: SpaceId, change: impl FnOnce(&mut Space)) {
    if let Ok(place) = all.binary_search_by_key(&id, |space| space.id) {
        change(&mut all[place]);
    }
}

fn units_of(tx: &mut ReadTx, ids: &[SpaceId]) -> Result<Vec<(SpaceId, Unit)>, StoreError> {
    let rows = space_units::table
        .inner_join(units::table)
        .filter(space_units::space_id.eq_any(ids.to_vec()).and(space_units::valid_to.is_null()))
        .order((space_units::space_id, space_units::position))
        .select((space_units::space_id, units::id, units::group_id, units::label, units::seats))
        .load::<(SpaceId, UnitId, UnitGroupId, String, i32)>(&mut tx.connection)?;
    rows.into_iter()
        .map(|(space, id, group, label, seats)| Ok((space, Unit { id, group, label, seats: count(seats)? })))
        .collect()
}

fn layouts_of(tx: &mut ReadTx, ids: &[SpaceId]) -> Result<Vec<(SpaceId, Layout)>, StoreError> {
    let rows = layouts::table
        .filter(layouts::space_id.eq_any(ids.to_vec()))
        .order((layouts::space_id, layouts::position))
        .select((
            layouts::space_id,
            layouts::id,
            layouts::name,
            layouts::capacity,
            layouts::setup_minutes,
            layouts::teardown_minutes,
            layouts::removed_at,
        ))
        .load::<(SpaceId, LayoutId, String, i32, i32, i32, Option<Instant>)>(&mut tx.connection)?;
    rows.into_iter()
        .map(|(space, id, name, capacity, setup, teardown, removed_at)| {
            let (capacity, setup_minutes, teardown_minutes) =
                (count(capacity)?, count(setup)?, count(teardown)?);
            let removed = removed_at.is_some();
            Ok((space, Layout { id, name, capacity, setup_minutes, teardown_minutes, removed }))
        })
        .collect()
}
