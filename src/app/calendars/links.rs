//! One's own links: making, listing, giving another address, revoking.

use std::sync::Arc;

use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{CalendarView, Shows};
use crate::{
    app::{
        App,
        credentials::random::{self, TokenHash},
        error::{Code, Error, Why},
        page::{self, Asked, Page},
    },
    domain::{
        access::{self, Action, Actor},
        ids::{CalendarId, NetworkId, SpaceId, UserId, VenueId},
        text::Line,
    },
    store::{
        audit,
        calendars::{self, Calendar, Of},
        db::ReadTx,
        locks, places, spaces,
    },
};

/// A person's links at a time.
const MOST: i64 = 20;

/// What is to be subscribed to: at most one of the three; without any, one's own reservations and those of one's
/// organisations.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCalendar {
    /// All that takes a space, for those who see its venue's reservations.
    pub space_id: Option<SpaceId>,
    /// All that is reserved at a venue, for the same.
    pub venue_id: Option<VenueId>,
    /// The public events of a network.
    pub network_id: Option<NetworkId>,
    /// What one calls it.
    #[schema(example = "Phone")]
    pub name: Option<Line<100>>,
}

/// A link that was just made, or has another address now.
#[derive(Serialize, ToSchema)]
pub struct MadeCalendar {
    /// To be given to a calendar program. Shown this once; whoever has it reads the calendar.
    #[schema(example = "https://prostor.example/api/v1/calendars/4fX2kA….ics")]
    pub url: String,
    pub calendar: CalendarView,
}

impl MadeCalendar {
    fn new(app: &App, token: &str, calendar: Calendar) -> Self {
        Self { url: format!("{}/api/v1/calendars/{token}.ics", app.public_url), calendar: calendar.into() }
    }
}

fn own(actor: &Actor) -> Result<UserId, Error> {
    access::may(actor, Action::OwnAccount)?;
    Ok(actor.person().ok_or(Error::Plain(Code::Unauthenticated))?.id)
}

/// What is asked for, if there is such a thing.
fn wanted(tx: &mut ReadTx, new: &NewCalendar) -> Result<Shows, Error> {
    let unknown = |pointer: &str| Error::field(pointer, "unknown");
    match (new.space_id, new.venue_id, new.network_id) {
        (None, None, None) => Ok(Shows::Own),
        (Some(id), None, None) => {
            let space = spaces::find(tx, id)?.ok_or_else(|| unknown("/space_id"))?;
            Ok(Shows::Space(id, space.place))
        }
        (None, Some(id), None) => {
            Ok(Shows::Venue(places::place(tx, id)?.ok_or_else(|| unknown("/venue_id"))?))
        }
        (None, None, Some(id)) => {
            places::network(tx, id)?.ok_or_else(|| unknown("/network_id"))?;
            Ok(Shows::Events(id))
        }
        _ => Err(Error::field("", "at_most_one_of_these")),
    }
}

/// # Errors
/// `unauthenticated`, `address_unverified`; `forbidden` for a venue or space unless one sees its reservations; `invalid`
/// for what there is not, or several at once; `state_conflict` beyond twenty.
pub fn make(app: &Arc<App>, actor: &Actor, new: NewCalendar) -> Result<MadeCalendar, Error> {
    access::may(actor, Action::SecureAccount)?;
    let user = own(actor)?;
    let token = random::token();
    let hash = TokenHash::of(token.expose_secret());
    let (app_, actor) = (app.clone(), actor.clone());
    let made = app.db.write("make a calendar link", move |tx| {
        locks::person(tx, user)?;
        let shows = wanted(tx, &new)?;
        access::may(&actor, shows.action())?;
        if calendars::page(tx, Of::Person(user), None, MOST)?.len() as i64 == MOST {
            return Err(Error::beyond(Why::CalendarLinks, MOST as u32));
        }
        let (network_id, place, space_id) = match shows {
            Shows::Own => (None, None, None),
            Shows::Venue(place) => (None, Some(place), None),
            Shows::Space(space, place) => (None, Some(place), Some(space)),
            Shows::Events(network) => (Some(network), None, None),
        };
        let now = app_.now();
        let calendar = Calendar {
            id: app_.id(),
            user_id: user,
            network_id,
            venue_id: place.map(|place| place.venue),
            space_id,
            name: new.name.clone().map(String::from),
            token_hash: hash.as_bytes().to_vec(),
            created_at: now,
            used_at: None,
            revoked_at: None,
        };
        calendars::insert(tx, &calendar)?;
        let entry = audit::Entry::new(app_.id(), now, Some(user), "calendar.made", calendar.id);
        let entry = place.map_or(entry.clone(), |place| entry.within(place));
        audit::append(tx, &entry.with(json!({"space": space_id})))?;
        Ok::<_, Error>(calendar)
    })?;
    Ok(MadeCalendar::new(app, token.expose_secret(), made))
}

/// Those that open something.
///
/// # Errors
/// `unauthenticated`, `invalid` for a wrong limit or cursor.
pub fn list(app: &App, actor: &Actor, asked: &Asked) -> Result<Page<CalendarView>, Error> {
    let user = own(actor)?;
    let (limit, of) = (asked.limit()?, format!("calendars of {user}"));
    let after = asked.after::<CalendarId>(app, &of)?;
    let found = app.db.read(|tx| calendars::page(tx, Of::Person(user), after, limit as i64 + 1))?;
    let views = found.into_iter().map(|(calendar, _)| calendar.into()).collect();
    page::page(app, &of, views, limit, |view: &CalendarView| view.id)
}

/// All of a person's that open something: for their export.
///
/// # Errors
/// When the database fails.
pub(crate) fn all_of(tx: &mut ReadTx, user: UserId) -> Result<Vec<CalendarView>, Error> {
    let found = calendars::page(tx, Of::Person(user), None, MOST)?;
    Ok(found.into_iter().map(|(calendar, _)| calendar.into()).collect())
}

/// Gives a link another address; the old one opens nothing any more.
///
/// # Errors
/// `unauthenticated`, `not_found` where it is not one's own or revoked.
pub fn rotate(app: &Arc<App>, actor: &Actor, id: CalendarId) -> Result<MadeCalendar, Error> {
    let user = own(actor)?;
    let token = random::token();
    let hash = TokenHash::of(token.expose_secret());
    let app_ = app.clone();
    let rotated = app.db.write("give a calendar link another address", move |tx| {
        let calendar = calendars::rotate(tx, user, id, hash.as_bytes())?.ok_or(Error::NOT_FOUND)?;
        audit::append(tx, &audit::Entry::new(app_.id(), app_.now(), Some(user), "calendar.rotated", id))?;
        Ok::<_, Error>(calendar)
    })?;
    Ok(MadeCalendar::new(app, token.expose_secret(), rotated))
}

/// It opens nothing with the next reading.
///
/// # Errors
/// `unauthenticated`, `not_found` where it is not one's own or revoked already.
pub fn revoke(app: &Arc<App>, actor: &Actor, id: CalendarId) -> Result<(), Error> {
    let user = own(actor)?;
    let app_ = app.clone();
    app.db.write("revoke a calendar link", move |tx| {
        let now = app_.now();
        if !calendars::revoke(tx, Of::Person(user), id, now)? {
            return Err(Error::NOT_FOUND);
        }
        audit::append(tx, &audit::Entry::new(app_.id(), now, Some(user), "calendar.revoked", id))?;
        Ok(())
    })
}
