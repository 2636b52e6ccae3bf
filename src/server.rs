//! A running service, put together from its configuration. Tests run the same, on port 0.
//!
//! Stopping is graceful: no new connections, requests under way are answered, jobs finish what they hold,
//! then the database's writer commits what it accepted.

use std::{
    fmt,
    io::{self, Read, Write},
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream},
    num::NonZero,
    path::Path,
    sync::Arc,
    thread,
    time::Duration,
};

use actix_web::{
    App as Actix, HttpServer,
    dev::{Server as Http, ServerHandle},
    http::KeepAlive,
    middleware::{Compress, from_fn},
};

use crate::{
    app::{
        App, Deployment,
        accounts::keys::{self, KeysError},
        backup::restored,
        check,
        clock::Clock,
        error::Error,
        outside::fetch::{Fetch, Nowhere},
    },
    config::{self, Config, settings::ConfigError},
    fetch::Web,
    http::{
        middleware::{conditional, head, observe, rate_limit, security},
        openapi,
        service::MetricsReaders,
        site::Shared,
    },
    jobs::{Jobs, bell::Bell, deliver_mail::Post},
    metrics::Metrics,
    signals::Signals,
    store::{
        db::{Database, Sizing},
        dialect::Target,
        error::StoreError,
        health,
    },
};

pub use crate::http::site::Pages;

/// A request's head must have arrived by then.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// A connection may stay idle for so long: longer than the proxies before us keep theirs (60 s or so).
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// Requests under way are given so long when the service stops, seconds.
const DRAIN: u64 = 45;
/// Requests inside the application at once, per worker, on SQLite: most of them wait for the writer, and the more
/// wait the more one commit serves.
const WAITING_THREADS: usize = 64;
/// Connections waiting to be accepted are refused beyond this.
const CONNECTIONS: usize = 10_000;

/// How long `probe` waits for an answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why the service did not start: one line.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("PROSTOR_LISTEN {0}: {1}")]
    Listen(SocketAddr, io::Error),
    #[error("PROSTOR_DATABASE_URL: the database can't be brought up to date: {0}")]
    Migrate(Box<dyn std::error::Error + Send + Sync>),
    #[error("PROSTOR_DATABASE_URL: the database can't be opened: {0}")]
    Open(StoreError),
    #[error("PROSTOR_DATABASE_URL: {0}")]
    Unsettled(String),
    #[error("the data can't be read: {0}")]
    Examine(String),
    #[error("PROSTOR_SECRET: {0}")]
    Keys(#[from] KeysError),
    #[error("the system gives no more threads: {0}")]
    Threads(io::Error),
}

/// The service, listening; `run` serves.
pub struct Server {
    pub app: Arc<App>,
    pub metrics: Arc<Metrics>,
    address: SocketAddr,
    http: Http,
    jobs: Jobs,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server on {}", self.address)
    }
}

/// Opens the database (bringing its schema up to date), binds the address, starts the jobs.
///
/// # Errors
/// What stands against starting.
pub fn build(config: &Config, clock: Clock) -> Result<Server, StartError> {
    build_with(config, clock, None)
}

/// The same with pages beside the service's own.
///
/// # Errors
/// What stands against starting.
pub fn build_with(config: &Config, clock: Clock, pages: Option<Pages>) -> Result<Server, StartError> {
    config.check_serving()?;
    let listener =
        TcpListener::bind(config.listen).map_err(|error| StartError::Listen(config.listen, error))?;
    let address = listener.local_addr().map_err(|error| StartError::Listen(config.listen, error))?;
    restored::settled(&config.database).map_err(StartError::Unsettled)?;
    let Opened { app, mail } = open(config, clock, address, &sizing(config))?;
    let metrics = Arc::new(Metrics::default());
    let shared = Shared {
        app: app.clone(),
        metrics: metrics.clone(),
        limiters: Arc::new(
            config.limits.map(|limits| rate_limit::Limiters::new(limits, config.proxies.clone())),
        ),
        metrics_readers: Arc::new(MetricsReaders { token: config.metrics_token.clone() }),
        pages,
    };
    let http = http(listener, shared, config).map_err(|error| StartError::Listen(address, error))?;
    let jobs = start_jobs(config, &app, &metrics, mail)?;
    Ok(Server { app, metrics, address, http, jobs })
}

/// The application with its database, and the bell that its commits ring.
struct Opened {
    app: Arc<App>,
    mail: Arc<Bell>,
}

