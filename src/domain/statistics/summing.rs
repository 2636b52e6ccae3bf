//! The sums that are stored of a venue's days: hour by hour, and of each whole day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    Grouping, Source,
    calendar::Cell,
    count::{each_arrival, each_in},
    frame::Frame,
    stored::{Hours, Summed},
};
use crate::domain::instant::Instant;

/// What one unit or space has of one local day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaySums {
    pub date: NaiveDate,
    /// The unit's, or the space's.
    pub subject: Uuid,
    pub day: Summed,
    pub hours: Hours,
}

/// The sums of each day of one venue's range, which is whole days, ascending. Who has nothing to count of a day is not
/// there. Days that are not over at `now` are not to be stored: what is used of them is still to come.
pub fn sum(source: &Source, now: Instant) -> Vec<DaySums> {
    let Some(venue) = source.venues.first() else { return Vec::new() };
    let (mut cells, mut labels) = (Vec::new(), Vec::new());
    for date in venue.zone.days(venue.range) {
        for ((_, interval), place) in venue.zone.hours(venue.zone.day(date)).zip(0u8..) {
            cells.push(Cell { interval, period: labels.len() });
            labels.push((date, place));
        }
    }
    let frame = Frame::new(source, &Grouping::default(), now);
    let mut sums = BTreeMap::<(NaiveDate, Uuid), BTreeMap<u8, Summed>>::new();
    let mut add = |period: usize, subject: Uuid, more: Summed| {
        let (date, place) = labels[period];
        if !more.is_nothing() {
            *sums.entry((date, subject)).or_default().entry(place).or_default() += more;
        }
    };
    each_in(
        &frame,
        |_| &cells,
        |unit, _, segments| {
            for segment in segments {
                let more = Summed { sums: segment.sums, ..Summed::default() };
                add(segment.period, source.units[unit].id.uuid(), more);
            }
        },
    );
    each_arrival(&frame, |space, start, came| {
        let cell = cells.partition_point(|cell| cell.interval.end() <= start);
        if let Some(cell) = cells.get(cell).filter(|cell| cell.interval.contains(start)) {
            let more = Summed { awaited: 1, no_shows: u32::from(!came), ..Summed::default() };
            add(cell.period, source.spaces[space].id.uuid(), more);
        }
    });
    sums.into_iter().map(|((date, subject), hours)| day(date, subject, hours)).collect()
}

fn day(date: NaiveDate, subject: Uuid, parts: BTreeMap<u8, Summed>) -> DaySums {
    let (mut day, mut hours) = (Summed::default(), Hours::default());
    for (place, summed) in parts {
        day += summed;
        hours.push(place, &summed);
    }
    DaySums { date, subject, day, hours }
}
