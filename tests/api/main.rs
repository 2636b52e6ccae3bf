//! The service through its interface: every test starts the whole program on a database of its own, on
//! SQLite and on PostgreSQL.

mod support;

mod access;
mod bad_input;
mod contract;
mod places;
mod service;
mod world;
