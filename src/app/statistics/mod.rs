//! How the infrastructure is used, for those who run it and those who coordinate it.

pub mod closing;
mod compare;
pub mod demand;
pub mod explain;
pub mod feed;
mod group;
pub mod heatmap;
pub mod indicators;
mod made;
mod peak;
pub mod published;
mod published_view;
pub mod rows;
mod sources;
pub mod summing;
#[cfg(test)]
mod summing_tests;
pub mod usage;
pub mod users;
mod users_view;
pub mod utilisation;
#[cfg(test)]
mod utilisation_tests;
mod view;
pub mod yearly;

pub use compare::{Change, ComparedTime};
pub use explain::{ExplanationView, PieceView, TotalView};
pub use group::Group;
pub use heatmap::{Heatmap, HeatmapCell};
pub use indicators::{IndicatorChange, IndicatorProgress, IndicatorValue, Indicators};
pub use peak::{HourView, PeakView, TopView};
pub use published_view::{PublishedPeriods, PublishedRow, PublishedTableView, PublishedValue};
pub use rows::{RowFeed, RowView};
pub use users_view::{HeadsFigure, MoneyFigure, Users, UsersGroup, UsersRow};
pub use view::{Amount, Figure, Utilisation, UtilisationRow};
