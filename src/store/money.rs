//! An amount of money ↔ its two columns, minor units and currency.

use super::error::StoreError;
use crate::domain::tariff::{Currency, Money};

/// # Errors
/// `Corrupt` for what is no currency.
pub(super) fn read(minor: Option<i64>, currency: Option<&str>) -> Result<Option<Money>, StoreError> {
    let currency = currency.map(str::parse::<Currency>).transpose();
    let currency = currency.map_err(|error| StoreError::corrupt("currency", error))?;
    Ok(minor.zip(currency).map(|(minor, currency)| Money { minor, currency }))
}
