//! Versions and exceptions of opening hours ↔ their rows. A venue's have no space; a space's body `null` is
//! its venue's hours again.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::{prelude::*, sql_types::Bool};

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::{hours_exceptions, hours_versions},
};
use crate::domain::{
    hours::{HoursException, HoursVersion, OwnHours, Schedule},
    ids::{HoursId, SpaceId, VenueId},
};

/// Whose hours: a venue's, or a space's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Owner {
    pub venue: VenueId,
    pub space: Option<SpaceId>,
}

fn parse<T: serde::de::DeserializeOwned>(body: &str) -> Result<T, StoreError> {
    serde_json::from_str(body).map_err(|error| StoreError::corrupt("hours", error))
}

fn show<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::corrupt("hours", error))
}

/// Null equals null here, which `=` does not say and neither database spells alike.
macro_rules! of {
    ($table:ident, $owner:expr) => {{
        let owner = $owner;
        let whole_venue = owner.space.is_none().into_sql::<Bool>();
        $table::table.filter($table::venue_id.eq(owner.venue)).filter(
            $table::space_id
                .eq(owner.space)
                .assume_not_null()
                .or($table::space_id.is_null().and(whole_venue)),
        )
    }};
}

/// The whole schedule, past versions included; a space's own hours lie over its venue's.
///
/// # Errors
/// When the database fails or a stored body does not parse.
pub fn schedule(tx: &mut ReadTx, owner: Owner) -> Result<Schedule, StoreError> {
    let venue = Owner { space: None, ..owner };
    let versions = versions(tx, venue)?.into_iter().filter_map(|(_, version)| version);
    let schedule = Schedule::new(versions, exceptions(tx, venue)?);
    Ok(match owner.space {
        Some(space) => own(tx, owner.venue, space)?.laid_over(&schedule),
        None => schedule,
    })
}

/// What a space says of its own.
///
/// # Errors
/// When the database fails or a stored body does not parse.
pub fn own(tx: &mut ReadTx, venue: VenueId, space: SpaceId) -> Result<OwnHours, StoreError> {
    let owner = Owner { venue, space: Some(space) };
    Ok(OwnHours::new(versions(tx, owner)?, exceptions(tx, owner)?))
}

fn versions(tx: &mut ReadTx, owner: Owner) -> Result<Vec<(NaiveDate, Option<HoursVersion>)>, StoreError> {
    let rows = of!(hours_versions, owner)
        .select((hours_versions::valid_from, hours_versions::body))
        .order(hours_versions::valid_from)
        .load::<(NaiveDate, String)>(&mut tx.connection)?;
    rows.into_iter().map(|(from, body)| Ok((from, parse(&body)?))).collect()
}

/// What an owner says of single dates, by date.
///
/// # Errors
/// When the database fails or a stored body does not parse.
pub fn exceptions(tx: &mut ReadTx, owner: Owner) -> Result<Vec<HoursException>, StoreError> {
    let bodies = of!(hours_exceptions, owner)
        .select(hours_exceptions::body)
        .order(hours_exceptions::date)
        .load::<String>(&mut tx.connection)?;
    bodies.iter().map(|body| parse(body)).collect()
}

/// What an owner has written down.
#[derive(Default)]
pub struct Written {
    /// By the date they count from; `None`: the venue's again.
    versions: Vec<(NaiveDate, Option<HoursVersion>)>,
    exceptions: Vec<HoursException>,
}

impl Written {
    /// A venue's.
    pub fn schedule(self) -> Schedule {
        Schedule::new(self.versions.into_iter().filter_map(|(_, version)| version), self.exceptions)
    }

    /// A space's.
    pub fn own(self) -> OwnHours {
        OwnHours::new(self.versions, self.exceptions)
    }
}

