//! What backups and restores ask of a database: a copy of SQLite's file, whether there is anything in it, and what a
//! restored one must forget.

use std::{path::Path, thread, time::Duration};

use diesel::{
    Connection as _, QueryableByName, RunQueryDsl, SqliteConnection,
    connection::SimpleConnection,
    prelude::*,
    sql_types::{BigInt, Text},
};

use super::{
    db::WriteTx,
    dialect::{self, Access, AnyConnection, Target},
    error::StoreError,
    schema::{
        address_changes, api_keys, calendars, half_sign_ins, invitations, outbox, reservations, series,
        sessions, tickets,
    },
};
use crate::domain::{ids::SeriesId, instant::Instant};

/// What a held message says of itself.
const HELD: &str = "held: restored from a backup, it may have been sent before";
/// Added to what grows with every change, so that it grows on from what was given out after the backup was made.
const AHEAD: i32 = 1000;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Copies SQLite's file as it is at this moment; who writes goes on. `path` does not exist, or is empty. Only what is live
/// is copied: nothing that was deleted reaches a backup.
///
/// # Errors
/// When the file can't be read or the copy not written.
pub fn copy(target: &Target, path: &str) -> Result<(), StoreError> {
    let AnyConnection::Sqlite(mut connection) = connect(target)? else {
        return Err(StoreError::Corrupt("only SQLite's file is copied".to_owned()));
    };
    let quoted = path.replace('\'', "''");
    connection.batch_execute(&format!("VACUUM INTO '{quoted}'"))?;
    Ok(())
}

/// Looks through SQLite's file, before anything is made of it.
///
/// # Errors
/// What SQLite finds broken.
pub fn quick_check(path: &str) -> Result<(), String> {
    #[derive(QueryableByName)]
    struct Finding {
        #[diesel(sql_type = Text)]
        quick_check: String,
    }
    let mut connection = SqliteConnection::establish(path).map_err(|error| error.to_string())?;
    let found = diesel::sql_query("PRAGMA quick_check(1)").get_result::<Finding>(&mut connection);
    match found.map_err(|error| error.to_string())?.quick_check {
        sound if sound == "ok" => Ok(()),
        finding => Err(finding),
    }
}

/// Marks a database as restored and not settled yet, in a table that no schema has: who finds it serves nobody. Once
/// is as often as many times.
///
/// # Errors
/// When the database can't be written.
pub fn mark_unsettled(target: &Target) -> Result<(), StoreError> {
    const MARK: &str = "CREATE TABLE IF NOT EXISTS restore_to_settle (marked BOOLEAN)";
    match target {
        // Not as a service opens it: nothing is left beside the file.
        Target::Sqlite(path) => SqliteConnection::establish(path)
            .map_err(|error| StoreError::Busy(error.to_string()))?
            .batch_execute(MARK)?,
        Target::Postgres(_) => connect(target)?.batch_execute(MARK)?,
    }
    Ok(())
}

/// Whether the mark is there.
///
/// # Errors
/// When the database can't be opened.
pub fn is_unsettled(target: &Target) -> Result<bool, StoreError> {
    if matches!(target, Target::Sqlite(path) if !Path::new(path).exists()) {
        return Ok(false);
    }
    let marks = count(
        target,
        "SELECT count(*) AS count FROM information_schema.tables \
         WHERE table_schema = 'public' AND table_name = 'restore_to_settle'",
        "SELECT count(*) AS count FROM sqlite_master WHERE name = 'restore_to_settle'",
    )?;
    Ok(marks > 0)
}

/// Takes the mark away.
///
/// # Errors
/// When the database fails.
pub fn mark_settled(tx: &mut WriteTx) -> Result<(), StoreError> {
    diesel::sql_query("DROP TABLE IF EXISTS restore_to_settle").execute(&mut tx.connection)?;
    Ok(())
}

/// How many tables are there that a restore would meet.
///
/// # Errors
/// When the database can't be opened.
pub fn tables(target: &Target) -> Result<i64, StoreError> {
    // To look into a file that is not there would make it.
    if matches!(target, Target::Sqlite(path) if !Path::new(path).exists()) {
        return Ok(0);
    }
    count(
        target,
        // Those of others, too, of which `information_schema` is silent.
        "SELECT count(*) AS count FROM pg_tables WHERE schemaname = 'public'",
        "SELECT count(*) AS count FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
}

/// How many other connections of ours the database has: a service that still runs. Of SQLite's file, 1 where another process
/// has it open.
///
/// # Errors
/// When the database can't be opened.
pub fn others(target: &Target) -> Result<i64, StoreError> {
    if let Target::Sqlite(path) = target {
        return Ok(i64::from(Path::new(path).exists() && is_open_elsewhere(path)));
    }
    let ours = "SELECT count(*) AS count FROM pg_stat_activity WHERE datname = current_database() \
                AND application_name = 'prostor' AND pid <> pg_backend_pid()";
    // A connection that was closed this moment takes another one to go.
    for _ in 0..20 {
        if count(target, ours, ours)? == 0 {
            return Ok(0);
        }
        thread::sleep(Duration::from_millis(100));
    }
    count(target, ours, ours)
}

/// In exclusive mode SQLite takes the whole file for one connection, or not at all.
fn is_open_elsewhere(path: &str) -> bool {
    let taken = SqliteConnection::establish(path).ok().map(|mut connection| {
        connection
            .batch_execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK; PRAGMA wal_checkpoint(TRUNCATE);")
            .is_ok()
    });
    taken != Some(true)
}

/// Whether our role is the one that made the server, which `DROP OWNED` refuses (its OID is 10: PostgreSQL, `pg_authid.dat`).
///
/// # Errors
/// When the database can't be opened.
pub fn is_of_the_system(target: &Target) -> Result<bool, StoreError> {
    let role = "SELECT count(*) AS count FROM pg_roles WHERE oid = 10 AND rolname = CURRENT_USER";
    Ok(count(target, role, "SELECT 0 AS count")? > 0)
}

/// Another role than ours, to whom a PostgreSQL database belongs, or something in it: that would stay where all is to be
/// replaced. What came with an extension is the extension's.
///
/// # Errors
/// When the database can't be opened.
pub fn other_owner(target: &Target) -> Result<Option<String>, StoreError> {
    const OTHERS: &str = "SELECT pg_get_userbyid(owner)::text AS name FROM (
          SELECT datdba AS owner, oid, 'pg_database'::regclass AS kind FROM pg_database
              WHERE datname = current_database()
          UNION ALL SELECT relowner, pg_class.oid, 'pg_class'::regclass FROM pg_class
              JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = 'public'
          UNION ALL SELECT proowner, pg_proc.oid, 'pg_proc'::regclass FROM pg_proc
              JOIN pg_namespace ON pg_namespace.oid = pronamespace WHERE nspname = 'public') found
        WHERE owner <> (SELECT oid FROM pg_roles WHERE rolname = CURRENT_USER)
          AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = kind AND objid = found.oid AND deptype = 'e')
        LIMIT 1";
    #[derive(QueryableByName)]
    struct Owner {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let AnyConnection::Postgres(mut connection) = connect(target)? else { return Ok(None) };
    let found = diesel::sql_query(OTHERS).get_result::<Owner>(&mut connection).optional()?;
    Ok(found.map(|owner| owner.name))
}

