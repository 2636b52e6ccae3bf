//! A year, whole, for a report: everything of one snapshot. A network's may be handed on: nothing is in it that a
//! coordination body may not see, and whoever asks, the operator too, gets the same. A venue's is for its staff, who see
//! their own whole, and nothing is in it of any other venue (DESIGN 7, 8).
//!
//! Figures are those of closed months, of which nothing changes any more that depends on who is asked. A year is read
//! once for each of its three sources (days, the days of the year before, hours) and counted several times.

mod sources;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use self::sources::Figures;
use super::{
    HeatmapCell, IndicatorProgress, PublishedTableView, Utilisation,
    demand::Demand,
    indicators,
    published::Place,
    utilisation::{self, Found, Scope},
};
use crate::{
    app::{App, error::Error},
    domain::{
        access::{self, Action, Actor},
        disclosure::PublishedPeriod,
        ids::{NetworkId, VenueId},
        instant::{Instant, Interval},
        places::Venue,
        reservation::month_closes,
        zone::{DateOrTime, Zone},
    },
    store::{db::ReadTx, places, published as store},
};

/// A year of a network, or of one of its venues.
#[derive(Debug, Clone)]
pub struct Yearly {
    /// Its network's.
    pub network: String,
    /// Of the venue it is of; none where it is of the network.
    pub venue: Option<VenueId>,
    /// Of what it is of.
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
    /// By venue; of a venue by space.
    pub demand_by_place: Demand,
    /// What is published of the year as a whole, once that is closed: of the place and, of a network, by their ids of the
    /// venues. Staff see their own venue's whole.
    pub published: Option<Published>,
    /// Of the network's action plan, by code; their own view of the year, up to the last full day or as it was kept. None of
    /// a venue.
    pub indicators: Vec<IndicatorProgress>,
}

/// Published tables of a year.
#[derive(Debug, Clone)]
pub struct Published {
    /// One of each dimension.
    pub of_all: Vec<PublishedTableView>,
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
/// `unauthenticated`, `forbidden` unless coordinator, administrator or staff of any of the network's venues, of a venue unless
/// its own, `not_found`; `invalid` for a year no month of which is closed.
pub fn show(app: &App, actor: &Actor, place: Place, year: Option<i32>) -> Result<Yearly, Error> {
    access::may(actor, Action::OwnAccount)?;
    app.replica.read(|tx| {
        match place {
            Place::Network(network) => utilisation::may_see(tx, actor, network)?,
            Place::Venue(venue) => {
                let place = places::place(tx, venue)?.ok_or(Error::NOT_FOUND)?;
                access::may(actor, Action::SeeBehindTheDesk(place))?;
            }
        }
        gather(tx, app, place, year)
    })
}

/// What the operator names: a network and a venue, each by its slug or id; of the only network where none is named.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    pub network: Option<&'a str>,
    pub venue: Option<&'a str>,
}

/// The same for the operator, who hands a venue's on to its staff.
///
/// # Errors
/// As [`show`]; `not_found` also where more than one could be meant.
pub fn for_operator(app: &App, named: Named<'_>, year: Option<i32>) -> Result<Yearly, Error> {
    app.replica.read(|tx| {
        let is =
            |name: Option<&str>, id: String, slug: &str| name.is_none_or(|name| id == name || slug == name);
        let networks = places::networks(tx, None, i64::MAX)?;
        let networks = networks.iter().filter(|one| is(named.network, one.id.to_string(), &one.slug));
        let place = match named.venue {
            None => only(networks.map(|one| Place::Network(one.id)))?,
            Some(_) => {
                let known: Vec<NetworkId> = networks.map(|one| one.id).collect();
                let venues = places::venues(tx, None, None, i64::MAX)?;
                let venues = venues.iter().filter(|one| known.contains(&one.network));
                let venues = venues.filter(|one| is(named.venue, one.id.to_string(), &one.slug));
                only(venues.map(|one| Place::Venue(one.id)))?
            }
        };
        gather(tx, app, place, year)
    })
}

fn only(mut found: impl Iterator<Item = Place>) -> Result<Place, Error> {
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(Error::NOT_FOUND),
    }
}

/// The place, how it is asked for, and the venue that it is.
fn find(tx: &mut ReadTx, place: Place) -> Result<(Found, Scope, Option<VenueId>), Error> {
    Ok(match place {
        Place::Network(id) => (utilisation::whole_network(tx, id)?, Scope::Network(id), None),
        Place::Venue(id) => (utilisation::whole_venue(tx, id)?, Scope::Venue(id), Some(id)),
    })
}

fn gather(tx: &mut ReadTx, app: &App, place: Place, year: Option<i32>) -> Result<Yearly, Error> {
    tx.take_your_time()?;
    let (mut found, scope, venue) = find(tx, place)?;
    let network = places::network(tx, found.network)?.ok_or(Error::NOT_FOUND)?;
    found.venues.sort_by(|a, b| a.name.cmp(&b.name));
    let closed = store::periods(tx, found.network)?;
    // Taken after the snapshot's first read: what counts as past is in it.
    let now = app.now();
    let year = year.unwrap_or_else(|| usual_year(&found, closed.keys(), now));
    let months = closed_months(&found, year, now);
    let span = Span::new(&found, (scope, venue.is_some()), (year, months), now)?;
    let figures = Figures::read(tx, &found, &span)?;
    let (week, weeks) = sources::hours(tx, &found, &span)?;
    let (demand, demand_by_place) = sources::wanted(tx, &found, &span, &figures.source)?;
    let period =
        closed.into_iter().find(|(period, _)| *period == period.whole_year() && period.year() == year);
    let published = period.map(|closed| sources::tables(tx, &found, &span, closed)).transpose()?;
    let indicators = match venue {
        None => indicators::of_year(tx, found.network, year, now, false)?,
        Some(_) => Vec::new(),
    };
    let name = venue.and_then(|_| found.venues.first()).map_or(&network.name, |venue| &venue.name).clone();
    Ok(Yearly {
        network: network.name,
        venue,
        name,
        slug: found.slug.clone(),
        zone: found.zone,
        year,
        months,
        closes_at: NaiveDate::from_ymd_opt(year, 12, 1)
            .and_then(|december| month_closes(december, network.zone)),
        as_of: now,
        by_month: figures.told(&found, &span, &["month"], true)?,
        by_venue: figures.told(&found, &span, &["venue"], true)?,
        by_venue_and_month: figures.told(&found, &span, &["venue", "month"], false)?,
        by_space: figures.told(&found, &span, &["venue", "space"], false)?,
        week,
        weeks,
        demand,
        demand_by_place,
        published,
        indicators,
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

/// The time that is reported on, of what, and whether whole.
struct Span {
    scope: Scope,
    whole: bool,
    from: DateOrTime,
    to: DateOrTime,
    range: Interval,
    now: Instant,
}

impl Span {
    fn new(
        found: &Found,
        (scope, whole): (Scope, bool),
        (year, closed): (i32, u32),
        now: Instant,
    ) -> Result<Self, Error> {
        let out_of_range = || Error::field("?year", "out_of_range");
        let dates = (2000..2100).contains(&year).then(|| months(year, closed)).flatten();
        let (from, to) = dates.filter(|(from, to)| from < to).ok_or_else(out_of_range)?;
        let (from, to) = (DateOrTime::Date(from), DateOrTime::Date(to));
        Ok(Self { scope, whole, from, to, range: utilisation::range(from, to, found.zone)?, now })
    }

    fn in_zone(&self, zone: Zone) -> Result<Interval, Error> {
        utilisation::range(self.from, self.to, zone)
    }
}
