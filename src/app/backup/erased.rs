//! Who was erased, in a file outside of the database: what is restored from a backup must forget them again. A line holds
//! an id, whose row names nobody, and when.

use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::Arc,
};

use super::{BackupError, sync_folder};
use crate::{
    app::{App, error::Error, shown},
    domain::ids::UserId,
    store::erasure,
};

/// Adds to the file whom the database says were erased and the file does not know; returns how many.
///
/// # Errors
/// When the file can't be read or written, or the database fails.
pub fn write_down(app: &Arc<App>) -> Result<usize, Error> {
    let Some(path) = &app.erased_file else { return Ok(0) };
    let erased = app.db.read(erasure::erased)?;
    let known = read(path)?;
    let new: String = erased
        .iter()
        .filter(|(id, _)| !known.contains(id))
        .map(|(id, at)| format!("{id} {}\n", shown(*at)))
        .collect();
    if new.is_empty() {
        return Ok(0);
    }
    let first = !path.exists();
    let opened = OpenOptions::new().append(true).create(true).mode(0o600).open(path);
    let written = opened.and_then(|mut file| {
        // One write: lines of several nodes on a shared folder don't mix.
        file.write_all(new.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| BackupError::file(path, error))?;
    if first {
        sync_folder(path)?;
    }
    Ok(new.lines().count())
}

/// The same at once, after somebody was erased. Where it fails the job does it, and tells.
pub fn note(app: &Arc<App>) {
    if let Err(error) = write_down(app) {
        tracing::error!(error = ?error, "who was erased could not be written down: {error:?}");
    }
}

/// The ids in such a file; none where there is no file.
///
/// # Errors
/// When it can't be read, or a line is no id.
pub fn read(path: &Path) -> Result<BTreeSet<UserId>, BackupError> {
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeSet::new()),
        other => other.map_err(|error| BackupError::file(path, error))?,
    };
    let ids = text.lines().map(|line| line.split(' ').next().unwrap_or_default());
    let ids = ids
        .filter(|id| !id.is_empty())
        .map(|id| id.parse().map_err(|error| BackupError::file(path, format!("`{id}`: {error}"))));
    ids.collect()
}
