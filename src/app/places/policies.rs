//! Policies of networks, venues and spaces: read by all who book, put by who manages the place.

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{place_of_space, place_of_venue};
use crate::{
    app::{
        App, Done,
        error::{Error, FieldError},
        version::{Expected, Versioned},
    },
    domain::{
        access::{self, Action, Actor, Place},
        ids::{NetworkId, SpaceId, UserId, VenueId},
        policy::{Audience, Effective, Policies, Policy, Rules},
    },
    store::{
        audit,
        db::{ReadTx, WriteTx},
        idempotency::Claim,
        locks, places, spaces,
    },
};

/// Whose policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Network(NetworkId),
    Venue(VenueId),
    Space(SpaceId),
}

/// A policy as it was put.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Policy)]
pub struct PolicyView {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff: Option<Rules>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cci: Option<Rules>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Rules>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public: Option<Rules>,
    /// When asked for: what holds there for each audience, and where each rule is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<std::collections::HashMap<String, Effective>>)]
    pub effective: Option<BTreeMap<&'static str, Effective>>,
    pub version: i64,
}

impl Versioned for PolicyView {
    fn version(&self) -> i64 {
        self.version
    }
}

impl PolicyView {
    fn new(policy: Policy, version: i64) -> Self {
        let Policy { staff, cci, member, public } = policy;
        Self { staff, cci, member, public, effective: None, version }
    }
}

/// # Errors
/// `not_found`.
pub fn show(app: &App, of: Of) -> Result<PolicyView, Error> {
    app.db.read(|tx| current(tx, of).map(|(policy, version)| PolicyView::new(policy, version)))
}

/// A policy with what holds there, that of the levels above taken in.
///
/// # Errors
/// `not_found`.
pub fn show_effective(app: &App, of: Of) -> Result<PolicyView, Error> {
    app.db.read(|tx| {
        let (own, version) = current(tx, of)?;
        let policies = policies(tx, of)?;
        // Whoever fits an audience is also one of the public.
        let holds = |audience: &Audience| policies.effective(&[*audience, Audience::Public]);
        let effective = Audience::ALL.iter().map(|audience| (audience.as_str(), holds(audience))).collect();
        Ok(PolicyView { effective: Some(effective), ..PolicyView::new(own, version) })
    })
}

/// The policies that meet there; a venue and a network have no space's.
fn policies(tx: &mut ReadTx, of: Of) -> Result<Policies, Error> {
    let (venue, network, space) = match of {
        Of::Network(network) => (None, network, None),
        Of::Venue(venue) => {
            let place = places::place(tx, venue)?.ok_or(Error::NOT_FOUND)?;
            (Some(place.venue), place.network, None)
        }
        Of::Space(space) => {
            let place = spaces::place(tx, space)?.ok_or(Error::NOT_FOUND)?;
            (Some(place.venue), place.network, Some(space))
        }
    };
    let mut policy_of = |of: Option<Of>| match of {
        Some(of) => current(tx, of).map(|(policy, _)| policy),
        None => Ok(Policy::default()),
    };
    Ok(Policies {
        network: policy_of(Some(Of::Network(network)))?,
        venue: policy_of(venue.map(Of::Venue))?,
        space: policy_of(space.map(Of::Space))?,
    })
}

fn current(tx: &mut ReadTx, of: Of) -> Result<(Policy, i64), Error> {
    let found = match of {
        Of::Network(id) => places::network(tx, id)?.map(|network| (network.policy, network.policy_version)),
        Of::Venue(id) => places::venue(tx, id)?.map(|venue| (venue.policy, venue.policy_version)),
        Of::Space(id) => spaces::find(tx, id)?.map(|space| (space.policy, space.policy_version)),
    };
    found.ok_or(Error::NOT_FOUND)
}

/// Reservations made already keep what held when they were made.
///
/// # Errors
/// `not_found`, `forbidden` unless coordinator (a network's), staff or administrator,
/// `precondition_failed`, `invalid`.
pub fn put(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    of: Of,
    expected: Expected,
    policy: Policy,
) -> Result<Done<PolicyView>, Error> {
    let place = authorised(app, actor, of)?;
    let faults = policy.check();
    if !faults.is_empty() {
        let refused = faults.into_iter().map(|fault| FieldError::new(fault.pointer, fault.code));
        return Err(Error::Fields(refused.collect()));
    }
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("put policy", claim, move |tx| {
        lock(tx, of, place)?;
        let (_, version) = current(tx, of)?;
        expected.check(version)?;
        let version = version + 1;
        write(tx, of, &policy, version, app_.revision())?;
        audit::append(tx, &entry(&app_, by, of, place, &policy))?;
        Ok(PolicyView::new(policy.clone(), version))
    })
}

/// Who may put it; where a venue or space stands.
fn authorised(app: &App, actor: &Actor, of: Of) -> Result<Option<Place>, Error> {
    let place = match of {
        Of::Network(id) => {
            access::may(actor, Action::EditNetwork(id))?;
            return Ok(None);
        }
        Of::Venue(id) => place_of_venue(app, id)?,
        Of::Space(id) => place_of_space(app, id)?,
    };
    access::may(actor, Action::ManageVenue(place))?;
    Ok(Some(place))
}

fn lock(tx: &mut WriteTx, of: Of, place: Option<Place>) -> Result<(), Error> {
    match (of, place) {
        (Of::Network(id), _) => locks::edit_network(tx, id)?,
        (_, Some(place)) => locks::edit_venue(tx, place)?,
        (_, None) => return Err(Error::NOT_FOUND),
    }
    Ok(())
}

fn write(tx: &mut WriteTx, of: Of, policy: &Policy, version: i64, revision: i64) -> Result<(), Error> {
    match of {
        Of::Network(id) => {
            let mut network = places::network(tx, id)?.ok_or(Error::NOT_FOUND)?;
            (network.policy, network.policy_version) = (policy.clone(), version);
            places::update_network(tx, &network, revision)?;
        }
        Of::Venue(id) => {
            let mut venue = places::venue(tx, id)?.ok_or(Error::NOT_FOUND)?;
            (venue.policy, venue.policy_version) = (policy.clone(), version);
            places::update_venue(tx, &venue, revision)?;
        }
        Of::Space(id) => {
            let mut space = spaces::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
            (space.policy, space.policy_version) = (policy.clone(), version);
            spaces::update(tx, &space)?;
            places::touch_venue(tx, space.place.venue, revision)?;
        }
    }
    Ok(())
}

fn entry(app: &App, by: Option<UserId>, of: Of, place: Option<Place>, policy: &Policy) -> audit::Entry {
    let (id, now) = (app.id(), app.now());
    let entry = match of {
        Of::Network(of) => audit::Entry::new(id, now, by, "network.policy_changed", of),
        Of::Venue(of) => audit::Entry::new(id, now, by, "venue.policy_changed", of),
        Of::Space(of) => audit::Entry::new(id, now, by, "space.policy_changed", of),
    };
    let entry = entry.with(json!({"policy": policy}));
    match place {
        Some(place) => entry.within(place),
        None => entry,
    }
}
