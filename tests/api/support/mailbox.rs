//! The test's mailbox: what the `file:` transport wrote, read as a mail reader would.

use std::{fs, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};

use super::TestApp;

/// A mail that arrived.
#[derive(Debug, Clone)]
pub struct Letter {
    pub to: String,
    /// As it travels: what is not ASCII is encoded.
    pub subject: String,
    /// The text part, decoded.
    pub text: String,
    /// The calendar part, decoded and unfolded; empty where there is none.
    pub calendar: String,
}

impl TestApp {
    /// The letters to an address so far, the oldest first.
    pub fn letters_to(&self, email: &str) -> Vec<Letter> {
        let Ok(files) = fs::read_dir(&self.mailbox) else { return Vec::new() };
        let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "eml"));
        paths.sort();
        let letters = paths.iter().map(|path| Letter::read(fs::read_to_string(path).unwrap()));
        letters.filter(|letter| letter.to == email).collect()
    }

    /// Waits until an address has received `count` letters, and returns them.
    pub async fn await_letters(&self, email: &str, count: usize) -> Vec<Letter> {
        for _ in 0..1000 {
            let letters = self.letters_to(email);
            if letters.len() >= count {
                return letters;
            }
            actix_web::rt::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{email} received {} letters in 10 s, not {count}", self.letters_to(email).len());
    }
}

impl Letter {
    fn read(source: String) -> Self {
        let (head, _) = source.split_once("\r\n\r\n").expect("a mail has a head and a body");
        let address =
            header(head, "To").rsplit_once('<').map(|(_, rest)| rest.trim_end_matches('>').to_owned());
        let calendar = part(&source, "text/calendar").unwrap_or_default().replace("\r\n ", "");
        Self {
            to: address.unwrap_or_else(|| header(head, "To")),
            subject: header(head, "Subject"),
            text: part(&source, "text/plain").expect("every mail has a text"),
            calendar,
        }
    }

    /// The token of the link in it.
    #[track_caller]
    pub fn token(&self) -> String {
        let (_, after) =
            self.text.split_once("#token=").unwrap_or_else(|| panic!("no link in {}", self.text));
        after.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_.~".contains(*c)).collect()
    }

    /// The six-digit code in it.
    #[track_caller]
    pub fn code(&self) -> String {
        let mut runs = self.text.split(|c: char| !c.is_ascii_alphanumeric());
        let code = runs.find(|run| run.len() == 6 && run.bytes().all(|b| b.is_ascii_digit()));
        code.unwrap_or_else(|| panic!("no code in {}", self.text)).to_owned()
    }
}

fn header(head: &str, name: &str) -> String {
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let value = unfolded.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    });
    value.unwrap_or_default()
}

/// The first part of this type, decoded.
fn part(source: &str, content_type: &str) -> Option<String> {
    let begin = source.find(&format!("Content-Type: {content_type}"))?;
    let start = source[..begin].rfind("\r\n--").map_or(0, |at| at + 2);
    let (head, body) = source[start..].split_once("\r\n\r\n")?;
    // A token may be folded before two hyphens; no encoded line begins as our boundaries do.
    let body = body.split_once("\r\n--=_").map_or(body, |(body, _)| body);
    let bytes = match header(head, "Content-Transfer-Encoding").to_ascii_lowercase().as_str() {
        "base64" => STANDARD.decode(body.replace("\r\n", "")).unwrap(),
        "quoted-printable" => quoted_printable(body),
        _ => body.as_bytes().to_vec(),
    };
    Some(String::from_utf8(bytes).unwrap())
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let text = text.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if let ([b'='], [high, low, after @ ..]) = ([*first].as_slice(), after) {
            let digits = [*high, *low];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
            rest = after;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    bytes
}
