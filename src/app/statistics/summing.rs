//! Sums what is over, so that figures are read and not counted: days as they end, all of a venue's past when there is
//! nothing yet, and again what has changed since.
//!
//! Sources and marks are read in one snapshot, outside of any lock; the sums are stored only if nobody summed the venue
//! meanwhile, and of its marks just those go that the snapshot had. What was changed later has left a mark of its own.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::usage::{fill_from_sources, places};
use crate::{
    app::{App, error::Error},
    domain::{
        holidays::Country,
        ids::VenueId,
        instant::{Instant, Interval},
        interval_set::IntervalSet,
        places::Venue,
        statistics::{self, RULES, Source},
        zone::Zone,
    },
    store::{
        db::ReadTx,
        error::StoreError,
        places as store,
        usage::{self, Mark, Progress, Summing},
    },
};

/// Units times days that one transaction stores: SQLite's writer is held some 20 ms.
const UNIT_DAYS: usize = 1_500;
/// Marks that one transaction takes away.
const MARKS: i64 = 5_000;
/// Transactions of one run; the next one goes on.
const STEPS: usize = 20;

/// Sums a bounded part of what is due, in all venues; returns how many days of venues that was.
///
/// # Errors
/// When the database fails.
pub fn sum_usage(app: &Arc<App>) -> Result<usize, Error> {
    let (mut steps, mut days) = (0, 0);
    for due in app.db.read(|tx| due(tx, app))? {
        while steps < STEPS {
            steps += 1;
            match step(app, &due)? {
                Some(more) => days += more,
                None => break,
            }
        }
    }
    Ok(days)
}

/// A venue that has something to sum.
struct Due {
    venue: Venue,
    country: Country,
}

fn due(tx: &mut ReadTx, app: &App) -> Result<Vec<Due>, Error> {
    let venues = store::venues(tx, None, None, i64::MAX)?;
    let now = app.now();
    let marked = usage::marked(tx)?;
    let progress = usage::progress(tx, &venues.iter().map(|venue| venue.id).collect::<Vec<_>>())?;
    let is_due = |venue: &Venue| {
        marked.contains(&venue.id)
            || progress.get(&venue.id).is_none_or(|known| {
                known.rules < RULES || known.rules == RULES && known.through < venue.zone.date(now)
            })
    };
    let mut due = Vec::new();
    for venue in venues.into_iter().filter(is_due) {
        let network = store::network(tx, venue.network)?.ok_or(Error::NOT_FOUND)?;
        due.push(Due { venue, country: network.country });
    }
    Ok(due)
}

/// `None` where nothing was due, or somebody else was faster; else the days summed.
fn step(app: &Arc<App>, due: &Due) -> Result<Option<usize>, Error> {
    let Some(summing) = app.db.read(|tx| prepare(tx, app, due))? else { return Ok(None) };
    let days = summing.dates.map_or(0, |(first, last)| (last - first).num_days() + 1);
    let stored: Result<bool, StoreError> = app.db.write("sum usage", move |tx| usage::store(tx, &summing));
    Ok(stored?.then_some(usize::try_from(days).unwrap_or(0)))
}

fn prepare(tx: &mut ReadTx, app: &App, due: &Due) -> Result<Option<Summing>, Error> {
    let Due { venue, country } = due;
    let before = usage::progress(tx, &[venue.id])?.remove(&venue.id);
    // Taken after the snapshot's first read: what is over by then is in it.
    let now = app.now();
    if before.is_some_and(|before| before.rules > RULES) {
        // A newer program sums here.
        return Ok(None);
    }
    let marks = usage::marks(tx, venue.id, MARKS)?;
    let today = venue.zone.day(venue.zone.date(now));
    let mut places = places(tx, *country, &[(venue, today)])?;
    let active = places.0.spaces.iter().map(|space| space.active_from).min();
    let first = active.into_iter().chain(usage::first_day(tx, venue.id)?).min();
    let plan = Plan { venue, first, marks: &marks, before, now, at_once: at_once(&places.0) };
    let Some(summing) = plan.summing() else { return Ok(None) };
    Ok(Some(match summing.dates {
        Some((first, last)) => {
            places.0.venues[0].range = whole(venue.zone, first, last);
            let source = fill_from_sources(tx, places)?;
            Summing { sums: statistics::sum(&source, now), ..summing }
        }
        None => summing,
    }))
}

fn at_once(source: &Source) -> u64 {
    (UNIT_DAYS / source.units.len().max(1)).max(1) as u64
}

/// From the first instant of a date to the last of another one.
pub fn whole(zone: Zone, first: NaiveDate, last: NaiveDate) -> Interval {
    let start = zone.day(first);
    Interval::new(start.start(), zone.day(last).end()).unwrap_or(start)
}

/// What is to be summed next of a venue.
struct Plan<'a> {
    venue: &'a Venue,
    /// Before it there is nothing.
    first: Option<NaiveDate>,
    marks: &'a [Mark],
    before: Option<Progress>,
    now: Instant,
    /// Days.
    at_once: u64,
}

impl Plan<'_> {
    fn summing(&self) -> Option<Summing> {
        let today = self.venue.zone.date(self.now);
        let known = self.before.filter(|before| before.rules == RULES).map(|before| before.through);
        let through = known.unwrap_or_else(|| self.first.unwrap_or(today).min(today));
        let dirty = if known.is_some() { self.dirty(through) } else { Vec::new() };
        let summing = |dates, through, but_from| Summing {
            venue: self.venue.id,
            before: self.before,
            through,
            dates,
            sums: Vec::new(),
            marks: self.marks.iter().map(|mark| mark.id).collect(),
            but_from,
        };
        if let Some(&start) = dirty.first() {
            let over = |date: &NaiveDate| self.venue.zone.day(*date).end() <= self.now;
            let near = dirty.partition_point(|date| *date < start + Days::new(self.at_once) && over(date));
            let but_from = dirty.get(near).map(|date| self.venue.zone.day(*date).start());
            let dates = near.checked_sub(1).map(|last| (start, dirty[last]));
            let moves = |mark: &Mark| but_from.is_none_or(|from| mark.interval.start() < from);
            return (dates.is_some() || self.marks.iter().any(moves))
                .then(|| summing(dates, through, but_from));
        }
        if through < today {
            let end = self.first.map_or(today, |_| today.min(through + Days::new(self.at_once)));
            let dates = self.first.and(end.pred_opt()).map(|last| (through, last));
            return Some(summing(dates, end, None));
        }
        let idle = self.marks.is_empty() && known.is_some();
        (!idle).then(|| summing(None, through, None))
    }

    /// The dates that are summed and marked, ascending.
    fn dirty(&self, through: NaiveDate) -> Vec<NaiveDate> {
        let zone = self.venue.zone;
        let summed =
            self.first.and_then(|first| Interval::new(zone.day(first).start(), zone.day(through).start()));
        let Some(summed) = summed else { return Vec::new() };
        let marked: IntervalSet = self.marks.iter().map(|mark| mark.interval).collect();
        let mut dirty: Vec<NaiveDate> =
            marked.clip(summed).iter().flat_map(|part| zone.days(part).collect::<Vec<_>>()).collect();
        dirty.dedup();
        dirty
    }
}

/// Which venue's sums reach how far, for `prostor check`.
///
/// # Errors
/// When the database fails.
pub fn through(tx: &mut ReadTx, venue: VenueId) -> Result<Option<NaiveDate>, Error> {
    let progress = usage::progress(tx, &[venue])?.remove(&venue);
    Ok(progress.filter(|progress| progress.rules == RULES).map(|progress| progress.through))
}
