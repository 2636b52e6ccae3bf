//! A network's year, whole, for a report that is handed on: everything of one snapshot, and nothing in it that a
//! coordination body may not see (DESIGN 7, 8). Whoever asks, the operator too, gets the same.
//!
//! Figures are those of closed months, of which nothing changes any more that depends on who is asked. A year is read
//! once for each of its three sources (days, the days of the year before, hours) and counted several times.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{
    HeatmapCell, PublishedTableView, Utilisation, compare,
    demand::{self, Demand},
    heatmap::{self, CELLS},
    published_view::Shown,
    usage,
    utilisation::{self, Found, MOST_ROWS, Scope},
    view::{Counted, Earlier, Frame},
};
use crate::{
    app::{App, error::Error},
    domain::{
        access::{self, Action, Actor},
        disclosure::{PublishedDimension, PublishedPeriod, TableKey},
        ids::{NetworkId, VenueId},
        instant::{Instant, Interval},
        places::Venue,
        reservation::month_closes,
        statistics::{self, Comparison, Dimension, Grouping, Source},
        zone::{DateOrTime, Zone},
    },
    store::{db::ReadTx, places, published as store},
};

/// A year of a network.
#[derive(Debug, Clone)]
pub struct Yearly {
    pub network: NetworkId,
    pub name: String,
    pub slug: String,
    pub zone: Zone,
    pub year: i32,
    /// How many months of it are closed and stand in the figures, 1 to 12.
    pub months: u32,
    /// When its last month is closed; `None` at the end of the calendar.
    pub closes_at: Option<Instant>,
    pub as_of: Instant,
    /// By name.
    pub venues: Vec<Venue>,
    /// By month, beside the year before.
    pub by_month: Utilisation,
    /// By venue, beside the year before.
    pub by_venue: Utilisation,
    pub by_venue_and_month: Utilisation,
    pub by_space: Utilisation,
    pub week: Vec<HeatmapCell>,
    pub weeks: BTreeMap<VenueId, Vec<HeatmapCell>>,
    pub demand: Demand,
    pub demand_by_venue: Demand,
    /// What is published of the year as a whole, once that is closed: of the network and, by their ids, of the venues.
    pub published: Option<Published>,
}

/// Published tables of a year.
#[derive(Debug, Clone)]
pub struct Published {
    /// One of each dimension.
    pub network: Vec<PublishedTableView>,
    /// Of each venue the table of people.
    pub people: BTreeMap<VenueId, PublishedTableView>,
}

impl Yearly {
    /// Whether all of the year is in it.
    pub fn is_whole(&self) -> bool {
        self.months == 12
    }

    /// First and last date.
    pub fn dates(&self) -> Option<(NaiveDate, NaiveDate)> {
        let (from, to) = months(self.year, self.months)?;
        Some((from, to.pred_opt()?))
    }
}

/// `year` is the last closed one where it is not said; where none is closed yet, the last with a closed month.
///
/// # Errors
/// `unauthenticated`, `forbidden` unless coordinator or administrator, `not_found`; `invalid` for a year no month of which
/// is closed.
pub fn show(app: &App, actor: &Actor, network: NetworkId, year: Option<i32>) -> Result<Yearly, Error> {
    access::may(actor, Action::OwnAccount)?;
    app.replica.read(|tx| {
        access::may(actor, Action::SeeNetworkStatistics(network))?;
        gather(tx, app, network, year)
    })
}

/// The same for the operator: of the network named by its slug or id, or of the only one.
///
/// # Errors
/// As [`show`]; `not_found` also where there are several networks and none is named.
pub fn for_operator(app: &App, network: Option<&str>, year: Option<i32>) -> Result<Yearly, Error> {
    app.replica.read(|tx| {
        let all = places::networks(tx, None, i64::MAX)?;
        let named =
            |id: NetworkId, slug: &str| network.is_none_or(|name| id.to_string() == name || slug == name);
        let mut found = all.iter().filter(|one| named(one.id, &one.slug));
        match (found.next(), found.next()) {
            (Some(one), None) => gather(tx, app, one.id, year),
            _ => Err(Error::NOT_FOUND),
        }
    })
}

