//! Pages of lists: a bounded limit and an opaque, signed cursor, so that a tampered one is refused.

use serde::{Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use super::{App, error::Error};

/// The most items a page has.
pub const MOST: u32 = 200;
const USUAL: u32 = 50;

/// One page of a list in a total order.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Give it as `cursor` to read on; null at the end.
    pub next: Option<String>,
}

/// What was asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub limit: Option<u32>,
    pub cursor: Option<String>,
}

impl Asked {
    /// # Errors
    /// `invalid` beyond 1 to [`MOST`].
    pub fn limit(&self) -> Result<usize, Error> {
        match self.limit.unwrap_or(USUAL) {
            0 => Err(Error::field("?limit", "too_small")),
            n if n > MOST => Err(Error::field("?limit", "too_large")),
            n => Ok(n as usize),
        }
    }

    /// The position after which to go on. `list` names the list and its filters: a cursor fits only its own.
    ///
    /// # Errors
    /// `invalid` when the cursor is not one we gave for this list.
    pub fn after<P: DeserializeOwned>(&self, app: &App, list: &str) -> Result<Option<P>, Error> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let refused = || Error::field("?cursor", "cursor_refused");
        let payload = app.cursors.verify(cursor).ok_or_else(refused)?;
        let (of, position): (String, P) = serde_json::from_slice(&payload).map_err(|_| refused())?;
        if of == list { Ok(Some(position)) } else { Err(refused()) }
    }
}

/// Makes a page of up to `limit + 1` loaded items; the one too many tells that there are more.
///
/// # Errors
/// When the position can't be written, which plain positions can.
pub fn page<T, P: Serialize>(
    app: &App,
    list: &str,
    mut items: Vec<T>,
    limit: usize,
    position: impl Fn(&T) -> P,
) -> Result<Page<T>, Error> {
    let more = items.len() > limit;
    items.truncate(limit);
    of(app, list, items, more, position)
}

/// Makes a page of all these items; `more` follow.
///
/// # Errors
/// As [`page`].
pub fn of<T, P: Serialize>(
    app: &App,
    list: &str,
    items: Vec<T>,
    more: bool,
    position: impl Fn(&T) -> P,
) -> Result<Page<T>, Error> {
    let next = match items.last() {
        Some(last) if more => {
            let payload = serde_json::to_vec(&(list, position(last)));
            Some(app.cursors.sign(&payload.map_err(|error| Error::Broken(error.to_string()))?))
        }
        _ => None,
    };
    Ok(Page { items, next })
}
