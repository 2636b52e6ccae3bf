//! Tariffs of spaces: read by all who book, put by who manages the venue. Quotes made already stay as they are.

use std::sync::Arc;

use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::place_of_space;
use crate::{
    app::{
        App, Done,
        error::{Error, FieldError},
        version::{Expected, Versioned},
    },
    domain::{
        access::{self, Action, Actor},
        ids::SpaceId,
        tariff::{Cancellation, Currency, Extra, Rate, Tariff, YearlySeason},
    },
    store::{audit, idempotency::Claim, locks, places, spaces},
};

/// A tariff as it was put; of a space that has none, one without rates.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Tariff)]
pub struct TariffView {
    pub currency: Currency,
    /// Whether the prices below are gross; net otherwise. Fees are always gross.
    pub prices_include_vat: bool,
    pub seasons: Vec<YearlySeason>,
    pub rates: Vec<Rate>,
    pub extras: Vec<Extra>,
    pub cancellation: Cancellation,
    pub version: i64,
}

impl Versioned for TariffView {
    fn version(&self) -> i64 {
        self.version
    }
}

impl TariffView {
    fn new(tariff: Tariff, version: i64) -> Self {
        let Tariff { currency, prices_include_vat, seasons, rates, extras, cancellation } = tariff;
        Self { currency, prices_include_vat, seasons, rates, extras, cancellation, version }
    }
}

/// # Errors
/// `not_found`.
pub fn show(app: &App, id: SpaceId) -> Result<TariffView, Error> {
    let space = app.db.read(|tx| spaces::find(tx, id)?.ok_or(Error::NOT_FOUND))?;
    Ok(TariffView::new(space.tariff, space.tariff_version))
}

/// What is wrong with a tariff that stands at `place` in the body.
///
/// # Errors
/// `invalid` with every fault.
pub(super) fn check(tariff: &Tariff, place: &str) -> Result<(), Error> {
    let faults = tariff.check().into_iter();
    let refused: Vec<FieldError> =
        faults.map(|fault| FieldError::new(format!("{place}{}", fault.pointer), fault.code)).collect();
    if refused.is_empty() { Ok(()) } else { Err(Error::Fields(refused)) }
}

/// Reservations made already keep the quote that they were made with, until they are moved.
///
/// # Errors
/// `not_found`, `forbidden` unless staff or administrator, `precondition_failed`, `invalid`.
pub fn put(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: SpaceId,
    expected: Expected,
    tariff: Tariff,
) -> Result<Done<TariffView>, Error> {
    let place = place_of_space(app, id)?;
    access::may(actor, Action::ManageVenue(place))?;
    check(&tariff, "")?;
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("put tariff", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        let mut space = spaces::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        expected.check(space.tariff_version)?;
        (space.tariff, space.tariff_version) = (tariff.clone(), space.tariff_version + 1);
        spaces::update(tx, &space)?;
        places::touch_venue(tx, place.venue, app_.revision())?;
        let entry = audit::Entry::new(app_.id(), app_.now(), by, "space.tariff_changed", id);
        audit::append(tx, &entry.within(place).with(json!({"tariff": tariff})))?;
        Ok(TariffView::new(space.tariff, space.tariff_version))
    })
}
