//! Transactions. `Database::write` is the only maker of a [`WriteTx`], `Database::read` of a [`ReadTx`].

use std::{
    cell::Cell,
    ops::{Deref, DerefMut},
    sync::Arc,
    time::Duration,
};

use diesel::{connection::SimpleConnection, r2d2::Pool};

use super::{
    dialect::{self, Access, AnyConnection, Manager, Target},
    error::{FromStore, StoreError},
    group_commit::Writer,
};

/// How often a transaction that lost a race on PostgreSQL is run, the first time included.
const ATTEMPTS: u32 = 5;

/// A transaction that reads one snapshot.
pub struct ReadTx {
    pub(super) connection: AnyConnection,
    /// From before BEGIN until the end of the transaction is known: a connection given back in between
    /// (an error, a panic, a server gone) is thrown away by the pool.
    unsettled: bool,
}

impl ReadTx {
    pub(super) fn new(connection: AnyConnection) -> Self {
        Self { connection, unsettled: false }
    }
}

/// A transaction that writes; everything a `ReadTx` can do, it can too.
pub struct WriteTx<'c> {
    read: &'c mut ReadTx,
    /// Set by the outbox, so that the worker is woken after the commit.
    pub(super) queued_mail: bool,
    /// Set by `locks`: whether the configuration of a venue stays as it is, which units and reservations are locked under.
    pub(super) configured: bool,
}

impl<'c> WriteTx<'c> {
    pub(super) fn new(read: &'c mut ReadTx) -> Self {
        Self { read, queued_mail: false, configured: false }
    }
}

impl Deref for WriteTx<'_> {
    type Target = ReadTx;

    fn deref(&self) -> &ReadTx {
        self.read
    }
}

impl DerefMut for WriteTx<'_> {
    fn deref_mut(&mut self) -> &mut ReadTx {
        self.read
    }
}

/// What is called after a commit that queued mail.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Either database behind one face. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    inner: Arc<Inner>,
}

struct Inner {
    target: Target,
    pool: Pool<PooledManager>,
    writer: Option<Writer>,
    wake: Wake,
}

/// How many connections and how much waiting a database is given.
#[derive(Debug, Clone)]
pub struct Sizing {
    /// Connections of the pool (on SQLite: readers, beside the one writer).
    pub connections: u32,
    /// Jobs that may wait for SQLite's writer; more are refused with `Busy`.
    pub queue: usize,
    /// Whether a commit survives a power cut. Without, the last ones may be lost, never half of one: for data
    /// that can be made again.
    pub durable: bool,
}

impl Default for Sizing {
    fn default() -> Self {
        Self { connections: 8, queue: 1024, durable: true }
    }
}

/// The pool keeps `ReadTx` shells, so that a transaction borrows its connection without moving it.
#[derive(Debug)]
pub(super) struct PooledManager(Manager);

impl diesel::r2d2::ManageConnection for PooledManager {
    type Connection = ReadTx;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<ReadTx, Self::Error> {
        Ok(ReadTx::new(self.0.connect()?))
    }

    fn is_valid(&self, tx: &mut ReadTx) -> Result<(), Self::Error> {
        self.0.is_valid(&mut tx.connection)
    }

    fn has_broken(&self, tx: &mut ReadTx) -> bool {
        tx.unsettled || self.0.has_broken(&mut tx.connection)
    }
}

thread_local! {
    static WRITING: Cell<bool> = const { Cell::new(false) };
}

/// Marks this thread as being inside a write transaction until dropped.
pub(super) struct Writing;

impl Writing {
    pub(super) fn enter() -> Option<Self> {
        // Lazily: a guard made and dropped here would lift the mark of the one that holds.
        (!WRITING.replace(true)).then(|| Self)
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        WRITING.set(false);
    }
}

