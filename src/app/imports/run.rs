//! The transactions of an import. What can't be had is left out in batches, each a transaction of its own, so that others
//! get on with theirs; all or nothing is one transaction, begun once a trial has shown that every line can be had.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use super::{
    Job, What, calendar,
    desk::Desk,
    named::{Spaces, key_of},
    report::{LineView, Summary, undone},
    rows::{Frame, Read, Row, Rows, rows},
    source::Unreadable,
    trial::Trial,
    values::Who,
};
use crate::{
    app::{
        App,
        error::{Code, Error},
    },
    domain::{
        access::{Actor, Place},
        ics::Changed,
        ids::SpaceId,
        import::{ImportFormat, Mode},
        instant::{Instant, Interval},
        person::EmailAddress,
        text::fold,
    },
    store::{
        db::WriteTx,
        error::{FromStore, StoreError},
        people, places,
    },
};

/// Lines of one transaction where each batch is one.
const BATCH: usize = 200;
/// Days ahead to which an event without an end repeats.
const AHEAD_DAYS: i64 = 366;
/// How often a batch is tried while the database is busy, and the pause between.
const ATTEMPTS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(500);

/// Who hears of the lines as they are dealt with.
pub trait Sink: Send + Sync {
    /// So many lines follow, from the first on. Perhaps not for the first time: a transaction that lost a race begins
    /// anew, and what was told of it is void.
    fn begins(&self, lines: u64);
    fn line(&self, line: LineView);
}

/// How the one transaction of an import ended without being kept.
#[derive(Debug)]
pub(super) enum Ended {
    /// As it should: it was tried, or a line stood against all.
    Undone(Summary),
    Failed(Error),
}

impl From<Error> for Ended {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<StoreError> for Ended {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl FromStore for Ended {
    fn store(&self) -> Option<&StoreError> {
        match self {
            Self::Failed(error) => error.store(),
            Self::Undone(_) => None,
        }
    }
}

/// What the first look at all lines told: they can be read, and whom they name.
#[derive(Debug)]
pub(super) struct Survey {
    pub lines: u64,
    people: BTreeMap<String, Who>,
    frame: Frame,
    /// Of lines that are about the same as an earlier one, by how many lines are before them: which that is.
    repeats: Arc<HashMap<u64, u64>>,
}

impl Survey {
    /// Goes through all lines, and writes nothing.
    ///
    /// # Errors
    /// `not_found`, `forbidden`; `invalid` for what can't be read at all.
    pub fn of(app: &App, job: &Job) -> Result<Self, Error> {
        job.is_allowed()?;
        let venue = app.db.read(|tx| places::venue(tx, job.place.venue))?.ok_or(Error::NOT_FOUND)?;
        let mut changed = Changed::default();
        if let What::Reservations(how) = &job.what {
            if let Some(space) = how.space
                && app.configurations.place(&app.db, space)? != Some(job.place)
            {
                return Err(Error::field("/space_id", "unknown_space"));
            }
            if how.format == ImportFormat::Ics {
                changed = calendar::changed(&job.source, venue.zone)?;
            }
        }
        let window = Interval::new(Instant::EARLIEST, app.now().plus(AHEAD_DAYS * 86_400));
        let window = window.ok_or_else(|| Error::Broken("the clock stands before 2000".to_owned()))?;
        let frame = Frame { zone: venue.zone, window, changed: Arc::new(changed) };
        let (mut people, mut lines) = (BTreeMap::new(), 0);
        let (mut first, mut repeats) = (HashMap::new(), HashMap::new());
        for read in rows(&job.what, &job.source, &frame)? {
            let read = read?;
            note(job, &read, &mut people);
            if let Some(subject) = read.subject(&job.what) {
                let first = *first.entry(subject).or_insert((lines, read.line));
                if first.0 != lines {
                    repeats.insert(lines, first.1);
                }
            }
            lines += 1;
        }
        Ok(Self { lines, people, frame, repeats: Arc::new(repeats) })
    }

