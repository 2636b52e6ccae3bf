//! The command line: arguments only. What the commands do lives in the library.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand};
use prostor::{
    admin, backup,
    config::{self, Config, Log, settings},
    demo,
    domain::import::{ImportFormat, Mode},
    http::openapi,
    import::{Kind, Order},
    report, server,
    store::db::Database,
    telemetry,
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const EXAMPLES: &str = "\
Examples:
  PROSTOR_MAIL_URL=file:mail prostor serve
      on this machine: SQLite in prostor.db, mails as files in mail/
  PROSTOR_DATABASE_URL=postgres://prostor@db/prostor PROSTOR_SECRET=… \\
  PROSTOR_PUBLIC_URL=https://book.example.org PROSTOR_MAIL_URL=smtps://… prostor serve
      one of several nodes behind a proxy on the same machine
  prostor admin create --email ana@example.org --name 'Ana Novak' < password-file

Exit codes: 0 done, 1 failed, 2 wrong arguments or settings.";

/// Shared rooms, desks and halls: booking, availability and statistics.
#[derive(Parser)]
#[command(version, after_help = EXAMPLES, after_long_help = long_help())]
struct Arguments {
    /// A TOML file with the settings; the environment wins over it
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the service: the API, its documentation, and the jobs
    Serve,
    /// Run the jobs alone, beside other nodes: sending mail, housekeeping
    Work,
    /// Try it: the service with Gorenjska's venues, people and months of reservations, all made up
    Demo {
        /// The SQLite file that holds the data; prostor-demo.db where nothing is said
        #[arg(long, value_name = "FILE")]
        database: Option<PathBuf>,
    },
    /// Bring the database's schema up to date and end (serve and work do so too)
    Migrate,
    /// What only the operator does: administrators, and people who ask for their data or its erasure
    #[command(subcommand)]
    Admin(Admin),
    /// Print the API's description, OpenAPI 3.1 in YAML
    Openapi,
    /// Make a backup of the database, one file, while the service runs or not
    #[command(
        after_help = "SQLite is copied as it is at this moment; PostgreSQL is dumped by its pg_dump.\n\n\
        Example:\n  prostor backup prostor-2026-11-22.backup"
    )]
    Backup {
        /// The file to make; it does not exist yet
        file: PathBuf,
    },
    /// Restore a backup into an empty database while no service runs on it
    #[command(
        after_help = "All sign-ins and keys are ended, mails that wait are held back, and who was erased since is \
        erased again.\n\nExample:\n  prostor restore prostor-2026-11-22.backup"
    )]
    Restore {
        /// A file that `prostor backup` or the nightly backup made, of the same kind of database
        file: PathBuf,
        /// Replace what is in the database
        #[arg(long)]
        replace: bool,
        /// A file that says who was erased, besides that of PROSTOR_ERASED_FILE; several may be given
        #[arg(long, value_name = "FILE")]
        erased: Vec<PathBuf>,
    },
    /// Bring in what a venue kept elsewhere: reservations (CSV, ICS), spaces, past daily counts (CSV)
    #[command(subcommand, after_help = IMPORT_EXAMPLES)]
    Import(Import),
    /// Write a yearly report, of a network or of a venue: one HTML file that prints well
    #[command(
        after_help = "A network's holds what its coordination body may see, and no more; a venue's is for its staff.\n\n\
        Example:\n  prostor report --year 2026 --language sl --output report-2026.html"
    )]
    Report {
        /// The network, by its slug or id; the only one where nothing is said
        #[arg(long)]
        network: Option<String>,
        /// A venue, by its slug or id: its own report, whole and for its staff only
        #[arg(long)]
        venue: Option<String>,
        /// The year; the last closed one where nothing is said
        #[arg(long)]
        year: Option<i32>,
        /// sl or en
        #[arg(long, default_value = "sl")]
        language: String,
        /// The file to write; in this folder, by its usual name, where nothing is said
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Prove every invariant of the data; ends with 1 where one is broken
    Check,
    /// Ask the service on this machine whether it is ready, for health checks of containers
    Ready,
}

