//! What identifies and reaches a person: mail address, name, telephone.
//!
//! Parsed once at the edge. A mail address here can stand in a header or an SMTP command as it is.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{punycode, text::Line};

/// A person's name as they write it: one line of 1 to 100 characters.
pub type PersonName = Line<100>;

/// What stands where the name of somebody stood who is erased or forgotten, or the title of what they reserved.
pub const NOBODY: &str = "—";

/// Why a text is not a mail address; the code is `invalid_email` for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEmail {
    #[error("a mail address has one @ between a name and a domain")]
    NoAt,
    #[error(
        "the part before the @ must be 1 to 64 letters a-z, digits, dots between them, or !#$%&'*+-/=?^_`{{|}}~"
    )]
    Local,
    #[error("the part after the @ must be a domain name such as example.si")]
    Domain,
    #[error("a mail address has at most 254 characters")]
    TooLong,
}

impl InvalidEmail {
    /// The stable code in `errors[]` of a problem.
    pub const fn code(self) -> &'static str {
        "invalid_email"
    }
}

/// A mail address: RFC 5321's limits, RFC 5322's dot-atom before the @, a domain name of at least
/// two labels after it. Quoted names, comments, address literals and non-ASCII names are refused:
/// too many mail systems lose them. The domain is kept in lower-case ASCII (`čebelar.si` →
/// `xn--ebelar-h2a.si`), the name as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress {
    text: String,
    at: usize,
}

impl EmailAddress {
    /// The longest address a mail system must take (RFC 5321 4.5.3.1.3, erratum 1690), in octets.
    pub const MAX: usize = 254;

    /// Blank space around the address is dropped.
    pub fn new(text: &str) -> Result<Self, InvalidEmail> {
        let text = text.trim();
        let (local, domain) = text.split_once('@').ok_or(InvalidEmail::NoAt)?;
        if domain.contains('@') {
            return Err(InvalidEmail::NoAt);
        }
        if !is_local_part(local) {
            return Err(InvalidEmail::Local);
        }
        // Bounds the work on the domain; the ASCII form is never shorter in characters.
        if domain.chars().count() > Self::MAX {
            return Err(InvalidEmail::TooLong);
        }
        let text = format!("{local}@{}", ascii_domain(domain).ok_or(InvalidEmail::Domain)?);
        if text.len() > Self::MAX {
            return Err(InvalidEmail::TooLong);
        }
        Ok(Self { at: local.len(), text })
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The part before the @, as written.
    pub fn local(&self) -> &str {
        &self.text[..self.at]
    }

    /// The part after the @: lower-case ASCII.
    pub fn domain(&self) -> &str {
        &self.text[self.at + 1..]
    }

    /// The key by which two addresses are one account: all lower case. (RFC 5321 lets a mail
    /// system tell `Ana@` from `ana@`; none in use does, and people don't.)
    pub fn canonical(&self) -> String {
        self.text.to_ascii_lowercase()
    }
}

fn is_local_part(local: &str) -> bool {
    let is_atom = |atom: &str| {
        !atom.is_empty()
            && atom.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
    };
    local.len() <= 64 && local.split('.').all(is_atom)
}

/// At least two labels, the last not a number (that would be an address); at most 253 octets.
fn ascii_domain(domain: &str) -> Option<String> {
    let labels = domain.split('.').map(ascii_label).collect::<Option<Vec<_>>>()?;
    let top = labels.last()?;
    let named = labels.len() > 1 && !top.bytes().all(|b| b.is_ascii_digit());
    let ascii = labels.join(".");
    (named && ascii.len() <= 253).then_some(ascii)
}

/// A label of 1 to 63 letters, digits and inner hyphens; letters beyond a-z as `xn--` (RFC 5890).
fn ascii_label(label: &str) -> Option<String> {
    let lower = label.to_lowercase();
    let sound = !lower.starts_with('-')
        && !lower.ends_with('-')
        && lower
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || !c.is_ascii() && c.is_alphanumeric());
    let ascii = match sound {
        false => return None,
        true if lower.is_ascii() => lower,
        true => format!("xn--{}", punycode::encode(&lower)?),
    };
    (1..=63).contains(&ascii.len()).then_some(ascii)
}

/// Why a text is not a telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a telephone number has 6 to 15 digits, perhaps with + before and spaces, hyphens, dots, slashes or brackets between"
)]
pub struct InvalidPhone;

impl InvalidPhone {
    /// The stable code in `errors[]` of a problem.
    pub const fn code(self) -> &'static str {
        "invalid_phone"
    }
}

/// A telephone number, loosely E.164: 6 to 15 digits after an optional `+`, nothing else.
/// `00` before a country code becomes `+` and a `(0)` after it goes; a number without a country
/// code stays as dialled at home.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

impl Phone {
    pub fn new(text: &str) -> Result<Self, InvalidPhone> {
        let text = text.trim();
        let (international, rest) = match text.strip_prefix('+').or_else(|| text.strip_prefix("00")) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let rest = if international { rest.replacen("(0)", "", 1) } else { rest.to_owned() };
        if !rest.chars().all(|c| c.is_ascii_digit() || " \u{A0}-./()".contains(c)) {
            return Err(InvalidPhone);
        }
        let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
        let sound = (6..=15).contains(&digits.len()) && !(international && digits.starts_with('0'));
        sound.then(|| Self(format!("{}{digits}", if international { "+" } else { "" }))).ok_or(InvalidPhone)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! parsed_text {
    ($type:ident, $error:ident, $field:tt) => {
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.$field)
            }
        }
        impl FromStr for $type {
            type Err = $error;
            fn from_str(text: &str) -> Result<Self, $error> {
                Self::new(text)
            }
        }
        impl TryFrom<String> for $type {
            type Error = $error;
            fn try_from(text: String) -> Result<Self, $error> {
                Self::new(&text)
            }
        }
        impl From<$type> for String {
            fn from(value: $type) -> Self {
                value.$field
            }
        }
    };
}

