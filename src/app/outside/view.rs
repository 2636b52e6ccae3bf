//! An outside calendar as staff see it, with what came of the last reading and what stands in the way of its events.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::{App, blocks::over::standing_within, error::Error, version::Versioned},
    domain::{
        ids::{BlockId, OutsideCalendarId, ReservationId, SpaceId, VenueId},
        instant::Instant,
        outside::FetchResult,
    },
    store::{
        blocks,
        db::ReadTx,
        error::StoreError,
        outside::{self, OutsideCalendar},
    },
};

/// Blocks looked at for what stands in their way.
const LOOKED_AT: i64 = 200;

/// A calendar that the venue keeps elsewhere.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OutsideCalendar)]
pub struct OutsideCalendarView {
    pub id: OutsideCalendarId,
    pub venue_id: VenueId,
    /// Null: its events take the time of all spaces.
    pub space_id: Option<SpaceId>,
    pub name: String,
    pub url: String,
    /// When it was tried last; null before the first time.
    #[schema(format = DateTime)]
    pub tried_at: Option<String>,
    /// When it was last read.
    #[schema(format = DateTime)]
    pub read_at: Option<String>,
    /// When it is tried again.
    #[schema(format = DateTime)]
    pub due_at: String,
    /// How the last try ended; null before the first.
    pub result: Option<FetchResult>,
    /// In a row.
    pub failures: u32,
    /// Of the last time it was read.
    pub report: Option<Report>,
    /// What stands where its events are: it stays, and the block takes the rest. The nearest ones.
    pub conflicts: Vec<ConflictView>,
    pub version: i64,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OutsideCalendarReport)]
pub struct Report {
    /// Times within the next 180 days at which something happens.
    pub events: u32,
    /// More than 1000 blocks would have been needed: those of the first events are there.
    pub cut: bool,
    /// Events that can't be kept, the first hundred.
    pub unread: Vec<UnreadView>,
}

/// An event that can't be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = UnreadEvent)]
pub struct UnreadView {
    /// Where it begins in the file.
    pub line: u64,
    pub uid: Option<String>,
    /// A field code.
    #[schema(example = "calendar_unsupported")]
    pub code: String,
}

/// An event over which something stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OutsideConflict)]
pub struct ConflictView {
    pub block_id: BlockId,
    pub space_id: SpaceId,
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    pub reservations: Vec<ReservationId>,
}

impl Versioned for OutsideCalendarView {
    fn version(&self) -> i64 {
        self.version
    }
}

pub(super) fn view(
    tx: &mut ReadTx,
    app: &App,
    calendar: &OutsideCalendar,
) -> Result<OutsideCalendarView, Error> {
    let shown = |at: Option<Instant>| at.map(crate::app::shown);
    let result = calendar.result.as_deref().map(str::parse).transpose();
    let report = calendar.report.as_deref().map(serde_json::from_str).transpose();
    Ok(OutsideCalendarView {
        id: calendar.id,
        venue_id: calendar.venue_id,
        space_id: calendar.space_id,
        name: calendar.name.clone(),
        url: calendar.url.clone(),
        tried_at: shown(calendar.tried_at),
        read_at: shown(calendar.read_at),
        due_at: crate::app::shown(calendar.due_at),
        result: result.map_err(|error| StoreError::corrupt("outside_calendars.result", error))?,
        failures: u32::try_from(calendar.failures).unwrap_or(0),
        report: report.map_err(|error| StoreError::corrupt("outside_calendars.report", error))?,
        conflicts: conflicts(tx, app, calendar)?,
        version: calendar.version,
    })
}

pub(super) fn conflicts(
    tx: &mut ReadTx,
    app: &App,
    calendar: &OutsideCalendar,
) -> Result<Vec<ConflictView>, Error> {
    let now = app.now();
    let mut conflicts = Vec::new();
    for id in outside::standing(tx, calendar.id, now, LOOKED_AT)? {
        let Some(block) = blocks::find(tx, id)? else { continue };
        let configuration = app.configurations.get(tx, block.space)?.ok_or(Error::NOT_FOUND)?;
        let reservations = standing_within(tx, &configuration, block.interval, now)?;
        let zone = configuration.zone();
        if !reservations.is_empty() {
            conflicts.push(ConflictView {
                block_id: id,
                space_id: block.space,
                starts_at: zone.show(block.interval.start()),
                ends_at: zone.show(block.interval.end()),
                reservations,
            });
        }
    }
    Ok(conflicts)
}
