//! The nightly backup of SQLite: one for each night, proven, the latest few kept.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{BackupError, Backups, make};
use crate::{
    app::{App, error::Error},
    domain::instant::Instant,
};

/// A night begins at this hour, UTC, seconds.
const HOUR: i64 = 2 * 3600;
const BEGINNING: &str = "prostor-";
const ENDING: &str = ".db";

/// Makes tonight's backup unless it is there, and removes those that are too many; returns 1 where one was made.
///
/// # Errors
/// When it can't be made or is not sound: then those that are there stay.
pub fn backup(app: &Arc<App>) -> Result<usize, Error> {
    let Some(Backups { folder, kept }) = app.backups.as_ref().filter(|_| app.db.target().is_sqlite()) else {
        return Ok(0);
    };
    fs::create_dir_all(folder).map_err(|error| BackupError::file(folder, error))?;
    let path = folder.join(name(app.now()));
    if path.exists() {
        return Ok(0);
    }
    make(app.db.target(), &path)?;
    for old in names(folder)?.into_iter().rev().skip(*kept) {
        fs::remove_file(&old).map_err(|error| BackupError::file(&old, error))?;
    }
    Ok(1)
}

/// That of the night that began last.
fn name(now: Instant) -> String {
    format!("{BEGINNING}{}{ENDING}", now.plus(-HOUR).utc().format("%Y-%m-%d"))
}

/// The backups of a folder, the oldest first; nothing else in it is touched.
fn names(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let entries = fs::read_dir(folder).map_err(|error| BackupError::file(folder, error))?;
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| BackupError::file(folder, error))?;
        let name = entry.file_name();
        let date = name.to_str().and_then(|name| name.strip_prefix(BEGINNING)?.strip_suffix(ENDING));
        if date.is_some_and(|date| date.parse::<chrono::NaiveDate>().is_ok()) {
            names.push(entry.path());
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_has_one_name_and_only_backups_are_found() {
        for (at, wanted) in [
            ("2026-03-02T01:59:59Z", "prostor-2026-03-01.db"),
            ("2026-03-02T02:00:00Z", "prostor-2026-03-02.db"),
            ("2026-03-03T01:59:59Z", "prostor-2026-03-02.db"),
        ] {
            assert_eq!(name(at.parse::<chrono::DateTime<chrono::Utc>>().unwrap().into()), wanted);
        }
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "prostor-2026-03-02.db",
            "prostor-2026-03-01.db",
            "prostor-2026-03-03.part",
            "prostor-old.db",
            "x",
        ] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let found = names(folder.path()).unwrap();
        let found: Vec<_> = found.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(found, ["prostor-2026-03-01.db", "prostor-2026-03-02.db"]);
    }
}
