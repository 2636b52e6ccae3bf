//! Series in the model: a rule gives dates, and what the clock shows on the first is asked for on each of them, in
//! turn, with those before it had by then.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use prostor::domain::reservation::Status;

use crate::{
    calendar::{self, Minute},
    decision::{Ask, Judged, Verdict},
    equipment::{Given, LENT},
    model::{But, Model, Slot},
    places::DORA,
    verbs::Answer,
};

/// Of which series a reservation is.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub series: usize,
    /// The date that the rule gave it.
    pub on: NaiveDate,
    /// Moved or edited by itself.
    pub changed: bool,
}

#[derive(Clone, Debug)]
pub struct Series {
    pub space: usize,
    pub who: usize,
    pub for_organisation: bool,
    /// The first date of the rule, be it that nothing is on it.
    pub first: NaiveDate,
    /// From and to, minutes of the clock since the date's midnight.
    pub clock: (i64, i64),
}

/// Every so many days, or on some days of every so many weeks.
#[derive(Clone, Debug)]
pub struct Rule {
    pub every: i64,
    /// From Monday 0; none: by days.
    pub weekdays: Vec<u32>,
    pub count: usize,
}

/// One date of a series, and what was judged of it.
pub type Occurrence = (NaiveDate, Ask, Judged);

/// How a series is changed: from which of its occurrences on, how much later and longer, how many people.
#[derive(Clone, Copy, Debug)]
pub struct Reshape {
    pub from: Option<usize>,
    pub later: i64,
    pub longer: i64,
    pub attendees: Option<u32>,
    /// How many pieces of which pool besides.
    pub equipment: Option<(usize, u32)>,
    pub skips: bool,
}

/// What a change of a series comes to.
pub struct Reshaped {
    /// From which date on, and whether what follows is a series of its own.
    pub point: NaiveDate,
    pub splits: bool,
    pub clock: (i64, i64),
    /// Each that would be touched; what is asked where that is more than it has.
    pub each: Vec<(usize, Option<(Ask, Judged)>)>,
}

impl Rule {
    pub fn dates(&self, first: NaiveDate) -> Vec<NaiveDate> {
        let monday = |date: NaiveDate| i64::from(date.num_days_from_ce() - 1) / 7;
        let has = |date: &NaiveDate| match self.weekdays.as_slice() {
            [] => (*date - first).num_days() % self.every == 0,
            days => {
                let weeks = monday(*date) - monday(first);
                weeks % self.every == 0 && days.contains(&date.weekday().num_days_from_monday())
            }
        };
        first.iter_days().filter(has).take(self.count).collect()
    }

    /// RFC 5545.
    pub fn written(&self) -> String {
        const NAMES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
        let (every, count) = (self.every, self.count);
        if self.weekdays.is_empty() {
            return format!("FREQ=DAILY;INTERVAL={every};COUNT={count}");
        }
        let days: Vec<&str> = self.weekdays.iter().map(|day| NAMES[*day as usize]).collect();
        format!("FREQ=WEEKLY;INTERVAL={every};BYDAY={};COUNT={count}", days.join(","))
    }
}

/// When it is on a date: where the clock jumps over all of it, as long as it would have been.
pub fn at_clock(date: NaiveDate, clock: (i64, i64)) -> (Minute, Minute) {
    let (from, to) = (calendar::at(date, clock.0), calendar::at(date, clock.1));
    (from, if from < to { to } else { from + clock.1 - clock.0 })
}

/// The date and the clock of a time; not of the second reading of an hour that comes twice, which no rule can mean.
pub fn clock_of((from, to): (Minute, Minute)) -> Result<(NaiveDate, (i64, i64)), &'static str> {
    let ((date, opens), (until, closes)) = (calendar::civil(from), calendar::civil(to));
    let clock = (opens, closes + calendar::DAY * (until - date).num_days());
    let says_so = clock.0 < clock.1 && at_clock(date, clock) == (from, to);
    if says_so { Ok((date, clock)) } else { Err("local_time_ambiguous") }
}

/// `invalid` where one begins before the one before it ends.
pub fn apart(times: &[(Minute, Minute)]) -> Answer {
    if times.windows(2).any(|two| two[1].0 < two[0].1) { Err("invalid") } else { Ok(()) }
}

impl Verdict {
    /// As previews call it.
    pub fn result(self) -> &'static str {
        match self {
            Self::Allow | Self::Ask => "created",
            Self::Taken => "conflict",
            Self::Refuse => "refused",
        }
    }

    fn is_refused(self) -> bool {
        matches!(self, Self::Taken | Self::Refuse)
    }
}

