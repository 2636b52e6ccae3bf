//! Imports as they are asked for through the interface: one transaction each, so that an idempotency key holds.

use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Job, Report, Reservations, Source, What,
    report::undone,
    run::{Ended, Survey, tried, whole},
};
use crate::{
    app::{App, Claim, Done, error::Error},
    domain::{
        access::{self, Action, Actor},
        ids::{SpaceId, VenueId},
        import::{ImportFormat, Mode},
        locale::Locale,
        text::Line,
    },
    store::places,
};

/// The source where nothing is said.
const ELSEWHERE: &str = "import";

/// Reservations from elsewhere.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReservations {
    /// The whole text of the file: a table with a header, or a calendar (RFC 5545).
    #[schema(
        max_length = 262_144,
        example = "external_id,space,starts_at,ends_at,title\n1,Hall,2026-03-05T10:00,2026-03-05T12:00,Choir\n"
    )]
    pub content: String,
    pub mode: Mode,
    /// Where nothing is said, what it begins like.
    pub format: Option<ImportFormat>,
    /// Where they come from. Ids are told apart by source: lines with the same id of one source are the same line.
    #[schema(example = "old booking system")]
    pub source: Option<Line<60>>,
    /// Whose reservations a calendar has; of a table where a line names no space.
    pub space_id: Option<SpaceId>,
    /// Whether organisers get a mail about what lies ahead; not where nothing is said.
    pub tell: Option<bool>,
}

/// A table from elsewhere.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTable {
    /// The whole text of the table, with its header.
    #[schema(max_length = 262_144)]
    pub content: String,
    pub mode: Mode,
}

/// Who asks, and in which language.
pub type Asker<'a> = (&'a Actor, Locale);

/// # Errors
/// `not_found`, `forbidden` unless staff, `invalid` for what can't be read at all.
pub fn reservations(
    app: &Arc<App>,
    asker: Asker<'_>,
    claim: Option<Claim>,
    venue: VenueId,
    new: NewReservations,
) -> Result<Done<Report>, Error> {
    let content = Source::of(&new.content);
    let format = new.format.map_or_else(|| content.format(), Ok)?;
    let source = match new.source {
        Some(source) => source,
        None => Line::new(ELSEWHERE).map_err(|error| Error::Broken(error.to_string()))?,
    };
    let how = Reservations { format, source, space: new.space_id, tell: new.tell.unwrap_or(false) };
    let job = job(app, asker, venue, (What::Reservations(how), new.mode, content))?;
    if format == ImportFormat::Ics && new.space_id.is_none() {
        return Err(Error::field("/space_id", "missing_field"));
    }
    work(app, claim, job)
}

/// # Errors
/// As [`reservations`]; for administrators, too.
pub fn spaces(
    app: &Arc<App>,
    asker: Asker<'_>,
    claim: Option<Claim>,
    venue: VenueId,
    new: &NewTable,
) -> Result<Done<Report>, Error> {
    work(app, claim, job(app, asker, venue, (What::Spaces, new.mode, Source::of(&new.content)))?)
}

/// # Errors
/// As [`reservations`].
pub fn attendance(
    app: &Arc<App>,
    asker: Asker<'_>,
    claim: Option<Claim>,
    venue: VenueId,
    new: &NewTable,
) -> Result<Done<Report>, Error> {
    work(app, claim, job(app, asker, venue, (What::Attendance, new.mode, Source::of(&new.content)))?)
}

fn job(
    app: &App,
    (actor, locale): Asker<'_>,
    venue: VenueId,
    (what, mode, source): (What, Mode, Source),
) -> Result<Job, Error> {
    access::may(actor, Action::OwnAccount)?;
    let place = app.db.read(|tx| places::place(tx, venue))?.ok_or(Error::NOT_FOUND)?;
    let job = Job { what, mode, place, actor: actor.clone(), locale, source };
    job.is_allowed()?;
    Ok(job)
}

fn work(app: &Arc<App>, claim: Option<Claim>, job: Job) -> Result<Done<Report>, Error> {
    let (survey, mode) = (Arc::new(Survey::of(app, &job)?), job.mode);
    if mode == Mode::DryRun {
        let mut lines = Vec::new();
        let summary = tried(app, &job, &survey, &mut |line| lines.push(line))?;
        return Ok(Done::Fresh(Report { mode, summary, lines }));
    }
    let told = Arc::new(Mutex::new(Vec::new()));
    let (app_, told_) = (app.clone(), told.clone());
    let done = app.command_or("import", claim, move |tx| {
        let mut lines = Vec::new();
        let summary = whole(tx, &app_, (&job, &survey), &mut |line| lines.push(line));
        match summary {
            Ok(summary) => Ok(Report { mode, summary, lines }),
            Err(Ended::Undone(summary)) => {
                *told_.lock().unwrap_or_else(PoisonError::into_inner) = lines;
                Err(Ended::Undone(summary))
            }
            Err(failed) => Err(failed),
        }
    });
    match done {
        Ok(done) => Ok(done),
        Err(Ended::Undone(summary)) => {
            let mut lines = std::mem::take(&mut *told.lock().unwrap_or_else(PoisonError::into_inner));
            undone(&mut lines);
            Ok(Done::Fresh(Report { mode, summary, lines }))
        }
        Err(Ended::Failed(error)) => Err(error),
    }
}
