//! What a yearly report is counted from: days of the year and of the one before, hours, what people wanted, and published
//! tables; each read once and counted several times.

use std::collections::BTreeMap;

use super::{Published, Span};
use crate::{
    app::{
        error::Error,
        statistics::{
            HeatmapCell, PublishedTableView, Utilisation, compare,
            demand::{self, Demand},
            heatmap::{self, CELLS},
            published_view::Shown,
            usage,
            utilisation::{self, Found, MOST_ROWS},
            view::{Counted, Earlier, Frame},
        },
    },
    domain::{
        disclosure::{PublishedDimension, PublishedPeriod, PublishedTable, TableKey},
        ids::VenueId,
        instant::{Instant, Interval},
        places::Venue,
        statistics::{self, Comparison, Dimension, Grouping, Source},
    },
    store::{db::ReadTx, published as store},
};

fn grouping(words: &[&str]) -> Result<Grouping, Error> {
    let dimensions: Result<Vec<Dimension>, _> = words.iter().map(|word| word.parse()).collect();
    let broken = |error: &dyn std::fmt::Display| Error::Broken(error.to_string());
    Grouping::new(dimensions.map_err(|error| broken(&error))?).map_err(|error| broken(&error))
}

/// What utilisation is counted from: the year, and the one before.
pub(super) struct Figures {
    pub source: Source,
    earlier: Option<(Source, Interval)>,
}

impl Figures {
    pub fn read(tx: &mut ReadTx, found: &Found, span: &Span) -> Result<Self, Error> {
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

    pub fn told(
        &self,
        found: &Found,
        span: &Span,
        words: &[&str],
        compared: bool,
    ) -> Result<Utilisation, Error> {
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
            whole: span.whole,
            explain: None,
        };
        Ok(Utilisation::new(&frame, &count(&self.source, &group_by)?, earlier.as_ref()))
    }
}

pub(super) type Weeks = (Vec<HeatmapCell>, BTreeMap<VenueId, Vec<HeatmapCell>>);

/// The hours of a week, of the network and of each venue.
pub(super) fn hours(tx: &mut ReadTx, found: &Found, span: &Span) -> Result<Weeks, Error> {
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

/// Demand by month, and by venue or by the spaces of one.
pub(super) fn wanted(
    tx: &mut ReadTx,
    found: &Found,
    span: &Span,
    source: &Source,
) -> Result<(Demand, Demand), Error> {
    let whole = span.whole;
    let events = demand::gather(tx, found, span.range, whole)?;
    let known = demand::Known { found, range: span.range, now: span.now, source, events: &events, whole };
    let mut by = |word| {
        let group_by = grouping(&[word])?;
        demand::tell(tx, &demand::Asked { scope: span.scope, from: span.from, to: span.to, group_by }, &known)
    };
    Ok((by("month")?, by(if span.whole { "space" } else { "venue" })?))
}

/// Of the whole year: of each dimension one table of the place, and of a network's venues that of people.
///
/// # Errors
/// When the database fails; `internal` where the network's year is closed and a table of it is missing.
pub(super) fn tables(
    tx: &mut ReadTx,
    found: &Found,
    span: &Span,
    (period, at): (PublishedPeriod, Instant),
) -> Result<Published, Error> {
    let mut all = store::tables_of_year(tx, found.network, period.year())?;
    let mut view = |dimension, venue: Option<&Venue>| {
        let key = TableKey { period, dimension, venue: venue.map(|venue| venue.id) };
        let shown = Shown {
            key,
            network: found.network,
            slug: &found.slug,
            venue: venue.map(|venue| venue.name.clone()),
            closed_at: found.zone.show(at),
            time_zone: found.zone.name(),
            whole: span.whole,
        };
        let table = match (all.remove(&key), venue) {
            (Some(table), _) => table,
            // It was not there yet when the year was closed.
            (None, Some(_)) => PublishedTable::default(),
            (None, None) => return Err(Error::Broken(format!("a closed year without {dimension}"))),
        };
        Ok(PublishedTableView::new(&shown, &table, None))
    };
    let of_place = if span.whole { found.venues.first() } else { None };
    let of_all: Result<Vec<_>, Error> =
        PublishedDimension::ALL.iter().map(|dimension| view(*dimension, of_place)).collect();
    let venues = if span.whole { &[][..] } else { &found.venues };
    let people = venues.iter().map(|venue| Ok((venue.id, view(PublishedDimension::People, Some(venue))?)));
    Ok(Published { of_all: of_all?, people: people.collect::<Result<_, Error>>()? })
}
