//! A request for a slot: as it is sent, and resolved against the space it is for.

use std::sync::Arc;

use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    claimant::Claimant,
    equipment::{NewEquipment, Wanted},
    event::{EventChange, NewEvent},
};
use crate::{
    app::{
        error::{Error, FieldError},
        patch::Field,
    },
    domain::{
        access::{Actor, Person},
        decision::Booker,
        given::given,
        ids::{LayoutId, OrganisationId, ReservationId, SpaceId, UnitId, VenueId},
        instant::{Instant, Interval},
        person::{EmailAddress, PersonName, Phone},
        places::Configuration,
        policy::Effective,
        record::Reservation,
        reservation::{Purpose, Status},
        space::{Allocation, Buffers, Layout},
        tariff::ChosenExtra,
        text::{Line, Prose},
        zone::{DateOrTime, TimeInput},
    },
};

/// The most units or people a request may name; more is a mistake.
const MOST: u32 = 100_000;
/// Where a body has its times.
pub(crate) const IN_BODY: (&str, &str) = ("/starts_at", "/ends_at");

/// A reservation to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReservation {
    pub space_id: SpaceId,
    /// A time; in a space booked by days or nights also a local date: the first day, or the date of arrival.
    pub starts_at: DateOrTime,
    /// A time; in a space booked by days or nights also a local date: the last day, which is included, or the date of
    /// departure.
    pub ends_at: DateOrTime,
    #[schema(example = "Team meeting")]
    pub title: Line<200>,
    pub purpose: Purpose,
    /// How many people come.
    #[schema(minimum = 0, maximum = 100_000)]
    pub attendees: Option<u32>,
    /// Units of a space allocated by `each`; 1 where nothing is said.
    #[schema(minimum = 1, maximum = 100_000)]
    pub quantity: Option<u32>,
    /// Certain units, as many as `quantity`; else the service chooses.
    pub unit_ids: Option<Vec<UnitId>>,
    pub layout: Option<LayoutId>,
    /// One of the booker's organisations.
    pub organisation_id: Option<OrganisationId>,
    pub notes: Option<Prose<2000>>,
    /// Whether it is a public event: once it is confirmed, its title is shown to all.
    pub public: Option<bool>,
    /// What is wanted besides the space, by the names of its tariff.
    #[schema(max_items = 100)]
    pub extras: Option<Vec<ChosenExtra>>,
    /// What all read about it besides; only where it is public.
    pub event: Option<NewEvent>,
    /// For whom staff reserve; an account is made where the address has none.
    pub organiser: Option<Guest>,
    /// Seen by staff alone.
    pub internal_notes: Option<Prose<2000>>,
    /// Only keep the slot for the policy's minutes, till it is confirmed.
    pub hold: Option<bool>,
    /// What is wanted besides of the venue's pools of equipment: all of it and the space, or nothing.
    #[schema(max_items = 10)]
    pub equipment: Option<Vec<NewEquipment>>,
}

/// A person for whom staff reserve.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Guest {
    pub name: PersonName,
    #[schema(value_type = String, format = Email)]
    pub email: EmailAddress,
    #[schema(value_type = Option<String>)]
    pub phone: Option<Phone>,
}

/// What changes of a reservation (RFC 7396).
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReservationChange {
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub starts_at: Option<DateOrTime>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub ends_at: Option<DateOrTime>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub title: Option<Line<200>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub purpose: Option<Purpose>,
    #[serde(default)]
    #[schema(value_type = Option<u32>, minimum = 0, maximum = 100_000)]
    pub attendees: Field<u32>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false, minimum = 1, maximum = 100_000)]
    pub quantity: Option<u32>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub unit_ids: Option<Vec<UnitId>>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub layout: Field<LayoutId>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub notes: Field<Prose<2000>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub public: Option<bool>,
    /// Those wanted from now on; whatever changes of them is priced by the tariff as it is now.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false, max_items = 100)]
    pub extras: Option<Vec<ChosenExtra>>,
    /// What all read about it besides; null takes it back, and so does `public: false`.
    #[serde(default)]
    #[schema(value_type = Option<EventChange>)]
    pub event: Field<EventChange>,
    /// Staff alone.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub internal_notes: Field<Prose<2000>>,
    /// All that is wanted besides from now on; an empty list gives it back.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false, max_items = 10)]
    pub equipment: Option<Vec<NewEquipment>>,
    /// Another space of the venue, before it has begun: what is asked for there is judged, priced and cancelled by that
    /// space's rules. The layout does not go along, nor do units.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub space_id: Option<SpaceId>,
}

