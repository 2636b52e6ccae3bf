//! Opening hours of venues, and of spaces that override them: what is in force, what comes.

mod closing;
mod inherit;
mod put;
mod standing;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

pub use closing::{ClosureView, DateHours, Dates, NewClosure, ReopeningView, close, preview, reopen};
pub use inherit::{Return, inherit};
pub use put::{NewException, NewHours, put};

pub use crate::domain::places::Of;
use crate::{
    app::{App, error::Error, version::Versioned},
    domain::{
        hours::{HolidayHours, HoursException, HoursVersion, OwnHours, Season, Span, WeeklyRule},
        instant::Instant,
        places::Venue,
        space::Space,
    },
    store::{
        db::ReadTx,
        hours::{self, Owner},
        places, spaces,
    },
};

/// Opening hours as they count today, and what is known to come.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OpeningHours)]
pub struct HoursView {
    /// Whether a space has its venue's hours today.
    pub inherited: bool,
    pub time_zone: String,
    /// Since when; null before the first hours were given, which is closed.
    pub valid_from: Option<NaiveDate>,
    pub weekly: Vec<WeeklyRule>,
    pub seasons: Vec<Season>,
    pub holidays: HolidayHours,
    /// Of today and later, or from `from` on.
    pub exceptions: Vec<ExceptionView>,
    /// What follows, by date.
    pub versions: Vec<ComingHours>,
    pub version: i64,
}

/// Opening hours that begin to count later.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComingHours {
    pub valid_from: NaiveDate,
    /// Whether a space has its venue's hours then.
    pub inherited: bool,
    pub weekly: Vec<WeeklyRule>,
    pub seasons: Vec<Season>,
    pub holidays: HolidayHours,
}

/// The hours of one date instead of all others; none: closed.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = HoursException)]
pub struct ExceptionView {
    pub date: NaiveDate,
    pub hours: Vec<Span>,
    pub reason: Option<String>,
}

impl Versioned for HoursView {
    fn version(&self) -> i64 {
        self.version
    }
}

impl From<&HoursException> for ExceptionView {
    fn from(exception: &HoursException) -> Self {
        let HoursException { date, hours, reason, .. } = exception.clone();
        Self { date, hours, reason }
    }
}

/// Whose hours they are, with what they are read by.
struct Subject {
    venue: Venue,
    space: Option<Space>,
}

impl Subject {
    fn load(tx: &mut ReadTx, of: Of) -> Result<Self, Error> {
        let (id, space) = match of {
            Of::Venue(id) => (id, None),
            Of::Space(id) => {
                let space = spaces::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
                (space.place.venue, Some(space))
            }
        };
        let venue = places::venue(tx, id)?.ok_or(Error::NOT_FOUND)?;
        Ok(Self { venue, space })
    }

    fn owner(&self) -> Owner {
        Owner { venue: self.venue.id, space: self.space.as_ref().map(|space| space.id) }
    }

    fn version(&self) -> i64 {
        self.space.as_ref().map_or(self.venue.hours_version, |space| space.hours_version)
    }

    fn today(&self, now: Instant) -> NaiveDate {
        self.venue.zone.date(now)
    }

    fn view(&self, tx: &mut ReadTx, today: NaiveDate, from: NaiveDate) -> Result<HoursView, Error> {
        let own = match &self.space {
            Some(space) => Some(hours::own(tx, self.venue.id, space.id)?),
            None => None,
        };
        let inherited = |date| own.as_ref().is_some_and(|own: &OwnHours| own.inherits_on(date));
        let schedule = hours::schedule(tx, self.owner())?;
        let now = schedule.version_on(today);
        let coming = schedule.versions().filter(|version| version.valid_from > today);
        let exceptions = schedule.exceptions().filter(|exception| exception.date >= from);
        Ok(HoursView {
            inherited: inherited(today),
            time_zone: self.venue.zone.name().to_owned(),
            valid_from: now.map(|version| version.valid_from),
            weekly: now.map_or_else(Vec::new, |version| version.weekly.clone()),
            seasons: now.map_or_else(Vec::new, |version| version.seasons.clone()),
            holidays: now.map_or_else(HolidayHours::default, |version| version.holidays.clone()),
            exceptions: exceptions.map(ExceptionView::from).collect(),
            versions: coming.map(|version| coming_hours(version, inherited(version.valid_from))).collect(),
            version: self.version(),
        })
    }
}

fn coming_hours(version: &HoursVersion, inherited: bool) -> ComingHours {
    let HoursVersion { valid_from, weekly, seasons, holidays } = version.clone();
    ComingHours { valid_from, inherited, weekly, seasons, holidays }
}

/// The hours that count today at the venue; exceptions from `from` on, today where nothing is said.
///
/// # Errors
/// `not_found`.
pub fn show(app: &App, of: Of, from: Option<NaiveDate>) -> Result<HoursView, Error> {
    let now = app.now();
    app.db.read(|tx| {
        let subject = Subject::load(tx, of)?;
        let today = subject.today(now);
        subject.view(tx, today, from.unwrap_or(today))
    })
}
