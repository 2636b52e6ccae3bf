//! What people do with reservations: one file a verb, one path to the database (DESIGN 4).

mod alternatives;
pub mod calendar;
pub mod cancel;
pub mod check;
pub mod check_in;
pub mod check_out;
mod claimant;
pub mod decide;
pub mod door;
pub mod edit;
mod event;
pub mod expire;
pub mod headcount;
mod links;
pub mod list;
pub mod no_show;
mod notices;
mod presence;
mod price;
mod request;
pub mod reserve;
mod taking;
pub mod view;

pub(crate) use claimant::{Claimant, claim};
pub use event::{EventChange, EventWords, NewEvent};
pub(crate) use price::price;
pub(crate) use request::booker;
pub use request::{Guest, NewReservation, ReservationChange};
