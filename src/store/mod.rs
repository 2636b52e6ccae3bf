//! The only SQL: rows ↔ domain types, one file per aggregate. `db` makes the transactions,
//! `dialect` is the only place that tells the databases apart, `schema` names the tables.

pub mod audit;
pub mod db;
pub mod dialect;
pub mod error;
mod group_commit;
pub mod idempotency;
pub mod locks;
pub mod outbox;
#[rustfmt::skip]
pub mod schema;
pub mod types;
