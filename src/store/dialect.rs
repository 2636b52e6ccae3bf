//! The only place that tells the databases apart: connecting, settings, error classes, locks.

use std::{fs::OpenOptions, os::unix::fs::OpenOptionsExt};

use diesel::{
    Connection as _, PgConnection, RunQueryDsl, SqliteConnection,
    connection::SimpleConnection,
    r2d2::{ManageConnection, R2D2Connection},
    result::{DatabaseErrorKind, Error},
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{db::ReadTx, error::StoreError};

/// A connection to either database; queries written once run on both.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

pub(super) const POSTGRES_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");
pub(super) const SQLITE_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// Which database, told by the URL's scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Postgres(String),
    /// A file's path.
    Sqlite(String),
}

/// A URL whose scheme is neither `sqlite:` nor `postgres:`/`postgresql:`.
#[derive(Debug, thiserror::Error)]
#[error("a database URL begins with `sqlite:` (then a file's path) or `postgres://`")]
pub struct UnknownScheme;

impl Target {
    /// # Errors
    /// [`UnknownScheme`]: SQLite would take any text for a file's name.
    pub fn parse(url: &str) -> Result<Self, UnknownScheme> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        match url.strip_prefix("sqlite:") {
            Some(path) if !path.is_empty() && !path.contains(['\0', '?']) && path != ":memory:" => {
                Ok(Self::Sqlite(path.strip_prefix("//").unwrap_or(path).to_owned()))
            }
            _ => Err(UnknownScheme),
        }
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Read,
    Write,
    /// Commits survive the process, but not all of them a power cut.
    WriteLazily,
}

// WAL with FULL: an acknowledged commit survives a power cut. journal_size_limit, because a disk
// once full otherwise stays full. Readers may not write: there is one writer. What is deleted is overwritten, too:
// erasure means the file.
const SQLITE_WRITE: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
     PRAGMA busy_timeout = 10000; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -16000; \
     PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;";
const SQLITE_READ: &str = "PRAGMA query_only = ON; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -4000; \
     PRAGMA temp_store = MEMORY;";
// The slowest honest statement takes well under 30 s; a transaction is never held over network I/O.
const POSTGRES_SESSION: &str = "SET TIME ZONE 'UTC'; SET statement_timeout = '30s'; \
     SET idle_in_transaction_session_timeout = '30s'; SET application_name = 'prostor';";

// In WAL mode the file stays sound without the fsync of every commit.
const SQLITE_LAZILY: &str = "PRAGMA synchronous = NORMAL;";
const POSTGRES_LAZILY: &str = "SET synchronous_commit = off;";
// A node that waits for another's migration, or builds an index over years of rows, is not stuck.
const POSTGRES_UNHURRIED: &str = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;";

/// Makes the pool's connections.
#[derive(Debug)]
pub struct Manager {
    pub target: Target,
    pub access: Access,
}

impl ManageConnection for Manager {
    type Connection = AnyConnection;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<AnyConnection, Self::Error> {
        connect(&self.target, self.access).map_err(diesel::r2d2::Error::ConnectionError)
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> Result<(), Self::Error> {
        connection.ping().map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, connection: &mut AnyConnection) -> bool {
        std::thread::panicking() || connection.is_broken()
    }
}

/// Opens one connection with the session settings every connection has.
///
/// # Errors
/// When the server or the file can't be opened.
pub fn connect(target: &Target, access: Access) -> diesel::ConnectionResult<AnyConnection> {
    let settings_refused = diesel::ConnectionError::CouldntSetupConfiguration;
    match target {
        Target::Postgres(url) => {
            // Before libpq does it, and without OpenSSL's own cleaning up at exit: it would pull the ground from
            // under a thread of the pool that is just connecting, and the process would end with a fault.
            openssl_sys::init();
            let mut connection = PgConnection::establish(url)?;
            connection.batch_execute(POSTGRES_SESSION).map_err(settings_refused)?;
            if access == Access::WriteLazily {
                connection.batch_execute(POSTGRES_LAZILY).map_err(settings_refused)?;
            }
            Ok(AnyConnection::Postgres(connection))
        }
        Target::Sqlite(path) => {
            if access != Access::Read {
                own_file(path)
                    .map_err(|error| diesel::ConnectionError::BadConnection(format!("{path}: {error}")))?;
            }
            let mut connection = SqliteConnection::establish(path)?;
            let settings = if access == Access::Read { SQLITE_READ } else { SQLITE_WRITE };
            connection.batch_execute(settings).map_err(settings_refused)?;
            if access == Access::WriteLazily {
                connection.batch_execute(SQLITE_LAZILY).map_err(settings_refused)?;
            }
            Ok(AnyConnection::Sqlite(connection))
        }
    }
}

/// Makes the file, where there is none, for its owner alone: SQLite gives those beside it the same mode.
fn own_file(path: &str) -> std::io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Brings the schema up to date; several nodes may try at once.
///
/// # Errors
/// When a migration fails; what ran before it stays.
pub fn migrate(target: &Target) -> Result<Vec<String>, Box<dyn std::error::Error + Send + Sync>> {
    let ran = match connect(target, Access::Write)? {
        AnyConnection::Postgres(mut connection) => {
            speaks_english(&mut connection)?;
            connection.batch_execute(POSTGRES_UNHURRIED)?;
            // One node migrates, the others wait; the number is arbitrary and ours.
            connection.batch_execute("SELECT pg_advisory_lock(7265001)")?;
            let ran = run_migrations(&mut connection, POSTGRES_MIGRATIONS);
            connection.batch_execute("SELECT pg_advisory_unlock(7265001)")?;
            ran?
        }
        AnyConnection::Sqlite(mut connection) => run_migrations(&mut connection, SQLITE_MIGRATIONS)?,
    };
    Ok(ran)
}

/// Deadlocks and timeouts are told apart by PostgreSQL's words ([`classify`]), so they have to be those we know.
fn speaks_english(connection: &mut PgConnection) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    diesel::define_sql_function! {
        fn current_setting(name: diesel::sql_types::Text) -> diesel::sql_types::Text;
    }
    let language: String = diesel::select(current_setting("lc_messages")).get_result(connection)?;
    if ["", "C", "POSIX"].contains(&language.as_str())
        || language.starts_with("en")
        || language.starts_with("C.")
    {
        return Ok(());
    }
    // Many languages have no catalogue, and the messages are English all the same.
    match connection.batch_execute("SELECT 1 / 0") {
        Err(Error::DatabaseError(_, info)) if info.message() == "division by zero" => Ok(()),
        _ => Err(format!(
            "PostgreSQL answers in `{language}`, and Prostor tells errors apart by their English words; as a \
             superuser: ALTER DATABASE … SET lc_messages = 'C'"
        )
        .into()),
    }
}

