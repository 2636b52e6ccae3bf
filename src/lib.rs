//! Prostor: a region's creative centres share their meeting rooms, desks and halls.
//!
//! The dependency rule, kept by `tests/architecture.rs`: imports point down,
//! `domain` ← `store` ← `app` ← {`http`, `jobs`}; `mail` imports `domain` alone.

pub mod app;
pub mod domain;
