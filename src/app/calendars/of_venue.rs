//! The links to a venue and its spaces, whoever made them: its staff see and revoke them.

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use super::CalendarView;
use crate::{
    app::{
        App, Done,
        error::Error,
        page::{self, Asked, Page},
    },
    domain::{
        access::{self, Action, Actor, Place},
        ids::{CalendarId, UserId, VenueId},
    },
    store::{
        audit,
        calendars::{self, Of},
        idempotency::Claim,
        places,
    },
};

/// A link, and whose it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = VenueCalendar)]
pub struct VenueCalendarView {
    pub calendar: CalendarView,
    pub user_id: UserId,
    pub user_name: String,
}

fn managed(app: &App, actor: &Actor, venue: VenueId) -> Result<Place, Error> {
    access::may(actor, Action::OwnAccount)?;
    let place = app.db.read(|tx| places::place(tx, venue))?.ok_or(Error::NOT_FOUND)?;
    access::may(actor, Action::ManageVenue(place))?;
    Ok(place)
}

/// Those that open something, or would if their owner still saw the venue's reservations.
///
/// # Errors
/// `not_found`, `forbidden` unless staff or the operator, `invalid` for a wrong limit or cursor.
pub fn list(
    app: &App,
    actor: &Actor,
    venue: VenueId,
    asked: &Asked,
) -> Result<Page<VenueCalendarView>, Error> {
    managed(app, actor, venue)?;
    let (limit, of) = (asked.limit()?, format!("calendars of {venue}"));
    let after = asked.after::<CalendarId>(app, &of)?;
    let found = app.db.read(|tx| calendars::page(tx, Of::Venue(venue), after, limit as i64 + 1))?;
    let view = |(calendar, user_name): (calendars::Calendar, String)| VenueCalendarView {
        user_id: calendar.user_id,
        user_name,
        calendar: calendar.into(),
    };
    let views = found.into_iter().map(view).collect();
    page::page(app, &of, views, limit, |view: &VenueCalendarView| view.calendar.id)
}

/// # Errors
/// `not_found` where it is none of the venue's or revoked already, `forbidden` unless staff or the operator.
pub fn revoke(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    venue: VenueId,
    id: CalendarId,
) -> Result<Done<()>, Error> {
    let place = managed(app, actor, venue)?;
    let by = actor.person().map(|person| person.id);
    let app_ = app.clone();
    app.command("revoke a venue's calendar link", claim, move |tx| {
        let now = app_.now();
        if !calendars::revoke(tx, Of::Venue(venue), id, now)? {
            return Err(Error::NOT_FOUND);
        }
        let entry = audit::Entry::new(app_.id(), now, by, "calendar.revoked", id);
        audit::append(tx, &entry.within(place))?;
        Ok(())
    })
}