/// Whether so many may be left out.
fn verdict(verdicts: &[Verdict], skips: Option<Option<u32>>) -> Answer {
    let refused = verdicts.iter().filter(|each| each.is_refused()).count();
    match skips {
        _ if refused == verdicts.len() => Err("nothing_left"),
        None if refused > 0 => Err("series_conflicts"),
        Some(Some(most)) if refused > most as usize => Err("too_many_skipped"),
        _ => Ok(()),
    }
}

impl Model {
    /// Each date of a series that is asked for, on the units that the service chose where it made it; whether it is
    /// made.
    pub fn draw(
        &self,
        ask: &Ask,
        dates: &[NaiveDate],
        skips: Option<Option<u32>>,
        chosen: &BTreeMap<NaiveDate, Given>,
    ) -> Result<(Vec<Occurrence>, Answer), String> {
        let mut then = self.clone();
        let (_, clock) = clock_of((ask.slot.from, ask.slot.to))?;
        let mut drawn = Vec::new();
        for &date in dates {
            let (from, to) = at_clock(date, clock);
            let ask = Ask { slot: Slot { from, to, ..ask.slot.clone() }, ..ask.clone() };
            let judged = then.judge(&ask);
            if let Ok(asks) = judged.verdict.code() {
                let given = chosen.get(&date).cloned().unwrap_or_else(|| then.anything(&ask, &judged));
                then.reserve(&ask, &judged, asks, given)?;
            }
            drawn.push((date, ask, judged));
        }
        let verdicts: Vec<Verdict> = drawn.iter().map(|(.., judged)| judged.verdict).collect();
        Ok((drawn, verdict(&verdicts, skips)))
    }

    /// As many as are asked for, whichever.
    fn anything(&self, ask: &Ask, judged: &Judged) -> Given {
        let (space, slot) = (&self.spaces[ask.space], &ask.slot);
        let but = But { own: ask.old.as_slice(), giving_way: &judged.replaced };
        let any = |of: usize, (setup, teardown): (i64, i64), quantity: u32| -> Vec<usize> {
            let time = (slot.from - setup, slot.to + teardown);
            let free = self.spaces[of].units.iter().filter(|unit| self.is_free(**unit, time, &but));
            free.take(quantity as usize).copied().collect()
        };
        let units = match &ask.named {
            Some(named) => named.clone(),
            None if !space.each => self.units_of(ask.space),
            None => any(ask.space, slot.buffers, slot.quantity),
        };
        Given { units, pieces: any(slot.pool, LENT, slot.equipment) }
    }

    /// By date.
    pub fn members(&self, series: usize) -> Vec<usize> {
        let of = |id: &usize| self.bookings[*id].member.is_some_and(|member| member.series == series);
        let mut members: Vec<usize> = (0..self.bookings.len()).filter(of).collect();
        members.sort_by_key(|id| self.on(*id));
        members
    }

    fn on(&self, id: usize) -> NaiveDate {
        self.bookings[id].member.expect("of a series").on
    }

    pub fn may_change_series(&self, who: usize, series: usize) -> Answer {
        let Series { who: organiser, for_organisation, .. } = self.series[series];
        Self::may(who, organiser, for_organisation)
    }

    /// Given up, or over.
    fn is_settled(&self, id: usize) -> bool {
        matches!(self.bookings[id].status, Status::Cancelled | Status::Declined | Status::Expired)
            || self.has_begun(id)
    }

    /// It is over, or it has begun.
    fn has_begun(&self, id: usize) -> bool {
        let booking = &self.bookings[id];
        match booking.status {
            Status::Cancelled | Status::Declined | Status::Expired => false,
            Status::Completed | Status::CheckedIn | Status::NoShow => true,
            _ => booking.slot.from <= self.now,
        }
    }

    fn is_changed(&self, id: usize) -> bool {
        let booking = &self.bookings[id];
        booking.change.is_some() || booking.member.is_some_and(|member| member.changed)
    }

