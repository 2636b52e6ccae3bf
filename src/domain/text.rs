//! Text from outside, parsed once: a value of these types holds nothing that could break
//! a mail header, a calendar line or a page's reading order (DESIGN 6).
//!
//! Lengths are counted in characters (Unicode scalar values), after trimming.
//! `fold` makes the searchable form of a text, the same on both databases.

use serde::{Deserialize, Serialize};

/// Why a text is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidText {
    #[error("must not be blank")]
    Blank,
    #[error("must be at most {max} characters long")]
    TooLong { max: usize },
    #[error("must not hold control characters or marks that reverse the reading order")]
    ControlCharacter,
    #[error("must be lower-case letters a-z and digits, in groups joined by single hyphens")]
    NotASlug,
}

impl InvalidText {
    /// The stable code in `errors[]` of a problem.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::TooLong { .. } => "too_long",
            Self::ControlCharacter => "control_character",
            Self::NotASlug => "not_a_slug",
        }
    }
}

/// One line: trimmed, 1 to `MAX` characters, at least one of them visible.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Line<const MAX: usize>(String);

impl<const MAX: usize> Line<MAX> {
    pub fn new(text: &str) -> Result<Self, InvalidText> {
        let line = text.trim();
        if !line.chars().any(is_visible) && !line.chars().any(is_harmful) {
            return Err(InvalidText::Blank);
        }
        acceptable(line, MAX, |_| false).map(|()| Self(line.to_owned()))
    }
}

/// Several lines, or none: trimmed, 0 to `MAX` characters. `\r\n` becomes `\n` and a tab a space;
/// other control characters are refused.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Prose<const MAX: usize>(String);

impl<const MAX: usize> Prose<MAX> {
    pub fn new(text: &str) -> Result<Self, InvalidText> {
        let prose = text.replace("\r\n", "\n").replace('\t', " ").trim().to_owned();
        acceptable(&prose, MAX, |c| c == '\n').map(|()| Self(prose))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A name for addresses of pages: 1 to 63 of `a-z0-9`, in groups joined by single hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    /// As long as a DNS label may be (RFC 1035, 2.3.4).
    pub const MAX: usize = 63;

    pub fn new(text: &str) -> Result<Self, InvalidText> {
        let group =
            |g: &str| !g.is_empty() && g.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        match text {
            "" => Err(InvalidText::Blank),
            _ if text.chars().count() > Self::MAX => Err(InvalidText::TooLong { max: Self::MAX }),
            _ if text.split('-').all(group) => Ok(Self(text.to_owned())),
            _ => Err(InvalidText::NotASlug),
        }
    }
}

macro_rules! text_type {
    ($type:ty $(, $($generics:tt)*)?) => {
        impl<$($($generics)*)?> $type {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl<$($($generics)*)?> std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl<$($($generics)*)?> AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
        impl<$($($generics)*)?> std::str::FromStr for $type {
            type Err = InvalidText;
            fn from_str(text: &str) -> Result<Self, InvalidText> {
                Self::new(text)
            }
        }
        impl<$($($generics)*)?> TryFrom<String> for $type {
            type Error = InvalidText;
            fn try_from(text: String) -> Result<Self, InvalidText> {
                Self::new(&text)
            }
        }
        impl<$($($generics)*)?> From<$type> for String {
            fn from(text: $type) -> Self {
                text.0
            }
        }
    };
}

text_type!(Line<MAX>, const MAX: usize);
text_type!(Prose<MAX>, const MAX: usize);
text_type!(Slug);

fn acceptable(text: &str, max: usize, allowed: impl Fn(char) -> bool) -> Result<(), InvalidText> {
    if text.chars().any(|c| is_harmful(c) && !allowed(c)) {
        return Err(InvalidText::ControlCharacter);
    }
    if text.chars().count() > max {
        return Err(InvalidText::TooLong { max });
    }
    Ok(())
}

/// Control characters (NUL and line ends among them), the Unicode line and paragraph separators,
/// and the bidirectional embeddings, overrides and isolates (Unicode TR 36, 3.1.2).
pub fn is_harmful(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a reader sees something: not blank space, joiners, fillers or variation selectors.
fn is_visible(c: char) -> bool {
    let hidden = matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180E}'
        | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}');
    !(c.is_whitespace() || is_harmful(c) || hidden)
}

/// The searchable form: lower case, Latin letters without their marks (`Škofja Loka` → `skofja loka`,
/// `đ` → `d`, `ß` → `ss`), whether composed or not. Folding a folded text changes nothing.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '\u{300}'..='\u{36F}' => {}
            '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => match plain(c) {
                Some(letters) => folded.push_str(letters),
                None => folded.push(c),
            },
            _ => folded.push(c),
        }
    }
    folded
}

