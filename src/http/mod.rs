//! actix: thin handlers that parse, call one application function and render. Never the store.
//! `routes` is the whole table on a page, `problem` the only place with error statuses.

pub mod answer;
pub mod call;
pub mod networks;
pub mod openapi;
pub mod problem;
pub mod query;
pub mod routes;
pub mod schemas;
pub mod statistics;
