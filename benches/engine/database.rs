//! A database of each kind for a world that is measured, removed in the end.

use std::sync::Arc;

use diesel::connection::SimpleConnection;
use prostor::{
    app::{
        App,
        clock::Clock,
        credentials::{
            access_token::{KeyRing, SigningKey},
            sealing::Secret,
        },
    },
    domain::instant::Instant,
    store::{
        db::{Database, Sizing},
        dialect::{self, Access, Target},
    },
};

/// What the database is called in tables, where it is, and what removes it.
pub type Made = (&'static str, Target, Dropped);

/// What is removed in the end.
pub enum Dropped {
    Folder(#[expect(dead_code, reason = "it removes itself")] tempfile::TempDir),
    Database { server: Target, name: String },
}

impl Drop for Dropped {
    fn drop(&mut self) {
        if let Self::Database { server, name } = self {
            run(server, &format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

pub fn run(target: &Target, statements: &str) {
    let mut connection = dialect::connect(target, Access::Write).expect("the database opens");
    connection.batch_execute(statements).expect("the statements run");
}

/// A database on SQLite, and one on the server where there is one; `named` tells it from others of this process.
pub fn each(server: Option<&str>, named: &str) -> Vec<Made> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = Target::Sqlite(folder.path().join("bench.db").display().to_string());
    let mut made = vec![("SQLite", target, Dropped::Folder(folder))];
    if let Some(server) = server {
        let (base, _) = server.rsplit_once('/').expect("a URL with a database");
        let name = format!("prostor_bench_{}_{named}", std::process::id());
        let server = Target::parse(server).expect("a database URL");
        run(&server, &format!("CREATE DATABASE {name}"));
        let target = Target::parse(&format!("{base}/{name}")).expect("a database URL");
        made.push(("PostgreSQL", target, Dropped::Database { server, name }));
    }
    made
}

/// Migrated, and an application over it whose clock stands.
pub fn open(target: &Target, now: Instant) -> Arc<App> {
    Database::migrate(target).expect("migrations run");
    let db = Database::open(target.clone(), &Sizing::default(), Arc::new(|| ())).expect("the database opens");
    let key = SigningKey::generate(now);
    let secret = Secret::parse(&Secret::generate()).expect("a fresh secret");
    let keys = KeyRing::new("bench", &key, &[]);
    App::new(db, None, Clock::simulated(now), &secret, keys, "http://bench".to_owned().into())
}
