//! The layouts of a space: new ones, changed ones, and ones that are no longer offered.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    SpaceView,
    check::{Faults, MOST_LAYOUTS},
    view,
};
use crate::{
    app::{
        App, Done,
        affected::{self, Affected, OnAffected, Why},
        error::{Error, FieldError},
        places::place_of_space,
        version::Expected,
    },
    domain::{
        access::{self, Action, Actor},
        ids::{LayoutId, SpaceId},
        instant::Instant,
        space::{Allocation, Layout, Space},
        text::Line,
    },
    mail::notice::Cause,
    store::{audit, db::WriteTx, idempotency::Claim, locks, memberships, places, reservations, spaces},
};

/// All layouts of a space, in the order people see them.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewLayouts)]
pub struct Layouts {
    #[schema(max_items = 20)]
    pub layouts: Vec<LayoutEntry>,
    /// What becomes of future reservations with a layout that is not listed any more, or that holds fewer than come.
    #[serde(default)]
    pub on_affected: OnAffected,
}

/// A layout that is there, or a new one.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LayoutEntry)]
pub struct LayoutEntry {
    /// Of a layout of the space; a new one has none.
    pub id: Option<LayoutId>,
    #[schema(example = "theatre")]
    pub name: Line<60>,
    #[schema(maximum = 100_000)]
    pub capacity: u32,
    /// For reservations made from now on.
    #[schema(maximum = 1440)]
    pub setup_minutes: u32,
    /// For reservations made from now on.
    #[schema(maximum = 1440)]
    pub teardown_minutes: u32,
}

impl Layouts {
    fn check(&self) -> Result<(), Error> {
        let mut faults = Faults::default();
        faults.when(self.layouts.len() > MOST_LAYOUTS, "/layouts", "list_too_long");
        faults.distinct(self.layouts.iter().map(|layout| layout.name.as_str()), |place| {
            format!("/layouts/{place}/name")
        });
        for (place, layout) in self.layouts.iter().enumerate() {
            faults.people(format!("/layouts/{place}/capacity"), layout.capacity);
            faults.buffer(format!("/layouts/{place}/setup_minutes"), layout.setup_minutes);
            faults.buffer(format!("/layouts/{place}/teardown_minutes"), layout.teardown_minutes);
        }
        faults.settle()
    }

    /// The layouts as they would be, those that are no longer offered at the end.
    fn of(&self, app: &App, space: &Space) -> Result<Vec<Layout>, Error> {
        if space.allocation == Allocation::Each && !self.layouts.is_empty() {
            return Err(Error::field("/layouts", "layouts_need_whole"));
        }
        let mut layouts: Vec<Layout> = Vec::with_capacity(self.layouts.len());
        for (place, entry) in self.layouts.iter().enumerate() {
            let offered = |id: &LayoutId| space.layout(*id).is_some_and(|layout| !layout.removed);
            let twice = |id: &LayoutId| layouts.iter().any(|layout| layout.id == *id);
            if entry.id.is_some_and(|id| !offered(&id) || twice(&id)) {
                return Err(FieldError::new(format!("/layouts/{place}/id"), "not_of_this_space").into());
            }
            layouts.push(Layout {
                id: entry.id.unwrap_or_else(|| app.id()),
                name: entry.name.to_string(),
                capacity: entry.capacity,
                setup_minutes: entry.setup_minutes,
                teardown_minutes: entry.teardown_minutes,
                removed: false,
            });
        }
        let gone = space.layouts.iter().filter(|layout| layouts.iter().all(|kept| kept.id != layout.id));
        let gone: Vec<Layout> = gone.map(|layout| Layout { removed: true, ..layout.clone() }).collect();
        layouts.extend(gone);
        Ok(layouts)
    }
}

/// # Errors
/// `not_found`, `forbidden` unless staff or administrator, `precondition_failed`, `invalid`, `affected_reservations`.
pub fn put_layouts(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: SpaceId,
    expected: Expected,
    new: Layouts,
) -> Result<Done<SpaceView>, Error> {
    let place = place_of_space(app, id)?;
    access::may(actor, Action::ManageVenue(place))?;
    new.check()?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("put layouts", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        let before = spaces::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        expected.check(before.version)?;
        let layouts = new.of(&app_, &before)?;
        let after = Space { layouts, version: before.version + 1, ..before.clone() };
        locks::units(tx, &before.groups())?;
        let now = app_.now();
        let affected = affected_by(tx, (&before, &after), now)?;
        affected::settle(tx, &app_, new.on_affected, &affected, by, Why::Known(Cause::Layouts))?;
        memberships::put_layouts(tx, &after, now)?;
        spaces::update(tx, &after)?;
        places::touch_venue(tx, place.venue, app_.revision())?;
        let entry = audit::Entry::new(app_.id::<_>(), now, by, "space.layouts_changed", id).within(place);
        audit::append(
            tx,
            &entry.with(json!({"on_affected": new.on_affected, "affected": affected.count()})),
        )?;
        view(tx, &after)
    })
}

/// The future reservations whose layout goes, or that have more people than it holds from now on; those that had too
/// many before are not affected by this.
pub(super) fn affected_by(
    tx: &mut WriteTx,
    (before, after): (&Space, &Space),
    now: Instant,
) -> Result<Affected, Error> {
    let suffers = |layout: Option<LayoutId>, quantity: u32, attendees: Option<u32>| {
        let (was, is) = (layout.and_then(|id| before.layout(id)), layout.and_then(|id| after.layout(id)));
        let removed = is.is_some_and(|is| is.removed) && was.is_some_and(|was| !was.removed);
        let people = attendees.unwrap_or(0);
        let fits = |space: &Space, layout| space.capacity_of(layout, quantity) >= people;
        removed || (fits(before, was) && !fits(after, is))
    };
    let mut affected = Affected::default();
    for reservation in reservations::ahead(tx, before.place.venue, Some(before.id), now)? {
        let ahead = reservation.is_ahead(now);
        if ahead && suffers(reservation.layout, reservation.quantity, reservation.attendees) {
            affected.slots.push(reservation.id);
        } else if let Some(change) = &reservation.change
            && change.elsewhere.is_none()
            && suffers(change.layout, change.quantity, change.attendees)
        {
            affected.changes.push(reservation.id);
        }
    }
    for reservation in reservations::wishing(tx, before.place.venue, before.id, now)? {
        let wish = reservation.change.as_ref();
        if wish.is_some_and(|change| suffers(change.layout, change.quantity, change.attendees)) {
            affected.changes.push(reservation.id);
        }
    }
    Ok(affected)
}
