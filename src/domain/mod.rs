//! The rules of booking, pure: std, chrono, chrono-tz, serde, thiserror and uuid only.
//! No database, HTTP, clock, randomness or logging belongs here.

pub mod access;
pub mod approval;
pub mod availability;
pub mod check_in;
pub mod codes;
pub mod decision;
pub mod equipment;
pub mod event;
pub mod fees;
pub mod given;
pub mod holidays;
pub mod hours;
pub mod ids;
pub mod instant;
pub mod interval_set;
pub mod locale;
pub mod organisation;
pub mod person;
pub mod places;
pub mod policy;
pub mod punycode;
pub mod record;
pub mod recurrence;
pub mod reservation;
pub mod scope;
pub mod series;
pub mod space;
pub mod statistics;
pub mod stays;
pub mod sweep;
pub mod tariff;
pub mod text;
pub mod waiting;
pub mod zone;