    /// What a change would come to, and whether it is done.
    pub fn reshape(
        &self,
        who: usize,
        series: usize,
        how: Reshape,
        chosen: &BTreeMap<usize, Given>,
    ) -> Result<(Reshaped, Answer), String> {
        let (old, members) = (&self.series[series], self.members(series));
        let named = how.from.map(|number| self.on(members[number % members.len()]));
        let reached = |id: &&usize| named.is_none_or(|from| self.on(**id) >= from);
        let over = members.iter().filter(reached).filter(|id| self.has_begun(**id) && !self.is_changed(**id));
        let last_over = over.map(|id| self.on(*id)).max();
        let ahead = members.iter().filter(reached).map(|id| self.on(*id));
        let Some(point) = ahead.into_iter().find(|on| last_over.is_none_or(|over| *on > over)) else {
            return Err("invalid".to_owned());
        };
        let clock = (old.clock.0 + how.later, old.clock.1 + how.later + how.longer);
        if !(0..calendar::DAY).contains(&clock.0) || clock.1 <= clock.0 {
            return Err("invalid".to_owned());
        }
        let retimed = clock != old.clock;
        let splits = self.on(members[0]) != point && (named.is_some() || retimed);
        let of: Vec<usize> = members.iter().copied().filter(|id| self.on(*id) >= point).collect();
        if retimed {
            let times: Vec<_> = of.iter().map(|id| at_clock(self.on(*id), clock)).collect();
            apart(&times)?;
        }
        let mut touched: Vec<usize> =
            of.into_iter().filter(|id| !self.is_settled(*id) && !self.is_changed(*id)).collect();
        if touched.is_empty() {
            return Err("invalid".to_owned());
        }
        let mut then = self.clone();
        let (mut each, mut verdicts) = (Vec::new(), Vec::new());
        touched.reverse();
        while let Some(id) = touched.pop() {
            let asked =
                then.reshaped((who, id), (retimed.then_some(clock), how), &touched, chosen.get(&id))?;
            verdicts.push(asked.as_ref().map_or(Verdict::Allow, |(_, judged)| judged.verdict));
            each.push((id, asked));
        }
        let skips = how.skips.then_some(None);
        Ok((Reshaped { point, splits, clock, each }, verdict(&verdicts, skips)))
    }

    /// One of them, and as it is by then: those `besides` come after it.
    fn reshaped(
        &mut self,
        (who, id): (usize, usize),
        (clock, how): (Option<(i64, i64)>, Reshape),
        besides: &[usize],
        chosen: Option<&Given>,
    ) -> Result<Option<(Ask, Judged)>, String> {
        let booking = &self.bookings[id];
        let old = &booking.slot;
        let (from, to) = clock.map_or((old.from, old.to), |clock| at_clock(self.on(id), clock));
        let (attendees, lent) = (how.attendees.or(old.attendees), how.equipment);
        let (pool, equipment) = lent.unwrap_or((old.pool, old.equipment));
        let slot = Slot { from, to, attendees, equipment, pool, ..old.clone() };
        if (from, to, attendees, slot.lent()) == (old.from, old.to, old.attendees, old.lent()) {
            return Ok(None);
        }
        let besides = besides.to_vec();
        let ask = Ask { actor: Some(who), hold: false, besides, ..self.ask_of(id, slot) };
        let judged = self.judge(&ask);
        if let Ok(asks) = judged.verdict.code() {
            self.quote(&ask)?;
            let own = self.bookings[id].slot.units.clone();
            let (from, to) = ask.slot.occupied();
            let but = But { own: &[id], giving_way: &judged.replaced };
            let stay = own.iter().all(|unit| self.is_free(*unit, (from, to), &but));
            let any = self.anything(&ask, &judged);
            let any = Given { units: if stay { own } else { any.units }, ..any };
            self.place(id, asks, &ask, &judged, chosen.cloned().unwrap_or(any))?;
        }
        Ok(Some((ask, judged)))
    }

    /// What has begun stays, and what was given up.
    pub fn cancel_series(
        &mut self,
        who: usize,
        series: usize,
        from: Option<NaiveDate>,
    ) -> Result<Answer, String> {
        let may = self.may_change_series(who, series);
        let by_venue = who == DORA && self.series[series].who != DORA;
        if may.is_ok() {
            for id in self.members(series) {
                if from.is_none_or(|from| self.on(id) >= from) && !self.is_settled(id) {
                    self.call_off(id, by_venue)?;
                }
            }
        }
        Ok(may)
    }

    /// All that waits of it, as each by itself.
    pub fn decide_series(&mut self, who: usize, series: usize, approves: bool) -> Result<Answer, String> {
        let Series { space, who: organiser, for_organisation, clock, .. } = self.series[series].clone();
        if who != DORA {
            return Ok(Self::may(who, organiser, for_organisation).and(Err("forbidden")));
        }
        let waits =
            |id: &usize| self.bookings[*id].status == Status::Pending || self.bookings[*id].change.is_some();
        let waiting: Vec<usize> = self.members(series).into_iter().filter(waits).collect();
        let (mut done, mut late) = (false, false);
        for id in waiting {
            let had_wish = self.bookings[id].change.is_some();
            match self.decide(who, id, approves)? {
                Err(_) => late = true,
                Ok(()) => {
                    done = true;
                    let ruled = at_clock(self.on(id), clock);
                    let booking = &mut self.bookings[id];
                    let differs = booking.space != space || (booking.slot.from, booking.slot.to) != ruled;
                    if let Some(member) = booking.member.as_mut().filter(|_| had_wish) {
                        member.changed = differs;
                    }
                }
            }
        }
        Ok(if late && !done { Err("state_conflict") } else { Ok(()) })
    }
}
