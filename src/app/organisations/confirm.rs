//! Confirming an organisation as creative: what opens the audience `cci` to those who book for it (DESIGN 4).
//!
//! Organisations belong to no network, so any coordination body may say so, and the operator; who said what
//! and when stays in the audit. Each may take it back.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    app::{
        App, Done,
        error::Error,
        shown,
        version::{Expected, Versioned},
    },
    domain::{
        access::{self, Action, Actor},
        ids::OrganisationId,
        organisation::{LegalForm, Organisation},
    },
    store::{audit, idempotency::Claim, locks, organisations},
};

/// Whether it is creative.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    pub confirmed: bool,
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
    pub version: i64,
}

impl Versioned for ConfirmedView {
    fn version(&self) -> i64 {
        self.version
    }
}

impl From<Organisation> for ConfirmedView {
    fn from(organisation: Organisation) -> Self {
        Self {
            id: organisation.id,
            name: organisation.name,
            legal_form: organisation.legal_form,
            confirmed_creative: organisation.confirmed_creative_at.is_some(),
            confirmed_creative_at: organisation.confirmed_creative_at.map(shown),
            version: organisation.version,
        }
    }
}

/// One that is already as said stays unchanged. Reservations made already keep the audience they were made under.
///
/// # Errors
/// `forbidden` unless a coordinator of some network or an administrator, `not_found`, `precondition_failed`.
pub fn confirm(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: OrganisationId,
    expected: Expected,
    confirmation: Confirmation,
) -> Result<Done<ConfirmedView>, Error> {
    access::may(actor, Action::ConfirmOrganisation)?;
    let by = actor.person().map(|person| person.id);
    let app_ = app.clone();
    app.command("confirm organisation", claim, move |tx| {
        locks::organisation(tx, id)?;
        let mut organisation = organisations::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        expected.check(organisation.version)?;
        if organisation.confirmed_creative_at.is_some() == confirmation.confirmed {
            return Ok(organisation.into());
        }
        let now = app_.now();
        organisation.confirmed_creative_at = confirmation.confirmed.then_some(now);
        organisation.version += 1;
        organisations::update(tx, &organisation)?;
        let action = match confirmation.confirmed {
            true => "organisation.confirmed",
            false => "organisation.confirmation_withdrawn",
        };
        let entry = audit::Entry::new(app_.id(), now, by, action, id);
        audit::append(tx, &entry.with(json!({"confirmed": confirmation.confirmed})))?;
        Ok(organisation.into())
    })
}
