//! What is offered: open and free time and bookable slots per local day (DESIGN 5), and the nearest slots
//! to one that was refused. Of a space booked by days or nights, slots are whole days or nights.
//!
//! Units are counted by one sweep over all slots; every slot is then put to the same decision as a booking.

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_stays;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    decision::{Decider, Decision, Facts, Outcome, Slot},
    instant::{Instant, Interval},
    stays::DAY_MINUTES,
    sweep::{Free, Sweep},
};

/// What one day or night holds of a duration, whatever the clocks do.
const DAY_SECONDS: i64 = DAY_MINUTES as i64 * 60;

/// What starts so near to a refused request is near, whatever its date: the night goes on after midnight. Seconds.
const AROUND: i64 = 6 * 3600;

/// Slots by how many days away their date is, and by it.
type Dates = BTreeMap<(i64, NaiveDate), Vec<Slot>>;

/// How many alternatives to a refused request are named.
pub const ALTERNATIVES: usize = 5;

/// A space as one booker sees it.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// `open` and `stays` must reach over the whole window asked about.
    pub facts: &'a Facts<'a>,
    /// Occupancies within the window, widened by the buffers.
    pub sweep: &'a Sweep,
    pub setup_minutes: u32,
    pub teardown_minutes: u32,
}

/// One local day, as far as it lies within the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    pub date: NaiveDate,
    pub open: Vec<Interval>,
    /// Open time in which at least one unit is free; buffers are not taken off.
    pub free: Vec<Free>,
    /// By start, which lies on this day.
    pub slots: Vec<Offer>,
}

/// One slot on the grid, or one stay, bookable or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    pub interval: Interval,
    /// Units free throughout, set-up and tear-down included.
    pub units_free: u32,
    pub outcome: Outcome,
}

