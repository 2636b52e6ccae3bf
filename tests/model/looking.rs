//! Availability against the model minute by minute, and ONE TRUTH: what it offers can be booked that instant, what it
//! does not offer is refused. And the waiting list, whose offers rest on it.

use std::ops::Range;

use chrono::DateTime;
use prostor::{
    app::{
        availability::space::{self, Question},
        version::Expected,
        waiting::{join, leave, list},
    },
    domain::{
        ids::WaitingId,
        zone::{DateOrTime, LocalTime, TimeInput},
    },
    store::occupancies,
};
use serde_json::json;

use crate::{
    calendar::{self, DAY, Minute, shown},
    decision::{Ask, on_grid},
    op::{Made, Wish},
    story::{Story, agree, sorted},
    waiting::Entry,
    world::{answer, body, instant, minute, written},
};

/// How much is looked at from where somebody wants to begin.
const WINDOW: Minute = 9 * 60;
/// The same of days and nights.
const LONG_WINDOW: Minute = 6 * DAY;

/// From, to, how many are free, and what asking for it comes to.
type Shown = (Minute, Minute, u32, &'static str);

fn read(time: &LocalTime) -> Minute {
    minute(DateTime::parse_from_rfc3339(&time.to_string()).unwrap().to_utc().into())
}

impl Story {
    /// When the slots begin that are looked at.
    fn window(&self, wish: &Wish) -> Range<Minute> {
        let long = if self.model.spaces[wish.space].stay.is_none() { WINDOW } else { LONG_WINDOW };
        wish.from..wish.from + long
    }

    pub fn look(&mut self, place: Made, wish: &Wish, pick: usize) -> Result<(), String> {
        // Availability takes it for one person where nobody says how many come.
        let wish = Wish { attendees: wish.attendees.or(Some(1)), hold: false, named: None, ..wish.clone() };
        if self.model.misunderstands(&wish) {
            return Ok(());
        }
        let (slots, open) = self.offered(&wish)?;
        let wanted = self.slots(&wish);
        if let Some((real, model)) = slots.iter().zip(&wanted).find(|(real, model)| real != model) {
            let told = |slot: &Shown| format!("{} – {} {} {}", shown(slot.0), shown(slot.1), slot.2, slot.3);
            let why = self.model.judge(&self.asked(&wish, (model.0, model.1))).why;
            return Err(format!("slot: the service says {}, the model {} {why:?}", told(real), told(model)));
        }
        agree("number of slots", slots.len(), wanted.len())?;
        let minutes = self.window(&wish);
        let open_minutes: Vec<Minute> =
            minutes.filter(|at| self.model.opening.is_open(wish.space, *at)).collect();
        agree("open time", open, open_minutes)?;
        if slots.is_empty() || wish.who.is_none() {
            return Ok(());
        }
        let (from, to, _, outcome) = slots[pick % slots.len()];
        let made = self.reserve(place, &Wish { from, to, ..wish })?;
        agree("what availability offers", made, outcome != "refuse")
    }

    /// What the service shows: slots, and the minutes that are open.
    fn offered(&self, wish: &Wish) -> Result<(Vec<Shown>, Vec<Minute>), String> {
        let at = |at| DateOrTime::Time(TimeInput::At(instant(at)));
        let world = &self.world;
        let by_hours = self.model.spaces[wish.space].stay.is_none();
        let minutes = if by_hours { wish.to - wish.from } else { i64::try_from(wish.days).unwrap() * DAY };
        let question = Question {
            from: at(self.window(wish).start),
            to: at(self.window(wish).end),
            duration_minutes: Some(u32::try_from(minutes).unwrap()),
            quantity: Some(wish.quantity),
            layout: wish.layout.map(|layout| world.layouts[wish.space][layout]),
            attendees: wish.attendees,
            organisation: wish.for_organisation.then_some(world.organisation),
        };
        let view = space::show(&world.app, &world.actor(wish.who), world.spaces[wish.space], &question);
        let view = view.map_err(|error| format!("availability: {error:?}"))?;
        let slots = view.days.iter().flat_map(|day| &day.slots);
        let slots = slots
            .map(|slot| (read(&slot.starts_at), read(&slot.ends_at), slot.units_free, slot.outcome.as_str()));
        let open = view.days.iter().flat_map(|day| &day.open);
        let open = open.flat_map(|open| read(&open.starts_at)..read(&open.ends_at));
        Ok((slots.collect(), open.collect()))
    }

    fn asked(&self, wish: &Wish, (from, to): (Minute, Minute)) -> Ask {
        self.ask(&Wish { from, to, ..wish.clone() })
    }

    /// Minute by minute: on the grid, and open to its end; or date by date.
    fn slots(&self, wish: &Wish) -> Vec<Shown> {
        let (model, space) = (&self.model, wish.space);
        let grid = model.grid(space, wish.who, wish.for_organisation);
        let long = wish.to - wish.from;
        let begins = |from: &Minute| {
            let fits = model.opening.is_open_throughout(space, *from, *from + long);
            fits && model.opening.span(space, *from).is_some_and(|span| on_grid(span, *from, grid))
        };
        let times: Vec<(Minute, Minute)> = match model.spaces[space].stay {
            None => self.window(wish).filter(begins).map(|from| (from, from + long)).collect(),
            Some(_) => {
                let first = calendar::date(self.window(wish).start - DAY);
                let stays = first
                    .iter_days()
                    .take(10)
                    .filter_map(|date| model.opening.stay_of(space, date, wish.days));
                stays.filter(|stay| self.window(wish).contains(&stay.0)).collect()
            }
        };
        let slots = times.into_iter().map(|(from, to)| {
            let judged = model.judge(&self.asked(wish, (from, to)));
            (from, to, judged.free, judged.verdict.outcome())
        });
        slots.collect()
    }

    // ---- the waiting list --------------------------------------------------------------------------------------

    pub fn join(
        &mut self,
        place: Made,
        (who, space): (usize, usize),
        (from, to): (Minute, Minute),
        (minutes, quantity): (i64, u32),
    ) -> Result<(), String> {
        let world = &self.world;
        let new = body(json!({"space_id": world.spaces[space], "from": written(from), "to": written(to),
            "duration_minutes": minutes, "quantity": quantity, "title": "Waits", "purpose": "other"}));
        let real = answer(join::join(&world.app, &world.actor(Some(who)), None, new));
        let wanted = self.model.may_join((who, space), (from, to), (minutes, quantity));
        agree("join", real.as_ref().map(drop).map_err(|code| *code), wanted)?;
        if let Ok(view) = real {
            let (offers, ended) = (Vec::new(), false);
            let entry = Entry { id: view.id, who, space, from, to, minutes, quantity, offers, ended };
            self.model.entries.insert(place, entry);
        }
        Ok(())
    }

    pub fn leave(&mut self, made: Made) -> Result<(), String> {
        let Some(entry) = self.model.entries.get(&made) else { return Ok(()) };
        let actor = self.world.actor(Some(entry.who));
        let real = answer(leave::leave(&self.world.app, &actor, None, entry.id, Expected::Any));
        self.model.leave(made)?;
        agree("leave", real, Ok(()))
    }

    /// The job looks at the entries in the order of their ids.
    pub fn offer(&mut self) -> Result<(), String> {
        prostor::app::waiting::offer::waiting(&self.world.app).unwrap();
        let mut line: Vec<(WaitingId, Made)> =
            self.model.entries.iter().map(|(key, entry)| (entry.id, *key)).collect();
        line.sort_unstable();
        for (id, key) in line {
            let wanted = self.model.attend_to(key);
            let (who, before) = (self.model.entries[&key].who, self.model.entries[&key].offers.clone());
            let view = list::show(&self.world.app, &self.world.actor(Some(who)), id);
            let view = view.map_err(|error| format!("waiting: {error:?}"))?;
            let fresh = view
                .offer
                .filter(|offer| before.iter().all(|known| self.ids[*known] != offer.reservation_id));
            let real = fresh.as_ref().map(|offer| (offer.starts_at.clone(), offer.ends_at.clone()));
            let model = wanted.as_ref().map(|ask| (ask.slot.from, ask.slot.to));
            let read = |time: &str| minute(DateTime::parse_from_rfc3339(time).unwrap().to_utc().into());
            let real = real.map(|(from, to)| (read(&from), read(&to)));
            agree(&format!("offer to #{key}"), real, model)?;
            if let (Some(ask), Some(offer)) = (wanted, fresh) {
                let rows =
                    self.world.app.db.read(|tx| occupancies::of_reservations(tx, &[offer.reservation_id]));
                let units: Vec<_> = rows.unwrap().into_iter().map(|row| row.unit).collect();
                let units = sorted(self.units(&units, &ask, &[])?);
                let made = self.model.offer(key, ask, units)?;
                self.ids.push(offer.reservation_id);
                self.made.insert(key, made);
                self.note("offer", Ok(()));
            }
            agree(
                &format!("state of #{key}"),
                view.state.as_str(),
                self.model.state_of(&self.model.entries[&key]),
            )?;
        }
        Ok(())
    }
}
