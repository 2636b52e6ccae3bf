//! What the stories are told with. Whatever can be done through the public interface is done there.

mod client;
pub mod contract;
#[path = "../../support/database.rs"]
mod database;
mod house;
pub mod log;
mod mailbox;
mod seed;

use std::{
    io::{Read, Seek, SeekFrom},
    path::PathBuf,
    sync::Arc,
    thread::JoinHandle,
};

use actix_web::dev::ServerHandle;
use diesel::prelude::*;
use prostor::{
    app::{App, backup::Backups, clock::Clock, credentials::sealing::Secret, outside::address::Reach},
    config::{Config, Mail, SecretSource},
    domain::{instant::Instant, retention::Retention},
    http::middleware::{client::Proxies, rate_limit::Limits},
    mail::{compose::Sender, transport::Transport},
    metrics::Metrics,
    server,
    store::{dialect::Target, schema::outbox},
};

pub use client::{Call, Reply};
pub use database::{Backend, TestDatabase};
pub use house::{House, at_once, daily, id, meeting, version, with};
pub use mailbox::Letter;
pub use seed::Person;

/// The clock of a test begins on a Monday at 8:00 in Ljubljana, four weeks before summer time.
pub const BEGINNING: &str = "2026-03-02T07:00:00Z";

/// Declares tests that run on both databases: `name::sqlite` and `name::postgres`.
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($($given:ident)+: $kind:ty) $story:block)*) => {$(
        mod $name {
            #[allow(unused_imports, reason = "some stories need nothing from around them")]
            use super::*;

            async fn story($($given)+: $kind) $story

            $(#[$meta])*
            #[test]
            fn sqlite() {
                $crate::support::tell::<$kind, _>($crate::support::Backend::Sqlite, story);
            }

            $(#[$meta])*
            #[test]
            fn postgres() {
                $crate::support::tell::<$kind, _>($crate::support::Backend::Postgres, story);
            }
        }
    )*};
}
pub(crate) use both;

/// Runs one test on one database.
pub fn tell<G: From<Backend>, F: Future<Output = ()>>(backend: Backend, story: impl FnOnce(G) -> F) {
    let given = G::from(backend);
    actix_web::rt::System::new().block_on(story(given));
}

/// What a test may want otherwise.
pub struct Options {
    pub clock: Clock,
    pub limits: Option<Limits>,
    pub proxies: Proxies,
    /// `None`: a folder of the test's own.
    pub mail_url: Option<String>,
    pub connections: u32,
    pub metrics_token: Option<&'static str>,
    pub second_factor_for_staff: bool,
    pub retention: Retention,
    pub backups: Option<Backups>,
    pub outside_calendars: Option<Reach>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            clock: Clock::simulated(at(BEGINNING)),
            limits: None,
            proxies: Proxies::default(),
            mail_url: None,
            connections: 4,
            metrics_token: None,
            second_factor_for_staff: false,
            retention: Retention::default(),
            backups: None,
            outside_calendars: None,
        }
    }
}

/// A running service with a database of its own.
pub struct TestApp {
    pub url: String,
    pub app: Arc<App>,
    pub metrics: Arc<Metrics>,
    pub clock: Clock,
    pub config: Config,
    pub mailbox: PathBuf,
    client: reqwest::Client,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
    // Last, so that it goes when nothing uses it any more.
    pub database: Arc<TestDatabase>,
}

impl From<Backend> for TestApp {
    fn from(backend: Backend) -> Self {
        Self::start(backend, Options::default())
    }
}

impl TestApp {
    pub fn start(backend: Backend, options: Options) -> Self {
        Self::on(Arc::new(TestDatabase::new(backend)), options)
    }

    /// One more node on the same database. (On SQLite nobody would, but it is told apart by its locks.)
    pub fn another(&self, options: Options) -> Self {
        Self::on(self.database.clone(), options)
    }

    fn on(database: Arc<TestDatabase>, options: Options) -> Self {
        log::listen();
        let mailbox = database.folder.path().join("mail");
        let mail_url = options.mail_url.unwrap_or_else(|| format!("file:{}", mailbox.display()));
        let from = Sender { name: "Prostor".to_owned(), email: "prostor@example.org".to_owned() };
        let secret = Secret::parse(&"a secret for tests, 0123456789, not random".into()).unwrap();
        let config = Config {
            database: database.target.clone(),
            replica: None,
            connections: Some(options.connections),
            listen: "127.0.0.1:0".parse().unwrap(),
            public_url: None,
            mail: Some(Mail { transport: Transport::from_url(&mail_url).unwrap(), from }),
            secret: SecretSource::Given(secret),
            proxies: options.proxies,
            second_factor_for_staff: options.second_factor_for_staff,
            retention: options.retention,
            backups: options.backups,
            erased_file: None,
            outside_calendars: options.outside_calendars,
            limits: options.limits,
            metrics_token: options.metrics_token.map(Into::into),
            workers: Some(2),
        };
        let server = server::build(&config, options.clock.clone()).unwrap();
        let (app, metrics, handle) = (server.app.clone(), server.metrics.clone(), server.handle());
        let url = format!("http://{}", server.addr());
        let run = move || actix_web::rt::System::new().block_on(server.run()).unwrap();
        Self {
            url,
            app,
            metrics,
            clock: options.clock,
            config,
            mailbox,
            client: reqwest::Client::builder().no_proxy().build().unwrap(),
            handle,
            thread: Some(std::thread::spawn(run)),
            database,
        }
    }

    /// Moves the clock on.
    pub fn advance(&self, seconds: i64) {
        self.clock.set(self.clock.now().plus(seconds));
    }

    /// Runs the jobs that otherwise wait for their time.
    pub fn run_jobs(&self) {
        prostor::jobs::run_all(&self.app, &self.metrics);
    }

    /// Lines of the PostgreSQL server's log about the test's database that say this; none on SQLite.
    pub fn database_log(&self, saying: &str) -> Vec<String> {
        let Target::Postgres(url) = &self.config.database else { return Vec::new() };
        let (_, name) = url.rsplit_once('/').unwrap();
        let mut log = std::fs::File::open(database::log_path()).unwrap();
        log.seek(SeekFrom::Start(self.database.log_began)).unwrap();
        let mut said = Vec::new();
        log.read_to_end(&mut said).unwrap();
        let log = String::from_utf8_lossy(&said);
        let ours = log.lines().filter(|line| line.contains(&format!(" {name} ")) && line.contains(saying));
        ours.map(str::to_owned).collect()
    }

    /// The kinds of the letters ever queued for an address, by name.
    pub fn queued_for(&self, email: &str) -> Vec<String> {
        let kinds = outbox::table.filter(outbox::to_email.eq(email)).order(outbox::kind).select(outbox::kind);
        kinds.load(&mut *self.connection()).unwrap()
    }

    /// Stops as SIGTERM does, and waits until that is done.
    pub fn stop(&mut self) {
        drop(self.handle.stop(true));
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
            && !std::thread::panicking()
        {
            panic!("the server panicked");
        }
    }
}

/// An instant as RFC 3339 writes it.
pub fn at(text: &str) -> Instant {
    text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().into()
}
