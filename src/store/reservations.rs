//! Reservations ↔ their rows.

mod list;

use std::collections::BTreeMap;

use diesel::prelude::*;

pub use list::{Shown, Wanted, list};

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    limits::not_run_out,
    money, presence, reminders,
    schema::reservations,
    series::{self, belongs, civil_text},
    settled,
    spaces::{column, count},
};
use crate::domain::{
    access::Place,
    ids::{LayoutId, NetworkId, OrganisationId, ReservationId, SeriesId, SpaceId, UserId, VenueId},
    instant::{Instant, Interval},
    record::Reservation,
    reservation::Status,
    space::Buffers,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = reservations, treat_none_as_null = true, treat_none_as_default_value = false)]
pub(super) struct Row {
    id: ReservationId,
    network_id: NetworkId,
    venue_id: VenueId,
    space_id: SpaceId,
    status: String,
    starts_at: Instant,
    ends_at: Instant,
    setup_minutes: i32,
    teardown_minutes: i32,
    quantity: i32,
    title: String,
    purpose: String,
    attendees: Option<i32>,
    headcount: Option<i32>,
    layout_id: Option<LayoutId>,
    organiser_id: UserId,
    organisation_id: Option<OrganisationId>,
    made_by: UserId,
    notes: Option<String>,
    internal_notes: Option<String>,
    is_public: bool,
    audience: Option<String>,
    waived: bool,
    cancellation_notice_minutes: i32,
    cancelled_late: Option<bool>,
    expires_at: Option<Instant>,
    released_at: Option<Instant>,
    change: Option<String>,
    sequence: i32,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
    quote: Option<String>,
    event_description: Option<String>,
    event_link: Option<String>,
    on_confirm: Option<String>,
    #[diesel(embed)]
    presence: presence::Row,
    series_id: Option<SeriesId>,
    recurrence_id: Option<String>,
    changed_alone: bool,
    kept_fee: Option<i64>,
    kept_fee_currency: Option<String>,
    equipment: Option<String>,
    #[diesel(embed)]
    reminder: reminders::Row,
    #[diesel(embed)]
    settled: settled::Row,
    cancelled_by: Option<String>,
}

impl TryFrom<Row> for Reservation {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let corrupt = |what: &str, error: &dyn std::fmt::Display| StoreError::corrupt(what, error);
        let change = row.change.as_deref().map(serde_json::from_str).transpose();
        let audience = row.audience.as_deref().map(str::parse).transpose();
        let quote = row.quote.as_deref().map(serde_json::from_str).transpose();
        let on_confirm = row.on_confirm.as_deref().map(str::parse).transpose();
        let equipment = row.equipment.as_deref().map(serde_json::from_str).transpose();
        let cancelled_by = row.cancelled_by.as_deref().map(str::parse).transpose();
        Ok(Self {
            id: row.id,
            place: Place { network: row.network_id, venue: row.venue_id },
            space: row.space_id,
            status: row.status.parse().map_err(|e| corrupt("status", &e))?,
            interval: Interval::new(row.starts_at, row.ends_at)
                .ok_or_else(|| corrupt("reservation", &"it ends before it starts"))?,
            buffers: Buffers {
                setup_minutes: count(row.setup_minutes)?,
                teardown_minutes: count(row.teardown_minutes)?,
            },
            quantity: count(row.quantity)?,
            title: row.title,
            purpose: row.purpose.parse().map_err(|e| corrupt("purpose", &e))?,
            attendees: row.attendees.map(count).transpose()?,
            headcount: row.headcount.map(count).transpose()?,
            layout: row.layout_id,
            organiser: row.organiser_id,
            organisation: row.organisation_id,
            made_by: row.made_by,
            notes: row.notes,
            internal_notes: row.internal_notes,
            is_public: row.is_public,
            audience: audience.map_err(|e| corrupt("audience", &e))?,
            waived: row.waived,
            cancellation_notice_minutes: count(row.cancellation_notice_minutes)?,
            cancelled_late: row.cancelled_late,
            expires_at: row.expires_at,
            released_at: row.released_at,
            change: change.map_err(|e| corrupt("change", &e))?,
            quote: quote.map_err(|e| corrupt("quote", &e))?,
            sequence: count(row.sequence)?,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            event_description: row.event_description,
            event_link: row.event_link,
            on_confirm: on_confirm.map_err(|e| corrupt("on_confirm", &e))?,
            presence: row.presence.read()?,
            belongs: belongs(row.series_id, row.recurrence_id.as_deref(), row.changed_alone)?,
            kept_fee: money::read(row.kept_fee, row.kept_fee_currency.as_deref())?,
            equipment: equipment.map_err(|e| corrupt("equipment", &e))?.unwrap_or_default(),
            reminder: row.reminder.read()?,
            settled: row.settled.read()?,
            cancelled_by: cancelled_by.map_err(|e| corrupt("cancelled_by", &e))?,
        })
    }
}

