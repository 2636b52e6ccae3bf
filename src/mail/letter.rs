//! A notice put into words: the parts of a letter, in the reader's language and the venue's time.
//!
//! Which parts a notice has is decided here, their wording in `locales/`, their look in `templates/`.

use chrono_tz::Tz;

use super::{
    clean, digest_letter, invitation_letter,
    notice::{
        CalendarStatus, Cause, CheckInView, EquipmentView, Notice, Previous, Price, ReservationView,
        SecurityEvent,
    },
    series_letter, standing_letter,
};
use crate::{
    catalogue::{Arg, find, format, text},
    domain::{instant::Instant, locale::Locale},
};

/// What a letter consists of; its templates show each part that is there.
#[derive(Debug, Default)]
pub(super) struct Letter {
    pub subject: String,
    pub heading: String,
    /// Paragraphs before the facts.
    pub lead: Vec<String>,
    pub code: Option<String>,
    /// Label and value, each of one line.
    pub facts: Vec<(String, String)>,
    /// Label and a text of several lines.
    pub blocks: Vec<(String, String)>,
    pub sections: Vec<Section>,
    /// What the button says, and where it leads.
    pub action: Option<(String, String)>,
    /// Paragraphs after the action.
    pub notes: Vec<String>,
    pub signature: String,
    pub footer: String,
    /// Where one does without such letters.
    pub stop: Option<String>,
}

/// A list under a heading of its own.
#[derive(Debug)]
pub(super) struct Section {
    pub heading: String,
    pub items: Vec<Item>,
    /// Said of what is left out.
    pub more: Option<String>,
}

/// One of a list.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub main: String,
    /// Each on a line of its own.
    pub details: Vec<String>,
    pub url: String,
    /// It wants something of the reader, so that the plain text shows the address too.
    pub asks: bool,
}

pub(super) fn write(notice: &Notice, locale: Locale) -> Letter {
    let say = |key: &str| text(locale, key, &[]);
    let mut letter = match notice {
        Notice::SignIn { link, code, minutes } => sign_in(link, code, *minutes, locale),
        Notice::VerifyAddress { link, code, hours } => Letter {
            code: Some(clean::line(code)),
            notes: vec![
                text(locale, "mail-verify-validity", &[("hours", Arg::Count((*hours).into()))]),
                say("mail-verify-not-you"),
            ],
            ..account("verify", link, locale)
        },
        Notice::AddressAlreadyKnown { link } => {
            Letter { notes: vec![say("mail-known-not-you")], ..account("known", link, locale) }
        }
        Notice::ConfirmAddress { link, code, hours } => confirm_address(link, code, *hours, locale),
        Notice::AddressChanged { link, days } => address_changed(link, *days, locale),
        Notice::Security { event, link } => security(*event, link, locale),
        Notice::Invitation(notice) => invitation_letter::write(notice, locale),
        Notice::JoinAsked { organisation, name, email, message, link } => {
            join_asked(&organisation.name, (name, email), message.as_deref(), link, locale)
        }
        Notice::JoinAnswered { organisation, accepted, link } => joining(
            if *accepted { "join-accepted" } else { "join-declined" },
            &organisation.name,
            link,
            locale,
        ),
        Notice::ReservationConfirmed { reservation } => booked("confirmed", reservation, locale),
        Notice::ReservationApproved { reservation } => booked("approved", reservation, locale),
        Notice::ReservationDeclined { reservation, lapsed } => refused("", *lapsed, reservation, locale),
        Notice::ChangeDeclined { reservation, lapsed } => refused("change-", *lapsed, reservation, locale),
        Notice::ReservationNoShow { reservation } => booked("no-show", reservation, locale),
        Notice::HeadcountAsked { reservation, link, .. } => ask_heads(reservation, link, locale),
        Notice::ReservationReminder { reservation, .. } => booked("reminder", reservation, locale),
        Notice::Digest(notice) => digest_letter::write(notice, locale),
        Notice::ChangeRequested { reservation, decide_by } => {
            requested("change-requested", reservation, *decide_by, locale)
        }
        Notice::SlotOffered { reservation, until } => requested("offered", reservation, *until, locale),
        Notice::ReservationChanged { reservation, previous } => {
            changed(reservation, previous.as_ref(), locale)
        }
        Notice::ReservationCancelled { reservation, by_venue, cause, .. } => {
            cancelled(reservation, *cause, *by_venue, locale)
        }
        Notice::ReservationRequested { reservation, decide_by } => {
            requested("requested", reservation, *decide_by, locale)
        }
        Notice::RequestToDecide { reservation, decide_by, waiting_since } => {
            to_decide(reservation, (*decide_by, *waiting_since), locale)
        }
        Notice::Standing(standing) => standing_letter::write(standing, locale),
        Notice::Series(notice) => series_letter::write(notice, locale),
    };
    letter.subject = clean::line(&letter.subject);
    letter.stop = notice.stop().map(clean::token);
    letter
}

