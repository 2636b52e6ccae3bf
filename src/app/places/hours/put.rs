//! Giving a venue or a space opening hours from a date on. The past keeps what was true then.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    super::place_of,
    HoursView, Of, Subject,
    standing::{Standing, fallen_out},
};
use crate::{
    app::{
        App, Done,
        affected::{self, Affected, OnAffected, Why},
        error::{Error, FieldError},
        version::Expected,
    },
    domain::{
        access::{self, Action, Actor, Place},
        hours::{
            FieldFault, HolidayHours, HoursException, HoursVersion, Season, Span, WeeklyRule,
            check_exceptions,
        },
        ids::{HoursId, UserId},
        instant::Instant,
        text::Line,
    },
    mail::notice::Cause,
    store::{audit, db::WriteTx, hours, idempotency::Claim, locks, places, spaces},
};

/// Opening hours from a date on, until others follow.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHours {
    /// `closes` not after `opens` is on the next day; 24:00 ends the day. Spans that touch or overlap join.
    pub weekly: Vec<WeeklyRule>,
    #[serde(default)]
    pub seasons: Vec<Season>,
    pub holidays: HolidayHours,
    /// In the place of all exceptions from `valid_from` on; of earlier dates only those named here change.
    #[serde(default)]
    pub exceptions: Vec<NewException>,
    /// Local date, today where nothing is said. Versions that were to begin on it or later are gone.
    pub valid_from: Option<NaiveDate>,
    /// About future reservations that would no longer lie in opening time; `refuse` where nothing is said.
    #[serde(default)]
    pub on_affected: OnAffected,
}

/// The hours of one date instead of all others; none: closed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewException {
    pub date: NaiveDate,
    pub hours: Vec<Span>,
    pub reason: Option<Line<200>>,
}

impl NewHours {
    /// The version and its exceptions.
    ///
    /// # Errors
    /// `invalid` with every fault.
    fn checked(&self, today: NaiveDate) -> Result<(HoursVersion, Vec<HoursException>), Error> {
        let version = HoursVersion {
            valid_from: self.valid_from.unwrap_or(today),
            weekly: self.weekly.clone(),
            seasons: self.seasons.clone(),
            holidays: self.holidays.clone(),
        };
        let exceptions: Vec<_> = self.exceptions.iter().map(HoursException::from).collect();
        let below =
            |fault: FieldFault| FieldFault { pointer: format!("/exceptions{}", fault.pointer), ..fault };
        let of_exceptions = check_exceptions(&exceptions).into_iter().map(below);
        let faults: Vec<_> = version.check().into_iter().chain(of_exceptions).map(refused).collect();
        if faults.is_empty() { Ok((version, exceptions)) } else { Err(Error::Fields(faults)) }
    }
}

impl From<&NewException> for HoursException {
    fn from(new: &NewException) -> Self {
        let NewException { date, hours, reason } = new.clone();
        Self { date, hours, reason: reason.map(String::from), closure: None }
    }
}

fn refused(fault: FieldFault) -> FieldError {
    FieldError::new(fault.pointer, fault.code)
}

/// # Errors
/// `not_found`, `forbidden` unless staff or administrator, `precondition_failed`, `invalid`,
/// `affected_reservations`.
pub fn put(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    of: Of,
    expected: Expected,
    new: NewHours,
) -> Result<Done<HoursView>, Error> {
    let place = place_of(app, of)?;
    access::may(actor, Action::ManageVenue(place))?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("put opening hours", claim, move |tx| {
        let mut edit = Edit::begin(tx, &app_, place, of, &expected)?;
        let (version, exceptions) = new.checked(edit.today)?;
        let (owner, from) = (edit.subject.owner(), version.valid_from);
        // A closure that is sent along as it was read stays one.
        let known = hours::schedule(tx, owner)?;
        let same = |each: &HoursException| known.exceptions().find(|known| known.says_as(each)).cloned();
        let exceptions = exceptions.into_iter().map(|each| (app_.id(), same(&each).unwrap_or(each)));
        let exceptions: Vec<(HoursId, _)> = exceptions.collect();
        hours::put_version(tx, owner, app_.id(), from, Some(&version))?;
        hours::put_exceptions(tx, owner, from, &exceptions)?;
        edit.end(tx, &app_, by, new.on_affected)
    })
}

/// A change of hours under way: the lock is held, and what stood before is known.
pub(super) struct Edit {
    pub subject: Subject,
    pub today: NaiveDate,
    place: Place,
    now: Instant,
    before: Vec<Standing>,
}

impl Edit {
    pub fn begin(
        tx: &mut WriteTx,
        app: &App,
        place: Place,
        of: Of,
        expected: &Expected,
    ) -> Result<Self, Error> {
        locks::edit_venue(tx, place)?;
        let now = app.now();
        let subject = Subject::load(tx, of)?;
        expected.check(subject.version())?;
        let before = subject.standing(tx, app, now)?;
        Ok(Self { today: subject.today(now), subject, place, now, before })
    }

    /// Raises the version, does what was asked about the reservations that fell out of opening time, and
    /// answers what counts now.
    pub fn end(
        &mut self,
        tx: &mut WriteTx,
        app: &App,
        by: Option<UserId>,
        on_affected: OnAffected,
    ) -> Result<HoursView, Error> {
        let affected = self.settle(tx, app, by, (on_affected, Why::Known(Cause::Hours)))?;
        let entry = match &self.subject.space {
            Some(space) => audit::Entry::new(app.id(), self.now, by, "space.hours_changed", space.id),
            None => audit::Entry::new(app.id(), self.now, by, "venue.hours_changed", self.place.venue),
        };
        let payload = json!({"on_affected": on_affected, "affected": affected.count()});
        audit::append(tx, &entry.within(self.place).with(payload))?;
        self.subject.view(tx, self.today, self.today)
    }

    /// The first two of these: raises the version, and does what was asked about those that fell out.
    pub fn settle(
        &mut self,
        tx: &mut WriteTx,
        app: &App,
        by: Option<UserId>,
        (on_affected, why): (OnAffected, Why<'_>),
    ) -> Result<Affected, Error> {
        self.raise(tx, app)?;
        let after = self.subject.standing(tx, app, self.now)?;
        let affected = fallen_out(&self.before, &after, self.now);
        affected::settle(tx, app, on_affected, &affected, by, why)?;
        Ok(affected)
    }

    fn raise(&mut self, tx: &mut WriteTx, app: &App) -> Result<(), Error> {
        let revision = app.revision();
        match &mut self.subject.space {
            Some(space) => {
                space.own_hours = true;
                space.hours_version += 1;
                spaces::update(tx, space)?;
                places::touch_venue(tx, self.place.venue, revision)?;
            }
            None => {
                self.subject.venue.hours_version += 1;
                places::update_venue(tx, &self.subject.venue, revision)?;
            }
        }
        Ok(())
    }
}
