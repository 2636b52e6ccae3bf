//! Numbers what changed, for the feed of rows: a job, so that no reservation waits for another's number.

use std::sync::Arc;

use crate::{
    app::{App, error::Error},
    store::{error::StoreError, feed as store},
};

/// Marks that one transaction takes away.
const MARKS: i64 = 1_000;
/// Transactions of one run; the next one goes on.
const STEPS: usize = 50;

/// Numbers a bounded part of what changed; returns how many changes that were.
///
/// # Errors
/// When the database fails.
pub fn number(app: &Arc<App>) -> Result<usize, Error> {
    let mut all = 0;
    for _ in 0..STEPS {
        if !app.db.read(store::waits)? {
            break;
        }
        let app_ = app.clone();
        let some: Result<usize, StoreError> =
            app.db.write("number the feed", move |tx| store::number(tx, || app_.now(), MARKS));
        all += some?;
    }
    Ok(all)
}
