//! The daily digest: each venue's staff are told in the morning what the day brings, what waits for them and what
//! changed since the morning before; nothing on a day with nothing to tell. Once a venue and day, on any number of nodes.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    App,
    error::Error,
    guests::{Organisers, Whose},
    notify, organisations,
    outside::trouble,
};
use crate::{
    domain::{
        access::Actor,
        digest::{self, News, is_still_morning, morning_before, next_morning},
        ids::{OrganisationId, ReservationId, VenueId},
        instant::Instant,
        places::Venue,
        record::{PendingChange, Reservation},
        reservation::Status,
    },
    mail::{
        digest::{Change, DigestNotice, Line},
        notice::{Notice, VenueView},
    },
    store::{
        approvals, audit,
        db::{ReadTx, WriteTx},
        digests, people, places,
        reservations::{self, Shown, Wanted},
    },
};

/// The most venues of one run; the next run goes on.
const BATCH: i64 = 500;
/// More of a kind than any letter counts.
const MOST: i64 = 1000;

/// Tells those whose morning it is, each venue in a transaction of its own. Returns how many venues had something.
///
/// # Errors
/// When the database fails.
pub fn send_due(app: &Arc<App>) -> Result<usize, Error> {
    let now = app.now();
    let due = app.db.read(|tx| digests::due(tx, now, BATCH).map_err(Error::from))?;
    let mut told = 0;
    for venue in due {
        let app_ = app.clone();
        match app.db.write("daily digest", move |tx| tell(tx, &app_, venue)) {
            Ok(done) => told += usize::from(done),
            // One that fails must not keep the others waiting for ever.
            Err(error) => {
                tracing::error!(venue.id = %venue, error = ?error, "{venue} could not be told of its day: {error:?}");
            }
        }
    }
    Ok(told)
}

fn tell(tx: &mut WriteTx, app: &App, id: VenueId) -> Result<bool, Error> {
    let venue = places::venue(tx, id)?.ok_or(Error::NOT_FOUND)?;
    let now = app.now();
    let next = next_morning(venue.zone, now);
    let Some(due) = digests::due_at(tx, id)? else {
        digests::begin(tx, id, next)?;
        return Ok(false);
    };
    if due > now || !digests::take(tx, id, due, next)? || !is_still_morning(due, now) {
        return Ok(false);
    }
    let staff = people::staff(tx, id)?;
    if staff.is_empty() {
        return Ok(false);
    }
    let digest = digest(tx, app, &venue, due)?;
    if digest.is_empty() {
        return Ok(false);
    }
    let notice = Notice::Digest(Box::new(digest));
    for colleague in staff {
        notify::tell(tx, app, &colleague, &notice)?;
    }
    Ok(true)
}

fn digest(tx: &mut ReadTx, app: &App, venue: &Venue, due: Instant) -> Result<DigestNotice, Error> {
    let today = of_the_day(tx, venue, due)?;
    let (waiting, news) = (waiting(tx, venue)?, news(tx, venue, due)?);
    let asked = waiting.iter().map(|(one, _)| one);
    let lines = lines(tx, app, today.iter().chain(asked).chain(news.iter().map(|(one, _)| one)))?;
    let line = |one: &Reservation| lines.get(&one.id).cloned();
    let elsewhere = wished_spaces(tx, app, waiting.iter().map(|(one, _)| one))?;
    let to_decide = |(one, by): &(Reservation, Instant)| {
        let wished = one.change.as_ref().and_then(PendingChange::interval).unwrap_or(one.interval);
        let (starts_at, ends_at, line) = (wished.start(), wished.end(), line(one)?);
        let space_name = elsewhere.get(&one.id).unwrap_or(&line.space_name).clone();
        Some(Line { decide_by: Some(*by), starts_at, ends_at, space_name, ..line })
    };
    let change = |(one, what): &(Reservation, News)| Some(Change { what: *what, line: line(one)? });
    Ok(DigestNotice {
        venue: shown(venue),
        at: due,
        today: today.iter().filter_map(line).collect(),
        waiting: waiting.iter().filter_map(to_decide).collect(),
        news: news.iter().filter_map(change).collect(),
        calendars: trouble::of_venue(tx, app, venue.id, due)?,
        stop: None,
    })
}

fn shown(venue: &Venue) -> VenueView {
    VenueView {
        name: venue.name.clone(),
        address: venue.address.line(),
        contact_email: venue.contact_email.clone(),
        zone: venue.zone.tz(),
    }
}

