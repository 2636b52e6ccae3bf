//! The service through its interface: every test starts the whole program on a database of its own, on
//! SQLite and on PostgreSQL.

mod smtp_sink;
mod support;

// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod access;
mod accounts;
mod any_request;
mod approvals;
mod audiences;
mod auth;
mod bad_input;
mod blocks;
mod calendars;
mod canary;
mod changes;
mod check_in;
mod closures;
mod confirmations;
mod contract;
mod decide;
mod delivery;
mod demand;
mod digests;
mod equipment;
mod events;
mod guests;
mod hand_over;
mod holds;
mod images;
mod imports;
mod indicators;
mod keeping;
mod late_changes;
mod mail;
mod moves;
mod operator;
mod organisations;
mod outside;
mod pages;
mod people;
mod places;
mod plans;
mod published;
mod races;
mod reminders;
mod report;
mod reserve;
mod series;
mod service;
mod spaces;
mod statistics;
mod statistics_feed;
mod tariffs;
mod unchanged;
mod users;
mod versions;
mod waiting;
mod web_client;
mod world;
