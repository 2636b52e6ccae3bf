//! What people search by: short texts, of a few words.

use super::error::Error;
use crate::domain::text::fold;

/// The longest text searched for, in characters, and the most words of it.
const LONGEST: usize = 200;
const MOST: usize = 10;

/// The text of the query parameter `name`; empty where nothing is said.
///
/// # Errors
/// `invalid` for one too long.
pub fn text(name: &str, given: Option<&str>) -> Result<String, Error> {
    let text = given.unwrap_or_default();
    if text.chars().count() > LONGEST { Err(Error::field(name, "too_long")) } else { Ok(text.to_owned()) }
}

/// The same, no more than a few.
///
/// # Errors
/// `invalid` for too many.
pub fn few(name: &str, words: Vec<String>) -> Result<Vec<String>, Error> {
    if words.len() > MOST { Err(Error::field(name, "list_too_long")) } else { Ok(words) }
}

/// Its words, folded.
///
/// # Errors
/// As [`text`] and [`few`].
pub fn words(name: &str, given: Option<&str>) -> Result<Vec<String>, Error> {
    few(name, fold(&text(name, given)?).split_whitespace().map(str::to_owned).collect())
}