fn gather(tx: &mut ReadTx, app: &App, id: NetworkId, year: Option<i32>) -> Result<Yearly, Error> {
    tx.take_your_time()?;
    let network = places::network(tx, id)?.ok_or(Error::NOT_FOUND)?;
    let mut found = utilisation::whole_network(tx, id)?;
    found.venues.sort_by(|a, b| a.name.cmp(&b.name));
    let closed = store::periods(tx, id)?;
    // Taken after the snapshot's first read: what counts as past is in it.
    let now = app.now();
    let year = year.unwrap_or_else(|| usual_year(&found, closed.keys(), now));
    let months = closed_months(&found, year, now);
    let span = Span::new(&found, year, months, now)?;
    let figures = Figures::read(tx, &found, &span)?;
    let week = hours(tx, &found, &span)?;
    let wanted = wanted(tx, &found, &span, &figures.source)?;
    let period =
        closed.into_iter().find(|(period, _)| *period == period.whole_year() && period.year() == year);
    let published = period.map(|(period, at)| tables(tx, &found, period, at)).transpose()?;
    Ok(Yearly {
        network: id,
        name: network.name,
        slug: network.slug,
        zone: network.zone,
        year,
        months,
        closes_at: NaiveDate::from_ymd_opt(year, 12, 1)
            .and_then(|december| month_closes(december, network.zone)),
        as_of: now,
        by_month: figures.told(&found, &span, &["month"], true)?,
        by_venue: figures.told(&found, &span, &["venue"], true)?,
        by_venue_and_month: figures.told(&found, &span, &["venue", "month"], false)?,
        by_space: figures.told(&found, &span, &["venue", "space"], false)?,
        week: week.0,
        weeks: week.1,
        demand: wanted.0,
        demand_by_venue: wanted.1,
        published,
        venues: found.venues,
    })
}

fn usual_year<'a>(found: &Found, closed: impl Iterator<Item = &'a PublishedPeriod>, now: Instant) -> i32 {
    let years = closed.filter(|period| **period == period.whole_year()).map(|period| period.year());
    let current = found.zone.date(now).year();
    // In its first weeks none of its months is closed yet.
    let begun = if closed_months(found, current, now) > 0 { current } else { current - 1 };
    years.max().unwrap_or(begun)
}

/// How many months of the year are closed in all of the network's zones.
fn closed_months(found: &Found, year: i32, now: Instant) -> u32 {
    let zones: Vec<Zone> = found.venues.iter().map(|venue| venue.zone).chain([found.zone]).collect();
    let is_closed = |month: &u32| {
        let first = NaiveDate::from_ymd_opt(year, *month, 1);
        let closed =
            |zone: &Zone| first.and_then(|first| month_closes(first, *zone)).is_some_and(|at| at <= now);
        zones.iter().all(closed)
    };
    (1..=12).take_while(is_closed).count() as u32
}

/// The first day of a year and the one after so many months.
fn months(year: i32, months: u32) -> Option<(NaiveDate, NaiveDate)> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
    Some((first, first.checked_add_months(chrono::Months::new(months))?))
}

/// The time that is reported on.
struct Span {
    from: DateOrTime,
    to: DateOrTime,
    range: Interval,
    now: Instant,
}

impl Span {
    fn new(found: &Found, year: i32, closed: u32, now: Instant) -> Result<Self, Error> {
        let out_of_range = || Error::field("?year", "out_of_range");
        let dates = (2000..2100).contains(&year).then(|| months(year, closed)).flatten();
        let (from, to) = dates.filter(|(from, to)| from < to).ok_or_else(out_of_range)?;
        let (from, to) = (DateOrTime::Date(from), DateOrTime::Date(to));
        Ok(Self { from, to, range: utilisation::range(from, to, found.zone)?, now })
    }

    fn in_zone(&self, zone: Zone) -> Result<Interval, Error> {
        utilisation::range(self.from, self.to, zone)
    }
}

fn grouping(words: &[&str]) -> Result<Grouping, Error> {
    let dimensions: Result<Vec<Dimension>, _> = words.iter().map(|word| word.parse()).collect();
    let broken = |error: &dyn std::fmt::Display| Error::Broken(error.to_string());
    Grouping::new(dimensions.map_err(|error| broken(&error))?).map_err(|error| broken(&error))
}

/// What utilisation is counted from: the year, and the one before.
struct Figures {
    source: Source,
    earlier: Option<(Source, Interval)>,
}

impl Figures {
    fn read(tx: &mut ReadTx, found: &Found, span: &Span) -> Result<Self, Error> {
        // The finest of what is told apart: sums do for all that is coarser.
        let cut = grouping(&["venue", "space", "month"])?;
        let places = utilisation::load(tx, found, &|zone| span.in_zone(zone))?;
        let source = usage::fill(tx, places, &cut, span.now)?;
        let back = compare::back(Comparison::YearBefore, &cut, found.zone, span.range)?;
        let earlier = match compare::earlier(back, found.zone, span.range)? {
            Some(range) => {
                let of_zone = |zone| {
                    let earlier = compare::earlier(back, zone, span.in_zone(zone)?)?;
                    earlier.ok_or_else(|| Error::Broken("a year before is in every zone".to_owned()))
                };
                let places = utilisation::load(tx, found, &of_zone)?;
                Some((usage::fill(tx, places, &cut.looking_back(back), span.now)?, range))
            }
            None => None,
        };
        Ok(Self { source, earlier })
    }

