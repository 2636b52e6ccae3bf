//! Future reservations that a change of the configuration meets, and what is done about them (DESIGN 4).

use crate::{
    app::error::Error,
    domain::{codes::codes, ids::ReservationId, record::Reservation},
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
        /// They are cancelled by the venue.
        Cancel = "cancel",
    }
}

/// Does what was asked. What fails here undoes the change: it is the caller's transaction.
///
/// # Errors
/// `affected_reservations` with the list where they stand against it; `invalid` for `cancel`.
pub fn settle(on_affected: OnAffected, affected: &[Reservation]) -> Result<(), Error> {
    match on_affected {
        _ if affected.is_empty() => Ok(()),
        OnAffected::Keep => Ok(()),
        OnAffected::Refuse => Err(Error::Affected(ids(affected))),
        OnAffected::Cancel => Err(Error::field("/on_affected", "only_refuse_or_keep_so_far")),
    }
}

fn ids(reservations: &[Reservation]) -> Vec<ReservationId> {
    reservations.iter().map(|reservation| reservation.id).collect()
}
