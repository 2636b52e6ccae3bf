//! What nobody asks for but time: forgetting what is kept for a while only.

use super::{App, error::Error};
use crate::store::idempotency;

/// Answers are repeated for so long, seconds (DESIGN 5).
const ANSWERS_KEPT: i64 = 48 * 3600;

/// Forgets what is past its time; answers how much that was.
///
/// # Errors
/// When the database fails.
pub fn purge(app: &App) -> Result<usize, Error> {
    let clock = app.clock.clone();
    app.db.write("purge", move |tx| Ok(idempotency::purge(tx, clock.now().plus(-ANSWERS_KEPT))?))
}