/// What stands of the day that begins with the morning `due`, by start.
fn of_the_day(tx: &mut ReadTx, venue: &Venue, due: Instant) -> Result<Vec<Reservation>, Error> {
    let day = venue.zone.day(venue.zone.date(due));
    let wanted = Wanted {
        shown: Shown::Visible { user: None, organisations: Vec::new(), venues: vec![venue.id] },
        from: Some(day.start()),
        to: Some(day.end()),
        by_zone: Vec::new(),
        space: None,
        pool_of: None,
        venue: Some(venue.id),
        statuses: vec![Status::Confirmed, Status::CheckedIn],
        now: due,
    };
    Ok(reservations::list(tx, &wanted, None, MOST)?)
}

/// What waits for the venue's answer, by start, each with until when.
fn waiting(tx: &mut ReadTx, venue: &Venue) -> Result<Vec<(Reservation, Instant)>, Error> {
    let open = approvals::queue(tx, venue.id, None, MOST)?;
    let until: BTreeMap<ReservationId, Instant> =
        open.iter().map(|open| (open.reservation, open.expires_at)).collect();
    let ids: Vec<ReservationId> = until.keys().copied().collect();
    let found = reservations::find_all(tx, &ids)?;
    Ok(found.into_iter().filter_map(|one| until.get(&one.id).map(|at| (one, *at))).collect())
}

/// What became of reservations ahead since the morning before, by start.
fn news(tx: &mut ReadTx, venue: &Venue, due: Instant) -> Result<Vec<(Reservation, News)>, Error> {
    let since = morning_before(venue.zone, due);
    let done = audit::of_reservations(tx, venue.place(), (since, due))?;
    let told: BTreeMap<ReservationId, News> =
        done.iter().filter_map(|(id, done)| Some((*id, digest::news(done)?))).collect();
    let ids: Vec<ReservationId> = told.keys().copied().collect();
    let mut found = Vec::new();
    for reservation in reservations::find_all(tx, &ids)? {
        let stands = matches!(reservation.status, Status::Confirmed | Status::CheckedIn);
        let Some(&what) = told.get(&reservation.id) else { continue };
        // What was asked for, moved and still waits is told with what waits.
        if reservation.interval.end() > due && (stands || what == News::Cancelled) {
            found.push((reservation, what));
        }
    }
    Ok(found)
}

/// What the other spaces are called that are asked for.
fn wished_spaces<'a>(
    tx: &mut ReadTx,
    app: &App,
    waiting: impl Iterator<Item = &'a Reservation>,
) -> Result<BTreeMap<ReservationId, String>, Error> {
    let mut names = BTreeMap::new();
    for (id, space) in waiting.filter_map(|one| Some((one.id, one.wished_space()?))) {
        let space = app.configurations.get(tx, space)?;
        names.extend(space.map(|there| (id, there.space.name.clone())));
    }
    Ok(names)
}

/// Each reservation as a line, by its id.
fn lines<'a>(
    tx: &mut ReadTx,
    app: &App,
    about: impl Iterator<Item = &'a Reservation>,
) -> Result<BTreeMap<ReservationId, Line>, Error> {
    let all: BTreeMap<ReservationId, &Reservation> = about.map(|one| (one.id, one)).collect();
    let whose: Vec<Whose> = all.values().map(|one| Whose::from(*one)).collect();
    let organisers = Organisers::load(tx, &whose, &Actor::Anonymous)?;
    let named: BTreeSet<OrganisationId> = all.values().filter_map(|one| one.organisation).collect();
    let named = organisations::named(tx, named)?;
    let mut lines = BTreeMap::new();
    for (id, one) in all {
        let space = app.configurations.get(tx, one.space)?;
        let space = space.ok_or_else(|| Error::Broken(format!("{} is of no space", one.id)))?;
        let organiser = organisers.of(one.into(), &Actor::Anonymous);
        let line = Line {
            space_name: space.space.name.clone(),
            title: one.title.clone(),
            organiser_name: organiser.map(|contact| contact.name).unwrap_or_default(),
            organiser: Some(one.organiser),
            organisation: one.organisation.and_then(|id| named.get(&id)).cloned(),
            starts_at: one.interval.start(),
            ends_at: one.interval.end(),
            attendees: one.attendees,
            decide_by: None,
            url: format!("{}/reservations/{id}", app.public_url),
        };
        lines.insert(id, line);
    }
    Ok(lines)
}