    fn rows(&self, job: &Job) -> Result<Rows, Unreadable> {
        let (rows, repeats) = (rows(&job.what, &job.source, &self.frame)?, self.repeats.clone());
        let rows = rows.zip(0..).map(move |(read, before)| {
            read.map(|read| Read { repeats: repeats.get(&before).copied(), ..read })
        });
        Ok(Box::new(rows))
    }
}

/// Whom a line names; of several names of one person the first counts.
fn note(job: &Job, read: &Read, people: &mut BTreeMap<String, Who>) {
    if let Some(who) = read.row.as_ref().ok().and_then(Row::who) {
        people.entry(key_of(job, who)).or_insert_with(|| who.clone());
    }
}

fn some(rows: &mut Rows) -> Result<Vec<Read>, Unreadable> {
    rows.by_ref().take(BATCH).collect()
}

/// Does all of it, line by line.
///
/// # Errors
/// `not_found`, `forbidden`, `invalid` for what can't be read at all; when the database fails. Of batches those before are
/// kept then, and the next run goes on where they end.
pub fn run(app: &Arc<App>, job: &Arc<Job>, sink: &Arc<dyn Sink>) -> Result<Summary, Error> {
    let survey = Arc::new(Survey::of(app, job)?);
    if job.mode == Mode::SkipConflicts {
        return in_batches(app, job, &survey, &**sink);
    }
    sink.begins(survey.lines);
    let tried = tried(app, job, &survey, &mut |line| sink.line(line))?;
    if job.mode == Mode::DryRun || !tried.is_whole() {
        return Ok(tried);
    }
    let (app_, job, sink) = (app.clone(), job.clone(), sink.clone());
    let done = app.db.write("import", move |tx| {
        sink.begins(survey.lines);
        whole(tx, &app_, (&job, &survey), &mut |line| sink.line(line))
    });
    match done {
        Ok(summary) | Err(Ended::Undone(summary)) => Ok(summary),
        Err(Ended::Failed(error)) => Err(error),
    }
}

/// What would come of all lines. Each batch is looked at in a snapshot of its own, and nobody waits for it; what can only
/// be told by doing it is done and undone.
///
/// # Errors
/// What can't be read; when the database fails.
pub(super) fn tried(
    app: &Arc<App>,
    job: &Job,
    survey: &Arc<Survey>,
    each: &mut dyn FnMut(LineView),
) -> Result<Summary, Error> {
    if !job.can_be_tried() {
        return done_and_undone(app, job, survey, each);
    }
    let (mut trial, mut rows) = (Trial::new(app, job), survey.rows(job)?);
    let mut summary = Summary::default();
    loop {
        let reads = some(&mut rows)?;
        if reads.is_empty() {
            return Ok(summary);
        }
        for line in app.db.read(|tx| trial.look(tx, &reads))? {
            summary.count(&line);
            each(line);
        }
    }
}

fn done_and_undone(
    app: &Arc<App>,
    job: &Job,
    survey: &Arc<Survey>,
    each: &mut dyn FnMut(LineView),
) -> Result<Summary, Error> {
    let told = Arc::new(Mutex::new(Vec::new()));
    let (app_, told_, survey) = (app.clone(), told.clone(), survey.clone());
    let job = Job { mode: Mode::DryRun, ..job.clone() };
    let done = app.db.write("try an import", move |tx| {
        let mut lines = Vec::new();
        let done = whole(tx, &app_, (&job, &survey), &mut |line| lines.push(line));
        *told_.lock().unwrap_or_else(PoisonError::into_inner) = lines;
        done
    });
    let summary = match done {
        Ok(summary) | Err(Ended::Undone(summary)) => summary,
        Err(Ended::Failed(error)) => return Err(error),
    };
    let mut lines = std::mem::take(&mut *told.lock().unwrap_or_else(PoisonError::into_inner));
    undone(&mut lines);
    lines.into_iter().for_each(each);
    Ok(summary)
}

/// All lines in the caller's transaction.
///
/// # Errors
/// [`Ended`].
pub(super) fn whole(
    tx: &mut WriteTx,
    app: &Arc<App>,
    (job, survey): (&Job, &Survey),
    each: &mut dyn FnMut(LineView),
) -> Result<Summary, Ended> {
    let mut desk = Desk::open(tx, app, job, &survey.people)?;
    let mut rows = survey.rows(job).map_err(Error::from)?;
    let mut summary = Summary::default();
    loop {
        let reads = some(&mut rows).map_err(Error::from)?;
        if reads.is_empty() {
            break;
        }
        for line in desk.bring_all(tx, reads)? {
            summary.count(&line);
            each(line);
        }
    }
    desk.close(tx)?;
    match job.mode {
        Mode::DryRun => Err(Ended::Undone(summary)),
        Mode::AllOrNothing if !summary.is_whole() => Err(Ended::Undone(summary)),
        Mode::AllOrNothing | Mode::SkipConflicts => Ok(Summary { applied: true, ..summary }),
    }
}

fn in_batches(app: &Arc<App>, job: &Arc<Job>, survey: &Survey, sink: &dyn Sink) -> Result<Summary, Error> {
    sink.begins(survey.lines);
    let mut rows = survey.rows(job)?;
    let mut summary = Summary { applied: true, ..Summary::default() };
    loop {
        let reads = Arc::new(some(&mut rows)?);
        if reads.is_empty() {
            return Ok(summary);
        }
        for line in patiently(|| batch(app, job, reads.clone()))? {
            summary.count(&line);
            sink.line(line);
        }
    }
}

fn batch(app: &Arc<App>, job: &Arc<Job>, reads: Arc<Vec<Read>>) -> Result<Vec<LineView>, Error> {
    let mut people = BTreeMap::new();
    reads.iter().for_each(|read| note(job, read, &mut people));
    let (app_, job) = (app.clone(), job.clone());
    app.db.write("import a batch", move |tx| {
        let mut desk = Desk::open(tx, &app_, &job, &people)?;
        let lines = desk.bring_all(tx, reads.to_vec())?;
        desk.close(tx)?;
        Ok(lines)
    })
}

/// Others may keep the database busy for a while; what a batch did before it was lost is told by its lines the next time.
fn patiently<T>(work: impl Fn() -> Result<T, Error>) -> Result<T, Error> {
    for _ in 1..ATTEMPTS {
        match work() {
            Err(error) if matches!(error.code(), Code::Overloaded | Code::OutcomeUnknown) => {
                thread::sleep(PAUSE);
            }
            answer => return answer,
        }
    }
    work()
}

/// A venue by its slug or id, and an account by its address as one who acts with the roles held now: for who works on the
/// service's own machine.
///
/// # Errors
/// `not_found` where there is no such venue, `unauthenticated` where there is no such account.
pub fn acting(app: &App, venue: &str, email: &EmailAddress) -> Result<(Place, Actor), Error> {
    let now = app.now();
    app.db.read(|tx| {
        let place = match venue.parse() {
            Ok(id) => places::place(tx, id)?,
            Err(_) => places::by_slug(tx, venue)?,
        };
        let known = people::by_email(tx, &email.canonical())?.map(|known| known.id);
        let known = known.map(|id| people::person(tx, id, None, now)).transpose()?.flatten();
        let actor = known.map(|known| Actor::Person(known.person)).ok_or(Code::Unauthenticated)?;
        Ok((place.ok_or(Error::NOT_FOUND)?, actor))
    })
}

/// A venue's space by its id or its name, if there is one such.
///
/// # Errors
/// `invalid`; when the database fails.
pub fn space_named(app: &App, place: Place, name: &str) -> Result<SpaceId, Error> {
    let spaces = app.db.read(|tx| Spaces::of(tx, place))?;
    if let Some(space) = spaces.iter().find(|space| space.id.to_string() == name) {
        return Ok(space.id);
    }
    let mut named =
        spaces.iter().filter(|space| fold(&space.name) == fold(name) && space.archived_at.is_none());
    match (named.next(), named.next()) {
        (Some(one), None) => Ok(one.id),
        (None, _) => Err(Error::field("/space", "unknown_space")),
        (Some(_), Some(_)) => Err(Error::field("/space", "space_ambiguous")),
    }
}
