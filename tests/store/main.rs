//! The store against both databases: what each refuses by itself, and what a transaction promises.

#[path = "../support/database.rs"]
mod database;
mod errors;
mod feed;
mod fees;
mod fixture;
mod occupancies;
mod outbox;
mod personal;
mod schema;
mod usage;
mod writing;

/// Declares tests that run on both databases: `name::sqlite` and `name::postgres`.
macro_rules! both {
    ($(fn $name:ident($given:ident: &Fixture) $story:block)*) => {$(
        mod $name {
            use super::*;

            fn story($given: &$crate::fixture::Fixture) $story

            #[test]
            fn sqlite() {
                story(&$crate::fixture::Fixture::new($crate::database::Backend::Sqlite));
            }

            #[test]
            fn postgres() {
                story(&$crate::fixture::Fixture::new($crate::database::Backend::Postgres));
            }
        }
    )*};
}
use both;
