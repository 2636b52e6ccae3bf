//! Bringing in what a venue kept elsewhere: reservations (CSV, ICS), spaces and past daily counts (CSV). Every line is
//! told of; nothing comes of the same line twice. Through the one write path: locks, the decision with the rights of staff,
//! audit, outbox (docs/adr/0019).

mod calendar;
mod counts;
mod desk;
mod named;
mod places;
mod report;
mod request;
mod reservations;
mod rows;
mod run;
mod source;
mod spaces;
mod table;
mod trial;
mod values;

pub use report::{LineReason, LineView, Report, Summary};
pub use request::{Asker, NewReservations, NewTable, attendance, reservations, spaces};
pub use rows::{Reservations, What};
pub use run::{Sink, acting, run, space_named};
pub use source::Source;

use super::error::Error;
use crate::domain::{
    access::{self, Action, Actor, Place},
    import::Mode,
    locale::Locale,
};

/// One import: what, how, where, by whom.
#[derive(Debug, Clone)]
pub struct Job {
    pub what: What,
    pub mode: Mode,
    pub place: Place,
    pub actor: Actor,
    /// The reader of the report.
    pub locale: Locale,
    pub source: Source,
}

impl Job {
    /// # Errors
    /// `unauthenticated`, `forbidden` unless staff; spaces are for administrators, too.
    fn is_allowed(&self) -> Result<(), Error> {
        let action = match self.what {
            What::Reservations(_) => Action::ReserveForOthers(self.place),
            What::Spaces => Action::ManageVenue(self.place),
            What::Attendance => Action::SeeBehindTheDesk(self.place),
        };
        Ok(access::may(&self.actor, action)?)
    }

    /// Whether a trial can tell what would come of it. Spaces are few, and only making one tells whether it can be made.
    fn can_be_tried(&self) -> bool {
        !matches!(self.what, What::Spaces)
    }

    /// Whether organisers hear of it.
    fn tells(&self) -> bool {
        matches!(&self.what, What::Reservations(how) if how.tell)
    }
}
