//! Public events: confirmed reservations that say of themselves, to everybody, what is on (DESIGN 8).
//!
//! [`Event`] is all that strangers may ever read of a reservation. Who organises it, for whom, how many come and
//! what was noted stand in no member of it, so nothing that is made of it can tell.

use serde::{Deserialize, Serialize};

use super::{
    ids::{ReservationId, SpaceId, VenueId},
    instant::{Instant, Interval},
    places::Address,
    zone::Zone,
};

/// What is on somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub id: ReservationId,
    /// It stood and stands no more; else it stands, goes on or is over.
    pub cancelled: bool,
    pub title: String,
    pub description: Option<String>,
    pub link: Option<String>,
    pub space: SpaceId,
    pub space_name: String,
    pub venue: VenueId,
    pub venue_name: String,
    pub address: Address,
    /// The venue's.
    pub contact_email: String,
    pub zone: Zone,
    pub interval: Interval,
    /// iTIP SEQUENCE.
    pub sequence: u32,
    /// Its network's data was made up.
    pub demo: bool,
    pub updated_at: Instant,
}

/// Where there is more about an event: an absolute `http` or `https` URI (RFC 3986) of at most
/// [`EventLink::MAX`] characters, in ASCII, without user information, which serves only to deceive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EventLink(String);

/// The text is no such link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a link beginning with https:// or http:// was expected, at most {} characters long", EventLink::MAX)]
pub struct InvalidLink;

impl InvalidLink {
    /// The stable code in `errors[]` of a problem.
    pub const fn code(self) -> &'static str {
        "not_a_link"
    }
}

impl EventLink {
    pub const MAX: usize = 500;
    /// The same rule for clients.
    pub const PATTERN: &str = "^https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?\
         ([/?#][A-Za-z0-9!#$%&'()*+,./:;=?@_~-]*)?$";

    /// # Errors
    /// [`InvalidLink`].
    pub fn new(text: &str) -> Result<Self, InvalidLink> {
        let rest =
            text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).ok_or(InvalidLink)?;
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let (host, port) = authority.split_once(':').unwrap_or((authority, "0"));
        let is_end = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let is_host = is_end(host.chars().next())
            && is_end(host.chars().next_back())
            && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
        let is_port = (1..=5).contains(&port.len()) && port.chars().all(|c| c.is_ascii_digit());
        let may_follow = |c: char| c.is_ascii_alphanumeric() || "!#$%&'()*+,./:;=?@_~-".contains(c);
        let is_link = text.len() <= Self::MAX && is_host && is_port && path.chars().all(may_follow);
        if is_link { Ok(Self(text.to_owned())) } else { Err(InvalidLink) }
    }
}

impl TryFrom<String> for EventLink {
    type Error = InvalidLink;

    fn try_from(text: String) -> Result<Self, InvalidLink> {
        Self::new(&text)
    }
}

impl From<EventLink> for String {
    fn from(link: EventLink) -> Self {
        link.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_web_and_nowhere_else() {
        for (text, good) in [
            ("https://layerjevahisa.example/program?dan=3#vecer", true),
            ("http://a", true),
            ("https://xn--ia-xma.example:8443", true),
            ("https://example.org/a%20b/@jazz", true),
            ("https://example.org?x", true),
            ("", false),
            ("https://", false),
            ("https://.example", false),
            ("https://example.", false),
            ("https:///program", false),
            ("HTTPS://example.org", false),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("ftp://example.org", false),
            ("//example.org", false),
            ("https://bank.example@evil.example/", false),
            ("https://user:pass@example.org", false),
            ("https://example.org:", false),
            ("https://example.org:123456", false),
            ("https://example.org:80a", false),
            ("https://hiša.example", false),
            ("https://example.org/a b", false),
            ("https://example.org/\"><script>", false),
            ("https://example.org/\r\nX:y", false),
            (" https://example.org", false),
            ("https://example.org\n", false),
        ] {
            assert_eq!(EventLink::new(text).is_ok(), good, "{text:?}");
        }
        let longest = format!("https://example.org/{}", "a".repeat(EventLink::MAX - 20));
        assert!(EventLink::new(&longest).is_ok());
        assert_eq!(EventLink::new(&format!("{longest}a")), Err(InvalidLink));
    }
}
