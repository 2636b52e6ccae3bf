//! Calendar objects of reservations: iTIP requests and cancellations, and files to publish
//! (RFC 5545, RFC 5546, RFC 6047; DESIGN 6).
//!
//! METHOD stands first. The organiser of the object is the venue, never the booker, who attends and has
//! accepted. The UID never changes, SEQUENCE grows with each revision.

use chrono::{DateTime, TimeZone};
use chrono_tz::Tz;

use super::{
    clean,
    content_line::Lines,
    notice::{CalendarStatus, ReservationView},
    vtimezone,
};
use crate::domain::{
    ids::{ReservationId, SeriesId},
    instant::Instant,
};

/// What a calendar program shall do with an object (RFC 5546, 1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Request,
    Cancel,
    Publish,
}

impl Method {
    /// As in METHOD and in the Content-Type's `method`, which must agree (RFC 6047, 2.4).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
            Self::Publish => "PUBLISH",
        }
    }
}

/// The file behind `GET /reservations/{id}/calendar.ics`.
pub fn publish(view: &ReservationView) -> String {
    object(view, Method::Publish)
}

/// Many at once, with each zone defined once: one's own reservations, to take elsewhere.
pub fn publish_all(views: &[ReservationView]) -> String {
    let mut lines = begun(Method::Publish);
    let mut zones = std::collections::BTreeMap::new();
    let zone_of = |view: &ReservationView| zone_of_times(view.venue.zone, view.starts_at, view.ends_at);
    for view in views {
        if let Some(zone) = zone_of(view) {
            let (start, end) = (view.starts_at, view.ends_at);
            let known = zones.entry(zone.name()).or_insert((zone, start, end));
            *known = (zone, known.1.min(start), known.2.max(end));
        }
    }
    for (zone, first, last) in zones.into_values() {
        vtimezone::write(&mut lines, zone, first, last);
    }
    for view in views {
        event(&mut lines, view, Method::Publish, zone_of(view));
    }
    lines.end("VCALENDAR");
    lines.finish()
}

/// The object's identifier: that of the reservation, already unique in the world. It bears no host name,
/// so it stays the same when the service moves (RFC 7986, 5.3).
pub fn uid(id: ReservationId) -> String {
    format!("{id}@prostor")
}

/// That of a series, and so of each of its occurrences (RFC 5545, 3.8.4.4).
pub(super) fn uid_of_series(id: SeriesId) -> String {
    format!("{id}@prostor")
}

/// One reservation as a calendar of one event.
pub fn object(view: &ReservationView, method: Method) -> String {
    let zone = zone_of_times(view.venue.zone, view.starts_at, view.ends_at);
    let mut lines = begun(method);
    // The series' own start stands in the zone even where this event's times can't.
    let part_of_series = view.recurrence.is_some() && method != Method::Publish;
    let named = part_of_series.then_some(view.venue.zone).filter(|zone| *zone != Tz::UTC);
    if let Some(zone) = zone.or(named) {
        vtimezone::write(&mut lines, zone, view.starts_at, view.ends_at);
    }
    event(&mut lines, view, method, zone);
    lines.end("VCALENDAR");
    lines.finish()
}

/// A calendar with its head.
pub(super) fn begun(method: Method) -> Lines {
    let mut lines = Lines::default();
    lines.begin("VCALENDAR");
    lines.value("METHOD", method.name());
    lines.value("VERSION", "2.0");
    lines.value("PRODID", "-//Prostor//Reservations//EN");
    lines.value("CALSCALE", "GREGORIAN");
    lines
}

/// An occurrence of a series bears the series' UID and says which it is; as a file of its own it is an event like any.
fn event(lines: &mut Lines, view: &ReservationView, method: Method, zone: Option<Tz>) {
    lines.begin("VEVENT");
    match view.recurrence.as_ref().filter(|_| method != Method::Publish) {
        Some(recurrence) => {
            lines.value("UID", &uid_of_series(recurrence.series));
            local(lines, "RECURRENCE-ID", &recurrence.original, view.venue.zone);
        }
        None => lines.value("UID", &uid(view.id)),
    }
    lines.value("SEQUENCE", &view.sequence.to_string());
    lines.value("DTSTAMP", &utc(view.stamped_at));
    time(lines, "DTSTART", view.starts_at, zone);
    time(lines, "DTEND", view.ends_at, zone);
    details(lines, view, method);
    lines.end("VEVENT");
}

/// What an event says beside its times.
pub(super) fn details(lines: &mut Lines, view: &ReservationView, method: Method) {
    let title = if view.title.is_empty() { &view.space_name } else { &view.title };
    lines.text("SUMMARY", &clean::line(title));
    let place = [&*view.space_name, &view.venue.name, &view.venue.address];
    lines.text("LOCATION", &clean::line(&joined(place, ", ")));
    let description = description(view);
    if !description.is_empty() {
        lines.text("DESCRIPTION", &description);
    }
    let organiser = format!("mailto:{}", clean::token(&view.venue.contact_email));
    lines.with("ORGANIZER", &[("CN", &view.venue.name)], &organiser);
    // A published object has no attendees (RFC 5546, 3.2.1).
    if method != Method::Publish {
        attendee(lines, view);
    }
    lines.value("STATUS", status(view, method));
    lines.value("TRANSP", "OPAQUE");
    lines.value("URL", &clean::token(&view.manage_url));
}