/// A letter about somebody's account: `mail-<name>-…`.
fn account(name: &str, link: &str, locale: Locale) -> Letter {
    let part = |part: &str| text(locale, &format!("mail-{name}-{part}"), &[]);
    Letter {
        subject: part("subject"),
        heading: part("heading"),
        lead: vec![part("lead")],
        action: Some((part("action"), clean::token(link))),
        signature: "Prostor".to_owned(),
        footer: text(locale, "mail-footer-account", &[]),
        ..Letter::default()
    }
}

fn sign_in(link: &str, code: &str, minutes: u32, locale: Locale) -> Letter {
    let valid = text(locale, "mail-sign-in-validity", &[("minutes", Arg::Count(minutes.into()))]);
    Letter {
        code: Some(clean::line(code)),
        notes: vec![valid, text(locale, "mail-sign-in-not-you", &[])],
        ..account("sign-in", link, locale)
    }
}

fn confirm_address(link: &str, code: &str, hours: u32, locale: Locale) -> Letter {
    let valid = text(locale, "mail-verify-validity", &[("hours", Arg::Count(hours.into()))]);
    Letter {
        code: Some(clean::line(code)),
        notes: vec![valid, text(locale, "mail-confirm-address-not-you", &[])],
        ..account("confirm-address", link, locale)
    }
}

fn address_changed(link: &str, days: u32, locale: Locale) -> Letter {
    let valid = text(locale, "mail-address-changed-validity", &[("days", Arg::Count(days.into()))]);
    let notes = vec![valid, text(locale, "mail-address-changed-you", &[])];
    Letter { notes, ..account("address-changed", link, locale) }
}

/// `mail-<event>-…`, with what to do if it was somebody else.
fn security(event: SecurityEvent, link: &str, locale: Locale) -> Letter {
    let name = event.as_str().replace('_', "-");
    let notes = vec![text(locale, &format!("mail-{name}-not-you"), &[])];
    Letter { notes, ..account(&name, link, locale) }
}

/// A letter about joining an organisation: `mail-<name>-…`.
fn joining(name: &str, organisation: &str, link: &str, locale: Locale) -> Letter {
    let named = [("organisation", Arg::Text(clean::line(organisation)))];
    let part = |part: &str| text(locale, &format!("mail-{name}-{part}"), &named);
    Letter {
        subject: part("subject"),
        heading: part("heading"),
        lead: vec![part("lead")],
        action: Some((part("action"), clean::token(link))),
        signature: "Prostor".to_owned(),
        footer: text(locale, "mail-footer-account", &[]),
        ..Letter::default()
    }
}

/// Who asks, and what they say of it.
fn join_asked(
    organisation: &str,
    (name, email): (&str, &str),
    message: Option<&str>,
    link: &str,
    locale: Locale,
) -> Letter {
    let who = format!("{} <{}>", clean::line(name), clean::token(email));
    let words =
        message.map(|words| (text(locale, "label-words", &[]), clean::block(words).trim().to_owned()));
    Letter {
        facts: vec![(text(locale, "label-person", &[]), who)],
        blocks: words.into_iter().collect(),
        notes: vec![text(locale, "mail-join-asked-unknown", &[])],
        ..joining("join-asked", organisation, link, locale)
    }
}