fn run_migrations<DB: diesel::backend::Backend>(
    connection: &mut impl MigrationHarness<DB>,
    migrations: EmbeddedMigrations,
) -> diesel::migration::Result<Vec<String>> {
    let ran = connection.run_pending_migrations(migrations)?;
    Ok(ran.iter().map(ToString::to_string).collect())
}

#[derive(diesel::QueryableByName)]
struct Checkpoint {
    #[diesel(sql_type = diesel::sql_types::Integer)]
    busy: i32,
}

/// See [`super::db::Database::scrub`]. Pages that were rearranged may hold remains even with `secure_delete`: only a
/// file that is written anew does not. The copy it is made in lies on the disk, as it may be larger than the memory.
pub(super) fn scrub(tx: &mut ReadTx) -> Result<bool, StoreError> {
    let AnyConnection::Sqlite(connection) = &mut tx.connection else { return Ok(true) };
    connection.batch_execute("PRAGMA temp_store = FILE; PRAGMA busy_timeout = 2000; VACUUM;")?;
    let done = diesel::sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result::<Checkpoint>(connection);
    connection.batch_execute("PRAGMA temp_store = MEMORY; PRAGMA busy_timeout = 10000;")?;
    Ok(done?.busy == 0)
}

/// Which failure it was. Diesel knows unique, foreign-key and exclusion violations and 40001;
/// deadlocks, lock timeouts and the trigger's refusal it knows only by message.
pub fn classify(error: Error) -> StoreError {
    let Error::DatabaseError(kind, info) = &error else { return StoreError::Database(error) };
    let name = || info.constraint_name().unwrap_or(info.message()).to_owned();
    let message = info.message();
    match kind {
        DatabaseErrorKind::ExclusionViolation => StoreError::SlotTaken,
        DatabaseErrorKind::UniqueViolation => StoreError::Duplicate(name()),
        DatabaseErrorKind::ForeignKeyViolation => StoreError::Missing(name()),
        DatabaseErrorKind::SerializationFailure => StoreError::Contended,
        DatabaseErrorKind::ClosedConnection => StoreError::OutcomeUnknown(message.to_owned()),
        _ if message == "slot_taken" => StoreError::SlotTaken,
        _ if message.contains("\"slot_taken\"") => StoreError::SlotTaken,
        _ if message.contains("deadlock detected") => StoreError::Contended,
        _ if message.contains("lock timeout") => StoreError::LockTimeout,
        // A server that shuts down or fails over: whether a commit under way happened is not known.
        _ if message.contains("terminating connection") => StoreError::OutcomeUnknown(message.to_owned()),
        _ if message.contains("statement timeout") => StoreError::Busy(message.to_owned()),
        _ if message.contains("database is locked") => StoreError::Busy(message.to_owned()),
        _ => StoreError::Database(error),
    }
}

/// Repeats one expression for both databases, where the shared connection lacks a feature
/// (`on_conflict`, inserting many rows).
macro_rules! on_both {
    ($tx:expr, $connection:ident => $body:expr) => {
        match &mut $tx.connection {
            $crate::store::dialect::AnyConnection::Postgres($connection) => $body,
            $crate::store::dialect::AnyConnection::Sqlite($connection) => $body,
        }
    };
}
pub(crate) use on_both;
