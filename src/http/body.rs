//! The bodies of requests: JSON objects, read strictly; and files, as they are.

use std::time::Duration;

use serde::de::DeserializeOwned;

use super::{
    refusal::{code_of, pointer, without_place},
    tree::Tree,
};
use crate::app::{
    error::{Code, Error, FieldError},
    places::images,
};

/// The largest JSON body, octets.
pub const LARGEST_BODY: usize = 256 * 1024;

/// A body a call can have.
pub trait FromBody: Sized {
    /// So many octets at most, of callers who present something.
    const LARGEST: usize = LARGEST_BODY;
    /// It must have arrived by then: actix itself waits for ever.
    const WITHIN: Duration = Duration::from_secs(10);

    /// # Errors
    /// `unsupported_media_type`, `malformed` or `invalid` with the field.
    fn from_body(bytes: &[u8], content_type: Option<&str>) -> Result<Self, Error>;
}

/// No body is looked at.
impl FromBody for () {
    fn from_body(_: &[u8], _: Option<&str>) -> Result<Self, Error> {
        Ok(())
    }
}

/// A JSON object that must be there.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromBody for Json<T> {
    fn from_body(bytes: &[u8], content_type: Option<&str>) -> Result<Self, Error> {
        require_json(content_type)?;
        parse(bytes).map(Json)
    }
}

/// A JSON object that may be left out.
#[derive(Debug)]
pub struct Perhaps<T>(pub T);

impl<T: DeserializeOwned + Default> FromBody for Perhaps<T> {
    fn from_body(bytes: &[u8], content_type: Option<&str>) -> Result<Self, Error> {
        if bytes.is_empty() {
            return Ok(Self(T::default()));
        }
        require_json(content_type)?;
        parse(bytes).map(Perhaps)
    }
}

/// A file of whatever kind: its bytes tell. Large enough for a photograph, over a slow network.
#[derive(Debug)]
pub struct Raw(pub Vec<u8>);

impl FromBody for Raw {
    const LARGEST: usize = images::MOST_BYTES;
    const WITHIN: Duration = Duration::from_secs(120);

    fn from_body(bytes: &[u8], _: Option<&str>) -> Result<Self, Error> {
        Ok(Self(bytes.to_vec()))
    }
}

fn require_json(content_type: Option<&str>) -> Result<(), Error> {
    let essence = content_type.unwrap_or("").split(';').next().unwrap_or("").trim();
    let is_json = ["application/json", "application/merge-patch+json"]
        .iter()
        .any(|accepted| essence.eq_ignore_ascii_case(accepted));
    if is_json { Ok(()) } else { Err(Code::UnsupportedMediaType.into()) }
}

/// Reads JSON strictly: what is not JSON is malformed, what does not fit names its field.
fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let tree: Tree =
        serde_json::from_slice(bytes).map_err(|error| Error::Detailed(Code::Malformed, error.to_string()))?;
    serde_path_to_error::deserialize(tree).map_err(|error| {
        let said = without_place(&error.inner().to_string());
        Error::Fields(vec![FieldError {
            pointer: pointer(error.path(), &said),
            code: code_of(&said),
            detail: Some(said),
        }])
    })
}
