//! What an organisation does, in a published classification: one spelling and one depth for each scheme, so that figures by
//! sector put the same activity together however it was written.
//!
//! Whether a code stands in the classification is not looked up: these lists change, and who enters one reads it from the
//! business register. The Slovenian SKD 2025 is built on NACE rev. 2.1, SKD 2008 on NACE rev. 2: a subclass of SKD begins
//! with the four digits of its class in NACE.

use std::{fmt, str::FromStr};

use super::codes::codes;

codes! {
    /// A classification of activities.
    pub enum Scheme {
        /// Standardna klasifikacija dejavnosti (Slovenia), to the subclass: `90.030`.
        Skd = "skd",
        /// The European Union's, to the class: `90.03`.
        Nace = "nace",
        /// Any other, as it is written.
        Other = "other",
    }
}

/// An activity in a version of a scheme (`nace`, `2.1`, `90.39`); one that was entered is as [`Sector::new`] writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sector {
    pub scheme: String,
    pub version: String,
    pub code: String,
}

/// A section of NACE: its letter, which the versions give differently, and the word by which its name is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    pub letter: char,
    pub name: &'static str,
}

/// The last division of each section, its letter and name (Regulation (EC) 1893/2006, annex I).
const REV_2: [(u32, Section); 21] = sections([
    (3, 'A', "agriculture"),
    (9, 'B', "mining"),
    (33, 'C', "manufacturing"),
    (35, 'D', "energy"),
    (39, 'E', "water"),
    (43, 'F', "construction"),
    (47, 'G', "trade_and_repair"),
    (53, 'H', "transport"),
    (56, 'I', "accommodation"),
    (63, 'J', "information"),
    (66, 'K', "finance"),
    (68, 'L', "property"),
    (75, 'M', "professional"),
    (82, 'N', "administrative"),
    (84, 'O', "public"),
    (85, 'P', "education"),
    (88, 'Q', "health"),
    (93, 'R', "culture"),
    (96, 'S', "other"),
    (98, 'T', "households"),
    (99, 'U', "extraterritorial"),
]);

/// The same of its revision 2.1 (Delegated Regulation (EU) 2023/137).
const REV_2_1: [(u32, Section); 22] = sections([
    (3, 'A', "agriculture"),
    (9, 'B', "mining"),
    (33, 'C', "manufacturing"),
    (35, 'D', "energy"),
    (39, 'E', "water"),
    (43, 'F', "construction"),
    (47, 'G', "trade"),
    (53, 'H', "transport"),
    (56, 'I', "accommodation"),
    (60, 'J', "publishing"),
    (63, 'K', "telecommunication"),
    (66, 'L', "finance"),
    (68, 'M', "property"),
    (75, 'N', "professional"),
    (82, 'O', "administrative"),
    (84, 'P', "public"),
    (85, 'Q', "education"),
    (88, 'R', "health"),
    (93, 'S', "arts"),
    (96, 'T', "other"),
    (98, 'U', "households"),
    (99, 'V', "extraterritorial"),
]);

const fn sections<const N: usize>(listed: [(u32, char, &'static str); N]) -> [(u32, Section); N] {
    let mut all = [(0, Section { letter: ' ', name: "" }); N];
    let mut at = 0;
    while at < N {
        let (last, letter, name) = listed[at];
        all[at] = (last, Section { letter, name });
        at += 1;
    }
    all
}

/// Every name that a section of either version has.
pub fn section_names() -> impl Iterator<Item = &'static str> {
    REV_2.iter().chain(&REV_2_1).map(|(_, section)| section.name)
}

/// Which part of a sector is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSector {
    #[error("the scheme is skd, nace or other")]
    Scheme,
    #[error("skd has the versions 2008 and 2025, nace 2 and 2.1")]
    Version,
    #[error("a code of skd has five digits (90.030), one of nace four (90.03)")]
    Code,
}

impl Sector {
    /// Letters of either case, blank space, `rev.` before a version, a section's letter before a code and the dot within it
    /// are as one likes; what is kept is `skd 2025 90.030` or `nace 2.1 90.03`. Of other schemes all stays as it is.
    ///
    /// # Errors
    /// [`InvalidSector`], the first part that is wrong.
    pub fn new(scheme: &str, version: &str, code: &str) -> Result<Self, InvalidSector> {
        let scheme: Scheme = scheme.trim().to_lowercase().parse().map_err(|_| InvalidSector::Scheme)?;
        let (version, code) = match scheme {
            Scheme::Skd => (known(version, &["2008", "2025"])?, digits(code, 5)?),
            Scheme::Nace => (known(version, &["2", "2.1"])?, digits(code, 4)?),
            Scheme::Other => (version.trim().to_owned(), code.trim().to_owned()),
        };
        Ok(Self { scheme: scheme.to_string(), version, code })
    }

    /// What figures count it as: a subclass of SKD as the class of NACE that it is part of, so that the same activity is one
    /// row in whichever of both it was written.
    #[must_use]
    pub fn counted(self) -> Self {
        let version = match (self.scheme.as_str(), self.version.as_str()) {
            ("skd", "2025") => "2.1",
            ("skd", "2008") => "2",
            _ => return self,
        };
        match self.code.get(..5) {
            Some(class) => {
                Self { scheme: Scheme::Nace.to_string(), version: version.to_owned(), code: class.to_owned() }
            }
            None => self,
        }
    }

    /// The section it lies in; `None` of other schemes, and of a division that there is not.
    pub fn section(&self) -> Option<Section> {
        let all: &[(u32, Section)] = match (self.scheme.as_str(), self.version.as_str()) {
            ("nace", "2") | ("skd", "2008") => &REV_2,
            ("nace", "2.1") | ("skd", "2025") => &REV_2_1,
            _ => return None,
        };
        let division: u32 = self.code.get(..2)?.parse().ok()?;
        all.iter().find(|(last, _)| division <= *last).map(|(_, section)| *section)
    }
}

