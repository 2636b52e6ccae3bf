//! A reservation as its readers see it.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    equipment::EquipmentView, event::EventWords, series::view::BelongsView, settle::SettledView, slot::wished,
};
use crate::{
    app::{
        App,
        error::Error,
        guests::{Organisers, Whose},
        version::Versioned,
    },
    domain::{
        access::Actor,
        ids::{LayoutId, OrganisationId, ReservationId, SpaceId, UnitId, UserId, VenueId},
        places::Configuration,
        policy::Audience,
        record::{Holder, Reservation},
        reservation::{Purpose, Status},
        seen::Seen,
        tariff::{Money, Quote},
        zone::Zone,
    },
    store::{db::ReadTx, occupancies, people},
};

/// A reservation as its organiser, their organisation and the venue's staff see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Reservation)]
pub struct ReservationView {
    pub id: ReservationId,
    pub space_id: SpaceId,
    pub venue_id: VenueId,
    /// Empty once nothing is occupied any more.
    pub unit_ids: Vec<UnitId>,
    pub quantity: u32,
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    pub status: Status,
    pub title: String,
    pub purpose: Purpose,
    pub attendees: Option<u32>,
    /// People counted.
    pub headcount: Option<u32>,
    pub layout: Option<LayoutId>,
    pub organiser: OrganiserView,
    pub organisation_id: Option<OrganisationId>,
    /// Under whose rules it was made: `staff`, `cci`, `member` or `public`; null of the oldest ones.
    pub audience: Option<Audience>,
    pub notes: Option<String>,
    /// Present for staff of the venue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub internal_notes: Option<String>,
    /// Whether it is a public event: `GET /events` shows it to all while it stands.
    pub public: bool,
    /// What all read about the event besides its title; null unless it is public.
    pub event: Option<EventWords>,
    pub setup_minutes: u32,
    pub teardown_minutes: u32,
    /// Staff went beyond a limit.
    pub waived: bool,
    /// As it was quoted when it was made or moved; null where the space asked for nothing.
    pub price: Option<Quote>,
    /// When a request (or a requested change) expires unless it is decided.
    #[schema(format = DateTime)]
    pub decide_by: Option<String>,
    /// When a hold gives its slot back unless it is confirmed.
    #[schema(format = DateTime)]
    pub hold_expires_at: Option<String>,
    #[schema(format = DateTime)]
    pub released_at: Option<String>,
    /// Once confirmed, cancelling later than this counts as late; its start where the venue asks for no notice.
    #[schema(format = DateTime)]
    pub cancel_by: String,
    /// What cancelling later than that would cost, gross; null where nothing, or once it is over or given up.
    pub late_cancellation_fee: Option<Money>,
    /// Whether it was cancelled after the notice.
    pub cancelled_late: Option<bool>,
    /// What not coming costs, gross: cancelled late or after a late change, or a no-show; null where nothing is owed
    /// for that.
    pub cancellation_fee: Option<Money>,
    /// What cancelling costs at least, whenever: its guest changed it when cancelling would have cost this.
    pub kept_fee: Option<Money>,
    /// What of that is owed besides the price even if it takes place, for what was given up; null where nothing, or
    /// once `cancellation_fee` has it.
    pub change_fee: Option<Money>,
    /// Whether and when to check in.
    pub check_in: CheckInView,
    #[schema(format = DateTime)]
    pub checked_in_at: Option<String>,
    #[schema(format = DateTime)]
    pub checked_out_at: Option<String>,
    /// When staff took a no-show back.
    #[schema(format = DateTime)]
    pub reinstated_at: Option<String>,
    /// How to get in: while it is confirmed or going on, for its organiser and staff of the venue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_instructions: Option<String>,
    /// A move that waits for approval; the slot above stays until then.
    pub change: Option<ChangeView>,
    #[schema(format = DateTime)]
    pub created_at: String,
    /// The series that it is an occurrence of.
    pub series: Option<BelongsView>,
    /// What it has besides of the venue's pools of equipment.
    pub equipment: Vec<EquipmentView>,
    /// What was paid or forgiven of `cancellation_fee` or `change_fee`; null where nothing is owed, or settled.
    pub fee_settled: Option<SettledView>,
    pub version: i64,
}

