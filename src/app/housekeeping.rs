//! What nobody asks for but time: forgetting what is kept for a while only.

use std::sync::Arc;

use super::{App, accounts::tidy::tidy, error::Error};
use crate::store::{error::StoreError, idempotency};

/// Answers are repeated for so long, seconds (DESIGN 5).
const ANSWERS_KEPT: i64 = 48 * 3600;

/// Forgets what is past its time (answers of idempotent requests, sessions and sign-in links that are over)
/// and answers how much that was.
///
/// # Errors
/// When the database fails.
pub fn purge(app: &Arc<App>) -> Result<usize, Error> {
    let clock = app.clock.clone();
    let answers: Result<usize, StoreError> =
        app.db.write("purge", move |tx| idempotency::purge(tx, clock.now().plus(-ANSWERS_KEPT)));
    let mut forgotten = answers?;
    loop {
        match tidy(app)? {
            0 => return Ok(forgotten),
            some => forgotten += some,
        }
    }
}
