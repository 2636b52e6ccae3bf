//! What the venue does, on both sides: blocks, once or again and again, hours, its own and its spaces', and dates on which it
//! is closed.

use chrono::NaiveDate;
use prostor::{
    app::{
        blocks,
        places::{
            hours::{self, DateHours, Dates, NewClosure},
            spaces,
        },
        version::Expected,
    },
    domain::{hours::TimeOfDay, ids::ReservationId},
};
use serde_json::json;

use crate::{
    calendar::{self, Minute},
    model::Model,
    op::Made,
    opening::{CLOSED, Week},
    places::{DORA, HALL, clock, hours_body},
    story::{Story, agree, one_of_many},
    venue::OnAffected,
    world::{answer, body, written},
};

impl Story {
    pub fn block(
        &mut self,
        place: Made,
        space: usize,
        time: (Minute, Minute),
        on: OnAffected,
        recurs: Option<(i64, usize)>,
    ) -> Result<(), String> {
        let rule = recurs.map(|(every, count)| format!("FREQ=DAILY;INTERVAL={every};COUNT={count}"));
        let mut new = json!({"starts_at": written(time.0), "ends_at": written(time.1), "reason": "Painting",
            "on_affected": on_affected(on)});
        if let Some(rule) = rule {
            new["recurrence"] = json!(rule);
        }
        let staff = self.world.actor(Some(DORA));
        let real = answer(blocks::create(&self.world.app, &staff, None, self.world.spaces[space], body(new)));
        let first = self.model.blocks.len();
        let wanted = match Model::block_times(time, recurs) {
            Ok(times) => self.model.make_block(space, &times, on)?,
            Err(code) => Err(code),
        };
        agree("block", real.as_ref().map(drop).map_err(|code| *code), wanted)?;
        self.note(if recurs.is_some() { "blocks" } else { "block" }, wanted);
        if let Ok(view) = real {
            for (number, id) in view.made.unwrap_or(vec![view.id]).into_iter().enumerate() {
                let key = if number == 0 { place } else { one_of_many(place, number) };
                self.blocks.insert(key, (id, first + number));
            }
        }
        Ok(())
    }

    pub fn put_parts(&mut self, parts: &'static [usize]) -> Result<(), String> {
        let ids: Vec<_> = parts.iter().map(|part| self.world.spaces[*part]).collect();
        let (staff, hall) = (self.world.actor(Some(DORA)), self.world.spaces[HALL]);
        let new = body(json!({"parts": ids}));
        let real = answer(spaces::put_parts(&self.world.app, &staff, None, hall, Expected::Any, new));
        let wanted = self.model.put_parts(parts)?;
        self.note("parts", wanted);
        agree("parts", real.map(drop), wanted)
    }

    pub fn lift(&mut self, made: Made, following: bool) -> Result<(), String> {
        let Some(&(id, number)) = self.blocks.get(&made) else { return Ok(()) };
        let staff = self.world.actor(Some(DORA));
        let real = answer(blocks::lift(&self.world.app, &staff, None, id, Expected::Any, following));
        let block = &self.model.blocks[number];
        let wanted = match (block.stands, block.rule) {
            (false, _) => Err("not_found"),
            (true, None) if following => Err("invalid"),
            (true, rule) => {
                let from = block.from;
                let later = |each: &usize| {
                    let each = &self.model.blocks[*each];
                    each.stands && each.rule == rule && each.from >= from
                };
                let all = (0..self.model.blocks.len()).filter(later);
                let lifted: Vec<usize> = if following { all.collect() } else { vec![number] };
                lifted.into_iter().for_each(|each| self.model.lift(each));
                Ok(())
            }
        };
        agree("lift", real, wanted)
    }

