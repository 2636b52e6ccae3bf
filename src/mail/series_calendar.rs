//! The calendar object of a series: one master with a rule and EXDATE, changes by RECURRENCE-ID (RFC 5545, 3.8.5;
//! RFC 5546, 3.2.2; DESIGN 6).

use super::{
    calendar::{Method, begun, details, local, time, uid_of_series, utc, zone_of_times},
    content_line::Lines,
    notice::{CalendarStatus, ReservationView},
    series::{Override, SeriesCalendar, SeriesEvent, SeriesNotice},
    vtimezone,
};

/// What a mail about the series carries: what stands of it, or that nothing does any more.
pub(super) fn invitation(notice: &SeriesNotice) -> Option<(String, Method)> {
    match (notice.what, &notice.calendar) {
        (
            SeriesEvent::ToDecide
            | SeriesEvent::Declined
            | SeriesEvent::ChangeDeclined
            | SeriesEvent::Lapsed
            | SeriesEvent::ChangeLapsed,
            _,
        ) => None,
        (_, Some(calendar)) => Some((object(notice, calendar, Method::Request), Method::Request)),
        (SeriesEvent::Cancelled, None) if notice.invited => Some((cancellation(notice), Method::Cancel)),
        _ => None,
    }
}

/// The whole series to be opened as a file, where it has occurrences that differ from its rule.
pub(super) fn file(notice: &SeriesNotice) -> Option<String> {
    let calendar = notice.calendar.as_ref().filter(|calendar| !calendar.overrides.is_empty())?;
    Some(object(notice, calendar, Method::Publish))
}

/// Of what stands, whatever the letter is about.
fn object(notice: &SeriesNotice, calendar: &SeriesCalendar, method: Method) -> String {
    let standing = notice.standing.as_deref().unwrap_or(&notice.reservation);
    let view = &ReservationView { status: CalendarStatus::Confirmed, ..standing.clone() };
    let mut lines = begun(method);
    let zone = view.venue.zone;
    if zone != chrono_tz::Tz::UTC {
        vtimezone::write(&mut lines, zone, calendar.spans.starts_at, calendar.spans.ends_at);
    }
    lines.begin("VEVENT");
    head(&mut lines, notice, notice.sequence);
    local(&mut lines, "DTSTART", &calendar.starts_at, zone);
    local(&mut lines, "DTEND", &calendar.ends_at, zone);
    lines.value("RRULE", &calendar.rrule);
    for start in &calendar.excluded {
        local(&mut lines, "EXDATE", start, zone);
    }
    details(&mut lines, view, method);
    lines.end("VEVENT");
    for other in &calendar.overrides {
        differing(&mut lines, (notice, view), other, method);
    }
    lines.end("VCALENDAR");
    lines.finish()
}

fn head(lines: &mut Lines, notice: &SeriesNotice, sequence: u32) {
    lines.value("UID", &uid_of_series(notice.id));
    lines.value("SEQUENCE", &sequence.to_string());
    lines.value("DTSTAMP", &utc(notice.reservation.stamped_at));
}

fn differing(
    lines: &mut Lines,
    (notice, standing): (&SeriesNotice, &ReservationView),
    other: &Override,
    method: Method,
) {
    let zone = standing.venue.zone;
    let (starts_at, ends_at) = (other.date.starts_at, other.date.ends_at);
    let own = zone_of_times(zone, starts_at, ends_at);
    lines.begin("VEVENT");
    head(lines, notice, other.sequence.max(notice.sequence));
    local(lines, "RECURRENCE-ID", &other.original, zone);
    time(lines, "DTSTART", starts_at, own);
    time(lines, "DTEND", ends_at, own);
    let mut view = ReservationView { title: other.title.clone(), ..standing.clone() };
    if let Some(space) = &other.space_name {
        view.space_name.clone_from(space);
        view.unit_labels.clear();
    }
    details(lines, &view, method);
    lines.end("VEVENT");
}

/// Of all occurrences at once: without a RECURRENCE-ID it is the whole series (RFC 5546, 3.2.5).
fn cancellation(notice: &SeriesNotice) -> String {
    let (view, mut lines) = (&notice.reservation, begun(Method::Cancel));
    let zone = zone_of_times(view.venue.zone, view.starts_at, view.ends_at);
    if let Some(zone) = zone {
        vtimezone::write(&mut lines, zone, view.starts_at, view.ends_at);
    }
    lines.begin("VEVENT");
    head(&mut lines, notice, notice.sequence);
    time(&mut lines, "DTSTART", view.starts_at, zone);
    time(&mut lines, "DTEND", view.ends_at, zone);
    details(&mut lines, view, Method::Cancel);
    lines.end("VEVENT");
    lines.end("VCALENDAR");
    lines.finish()
}
