//! The only reader of the environment. Everything else is given what it needs as values.
//!
//! A setting that can't be used is one line that names its variable; nothing is guessed in its place.

mod keeping;
mod secret;
pub mod settings;

use std::{
    net::{SocketAddr, ToSocketAddrs},
    path::{Path, PathBuf},
};

use lettre::message::Mailbox;
use secrecy::SecretString;

use crate::{
    app::{Retention, backup::Backups, outside::address::Reach},
    http::middleware::{client::Proxies, rate_limit::Limits},
    mail::{compose::Sender, transport::Transport},
    store::dialect::Target,
};
pub use secret::SecretSource;
use settings::{ConfigError, Settings};

/// How mail leaves.
#[derive(Debug, Clone)]
pub struct Mail {
    pub transport: Transport,
    pub from: Sender,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// What is logged, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// As `tracing_subscriber::EnvFilter` reads it.
    pub filter: String,
    pub format: LogFormat,
}

/// A deployment.
#[derive(Debug, Clone)]
pub struct Config {
    pub database: Target,
    pub replica: Option<Target>,
    pub connections: Option<u32>,
    /// Port 0: any that is free.
    pub listen: SocketAddr,
    /// Without a slash at the end; `None`: `http://` and where it listens.
    pub public_url: Option<String>,
    /// `None`: not said, which `serve` refuses.
    pub mail: Option<Mail>,
    pub secret: SecretSource,
    pub proxies: Proxies,
    /// What reads the metrics presents; `None`: they are for this machine alone.
    pub metrics_token: Option<SecretString>,
    /// The roles of staff, coordinators and administrators rest until they have a second factor.
    pub second_factor_for_staff: bool,
    /// How long what names people is kept.
    pub retention: Retention,
    /// Nightly backups of SQLite; `None`: no.
    pub backups: Option<Backups>,
    /// The file that says who was erased.
    pub erased_file: Option<PathBuf>,
    /// Where outside calendars may lie; `None`: this node reads none.
    pub outside_calendars: Option<Reach>,
    /// `None`: no limits.
    pub limits: Option<Limits>,
    /// Threads that serve; `None`: one for each processor. Not a setting: tests start many servers.
    pub workers: Option<usize>,
}

impl Config {
    /// # Errors
    /// The first setting that can't be used.
    pub fn read(settings: &Settings) -> Result<Self, ConfigError> {
        let database = target(settings, "database_url")?.unwrap_or(Target::Sqlite("prostor.db".to_owned()));
        let listen = listen(settings)?;
        let public_url = public_url(settings, listen)?;
        Ok(Self {
            replica: target(settings, "read_database_url")?,
            connections: connections(settings)?,
            mail: mail(settings, public_url.as_deref())?,
            secret: SecretSource::read(settings, &database)?,
            proxies: proxies(settings)?,
            metrics_token: metrics_token(settings)?,
            second_factor_for_staff: second_factor(settings)?,
            retention: retention(settings)?,
            backups: keeping::backups(settings, &database)?,
            erased_file: keeping::erased_file(settings, &database),
            outside_calendars: outside_calendars(settings)?,
            limits: limits(settings)?,
            workers: None,
            database,
            listen,
            public_url,
        })
    }

    /// What only a server that others reach must fulfil.
    ///
    /// # Errors
    /// No way to send mail; a public address without a declared proxy (DESIGN 8).
    pub fn check_serving(&self) -> Result<(), ConfigError> {
        if self.mail.is_none() {
            return Err(Self::no_mail());
        }
        if !self.listen.ip().is_loopback() && self.proxies.0.is_empty() {
            let what = format!(
                "{} can be reached from outside without TLS: listen on 127.0.0.1, or name the proxy that \
                 terminates TLS in PROSTOR_TRUSTED_PROXIES",
                self.listen
            );
            return Err(ConfigError::new("listen", what));
        }
        Ok(())
    }

    /// What is said where no way to send mail is set.
    pub fn no_mail() -> ConfigError {
        let what = "is not set: write smtp://user:password@host, smtps://… or file:FOLDER \
                    (nobody could sign in without mail)";
        ConfigError::new("mail_url", what)
    }
}

/// The settings of this process.
///
/// # Errors
/// See [`Settings::gather`].
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
pub fn environment(file: Option<&Path>) -> Result<Settings, ConfigError> {
    let mut settings = Settings::gather(&|name| std::env::var(name).ok(), file)?;
    settings.or("log", || std::env::var("RUST_LOG").ok());
    Ok(settings)
}

impl Log {
    /// # Errors
    /// A filter or format that does not exist.
    pub fn read(settings: &Settings) -> Result<Self, ConfigError> {
        // actix tells at `info` how many workers it starts: nobody asked.
        let filter = settings.get("log").unwrap_or("info,actix_server=warn").to_owned();
        if let Err(error) = tracing_subscriber::EnvFilter::try_new(&filter) {
            return Err(ConfigError::new("log", format_args!("`{filter}` is not a filter: {error}")));
        }
        let format = match settings.get("log_format") {
            None | Some("text") => LogFormat::Text,
            Some("json") => LogFormat::Json,
            Some(other) => {
                return Err(ConfigError::new("log_format", format_args!("is text or json, not `{other}`")));
            }
        };
        Ok(Self { filter, format })
    }
}

fn target(settings: &Settings, name: &str) -> Result<Option<Target>, ConfigError> {
    // The URL is not shown: it may hold a password.
    settings.get(name).map(Target::parse).transpose().map_err(|_| {
        ConfigError::new(name, "must begin with `sqlite:` (then a file's path) or with `postgres://`")
    })
}