impl View<'_> {
    /// The days that `window` touches, with the slots of `duration_minutes` that start within it and end in
    /// the same opening span; of days or nights, the stays of as many as that takes. Where nobody says how many come,
    /// one person is meant.
    pub fn days(&self, window: Interval, duration_minutes: u32) -> Vec<Day> {
        let facts = self.with_somebody();
        let decider = Decider::new(&facts);
        let free = self.sweep.free(window);
        let slots = self.slots(&decider, window, i64::from(duration_minutes) * 60);
        let mut rest = slots.as_slice();
        let days = facts.zone.days(window).filter_map(|date| {
            let bounds = facts.zone.day(date).intersection(window)?;
            let open: Vec<Interval> = facts.open.clip(bounds).into_iter().collect();
            let (today, later) = rest.split_at(rest.partition_point(|s| s.requested.start() < bounds.end()));
            rest = later;
            Some(Day {
                date,
                free: open.iter().flat_map(|&open| within(&free, open)).collect(),
                open,
                slots: today.iter().map(|slot| offer(&decider, slot)).collect(),
            })
        });
        days.collect()
    }

    /// How many slots [`Self::days`] would decide.
    pub fn count(&self, window: Interval, duration_minutes: u32) -> usize {
        if let Some(stays) = self.facts.stays {
            return stays.beginning_in(window, many(i64::from(duration_minutes) * 60)).count();
        }
        let runs = self.runs(&Decider::new(self.facts), window, i64::from(duration_minutes) * 60);
        runs.iter().map(|&(_, count)| usize::try_from(count).unwrap_or(usize::MAX)).sum()
    }

    /// The first `most` of the slots of [`Self::days`] that can be booked, and how many were looked at: day by day,
    /// and no further than it takes.
    pub fn first(&self, window: Interval, duration_minutes: u32, most: usize) -> (Vec<Offer>, usize) {
        let facts = self.with_somebody();
        let decider = Decider::new(&facts);
        let (mut found, mut looked_at) = (Vec::new(), 0);
        for today in facts.zone.days(window).filter_map(|date| facts.zone.day(date).intersection(window)) {
            for slot in self.slots(&decider, today, i64::from(duration_minutes) * 60) {
                if found.len() == most {
                    return (found, looked_at);
                }
                looked_at += 1;
                if slot.units_free >= facts.quantity {
                    found.extend(Some(offer(&decider, &slot)).filter(|o| o.outcome != Outcome::Refuse));
                }
            }
        }
        (found, looked_at)
    }

    /// Why none of the slots of `duration_minutes` that start within `starts` and lie in `range` could ever be booked, though
    /// everything came free: what [lasts](Decision::lasting) of the decision on the first of them, or on so long a time
    /// from the first of `starts` on where the space has no such slot. `None` where one could.
    pub fn never(&self, starts: Interval, range: Interval, duration_minutes: u32) -> Option<Decision> {
        let facts = self.with_somebody();
        let (decider, seconds) = (Decider::new(&facts), i64::from(duration_minutes) * 60);
        let mut first = None;
        for today in facts.zone.days(starts).filter_map(|date| facts.zone.day(date).intersection(starts)) {
            let slots = self.slots(&decider, today, seconds).into_iter();
            for slot in slots.filter(|slot| range.covers(slot.requested)) {
                let against = decider.decide(&slot).lasting();
                if against.outcome != Outcome::Refuse {
                    return None;
                }
                first.get_or_insert(against);
            }
        }
        first.or_else(|| {
            let requested = Interval::new(starts.start(), starts.start().plus(seconds))?;
            let occupied = requested.widened(self.setup_minutes, self.teardown_minutes);
            let slot = Slot { requested, occupied, units_free: facts.pool };
            Some(decider.decide(&slot).lasting())
        })
    }

    /// Where nobody says how many come, one person is meant.
    fn with_somebody(&self) -> Facts<'_> {
        Facts { attendees: self.facts.attendees.or(Some(1)), ..*self.facts }
    }

    /// Up to [`ALTERNATIVES`] slots as long as `refused`, or of as many days or nights, that start within `window`, are not refused and do
    /// not start in the past: those nearest to it of the same date and around it, then of each date that is near the one
    /// nearest to its hour, then others. By their distance in time, of two equally near the earlier.
    pub fn nearest(&self, refused: Interval, window: Interval) -> Vec<Interval> {
        self.nearest_with(refused, window, |_| true)
    }

    /// The same of those that fit besides.
    pub fn nearest_with(
        &self,
        refused: Interval,
        window: Interval,
        mut fits: impl FnMut(Interval) -> bool,
    ) -> Vec<Interval> {
        let decider = Decider::new(self.facts);
        let seconds = match self.facts.stays {
            Some(stays) => i64::try_from(stays.many(refused)).unwrap_or(i64::MAX / DAY_SECONDS) * DAY_SECONDS,
            None => refused.seconds(),
        };
        let mut slots = self.slots(&decider, window, seconds);
        slots.retain(|slot| {
            slot.units_free >= self.facts.quantity && slot.requested.start() >= self.facts.now
        });
        let mut bookable = |slot: &Slot| {
            let is = slot.requested != refused && decider.decide(slot).outcome != Outcome::Refuse;
            is && fits(slot.requested)
        };
        let far = |slot: &Slot| slot.requested.start().since(refused.start()).abs();
        slots.sort_by_key(far);
        let (near, dates) = self.apart(refused, slots);
        let mut found: Vec<Slot> = near.into_iter().filter(&mut bookable).take(ALTERNATIVES).collect();
        let mut others = Vec::new();
        for slots in dates.into_values() {
            if found.len() == ALTERNATIVES {
                break;
            }
            let mut slots = slots.into_iter();
            found.extend(slots.find(&mut bookable));
            others.extend(slots);
        }
        others.sort_by_key(far);
        let missing = ALTERNATIVES - found.len();
        found.extend(others.into_iter().filter(bookable).take(missing));
        found.sort_by_key(|slot| (far(slot), slot.requested.start()));
        found.into_iter().map(|slot| slot.requested).collect()
    }

    /// What lies on the date of `refused` or around it, as it comes; of the other dates, the nearest first, what lies on
    /// each, by how near it is to the same hour.
    fn apart(&self, refused: Interval, slots: Vec<Slot>) -> (Vec<Slot>, Dates) {
        let wanted = self.facts.zone.civil(refused.start());
        let near = |slot: &Slot| {
            let start = slot.requested.start();
            start.since(refused.start()).abs() < AROUND || self.facts.zone.date(start) == wanted.date()
        };
        let (near, others): (Vec<Slot>, Vec<Slot>) = slots.into_iter().partition(near);
        let mut dates = Dates::new();
        for slot in others {
            let date = self.facts.zone.date(slot.requested.start());
            let away = (date - wanted.date()).num_days().abs();
            dates.entry((away, date)).or_default().push(slot);
        }
        for slots in dates.values_mut() {
            slots.sort_by_key(|slot| {
                let start = slot.requested.start();
                ((self.facts.zone.civil(start).time() - wanted.time()).num_seconds().abs(), start)
            });
        }
        (near, dates)
    }

    /// The slots of so many seconds that start within `window`, ascending.
    fn slots(&self, decider: &Decider<'_>, window: Interval, seconds: i64) -> Vec<Slot> {
        let requested = self.requested(decider, window, seconds);
        let occupied: Vec<Interval> =
            requested.iter().map(|slot| slot.widened(self.setup_minutes, self.teardown_minutes)).collect();
        let units_free = match self.facts.stays {
            // A short day may lie within the long night of the one before: their ends need not ascend.
            Some(_) => occupied.iter().map(|&slot| self.sweep.count_free(slot)).collect(),
            None => self.sweep.counts_free(&occupied),
        };
        requested
            .into_iter()
            .zip(occupied)
            .zip(units_free)
            .map(|((requested, occupied), units_free)| Slot { requested, occupied, units_free })
            .collect()
    }

    /// Those on the grid; of days or nights, as many as hold so many seconds.
    fn requested(&self, decider: &Decider<'_>, window: Interval, seconds: i64) -> Vec<Interval> {
        if let Some(stays) = self.facts.stays {
            return stays.beginning_in(window, many(seconds)).collect();
        }
        let starts = self.starts(decider, window, seconds).into_iter();
        starts.filter_map(|start| Interval::new(start, start.plus(seconds))).collect()
    }

    /// The starts on the grid within `window` after which so many seconds of the opening span are left.
    fn starts(&self, decider: &Decider<'_>, window: Interval, seconds: i64) -> Vec<Instant> {
        let step = self.step();
        let runs = self.runs(decider, window, seconds).into_iter();
        runs.flat_map(|(first, count)| (0..count).map(move |n| first.plus(n * step))).collect()
    }

    /// The same as the first start of each opening span and local day, and how many follow one another from it.
    fn runs(&self, decider: &Decider<'_>, window: Interval, seconds: i64) -> Vec<(Instant, i64)> {
        let Facts { zone, open, .. } = *self.facts;
        let step = self.step();
        let mut runs = Vec::new();
        for span in open.meeting(window) {
            let Some(part) = span.intersection(window) else { continue };
            for today in zone.days(part).filter_map(|date| zone.day(date).intersection(part)) {
                let anchor = decider.anchor(span, today.start());
                let passed = today.start().since(anchor);
                let first = anchor.plus((passed + step - 1) / step * step);
                let end = today.end().min(span.end().plus(1 - seconds));
                let count = (end.since(first) + step - 1) / step;
                if count > 0 {
                    runs.push((first, count));
                }
            }
        }
        runs
    }

    /// The grid, seconds.
    fn step(&self) -> i64 {
        i64::from(self.facts.policy.slot_minutes.rule.value.max(1)) * 60
    }
}

/// How many days or nights hold so many seconds.
fn many(seconds: i64) -> usize {
    usize::try_from((seconds + DAY_SECONDS - 1) / DAY_SECONDS).unwrap_or(1)
}

fn offer(decider: &Decider<'_>, slot: &Slot) -> Offer {
    let outcome = decider.decide(slot).outcome;
    Offer { interval: slot.requested, units_free: slot.units_free, outcome }
}

/// The parts of ascending stretches that lie within `bounds`.
fn within(free: &[Free], bounds: Interval) -> impl Iterator<Item = Free> {
    let first = free.partition_point(|each| each.interval.end() <= bounds.start());
    let near = free[first..].iter().take_while(move |each| each.interval.start() < bounds.end());
    near.filter_map(move |each| each.interval.intersection(bounds).map(|interval| Free { interval, ..*each }))
}
