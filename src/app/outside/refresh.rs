//! Reading outside calendars again: leased, so that two nodes never fetch the same one; fetched outside of any
//! transaction; what was read becomes blocks, and what went wrong is shown and tried again later.

use std::sync::Arc;

use super::{
    apply,
    fetch::{Fetched, Wanted},
    view::{Report, UnreadView},
};
use crate::{
    app::{App, credentials::random, error::Error},
    domain::{
        ics::{Changed, Event, Happening, Reader, Unread},
        ids::OutsideCalendarId,
        instant::{Instant, Interval},
        outside::{FetchResult, MOST_BLOCKS, STALE_AFTER, horizon, next_reading},
        zone::Zone,
    },
    store::{
        error::StoreError,
        outside::{self, OutsideCalendar},
        places,
    },
};

/// Nobody else is given a leased calendar for so long, seconds: longer than any fetching lasts.
const LEASE: i64 = 300;
/// Calendars that one run looks at.
const BATCH: i64 = 50;
/// The longest event, seconds: a year.
const LONGEST_EVENT: i64 = 366 * 86_400;
/// Events that can't be kept of which is told.
const TOLD: usize = 100;

/// One event at one time, with its words.
#[derive(Debug, Clone)]
pub(super) struct Timed {
    pub happening: Happening,
    pub summary: Option<String>,
}

/// What was read of a calendar.
pub(super) struct ReadCalendar {
    pub events: Vec<Timed>,
    pub report: Report,
}

/// Reads what is due, one after the other; safe to run on every node at once. Returns how many were tried.
///
/// # Errors
/// When the database fails.
pub fn due(app: &Arc<App>) -> Result<usize, Error> {
    if !app.fetch.is_there() {
        return Ok(0);
    }
    let now = app.now();
    let due = app.db.read(|tx| outside::due(tx, now, BATCH))?;
    let mut tried = 0;
    for id in due {
        if let Some(calendar) = lease(app, id)? {
            refresh(app, calendar)?;
            tried += 1;
        }
    }
    Ok(tried)
}

fn lease(app: &App, id: OutsideCalendarId) -> Result<Option<OutsideCalendar>, Error> {
    let clock = app.clock.clone();
    let leased: Result<_, StoreError> = app.db.write("lease a calendar", move |tx| {
        let (lease, now) = (random::bytes::<16>(), clock.now());
        outside::lease(tx, id, (&lease, now.plus(LEASE)), now)
    });
    Ok(leased?)
}

fn refresh(app: &Arc<App>, calendar: OutsideCalendar) -> Result<(), Error> {
    let now = app.now();
    // What has not changed is gone through all the same from time to time: what was too far ahead no longer is.
    let stale = calendar.applied_at.is_none_or(|at| now.since(at) >= STALE_AFTER);
    let wanted = Wanted {
        url: calendar.url.clone(),
        etag: calendar.etag.clone().filter(|_| !stale),
        last_modified: calendar.last_modified.clone().filter(|_| !stale),
    };
    let mut ended = calendar;
    ended.tried_at = Some(now);
    match app.fetch.fetch(&wanted) {
        Ok(Fetched::Unchanged) => succeeded(&mut ended, now),
        Ok(Fetched::Calendar { octets, etag, last_modified }) => {
            let zone = app.db.read(|tx| places::venue(tx, ended.venue_id))?.ok_or(Error::NOT_FOUND)?.zone;
            match read(&octets, zone, now) {
                Some(read) => {
                    let report = serde_json::to_string(&read.report);
                    ended.report = Some(report.map_err(|error| Error::Broken(error.to_string()))?);
                    (ended.etag, ended.last_modified, ended.applied_at) = (etag, last_modified, Some(now));
                    succeeded(&mut ended, now);
                    return apply::apply(app, ended, read);
                }
                None => failed(&mut ended, FetchResult::NotACalendar, now),
            }
        }
        Err(why) => failed(&mut ended, why, now),
    }
    apply::settle(app, ended)
}

fn succeeded(calendar: &mut OutsideCalendar, now: Instant) {
    calendar.result = Some(FetchResult::Ok.to_string());
    (calendar.failures, calendar.read_at, calendar.due_at) = (0, Some(now), next_reading(now, 0));
}

/// What was read before stays: a server that is away is no reason to give its events' time to others.
fn failed(calendar: &mut OutsideCalendar, why: FetchResult, now: Instant) {
    calendar.failures = calendar.failures.saturating_add(1);
    calendar.result = Some(why.to_string());
    calendar.due_at = next_reading(now, u32::try_from(calendar.failures).unwrap_or(0));
    // Neither the address nor what the server said: both may hold secrets.
    tracing::info!(outside_calendar.id = %calendar.id, result = %why, "{} could not be read: {why}", calendar.id);
}

/// The events within the horizon, by start; `None` where it is no whole calendar.
fn read(octets: &[u8], zone: Zone, now: Instant) -> Option<ReadCalendar> {
    let (mut reader, mut events, mut report) = (Reader::default(), Vec::new(), Report::default());
    let mut unread = Vec::new();
    for line in octets.split_inclusive(|octet| *octet == b'\n') {
        sort(reader.push(line).ok()?, &mut events, &mut unread);
    }
    sort(reader.finish().ok()?, &mut events, &mut unread);
    let mut changed = Changed::default();
    events.iter().for_each(|event| changed.add(event, zone));
    let mut timed = Vec::new();
    for event in events.iter().filter(|event| !event.cancelled && !event.transparent) {
        match happenings(event, zone, horizon(now)?, &changed) {
            Ok(some) => timed.extend(some),
            Err(why) => unread.push(why),
        }
    }
    timed.sort_by(|a, b| {
        (a.happening.interval, &a.happening.key).cmp(&(b.happening.interval, &b.happening.key))
    });
    timed.dedup_by(|a, b| a.happening.key == b.happening.key);
    report.events = u32::try_from(timed.len()).unwrap_or(u32::MAX);
    let told = unread.into_iter().take(TOLD);
    report.unread =
        told.map(|why| UnreadView { line: why.line, uid: why.uid, code: why.code.to_owned() }).collect();
    Some(ReadCalendar { events: timed, report })
}

fn happenings(event: &Event, zone: Zone, horizon: Interval, changed: &Changed) -> Result<Vec<Timed>, Unread> {
    let all = event.happenings(zone, horizon, (changed, MOST_BLOCKS as u32))?;
    if all.iter().any(|happening| happening.interval.seconds() > LONGEST_EVENT) {
        let (line, uid) = (event.line, Some(event.uid.clone()));
        return Err(Unread { line, uid, property: "dtend", code: "range_too_long" });
    }
    Ok(all.into_iter().map(|happening| Timed { happening, summary: event.summary.clone() }).collect())
}

fn sort(read: Option<Result<Event, Unread>>, events: &mut Vec<Event>, unread: &mut Vec<Unread>) {
    match read {
        Some(Ok(event)) => events.push(event),
        Some(Err(why)) => unread.push(why),
        None => {}
    }
}