impl Database {
    /// Opens the pool (and SQLite's writer thread). The schema must be there: [`dialect::migrate`].
    ///
    /// # Errors
    /// `Busy` when no connection can be made.
    pub fn open(target: Target, sizing: &Sizing, wake: Wake) -> Result<Self, StoreError> {
        let access = if sizing.durable { Access::Write } else { Access::WriteLazily };
        let writer = match &target {
            Target::Sqlite(_) => Some(Writer::start(&target, access, sizing.queue, wake.clone())?),
            Target::Postgres(_) => None,
        };
        let access = if target.is_sqlite() { Access::Read } else { access };
        let pool = Pool::builder()
            .max_size(sizing.connections)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(Duration::from_secs(5))
            .build(PooledManager(Manager { target: target.clone(), access }))
            .map_err(|error| StoreError::Busy(error.to_string()))?;
        Ok(Self { inner: Arc::new(Inner { target, pool, writer, wake }) })
    }

    /// Opens a database to read it alone, and leaves nothing beside SQLite's file: a backup.
    ///
    /// # Errors
    /// `Busy` when no connection can be made.
    pub fn reading(target: Target) -> Result<Self, StoreError> {
        let pool = Pool::builder()
            .max_size(1)
            .test_on_check_out(false)
            .connection_timeout(Duration::from_secs(5))
            .build(PooledManager(Manager { target: target.clone(), access: Access::Read }))
            .map_err(|error| StoreError::Busy(error.to_string()))?;
        Ok(Self { inner: Arc::new(Inner { target, pool, writer: None, wake: Arc::new(|| ()) }) })
    }

    pub fn target(&self) -> &Target {
        &self.inner.target
    }

    /// Runs `f` in one read-only snapshot.
    ///
    /// # Errors
    /// What `f` returns; `Busy` when no connection came free in 5 s.
    pub fn read<T, E: From<StoreError>>(&self, f: impl FnOnce(&mut ReadTx) -> Result<T, E>) -> Result<T, E> {
        let mut tx = self.begun(match self.inner.target {
            Target::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Target::Sqlite(_) => "BEGIN DEFERRED",
        })?;
        let answer = f(&mut tx);
        tx.end("ROLLBACK")?;
        answer
    }

    /// Runs `f` without a transaction around it: each statement sees a snapshot of its own, and two round
    /// trips are saved. For one statement, or where a change in between does no harm.
    ///
    /// # Errors
    /// What `f` returns; `Busy` when no connection came free in 5 s.
    pub fn look<T, E: FromStore>(&self, f: impl FnOnce(&mut ReadTx) -> Result<T, E>) -> Result<T, E> {
        let mut tx = self.pooled()?;
        tx.unsettled = true;
        let answer = f(&mut tx);
        // A connection that failed may be dead; making a new one is cheap beside finding out.
        tx.unsettled = matches!(&answer, Err(error) if error.store().is_some());
        answer
    }