/// A request, or one for a change, that was declined, or that nobody decided in time.
fn refused(what: &str, lapsed: bool, reservation: &ReservationView, locale: Locale) -> Letter {
    booked(&format!("{what}{}", if lapsed { "lapsed" } else { "declined" }), reservation, locale)
}

/// A letter about a reservation: `mail-<name>-…` with its facts.
fn booked(name: &str, view: &ReservationView, locale: Locale) -> Letter {
    let space = clean::line(&view.space_name);
    let when = format::span_short(locale, view.starts_at, view.ends_at, view.venue.zone);
    let about = [
        ("space", Arg::Text(space)),
        ("when", when.into()),
        ("organiser", Arg::Text(clean::line(&view.organiser_name))),
    ];
    let part = |part: &str| text(locale, &format!("mail-{name}-{part}"), &about);
    let venue = clean::line(&view.venue.name);
    let (manage, notes) = managing(view, name == "no-show", locale);
    Letter {
        subject: part("subject"),
        heading: part("heading"),
        lead: vec![part("lead")],
        facts: facts(view, locale),
        blocks: blocks(view, locale),
        action: Some((part("action"), manage)),
        notes,
        signature: venue.clone(),
        footer: text(locale, "mail-footer-venue", &[("venue", venue.into())]),
        ..Letter::default()
    }
}

/// Where one's own reservation is to be managed, and what to know of a link that opens it without signing in.
pub(super) fn managing(view: &ReservationView, over: bool, locale: Locale) -> (String, Vec<String>) {
    // What was given up can only be looked at.
    let over = over || view.status == CalendarStatus::Cancelled;
    let note = if over { "mail-look-note" } else { "mail-manage-note" };
    let note = view.manage_link.as_ref().map(|_| text(locale, note, &[]));
    (clean::token(view.manage_link.as_ref().unwrap_or(&view.manage_url)), note.into_iter().collect())
}

fn changed(view: &ReservationView, previous: Option<&Previous>, locale: Locale) -> Letter {
    let mut letter = booked("changed", view, locale);
    if let Some(was) = previous {
        let when = format::span(locale, was.starts_at, was.ends_at, view.venue.zone);
        let before = format!("{}, {when}", clean::line(&was.space_name));
        letter.facts.insert(2, (text(locale, "label-before", &[]), before));
    }
    letter
}

/// The button leads to where the number can be told.
fn ask_heads(view: &ReservationView, link: &str, locale: Locale) -> Letter {
    let letter = booked("headcount", view, locale);
    let action = letter.action.map(|(label, _)| (label, clean::token(link)));
    Letter { action, ..letter }
}

/// To whoever asked: until when an answer can be expected.
fn requested(name: &str, view: &ReservationView, decide_by: Option<Instant>, locale: Locale) -> Letter {
    let mut letter = booked(name, view, locale);
    letter.lead.extend(decide_by.map(|at| {
        let at = Arg::Until(at, view.venue.zone);
        text(locale, &format!("mail-{name}-decide-by"), &[("at", at)])
    }));
    letter
}

fn cancelled(view: &ReservationView, cause: Option<Cause>, by_venue: bool, locale: Locale) -> Letter {
    let mut letter = booked("cancelled", view, locale);
    if by_venue {
        letter.lead = vec![text(locale, "mail-cancelled-by-venue-lead", &[])];
        letter.lead.extend(cause.map(|cause| {
            let key = match cause {
                Cause::Hours => "mail-cancelled-for-hours",
                Cause::Archived => "mail-cancelled-for-archive",
                Cause::Units => "mail-cancelled-for-units",
                Cause::Layouts => "mail-cancelled-for-layouts",
            };
            text(locale, key, &[])
        }));
    }
    letter
}