fn open(config: &Config, clock: Clock, address: SocketAddr, sizing: &Sizing) -> Result<Opened, StartError> {
    let secret = config.secret.load()?;
    Database::migrate(&config.database).map_err(StartError::Migrate)?;
    let mail = Arc::new(Bell::default());
    let ring = mail.clone();
    let db = Database::open(config.database.clone(), sizing, Arc::new(move || ring.ring()))
        .map_err(StartError::Open)?;
    let replica = config.replica.clone().map(|target| {
        // Nothing is written there, so nothing rings.
        Database::open(target, sizing, Arc::new(|| ()))
    });
    let replica = replica.transpose().map_err(StartError::Open)?;
    let public_url = config.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let keys = keys::load_or_create(&db, &secret, &public_url, clock.now())?;
    let fetch: Arc<dyn Fetch> = match config.outside_calendars {
        Some(reach) => Arc::new(Web::new(reach)),
        None => Arc::new(Nowhere),
    };
    let deployment = Deployment {
        public_url,
        second_factor_for_staff: config.second_factor_for_staff,
        retention: config.retention,
        backups: config.backups.clone(),
        erased_file: config.erased_file.clone(),
        fetch,
    };
    let app = App::new(db, replica, clock, &secret, keys, deployment);
    Ok(Opened { app, mail })
}

/// `prostor check`: looks at every invariant of the data, in one snapshot.
///
/// # Errors
/// When the database can't be opened or read.
pub fn examine(config: &Config) -> Result<check::Report, StartError> {
    let refused = |why: String| Err(StartError::Examine(why));
    if let Target::Sqlite(path) = &config.database
        && !Path::new(path).exists()
    {
        return refused(format!("PROSTOR_DATABASE_URL names the file `{path}`, which does not exist"));
    }
    let db = Database::open(config.database.clone(), &sizing(config), Arc::new(|| ()))
        .map_err(StartError::Open)?;
    match db.read(health::pending_migrations) {
        Ok(0) => {}
        Ok(pending) => {
            return refused(format!("{pending} migrations have not run; `prostor migrate` runs them"));
        }
        Err(StoreError::Database(error)) => {
            return refused(format!("PROSTOR_DATABASE_URL names no database of Prostor's: {error}"));
        }
        Err(error) => return refused(error.to_string()),
    }
    check::run(&db).or_else(|error| match error {
        Error::Store(error) => refused(error.to_string()),
        error => refused(format!("{error:?}")),
    })
}

fn sizing(config: &Config) -> Sizing {
    let default = Sizing::default();
    let usual = match config.database {
        Target::Sqlite(_) => default.connections,
        // Measured on two cores: with more connections than this each of them only gets slower.
        Target::Postgres(_) => u32::try_from(4 * cores()).unwrap_or(u32::MAX).clamp(default.connections, 64),
    };
    Sizing { connections: config.connections.unwrap_or(usual), ..default }
}

fn cores() -> usize {
    thread::available_parallelism().map_or(2, NonZero::get)
}

fn start_jobs(
    config: &Config,
    app: &Arc<App>,
    metrics: &Arc<Metrics>,
    bell: Arc<Bell>,
) -> Result<Jobs, StartError> {
    let mail = config.mail.clone().ok_or_else(Config::no_mail)?;
    let post = Post { transport: mail.transport, from: mail.from, host: config::host(&app.public_url) };
    Jobs::start(app.clone(), post, metrics.clone(), bell).map_err(StartError::Threads)
}

fn http(listener: TcpListener, shared: Shared, config: &Config) -> io::Result<Http> {
    let https = shared.app.public_url.starts_with("https:");
    let server = HttpServer::new(move || {
        let shared = shared.clone();
        Actix::new()
            .configure(|config| shared.configure(config))
            .wrap(from_fn(conditional::tag))
            .wrap(from_fn(rate_limit::limit))
            .wrap(from_fn(head::as_get))
            .wrap(Compress::default())
            .wrap(security::headers(https))
            .wrap(from_fn(observe::observe))
    });
    let workers = config.workers.unwrap_or_else(cores);
    Ok(server
        .workers(workers)
        .worker_max_blocking_threads(blocking_threads(config, workers))
        .max_connections(CONNECTIONS)
        .client_request_timeout(HEAD_TIMEOUT)
        .keep_alive(KeepAlive::Timeout(KEEP_ALIVE))
        .shutdown_timeout(DRAIN)
        .disable_signals()
        .listen(listener)?
        .run())
}

