//! Editing what a space says of itself; its units, parts and layouts are put on their own. What the units seat follows
//! the capacity from today on.

use std::sync::Arc;

use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    SpaceView,
    check::{Faults, amenities, nights},
    create::seats as usual_seats,
    layouts::affected_by,
    view,
};
use crate::{
    app::{
        App, Done,
        affected::{self, OnAffected, Why},
        changed::changed,
        error::Error,
        patch::Field,
        places::place_of_space,
        version::Expected,
    },
    domain::{
        access::{self, Action, Actor},
        given::given,
        hours::TimeOfDay,
        ids::{AuditId, SpaceId},
        instant::Instant,
        space::{Allocation, BookedBy, Space, SpaceKind},
        text::{Line, Prose},
    },
    mail::notice::Cause,
    store::{audit, db::ReadTx, idempotency::Claim, locks, places, reservations, seats, spaces},
};

/// What changes of a space (RFC 7396). Buffers hold for reservations made from now on.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpaceChange {
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub name: Option<Line<100>>,
    /// What is equipment stays so, and what is not does not become it.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub kind: Option<SpaceKind>,
    /// What its units seat follows from today on.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false, maximum = 100_000)]
    pub capacity: Option<u32>,
    #[serde(default)]
    #[schema(value_type = Option<Prose<4000>>)]
    pub description: Field<Prose<4000>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false, max_items = 50)]
    pub amenities: Option<Vec<Line<60>>>,
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub step_free: Field<bool>,
    #[serde(default)]
    #[schema(value_type = Option<Prose<4000>>)]
    pub house_rules: Field<Prose<4000>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false, maximum = 1440)]
    pub setup_minutes: Option<u32>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false, maximum = 1440)]
    pub teardown_minutes: Option<u32>,
    /// What becomes of future reservations with more people than the new capacity.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub on_affected: Option<OnAffected>,
    /// Stays as it is while there are reservations to come.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub booked_by: Option<BookedBy>,
    /// Holds for what is reserved from now on.
    #[serde(default)]
    #[schema(value_type = Option<TimeOfDay>)]
    pub arrival: Field<TimeOfDay>,
    #[serde(default)]
    #[schema(value_type = Option<TimeOfDay>)]
    pub departure: Field<TimeOfDay>,
}

impl SpaceChange {
    /// How it is booked afterwards, with the hours of nights. They go with the nights.
    fn nights(&self, space: &Space) -> (BookedBy, (Option<TimeOfDay>, Option<TimeOfDay>)) {
        let by = self.booked_by.unwrap_or(space.booked_by);
        let known = space.nights.filter(|_| by == BookedBy::Nights);
        let arrival = self.arrival.clone().apply(known.map(|nights| nights.arrival));
        let departure = self.departure.clone().apply(known.map(|nights| nights.departure));
        (by, (arrival, departure))
    }

    /// What it makes of the space, checked as a whole.
    fn apply(&self, space: &mut Space) -> Result<(), Error> {
        let mut faults = Faults::default();
        let kind = self.kind.unwrap_or(space.kind);
        let is_thing = |kind| kind == SpaceKind::Equipment;
        faults.when(is_thing(kind) != is_thing(space.kind), "/kind", "equipment_stays");
        faults.capacity(kind, self.capacity.unwrap_or(space.capacity));
        faults.amenities(self.amenities.as_deref().unwrap_or_default());
        faults.buffer("/setup_minutes", self.setup_minutes.unwrap_or(0));
        faults.buffer("/teardown_minutes", self.teardown_minutes.unwrap_or(0));
        let (by, hours) = self.nights(space);
        faults.nights(by, hours.0, hours.1);
        faults.settle()?;
        (space.booked_by, space.nights) = (by, nights(hours.0, hours.1));
        space.kind = kind;
        if let Some(name) = &self.name {
            space.name = name.to_string();
        }
        if let Some(given) = &self.amenities {
            space.amenities = amenities(given.iter().map(Line::as_str));
        }
        reseat(space, self.capacity.unwrap_or(space.capacity))?;
        space.setup_minutes = self.setup_minutes.unwrap_or(space.setup_minutes);
        space.teardown_minutes = self.teardown_minutes.unwrap_or(space.teardown_minutes);
        space.step_free = self.step_free.clone().apply(space.step_free);
        space.description = text(&self.description, space.description.take());
        space.house_rules = text(&self.house_rules, space.house_rules.take());
        Ok(())
    }
}

