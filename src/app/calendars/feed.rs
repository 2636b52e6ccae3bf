//! What a link opens, read by whoever has it: bounded, and as its owner may see it now.

use std::{collections::BTreeSet, sync::Arc};

use super::Shows;
use crate::{
    app::{
        App,
        credentials::random::TokenHash,
        error::Error,
        events::{self, Filter},
    },
    domain::{
        access::{self, Actor, Place},
        agenda::{Entry, EntryId},
        ids::{SpaceId, UserId, VenueId},
        instant::{Instant, Interval},
        locale::Locale,
        record::{Block, Holder},
        seen::Seen,
    },
    mail,
    store::{
        agenda::{self, Whose},
        blocks,
        calendars::{self, Calendar},
        db::ReadTx,
        error::StoreError,
        occupancies, people, places,
    },
};

const DAY: i64 = 86_400;
/// A calendar reaches back and ahead so many days, and holds so many entries at most: what is not over first, the
/// soonest of it.
pub const BACK_DAYS: i64 = 30;
pub const AHEAD_DAYS: i64 = 365;
pub const MOST: usize = 2_000;
/// When a link was last read is noted this exactly, seconds: not every reading may write.
const NOTED_EVERY: i64 = 3_600;

/// A calendar, and whose names it shows to its owner.
pub struct Feed {
    pub text: String,
    looks: Option<(Actor, VenueId, BTreeSet<UserId>)>,
}

impl Feed {
    /// It is given out: of a venue's or a space's, its owner is shown who organises what.
    pub fn note(&self, app: &App) {
        if let Some((owner, venue, people)) = &self.looks {
            app.views.note(app, owner, Seen::Reservations, Some(*venue), people.iter().copied());
        }
    }
}

/// iCalendar (RFC 5545) with METHOD:PUBLISH: the same bytes until something in it changes.
///
/// # Errors
/// `not_found` for a token that is nobody's or was revoked, whose owner is gone, or may no longer see what it shows: all
/// alike.
pub fn show(app: &Arc<App>, token: &str) -> Result<Feed, Error> {
    let hash = TokenHash::of(token);
    let (calendar, feed) = app.db.read(|tx| {
        let now = app.now();
        let calendar = calendars::live(tx, hash.as_bytes())?.ok_or(Error::NOT_FOUND)?;
        let owner = people::person(tx, calendar.user_id, None, now)?.ok_or(Error::NOT_FOUND)?;
        let feed = written(tx, app, &app.acting(owner), &calendar, now)?;
        Ok::<_, Error>((calendar, feed))
    })?;
    note(app, &calendar);
    Ok(feed)
}

fn note(app: &Arc<App>, calendar: &Calendar) {
    let (id, now) = (calendar.id, app.now());
    if calendar.used_at.is_some_and(|at| now.since(at) < NOTED_EVERY) {
        return;
    }
    let noted: Result<(), StoreError> =
        app.db.write("note a calendar's use", move |tx| calendars::used(tx, id, now));
    // It is a convenience: a database that can't be written to is no reason not to read from it.
    if let Err(error) = noted {
        tracing::warn!(%error, "when a calendar was read could not be noted: {error}");
    }
}

fn written(
    tx: &mut ReadTx,
    app: &App,
    owner: &Actor,
    calendar: &Calendar,
    now: Instant,
) -> Result<Feed, Error> {
    let shows = Shows::of(tx, calendar)?;
    // Whatever was allowed when the link was made: who may not any more is told what a stranger is told.
    access::may(owner, shows.action()).map_err(|_| Error::NOT_FOUND)?;
    let contact = people::contact(tx, calendar.user_id)?.ok_or(Error::NOT_FOUND)?;
    let locale: Locale = contact.locale.parse().map_err(|e| StoreError::corrupt("users.locale", e))?;
    let window = window(now)?;
    let (name, mut entries) = match shows {
        Shows::Events(network) => {
            let filter = Filter { network: Some(network), ..Filter::default() };
            return Ok(Feed { text: events::feed_in(tx, &filter, now)?, looks: None });
        }
        Shows::Own => (mail::agenda::own_name(locale), own(tx, owner, (window, now))?),
        Shows::Venue(place) => of_venue(tx, app, (place, contact.id), (window, now))?,
        Shows::Space(space, place) => of_space(tx, app, space, (place, contact.id), (window, now))?,
    };
    entries.truncate(MOST);
    let text = mail::agenda::agenda(&name, &entries, &app.public_url, locale);
    let organisers = || entries.iter().filter_map(|entry| entry.organiser.as_ref()).map(|one| one.id);
    let looks = shows.at().map(|venue| (owner.clone(), venue, organisers().collect()));
    Ok(Feed { text, looks })
}

