//! The service through its interface: every test starts the whole program on a database of its own, on
//! SQLite and on PostgreSQL.

mod smtp_sink;
mod support;

mod blocks;
mod decide;
mod access;
mod auth;
mod delivery;
mod people;
mod places;
mod races;
mod reserve;
mod schemathesis;
mod service;
mod versions;
mod statistics;
