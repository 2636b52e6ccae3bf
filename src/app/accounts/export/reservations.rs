//! The reservations and series of an export.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{
        error::Error,
        reservations::{EquipmentView, EventWords, SettledView, series::view::BelongsView},
    },
    domain::{
        ids::{OrganisationId, ReservationId, SeriesId, SpaceId, UserId, VenueId},
        instant::Instant,
        policy::Audience,
        record::Reservation,
        reservation::{Purpose, Status},
        tariff::{Money, Quote},
        zone::Zone,
    },
    store::{
        db::ReadTx,
        places,
        reservations::{self, Shown, Wanted},
        series,
    },
};

/// Reservations read at a time.
const BATCH: i64 = 500;

/// A reservation one organised.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnReservation {
    pub id: ReservationId,
    pub space_id: SpaceId,
    pub venue_id: VenueId,
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    pub status: Status,
    pub title: String,
    pub purpose: Purpose,
    pub attendees: Option<u32>,
    pub headcount: Option<u32>,
    #[schema(format = DateTime)]
    pub checked_in_at: Option<String>,
    #[schema(format = DateTime)]
    pub checked_out_at: Option<String>,
    /// From then on the rest was given back.
    #[schema(format = DateTime)]
    pub released_at: Option<String>,
    pub organisation_id: Option<OrganisationId>,
    /// Under whose rules it was made.
    pub audience: Option<Audience>,
    pub notes: Option<String>,
    /// What the venue's staff noted.
    pub internal_notes: Option<String>,
    pub price: Option<Quote>,
    /// What it costs since it was cancelled late, or nobody came.
    pub cancellation_fee: Option<Money>,
    /// What cancelling costs at least, after a change that would have made it cheaper.
    pub kept_fee: Option<Money>,
    /// What a late change of it costs besides.
    pub change_fee: Option<Money>,
    /// What was paid or forgiven of these.
    pub fee_settled: Option<SettledView>,
    pub public: bool,
    /// What all read about the event besides its title; null unless it is public.
    pub event: Option<EventWords>,
    #[schema(format = DateTime)]
    pub created_at: String,
    /// The series that it is an occurrence of.
    pub series: Option<BelongsView>,
    /// What it has besides of the venue's pools of equipment.
    pub equipment: Vec<EquipmentView>,
}

/// A series one organised; its reservations name it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnSeries {
    pub id: SeriesId,
    pub title: String,
    pub rrule: String,
    /// Local dates on which nothing of it is.
    #[schema(value_type = Vec<String>, format = Date)]
    pub exdates: Vec<chrono::NaiveDate>,
    /// Of the first occurrence of the rule.
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    pub organisation_id: Option<OrganisationId>,
    #[schema(format = DateTime)]
    pub created_at: String,
}

/// Those one organised, at a venue or anywhere, by their start.
pub(super) fn organised(
    tx: &mut ReadTx,
    user: UserId,
    venue: Option<VenueId>,
    now: Instant,
) -> Result<Vec<OwnReservation>, Error> {
    let mut zones = BTreeMap::new();
    let mut views = Vec::new();
    for reservation in all(tx, user, venue, now)? {
        let zone = zone(tx, &mut zones, reservation.place.venue)?;
        views.push(view(reservation.at(now), zone));
    }
    Ok(views)
}

/// The reservations themselves.
pub(super) fn all(
    tx: &mut ReadTx,
    user: UserId,
    venue: Option<VenueId>,
    now: Instant,
) -> Result<Vec<Reservation>, Error> {
    let wanted = Wanted {
        shown: Shown::Of(Some(user)),
        from: None,
        to: None,
        by_zone: Vec::new(),
        space: None,
        pool_of: None,
        venue,
        statuses: Vec::new(),
        now,
    };
    let mut found = Vec::new();
    let mut after: Option<(Instant, ReservationId)> = None;
    loop {
        let batch = reservations::list(tx, &wanted, after, BATCH)?;
        let Some(last) = batch.last() else { return Ok(found) };
        after = Some((last.interval.start(), last.id));
        found.extend(batch);
    }
}

fn zone(tx: &mut ReadTx, known: &mut BTreeMap<VenueId, Zone>, venue: VenueId) -> Result<Zone, Error> {
    if let Some(zone) = known.get(&venue) {
        return Ok(*zone);
    }
    let zone = places::venue(tx, venue)?.ok_or(Error::NOT_FOUND)?.zone;
    known.insert(venue, zone);
    Ok(zone)
}

fn view(reservation: Reservation, zone: Zone) -> OwnReservation {
    OwnReservation {
        series: BelongsView::of(&reservation),
        equipment: EquipmentView::all(&reservation.equipment),
        cancellation_fee: reservation.fee(),
        kept_fee: reservation.kept_fee,
        change_fee: reservation.change_fee(),
        fee_settled: SettledView::of(&reservation, zone),
        public: reservation.is_public,
        event: EventWords::of(&reservation),
        id: reservation.id,
        space_id: reservation.space,
        venue_id: reservation.place.venue,
        starts_at: zone.show(reservation.interval.start()),
        ends_at: zone.show(reservation.interval.end()),
        status: reservation.status,
        title: reservation.title,
        purpose: reservation.purpose,
        attendees: reservation.attendees,
        headcount: reservation.headcount,
        checked_in_at: reservation.presence.checked_in_at.map(|at| zone.show(at)),
        checked_out_at: reservation.presence.checked_out_at.map(|at| zone.show(at)),
        released_at: reservation.released_at.map(|at| zone.show(at)),
        organisation_id: reservation.organisation,
        audience: reservation.audience,
        notes: reservation.notes,
        internal_notes: reservation.internal_notes,
        price: reservation.quote,
        created_at: zone.show(reservation.created_at),
    }
}

/// The series one organised, at a venue or anywhere.
pub(super) fn repeated(
    tx: &mut ReadTx,
    user: UserId,
    venue: Option<VenueId>,
) -> Result<Vec<OwnSeries>, Error> {
    let wanted = series::Wanted { user: Some(user), venue, ..series::Wanted::default() };
    let (mut views, mut after) = (Vec::new(), None);
    loop {
        let batch = series::list(tx, &wanted, after, BATCH)?;
        let Some(last) = batch.last() else { return Ok(views) };
        after = Some(last.id);
        views.extend(batch.into_iter().map(|series| {
            let (zone, first) = (series.zone, series.times.interval(series.zone));
            OwnSeries {
                id: series.id,
                rrule: series.rule.to_string(),
                starts_at: zone.show(first.start()),
                ends_at: zone.show(first.end()),
                organisation_id: series.organisation,
                created_at: zone.show(series.created_at),
                title: series.title,
                exdates: series.exdates,
            }
        }));
    }
}
