//! Outside calendars: a venue, or one of its spaces, subscribes to a calendar kept elsewhere, and its events are blocks
//! here. What stands in their way stays, and is told (docs/adr/0020).

pub mod address;
mod apply;
pub mod fetch;
pub mod refresh;
pub(crate) mod trouble;
mod view;

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

pub use view::{ConflictView, OutsideCalendarView, Report, UnreadView};

use super::{
    App, Done,
    error::{Code, Error, Why},
    page::{self, Asked, Page},
    version::Expected,
};
use crate::{
    domain::{
        access::{self, Action, Actor, Place},
        given::given,
        ids::{OutsideCalendarId, SpaceId, VenueId},
        text::Line,
    },
    store::{
        audit::{self, Entry},
        db::WriteTx,
        idempotency::Claim,
        locks,
        outside::{self, OutsideCalendar},
        places,
    },
};

/// A venue's calendars: each is fetched every quarter of an hour.
const MOST: i64 = 20;

/// A calendar to subscribe to.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOutsideCalendar {
    #[schema(example = "Programme of the choir")]
    pub name: Line<100>,
    /// Where it is: `https`, `http` or `webcal`, at a public address.
    #[schema(max_length = 2000, example = "https://calendar.example.org/choir.ics")]
    pub url: String,
    /// Whose time its events take; all spaces of the venue where nothing is said.
    pub space_id: Option<SpaceId>,
}

/// What changes of one.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutsideCalendarChange {
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub name: Option<Line<100>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false, max_length = 2000)]
    pub url: Option<String>,
}

fn desk(app: &App, actor: &Actor, venue: VenueId) -> Result<Place, Error> {
    access::may(actor, Action::OwnAccount)?;
    let place = app.db.read(|tx| places::place(tx, venue))?.ok_or(Error::NOT_FOUND)?;
    access::may(actor, Action::SeeBehindTheDesk(place))?;
    Ok(place)
}

/// One that the actor may know of; another is not there.
fn visible(app: &App, actor: &Actor, id: OutsideCalendarId) -> Result<OutsideCalendar, Error> {
    access::may(actor, Action::OwnAccount)?;
    let found = app.db.read(|tx| outside::find(tx, id))?.ok_or(Error::NOT_FOUND)?;
    access::may(actor, Action::SeeBehindTheDesk(place_of(&found))).map_err(|_| Code::NotFound)?;
    Ok(found)
}

fn place_of(calendar: &OutsideCalendar) -> Place {
    Place { network: calendar.network_id, venue: calendar.venue_id }
}

/// Subscribes; it is fetched soon after.
///
/// # Errors
/// `not_found`, `forbidden` unless staff, `invalid` for an address that is none or not public, `state_conflict` beyond
/// twenty.
pub fn create(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    venue: VenueId,
    new: NewOutsideCalendar,
) -> Result<Done<OutsideCalendarView>, Error> {
    let place = desk(app, actor, venue)?;
    access::may(actor, Action::ManageVenue(place))?;
    let url = address::checked(&new.url, app.fetch.reach())?;
    if let Some(space) = new.space_id
        && app.configurations.place(&app.db, space)? != Some(place)
    {
        return Err(Error::field("/space_id", "unknown_space"));
    }
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("subscribe to a calendar", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        if outside::count(tx, venue)? >= MOST {
            return Err(Error::beyond(Why::CalendarsSubscribed, MOST as u32));
        }
        let now = app_.now();
        let calendar = OutsideCalendar {
            id: app_.id(),
            network_id: place.network,
            venue_id: venue,
            space_id: new.space_id,
            name: new.name.to_string(),
            url: url.clone(),
            made_by: by,
            version: 1,
            created_at: now,
            due_at: now,
            lease: None,
            leased_until: None,
            failures: 0,
            etag: None,
            last_modified: None,
            tried_at: None,
            read_at: None,
            applied_at: None,
            result: None,
            report: None,
        };
        outside::insert(tx, &calendar)?;
        let entry = Entry::new(app_.id(), now, by, "outside_calendar.made", calendar.id).within(place);
        audit::append(tx, &entry.with(json!({"space_id": new.space_id})))?;
        view::view(tx, &app_, &calendar)
    })
}

