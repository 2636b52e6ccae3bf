//! actix: thin handlers that parse, call one application function and render. Never the store.
//! `routes` is the whole table on a page, `problem` the only place with error statuses.

pub mod answer;
mod attendance;
pub mod auth;
pub mod availability;
pub mod blocks;
mod body;
pub mod call;
mod check_in;
pub mod docs;
pub mod events;
pub mod hours;
pub mod idempotency_key;
pub mod me;
mod members;
pub mod middleware;
pub mod networks;
pub mod openapi;
pub mod organisations;
pub mod pages;
pub mod policies;
pub mod problem;
pub mod query;
mod refusal;
pub mod reservations;
pub mod routes;
pub mod schemas;
pub mod series;
pub mod service;
pub mod site;
pub mod spaces;
pub mod staff;
pub mod statistics;
pub mod tariffs;
mod tree;
pub mod venues;
pub mod waiting;
