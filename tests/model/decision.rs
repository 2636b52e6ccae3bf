//! The model's decision: every rule of docs/API-DESIGN.md and DESIGN 4 in the plainest words.

use prostor::domain::reservation::Status;
use serde_json::Value;

use crate::{
    calendar::{self, DAY, Minute},
    model::{Booking, But, Model, Slot, occupies},
    opening::Whose,
    places::DORA,
    spaces::Space,
};

/// What is asked for, by whom.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Who asks; nobody who is known looks with the eyes of the public.
    pub actor: Option<usize>,
    /// Whom it is for.
    pub who: Option<usize>,
    pub for_organisation: bool,
    pub space: usize,
    /// The units named, where any are.
    pub named: Option<Vec<usize>>,
    pub slot: Slot,
    pub hold: bool,
    /// Whether it is to be cleaned, too.
    pub extra: bool,
    /// The reservation that would be changed.
    pub old: Option<usize>,
    /// Those that are changed after it: as if they were not there.
    pub besides: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Allow,
    Ask,
    /// Nothing but the time stands against it.
    Taken,
    Refuse,
}

impl Verdict {
    pub fn outcome(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Ask => "ask",
            Self::Taken | Self::Refuse => "refuse",
        }
    }

    pub fn code(self) -> Result<bool, &'static str> {
        match self {
            Self::Allow => Ok(false),
            Self::Ask => Ok(true),
            Self::Taken => Err("slot_taken"),
            Self::Refuse => Err("policy_refused"),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Judged {
    pub verdict: Verdict,
    /// Why, for people; and what of it refuses.
    pub why: Vec<&'static str>,
    pub refused: Vec<&'static str>,
    /// Own holds that give way.
    pub replaced: Vec<usize>,
    pub free: u32,
}

/// The rules that are not kept.
#[derive(Default)]
pub struct Found {
    staff: bool,
    asks: bool,
    refused: Vec<&'static str>,
    taken: bool,
    why: Vec<&'static str>,
}

impl Found {
    /// Staff of the venue go beyond it.
    fn beyond(&mut self, why: &'static str, asks: bool) {
        if !self.staff {
            self.why.push(why);
            self.asks |= asks;
            self.refused.extend((!asks).then_some(why));
        }
    }

    fn never(&mut self, why: &'static str) {
        self.why.push(why);
        self.refused.push(why);
    }
}

/// One who asks under certain rules.
pub struct Judge<'a> {
    pub model: &'a Model,
    pub ask: &'a Ask,
    pub audiences: Vec<&'static str>,
    pub old: Option<&'a Slot>,
    /// The slot that would be left, in another space: it counts for quotas that are not over the space.
    pub moves: Option<&'a Slot>,
    /// The old slot with its buffers, less what was given back.
    pub had: (Minute, Minute),
    /// The space whose opening time counts.
    pub open_as: Whose,
    /// Own holds that count for nothing any more, and those whose time may be taken.
    pub replaced: Vec<usize>,
    pub giving_way: Vec<usize>,
}

impl Model {
    pub fn judge(&self, ask: &Ask) -> Judged {
        // Of another space nothing was granted yet.
        let is_of_it = |booking: &&Booking| booking.space == ask.space;
        let before = ask.old.map(|id| &self.bookings[id]);
        let (stays, moves) = (before.filter(is_of_it), before.filter(|old| !is_of_it(old)));
        let all = self.units_of(ask.space);
        let among = ask.named.as_deref().filter(|_| self.spaces[ask.space].each).unwrap_or(&all);
        let own = self.own_holds(ask, among, ask.slot.occupied());
        let mut replaced = own.clone();
        replaced.extend(self.giving_way_to_equipment(ask, &own));
        let judge = Judge {
            model: self,
            ask,
            audiences: Self::audiences(ask.who, ask.for_organisation),
            old: stays.map(|booking| &booking.slot),
            moves: moves.map(|booking| &booking.slot),
            had: stays.map_or((0, 0), Booking::occupied),
            open_as: ask.space.into(),
            replaced: replaced.clone(),
            giving_way: own.clone(),
        };
        let mut found = Found { staff: ask.actor == Some(DORA), ..Found::default() };
        let free = u32::try_from(judge.rules(&mut found)).unwrap();
        if ask.slot.equipment > 0 {
            self.judge_equipment(ask, &replaced, &mut found);
        }
        let verdict = match found {
            _ if !found.refused.is_empty() => Verdict::Refuse,
            Found { taken: true, .. } => Verdict::Taken,
            Found { asks: true, .. } => Verdict::Ask,
            _ => Verdict::Allow,
        };
        Judged { verdict, why: found.why, refused: found.refused, replaced, free }
    }

    /// The person's own holds on the units asked among that the time asked for meets.
    pub fn own_holds(&self, ask: &Ask, among: &[usize], (from, to): (Minute, Minute)) -> Vec<usize> {
        let meets = |id: &usize| {
            let hold = &self.bookings[*id];
            let met = |(unit, begins, ends): &(usize, Minute, Minute)| {
                among.contains(unit) && *begins < to && from < *ends
            };
            hold.status == Status::Held
                && ask.who == Some(hold.who)
                && ask.old != Some(*id)
                && hold.cells.iter().any(met)
        };
        (0..self.bookings.len()).filter(meets).collect()
    }
}

