//! A notice about a series put into words: what all of it has in common, then when it is, line by line.

use super::{
    clean,
    letter::{Letter, blocks, facts_with, managing, who_asks_first},
    notice::ReservationView,
    series::{Date, SeriesEvent, SeriesNotice},
};
use crate::{
    catalogue::{Arg, format, text},
    domain::{instant::Instant, locale::Locale},
};

/// The most dates that a letter lists; the calendar object has them all.
const MOST: usize = 60;

/// `mail-series-<what>-…`.
pub(super) fn write(notice: &SeriesNotice, locale: Locale) -> Letter {
    let view = &notice.reservation;
    let count = i64::try_from(notice.dates.len()).unwrap_or(i64::MAX);
    let about = [
        ("space", Arg::Text(clean::line(&view.space_name))),
        ("count", Arg::Count(count)),
        ("organiser", Arg::Text(clean::line(&view.organiser_name))),
    ];
    let part = |part: &str| text(locale, &format!("mail-{}-{part}", notice.what.name()), &about);
    let venue = clean::line(&view.venue.name);
    let in_part = notice.waiting > 0;
    let waiting = [("count", Arg::Count(notice.waiting.into()))];
    let waiting = in_part.then(|| text(locale, "mail-series-waiting", &waiting));
    let lead = if notice.by_venue { part("by-venue-lead") } else { part("lead") };
    let (manage, notes) = managing(view, false, locale);
    let mut letter = Letter {
        subject: part("subject"),
        heading: if in_part { text(locale, "mail-series-in-part-heading", &[]) } else { part("heading") },
        lead: [lead].into_iter().chain(waiting).collect(),
        facts: facts(notice, count, locale),
        blocks: listed(notice, locale),
        action: Some((part("action"), manage)),
        notes,
        signature: venue.clone(),
        footer: text(locale, "mail-footer-venue", &[("venue", venue.into())]),
        ..Letter::default()
    };
    letter.blocks.extend(check_in(view, locale));
    letter.blocks.extend(blocks(&ReservationView { check_in: None, ..view.clone() }, locale));
    if notice.what == SeriesEvent::ToDecide {
        letter.signature = "Prostor".to_owned();
        letter.footer = text(locale, "mail-footer-request", &[]);
    }
    letter
}

fn facts(notice: &SeriesNotice, count: i64, locale: Locale) -> Vec<(String, String)> {
    let of_all = ReservationView { price: notice.total.clone(), fee: None, ..notice.reservation.clone() };
    let view = ReservationView { change_fee: None, ..of_all };
    let zone = view.venue.zone;
    let short = |date: &Date| format::span_short(locale, date.starts_at, date.ends_at, zone);
    let (first, last) = (notice.dates.first().map(short), notice.dates.last().map(short));
    let span = [
        ("count", Arg::Count(count)),
        ("first", Arg::Text(first.unwrap_or_default())),
        ("last", Arg::Text(last.unwrap_or_default())),
    ];
    let when = text(locale, "mail-series-span", &span);
    let mut facts = facts_with(&view, when, notice.id.to_string(), locale);
    if notice.what == SeriesEvent::ToDecide {
        who_asks_first(&mut facts, &view, locale);
    }
    let decide_by = notice.decide_by.map(|at| format::until(locale, at, zone));
    facts.extend(decide_by.map(|at| (text(locale, "label-decide-by", &[]), at)));
    facts
}

/// That one must check in, and when: each date has a link and a code of its own, which its page and its door show.
fn check_in(view: &ReservationView, locale: Locale) -> Option<(String, String)> {
    let how = view.check_in.as_ref()?;
    let minutes = |from: Instant, to: Instant| Arg::Count(to.since(from) / 60);
    let when = [
        ("before", minutes(how.opens_at, view.starts_at)),
        ("after", minutes(view.starts_at, how.closes_at)),
    ];
    Some((text(locale, "label-check-in", &[]), text(locale, "mail-series-check-in", &when)))
}

/// Each date on a line of its own.
fn listed(notice: &SeriesNotice, locale: Locale) -> Vec<(String, String)> {
    let zone = notice.reservation.venue.zone;
    let list = |label: &str, dates: &[Date]| {
        let some = dates.iter().take(MOST);
        let mut lines: Vec<String> =
            some.map(|date| format::span_short(locale, date.starts_at, date.ends_at, zone)).collect();
        let more = dates.len().saturating_sub(MOST);
        if more > 0 {
            let count = Arg::Count(i64::try_from(more).unwrap_or(i64::MAX));
            lines.push(text(locale, "mail-series-more", &[("count", count)]));
        }
        (!dates.is_empty()).then(|| (text(locale, label, &[]), lines.join("\n")))
    };
    let (dates, left_out) = (list("label-dates", &notice.dates), list("label-left-out", &notice.left_out));
    dates.into_iter().chain(left_out).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{series_calendar, series_samples::series as notice};

    #[test]
    fn a_file_to_open_goes_with_what_outlook_drops() {
        let changed = notice(SeriesEvent::Changed);
        assert!(series_calendar::file(&changed).unwrap().contains("METHOD:PUBLISH"));
        let calendar = changed.calendar.clone().unwrap();
        let plain = crate::mail::series::SeriesCalendar { overrides: Vec::new(), ..calendar };
        assert_eq!(series_calendar::file(&SeriesNotice { calendar: Some(plain), ..changed }), None);
    }

    #[test]
    fn checking_in_is_told_of_all_dates_at_once() {
        let mut told = notice(SeriesEvent::Confirmed);
        let start = told.reservation.starts_at;
        told.reservation.check_in = Some(crate::mail::notice::CheckInView {
            opens_at: start.plus(-15 * 60),
            closes_at: start.plus(60),
            link: "https://prostor.example/check-in#token=Zm9v".to_owned(),
            code: "042137".to_owned(),
        });
        for (locale, words) in [
            (Locale::En, "from 15 minutes before its start until 1 minute after it"),
            (Locale::Sl, "od 15 minut pred začetkom do 1 minute po njem"),
        ] {
            let letter = format!("{:?}", write(&told, locale));
            assert!(letter.contains(words) && !letter.contains("042137"), "{letter}");
        }
    }

    #[test]
    fn what_a_letter_is_about_is_counted_as_slovenian_counts() {
        for (count, words) in [
            (1, ["ni več zadržan.", "Na odobritev centra čaka še 1 ponovitev."]),
            (2, ["nista več zadržana.", "Na odobritev centra čakata še 2 ponovitvi."]),
            (3, ["niso več zadržani.", "Na odobritev centra čakajo še 3 ponovitve."]),
            (5, ["niso več zadržani.", "Na odobritev centra čaka še 5 ponovitev."]),
        ] {
            let whole = notice(SeriesEvent::Declined);
            let dates = whole.dates[..usize::try_from(count).unwrap()].to_vec();
            let lead = write(&SeriesNotice { dates, waiting: count, ..whole }, Locale::Sl).lead;
            assert!(lead[0].contains(words[0]) && lead[1] == words[1], "{lead:?}");
        }
    }

    #[test]
    fn a_long_list_ends_in_a_count() {
        let short = notice(SeriesEvent::Confirmed);
        let dates = vec![short.dates[0]; MOST + 5];
        let letter = write(&SeriesNotice { dates, ..short }, Locale::En);
        assert_eq!(letter.blocks[0].1.lines().last(), Some("… and 5 more"));
    }
}
