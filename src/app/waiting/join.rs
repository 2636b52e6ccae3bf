//! Joining the waiting list of a space.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{EntryView, offer, offers_of};
use crate::{
    app::{
        App, Done,
        availability::space::never,
        error::{Code, Error, FieldError},
        reservations::{Claimant, reserve::own_organisation},
    },
    domain::{
        access::{self, Action, Actor, Place},
        decision::{LONGEST_DAYS, Outcome},
        ids::{OrganisationId, SpaceId, UserId},
        instant::{Instant, Interval},
        places::Configuration,
        reservation::Purpose,
        text::Line,
        waiting::{WaitingEntry, WaitingState},
        zone::{DateOrTime, Zone},
    },
    store::{
        audit::{self, Entry},
        db::{ReadTx, WriteTx},
        idempotency::Claim,
        locks, waiting,
    },
};

/// The most entries of one person that wait at once.
const MOST_ENTRIES: usize = 20;
/// The longest range of an entry, days.
const MOST_DAYS: i64 = 93;
/// More than anybody has.
const ALL: i64 = 10_000;

/// What somebody waits for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEntry {
    pub space_id: SpaceId,
    /// The slot lies between these two.
    pub from: DateOrTime,
    pub to: DateOrTime,
    /// How long it is.
    #[schema(minimum = 1, maximum = 44_640)]
    pub duration_minutes: u32,
    /// Units of a space allocated by `each`; 1 where nothing is said.
    #[schema(minimum = 1, maximum = 100_000)]
    pub quantity: Option<u32>,
    /// How many people come.
    #[schema(minimum = 0, maximum = 100_000)]
    pub attendees: Option<u32>,
    /// Of the reservation it is to become.
    #[schema(example = "Rehearsal")]
    pub title: Line<200>,
    pub purpose: Purpose,
    /// One of the person's organisations.
    pub organisation_id: Option<OrganisationId>,
}

/// # Errors
/// `invalid`, `address_unverified`, `policy_refused` where nothing that fits can ever come, `duplicate` where they wait for the space in that time already.
pub fn join(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    new: NewEntry,
) -> Result<Done<EntryView>, Error> {
    access::may(actor, Action::Reserve(None))?;
    own_organisation(actor, "/organisation_id", new.organisation_id)?;
    let place = app.configurations.place(&app.db, new.space_id)?;
    let place = place.ok_or_else(|| Error::field("/space_id", "unknown"))?;
    let person = actor.person().ok_or(Code::Unauthenticated)?.id;
    let app_ = app.clone();
    app.command("join the waiting list", claim, move |tx| {
        locks::claimant(tx, person, new.organisation_id)?;
        locks::share_configuration(tx, place)?;
        let configuration = app_.configurations.get(tx, new.space_id)?;
        let configuration = configuration.ok_or_else(|| Error::field("/space_id", "unknown"))?;
        let now = app_.now();
        let entry = entry(&app_, &new, &configuration, (place, person), now)?;
        can_come(tx, &entry, &configuration, now)?;
        room_for(tx, &entry, now)?;
        save(tx, &app_, &entry)?;
        Ok(EntryView::new(&entry, &[], configuration.zone(), now))
    })
}

fn save(tx: &mut WriteTx, app: &App, entry: &WaitingEntry) -> Result<(), Error> {
    waiting::insert(tx, entry)?;
    let joined = Entry::new(app.id(), entry.created_at, Some(entry.person), "waiting.joined", entry.id);
    audit::append(tx, &joined.within(entry.place).with(json!({"space_id": entry.space})))?;
    Ok(())
}

fn entry(
    app: &App,
    new: &NewEntry,
    configuration: &Configuration,
    (place, person): (Place, UserId),
    now: Instant,
) -> Result<WaitingEntry, Error> {
    let space = &configuration.space;
    if space.archived_at.is_some() {
        return Err(Error::field("/space_id", "archived"));
    }
    let entry = WaitingEntry {
        id: app.id(),
        place,
        space: new.space_id,
        person,
        organisation: new.organisation_id,
        range: range(new, configuration.zone())?,
        duration_minutes: new.duration_minutes,
        quantity: new.quantity.unwrap_or(1),
        attendees: new.attendees,
        title: new.title.to_string(),
        purpose: new.purpose,
        ended: None,
        version: 1,
        created_at: now,
    };
    let fault = |pointer: &str, code| Err(FieldError::new(pointer, code).into());
    let longest = LONGEST_DAYS * 24 * 60;
    if entry.duration_minutes == 0 || u64::from(entry.duration_minutes) > longest {
        fault("/duration_minutes", "out_of_range")
    } else if entry.quantity == 0 || entry.quantity > space.pool() {
        fault("/quantity", "out_of_range")
    } else if entry.attendees.is_some_and(|people| people > 100_000) {
        fault("/attendees", "too_large")
    } else if entry.starts(now).is_none() {
        fault("/to", "nothing_fits")
    } else {
        Ok(entry)
    }
}

fn range(new: &NewEntry, zone: Zone) -> Result<Interval, Error> {
    let start = new.from.resolve_start(zone).map_err(|error| Error::local_time("/from", &error))?;
    let end = new.to.resolve_end(zone).map_err(|error| Error::local_time("/to", &error))?;
    let range = Interval::new(start, end).ok_or_else(|| Error::field("/to", "not_after_start"))?;
    if range.seconds() > MOST_DAYS * 86_400 {
        return Err(Error::field("/to", "range_too_long"));
    }
    for (pointer, at) in [("/from", start), ("/to", end)] {
        if !at.is_sane() {
            return Err(Error::field(pointer, "time_out_of_bounds"));
        }
    }
    Ok(range)
}

/// Somebody else's time can be given back; what the space is never open for, or allows nobody, can't. Rules as they are now:
/// others can be given later, and then one joins then.
fn can_come(
    tx: &mut ReadTx,
    entry: &WaitingEntry,
    configuration: &Configuration,
    now: Instant,
) -> Result<(), Error> {
    let Some(starts) = entry.starts(now) else { return Ok(()) };
    let claimant = Claimant::load(tx, Some(entry.person), entry.organisation, now)?;
    let (member, question) = (offer::as_member(entry, true), offer::question(entry, starts));
    match never(configuration, (&member, claimant), &question, (starts, entry.range), now)? {
        None => Ok(()),
        // Between two slots there may be time enough, but no third.
        Some(why) if why.outcome != Outcome::Refuse => Err(Error::field("/to", "nothing_fits")),
        Some(why) => Err(Error::Refused {
            decision: Box::new(why),
            zone: configuration.zone(),
            alternatives: Vec::new(),
        }),
    }
}

/// Waiting is limited, and nobody stands in one queue twice.
fn room_for(tx: &mut ReadTx, new: &WaitingEntry, now: Instant) -> Result<(), Error> {
    let mut waits = Vec::new();
    for entry in waiting::of_person(tx, new.person, None, ALL)?.into_iter().filter(|e| e.ended.is_none()) {
        let state = entry.state(&offers_of(tx, entry.id)?, now);
        if matches!(state, WaitingState::Waiting | WaitingState::Offered) {
            waits.push(entry);
        }
    }
    if waits.iter().any(|other| other.space == new.space && other.range.overlaps(new.range)) {
        return Err(Code::Duplicate.into());
    }
    if waits.len() >= MOST_ENTRIES {
        return Err(Error::field("", "too_many_waiting"));
    }
    Ok(())
}
