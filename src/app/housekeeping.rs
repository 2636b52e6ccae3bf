//! What nobody asks for but time: forgetting what is kept for a while only.

use std::sync::Arc;

use super::{App, accounts::tidy::tidy, error::Error};
use crate::{
    domain::retention::ago,
    store::{error::StoreError, idempotency, outbox, waiting},
};

/// Answers are repeated for so long, seconds (DESIGN 5).
const ANSWERS_KEPT: i64 = 48 * 3600;

/// Mails forgotten at a time: one transaction should not hold the writer for long.
const BATCH: i64 = 1000;

/// Forgets what is past its time (answers of idempotent requests, mails, sessions, sign-in links and waiting that
/// are over) and answers how much that was.
///
/// # Errors
/// When the database fails.
pub fn purge(app: &Arc<App>) -> Result<usize, Error> {
    let clock = app.clock.clone();
    let answers: Result<usize, StoreError> =
        app.db.write("purge", move |tx| idempotency::purge(tx, clock.now().plus(-ANSWERS_KEPT)));
    let mut forgotten = answers?;
    loop {
        match tidy(app)? + old_mails(app)? + waited(app)? {
            0 => return Ok(forgotten),
            some => forgotten += some,
        }
    }
}

fn old_mails(app: &Arc<App>) -> Result<usize, Error> {
    let before = ago(app.now(), app.retention.mails);
    let purged: Result<usize, StoreError> =
        app.db.write("forget old mails", move |tx| outbox::purge(tx, before, BATCH));
    Ok(purged?)
}

fn waited(app: &Arc<App>) -> Result<usize, Error> {
    let before = ago(app.now(), app.retention.waiting);
    let purged: Result<usize, StoreError> =
        app.db.write("forget who waited", move |tx| waiting::purge(tx, before, BATCH));
    Ok(purged?)
}
