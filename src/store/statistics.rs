//! What statistics are made from, for whole venues and a stretch of time, in seven queries and one snapshot.
//!
//! A claim's units are those of its occupancy rows, so the rows of completed reservations and of no-shows
//! (up to their release) must stay. Rows last at most 32 days, so what meets the window is one range of the
//! index of each unit, however long the past is.

use std::collections::{BTreeSet, HashMap, hash_map::Entry};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    db::ReadTx,
    error::StoreError,
    hours::{self, Owner, Written},
    schema::{occupancies, reservations, space_units, spaces, units},
    seats,
    spaces::count,
};
use crate::domain::{
    equipment::Equipment,
    hours::Schedule,
    ids::{BlockId, ReservationId, SpaceId, UnitId, VenueId},
    instant::{Instant, Interval},
    record::{LONGEST_OCCUPANCY, PendingChange},
    reservation::Status,
    statistics::{Claim, Member, SpaceFacts, UnitFacts},
};

/// Units whose occupancies one query asks for: parameters of a statement are bounded.
const UNITS_AT_ONCE: usize = 1_000;

/// Spaces, archived ones included, with their units and hours.
pub struct Facilities {
    pub spaces: Vec<SpaceFacts>,
    pub members: Vec<Member>,
    pub units: Vec<UnitFacts>,
    /// By venue.
    pub venue_hours: HashMap<VenueId, Schedule>,
}

/// What occupies units.
#[derive(Default)]
pub struct Taken {
    pub blocked: Vec<(UnitId, Interval)>,
    pub claims: Vec<Claim>,
    /// By position: which reservations the claims are.
    pub reservations: Vec<ReservationId>,
}

/// All of these venues; every space is marked as counted.
///
/// # Errors
/// When the database fails or a stored value does not parse.
pub fn facilities(tx: &mut ReadTx, venues: &[VenueId]) -> Result<Facilities, StoreError> {
    let mut hours = hours::written(tx, venues)?;
    let spaces = spaces_of(tx, venues, &mut hours)?;
    let members = space_units::table
        .inner_join(spaces::table)
        .filter(spaces::venue_id.eq_any(venues.to_vec()))
        .select((space_units::space_id, space_units::unit_id, space_units::valid_from, space_units::valid_to))
        .load::<(SpaceId, UnitId, NaiveDate, Option<NaiveDate>)>(&mut tx.connection)?;
    let units = units::table
        .filter(units::venue_id.eq_any(venues.to_vec()))
        .order(units::id)
        .select((units::id, units::seats))
        .load::<(UnitId, i32)>(&mut tx.connection)?;
    let mut former = seats::former(tx, venues)?;
    let units = units.into_iter().map(|(id, seats)| {
        let former_seats = former.remove(&id).unwrap_or_default();
        Ok(UnitFacts { id, seats: count(seats)?, former_seats })
    });
    let of_venues = hours.into_iter().filter(|(owner, _)| owner.space.is_none());
    Ok(Facilities {
        spaces,
        members: members
            .into_iter()
            .map(|(space, unit, from, to)| Member { space, unit, from, to })
            .collect(),
        units: units.collect::<Result<_, StoreError>>()?,
        venue_hours: of_venues.map(|(owner, written)| (owner.venue, written.schedule())).collect(),
    })
}

type SpaceRow = (SpaceId, VenueId, String, String, String, bool, NaiveDate, Option<Instant>);

fn spaces_of(
    tx: &mut ReadTx,
    venues: &[VenueId],
    hours: &mut HashMap<Owner, Written>,
) -> Result<Vec<SpaceFacts>, StoreError> {
    let rows = spaces::table
        .filter(spaces::venue_id.eq_any(venues.to_vec()))
        .order(spaces::id)
        .select((
            spaces::id,
            spaces::venue_id,
            spaces::name,
            spaces::kind,
            spaces::booked_by,
            spaces::own_hours,
            spaces::active_from,
            spaces::archived_at,
        ))
        .load::<SpaceRow>(&mut tx.connection)?;
    let space = |(id, venue, name, kind, booked_by, own, active_from, archived_at): SpaceRow| {
        Ok(SpaceFacts {
            id,
            venue,
            name,
            kind: code(&kind)?,
            booked_by: code(&booked_by)?,
            own_hours: own.then(|| {
                let owner = Owner { venue, space: Some(id) };
                hours.remove(&owner).unwrap_or_default().own()
            }),
            active_from,
            archived_at,
            counted: true,
        })
    };
    rows.into_iter().map(space).collect()
}

