//! Making an organisation: its maker is the first owner.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{OrganisationView, SectorBody, offered};
use crate::{
    app::{
        App, Done,
        error::{Code, Error},
    },
    domain::{
        access::{self, Action, Actor, OrganisationRole},
        organisation::{LegalForm, Organisation, RegisterNumber, Size},
        text::Line,
    },
    store::{audit, idempotency::Claim, locks, organisations, users},
};

/// An organisation to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrganisation {
    #[schema(example = "Zavod Carnica")]
    pub name: Line<200>,
    pub legal_form: LegalForm,
    /// Of an enterprise.
    pub size: Option<Size>,
    pub sector: Option<SectorBody>,
    #[schema(example = "Kranj")]
    pub municipality: Line<100>,
    /// Matična številka: 7 digits, or 10 with the unit.
    pub register_number: Option<RegisterNumber>,
}

/// # Errors
/// `address_unverified`, `invalid` for a sector that can't be, `organisation_exists` when the register number is taken.
pub fn create(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    new: &NewOrganisation,
) -> Result<Done<OrganisationView>, Error> {
    access::may(actor, Action::CreateOrganisation)?;
    let person = actor.person().ok_or(Error::Plain(Code::Unauthenticated))?.id;
    let organisation = Organisation {
        id: app.id(),
        name: new.name.to_string(),
        legal_form: new.legal_form,
        size: new.size,
        sector: new.sector.as_ref().map(SectorBody::read).transpose()?,
        municipality: Some(new.municipality.to_string()),
        register_number: new.register_number.clone().map(String::from),
        confirmed_creative_at: None,
        version: 1,
        created_at: app.now(),
        confirmed_creative_until: None,
    };
    let number = organisation.register_number.clone();
    let app_ = app.clone();
    let made = app.command("create organisation", claim, move |tx| {
        locks::claimant(tx, person, None)?;
        users::find(tx, person)?.ok_or(Error::Plain(Code::Unauthenticated))?;
        let now = app_.now();
        organisations::insert(tx, &organisation)?;
        organisations::set_member(tx, organisation.id, person, OrganisationRole::Owner, now)?;
        users::touch(tx, person)?;
        let entry = audit::Entry::new(app_.id(), now, Some(person), "organisation.created", organisation.id);
        audit::append(tx, &entry.with(json!({"name": organisation.name})))?;
        Ok(OrganisationView::new(organisation.clone(), OrganisationRole::Owner, now))
    });
    made.map_err(|refusal| offered(app, number.as_deref(), refusal))
}
