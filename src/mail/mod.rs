//! What Prostor sends by mail: notices, the letters made of them, calendar objects and transports.
//!
//! Everything here is a function of a stored [`notice::Notice`] and of arguments: no database, no clock.
//! A notice composed twice gives the same bytes, so a repeated delivery is recognisable as one.
//! Imports `domain` and `catalogue` only.

pub mod agenda;
pub mod calendar;
mod clean;
pub mod compose;
mod content_line;
pub mod digest;
mod digest_letter;
pub mod feed;
pub mod freebusy;
pub mod invitation;
mod invitation_letter;
mod letter;
pub mod notice;
mod optional;
pub mod organisation;
mod seconds;
pub mod series;
mod series_calendar;
mod series_letter;
pub mod standing;
mod standing_letter;
pub mod transport;
mod vtimezone;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod series_samples;
#[cfg(test)]
mod spoilt;
#[cfg(test)]
mod standing_samples;
