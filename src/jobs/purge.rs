//! Forgets what is kept for a time only.

use std::sync::Arc;

use crate::app::{App, error::Error, housekeeping};

/// Answers of idempotent requests after 48 hours (DESIGN 5), sessions and sign-in links that are over.
pub(super) fn run(app: &Arc<App>) -> Result<usize, Error> {
    housekeeping::purge(app)
}