/// The rules of checking in, as they were when it was made.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CheckIn)]
pub struct CheckInView {
    /// Whether the rest of the time is given back where nobody does.
    pub required: bool,
    /// From then on it is possible, to the end.
    #[schema(format = DateTime)]
    pub opens_at: String,
    /// From then on the rest may be given back; null where check-in is not required.
    #[schema(format = DateTime)]
    pub no_show_at: Option<String>,
}

/// Who organises it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Organiser)]
pub struct OrganiserView {
    pub id: UserId,
    pub name: String,
    /// Present for staff of the venue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A move that waits for approval.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = RequestedChange)]
pub struct ChangeView {
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    pub quantity: u32,
    pub attendees: Option<u32>,
    pub layout: Option<LayoutId>,
    pub unit_ids: Vec<UnitId>,
    /// What it would cost, as it was quoted when it was asked for.
    pub price: Option<Quote>,
    /// What cancelling would cost at least, and what would be owed besides the price, as the reservation's own.
    pub kept_fee: Option<Money>,
    pub change_fee: Option<Money>,
    #[schema(format = DateTime)]
    pub expires_at: String,
    pub equipment: Vec<EquipmentView>,
    /// Where it would be: the reservation's space, or another of the venue.
    pub space_id: SpaceId,
}

impl Versioned for ReservationView {
    fn version(&self) -> i64 {
        self.version
    }
}

impl CheckInView {
    fn of(reservation: &Reservation, zone: Zone) -> Self {
        let (rules, interval) = (reservation.presence.rules, reservation.interval);
        Self {
            required: rules.required,
            opens_at: zone.show(rules.opens_at(interval)),
            no_show_at: reservation.no_show_at().map(|at| zone.show(at)),
        }
    }
}

impl ChangeView {
    fn new(reservation: &Reservation, zone: Zone) -> Option<Self> {
        let change = reservation.change.as_ref()?;
        let interval = change.interval()?;
        let wished = wished(reservation, change);
        Some(Self {
            starts_at: zone.show(interval.start()),
            ends_at: zone.show(interval.end()),
            quantity: change.quantity,
            attendees: change.attendees,
            layout: change.layout,
            unit_ids: change.units.clone(),
            price: change.quote.clone(),
            kept_fee: wished.kept_fee,
            change_fee: wished.change_fee(),
            expires_at: zone.show(change.expires_at()),
            equipment: EquipmentView::all(&change.equipment),
            space_id: wished.space,
        })
    }
}

/// One reservation for `actor`, who may see it.
pub(super) fn view(
    reservation: &Reservation,
    units: Vec<UnitId>,
    organiser: Option<&people::Contact>,
    configuration: &Configuration,
    actor: &Actor,
) -> ReservationView {
    let zone = configuration.zone();
    let staff = actor.is_staff_of(reservation.place.venue);
    let show = |at| zone.show(at);
    let held = reservation.status == Status::Held;
    ReservationView {
        id: reservation.id,
        space_id: reservation.space,
        venue_id: reservation.place.venue,
        unit_ids: units,
        quantity: reservation.quantity,
        starts_at: show(reservation.interval.start()),
        ends_at: show(reservation.interval.end()),
        status: reservation.status,
        title: reservation.title.clone(),
        purpose: reservation.purpose,
        attendees: reservation.attendees,
        headcount: reservation.headcount,
        layout: reservation.layout,
        organiser: OrganiserView {
            id: reservation.organiser,
            name: organiser.map(|contact| contact.name.clone()).unwrap_or_default(),
            email: organiser.filter(|_| staff).map(|contact| contact.email.clone()),
        },
        organisation_id: reservation.organisation,
        audience: reservation.audience,
        notes: reservation.notes.clone(),
        internal_notes: reservation.internal_notes.clone().filter(|_| staff),
        public: reservation.is_public,
        event: EventWords::of(reservation),
        setup_minutes: reservation.buffers.setup_minutes,
        teardown_minutes: reservation.buffers.teardown_minutes,
        waived: reservation.waived,
        price: reservation.quote.clone(),
        decide_by: reservation.expires_at.filter(|_| !held).map(show),
        hold_expires_at: reservation.expires_at.filter(|_| held).map(show),
        released_at: reservation.released_at.map(show),
        cancel_by: show(reservation.cancel_by()),
        late_cancellation_fee: reservation.late_cancellation_fee(),
        cancelled_late: reservation.cancelled_late,
        cancellation_fee: reservation.fee(),
        kept_fee: reservation.kept_fee,
        change_fee: reservation.change_fee(),
        check_in: CheckInView::of(reservation, zone),
        checked_in_at: reservation.presence.checked_in_at.map(show),
        checked_out_at: reservation.presence.checked_out_at.map(show),
        reinstated_at: reservation.presence.reinstated_at.map(show),
        access_instructions: access_instructions(reservation, configuration, actor),
        change: ChangeView::new(reservation, zone),
        created_at: show(reservation.created_at),
        series: BelongsView::of(reservation),
        equipment: EquipmentView::all(&reservation.equipment),
        fee_settled: SettledView::of(reservation, zone),
        version: reservation.version,
    }
}

/// Whoever was here last year need not know today's door code, nor who is not let in yet.
fn access_instructions(
    reservation: &Reservation,
    configuration: &Configuration,
    actor: &Actor,
) -> Option<String> {
    let stands = matches!(reservation.status, Status::Confirmed | Status::CheckedIn);
    let organiser = actor.person().is_some_and(|person| person.id == reservation.organiser);
    let told = stands && (organiser || actor.is_staff_of(reservation.place.venue));
    configuration.venue.access_instructions.clone().filter(|_| told)
}

/// The units of its space that a reservation's own slot takes, from its occupancies.
///
/// # Errors
/// When the database fails.
pub(crate) fn units_of(tx: &mut ReadTx, reservation: &Reservation) -> Result<Vec<UnitId>, Error> {
    let rows = occupancies::of_holder(tx, Holder::Reservation(reservation.id))?;
    Ok(own_units(reservation, rows.iter().map(|row| row.unit)))
}

pub(super) fn own_units(reservation: &Reservation, rows: impl Iterator<Item = UnitId>) -> Vec<UnitId> {
    if let Some(change) = &reservation.change {
        return change.own_units.clone();
    }
    let mut units: Vec<UnitId> = rows.filter(|&unit| !reservation.has_as_equipment(unit)).collect();
    units.sort_unstable();
    units.dedup();
    units
}

/// Loads what the views of many reservations need, in few queries. A hold that ran out is shown as expired, be it
/// that no job has noticed.
///
/// # Errors
/// When the database fails.
pub(in crate::app) fn views(
    tx: &mut ReadTx,
    app: &App,
    reservations: &[Reservation],
    actor: &Actor,
) -> Result<Vec<ReservationView>, Error> {
    let ids: Vec<ReservationId> = reservations.iter().map(|reservation| reservation.id).collect();
    let mut taken: HashMap<ReservationId, Vec<UnitId>> = HashMap::new();
    for row in occupancies::of_reservations(tx, &ids)? {
        if let Holder::Reservation(id) = row.holder {
            taken.entry(id).or_default().push(row.unit);
        }
    }
    let whose: Vec<Whose> = reservations.iter().map(Whose::from).collect();
    let organisers = Organisers::load(tx, &whose, actor)?;
    note(app, actor, reservations);
    let now = app.now();
    let mut views = Vec::with_capacity(reservations.len());
    for reservation in reservations {
        let configuration = configuration(tx, app, reservation.space)?;
        let reservation = reservation.clone().at(now);
        let occupies = reservation.status != Status::Expired;
        let rows = taken.remove(&reservation.id).into_iter().flatten().filter(|_| occupies);
        let organiser = organisers.of((&reservation).into(), actor);
        let units = own_units(&reservation, rows);
        views.push(view(&reservation, units, organiser.as_ref(), &configuration, actor));
    }
    Ok(views)
}

/// Who decides for a venue was shown who organises these.
pub(in crate::app) fn note(app: &App, actor: &Actor, reservations: &[Reservation]) {
    let Some(person) = actor.person() else { return };
    for one in reservations.iter().filter(|one| person.decides_for(one.place.venue)) {
        app.views.note(app, actor, Seen::Reservations, Some(one.place.venue), [one.organiser]);
    }
}

/// The configuration of a space that is known to exist.
///
/// # Errors
/// `Broken` when it does not.
pub(super) fn configuration(
    tx: &mut ReadTx,
    app: &App,
    space: SpaceId,
) -> Result<std::sync::Arc<Configuration>, Error> {
    app.configurations
        .get(tx, space)?
        .ok_or_else(|| Error::Broken(format!("a reservation of {space}, which does not exist")))
}
