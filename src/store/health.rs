//! Whether the database answers and has the schema this program was built for.

use std::collections::BTreeSet;

use diesel::{backend::Backend, migration::MigrationSource, pg::Pg, prelude::*, sqlite::Sqlite};

use super::{
    db::{Database, ReadTx},
    dialect::{AnyConnection, POSTGRES_MIGRATIONS, SQLITE_MIGRATIONS},
    error::StoreError,
};

diesel::table! {
    /// diesel's own record.
    __diesel_schema_migrations (version) {
        version -> Text,
    }
}

/// How many of this program's migrations the database has not seen.
///
/// # Errors
/// When the database fails.
pub fn pending_migrations(tx: &mut ReadTx) -> Result<usize, StoreError> {
    let ran: BTreeSet<String> = __diesel_schema_migrations::table
        .select(__diesel_schema_migrations::version)
        .load(&mut tx.connection)?
        .into_iter()
        .collect();
    let ours = match tx.connection {
        AnyConnection::Postgres(_) => versions::<Pg>(&POSTGRES_MIGRATIONS),
        AnyConnection::Sqlite(_) => versions::<Sqlite>(&SQLITE_MIGRATIONS),
    };
    Ok(ours?.iter().filter(|version| !ran.contains(*version)).count())
}

fn versions<DB: Backend>(ours: &impl MigrationSource<DB>) -> Result<Vec<String>, StoreError> {
    let ours = ours.migrations().map_err(|error| StoreError::corrupt("an embedded migration", error))?;
    Ok(ours.iter().map(|migration| migration.name().version().to_string()).collect())
}

impl Database {
    /// Connections of the pool: (open, idle).
    pub fn connections(&self) -> (u32, u32) {
        let state = self.pool_state();
        (state.connections, state.idle_connections)
    }
}
