//! What a venue's manager does for a whole season on the first day: reserves a series, made as everybody makes one, and
//! keeps a space closed every week.

use std::{collections::HashMap, sync::Arc};

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use serde::Deserialize;
use serde_json::json;

use crate::{
    app::{
        App, Done,
        blocks::{self, NewBlock},
        error::Error,
        reservations::series::{NewSeries, create},
    },
    domain::{
        access::Actor,
        hours::{Day, TimeOfDay},
        ids::SpaceId,
        reservation::Purpose,
        text::Line,
    },
};

/// A weekly hour, from the first such day of the opening on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weekly {
    pub title: Line<200>,
    pub purpose: Purpose,
    pub day: Day,
    pub starts: TimeOfDay,
    pub minutes: i64,
    pub weeks: u32,
    pub people: u32,
    /// What is taken along of the venue's equipment.
    #[serde(default)]
    pub equipment: Vec<Borrowed>,
}

/// Some of a pool named before.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Borrowed {
    pub key: String,
    pub quantity: u32,
}

/// A weekly time without guests, from the first such day of the opening on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Closed {
    pub reason: Line<200>,
    pub day: Day,
    pub starts: TimeOfDay,
    pub minutes: i64,
    pub weeks: u32,
}

/// The first such day of the opening: the local times, as requests have them.
fn first(opening: NaiveDate, day: Day, starts: TimeOfDay, minutes: i64) -> (String, String) {
    let day = opening.iter_days().find(|date| Day::of(*date) == day).unwrap_or(opening);
    let start = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(starts.minutes().into());
    let local = |at: chrono::NaiveDateTime| at.format("%Y-%m-%dT%H:%M").to_string();
    (local(start), local(start + TimeDelta::minutes(minutes)))
}

/// Blocks that recur. Nobody has reserved anything yet.
///
/// # Errors
/// What the application refused.
pub(super) fn close(
    app: &Arc<App>,
    manager: &Actor,
    space: SpaceId,
    closed: &Closed,
    opening: NaiveDate,
) -> Result<(), Error> {
    let (starts_at, ends_at) = first(opening, closed.day, closed.starts, closed.minutes);
    let asked = json!({
        "starts_at": starts_at, "ends_at": ends_at, "reason": closed.reason.as_str(),
        "recurrence": format!("FREQ=WEEKLY;COUNT={}", closed.weeks),
    });
    let new: NewBlock =
        serde_json::from_value(asked).map_err(|error| Error::Broken(format!("{closed:?}: {error}")))?;
    blocks::create(app, manager, None, space, new).map(drop)
}

/// Returns how many reservations were made; what is closed or taken is left out.
///
/// # Errors
/// What the application refused.
pub(super) fn reserve(
    app: &Arc<App>,
    manager: &Actor,
    (space, known): (SpaceId, &HashMap<&str, SpaceId>),
    weekly: &Weekly,
    opening: NaiveDate,
) -> Result<usize, Error> {
    let (starts_at, ends_at) = first(opening, weekly.day, weekly.starts, weekly.minutes);
    let pools = weekly.equipment.iter();
    let equipment =
        pools.filter_map(|some| Some(json!({"space_id": known.get(&*some.key)?, "quantity": some.quantity})));
    let asked = json!({
        "template": {
            "space_id": space, "title": weekly.title.as_str(), "purpose": weekly.purpose, "attendees": weekly.people,
            "equipment": equipment.collect::<Vec<_>>(), "starts_at": starts_at, "ends_at": ends_at,
        },
        "rrule": format!("FREQ=WEEKLY;COUNT={}", weekly.weeks),
        "on_conflict": "skip_conflicts",
    });
    let new: NewSeries =
        serde_json::from_value(asked).map_err(|error| Error::Broken(format!("{weekly:?}: {error}")))?;
    match create::create(app, manager, None, new)? {
        Done::Fresh(series) => Ok(series.occurrences.map_or(0, |made| made.len())),
        Done::Replayed { .. } => Err(Error::Broken("replayed without an idempotency key".to_owned())),
    }
}
