//! Backups of the database, each one file, and what is done after one was restored (ADR 18).

pub mod erased;
pub mod nightly;
pub mod postgres;
pub mod restored;
pub mod sqlite;

use std::path::{Path, PathBuf};

use crate::{app::error::Error, store::dialect::Target};

/// Where nightly backups are kept, and how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backups {
    pub folder: PathBuf,
    pub kept: usize,
}

/// Why there is no backup, or nothing was restored: one line.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{path}: {why}")]
    File { path: PathBuf, why: String },
    #[error("{0}")]
    Program(String),
    #[error("the database: {0}")]
    Store(#[from] crate::store::error::StoreError),
    /// The copy is there, but it is not sound.
    #[error("{path} is not sound: {finding}")]
    Unsound { path: PathBuf, finding: String },
    #[error("{0}")]
    Refused(String),
}

impl BackupError {
    pub(super) fn file(path: &Path, why: impl std::fmt::Display) -> Self {
        Self::File { path: path.to_owned(), why: why.to_string() }
    }
}

impl From<BackupError> for Error {
    fn from(error: BackupError) -> Self {
        Self::Broken(error.to_string())
    }
}

/// Makes a backup of the database in a file that does not exist, and looks whether it is sound.
///
/// # Errors
/// [`BackupError`]; nothing is left at `path` then.
pub fn make(target: &Target, path: &Path) -> Result<(), BackupError> {
    if path.exists() {
        return Err(BackupError::file(path, "exists already"));
    }
    let part = path.with_extension("part");
    let made = match target {
        Target::Sqlite(_) => sqlite::make(target, &part),
        Target::Postgres(url) => postgres::dump(url, &part),
    };
    let made = made.and_then(|()| {
        std::fs::rename(&part, path).map_err(|error| BackupError::file(path, error))?;
        sync_folder(path)
    });
    if made.is_err() && part.exists() {
        // What is half made would be taken for a backup by somebody.
        std::fs::remove_file(&part).map_err(|error| BackupError::file(&part, error))?;
    }
    made
}

/// A file's name is on the disk once its folder is.
pub(super) fn sync_folder(path: &Path) -> Result<(), BackupError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let synced = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|error| BackupError::file(folder, error))
}
