//! `prostor backup` and `prostor restore`: what an operator does with whole databases, from the command line.

use std::{
    collections::BTreeSet,
    fmt,
    path::{Path, PathBuf},
};

use crate::{
    app::{
        backup::{self as backups, BackupError, erased, postgres, restored, sqlite},
        check,
        error::Error,
    },
    config::Config,
    domain::ids::UserId,
    server,
    store::{
        backup,
        db::{Database, Sizing},
        dialect::Target,
        erasure,
        error::StoreError,
    },
};

/// Makes a backup in `file`.
///
/// # Errors
/// One line that says what is wrong.
pub fn make(config: &Config, file: &Path) -> Result<(), String> {
    if let Target::Sqlite(path) = &config.database
        && !Path::new(path).exists()
    {
        return Err(format!("PROSTOR_DATABASE_URL names the file `{path}`, which does not exist"));
    }
    backups::make(&config.database, file).map_err(|error| error.to_string())
}

/// What to restore, and how.
#[derive(Debug)]
pub struct Restore<'a> {
    pub file: &'a Path,
    /// Even where the database is not empty.
    pub replace: bool,
    /// Files that say who was erased, besides the one of the settings.
    pub erased: &'a [PathBuf],
}

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    pub settled: restored::Settled,
    pub report: check::Report,
    /// SQLite's file as it was.
    pub former: Option<PathBuf>,
    /// What could not be found out.
    pub warning: Option<String>,
}

impl fmt::Display for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let restored::Settled { erased, held } = self.settled;
        writeln!(f, "All sign-ins and keys are ended. Erased again: {erased}. Mails held back: {held}.")?;
        if let Some(former) = &self.former {
            writeln!(f, "What was there is kept in {}: delete it once it is not needed.", former.display())?;
        }
        if let Some(warning) = &self.warning {
            writeln!(f, "WARNING  {warning}")?;
        }
        write!(f, "{}", self.report)
    }
}

/// Restores a backup into the database of the settings, which no service uses, and settles it.
///
/// # Errors
/// One line that says what is wrong; before anything is replaced the backup is looked through.
pub fn restore(config: &Config, wanted: &Restore<'_>) -> Result<Restored, String> {
    let target = &config.database;
    let said = |error: BackupError| error.to_string();
    // One made up now would open nothing of what is restored.
    config.secret.found().map_err(|error| error.to_string())?;
    let (there, who) = ready(config, wanted).map_err(said)?;
    let (mut erased, warning) = who;
    for file in config.erased_file.iter().chain(wanted.erased) {
        erased.extend(erased::read(file).map_err(said)?);
    }
    let former = put_back(target, wanted.file, there).map_err(said)?;
    let again =
        "what was restored is not settled, and serves nobody until it is restored again, with --replace";
    let app = server::unsettled(config).map_err(|error| format!("{error}; {again}"))?;
    let settled = restored::settle(&app, &erased).and_then(|settled| {
        erased::write_down(&app)?;
        Ok((settled, check::run(&app.db)?))
    });
    app.db.close();
    let (settled, report) = settled.map_err(|error: Error| format!("{error:?}; {again}"))?;
    Ok(Restored { settled, report, former, warning })
}

type Who = (BTreeSet<UserId>, Option<String>);

/// Whether the backup can be read, nobody works on the database, and it is empty or may be replaced; whether there is
/// anything in it, and whom it knows to be erased.
fn ready(config: &Config, wanted: &Restore<'_>) -> Result<(bool, Who), BackupError> {
    let target = &config.database;
    let refused = |why: &str| Err(BackupError::Refused(why.to_owned()));
    if !wanted.file.exists() {
        return refused(&format!("{} does not exist", wanted.file.display()));
    }
    match target {
        Target::Sqlite(_) => sqlite::prove(wanted.file)?,
        Target::Postgres(_) => postgres::prove(wanted.file)?,
    }
    if backup::others(target)? > 0 {
        return refused("PROSTOR_DATABASE_URL: a service still runs on this database; stop it first");
    }
    let there = backup::tables(target)? > 0;
    if there && !wanted.replace {
        return refused(
            "PROSTOR_DATABASE_URL: this database is not empty; --replace replaces all that is in it",
        );
    }
    if there && backup::is_of_the_system(target)? {
        return refused(
            "PROSTOR_DATABASE_URL: this role owns PostgreSQL itself, so what is its own can't be dropped; --replace takes \
             a role of the service's own, else restore into a database that is new and empty",
        );
    }
    if there && let Some(owner) = backup::other_owner(target)? {
        return refused(&format!(
            "PROSTOR_DATABASE_URL: the database, or something in it, belongs to another role, {owner}, and would stay; \
             --replace takes the role to which all of it belongs"
        ));
    }
    let who = if there { known(target) } else { (BTreeSet::new(), None) };
    Ok((there, who))
}

/// Whom the former database knows to be erased. One that is damaged may not be able to tell.
fn known(target: &Target) -> Who {
    let sizing = Sizing { connections: 1, ..Sizing::default() };
    let opened = match target {
        Target::Sqlite(_) => Database::reading(target.clone()),
        Target::Postgres(_) => Database::open(target.clone(), &sizing, std::sync::Arc::new(|| ())),
    };
    let told: Result<_, StoreError> = opened.and_then(|db| db.read(erasure::erased));
    match told {
        Ok(erased) => (erased.into_iter().map(|(id, _)| id).collect(), None),
        Err(error) => {
            let warning = format!("the former database could not tell who was erased: {error}");
            (BTreeSet::new(), Some(warning))
        }
    }
}

fn put_back(target: &Target, file: &Path, there: bool) -> Result<Option<PathBuf>, BackupError> {
    match target {
        Target::Sqlite(path) => sqlite::put_back(file, Path::new(path)),
        Target::Postgres(url) => {
            if there {
                backup::empty(target)?;
            }
            backup::mark_unsettled(target)?;
            postgres::restore(url, file).map(|()| None)
        }
    }
}
