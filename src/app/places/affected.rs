//! Does with the future reservations that a change of the configuration meets what was asked (DESIGN 4).

use crate::{
    app::{App, affected::OnAffected, error::Error, reservations::cancel},
    domain::{
        ids::{ReservationId, SpaceId, UserId},
        record::Reservation,
    },
    store::{db::WriteTx, locks, spaces},
};

/// What fails here undoes the change: it is the caller's transaction, which holds `locks::edit_venue`.
///
/// # Errors
/// `affected_reservations` with the list where they stand against it.
pub(super) fn settle(
    tx: &mut WriteTx,
    app: &App,
    by: Option<UserId>,
    on_affected: OnAffected,
    affected: &[Reservation],
) -> Result<(), Error> {
    let ids: Vec<ReservationId> = affected.iter().map(|reservation| reservation.id).collect();
    match on_affected {
        _ if ids.is_empty() => Ok(()),
        OnAffected::Keep => Ok(()),
        OnAffected::Refuse => Err(Error::Affected(ids)),
        OnAffected::Cancel => {
            lock_units(tx, affected)?;
            cancel::by_venue(tx, app, &ids, by, None)
        }
    }
}

/// Configuration, units, reservations: the one order (DESIGN 4, Race).
fn lock_units(tx: &mut WriteTx, affected: &[Reservation]) -> Result<(), Error> {
    let mut of: Vec<SpaceId> = affected.iter().map(|reservation| reservation.space).collect();
    of.sort_unstable();
    of.dedup();
    let mut groups = Vec::new();
    for id in of {
        groups.extend(spaces::find(tx, id)?.ok_or(Error::NOT_FOUND)?.groups());
    }
    locks::units(tx, &groups)?;
    Ok(())
}