    /// Runs `f` in one write transaction; its changes are durable when this returns `Ok`, and undone
    /// when `f` fails. `name` is for logs. `f` may run several times: owned inputs, nothing outside touched.
    ///
    /// # Errors
    /// What `f` returns; `Busy` when too many wait; `OutcomeUnknown` when the connection broke in the
    /// commit; `Contended` when PostgreSQL refused it five times; `Nested` inside another write.
    pub fn write<T, E, F>(&self, name: &'static str, f: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: FromStore,
        F: Fn(&mut WriteTx) -> Result<T, E> + Send + 'static,
    {
        let guard = Writing::enter().ok_or(StoreError::Nested)?;
        match &self.inner.writer {
            Some(writer) => {
                drop(guard);
                writer.write(name, f)
            }
            None => self.write_retrying(name, &f),
        }
    }

    fn write_retrying<T, E: FromStore>(
        &self,
        name: &'static str,
        f: &impl Fn(&mut WriteTx) -> Result<T, E>,
    ) -> Result<T, E> {
        for attempt in 1..ATTEMPTS {
            match self.write_once(f) {
                Err(error) if matches!(error.store(), Some(StoreError::Contended)) => {
                    tracing::debug!(transaction = name, attempt, "{name} lost a race, running it again");
                    std::thread::sleep(Duration::from_millis(2 << attempt));
                }
                answer => return answer,
            }
        }
        self.write_once(f)
    }

    fn write_once<T, E: FromStore>(&self, f: &impl Fn(&mut WriteTx) -> Result<T, E>) -> Result<T, E> {
        let mut read = self.begun("BEGIN")?;
        let mut tx = WriteTx::new(&mut read);
        let answer = f(&mut tx);
        let queued_mail = tx.queued_mail;
        if answer.is_err() {
            // Where even the rollback fails the connection is thrown away, and the server rolls back.
            if let Err(error) = read.end("ROLLBACK") {
                tracing::warn!(%error, "a rollback failed, the connection is given up: {error}");
            }
            return answer;
        }
        read.end("COMMIT").map_err(|error| match error {
            StoreError::Database(error) => StoreError::OutcomeUnknown(error.to_string()),
            other => other,
        })?;
        if queued_mail {
            (self.inner.wake)();
        }
        answer
    }

    /// A connection in a transaction. One that has died since it was last used is thrown away for another.
    fn begun(&self, begin: &str) -> Result<diesel::r2d2::PooledConnection<PooledManager>, StoreError> {
        let mut spare = self.inner.pool.max_size();
        loop {
            let mut tx = self.pooled()?;
            tx.unsettled = true;
            match tx.run(begin) {
                Ok(()) => return Ok(tx),
                Err(error) if spare == 0 => return Err(error),
                Err(_) => spare -= 1,
            }
        }
    }

    fn pooled(&self) -> Result<diesel::r2d2::PooledConnection<PooledManager>, StoreError> {
        self.inner.pool.get().map_err(|error| StoreError::Busy(error.to_string()))
    }

    pub(super) fn pool_state(&self) -> diesel::r2d2::State {
        self.inner.pool.state()
    }

    /// Rewrites SQLite's file and empties its write-ahead log, so that nothing is left in either of what was deleted.
    /// Writes wait meanwhile. `false` where somebody was still reading what was: try again. PostgreSQL does so by itself.
    ///
    /// # Errors
    /// When the database fails.
    pub fn scrub(&self) -> Result<bool, StoreError> {
        self.inner.writer.as_ref().map_or(Ok(true), |writer| writer.alone(dialect::scrub))
    }

    /// How large SQLite's file is, octets; 0 on PostgreSQL.
    ///
    /// # Errors
    /// When the file can't be looked at.
    pub fn size(&self) -> Result<i64, StoreError> {
        let Target::Sqlite(path) = &self.inner.target else { return Ok(0) };
        let file = std::fs::metadata(path).map_err(|error| StoreError::Busy(error.to_string()))?;
        Ok(i64::try_from(file.len()).unwrap_or(i64::MAX))
    }

    /// Waits until what SQLite's writer accepted is committed, and stops it.
    pub fn close(&self) {
        if let Some(writer) = &self.inner.writer {
            writer.stop();
        }
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// See [`dialect::migrate`].
    pub fn migrate(target: &Target) -> Result<Vec<String>, Box<dyn std::error::Error + Send + Sync>> {
        dialect::migrate(target)
    }
}

impl ReadTx {
    fn end(&mut self, statement: &str) -> Result<(), StoreError> {
        self.run(statement)?;
        self.unsettled = false;
        Ok(())
    }

    /// Lifts the time limit of single statements until the transaction ends: for what reads whole tables.
    ///
    /// # Errors
    /// When the database fails.
    pub fn take_your_time(&mut self) -> Result<(), StoreError> {
        match self.connection {
            AnyConnection::Postgres(_) => self.run("SET LOCAL statement_timeout = 0"),
            AnyConnection::Sqlite(_) => Ok(()),
        }
    }

    /// Runs one statement without parameters or answer.
    pub(super) fn run(&mut self, statement: &str) -> Result<(), StoreError> {
        self.connection.batch_execute(statement).map_err(StoreError::from)
    }
}
