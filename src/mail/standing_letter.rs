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
            let mut letter = of_organisation("creative", organisation, grounds.as_deref(), link, locale);
            letter.lead.push(match until {
                Some(until) => text(locale, "mail-creative-until", &[("at", moment(until))]),
                None => text(locale, "mail-creative-lasting", &[]),
            });
            letter
        }
        Standing::Withdrawn { organisation, grounds, link } => {
            of_organisation("withdrawn", organisation, grounds.as_deref(), link, locale)
        }
        Standing::Ending { organisation, until, link } => {
            let named = [("organisation", Arg::Text(clean::line(organisation))), ("at", moment(until))];
            Letter { action: Some(action(link, locale)), ..plain("ending", &named, locale) }
        }
        Standing::HandedOver { organisation, gained, link } => {
            let name = if *gained { "handed-to" } else { "handed-from" };
            of_organisation(name, organisation, None, link, locale)
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
    Arg::Moment(until.at, until.zone)
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

#[cfg(test)]
pub(super) fn samples() -> Vec<(String, Standing)> {
    use super::{samples::at, standing::Part};

    let link = || "https://prostor.example/sign-in".to_owned();
    let organisation = || "Studio »Čmrlj«; <b>d. o. o.</b>".to_owned();
    let until = || Until { at: at("2027-12-31T23:00:00Z"), zone: chrono_tz::Tz::Europe__Ljubljana };
    let grounds = || Some("Studio za oblikovanje (akcijski načrt, ukrep 2).\n.\nLep pozdrav".to_owned());
    let mut all = vec![
        (
            "creative_confirmed".to_owned(),
            Standing::Confirmed {
                organisation: organisation(),
                until: Some(until()),
                grounds: grounds(),
                link: link(),
            },
        ),
        (
            "creative_confirmed_for_good".to_owned(),
            Standing::Confirmed { organisation: organisation(), until: None, grounds: None, link: link() },
        ),
        (
            "creative_withdrawn".to_owned(),
            Standing::Withdrawn { organisation: organisation(), grounds: grounds(), link: link() },
        ),
        (
            "creative_ending".to_owned(),
            Standing::Ending { organisation: organisation(), until: until(), link: link() },
        ),
        ("account_erased".to_owned(), Standing::Erased { link: "https://prostor.example".to_owned() }),
    ];
    for (name, gained) in [("handed_to", true), ("handed_from", false)] {
        let over = Standing::HandedOver { organisation: organisation(), gained, link: link() };
        all.push((name.to_owned(), over));
    }
    for &part in Part::ALL {
        let place = || "Layer House".to_owned();
        all.push((format!("given_{part}"), Standing::Given { place: place(), part, link: link() }));
        all.push((format!("taken_{part}"), Standing::Taken { place: place(), part, link: link() }));
    }
    all
}
