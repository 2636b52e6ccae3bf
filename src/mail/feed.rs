//! The calendar of public events that people subscribe to (RFC 5545, RFC 5546 3.2.1, RFC 7986): METHOD:PUBLISH,
//! one VEVENT each, one VTIMEZONE for each zone.
//!
//! The same events give the same bytes: no property tells when the calendar was asked for. Nobody who comes,
//! organises or pays is in it; ORGANIZER is the venue.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::{
    calendar::{Method, time, utc, zone_of_times},
    clean,
    content_line::Lines,
    vtimezone,
};
use crate::domain::{
    event::Event,
    ids::ReservationId,
    instant::{Instant, Interval},
    zone::Zone,
};

/// How often a subscriber's program shall ask anew (RFC 7986, 5.7; Outlook reads the older name).
const REFRESH: &str = "PT1H";

/// Stable as the reservation's id, and another than that of the organiser's own invitation: whoever has both
/// keeps both.
fn uid(id: ReservationId) -> String {
    format!("event-{id}@prostor")
}

/// The calendar under a name. A cancelled event says only which it is.
pub fn feed(name: &str, events: &[Event]) -> String {
    let times = events.iter().map(|event| (event.zone, event.interval));
    let mut lines = begun("Events", name, times);
    for event in events {
        write(&mut lines, event);
    }
    lines.end("VCALENDAR");
    lines.finish()
}

/// A calendar to subscribe to, with its head and the zones that these times are written in.
pub(super) fn begun(product: &str, name: &str, times: impl Iterator<Item = (Zone, Interval)>) -> Lines {
    let mut lines = Lines::default();
    lines.begin("VCALENDAR");
    lines.value("METHOD", Method::Publish.name());
    lines.value("VERSION", "2.0");
    lines.value("PRODID", &format!("-//Prostor//{product}//EN"));
    lines.value("CALSCALE", "GREGORIAN");
    lines.text("NAME", &clean::line(name));
    lines.text("X-WR-CALNAME", &clean::line(name));
    lines.with("REFRESH-INTERVAL", &[("VALUE", "DURATION")], REFRESH);
    lines.value("X-PUBLISHED-TTL", REFRESH);
    for (zone, first, last) in zones(times).into_values() {
        vtimezone::write(&mut lines, zone, first, last);
    }
    lines
}

/// The zones that times are written in, by name, each with the time they span.
fn zones(times: impl Iterator<Item = (Zone, Interval)>) -> BTreeMap<&'static str, (Tz, Instant, Instant)> {
    let mut zones = BTreeMap::new();
    for (zone, interval) in times {
        let (start, end) = (interval.start(), interval.end());
        if let Some(zone) = zone_of(zone, interval) {
            let known = zones.entry(zone.name()).or_insert((zone, start, end));
            *known = (zone, known.1.min(start), known.2.max(end));
        }
    }
    zones
}

fn zone_of(zone: Zone, interval: Interval) -> Option<Tz> {
    zone_of_times(zone.tz(), interval.start(), interval.end())
}

fn write(lines: &mut Lines, event: &Event) {
    let stamp = utc(event.updated_at);
    lines.begin("VEVENT");
    lines.value("UID", &uid(event.id));
    lines.value("SEQUENCE", &event.sequence.to_string());
    lines.value("DTSTAMP", &stamp);
    lines.value("LAST-MODIFIED", &stamp);
    times(lines, event.zone, event.interval);
    lines.text("SUMMARY", &clean::line(&event.title));
    let organiser = format!("mailto:{}", clean::token(&event.contact_email));
    lines.with("ORGANIZER", &[("CN", &event.venue_name)], &organiser);
    lines.value("STATUS", if event.cancelled { "CANCELLED" } else { "CONFIRMED" });
    // It is on, not the reader's own time.
    lines.value("TRANSP", "TRANSPARENT");
    if !event.cancelled {
        about(lines, event);
    }
    lines.end("VEVENT");
}

/// When it is, in the venue's zone where that can say it.
pub(super) fn times(lines: &mut Lines, zone: Zone, interval: Interval) {
    let zone = zone_of(zone, interval);
    time(lines, "DTSTART", interval.start(), zone);
    time(lines, "DTEND", interval.end(), zone);
}

/// Where it is and what is said about it.
fn about(lines: &mut Lines, event: &Event) {
    let place = format!("{}, {}, {}", event.space_name, event.venue_name, event.address.line());
    lines.text("LOCATION", &clean::line(&place));
    if let Some(description) = &event.description {
        lines.text("DESCRIPTION", description);
    }
    if let Some(link) = &event.link {
        lines.value("URL", &clean::token(link));
    }
}
