//! Spaces: made, edited and archived by their venue's staff, seen by all.

mod archive;
mod check;
mod copy;
mod create;
mod edit;
mod layouts;
mod list;
mod new_space;
mod parts;
mod units;

use serde::Serialize;
use utoipa::ToSchema;

pub use archive::archive;
pub use copy::{SpaceCopy, copy};
pub use create::create;
pub(crate) use create::{Maker, make};
pub use edit::{SpaceChange, edit};
pub use layouts::{LayoutEntry, Layouts, put_layouts};
pub use list::{SpaceFilter, list};
pub use new_space::{NewLayout, NewSpace, NewUnit};
pub use parts::{Parts, put_parts};
pub use units::{UnitEntry, Units, put_units};

use crate::{
    app::{App, error::Error, places::images::ImageView, version::Versioned},
    domain::{
        hours::TimeOfDay,
        ids::{LayoutId, NetworkId, SpaceId, UnitId, VenueId},
        space::{Allocation, BookedBy, Layout, Space, SpaceKind, Unit},
    },
    store::{
        db::ReadTx,
        places::{self, Surroundings},
        spaces,
    },
};

/// A space as everybody sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Space)]
pub struct SpaceView {
    pub id: SpaceId,
    pub venue_id: VenueId,
    pub network_id: NetworkId,
    pub name: String,
    pub kind: SpaceKind,
    pub allocation: Allocation,
    /// People: of the whole space, or of each unit where `allocation` is `each`.
    pub capacity: u32,
    pub description: Option<String>,
    pub amenities: Vec<String>,
    /// Whether it can be reached without steps; null where nobody said.
    pub step_free: Option<bool>,
    pub booked_by: BookedBy,
    /// The local hour at which nights begin; of a space booked by nights, and only of one.
    pub arrival: Option<TimeOfDay>,
    /// The local hour of the next date at which they end.
    pub departure: Option<TimeOfDay>,
    pub house_rules: Option<String>,
    pub setup_minutes: u32,
    pub teardown_minutes: u32,
    pub units: Vec<UnitView>,
    /// The spaces it is made of.
    pub parts: Vec<SpaceId>,
    pub layouts: Vec<LayoutView>,
    /// The venue's.
    pub time_zone: String,
    /// Photographs, in the order in which they are shown. Each has a version of its own; the space's does not change with
    /// them.
    pub images: Vec<ImageView>,
    /// No longer offered.
    pub archived: bool,
    /// Whether its data was made up for showing the service.
    pub demo: bool,
    /// Whether a floor plan is drawn: `GET /spaces/{id}/plan`.
    pub has_plan: bool,
    pub version: i64,
}

/// The smallest thing one party can occupy at a time.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Unit)]
pub struct UnitView {
    pub id: UnitId,
    pub label: String,
    /// 0 for equipment.
    pub seats: u32,
}

/// A seating set-up with its own capacity.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Layout)]
pub struct LayoutView {
    pub id: LayoutId,
    pub name: String,
    pub capacity: u32,
    pub setup_minutes: u32,
    pub teardown_minutes: u32,
}

impl Versioned for SpaceView {
    fn version(&self) -> i64 {
        self.version
    }
}

impl From<&Unit> for UnitView {
    fn from(unit: &Unit) -> Self {
        Self { id: unit.id, label: unit.label.clone(), seats: unit.seats }
    }
}

impl From<&Layout> for LayoutView {
    fn from(layout: &Layout) -> Self {
        let Layout { id, name, capacity, setup_minutes, teardown_minutes, .. } = layout.clone();
        Self { id, name, capacity, setup_minutes, teardown_minutes }
    }
}

impl SpaceView {
    pub fn new(space: &Space, around: Surroundings) -> Self {
        Self {
            id: space.id,
            venue_id: space.place.venue,
            network_id: space.place.network,
            name: space.name.clone(),
            kind: space.kind,
            allocation: space.allocation,
            capacity: space.capacity,
            description: space.description.clone(),
            amenities: space.amenities.clone(),
            step_free: space.step_free,
            booked_by: space.booked_by,
            arrival: space.nights.map(|nights| nights.arrival),
            departure: space.nights.map(|nights| nights.departure),
            house_rules: space.house_rules.clone(),
            setup_minutes: space.setup_minutes,
            teardown_minutes: space.teardown_minutes,
            units: space.units.iter().map(UnitView::from).collect(),
            parts: space.parts.clone(),
            layouts: space.layouts.iter().filter(|layout| !layout.removed).map(LayoutView::from).collect(),
            time_zone: around.zone.name().to_owned(),
            images: ImageView::all(&space.images),
            archived: space.archived_at.is_some(),
            demo: around.demo,
            has_plan: space.has_plan,
            version: space.version,
        }
    }
}

/// The views of these spaces, in their order.
///
/// # Errors
/// When the database fails.
pub fn views(tx: &mut ReadTx, found: &[Space]) -> Result<Vec<SpaceView>, Error> {
    let mut venues: Vec<VenueId> = found.iter().map(|space| space.place.venue).collect();
    venues.sort_unstable();
    venues.dedup();
    let around = places::surroundings(tx, &venues)?;
    let missing = || Error::Broken("a space without its venue".to_owned());
    let view =
        |space: &Space| Ok(SpaceView::new(space, *around.get(&space.place.venue).ok_or_else(missing)?));
    found.iter().map(view).collect()
}

/// The view of one space.
fn view(tx: &mut ReadTx, space: &Space) -> Result<SpaceView, Error> {
    let around = places::surroundings(tx, &[space.place.venue])?;
    let around = around.get(&space.place.venue).copied();
    Ok(SpaceView::new(space, around.ok_or_else(|| Error::Broken("a space without its venue".to_owned()))?))
}

/// Archived ones too: reservations point to them.
///
/// # Errors
/// `not_found`.
pub fn show(app: &App, id: SpaceId) -> Result<SpaceView, Error> {
    app.db.read(|tx| {
        let space = spaces::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        view(tx, &space)
    })
}
