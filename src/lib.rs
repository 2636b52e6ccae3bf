//! Prostor: a region's creative centres share their meeting rooms, desks and halls.
//!
//! The dependency rule, kept by `tests/architecture.rs`: imports point down,
//! `domain` ← `store` ← `app` ← {`http`, `jobs`}; `catalogue` imports `domain` alone,
//! `mail` these two; `report` writes what `app` has read, for `http` and the command line.

#![cfg_attr(not(test), warn(clippy::unwrap_used))]

pub mod admin;
pub mod app;
pub mod backup;
pub mod catalogue;
pub mod config;
pub mod demo;
pub mod domain;
pub mod fetch;
pub mod http;
pub mod import;
pub mod jobs;
pub mod mail;
pub mod metrics;
pub mod report;
pub mod server;
mod signals;
pub mod store;
pub mod telemetry;
