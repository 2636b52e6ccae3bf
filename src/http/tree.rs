//! A JSON text as it was written, repeated names included, and the reading of values from it.
//!
//! serde's derived types also take an array for an object, its items for the fields in their order. Nobody means
//! that, and the OpenAPI document forbids it: here an object is read from an object alone, at any depth.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{
        self, Error as _, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor,
        value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};
use serde_json::{Error, Number};

/// A JSON value; of an object every member in its order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    Array(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Grower)
    }
}

/// Makes the tree of what a parser finds.
struct Grower;

impl<'de> Visitor<'de> for Grower {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Number(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Tree, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("number out of range"))?;
        Ok(Tree::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Tree, E> {
        Ok(Tree::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element()? {
            array.push(item);
        }
        Ok(Tree::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Tree, A::Error> {
        let mut object = Vec::new();
        while let Some(member) = members.next_entry()? {
            object.push(member);
        }
        Ok(Tree::Object(object))
    }
}

impl<'de> IntoDeserializer<'de, Error> for Tree {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Tree {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Number(number) => number.deserialize_any(visitor),
            Self::Text(text) => visitor.visit_string(text),
            Self::Array(items) => {
                let mut items = SeqDeserializer::new(items.into_iter());
                let value = visitor.visit_seq(&mut items)?;
                items.end().map(|()| value)
            }
            Self::Object(members) => {
                let mut members = MapDeserializer::new(members.into_iter());
                let value = visitor.visit_map(&mut members)?;
                members.end().map(|()| value)
            }
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Array(_) => Err(Error::invalid_type(Unexpected::Seq, &visitor)),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Null => visitor.visit_none(),
            other => visitor.visit_some(other),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Text(variant) => visitor.visit_enum(IntoDeserializer::<Error>::into_deserializer(variant)),
            // Each names a variant; serde would read the first and leave the rest.
            Self::Object(members) if members.len() != 1 => {
                Err(Error::invalid_value(Unexpected::Map, &"map with a single key"))
            }
            Self::Object(members) => {
                let members = MapDeserializer::new(members.into_iter());
                visitor.visit_enum(MapAccessDeserializer::new(members))
            }
            other => other.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Room {
        name: String,
        seats: Option<u8>,
        #[serde(default)]
        parts: Vec<Room>,
        side: Option<Side>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Side {
        Left,
        At(f64, f64),
    }

    fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, String> {
        let tree: Tree = serde_json::from_str(text).map_err(|error| error.to_string())?;
        T::deserialize(tree).map_err(|error| error.to_string())
    }

    #[test]
    fn it_reads_what_serde_json_reads() {
        for text in [
            r#"{"name": "A"}"#,
            r#"{"name": "Č\u0161\n", "seats": 255, "parts": [{"name": "B", "seats": null}], "side": "left"}"#,
            r#"{"name": "A", "side": {"at": [1, -2.5e3]}}"#,
        ] {
            assert_eq!(read::<Room>(text), Ok(serde_json::from_str(text).unwrap()), "{text}");
            assert_eq!(read::<Value>(text), Ok(serde_json::from_str(text).unwrap()), "{text}");
        }
        assert_eq!(read::<Value>("[0, -1, 18446744073709551615, 0.1]"), Ok(json!([0, -1, u64::MAX, 0.1])));
    }

    #[test]
    fn it_refuses_in_serdes_words() {
        for (text, said) in [
            (r#"["A", 1, [], null]"#, "invalid type: sequence, expected struct Room"),
            (r#"{"name": "A", "parts": [["B"]]}"#, "invalid type: sequence, expected struct Room"),
            (r#"{"name": "A", "parts": {}}"#, "invalid type: map, expected a sequence"),
            (r#"{"name": "A", "name": "B"}"#, "duplicate field `name`"),
            (r#"{"name": "A", "side": {}}"#, "invalid value: map, expected map with a single key"),
            (
                r#"{"name": "A", "side": {"at": [1, 2], "left": 0}}"#,
                "invalid value: map, expected map with a single key",
            ),
            (r#"{"name": "A", "seats": 256}"#, "invalid value: integer `256`, expected u8"),
            (r#"{"name": "A", "seats": 1.5}"#, "invalid type: floating point `1.5`, expected u8"),
            (r#"{"name": null}"#, "invalid type: null, expected a string"),
            (r#"{"name": "A", "side": "up"}"#, "unknown variant `up`, expected `left` or `at`"),
            (r#"{"name": "A", "side": {"at": [1, 2, 3]}}"#, "invalid length 3"),
            (r#"{"name": "A", "sided": 1}"#, "unknown field `sided`"),
            ("{}", "missing field `name`"),
            ("7", "invalid type: integer `7`, expected struct Room"),
        ] {
            let error = read::<Room>(text).unwrap_err();
            assert!(error.starts_with(said), "{text}: {error}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        assert!(read::<Value>(&deep).unwrap_err().starts_with("recursion limit"), "{deep}");
    }
}
