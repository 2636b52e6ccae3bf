//! What people do with reservations: one file a verb, one path to the database (DESIGN 4).

mod alternatives;
pub mod calendar;
pub mod cancel;
pub mod check;
pub mod decide;
pub mod edit;
mod event;
pub mod expire;
pub mod headcount;
pub mod list;
mod notices;
mod request;
pub mod reserve;
mod taking;
pub mod view;

pub use event::{EventChange, EventWords, NewEvent};
pub use request::{Guest, NewReservation, ReservationChange};
pub(crate) use request::{audiences, booker};
