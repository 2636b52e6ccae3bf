//! The only SQL: rows ↔ domain types, one file per aggregate. `db` makes the transactions,
//! `dialect` is the only place that tells the databases apart, `schema` names the tables.

pub mod address_changes;
pub mod api_keys;
pub mod approvals;
pub mod attempts;
pub mod attendance;
pub mod audit;
pub mod blocks;
pub mod bookers;
pub mod configuration;
pub mod db;
pub mod dialect;
pub mod error;
pub mod events;
mod group_commit;
pub mod health;
pub mod hours;
pub mod idempotency;
pub mod integrity;
pub mod invitations;
pub mod keys;
pub mod limits;
pub mod locks;
pub mod memberships;
mod money;
mod nights;
pub mod occupancies;
pub mod organisations;
pub mod outbox;
pub mod people;
pub mod places;
pub mod presence;
pub mod reservations;
#[rustfmt::skip]
pub mod schema;
pub mod seats;
pub mod second_factors;
pub mod series;
pub mod sessions;
pub mod spaces;
pub mod staff;
pub mod statistics;
pub mod tickets;
pub mod types;
pub mod users;
pub mod waiting;
pub mod wanted;
