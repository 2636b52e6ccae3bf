//! Which figures about people may be shown so that nobody can be singled out (DESIGN 7, ADR 23).
//!
//! A [`Family`] is what one figure and one dimension make of a network: venues and the network, categories and their
//! total, months in quarters in years, tied by sums. [`Family::decide`] hides what few people or one of them made
//! ([`Parts::sensitive`]) and then as much more as it takes that nothing hidden follows from what is shown, to whoever
//! knows all that is published and to each venue's staff, who know their own venue besides. What was decided earlier
//! stands: a family says what of it is already shown or hidden, and only the rest is decided.
//!
//! Not here: what the figures are and where they come from.

mod algebra;
mod bounds;
mod calendar;
mod closing;
mod family;
mod parts;
mod search;
mod table;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_closings;

pub use calendar::{InvalidPeriod, PublishedPeriod};
pub use closing::Closing;
pub use family::{Cell, Family, Standing, Sum};
pub use parts::{Counting, FEWEST, Parts};
pub use table::{
    Made, NEW, NO_ORGANISATION, Published, PublishedDimension, PublishedFigure, PublishedTable, RETURNING,
    Rows, TOTAL, TableKey,
};
