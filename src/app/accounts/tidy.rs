//! Forgetting what is over: sessions with their tokens, and tickets.

use crate::{
    app::{App, error::Error},
    store::{sessions, tickets},
};

/// Seconds for which what is over is kept, so that a late reuse is still told from an unknown token.
const KEPT: i64 = 86_400;
/// Sessions at a time: one transaction should not hold the writer for long.
const BATCH: i64 = 200;

/// Returns how many sessions and tickets were forgotten; call it again while it is not zero.
///
/// # Errors
/// When the database fails.
pub fn tidy(app: &App) -> Result<usize, Error> {
    let before = app.now().plus(-KEPT);
    app.db.write("forget old sign-ins", move |tx| {
        Ok(sessions::purge(tx, before, BATCH)? + tickets::purge(tx, before)?)
    })
}
