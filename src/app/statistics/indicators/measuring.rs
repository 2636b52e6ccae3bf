//! What an indicator comes to: figures of use are counted, figures about people are read off published tables (ADR 27).

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, Months, NaiveDate};

use super::recount::Recounts;
use crate::{
    app::{
        error::Error,
        statistics::{
            usage,
            utilisation::{self, Found, MOST_ROWS},
        },
    },
    domain::{
        disclosure::{PublishedPeriod, PublishedTable, TableKey},
        ids::{NetworkId, VenueId},
        indicator::{Definition, Indicator, IndicatorFilter, IndicatorSource, Measure, Missing, ValueOrigin},
        instant::Instant,
        reservation::month_closes,
        space::SpaceKind,
        statistics::{self, Grouping, Tally},
        zone::{DateOrTime, Zone},
    },
    store::{
        db::ReadTx,
        indicators::{self, KeptValue, KeptValues},
        published, statistics_users,
    },
};

/// What was found of an indicator in a year.
#[derive(Debug, Clone, Copy)]
pub(in crate::app) struct Reading {
    pub outcome: Result<Measure, Missing>,
    pub origin: ValueOrigin,
    /// The first date that does not count; none where nothing does.
    pub to: Option<NaiveDate>,
    /// What is known where the value is not: what is shown of a sum with something hidden in it, or the most distinct ones of
    /// one closed period.
    pub at_least: Option<i64>,
    /// Since when it is kept.
    pub closed_at: Option<Instant>,
}

impl Reading {
    pub(super) fn of(origin: ValueOrigin, outcome: Result<Measure, Missing>, to: Option<NaiveDate>) -> Self {
        Self { outcome, origin, to, at_least: None, closed_at: None }
    }
}

/// A network's sources, each read once.
pub(in crate::app) struct Measuring<'t> {
    pub(super) tx: &'t mut ReadTx,
    pub(super) found: Found,
    pub(super) now: Instant,
    /// The earliest of all zones.
    today: NaiveDate,
    pub(super) closed: BTreeMap<PublishedPeriod, Instant>,
    kept: KeptValues,
    pub(super) tables: BTreeMap<TableKey, PublishedTable>,
    tallies: HashMap<Use, Tally>,
    pub(super) recounts: Recounts,
}

/// What is counted of use: venues and kinds (all where there are none), and dates.
type Use = (Vec<VenueId>, Vec<SpaceKind>, NaiveDate, NaiveDate);

impl<'t> Measuring<'t> {
    pub fn new(tx: &'t mut ReadTx, network: NetworkId, now: Instant) -> Result<Self, Error> {
        let found = utilisation::whole_network(tx, network)?;
        let zones = found.venues.iter().map(|venue| venue.zone).chain([found.zone]);
        let today = zones.map(|zone: Zone| zone.date(now)).min().unwrap_or_else(|| found.zone.date(now));
        Ok(Self {
            closed: published::periods(tx, network)?,
            kept: indicators::values(tx, network)?,
            tx,
            found,
            now,
            today,
            tables: BTreeMap::new(),
            tallies: HashMap::new(),
            recounts: Recounts::default(),
        })
    }

    pub fn zone(&self) -> Zone {
        self.found.zone
    }

    pub fn slug(&self) -> &str {
        &self.found.slug
    }

    pub fn year_of(&self, at: Instant) -> i32 {
        self.zone().date(at).year()
    }

    pub(super) fn kept(&self, indicator: &Indicator, year: i32) -> Option<KeptValue> {
        self.kept.get(&(indicator.id, year)).copied()
    }

    /// The years whose tables are closed, ascending.
    pub fn closed_years(&self) -> Vec<i32> {
        let years = self.closed.keys().filter(|period| period.whole().is_none());
        years.map(|period| period.year()).collect()
    }

    pub fn is_kept(&self, indicator: &Indicator, year: i32) -> bool {
        self.kept.contains_key(&(indicator.id, year))
    }

    /// The year with all before it that count with it.
    pub fn read(&mut self, indicator: &Indicator, year: i32) -> Result<Reading, Error> {
        let since = indicator.definition.since(year);
        let mut sum: Option<Reading> = None;
        for of in since..=year {
            let one = self.one(indicator, of)?;
            sum = Some(match sum {
                None => one,
                Some(before) => before.with(one),
            });
        }
        sum.ok_or_else(|| Error::Broken(format!("no year from {since} to {year}")))
    }

    /// The year by itself: as it was kept, else as it is counted.
    fn one(&mut self, indicator: &Indicator, year: i32) -> Result<Reading, Error> {
        let Some(kept) = self.kept(indicator, year) else {
            return self.count(&indicator.definition, year);
        };
        let (closed_at, end) = (Some(kept.closed_at), first_of(year + 1));
        let outcome = kept.measure.ok_or(Missing::Suppressed);
        let at_least = match outcome {
            Ok(_) => None,
            // It was made from tables that hid it. They stay, and what they show of the year's parts does, too.
            Err(_) => self.count(&indicator.definition, year)?.at_least,
        };
        Ok(Reading { closed_at, at_least, ..Reading::of(ValueOrigin::Closed, outcome, end) })
    }

