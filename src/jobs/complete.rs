//! What time alone does to reservations: requests expire, reservations are completed at their end.

use std::sync::Arc;

use crate::app::{App, error::Error, reservations::expire};

/// Each in a transaction of its own.
pub(super) fn run(app: &Arc<App>) -> Result<usize, Error> {
    expire::overdue(app)
}
