//! What was wanted and not to be had: refused reservations and searches without a result. Noted in memory after the answer
//! was made, and written down by a job: a refusal must neither wait nor fail for it. A process that is killed loses what it
//! noted since the job's last run.
//!
//! Who it was is not kept. People and clients of a day are told apart by digests under a random key of that day; the key is
//! deleted soon after, so that nobody can ever try whose digest it is.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use aws_lc_rs::hmac;
use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::{
    App,
    availability::search::{FoundView, Search},
    credentials::random,
    error::Error,
    page::Page,
};
use crate::{
    domain::{
        access::{Actor, Place},
        decision::{Decision, Outcome, ReasonCode},
        demand::CapacityBand,
        ids::{Id, SpaceId, UserId, VenueId},
        instant::Instant,
        zone::Zone,
    },
    store::{
        db::WriteTx,
        demand::{self as store, EmptySearch, TurnAway},
        error::StoreError,
        places,
    },
};

/// More of each are not noted between two runs of the job: whoever asks in masses must not fill the memory.
const MOST: usize = 10_000;
/// The octets of a day's key.
const KEY: usize = 32;
/// Longer texts are no municipality's name.
const LONGEST_NAME: usize = 60;
/// A day's key is kept for so long after its end in UTC: local days end later elsewhere, and a note may be late.
const KEY_DAYS: u64 = 2;

/// Who searched.
#[derive(Debug, Clone, Copy)]
pub enum Client {
    Person(UserId),
    /// As far as it is one household's.
    Address(Option<IpAddr>),
}

impl Client {
    /// The person signed in, else the address.
    pub fn of(actor: &Actor, address: Option<IpAddr>) -> Self {
        actor.person().map_or(Self::Address(address), |person| Self::Person(person.id))
    }
}

#[derive(Debug, Clone)]
struct Refused {
    person: UserId,
    place: Place,
    space: SpaceId,
    reason: ReasonCode,
    at: Instant,
}

#[derive(Debug, Clone)]
struct Searched {
    client: Client,
    wanted: super::availability::search::Wanted,
    band: CapacityBand,
    at: Instant,
}

/// What was noted and not written down yet.
#[derive(Debug, Default)]
pub struct Demand(Mutex<Noted>);

#[derive(Debug, Clone, Default)]
struct Noted {
    refused: Vec<Refused>,
    searched: Vec<Searched>,
}

impl Demand {
    fn with<T>(&self, f: impl FnOnce(&mut Noted) -> T) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Notes that somebody was refused a space, where `error` is such a refusal.
pub(super) fn refused(app: &App, actor: &Actor, place: Place, space: SpaceId, error: &Error) {
    let reason = match error {
        Error::SlotTaken { .. } => Some(ReasonCode::SlotTaken),
        Error::Refused { decision, .. } => foremost(decision),
        _ => None,
    };
    let (Some(reason), Some(person)) = (reason, actor.person()) else { return };
    let note = Refused { person: person.id, place, space, reason, at: app.now() };
    app.demand.with(|noted| push(&mut noted.refused, note));
}

/// The first rule that refuses: what a person reads first.
fn foremost(decision: &Decision) -> Option<ReasonCode> {
    let refusing = decision.reasons.iter().find(|reason| reason.outcome == Outcome::Refuse && !reason.waived);
    refusing.map(|reason| reason.code)
}

/// Notes a search all of whose results have nothing free.
pub fn searched(app: &App, client: Client, search: &Search, page: &Page<FoundView>) {
    if page.next.is_some() || page.items.iter().any(|found| !found.slots.is_empty()) {
        return;
    }
    let band = CapacityBand::of(search.wanted.capacity_min.max(search.attendees));
    let note = Searched { client, wanted: search.wanted.clone(), band, at: app.now() };
    app.demand.with(|noted| push(&mut noted.searched, note));
}

fn push<T>(notes: &mut Vec<T>, note: T) {
    if notes.len() < MOST {
        notes.push(note);
    } else {
        tracing::warn!("refusals or searches are not counted: {MOST} wait to be written down");
    }
}

/// Writes down what was noted; returns how many people and clients are new on their day.
///
/// # Errors
/// When the database fails; nothing is lost then.
pub fn write_down(app: &Arc<App>) -> Result<usize, Error> {
    let noted = app.demand.with(std::mem::take);
    if noted.refused.is_empty() && noted.searched.is_empty() {
        return Ok(0);
    }
    let work = noted.clone();
    let written: Result<usize, StoreError> = app.db.write("note demand", move |tx| {
        let mut known = Lookups::default();
        let refused = work.refused.iter().map(|note| turn_away(tx, &mut known, note));
        let refused = refused.collect::<Result<Vec<_>, _>>()?;
        let searched = work.searched.iter().map(|note| empty_search(tx, &mut known, note));
        let searched = searched.collect::<Result<Vec<_>, _>>()?;
        Ok(store::append_turn_aways(tx, &refused)? + store::append_searches(tx, &searched)?)
    });
    if written.is_err() {
        app.demand.with(|again| {
            again.refused.extend(noted.refused);
            again.refused.truncate(MOST);
            again.searched.extend(noted.searched);
            again.searched.truncate(MOST);
        });
    }
    Ok(written?)
}

/// Deletes the keys of days that are over; returns how many.
///
/// # Errors
/// When the database fails.
pub fn forget_keys(app: &App) -> Result<usize, Error> {
    let before = Zone::UTC.date(app.now()) - Days::new(KEY_DAYS);
    let forgotten: Result<usize, StoreError> =
        app.db.write("forget keys of days", move |tx| store::forget_keys(tx, before));
    Ok(forgotten?)
}

/// What is looked up once in a run.
#[derive(Default)]
struct Lookups {
    keys: HashMap<NaiveDate, hmac::Key>,
    venues: HashMap<VenueId, Option<(Place, Zone)>>,
}

impl Lookups {
    fn venue(&mut self, tx: &mut WriteTx, venue: VenueId) -> Result<Option<(Place, Zone)>, StoreError> {
        if let Some(known) = self.venues.get(&venue) {
            return Ok(*known);
        }
        let found = places::venue(tx, venue)?.map(|venue| (venue.place(), venue.zone));
        Ok(*self.venues.entry(venue).or_insert(found))
    }

