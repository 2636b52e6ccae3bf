//! Changes of parts, confirmations and accounts put into words: `mail-<change>-…`.

use super::{
    clean,
    letter::Letter,
    standing::{Standing, Until},
};
use crate::{
    catalogue::{Arg, text},
    domain::locale::Locale,
};

pub(super) fn write(standing: &Standing, locale: Locale) -> Letter {
    match standing {
        Standing::Confirmed { organisation, until, grounds, link } => {
            let mut letter =
                of_organisation("creative", &organisation.name, grounds.as_deref(), link, locale);
            letter.lead.push(match until {
                Some(until) => text(locale, "mail-creative-until", &[("at", moment(until))]),
                None => text(locale, "mail-creative-lasting", &[]),
            });
            letter
        }
        Standing::Withdrawn { organisation, grounds, link } => {
            of_organisation("withdrawn", &organisation.name, grounds.as_deref(), link, locale)
        }
        Standing::Ending { organisation, until, link } => {
            let named = [("organisation", Arg::Text(clean::line(&organisation.name))), ("at", moment(until))];
            Letter { action: Some(action(link, locale)), ..plain("ending", &named, locale) }
        }
        Standing::HandedOver { organisation, gained, link } => {
            let name = if *gained { "handed-to" } else { "handed-from" };
            of_organisation(name, &organisation.name, None, link, locale)
        }
        Standing::Member { organisation, change, link } => {
            of_organisation(&format!("organisation-{change}"), &organisation.name, None, link, locale)
        }
        Standing::Given { place, part, link } => of_part(&format!("given-{part}"), place, link, locale),
        Standing::Taken { place, part, link } => of_part(&format!("taken-{part}"), place, link, locale),
        Standing::Erased { link } => {
            let notes = vec![text(locale, "mail-erased-again", &[("link", Arg::Text(clean::token(link)))])];
            Letter { notes, ..plain("erased", &[], locale) }
        }
    }
}

fn moment(until: &Until) -> Arg {
    Arg::Until(until.at, until.zone)
}

fn action(link: &str, locale: Locale) -> (String, String) {
    (text(locale, "mail-standing-action", &[]), clean::token(link))
}

fn plain(name: &str, named: &[(&'static str, Arg)], locale: Locale) -> Letter {
    let part = |part: &str| text(locale, &format!("mail-{name}-{part}"), named);
    Letter {
        subject: part("subject"),
        heading: part("heading"),
        lead: vec![part("lead")],
        signature: "Prostor".to_owned(),
        footer: text(locale, "mail-footer-account", &[]),
        ..Letter::default()
    }
}

fn of_organisation(
    name: &str,
    organisation: &str,
    grounds: Option<&str>,
    link: &str,
    locale: Locale,
) -> Letter {
    let named = [("organisation", Arg::Text(clean::line(organisation)))];
    let grounds = grounds.map(|grounds| clean::block(grounds).trim().to_owned());
    let grounds = grounds.filter(|grounds| !grounds.is_empty());
    Letter {
        blocks: grounds.map(|grounds| (text(locale, "label-grounds", &[]), grounds)).into_iter().collect(),
        action: Some(action(link, locale)),
        ..plain(name, &named, locale)
    }
}

fn of_part(name: &str, place: &str, link: &str, locale: Locale) -> Letter {
    let named = [("place", Arg::Text(clean::line(place)))];
    Letter { action: Some(action(link, locale)), ..plain(name, &named, locale) }
}