/// Who reserved hours did not mean days: what is to come keeps the measure.
///
/// # Errors
/// `affected_reservations` where the measure changes and there are some.
fn keep_measure(tx: &mut ReadTx, before: BookedBy, space: &Space, now: Instant) -> Result<(), Error> {
    if before == space.booked_by {
        return Ok(());
    }
    let ahead = reservations::ahead(tx, space.place.venue, Some(space.id), now)?;
    let wishing = reservations::wishing(tx, space.place.venue, space.id, now)?;
    let ahead: Vec<_> = ahead.into_iter().chain(wishing).map(|reservation| reservation.id).collect();
    if ahead.is_empty() { Ok(()) } else { Err(Error::Affected(ahead)) }
}

/// Gives the space this capacity, and its units the seats that come with it. Of seats that were told when it was
/// made nobody knows which ones came or went.
///
/// # Errors
/// `invalid` where the seats told add up to the old capacity and so would not to the new one.
fn reseat(space: &mut Space, capacity: u32) -> Result<(), Error> {
    let before = std::mem::replace(&mut space.capacity, capacity);
    if !space.parts.is_empty() || capacity == before {
        // Parts have seats of their own.
        return Ok(());
    }
    let has: Vec<u32> = space.units.iter().map(|unit| unit.seats).collect();
    let usual = |capacity| usual_seats(space.kind, space.allocation, capacity, &vec![None; has.len()]);
    if has == usual(before) {
        let now = usual(capacity);
        space.units.iter_mut().zip(now).for_each(|(unit, seats)| unit.seats = seats);
    } else if space.allocation == Allocation::Whole && has.iter().sum::<u32>() == before {
        return Err(Error::field("/capacity", "seats_differ"));
    }
    Ok(())
}

fn text(change: &Field<Prose<4000>>, current: Option<String>) -> Option<String> {
    change.clone().map(|prose| prose.to_string()).apply(current).filter(|text| !text.is_empty())
}

/// # Errors
/// `not_found`, `forbidden` unless staff or administrator, `precondition_failed`, `invalid`,
/// `affected_reservations`.
pub fn edit(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: SpaceId,
    expected: Expected,
    change: SpaceChange,
) -> Result<Done<SpaceView>, Error> {
    let place = place_of_space(app, id)?;
    access::may(actor, Action::ManageVenue(place))?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("edit space", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        let mut space = spaces::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        expected.check(space.version)?;
        let (before, was) = (view(tx, &space)?, space.clone());
        let seated: Vec<u32> = space.units.iter().map(|unit| unit.seats).collect();
        change.apply(&mut space)?;
        space.version += 1;
        locks::units(tx, &space.groups())?;
        let now = app_.now();
        keep_measure(tx, was.booked_by, &space, now)?;
        let affected = affected_by(tx, (&was, &space), now)?;
        let on_affected = change.on_affected.unwrap_or_default();
        affected::settle(tx, &app_, on_affected, &affected, by, Why::Known(Cause::Units))?;
        spaces::update(tx, &space)?;
        let venue = places::venue(tx, place.venue)?.ok_or(Error::NOT_FOUND)?;
        for (unit, _) in space.units.iter().zip(seated).filter(|(unit, before)| unit.seats != *before) {
            seats::reseat(tx, unit.id, venue.zone.date(now), unit.seats)?;
        }
        places::touch_venue(tx, place.venue, app_.revision())?;
        let entry: AuditId = app_.id();
        let entry = audit::Entry::new(entry, now, by, "space.edited", id).within(place);
        let after = view(tx, &space)?;
        audit::append(tx, &entry.with(changed(&before, &after)?))?;
        Ok(after)
    })
}
