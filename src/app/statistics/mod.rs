//! How the infrastructure is used, for those who run it and those who coordinate it.

pub mod closing;
mod made;
pub mod published;
mod published_view;
pub mod users;
mod users_view;
pub mod utilisation;
#[cfg(test)]
mod utilisation_tests;
mod view;

pub use published_view::{PublishedPeriods, PublishedRow, PublishedTableView};
pub use users_view::{HeadsFigure, MoneyFigure, Users, UsersGroup, UsersRow};
pub use view::{Amount, Figure, Group, Utilisation, UtilisationRow};
