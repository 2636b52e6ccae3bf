//! Who uses a venue or a space: read in one snapshot, counted, and shown to those whose guests they are (DESIGN 7, 8).
//!
//! Whoever coordinates a network sees people in published tables only, so this says no to them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    app::{
        App,
        error::{Code, Error},
        statistics::{
            usage,
            users_view::{Frame, Users},
            utilisation::{self, Found, MOST_ROWS, Scope},
        },
    },
    domain::{
        access::{self, Action, Actor},
        ids::{OrganisationId, ReservationId, UserId, VenueId},
        instant::Interval,
        statistics::{
            Source, VenueFacts,
            people::{self, Booked, Facts, Firsts, Grouping},
        },
        zone::DateOrTime,
    },
    store::{db::ReadTx, statistics_users as store},
};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub scope: Scope,
    /// Half-open with `to`; dates and local times are each venue's own.
    pub from: DateOrTime,
    pub to: DateOrTime,
    pub group_by: Grouping,
}

/// # Errors
/// `unauthenticated`, `forbidden` unless coordinator, administrator or staff of any of the network's venues, `not_found`;
/// `grouping_not_published` unless staff of all venues asked for; `invalid` for an empty or too long range and for too
/// many rows.
pub fn show(app: &App, actor: &Actor, asked: &Asked) -> Result<Users, Error> {
    access::may(actor, Action::OwnAccount)?;
    app.replica.read(|tx| {
        let found = utilisation::find(tx, actor, asked.scope)?;
        if !found.is_own(actor) {
            return Err(Code::GroupingNotPublished.into());
        }
        let range = utilisation::range(asked.from, asked.to, found.zone)?;
        let facts = load(tx, &found, (asked.from, asked.to))?;
        // Taken after the snapshot's first read: what counts as past is in it.
        let now = app.now();
        let table = people::count(&facts, &asked.group_by, now, MOST_ROWS)
            .map_err(|_| Error::field("?group_by", "too_many_rows"))?;
        let frame = Frame { now, range, zone: found.zone, slug: &found.slug, group_by: &asked.group_by };
        Ok(Users::new(&frame, &table))
    })
}

/// All that figures about the people of the places found are made from, over the range asked.
///
/// # Errors
/// `invalid` for an empty or too long range.
pub(super) fn load(
    tx: &mut ReadTx,
    found: &Found,
    (from, to): (DateOrTime, DateOrTime),
) -> Result<Facts, Error> {
    let places = utilisation::load(tx, found, &|zone| utilisation::range(from, to, zone))?;
    let (source, reservations) = usage::with_reservations(tx, places)?;
    let mut known = HashMap::new();
    if let Some(window) = window(&source.venues) {
        for venue in &found.venues {
            known.extend(store::booked(tx, venue.id, window)?);
        }
    }
    let (source, bookings) = matched(source, &reservations, known);
    let organisations: BTreeSet<OrganisationId> = bookings.iter().filter_map(|it| it.organisation).collect();
    let organisations: Vec<OrganisationId> = organisations.into_iter().collect();
    let people: BTreeSet<UserId> = bookings.iter().map(|it| it.person).collect();
    let people: Vec<UserId> = people.into_iter().collect();
    let firsts = Firsts {
        people: store::firsts_of_people(tx, found.network, &people)?,
        organisations: store::firsts_of_organisations(tx, found.network, &organisations)?,
    };
    let mut attendance = Vec::new();
    let mut of_dates: BTreeMap<_, Vec<VenueId>> = BTreeMap::new();
    for venue in &source.venues {
        let dates = (venue.zone.date(venue.range.start()), venue.zone.date(venue.range.end().plus(86_400)));
        of_dates.entry(dates).or_default().push(venue.id);
    }
    for (dates, venues) in of_dates {
        attendance.extend(store::attended(tx, (found.network, &venues), dates)?);
    }
    let venues: Vec<_> = found.venues.iter().map(|venue| venue.id).collect();
    Ok(Facts {
        organisations: store::organisations(tx, &organisations)?,
        layouts: store::layouts(tx, &venues)?,
        source,
        bookings,
        attendance,
        firsts,
    })
}

/// From the earliest start to the latest end: midnights differ between zones.
fn window(venues: &[VenueFacts]) -> Option<Interval> {
    let start = venues.iter().map(|venue| venue.range.start()).min()?;
    let end = venues.iter().map(|venue| venue.range.end()).max()?;
    Interval::new(start, end)
}

/// The claims with what is known of each. All that takes units of a venue is the venue's own, so none is left out.
fn matched(
    mut source: Source,
    reservations: &[ReservationId],
    mut known: HashMap<ReservationId, Booked>,
) -> (Source, Vec<Booked>) {
    let claims = std::mem::take(&mut source.claims);
    let pairs = claims.into_iter().zip(reservations);
    let pairs = pairs.filter_map(|(claim, id)| Some((claim, known.remove(id)?)));
    let (claims, bookings) = pairs.unzip();
    (Source { claims, ..source }, bookings)
}