#[derive(Subcommand)]
enum Admin {
    /// Make an administrator; the password is read from the first line of standard input
    #[command(
        after_help = "Example:\n  prostor admin create --email ana@example.org --name 'Ana Novak' < password-file"
    )]
    Create {
        /// The address to sign in with; it counts as verified
        #[arg(long)]
        email: String,
        /// The name others see
        #[arg(long)]
        name: String,
    },
    /// Look for a person by words of their name or address: accounts, guests, and people who were brought in
    #[command(after_help = "Example:\n  prostor admin find 'Ana Novak'")]
    Find {
        /// However it is written: `kriznik` finds Križnik
        text: String,
    },
    /// Write all that is held on a person to standard output, as JSON
    #[command(
        after_help = "Make sure first that it is they who ask. The audit keeps that it was given out.\n\n\
        Example:\n  prostor admin export ana@example.org > ana.json"
    )]
    Export {
        /// Their address or id
        who: String,
    },
    /// Erase a person, as if they had given up their account
    #[command(
        after_help = "Refused, and told why, while something is open between them and others. Statistics stay as they \
        are.\n\nExample:\n  prostor admin erase ana@example.org --really"
    )]
    Erase {
        /// Their address or id
        who: String,
        /// Do it; without this it only tells who it would be
        #[arg(long)]
        really: bool,
    },
}

const IMPORT_EXAMPLES: &str = "\
Examples:
  prostor import reservations bookings.csv --venue layer --as ana@example.org
      only tells, line by line, what would come of it
  prostor import reservations bookings.csv --venue layer --as ana@example.org --mode skip-conflicts --report report.csv
  prostor import reservations hall.ics --venue layer --space 'Large hall' --as ana@example.org --mode all-or-nothing

docs/IMPORT.md tells the columns. Doing it twice adds nothing.";

#[derive(Subcommand)]
enum Import {
    /// Reservations, those that are over too
    Reservations {
        #[command(flatten)]
        what: Incoming,
        /// csv or ics; where nothing is said, what the file begins like
        #[arg(long)]
        format: Option<ImportFormat>,
        /// Where they come from: ids of one source are its own
        #[arg(long, default_value = "import")]
        source: String,
        /// Whose reservations a calendar has, by name or id; of a table where a line names no space
        #[arg(long)]
        space: Option<String>,
        /// Mail the organisers about what lies ahead
        #[arg(long)]
        tell: bool,
    },
    /// Spaces
    Spaces(Incoming),
    /// Visitors counted on past days
    Attendance(Incoming),
}