fn attendee(lines: &mut Lines, view: &ReservationView) {
    let parameters = [
        ("CN", &*view.organiser_name),
        ("CUTYPE", "INDIVIDUAL"),
        ("ROLE", "REQ-PARTICIPANT"),
        ("PARTSTAT", "ACCEPTED"),
        ("RSVP", "FALSE"),
    ];
    let named = if view.organiser_name.is_empty() { &parameters[1..] } else { &parameters[..] };
    lines.with("ATTENDEE", named, &format!("mailto:{}", clean::token(&view.organiser_email)));
}

fn status(view: &ReservationView, method: Method) -> &'static str {
    match (method, view.status) {
        (Method::Cancel, _) | (_, CalendarStatus::Cancelled) => "CANCELLED",
        (_, CalendarStatus::Confirmed) => "CONFIRMED",
        (_, CalendarStatus::Tentative) => "TENTATIVE",
    }
}

/// What helps on the day, in the words of those who wrote it: units, equipment, how to get in, the link to manage.
fn description(view: &ReservationView) -> String {
    let units = view.unit_labels.join(", ");
    let access = view.access().unwrap_or_default();
    let equipment = view.equipment.iter().map(|some| format!("{} × {}", some.quantity, some.name));
    let equipment = equipment.collect::<Vec<_>>().join("\n");
    joined([&*units, &*equipment, access, &*view.manage_url], "\n\n")
}

/// What is there, with a separator between.
fn joined<const N: usize>(parts: [&str; N], separator: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(separator)
}

/// The zone both times can be written in. Local time can't name the second of two equal readings (it
/// means the first, 3.3.5), so there, and in UTC itself, both stand in UTC.
pub(super) fn zone_of_times(zone: Tz, starts_at: Instant, ends_at: Instant) -> Option<Tz> {
    let readable = |at: Instant| {
        let local = at.utc().with_timezone(&zone);
        zone.from_local_datetime(&local.naive_local()).earliest() == Some(local)
    };
    (zone != Tz::UTC && readable(starts_at) && readable(ends_at)).then_some(zone)
}

pub(super) fn time(lines: &mut Lines, name: &str, at: Instant, zone: Option<Tz>) {
    match zone {
        Some(zone) => {
            let local: DateTime<Tz> = at.utc().with_timezone(&zone);
            lines.with(name, &[("TZID", zone.name())], &local.format("%Y%m%dT%H%M%S").to_string());
        }
        None => lines.value(name, &utc(at)),
    }
}

/// A local time as a rule means it, `20261103T100000`.
pub(super) fn local(lines: &mut Lines, name: &str, local: &str, zone: Tz) {
    match zone {
        Tz::UTC => lines.value(name, &format!("{local}Z")),
        zone => lines.with(name, &[("TZID", zone.name())], local),
    }
}

pub(super) fn utc(at: Instant) -> String {
    at.utc().format("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    fn unfolded(object: &str) -> Vec<String> {
        object.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn the_method_stands_first_and_every_line_is_short() {
        for method in [Method::Request, Method::Cancel, Method::Publish] {
            let object = object(&samples::difficult(), method);
            assert!(object.starts_with(&format!("BEGIN:VCALENDAR\r\nMETHOD:{}\r\n", method.name())));
            assert!(object.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        }
    }

    #[test]
    fn a_cancellation_keeps_the_identifier() {
        let lines = unfolded(&object(&samples::view(), Method::Cancel));
        assert!(lines.contains(&format!("UID:{}@prostor", samples::view().id)));
        assert!(lines.contains(&"STATUS:CANCELLED".to_owned()));
    }

    #[test]
    fn a_published_object_names_no_attendee() {
        let lines = unfolded(&publish(&samples::view()));
        assert!(!lines.iter().any(|line| line.starts_with("ATTENDEE")));
        assert!(lines.contains(&"STATUS:CONFIRMED".to_owned()));
    }

    #[test]
    fn a_time_that_occurs_twice_is_unmistakable() {
        // 2026-10-25 in Ljubljana: 02:30 at +02:00 and, an hour later, 02:30 at +01:00.
        for (starts_at, ends_at, wanted) in [
            ("2026-10-24T23:30:00Z", "2026-10-25T00:30:00Z", "DTEND;TZID=Europe/Ljubljana:20261025T023000"),
            ("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "DTSTART:20261025T003000Z"),
            ("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "DTEND:20261025T013000Z"),
        ] {
            let view = ReservationView {
                starts_at: samples::at(starts_at),
                ends_at: samples::at(ends_at),
                ..samples::view()
            };
            let lines = unfolded(&publish(&view));
            assert!(lines.contains(&wanted.to_owned()), "{wanted}: {lines:#?}");
            assert_eq!(lines.contains(&"BEGIN:VTIMEZONE".to_owned()), wanted.contains("TZID"));
        }
    }
}
