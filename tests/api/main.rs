//! The service through its interface: every test starts the whole program on a database of its own, on
//! SQLite and on PostgreSQL.

mod smtp_sink;
mod support;

mod access;
mod accounts;
mod approvals;
mod audiences;
mod auth;
mod bad_input;
mod blocks;
mod calendars;
mod canary;
mod changes;
mod check_in;
mod contract;
mod decide;
mod delivery;
mod digests;
mod equipment;
mod events;
mod holds;
mod imports;
mod keeping;
mod late_changes;
mod mail;
mod organisations;
mod outside;
mod pages;
mod people;
mod places;
mod races;
mod reminders;
mod reserve;
mod schemathesis;
mod series;
mod service;
mod spaces;
mod statistics;
mod tariffs;
mod versions;
mod waiting;
mod web_client;
mod world;
