//! Confirming an organisation as creative: what opens the audience `cci` to those who book for it (DESIGN 4).
//!
//! Organisations belong to no network, so any coordination body may say so, and the operator; each may take it back.
//! Who said what, when, until when and on which grounds is kept as the organisation's history.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::ending;
use crate::{
    app::{
        App, Done,
        error::{Code, Error},
        shown,
        version::{Expected, Versioned},
    },
    domain::{
        access::{self, Action, Actor},
        ids::{NetworkId, OrganisationId},
        instant::Instant,
        organisation::{LegalForm, Organisation, RegisterNumber},
        text::Prose,
        zone::{DateOrTime, Zone},
    },
    store::{
        audit, confirmations,
        db::{ReadTx, WriteTx},
        idempotency::Claim,
        locks, organisations, places,
    },
};

/// Whether it is creative.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    pub confirmed: bool,
    /// Until when it holds: a time, or a local date of the coordination body's network, on which it holds no more. Without
    /// it, until it is withdrawn.
    #[schema(example = "2028-01-01")]
    pub until: Option<DateOrTime>,
    /// Why, for the organisation and for all coordination bodies to read.
    #[schema(example = "Listed by the region as a design studio (action plan, measure 2).")]
    pub grounds: Option<Prose<1000>>,
}

/// What a coordination body sees of an organisation that it was asked to confirm.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ConfirmedOrganisation)]
pub struct ConfirmedView {
    pub id: OrganisationId,
    pub name: String,
    pub legal_form: LegalForm,
    pub confirmed_creative: bool,
    /// Since when; null where it is not.
    #[schema(format = DateTime)]
    pub confirmed_creative_at: Option<String>,
    /// Until when; null where it is not, or until it is withdrawn.
    #[schema(format = DateTime)]
    pub confirmed_creative_until: Option<String>,
    pub version: i64,
}

impl Versioned for ConfirmedView {
    fn version(&self) -> i64 {
        self.version
    }
}

impl ConfirmedView {
    pub(super) fn new(organisation: Organisation, now: Instant) -> Self {
        let creative = organisation.is_creative(now);
        let at = |at: Option<Instant>| at.filter(|_| creative).map(shown);
        Self {
            id: organisation.id,
            confirmed_creative: creative,
            confirmed_creative_at: at(organisation.confirmed_creative_at),
            confirmed_creative_until: at(organisation.confirmed_creative_until),
            name: organisation.name,
            legal_form: organisation.legal_form,
            version: organisation.version,
        }
    }
}

/// The one that stands under a register number, for who is to confirm it. They know what they look for: nobody leafs through
/// all that there are, only through those that were confirmed (`confirmations::once_confirmed`).
///
/// # Errors
/// `forbidden` unless a coordinator of some network or an administrator, `not_found`.
pub fn registered(app: &App, actor: &Actor, number: &RegisterNumber) -> Result<ConfirmedView, Error> {
    access::may(actor, Action::ConfirmOrganisation)?;
    let found = app.db.read(|tx| organisations::by_register_number(tx, number.as_str()))?;
    found.map(|organisation| ConfirmedView::new(organisation, app.now())).ok_or(Error::NOT_FOUND)
}

/// Whose word it is: the one network that the person coordinates, with its zone. Of the operator, and of who
/// coordinates several, nobody knows for which they speak.
fn spoken_for(tx: &mut ReadTx, actor: &Actor) -> Result<(Option<NetworkId>, Zone), Error> {
    match actor.person().map(|person| person.coordinates.as_slice()) {
        Some(&[only]) => {
            let network = places::network(tx, only)?.ok_or(Error::NOT_FOUND)?;
            Ok((Some(only), network.zone))
        }
        _ => Ok((None, Zone::default())),
    }
}

/// Where a coordination body reads the time.
pub(super) fn zone_of(tx: &mut ReadTx, network: Option<NetworkId>) -> Result<Zone, Error> {
    let network = network.map(|network| places::network(tx, network)).transpose()?.flatten();
    Ok(network.map_or_else(Zone::default, |network| network.zone))
}

