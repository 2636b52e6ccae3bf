//! Which units of a space are free throughout one time, for who asks: the same occupancies, buffers and holds as a
//! booking with `unit_ids` meets. Of who has the others nothing is told.

use serde::Serialize;
use utoipa::ToSchema;

use super::space::MOST_DAYS;
use crate::{
    app::{
        App,
        error::Error,
        reservations::{Claimant, edit, holds, interval, reserve::own_organisation},
    },
    domain::{
        access::{self, Action, Actor},
        ids::{LayoutId, OrganisationId, ReservationId, SpaceId, UnitId},
        record::{Holder, Reservation},
        space::{Buffers, Space},
        sweep::Sweep,
        zone::{DateOrTime, LocalTime},
    },
    store::occupancies,
};

/// What is asked.
#[derive(Debug, Clone)]
pub struct UnitQuestion {
    pub starts_at: DateOrTime,
    pub ends_at: DateOrTime,
    pub layout: Option<LayoutId>,
    pub organisation: Option<OrganisationId>,
    /// The one that would be changed: its own time stands against nothing, and whose it is counts.
    pub reservation: Option<ReservationId>,
}

/// A space's units at one time.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = UnitsAtATime)]
pub struct UnitsView {
    pub space_id: SpaceId,
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: LocalTime,
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: LocalTime,
    /// How many of them are free.
    pub units_free: u32,
    /// In the order people see them.
    pub units: Vec<UnitState>,
}

/// A unit, and whether somebody or a block has it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UnitState {
    pub id: UnitId,
    pub label: String,
    /// 0 for equipment.
    pub seats: u32,
    /// Throughout, with the set-up and tear-down of what would be reserved; what the reader keeps as a hold is free to
    /// them, and so is what the reservation named has itself.
    pub free: bool,
}

/// Of a space booked as a whole each of its units by itself, of all of which a reservation needs the time.
///
/// # Errors
/// `not_found`, `invalid`; of a reservation named `unauthenticated`, `not_found` and `forbidden` as changing it.
pub fn list(app: &App, actor: &Actor, id: SpaceId, question: &UnitQuestion) -> Result<UnitsView, Error> {
    access::may(actor, Action::ReadPublic)?;
    if question.organisation.is_some() {
        own_organisation(actor, "?organisation_id", question.organisation)?;
    }
    let own = question.reservation.map(|own| edit::changed_by(app, actor, own)).transpose()?;
    let own = own.as_ref();
    app.db.look(|tx| {
        let configuration = app.configurations.get(tx, id)?.ok_or(Error::NOT_FOUND)?;
        let space = &configuration.space;
        let given = (question.starts_at, question.ends_at);
        let interval = interval(given, ("?starts_at", "?ends_at"), &configuration)?;
        if interval.seconds() > MOST_DAYS * 86_400 {
            return Err(Error::field("?ends_at", "range_too_long"));
        }
        let occupied = buffers(space, question.layout, own)?.around(interval);
        let now = app.now();
        let (person, organisation) = match own {
            Some(own) => (Some(own.organiser), own.organisation),
            None => (actor.person().map(|person| person.id), question.organisation),
        };
        let claimant = Claimant::load(tx, person, organisation, now)?;
        let mut taken = occupancies::of_space(tx, space, occupied)?;
        taken.retain(|row| own.is_none_or(|own| row.holder != Holder::Reservation(own.id)));
        let sight = holds::Sight::of(tx, &claimant, taken, None, now)?;
        let rows = sight.standing.iter().map(|row| (row.unit, row.interval));
        let free = Sweep::each(&space.unit_ids(), rows).units_free(occupied);
        let units = space.units.iter().map(|unit| UnitState {
            id: unit.id,
            label: unit.label.clone(),
            seats: unit.seats,
            free: free.contains(&unit.id),
        });
        let zone = configuration.zone();
        Ok(UnitsView {
            space_id: id,
            starts_at: zone.local_time(interval.start()),
            ends_at: zone.local_time(interval.end()),
            units_free: u32::try_from(free.len()).unwrap_or(u32::MAX),
            units: units.collect(),
        })
    })
}

/// As a request has them: of a reservation whose layout stays, as where none is said, as they were when it was made.
fn buffers(space: &Space, layout: Option<LayoutId>, own: Option<&Reservation>) -> Result<Buffers, Error> {
    let own = own.filter(|own| own.space == space.id);
    if let Some(own) = own.filter(|own| layout.is_none_or(|layout| own.layout == Some(layout))) {
        return Ok(own.buffers);
    }
    let layout = layout.map(|id| {
        let offered = space.layout(id).filter(|layout| !layout.removed);
        offered.ok_or_else(|| Error::field("?layout", "not_of_this_space"))
    });
    Ok(space.buffers(layout.transpose()?))
}
