//! Every letter that is sent, as the library's own tests have them, and how each can be spoilt.

use prostor::mail::{
    compose::{Composed, Recipient, Sender, compose},
    digest, invitation,
    notice::{self, Notice},
    organisation, series, standing,
};

#[path = "../../src/mail/samples.rs"]
mod samples;
#[path = "../../src/mail/series_samples.rs"]
mod series_samples;
#[path = "../../src/mail/spoilt.rs"]
mod spoilt;
#[path = "../../src/mail/standing_samples.rs"]
mod standing_samples;

use crate::domain::locale::Locale;

/// What could end a line, a component or a mail before its time.
pub fn wicked() -> impl Iterator<Item = &'static str> {
    spoilt::WICKED.into_iter()
}

/// The names of a calendar's properties and components, in order; no line end stands alone.
pub fn properties(calendar: &str) -> Vec<String> {
    assert!(!calendar.replace("\r\n", "").contains(['\r', '\n', '\0']), "{calendar:?}");
    let framed = |line: &str| line.starts_with("BEGIN:") || line.starts_with("END:");
    let name =
        |line: &str| if framed(line) { line } else { line.split([':', ';']).next().unwrap() }.to_owned();
    calendar.replace("\r\n ", "").split("\r\n").map(name).collect()
}

/// Every letter in every language.
pub fn all() -> impl Iterator<Item = (String, Composed)> {
    let in_each = |(name, notice): (String, Notice)| {
        Locale::ALL.map(|locale| (format!("{name}.{}", locale.tag()), mail(&notice, "Ana Novak", locale)))
    };
    notices().into_iter().flat_map(in_each)
}

/// What every letter tells, by name.
pub fn notices() -> Vec<(String, Notice)> {
    samples::all()
}

/// The letter with each of these texts wherever somebody could have written one.
pub fn each_spoilt(notice: &Notice) -> impl Iterator<Item = (&'static str, Composed)> {
    let with = |wicked| (wicked, mail(&spoilt::spoilt(notice, wicked).0, wicked, Locale::Sl));
    spoilt::WICKED.into_iter().map(with)
}

fn mail(notice: &Notice, name: &str, locale: Locale) -> Composed {
    let to = Recipient { name: name.to_owned(), email: "joze@primer.example".to_owned(), locale };
    let from = Sender { name: name.to_owned(), email: "prostor@prostor.example".to_owned() };
    compose(notice, &to, &from, "msg_1@prostor.example", samples::at("2026-10-20T07:15:00Z")).unwrap()
}
