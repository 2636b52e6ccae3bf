//! `prostor demo`: Gorenjska with its venues, people and months of reservations, ready to be looked at.
//!
//! Everything is made through the application's own functions on a simulated clock. What happens on a date
//! is thrown once and for all, so that the same day gives the same picture and a later start goes on from the
//! last. Stands beside `http` and `jobs`; nothing but the command line imports it.

mod banner;
mod data;
mod dice;
mod drawing;
mod intents;
mod live;
mod mailbox;
mod notebook;
mod plan;
mod queue;
mod setup;
#[cfg(test)]
mod tests;
mod weekly;
mod world;

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};

use crate::{
    app::{App, clock::Clock, error::Error, seeding},
    config::{Config, SecretSource, settings::Settings},
    domain::instant::Instant,
    server::{self, StartError},
    store::dialect::Target,
};
use data::{LONGEST_LEAD, Region};
pub use live::Tally;
use live::{Stretch, live};
pub use setup::PASSWORD;
use world::World;

/// Where the data goes where nothing is said.
const FILE: &str = "prostor-demo.db";
/// Days of the past that are lived through at first: the whole calendar month before today's, in every month.
const PAST_DAYS: u64 = 62;

/// Why there is no demo: one line.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the demo's own data can't be read: {0}")]
    Data(String),
    #[error(
        "the database holds something else than the demo; name another file (--database) or database \
         (PROSTOR_DATABASE_URL)"
    )]
    Foreign,
    #[error("the demo's data was left half made; remove the database and start again")]
    Unfinished,
    #[error("the demo's data can't be made: {0:?}")]
    Seeding(Error),
    #[error(transparent)]
    Start(#[from] StartError),
}

impl From<Error> for DemoError {
    fn from(error: Error) -> Self {
        Self::Seeding(error)
    }
}

/// Sets what was not set: a file for the data, and a folder beside it for the mail.
pub fn complete(settings: &mut Settings, database: Option<&Path>) {
    if let Some(path) = database {
        settings.set("database_url", format!("sqlite:{}", path.display()));
    }
    settings.or("database_url", || Some(format!("sqlite:{FILE}")));
    let file = settings.get("database_url").and_then(|url| Target::parse(url).ok());
    let folder = match file {
        Some(Target::Sqlite(path)) => PathBuf::from(path).with_file_name("mailbox"),
        _ => PathBuf::from("mailbox"),
    };
    // Its data can be made again.
    settings.or("backups_kept", || Some("0".to_owned()));
    settings.or("mail_url", || Some(format!("file:{}", folder.display())));
}

/// Makes or continues the data, then serves it until SIGTERM or SIGINT.
///
/// # Errors
/// What stands against it.
pub fn run(config: &Config) -> Result<(), DemoError> {
    let mut config = config.clone();
    if matches!(config.secret, SecretSource::Missing) {
        // One node, nothing worth keeping secret: the demo asks for no settings.
        config.secret = SecretSource::Kept(PathBuf::from(FILE).with_extension("secret"));
    }
    let region = data::gorenjska().map_err(DemoError::Data)?;
    banner::beginning(&config);
    // So that a port in use is said before anything is made.
    TcpListener::bind(config.listen).map_err(|error| StartError::Listen(config.listen, error))?;
    let now = Clock::System.now();
    let app = server::rehearsal(&config, Clock::simulated(now))?;
    let tally = seed(&app, &region, PAST_DAYS, now);
    app.db.close();
    let tally = tally?;
    let folder = config.mail.as_ref().and_then(|mail| mail.transport.folder()).map(Path::to_owned);
    let pages = folder.clone().map(mailbox::pages);
    let server = server::build_with(&config, Clock::System, pages)?;
    banner::ready(&server.app.public_url, &region, &tally, folder.as_deref());
    Ok(server::serve_built(server)?)
}

/// Makes the data in an empty database, or lives on in one of the demo's, up to `now`. The application's clock
/// is a simulated one; `past_days` are lived through at first.
///
/// # Errors
/// When the database is not the demo's, or fails.
fn seed(app: &Arc<App>, region: &Region, past_days: u64, now: Instant) -> Result<Tally, DemoError> {
    let last_change = seeding::last_change(app)?;
    let mut repeated = 0;
    let stretch = match (world::network(app, region)?, last_change) {
        (None, None) => {
            let (stretch, made) = begin(app, region, past_days, now)?;
            repeated = made;
            stretch
        }
        (Some(network), Some(last_change)) if network.demo => {
            let lived = seeding::lived_until(app, network.id)?.ok_or(DemoError::Unfinished)?;
            // What was planned for earlier dates has happened.
            Stretch { opening: NaiveDate::MIN, lived, from: last_change.max(lived), until: now }
        }
        _ => return Err(DemoError::Foreign),
    };
    let network = world::network(app, region)?.ok_or(DemoError::Unfinished)?;
    let world = World::find(app, region, network)?;
    if stretch.from >= now {
        return Ok(Tally::default());
    }
    app.clock.set(stretch.from);
    if stretch.opening != NaiveDate::MIN {
        notebook::bring_in(app, &world, stretch.opening)?;
    }
    let tally = live(app, &world, stretch)?;
    queue::queue(app, &world)?;
    Ok(Tally { reserved: tally.reserved + repeated, ..tally })
}

/// The first day of all: everything is set up early enough for the first reservations of the first dates. Tells how
/// many were made at once, in series.
fn begin(
    app: &Arc<App>,
    region: &Region,
    past_days: u64,
    now: Instant,
) -> Result<(Stretch, usize), DemoError> {
    let zone = crate::domain::zone::Zone::parse(&region.network.time_zone);
    let zone = zone.map_err(|error| DemoError::Data(error.to_string()))?;
    let earlier = |date: NaiveDate, days| date.checked_sub_days(Days::new(days)).unwrap_or(date);
    let opening = earlier(zone.date(now), past_days);
    let morning = earlier(opening, LONGEST_LEAD + 1).and_time(NaiveTime::MIN) + TimeDelta::hours(6);
    let from = zone.rule(morning);
    app.clock.set(from);
    let (network, repeated) = setup::set_up(app, region, opening)?;
    seeding::mark_lived(app, network, from, from)?;
    Ok((Stretch { opening, lived: from, from, until: now }, repeated))
}