impl ReservationChange {
    /// Whether it says anything about space, time, units, people, layout or equipment.
    pub(super) fn names_a_slot(&self) -> bool {
        self.starts_at.is_some()
            || self.ends_at.is_some()
            || self.quantity.is_some()
            || self.unit_ids.is_some()
            || !self.attendees.is_absent()
            || !self.layout.is_absent()
            || self.equipment.is_some()
            || self.space_id.is_some()
    }
}

/// A request, resolved: what is asked of which space, by whom.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub configuration: Arc<Configuration>,
    pub interval: Interval,
    pub quantity: u32,
    pub units: Option<Vec<UnitId>>,
    pub layout: Option<Layout>,
    /// The space's or the layout's; of a reservation whose layout stays, as they were when it was made.
    pub buffers: Buffers,
    pub attendees: Option<u32>,
    /// Who asks.
    pub booker: Booker,
    /// For whom, and whose prices count.
    pub claimant: Claimant,
    /// The reservation that would be changed.
    pub own: Option<ReservationId>,
    pub extras: Vec<ChosenExtra>,
    /// Whether the extras stand in the request, or were chosen before.
    pub names_extras: bool,
    /// Whether the slot is only to be held.
    pub hold: bool,
    /// Each pool once; [`Request::equipped`] fills it.
    pub equipment: Vec<Wanted>,
    /// Whether the equipment stands in the request, or was taken before.
    pub names_equipment: bool,
    /// Whether it is of another space than the reservation that would be changed.
    pub elsewhere: bool,
}

impl Request {
    /// # Errors
    /// `invalid` for times that don't exist or are reversed, foreign units or layouts, absurd numbers.
    pub fn of_new(
        new: &NewReservation,
        configuration: Arc<Configuration>,
        actor: &Actor,
        claimant: Claimant,
    ) -> Result<Self, Error> {
        let interval = interval((new.starts_at, new.ends_at), IN_BODY, &configuration)?;
        let layout = layout(&configuration, new.layout, None)?;
        let units = new.unit_ids.as_deref();
        let quantity = quantity(&configuration, new.quantity, units)?;
        check_units(&configuration, quantity, units)?;
        Ok(Self {
            interval,
            quantity,
            units: new.unit_ids.clone(),
            buffers: configuration.space.buffers(layout.as_ref()),
            layout,
            attendees: attendees(new.attendees)?,
            booker: booker(actor, configuration.venue.id),
            claimant,
            own: None,
            extras: new.extras.clone().unwrap_or_default(),
            names_extras: true,
            hold: new.hold.unwrap_or(false),
            equipment: Vec::new(),
            names_equipment: true,
            elsewhere: false,
            configuration,
        })
    }

    /// The reservation as it would be after `change`.
    ///
    /// # Errors
    /// As [`Self::of_new`].
    pub fn of_change(
        change: &ReservationChange,
        reservation: &Reservation,
        configuration: Arc<Configuration>,
        actor: &Actor,
        claimant: Claimant,
    ) -> Result<Self, Error> {
        let old = reservation.interval;
        let starts_at = change.starts_at.unwrap_or(old.start().into());
        let ends_at = change.ends_at.unwrap_or(old.end().into());
        let stays = configuration.space.id == reservation.space;
        let own_layout = reservation.layout.filter(|_| stays);
        let layout = layout(&configuration, change.layout.clone().apply(own_layout), own_layout)?;
        let units = change.unit_ids.as_deref();
        // As many as before, where there are some to be counted.
        let counted = stays || configuration.space.allocation == Allocation::Each;
        let asked = change.quantity.or((units.is_none() && counted).then_some(reservation.quantity));
        let quantity = quantity(&configuration, asked, units)?;
        check_units(&configuration, quantity, units)?;
        let same_layout = layout.as_ref().map(|layout| layout.id) == reservation.layout;
        let buffers = if stays && same_layout {
            reservation.buffers
        } else {
            configuration.space.buffers(layout.as_ref())
        };
        Ok(Self {
            interval: interval((starts_at, ends_at), IN_BODY, &configuration)?,
            quantity,
            units: change.unit_ids.clone(),
            buffers,
            layout,
            attendees: attendees(change.attendees.clone().apply(reservation.attendees))?,
            booker: booker(actor, configuration.venue.id),
            claimant,
            own: Some(reservation.id),
            extras: change.extras.clone().unwrap_or_else(|| chosen(reservation)),
            names_extras: change.extras.is_some(),
            hold: reservation.status == Status::Held,
            equipment: Vec::new(),
            names_equipment: false,
            elsewhere: !stays,
            configuration,
        })
    }

