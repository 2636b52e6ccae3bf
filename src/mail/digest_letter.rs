//! The daily digest put into words: today by the clock, then what waits, then what is new, then what is wrong.

use chrono::NaiveDate;

use super::{
    clean,
    digest::{CalendarTrouble, DigestNotice, Line},
    letter::{Item, Letter, Section},
};
use crate::{
    catalogue::{Arg, find, format, text},
    domain::locale::Locale,
};

/// The most reservations of one section.
const MOST: usize = 60;

pub(super) fn write(notice: &DigestNotice, locale: Locale) -> Letter {
    let date = notice.at.utc().with_timezone(&notice.venue.zone).date_naive();
    let venue = clean::line(&notice.venue.name);
    let count = Arg::Count(i64::try_from(notice.today.len()).unwrap_or(i64::MAX));
    let about = [
        ("venue", Arg::Text(venue.clone())),
        ("date", Arg::Text(format::date_short(locale, date))),
        ("count", count),
    ];
    let long = [("venue", Arg::Text(venue.clone())), ("date", Arg::Date(date))];
    let mut lead = vec![text(locale, "mail-digest-lead", &long)];
    if notice.today.is_empty() {
        lead.push(text(locale, "mail-digest-nothing-today", &[]));
    }
    Letter {
        subject: text(locale, "mail-digest-subject", &about),
        heading: text(locale, "mail-digest-heading", &[]),
        lead,
        sections: Writer { notice, date, locale }.sections(),
        signature: "Prostor".to_owned(),
        footer: text(locale, "mail-footer-digest", &[("venue", venue.into())]),
        ..Letter::default()
    }
}

struct Writer<'a> {
    notice: &'a DigestNotice,
    date: NaiveDate,
    locale: Locale,
}

impl Writer<'_> {
    fn sections(&self) -> Vec<Section> {
        let DigestNotice { today, waiting, news, .. } = self.notice;
        let news = news.iter().map(|change| {
            let what = text(self.locale, &format!("mail-digest-{}", change.what), &[]);
            let item = self.item(&change.line, &self.when(&change.line));
            Item { main: format!("{what}: {}", item.main), ..item }
        });
        let all = [
            ("today", today.iter().map(|line| self.item(line, &self.hours(line))).collect::<Vec<_>>()),
            ("waiting", waiting.iter().map(|line| self.to_decide(line)).collect()),
            ("news", news.collect()),
            ("calendars", self.notice.calendars.iter().map(|one| self.trouble(one)).collect()),
        ];
        let some = all.into_iter().filter(|(_, items)| !items.is_empty());
        some.map(|(name, items)| self.section(name, items)).collect()
    }

    fn section(&self, name: &str, mut items: Vec<Item>) -> Section {
        let more = items.len().saturating_sub(MOST);
        items.truncate(MOST);
        let more = (more > 0).then(|| {
            let count = Arg::Count(i64::try_from(more).unwrap_or(i64::MAX));
            text(self.locale, "mail-series-more", &[("count", count)])
        });
        Section { heading: text(self.locale, &format!("mail-digest-{name}"), &[]), items, more }
    }

    /// When and where, then what, who and for whom.
    fn item(&self, line: &Line, when: &str) -> Item {
        let people = line
            .attendees
            .map(|count| text(self.locale, "mail-digest-people", &[("count", Arg::Count(count.into()))]));
        let organisation = line.organisation.as_ref().map(|one| clean::line(&one.name));
        let (title, organiser) = (clean::line(&line.title), clean::line(&line.organiser_name));
        let detail = [Some(title), Some(organiser), organisation, people];
        Item {
            main: format!("{when} · {}", clean::line(&line.space_name)),
            details: vec![
                detail.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
            ],
            url: clean::token(&line.url),
            asks: false,
        }
    }

    fn to_decide(&self, line: &Line) -> Item {
        let mut item = self.item(line, &self.when(line));
        item.asks = true;
        item.details.extend(line.decide_by.map(|at| {
            let at = Arg::Until(at, self.notice.venue.zone);
            text(self.locale, "mail-digest-decide-by", &[("at", at)])
        }));
        item
    }

    /// Which calendar, why it can't be read, what its events meet.
    fn trouble(&self, one: &CalendarTrouble) -> Item {
        let say = |key: &str, named: &[(&'static str, Arg)]| text(self.locale, key, named);
        let mut details = Vec::new();
        if let Some(why) = &one.failing {
            details.push(match one.read_at {
                Some(at) => {
                    let at = Arg::Moment(at, self.notice.venue.zone);
                    say("mail-digest-calendar-failing", &[("at", at)])
                }
                None => say("mail-digest-calendar-never", &[]),
            });
            details.extend(find(self.locale, &format!("fetch-{why}"), &[]));
        }
        if one.conflicts > 0 {
            let count = [("count", Arg::Count(one.conflicts.into()))];
            details.push(say("mail-digest-calendar-conflicts", &count));
        }
        Item { main: clean::line(&one.name), details, url: clean::token(&one.url), asks: false }
    }

    fn when(&self, line: &Line) -> String {
        format::span_short(self.locale, line.starts_at, line.ends_at, self.notice.venue.zone)
    }

    /// Of today the hours alone.
    fn hours(&self, line: &Line) -> String {
        format::hours(self.locale, (line.starts_at, line.ends_at), self.notice.venue.zone, self.date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::samples;

    #[test]
    fn a_long_day_ends_in_a_count_and_an_empty_one_is_said_to_be() {
        let day = samples::digest();
        let many = DigestNotice { today: vec![day.today[0].clone(); MOST + 2], ..day.clone() };
        let letter = write(&many, Locale::Sl);
        assert_eq!(letter.sections[0].items.len(), MOST);
        assert_eq!(letter.sections[0].more.as_deref(), Some("… in še 2"));
        let none = DigestNotice { today: Vec::new(), news: Vec::new(), calendars: Vec::new(), ..day };
        let letter = write(&none, Locale::En);
        assert_eq!(letter.lead[1], "Nothing is reserved today.");
        assert_eq!(letter.sections.len(), 1);
    }

    #[test]
    fn the_number_of_reservations_is_counted_as_slovenian_counts() {
        let day = samples::digest();
        for (count, words) in [
            (0, "brez rezervacij"),
            (1, "1 rezervacija"),
            (2, "2 rezervaciji"),
            (3, "3 rezervacije"),
            (5, "5 rezervacij"),
            (101, "101 rezervacija"),
        ] {
            let notice = DigestNotice { today: vec![day.today[0].clone(); count], ..day.clone() };
            let subject = write(&notice, Locale::Sl).subject;
            assert_eq!(subject, format!("Layer House, 3. 11. 2026: {words}"));
        }
    }
}
