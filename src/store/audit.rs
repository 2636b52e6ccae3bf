//! The append-only audit: who did what to which thing, in the transaction that did it.

use std::collections::HashMap;

use diesel::prelude::*;
use uuid::Uuid;

use super::{
    db::{ReadTx, WriteTx},
    dialect::on_both,
    error::StoreError,
    schema::audit,
};
use crate::domain::{
    access::Place,
    digest::Done,
    ids::{AuditId, Id, Kind, NetworkId, ReservationId, UserId, VenueId},
    instant::Instant,
    reservation::Status,
};

/// One thing done. Personal values belong in `payload` alone, which erasure deletes.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: AuditId,
    pub at: Instant,
    /// `None` is the system itself.
    pub actor: Option<UserId>,
    pub action: &'static str,
    subject: Uuid,
    subject_kind: &'static str,
    pub network: Option<NetworkId>,
    pub venue: Option<VenueId>,
    pub transition: Option<(Option<Status>, Status)>,
    pub payload: serde_json::Value,
}

impl Entry {
    pub fn new<K: Kind>(
        id: AuditId,
        at: Instant,
        actor: Option<UserId>,
        action: &'static str,
        subject: Id<K>,
    ) -> Self {
        Self {
            id,
            at,
            actor,
            action,
            subject: subject.uuid(),
            subject_kind: K::PREFIX,
            network: None,
            venue: None,
            transition: None,
            payload: serde_json::Value::Null,
        }
    }

    #[must_use]
    pub fn within(mut self, place: Place) -> Self {
        self.network = Some(place.network);
        self.venue = Some(place.venue);
        self
    }

    /// For what concerns a network and no venue.
    #[must_use]
    pub fn of_network(mut self, network: NetworkId) -> Self {
        self.network = Some(network);
        self
    }

    #[must_use]
    pub fn moving(mut self, from: Option<Status>, to: Status) -> Self {
        self.transition = Some((from, to));
        self
    }

    #[must_use]
    pub fn with(mut self, payload: serde_json::Value) -> Self {
        self.payload = payload;
        self
    }
}

/// The columns of an entry.
macro_rules! row {
    ($entry:expr) => {{
        let entry: &Entry = $entry;
        let subject: Id<AnyKind> = Id::from_uuid(entry.subject);
        let (from, to) = entry.transition.unzip();
        (
            audit::id.eq(entry.id),
            audit::at.eq(entry.at),
            audit::actor_id.eq(entry.actor),
            audit::action.eq(entry.action),
            audit::subject_id.eq(subject),
            audit::network_id.eq(entry.network),
            audit::venue_id.eq(entry.venue),
            audit::from_status.eq(from.flatten().map(Status::as_str)),
            audit::to_status.eq(to.map(Status::as_str)),
            audit::payload.eq(entry.payload.to_string()),
            audit::subject_kind.eq(entry.subject_kind),
        )
    }};
}

/// Appends an entry.
///
/// # Errors
/// When the database fails.
pub fn append(tx: &mut WriteTx, entry: &Entry) -> Result<(), StoreError> {
    diesel::insert_into(audit::table).values(row!(entry)).execute(&mut tx.connection)?;
    Ok(())
}

/// Whether anything was done at the venue, or to its network as a whole, from `since` on that could have freed time or
/// changed who may have it; a reservation that begins only takes. `since` must allow for transactions that are still
/// to be committed.
///
/// # Errors
/// When the database fails.
pub fn any_news(tx: &mut ReadTx, place: Place, since: Instant) -> Result<bool, StoreError> {
    let news = || {
        audit::table
            .filter(audit::network_id.eq(place.network).and(audit::id.gt(first_at(since))))
            .filter(audit::from_status.is_not_null().or(audit::to_status.is_null()))
            .select(audit::id)
    };
    let of_venue = news().filter(audit::venue_id.eq(place.venue)).first::<AuditId>(&mut tx.connection);
    if of_venue.optional()?.is_some() {
        return Ok(true);
    }
    let of_network = news().filter(audit::venue_id.is_null()).first::<AuditId>(&mut tx.connection);
    Ok(of_network.optional()?.is_some())
}

