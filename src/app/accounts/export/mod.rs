//! All that is held on a person, for that person (GDPR, articles 15 and 20), as JSON and as a calendar.

pub mod calendar;
mod reservations;
mod rest;

use serde::Serialize;
use utoipa::ToSchema;

pub use self::{
    reservations::{OwnReservation, OwnSeries},
    rest::{GuestOf, OwnAddress, OwnDeed, OwnInvitation, OwnMail},
};
use super::{
    api_keys::{self, ApiKeyView},
    me::{self, AccountView},
};
use crate::{
    app::{
        App,
        calendars::{CalendarView, links},
        error::{Code, Error},
        organisations::{joiners, joining::JoinRequestView},
        shown,
        views::{self, DataView},
        waiting::{EntryView, list},
    },
    domain::{access::Actor, ids::VenueId},
    store::{
        db::ReadTx,
        sessions,
        users::{self, Account},
    },
};

/// The latest looks at one's data; `GET /me/views` has all.
const VIEWS: i64 = 1000;

/// A sign-in that still lasts.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnSession {
    #[schema(format = DateTime)]
    pub created_at: String,
    #[schema(format = DateTime)]
    pub expires_at: String,
    #[schema(format = DateTime)]
    pub last_used_at: Option<String>,
    /// The program that signed in, as it says of itself.
    pub client: Option<String>,
}

/// One's data, to keep or to take elsewhere.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Export {
    pub account: AccountView,
    #[schema(format = DateTime)]
    pub registered_at: String,
    /// When the address was proved.
    #[schema(format = DateTime)]
    pub verified_at: Option<String>,
    pub sessions: Vec<OwnSession>,
    /// Keys for programs that still open something.
    pub keys: Vec<ApiKeyView>,
    /// Addresses one moved to, or wished to move to, in the last days.
    pub addresses: Vec<OwnAddress>,
    /// Invitations to one's address.
    pub invitations: Vec<OwnInvitation>,
    /// Those one organised, by their start.
    pub reservations: Vec<OwnReservation>,
    pub series: Vec<OwnSeries>,
    /// What one waits for, and waited for.
    pub waiting: Vec<EntryView>,
    /// Organisations that one asked to join.
    pub join_requests: Vec<JoinRequestView>,
    /// Links by which calendar programs read.
    pub calendars: Vec<CalendarView>,
    /// Mails that are on their way, were sent or could not be, as long as that is known.
    pub mails: Vec<OwnMail>,
    /// What the audit tells of one's account, reservations and series, the oldest first.
    pub history: Vec<OwnDeed>,
    /// Who looked at one's data, the latest first.
    pub views: Vec<DataView>,
    /// Venues whose staff reserved for one, with what they wrote.
    pub guest_of: Vec<GuestOf>,
}

/// Who asks for what is held on a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asks {
    /// They themselves. Before the address is proved, what others reserved for it is not told.
    Themselves,
    /// A venue, which answers for its guest and is not told of other houses.
    Venue(VenueId),
    /// The operator, who made sure by other ways that it is they.
    Operator,
}

/// # Errors
/// `unauthenticated`.
pub fn export(app: &App, actor: &Actor) -> Result<Export, Error> {
    let id = me::own(actor)?.id;
    app.db.read(|tx| {
        let account = users::find(tx, id)?.ok_or(Error::Plain(Code::Unauthenticated))?;
        held(tx, app, account, Asks::Themselves)
    })
}

/// What is held on the person of an account, as far as it is for who asks.
///
/// # Errors
/// When the database fails.
pub(crate) fn held(tx: &mut ReadTx, app: &App, account: Account, asks: Asks) -> Result<Export, Error> {
    let (id, now) = (account.id, app.now());
    let proved = account.verified_at.is_some() || asks == Asks::Operator;
    let venue = match asks {
        Asks::Venue(venue) => Some(venue),
        Asks::Themselves | Asks::Operator => None,
    };
    let (reservations, series, history) = match proved || venue.is_some() {
        true => (
            reservations::organised(tx, id, venue, now)?,
            reservations::repeated(tx, id, venue)?,
            rest::history(tx, id, venue)?,
        ),
        false => Default::default(),
    };
    let sessions = sessions::live(tx, id, now)?.into_iter().map(|session| OwnSession {
        created_at: shown(session.created_at),
        expires_at: shown(session.expires_at),
        last_used_at: session.used_at.map(shown),
        client: session.client,
    });
    Ok(Export {
        registered_at: shown(account.created_at),
        verified_at: account.verified_at.map(shown),
        sessions: sessions.collect(),
        keys: api_keys::all_of(tx, id, now)?,
        addresses: rest::addresses(tx, id)?,
        // Those to an address that is not proved may be for somebody else.
        invitations: if proved { rest::invitations(tx, &account)? } else { Vec::new() },
        reservations,
        series,
        waiting: list::all_of(tx, app, id)?,
        join_requests: joiners::all_of(tx, id)?,
        calendars: links::all_of(tx, id)?,
        mails: if venue.is_none() { rest::mails(tx, id)? } else { Vec::new() },
        history,
        views: if venue.is_none() { views::of(tx, id, None, VIEWS, false)? } else { Vec::new() },
        guest_of: match venue {
            None if proved => rest::guest_of(tx, id)?,
            _ => Vec::new(),
        },
        account: me::view(tx, account)?,
    })
}
