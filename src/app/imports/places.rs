//! Lines that make a space, and lines that say how many came on a day.

use chrono::NaiveDate;
use serde_json::json;

use super::{
    counts::Count,
    desk::{Desk, today},
    named::{Spaces, invalid},
    report::{Came, Remark},
    spaces::SpaceRow,
};
use crate::{
    app::{
        error::Error,
        places::spaces::{Maker, make},
    },
    domain::ids::SpaceId,
    store::{
        attendance::{self, Attendance},
        audit::{self, Entry},
        db::WriteTx,
        places,
    },
};

impl Desk<'_> {
    /// A space, unless there is one of that name.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) fn space(&mut self, tx: &mut WriteTx, row: &SpaceRow) -> Result<Result<SpaceId, Came>, Error> {
        if let Some(there) = self.spaces.named(row.new.name.as_str()).first() {
            return Ok(Err(Came::Conflict(Some(there.id.to_string()), Remark::Code("space_name_taken"))));
        }
        let (app, job) = (self.app, self.job);
        let date = today(tx, app, job)?;
        if row.active_from.is_some_and(|from| from > date) {
            return Ok(Err(invalid("active_from", "in_the_future")));
        }
        let by = job.actor.person().map(|person| person.id);
        let maker = Maker { app, place: job.place, by, active_from: row.active_from.unwrap_or(date) };
        match make(tx, &maker, &row.new) {
            Ok(space) => {
                places::touch_venue(tx, job.place.venue, app.revision())?;
                Ok(Ok(self.spaces.knows(space)))
            }
            Err(Error::Fields(faults)) => Ok(Err(Came::Invalid(faults))),
            Err(other) => Err(other),
        }
    }

    /// What was counted on a day that nobody counted yet; also of a month whose figures are closed, as nothing that was
    /// said of it is taken back.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) fn count(&self, tx: &mut WriteTx, count: &Count, repeats: Option<u64>) -> Result<Came, Error> {
        let (app, job) = (self.app, self.job);
        let (space, day) = match day(&self.spaces, today(tx, app, job)?, count) {
            Ok(found) => found,
            Err(came) => return Ok(came),
        };
        if let Some(before) = attendance::find(tx, space, day.date)? {
            return Ok(counted_before(space, before, &day, repeats));
        }
        let now = app.now();
        attendance::put(tx, (job.place, space), &day, now)?;
        let payload = json!({"date": day.date, "walk_ins": day.walk_ins, "event_visitors": day.event_visitors, "imported": true});
        let by = job.actor.person().map(|person| person.id);
        let entry = Entry::new(app.id(), now, by, "space.attendance_counted", space).within(job.place);
        audit::append(tx, &entry.with(payload))?;
        Ok(Came::Created(Some(shown(space, day.date))))
    }
}

/// The space and the day that a line means.
///
/// # Errors
/// What comes of a line that means none, or a day ahead.
pub(super) fn day(spaces: &Spaces, today: NaiveDate, count: &Count) -> Result<(SpaceId, Attendance), Came> {
    let space = spaces.find(&count.space).map_err(|code| invalid("space", code))?.id;
    if count.date > today {
        return Err(invalid("date", "in_the_future"));
    }
    let note = count.note.as_ref().map(ToString::to_string).filter(|note| !note.is_empty());
    let Count { date, walk_ins, event_visitors, .. } = *count;
    Ok((space, Attendance { date, walk_ins, event_visitors, note, version: 1 }))
}

/// What comes of a line whose day was counted before.
pub(super) fn counted_before(
    space: SpaceId,
    before: Attendance,
    day: &Attendance,
    repeats: Option<u64>,
) -> Came {
    let same = Attendance { version: 1, ..before } == *day;
    Came::known(Some(shown(space, day.date)), same, repeats, "counted_already")
}

fn shown(space: SpaceId, date: NaiveDate) -> String {
    format!("{space} {date}")
}