pub(super) fn code<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|error| StoreError::corrupt("code", error))
}

#[derive(Queryable)]
struct Taking {
    unit: UnitId,
    starts_at: Instant,
    ends_at: Instant,
    block: Option<BlockId>,
    claim: Option<ClaimRow>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = reservations)]
struct ClaimRow {
    id: ReservationId,
    space_id: SpaceId,
    status: String,
    starts_at: Instant,
    ends_at: Instant,
    released_at: Option<Instant>,
    attendees: Option<i32>,
    headcount: Option<i32>,
    change: Option<String>,
    check_in_required: bool,
    checked_in_at: Option<Instant>,
    checked_out_at: Option<Instant>,
    equipment: Option<String>,
}

/// The blocks, and the claims that count, which meet `window` on these units.
///
/// # Errors
/// When the database fails or a stored value does not parse.
pub fn taken(tx: &mut ReadTx, units: &[UnitFacts], window: Interval) -> Result<Taken, StoreError> {
    taken_in(tx, &[(window, units.iter().map(|unit| unit.id).collect())])
}

/// The same of several stretches of time, each with its units. A claim has all units that it has, whichever of its rows
/// lie in the windows: its people are shared over them.
///
/// # Errors
/// When the database fails or a stored value does not parse.
pub fn taken_in(tx: &mut ReadTx, windows: &[(Interval, Vec<UnitId>)]) -> Result<Taken, StoreError> {
    let mut taken = Taken::default();
    let mut claims = HashMap::<ReservationId, Claim>::new();
    let mut cut = BTreeSet::new();
    for (window, units) in windows {
        for units in units.chunks(UNITS_AT_ONCE) {
            let mut rows = takings(tx, units, *window)?;
            rows.extend(given_back(tx, units, *window)?);
            for row in rows {
                let interval = interval(row.starts_at, row.ends_at)?;
                match row.claim {
                    None if row.block.is_some() => taken.blocked.push((row.unit, interval)),
                    None => {}
                    Some(claim) => {
                        gather(&mut claims, &claim, row.unit, interval)?;
                        let whole = Interval::new(claim.starts_at, claim.ends_at);
                        if !whole.is_some_and(|whole| window.covers(whole)) {
                            cut.insert(claim.id);
                        }
                    }
                }
            }
        }
    }
    complete(tx, &mut claims, &cut.into_iter().collect::<Vec<_>>())?;
    (taken.reservations, taken.claims) = claims.into_iter().unzip();
    Ok(taken)
}

fn interval(starts_at: Instant, ends_at: Instant) -> Result<Interval, StoreError> {
    Interval::new(starts_at, ends_at)
        .ok_or_else(|| StoreError::corrupt("occupancy", "it ends before it starts"))
}

/// Gives claims that reach out of a window the units of their other rows, too.
fn complete(
    tx: &mut ReadTx,
    claims: &mut HashMap<ReservationId, Claim>,
    cut: &[ReservationId],
) -> Result<(), StoreError> {
    for ids in cut.chunks(UNITS_AT_ONCE) {
        let rows = occupancies::table
            .inner_join(reservations::table.on(occupancies::reservation_id.eq(reservations::id.nullable())))
            .filter(occupancies::reservation_id.eq_any(ids.to_vec()))
            .select((
                occupancies::unit_id,
                occupancies::starts_at,
                occupancies::ends_at,
                ClaimRow::as_select(),
            ))
            .load::<(UnitId, Instant, Instant, ClaimRow)>(&mut tx.connection)?;
        for (unit, starts_at, ends_at, claim) in rows {
            gather(claims, &claim, unit, interval(starts_at, ends_at)?)?;
        }
    }
    Ok(())
}

