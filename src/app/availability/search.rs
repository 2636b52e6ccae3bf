//! Search over all spaces: which have a slot that fits, and when the next one is.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    SlotView,
    space::{Question, Reader, Sight, behind, window},
};
use crate::{
    app::{
        App,
        error::Error,
        page::{self, Asked, Page},
        reservations::{Claimant, holds, price},
    },
    domain::{
        access::{self, Action, Actor},
        ids::{SpaceId, UnitId, VenueId},
        instant::{Instant, Interval},
        places::Configuration,
        policy::Audience,
        space::SpaceKind,
        stays::DAY_MINUTES,
        tariff::{self, Money},
        zone::{DateOrTime, Zone},
    },
    store::{db::ReadTx, limits, occupancies, spaces},
};

pub use crate::store::spaces::Wanted;

/// The longest range of a search, days.
const MOST_DAYS: i64 = 31;
/// The most slots shown of one space.
const MOST_SLOTS: usize = 24;
/// The slots looked at after which a page ends before its limit is reached; `next` leads on. Where most spaces have
/// something to offer it never comes to that.
const ENOUGH_LOOKED_AT: usize = 100_000;
/// How far beyond the range the next free slot of a space without one is looked for, seconds.
const LOOK_AHEAD: i64 = 14 * 86_400;

/// What is asked of all spaces.
#[derive(Debug, Clone)]
pub struct Search {
    pub from: DateOrTime,
    pub to: DateOrTime,
    pub duration_minutes: Option<u32>,
    pub quantity: Option<u32>,
    pub attendees: Option<u32>,
    pub wanted: Wanted,
}

/// A space with what of it could be booked.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = FoundSpace)]
pub struct FoundView {
    pub space: FoundSpaceView,
    /// The bookable slots within the range, the first 24.
    pub slots: Vec<SlotView>,
    /// The first bookable start, within the range or the two weeks after it.
    #[schema(format = DateTime)]
    pub next_free: Option<String>,
    /// The lowest gross price of the slots above, or of the next free one, for this reader and as many as come; null
    /// where the space asks for nothing or nothing is free.
    pub price_from: Option<Money>,
}

/// What a result shows of a space.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = FoundSpaceSummary)]
pub struct FoundSpaceView {
    pub id: SpaceId,
    pub name: String,
    pub kind: SpaceKind,
    pub capacity: u32,
    pub amenities: Vec<String>,
    pub step_free: Option<bool>,
    pub venue_id: VenueId,
    pub venue: String,
    pub municipality: String,
    pub time_zone: String,
    pub demo: bool,
}

impl FoundSpaceView {
    fn new(configuration: &Configuration) -> Self {
        let Configuration { space, venue, network, .. } = configuration;
        Self {
            id: space.id,
            name: space.name.clone(),
            kind: space.kind,
            capacity: space.capacity,
            amenities: space.amenities.clone(),
            step_free: space.step_free,
            venue_id: venue.id,
            venue: venue.name.clone(),
            municipality: venue.address.municipality.clone(),
            time_zone: venue.zone.name().to_owned(),
            demo: network.is_demo,
        }
    }
}

/// A page is in the spaces' order; a space without a slot in the range says when its next one is. It may hold fewer
/// than `limit` and go on all the same.
///
/// # Errors
/// `invalid`.
pub fn search(
    app: &App,
    actor: &Actor,
    search: &Search,
    asked: &Asked,
    query: &str,
) -> Result<Page<FoundView>, Error> {
    access::may(actor, Action::ReadPublic)?;
    let limit = asked.limit()?;
    let name = format!("availability?{query}");
    let after = asked.after::<SpaceId>(app, &name)?;
    if let (DateOrTime::Date(from), DateOrTime::Date(to)) = (search.from, search.to) {
        // Refused even where no space fits; local times need a venue's zone.
        window(DateOrTime::Date(from), DateOrTime::Date(to), Zone::default())?;
    }
    app.replica.read(|tx| {
        let found = spaces::list(tx, &search.wanted, after, limit as i64 + 1)?;
        let ids: Vec<SpaceId> = found.iter().map(|space| space.id).collect();
        let configurations = app.configurations.get_all(tx, &ids)?;
        let now = app.now();
        let mut reader = load_reader(tx, &configurations, actor, search, now)?;
        let taken = load_taken(tx, &configurations, search, (&mut reader, now))?;
        let mut items = Vec::with_capacity(configurations.len());
        let (mut looked_at, mut limit) = (0, limit);
        for configuration in &configurations {
            let rows = configuration.space.units.iter();
            let rows: Vec<(UnitId, Interval)> = rows
                .flat_map(|unit| taken.get(&unit.id).into_iter().flatten().map(|i| (unit.id, *i)))
                .collect();
            let (view, more) = found_view(configuration, actor, search, (rows, reader.clone()), now)?;
            items.push(view);
            if looked_at > ENOUGH_LOOKED_AT {
                // This one, as the one too many, only tells that there are more.
                limit = limit.min(items.len() - 1);
                break;
            }
            looked_at += more;
        }
        page::page(app, &name, items, limit, |item: &FoundView| item.space.id)
    })
}

fn reach(search: &Search, zone: Zone) -> Result<(Interval, Interval), Error> {
    let asked = window(search.from, search.to, zone)?;
    if asked.seconds() > MOST_DAYS * 86_400 + 3600 {
        return Err(Error::field("?to", "range_too_long"));
    }
    let ahead = Interval::new(asked.start(), asked.end().plus(LOOK_AHEAD)).unwrap_or(asked);
    Ok((asked, ahead))
}

