//! What happens to future reservations that a change of the venue's meets (DESIGN 4, `on_affected`).

use crate::{
    app::{App, error::Error, reservations::cancel},
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
        /// They are cancelled by the venue, and the people told.
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

/// Does what was asked. What fails here undoes the change: it is the caller's transaction, which holds
/// `locks::edit_venue`, so that no reservation of the venue changes meanwhile.
///
/// # Errors
/// `affected_reservations` with the list where they stand against it.
pub fn settle(
    tx: &mut WriteTx,
    app: &App,
    on_affected: OnAffected,
    affected: &[ReservationId],
    by: Option<UserId>,
    why: Why<'_>,
) -> Result<(), Error> {
    match on_affected {
        _ if affected.is_empty() => Ok(()),
        OnAffected::Keep => Ok(()),
        OnAffected::Refuse => Err(Error::Affected(affected.to_vec())),
        OnAffected::Cancel => {
            let (message, cause) = match why {
                Why::Said(words) => (Some(words), None),
                Why::Known(cause) => (None, Some(cause)),
            };
            cancel::by_venue(tx, app, affected, by, message, cause)
        }
    }
}
