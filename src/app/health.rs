//! Whether this node can serve, and how much is waiting.

use super::{
    App,
    error::{Code, Error},
};
use crate::store::{error::StoreError, health, outbox};

/// The database answers, has our schema, and takes writes.
///
/// # Errors
/// `overloaded` when one of these is not so; the reason goes to the log.
pub fn ready(app: &App) -> Result<(), Error> {
    let not_ready = |what: &str| {
        tracing::warn!("not ready: {what}");
        Error::from(Code::Overloaded)
    };
    let pending = app.db.read(health::pending_migrations).map_err(|error| not_ready(&error.to_string()))?;
    if pending > 0 {
        return Err(not_ready(&format!("{pending} migrations have not run")));
    }
    // Passes SQLite's writer, so a writer that died or hangs is noticed; writes nothing.
    let written: Result<(), StoreError> = app.db.write("health", |_| Ok(()));
    written.map_err(|error| not_ready(&error.to_string()))
}

/// What is waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Levels {
    /// Mails queued and given up.
    pub mails: (i64, i64),
    /// The pool's connections, open and idle.
    pub connections: (u32, u32),
}

/// # Errors
/// When the database fails.
pub fn levels(app: &App) -> Result<Levels, Error> {
    let mails = app.db.read(outbox::backlog).map_err(Error::from)?;
    Ok(Levels { mails, connections: app.db.connections() })
}
