//! Offers: who waits longest for something that fits is held the first slot that passes their decision.
//!
//! A reconciler: it looks at what is free, not at what was freed, so nothing that frees a slot (a cancellation, an
//! expiry, a move, a lifted block, longer hours) has to remember the list, and a crash loses nothing. It looks where
//! something has happened since it last did (`looks`). Each offer is a transaction of its own through the one write path;
//! the entry's row keeps two nodes from making two.

use std::sync::Arc;

use super::offers_of;
use crate::{
    app::{
        App,
        availability::space::{Question, bookable},
        error::Error,
        reservations::{Claimant, offer::Offer},
    },
    domain::{
        access::{Actor, OrganisationRole, Person, Place},
        ids::{VenueId, WaitingId},
        instant::{Instant, Interval},
        places::Configuration,
        waiting::{WaitingEntry, WaitingState, awake},
        zone::{DateOrTime, TimeInput, Zone},
    },
    store::{
        audit::{self, Entry},
        db::{ReadTx, WriteTx},
        locks, organisations,
        people::{self, Contact},
        waiting,
    },
};

/// Entries read at a time.
const BATCH: i64 = 200;
/// Bookable slots looked at for one entry: with what it missed before left out, one of them fits or none does.
const MOST_SLOTS: usize = 1000;

/// What is to be done about an entry.
enum Due {
    Nothing,
    End(WaitingState),
    Offer(Interval),
}

/// Makes the offers that are due and ends the entries that are, at every venue; safe to run on every node at once.
/// Returns how many changed.
///
/// # Errors
/// When the database fails.
pub fn waiting(app: &Arc<App>) -> Result<usize, Error> {
    at_venues(app, |_, _, _| Ok(true))
}

/// The same at the venues where anything can have come free since this node last looked, and now and then at the others.
///
/// # Errors
/// When the database fails.
pub fn where_news(app: &Arc<App>) -> Result<usize, Error> {
    at_venues(app, |place, zone, now| match app.looks.news_since(place.venue, zone, now) {
        Some(since) => app.db.read(|tx| audit::any_news(tx, place, since).map_err(Error::from)),
        None => Ok(true),
    })
}

fn at_venues(
    app: &Arc<App>,
    is_due: impl Fn(Place, Zone, Instant) -> Result<bool, Error>,
) -> Result<usize, Error> {
    let mut changed = 0;
    for (place, zone) in app.db.read(|tx| waiting::venues(tx).map_err(Error::from))? {
        // Before anything is read: what is committed meanwhile is news the next time.
        let now = app.now();
        if !is_due(place, zone, now)? {
            continue;
        }
        let served = serve(app, place.venue)?;
        changed += served.changed;
        if served.whole {
            app.looks.looked(place.venue, now);
        }
    }
    Ok(changed)
}

/// What came of looking at a venue's list.
struct Served {
    changed: usize,
    /// Whether nobody has to be looked at once more.
    whole: bool,
}

/// Who waits longest comes first.
fn serve(app: &Arc<App>, venue: VenueId) -> Result<Served, Error> {
    let (mut served, mut after) = (Served { changed: 0, whole: true }, None);
    loop {
        let batch = app.db.read(|tx| waiting::of_venue(tx, venue, after, BATCH))?;
        let Some(last) = batch.last() else { return Ok(served) };
        after = Some(last.id);
        for entry in &batch {
            match attend_to(app, entry) {
                Ok(done) => served.changed += usize::from(done),
                // A fresh request was first: the next run looks again.
                Err(Error::SlotTaken { .. }) => served.whole = false,
                // One that can't be served must not keep the others waiting for ever.
                Err(error) => {
                    served.whole = false;
                    let id = entry.id;
                    tracing::error!(waiting.id = %id, error = ?error, "{id} could not be served: {error:?}");
                }
            }
        }
    }
}

fn attend_to(app: &Arc<App>, entry: &WaitingEntry) -> Result<bool, Error> {
    let (id, app_) = (entry.id, app.clone());
    match app.db.read(|tx| due(tx, app, entry))? {
        Due::Nothing => Ok(false),
        Due::End(outcome) => app.db.write("end waiting", move |tx| end(tx, &app_, id, outcome)),
        Due::Offer(slot) => app.db.write("offer", move |tx| offer(tx, &app_, id, slot)),
    }
}

