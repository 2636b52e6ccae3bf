//! Visitors without a reservation, counted by staff per space and local date: walk-ins and visitors of events.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    App, Done,
    error::{Code, Error},
    page::Page,
    version::{Expected, Versioned},
};
use crate::{
    domain::{
        access::{self, Action, Actor, Place},
        ids::SpaceId,
        reservation::month_closes,
        text::Prose,
    },
    store::{
        attendance::{self, Attendance},
        audit::{self, Entry},
        idempotency::Claim,
        locks,
    },
};

const MOST: u32 = 100_000;
/// The longest stretch of a list, days.
const LONGEST: i64 = 366;

/// What was counted on a day.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAttendance {
    /// The venue's own date; today's at the latest.
    pub date: NaiveDate,
    /// People who came without a reservation.
    #[schema(minimum = 0, maximum = 100_000)]
    pub walk_ins: u32,
    /// Visitors of events, beside those whom reservations count.
    #[schema(minimum = 0, maximum = 100_000)]
    pub event_visitors: u32,
    pub note: Option<Prose<500>>,
}

/// What was counted on a day, as staff see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Attendance)]
pub struct AttendanceView {
    pub date: NaiveDate,
    pub walk_ins: u32,
    pub event_visitors: u32,
    pub note: Option<String>,
    pub version: i64,
}

impl Versioned for AttendanceView {
    fn version(&self) -> i64 {
        self.version
    }
}

impl From<Attendance> for AttendanceView {
    fn from(day: Attendance) -> Self {
        let Attendance { date, walk_ins, event_visitors, note, version } = day;
        Self { date, walk_ins, event_visitors, note, version }
    }
}

fn desk(app: &App, actor: &Actor, space: SpaceId) -> Result<Place, Error> {
    access::may(actor, Action::OwnAccount)?;
    let place = app.configurations.place(&app.db, space)?.ok_or(Error::NOT_FOUND)?;
    access::may(actor, Action::SeeBehindTheDesk(place))?;
    Ok(place)
}

/// The days of `[from, to)` for which something was counted.
///
/// # Errors
/// `not_found`, `forbidden` unless staff, `invalid` for an empty or too long stretch.
pub fn list(
    app: &App,
    actor: &Actor,
    space: SpaceId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Page<AttendanceView>, Error> {
    desk(app, actor, space)?;
    match to.signed_duration_since(from).num_days() {
        ..=0 => return Err(Error::field("?to", "not_after_start")),
        days if days > LONGEST => return Err(Error::field("?to", "range_too_long")),
        _ => {}
    }
    let days = app.db.read(|tx| attendance::list(tx, space, (from, to)).map_err(Error::from))?;
    Ok(Page { items: days.into_iter().map(AttendanceView::from).collect(), next: None })
}

/// Writes down a day, or corrects it. A day not counted yet has the version 0.
///
/// # Errors
/// `not_found`, `forbidden` unless staff, `precondition_failed`, `invalid` for days to come and absurd numbers,
/// `period_closed` once the month is.
pub fn put(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    space: SpaceId,
    expected: Expected,
    new: NewAttendance,
) -> Result<Done<AttendanceView>, Error> {
    let place = desk(app, actor, space)?;
    for (pointer, count) in [("/walk_ins", new.walk_ins), ("/event_visitors", new.event_visitors)] {
        if count > MOST {
            return Err(Error::field(pointer, "too_large"));
        }
    }
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("count attendance", claim, move |tx| {
        locks::share_configuration(tx, place)?;
        let configuration = app_.configurations.get(tx, space)?.ok_or(Error::NOT_FOUND)?;
        // So that two who count at once see each other.
        locks::units(tx, &configuration.space.groups())?;
        let (now, zone) = (app_.now(), configuration.zone());
        let before = attendance::find(tx, space, new.date)?;
        expected.check(before.as_ref().map_or(0, |day| day.version))?;
        if new.date > zone.date(now) {
            return Err(Error::field("/date", "in_the_future"));
        }
        if month_closes(new.date, zone).is_none_or(|closes| closes <= now) {
            return Err(Code::PeriodClosed.into());
        }
        let note = new.note.as_ref().map(ToString::to_string).filter(|note| !note.is_empty());
        let (walk_ins, event_visitors) = (new.walk_ins, new.event_visitors);
        let version = before.as_ref().map_or(0, |day| day.version);
        let same = Attendance { date: new.date, walk_ins, event_visitors, note, version };
        if before.as_ref() == Some(&same) {
            return Ok(same.into());
        }
        let day = Attendance { version: version + 1, ..same };
        attendance::put(tx, (place, space), &day, now)?;
        let payload = json!({"date": day.date, "walk_ins": walk_ins, "event_visitors": event_visitors});
        let entry = Entry::new(app_.id(), now, by, "space.attendance_counted", space).within(place);
        audit::append(tx, &entry.with(payload))?;
        Ok(day.into())
    })
}