fn window(now: Instant) -> Result<Interval, Error> {
    let window = Interval::new(now.plus(-BACK_DAYS * DAY), now.plus(AHEAD_DAYS * DAY));
    window.ok_or_else(|| Error::Broken("a year ahead is before a month ago".to_owned()))
}

/// When: the window, and now.
type When = (Interval, Instant);

fn own(tx: &mut ReadTx, owner: &Actor, when: When) -> Result<Vec<Entry>, Error> {
    let Some(person) = owner.person() else { return Ok(Vec::new()) };
    let organisations = person.organisations.iter().map(|(id, _)| *id).collect();
    let whose = Whose::Own { user: person.verified.then_some(person.id), organisations };
    Ok(agenda::list(tx, &whose, person.id, when, MOST)?)
}

fn of_venue(
    tx: &mut ReadTx,
    app: &App,
    (place, reader): (Place, UserId),
    when: When,
) -> Result<(String, Vec<Entry>), Error> {
    let name = places::venue(tx, place.venue)?.ok_or(Error::NOT_FOUND)?.name;
    let mut entries = agenda::list(tx, &Whose::Venue(place.venue), reader, when, MOST)?;
    for block in blocks::standing_over(tx, place.venue, when.0)? {
        entries.push(blocked(tx, app, block)?);
    }
    entries.sort_by_key(|entry| (entry.interval.start(), entry.id));
    Ok((name, entries))
}

/// Of the space itself, and of others that share units with it: what takes these takes the space.
fn of_space(
    tx: &mut ReadTx,
    app: &App,
    space: SpaceId,
    (place, reader): (Place, UserId),
    when: When,
) -> Result<(String, Vec<Entry>), Error> {
    let configuration = app.configurations.get(tx, space)?.ok_or(Error::NOT_FOUND)?;
    let rows = occupancies::of_space(tx, &configuration.space, when.0)?;
    let (mut besides, mut blocking) = (BTreeSet::new(), BTreeSet::new());
    for row in rows {
        match row.holder {
            Holder::Reservation(id) => besides.insert(id),
            Holder::Block(id) => blocking.insert(id),
        };
    }
    let whose = Whose::Space(space, besides.into_iter().take(MOST).collect());
    let mut entries = agenda::list(tx, &whose, reader, when, MOST)?;
    for block in blocks::standing_over(tx, place.venue, when.0)? {
        if block.space == space || blocking.contains(&block.id) {
            entries.push(blocked(tx, app, block)?);
        }
    }
    entries.sort_by_key(|entry| (entry.interval.start(), entry.id));
    Ok((format!("{}, {}", configuration.space.name, configuration.venue.name), entries))
}

fn blocked(tx: &mut ReadTx, app: &App, block: Block) -> Result<Entry, Error> {
    let missing = || Error::Broken(format!("{} is of a space that does not exist", block.id));
    let configuration = app.configurations.get(tx, block.space)?.ok_or_else(missing)?;
    let venue = &configuration.venue;
    Ok(Entry {
        id: EntryId::Block(block.id),
        tentative: false,
        space_name: configuration.space.name.clone(),
        organiser: None,
        interval: block.interval,
        sequence: 0,
        updated_at: block.created_at,
        venue_name: venue.name.clone(),
        address: venue.address.clone(),
        contact_email: venue.contact_email.clone(),
        zone: venue.zone,
        title: block.reason,
    })
}
