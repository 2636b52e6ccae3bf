//! What is on: the public events of a venue or a network, for everybody, as a list and as a calendar to
//! subscribe to. All that is shown comes from [`Event`], which knows nobody.

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    App,
    error::Error,
    page::{self, Asked, Page},
    places::venues::AddressView,
    reservations::list::Range,
};
use crate::{
    domain::{
        event::Event,
        ids::{NetworkId, ReservationId, SpaceId, VenueId},
        instant::Instant,
        zone::{DateOrTime, Zone},
    },
    mail,
    store::{
        db::ReadTx,
        events::{self, Scope, Wanted},
        places, spaces,
    },
};

const DAY: i64 = 86_400;
/// The feed reaches back and ahead so many days, and holds so many events at most: the soonest.
pub const FEED_BACK_DAYS: i64 = 7;
pub const FEED_AHEAD_DAYS: i64 = 366;
pub const FEED_MOST: usize = 1_000;
/// So long a cancelled event stands in the feed as such, so that every subscriber's calendar comes to know.
pub const CANCELLED_DAYS: i64 = 30;

/// Which events; what is absent may be anything.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Exactly one of the three.
    pub network: Option<NetworkId>,
    pub venue: Option<VenueId>,
    pub space: Option<SpaceId>,
    /// From now on where nothing is said.
    pub from: Option<DateOrTime>,
    pub to: Option<DateOrTime>,
    pub municipality: Option<String>,
}

/// A public event.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Event)]
pub struct EventView {
    /// Of its reservation, which is not for everybody to see.
    pub id: ReservationId,
    pub title: String,
    pub description: Option<String>,
    /// Where there is more about it.
    pub link: Option<String>,
    pub space: EventSpace,
    pub venue: EventVenue,
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    /// The venue's.
    #[schema(example = "Europe/Ljubljana")]
    pub time_zone: String,
    /// Whether its data was made up for showing the service.
    pub demo: bool,
}

/// In which space it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EventSpace {
    pub id: SpaceId,
    pub name: String,
}

/// At which venue it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EventVenue {
    pub id: VenueId,
    pub name: String,
    pub address: AddressView,
}

impl From<Event> for EventView {
    fn from(event: Event) -> Self {
        let address = event.address;
        Self {
            id: event.id,
            title: event.title,
            description: event.description,
            link: event.link,
            space: EventSpace { id: event.space, name: event.space_name },
            venue: EventVenue {
                id: event.venue,
                name: event.venue_name,
                address: AddressView {
                    street: address.street,
                    postcode: address.postcode,
                    city: address.city,
                    municipality: address.municipality,
                },
            },
            starts_at: event.zone.show(event.interval.start()),
            ends_at: event.zone.show(event.interval.end()),
            time_zone: event.zone.name().to_owned(),
            demo: event.demo,
        }
    }
}

/// Whose events, found: with the name of the place and the zones of its venues.
struct Found {
    scope: Scope,
    name: String,
    zones: Vec<Zone>,
}

fn find(tx: &mut ReadTx, filter: &Filter) -> Result<Found, Error> {
    match (filter.network, filter.venue, filter.space) {
        (Some(id), None, None) => {
            let name = places::network(tx, id)?.ok_or(Error::NOT_FOUND)?.name;
            let venues = places::venues(tx, Some(id), None, i64::MAX)?;
            let mut zones: Vec<Zone> = venues.iter().map(|venue| venue.zone).collect();
            zones.sort_unstable_by_key(|zone| zone.name());
            zones.dedup();
            Ok(Found { scope: Scope::Network(id), name, zones })
        }
        (None, Some(id), None) => {
            let venue = places::venue(tx, id)?.ok_or(Error::NOT_FOUND)?;
            Ok(Found { scope: Scope::Venue(id), name: venue.name, zones: vec![venue.zone] })
        }
        (None, None, Some(id)) => {
            let space = spaces::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
            let venue = places::venue(tx, space.place.venue)?.ok_or(Error::NOT_FOUND)?;
            Ok(Found { scope: Scope::Space(id), name: space.name, zones: vec![venue.zone] })
        }
        (_, _, Some(_)) => Err(Error::field("?space_id", "exactly_one_scope")),
        _ => Err(Error::field("?venue_id", "venue_or_network")),
    }
}

/// The events that stand, by start and id. `query` names the list for its cursors.
///
/// # Errors
/// `not_found` for an absent venue or network; `invalid` for both or neither, times, limits and cursors.
pub fn list(app: &App, filter: &Filter, asked: &Asked, query: &str) -> Result<Page<EventView>, Error> {
    let limit = asked.limit()?;
    let name = format!("events?{query}");
    let after = asked.after::<(i64, ReservationId)>(app, &name)?;
    let after = after.map(|(at, id)| (Instant::from_unix(at), id));
    let found = app.db.read(|tx| {
        let found = find(tx, filter)?;
        let range = Range::new(filter.from, filter.to, &found.zones)?;
        let wanted = Wanted {
            scope: found.scope,
            municipality: filter.municipality.clone(),
            from: range.from.unwrap_or_else(|| app.now()),
            to: range.to,
            by_zone: range.by_zone,
        };
        events::list(tx, &wanted, after, limit as i64 + 1).map_err(Error::from)
    })?;
    let position = |event: &Event| (event.interval.start().unix(), event.id);
    let page = page::page(app, &name, found, limit, position)?;
    Ok(Page { items: page.items.into_iter().map(EventView::from).collect(), next: page.next })
}

/// The calendar of what is on, iCalendar with METHOD:PUBLISH: the same bytes until something in it changes.
///
/// # Errors
/// As [`list`].
pub fn feed(app: &App, filter: &Filter) -> Result<String, Error> {
    app.db.read(|tx| feed_in(tx, filter, app.now()))
}

/// The same within a transaction.
///
/// # Errors
/// As [`list`].
pub(super) fn feed_in(tx: &mut ReadTx, filter: &Filter, now: Instant) -> Result<String, Error> {
    let found = find(tx, filter)?;
    let wanted = Wanted {
        scope: found.scope,
        municipality: filter.municipality.clone(),
        from: now.plus(-FEED_BACK_DAYS * DAY),
        to: Some(now.plus(FEED_AHEAD_DAYS * DAY)),
        by_zone: Vec::new(),
    };
    let most = FEED_MOST as i64;
    let mut shown = events::list(tx, &wanted, None, most)?;
    shown.extend(events::cancelled(tx, &wanted, now.plus(-CANCELLED_DAYS * DAY), most)?);
    shown.sort_by_key(|event| (event.interval.start(), event.id));
    shown.truncate(FEED_MOST);
    Ok(mail::feed::feed(&found.name, &shown))
}
