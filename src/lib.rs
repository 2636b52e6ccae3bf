//! Prostor: a region's creative centres share their meeting rooms, desks and halls.
//!
//! The dependency rule, kept by `tests/architecture.rs`: imports point down,
//! `domain` ← `store` ← `app` ← {`http`, `jobs`}; `catalogue` imports `domain` alone,
//! `mail` these two.

pub mod catalogue;
pub mod app;
pub mod domain;
pub mod store;
pub mod mail;
