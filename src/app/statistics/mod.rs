//! How the infrastructure is used, for those who run it and those who coordinate it.

mod compare;
pub mod demand;
mod group;
pub mod heatmap;
mod peak;
pub mod summing;
#[cfg(test)]
mod summing_tests;
pub mod usage;
pub mod utilisation;
#[cfg(test)]
mod utilisation_tests;
mod view;

pub use compare::{Change, ComparedTime};
pub use group::Group;
pub use heatmap::{Heatmap, HeatmapCell};
pub use peak::{HourView, PeakView, TopView};
pub use view::{Amount, Figure, Utilisation, UtilisationRow};
