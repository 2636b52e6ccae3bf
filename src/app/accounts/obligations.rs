//! What stands against erasing a person: time they have reserved, fees that may not have been asked for yet, and what
//! would be left without anybody. All of it is named at once.

use crate::{
    app::{
        App,
        error::{Error, Obligation, ObligationKind},
    },
    domain::{
        access::OrganisationRole,
        ids::{Id, Kind, UserId, VenueId},
        instant::Instant,
        record::Reservation,
        reservation::Status,
        retention,
    },
    store::{
        db::WriteTx,
        locks, organisations, places,
        reservations::{self, Shown, Wanted},
        staff::{self, Team},
        users::{self, Account},
    },
};

/// How many of a kind a refusal names.
const NAMED: i64 = 200;
/// More memberships than anybody has.
pub(super) const ALL: i64 = 10_000;

/// Locks what the person could leave behind (they themselves are locked), and looks.
///
/// # Errors
/// `obligations_open` with all of them.
pub(crate) fn none_open(tx: &mut WriteTx, app: &App, account: &Account, now: Instant) -> Result<(), Error> {
    let id = account.id;
    let mut open = Vec::new();
    let mut find = |kind, ids: Vec<String>| {
        if !ids.is_empty() {
            open.push(Obligation { kind, ids });
        }
    };
    find(ObligationKind::Reservations, ids(ahead(tx, id, now)?.iter().map(|one| one.id)));
    let since = retention::ago(now, app.retention.fees);
    find(ObligationKind::Fees, ids(owed(tx, id, since, now)?.iter().map(|one| one.id)));
    find(ObligationKind::Organisations, alone_in_organisations(tx, id)?);
    let (venues, networks) = alone_in_teams(tx, id)?;
    find(ObligationKind::Venues, venues);
    find(ObligationKind::Networks, networks);
    if account.is_administrator && users::administrators(tx)? == 1 {
        find(ObligationKind::Operator, vec![id.to_string()]);
    }
    if open.is_empty() { Ok(()) } else { Err(Error::Obligations(open)) }
}

/// The same of what a venue's staff reserved for a guest there.
///
/// # Errors
/// `obligations_open` with all of them.
pub(crate) fn none_open_at(
    tx: &mut WriteTx,
    app: &App,
    (guest, venue): (UserId, VenueId),
    now: Instant,
) -> Result<(), Error> {
    let mut there = |since, statuses| {
        let wanted = Wanted { venue: Some(venue), statuses, ..from(guest, since, now) };
        let mut all = reservations::list(tx, &wanted, None, NAMED)?;
        all.retain(|one| one.made_by != guest);
        Ok::<_, Error>(all)
    };
    let ahead = there(now, Status::ALL.iter().copied().filter(|status| status.occupies()).collect())?;
    let mut owed = there(retention::ago(now, app.retention.fees), Vec::new())?;
    owed.retain(is_owed);
    let kinds = [(ObligationKind::Reservations, ahead), (ObligationKind::Fees, owed)];
    let open = kinds.into_iter().filter(|(_, all)| !all.is_empty());
    let open: Vec<_> =
        open.map(|(kind, all)| Obligation { kind, ids: ids(all.iter().map(|one| one.id)) }).collect();
    if open.is_empty() { Ok(()) } else { Err(Error::Obligations(open)) }
}

fn is_owed(one: &Reservation) -> bool {
    one.open_fee().is_some()
}

fn ids<K: Kind>(of: impl Iterator<Item = Id<K>>) -> Vec<String> {
    of.map(|id| id.to_string()).collect()
}

/// Up to 200 that are ahead or going on, by start.
///
/// # Errors
/// When the database fails.
pub(crate) fn ahead(tx: &mut WriteTx, id: UserId, now: Instant) -> Result<Vec<Reservation>, Error> {
    let statuses = Status::ALL.iter().copied().filter(|status| status.occupies()).collect();
    let wanted = Wanted { statuses, ..from(id, now, now) };
    Ok(reservations::list(tx, &wanted, None, NAMED)?)
}

/// Those that ended since `since` and have a fee that is not settled.
fn owed(tx: &mut WriteTx, id: UserId, since: Instant, now: Instant) -> Result<Vec<Reservation>, Error> {
    let mut owed = reservations::list(tx, &from(id, since, now), None, NAMED)?;
    owed.retain(is_owed);
    Ok(owed)
}

fn from(id: UserId, from: Instant, now: Instant) -> Wanted {
    Wanted {
        shown: Shown::Of(Some(id)),
        from: Some(from),
        to: None,
        by_zone: Vec::new(),
        space: None,
        pool_of: None,
        venue: None,
        statuses: Vec::new(),
        now,
    }
}

/// The last member may go: the organisation stays, for what was reserved in its name.
fn alone_in_organisations(tx: &mut WriteTx, id: UserId) -> Result<Vec<String>, Error> {
    let mut alone = Vec::new();
    for organisation in organisations::of(tx, id, None, ALL)? {
        locks::organisation(tx, organisation.id)?;
        let (owners, members) = organisations::head_count(tx, organisation.id)?;
        let owns = organisations::role(tx, organisation.id, id)? == Some(OrganisationRole::Owner);
        if owns && owners == 1 && members > 1 {
            alone.push(organisation.id.to_string());
        }
    }
    Ok(alone)
}

/// Venues and networks, locked in the order that all keep.
fn alone_in_teams(tx: &mut WriteTx, id: UserId) -> Result<(Vec<String>, Vec<String>), Error> {
    let (mut venues, mut networks) = (Vec::new(), Vec::new());
    for (network, _) in users::networks_of(tx, id)? {
        locks::edit_network(tx, network)?;
        if staff::count(tx, Team::Coordinators(network))? == 1 {
            networks.push(network.to_string());
        }
    }
    for (venue, _) in users::venues_of(tx, id)? {
        let place = places::place(tx, venue)?.ok_or(Error::NOT_FOUND)?;
        locks::edit_venue(tx, place)?;
        if staff::count(tx, Team::Staff(venue))? == 1 {
            venues.push(venue.to_string());
        }
    }
    Ok((venues, networks))
}
