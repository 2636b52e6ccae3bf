//! Calendars to subscribe to: links that programs read without signing in, and free and busy times.
//!
//! A link opens what its owner may see when it is read, never more: roles that ended, or rest, end what it shows with the
//! next reading. It is shown when it is made, kept as a hash, and can be revoked.

pub mod feed;
pub mod freebusy;
pub mod links;
pub mod of_venue;

use serde::Serialize;
use utoipa::ToSchema;

use super::{error::Error, shown};
use crate::{
    domain::{
        access::{Action, Place},
        ids::{CalendarId, NetworkId, SpaceId, VenueId},
    },
    store::{calendars::Calendar, db::ReadTx, places},
};

/// What a link shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shows {
    /// Its owner's reservations and those of their organisations.
    Own,
    Venue(Place),
    Space(SpaceId, Place),
    /// A network's public events.
    Events(NetworkId),
}

impl Shows {
    fn of(tx: &mut ReadTx, calendar: &Calendar) -> Result<Self, Error> {
        Ok(match (calendar.network_id, calendar.venue_id, calendar.space_id) {
            (Some(network), ..) => Self::Events(network),
            (None, None, _) => Self::Own,
            (None, Some(venue), space) => {
                let place = places::place(tx, venue)?.ok_or(Error::NOT_FOUND)?;
                space.map_or(Self::Venue(place), |space| Self::Space(space, place))
            }
        })
    }

    /// The venue whose reservations it shows to who works there.
    const fn at(self) -> Option<VenueId> {
        match self {
            Self::Venue(place) | Self::Space(_, place) => Some(place.venue),
            Self::Own | Self::Events(_) => None,
        }
    }

    /// What one must be allowed in order to make such a link, and again whenever it is read.
    const fn action(self) -> Action {
        match self {
            Self::Own => Action::SecureAccount,
            Self::Venue(place) | Self::Space(_, place) => Action::SeeApprovals(place),
            Self::Events(_) => Action::OwnAccount,
        }
    }
}

/// A link to subscribe by, without the link. It shows the space named, else the venue, else the public events of the
/// network, else its owner's own reservations.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Calendar)]
pub struct CalendarView {
    pub id: CalendarId,
    /// What its owner calls it.
    pub name: Option<String>,
    pub network_id: Option<NetworkId>,
    pub venue_id: Option<VenueId>,
    pub space_id: Option<SpaceId>,
    #[schema(format = DateTime)]
    pub created_at: String,
    /// To the hour.
    #[schema(format = DateTime)]
    pub last_used_at: Option<String>,
}

impl From<Calendar> for CalendarView {
    fn from(calendar: Calendar) -> Self {
        Self {
            id: calendar.id,
            name: calendar.name,
            network_id: calendar.network_id,
            venue_id: calendar.venue_id,
            space_id: calendar.space_id,
            created_at: shown(calendar.created_at),
            last_used_at: calendar.used_at.map(shown),
        }
    }
}
