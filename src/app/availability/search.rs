//! Search over all spaces: which have a slot that fits, and when the next one is.

use std::{collections::HashMap, sync::Arc};

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
        places::images::ImageView,
        reservations::{Claimant, holds, price},
    },
    domain::{
        access::{self, Action, Actor},
        availability::Offer,
        ids::{SpaceId, UnitId, VenueId},
        instant::{Instant, Interval},
        places::Configuration,
        policy::Audience,
        space::SpaceKind,
        stays::DAY_MINUTES,
        tariff::{self, Money},
        zone::{DateOrTime, Zone},
    },
    store::{db::ReadTx, limits, occupancies, wanted},
};

pub use crate::store::wanted::Wanted;

/// The longest range of a search, days.
const MOST_DAYS: i64 = 31;
/// The most slots shown of one space.
pub(super) const MOST_SLOTS: usize = 24;
/// The slots looked at, in the time asked for and again behind it, after which a page ends before its limit is reached;
/// `next` leads on. Where most spaces have something to offer it never comes to that.
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
    /// People: of the whole space, or of each unit where it is booked by units.
    pub capacity: u32,
    /// Units there are, 1 for a space booked as a whole.
    pub units: u32,
    pub amenities: Vec<String>,
    pub step_free: Option<bool>,
    pub venue_id: VenueId,
    pub venue: String,
    pub municipality: String,
    pub time_zone: String,
    /// The first of its photographs; null where it has none.
    pub image: Option<ImageView>,
    pub demo: bool,
    /// Whether a floor plan is drawn.
    pub has_plan: bool,
}

impl FoundSpaceView {
    fn new(configuration: &Configuration) -> Self {
        let Configuration { space, venue, network, .. } = configuration;
        Self {
            id: space.id,
            name: space.name.clone(),
            kind: space.kind,
            capacity: space.capacity,
            units: space.pool(),
            amenities: space.amenities.clone(),
            step_free: space.step_free,
            venue_id: venue.id,
            venue: venue.name.clone(),
            municipality: venue.address.municipality.clone(),
            time_zone: venue.zone.name().to_owned(),
            image: ImageView::first(&space.images),
            demo: network.is_demo,
            has_plan: space.has_plan,
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
        let mut ids = wanted::ids(tx, &search.wanted, after, limit as i64 + 1)?;
        let more = ids.len() > limit;
        ids.truncate(limit);
        let configurations = app.configurations.get_all(tx, &ids)?;
        let look = Look::begin(tx, &configurations, actor, search, app.now())?;
        let slots = look.first(tx, &configurations, asked_range, MOST_SLOTS)?;
        let without = configurations.iter().zip(&slots).filter(|(_, slots)| slots.is_empty());
        let without: Vec<_> = without.map(|(configuration, _)| configuration.clone()).collect();
        let mut later = look.first(tx, &without, behind_range, 1)?.into_iter();
        let mut items = Vec::with_capacity(configurations.len());
        for (configuration, slots) in configurations.iter().zip(slots) {
            let next = match slots.first() {
                Some(first) => Some(*first),
                None => match later.next() {
                    Some(found) => found.first().copied(),
                    None => break,
                },
            };
            items.push(look.view(configuration, slots, next));
        }
        let more = more || items.len() < configurations.len();
        page::of(app, &name, items, more, |item: &FoundView| item.space.id)
    })
}

/// The time asked for, at a space's venue.
fn asked_range(search: &Search, zone: Zone) -> Result<Interval, Error> {
    let asked = window(search.from, search.to, zone)?;
    if asked.seconds() > MOST_DAYS * 86_400 + 3600 {
        return Err(Error::field("?to", "range_too_long"));
    }
    Ok(asked)
}

/// Where the next free slot of a space without one in the time asked for is looked for.
fn behind_range(search: &Search, zone: Zone) -> Result<Interval, Error> {
    let asked = asked_range(search, zone)?;
    Ok(Interval::new(asked.end(), asked.end().plus(LOOK_AHEAD)).unwrap_or(asked))
}

/// A stretch of time by a space's own zone.
type Range = fn(&Search, Zone) -> Result<Interval, Error>;

/// All times that slots of an answer about `range` may touch.
fn hull(
    configurations: &[Arc<Configuration>],
    search: &Search,
    range: Range,
) -> Result<Option<Interval>, Error> {
    let mut hull: Option<Interval> = None;
    for configuration in configurations {
        // A day on each side holds every buffer, and slots that start within the range may end behind it; without a
        // duration they are shorter than a day, or days or nights.
        let longest = behind(search.duration_minutes.unwrap_or(0).saturating_add(DAY_MINUTES));
        let around = range(search, configuration.zone())?.widened(DAY_MINUTES, DAY_MINUTES + longest);
        hull = Interval::new(
            hull.map_or(around.start(), |hull| hull.start().min(around.start())),
            hull.map_or(around.end(), |hull| hull.end().max(around.end())),
        );
    }
    Ok(hull)
}

