//! What the venue does, on both sides: blocks, once or again and again, and hours, its own and its spaces'.

use prostor::app::{blocks, places::spaces, version::Expected};
use serde_json::json;

use crate::{
    calendar::{self, Minute},
    model::Model,
    op::Made,
    opening::Week,
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

pub fn on_affected(on: OnAffected) -> &'static str {
    match on {
        OnAffected::Refuse => "refuse",
        OnAffected::Keep => "keep",
        OnAffected::Cancel => "cancel",
    }
}
