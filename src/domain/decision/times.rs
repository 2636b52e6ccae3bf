//! The rules on when: sane bounds, duration, past, notice, horizon, opening hours and grid, or whole days and nights
//! (DESIGN 3 and 4).

use chrono::Days;

use super::{Decider, Facts, Found, Outcome, ReasonCode, Slot, Value, change::News};
use crate::domain::{
    hours::Schedule,
    instant::{Instant, Interval},
    policy::{Beyond, Limit},
    stays::{Fault, Measure, Stays, Tested},
};

/// Local days that a reservation lasts at most, whatever policy says (DESIGN 3).
pub const LONGEST_DAYS: u64 = 31;

impl Decider<'_> {
    /// DESIGN 3, sane bounds.
    pub(super) fn bounds(&self, slot: &Slot, news: &News, found: &mut Found) {
        if !(news.start || news.end) {
            return;
        }
        let (start, end) = (slot.requested.start(), slot.requested.end());
        for at in [start, end] {
            if !at.is_sane() {
                let nearest = at.clamp(Instant::EARLIEST, Instant::LATEST);
                let (limit, actual) = (Value::Instant(nearest), Value::Instant(at));
                found.beyond(ReasonCode::OutOfBounds, Beyond::Refuse, limit, actual);
                return;
            }
        }
        // Days of 23 or 25 hours move the bound by an hour: ask the calendar only near it.
        let days = LONGEST_DAYS as i64;
        if slot.requested.seconds() > (days - 1) * 86_400 {
            let civil = self.facts.zone.civil(start).checked_add_days(Days::new(LONGEST_DAYS));
            if civil.is_none_or(|civil| end > self.facts.zone.rule(civil)) {
                let actual = Value::Days(slot.requested.seconds() / 86_400 + 1);
                found.beyond(ReasonCode::OutOfBounds, Beyond::Refuse, Value::Days(days), actual);
            }
        }
    }

    pub(super) fn duration(&self, slot: &Slot, news: &News, found: &mut Found) {
        let policy = self.facts.policy;
        let seconds = slot.requested.seconds();
        let minutes = |limit: Limit<u32>| i64::from(limit.value);
        let min = policy.min_duration_minutes.rule;
        if news.shorter && seconds < minutes(min) * 60 {
            let (limit, actual) = (Value::Minutes(minutes(min)), Value::Minutes(seconds / 60));
            found.beyond(ReasonCode::TooShort, min.beyond, limit, actual);
        }
        if let Some(max) = policy.max_duration_minutes.rule
            && news.longer
            && seconds > minutes(max) * 60
        {
            // Rounded up: 60 minutes and a second are not "60 of 60".
            let (limit, actual) = (Value::Minutes(minutes(max)), Value::Minutes((seconds + 59) / 60));
            found.beyond(ReasonCode::TooLong, max.beyond, limit, actual);
        }
    }

    /// Past, notice and horizon. Notice is elapsed time, the horizon goes by local dates (DESIGN 3).
    pub(super) fn start(&self, slot: &Slot, news: &News, found: &mut Found) {
        let Facts { now, zone, policy, .. } = *self.facts;
        let start = slot.requested.start();
        if (news.start || news.end) && slot.requested.end() <= now {
            return found.refuse(ReasonCode::AlreadyOver);
        }
        if news.setup && slot.occupied.start() < now && start >= now {
            let (limit, actual) = (Value::Instant(now), Value::Instant(slot.occupied.start()));
            found.beyond(ReasonCode::SetupInThePast, Beyond::Refuse, limit, actual);
        }
        if !news.start {
            return;
        }
        if start < now {
            let (limit, actual) = (Value::Instant(now), Value::Instant(start));
            found.beyond(ReasonCode::InThePast, Beyond::Refuse, limit, actual);
        } else if start < self.earliest {
            let notice = policy.min_notice_minutes.rule;
            let actual = Value::Minutes(start.since(now) / 60);
            found.beyond(ReasonCode::TooLate, notice.beyond, Value::Minutes(notice.value.into()), actual);
        }
        if start >= self.horizon_end {
            let horizon = policy.horizon_days.rule;
            let days = zone.date(start).signed_duration_since(zone.date(now)).num_days();
            let limit = Value::Days(horizon.value.into());
            found.beyond(ReasonCode::TooFar, horizon.beyond, limit, Value::Days(days));
        }
    }

    /// Whole days or nights, where the space is booked by them; else opening hours and grid.
    pub(super) fn place_in_time(&self, slot: &Slot, news: &News, found: &mut Found) {
        match self.facts.stays {
            Some(stays) => place_in_stays(stays, slot, news, found),
            None => self.place_in_hours(slot, news, found),
        }
    }

    /// Opening hours and the grid, which begins where the hours do.
    fn place_in_hours(&self, slot: &Slot, news: &News, found: &mut Found) {
        let (start, end) = (slot.requested.start(), slot.requested.end());
        let span = self.facts.open.containing(start);
        if news.more && !span.is_some_and(|span| span.covers(slot.requested)) {
            match span {
                Some(span) => {
                    let (limit, actual) = (Value::Instant(span.end()), Value::Instant(end));
                    found.beyond(ReasonCode::OutsideHours, Beyond::Refuse, limit, actual);
                }
                None => {
                    let actual = Some(Value::Instant(start));
                    found.add(ReasonCode::OutsideHours, Outcome::Refuse, None, actual);
                }
            }
        }
        let grid = self.facts.policy.slot_minutes.rule;
        if let Some(span) = span {
            // What lies beyond the span is outside hours and on no grid.
            let off = |at: Instant| at <= span.end() && !self.on_grid(span, at);
            for at in
                [(news.start, start), (news.end, end)].into_iter().filter_map(|(new, at)| new.then_some(at))
            {
                if off(at) {
                    let limit = Value::Minutes(grid.value.into());
                    return found.beyond(ReasonCode::OffGrid, grid.beyond, limit, Value::Instant(at));
                }
            }
        }
    }

    fn on_grid(&self, span: Interval, at: Instant) -> bool {
        let slot = i64::from(self.facts.policy.slot_minutes.rule.value) * 60;
        slot > 0 && at.since(self.anchor(span, at)).rem_euclid(slot) == 0
    }

    /// [`Schedule::anchor`], remembered for the local day: a month of slots asks thousands of times.
    pub(in crate::domain) fn anchor(&self, span: Interval, at: Instant) -> Instant {
        match self.anchor.get() {
            Some((known, day, anchor)) if known == span && day.contains(at) => anchor,
            _ => {
                let zone = self.facts.zone;
                let anchor = Schedule::anchor(zone, span, at);
                self.anchor.set(Some((span, zone.day(zone.date(at)), anchor)));
                anchor
            }
        }
    }
}

/// Days and nights are their own grid, and what is closed between them is no fault.
fn place_in_stays(stays: &Stays, slot: &Slot, news: &News, found: &mut Found) {
    let tested = Tested { start: news.start, end: news.end, dates: news.more };
    let code = match stays.measure() {
        Measure::Days => ReasonCode::NotWholeDays,
        Measure::Nights(_) => ReasonCode::NotWholeNights,
    };
    let mut misses = |limit: Instant, actual: Instant| {
        found.beyond(code, Beyond::Refuse, Value::Instant(limit), Value::Instant(actual));
    };
    match stays.fault(slot.requested, tested) {
        Some(Fault::Begins(at)) => misses(at, slot.requested.start()),
        Some(Fault::Ends(at)) => misses(at, slot.requested.end()),
        Some(Fault::Closed(date)) => {
            found.add(ReasonCode::ClosedDate, Outcome::Refuse, None, Some(Value::Date(date)));
        }
        None => {}
    }
}