impl fmt::Display for Sector {
    /// `nace 2.1 90.39`, as categories of tables are named.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.scheme, self.version, self.code)
    }
}

impl FromStr for Sector {
    type Err = InvalidSector;

    /// What [`Display`](fmt::Display) writes.
    fn from_str(text: &str) -> Result<Self, InvalidSector> {
        let mut parts = text.splitn(3, ' ').map(str::to_owned);
        let mut next = || parts.next().ok_or(InvalidSector::Code);
        Ok(Self { scheme: next()?, version: next()?, code: next()? })
    }
}

fn known(version: &str, versions: &[&str]) -> Result<String, InvalidSector> {
    let plain = bare(version).to_lowercase();
    let plain = plain.strip_prefix("rev").unwrap_or(&plain).trim_start_matches('.');
    let found = versions.iter().find(|known| **known == plain);
    found.map(|known| (*known).to_owned()).ok_or(InvalidSector::Version)
}

/// `count` digits with a dot after the second, whose first two name a division: there is no 00.
fn digits(code: &str, count: usize) -> Result<String, InvalidSector> {
    let plain = bare(code);
    let section = plain.chars().next().filter(char::is_ascii_alphabetic);
    let plain = plain.strip_prefix(|first| Some(first) == section).unwrap_or(&plain);
    let (division, rest) = plain.split_at_checked(2).ok_or(InvalidSector::Code)?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let sound = division.len() + rest.len() == count
        && division.bytes().chain(rest.bytes()).all(|byte| byte.is_ascii_digit())
        && division != "00";
    if sound { Ok(format!("{division}.{rest}")) } else { Err(InvalidSector::Code) }
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_activity_is_written_one_way() {
        use InvalidSector::{Code, Scheme, Version};
        for ([scheme, version, code], kept) in [
            (["skd", "2025", "90.030"], Ok("skd 2025 90.030")),
            ([" SKD ", "2025", "R90.030"], Ok("skd 2025 90.030")),
            (["skd", "2008", "r 90030"], Ok("skd 2008 90.030")),
            (["nace", "2.1", "90.39"], Ok("nace 2.1 90.39")),
            (["NACE", "Rev. 2.1", "9039"], Ok("nace 2.1 90.39")),
            (["nace", "rev 2", "R 90.03"], Ok("nace 2 90.03")),
            (["other", "ISIC 5", " R9039 "], Ok("other ISIC 5 R9039")),
            (["isic", "5", "9039"], Err(Scheme)),
            (["", "2025", "90.030"], Err(Scheme)),
            (["skd", "2.1", "90.030"], Err(Version)),
            (["nace", "2025", "90.03"], Err(Version)),
            (["nace", "rev.", "90.03"], Err(Version)),
            // One depth for each scheme: a class of SKD, or a subclass of NACE, would be counted apart.
            (["skd", "2025", "90.03"], Err(Code)),
            (["nace", "2.1", "90.030"], Err(Code)),
            (["nace", "2.1", "90"], Err(Code)),
            (["nace", "2.1", "R"], Err(Code)),
            (["nace", "2.1", ""], Err(Code)),
            (["nace", "2.1", "00.11"], Err(Code)),
            (["nace", "2.1", "RR90.03"], Err(Code)),
            (["nace", "2.1", "9.003"], Err(Code)),
            (["nace", "2.1", "90..03"], Err(Code)),
            (["nace", "2.1", "90.0x"], Err(Code)),
            (["nace", "2.1", "９０.03"], Err(Code)),
            (["nace", "2.1", "9č.03"], Err(Code)),
        ] {
            let written = Sector::new(scheme, version, code);
            let written = written.map(|sector| sector.to_string());
            assert_eq!(written, kept.map(str::to_owned), "{scheme} {version} {code}");
            let again = written.map(|text| {
                let parts: Vec<&str> = text.splitn(3, ' ').collect();
                Sector::new(parts[0], parts[1], parts[2]).is_ok()
            });
            assert_eq!(again, kept.map(|_| true), "what is written can be read");
        }
    }

    #[test]
    fn subclasses_count_as_their_class_and_lie_in_its_section() {
        for (written, counted, section) in [
            ("skd 2025 90.030", "nace 2.1 90.03", Some(('S', "arts"))),
            ("skd 2008 90.030", "nace 2 90.03", Some(('R', "culture"))),
            ("nace 2.1 90.39", "nace 2.1 90.39", Some(('S', "arts"))),
            ("nace 2.1 62.10", "nace 2.1 62.10", Some(('K', "telecommunication"))),
            ("nace 2 62.01", "nace 2 62.01", Some(('J', "information"))),
            ("nace 2.1 47.11", "nace 2.1 47.11", Some(('G', "trade"))),
            ("nace 2.1 01.11", "nace 2.1 01.11", Some(('A', "agriculture"))),
            ("nace 2.1 99.00", "nace 2.1 99.00", Some(('V', "extraterritorial"))),
            ("nace 2 99.00", "nace 2 99.00", Some(('U', "extraterritorial"))),
            ("other ISIC 5 R9039", "other ISIC 5 R9039", None),
        ] {
            let sector: Sector = written.parse().unwrap();
            assert_eq!(sector.clone().counted().to_string(), counted);
            let found = |sector: &Sector| sector.section().map(|section| (section.letter, section.name));
            assert_eq!((found(&sector), found(&sector.counted())), (section, section), "{written}");
        }
        assert!("unknown".parse::<Sector>().is_err());
    }
}
