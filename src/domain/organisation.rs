//! Whom a member books for: legal form, size, sector and register number (DESIGN 2).
//!
//! Legal form and size are told apart, so that statistics can group by either.

use serde::{Deserialize, Serialize};

use super::{codes::codes, ids::OrganisationId, instant::Instant, sector::Sector};

codes! {
    /// What an organisation is before the law.
    pub enum LegalForm {
        SoleEntrepreneur = "sole_entrepreneur",
        Company = "company",
        /// A society, an institute or a foundation.
        Ngo = "ngo",
        PublicInstitution = "public_institution",
        School = "school",
        /// A person without a registered activity.
        Individual = "individual",
    }
}

codes! {
    /// The size of an enterprise (Commission Recommendation 2003/361/EC).
    pub enum Size {
        Micro = "micro",
        Small = "small",
        Medium = "medium",
        Large = "large",
    }
}

/// An organisation as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: String,
    pub legal_form: LegalForm,
    pub size: Option<Size>,
    pub sector: Option<Sector>,
    pub municipality: Option<String>,
    /// As [`RegisterNumber`] writes it; no two organisations share one.
    pub register_number: Option<String>,
    /// When a coordinator confirmed it as creative.
    pub confirmed_creative_at: Option<Instant>,
    pub version: i64,
    pub created_at: Instant,
    /// From then on the confirmation holds no more; `None`: until it is withdrawn.
    pub confirmed_creative_until: Option<Instant>,
}

impl Organisation {
    /// Whether it is confirmed as creative at `now`.
    pub fn is_creative(&self, now: Instant) -> bool {
        is_in_force(self.confirmed_creative_at, self.confirmed_creative_until, now)
    }
}

/// Whether what was confirmed `since`, perhaps `until` (which lies outside), holds at `now`.
pub fn is_in_force(since: Option<Instant>, until: Option<Instant>, now: Instant) -> bool {
    since.is_some_and(|since| since <= now) && until.is_none_or(|until| now < until)
}

codes! {
    /// What became of a wish to join an organisation.
    pub enum JoinOutcome {
        Accepted = "accepted",
        Declined = "declined",
        /// By who had asked.
        Withdrawn = "withdrawn",
    }
}

/// Why a text is not a register number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a register number (matična številka) has 7 or 10 digits, of which the seventh checks the six before it"
)]
pub struct InvalidRegisterNumber;

/// A Slovenian register number (matična številka, AJPES): 6 digits and one that checks them. Three more would name a unit
/// of the enterprise and go, so that each enterprise counts once however its number is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RegisterNumber(String);

impl RegisterNumber {
    /// Of the enterprise, without the unit.
    const DIGITS: usize = 7;

    /// Blank space around the digits is dropped.
    ///
    /// # Errors
    /// [`InvalidRegisterNumber`] for anything but 7 digits of which the last is right, perhaps with a unit behind them:
    /// three digits, or a letter and two.
    pub fn new(text: &str) -> Result<Self, InvalidRegisterNumber> {
        let (number, unit) = text.trim().split_at_checked(Self::DIGITS).ok_or(InvalidRegisterNumber)?;
        let digits: Vec<u32> = number.chars().map_while(|c| c.to_digit(10)).collect();
        let sound = digits.len() == Self::DIGITS && is_unit(unit) && check(&digits[..6]) == Some(digits[6]);
        sound.then(|| Self(number.to_owned())).ok_or(InvalidRegisterNumber)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A letter stands where an enterprise has more than a thousand.
fn is_unit(text: &str) -> bool {
    match text.as_bytes() {
        [] => true,
        [first, rest @ ..] => {
            rest.len() == 2 && first.is_ascii_alphanumeric() && rest.iter().all(u8::is_ascii_digit)
        }
    }
}

/// The seventh digit: modulo 11 with the weights 7 to 2, a 10 being written as 0. No number is given out whose remainder
/// is 0.
fn check(digits: &[u32]) -> Option<u32> {
    let sum: u32 = digits.iter().zip((2..=7).rev()).map(|(digit, weight)| digit * weight).sum();
    match sum % 11 {
        0 => None,
        remainder => Some((11 - remainder) % 10),
    }
}

impl TryFrom<String> for RegisterNumber {
    type Error = InvalidRegisterNumber;

    fn try_from(text: String) -> Result<Self, InvalidRegisterNumber> {
        Self::new(&text)
    }
}

impl From<RegisterNumber> for String {
    fn from(number: RegisterNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn register_numbers_are_written_one_way() {
        for (text, kept) in [
            ("5043611", Some("5043611")),
            (" 5043611\n", Some("5043611")),
            ("5043611000", Some("5043611")),
            ("5043611002", Some("5043611")),
            ("5043611A02", Some("5043611")),
            // Others of enterprises that everybody knows, so that the rule is not only ours.
            ("5300231", Some("5300231")),
            ("5163676", Some("5163676")),
            ("5014018", Some("5014018")),
            // A remainder of 10 is written as 0, and one of 0 is nobody's.
            ("9331310", Some("9331310")),
            ("9331320", None),
            ("5043612", None),
            ("0000000", None),
            ("504361", None),
            ("50436110", None),
            ("5043611A0B", None),
            ("50436110002", None),
            ("504361x", None),
            ("５０４３６１１", None),
            ("504361č", None),
            ("", None),
        ] {
            assert_eq!(RegisterNumber::new(text).ok().as_ref().map(RegisterNumber::as_str), kept, "{text:?}");
        }
    }
    #[test]
    fn a_confirmation_holds_from_its_moment_until_before_its_end() {
        let at = Instant::from_unix;
        for (since, until, now, holds) in [
            (None, None, 5, false),
            (None, Some(9), 5, false),
            (Some(5), None, 4, false),
            (Some(5), None, 5, true),
            (Some(5), Some(9), 8, true),
            (Some(5), Some(9), 9, false),
        ] {
            assert_eq!(
                is_in_force(since.map(at), until.map(at), at(now)),
                holds,
                "{since:?} {until:?} {now}"
            );
        }
    }
}