/// One reader's look at many spaces: what is asked of all of them, and what is loaded once for all.
struct Look<'a> {
    actor: &'a Actor,
    search: &'a Search,
    question: Question,
    reader: Reader,
    now: Instant,
}

impl<'a> Look<'a> {
    /// With all that quotas of any of the spaces may count: a month on each side holds every period.
    fn begin(
        tx: &mut ReadTx,
        configurations: &[Arc<Configuration>],
        actor: &'a Actor,
        search: &'a Search,
        now: Instant,
    ) -> Result<Self, Error> {
        const MONTH: u32 = 32 * 24 * 60;
        let ahead = u32::try_from(LOOK_AHEAD / 60).unwrap_or(MONTH);
        let person = actor.person().map(|person| person.id);
        let claimant = Claimant::load(tx, person, None, now)?;
        let active = person.map(|person| limits::active_ahead(tx, person, now)).transpose()?;
        let window =
            hull(configurations, search, asked_range)?.map(|hull| hull.widened(MONTH, MONTH + ahead));
        let others = match window.filter(|_| configurations.iter().any(|each| each.sets_quotas())) {
            Some(window) => claimant.counted_in(tx, window, None, now)?,
            None => Vec::new(),
        };
        let reader = Reader { claimant, active, others: others.into(), holds: Vec::new().into() };
        let question = Question {
            from: search.from,
            to: search.to,
            duration_minutes: search.duration_minutes,
            quantity: search.quantity,
            layout: None,
            attendees: search.attendees,
            organisation: None,
        };
        Ok(Self { actor, search, question, reader, now })
    }

    /// The first `most` bookable slots of each space in its `range`; of fewer spaces when enough was looked at, but
    /// at least of one.
    fn first(
        &self,
        tx: &mut ReadTx,
        configurations: &[Arc<Configuration>],
        range: Range,
        most: usize,
    ) -> Result<Vec<Vec<Offer>>, Error> {
        let (taken, reader) = self.taken(tx, configurations, range)?;
        let (mut all, mut looked_at) = (Vec::with_capacity(configurations.len()), 0);
        for configuration in configurations {
            if looked_at > ENOUGH_LOOKED_AT {
                break;
            }
            let of = |unit: UnitId| taken.get(&unit).into_iter().flatten().map(move |each| (unit, *each));
            let rows = configuration.space.units.iter().flat_map(|unit| of(unit.id));
            let window = range(self.search, configuration.zone())?;
            let known = (window, configuration.space.sweep(rows), reader.clone());
            let sight = Sight::of(configuration, self.actor, &self.question, known, self.now)?;
            let (offers, more) = sight.view(configuration, |view| view.first(window, sight.duration, most));
            looked_at += more;
            all.push(offers);
        }
        Ok(all)
    }

    /// What is in the reader's way, in one query for all units of all the spaces. What they hold themselves is not.
    fn taken(
        &self,
        tx: &mut ReadTx,
        configurations: &[Arc<Configuration>],
        range: Range,
    ) -> Result<(HashMap<UnitId, Vec<Interval>>, Reader), Error> {
        let mut taken: HashMap<UnitId, Vec<Interval>> = HashMap::new();
        let Some(hull) = hull(configurations, self.search, range)? else {
            return Ok((taken, self.reader.clone()));
        };
        let units = configurations.iter().flat_map(|configuration| &configuration.space.units);
        let mut units: Vec<UnitId> = units.map(|unit| unit.id).collect();
        units.sort_unstable();
        units.dedup();
        let mut rows = Vec::new();
        for some in units.chunks(1000) {
            rows.append(&mut occupancies::of_units(tx, some, hull)?);
        }
        let sight = holds::Sight::of(tx, &self.reader.claimant, rows, None, self.now)?;
        for row in sight.standing {
            taken.entry(row.unit).or_default().push(row.interval);
        }
        Ok((taken, Reader { holds: sight.own.into(), ..self.reader.clone() }))
    }

    fn view(&self, configuration: &Configuration, slots: Vec<Offer>, next: Option<Offer>) -> FoundView {
        let zone = configuration.zone();
        let audiences = self.reader.claimant.audiences(configuration.place());
        let later = next.as_ref().filter(|_| slots.is_empty());
        let offered = slots.iter().chain(later).map(|offer| offer.interval);
        FoundView {
            space: FoundSpaceView::new(configuration),
            price_from: lowest(configuration, &audiences, self.search, offered),
            slots: slots.into_iter().map(|offer| SlotView::new(offer, zone)).collect(),
            next_free: next.map(|offer| zone.show(offer.interval.start())),
        }
    }
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