impl TryFrom<&Reservation> for Row {
    type Error = StoreError;

    fn try_from(r: &Reservation) -> Result<Self, StoreError> {
        let change = r.change.as_ref().map(serde_json::to_string).transpose();
        let quote = r.quote.as_ref().map(serde_json::to_string).transpose();
        let equipment = Some(&r.equipment).filter(|all| !all.is_empty());
        let equipment = equipment.map(serde_json::to_string).transpose();
        Ok(Self {
            id: r.id,
            network_id: r.place.network,
            venue_id: r.place.venue,
            space_id: r.space,
            status: r.status.to_string(),
            starts_at: r.interval.start(),
            ends_at: r.interval.end(),
            setup_minutes: column(r.buffers.setup_minutes),
            teardown_minutes: column(r.buffers.teardown_minutes),
            quantity: column(r.quantity),
            title: r.title.clone(),
            purpose: r.purpose.to_string(),
            attendees: r.attendees.map(column),
            headcount: r.headcount.map(column),
            layout_id: r.layout,
            organiser_id: r.organiser,
            organisation_id: r.organisation,
            made_by: r.made_by,
            notes: r.notes.clone(),
            internal_notes: r.internal_notes.clone(),
            is_public: r.is_public,
            audience: r.audience.map(|audience| audience.to_string()),
            waived: r.waived,
            cancellation_notice_minutes: column(r.cancellation_notice_minutes),
            cancelled_late: r.cancelled_late,
            expires_at: r.expires_at,
            released_at: r.released_at,
            change: change.map_err(|e| StoreError::corrupt("change", e))?,
            sequence: column(r.sequence),
            version: r.version,
            created_at: r.created_at,
            updated_at: r.updated_at,
            quote: quote.map_err(|e| StoreError::corrupt("quote", e))?,
            event_description: r.event_description.clone(),
            event_link: r.event_link.clone(),
            on_confirm: r.on_confirm.map(|status| status.to_string()),
            presence: presence::Row::of(r),
            series_id: r.belongs.map(|belongs| belongs.series),
            recurrence_id: r.belongs.map(|belongs| civil_text(belongs.original)),
            changed_alone: r.belongs.is_some_and(|belongs| belongs.changed),
            kept_fee: r.kept_fee.map(|fee| fee.minor),
            kept_fee_currency: r.kept_fee.map(|fee| fee.currency.to_string()),
            equipment: equipment.map_err(|e| StoreError::corrupt("equipment", e))?,
            reminder: reminders::Row::of(r),
            settled: settled::Row::of(r.settled),
            cancelled_by: r.cancelled_by.map(|by| by.to_string()),
        })
    }
}

/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx, reservation: &Reservation) -> Result<(), StoreError> {
    let row = Row::try_from(reservation)?;
    diesel::insert_into(reservations::table).values(row).execute(&mut tx.connection)?;
    Ok(())
}

/// Writes all columns; the caller holds `locks::reservation` and has raised the version. A series shows its
/// reservations, so its version is raised too.
///
/// # Errors
/// When the database fails.
pub fn update(tx: &mut WriteTx, reservation: &Reservation) -> Result<(), StoreError> {
    let row = Row::try_from(reservation)?;
    diesel::update(reservations::table.find(reservation.id)).set(row).execute(&mut tx.connection)?;
    reservation.belongs.map_or(Ok(()), |belongs| series::touch(tx, belongs.series))
}

