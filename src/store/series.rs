//! Series ↔ their rows, and many reservations of one at once.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::{dsl::max, prelude::*};

use super::{
    db::{ReadTx, WriteTx},
    dialect::on_both,
    error::StoreError,
    reservations::Row as ReservationRow,
    schema::{reservations, series},
    spaces::{column, count},
};
use crate::domain::{
    access::Place,
    ids::{NetworkId, OrganisationId, SeriesId, SpaceId, UserId, VenueId},
    instant::Instant,
    record::Reservation,
    recurrence::{CIVIL, CivilTimes},
    series::{Belongs, Series},
    zone::Zone,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = series, treat_none_as_null = true)]
struct Row {
    id: SeriesId,
    network_id: NetworkId,
    venue_id: VenueId,
    space_id: SpaceId,
    organiser_id: UserId,
    organisation_id: Option<OrganisationId>,
    made_by: UserId,
    title: String,
    rule: String,
    exdates: String,
    starts_at: String,
    ends_at: String,
    time_zone: String,
    sequence: i32,
    split_from: Option<SeriesId>,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

/// A local time as its column holds it; such texts sort as the times do.
pub(super) fn civil_text(local: NaiveDateTime) -> String {
    local.format(CIVIL).to_string()
}

fn civil(text: &str) -> Result<NaiveDateTime, StoreError> {
    NaiveDateTime::parse_from_str(text, CIVIL).map_err(|error| StoreError::corrupt("a local time", error))
}

/// The three columns of a reservation that tell of its series.
pub(super) fn belongs(
    series: Option<SeriesId>,
    original: Option<&str>,
    changed: bool,
) -> Result<Option<Belongs>, StoreError> {
    match (series, original) {
        (Some(series), Some(original)) => Ok(Some(Belongs { series, original: civil(original)?, changed })),
        (None, None) => Ok(None),
        _ => Err(StoreError::corrupt("reservation", "of a series without its occurrence, or the reverse")),
    }
}

impl TryFrom<Row> for Series {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let exdates: Vec<NaiveDate> =
            serde_json::from_str(&row.exdates).map_err(|e| StoreError::corrupt("exdates", e))?;
        Ok(Self {
            id: row.id,
            place: Place { network: row.network_id, venue: row.venue_id },
            space: row.space_id,
            organiser: row.organiser_id,
            organisation: row.organisation_id,
            made_by: row.made_by,
            title: row.title,
            rule: row.rule.parse().map_err(|e| StoreError::corrupt("rule", e))?,
            times: CivilTimes::new(civil(&row.starts_at)?, civil(&row.ends_at)?)
                .ok_or_else(|| StoreError::corrupt("series", "it ends before it starts"))?,
            exdates,
            zone: Zone::parse(&row.time_zone).map_err(|e| StoreError::corrupt("time_zone", e))?,
            sequence: count(row.sequence)?,
            split_from: row.split_from,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

impl TryFrom<&Series> for Row {
    type Error = StoreError;

    fn try_from(series: &Series) -> Result<Self, StoreError> {
        let exdates = serde_json::to_string(&series.exdates);
        Ok(Self {
            id: series.id,
            network_id: series.place.network,
            venue_id: series.place.venue,
            space_id: series.space,
            organiser_id: series.organiser,
            organisation_id: series.organisation,
            made_by: series.made_by,
            title: series.title.clone(),
            rule: series.rule.to_string(),
            exdates: exdates.map_err(|e| StoreError::corrupt("exdates", e))?,
            starts_at: civil_text(series.times.starts_at()),
            ends_at: civil_text(series.times.ends_at()),
            time_zone: series.zone.to_string(),
            sequence: column(series.sequence),
            split_from: series.split_from,
            version: series.version,
            created_at: series.created_at,
            updated_at: series.updated_at,
        })
    }
}

/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx, made: &Series) -> Result<(), StoreError> {
    let row = Row::try_from(made)?;
    diesel::insert_into(series::table).values(row).execute(&mut tx.connection)?;
    Ok(())
}

/// Writes all columns and raises the version, after those of its reservations, whose changes raise it too: so no
/// one waits for a series who holds one of its reservations for another. The caller holds the units' locks, under
/// which series change.
///
/// # Errors
/// When the database fails.
pub fn update(tx: &mut WriteTx, changed: &mut Series) -> Result<(), StoreError> {
    touch(tx, changed.id)?;
    let own = series::table.find(changed.id);
    changed.version = own.select(series::version).first(&mut tx.connection)?;
    diesel::update(own).set(Row::try_from(&*changed)?).execute(&mut tx.connection)?;
    Ok(())
}

/// Raises the version: one of its reservations changed.
///
/// # Errors
/// When the database fails.
pub fn touch(tx: &mut WriteTx, id: SeriesId) -> Result<(), StoreError> {
    let raised = series::version.eq(series::version + 1);
    diesel::update(series::table.find(id)).set(raised).execute(&mut tx.connection)?;
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx, id: SeriesId) -> Result<Option<Series>, StoreError> {
    let row = series::table.find(id).select(Row::as_select()).first(&mut tx.connection);
    row.optional()?.map(Series::try_from).transpose()
}

/// Whose series a list shows: one's own, one's organisations', and those of venues one works for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub user: Option<UserId>,
    pub organisations: Vec<OrganisationId>,
    pub venues: Vec<VenueId>,
    pub venue: Option<VenueId>,
    pub space: Option<SpaceId>,
}

/// Up to `limit` series after `after`, by id.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut ReadTx,
    wanted: &Wanted,
    after: Option<SeriesId>,
    limit: i64,
) -> Result<Vec<Series>, StoreError> {
    let mut query = series::table
        .filter(
            series::organiser_id
                .nullable()
                .eq(wanted.user)
                .assume_not_null()
                .or(series::venue_id.eq_any(wanted.venues.clone()))
                .or(series::organisation_id.eq_any(wanted.organisations.clone()).assume_not_null()),
        )
        .into_boxed();
    if let Some(venue) = wanted.venue {
        query = query.filter(series::venue_id.eq(venue));
    }
    if let Some(space) = wanted.space {
        query = query.filter(series::space_id.eq(space));
    }
    if let Some(after) = after {
        query = query.filter(series::id.gt(after));
    }
    query
        .order(series::id)
        .limit(limit)
        .select(Row::as_select())
        .load(&mut tx.connection)?
        .into_iter()
        .map(Series::try_from)
        .collect()
}

/// All series after `after` by id, for `prostor check`.
///
/// # Errors
/// When the database fails.
pub fn walk(tx: &mut ReadTx, after: Option<SeriesId>, limit: i64) -> Result<Vec<Series>, StoreError> {
    let mut query = series::table.into_boxed();
    if let Some(after) = after {
        query = query.filter(series::id.gt(after));
    }
    let rows = query.order(series::id).limit(limit).select(Row::as_select()).load(&mut tx.connection)?;
    rows.into_iter().map(Series::try_from).collect()
}

/// All its reservations, by the start that the rule gave them.
///
/// # Errors
/// When the database fails.
pub fn members(tx: &mut ReadTx, id: SeriesId) -> Result<Vec<Reservation>, StoreError> {
    reservations::table
        .filter(reservations::series_id.eq(id))
        .order(reservations::recurrence_id)
        .select(ReservationRow::as_select())
        .load(&mut tx.connection)?
        .into_iter()
        .map(Reservation::try_from)
        .collect()
}

/// The spaces of its reservations that were moved, those asked for, and the pools that any has equipment of, or asks for:
/// what is locked besides its own before they are.
///
/// # Errors
/// When the database fails.
pub fn spaces(tx: &mut ReadTx, id: SeriesId) -> Result<Vec<SpaceId>, StoreError> {
    let rows: Vec<ReservationRow> = reservations::table
        .filter(reservations::series_id.eq(id))
        .filter(
            reservations::equipment
                .is_not_null()
                .or(reservations::change.is_not_null())
                .or(reservations::changed_alone.eq(true)),
        )
        .select(ReservationRow::as_select())
        .load(&mut tx.connection)?;
    let mut spaces = Vec::new();
    for row in rows {
        spaces.extend(Reservation::try_from(row)?.spaces());
    }
    Ok(spaces)
}

/// Locks all its reservations, in the order of their ids.
///
/// # Errors
/// When the database fails.
pub fn lock_members(tx: &mut WriteTx, id: SeriesId) -> Result<(), StoreError> {
    super::locks::after_configuration(tx);
    let super::dialect::AnyConnection::Postgres(connection) = &mut tx.connection else { return Ok(()) };
    reservations::table
        .filter(reservations::series_id.eq(id))
        .order(reservations::id)
        .select(reservations::id)
        .for_no_key_update()
        .execute(connection)?;
    Ok(())
}

/// Makes many reservations.
///
/// # Errors
/// When the database fails.
pub fn insert_members(tx: &mut WriteTx, made: &[Reservation]) -> Result<(), StoreError> {
    for some in made.chunks(100) {
        let rows: Vec<ReservationRow> =
            some.iter().map(ReservationRow::try_from).collect::<Result<_, _>>()?;
        on_both!(tx, connection => diesel::insert_into(reservations::table).values(&rows).execute(connection))?;
    }
    Ok(())
}

/// Writes all columns of reservations whose versions were raised, but leaves their series alone, which the caller
/// writes after them.
///
/// # Errors
/// When the database fails.
pub fn update_members(tx: &mut WriteTx, changed: &[Reservation]) -> Result<(), StoreError> {
    for reservation in changed {
        let row = ReservationRow::try_from(reservation)?;
        let own = reservations::table.find(reservation.id);
        diesel::update(own).set(row).execute(&mut tx.connection)?;
    }
    Ok(())
}

/// Replaces what a person wrote as titles of their series.
///
/// # Errors
/// When the database fails.
pub fn forget_words(tx: &mut WriteTx, organiser: UserId, title: &str) -> Result<(), StoreError> {
    diesel::update(series::table.filter(series::organiser_id.eq(organiser)))
        .set((series::title.eq(title), series::version.eq(series::version + 1)))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// The latest revision of its reservations. The series' next is no earlier: calendars take what is not later than what
/// they have for no news, and one changed by itself may be ahead.
///
/// # Errors
/// When the database fails.
pub fn newest_sequence(tx: &mut ReadTx, id: SeriesId) -> Result<u32, StoreError> {
    let own = reservations::table.filter(reservations::series_id.eq(id));
    let newest: Option<i32> = own.select(max(reservations::sequence)).get_result(&mut tx.connection)?;
    count(newest.unwrap_or(0))
}

/// None of its reservations has an earlier revision than the series itself: a change of one must be newer than
/// what calendars know. The caller holds [`lock_members`], or has the venue's configuration alone.
///
/// # Errors
/// When the database fails.
pub fn raise_sequences(tx: &mut WriteTx, of: &Series) -> Result<(), StoreError> {
    let sequence = column(of.sequence);
    let earlier = reservations::series_id.eq(of.id).and(reservations::sequence.lt(sequence));
    diesel::update(reservations::table.filter(earlier))
        .set(reservations::sequence.eq(sequence))
        .execute(&mut tx.connection)?;
    Ok(())
}