/// To the venue's staff: who asks, and for whom, stands before the other facts, and the answer goes to them.
fn to_decide(
    view: &ReservationView,
    (decide_by, waiting_since): (Option<Instant>, Option<Instant>),
    locale: Locale,
) -> Letter {
    let name = if waiting_since.is_some() { "still-to-decide" } else { "decide" };
    let mut letter = booked(name, view, locale);
    who_asks_first(&mut letter.facts, view, locale);
    let moment = |label, at: Option<Instant>, write: fn(Locale, Instant, Tz) -> String| {
        at.map(|at| (text(locale, label, &[]), write(locale, at, view.venue.zone)))
    };
    letter.facts.extend(moment("label-waiting-since", waiting_since, format::moment));
    letter.facts.extend(moment("label-decide-by", decide_by, format::until));
    letter.signature = "Prostor".to_owned();
    letter.footer = text(locale, "mail-footer-request", &[]);
    letter
}

/// For whoever decides.
pub(super) fn who_asks_first(facts: &mut Vec<(String, String)>, view: &ReservationView, locale: Locale) {
    let label = |label| text(locale, label, &[]);
    let for_whom = label("label-organisation");
    if let Some(at) = facts.iter().position(|(label, _)| *label == for_whom) {
        facts[..=at].rotate_right(1);
    }
    let who = format!("{} <{}>", clean::line(&view.organiser_name), clean::token(&view.organiser_email));
    facts.insert(0, (label("label-organiser"), who));
}

fn facts(view: &ReservationView, locale: Locale) -> Vec<(String, String)> {
    let when = format::span(locale, view.starts_at, view.ends_at, view.venue.zone);
    facts_with(view, when, view.id.to_string(), locale)
}

/// The same with other words on when it is and how it is called.
pub(super) fn facts_with(
    view: &ReservationView,
    when: String,
    reference: String,
    locale: Locale,
) -> Vec<(String, String)> {
    let purpose = find(locale, &format!("purpose-{}", view.purpose), &[]);
    let money = |price: &Option<Price>| {
        price.as_ref().map(|price| format::money(locale, price.minor, &price.currency))
    };
    let attendees = view.attendees.map(|count| count.to_string());
    let item = |some: &EquipmentView| {
        let named = [("name", some.name.as_str().into()), ("count", Arg::Count(some.quantity.into()))];
        text(locale, "mail-equipment", &named)
    };
    let equipment: Vec<String> = view.equipment.iter().map(item).collect();
    [
        ("label-space", Some(view.space_name.clone())),
        ("label-when", Some(when)),
        ("label-units", Some(view.unit_labels.join(", "))),
        ("label-equipment", Some(equipment.join(", "))),
        ("label-venue", Some(view.venue.name.clone())),
        ("label-address", Some(view.venue.address.clone())),
        ("label-title", Some(view.title.clone())),
        ("label-purpose", Some(purpose.unwrap_or_else(|| view.purpose.clone()))),
        ("label-organisation", view.organisation.as_ref().map(|one| one.name.clone())),
        ("label-attendees", attendees),
        ("label-price", money(&view.price)),
        ("label-fee", money(&view.fee)),
        ("label-change-fee", money(&view.change_fee)),
        ("label-reference", Some(reference)),
    ]
    .into_iter()
    .filter_map(|(label, value)| {
        let value = clean::line(&value?);
        (!value.is_empty()).then(|| (text(locale, label, &[]), value))
    })
    .collect()
}

pub(super) fn blocks(view: &ReservationView, locale: Locale) -> Vec<(String, String)> {
    let check_in = view.check_in.as_ref().map(|how| check_in(how, view, locale));
    let check_in = ("label-check-in", check_in.as_deref());
    [("label-message", view.message.as_deref()), check_in, ("label-access", view.access())]
        .into_iter()
        .filter_map(|(label, value)| {
            let value = clean::block(value?).trim().to_owned();
            (!value.is_empty()).then(|| (text(locale, label, &[]), value))
        })
        .collect()
}

/// When to check in, then by which link and code, each on a line of its own.
fn check_in(how: &CheckInView, view: &ReservationView, locale: Locale) -> String {
    let when = format::span(locale, how.opens_at, how.closes_at, view.venue.zone);
    let code = [("code", Arg::Text(clean::line(&how.code)))];
    [
        text(locale, "mail-check-in-when", &[("when", when.into())]),
        text(locale, "mail-check-in-link", &[]),
        clean::token(&how.link),
        text(locale, "mail-check-in-code", &code),
    ]
    .join("\n")
}
