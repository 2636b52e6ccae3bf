//! A backup of SQLite: a copy of the file, written by SQLite itself while others go on, then opened and proven.

use std::{
    fs::{self, File, OpenOptions},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use super::{BackupError, sync_folder};
use crate::{
    app::check,
    store::{backup, db::Database, dialect::Target, error::StoreError, health},
};

/// Copies the database to `path`, which nobody else may read, and proves it.
pub(super) fn make(target: &Target, path: &Path) -> Result<(), BackupError> {
    let at = |error: std::io::Error| BackupError::file(path, error);
    let name = path.to_str().ok_or_else(|| BackupError::file(path, "is no UTF-8"))?;
    // SQLite fills an empty file, and keeps its mode.
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path).map_err(at)?;
    backup::copy(target, name)?;
    File::open(path).and_then(|file| file.sync_all()).map_err(at)?;
    prove(path)
}

/// Opens a backup and proves every invariant of its data, as `prostor check` does; reads only.
///
/// # Errors
/// `Unsound` with the first finding.
pub fn prove(path: &Path) -> Result<(), BackupError> {
    let unsound = |finding: String| BackupError::Unsound { path: path.to_owned(), finding };
    backup::quick_check(&path.display().to_string()).map_err(unsound)?;
    let db = Database::reading(Target::Sqlite(path.display().to_string()))?;
    // One from before an upgrade is as sound as its schema lets it be told; it is proven again when it is restored.
    match db.read(health::pending_migrations) {
        Ok(0) => {}
        Ok(_) => return Ok(()),
        Err(StoreError::Database(_)) => return Err(unsound("it is no database of Prostor's".to_owned())),
        Err(error) => return Err(error.into()),
    }
    let report = check::run(&db).map_err(|error| unsound(format!("{error:?}")))?;
    report.findings.into_iter().next().map_or(Ok(()), |finding| Err(unsound(finding)))
}

/// Puts a backup in the place of the database's file, marked as not settled; what was there is kept beside it, and returned.
///
/// # Errors
/// When a file can't be written; the former one is in its place then.
pub fn put_back(backup: &Path, database: &Path) -> Result<Option<PathBuf>, BackupError> {
    let part = database.with_extension("restored");
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error: std::io::Error| BackupError::file(&path, error)
    };
    let mut from = File::open(backup).map_err(at(backup))?;
    let mut into = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&part)
        .map_err(at(&part))?;
    std::io::copy(&mut from, &mut into).and_then(|_| into.sync_all()).map_err(at(&part))?;
    backup::mark_unsettled(&Target::Sqlite(part.display().to_string()))?;
    let former = database.exists().then(|| database.with_extension("before-restore"));
    if let Some(former) = &former {
        fs::rename(database, former).map_err(at(database))?;
    }
    for ending in ["-wal", "-shm"] {
        let mut beside = database.as_os_str().to_owned();
        beside.push(ending);
        let beside = PathBuf::from(beside);
        if beside.exists() {
            fs::remove_file(&beside).map_err(at(&beside))?;
        }
    }
    fs::rename(&part, database).map_err(at(database))?;
    sync_folder(database)?;
    Ok(former)
}