    /// The year by itself, of what is there now.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count(&mut self, definition: &Definition, year: i32) -> Result<Reading, Error> {
        match (definition.source(), definition.figure.cells(&definition.filter)) {
            (IndicatorSource::Published, Some(cells)) => {
                self.of_tables(&cells, definition.figure, &definition.filter, year)
            }
            _ => self.of_use(definition, year),
        }
    }

    fn of_use(&mut self, definition: &Definition, year: i32) -> Result<Reading, Error> {
        let figure = definition.figure;
        let (Some(from), Some(end)) = (first_of(year), first_of(year + 1)) else {
            return Ok(Reading::of(ValueOrigin::Live, Err(Missing::NotBegun), None));
        };
        let to = end.min(if figure.needs_whole_months() { self.closed_until() } else { self.today });
        if to <= from {
            let missing = if self.today <= from { Missing::NotBegun } else { Missing::NotClosed };
            return Ok(Reading::of(ValueOrigin::Live, Err(missing), None));
        }
        let measure = match definition.source() {
            IndicatorSource::Attendance => Measure::amount(self.attended(&definition.filter, from, to)?),
            _ => Measure::of_use(figure, &self.tally(&definition.filter, from, to)?),
        };
        Ok(Reading::of(ValueOrigin::Live, Ok(measure), Some(to)))
    }

    /// The first day of the first month in which heads are still counted somewhere.
    fn closed_until(&self) -> NaiveDate {
        let current = self.today.with_day(1).unwrap_or(self.today);
        let Some(before) = current.checked_sub_months(Months::new(1)) else { return current };
        let zones = self.found.venues.iter().map(|venue| venue.zone).chain([self.found.zone]);
        let mut closing = zones.map(|zone| month_closes(before, zone));
        if closing.all(|closes| closes.is_some_and(|at| at <= self.now)) { current } else { before }
    }

    /// The venues that the filter names, or all.
    pub(super) fn venues(&self, filter: &IndicatorFilter) -> Found {
        let mut found = self.found.clone();
        let named = &filter.venue_ids;
        found.venues.retain(|venue| named.is_empty() || named.contains(&venue.id));
        found
    }

    fn tally(&mut self, filter: &IndicatorFilter, from: NaiveDate, to: NaiveDate) -> Result<Tally, Error> {
        let key = (filter.venue_ids.clone(), filter.kinds.clone(), from, to);
        if let Some(known) = self.tallies.get(&key) {
            return Ok(*known);
        }
        let found = self.venues(filter);
        let dates = (DateOrTime::Date(from), DateOrTime::Date(to));
        let mut places =
            utilisation::load(self.tx, &found, &|zone| utilisation::range(dates.0, dates.1, zone))?;
        let spaces = places.0.spaces.iter().filter(|space| filter.kinds.contains(&space.kind));
        let of_kind: Vec<_> = spaces.map(|space| space.id).collect();
        places.count(|space| filter.kinds.is_empty() || of_kind.contains(&space));
        let source = usage::fill(self.tx, places, &Grouping::default(), self.now)?;
        let table = statistics::count(&source, &Grouping::default(), self.now, MOST_ROWS)
            .map_err(|error| Error::Broken(error.to_string()))?;
        self.tallies.insert(key, table.totals);
        Ok(table.totals)
    }

    fn attended(&mut self, filter: &IndicatorFilter, from: NaiveDate, to: NaiveDate) -> Result<i64, Error> {
        let found = self.venues(filter);
        let dates = (DateOrTime::Date(from), DateOrTime::Date(to));
        let places = utilisation::load(self.tx, &found, &|zone| utilisation::range(dates.0, dates.1, zone))?;
        let spaces = places.0.spaces.iter();
        let kinds: HashMap<_, _> = spaces.map(|space| (space.id, space.kind)).collect();
        let counts = |space| {
            filter.kinds.is_empty() || kinds.get(&space).is_some_and(|kind| filter.kinds.contains(kind))
        };
        let venues: Vec<_> = found.venues.iter().map(|venue| venue.id).collect();
        let days = statistics_users::attended(self.tx, (found.network, &venues), (from, to))?;
        let counted = days.iter().filter(|day| counts(day.space));
        Ok(counted.map(|day| i64::from(day.visitors)).sum())
    }
}

pub(super) fn first_of(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, 1, 1)
}

impl Reading {
    /// A sum of years with the next one; what has not begun of it leaves it at what it is. Where one of them is not known, the
    /// sum is no less than what is known of both.
    fn with(self, next: Self) -> Self {
        let outcome = match (self.outcome, next.outcome) {
            (Ok(mut sum), Ok(more)) => {
                sum += more;
                Ok(sum)
            }
            (_, Err(Missing::NotBegun | Missing::NotClosed)) => {
                return Self { closed_at: None, origin: next.origin, ..self };
            }
            (Err(missing), _) | (_, Err(missing)) => Err(missing),
        };
        let known: i64 = [self.least(), next.least()].into_iter().flatten().sum();
        let at_least = (outcome.is_err() && known > 0).then_some(known);
        Self { outcome, at_least, ..next }
    }

    /// What is known of it in any case.
    pub(super) fn least(&self) -> Option<i64> {
        self.outcome.ok().and_then(|measure| measure.numerator).or(self.at_least)
    }
}
