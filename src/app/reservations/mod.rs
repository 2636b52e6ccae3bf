//! What people do with reservations: one file a verb, one path to the database (DESIGN 4).

mod alternatives;
pub mod approvals;
pub mod calendar;
pub mod cancel;
pub mod check;
pub mod check_in;
pub mod check_out;
mod claimant;
pub mod confirm;
pub mod decide;
pub mod door;
pub mod edit;
mod event;
pub mod expire;
pub(crate) mod extend;
pub mod headcount;
pub(crate) mod holds;
mod links;
pub mod list;
pub mod no_show;
mod notices;
pub(crate) mod offer;
mod presence;
mod price;
pub(crate) mod relocate;
mod request;
pub mod reserve;
pub mod series;
mod slot;
mod taking;
pub mod view;

pub(crate) use claimant::{Claimant, claim};
pub use event::{EventChange, EventWords, NewEvent};
pub(crate) use price::price;
pub(crate) use request::booker;
pub use request::{Guest, NewReservation, ReservationChange};
