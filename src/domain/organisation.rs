//! Whom a member books for: legal form, size, sector and register number (DESIGN 2).
//!
//! Legal form and size are told apart, so that statistics can group by either.

use serde::{Deserialize, Serialize};

use super::{codes::codes, ids::OrganisationId, instant::Instant};

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

/// What it does, in a published classification (`nace`, `2.1`, `90.39`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sector {
    pub scheme: String,
    pub version: String,
    pub code: String,
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
}

/// Why a text is not a register number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a register number (matična številka) has 7 or 10 digits")]
pub struct InvalidRegisterNumber;

/// A Slovenian register number (matična številka, AJPES): 7 digits of the enterprise, or 10 with the unit
/// of it. `000` is the enterprise itself and goes, so that each counts once however it is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RegisterNumber(String);

impl RegisterNumber {
    /// Blank space around the digits is dropped.
    ///
    /// # Errors
    /// [`InvalidRegisterNumber`] for anything but 7 or 10 digits.
    pub fn new(text: &str) -> Result<Self, InvalidRegisterNumber> {
        let digits = text.trim();
        let sound = matches!(digits.len(), 7 | 10) && digits.bytes().all(|b| b.is_ascii_digit());
        let enterprise = digits.strip_suffix("000").filter(|short| short.len() == 7);
        sound.then(|| Self(enterprise.unwrap_or(digits).to_owned())).ok_or(InvalidRegisterNumber)
    }

    pub fn as_str(&self) -> &str {
        &self.0
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
            ("5043611002", Some("5043611002")),
            ("1234000", Some("1234000")),
            ("504361", None),
            ("50436110", None),
            ("504361x", None),
            ("５０４３６１１", None),
            ("", None),
        ] {
            assert_eq!(RegisterNumber::new(text).ok().as_ref().map(RegisterNumber::as_str), kept, "{text:?}");
        }
    }
}
