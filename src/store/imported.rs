//! What was brought in from elsewhere ↔ its rows: digests by which the same row is known again.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    dialect::on_both,
    error::StoreError,
    schema::imported,
};
use crate::domain::{
    access::Place,
    ids::{ReservationId, SpaceId, VenueId},
    instant::Instant,
};

/// What a row became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    Reservation(ReservationId),
    Space(SpaceId),
}

/// A row that was brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// SHA-256 of what was said in it.
    pub fingerprint: Vec<u8>,
    pub became: Became,
}

impl Imported {
    /// The public id of what it became.
    pub fn shown(&self) -> String {
        match self.became {
            Became::Reservation(id) => id.to_string(),
            Became::Space(id) => id.to_string(),
        }
    }
}

type Row = (Vec<u8>, Vec<u8>, Option<ReservationId>, Option<SpaceId>);

/// Those of the rows that were brought in before, by their keys.
///
/// # Errors
/// When the database fails.
pub fn known(
    tx: &mut ReadTx,
    venue: VenueId,
    keys: &[Vec<u8>],
) -> Result<HashMap<Vec<u8>, Imported>, StoreError> {
    let rows = imported::table
        .filter(imported::venue_id.eq(venue).and(imported::row_key.eq_any(keys.to_vec())))
        .select((imported::row_key, imported::fingerprint, imported::reservation_id, imported::space_id))
        .load::<Row>(&mut tx.connection)?;
    rows.into_iter()
        .map(|(key, fingerprint, reservation, space)| {
            let became = match (reservation, space) {
                (Some(id), None) => Became::Reservation(id),
                (None, Some(id)) => Became::Space(id),
                _ => return Err(StoreError::corrupt("imported", "a row became nothing, or two things")),
            };
            Ok((key, Imported { fingerprint, became }))
        })
        .collect()
}

/// Remembers rows that were brought in, by their keys.
///
/// # Errors
/// `Duplicate` where one was brought in before; when the database fails.
pub fn insert(
    tx: &mut WriteTx,
    place: Place,
    rows: &[(Vec<u8>, Imported)],
    now: Instant,
) -> Result<(), StoreError> {
    for some in rows.chunks(200) {
        let rows: Vec<_> = some
            .iter()
            .map(|(key, row)| {
                let (reservation, space) = match row.became {
                    Became::Reservation(id) => (Some(id), None),
                    Became::Space(id) => (None, Some(id)),
                };
                (
                    imported::venue_id.eq(place.venue),
                    imported::row_key.eq(key),
                    imported::network_id.eq(place.network),
                    imported::fingerprint.eq(&row.fingerprint),
                    imported::reservation_id.eq(reservation),
                    imported::space_id.eq(space),
                    imported::imported_at.eq(now),
                )
            })
            .collect();
        on_both!(tx, connection => diesel::insert_into(imported::table).values(&rows).execute(connection))?;
    }
    Ok(())
}
