//! What a reservation would cost by a tariff that nobody has put yet: for who sets prices. Nothing is written.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{place_of_space, tariffs};
use crate::{
    app::{
        App,
        error::{Error, FieldError},
        reservations,
    },
    domain::{
        access::{self, Action, Actor},
        ids::SpaceId,
        places::Configuration,
        policy::Audience,
        space::Space,
        tariff::{ChosenExtra, Quote, QuoteError, Request, Tariff},
        zone::DateOrTime,
    },
};

/// The most units or people one may ask about; more is a mistake.
const MOST: u32 = 100_000;
/// The most extras.
const MOST_EXTRAS: usize = 100;

/// A tariff, and what is to be priced by it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TariffTrial {
    pub tariff: Tariff,
    /// A time, or a date where the space is booked by days or nights, as of a reservation.
    pub starts_at: DateOrTime,
    pub ends_at: DateOrTime,
    /// Whose prices; everybody's where nothing is said.
    pub audience: Option<Audience>,
    /// Units of a space allocated by `each`; 1 where nothing is said.
    #[schema(minimum = 1, maximum = 100_000)]
    pub quantity: Option<u32>,
    #[schema(minimum = 0, maximum = 100_000)]
    pub attendees: Option<u32>,
    #[schema(max_items = 100)]
    pub extras: Option<Vec<ChosenExtra>>,
}

/// What it would cost.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TariffQuote {
    /// Null where the tariff asks for nothing.
    pub price: Option<Quote>,
}

/// # Errors
/// `not_found`, `forbidden` unless staff or administrator, `invalid` for the tariff as when it is put, and for what can't
/// be priced by it.
pub fn quote(app: &App, actor: &Actor, id: SpaceId, trial: &TariffTrial) -> Result<TariffQuote, Error> {
    let place = place_of_space(app, id)?;
    access::may(actor, Action::ManageVenue(place))?;
    tariffs::check(&trial.tariff, "/tariff")?;
    let extras = trial.extras.as_deref().unwrap_or_default();
    if extras.len() > MOST_EXTRAS {
        return Err(Error::field("/extras", "list_too_long"));
    }
    let units = trial.quantity.unwrap_or(1);
    if !(1..=MOST).contains(&units) {
        return Err(Error::field("/quantity", "out_of_range"));
    }
    if trial.attendees.is_some_and(|count| count > MOST) {
        return Err(Error::field("/attendees", "too_large"));
    }
    let known = app.db.read(|tx| app.configurations.get(tx, id)?.ok_or(Error::NOT_FOUND))?;
    let space = Space { tariff: trial.tariff.clone(), ..known.space.clone() };
    let configuration = Configuration { space, ..(*known).clone() };
    let interval =
        reservations::interval((trial.starts_at, trial.ends_at), reservations::IN_BODY, &configuration)?;
    let audiences = audiences(trial.audience);
    let zone = configuration.zone();
    let attendees = trial.attendees;
    let asked = Request { interval, zone, audiences: &audiences, units, attendees, extras };
    let price = reservations::price(&configuration, asked).map_err(|error| unpriced(&error, extras))?;
    Ok(TariffQuote { price })
}

/// Theirs where the tariff has any, else everybody's.
fn audiences(audience: Option<Audience>) -> Vec<Audience> {
    let mut audiences: Vec<Audience> = audience.into_iter().chain([Audience::Public]).collect();
    audiences.dedup();
    audiences
}

fn unpriced(error: &QuoteError, extras: &[ChosenExtra]) -> Error {
    let extra = |name: &str, member: &str| {
        let place = extras.iter().rposition(|extra| extra.name.as_str() == name);
        // One that every reservation has is a matter of how many come.
        place.map_or_else(|| "/attendees".to_owned(), |place| format!("/extras/{place}/{member}"))
    };
    let pointer = match error {
        QuoteError::UnknownExtra { name } | QuoteError::ExtraRepeated { name } => extra(name, "name"),
        QuoteError::ExtraQuantity { name, .. } => extra(name, "quantity"),
        QuoteError::AttendeesNeeded { .. } => "/attendees".to_owned(),
        QuoteError::TooLarge => "/quantity".to_owned(),
        QuoteError::Mixed { .. } | QuoteError::NoRate { .. } => "/tariff/rates".to_owned(),
    };
    FieldError::new(pointer, error.code()).into()
}
