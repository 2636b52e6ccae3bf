//! A notice as a mail: text, HTML and calendar object in one MIME message (RFC 5322, RFC 2045, RFC 6047).
//!
//! Bodies are quoted-printable or base64 and headers encoded, so no line of theirs can begin an SMTP
//! command whatever a title holds (RUSTSEC-2026-0561). Nothing is random and no clock is read.

use std::{
    sync::LazyLock,
    time::{Duration, UNIX_EPOCH},
};

use lettre::{
    Address, Message,
    message::{
        Attachment, Body, Mailbox, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};
use minijinja::{AutoEscape, Environment, Value, context, syntax::SyntaxConfig};
use serde::{Deserialize, Serialize};

use super::{
    calendar::{self, Method},
    clean,
    letter::{self, Item, Letter, Section},
    notice::Notice,
    series::SeriesEvent,
    series_calendar,
};
use crate::{
    catalogue::text,
    domain::{instant::Instant, locale::Locale},
};

/// Whom a mail is for, and in which language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    pub name: String,
    pub email: String,
    pub locale: Locale,
}

/// Whom mails are from, by configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    pub name: String,
    pub email: String,
}

/// A mail ready to be sent, as often as it takes: the bytes are always the same.
#[derive(Debug, Clone)]
pub struct Composed {
    pub subject: String,
    /// Without angle brackets.
    pub message_id: String,
    pub date: Instant,
    pub(super) message: Message,
}

impl Composed {
    /// The whole message, lines ending in CRLF.
    pub fn bytes(&self) -> Vec<u8> {
        self.message.formatted()
    }
}

/// Why no mail can be made of a notice. Trying again would not help.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    #[error("`{0}` is not a mail address")]
    Address(String),
    #[error("`{0}` can't be a Message-ID")]
    MessageId(String),
    #[error("a template failed: {0}")]
    Template(#[from] minijinja::Error),
    #[error("the message can't be built: {0}")]
    Message(#[from] lettre::error::Error),
}

/// Makes the mail. `message_id` (`left@right`) is the same whenever the notice is sent again, `date` is
/// when the notice was made.
pub fn compose(
    notice: &Notice,
    to: &Recipient,
    from: &Sender,
    message_id: &str,
    date: Instant,
) -> Result<Composed, ComposeError> {
    let letter = letter::write(notice, to.locale);
    let recipient = mailbox(&to.name, &to.email)?;
    let since_epoch = Duration::from_secs(date.unix().max(0).unsigned_abs());
    let mut builder = Message::builder()
        .from(mailbox(&from.name, &from.email)?)
        .to(recipient)
        .subject(letter.subject.clone())
        .date(UNIX_EPOCH + since_epoch)
        .message_id(Some(format!("<{}>", checked_id(message_id)?)))
        // RFC 3834: no vacation notices in answer.
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("Content-Language", to.locale.tag()));
    if let Some(reply_to) = reply_to(notice) {
        builder = builder.reply_to(reply_to);
    }
    for (name, value) in letter.stop.iter().flat_map(|url| unsubscribing(url)) {
        builder = builder.raw_header(header(name, &value));
    }
    let message = builder.multipart(body(notice, &letter, to, message_id)?)?;
    Ok(Composed { subject: letter.subject, message_id: message_id.to_owned(), date, message })
}

/// mixed(alternative(text, HTML, calendar), invite.ics); without a calendar object the alternatives alone.
fn body(notice: &Notice, letter: &Letter, to: &Recipient, id: &str) -> Result<MultiPart, ComposeError> {
    let alternative = MultiPart::alternative()
        .boundary(boundary("alternative", id))
        .singlepart(part("text/plain; charset=utf-8", render("letter.txt", letter, to)?))
        .singlepart(part("text/html; charset=utf-8", render("letter.html", letter, to)?));
    let Some((object, method)) = invitation(notice) else {
        return Ok(alternative);
    };
    let media_type = format!("text/calendar; charset=utf-8; method={}", method.name());
    let alternative = alternative.singlepart(part(&media_type, object.clone()));
    let file = encoded(object, ContentTransferEncoding::Base64);
    let attachment =
        Attachment::new("invite.ics".to_owned()).body(file, media("application/ics; name=\"invite.ics\""));
    let mixed = MultiPart::mixed().boundary(boundary("mixed", id));
    let mixed = mixed.multipart(alternative).singlepart(attachment);
    Ok(match series_file(notice) {
        Some(file) => mixed.singlepart(file),
        None => mixed,
    })
}

/// The whole series as a file to open, where it has occurrences that Outlook drops from an invitation.
fn series_file(notice: &Notice) -> Option<SinglePart> {
    let Notice::Series(notice) = notice else { return None };
    let file = encoded(series_calendar::file(notice)?, ContentTransferEncoding::Base64);
    let media_type = media("text/calendar; charset=utf-8; method=PUBLISH; name=\"series.ics\"");
    Some(Attachment::new("series.ics".to_owned()).body(file, media_type))
}

