//! Floor plans of spaces: read by all, put by who manages the venue. What can be booked does not depend on them.

use std::sync::Arc;

use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::place_of_space;
use crate::{
    app::{
        App, Done,
        error::{Error, FieldError},
        version::{Expected, Versioned},
    },
    domain::{
        access::{self, Action, Actor},
        ids::SpaceId,
        plan::{Fixture, Plan, UnitPlace},
    },
    store::{audit, idempotency::Claim, locks, places, plans, spaces},
};

/// A plan as it was put, without units that left the space since; 0 by 0 where nothing is drawn. All lengths are
/// centimetres, from the upper left corner.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Plan)]
pub struct PlanView {
    pub width: u32,
    pub height: u32,
    pub units: Vec<UnitPlace>,
    pub fixtures: Vec<Fixture>,
    pub version: i64,
}

impl Versioned for PlanView {
    fn version(&self) -> i64 {
        self.version
    }
}

impl PlanView {
    fn new(plan: Plan, version: i64) -> Self {
        let Plan { width, height, units, fixtures } = plan;
        Self { width, height, units, fixtures, version }
    }
}

/// # Errors
/// `not_found`.
pub fn show(app: &App, id: SpaceId) -> Result<PlanView, Error> {
    app.db.read(|tx| {
        let space = spaces::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        let (plan, version) = plans::find(tx, id)?;
        Ok(PlanView::new(plan.of_units(&space.unit_ids()), version))
    })
}

/// Of whatever lies on it only units have to be the space's; those it does not show can be reserved all the same.
///
/// # Errors
/// `not_found`, `forbidden` unless staff or administrator, `precondition_failed`, `invalid`.
pub fn put(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: SpaceId,
    expected: Expected,
    plan: Plan,
) -> Result<Done<PlanView>, Error> {
    let place = place_of_space(app, id)?;
    access::may(actor, Action::ManageVenue(place))?;
    let faults = plan.faults();
    if !faults.is_empty() {
        let refused = faults.into_iter().map(|fault| FieldError::new(fault.pointer, fault.code));
        return Err(Error::Fields(refused.collect()));
    }
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("put plan", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        let space = spaces::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        let (_, version) = plans::find(tx, id)?;
        expected.check(version)?;
        let foreign = plan.foreign(&space.unit_ids());
        if !foreign.is_empty() {
            let refused = foreign.into_iter().map(|pointer| FieldError::new(pointer, "not_of_this_space"));
            return Err(Error::Fields(refused.collect()));
        }
        let version = plans::put(tx, id, &plan, version)?;
        // Spaces tell whether they have one.
        places::touch_venue(tx, place.venue, app_.revision())?;
        let entry = audit::Entry::new(app_.id(), app_.now(), by, "space.plan_changed", id).within(place);
        audit::append(tx, &entry.with(json!({"units": plan.units.len(), "fixtures": plan.fixtures.len()})))?;
        Ok(PlanView::new(plan.clone(), version))
    })
}
