//! A database per test on either backend, copied from a migrated template. On PostgreSQL, where a copy takes longer
//! than most tests, it is emptied afterwards and given to the next one.

use std::{
    fs,
    ops::{Deref, DerefMut},
    path::PathBuf,
    sync::{
        LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use diesel::{
    Connection, PgConnection, RunQueryDsl, connection::SimpleConnection, sql_query, sql_types::Text,
};
use prostor::store::{
    db::Database,
    dialect::{Access, AnyConnection, Target, connect},
};
use tempfile::TempDir;

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// A database of one test.
pub struct TestDatabase {
    pub target: Target,
    /// For everything else the test keeps in files.
    #[allow(dead_code, reason = "kept so that the files stay; not every test program asks for it")]
    pub folder: TempDir,
    name: Option<String>,
    /// The test's own connections that it does not use now: opening one costs more than what most are used for.
    idle: Mutex<Vec<AnyConnection>>,
    /// How long the server's log was when the test began: what stands before tells of other tests.
    #[allow(dead_code, reason = "not every test program reads the log")]
    pub log_began: u64,
}

static NEXT: AtomicUsize = AtomicUsize::new(0);

/// PostgreSQL's databases that no test uses now, as empty as the template, with a connection to each.
static IDLE: Mutex<Vec<(String, AnyConnection)>> = Mutex::new(Vec::new());

/// A connection past the application, given back when dropped.
#[allow(dead_code, reason = "not every test program asks for one")]
pub struct Lent<'a> {
    of: &'a TestDatabase,
    connection: Option<AnyConnection>,
}

impl Deref for Lent<'_> {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        self.connection.as_ref().expect("given back only by drop")
    }
}

impl DerefMut for Lent<'_> {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        self.connection.as_mut().expect("given back only by drop")
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        // One that a failing test leaves in the middle of something goes with it.
        if !std::thread::panicking() {
            self.of.idle.lock().unwrap().extend(self.connection.take());
        }
    }
}

impl TestDatabase {
    pub fn new(backend: Backend) -> Self {
        let folder = tempfile::tempdir().unwrap();
        match backend {
            Backend::Sqlite => {
                let path = folder.path().join("prostor.db");
                fs::copy(SQLITE_TEMPLATE.1.as_path(), &path).unwrap();
                let target = Target::Sqlite(path.display().to_string());
                Self { target, folder, name: None, idle: Mutex::default(), log_began: 0 }
            }
            Backend::Postgres => {
                let known = IDLE.lock().unwrap().pop();
                let (name, idle) =
                    known.map_or_else(|| (copy_of_the_template(), Vec::new()), |(n, c)| (n, vec![c]));
                let log_began = fs::metadata(log_path()).unwrap().len();
                let target = Target::Postgres(url_of(&name));
                Self { target, folder, name: Some(name), idle: Mutex::new(idle), log_began }
            }
        }
    }

    /// A connection past the application.
    #[allow(dead_code, reason = "not every test program asks for one")]
    pub fn connection(&self) -> Lent<'_> {
        let idle = self.idle.lock().unwrap().pop();
        let connection = idle.unwrap_or_else(|| connect(&self.target, Access::Write).unwrap());
        Lent { of: self, connection: Some(connection) }
    }

    /// Closes what is kept open, for who looks whether anybody is there.
    #[allow(dead_code, reason = "not every test program looks")]
    pub fn close_idle(&self) {
        self.idle.lock().unwrap().clear();
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Some(name) = self.name.take() else { return };
        let ours = self.idle.get_mut().unwrap().pop().or_else(|| connect(&self.target, Access::Write).ok());
        match ours.filter(|_| !std::thread::panicking()).and_then(emptied) {
            Some(connection) => IDLE.lock().unwrap().push((name, connection)),
            None => administer(&format!("DROP DATABASE {name} WITH (FORCE)")),
        }
    }
}

fn copy_of_the_template() -> String {
    let number = NEXT.fetch_add(1, Ordering::SeqCst);
    let name = format!("prostor_test_{}_{number}", std::process::id());
    let (template, _) = &*POSTGRES_TEMPLATE;
    administer(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
    name
}

/// Puts out whoever else is still connected and deletes all rows, whatever refers to them. `None` where a test left
/// other tables, constraints or triggers behind than it found, or a connection that is of no more use.
fn emptied(mut connection: AnyConnection) -> Option<AnyConnection> {
    const NOBODY_ELSE: &str = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    const NO_ROWS: &str = "BEGIN; SET LOCAL session_replication_role = replica;
        DO $$ DECLARE name text; filled boolean; BEGIN
          FOR name IN SELECT tablename FROM pg_tables
              WHERE schemaname = 'public' AND tablename <> '__diesel_schema_migrations' LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO filled;
            IF filled THEN EXECUTE format('DELETE FROM %I', name); END IF;
          END LOOP;
        END $$;
        COMMIT";
    connection.batch_execute(NOBODY_ELSE).and_then(|()| connection.batch_execute(NO_ROWS)).ok()?;
    let AnyConnection::Postgres(server) = &mut connection else { return None };
    (shape(server) == POSTGRES_TEMPLATE.1).then_some(connection)
}

/// What a database consists of, as one digest.
fn shape(connection: &mut PgConnection) -> String {
    #[derive(diesel::QueryableByName)]
    struct Shape {
        #[diesel(sql_type = Text)]
        digest: String,
    }
    let digest = "SELECT md5(string_agg(part, ',' ORDER BY part)) AS digest FROM (
        SELECT relname || relkind::text AS part FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT tgname || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal) parts";
    sql_query(digest).get_result::<Shape>(connection).unwrap().digest
}

/// Where the server writes its log.
#[expect(clippy::disallowed_methods, reason = "the test's own environment")]
pub fn log_path() -> String {
    std::env::var("PROSTOR_TEST_POSTGRES_LOG").expect("scripts/test-environment names the log")
}

static SQLITE_TEMPLATE: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("template.db");
    Database::migrate(&Target::Sqlite(path.display().to_string())).unwrap();
    (folder, path)
});

/// One a process, since another's may have other migrations: its name and shape. The cluster is thrown away with all
/// of them.
static POSTGRES_TEMPLATE: LazyLock<(String, String)> = LazyLock::new(|| {
    let name = format!("prostor_template_{}", std::process::id());
    administer(&format!("CREATE DATABASE {name}"));
    Database::migrate(&Target::Postgres(url_of(&name))).unwrap();
    let shape = shape(&mut PgConnection::establish(&url_of(&name)).unwrap());
    (name, shape)
});

#[expect(clippy::disallowed_methods, reason = "the test's own environment")]
fn cluster() -> String {
    std::env::var("PROSTOR_TEST_POSTGRES_URL").unwrap_or_else(|_| {
        panic!(
            "PROSTOR_TEST_POSTGRES_URL is not set: run `make test`, or `scripts/test-environment cargo test …` \
             for a part of it"
        )
    })
}

fn url_of(database: &str) -> String {
    let cluster = cluster();
    let (server, _) = cluster.rsplit_once('/').expect("the cluster's URL names a database");
    format!("{server}/{database}")
}

fn administer(statement: &str) {
    let mut connection = PgConnection::establish(&cluster()).unwrap();
    connection.batch_execute(statement).unwrap();
}