impl Judge<'_> {
    /// How many are free, too.
    pub fn rules(&self, found: &mut Found) -> usize {
        self.booker(found);
        self.times(found);
        self.hours(found);
        self.quotas(found);
        self.people(found);
        self.units(found)
    }

    fn space(&self) -> &Space {
        &self.model.spaces[self.ask.space]
    }

    /// Units asked for by name that are not had already.
    fn others(&self) -> bool {
        let named = self.ask.named.iter().flatten();
        self.old.is_some_and(|old| named.into_iter().any(|unit| !old.units.contains(unit)))
    }

    /// Whether all that is asked for is had already.
    pub fn keeps(&self) -> bool {
        let (from, to) = self.ask.slot.occupied();
        let more = self.old.is_none_or(|old| self.ask.slot.quantity > old.quantity);
        !more && !self.others() && self.had.0 <= from && to <= self.had.1
    }

    fn limit(&self, field: &str) -> Option<(i64, bool)> {
        let limit = self.model.rule(self.ask.space, &self.audiences, field)?;
        Some((limit["value"].as_i64().unwrap(), limit["beyond"] == "ask"))
    }

    fn limit_or(&self, field: &str, default: i64) -> (i64, bool) {
        self.limit(field).unwrap_or((default, false))
    }

    /// Whether time or units are asked for that are not had already.
    fn more(&self) -> bool {
        let new = &self.ask.slot;
        let grows = |old: &Slot| new.from < old.from || new.to > old.to || new.quantity > old.quantity;
        self.others() || self.old.is_none_or(grows)
    }

    fn booker(&self, found: &mut Found) {
        let rule = |field| self.model.rule(self.ask.space, &self.audiences, field);
        if self.more() && self.space().archived {
            found.never("archived");
        }
        if self.more() && rule("bookable").is_some_and(|rule| rule == false) {
            found.beyond("not for them", false);
        }
        if self.more() && rule("approval").is_some_and(|rule| rule == "always") {
            found.beyond("needs approval", true);
        }
        let (None, Some(who)) = (self.ask.old, self.ask.who) else { return };
        let own = || self.model.bookings.iter().enumerate().filter(move |(_, each)| each.who == who);
        let counts = |id: &usize| !self.replaced.contains(id);
        if let Some((most, asks)) = self.limit("max_active") {
            // A hold that gives way is none any more, an offer among them.
            let ahead = own().filter(|(_, each)| occupies(each.status) && each.slot.to > self.model.now);
            if ahead.filter(|(id, _)| counts(id)).count() as i64 >= most {
                found.beyond("too many ahead", asks);
            }
        }
        let holds = own().filter(|(id, each)| each.status == Status::Held && !each.offered && counts(id));
        if self.ask.hold && holds.count() >= 3 {
            found.beyond("too many holds", false);
        }
    }

    fn times(&self, found: &mut Found) {
        let (now, new) = (self.model.now, &self.ask.slot);
        let (long, was) = (new.to - new.from, self.old.map(|old| old.to - old.from));
        let (least, asks) = self.limit_or("min_duration_minutes", 15);
        if was.is_none_or(|was| long < was) && long < least {
            found.beyond("too short", asks);
        }
        if let Some((most, asks)) = self.limit("max_duration_minutes")
            && was.is_none_or(|was| long > was)
            && long > most
        {
            found.beyond("too long", asks);
        }
        let starts = self.old.is_none_or(|old| old.from != new.from);
        let ends = self.old.is_none_or(|old| old.to != new.to);
        if (starts || ends) && new.to <= now {
            return found.never("over");
        }
        let set_up = new.occupied().0;
        if (self.old.is_none() || set_up != self.had.0) && set_up < now && new.from >= now {
            found.beyond("set-up in the past", false);
        }
        if !starts {
            return;
        }
        let (notice, asks) = self.limit_or("min_notice_minutes", 0);
        if new.from < now {
            found.beyond("in the past", false);
        } else if new.from < now + notice {
            found.beyond("too late", asks);
        }
        let (days, asks) = self.limit_or("horizon_days", 365);
        let today = calendar::date(now);
        if calendar::date(new.from).signed_duration_since(today).num_days() > days {
            found.beyond("too far", asks);
        }
    }

    fn hours(&self, found: &mut Found) {
        let (opening, space, new) = (&self.model.opening, self.open_as, &self.ask.slot);
        let starts = self.old.is_none_or(|old| old.from != new.from);
        let ends = self.old.is_none_or(|old| old.to != new.to);
        if self.model.spaces[space.of].stay.is_some() {
            if !opening.is_stay(space, (new.from, new.to), (starts, ends, self.more())) {
                found.beyond("no whole days", false);
            }
            return;
        }
        if self.more() && !opening.is_open_throughout(space, new.from, new.to) {
            found.beyond("outside hours", false);
        }
        let Some(span) = opening.span(space, new.from) else { return };
        let (grid, asks) = self.limit_or("slot_minutes", 15);
        let off = |at: Minute| at <= span.1 && !on_grid(span, at, grid);
        if starts && off(new.from) || ends && off(new.to) {
            found.beyond("off the grid", asks);
        }
    }

    fn quotas(&self, found: &mut Found) {
        let staff = self.audiences.contains(&"staff");
        let Some(quotas) = self.model.rule(self.ask.space, &self.audiences, "quotas").filter(|_| !staff)
        else {
            return;
        };
        for quota in quotas.as_array().unwrap() {
            if self.exceeds(quota) {
                found.beyond("quota", quota["beyond"] == "ask");
            }
        }
    }

    fn exceeds(&self, quota: &Value) -> bool {
        let by_person = quota["by"] == "person";
        let per = quota["per"].as_str().unwrap();
        if !by_person && !self.ask.for_organisation {
            return false;
        }
        let hours = quota["count"] == "hours";
        let most = quota["amount"].as_i64().unwrap() * if hours { 60 } else { 1 };
        let weight = |from: Minute, to: Minute, period: i64| match hours {
            true => calendar::hourly(from, to)
                .filter(|(at, _)| calendar::period(*at, per) == period)
                .map(|(_, long)| long)
                .sum(),
            false => i64::from(calendar::period(from, per) == period),
        };
        let new = &self.ask.slot;
        let counted = self.model.bookings.iter().enumerate().filter(|(id, each)| {
            !matches!(each.status, Status::Cancelled | Status::Declined | Status::Expired)
                && !each.by_staff
                && self.ask.old != Some(*id)
                && !self.ask.besides.contains(id)
                && !self.replaced.contains(id)
                && (each.slot.from - new.from).abs() < 40 * DAY
                && (quota["over"] != "space" || each.is_of(self.ask.space))
                && if by_person { self.ask.who == Some(each.who) } else { each.for_organisation }
        });
        let counted: Vec<_> = counted.map(|(_, each)| (each.slot.from, each.slot.to)).collect();
        let mut periods: Vec<i64> =
            calendar::hourly(new.from, new.to).map(|(at, _)| calendar::period(at, per)).collect();
        periods.dedup();
        periods.truncate(if hours { periods.len() } else { 1 });
        periods.into_iter().any(|period| {
            let asked = weight(new.from, new.to, period);
            let had = self.old.or(self.moves.filter(|_| quota["over"] != "space"));
            let had = had.map_or(0, |old| weight(old.from, old.to, period));
            let used: i64 = counted.iter().map(|(from, to)| weight(*from, *to, period)).sum();
            asked > had && used + asked > most
        })
    }

    /// More than there are seats.
    fn people(&self, found: &mut Found) {
        let capacity = |slot: &Slot| self.space().people(slot.layout, slot.quantity);
        let new = &self.ask.slot;
        let seats = capacity(new) > 0;
        let adds = seats
            && self.old.is_none_or(|old| new.attendees > old.attendees || capacity(new) < capacity(old));
        if adds && new.attendees.is_some_and(|people| people > capacity(new)) {
            let rule = self.model.rule(self.ask.space, &self.audiences, "capacity");
            found.beyond("too many people", rule.is_some_and(|rule| rule["beyond"] == "ask"));
        }
    }

    fn are_free(&self, units: &[usize]) -> Vec<bool> {
        let own: Vec<usize> = self.ask.old.iter().chain(&self.ask.besides).copied().collect();
        let passed_over = But { own: &own, giving_way: &self.giving_way };
        let time = self.ask.slot.occupied();
        units.iter().map(|unit| self.model.is_free(*unit, time, &passed_over)).collect()
    }

    /// How many are free throughout.
    pub fn free(&self) -> usize {
        let are_free = self.are_free(&self.model.units_of(self.ask.space));
        match self.space().each {
            true => are_free.into_iter().filter(|is_free| *is_free).count(),
            false => usize::from(are_free.into_iter().all(|is_free| is_free)),
        }
    }

    fn units(&self, found: &mut Found) -> usize {
        let (quantity, free) = (self.ask.slot.quantity, self.free());
        let named = self.ask.named.iter().all(|named| !self.are_free(named).contains(&false));
        let more = self.others() || self.old.is_none_or(|old| quantity > old.quantity);
        if more && quantity as usize > self.space().pool() {
            found.never("more than there are");
        } else if !self.keeps() && (quantity as usize > free || !named) {
            found.why.push("taken");
            found.taken = true;
        }
        free
    }
}

/// From where the hours begin; round the clock from each midnight.
pub fn on_grid(span: (Minute, Minute), at: Minute, grid: i64) -> bool {
    let long = span.1 - span.0 > DAY;
    let anchor = if long { calendar::midnight(calendar::date(at)).max(span.0) } else { span.0 };
    (at - anchor) % grid == 0
}
