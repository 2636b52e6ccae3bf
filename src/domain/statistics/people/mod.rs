//! Who uses the infrastructure (DESIGN 7): people, organisations, supported enterprises, visits and money, counted by
//! reservation from the period's reservations.
//!
//! What is counted in reservations stands where and when a reservation begins, in the space that was booked; its hours lie
//! where they lie, measured as utilisation measures them, so that both say the same. What adds up is told per contributor,
//! so that whoever publishes it can see whom a figure would single out. Who may see what is not decided here.

mod count;
mod desk;
mod figures;
#[cfg(test)]
mod fixture;
mod grouping;
mod keys;
mod measure;
#[cfg(test)]
mod properties;
mod sheet;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_rows;

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;

pub use count::count;
pub use figures::{Amounts, Contribution, Contributor, Distinct, MoneySum, Row, Table, Tally};
pub use grouping::{Dimension, Grouping, Value};
pub use measure::Measured;

use super::{Source, TooManyRows};
use crate::domain::{
    ids::{LayoutId, OrganisationId, SpaceId, UserId},
    instant::Instant,
    organisation::{LegalForm, Size},
    policy::Audience,
    reservation::Purpose,
    tariff::Money,
};

/// All that figures about people are made from: the range is that of the source's venues.
#[derive(Debug, Clone)]
pub struct Facts {
    pub source: Source,
    /// By position among the source's claims: who made it, and what for.
    pub bookings: Vec<Booked>,
    /// Those that the bookings are for.
    pub organisations: HashMap<OrganisationId, OrganisationFacts>,
    /// The names of the layouts that bookings have.
    pub layouts: HashMap<LayoutId, Arc<str>>,
    /// Visitors for whom nobody reserved.
    pub attendance: Vec<Attended>,
    pub firsts: Firsts,
}

/// What is known of a reservation beside its time and place.
#[derive(Debug, Clone)]
pub struct Booked {
    pub person: UserId,
    pub organisation: Option<OrganisationId>,
    /// Under whose rules it was made; `None` of those made before audiences counted.
    pub audience: Option<Audience>,
    pub purpose: Purpose,
    pub layout: Option<LayoutId>,
    /// What is asked for it, fees in it; `None` without a price.
    pub charged: Option<Money>,
    /// By how much the full price exceeds what is asked; nothing where nobody came, `None` where no full price is known.
    pub in_kind: Option<Money>,
}

impl Booked {
    /// Whether public support is in it: the terms of creative enterprises, or less than the full price.
    pub fn supported(&self) -> bool {
        self.audience == Some(Audience::Cci) || self.in_kind.is_some_and(|money| money.minor > 0)
    }
}

/// An organisation, as it is now.
#[derive(Debug, Clone)]
pub struct OrganisationFacts {
    pub municipality: Option<Arc<str>>,
    /// Scheme, version and code (`nace 2.1 90.39`), as [`Sector::counted`](crate::domain::sector::Sector::counted) has it.
    pub sector: Option<Arc<str>>,
    pub legal_form: LegalForm,
    pub size: Option<Size>,
    /// Organisations that share one are one enterprise.
    pub register_number: Option<String>,
    /// It had a number until it was erased.
    pub was_registered: bool,
}

/// Visitors of a space on a local date.
#[derive(Debug, Clone, Copy)]
pub struct Attended {
    pub space: SpaceId,
    pub date: NaiveDate,
    pub visitors: u32,
}

/// When a first reservation that counts began, in the whole network.
#[derive(Debug, Clone, Default)]
pub struct Firsts {
    pub people: HashMap<UserId, Instant>,
    pub organisations: HashMap<OrganisationId, Instant>,
}