/// What is in the reader's way: one query for all units of all spaces found, over the range and the look-ahead.
/// What they hold themselves is not.
fn load_taken(
    tx: &mut ReadTx,
    configurations: &[std::sync::Arc<Configuration>],
    search: &Search,
    (reader, now): (&mut Reader, Instant),
) -> Result<HashMap<UnitId, Vec<Interval>>, Error> {
    let units = configurations.iter().flat_map(|configuration| &configuration.space.units);
    let mut units: Vec<UnitId> = units.map(|unit| unit.id).collect();
    let hull = hull(configurations, search)?;
    let mut taken: HashMap<UnitId, Vec<Interval>> = HashMap::new();
    let Some(hull) = hull else { return Ok(taken) };
    units.sort_unstable();
    units.dedup();
    let mut rows = Vec::new();
    for some in units.chunks(1000) {
        rows.append(&mut occupancies::of_units(tx, some, hull)?);
    }
    let sight = holds::Sight::of(tx, &reader.claimant, rows, None, now)?;
    reader.holds = sight.own.into();
    for row in sight.standing {
        taken.entry(row.unit).or_default().push(row.interval);
    }
    Ok(taken)
}

/// All times that slots of the answer may touch.
fn hull(
    configurations: &[std::sync::Arc<Configuration>],
    search: &Search,
) -> Result<Option<Interval>, Error> {
    let mut hull: Option<Interval> = None;
    for configuration in configurations {
        let (_, ahead) = reach(search, configuration.zone())?;
        // A day on each side holds every buffer, and slots that start within the range may end behind it; without a
        // duration they are shorter than a day, or days or nights.
        let longest = behind(search.duration_minutes.unwrap_or(0).saturating_add(DAY_MINUTES));
        let around = ahead.widened(DAY_MINUTES, DAY_MINUTES + longest);
        hull = Interval::new(
            hull.map_or(around.start(), |hull| hull.start().min(around.start())),
            hull.map_or(around.end(), |hull| hull.end().max(around.end())),
        );
    }
    Ok(hull)
}

/// Who reads, with all that quotas of any of the spaces may count: a month on each side holds every period.
fn load_reader(
    tx: &mut ReadTx,
    configurations: &[std::sync::Arc<Configuration>],
    actor: &Actor,
    search: &Search,
    now: Instant,
) -> Result<Reader, Error> {
    const MONTH: u32 = 32 * 24 * 60;
    let person = actor.person().map(|person| person.id);
    let claimant = Claimant::load(tx, person, None)?;
    let active = person.map(|person| limits::active_ahead(tx, person, now)).transpose()?;
    let window = hull(configurations, search)?.map(|hull| hull.widened(MONTH, MONTH));
    let others = match window.filter(|_| configurations.iter().any(|each| each.sets_quotas())) {
        Some(window) => claimant.counted_in(tx, window, None, now)?,
        None => Vec::new(),
    };
    Ok(Reader { claimant, active, others: others.into(), holds: Vec::new().into() })
}

/// The view, and how many slots were looked at for it.
fn found_view(
    configuration: &Configuration,
    actor: &Actor,
    search: &Search,
    (rows, reader): (Vec<(UnitId, Interval)>, Reader),
    now: Instant,
) -> Result<(FoundView, usize), Error> {
    let zone = configuration.zone();
    let (asked, ahead) = reach(search, zone)?;
    let question = Question {
        from: search.from,
        to: search.to,
        duration_minutes: search.duration_minutes,
        quantity: search.quantity,
        layout: None,
        attendees: search.attendees,
        organisation: None,
    };
    let sweep = configuration.space.sweep(rows);
    let audiences = reader.claimant.audiences(configuration.place());
    let sight = Sight::of(configuration, actor, &question, (ahead, sweep, reader), now)?;
    let first = |window, most| sight.view(configuration, |view| view.first(window, sight.duration, most));
    let (slots, mut looked_at) = first(asked, MOST_SLOTS);
    let mut next = slots.first().copied();
    if let (None, Some(rest)) = (next, Interval::new(asked.end(), ahead.end())) {
        let (found, more) = first(rest, 1);
        (next, looked_at) = (found.first().copied(), looked_at + more);
    }
    let offered = slots.iter().chain(next.as_ref().filter(|_| slots.is_empty())).map(|offer| offer.interval);
    let price_from = lowest(configuration, &audiences, search, offered);
    let view = FoundView {
        space: FoundSpaceView::new(configuration),
        slots: slots.into_iter().map(|offer| SlotView::new(offer, zone)).collect(),
        next_free: next.map(|offer| zone.show(offer.interval.start())),
        price_from,
    };
    Ok((view, looked_at))
}

/// The lowest price of the intervals; those that can't be priced without knowing more have none.
fn lowest(
    configuration: &Configuration,
    audiences: &[Audience],
    search: &Search,
    offered: impl Iterator<Item = Interval>,
) -> Option<Money> {
    let prices = offered.filter_map(|interval| {
        let asked = tariff::Request {
            interval,
            zone: configuration.zone(),
            audiences,
            units: search.quantity.unwrap_or(1),
            attendees: search.attendees.or(Some(1)),
            extras: &[],
        };
        let quote = price(configuration, asked).ok().flatten()?;
        Some(Money { minor: quote.total_gross, currency: quote.currency })
    });
    prices.min_by_key(|price| price.minor)
}
