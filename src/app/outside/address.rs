//! The address of an outside calendar: what of it is refused before anybody is asked for it. Where its name leads is
//! looked at when it is fetched (`fetch`), each time anew.

use url::{Host, Url};

use crate::{
    app::error::Error,
    domain::public_address::{is_local_name, is_public},
};

/// Characters.
const LONGEST: usize = 2000;

/// Whether the operator lets calendars lie in a private network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    /// Public addresses alone, at the ports of the web.
    #[default]
    Public,
    /// Whatever this machine reaches.
    Everywhere,
}

/// The address, in the one form of the URL standard: however an IPv4 address is written (decimal, octal, hexadecimal,
/// short), it is one here. `webcal` is `https`.
///
/// # Errors
/// `not_a_calendar_address`, `address_not_public`.
pub fn parse(text: &str, reach: Reach) -> Result<Url, &'static str> {
    const NONE: &str = "not_a_calendar_address";
    let text = text.trim();
    if text.chars().count() > LONGEST || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(NONE);
    }
    let lower = text.get(..9).unwrap_or_default().to_ascii_lowercase();
    let url = match lower.as_str() {
        "webcal://" => Url::parse(&format!("https://{}", &text[9..])),
        _ => Url::parse(text),
    };
    let mut url = url.map_err(|_| NONE)?;
    if !matches!(url.scheme(), "https" | "http") || !url.username().is_empty() || url.password().is_some() {
        return Err(NONE);
    }
    url.set_fragment(None);
    match check(&url, reach) {
        true => Ok(url),
        false => Err("address_not_public"),
    }
}

/// Whether host and port may be asked; a name is only looked at, not looked up.
pub fn check(url: &Url, reach: Reach) -> bool {
    let named = match url.host() {
        None => return false,
        Some(Host::Ipv4(address)) => is_public(address.into()),
        Some(Host::Ipv6(address)) => is_public(address.into()),
        Some(Host::Domain(name)) => !is_local_name(name),
    };
    reach == Reach::Everywhere || (named && matches!(url.port_or_known_default(), Some(80 | 443)))
}

/// # Errors
/// `invalid` at `/url`.
pub(super) fn checked(text: &str, reach: Reach) -> Result<String, Error> {
    parse(text, reach).map(String::from).map_err(|code| Error::field("/url", code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_are_not_everybodys_are_refused_in_every_notation() {
        for text in [
            "http://127.0.0.1/a.ics",
            "http://127.1/",
            "http://2130706433/",
            "http://0177.0.0.1/",
            "http://017700000001/",
            "http://0x7f.0.0.1/",
            "http://0x7f000001/",
            "http://127.0.0.1./",
            "http://%31%32%37.0.0.1/",
            "http://１２７.０.０.１/",
            "http://127。0。0。1/",
            "http://0.0.0.0/",
            "http://0/",
            "http://10.0.0.8/",
            "http://100.64.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://0xa9fea9fe/",
            "http://2852039166/",
            "http://172.16.5.4/",
            "http://192.168.1.1/",
            "http://255.255.255.255/",
            "http://[::]/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://[::127.0.0.1]/",
            "http://[64:ff9b::127.0.0.1]/",
            "http://[64:ff9b::a9fe:a9fe]/",
            "http://[2002:7f00:1::]/",
            "http://[fe80::1]/",
            "http://[fc00::1]/",
            "http://[fd00:ec2::254]/",
            "http://[ff02::1]/",
            "http://localhost/",
            "http://LOCALHOST./",
            "http://a.localhost/",
            "http://localhost.localdomain/",
            "http://metadata.google.internal/",
            "http://printer.local/",
            "http://router/",
            "https://calendar.example.org:8443/a.ics",
            "http://calendar.example.org:22/",
            "http://calendar.example.org:6379/",
        ] {
            assert_eq!(parse(text, Reach::Public), Err("address_not_public"), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_of_a_calendar_is_refused() {
        for text in [
            "",
            "calendar.example.org/a.ics",
            "file:///etc/passwd",
            "ftp://calendar.example.org/a.ics",
            "gopher://calendar.example.org/",
            "data:text/calendar,BEGIN:VCALENDAR",
            "javascript:alert(1)",
            "https://",
            "https://user@calendar.example.org/a.ics",
            "https://user:secret@calendar.example.org/a.ics",
            "https://calendar.example.org@127.0.0.1/",
            "https://calendar.example.org/a b",
            "https://calendar.example.org/\r\nHost: other",
            "https://calendar.example.org:99999/",
            "http://[fe80::1%25eth0]/",
            "http://[fe80::1%eth0]/",
            "http://256.256.256.256/",
        ] {
            assert_eq!(parse(text, Reach::Public), Err("not_a_calendar_address"), "{text}");
            assert_eq!(parse(text, Reach::Everywhere), Err("not_a_calendar_address"), "{text}");
        }
        assert_eq!(
            parse(&format!("https://example.org/{}", "x".repeat(2000)), Reach::Public),
            Err("not_a_calendar_address")
        );
    }

    #[test]
    fn addresses_of_calendars_are_kept_in_one_form() {
        for (text, wanted) in [
            (
                "https://calendar.google.com/calendar/ical/x%40y/private-1/basic.ics",
                "https://calendar.google.com/calendar/ical/x%40y/private-1/basic.ics",
            ),
            ("webcal://Example.org:443/a.ics#x", "https://example.org/a.ics"),
            (" http://example.org ", "http://example.org/"),
        ] {
            assert_eq!(parse(text, Reach::Public).unwrap().as_str(), wanted);
        }
        assert!(parse("http://192.168.1.5:8080/a.ics", Reach::Everywhere).is_ok());
    }
}
