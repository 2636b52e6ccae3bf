//! `prostor import`: bringing in files of any size from the command line, line by line, with a bar to wait by.

use std::{
    fs::File,
    io::{self, BufWriter, IsTerminal, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{
    app::{
        App,
        error::{Code, Error},
        imports::{self, Job, LineView, Reservations, Sink, Source, Summary, What},
    },
    catalogue::{self, Arg},
    domain::{
        import::{ImportFormat, Mode},
        locale::Locale,
        person::EmailAddress,
        text::Line,
    },
};

/// Lines shown of those that can't be had; all are in the report.
const SHOWN: usize = 200;

/// What is brought in, as the command line has it.
#[derive(Debug, Clone)]
pub enum Kind {
    Reservations {
        /// By the file's name and its first line where nothing is said.
        format: Option<ImportFormat>,
        source: String,
        /// A space's id or name.
        space: Option<String>,
        tell: bool,
    },
    Spaces,
    Attendance,
}

/// What the command line asks for.
#[derive(Debug, Clone)]
pub struct Order {
    pub kind: Kind,
    pub file: PathBuf,
    pub mode: Mode,
    /// A slug or an id.
    pub venue: String,
    /// In whose name: staff of the venue.
    pub by: String,
    pub language: String,
    /// Where every line is told of, as a table.
    pub report: Option<PathBuf>,
}

/// Does it, and tells on `out` what came of it. `false` where nothing was kept for what stands in the file.
///
/// # Errors
/// One line that says what is wrong.
pub fn run(app: &Arc<App>, order: &Order, out: &mut impl Write) -> Result<bool, String> {
    let job = Arc::new(job(app, order)?);
    let teller = Arc::new(Teller::new(order.report.as_deref(), job.locale)?);
    let sink: Arc<dyn Sink> = teller.clone();
    let done = imports::run(app, &job, &sink);
    teller.bar.finish_and_clear();
    let summary = done.map_err(|error| error.said(job.locale))?;
    teller.tell(&summary, order.mode, out).map_err(|error| error.to_string())?;
    Ok(summary.applied || order.mode == Mode::DryRun)
}

fn job(app: &App, order: &Order) -> Result<Job, String> {
    let by = EmailAddress::new(&order.by).map_err(|error| format!("--as: {error}"))?;
    let locale: Locale = order.language.parse().map_err(|_| "--language: is sl or en".to_owned())?;
    let (place, actor) = imports::acting(app, &order.venue, &by).map_err(|error| match error.code() {
        Code::Unauthenticated => format!("--as: {by} has no account"),
        Code::NotFound => format!("--venue: there is no venue `{}`", order.venue),
        _ => error.said(locale),
    })?;
    let source = Source::File(order.file.clone());
    let what = match &order.kind {
        Kind::Reservations { format, source: name, space, tell } => What::Reservations(Reservations {
            format: match format.map_or_else(|| format_of(&order.file, &source), Ok) {
                Ok(ImportFormat::Ics) if space.is_none() => {
                    return Err("--space: a calendar does not say which space it is of: name it".to_owned());
                }
                other => other.map_err(|error| error.said(locale))?,
            },
            source: Line::new(name).map_err(|error| format!("--source: {error}"))?,
            space: space
                .as_ref()
                .map(|name| imports::space_named(app, place, name))
                .transpose()
                .map_err(|error| error.said(locale))?,
            tell: *tell,
        }),
        Kind::Spaces => What::Spaces,
        Kind::Attendance => What::Attendance,
    };
    Ok(Job { what, mode: order.mode, place, actor, locale, source })
}

fn format_of(file: &Path, source: &Source) -> Result<ImportFormat, Error> {
    let named = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ics"));
    if named { Ok(ImportFormat::Ics) } else { source.format() }
}

/// Keeps the bar moving, writes the report and remembers the first lines that can't be had.
struct Teller {
    bar: ProgressBar,
    locale: Locale,
    told: Mutex<Told>,
}

struct Told {
    shown: Vec<String>,
    report: Option<csv::Writer<BufWriter<File>>>,
    path: Option<PathBuf>,
    failed: Option<String>,
}

impl Teller {
    fn new(report: Option<&Path>, locale: Locale) -> Result<Self, String> {
        let bar = if io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, bar);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {per_sec} {eta}") {
            bar.set_style(style);
        }
        let path = report.map(Path::to_owned);
        let mut told = Told { shown: Vec::new(), report: None, path, failed: None };
        told.begin().map_err(|error| format!("--report: {error}"))?;
        Ok(Self { bar, locale, told: Mutex::new(told) })
    }

    fn tell(&self, summary: &Summary, mode: Mode, out: &mut impl Write) -> io::Result<()> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        for line in &told.shown {
            writeln!(out, "{line}")?;
        }
        let Summary { applied, created, unchanged, conflict, refused, invalid } = *summary;
        let more = (conflict + refused + invalid).saturating_sub(told.shown.len() as u64);
        if more > 0 {
            writeln!(out, "{}", self.words("import-more", &[("count", count(more))]))?;
        }
        if let Some(report) = &mut told.report {
            report.flush()?;
        }
        if let Some(failed) = &told.failed {
            writeln!(out, "{}", self.words("import-report-failed", &[("reason", failed.as_str().into())]))?;
        }
        let done = match (applied, mode) {
            (true, _) => "import-done",
            (false, Mode::DryRun) => "import-tried",
            (false, _) => "import-nothing",
        };
        let numbers = [
            ("done", self.words(done, &[]).into()),
            ("applied", if applied { "yes" } else { "no" }.into()),
            ("created", count(created)),
            ("unchanged", count(unchanged)),
            ("conflict", count(conflict)),
            ("refused", count(refused)),
            ("invalid", count(invalid)),
        ];
        writeln!(out, "{}", self.words("import-summary", &numbers))
    }

    fn words(&self, key: &str, args: &[(&'static str, Arg)]) -> String {
        catalogue::text(self.locale, key, args)
    }

    /// A line that can't be had.
    fn worded(&self, line: &LineView, reasons: &str) -> String {
        let outcome = self.words(&format!("import-outcome-{}", line.outcome), &[]);
        let args = [
            ("line", line.line.to_string().into()),
            ("outcome", outcome.into()),
            ("reasons", reasons.into()),
        ];
        self.words("import-line", &args)
    }
}

fn count(lines: u64) -> Arg {
    Arg::Count(i64::try_from(lines).unwrap_or(i64::MAX))
}

impl Told {
    fn begin(&mut self) -> io::Result<()> {
        self.shown.clear();
        let Some(path) = &self.path else { return Ok(()) };
        let mut report = csv::Writer::from_writer(BufWriter::new(File::create(path)?));
        report.write_record(["line", "external_id", "outcome", "id", "reasons"])?;
        self.report = Some(report);
        Ok(())
    }

    fn write(&mut self, line: &LineView, reasons: &str) -> Result<(), csv::Error> {
        let Some(report) = &mut self.report else { return Ok(()) };
        let id = harmless(line.external_id.as_deref().unwrap_or(""));
        let became = line.id.as_deref().unwrap_or("");
        report.write_record([line.line.to_string().as_str(), &id, line.outcome.as_str(), became, reasons])
    }
}

/// What somebody else wrote can't become a formula in a spreadsheet.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

impl Sink for Teller {
    fn begins(&self, lines: u64) {
        self.bar.set_length(lines);
        self.bar.set_position(0);
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let begun = told.begin();
        told.failed = begun.err().map(|error| error.to_string());
    }

    fn line(&self, line: LineView) {
        self.bar.inc(1);
        let reasons = line.reasons.iter().map(|reason| match &reason.column {
            Some(column) => format!("{column}: {}", reason.message),
            None => reason.message.clone(),
        });
        let reasons = reasons.collect::<Vec<_>>().join("; ");
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = told.write(&line, &reasons) {
            told.failed = Some(error.to_string());
        }
        if !line.outcome.is_had() && told.shown.len() < SHOWN {
            told.shown.push(self.worded(&line, &reasons));
        }
    }
}
