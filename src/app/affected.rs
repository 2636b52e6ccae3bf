//! What happens to future reservations that a change of the venue's meets (DESIGN 4, `on_affected`).

use crate::{
    app::{
        App,
        error::Error,
        reservations::{cancel, decide},
    },
    domain::{
        codes::codes,
        ids::{ReservationId, UserId},
    },
    mail::notice::Cause,
    store::db::WriteTx,
};

codes! {
    /// What to do about future reservations that stand against a change.
    #[derive(Default)]
    pub enum OnAffected {
        /// Change nothing, list them.
        #[default]
        Refuse = "refuse",
        /// They stay as they are.
        Keep = "keep",
        /// They are cancelled by the venue, and the people told; where only a change that one waits for is met,
        /// that alone ends.
        Cancel = "cancel",
    }
}

/// What the people are told whose reservations are cancelled.
#[derive(Debug, Clone, Copy)]
pub enum Why<'a> {
    /// In the venue's own words.
    Said(&'a str),
    /// In each reader's language.
    Known(Cause),
}

/// Reservations that stand against a change of the venue's.
#[derive(Debug, Default)]
pub struct Affected {
    /// Whose slot is met.
    pub slots: Vec<ReservationId>,
    /// Of which only the change is met that waits for approval: the slot can stay.
    pub changes: Vec<ReservationId>,
}

impl Affected {
    pub fn count(&self) -> usize {
        self.slots.len() + self.changes.len()
    }

    pub fn all(&self) -> Vec<ReservationId> {
        self.slots.iter().chain(&self.changes).copied().collect()
    }
}

/// Does what was asked. What fails here undoes the change: it is the caller's transaction, which holds
/// `locks::edit_venue`, so that no reservation of the venue changes meanwhile.
///
/// # Errors
/// `affected_reservations` with the list where they stand against it.
pub fn settle(
    tx: &mut WriteTx,
    app: &App,
    on_affected: OnAffected,
    affected: &Affected,
    by: Option<UserId>,
    why: Why<'_>,
) -> Result<(), Error> {
    match on_affected {
        _ if affected.count() == 0 => Ok(()),
        OnAffected::Keep => Ok(()),
        OnAffected::Refuse => Err(Error::Affected(affected.all())),
        OnAffected::Cancel => {
            let (message, cause) = match why {
                Why::Said(words) => (Some(words), None),
                Why::Known(cause) => (None, Some(cause)),
            };
            cancel::by_venue(tx, app, &affected.slots, by, message, cause)?;
            decide::decline_changes(tx, app, &affected.changes, (by, message))
        }
    }
}
