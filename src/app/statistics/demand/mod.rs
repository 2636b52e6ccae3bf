//! Demand of a network, a venue or a space: read in one snapshot, counted, and shown as far as the reader may see.

mod searches;
mod view;

use chrono::NaiveDate;

use super::{
    usage,
    utilisation::{Found, MOST_ROWS, Scope, find, load, range},
};
use crate::{
    app::{App, error::Error},
    domain::{
        access::{self, Action, Actor},
        demand::{
            self, DemandTable, Events,
            shown::{Month, Shown, month},
        },
        ids::VenueId,
        instant::{Instant, Interval},
        reservation::month_closes,
        statistics::{Dimension, Grouping, Period, Source},
        zone::{DateOrTime, Zone},
    },
    store::{db::ReadTx, demand as store, places},
};

pub use searches::{SearchCount, Searches};
pub use view::{Demand, DemandRow, Quantile, ReasonCount, Spread, TurnAways};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub scope: Scope,
    /// Half-open with `to`; dates and local times are each venue's own.
    pub from: DateOrTime,
    pub to: DateOrTime,
    pub group_by: Grouping,
}

/// The reader of whole figures, or of those that single nobody out.
enum Sight {
    Whole,
    Careful(Careful),
}

/// What decides on each figure that a reader who is not of the staff is shown.
struct Careful {
    shown: Shown,
    /// The rows are those of the listed tables: by venue or of the whole network, by calendar months or longer.
    listed: bool,
    /// Each row is of one venue.
    of_one_venue: bool,
    /// Those of the range that are whole and closed; `None` where others are in it, too.
    months: Option<Vec<Month>>,
}

/// # Errors
/// As of utilisation; hours can't be told apart.
pub fn show(app: &App, actor: &Actor, asked: &Asked) -> Result<Demand, Error> {
    access::may(actor, Action::OwnAccount)?;
    if asked.group_by.has(Dimension::Hour) {
        // Refusals are known by their day alone.
        return Err(Error::field("?group_by", "unknown_value"));
    }
    app.replica.read(|tx| {
        let found = find(tx, actor, asked.scope)?;
        let of_zone = |zone| range(asked.from, asked.to, zone);
        let range = of_zone(found.zone)?;
        let places = load(tx, &found, &of_zone)?;
        let now = app.now();
        let source = usage::fill(tx, places, &asked.group_by, now)?;
        let whole = found.is_own(actor);
        let events = gather(tx, &found, range, whole)?;
        let known = Known { found: &found, range, now, source: &source, events: &events, whole };
        tell(tx, asked, &known)
    })
}

/// What demand is told from.
pub(super) struct Known<'a> {
    pub found: &'a Found,
    pub range: Interval,
    pub now: Instant,
    pub source: &'a Source,
    pub events: &'a Events,
    /// Whether the reader sees everything.
    pub whole: bool,
}

/// What people did in the range; whether a part of it may be shown depends on the whole network.
///
/// # Errors
/// When the database fails.
pub(super) fn gather(tx: &mut ReadTx, found: &Found, range: Interval, whole: bool) -> Result<Events, Error> {
    let venues = if whole { ids(found) } else { network(tx, found)? };
    events(tx, &venues, range)
}

/// # Errors
/// When the database fails; `invalid` for too many rows.
pub(super) fn tell(tx: &mut ReadTx, asked: &Asked, known: &Known<'_>) -> Result<Demand, Error> {
    let Known { found, range, now, source, events, whole } = *known;
    let sight = match whole {
        true => Sight::Whole,
        false => Sight::Careful(careful(asked, found, events, range, now)),
    };
    let table = demand::demand(source, events, &asked.group_by, now, MOST_ROWS)
        .map_err(|_| Error::field("?group_by", "too_many_rows"))?;
    let starts_in = |day| range.contains(found.zone.day(day).start());
    let searches = searches::show(tx, asked.scope, found, &sight, days(range), &starts_in)?;
    Ok(view::answer(&Frame { asked, found, range, now, sight: &sight }, &table, searches))
}

/// What holds for the whole answer.
struct Frame<'a> {
    asked: &'a Asked,
    found: &'a Found,
    range: Interval,
    now: Instant,
    sight: &'a Sight,
}

fn ids(found: &Found) -> Vec<VenueId> {
    found.venues.iter().map(|venue| venue.id).collect()
}

fn network(tx: &mut ReadTx, found: &Found) -> Result<Vec<VenueId>, Error> {
    let Some(first) = found.venues.first() else { return Ok(Vec::new()) };
    let venues = places::venues(tx, Some(first.network), None, i64::MAX)?;
    Ok(venues.into_iter().map(|venue| venue.id).collect())
}

/// A day more on each side: local days differ between zones, and what lies outside of the range counts nowhere.
fn days(range: Interval) -> (NaiveDate, NaiveDate) {
    const DAY: i64 = 86_400;
    (Zone::UTC.date(range.start().plus(-DAY)), Zone::UTC.date(range.end().plus(2 * DAY)))
}

fn events(tx: &mut ReadTx, venues: &[VenueId], range: Interval) -> Result<Events, Error> {
    let window = range.widened(24 * 60, 24 * 60);
    Ok(Events {
        stood: store::stood(tx, venues, window)?,
        answered: store::answered(tx, venues, window)?,
        turned_away: store::turned_away(tx, venues, days(range))?,
    })
}

fn careful(asked: &Asked, found: &Found, events: &Events, range: Interval, now: Instant) -> Careful {
    let zones = |venue| {
        let known = found.venues.iter().find(|known| known.id == venue);
        known.map_or(found.zone, |known| known.zone)
    };
    let dimensions = asked.group_by.dimensions();
    let by_venue = asked.group_by.has(Dimension::Venue);
    let listed = |dimension: &Dimension| {
        matches!(dimension, Dimension::Venue | Dimension::Month | Dimension::Quarter | Dimension::Year)
    };
    Careful {
        shown: Shown::new(events, zones),
        listed: dimensions.iter().all(listed) && !matches!(asked.scope, Scope::Space(_)),
        of_one_venue: by_venue || matches!(asked.scope, Scope::Venue(_)),
        months: closed_months(found.zone, range, now),
    }
}

/// The calendar months of a range that holds whole ones only, all of them closed.
fn closed_months(zone: Zone, range: Interval, now: Instant) -> Option<Vec<Month>> {
    let begins = |at| {
        let date = zone.date(at);
        zone.day(month(date)).start() == at
    };
    let mut months: Vec<Month> = zone.days(range).map(month).collect();
    months.dedup();
    let closed = |month: &Month| month_closes(*month, zone).is_some_and(|closes| closes <= now);
    (begins(range.start()) && begins(range.end()) && months.iter().all(closed)).then_some(months)
}

impl Careful {
    /// The months of a row, where it is one that may be shown at all; of all where `period` is `None`.
    fn months(&self, grouping: &Grouping, period: Option<Period>) -> Option<Vec<Month>> {
        let months = self.months.as_ref().filter(|_| self.listed)?;
        let of_row = |month: &&Month| period.is_none_or(|period| Period::of(grouping, **month) == period);
        Some(months.iter().filter(of_row).copied().collect())
    }
}
