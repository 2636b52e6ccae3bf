//! Counting who came, on both sides: the heads of a reservation, and a day's visitors without one.

use chrono::{Datelike, Days, Months, NaiveDate};
use prostor::{
    app::{
        attendance::{self, NewAttendance},
        reservations::headcount,
        version::Expected,
    },
    domain::reservation::Status,
};
use serde_json::json;

use crate::{
    calendar::{self, Minute},
    model::Model,
    places::DORA,
    story::{Story, agree},
    verbs::Answer,
    world::{answer, body},
};

/// Walk-ins and visitors of events.
pub type Visitors = (u32, u32);

/// The figures of a month are closed two weeks after its end.
fn month_closes(date: NaiveDate) -> Minute {
    let next = date.with_day(1).unwrap().checked_add_months(Months::new(1)).unwrap();
    calendar::midnight(calendar::later(next, 14))
}

impl Model {
    /// Once it has begun, until its month is closed; what is longer than that, until its end.
    fn count(&mut self, who: usize, id: usize, heads: u32) -> Answer {
        self.may_change(who, id)?;
        let now = self.now;
        let booking = &mut self.bookings[id];
        let came = matches!(booking.status, Status::Confirmed | Status::CheckedIn | Status::Completed);
        if !came || now < booking.slot.from {
            return Err("state_conflict");
        }
        if booking.heads == Some(heads) {
            return Ok(());
        }
        if now >= month_closes(calendar::date(booking.slot.from)).max(booking.slot.to) {
            return Err("period_closed");
        }
        booking.heads = Some(heads);
        Ok(())
    }

    fn attend(&mut self, who: usize, space: usize, date: NaiveDate, visitors: Visitors) -> Answer {
        if who != DORA {
            return Err("forbidden");
        }
        if date > calendar::date(self.now) {
            return Err("invalid");
        }
        if month_closes(date) <= self.now {
            return Err("period_closed");
        }
        self.visitors.insert((space, date), visitors);
        Ok(())
    }
}

impl Story {
    pub fn count(&mut self, who: usize, number: usize, heads: u32) -> Result<(), String> {
        let (app, actor, id) = (&self.world.app, self.world.actor(Some(who)), self.ids[number]);
        let wanted = body(json!({"count": heads}));
        let real = answer(headcount::count(app, &actor, None, id, Expected::Any, wanted)).map(drop);
        let model = self.model.count(who, number, heads);
        self.note("count", model);
        agree(&format!("heads of {number}"), real, model)
    }

    /// So many days ago, or ahead.
    pub fn attend(&mut self, who: usize, space: usize, ago: i64, visitors: Visitors) -> Result<(), String> {
        let today = calendar::date(self.model.now);
        let days = Days::new(ago.unsigned_abs());
        let date = if ago < 0 { today.checked_add_days(days) } else { today.checked_sub_days(days) };
        let date = date.unwrap();
        let new = json!({"date": date, "walk_ins": visitors.0, "event_visitors": visitors.1});
        let (app, actor, id) = (&self.world.app, self.world.actor(Some(who)), self.world.spaces[space]);
        let new = body::<NewAttendance>(new);
        let real = answer(attendance::put(app, &actor, None, id, Expected::Any, new)).map(drop);
        let model = self.model.attend(who, space, date, visitors);
        self.note("attend", model);
        agree("attendance", real, model)
    }

    /// What was counted of all days that the story knows.
    pub fn same_visitors(&self) -> Result<(), String> {
        let (staff, today) = (self.world.actor(Some(DORA)), calendar::date(self.model.now));
        let range = (today.checked_sub_days(Days::new(300)).unwrap(), calendar::later(today, 10));
        for (space, id) in self.world.spaces.iter().enumerate() {
            let list = attendance::list(&self.world.app, &staff, *id, range);
            let list = list.map_err(|error| format!("attendance: {error:?}"))?;
            let real: Vec<_> =
                list.items.iter().map(|day| (day.date, (day.walk_ins, day.event_visitors))).collect();
            let known = self.model.visitors.iter().filter(|((of, _), _)| *of == space);
            let model: Vec<_> = known.map(|((_, date), visitors)| (*date, *visitors)).collect();
            agree(&format!("visitors of space {space}"), real, model)?;
        }
        Ok(())
    }
}