fn takings(tx: &mut ReadTx, units: &[UnitId], window: Interval) -> Result<Vec<Taking>, StoreError> {
    let counting = Status::ALL.iter().filter(|status| Claim::counts(**status)).map(|status| status.as_str());
    Ok(occupancies::table
        .left_join(reservations::table.on(occupancies::reservation_id.eq(reservations::id.nullable())))
        .filter(occupancies::unit_id.eq_any(units.to_vec()))
        .filter(occupancies::ends_at.gt(window.start()))
        .filter(occupancies::ends_at.le(window.end().plus(LONGEST_OCCUPANCY)))
        .filter(occupancies::starts_at.lt(window.end()))
        .filter(
            occupancies::block_id
                .is_not_null()
                .or(reservations::status.eq_any(counting.collect::<Vec<_>>()).assume_not_null()),
        )
        .select((
            occupancies::unit_id,
            occupancies::starts_at,
            occupancies::ends_at,
            occupancies::block_id,
            Option::<ClaimRow>::as_select(),
        ))
        .load(&mut tx.connection)?)
}

/// What ended before `window` because it was given back, and else would have met it: what was given back counts, too.
/// It began no longer before than a reservation lasts, so this is one range of the index, too.
fn given_back(tx: &mut ReadTx, units: &[UnitId], window: Interval) -> Result<Vec<Taking>, StoreError> {
    Ok(occupancies::table
        .inner_join(reservations::table.on(occupancies::reservation_id.eq(reservations::id.nullable())))
        .filter(occupancies::unit_id.eq_any(units.to_vec()))
        .filter(occupancies::ends_at.le(window.start()))
        .filter(occupancies::ends_at.gt(window.start().plus(-LONGEST_OCCUPANCY)))
        .filter(reservations::released_at.is_not_null())
        .filter(reservations::ends_at.gt(window.start()))
        .filter(reservations::ends_at.le(window.start().plus(LONGEST_OCCUPANCY)))
        .select((
            occupancies::unit_id,
            occupancies::starts_at,
            occupancies::ends_at,
            occupancies::block_id,
            Option::<ClaimRow>::as_select(),
        ))
        .load(&mut tx.connection)?)
}

fn gather(
    claims: &mut HashMap<ReservationId, Claim>,
    row: &ClaimRow,
    unit: UnitId,
    occupied: Interval,
) -> Result<(), StoreError> {
    let claim = match claims.entry(row.id) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(fresh) => fresh.insert(claim(row)?),
    };
    // What only a change adds is in no figure yet; of what has no change, a long time has several rows a unit.
    if row.change.is_none() && occupied.overlaps(claim.interval) && !claim.units.contains(&unit) {
        claim.units.push(unit);
    }
    Ok(())
}

fn claim(row: &ClaimRow) -> Result<Claim, StoreError> {
    let change = row.change.as_deref().map(serde_json::from_str::<PendingChange>).transpose();
    let change = change.map_err(|error| StoreError::corrupt("change", error))?;
    let equipment: Option<Vec<Equipment>> = row
        .equipment
        .as_deref()
        .map(serde_json::from_str)
        .transpose()
        .map_err(|error| StoreError::corrupt("equipment", error))?;
    let with_equipment = |mut own: Vec<UnitId>| {
        own.extend(equipment.iter().flatten().flat_map(|some| some.units.iter().copied()));
        own
    };
    Ok(Claim {
        space: row.space_id,
        status: code(&row.status)?,
        interval: Interval::new(row.starts_at, row.ends_at)
            .ok_or_else(|| StoreError::corrupt("reservation", "it ends before it starts"))?,
        released_at: row.released_at,
        attendees: row.attendees.map(count).transpose()?,
        headcount: row.headcount.map(count).transpose()?,
        units: change.map(|change| with_equipment(change.own_units)).unwrap_or_default(),
        measured: row.check_in_required,
        checked_in_at: row.checked_in_at,
        checked_out_at: row.checked_out_at,
    })
}
