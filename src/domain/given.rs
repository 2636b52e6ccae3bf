//! Members of an object that may be left out but not be null: absent says nothing, null would say "remove", and
//! what can't be removed must not seem to be (RFC 7396).

use serde::{Deserialize, Deserializer, de::Error};

/// For `#[serde(default, deserialize_with = "given")]` on an `Option`.
///
/// # Errors
/// For null, and what `T` refuses.
pub fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    match Option::deserialize(deserializer)? {
        Some(value) => Ok(Some(value)),
        None => Err(D::Error::custom("must not be null, it may only be left out")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_is_not_null() {
        #[derive(Deserialize)]
        struct Change {
            #[serde(default, deserialize_with = "given")]
            seats: Option<u32>,
        }
        let read = |text| serde_json::from_str::<Change>(text).map(|change| change.seats);
        assert_eq!(read("{}").unwrap(), None);
        assert_eq!(read(r#"{"seats": 3}"#).unwrap(), Some(3));
        assert!(read(r#"{"seats": null}"#).unwrap_err().to_string().starts_with("must not be null"));
    }
}
