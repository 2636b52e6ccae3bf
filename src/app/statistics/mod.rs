//! How the infrastructure is used, for those who run it and those who coordinate it.

pub mod utilisation;
#[cfg(test)]
mod utilisation_tests;
mod view;

pub use view::{Amount, Figure, Group, Utilisation, UtilisationRow};