fn due(tx: &mut ReadTx, app: &App, entry: &WaitingEntry) -> Result<Due, Error> {
    let (offers, now) = (offers_of(tx, entry.id)?, app.now());
    match entry.state(&offers, now) {
        WaitingState::Offered => return Ok(Due::Nothing),
        outcome @ (WaitingState::Taken | WaitingState::Over) => return Ok(Due::End(outcome)),
        WaitingState::Waiting => {}
    }
    let configuration = app.configurations.get(tx, entry.space)?.ok_or(Error::NOT_FOUND)?;
    let Some(starts) = entry.starts(now).filter(|_| awake(configuration.zone(), now)) else {
        return Ok(Due::Nothing);
    };
    let Some(contact) = welcome(tx, entry)? else { return Ok(Due::Nothing) };
    let question = question(entry, starts);
    let known = (&question, starts, now);
    let member = as_member(entry, contact.verified_at.is_some());
    let mut bookable = bookable(tx, &configuration, &member, known, MOST_SLOTS)?;
    // An offer is good till its slot begins: one that begins now would be over before it is read.
    bookable.retain(|slot| slot.start() > now);
    Ok(entry.next(&bookable, &offers).map_or(Due::Nothing, Due::Offer))
}

/// What is looked for, to begin within `starts`.
pub(super) fn question(entry: &WaitingEntry, starts: Interval) -> Question {
    let at = |instant| DateOrTime::Time(TimeInput::At(instant));
    Question {
        from: at(starts.start()),
        to: at(starts.end()),
        duration_minutes: Some(entry.duration_minutes),
        quantity: Some(entry.quantity),
        layout: None,
        attendees: entry.attendees,
        organisation: entry.organisation,
    }
}

/// Who waits, if they may still book: with a verified address, and for an organisation of theirs.
fn welcome(tx: &mut ReadTx, entry: &WaitingEntry) -> Result<Option<Contact>, Error> {
    let role = |id| organisations::role(tx, id, entry.person);
    let belongs = entry.organisation.map(role).transpose()?.is_none_or(|role| role.is_some());
    let contact = people::contact(tx, entry.person)?;
    Ok(contact.filter(|contact| belongs && contact.verified_at.is_some()))
}

/// As one who books for themselves: offers never go beyond the limits, whoever waits.
pub(super) fn as_member(entry: &WaitingEntry, verified: bool) -> Actor {
    let organisations = entry.organisation.map(|id| (id, OrganisationRole::Member)).into_iter().collect();
    Actor::Person(Person { organisations, ..Person::plain(entry.person, None, verified) })
}

/// Holds the slot for who waits, unless somebody was first, or another node was.
fn offer(tx: &mut WriteTx, app: &App, id: WaitingId, slot: Interval) -> Result<bool, Error> {
    let Some(before) = waiting::find(tx, id)? else { return Ok(false) };
    locks::claimant(tx, before.person, before.organisation)?;
    locks::share_configuration(tx, before.place)?;
    let configuration = app.configurations.get(tx, before.space)?.ok_or(Error::NOT_FOUND)?;
    locks::units(tx, &configuration.space.groups())?;
    locks::waiting_entry(tx, id)?;
    let now = app.now();
    let Some((mut entry, contact)) = still_waits(tx, &configuration, id, now)? else { return Ok(false) };
    let claimant = Claimant::load(tx, Some(entry.person), entry.organisation, now)?;
    let wanted = Offer { configuration, claimant, organiser: &contact, entry: &entry, slot };
    let Some(hold) = wanted.make(tx, app, now)? else { return Ok(false) };
    waiting::add_offer(tx, id, hold)?;
    entry.version += 1;
    waiting::update(tx, &entry)?;
    audit::append(tx, &Entry::new(app.id(), now, None, "waiting.offered", id).within(entry.place))?;
    Ok(true)
}

fn still_waits(
    tx: &mut ReadTx,
    configuration: &Configuration,
    id: WaitingId,
    now: Instant,
) -> Result<Option<(WaitingEntry, Contact)>, Error> {
    let Some(entry) = waiting::find(tx, id)? else { return Ok(None) };
    let waits = entry.state(&offers_of(tx, id)?, now) == WaitingState::Waiting;
    if !waits || !awake(configuration.zone(), now) {
        return Ok(None);
    }
    let contact = welcome(tx, &entry)?;
    Ok(contact.map(|contact| (entry, contact)))
}

fn end(tx: &mut WriteTx, app: &App, id: WaitingId, outcome: WaitingState) -> Result<bool, Error> {
    locks::waiting_entry(tx, id)?;
    let found = waiting::find(tx, id)?.filter(|entry| entry.ended.is_none());
    let Some(mut entry) = found else { return Ok(false) };
    let now = app.now();
    entry.ended = Some((outcome, now));
    entry.version += 1;
    waiting::update(tx, &entry)?;
    audit::append(tx, &Entry::new(app.id(), now, None, "waiting.ended", id).within(entry.place))?;
    Ok(true)
}
