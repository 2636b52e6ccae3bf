//! Tariffs: the prices of a space by audience, season and band (DESIGN 4), as they are sent and stored.
//!
//! `check` finds what nobody can mean, `walk` turns an interval into charges, `quote` into lines with VAT.
//! All prices are whole minor units of the tariff's currency. No rates: the space is free, its worth unknown.
//!
//! At an instant the first of the booker's audiences with a rate then counts, the public last; of its rates one of
//! the season goes before one of the whole year (as in opening hours), then one with a band before one without.

mod check;
mod money;
mod quote;
mod quote_error;
mod season;
#[cfg(test)]
mod tests;
mod vat;
mod walk;

use serde::{Deserialize, Serialize};

pub use check::TariffFault;
pub use money::{Currency, Money, UnknownCurrency, share};
pub use quote::{
    ChosenExtra, LineUnit, Part, Quote, QuoteLine, Request, cancellation_fee, quote, quote_together,
};
pub use quote_error::QuoteError;
pub use season::{InvalidMonthDay, MonthDay, YearlySeason};
pub use vat::{Vat, VatCode};

use super::{codes::codes, hours::WeeklyRule, policy::Audience, text::Line};

/// What a space costs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    #[serde(default)]
    pub currency: Currency,
    /// Whether the prices below are gross; net otherwise. Fees are always gross.
    pub prices_include_vat: bool,
    #[serde(default)]
    pub seasons: Vec<YearlySeason>,
    #[serde(default)]
    pub rates: Vec<Rate>,
    #[serde(default)]
    pub extras: Vec<Extra>,
    #[serde(default)]
    pub cancellation: Cancellation,
}

impl Tariff {
    /// Whether it asks for nothing, whatever happens.
    pub fn is_silent(&self) -> bool {
        self.rates.is_empty() && self.extras.is_empty() && self.cancellation == Cancellation::default()
    }
}

/// The price of time for one audience, in one season and band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// As the quote's lines show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Line<120>>,
    pub audience: Audience,
    /// The name of one of the tariff's seasons; the whole year where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub season: Option<Line<60>>,
    /// Days of the week and hours of the day, read as opening hours are; always where empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub band: Vec<WeeklyRule>,
    pub pricing: Pricing,
    /// What begins on one local date by this rate costs at most this, per unit of the space.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily_cap: Option<i64>,
    /// What the time of a reservation that starts in this rate costs at least, extras aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_charge: Option<i64>,
    pub vat: Vat,
}

/// How time is priced, per unit of the space. Each form pays for some time ahead; where that ends, the rate of that instant
/// goes on. So whatever has started is priced by the rate in which it started, and a change of band or season inside
/// an interval never makes it count twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Pricing {
    /// Costs nothing while it lasts.
    Free,
    /// For each started so many elapsed minutes.
    PerStarted { minutes: u32, price: i64 },
    /// For each local date touched.
    PerDay { price: i64 },
    /// For each local date from the arrival's to the one before the departure's, at least one.
    PerNight { price: i64 },
    /// The first package that covers the rest of the reservation, in whatever bands it lies; beyond the largest each
    /// further started period or, where none is given, packages anew. Once a package is taken, a later rate's further
    /// periods go on, not its packages.
    Packages {
        /// Ascending by minutes, prices not falling.
        packages: Vec<Package>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        further: Option<Period>,
    },
}

/// Up to so many elapsed minutes for one price: "up to 3 hours".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    pub minutes: u32,
    pub price: i64,
}

/// Each started so many elapsed minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    pub minutes: u32,
    pub price: i64,
}

codes! {
    /// What an extra is counted by.
    pub enum ExtraBasis {
        Piece = "piece",
        /// People: as many as asked for, else as many as come.
        Person = "person",
        /// Once.
        Reservation = "reservation",
        /// For each piece and started hour of the whole reservation.
        StartedHour = "started_hour",
    }
}

/// What can be had besides the space, at the same price for every audience.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extra {
    /// Names it in a reservation too.
    pub name: Line<120>,
    pub basis: ExtraBasis,
    pub price: i64,
    pub vat: Vat,
    /// The most that one reservation can have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<u32>,
    /// Whether every reservation has it, asked for or not (final cleaning).
    #[serde(default)]
    pub required: bool,
}

/// What not coming costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cancellation {
    /// Cancelled after the policy's notice.
    #[serde(default)]
    pub late: Fee,
    #[serde(default)]
    pub no_show: Fee,
}

/// A fee for a reservation that is not used; in JSON `"none"`, `{"percent": 50}`, `{"fixed": 2000}` or `"full"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fee {
    #[default]
    None,
    /// Of the quote's gross total, 1 to 100.
    Percent(u8),
    /// Whatever the reservation costs, so that not coming to a free room can have a price too.
    Fixed(i64),
    /// The quote's gross total.
    Full,
}