/// What is said already changes nothing and leaves no trace. Reservations made already keep the audience they were made
/// under.
///
/// # Errors
/// `forbidden` unless a coordinator of some network or an administrator, `not_found`, `precondition_failed`, `invalid` for
/// an end that is past, or one of a withdrawal.
pub fn confirm(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: OrganisationId,
    expected: Expected,
    confirmation: Confirmation,
) -> Result<Done<ConfirmedView>, Error> {
    access::may(actor, Action::ConfirmOrganisation)?;
    let (app_, actor) = (app.clone(), actor.clone());
    app.command("confirm organisation", claim, move |tx| {
        locks::organisation(tx, id)?;
        let organisation = organisations::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        expected.check(organisation.version)?;
        let now = app_.now();
        let said = Said::read(tx, &app_, &actor, &confirmation, id, now)?;
        if said.stands_already(tx, &organisation, now)? {
            return Ok(ConfirmedView::new(organisation, now));
        }
        said.save(tx, &app_, organisation)
    })
}

/// A confirmation as it goes into the history.
struct Said(confirmations::Confirmation);

impl Said {
    fn read(
        tx: &mut ReadTx,
        app: &App,
        actor: &Actor,
        given: &Confirmation,
        organisation_id: OrganisationId,
        now: Instant,
    ) -> Result<Self, Error> {
        let (network_id, zone) = spoken_for(tx, actor)?;
        let until = given.until.map(|until| until.resolve_end(zone)).transpose();
        let until = until.map_err(|error| Error::local_time("/until", &error))?;
        match until {
            Some(_) if !given.confirmed => return Err(Error::field("/until", "only_confirming")),
            Some(until) if until <= now => return Err(Error::field("/until", "already_past")),
            _ => {}
        }
        let grounds = given.grounds.clone().filter(|grounds| !grounds.is_empty()).map(String::from);
        let made_by = actor.person().ok_or(Error::Plain(Code::Unauthenticated))?.id;
        Ok(Self(confirmations::Confirmation {
            id: app.id(),
            organisation_id,
            confirmed: given.confirmed,
            at: now,
            until,
            made_by: Some(made_by),
            network_id,
            grounds,
        }))
    }

    /// Whether it would change nothing: neither what holds nor why.
    fn stands_already(
        &self,
        tx: &mut ReadTx,
        organisation: &Organisation,
        now: Instant,
    ) -> Result<bool, Error> {
        let Self(said) = self;
        if organisation.is_creative(now) != said.confirmed {
            return Ok(false);
        }
        let latest = confirmations::latest(tx, organisation.id)?;
        let same_grounds =
            said.grounds.is_none() || latest.is_some_and(|latest| latest.grounds == said.grounds);
        Ok(!said.confirmed || (organisation.confirmed_creative_until == said.until && same_grounds))
    }

    fn save(
        self,
        tx: &mut WriteTx,
        app: &App,
        mut organisation: Organisation,
    ) -> Result<ConfirmedView, Error> {
        let Self(said) = self;
        // Renewed before it ended, it has held since then.
        let since = organisation.confirmed_creative_at.filter(|_| organisation.is_creative(said.at));
        organisation.confirmed_creative_at = said.confirmed.then(|| since.unwrap_or(said.at));
        organisation.confirmed_creative_until = said.until;
        organisation.version += 1;
        organisations::update(tx, &organisation)?;
        confirmations::append(tx, &said)?;
        let action = match said.confirmed {
            true => "organisation.confirmed",
            false => "organisation.confirmation_withdrawn",
        };
        let entry = audit::Entry::new(app.id(), said.at, said.made_by, action, organisation.id);
        let entry = said.network_id.map_or(entry.clone(), |network| entry.of_network(network));
        audit::append(tx, &entry.with(json!({"confirmed": said.confirmed})))?;
        let zone = zone_of(tx, said.network_id)?;
        let change = match said.confirmed {
            true => {
                ending::Change::Confirmed { until: said.until.map(|at| (at, zone)), grounds: said.grounds }
            }
            false => ending::Change::Withdrawn { grounds: said.grounds },
        };
        ending::tell_owners(tx, app, &organisation, &change)?;
        ending::begin(tx, &organisation, said.at)?;
        Ok(ConfirmedView::new(organisation, said.at))
    }
}
