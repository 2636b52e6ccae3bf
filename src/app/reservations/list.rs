//! Reading reservations: one's own and one's organisations', and the venue's for its staff.

use std::sync::Arc;

use super::view::{self, ReservationView};
use crate::{
    app::{
        App,
        error::{Code, Error},
        page::{self, Asked, Page},
    },
    domain::{
        access::{self, Action, Actor},
        ids::{ReservationId, SpaceId, VenueId},
        instant::Instant,
        reservation::Status,
        space::SpaceKind,
        zone::{DateOrTime, Zone},
    },
    store::{
        places,
        reservations::{self, Shown, Wanted},
    },
};

/// What a list asks for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub from: Option<DateOrTime>,
    pub to: Option<DateOrTime>,
    /// Of a pool of equipment, what takes pieces of it along, too.
    pub space: Option<SpaceId>,
    pub venue: Option<VenueId>,
    pub statuses: Vec<Status>,
    pub mine: bool,
}

/// # Errors
/// `unauthenticated`, `invalid` for times, limits and cursors.
pub fn list(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    asked: &Asked,
    query: &str,
) -> Result<Page<ReservationView>, Error> {
    access::may(actor, Action::OwnAccount)?;
    let person = actor.person().ok_or(Code::Unauthenticated)?;
    let limit = asked.limit()?;
    let name = format!("reservations?{query}");
    let after = asked.after::<(i64, ReservationId)>(app, &name)?;
    let after = after.map(|(at, id)| (Instant::from_unix(at), id));
    // What staff reserved for an address belongs to whoever proves that it is theirs.
    let own = person.verified.then_some(person.id);
    let shown = if filter.mine {
        Shown::Of(own)
    } else {
        Shown::Visible {
            user: own,
            organisations: person.organisations.iter().map(|(id, _)| *id).collect(),
            venues: person.staff_of.clone(),
        }
    };
    app.db.read(|tx| {
        let space = filter.space.map(|space| app.configurations.get(tx, space)).transpose()?.flatten();
        let pool = space.as_ref().filter(|of| of.space.kind == SpaceKind::Equipment);
        let zones = match (filter.space, filter.venue) {
            (Some(_), _) => space.iter().map(|of| of.zone()).collect(),
            (None, Some(venue)) => places::venue(tx, venue)?.map(|venue| venue.zone).into_iter().collect(),
            (None, None) => places::zones(tx)?,
        };
        let range = Range::new(filter.from, filter.to, &zones)?;
        let wanted = Wanted {
            shown,
            from: range.from,
            to: range.to,
            by_zone: range.by_zone,
            space: filter.space,
            pool_of: pool.map(|of| of.venue.id),
            venue: filter.venue,
            statuses: filter.statuses.clone(),
            now: app.now(),
        };
        let found = reservations::list(tx, &wanted, after, limit as i64 + 1)?;
        let starts: Vec<i64> = found.iter().map(|each| each.interval.start().unix()).collect();
        let views = view::views(tx, app, &found, actor)?;
        let paired = views.into_iter().zip(starts).collect();
        let page =
            page::page(app, &name, paired, limit, |(view, at): &(ReservationView, i64)| (*at, view.id))?;
        Ok(Page { items: page.items.into_iter().map(|(view, _)| view).collect(), next: page.next })
    })
}

/// What `from` and `to` mean. Dates and times without an offset are each venue's own, so that in a deployment with
/// several zones one date is several ranges.
pub(crate) struct Range {
    /// The earliest of all.
    pub from: Option<Instant>,
    /// The latest of all.
    pub to: Option<Instant>,
    /// Of the zones that differ from these.
    pub by_zone: Vec<(Zone, Option<Instant>, Option<Instant>)>,
}

impl Range {
    /// # Errors
    /// `invalid` for local times that a zone skips or shows twice.
    pub fn new(from: Option<DateOrTime>, to: Option<DateOrTime>, zones: &[Zone]) -> Result<Self, Error> {
        // Nobody's venue: there is nothing to find, but what is asked must still make sense.
        let zones = if zones.is_empty() { &[Zone::default()] } else { zones };
        let at = |pointer, time: Option<DateOrTime>, zone| {
            let resolved = time.map(|time| time.resolve_start(zone)).transpose();
            resolved.map_err(|error| Error::local_time(pointer, &error))
        };
        let mut by_zone = Vec::with_capacity(zones.len());
        for &zone in zones {
            by_zone.push((zone, at("?from", from, zone)?, at("?to", to, zone)?));
        }
        let from = by_zone.iter().filter_map(|(_, from, _)| *from).min();
        let to = by_zone.iter().filter_map(|(_, _, to)| *to).max();
        by_zone.retain(|(_, own_from, own_to)| (*own_from, *own_to) != (from, to));
        Ok(Self { from, to, by_zone })
    }
}

/// # Errors
/// `not_found` when it is not the actor's to see.
pub fn show(app: &Arc<App>, actor: &Actor, id: ReservationId) -> Result<ReservationView, Error> {
    access::may(actor, Action::OwnAccount)?;
    app.db.read(|tx| {
        let reservation = reservations::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        access::may(actor, Action::SeeReservation(reservation.claimed()))?;
        let mut views = view::views(tx, app, &[reservation], actor)?;
        views.pop().ok_or(Error::NOT_FOUND)
    })
}
