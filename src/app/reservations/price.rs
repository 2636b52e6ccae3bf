//! What a reservation costs: quoted by the space's tariff when it is made or moved, and frozen on it until then.
//!
//! A move is priced as a new reservation would be at that moment; an edit that moves nothing keeps the quote. A move that
//! waits for approval is quoted when it is wished, so that the venue approves the price that the organiser saw.

use super::request::Request;
use crate::{
    app::error::Error,
    domain::{
        decision::LONGEST_DAYS,
        ids::SpaceId,
        places::Configuration,
        space::Allocation,
        tariff::{self, ChosenExtra, Quote, QuoteError},
    },
};

/// The most extras one request may name.
const MOST_EXTRAS: usize = 100;
/// What lasts longer is refused whatever it would cost, seconds: the longest reservation, and an hour of clocks put back.
const LONGEST: i64 = LONGEST_DAYS as i64 * 86_400 + 3600;

/// The price of `asked` at the space as it is configured now; none where it asks for nothing.
///
/// # Errors
/// As [`tariff::quote`].
pub(crate) fn price(
    configuration: &Configuration,
    asked: tariff::Request<'_>,
) -> Result<Option<Quote>, QuoteError> {
    part(configuration, asked, None).map(|part| tariff::quote_together(&part, &[])).transpose()
}

/// What a space is asked for and what it costs by; none where it asks for nothing.
fn part<'a>(
    configuration: &'a Configuration,
    asked: tariff::Request<'a>,
    equipment: Option<SpaceId>,
) -> Option<tariff::Part<'a>> {
    let space = &configuration.space;
    if (space.tariff.is_silent() && asked.extras.is_empty()) || asked.interval.seconds() > LONGEST {
        return None;
    }
    let units = if space.allocation == Allocation::Whole { 1 } else { asked.units };
    Some(tariff::Part { tariff: &space.tariff, request: tariff::Request { units, ..asked }, equipment })
}

impl Request {
    /// What is asked for costs so much by the tariffs as they are now: the space's, and those of the equipment's pools.
    ///
    /// # Errors
    /// `invalid` for extras that can't be had, where the number of people is needed, or the tariffs don't go together.
    pub fn quote(&self) -> Result<Option<Quote>, Error> {
        if self.extras.len() > MOST_EXTRAS {
            return Err(Error::field("/extras", "list_too_long"));
        }
        let audiences = self.claimant.audiences(self.configuration.place());
        let asked = tariff::Request {
            interval: self.interval,
            zone: self.configuration.zone(),
            audiences: &audiences,
            units: self.quantity,
            attendees: self.attendees,
            extras: &self.extras,
        };
        let pools = self.equipment.iter().filter_map(|wanted| {
            let asked = tariff::Request { units: wanted.quantity, extras: &[], ..asked };
            part(&wanted.configuration, asked, Some(wanted.space()))
        });
        let mut parts = part(&self.configuration, asked, None).into_iter().chain(pools);
        let Some(first) = parts.next() else { return Ok(None) };
        let others: Vec<_> = parts.collect();
        let quote = tariff::quote_together(&first, &others).map_err(|error| self.unpriced(&error))?;
        // The terms of cancelling are the space's, be it that nothing but the equipment costs anything.
        Ok(Some(Quote { cancellation: self.configuration.space.tariff.cancellation, ..quote }))
    }

    fn unpriced(&self, error: &QuoteError) -> Error {
        let pointer = match error {
            QuoteError::UnknownExtra { name } | QuoteError::ExtraRepeated { name } => {
                self.extra(name, "name")
            }
            QuoteError::ExtraQuantity { name, .. } => self.extra(name, "quantity"),
            QuoteError::AttendeesNeeded { .. } => "/attendees".to_owned(),
            QuoteError::TooLarge => "/quantity".to_owned(),
            QuoteError::Mixed { pool } => self.pointer_to(*pool),
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