/// Drops all that our role owns in a PostgreSQL database.
///
/// # Errors
/// When the role may not.
pub fn empty(target: &Target) -> Result<(), StoreError> {
    let mut connection = connect(target)?;
    connection.batch_execute("DROP OWNED BY CURRENT_USER CASCADE")?;
    Ok(())
}

fn count(target: &Target, postgres: &str, sqlite: &str) -> Result<i64, StoreError> {
    let counted = match connect(target)? {
        AnyConnection::Postgres(mut connection) => {
            diesel::sql_query(postgres).get_result::<Count>(&mut connection)?
        }
        AnyConnection::Sqlite(mut connection) => {
            diesel::sql_query(sqlite).get_result::<Count>(&mut connection)?
        }
    };
    Ok(counted.count)
}

fn connect(target: &Target) -> Result<AnyConnection, StoreError> {
    dialect::connect(target, Access::Write).map_err(|error| StoreError::Busy(error.to_string()))
}

/// Ends every sign-in, key, calendar link, invitation and change of address: which of them were ended after the backup
/// was made, nobody knows any more. Links and codes that were sent open nothing.
///
/// # Errors
/// When the database fails.
pub fn sign_all_out(tx: &mut WriteTx, now: Instant) -> Result<(), StoreError> {
    diesel::update(sessions::table.filter(sessions::revoked_at.is_null()))
        .set(sessions::revoked_at.eq(now))
        .execute(&mut tx.connection)?;
    diesel::update(api_keys::table.filter(api_keys::revoked_at.is_null()))
        .set(api_keys::revoked_at.eq(now))
        .execute(&mut tx.connection)?;
    diesel::update(calendars::table.filter(calendars::revoked_at.is_null()))
        .set(calendars::revoked_at.eq(now))
        .execute(&mut tx.connection)?;
    diesel::update(address_changes::table.filter(address_changes::ended_at.is_null()))
        .set(address_changes::ended_at.eq(now))
        .execute(&mut tx.connection)?;
    diesel::delete(invitations::table.filter(invitations::accepted_at.is_null()))
        .execute(&mut tx.connection)?;
    diesel::delete(half_sign_ins::table).execute(&mut tx.connection)?;
    diesel::delete(tickets::table).execute(&mut tx.connection)?;
    Ok(())
}

/// Holds every message that waits: as a dead letter it is counted and kept, but goes out only if somebody says so. Returns
/// how many.
///
/// # Errors
/// When the database fails.
pub fn hold_mails(tx: &mut WriteTx) -> Result<usize, StoreError> {
    let waiting = outbox::table.filter(outbox::state.eq("queued"));
    Ok(diesel::update(waiting)
        .set((outbox::state.eq("dead"), outbox::lease.eq(None::<Vec<u8>>), outbox::last_error.eq(HELD)))
        .execute(&mut tx.connection)?)
}

/// Raises the revisions and versions of what is not over: calendars and clients may have seen later ones, and take no
/// earlier one for news.
///
/// # Errors
/// When the database fails.
pub fn step_ahead(tx: &mut WriteTx, now: Instant) -> Result<(), StoreError> {
    let ahead = reservations::series_id.is_not_null().and(reservations::ends_at.gt(now));
    let ids = reservations::table.filter(ahead).select(reservations::series_id.assume_not_null()).distinct();
    let ids: Vec<SeriesId> = ids.load(&mut tx.connection)?;
    diesel::update(series::table.filter(series::id.eq_any(ids.clone())))
        .set((
            series::sequence.eq(series::sequence + AHEAD),
            series::version.eq(series::version + i64::from(AHEAD)),
        ))
        .execute(&mut tx.connection)?;
    // Past ones of such a series, too: it is never ahead of its reservations.
    let of_series = reservations::series_id.eq_any(ids).assume_not_null();
    diesel::update(reservations::table.filter(reservations::ends_at.gt(now).or(of_series)))
        .set((
            reservations::sequence.eq(reservations::sequence + AHEAD),
            reservations::version.eq(reservations::version + i64::from(AHEAD)),
        ))
        .execute(&mut tx.connection)?;
    Ok(())
}