/// # Errors
/// `not_found`, `forbidden` unless staff, `invalid` for a wrong limit or cursor.
pub fn list(
    app: &App,
    actor: &Actor,
    venue: VenueId,
    asked: &Asked,
) -> Result<Page<OutsideCalendarView>, Error> {
    desk(app, actor, venue)?;
    let (limit, name) = (asked.limit()?, format!("outside calendars of {venue}"));
    let after = asked.after::<OutsideCalendarId>(app, &name)?;
    app.db.read(|tx| {
        let found = outside::of_venue(tx, venue, after, limit as i64 + 1)?;
        let views = found.iter().map(|calendar| view::view(tx, app, calendar));
        let views = views.collect::<Result<Vec<_>, _>>()?;
        page::page(app, &name, views, limit, |view: &OutsideCalendarView| view.id)
    })
}

/// # Errors
/// `not_found`, also where it is another venue's.
pub fn show(app: &App, actor: &Actor, id: OutsideCalendarId) -> Result<OutsideCalendarView, Error> {
    let calendar = visible(app, actor, id)?;
    app.db.read(|tx| view::view(tx, app, &calendar))
}

/// Names it otherwise, or says where it is now; at a new address it is read anew.
///
/// # Errors
/// `not_found`, `precondition_failed`, `invalid`.
pub fn edit(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: OutsideCalendarId,
    expected: Expected,
    change: OutsideCalendarChange,
) -> Result<Done<OutsideCalendarView>, Error> {
    let url = change.url.as_deref().map(|url| address::checked(url, app.fetch.reach()));
    let calendar = visible(app, actor, id)?;
    let url = url.transpose()?;
    work(app, actor, claim, (&calendar, "outside_calendar.edited", expected), move |calendar, now| {
        if let Some(name) = &change.name {
            calendar.name = name.to_string();
        }
        if let Some(url) = url.as_ref().filter(|url| **url != calendar.url) {
            calendar.url.clone_from(url);
            (calendar.etag, calendar.last_modified) = (None, None);
            (calendar.due_at, calendar.failures) = (now, 0);
        }
    })
}

/// Has it read at once instead of at its time.
///
/// # Errors
/// `not_found`, `precondition_failed`.
pub fn refresh_soon(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: OutsideCalendarId,
    expected: Expected,
) -> Result<Done<OutsideCalendarView>, Error> {
    let calendar = visible(app, actor, id)?;
    work(app, actor, claim, (&calendar, "outside_calendar.asked_for", expected), |calendar, now| {
        calendar.due_at = calendar.due_at.min(now);
    })
}

fn work(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    (calendar, action, expected): (&OutsideCalendar, &'static str, Expected),
    change: impl Fn(&mut OutsideCalendar, crate::domain::instant::Instant) + Send + 'static,
) -> Result<Done<OutsideCalendarView>, Error> {
    let (place, id) = (place_of(calendar), calendar.id);
    access::may(actor, Action::ManageVenue(place))?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("edit an outside calendar", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        let mut calendar = outside::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        expected.check(calendar.version)?;
        let now = app_.now();
        change(&mut calendar, now);
        calendar.version += 1;
        outside::update(tx, &calendar)?;
        audit::append(tx, &Entry::new(app_.id(), now, by, action, id).within(place))?;
        view::view(tx, &app_, &calendar)
    })
}

/// Gives the subscription up: what of its blocks is still to come is lifted.
///
/// # Errors
/// `not_found`, `precondition_failed`.
pub fn delete(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: OutsideCalendarId,
    expected: Expected,
) -> Result<Done<()>, Error> {
    let place = place_of(&visible(app, actor, id)?);
    access::may(actor, Action::ManageVenue(place))?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("give up an outside calendar", claim, move |tx: &mut WriteTx| {
        locks::edit_venue(tx, place)?;
        let calendar = outside::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        expected.check(calendar.version)?;
        apply::lift_all(tx, &app_, &calendar, by)?;
        outside::delete(tx, id)?;
        let entry = Entry::new(app_.id(), app_.now(), by, "outside_calendar.given_up", id).within(place);
        Ok(audit::append(tx, &entry)?)
    })
}
