//! Forgets what is kept for a time only.

use std::sync::Arc;

use crate::app::{App, error::Error, housekeeping};

/// What is past its time: answers of idempotent requests after 48 hours (DESIGN 5).
pub(super) fn run(app: &Arc<App>) -> Result<usize, Error> {
    housekeeping::purge(app)
}
