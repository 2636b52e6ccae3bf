//! What people do with reservations: one file a verb, one path to the database (DESIGN 4).

mod alternatives;
pub mod approvals;
pub mod calendar;
pub mod cancel;
pub mod check;
mod claimant;
pub mod confirm;
pub mod decide;
pub mod edit;
mod event;
pub mod expire;
pub(crate) mod extend;
pub mod headcount;
pub(crate) mod holds;
pub mod list;
mod notices;
pub(crate) mod offer;
mod price;
pub(crate) mod relocate;
mod request;
pub mod reserve;
mod taking;
pub mod view;

pub(crate) use claimant::{Claimant, claim};
pub use event::{EventChange, EventWords, NewEvent};
pub(crate) use price::price;
pub(crate) use request::booker;
pub use request::{Guest, NewReservation, ReservationChange};