#[derive(Args)]
struct Incoming {
    /// UTF-8
    file: PathBuf,
    /// The venue, by its slug or id
    #[arg(long)]
    venue: String,
    /// In whose name: the address of somebody who works there
    #[arg(long = "as", value_name = "EMAIL")]
    by: String,
    /// dry-run, all-or-nothing or skip-conflicts
    #[arg(long, default_value = "dry-run", value_parser = mode)]
    mode: Mode,
    /// Of the report: sl or en
    #[arg(long, default_value = "en")]
    language: String,
    /// A table of what came of every line
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

fn mode(text: &str) -> Result<Mode, String> {
    text.replace('-', "_").parse().map_err(|_| "is dry-run, all-or-nothing or skip-conflicts".to_owned())
}

fn long_help() -> String {
    let lines =
        settings::NAMES.iter().map(|(name, text)| format!("  {:<29} {text}\n", settings::variable(name)));
    format!(
        "Settings, from the environment or under the same names in snake_case from a TOML file \
         (--config or PROSTOR_CONFIG):\n{}\n{EXAMPLES}",
        lines.collect::<String>()
    )
}

/// A failure: what to say and how to end.
enum Failure {
    Settings(String),
    Other(String),
}

impl From<settings::ConfigError> for Failure {
    fn from(error: settings::ConfigError) -> Self {
        Self::Settings(error.to_string())
    }
}

impl From<server::StartError> for Failure {
    fn from(error: server::StartError) -> Self {
        match error {
            server::StartError::Config(error) => error.into(),
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<demo::DemoError> for Failure {
    fn from(error: demo::DemoError) -> Self {
        match error {
            demo::DemoError::Start(error) => error.into(),
            other => Self::Other(other.to_string()),
        }
    }
}

fn main() -> ExitCode {
    let (code, said) = match run(&Arguments::parse()) {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Settings(said)) => (2, said),
        Err(Failure::Other(said)) => (1, said),
    };
    // PostgreSQL's words have several lines.
    eprintln!("prostor: {}", said.split_whitespace().collect::<Vec<_>>().join(" "));
    ExitCode::from(code)
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    if let Command::Openapi = arguments.command {
        return print(&openapi::yaml().map_err(Failure::Other)?);
    }
    let mut settings = config::environment(arguments.config.as_deref())?;
    if let Command::Demo { database } = &arguments.command {
        demo::complete(&mut settings, database.as_deref());
    }
    telemetry::start(&Log::read(&settings)?);
    let config = Config::read(&settings)?;
    match &arguments.command {
        Command::Serve => Ok(server::serve(&config)?),
        Command::Work => Ok(server::work(&config)?),
        Command::Demo { .. } => Ok(demo::run(&config)?),
        Command::Migrate => migrate(&config),
        Command::Admin(what) => administer(&config, what),
        Command::Backup { file } => {
            backup::make(&config, file).map_err(Failure::Other)?;
            print(&format!("Made {}, and it is sound.\n", file.display()))
        }
        Command::Restore { file, replace, erased } => {
            restore(&config, &backup::Restore { file, replace: *replace, erased })
        }
        Command::Import(what) => import(&config, what),
        Command::Report { network, venue, year, language, output } => {
            let (network, venue) = (network.clone(), venue.clone());
            let (language, output) = (language.clone(), output.clone());
            report(&config, &report::command::Order { network, venue, year: *year, language, output })
        }
        Command::Check => check(&config),
        Command::Ready => server::probe(config.listen).map_err(Failure::Other),
        Command::Openapi => Ok(()),
    }
}

fn administer(config: &Config, what: &Admin) -> Result<(), Failure> {
    let app = server::offline(config)?;
    let done = match what {
        Admin::Create { email, name } => {
            admin::create_administrator(&app, email, name, &mut io::stdin().lock())
                .map(|id| format!("Made the administrator {email} ({id}).\n"))
        }
        Admin::Find { text } => admin::find(&app, text),
        Admin::Export { who } => admin::export(&app, who),
        Admin::Erase { who, really } => admin::erase(&app, who, *really),
    };
    app.db.close();
    print(&done.map_err(Failure::Other)?)
}

fn import(config: &Config, what: &Import) -> Result<(), Failure> {
    let (incoming, kind) = match what {
        Import::Reservations { what, format, source, space, tell } => {
            let (source, space) = (source.clone(), space.clone());
            (what, Kind::Reservations { format: *format, source, space, tell: *tell })
        }
        Import::Spaces(what) => (what, Kind::Spaces),
        Import::Attendance(what) => (what, Kind::Attendance),
    };
    let order = Order {
        kind,
        file: incoming.file.clone(),
        mode: incoming.mode,
        venue: incoming.venue.clone(),
        by: incoming.by.clone(),
        language: incoming.language.clone(),
        report: incoming.report.clone(),
    };
    let app = server::offline(config)?;
    let done = prostor::import::run(&app, &order, &mut io::stdout().lock());
    app.db.close();
    if done.map_err(Failure::Other)? { Ok(()) } else { Err(Failure::Other("nothing was kept".to_owned())) }
}

fn migrate(config: &Config) -> Result<(), Failure> {
    let ran = Database::migrate(&config.database).map_err(server::StartError::Migrate)?;
    match ran.as_slice() {
        [] => print("The schema is up to date.\n"),
        ran => print(&format!("Ran {}.\n", ran.join(", "))),
    }
}

fn restore(config: &Config, wanted: &backup::Restore<'_>) -> Result<(), Failure> {
    let restored = backup::restore(config, wanted).map_err(Failure::Other)?;
    print(&format!("{restored}\n"))?;
    if restored.report.is_clean() { Ok(()) } else { Err(Failure::Other("the data is broken".to_owned())) }
}

fn report(config: &Config, order: &report::command::Order) -> Result<(), Failure> {
    let app = server::offline(config)?;
    let done = report::command::run(&app, order);
    app.db.close();
    print(&done.map_err(Failure::Other)?)
}

fn check(config: &Config) -> Result<(), Failure> {
    let report = server::examine(config)?;
    print(&format!("{report}\n"))?;
    if report.is_clean() { Ok(()) } else { Err(Failure::Other("the data is broken".to_owned())) }
}

fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| Failure::Other(error.to_string()))
}
