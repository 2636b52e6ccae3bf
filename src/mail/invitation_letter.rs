//! The letter of an invitation: to what, by whom, until when, and that it is for who gets it alone. It goes to addresses
//! that did not ask for it, so what others call themselves is shown cut and without anything to open.

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
        InvitedRole::AcceptedMember => "mail-invitation-accepted-member-lead",
        InvitedRole::Member => "mail-invitation-member-lead",
        InvitedRole::Owner => "mail-invitation-owner-lead",
    };
    let say = |key: &str| text(locale, key, &[]);
    // What anybody may call an organisation is no headline in strangers' mailboxes.
    let vouched = notice.vouched || notice.role.in_organisation().is_none();
    let subject = if vouched { "mail-invitation-subject" } else { "mail-invitation-subject-unvouched" };
    let named = [("place", Arg::Text(clean::strange(&notice.place)))];
    Letter {
        subject: text(locale, subject, &named),
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
        (label("label-invited-by"), clean::strange(&terms.name)),
        (label("label-open-until"), format::until(locale, terms.until, terms.zone)),
    ]
}
