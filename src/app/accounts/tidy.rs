//! Forgetting what is over: sessions with their tokens, tickets, half sign-ins, keys, calendar links, changes of address, tries.

use crate::{
    app::{App, error::Error},
    store::{address_changes, api_keys, attempts, calendars, second_factors, sessions, tickets},
};

/// Seconds for which what is over is kept, so that a late reuse is still told from an unknown token.
const KEPT: i64 = 86_400;
/// Sessions at a time: one transaction should not hold the writer for long.
const BATCH: i64 = 200;

/// A change of address can be confirmed for a day, and taken back for seven more.
const CHANGES_KEPT: i64 = 9 * KEPT;

/// Returns how many of them were forgotten; call it again while it is not zero.
///
/// # Errors
/// When the database fails.
pub fn tidy(app: &App) -> Result<usize, Error> {
    let now = app.now();
    let before = now.plus(-KEPT);
    app.db.write("forget old sign-ins", move |tx| {
        Ok(sessions::purge(tx, before, BATCH)?
            + tickets::purge(tx, before)?
            + second_factors::purge(tx, before)?
            + api_keys::purge(tx, before)?
            + calendars::purge(tx, before)?
            + address_changes::purge(tx, now.plus(-CHANGES_KEPT))?
            + attempts::purge(tx, before)?)
    })
}
