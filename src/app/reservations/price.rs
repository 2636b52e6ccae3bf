//! What a reservation costs: quoted by the space's tariff when it is made or moved, and frozen on it until then.
//!
//! A move is priced as a new reservation would be at that moment; an edit that moves nothing keeps the quote. A move that
//! waits for approval is quoted when it is wished, so that the venue approves the price that the organiser saw.

use super::request::{Request, audiences};
use crate::{
    app::error::Error,
    domain::{
        access::Actor,
        decision::LONGEST_DAYS,
        ids::VenueId,
        places::Configuration,
        policy::Audience,
        record::Reservation,
        space::Allocation,
        tariff::{self, ChosenExtra, Quote, QuoteError},
    },
};

/// The most extras one request may name.
const MOST_EXTRAS: usize = 100;
/// What lasts longer is refused whatever it would cost, seconds: the longest reservation, and an hour of clocks put back.
const LONGEST: i64 = LONGEST_DAYS as i64 * 86_400 + 3600;

/// Whose prices count for a new reservation: the booker's, and for a guest of the staff the public's.
pub(super) fn paying(actor: &Actor, venue: VenueId, for_guest: bool) -> Vec<Audience> {
    if for_guest { vec![Audience::Public] } else { audiences(actor, venue) }
}

/// Whose prices count when it is moved: the organiser's own, and where somebody else moves it those it was quoted by.
pub(super) fn paying_still(actor: &Actor, reservation: &Reservation) -> Vec<Audience> {
    if actor.person().is_some_and(|person| person.id == reservation.organiser) {
        return audiences(actor, reservation.place.venue);
    }
    let quoted = reservation.quote.as_ref().and_then(|quote| quote.audience);
    vec![quoted.unwrap_or(Audience::Public)]
}

/// The price of `asked` at the space as it is configured now; none where it asks for nothing.
///
/// # Errors
/// As [`tariff::quote`].
pub(crate) fn price(
    configuration: &Configuration,
    asked: tariff::Request<'_>,
) -> Result<Option<Quote>, QuoteError> {
    let space = &configuration.space;
    if (space.tariff.is_silent() && asked.extras.is_empty()) || asked.interval.seconds() > LONGEST {
        return Ok(None);
    }
    let units = if space.allocation == Allocation::Whole { 1 } else { asked.units };
    tariff::quote(&space.tariff, &tariff::Request { units, ..asked }).map(Some)
}

impl Request {
    /// What is asked for costs so much by the tariff as it is now.
    ///
    /// # Errors
    /// `invalid` for extras that can't be had, or where the number of people is needed.
    pub fn quote(&self) -> Result<Option<Quote>, Error> {
        if self.extras.len() > MOST_EXTRAS {
            return Err(Error::field("/extras", "list_too_long"));
        }
        let asked = tariff::Request {
            interval: self.interval,
            zone: self.configuration.zone(),
            audiences: &self.paying,
            units: self.quantity,
            attendees: self.attendees,
            extras: &self.extras,
        };
        price(&self.configuration, asked).map_err(|error| self.unpriced(&error))
    }

    fn unpriced(&self, error: &QuoteError) -> Error {
        let pointer = match error {
            QuoteError::UnknownExtra { name } | QuoteError::ExtraRepeated { name } => {
                self.extra(name, "name")
            }
            QuoteError::ExtraQuantity { name, .. } => self.extra(name, "quantity"),
            QuoteError::AttendeesNeeded { .. } => "/attendees".to_owned(),
            QuoteError::TooLarge => "/quantity".to_owned(),
            QuoteError::NoRate { .. } => {
                return Error::Broken(format!("the tariff of {}: {error}", self.configuration.space.id));
            }
        };
        Error::field(pointer, error.code())
    }

    /// Where the request names the extra; one that every reservation has is a matter of how many come.
    fn extra(&self, name: &str, member: &str) -> String {
        let named = |extra: &ChosenExtra| extra.name.as_str() == name;
        match self.extras.iter().rposition(named) {
            Some(index) if self.names_extras => format!("/extras/{index}/{member}"),
            // It was chosen earlier, and a move can't take it along.
            Some(_) => "/extras".to_owned(),
            None => "/attendees".to_owned(),
        }
    }
}
