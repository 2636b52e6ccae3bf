//! Networks: made by the operator, edited by their coordination body, read by all.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    app::{
        App, Done,
        changed::changed,
        error::{Error, FieldError},
        page::{self, Asked, Page},
        version::{Expected, Versioned},
    },
    domain::{
        access::{self, Action, Actor},
        given::given,
        holidays::Country,
        ids::{AuditId, NetworkId, VenueId},
        instant::Instant,
        places::Network,
        policy::Policy,
        text::{Line, Slug},
        zone::Zone,
    },
    store::{audit, db::ReadTx, idempotency::Claim, locks, places, reservations},
};

/// A network to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNetwork {
    #[schema(example = "Gorenjska")]
    pub name: Line<100>,
    #[schema(example = "gorenjska")]
    pub slug: Slug,
    /// ISO 3166 alpha-2, in capitals; its public holidays count.
    #[schema(example = "SI")]
    pub country: String,
    /// IANA name.
    #[schema(example = "Europe/Ljubljana")]
    pub time_zone: String,
}

/// What changes of a network (RFC 7396).
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NetworkChange {
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub name: Option<Line<100>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub slug: Option<Slug>,
    /// As the time zone: it stays once there are reservations.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub country: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub time_zone: Option<String>,
}

/// A network as everybody sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Network)]
pub struct NetworkView {
    pub id: NetworkId,
    pub name: String,
    pub slug: String,
    pub country: String,
    pub time_zone: String,
    /// Whether its data was made up for showing the service.
    pub demo: bool,
    pub version: i64,
}

impl Versioned for NetworkView {
    fn version(&self) -> i64 {
        self.version
    }
}

impl From<&Network> for NetworkView {
    fn from(network: &Network) -> Self {
        Self {
            id: network.id,
            name: network.name.clone(),
            slug: network.slug.clone(),
            country: network.country.code().to_owned(),
            time_zone: network.zone.name().to_owned(),
            demo: network.is_demo,
            version: network.version,
        }
    }
}

/// Reads an IANA name.
pub(super) fn zone(name: &str) -> Result<Zone, FieldError> {
    Zone::parse(name).map_err(|_| FieldError::new("/time_zone", "unknown_time_zone"))
}

fn country(code: &str) -> Result<Country, FieldError> {
    Country::parse(code).map_err(|_| FieldError::new("/country", "unknown_country"))
}

/// What local time is read by stays once somebody has reserved: another zone or other holidays would rewrite what
/// was open and when, ahead and in the past, with nobody asked.
///
/// # Errors
/// `invalid` with `has_reservations` at each of `changed`.
pub(super) fn check_unused(
    tx: &mut ReadTx,
    network: NetworkId,
    venue: Option<VenueId>,
    changed: &[(bool, &str)],
) -> Result<(), Error> {
    let changed = changed.iter().filter(|(changed, _)| *changed);
    let faults: Vec<FieldError> =
        changed.map(|(_, pointer)| FieldError::new(*pointer, "has_reservations")).collect();
    if !faults.is_empty() && reservations::any_in(tx, network, venue)? {
        return Err(Error::Fields(faults));
    }
    Ok(())
}

/// # Errors
/// `forbidden` unless an administrator, `invalid`, `duplicate` for a slug in use.
pub fn create(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    new: &NewNetwork,
    is_demo: bool,
) -> Result<Done<NetworkView>, Error> {
    access::may(actor, Action::CreateNetwork)?;
    let network = Network {
        id: app.id(),
        name: new.name.to_string(),
        slug: new.slug.to_string(),
        country: country(&new.country)?,
        zone: zone(&new.time_zone)?,
        policy: Policy::default(),
        policy_version: 1,
        is_demo,
        version: 1,
        created_at: app.now(),
    };
    let actor = actor.person().map(|person| person.id);
    let app_ = app.clone();
    app.command("create network", claim, move |tx| {
        places::insert_network(tx, &network)?;
        let entry = audit::Entry::new(app_.id::<_>(), app_.now(), actor, "network.created", network.id)
            .of_network(network.id);
        audit::append(tx, &entry.with(json!({"name": network.name})))?;
        Ok(NetworkView::from(&network))
    })
}

/// # Errors
/// `not_found`.
pub fn show(app: &App, id: NetworkId) -> Result<NetworkView, Error> {
    app.db.read(|tx| places::network(tx, id)?.as_ref().map(NetworkView::from).ok_or(Error::NOT_FOUND))
}

/// # Errors
/// `invalid` for a wrong limit or cursor.
pub fn list(app: &App, asked: &Asked) -> Result<Page<NetworkView>, Error> {
    let limit = asked.limit()?;
    let after = asked.after::<NetworkId>(app, "networks")?;
    let found = app.db.read(|tx| places::networks(tx, after, limit as i64 + 1))?;
    let views = found.iter().map(NetworkView::from).collect();
    page::page(app, "networks", views, limit, |view: &NetworkView| view.id)
}

/// # Errors
/// `forbidden` unless coordinator or administrator, `precondition_failed`, `invalid`, also for another country or
/// time zone once there are reservations, `duplicate`.
pub fn edit(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: NetworkId,
    expected: Expected,
    change: NetworkChange,
) -> Result<Done<NetworkView>, Error> {
    access::may(actor, Action::EditNetwork(id))?;
    let country = change.country.as_deref().map(country).transpose()?;
    let zone = change.time_zone.as_deref().map(zone).transpose()?;
    let person = actor.person().map(|person| person.id);
    let app_ = app.clone();
    app.command("edit network", claim, move |tx| {
        locks::edit_network(tx, id)?;
        let mut network = places::network(tx, id)?.ok_or(Error::NOT_FOUND)?;
        expected.check(network.version)?;
        let before = NetworkView::from(&network);
        let other_zone = zone.is_some_and(|zone| zone != network.zone);
        let other_country = country.is_some_and(|country| country != network.country);
        check_unused(tx, id, None, &[(other_country, "/country"), (other_zone, "/time_zone")])?;
        network.name = change.name.as_ref().map_or(network.name, ToString::to_string);
        network.slug = change.slug.as_ref().map_or(network.slug, ToString::to_string);
        network.country = country.unwrap_or(network.country);
        network.zone = zone.unwrap_or(network.zone);
        network.version += 1;
        places::update_network(tx, &network, app_.revision())?;
        let (entry, now): (AuditId, Instant) = (app_.id(), app_.now());
        let after = NetworkView::from(&network);
        let entry = audit::Entry::new(entry, now, person, "network.edited", id).of_network(id);
        audit::append(tx, &entry.with(changed(&before, &after)?))?;
        Ok(after)
    })
}
