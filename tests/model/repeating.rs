//! Series on both sides: previewed, made, changed, given up and decided, one date after the other.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use prostor::{
    app::{
        reservations::{
            decide::{Verdict as Answered, Words},
            series::{
                NewSeries, SeriesCancellation, SeriesChange, cancel, create, decide, edit, preview,
                view::SeriesView,
            },
        },
        version::Expected,
    },
    domain::{
        equipment::Equipment,
        ids::{ReservationId, UnitId},
        record::{Holder, Reservation},
    },
    store::{occupancies, reservations},
};
use serde_json::{Value, json};

use crate::{
    calendar::{self, Minute},
    decision::Ask,
    equipment::{Given, LENT},
    model::Slot,
    op::{Made, Wish},
    series::{Member, Occurrence, Reshape, Reshaped, Rule, Series, apart, at_clock, clock_of},
    story::{Story, agree, one_of_many},
    world::{answer, body},
};

/// The units of a reservation, and its equipment.
pub type Has = (Vec<UnitId>, Vec<Equipment>);

/// What the clock shows so many minutes after a date's midnight.
fn civil(date: NaiveDate, clock: i64) -> String {
    (date.and_time(NaiveTime::MIN) + TimeDelta::minutes(clock)).format("%Y-%m-%dT%H:%M:%S").to_string()
}

/// Whether one's equipment is still being put away when the next one's is fetched.
fn near_each_other(slot: &Slot, times: impl Iterator<Item = (Minute, Minute)>) -> bool {
    let times: Vec<_> = times.collect();
    slot.equipment > 0 && times.windows(2).any(|two| two[1].0 - LENT.0 < two[0].1 + LENT.1)
}

impl Story {
    pub fn repeat(
        &mut self,
        place: Made,
        wish: &Wish,
        rule: &Rule,
        without: Option<usize>,
        skips: Option<Option<u32>>,
    ) -> Result<(), String> {
        let misunderstood = self.model.misunderstands(wish);
        let first = calendar::date(wish.from);
        let dates = rule.dates(first);
        let excluded = without.map(|number| dates[number]);
        let kept: Vec<NaiveDate> = dates.into_iter().filter(|date| Some(*date) != excluded).collect();
        let mut new = json!({"template": self.request(wish), "rrule": rule.written(),
            "on_conflict": if skips.is_some() { "skip_conflicts" } else { "all_or_nothing" }});
        if let Some(date) = excluded {
            new["exdates"] = json!([date]);
        }
        if let Some(Some(most)) = skips {
            new["max_skipped"] = json!(most);
        }
        let (app, actor, new) = (&self.world.app, self.world.actor(wish.who), body::<NewSeries>(new));
        let (shown, made) =
            (preview::preview(app, &actor, &new), answer(create::create(app, &actor, None, new)));
        let told = made.as_ref().map(drop).map_err(|code| *code);
        let ask = self.ask(wish);
        let clock = clock_of((wish.from, wish.to)).and_then(|(_, clock)| {
            let times: Vec<_> = kept.iter().map(|date| at_clock(*date, clock)).collect();
            apart(&times).map(|()| clock)
        });
        let clock = match clock {
            Ok(clock) if !misunderstood => clock,
            clock => {
                agree("preview", shown.is_ok(), false)?;
                return agree("series", told, clock.and(Err("invalid")));
            }
        };
        let near = near_each_other(&ask.slot, kept.iter().map(|date| at_clock(*date, clock)));
        if let (true, Err(code)) = (near, told) {
            // Which piece each has is the service's to choose, and it is not told.
            let shown = shown.map_err(|error| format!("preview: {error:?}"))?;
            return agree("preview", shown.refusal.map(|refusal| refusal.code()), Some(code));
        }
        let chosen = self.chosen_on(made.as_ref().ok())?;
        let (drawn, wanted) = self.model.draw(&ask, &kept, skips, &chosen)?;
        let why: Vec<_> = drawn.iter().map(|(date, _, judged)| (date, &judged.why)).collect();
        let shown = shown.map_err(|error| format!("preview: {error:?}"))?;
        let results = shown.preview.occurrences.iter().map(|one| one.outcome.as_str());
        let results: Vec<_> = results.filter(|result| *result != "excluded").collect();
        let verdicts: Vec<_> = drawn.iter().map(|(.., judged)| judged.verdict.result()).collect();
        agree(&format!("preview {why:?}"), results, verdicts)?;
        agree("preview", shown.refusal.map(|refusal| refusal.code()), wanted.err())?;
        agree(&format!("series {why:?}"), told, wanted)?;
        self.note("series", wanted);
        let Ok(view) = made else { return Ok(()) };
        let series = self.model.series.len();
        let (who, for_organisation) = (ask.who.expect("somebody's"), wish.for_organisation);
        self.model.series.push(Series { space: ask.space, who, for_organisation, first, clock });
        self.series_ids.push(view.id);
        self.series.insert(place, series);
        let ids: Vec<_> = view.occurrences.into_iter().flatten().map(|one| one.reservation_id).collect();
        self.take(place, series, &ids, drawn)
    }

