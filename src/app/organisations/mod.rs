//! Organisations: whom members book for, kept by their owners, seen by their members.

pub mod confirm;
pub mod create;
pub mod edit;
pub mod list;
pub mod members;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::version::Versioned;
use crate::domain::{
    access::OrganisationRole,
    ids::OrganisationId,
    organisation::{LegalForm, Organisation, Sector, Size},
    text::Line,
};

/// What an organisation does, in a published classification.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Sector)]
pub struct SectorBody {
    #[schema(example = "nace")]
    pub scheme: Line<20>,
    #[schema(example = "2.1")]
    pub version: Line<20>,
    #[schema(example = "90.39")]
    pub code: Line<20>,
}

impl From<&SectorBody> for Sector {
    fn from(body: &SectorBody) -> Self {
        Self {
            scheme: body.scheme.to_string(),
            version: body.version.to_string(),
            code: body.code.to_string(),
        }
    }
}

/// The same on its way out.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SectorView {
    pub scheme: String,
    pub version: String,
    pub code: String,
}

/// An organisation as its members see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Organisation)]
pub struct OrganisationView {
    pub id: OrganisationId,
    pub name: String,
    pub legal_form: LegalForm,
    pub size: Option<Size>,
    pub sector: Option<SectorView>,
    pub municipality: Option<String>,
    pub register_number: Option<String>,
    /// Whether a coordination body confirmed it as creative.
    pub confirmed_creative: bool,
    /// The caller's part in it.
    pub role: OrganisationRole,
    pub version: i64,
}

impl Versioned for OrganisationView {
    fn version(&self) -> i64 {
        self.version
    }
}

impl OrganisationView {
    fn new(organisation: Organisation, role: OrganisationRole) -> Self {
        let sector = organisation.sector;
        Self {
            id: organisation.id,
            name: organisation.name,
            legal_form: organisation.legal_form,
            size: organisation.size,
            sector: sector.map(|Sector { scheme, version, code }| SectorView { scheme, version, code }),
            municipality: organisation.municipality,
            register_number: organisation.register_number,
            confirmed_creative: organisation.confirmed_creative_at.is_some(),
            role,
            version: organisation.version,
        }
    }
}
