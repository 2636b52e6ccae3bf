//! What nobody asks for but time: forgetting what is kept for a while only.

use std::sync::Arc;

use super::{App, accounts::tidy::tidy, demand, error::Error};
use crate::{
    domain::retention::ago,
    store::{error::StoreError, idempotency, join_requests, outbox, waiting},
};

/// Answers are repeated for so long, seconds (DESIGN 5).
const ANSWERS_KEPT: i64 = 48 * 3600;

/// Mails forgotten at a time: one transaction should not hold the writer for long.
const BATCH: i64 = 1000;

/// Who asked to join an organisation is kept for so long after the answer, and without one for so long, seconds.
const JOINED_KEPT: i64 = 30 * 86_400;
const UNANSWERED_KEPT: i64 = 90 * 86_400;

/// Forgets what is past its time (answers of idempotent requests, mails, sessions, sign-in links, waiting and
/// requests to join that are over, keys of days gone by) and answers how much that was.
///
/// # Errors
/// When the database fails.
pub fn purge(app: &Arc<App>) -> Result<usize, Error> {
    let clock = app.clock.clone();
    let answers: Result<usize, StoreError> =
        app.db.write("purge", move |tx| idempotency::purge(tx, clock.now().plus(-ANSWERS_KEPT)));
    let mut forgotten = answers?;
    loop {
        match tidy(app)? + old_mails(app)? + waited(app)? + asked(app)? + demand::forget_keys(app)? {
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

fn asked(app: &Arc<App>) -> Result<usize, Error> {
    let (ended, unanswered) = (app.now().plus(-JOINED_KEPT), app.now().plus(-UNANSWERED_KEPT));
    let purged: Result<usize, StoreError> =
        app.db.write("forget who asked to join", move |tx| join_requests::purge(tx, ended, unanswered));
    Ok(purged?)
}
