//! Closing a whole venue on some dates, trying it first, and opening it again: the venue's hours and those of its spaces
//! that have a say of their own on a date, in one step. It is the exceptions of opening hours that say so.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{Of, Subject, put::Edit, standing::fallen_out};
use crate::{
    app::{
        App, Done,
        affected::{OnAffected, Why},
        error::{Error, FieldError},
        places::place_of_venue,
        reservations::view::{ReservationView, views},
        version::Expected,
    },
    domain::{
        access::{self, Action, Actor, Place},
        hours::{HoursException, OwnHours, Span},
        ids::{HoursId, ReservationId, SpaceId, VenueId},
        text::Line,
    },
    store::{
        audit,
        db::{ReadTx, WriteTx},
        hours::{self, Owner},
        idempotency::Claim,
        reservations, spaces,
    },
};

/// The most dates that are closed at once.
const MOST_DAYS: usize = 366;

/// Local dates, both included.
#[derive(Debug, Clone, Copy)]
pub struct Dates {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

/// A venue to be closed on some dates.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewClosure {
    /// Local date, today or later.
    pub first_date: NaiveDate,
    /// Included; at most 366 dates.
    pub last_date: NaiveDate,
    /// Shown to all with the opening hours, and told to whose reservations are cancelled.
    #[schema(example = "Heating")]
    pub reason: Line<200>,
    /// About reservations that would no longer lie in opening time; `refuse` where nothing is said.
    #[serde(default)]
    pub on_affected: OnAffected,
}

/// What closing a venue comes to.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Closure)]
pub struct ClosureView {
    pub first_date: NaiveDate,
    pub last_date: NaiveDate,
    /// Spaces that have a say of their own on some of the dates: they are closed, too.
    pub spaces_with_own_hours: Vec<SpaceId>,
    /// Reservations of all its spaces that no longer lie in opening time, or whose requested change does not.
    pub affected: Vec<ReservationView>,
}

impl Dates {
    /// # Errors
    /// `invalid` for dates that are past, reversed or too many.
    fn checked(self, today: NaiveDate) -> Result<Vec<NaiveDate>, Error> {
        let refused = |pointer, code| Err(FieldError::new(pointer, code).into());
        if self.first < today {
            return refused("/first_date", "already_past");
        }
        if self.last < self.first {
            return refused("/last_date", "not_after_start");
        }
        let dates: Vec<_> =
            self.first.iter_days().take_while(|date| *date <= self.last).take(MOST_DAYS + 1).collect();
        if dates.len() > MOST_DAYS {
            return refused("/last_date", "range_too_long");
        }
        Ok(dates)
    }
}

impl NewClosure {
    fn dates(&self) -> Dates {
        Dates { first: self.first_date, last: self.last_date }
    }

    fn view(&self, spaces: &[Ruling], affected: Vec<ReservationView>) -> ClosureView {
        ClosureView {
            first_date: self.first_date,
            last_date: self.last_date,
            spaces_with_own_hours: spaces.iter().map(|ruling| ruling.space).collect(),
            affected,
        }
    }
}

/// A space with the dates that are its own to say.
struct Ruling {
    space: SpaceId,
    own: OwnHours,
    dates: Vec<NaiveDate>,
}

fn ruling(tx: &mut ReadTx, venue: VenueId, dates: &[NaiveDate]) -> Result<Vec<Ruling>, Error> {
    let written = hours::written(tx, &[venue])?.into_iter();
    let own = written.filter_map(|(owner, written)| Some((owner.space?, written.own())));
    let ruling = own.map(|(space, own)| Ruling { space, dates: own.ruled(dates), own });
    let mut ruling: Vec<Ruling> = ruling.filter(|ruling| !ruling.dates.is_empty()).collect();
    ruling.sort_by_key(|ruling| ruling.space);
    Ok(ruling)
}

fn place(app: &App, actor: &Actor, venue: VenueId) -> Result<Place, Error> {
    let place = place_of_venue(app, venue)?;
    access::may(actor, Action::ManageVenue(place))?;
    Ok(place)
}

/// What closing would come to; nothing is written.
///
/// # Errors
/// `not_found`, `forbidden` unless staff or administrator, `invalid`.
pub fn preview(app: &App, actor: &Actor, venue: VenueId, new: &NewClosure) -> Result<ClosureView, Error> {
    place(app, actor, venue)?;
    app.db.read(|tx| {
        let (now, subject) = (app.now(), Subject::load(tx, Of::Venue(venue))?);
        let dates = new.dates().checked(subject.today(now))?;
        let before = subject.standing(tx, app, now)?;
        let after = subject.standing_without(tx, app, now, &dates)?;
        let affected = fallen_out(&before, &after, now).all();
        let affected = shown(tx, app, actor, &affected)?;
        Ok(new.view(&ruling(tx, venue, &dates)?, affected))
    })
}

