//! The audit: its chain of hashes, and reading it (DESIGN 9).

pub mod chain;
pub mod list;
mod names;
pub mod seal;