    fn told(&self, found: &Found, span: &Span, words: &[&str], compared: bool) -> Result<Utilisation, Error> {
        let group_by = grouping(words)?;
        let count = |source, grouping: &Grouping| {
            let table = statistics::count(source, grouping, span.now, MOST_ROWS);
            let table = table.map_err(|_| Error::Broken("a year has too many rows".to_owned()))?;
            Ok::<_, Error>(Counted { table, peaks: None })
        };
        let earlier = match self.earlier.as_ref().filter(|_| compared) {
            Some((source, range)) => {
                let back = compare::back(Comparison::YearBefore, &group_by, found.zone, span.range)?;
                let counted = count(source, &group_by.looking_back(back))?;
                Some(Earlier { comparison: Comparison::YearBefore, range: *range, counted })
            }
            None => None,
        };
        let frame = Frame {
            now: span.now,
            range: span.range,
            zone: found.zone,
            slug: &found.slug,
            group_by: &group_by,
            whole: false,
            explain: None,
        };
        Ok(Utilisation::new(&frame, &count(&self.source, &group_by)?, earlier.as_ref()))
    }
}

type Weeks = (Vec<HeatmapCell>, BTreeMap<VenueId, Vec<HeatmapCell>>);

/// The hours of a week, of the network and of each venue.
fn hours(tx: &mut ReadTx, found: &Found, span: &Span) -> Result<Weeks, Error> {
    let group_by = grouping(&["venue", "weekday", "hour"])?;
    let places = utilisation::load(tx, found, &|zone| span.in_zone(zone))?;
    let source = usage::fill(tx, places, &group_by, span.now)?;
    let count = |grouping: &Grouping, most| {
        let table = statistics::count(&source, grouping, span.now, most);
        table.map_err(|_| Error::Broken("a week has too many hours".to_owned()))
    };
    let of_network = count(&grouping(&["weekday", "hour"])?, CELLS)?;
    let of_venues = count(&group_by, CELLS * found.venues.len().max(1))?;
    let cells = |rows: &mut dyn Iterator<Item = &statistics::Row>| {
        heatmap::week(rows.map(|row| (row.period, row.tally)))
    };
    let of_venue = |venue: &Venue| {
        let own = |row: &&statistics::Row| row.place.venue.as_ref().is_some_and(|(_, id)| *id == venue.id);
        (venue.id, cells(&mut of_venues.rows.iter().filter(own)))
    };
    Ok((cells(&mut of_network.rows.iter()), found.venues.iter().map(of_venue).collect()))
}

/// Demand by month and by venue.
fn wanted(tx: &mut ReadTx, found: &Found, span: &Span, source: &Source) -> Result<(Demand, Demand), Error> {
    let events = demand::gather(tx, found, span.range, false)?;
    let known =
        demand::Known { found, range: span.range, now: span.now, source, events: &events, whole: false };
    let mut by = |word| {
        let scope = Scope::Network(found.network);
        let asked = demand::Asked { scope, from: span.from, to: span.to, group_by: grouping(&[word])? };
        demand::tell(tx, &asked, &known)
    };
    Ok((by("month")?, by("venue")?))
}

fn tables(tx: &mut ReadTx, found: &Found, period: PublishedPeriod, at: Instant) -> Result<Published, Error> {
    let mut all = store::tables_of_year(tx, found.network, period.year())?;
    let mut view = |dimension, venue: Option<&Venue>| {
        let key = TableKey { period, dimension, venue: venue.map(|venue| venue.id) };
        let shown = Shown {
            key,
            network: found.network,
            slug: &found.slug,
            venue: venue.map(|venue| venue.name.clone()),
            closed_at: found.zone.show(at),
            whole: false,
        };
        // A venue that was not there yet had no table.
        PublishedTableView::new(&shown, &all.remove(&key).unwrap_or_default(), None)
    };
    Ok(Published {
        network: PublishedDimension::ALL.iter().map(|dimension| view(*dimension, None)).collect(),
        people: found
            .venues
            .iter()
            .map(|venue| (venue.id, view(PublishedDimension::People, Some(venue))))
            .collect(),
    })
}