/// The calendar object a notice carries (DESIGN 6).
fn invitation(notice: &Notice) -> Option<(String, Method)> {
    if let Notice::Series(notice) = notice {
        return series_calendar::invitation(notice);
    }
    let (reservation, method) = match notice {
        Notice::ReservationConfirmed { reservation }
        | Notice::ReservationChanged { reservation, .. }
        | Notice::ReservationApproved { reservation } => (reservation, Method::Request),
        Notice::ReservationCancelled { reservation, invited: true, .. } => (reservation, Method::Cancel),
        _ => return None,
    };
    Some((calendar::object(reservation, method), method))
}

/// Answers go to the venue; the staff's, and those of an organisation's owners, go to who asked. An address that can't be read gets none: the
/// letter is worth more than its way back.
fn reply_to(notice: &Notice) -> Option<Mailbox> {
    if let Notice::JoinAsked { name, email, .. } = notice {
        return mailbox(name, email).ok();
    }
    let view = notice.reservation()?;
    let (name, email) = match notice {
        Notice::RequestToDecide { .. } => (&view.organiser_name, &view.organiser_email),
        Notice::Series(notice) if notice.what == SeriesEvent::ToDecide => {
            (&view.organiser_name, &view.organiser_email)
        }
        _ => (&view.venue.name, &view.venue.contact_email),
    };
    mailbox(name, email).ok()
}

/// How to do without such mails (RFC 2369), with one click where the way there is safe (RFC 8058, 3.1).
fn unsubscribing(url: &str) -> Vec<(&'static str, String)> {
    let mut headers = vec![("List-Unsubscribe", format!("<{url}>"))];
    if url.starts_with("https://") {
        headers.push(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    headers
}

fn mailbox(name: &str, email: &str) -> Result<Mailbox, ComposeError> {
    let address: Address = email.parse().map_err(|_| ComposeError::Address(clean::line(email)))?;
    let name = clean::line(name);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), address))
}

fn checked_id(id: &str) -> Result<&str, ComposeError> {
    let sound = id.split_once('@').is_some_and(|(left, right)| !left.is_empty() && !right.is_empty())
        && id.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>'));
    if sound { Ok(id) } else { Err(ComposeError::MessageId(clean::line(id))) }
}

/// `=_` occurs in neither quoted-printable nor base64, so no body can contain a boundary (RFC 2045, 6.7).
fn boundary(kind: &str, id: &str) -> String {
    let id: String = id.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    format!("=_{kind}_{id}")
}

fn part(media_type: &str, body: String) -> SinglePart {
    let body = encoded(body, ContentTransferEncoding::QuotedPrintable);
    SinglePart::builder().content_type(media(media_type)).body(body)
}

/// Only ever quoted-printable or base64; lettre would choose 7bit for plain letters.
fn encoded(body: String, encoding: ContentTransferEncoding) -> Body {
    Body::new_with_encoding(body, encoding).expect("quoted-printable and base64 carry any text")
}

fn media(media_type: &str) -> ContentType {
    ContentType::parse(media_type).expect("the media types are this file's own")
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    templates.set_syntax(syntax());
    templates.set_auto_escape_callback(|name| {
        if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
    });
    for (name, source) in [
        ("letter.txt", include_str!("templates/letter.txt")),
        ("letter.html", include_str!("templates/letter.html")),
    ] {
        templates.add_template(name, source).expect("embedded templates parse: every test renders them");
    }
    templates
});

/// Lines of block tags alone leave nothing behind.
fn syntax() -> SyntaxConfig {
    SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
        .expect("the delimiters are the common ones")
}

/// A section as its templates read it.
fn shown(section: &Section) -> Value {
    let line = |item: &Item| {
        let Item { main, details, url, asks } = item.clone();
        context! { main, details, url, asks }
    };
    let lines = section.items.iter().map(line).collect::<Vec<_>>();
    context! { heading => section.heading.as_str(), lines, more => section.more.as_deref() }
}

fn render(template: &str, letter: &Letter, to: &Recipient) -> Result<String, ComposeError> {
    let name = clean::line(&to.name);
    let greeting = if name.is_empty() {
        text(to.locale, "mail-greeting-plain", &[])
    } else {
        text(to.locale, "mail-greeting", &[("name", name.into())])
    };
    let fact = |(label, value): &(String, String)| context! { label, value };
    let block = |(label, value): &(String, String)| {
        context! { label, lines => value.lines().map(Value::from).collect::<Vec<_>>() }
    };
    let rendered = TEMPLATES.get_template(template)?.render(context! {
        locale => to.locale.tag(),
        subject => letter.subject.as_str(),
        heading => letter.heading.as_str(),
        greeting,
        lead => letter.lead.clone(),
        code => letter.code.clone(),
        code_label => text(to.locale, "mail-code", &[]),
        facts => letter.facts.iter().map(fact).collect::<Vec<_>>(),
        blocks => letter.blocks.iter().map(block).collect::<Vec<_>>(),
        sections => letter.sections.iter().map(shown).collect::<Vec<_>>(),
        stop => letter.stop.as_deref(),
        stop_label => text(to.locale, "mail-stop", &[]),
        action => letter.action.as_ref().map(|(label, url)| context! { label, url }),
        fallback => text(to.locale, "mail-link-fallback", &[]),
        notes => letter.notes.clone(),
        closing => text(to.locale, "mail-closing", &[]),
        signature => letter.signature.as_str(),
        footer => letter.footer.as_str(),
    })?;
    Ok(clean::block(&rendered))
}

#[cfg(test)]
mod tests;