fn connections(settings: &Settings) -> Result<Option<u32>, ConfigError> {
    let Some(text) = settings.get("database_connections") else { return Ok(None) };
    let count = text.parse().ok().filter(|count| (1..=200).contains(count));
    let refused =
        || ConfigError::new("database_connections", format_args!("is a number from 1 to 200, not `{text}`"));
    count.ok_or_else(refused).map(Some)
}

fn listen(settings: &Settings) -> Result<SocketAddr, ConfigError> {
    let text = settings.get("listen").unwrap_or("127.0.0.1:8080");
    let mut addresses = text.to_socket_addrs().into_iter().flatten();
    addresses.next().ok_or_else(|| {
        ConfigError::new(
            "listen",
            format_args!("is an address and a port such as 127.0.0.1:8080, not `{text}`"),
        )
    })
}

fn public_url(settings: &Settings, listen: SocketAddr) -> Result<Option<String>, ConfigError> {
    let Some(text) = settings.get("public_url") else {
        if listen.ip().is_loopback() {
            return Ok(None);
        }
        return Err(ConfigError::new("public_url", "is not set: the address people type, https://…"));
    };
    let url = text.trim_end_matches('/');
    let uri: Option<actix_web::http::Uri> = url.parse().ok();
    let sound = uri.is_some_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty())
            && uri.path() == "/"
            && uri.query().is_none()
            && !url.contains(['@', '#'])
    });
    if sound {
        Ok(Some(url.to_owned()))
    } else {
        let what = format_args!("is http:// or https:// with a host and nothing after it, not `{text}`");
        Err(ConfigError::new("public_url", what))
    }
}

/// The host of a public URL, for addresses of ours and Message-IDs; a bare IP address becomes `localhost`.
pub fn host(public_url: &str) -> String {
    let uri: Option<actix_web::http::Uri> = public_url.parse().ok();
    let host = uri.as_ref().and_then(|uri| uri.host()).unwrap_or("localhost");
    let is_address = host.starts_with('[') || host.parse::<std::net::IpAddr>().is_ok();
    if is_address { "localhost".to_owned() } else { host.to_ascii_lowercase() }
}

fn mail(settings: &Settings, public_url: Option<&str>) -> Result<Option<Mail>, ConfigError> {
    let from = match settings.get("mail_from") {
        Some(text) => {
            let mailbox: Mailbox = text
                .parse()
                .map_err(|_| ConfigError::new("mail_from", "is an address: Prostor <prostor@example.org>"))?;
            let name = mailbox.name.unwrap_or_else(|| "Prostor".to_owned());
            Sender { name, email: mailbox.email.to_string() }
        }
        None => {
            let host = public_url.map_or_else(|| "localhost".to_owned(), host);
            Sender { name: "Prostor".to_owned(), email: format!("prostor@{host}") }
        }
    };
    let Some(url) = settings.get("mail_url") else { return Ok(None) };
    let transport = Transport::from_url(url).map_err(|error| ConfigError::new("mail_url", error))?;
    Ok(Some(Mail { transport, from }))
}

fn proxies(settings: &Settings) -> Result<Proxies, ConfigError> {
    let texts = settings.get("trusted_proxies").unwrap_or("").split(',').map(str::trim);
    let networks = texts.filter(|text| !text.is_empty()).map(str::parse).collect::<Result<_, _>>();
    networks
        .map(Proxies)
        .map_err(|error| ConfigError::new("trusted_proxies", format_args!("has an error: {error}")))
}

/// Short enough to type, long enough not to be guessed.
const SHORTEST_TOKEN: usize = 16;

fn metrics_token(settings: &Settings) -> Result<Option<SecretString>, ConfigError> {
    let Some(token) = settings.get("metrics_token") else { return Ok(None) };
    // The token itself is not shown.
    if token.len() < SHORTEST_TOKEN || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        let what = format!("must be at least {SHORTEST_TOKEN} printable ASCII characters without spaces");
        return Err(ConfigError::new("metrics_token", what));
    }
    Ok(Some(token.into()))
}

fn second_factor(settings: &Settings) -> Result<bool, ConfigError> {
    match settings.get("second_factor") {
        None | Some("optional") => Ok(false),
        Some("staff") => Ok(true),
        Some(other) => {
            Err(ConfigError::new("second_factor", format_args!("is optional or staff, not `{other}`")))
        }
    }
}

fn retention(settings: &Settings) -> Result<Retention, ConfigError> {
    let text = settings.get("retention").unwrap_or("");
    text.parse().map_err(|error| ConfigError::new("retention", format_args!("has an error: {error}")))
}

fn outside_calendars(settings: &Settings) -> Result<Option<Reach>, ConfigError> {
    match settings.get("outside_calendars") {
        None | Some("public") => Ok(Some(Reach::Public)),
        Some("everywhere") => Ok(Some(Reach::Everywhere)),
        Some("off") => Ok(None),
        Some(other) => {
            let what = format_args!("is public, everywhere or off, not `{other}`");
            Err(ConfigError::new("outside_calendars", what))
        }
    }
}

fn limits(settings: &Settings) -> Result<Option<Limits>, ConfigError> {
    match settings.get("rate_limit") {
        None | Some("on") => Ok(Some(Limits::default())),
        Some("off") => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|error| ConfigError::new("rate_limit", error)),
    }
}

#[cfg(test)]
mod tests;
