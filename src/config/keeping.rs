//! Where backups are kept, how many, and who was erased: beside SQLite's file where nothing is said.

use std::path::PathBuf;

use super::settings::{ConfigError, Settings};
use crate::{app::backup::Backups, store::dialect::Target};

/// Two weeks of nights.
const KEPT: usize = 14;
const MOST: usize = 1000;

/// Nightly backups are SQLite's; PostgreSQL has its own tools.
pub(super) fn backups(settings: &Settings, database: &Target) -> Result<Option<Backups>, ConfigError> {
    let kept = settings.get("backups_kept").map_or(Some(KEPT), |text| text.parse().ok());
    let kept = kept.filter(|kept| *kept <= MOST).ok_or_else(|| {
        ConfigError::new("backups_kept", format_args!("is a number from 0, for none, to {MOST}"))
    })?;
    let Target::Sqlite(file) = database else { return Ok(None) };
    let folder = match settings.get("backup_folder") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(file).with_extension("backups"),
    };
    Ok((kept > 0).then_some(Backups { folder, kept }))
}

pub(super) fn erased_file(settings: &Settings, database: &Target) -> Option<PathBuf> {
    match (settings.get("erased_file"), database) {
        (Some(path), _) => Some(PathBuf::from(path)),
        (None, Target::Sqlite(file)) => Some(PathBuf::from(file).with_extension("erased")),
        (None, Target::Postgres(_)) => None,
    }
}
