//! A database per test on either backend, copied from a migrated template and removed afterwards.

use std::{
    fs,
    path::PathBuf,
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use diesel::{Connection, PgConnection, connection::SimpleConnection};
use prostor::store::{db::Database, dialect::Target};
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
}

static NEXT: AtomicUsize = AtomicUsize::new(0);

impl TestDatabase {
    pub fn new(backend: Backend) -> Self {
        let folder = tempfile::tempdir().unwrap();
        match backend {
            Backend::Sqlite => {
                let path = folder.path().join("prostor.db");
                fs::copy(SQLITE_TEMPLATE.1.as_path(), &path).unwrap();
                Self { target: Target::Sqlite(path.display().to_string()), folder, name: None }
            }
            Backend::Postgres => {
                let number = NEXT.fetch_add(1, Ordering::SeqCst);
                let name = format!("prostor_test_{}_{number}", std::process::id());
                let template = POSTGRES_TEMPLATE.as_str();
                administer(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
                Self { target: Target::Postgres(url_of(&name)), folder, name: Some(name) }
            }
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some(name) = &self.name {
            administer(&format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

static SQLITE_TEMPLATE: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("template.db");
    Database::migrate(&Target::Sqlite(path.display().to_string())).unwrap();
    (folder, path)
});

/// One a process, since another's may have other migrations. The cluster is thrown away with all of them.
static POSTGRES_TEMPLATE: LazyLock<String> = LazyLock::new(|| {
    let name = format!("prostor_template_{}", std::process::id());
    administer(&format!("CREATE DATABASE {name}"));
    Database::migrate(&Target::Postgres(url_of(&name))).unwrap();
    name
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