/// Below every id made at that time or later: a UUIDv7 begins with its time in milliseconds (RFC 9562, 5.7).
pub(super) fn first_at(at: Instant) -> AuditId {
    let millis = u128::try_from(at.unix()).unwrap_or(0) * 1000;
    AuditId::from_uuid(Uuid::from_u128(millis << 80))
}

/// Appends many entries.
///
/// # Errors
/// When the database fails.
pub fn append_all(tx: &mut WriteTx, entries: &[Entry]) -> Result<(), StoreError> {
    for some in entries.chunks(200) {
        let rows: Vec<_> = some.iter().map(|entry| row!(entry)).collect();
        on_both!(tx, connection => diesel::insert_into(audit::table).values(&rows).execute(connection))?;
    }
    Ok(())
}

/// The subject column holds identifiers of every kind.
#[derive(Debug, Clone, Copy)]
pub struct AnyKind;

impl Kind for AnyKind {
    const PREFIX: &'static str = "any";
}

/// When the latest entry was made.
///
/// # Errors
/// When the database fails.
pub fn latest(tx: &mut ReadTx) -> Result<Option<Instant>, StoreError> {
    let latest = audit::table.order(audit::id.desc()).select(audit::at).first(&mut tx.connection);
    Ok(latest.optional()?)
}

/// When `action` was last done to `subject`.
///
/// # Errors
/// When the database fails.
pub fn latest_of<K: Kind>(
    tx: &mut ReadTx,
    subject: Id<K>,
    action: &str,
) -> Result<Option<Instant>, StoreError> {
    let subject: Id<AnyKind> = Id::from_uuid(subject.uuid());
    let latest = audit::table
        .filter(audit::subject_id.eq(subject).and(audit::action.eq(action)))
        .order(audit::id.desc())
        .select(audit::at)
        .first(&mut tx.connection);
    Ok(latest.optional()?)
}

/// What was done to each reservation of a venue from the first of two instants on and before the second, in order.
///
/// # Errors
/// When the database fails or a stored status does not parse.
pub fn of_reservations(
    tx: &mut ReadTx,
    place: Place,
    (since, until): (Instant, Instant),
) -> Result<HashMap<ReservationId, Vec<Done>>, StoreError> {
    let rows = audit::table
        .filter(audit::network_id.eq(place.network).and(audit::venue_id.eq(place.venue)))
        .filter(audit::id.gt(first_at(since)).and(audit::at.lt(until)))
        .filter(audit::action.like("reservation.%"))
        .order((audit::at, audit::id))
        .select((audit::subject_id, audit::action, audit::from_status, audit::to_status))
        .load::<(ReservationId, String, Option<String>, Option<String>)>(&mut tx.connection)?;
    let mut done: HashMap<ReservationId, Vec<Done>> = HashMap::new();
    for (id, action, from, to) in rows {
        let (from, to) = (from.as_deref().map(status).transpose()?, to.as_deref().map(status).transpose()?);
        done.entry(id).or_default().push(Done { action, from, to });
    }
    Ok(done)
}

fn status(text: &str) -> Result<Status, StoreError> {
    text.parse().map_err(|error| StoreError::corrupt("audit status", error))
}

/// Where a reservation came from, and what it became.
pub type Step = (Option<Status>, Status);

/// All steps each reservation's audit tells of, for `prostor check`. In no order that means anything: ids have whole
/// seconds and a counter of the node, so those of two nodes need not sort as things happened.
///
/// # Errors
/// When the database fails or a stored status does not parse.
pub fn steps(tx: &mut ReadTx) -> Result<HashMap<ReservationId, Vec<Step>>, StoreError> {
    let rows = audit::table
        .filter(audit::to_status.is_not_null())
        .select((audit::subject_id, audit::from_status, audit::to_status.assume_not_null()))
        .load::<(ReservationId, Option<String>, String)>(&mut tx.connection)?;
    let mut steps: HashMap<ReservationId, Vec<Step>> = HashMap::new();
    for (id, from, to) in rows {
        let step = (from.as_deref().map(status).transpose()?, status(&to)?);
        steps.entry(id).or_default().push(step);
    }
    Ok(steps)
}
