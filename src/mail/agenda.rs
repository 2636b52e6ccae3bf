//! The calendars of reservations that people subscribe to by a link of their own: one VEVENT each, as in the calendar of
//! public events (RFC 5545, RFC 7986).
//!
//! The same entries give the same bytes. ORGANIZER is the venue; of people there is at most a name.

use super::{
    calendar::utc,
    clean,
    content_line::Lines,
    feed::{begun, times},
};
use crate::{
    catalogue::text,
    domain::{
        agenda::{Entry, EntryId},
        locale::Locale,
    },
};

/// Stable as what it shows, and another than that of the organiser's own invitation: whoever has both keeps both.
fn uid(id: EntryId) -> String {
    match id {
        EntryId::Reservation(id) => format!("calendar-{id}@prostor"),
        EntryId::Block(id) => format!("calendar-{id}@prostor"),
    }
}

/// What a calendar of one's own reservations is called.
pub fn own_name(locale: Locale) -> String {
    text(locale, "calendar-own", &[])
}

/// The calendar under a name, for a reader of `locale`. `public_url` is where a reservation's page is, below it.
pub fn agenda(name: &str, entries: &[Entry], public_url: &str, locale: Locale) -> String {
    let mut lines = begun("Calendars", name, entries.iter().map(|entry| (entry.zone, entry.interval)));
    for entry in entries {
        write(&mut lines, entry, public_url, locale);
    }
    lines.end("VCALENDAR");
    lines.finish()
}

fn write(lines: &mut Lines, entry: &Entry, public_url: &str, locale: Locale) {
    let stamp = utc(entry.updated_at);
    lines.begin("VEVENT");
    lines.value("UID", &uid(entry.id));
    lines.value("SEQUENCE", &entry.sequence.to_string());
    lines.value("DTSTAMP", &stamp);
    lines.value("LAST-MODIFIED", &stamp);
    times(lines, entry.zone, entry.interval);
    let title = if entry.title.is_empty() { &entry.space_name } else { &entry.title };
    lines.text("SUMMARY", &clean::line(title));
    let place = format!("{}, {}, {}", entry.space_name, entry.venue_name, entry.address.line());
    lines.text("LOCATION", &clean::line(&place));
    if let Some(organiser) = &entry.organiser {
        let organiser = format!("{}: {}", text(locale, "label-organiser", &[]), clean::line(&organiser.name));
        lines.text("DESCRIPTION", &organiser);
    }
    let venue = format!("mailto:{}", clean::token(&entry.contact_email));
    lines.with("ORGANIZER", &[("CN", &entry.venue_name)], &venue);
    lines.value("STATUS", if entry.tentative { "TENTATIVE" } else { "CONFIRMED" });
    lines.value("TRANSP", "OPAQUE");
    // Programs that share calendars on shall not share this one (RFC 5545, 3.8.1.3).
    lines.value("CLASS", "PRIVATE");
    if let EntryId::Reservation(id) = entry.id {
        lines.value("URL", &format!("{}/reservations/{id}", clean::token(public_url)));
    }
    lines.end("VEVENT");
}