/// Replaces what a person wrote on their reservations: their titles by `title`, all else by nothing. What was
/// a public event has nothing left to say to all, so it is none any more.
///
/// # Errors
/// When the database fails.
pub fn forget_words(
    tx: &mut WriteTx,
    organiser: UserId,
    title: &str,
    now: Instant,
) -> Result<(), StoreError> {
    diesel::update(reservations::table.filter(reservations::organiser_id.eq(organiser)))
        .set((
            reservations::title.eq(title),
            reservations::notes.eq(None::<String>),
            reservations::internal_notes.eq(None::<String>),
            reservations::is_public.eq(false),
            reservations::event_description.eq(None::<String>),
            reservations::event_link.eq(None::<String>),
            reservations::version.eq(reservations::version + 1),
            reservations::updated_at.eq(now),
        ))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx, id: ReservationId) -> Result<Option<Reservation>, StoreError> {
    let row = reservations::table.find(id).select(Row::as_select()).first(&mut tx.connection);
    row.optional()?.map(Reservation::try_from).transpose()
}

/// # Errors
/// When the database fails.
pub fn find_all(tx: &mut ReadTx, ids: &[ReservationId]) -> Result<Vec<Reservation>, StoreError> {
    let rows = reservations::table
        .filter(reservations::id.eq_any(ids.to_vec()))
        .order((reservations::starts_at, reservations::id))
        .select(Row::as_select())
        .load(&mut tx.connection)?;
    rows.into_iter().map(Reservation::try_from).collect()
}

/// What occupies and begins after `now` in a venue, or in one of its spaces, by start, and what is under way
/// and asks for a change: what a change of its configuration may meet. Exact under `locks::edit_venue`.
///
/// # Errors
/// When the database fails.
pub fn ahead(
    tx: &mut ReadTx,
    venue: VenueId,
    space: Option<SpaceId>,
    now: Instant,
) -> Result<Vec<Reservation>, StoreError> {
    let active = Status::ALL.iter().filter(|status| status.occupies()).map(|status| status.as_str());
    let mut query = reservations::table
        .filter(reservations::venue_id.eq(venue).and(reservations::ends_at.gt(now)))
        .filter(reservations::starts_at.gt(now).or(reservations::change.is_not_null()))
        .filter(reservations::status.eq_any(active.collect::<Vec<_>>()))
        .filter(not_run_out(now))
        .into_boxed();
    if let Some(space) = space {
        query = query.filter(reservations::space_id.eq(space));
    }
    query
        .order((reservations::starts_at, reservations::id))
        .select(Row::as_select())
        .load(&mut tx.connection)?
        .into_iter()
        .map(Reservation::try_from)
        .collect()
}

/// The same of those of other spaces that ask to come to this one.
///
/// # Errors
/// When the database fails.
pub fn wishing(
    tx: &mut ReadTx,
    venue: VenueId,
    space: SpaceId,
    now: Instant,
) -> Result<Vec<Reservation>, StoreError> {
    let mut all = ahead(tx, venue, None, now)?;
    all.retain(|reservation| reservation.wished_space() == Some(space));
    Ok(all)
}

/// The same of those that have equipment of the pool, or ask for it.
///
/// # Errors
/// When the database fails.
pub fn ahead_with(
    tx: &mut ReadTx,
    venue: VenueId,
    pool: SpaceId,
    now: Instant,
) -> Result<Vec<Reservation>, StoreError> {
    let mut all = ahead(tx, venue, None, now)?;
    all.retain(|reservation| reservation.pools().any(|space| space == pool));
    Ok(all)
}

/// Those of the people for whom there ever was a reservation at the venue, and whether they made one themselves.
///
/// # Errors
/// When the database fails.
pub fn organisers_at(
    tx: &mut ReadTx,
    venue: VenueId,
    people: &[UserId],
) -> Result<BTreeMap<UserId, bool>, StoreError> {
    let rows = reservations::table
        .filter(reservations::organiser_id.eq_any(people.to_vec()).and(reservations::venue_id.eq(venue)))
        .select((reservations::organiser_id, reservations::made_by))
        .distinct()
        .load::<(UserId, UserId)>(&mut tx.connection)?;
    let mut organisers = BTreeMap::new();
    for (organiser, made_by) in rows {
        *organisers.entry(organiser).or_default() |= organiser == made_by;
    }
    Ok(organisers)
}

/// Whether anybody ever reserved in a network, or in one of its venues.
///
/// # Errors
/// When the database fails.
pub fn any_in(tx: &mut ReadTx, network: NetworkId, venue: Option<VenueId>) -> Result<bool, StoreError> {
    let mut query = reservations::table.filter(reservations::network_id.eq(network)).into_boxed();
    if let Some(venue) = venue {
        query = query.filter(reservations::venue_id.eq(venue));
    }
    let first = query.select(reservations::id).first::<ReservationId>(&mut tx.connection);
    Ok(first.optional()?.is_some())
}
