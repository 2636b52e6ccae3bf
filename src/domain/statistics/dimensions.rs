//! Lists of what rows are told apart by, as they are asked for: words with commas between, each once and in the order of the
//! rows. Figures of places and figures about people have their own words.

use std::{fmt, str::FromStr};

/// Why a text is no grouping, in the words of serde, which the edge knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidGrouping {
    #[error("unknown variant `{word}`, expected a list with commas of {known}")]
    Unknown { word: String, known: String },
    #[error("duplicate field `{0}`")]
    Twice(String),
}

/// # Errors
/// [`InvalidGrouping::Twice`].
pub(super) fn each_once<D: PartialEq + fmt::Display>(dimensions: Vec<D>) -> Result<Vec<D>, InvalidGrouping> {
    for (place, dimension) in dimensions.iter().enumerate() {
        if dimensions[..place].contains(dimension) {
            return Err(InvalidGrouping::Twice(dimension.to_string()));
        }
    }
    Ok(dimensions)
}

/// Of all words there are; nothing is no grouping.
///
/// # Errors
/// [`InvalidGrouping::Unknown`].
pub(super) fn read<D: FromStr + fmt::Display>(text: &str, all: &[D]) -> Result<Vec<D>, InvalidGrouping> {
    let known = || all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let words = text.split(',').filter(|_| !text.is_empty());
    let word = |word: &str| {
        word.parse().map_err(|_| InvalidGrouping::Unknown { word: word.to_owned(), known: known() })
    };
    words.map(word).collect()
}