/// # Errors
/// As [`preview`], and `affected_reservations`.
pub fn close(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    venue: VenueId,
    new: NewClosure,
) -> Result<Done<ClosureView>, Error> {
    let place = place(app, actor, venue)?;
    let (app_, actor) = (app.clone(), actor.clone());
    app.command("close venue", claim, move |tx| {
        let by = actor.person().map(|person| person.id);
        let mut edit = Edit::begin(tx, &app_, place, Of::Venue(venue), &Expected::Any)?;
        let dates = new.dates().checked(edit.today)?;
        let ruling = ruling(tx, venue, &dates)?;
        let closed = |dates: &[NaiveDate], before: &[HoursException]| -> Vec<(HoursId, HoursException)> {
            let closed = |date: NaiveDate| {
                let before = before.iter().find(|one| one.date == date);
                HoursException::closed_over(date, new.reason.as_str(), before)
            };
            dates.iter().map(|date| (app_.id(), closed(*date))).collect()
        };
        let owner = edit.subject.owner();
        let before = hours::exceptions(tx, owner)?;
        hours::name_exceptions(tx, owner, &closed(&dates, &before))?;
        for ruling in &ruling {
            let owner = Owner { venue, space: Some(ruling.space) };
            hours::name_exceptions(tx, owner, &closed(&ruling.dates, ruling.own.exceptions()))?;
            raise(tx, ruling.space)?;
        }
        let why = Why::Said(new.reason.as_str());
        let affected = edit.settle(tx, &app_, by, (new.on_affected, why))?;
        let entry = audit::Entry::new(app_.id(), app_.now(), by, "venue.closed", venue).within(place);
        let said = json!({"first_date": new.first_date, "last_date": new.last_date, "reason": new.reason,
            "on_affected": new.on_affected, "affected": affected.count()});
        audit::append(tx, &entry.with(said))?;
        let affected = shown(tx, &app_, &actor, &affected.all())?;
        Ok(new.view(&ruling, affected))
    })
}

/// What is said of one date by itself; no hours: closed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DateHours {
    /// Whose; null: the venue's.
    pub space_id: Option<SpaceId>,
    pub date: NaiveDate,
    pub hours: Vec<Span>,
    pub reason: Option<String>,
}

/// What opening a venue again comes to.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[schema(as = Reopening)]
pub struct ReopeningView {
    /// On which the venue's ordinary hours count again.
    pub opened: Vec<NaiveDate>,
    /// Hours of single dates that had been replaced by closing, and count again: the venue's, and its spaces'.
    pub restored: Vec<DateHours>,
    /// Hours of single dates that are not of a closure, as others were given since, or a space is closed alone: they stay.
    pub kept: Vec<DateHours>,
}

impl ReopeningView {
    /// The venue's exceptions, or a space's, as they will be on these dates: no word of those that are undone and replaced
    /// nothing.
    fn undo(
        &mut self,
        space: Option<SpaceId>,
        exceptions: &[HoursException],
        dates: &[NaiveDate],
    ) -> (Vec<NaiveDate>, Vec<HoursException>) {
        let told = |exception: &HoursException| {
            let HoursException { date, hours, reason, .. } = exception.clone();
            DateHours { space_id: space, date, hours, reason }
        };
        let (mut undone, mut back) = (Vec::new(), Vec::new());
        for exception in exceptions.iter().filter(|one| dates.contains(&one.date)) {
            // A venue that is closed all day is meant, whoever closed it how.
            let plain = (space.is_none() && exception.hours.is_empty()).then_some(None);
            match exception.reopened().or(plain) {
                None => self.kept.push(told(exception)),
                Some(before) => {
                    undone.push(exception.date);
                    self.restored.extend(before.as_ref().map(told));
                    if space.is_none() && before.is_none() {
                        self.opened.push(exception.date);
                    }
                    back.extend(before);
                }
            }
        }
        (undone, back)
    }
}

/// Undoes the closing of the venue on these dates: its hours and those of its spaces count as before. Other hours that
/// were given of a date since stay.
///
/// # Errors
/// `not_found`, `forbidden` unless staff or administrator, `invalid`.
pub fn reopen(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    venue: VenueId,
    dates: Dates,
) -> Result<Done<ReopeningView>, Error> {
    let place = place(app, actor, venue)?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("reopen venue", claim, move |tx| {
        let mut edit = Edit::begin(tx, &app_, place, Of::Venue(venue), &Expected::Any)?;
        let asked = dates.checked(edit.today).map_err(in_query)?;
        let mut view = ReopeningView::default();
        let own = hours::exceptions(tx, edit.subject.owner())?;
        let mut each = vec![(None, view.undo(None, &own, &asked))];
        for ruling in ruling(tx, venue, &asked)? {
            let space = Some(ruling.space);
            each.push((space, view.undo(space, ruling.own.exceptions(), &asked)));
        }
        for (space, (undone, back)) in each.into_iter().filter(|(_, (undone, _))| !undone.is_empty()) {
            let (owner, back) = (Owner { venue, space }, back.into_iter().map(|one| (app_.id(), one)));
            hours::drop_exceptions(tx, owner, &undone)?;
            hours::name_exceptions(tx, owner, &back.collect::<Vec<_>>())?;
            space.map_or(Ok(()), |space| raise(tx, space))?;
        }
        edit.settle(tx, &app_, by, (OnAffected::Keep, Why::Said("")))?;
        let entry = audit::Entry::new(app_.id(), app_.now(), by, "venue.reopened", venue).within(place);
        let said = json!({"first_date": dates.first, "last_date": dates.last, "opened": view.opened,
            "restored": view.restored.len(), "kept": view.kept.len()});
        audit::append(tx, &entry.with(said))?;
        Ok(view)
    })
}

/// The dates of a deletion stand in its query.
fn in_query(error: Error) -> Error {
    match error {
        Error::Fields(errors) => {
            let moved = errors
                .into_iter()
                .map(|error| FieldError { pointer: error.pointer.replacen('/', "?", 1), ..error });
            Error::Fields(moved.collect())
        }
        other => other,
    }
}

fn raise(tx: &mut WriteTx, space: SpaceId) -> Result<(), Error> {
    let mut space = spaces::find(tx, space)?.ok_or(Error::NOT_FOUND)?;
    space.own_hours = true;
    space.hours_version += 1;
    Ok(spaces::update(tx, &space)?)
}

fn shown(
    tx: &mut ReadTx,
    app: &App,
    actor: &Actor,
    affected: &[ReservationId],
) -> Result<Vec<ReservationView>, Error> {
    let found = reservations::find_all(tx, affected)?;
    views(tx, app, &found, actor)
}
