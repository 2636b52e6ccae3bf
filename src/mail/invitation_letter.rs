//! The letter of an invitation: to what, by whom, until when, and that it is for who gets it alone.

use super::{
    clean,
    invitation::{InvitationNotice, InvitedRole, Terms},
    letter::Letter,
};
use crate::{
    catalogue::{Arg, format, text},
    domain::locale::Locale,
};

pub(super) fn write(notice: &InvitationNotice, locale: Locale) -> Letter {
    let lead = match notice.role {
        InvitedRole::Manager => "mail-invitation-manager-lead",
        InvitedRole::Coordinator => "mail-invitation-coordinator-lead",
        InvitedRole::Member => "mail-invitation-member-lead",
        InvitedRole::Owner => "mail-invitation-owner-lead",
    };
    let say = |key: &str| text(locale, key, &[]);
    let named = [("place", Arg::Text(clean::line(&notice.place)))];
    Letter {
        subject: text(locale, "mail-invitation-subject", &named),
        heading: say("mail-invitation-heading"),
        lead: vec![text(locale, lead, &named)],
        facts: notice.terms.iter().flat_map(|terms| facts(terms, locale)).collect(),
        action: Some((say("mail-invitation-action"), clean::token(&notice.link))),
        notes: vec![say("mail-invitation-for-you"), say("mail-invitation-not-you")],
        signature: "Prostor".to_owned(),
        footer: say("mail-footer-account"),
        ..Letter::default()
    }
}

fn facts(terms: &Terms, locale: Locale) -> [(String, String); 2] {
    let label = |key: &str| text(locale, key, &[]);
    [
        (label("label-invited-by"), clean::line(&terms.name)),
        (label("label-open-until"), format::moment(locale, terms.until, terms.zone)),
    ]
}