    pub fn hours(
        &mut self,
        of: Option<usize>,
        days: u64,
        week: Option<&Week>,
        exception: Option<(u64, (i64, i64))>,
        on: OnAffected,
    ) -> Result<(), String> {
        let from = calendar::later(calendar::date(self.model.now), days);
        let exception = exception.map(|(days, hours)| (calendar::later(from, days), hours));
        let wanted =
            self.model.change_hours(on, |opening| opening.put(of, from, week.cloned(), exception))?;
        let Some(week) = week else {
            let real = self.world.inherit_hours(of.expect("a space's"), from, on_affected(on));
            return agree("hours of the venue again", real, wanted);
        };
        let mut hours = hours_body(week);
        hours["valid_from"] = json!(from);
        hours["on_affected"] = json!(on_affected(on));
        if let Some((date, (opens, closes))) = exception {
            let open = json!([{"opens": clock(opens), "closes": clock(closes)}]);
            let open = if opens == closes { json!([]) } else { open };
            hours["exceptions"] = json!([{"date": date, "hours": open}]);
        }
        self.note("hours", wanted);
        agree("hours", self.world.put_hours(of, hours), wanted)
    }
}

fn dates(first: NaiveDate, many: u64) -> Vec<NaiveDate> {
    (0..many).map(|day| calendar::later(first, day)).collect()
}

impl Story {
    /// Looked at first: whom it would meet.
    pub fn close(&mut self, days: u64, many: u64, on: OnAffected) -> Result<(), String> {
        let closed = dates(calendar::later(calendar::date(self.model.now), days), many);
        let (app, staff, venue) = (&self.world.app, self.world.actor(Some(DORA)), self.world.venue);
        let new: NewClosure =
            body(json!({"first_date": closed[0], "last_date": closed.last(), "reason": "Flood",
            "on_affected": on_affected(on)}));
        let shown =
            hours::preview(app, &staff, venue, &new).map_err(|error| format!("preview: {error:?}"))?;
        let mut shown: Vec<ReservationId> = shown.affected.iter().map(|one| one.id).collect();
        let real = answer(hours::close(app, &staff, None, venue, new)).map(drop);
        let (slots, wishes) = self.model.clone().fall_out(|opening| opening.close(&closed));
        let mut met: Vec<ReservationId> = slots.iter().chain(&wishes).map(|id| self.ids[*id]).collect();
        shown.sort_unstable();
        met.sort_unstable();
        agree("whom closing meets", shown, met)?;
        let wanted = self.model.change_hours(on, |opening| opening.close(&closed))?;
        self.note("closing the venue", wanted);
        agree("closing the venue", real, wanted)
    }

    pub fn reopen(&mut self, days: u64, many: u64) -> Result<(), String> {
        let opened = dates(calendar::later(calendar::date(self.model.now), days), many);
        let (app, staff, venue) = (&self.world.app, self.world.actor(Some(DORA)), self.world.venue);
        let asked = Dates { first: opened[0], last: opened[opened.len() - 1] };
        let real = answer(hours::reopen(app, &staff, None, venue, asked)).map_err(str::to_owned)?;
        let wanted = self.model.opening.reopen(&opened);
        agree("dates opened", real.opened, wanted.opened)?;
        for (what, real, mut wanted) in
            [("hours restored", real.restored, wanted.restored), ("hours kept", real.kept, wanted.kept)]
        {
            let mut real: Vec<_> = real.iter().map(|one| self.hours_of(one)).collect();
            real.sort_unstable();
            wanted.sort_unstable();
            self.note(what, if wanted.is_empty() { Err("none") } else { Ok(()) });
            agree(what, real, wanted)?;
        }
        Ok(())
    }

    /// By the model's number of the space.
    fn hours_of(&self, one: &DateHours) -> (Option<usize>, NaiveDate, (i64, i64)) {
        let number = |id| self.world.spaces.iter().position(|known| *known == id).expect("a known space");
        let clock = |time: TimeOfDay| i64::from(time.minutes());
        let hours = one.hours.first().map_or(CLOSED, |span| (clock(span.opens), clock(span.closes)));
        (one.space_id.map(number), one.date, hours)
    }
}

pub fn on_affected(on: OnAffected) -> &'static str {
    match on {
        OnAffected::Refuse => "refuse",
        OnAffected::Keep => "keep",
        OnAffected::Cancel => "cancel",
    }
}
