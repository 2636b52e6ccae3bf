//! Reading the audit: a venue's for who manages it, a network's own for who coordinates it, what was done to one person or
//! thing, wherever, for the operator. Coordinators read no
//! reservation (DESIGN 8), so what concerns a venue is not in theirs.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{names::Names, seal::hex};
use crate::{
    app::{
        App,
        error::Error,
        page::{self, Asked, Page},
    },
    domain::{
        access::{self, Action, Actor},
        ids::{AuditId, Id, NetworkId, PREFIXES, UserId, VenueId},
        seen::Seen,
        zone::{DateOrTime, Zone},
    },
    store::{
        audit::AnyKind,
        audit_chain::{self, ERASED, Kept, Scope, Wanted},
        db::ReadTx,
        places,
    },
};

/// Which entries; what is absent may be any.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Exactly one of the two, or a subject alone.
    pub venue: Option<VenueId>,
    pub network: Option<NetworkId>,
    pub from: Option<DateOrTime>,
    pub to: Option<DateOrTime>,
    pub actor: Option<UserId>,
    /// A public id of any kind.
    pub subject: Option<String>,
    pub action: Option<String>,
}

/// One thing done.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub struct AuditEntryView {
    pub id: AuditId,
    #[schema(format = DateTime)]
    pub at: String,
    /// Null where the service itself did it.
    pub actor_id: Option<UserId>,
    /// Of a venue's entries its staff's names, and of others the name that their reservations there show; of a network's its
    /// coordinators'. Null where the reader knows nobody of that name, as of an account that was given up.
    pub actor_name: Option<String>,
    /// Whether who did it gave up their account.
    pub actor_erased: bool,
    /// Such as `reservation.cancelled`.
    pub action: String,
    /// The id of what it was done to.
    pub subject_id: String,
    /// Of a reservation, before and after.
    pub from_status: Option<String>,
    pub to_status: Option<String>,
    /// What else is to be said; null where nothing, or once it is erased.
    #[schema(value_type = Option<Object>)]
    pub details: Option<Value>,
    /// Whether details were erased with the person they told of.
    pub erased: bool,
    /// The place in the chain; null until it is sealed, within minutes.
    pub position: Option<i64>,
    /// SHA-256 over it and the hash before it, hexadecimal.
    pub hash: Option<String>,
}

impl AuditEntryView {
    fn new(entry: Kept, zone: Zone, names: &Names) -> Result<Self, Error> {
        let details: Value =
            serde_json::from_str(&entry.payload).map_err(|error| Error::Broken(error.to_string()))?;
        let (erased, subject_id) = (entry.payload == ERASED, entry.public_subject());
        Ok(Self {
            id: entry.id,
            at: zone.show(entry.at),
            actor_id: entry.actor_id,
            actor_name: names.of(entry.actor_id),
            actor_erased: names.erased(entry.actor_id),
            action: entry.action,
            subject_id,
            from_status: entry.from_status,
            to_status: entry.to_status,
            details: Some(details).filter(|details| !erased && !details.is_null()),
            erased,
            position: entry.position,
            hash: entry.hash.as_deref().map(hex),
        })
    }
}

fn subject(text: &str) -> Result<uuid::Uuid, Error> {
    let known = text.split_once('_').filter(|(prefix, _)| PREFIXES.contains(prefix));
    let id = known.and_then(|(_, digits)| format!("any_{digits}").parse::<Id<AnyKind>>().ok());
    id.map(Id::uuid).ok_or_else(|| Error::field("?subject_id", "wrong_identifier"))
}

/// The latest first.
///
/// # Errors
/// `not_found`, `forbidden`, `invalid` for scopes, times, ids, limits and cursors.
pub fn list(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    asked: &Asked,
    query: &str,
) -> Result<Page<AuditEntryView>, Error> {
    access::may(actor, Action::OwnAccount)?;
    let limit = asked.limit()?;
    let name = format!("audit?{query}");
    let before = asked.after::<AuditId>(app, &name)?;
    let page = app.db.read(|tx| {
        let (scope, zone) = allowed(tx, actor, filter)?;
        let at = |pointer, time: Option<DateOrTime>| {
            let resolved = time.map(|time| time.resolve_start(zone)).transpose();
            resolved.map_err(|error| Error::local_time(pointer, &error))
        };
        let wanted = Wanted {
            scope,
            from: at("?from", filter.from)?,
            to: at("?to", filter.to)?,
            actor: filter.actor,
            subject: filter.subject.as_deref().map(subject).transpose()?,
            action: filter.action.clone(),
        };
        let found = audit_chain::page(tx, &wanted, before, limit as i64 + 1)?;
        let actors: Vec<UserId> = found.iter().filter_map(|entry| entry.actor_id).collect();
        let names = Names::load(tx, scope, actors)?;
        app.views.note(app, actor, Seen::Audit, filter.venue, names.guests());
        let views = found.into_iter().map(|entry| AuditEntryView::new(entry, zone, &names));
        page::page(app, &name, views.collect::<Result<_, _>>()?, limit, |view| view.id)
    })?;
    let anywhere = (filter.venue, filter.network) == (None, None);
    if let Some(person) = filter.subject.as_deref().filter(|_| anywhere).and_then(|id| id.parse().ok()) {
        app.views.note(app, actor, Seen::Audit, None, [person]);
    }
    Ok(page)
}

fn allowed(tx: &mut ReadTx, actor: &Actor, filter: &Filter) -> Result<(Scope, Zone), Error> {
    match (filter.venue, filter.network) {
        (Some(venue), None) => {
            let venue = places::venue(tx, venue)?.ok_or(Error::NOT_FOUND)?;
            access::may(actor, Action::ReadVenueAudit(venue.place()))?;
            Ok((Scope::Venue(venue.network, venue.id), venue.zone))
        }
        (None, Some(network)) => {
            let network = places::network(tx, network)?.ok_or(Error::NOT_FOUND)?;
            access::may(actor, Action::ReadNetworkAudit(network.id))?;
            Ok((Scope::Network(network.id), network.zone))
        }
        (None, None) if filter.subject.is_some() => {
            access::may(actor, Action::ReadAnyAudit)?;
            Ok((Scope::Any, Zone::default()))
        }
        _ => Err(Error::field("?venue_id", "venue_or_network")),
    }
}