/// Of all owners in these venues who have written anything, in two queries; exceptions by their dates.
///
/// # Errors
/// When the database fails or a stored body does not parse.
pub fn written(tx: &mut ReadTx, venues: &[VenueId]) -> Result<HashMap<Owner, Written>, StoreError> {
    let versions = hours_versions::table
        .filter(hours_versions::venue_id.eq_any(venues.to_vec()))
        .select((
            hours_versions::venue_id,
            hours_versions::space_id,
            hours_versions::valid_from,
            hours_versions::body,
        ))
        .load::<(VenueId, Option<SpaceId>, NaiveDate, String)>(&mut tx.connection)?;
    let exceptions = hours_exceptions::table
        .filter(hours_exceptions::venue_id.eq_any(venues.to_vec()))
        .order(hours_exceptions::date)
        .select((hours_exceptions::venue_id, hours_exceptions::space_id, hours_exceptions::body))
        .load::<(VenueId, Option<SpaceId>, String)>(&mut tx.connection)?;
    let mut written = HashMap::<Owner, Written>::new();
    for (venue, space, from, body) in versions {
        written.entry(Owner { venue, space }).or_default().versions.push((from, parse(&body)?));
    }
    for (venue, space, body) in exceptions {
        written.entry(Owner { venue, space }).or_default().exceptions.push(parse(&body)?);
    }
    Ok(written)
}

/// Puts a version in force from a date on: later versions and the one of the same date go. `None` gives a
/// space its venue's hours again.
///
/// # Errors
/// When the database fails.
pub fn put_version(
    tx: &mut WriteTx,
    owner: Owner,
    id: HoursId,
    from: NaiveDate,
    version: Option<&HoursVersion>,
) -> Result<(), StoreError> {
    let body = show(&version)?;
    diesel::delete(of!(hours_versions, owner).filter(hours_versions::valid_from.ge(from)))
        .execute(&mut tx.connection)?;
    diesel::insert_into(hours_versions::table)
        .values((
            hours_versions::id.eq(id),
            hours_versions::venue_id.eq(owner.venue),
            hours_versions::space_id.eq(owner.space),
            hours_versions::valid_from.eq(from),
            hours_versions::body.eq(body),
        ))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Gives a space the hours that another one of the venue says of its own, past versions included. `id` makes ids.
///
/// # Errors
/// When the database fails.
pub fn copy(
    tx: &mut WriteTx,
    venue: VenueId,
    (from, to): (SpaceId, SpaceId),
    id: impl Fn() -> HoursId,
) -> Result<(), StoreError> {
    let (from, to) = (Owner { venue, space: Some(from) }, Owner { venue, space: Some(to) });
    for (valid_from, version) in versions(tx, from)? {
        put_version(tx, to, id(), valid_from, version.as_ref())?;
    }
    let exceptions: Vec<_> = exceptions(tx, from)?.into_iter().map(|exception| (id(), exception)).collect();
    // It has none yet, so that any date will do.
    put_exceptions(tx, to, NaiveDate::default(), &exceptions)
}

/// Replaces the exceptions from `from` on by `exceptions`; of earlier dates only those named change.
///
/// # Errors
/// When the database fails.
pub fn put_exceptions(
    tx: &mut WriteTx,
    owner: Owner,
    from: NaiveDate,
    exceptions: &[(HoursId, HoursException)],
) -> Result<(), StoreError> {
    diesel::delete(of!(hours_exceptions, owner).filter(hours_exceptions::date.ge(from)))
        .execute(&mut tx.connection)?;
    name_exceptions(tx, owner, exceptions)
}

/// Puts exceptions in the place of those of their dates; others stay.
///
/// # Errors
/// When the database fails.
pub fn name_exceptions(
    tx: &mut WriteTx,
    owner: Owner,
    exceptions: &[(HoursId, HoursException)],
) -> Result<(), StoreError> {
    let named: Vec<NaiveDate> = exceptions.iter().map(|(_, each)| each.date).collect();
    drop_exceptions(tx, owner, &named)?;
    for (id, exception) in exceptions {
        diesel::insert_into(hours_exceptions::table)
            .values((
                hours_exceptions::id.eq(*id),
                hours_exceptions::venue_id.eq(owner.venue),
                hours_exceptions::space_id.eq(owner.space),
                hours_exceptions::date.eq(exception.date),
                hours_exceptions::body.eq(show(exception)?),
            ))
            .execute(&mut tx.connection)?;
    }
    Ok(())
}

/// Says nothing of these dates any more.
///
/// # Errors
/// When the database fails.
pub fn drop_exceptions(tx: &mut WriteTx, owner: Owner, dates: &[NaiveDate]) -> Result<(), StoreError> {
    diesel::delete(of!(hours_exceptions, owner).filter(hours_exceptions::date.eq_any(dates)))
        .execute(&mut tx.connection)?;
    Ok(())
}
