//! Published tables: what of them whom is shown. Whoever coordinates a network, and the staff of its venues, see what was
//! decided when the period closed; staff see their own venue whole (DESIGN 7, 8).

use std::collections::BTreeMap;

use super::{
    closing, made,
    published_view::{Change, PublishedPeriodView, PublishedPeriods, PublishedTableView, Shown},
    users, utilisation,
};
use crate::{
    app::{
        App,
        error::{Code, Error},
    },
    domain::{
        access::{self, Action, Actor},
        disclosure::{Made, PublishedDimension, PublishedPeriod, PublishedTable, Rows, TOTAL, TableKey},
        ids::{NetworkId, VenueId},
        places::{Network, Venue},
        statistics::people::Measured,
    },
    store::{db::ReadTx, places, published as store},
};

/// Of what place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Network(NetworkId),
    Venue(VenueId),
}

/// Which table. Texts, as whatever is not listed is not published.
#[derive(Debug, Clone)]
pub struct Asked {
    pub place: Place,
    pub dimension: String,
    pub period: String,
    /// Whether to say what has changed since.
    pub changes: bool,
}

struct Found {
    network: Network,
    venue: Option<Venue>,
    /// The reader works there: it is theirs.
    own: bool,
}

/// The periods that are closed, the latest last, and what is published of each.
///
/// # Errors
/// `unauthenticated`, `forbidden` unless coordinator, administrator or staff of any of the network's venues, `not_found`.
pub fn list(app: &App, actor: &Actor, place: Place) -> Result<PublishedPeriods, Error> {
    access::may(actor, Action::OwnAccount)?;
    app.replica.read(|tx| {
        let found = find(tx, actor, place)?;
        let zone = found.network.zone;
        let closed = store::periods(tx, found.network.id)?;
        let item = |(period, at): (PublishedPeriod, _)| PublishedPeriodView::new(period, zone.show(at));
        Ok(PublishedPeriods::new(found.network.id, closed.into_iter().map(item).collect()))
    })
}

/// One table.
///
/// # Errors
/// As [`list`]; `grouping_not_published` for any other dimension, and for what is no month, quarter or year, or not
/// closed.
pub fn show(app: &App, actor: &Actor, asked: &Asked) -> Result<PublishedTableView, Error> {
    access::may(actor, Action::OwnAccount)?;
    app.replica.read(|tx| {
        let found = find(tx, actor, asked.place)?;
        let not_published = || Error::from(Code::GroupingNotPublished);
        let dimension: PublishedDimension = asked.dimension.parse().map_err(|_| not_published())?;
        let period: PublishedPeriod = asked.period.parse().map_err(|_| not_published())?;
        let closed = store::periods(tx, found.network.id)?;
        let closed_at = *closed.get(&period).ok_or_else(not_published)?;
        let key = TableKey { period, dimension, venue: found.venue.as_ref().map(|venue| venue.id) };
        // A venue that was not there yet had no table.
        let table = store::table(tx, found.network.id, key)?.unwrap_or_default();
        let changed = if asked.changes { Some(changes(tx, app, &found, key, &table)?) } else { None };
        let shown = Shown {
            key,
            network: found.network.id,
            slug: found.venue.as_ref().map_or(&found.network.slug, |venue| &venue.slug),
            venue: found.venue.as_ref().map(|venue| venue.name.clone()),
            closed_at: found.network.zone.show(closed_at),
            time_zone: found.network.zone.name(),
            whole: found.own,
        };
        Ok(PublishedTableView::new(&shown, &table, changed))
    })
}

fn find(tx: &mut ReadTx, actor: &Actor, place: Place) -> Result<Found, Error> {
    let (network, venue) = match place {
        Place::Network(network) => (network, None),
        Place::Venue(venue) => {
            let venue = places::venue(tx, venue)?.ok_or(Error::NOT_FOUND)?;
            (venue.network, Some(venue))
        }
    };
    utilisation::may_see(tx, actor, network)?;
    let network = places::network(tx, network)?.ok_or(Error::NOT_FOUND)?;
    let own = venue.as_ref().is_some_and(|venue| actor.is_staff_of(venue.id));
    Ok(Found { network, venue, own })
}

/// What is counted otherwise now. A correction can be one person's doing, so others than the venue's own staff are told of
/// figures that are public anyway only.
fn changes(
    tx: &mut ReadTx,
    app: &App,
    found: &Found,
    key: TableKey,
    table: &PublishedTable,
) -> Result<Vec<Change>, Error> {
    tx.take_your_time()?;
    let network = found.network.id;
    let places = match key.venue {
        Some(venue) => utilisation::whole_venue(tx, venue)?,
        None => utilisation::whole_network(tx, network)?,
    };
    let facts = users::load(tx, &places, closing::dates(key.period))?;
    let now = made::tables(&Measured::new(&facts, app.now()), &[key.period])?;
    let now = now.get(&key).cloned().unwrap_or_default();
    Ok(differences(table, &now, found.own))
}

fn differences(table: &PublishedTable, now: &Rows<Made>, whole: bool) -> Vec<Change> {
    let mut both = BTreeMap::new();
    for (category, row) in &table.rows {
        for (figure, cell) in row {
            both.entry((category.as_str(), *figure)).or_insert((0, 0)).0 = cell.value;
        }
    }
    for (category, row) in now {
        for (figure, made) in row {
            both.entry((category.as_str(), *figure)).or_insert((0, 0)).1 = made.value;
        }
    }
    let told = both.into_iter().filter(|((category, figure), (before, now))| {
        before != now && (whole || *category == TOTAL && figure.is_of_places())
    });
    told.map(|((category, figure), (before, now))| Change::new(category, figure, before, now)).collect()
}
