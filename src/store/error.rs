//! What can go wrong between the application and a database, told apart once.

/// A failure of the store. `dialect::classify` makes these from either database's errors.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The exclusion constraint or the trigger refused an overlapping occupancy.
    #[error("the slot is taken")]
    SlotTaken,
    /// A unique constraint refused a second row of the same key.
    #[error("already present: {0}")]
    Duplicate(String),
    /// A row pointed to, or still pointed at, is not there.
    #[error("a related record is missing: {0}")]
    Missing(String),
    /// Serialization failure or deadlock: the transaction may be run again.
    #[error("the transaction lost a race and may be repeated")]
    Contended,
    /// A lock was not given within the statement's lock timeout.
    #[error("a lock was not given in time")]
    LockTimeout,
    /// The queue or the pool is full, or no connection is to be had.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// The connection broke while committing: it may or may not have happened.
    #[error("the outcome of the commit is unknown: {0}")]
    OutcomeUnknown(String),
    /// A stored value does not parse: a bug or a damaged database.
    #[error("a stored value is not valid: {0}")]
    Corrupt(String),
    /// `Database::write` was called inside itself.
    #[error("a write transaction was begun inside another")]
    Nested,
    #[error(transparent)]
    Database(diesel::result::Error),
}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> Self {
        super::dialect::classify(error)
    }
}

impl StoreError {
    /// For a stored text that should have parsed.
    pub fn corrupt(what: &str, error: impl std::fmt::Display) -> Self {
        Self::Corrupt(format!("{what}: {error}"))
    }
}

/// Errors of a layer above that may wrap the store's, so that `Database::write` can tell
/// whether running the transaction again makes sense.
pub trait FromStore: From<StoreError> + Send + 'static {
    fn store(&self) -> Option<&StoreError>;
}

impl FromStore for StoreError {
    fn store(&self) -> Option<&StoreError> {
        Some(self)
    }
}
