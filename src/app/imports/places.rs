//! Lines that make a space, and lines that say how many came on a day.

use serde_json::json;

use super::{
    counts::Count,
    desk::{Desk, invalid, today},
    report::Came,
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
        if let Some(there) = self.named(row.new.name.as_str()).first() {
            return Ok(Err(Came::Conflict(Some(there.id.to_string()), "space_name_taken")));
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
                Ok(Ok(self.knows(space)))
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
    pub(super) fn count(&self, tx: &mut WriteTx, count: &Count) -> Result<Came, Error> {
        let space = match self.find(&count.space) {
            Ok(space) => space.id,
            Err(code) => return Ok(invalid("space", code)),
        };
        let (app, job) = (self.app, self.job);
        if count.date > today(tx, app, job)? {
            return Ok(invalid("date", "in_the_future"));
        }
        let note = count.note.as_ref().map(ToString::to_string).filter(|note| !note.is_empty());
        let (date, walk_ins, event_visitors) = (count.date, count.walk_ins, count.event_visitors);
        let day = Attendance { date, walk_ins, event_visitors, note, version: 1 };
        let shown = format!("{space} {date}");
        if let Some(before) = attendance::find(tx, space, date)? {
            let same = Attendance { version: 1, ..before } == day;
            let id = Some(shown);
            return Ok(if same { Came::Unchanged(id, None) } else { Came::Conflict(id, "counted_already") });
        }
        let now = app.now();
        attendance::put(tx, (job.place, space), &day, now)?;
        let payload =
            json!({"date": date, "walk_ins": walk_ins, "event_visitors": event_visitors, "imported": true});
        let by = job.actor.person().map(|person| person.id);
        let entry = Entry::new(app.id(), now, by, "space.attendance_counted", space).within(job.place);
        audit::append(tx, &entry.with(payload))?;
        Ok(Came::Created(shown))
    }
}