    /// What stands for `parts` on a day, and tells nothing of them once the day's key is gone.
    fn digest<K>(&mut self, tx: &mut WriteTx, day: NaiveDate, parts: &[String]) -> Result<Id<K>, StoreError> {
        let key = match self.keys.get(&day) {
            Some(key) => key.clone(),
            None => {
                let octets = store::key(tx, day, &random::bytes::<KEY>())?;
                self.keys.entry(day).or_insert(hmac::Key::new(hmac::HMAC_SHA256, &octets)).clone()
            }
        };
        let tag = hmac::sign(&key, parts.join("\n").as_bytes());
        let mut half = [0; 16];
        half.copy_from_slice(&tag.as_ref()[..16]);
        Ok(Id::from_uuid(Uuid::from_bytes(half)))
    }
}

fn turn_away(tx: &mut WriteTx, known: &mut Lookups, note: &Refused) -> Result<TurnAway, StoreError> {
    let zone = known.venue(tx, note.place.venue)?.map_or(Zone::default(), |(_, zone)| zone);
    let day = zone.date(note.at);
    let id = known.digest(tx, day, &[note.person.to_string(), note.space.to_string()])?;
    let reason = note.reason.to_string();
    Ok(TurnAway { id, place: note.place, space: note.space, day, reason })
}

fn empty_search(tx: &mut WriteTx, known: &mut Lookups, note: &Searched) -> Result<EmptySearch, StoreError> {
    let wanted = &note.wanted;
    let named = wanted.venue.map(|venue| known.venue(tx, venue)).transpose()?.flatten();
    // What was meant for no venue that there is, was meant for all.
    let (venue, zone) = named.map_or((None, Zone::default()), |(place, zone)| (Some(place.venue), zone));
    let network = match named {
        Some((place, _)) => Some(place.network),
        None => wanted.network.map(|id| places::network(tx, id)).transpose()?.flatten().map(|found| found.id),
    };
    let day = zone.date(note.at);
    let kind = wanted.kind.map(|kind| kind.to_string());
    let municipality = wanted.municipality.as_deref().and_then(name);
    let band = note.band.to_string();
    let client = match note.client {
        Client::Person(person) => person.to_string(),
        Client::Address(address) => address.map(|address| address.to_string()).unwrap_or_default(),
    };
    let shown = |id: Option<String>| id.unwrap_or_default();
    let parts = [
        client,
        shown(network.map(|id| id.to_string())),
        shown(venue.map(|id| id.to_string())),
        shown(kind.clone()),
        shown(municipality.clone()),
        band.clone(),
    ];
    let id = known.digest(tx, day, &parts)?;
    Ok(EmptySearch { id, network, venue, day, kind, municipality, band })
}

/// What may be a municipality's name; other texts are not kept, nor those that read as the words for there being none.
fn name(text: &str) -> Option<String> {
    let text = text.trim();
    if ["none", "unknown"].iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return None;
    }
    let named = |c: char| c.is_alphabetic() || " -–/.'".contains(c);
    let fits = !text.is_empty() && text.chars().count() <= LONGEST_NAME && text.chars().all(named);
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_be_a_name_is_kept_of_a_municipality() {
        for (text, wanted) in [
            ("Kranj", Some("Kranj")),
            (" Škofja Loka ", Some("Škofja Loka")),
            ("Sveti Jurij ob Ščavnici", Some("Sveti Jurij ob Ščavnici")),
            ("Ankaran/Ancarano", Some("Ankaran/Ancarano")),
            ("", None),
            ("None", None),
            ("unknown", None),
            ("ana@example.org", None),
            ("040 123 456", None),
            (&"a".repeat(61), None),
        ] {
            assert_eq!(name(text).as_deref(), wanted, "{text}");
        }
    }
}
