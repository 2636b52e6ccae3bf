//! Which units are free when, by sweeping over occupancies once; never by comparing pairs.
//!
//! A *lane* is what one party takes at once: one unit of an `each` space, all the units of a `whole` one.
//! Building costs O((u + o) log (u + o)) for u units and o occupancies, questions are logarithmic per lane.

#[cfg(test)]
mod tests;

use super::{ids::UnitId, instant::Interval, interval_set::IntervalSet};

/// Seconds around an interval within which neighbours count when units are assigned.
/// Load occupancies that far around a request; with fewer the choice is only less tight.
pub const SIGHT: i64 = 24 * 3600;

/// A stretch of time and how many lanes are free in each instant of it, at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Free {
    pub interval: Interval,
    pub units_free: u32,
}

/// Why units can't be assigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// Fewer are free for the whole interval than wanted.
    Short { free: u32 },
    /// These of the units asked for by name are not free, or not of this space.
    Units(Vec<UnitId>),
}

#[derive(Debug, Clone)]
struct Lane {
    units: Vec<UnitId>,
    /// Sorted, disjoint, not touching.
    busy: Vec<Interval>,
}

/// The occupancies of one space's units, ready for questions.
#[derive(Debug, Clone)]
pub struct Sweep {
    lanes: Vec<Lane>,
}

impl Sweep {
    /// For a space of `allocation: each`: every unit is a lane of its own, in the order given.
    /// Occupancies of other units are passed over.
    pub fn each(units: &[UnitId], occupancies: impl IntoIterator<Item = (UnitId, Interval)>) -> Self {
        let mut lanes: Vec<Lane> =
            units.iter().map(|&unit| Lane { units: vec![unit], busy: Vec::new() }).collect();
        let mut index: Vec<(UnitId, usize)> = units.iter().copied().zip(0..).collect();
        index.sort_unstable();
        for (unit, interval) in occupancies {
            if let Ok(found) = index.binary_search_by_key(&unit, |(unit, _)| *unit) {
                lanes[index[found].1].busy.push(interval);
            }
        }
        Self::tidy(lanes)
    }

    /// For a space of `allocation: whole`: all units together are the only lane.
    pub fn whole(units: &[UnitId], occupancies: impl IntoIterator<Item = (UnitId, Interval)>) -> Self {
        let mut sorted = units.to_vec();
        sorted.sort_unstable();
        let own = occupancies.into_iter().filter(|(unit, _)| sorted.binary_search(unit).is_ok());
        let busy = own.map(|(_, interval)| interval).collect();
        Self::tidy(vec![Lane { units: units.to_vec(), busy }])
    }

    fn tidy(mut lanes: Vec<Lane>) -> Self {
        for lane in &mut lanes {
            lane.busy = lane.busy.iter().copied().collect::<IntervalSet>().into_iter().collect();
        }
        Self { lanes }
    }

    /// How many lanes there are: the pool a quantity is taken from.
    pub fn pool(&self) -> u32 {
        count(self.lanes.len())
    }

    /// The stretches of `window` in which at least one lane is free. A lane free in two neighbouring
    /// stretches need not be the same one: for a whole interval ask [`Self::count_free`].
    pub fn free(&self, window: Interval) -> Vec<Free> {
        let mut changes = Vec::new();
        for busy in self.lanes.iter().flat_map(|lane| lane.near(window)) {
            if let Some(busy) = busy.intersection(window) {
                changes.push((busy.start(), -1_i64));
                changes.push((busy.end(), 1));
            }
        }
        changes.push((window.end(), 0));
        changes.sort_unstable();
        let (mut level, mut since, mut segments) = (i64::from(self.pool()), window.start(), Vec::new());
        for group in changes.chunk_by(|a, b| a.0 == b.0) {
            let (at, change) = (group[0].0, group.iter().map(|(_, by)| by).sum::<i64>());
            if change == 0 && at != window.end() {
                continue;
            }
            if let (Some(interval), Ok(units_free @ 1..)) = (Interval::new(since, at), u32::try_from(level)) {
                segments.push(Free { interval, units_free });
            }
            (level, since) = (level + change, at);
        }
        segments
    }

