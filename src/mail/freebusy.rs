//! When a space can't be had, and nothing of why (RFC 5545, 3.6.4): METHOD:PUBLISH, one VFREEBUSY, all in UTC.

use super::{calendar::utc, clean, feed::begun};
use crate::domain::{
    busy::Busy,
    ids::SpaceId,
    instant::{Instant, Interval},
    interval_set::IntervalSet,
};

/// A space's free and busy times within `window`.
#[derive(Debug, Clone)]
pub struct FreeBusy {
    pub space: SpaceId,
    pub space_name: String,
    pub venue_name: String,
    /// The venue's: whom to ask.
    pub contact_email: String,
    pub window: Interval,
    pub busy: Busy,
}

/// The object as of `stamp`.
pub fn freebusy(about: &FreeBusy, stamp: Instant) -> String {
    let name = format!("{}, {}", about.space_name, about.venue_name);
    let mut lines = begun("Calendars", &name, std::iter::empty());
    lines.begin("VFREEBUSY");
    lines.value("UID", &format!("freebusy-{}@prostor", about.space));
    lines.value("DTSTAMP", &utc(stamp));
    let venue = format!("mailto:{}", clean::token(&about.contact_email));
    lines.with("ORGANIZER", &[("CN", &about.venue_name)], &venue);
    lines.value("DTSTART", &utc(about.window.start()));
    lines.value("DTEND", &utc(about.window.end()));
    for (interval, kind) in periods(&about.busy) {
        let period = format!("{}/{}", utc(interval.start()), utc(interval.end()));
        lines.with("FREEBUSY", &[("FBTYPE", kind)], &period);
    }
    lines.end("VFREEBUSY");
    lines.end("VCALENDAR");
    lines.finish()
}

/// Ascending, as programs want them (RFC 5545, 3.8.2.6).
fn periods(busy: &Busy) -> Vec<(Interval, &'static str)> {
    let of = |set: &IntervalSet, kind| set.iter().map(move |interval| (interval, kind)).collect::<Vec<_>>();
    let mut all = of(&busy.taken, "BUSY");
    all.extend(of(&busy.closed, "BUSY-UNAVAILABLE"));
    all.sort_unstable_by_key(|(interval, _)| interval.start());
    all
}
