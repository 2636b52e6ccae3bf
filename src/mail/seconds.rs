//! Instants as Unix seconds in stored notices.

use serde::{Deserialize, Deserializer, Serializer};

use crate::domain::instant::Instant;

pub fn serialize<S: Serializer>(at: &Instant, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(at.unix())
}

pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Instant, D::Error> {
    i64::deserialize(deserializer).map(Instant::from_unix)
}

pub mod optional {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::domain::instant::Instant;

    pub fn serialize<S: Serializer>(at: &Option<Instant>, serializer: S) -> Result<S::Ok, S::Error> {
        at.map(Instant::unix).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Instant>, D::Error> {
        Ok(Option::<i64>::deserialize(deserializer)?.map(Instant::from_unix))
    }
}
