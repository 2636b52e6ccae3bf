//! For tests: one of each thing that is told of a series, by name.

use super::{
    notice::{CalendarStatus, Notice, Price, ReservationView},
    samples::{at, organisation, view},
    series::{Date, Override, SeriesCalendar, SeriesEvent, SeriesNotice},
};

/// Twelve Tuesdays, of which one was moved and one could not be had.
pub(super) fn series(what: SeriesEvent) -> SeriesNotice {
    let date = |week: i64| {
        let start = at("2026-11-03T09:00:00Z").plus(week * 7 * 86_400);
        Date { starts_at: start, ends_at: start.plus(7200) }
    };
    let moved = Override {
        original: "20261110T100000".to_owned(),
        sequence: 2,
        title: "Zaključek, s čajem".to_owned(),
        date: Date { starts_at: at("2026-11-11T09:00:00Z"), ends_at: at("2026-11-11T10:00:00Z") },
        space_name: None,
    };
    let calendar = SeriesCalendar {
        rrule: "FREQ=WEEKLY;UNTIL=20270119T090000Z".to_owned(),
        starts_at: "20261103T100000".to_owned(),
        ends_at: "20261103T120000".to_owned(),
        excluded: vec!["20261117T100000".to_owned()],
        overrides: vec![moved],
        spans: Date { starts_at: date(0).starts_at, ends_at: date(11).ends_at },
    };
    let (status, stands) = match what {
        SeriesEvent::Requested | SeriesEvent::ToDecide => (CalendarStatus::Tentative, true),
        SeriesEvent::Declined | SeriesEvent::Lapsed | SeriesEvent::Cancelled => {
            (CalendarStatus::Cancelled, false)
        }
        _ => (CalendarStatus::Confirmed, true),
    };
    let organisation = (what == SeriesEvent::ToDecide).then(organisation);
    SeriesNotice {
        what,
        id: "ser_01h455vb4pex5vsknk084sn02q".parse().expect("a test's id"),
        sequence: 1,
        reservation: ReservationView { status, organisation, ..view() },
        dates: (0..12).filter(|week| *week != 2).map(date).collect(),
        left_out: vec![date(2)],
        total: stands.then(|| Price { minor: 1_357_950, currency: "EUR".to_owned() }),
        decide_by: (status == CalendarStatus::Tentative).then(|| at("2026-11-01T09:00:00Z")),
        waiting: 0,
        by_venue: false,
        invited: true,
        calendar: (what != SeriesEvent::Cancelled).then_some(calendar),
        standing: (what != SeriesEvent::Cancelled).then(|| Box::new(view())),
    }
}

/// One of each situation, by a name of its own.
pub(super) fn all() -> Vec<(String, Notice)> {
    let by_venue = SeriesNotice { by_venue: true, ..series(SeriesEvent::Cancelled) };
    let name = |what: &SeriesEvent| serde_json::to_value(what).expect("a word").as_str().map(str::to_owned);
    let all =
        SeriesEvent::ALL.iter().filter_map(|what| Some((format!("series_{}", name(what)?), series(*what))));
    // What is left of it stays in the calendar.
    let SeriesNotice { calendar, standing, .. } = series(SeriesEvent::Changed);
    let in_part = SeriesNotice { calendar, standing, ..series(SeriesEvent::Cancelled) };
    let all = all.chain([
        ("series_confirmed_in_part".to_owned(), confirmed_in_part()),
        ("series_cancelled_by_venue".to_owned(), by_venue),
        ("series_cancelled_in_part".to_owned(), in_part),
    ]);
    all.map(|(name, notice)| (name, Notice::Series(Box::new(notice)))).collect()
}

/// Of four Tuesdays the first two stand.
fn confirmed_in_part() -> SeriesNotice {
    let whole = series(SeriesEvent::Confirmed);
    let (first, second) = (whole.dates[0], whole.dates[1]);
    let calendar = whole.calendar.map(|calendar| SeriesCalendar {
        rrule: "FREQ=WEEKLY;UNTIL=20261117T085959Z".to_owned(),
        excluded: Vec::new(),
        overrides: Vec::new(),
        spans: Date { ends_at: second.ends_at, ..calendar.spans },
        ..calendar
    });
    let total = Some(Price { minor: 246_900, currency: "EUR".to_owned() });
    SeriesNotice { dates: vec![first, second], left_out: Vec::new(), total, calendar, waiting: 2, ..whole }
}