/// The letters under a lower-case Latin letter with marks: the canonical decompositions of Unicode
/// 16, and the customary spellings of letters with a stroke and of ligatures.
#[rustfmt::skip]
fn plain(c: char) -> Option<&'static str> {
    const LETTERS: &[(&str, &str)] = &[
        ("àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ", "a"), ("ƀḃḅḇ", "b"), ("çćĉċčḉ", "c"), ("ďđðḋḍḏḑḓ", "d"),
        ("èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ", "e"), ("ḟ", "f"), ("ĝğġģǥǧǵḡ", "g"), ("ĥħȟḣḥḧḩḫẖ", "h"),
        ("ìíîïĩīĭįıǐȉȋḭḯỉị", "i"), ("ĵǰ", "j"), ("ķǩḱḳḵ", "k"), ("ĺļľŀłḷḹḻḽ", "l"), ("ḿṁṃ", "m"),
        ("ñńņňŉǹṅṇṉṋ", "n"), ("òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ", "o"), ("ṕṗ", "p"),
        ("ŕŗřȑȓṙṛṝṟ", "r"), ("śŝşšșſṡṣṥṧṩẛ", "s"), ("ţťŧțṫṭṯṱẗ", "t"),
        ("ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự", "u"), ("ṽṿ", "v"), ("ŵẁẃẅẇẉẘ", "w"), ("ẋẍ", "x"),
        ("ýÿŷȳẏẙỳỵỷỹ", "y"), ("źżžƶẑẓẕ", "z"),
        ("æǣǽ", "ae"), ("œ", "oe"), ("ß", "ss"), ("þ", "th"), ("ŋ", "ng"), ("ĳ", "ij"),
        ("ǆ", "dz"), ("ǳ", "dz"), ("ǉ", "lj"), ("ǌ", "nj"),
    ];
    LETTERS.iter().find(|(marked, _)| marked.contains(c)).map(|&(_, letters)| letters)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_trimmed_visible_short_and_harmless() {
        let ten = |text: &str| Line::<10>::new(text).map(String::from);
        for (text, expected) in [
            ("  Čopova 5 ", Ok("Čopova 5")),
            ("1234567890", Ok("1234567890")),
            (" 👩\u{200D}🎨 ", Ok("👩\u{200D}🎨")),
            ("\nedges\r\n", Ok("edges")),
            ("", Err("blank")),
            (" \u{A0}\t ", Err("blank")),
            ("\u{200B}\u{FEFF}", Err("blank")),
            ("čšžćđčšžćđč", Err("too_long")),
            ("a\nb", Err("control_character")),
            ("a\rb", Err("control_character")),
            ("a\tb", Err("control_character")),
            ("a\0b", Err("control_character")),
            ("\0", Err("control_character")),
            ("a\u{85}b", Err("control_character")),
            ("a\u{2028}b", Err("control_character")),
            ("a\u{2029}b", Err("control_character")),
            ("gnp.\u{202E}exe", Err("control_character")),
            ("\u{2066}a", Err("control_character")),
            ("a\u{7F}", Err("control_character")),
        ] {
            assert_eq!(ten(text).map_err(InvalidText::code), expected.map(str::to_owned), "{text:?}");
        }
    }

    #[test]
    fn prose_keeps_its_lines_and_may_be_empty() {
        let ten = |text: &str| Prose::<10>::new(text).map(String::from);
        for (text, expected) in [
            ("a\r\nb\n\nc", Ok("a\nb\n\nc")),
            ("a\tb", Ok("a b")),
            (" \r\n ", Ok("")),
            ("", Ok("")),
            ("1\r\n2\r\n3\r\n4\r\n5", Ok("1\n2\n3\n4\n5")),
            ("a\rb", Err("control_character")),
            ("a\0", Err("control_character")),
            ("a\u{2029}b", Err("control_character")),
            ("12345678901", Err("too_long")),
        ] {
            assert_eq!(ten(text).map_err(InvalidText::code), expected.map(str::to_owned), "{text:?}");
        }
    }

    #[test]
    fn slugs() {
        for (text, expected) in [
            ("layer-house", Ok(())),
            ("k2", Ok(())),
            ("", Err("blank")),
            ("-a", Err("not_a_slug")),
            ("a--b", Err("not_a_slug")),
            ("Layer", Err("not_a_slug")),
            ("hiša", Err("not_a_slug")),
            ("a b", Err("not_a_slug")),
            (&"a".repeat(64), Err("too_long")),
        ] {
            assert_eq!(Slug::new(text).map(drop).map_err(InvalidText::code), expected, "{text:?}");
        }
    }

    #[test]
    fn bad_text_cannot_be_deserialised() {
        assert_eq!(serde_json::from_str::<Line<5>>(r#"" ana ""#).unwrap().as_str(), "ana");
        for json in [r#""a\u0000b""#, r#""predolgo""#, r#""""#, "5", "null"] {
            assert!(serde_json::from_str::<Line<5>>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn folding_is_for_searching() {
        for (text, folded) in [
            ("Čebelica ŽŠĆĐ čšžćđ", "cebelica zscd cszcd"),
            ("Škofja Loka", "skofja loka"),
            ("S\u{30C}kofja", "skofja"),
            ("Straße ŒUVRE Łódź İzmir", "strasse oeuvre lodz izmir"),
            ("Ǆ Ǉubljana Nguyễn", "dz ljubljana nguyen"),
            ("Ελλάδα 7/b", "ελλάδα 7/b"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn what_is_accepted_is_accepted_again_unchanged(text in any::<String>()) {
            if let Ok(line) = Line::<30>::new(&text) {
                prop_assert_eq!(&Line::new(line.as_str()), &Ok(line));
            }
            if let Ok(prose) = Prose::<30>::new(&text) {
                prop_assert_eq!(&Prose::new(prose.as_str()), &Ok(prose));
            }
            if let Ok(slug) = Slug::new(&text) {
                prop_assert_eq!(&Slug::new(slug.as_str()), &Ok(slug));
            }
        }
    }
}
