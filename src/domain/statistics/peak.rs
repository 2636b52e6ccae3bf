//! The busiest hours: what of the open units was in use in each local hour, its maximum and its 95th percentile
//! (DESIGN 7).
//!
//! An hour is one of a date, as clocks on the wall show it: one that they repeat is one longer hour, and counts once. Hours
//! without anything open count nowhere. The percentile is the nearest rank: of n hours, ascending, the ⌈0.95·n⌉th,
//! so it is an hour that was.

use std::{cmp::Ordering, collections::BTreeMap};

use chrono::NaiveDate;

use super::{
    Grouping, Period, Place, Source, TooManyRows,
    count::{Layout, each_measured},
    frame::Frame,
    sums::{Ratio, Sums, ratio},
};
use crate::domain::instant::Instant;

/// The percentile that stands beside the maximum, so that one odd hour does not stand for all.
const PERCENT: usize = 95;

/// What was taken of what was open in one local hour. Seconds of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hour {
    pub date: NaiveDate,
    /// 0 to 23.
    pub hour: u32,
    pub part: i64,
    /// Never 0.
    pub whole: i64,
}

/// The first hour that was as busy as none else, and that of the percentile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Top {
    pub max: Hour,
    pub p95: Hour,
}

/// The busiest hours of a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Peak {
    /// Local hours in which anything was open.
    pub hours: usize,
    /// Of what was booked; `None` where nothing was open, as below.
    pub planned: Option<Top>,
    /// Of what was used.
    pub actual: Option<Top>,
}

/// The peaks of a table: of its rows and of all distinct units.
#[derive(Debug, Default)]
pub struct Peaks {
    rows: BTreeMap<(Place, Period), Peak>,
    pub totals: Peak,
}

impl Peaks {
    pub fn of(&self, place: &Place, period: Period) -> Peak {
        self.rows.get(&(place.clone(), period)).copied().unwrap_or_default()
    }
}

impl Hour {
    /// In hours of units.
    pub fn ratio(&self) -> Ratio {
        ratio(self.part, self.whole)
    }

    /// By how much of it was taken, exactly.
    fn compare(&self, other: &Self) -> Ordering {
        let crossed = |part: i64, whole: i64| i128::from(part) * i128::from(whole);
        crossed(self.part, other.whole).cmp(&crossed(other.part, self.whole))
    }
}

/// Of one hour: available, booked and used seconds of units.
type Seconds = [i64; 3];

/// The peaks of the rows that `count` makes of the same, where that is at most `most` hours of places.
///
/// # Errors
/// [`TooManyRows`], before anything is counted.
pub fn peaks(source: &Source, grouping: &Grouping, now: Instant, most: usize) -> Result<Peaks, TooManyRows> {
    let frame = Frame::new(source, &Grouping::hourly(), now);
    let layout = Layout::new(&frame, grouping);
    let hours = frame.calendar.periods.len();
    let rows = layout.places.len().saturating_mul(hours);
    if rows > most {
        return Err(TooManyRows { rows });
    }
    let mut of_places = vec![Seconds::default(); rows];
    let mut of_all = vec![Seconds::default(); hours];
    each_measured(&frame, |_, stays, segments| {
        let places: Vec<Vec<usize>> = stays.iter().map(|stay| layout.places_of(stay)).collect();
        for segment in segments {
            for place in &places[segment.stay] {
                add(&mut of_places[place * hours + segment.period], &segment.sums);
            }
            if layout.totals_have(&stays[segment.stay]) {
                add(&mut of_all[segment.period], &segment.sums);
            }
        }
    });
    let labels: Vec<(NaiveDate, u32)> =
        frame.calendar.periods.iter().filter_map(|(period, _)| period.day.zip(period.hour)).collect();
    let mut rows = BTreeMap::new();
    for (place, seconds) in layout.places.iter().zip(of_places.chunks(hours.max(1))) {
        for (period, hours) in by_period(grouping, &labels, seconds) {
            rows.insert((place.clone(), period), peak(&hours));
        }
    }
    let all: Vec<_> = labels.into_iter().zip(of_all).collect();
    Ok(Peaks { rows, totals: peak(&all) })
}

fn add(seconds: &mut Seconds, sums: &Sums) {
    seconds[0] += sums.available;
    seconds[1] += sums.booked;
    seconds[2] += sums.used;
}

type Labelled = ((NaiveDate, u32), Seconds);

fn by_period(
    grouping: &Grouping,
    labels: &[(NaiveDate, u32)],
    seconds: &[Seconds],
) -> BTreeMap<Period, Vec<Labelled>> {
    let mut rows = BTreeMap::<Period, Vec<Labelled>>::new();
    for (&(date, hour), &seconds) in labels.iter().zip(seconds) {
        rows.entry(Period::of_hour(grouping, date, hour)).or_default().push(((date, hour), seconds));
    }
    rows
}

fn peak(hours: &[Labelled]) -> Peak {
    let open = || hours.iter().filter(|(_, seconds)| seconds[0] > 0);
    let top = |taken: usize| {
        let hour = |&((date, hour), seconds): &Labelled| Hour {
            date,
            hour,
            part: seconds[taken],
            whole: seconds[0],
        };
        top(open().map(hour).collect())
    };
    Peak { hours: open().count(), planned: top(1), actual: top(2) }
}

/// Of hours that come by time.
fn top(mut hours: Vec<Hour>) -> Option<Top> {
    // Of equals the first in time comes first: the sort is stable.
    hours.sort_by(Hour::compare);
    let first_as_busy = |hour: &Hour| {
        let first = hours.partition_point(|other| other.compare(hour) == Ordering::Less);
        hours[first]
    };
    let rank = (hours.len() * PERCENT).div_ceil(100);
    let (max, p95) = (hours.last()?, hours.get(rank.checked_sub(1)?)?);
    Some(Top { max: first_as_busy(max), p95: first_as_busy(p95) })
}