    /// How many lanes are free throughout `interval`.
    pub fn count_free(&self, interval: Interval) -> u32 {
        count(self.lanes.iter().filter(|lane| lane.is_free(interval)).count())
    }

    /// The units of the lanes that are free throughout `interval`, in their order.
    pub fn units_free(&self, interval: Interval) -> Vec<UnitId> {
        let free = self.lanes.iter().filter(|lane| lane.is_free(interval));
        free.flat_map(|lane| lane.units.iter().copied()).collect()
    }

    /// [`Self::count_free`] for many intervals at once, in O(o log n + n): each busy stretch of a lane shuts
    /// out one run of them. Starts and ends must both ascend, as those of equally long slots do.
    pub fn counts_free(&self, intervals: &[Interval]) -> Vec<u32> {
        debug_assert!(intervals.is_sorted_by(|a, b| a.start() <= b.start() && a.end() <= b.end()));
        let mut changes = vec![0_i64; intervals.len() + 1];
        let ends = intervals.first().zip(intervals.last());
        let Some(hull) = ends.and_then(|(first, last)| Interval::new(first.start(), last.end())) else {
            return Vec::new();
        };
        for lane in &self.lanes {
            let mut done = 0;
            for busy in lane.near(hull) {
                let from = intervals.partition_point(|i| i.end() <= busy.start()).max(done);
                let to = intervals.partition_point(|i| i.start() < busy.end());
                if from < to {
                    changes[from] += 1;
                    changes[to] -= 1;
                    done = to;
                }
            }
        }
        let mut shut_out = 0;
        let free = changes[..intervals.len()].iter().map(|change| {
            shut_out += change;
            count(self.lanes.len().saturating_sub(usize::try_from(shut_out).unwrap_or(0)))
        });
        free.collect()
    }

    /// Assigns the units of `quantity` lanes for `interval`, in their order: those wanted by name, then those
    /// whose free gap around the interval is tightest (ties in unit order), so that long gaps stay whole.
    ///
    /// # Errors
    /// [`Taken`] when a wanted unit, or enough units, are not free throughout.
    pub fn choose(
        &self,
        interval: Interval,
        quantity: u32,
        wanted: Option<&[UnitId]>,
    ) -> Result<Vec<UnitId>, Taken> {
        let mut lanes: Vec<(bool, i64, usize)> = Vec::new();
        let mut missing: Vec<UnitId> = wanted.unwrap_or_default().to_vec();
        missing.sort_unstable();
        missing.dedup();
        for (place, lane) in self.lanes.iter().enumerate() {
            if let Some(gap) = lane.gap(interval) {
                let before = missing.len();
                missing.retain(|unit| !lane.units.contains(unit));
                lanes.push((missing.len() == before, gap, place));
            }
        }
        if !missing.is_empty() {
            return Err(Taken::Units(missing));
        }
        let named = lanes.iter().filter(|(unasked, ..)| !unasked).count();
        let take = named.max(quantity as usize);
        if lanes.len() < take {
            return Err(Taken::Short { free: count(lanes.len()) });
        }
        lanes.sort_unstable();
        let mut places: Vec<usize> = lanes[..take].iter().map(|(.., place)| *place).collect();
        places.sort_unstable();
        Ok(places.into_iter().flat_map(|place| self.lanes[place].units.iter().copied()).collect())
    }
}

impl Lane {
    /// The busy stretches that overlap `window`.
    fn near(&self, window: Interval) -> impl Iterator<Item = Interval> {
        let from = self.busy.partition_point(|b| b.end() <= window.start());
        self.busy[from..].iter().copied().take_while(move |b| b.start() < window.end())
    }

    fn is_free(&self, interval: Interval) -> bool {
        self.near(interval).next().is_none()
    }

    /// Seconds that would stay free before and after `interval`, each seen up to [`SIGHT`];
    /// `None` when the interval is not free.
    fn gap(&self, interval: Interval) -> Option<i64> {
        let next = self.busy.partition_point(|b| b.end() <= interval.start());
        let after = self.busy.get(next).map_or(SIGHT, |b| b.start().since(interval.end()));
        let before = next.checked_sub(1).map_or(SIGHT, |last| interval.start().since(self.busy[last].end()));
        (after >= 0).then(|| before.min(SIGHT) + after.min(SIGHT))
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