/// On PostgreSQL no more than there are connections: the rest would only fight over them.
fn blocking_threads(config: &Config, workers: usize) -> usize {
    match config.database {
        Target::Sqlite(_) => WAITING_THREADS,
        Target::Postgres(_) => (sizing(config).connections as usize).div_ceil(workers).max(2),
    }
}

impl Server {
    /// Where it listens.
    pub const fn addr(&self) -> SocketAddr {
        self.address
    }

    /// Stops it from elsewhere: `stop(true)` is graceful.
    pub fn handle(&self) -> ServerHandle {
        self.http.handle()
    }

    /// Serves until it is stopped, and returns when everything accepted is finished.
    ///
    /// # Errors
    /// When the listening socket fails.
    pub async fn run(self) -> io::Result<()> {
        let served = self.http.await;
        self.jobs.stop();
        self.app.db.close();
        served
    }

    /// The same, stopped by SIGTERM or SIGINT. A second signal does not wait for the requests under way.
    ///
    /// # Errors
    /// When the listening socket fails or signals can't be received.
    pub async fn run_until_signal(self) -> io::Result<()> {
        let handle = self.handle();
        let mut signals = Signals::new()?;
        actix_web::rt::spawn(async move {
            let name = signals.next().await;
            tracing::info!("{name}: finishing what was accepted, then stopping");
            let graceful = handle.stop(true);
            actix_web::rt::spawn(async move {
                signals.next().await;
                handle.stop(false).await;
            });
            graceful.await;
        });
        self.run().await
    }
}

/// Runs the jobs alone, until SIGTERM or SIGINT: `prostor work`.
///
/// # Errors
/// What stands against starting.
pub fn work(config: &Config) -> Result<(), StartError> {
    restored::settled(&config.database).map_err(StartError::Unsettled)?;
    let Opened { app, mail } = open(config, Clock::System, config.listen, &sizing(config))?;
    let jobs = start_jobs(config, &app, &Arc::new(Metrics::default()), mail)?;
    tracing::info!("working: sending mail and running the jobs of {}", app.public_url);
    let waited = actix_web::rt::System::new().block_on(async { Ok(Signals::new()?.next().await) });
    jobs.stop();
    app.db.close();
    waited.map(drop).map_err(StartError::Threads)
}

/// The application alone, without server or jobs: for `prostor admin` and the like. Close its database after.
///
/// # Errors
/// What stands against starting.
pub fn offline(config: &Config) -> Result<Arc<App>, StartError> {
    restored::settled(&config.database).map_err(StartError::Unsettled)?;
    unsettled(config)
}

/// The same for what was restored and is being settled.
///
/// # Errors
/// What stands against starting.
pub fn unsettled(config: &Config) -> Result<Arc<App>, StartError> {
    open(config, Clock::System, config.listen, &sizing(config)).map(|opened| opened.app)
}

/// The same on a clock of the caller's, and quick rather than durable: for data that can be made again.
///
/// # Errors
/// What stands against starting.
pub fn rehearsal(config: &Config, clock: Clock) -> Result<Arc<App>, StartError> {
    let sizing = Sizing { durable: false, ..sizing(config) };
    open(config, clock, config.listen, &sizing).map(|opened| opened.app)
}

/// Serves until SIGTERM or SIGINT: `prostor serve`.
///
/// # Errors
/// What stands against starting.
pub fn serve(config: &Config) -> Result<(), StartError> {
    serve_built(build(config, Clock::System)?)
}

/// Serves until SIGTERM or SIGINT.
///
/// # Errors
/// When the listening socket fails or signals can't be received.
pub fn serve_built(server: Server) -> Result<(), StartError> {
    let address = server.addr();
    tracing::info!(server.address = %address, "listening on http://{address}, known as {}", server.app.public_url);
    let served = actix_web::rt::System::new().block_on(server.run_until_signal());
    served.map_err(|error| StartError::Listen(address, error))
}

/// Asks the service listening on `listen` of this machine whether it is ready: `prostor ready`.
///
/// # Errors
/// What it answered, or that it did not.
pub fn probe(listen: SocketAddr) -> Result<(), String> {
    let mut address = listen;
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv4() {
            Ipv4Addr::LOCALHOST.into()
        } else {
            Ipv6Addr::LOCALHOST.into()
        });
    }
    let ask = || -> io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let path = format!("{}/health/ready", openapi::BASE);
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    let answer = ask().map_err(|error| format!("no answer from {address}: {error}"))?;
    let status = answer.lines().next().unwrap_or("nothing");
    if status.starts_with("HTTP/1.1 200 ") {
        Ok(())
    } else {
        Err(format!("not ready: {address} answered {status}"))
    }
}