    /// What holds for whom it is for.
    pub fn effective(&self) -> Effective {
        self.configuration.effective(&self.claimant.audiences(self.configuration.place()))
    }

    /// Set-up and tear-down included.
    pub fn occupied(&self) -> Interval {
        self.buffers.around(self.interval)
    }

    pub fn capacity(&self) -> u32 {
        self.configuration.space.capacity_of(self.layout.as_ref(), self.quantity)
    }
}

/// Who asks, for the decision. Anonymous readers are shown what any verified account could do.
pub fn booker(actor: &Actor, venue: VenueId) -> Booker {
    match actor.person() {
        Some(Person { verified, .. }) => {
            Booker { known: true, verified: *verified, staff: actor.is_staff_of(venue) }
        }
        None => Booker::PUBLIC,
    }
}

/// The extras that it was quoted with.
fn chosen(reservation: &Reservation) -> Vec<ChosenExtra> {
    reservation.quote.as_ref().map(|quote| quote.extras.clone()).unwrap_or_default()
}

/// The time that is asked for, and what a refusal names of it. A bare date means something where whole days or nights
/// are booked, and nothing where hours are.
///
/// # Errors
/// `invalid` for times that don't exist, are reversed or have to be dates.
pub(crate) fn interval(
    (starts_at, ends_at): (DateOrTime, DateOrTime),
    (starts, ends): (&str, &str),
    configuration: &Configuration,
) -> Result<Interval, Error> {
    let resolve = |pointer: &str, given, edge: fn((Instant, Instant)) -> Instant| {
        let time = match given {
            DateOrTime::Time(time) => time,
            DateOrTime::Date(date) => {
                let edges = configuration.edges(date).ok_or_else(|| Error::field(pointer, "time_needed"))?;
                TimeInput::At(edge(edges))
            }
        };
        configuration.zone().resolve(time).map_err(|error| Error::local_time(pointer, &error))
    };
    let start = resolve(starts, starts_at, |(begins, _)| begins)?;
    let end = resolve(ends, ends_at, |(_, ends)| ends)?;
    Interval::new(start, end).ok_or_else(|| Error::field(ends, "not_after_start"))
}

/// One that is no longer offered is still that of the reservations that have it.
fn layout(
    configuration: &Configuration,
    id: Option<LayoutId>,
    own: Option<LayoutId>,
) -> Result<Option<Layout>, Error> {
    let Some(id) = id else { return Ok(None) };
    let layout = configuration.space.layout(id).filter(|layout| !layout.removed || own == Some(id)).cloned();
    layout.map(Some).ok_or_else(|| Error::field("/layout", "not_of_this_space"))
}

fn attendees(count: Option<u32>) -> Result<Option<u32>, Error> {
    if count.is_some_and(|count| count > MOST) {
        return Err(Error::field("/attendees", "too_large"));
    }
    Ok(count)
}

fn quantity(
    configuration: &Configuration,
    asked: Option<u32>,
    units: Option<&[UnitId]>,
) -> Result<u32, Error> {
    let named = units.map(|units| u32::try_from(units.len()).unwrap_or(u32::MAX));
    let quantity = match configuration.space.allocation {
        Allocation::Whole => asked.unwrap_or(1),
        Allocation::Each => asked.or(named).unwrap_or(1),
    };
    if !(1..=MOST).contains(&quantity) {
        return Err(Error::field("/quantity", "out_of_range"));
    }
    Ok(quantity)
}

fn check_units(configuration: &Configuration, quantity: u32, units: Option<&[UnitId]>) -> Result<(), Error> {
    let Some(named) = units else { return Ok(()) };
    let refused = |code| Err(FieldError::new("/unit_ids", code).into());
    let own = configuration.space.unit_ids();
    if named.iter().any(|unit| !own.contains(unit)) {
        return refused("not_of_this_space");
    }
    let mut distinct = named.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() != named.len() {
        return refused("repeated");
    }
    let fits = match configuration.space.allocation {
        Allocation::Whole => distinct.len() == own.len(),
        Allocation::Each => u32::try_from(distinct.len()) == Ok(quantity),
    };
    if fits { Ok(()) } else { refused("not_as_many_as_quantity") }
}