    /// Does in the model what was made, on the units that the service chose.
    fn take(
        &mut self,
        place: Made,
        series: usize,
        ids: &[ReservationId],
        drawn: Vec<Occurrence>,
    ) -> Result<(), String> {
        let given = self.given(ids)?;
        let made = drawn.into_iter().filter_map(|(date, ask, judged)| {
            let asks = judged.verdict.code().ok()?;
            Some((date, ask, judged, asks))
        });
        let made: Vec<_> = made.collect();
        agree("number of occurrences", ids.len(), made.len())?;
        for (number, (id, (on, ask, judged, asks))) in ids.iter().zip(made).enumerate() {
            let given = self.given_to(&given[id], &ask)?;
            let booking = self.model.reserve(&ask, &judged, asks, given)?;
            self.model.bookings[booking].member = Some(Member { series, on, changed: false });
            self.ids.push(*id);
            self.made.insert(one_of_many(place, number), booking);
        }
        Ok(())
    }

    fn given_to(&self, (units, equipment): &Has, ask: &Ask) -> Result<Given, String> {
        let own = ask.old.map(|id| &self.model.bookings[id].slot);
        let (own, lent) = own.map_or((&[][..], &[][..]), |slot| (&slot.units, &slot.pieces));
        let units = self.units(units, ask, own)?;
        Ok(Given { units, pieces: self.pieces(equipment, &ask.slot, lent)? })
    }

    /// By the model's numbers.
    pub fn numbered(&self, (units, equipment): &Has) -> Given {
        let pieces = equipment.iter().flat_map(|some| &some.units);
        let number = |id: &UnitId| self.world.unit(*id);
        Given { units: units.iter().map(number).collect(), pieces: pieces.map(number).collect() }
    }

    /// What each date of a series has that was made.
    fn chosen_on(&self, made: Option<&SeriesView>) -> Result<BTreeMap<NaiveDate, Given>, String> {
        let ids: Vec<_> = made.iter().flat_map(|view| view.occurrences.iter().flatten()).collect();
        let ids: Vec<ReservationId> = ids.into_iter().map(|one| one.reservation_id).collect();
        let found = self.world.app.db.read(|tx| reservations::find_all(tx, &ids));
        let found = found.map_err(|error| format!("{error:?}"))?;
        let on = |one: &Reservation| one.belongs.expect("of a series").original.date();
        let given = self.given(&ids)?;
        Ok(found.iter().map(|one| (on(one), self.numbered(&given[&one.id]))).collect())
    }

    /// The units of each and its equipment: those it wishes for where it waits, else those it has.
    pub fn given(&self, ids: &[ReservationId]) -> Result<BTreeMap<ReservationId, Has>, String> {
        let read = self.world.app.db.read(|tx| {
            let found = reservations::find_all(tx, ids)?;
            Ok::<_, prostor::store::error::StoreError>((found, occupancies::of_reservations(tx, ids)?))
        });
        let (found, rows) = read.map_err(|error| format!("{error:?}"))?;
        let given = found.into_iter().map(|reservation: Reservation| {
            let own = rows.iter().filter(|row| row.holder == Holder::Reservation(reservation.id));
            let of_space = own.map(|row| row.unit).filter(|unit| !reservation.has_as_equipment(*unit));
            let mut units: Vec<UnitId> = of_space.collect();
            units.sort_unstable();
            units.dedup();
            let wished = reservation.change.map(|change| (change.units, change.equipment));
            (reservation.id, wished.unwrap_or((units, reservation.equipment)))
        });
        Ok(given.collect())
    }

    /// As the API takes it: from a date on, other times of what is on that date.
    fn change_of(&self, old: &Series, named: Option<NaiveDate>, how: Reshape) -> Value {
        let mut change = json!({});
        if how.later != 0 || how.longer != 0 {
            let date = named.unwrap_or(old.first);
            change["starts_at"] = json!(civil(date, old.clock.0 + how.later));
            change["ends_at"] = json!(civil(date, old.clock.1 + how.later + how.longer));
        }
        if let Some(people) = how.attendees {
            change["attendees"] = json!(people);
        }
        if let Some((pool, quantity)) = how.equipment {
            change["equipment"] = self.world.equipment(pool, quantity);
        }
        let mut wanted = json!({"change": change,
            "on_conflict": if how.skips { "skip_conflicts" } else { "all_or_nothing" }});
        if let Some(date) = named {
            wanted["from"] = json!(civil(date, old.clock.0));
        }
        wanted
    }

    fn reshaped_near_each_other(&self, old: &Series, members: &[usize], how: Reshape) -> bool {
        let on = |id: usize| self.model.bookings[id].member.expect("of a series").on;
        let lent = |id: &usize| {
            let slot = &self.model.bookings[*id].slot;
            let equipment = how.equipment.map_or(slot.equipment, |(_, many)| many);
            Slot { equipment, ..slot.clone() }
        };
        let clock = (old.clock.0 + how.later, old.clock.1 + how.later + how.longer);
        let times = || members.iter().map(|id| at_clock(on(*id), clock));
        clock.0 < clock.1 && members.iter().any(|id| near_each_other(&lent(id), times()))
    }