parsed_text!(EmailAddress, InvalidEmail, text);
parsed_text!(Phone, InvalidPhone, 0);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_people_have() {
        for (text, kept, canonical) in [
            ("ana@example.si", "ana@example.si", "ana@example.si"),
            (
                " Ana.Novak+Prostor@Example.SI ",
                "Ana.Novak+Prostor@example.si",
                "ana.novak+prostor@example.si",
            ),
            ("o'neil_{x}@mail.co.uk", "o'neil_{x}@mail.co.uk", "o'neil_{x}@mail.co.uk"),
            ("info@Čebelar.si", "info@xn--ebelar-h2a.si", "info@xn--ebelar-h2a.si"),
            ("info@xn--EBELAR-h2a.si", "info@xn--ebelar-h2a.si", "info@xn--ebelar-h2a.si"),
            ("a@1.2.museum", "a@1.2.museum", "a@1.2.museum"),
        ] {
            let address = EmailAddress::new(text).unwrap();
            assert_eq!((address.as_str(), address.canonical().as_str()), (kept, canonical));
            assert_eq!(format!("{}@{}", address.local(), address.domain()), kept);
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        use InvalidEmail::{Domain, Local, NoAt, TooLong};
        let long_local = format!("{}@example.si", "a".repeat(65));
        let long_label = format!("a@{}.si", "b".repeat(64));
        let long_all = format!("{}@{}si", "a".repeat(64), "bcdefgh.".repeat(24));
        let endless = format!("a@{}", "č.".repeat(100_000));
        for (text, why) in [
            ("", NoAt),
            ("ana", NoAt),
            ("a@b@c.si", NoAt),
            ("@example.si", Local),
            (".a@example.si", Local),
            ("a.@example.si", Local),
            ("a..b@example.si", Local),
            ("a b@example.si", Local),
            ("\"a\"@example.si", Local),
            ("a\r\nBcc: x@example.si", Local),
            ("a\0@example.si", Local),
            ("ana,eva@example.si", Local),
            ("<ana@example.si", Local),
            ("čopič@example.si", Local),
            (&long_local, Local),
            ("a@", Domain),
            ("a@localhost", Domain),
            ("a@example..si", Domain),
            ("a@example.si.", Domain),
            ("a@-example.si", Domain),
            ("a@example-.si", Domain),
            ("a@exa_mple.si", Domain),
            ("a@127.0.0.1", Domain),
            ("a@[127.0.0.1]", Domain),
            ("a@example.si\u{202E}x", Domain),
            ("a@example.si>", Domain),
            (&long_label, Domain),
            (&long_all, TooLong),
            (&endless, TooLong),
        ] {
            assert_eq!(EmailAddress::new(text), Err(why), "{text:?}");
        }
    }

    #[test]
    fn the_longest_address_has_254_octets() {
        let longest = format!("{}@{}.si", "a".repeat(64), "bcde.".repeat(37) + "f");
        assert_eq!(longest.len(), 254);
        assert!(EmailAddress::new(&longest).is_ok());
        assert_eq!(EmailAddress::new(&(longest + "a")), Err(InvalidEmail::TooLong));
    }

    #[test]
    fn telephone_numbers() {
        for (text, kept) in [
            ("+386 (0)40 123-456", Some("+38640123456")),
            ("00386 40 123 456", Some("+38640123456")),
            ("040/123.456", Some("040123456")),
            ("04\u{A0}236 11 11", Some("042361111")),
            ("12345", None),
            ("+1234567890123456", None),
            ("+0401234567", None),
            ("40 123 456 x2", None),
            ("٠٤٠١٢٣٤٥٦", None),
            ("+386\n40123456", None),
            ("", None),
        ] {
            assert_eq!(Phone::new(text).ok().as_ref().map(Phone::as_str), kept, "{text:?}");
        }
    }

    #[test]
    fn json_holds_only_sound_values() {
        let address: EmailAddress = serde_json::from_str(r#""Ana@EXAMPLE.si""#).unwrap();
        assert_eq!(serde_json::to_string(&address).unwrap(), r#""Ana@example.si""#);
        assert!(serde_json::from_str::<EmailAddress>(r#""ana""#).is_err());
        assert!(serde_json::from_str::<Phone>("40123456").is_err());
    }

    proptest! {
        #[test]
        fn an_accepted_address_is_plain_and_accepted_again(text in "[ -~čŽ\\x00-\\x20]{0,8}@[a-zčŽ.0-9\\-]{1,20}") {
            if let Ok(address) = EmailAddress::new(&text) {
                prop_assert!(address.as_str().bytes().all(|b| b.is_ascii_graphic()));
                prop_assert_eq!(&EmailAddress::new(address.as_str()), &Ok(address.clone()));
                prop_assert_eq!(EmailAddress::new(&address.canonical()).unwrap().canonical(), address.canonical());
            }
        }
    }
}
