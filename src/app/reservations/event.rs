//! What a reservation says as a public event beside its title: only while it is one.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::request::{NewReservation, ReservationChange};
use crate::{
    app::{error::Error, patch::Field},
    domain::{event::EventLink, record::Reservation, text::Prose},
};

/// What all read about a public event.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEvent {
    pub description: Option<Prose<2000>>,
    /// Where there is more about it.
    pub link: Option<EventLink>,
}

/// What changes of it (RFC 7396).
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventChange {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub description: Field<Prose<2000>>,
    #[serde(default)]
    #[schema(value_type = Option<EventLink>)]
    pub link: Field<EventLink>,
}

/// What all read about a public event besides its title.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EventWords {
    pub description: Option<String>,
    /// Where there is more about it, beginning with `https://` or `http://`.
    pub link: Option<String>,
}

impl EventWords {
    pub(crate) fn of(reservation: &Reservation) -> Option<Self> {
        let (description, link) = (reservation.event_description.clone(), reservation.event_link.clone());
        reservation.is_public.then_some(Self { description, link })
    }
}

/// # Errors
/// `invalid` for words about an event that is none: what was meant for all must not vanish unsaid.
pub(super) fn only_of_public(new: &NewReservation) -> Result<(), Error> {
    if new.event.is_some() && new.public != Some(true) { Err(not_public()) } else { Ok(()) }
}

/// Makes it public or not any more, and edits what it says.
///
/// # Errors
/// `invalid` for words about an event that is none.
pub(super) fn edit(change: &ReservationChange, reservation: &mut Reservation) -> Result<(), Error> {
    reservation.is_public = change.public.unwrap_or(reservation.is_public);
    if let Field::Set(words) = &change.event {
        if !reservation.is_public {
            return Err(not_public());
        }
        let description =
            words.description.clone().map(String::from).apply(reservation.event_description.take());
        reservation.event_description = description.filter(|text| !text.is_empty());
        reservation.event_link = words.link.clone().map(String::from).apply(reservation.event_link.take());
    }
    if matches!(change.event, Field::Null) || !reservation.is_public {
        reservation.event_description = None;
        reservation.event_link = None;
    }
    Ok(())
}

fn not_public() -> Error {
    Error::field("/event", "only_public")
}