    /// What each of them has by now, or wishes for.
    fn chosen_by(&self, members: &[usize]) -> Result<BTreeMap<usize, Given>, String> {
        let ids: Vec<_> = members.iter().map(|id| self.ids[*id]).collect();
        let given = self.given(&ids)?;
        Ok(members.iter().map(|id| (*id, self.numbered(&given[&self.ids[*id]]))).collect())
    }

    pub fn reshape(&mut self, place: Made, who: usize, series: usize, how: Reshape) -> Result<(), String> {
        let (old, members) = (self.model.series[series].clone(), self.model.members(series));
        let Some(&first) = members.first() else { return Ok(()) };
        let is_pool = self.model.spaces[old.space].is_pool();
        let how = Reshape { equipment: how.equipment.filter(|_| !is_pool), ..how };
        let on = |id: usize| self.model.bookings[id].member.expect("of a series").on;
        let named = how.from.map(|number| on(members[number % members.len()]));
        let wanted = body::<SeriesChange>(self.change_of(&old, named, how));
        let (app, actor, id) = (&self.world.app, self.world.actor(Some(who)), self.series_ids[series]);
        let real = answer(edit::edit(app, &actor, None, id, Expected::Any, wanted));
        let told = real.as_ref().map(drop).map_err(|code| *code);
        let near = self.reshaped_near_each_other(&old, &members, how);
        if near && ["series_conflicts", "nothing_left"].iter().any(|code| told == Err(*code)) {
            // Which piece each has is the service's to choose, and it is not told.
            return Ok(());
        }
        let chosen = if told.is_ok() { self.chosen_by(&members)? } else { BTreeMap::new() };
        let reshaped = self.model.may_change_series(who, series).map_err(str::to_owned);
        let reshaped = reshaped.and_then(|()| self.model.reshape(who, series, how, &chosen));
        let (reshaped, wanted) = match reshaped {
            Ok((reshaped, wanted)) => (Some(reshaped), wanted.map_err(str::to_owned)),
            Err(code) => (None, Err(code)),
        };
        let each = reshaped.iter().flat_map(|reshaped| &reshaped.each);
        let why: Vec<_> =
            each.map(|(id, asked)| (*id, asked.as_ref().map(|(_, judged)| &judged.why))).collect();
        agree(&format!("change of series of {first} {why:?}"), told.map_err(str::to_owned), wanted)?;
        self.note("change of a series", told);
        let (Ok(view), Some(reshaped)) = (real, reshaped) else { return Ok(()) };
        let now = if reshaped.splits { self.model.series.len() } else { series };
        if reshaped.splits {
            let later = Series { first: reshaped.point, clock: reshaped.clock, ..old };
            self.model.series.push(later);
            self.series_ids.push(view.id);
            self.series.insert(place, now);
        }
        agree("the series that was changed", view.id, self.series_ids[now])?;
        self.put_on(now, &members, reshaped)
    }

    /// Does in the model what was changed.
    fn put_on(&mut self, series: usize, members: &[usize], reshaped: Reshaped) -> Result<(), String> {
        self.model.series[series].clock = reshaped.clock;
        for id in members {
            let member = self.model.bookings[*id].member.as_mut().expect("of a series");
            if member.on >= reshaped.point {
                member.series = series;
            }
        }
        let ids: Vec<_> = reshaped.each.iter().map(|(number, _)| self.ids[*number]).collect();
        let given = self.given(&ids)?;
        for (number, asked) in reshaped.each {
            let Some((ask, judged)) = asked else { continue };
            if let Ok(asks) = judged.verdict.code() {
                let given = self.given_to(&given[&self.ids[number]], &ask)?;
                self.model.place(number, asks, &ask, &judged, given)?;
            }
            if judged.verdict.code().is_err() || self.model.bookings[number].change.is_some() {
                self.model.differs(number);
            }
        }
        Ok(())
    }

    pub fn cancel_series(&mut self, who: usize, series: usize, days: Option<u64>) -> Result<(), String> {
        let from = days.map(|days| calendar::later(calendar::date(self.model.now), days));
        let wanted = body::<SeriesCancellation>(from.map_or(json!({}), |from| json!({"from": from})));
        let (app, actor, id) = (&self.world.app, self.world.actor(Some(who)), self.series_ids[series]);
        let real = answer(cancel::cancel(app, &actor, None, id, Expected::Any, wanted)).map(drop);
        let model = self.model.cancel_series(who, series, from)?;
        self.note("giving up a series", model);
        agree("giving up a series", real, model)
    }

    pub fn decide_series(&mut self, who: usize, series: usize, approves: bool) -> Result<(), String> {
        let how = (if approves { Answered::Approve } else { Answered::Decline }, Words::default());
        let (app, actor, id) = (&self.world.app, self.world.actor(Some(who)), self.series_ids[series]);
        let real = answer(decide::decide(app, &actor, None, id, Expected::Any, how)).map(drop);
        let model = self.model.decide_series(who, series, approves)?;
        self.note("deciding on a series", model);
        agree("deciding on a series", real, model)
    }
}
