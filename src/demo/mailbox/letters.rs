//! The folder's mails, read as they were written: `.eml` files whose names begin with their time.

use std::{fs, io, path::Path};

use mail_parser::{Address, DateTime, Message, MessageParser, MimeHeaders};

/// So many are listed.
const MOST: usize = 200;
/// Nothing the service writes is larger, octets.
const LARGEST: u64 = 4 << 20;

/// A mail, decoded.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    pub file: String,
    pub subject: String,
    pub from: String,
    pub to: String,
    /// RFC 3339; `shown` is for people.
    pub date: String,
    pub shown: String,
    pub text: String,
    /// Its HTML, as it is.
    pub page: Option<String>,
    /// The attached calendar object.
    pub invite: Option<Vec<u8>>,
}

/// The newest mails, and how many there are. A folder that is not there yet is an empty one.
///
/// # Errors
/// When the folder can't be read.
pub(super) fn newest(folder: &Path) -> io::Result<(Vec<Letter>, usize)> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((Vec::new(), 0)),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        files.extend(name.to_str().filter(|name| is_mail(name)).map(str::to_owned));
    }
    files.sort_unstable_by(|one, other| other.cmp(one));
    let all = files.len();
    // One that has just been replaced or removed is left out.
    Ok((files.iter().take(MOST).filter_map(|file| read(folder, file)).collect(), all))
}

/// A mail by its file's name; `None` when there is none of that name or it can't be read.
pub(super) fn read(folder: &Path, file: &str) -> Option<Letter> {
    parse(file, &bytes(folder, file)?)
}

/// The file as it is.
pub(super) fn bytes(folder: &Path, file: &str) -> Option<Vec<u8>> {
    let path = is_mail(file).then(|| folder.join(file))?;
    let about = fs::symlink_metadata(&path).ok()?;
    if !about.is_file() || about.len() > LARGEST {
        return None;
    }
    fs::read(path).ok()
}

/// As the transport names its files; nothing that leads out of the folder.
fn is_mail(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'@');
    name.ends_with(".eml") && !name.starts_with('.') && name.bytes().all(plain)
}

fn parse(file: &str, bytes: &[u8]) -> Option<Letter> {
    let message = MessageParser::default().parse(bytes)?;
    let date = message.date();
    let has_page = message.html_part(0).is_some_and(|part| part.is_text_html());
    let page = has_page.then(|| message.body_html(0)).flatten();
    Some(Letter {
        file: file.to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        from: people(message.from()),
        to: people(message.to()),
        date: date.map(DateTime::to_rfc3339).unwrap_or_default(),
        shown: date.map(shown).unwrap_or_default(),
        text: message.body_text(0).map(std::borrow::Cow::into_owned).unwrap_or_default(),
        page: page.map(std::borrow::Cow::into_owned),
        invite: invite(&message),
    })
}

fn people(addresses: Option<&Address<'_>>) -> String {
    let shown = addresses.into_iter().flat_map(Address::iter).map(|one| match (one.name(), one.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => address.or(name).unwrap_or_default().to_owned(),
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// `2026-11-21 23:05 UTC`
fn shown(date: &DateTime) -> String {
    let DateTime { year, month, day, hour, minute, .. } = date;
    format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02} UTC")
}

fn invite(message: &Message<'_>) -> Option<Vec<u8>> {
    let mut attached = message.attachments();
    let invite = attached.find(|part| part.attachment_name() == Some("invite.ics"))?;
    Some(invite.contents().to_vec())
}
