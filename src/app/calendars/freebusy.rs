//! When a space is free and when not, for everybody, as availability shows it: no names, no titles, no reasons.

use crate::{
    app::{App, error::Error},
    domain::{
        access::{self, Action, Actor},
        busy::{Busy, offered},
        ids::SpaceId,
        instant::{Instant, Interval},
        places::Configuration,
        zone::DateOrTime,
    },
    mail::freebusy::{self, FreeBusy},
    store::occupancies,
};

/// Where nothing else is said: so many days from today on.
pub const USUAL_DAYS: i64 = 62;
/// The longest range one request may ask about, days: as availability.
pub const MOST_DAYS: i64 = 93;
const DAY: i64 = 86_400;

/// An object, and what tells whether it changed: all of it but the moment it was made.
pub struct FreeBusyText {
    pub text: String,
    pub unstamped: String,
}

/// iCalendar (RFC 5545) with METHOD:PUBLISH and one VFREEBUSY.
///
/// # Errors
/// `not_found`; `invalid` for a range that is reversed, too long, or no times.
pub fn show(
    app: &App,
    actor: &Actor,
    id: SpaceId,
    (from, to): (Option<DateOrTime>, Option<DateOrTime>),
) -> Result<FreeBusyText, Error> {
    access::may(actor, Action::ReadPublic)?;
    app.db.read(|tx| {
        let configuration = app.configurations.get(tx, id)?.ok_or(Error::NOT_FOUND)?;
        let now = app.now();
        let window = window(&configuration, (from, to), now)?;
        let taken = occupancies::of_space(tx, &configuration.space, window)?;
        let standing = taken.iter().filter(|row| row.stands(now)).map(|row| (row.unit, row.interval));
        let sweep = configuration.space.sweep(standing);
        let about = FreeBusy {
            space: id,
            space_name: configuration.space.name.clone(),
            venue_name: configuration.venue.name.clone(),
            contact_email: configuration.venue.contact_email.clone(),
            window,
            busy: Busy::new(&sweep, &offered(&configuration, window), window),
        };
        let unstamped = freebusy::freebusy(&about, window.start());
        Ok(FreeBusyText { text: freebusy::freebusy(&about, now), unstamped })
    })
}

fn window(
    configuration: &Configuration,
    (from, to): (Option<DateOrTime>, Option<DateOrTime>),
    now: Instant,
) -> Result<Interval, Error> {
    let zone = configuration.zone();
    let resolve = |pointer, time: Option<DateOrTime>| {
        let resolved = time.map(|time| time.resolve_start(zone)).transpose();
        resolved.map_err(|error| Error::local_time(pointer, &error))
    };
    let start = resolve("?from", from)?.unwrap_or_else(|| zone.day(configuration.today(now)).start());
    let end = resolve("?to", to)?.unwrap_or_else(|| start.plus(USUAL_DAYS * DAY));
    let window = Interval::new(start, end).ok_or_else(|| Error::field("?to", "not_after_start"))?;
    if window.seconds() > MOST_DAYS * DAY {
        return Err(Error::field("?to", "range_too_long"));
    }
    Ok(window)
}
