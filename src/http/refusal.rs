//! What a parser said of a value, as a stable code that `locales/*/problems.ftl` has words for.
//!
//! Domain types refuse through serde, which carries a text alone: the texts are told apart by their beginnings.

/// Which beginning means which code. The domain's own texts are tested against it.
const BEGINNINGS: [(&str, &str); 32] = [
    ("unknown field", "unknown_field"),
    ("missing field", "missing_field"),
    ("duplicate field", "duplicate_field"),
    ("unknown variant", "unknown_value"),
    ("invalid value: string", "unknown_value"),
    ("invalid value: integer", "out_of_range"),
    ("invalid value: floating point", "out_of_range"),
    ("invalid type", "wrong_type"),
    ("must not be null", "null"),
    ("must not be blank", "blank"),
    ("must be at most", "too_long"),
    ("must not hold control characters", "control_character"),
    ("must be lower-case letters", "not_a_slug"),
    ("a mail address", "invalid_email"),
    ("the part before the @", "invalid_email"),
    ("the part after the @", "invalid_email"),
    ("a telephone number", "invalid_phone"),
    ("a register number", "invalid_register_number"),
    ("an identifier beginning", "wrong_identifier"),
    ("the identifier after", "wrong_identifier"),
    ("a link beginning", "not_a_link"),
    ("a time such as", "time_malformed"),
    ("fractions of a second", "time_fraction"),
    ("leap seconds", "time_leap_second"),
    ("a time of day", "invalid_time_of_day"),
    // chrono, of dates
    ("premature end of input", "date_malformed"),
    ("input ", "date_malformed"),
    ("trailing input", "date_malformed"),
    // std, of query parameters
    ("invalid digit", "wrong_type"),
    ("cannot parse integer", "wrong_type"),
    ("provided string was not", "wrong_type"),
    ("number too", "out_of_range"),
];

/// The code of what was said; `invalid_value` where nothing better is known.
pub(super) fn code_of(said: &str) -> &'static str {
    let known = BEGINNINGS.iter().find(|(start, _)| said.starts_with(start));
    known.map_or("invalid_value", |(_, code)| code)
}

/// serde's words without "at line 1 column 2".
pub(super) fn without_place(said: &str) -> String {
    said.split(" at line ").next().unwrap_or(said).to_owned()
}

/// RFC 6901; for a missing or repeated field the pointer names that field.
pub(super) fn pointer(path: &serde_path_to_error::Path, said: &str) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path.iter() {
        let text = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
            Segment::Enum { variant } => variant.clone(),
            Segment::Unknown => continue,
        };
        pointer.push('/');
        pointer.push_str(&text);
    }
    for start in ["missing field `", "duplicate field `"] {
        if let Some(name) = said.strip_prefix(start).and_then(|rest| rest.split('`').next()) {
            pointer.push('/');
            pointer.push_str(name);
        }
    }
    pointer
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::{
        catalogue,
        domain::{
            event::InvalidLink,
            hours::TimeOfDay,
            ids::SpaceId,
            locale::Locale,
            organisation::RegisterNumber,
            person::{EmailAddress, InvalidEmail, InvalidPhone},
            text::InvalidText,
            zone::InvalidTime,
        },
    };

    #[test]
    fn what_the_domain_says_keeps_its_code() {
        for text in [
            InvalidText::Blank,
            InvalidText::TooLong { max: 7 },
            InvalidText::ControlCharacter,
            InvalidText::NotASlug,
        ] {
            assert_eq!(code_of(&text.to_string()), text.code());
        }
        for email in [InvalidEmail::NoAt, InvalidEmail::Local, InvalidEmail::Domain, InvalidEmail::TooLong] {
            assert_eq!(code_of(&email.to_string()), email.code());
        }
        assert_eq!(code_of(&InvalidLink.to_string()), InvalidLink.code());
        assert_eq!(code_of(&InvalidPhone.to_string()), InvalidPhone.code());
        for time in [InvalidTime::Malformed, InvalidTime::Fraction, InvalidTime::LeapSecond] {
            assert_eq!(code_of(&time.to_string()), time.code());
        }
    }

    #[test]
    fn every_value_that_does_not_fit_has_a_code() {
        fn said<T: serde::de::DeserializeOwned>(json: &str) -> &'static str {
            let error = serde_json::from_str::<T>(json).map(drop).unwrap_err();
            code_of(&without_place(&error.to_string()))
        }
        assert_eq!(said::<u32>("-1"), "out_of_range");
        assert_eq!(said::<u32>("4294967296"), "out_of_range");
        assert_eq!(said::<u32>("1.5"), "wrong_type");
        assert_eq!(said::<EmailAddress>("\"ana\""), "invalid_email");
        assert_eq!(said::<RegisterNumber>("\"1\""), "invalid_register_number");
        assert_eq!(said::<SpaceId>("\"ven_x\""), "wrong_identifier");
        assert_eq!(said::<SpaceId>("\"spc_x\""), "wrong_identifier");
        assert_eq!(said::<TimeOfDay>("\"8\""), "invalid_time_of_day");
        for date in ["\"\"", "\"2026\"", "\"x\"", "\"2026-02-30\"", "\"2026-13-01\"", "\"2026-01-01T\""] {
            assert_eq!(said::<NaiveDate>(date), "date_malformed", "{date}");
        }
    }

    #[test]
    fn every_code_has_words_in_both_languages() {
        for code in BEGINNINGS.iter().map(|(_, code)| *code).chain(["invalid_value"]) {
            for locale in [Locale::Sl, Locale::En] {
                assert!(
                    catalogue::find(locale, &format!("field-{code}"), &[]).is_some(),
                    "{locale:?} {code}"
                );
            }
        }
    }
}
