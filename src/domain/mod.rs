//! The rules of booking, pure: std, chrono, chrono-tz, serde, thiserror and uuid only.
//! No database, HTTP, clock, randomness or logging belongs here.

pub mod ids;
pub mod instant;
pub mod locale;
