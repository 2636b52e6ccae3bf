//! Organisations: whom members book for, kept by their owners, seen by their members.

pub mod confirm;
pub mod confirmations;
pub mod create;
pub mod edit;
pub mod ending;
pub mod hand_over;
pub mod inviting;
pub mod joiners;
pub mod joining;
pub mod list;
pub mod members;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    App,
    error::{Code, Error},
    shown,
    version::Versioned,
};
use crate::{
    domain::{
        access::OrganisationRole,
        ids::OrganisationId,
        instant::Instant,
        organisation::{LegalForm, Organisation, Size},
        person::NOBODY,
        sector::{InvalidSector, Sector},
        text::Line,
    },
    mail::organisation::OrganisationView as InMails,
    store::{db::ReadTx, organisations},
};

/// What an organisation does, in a published classification. It is kept in one spelling.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Sector)]
pub struct SectorBody {
    /// `skd` (Slovenian), `nace` (of the European Union) or `other`.
    #[schema(example = "nace")]
    pub scheme: Line<20>,
    /// Of `skd` 2008 or 2025, of `nace` 2 or 2.1; of another, as it is called.
    #[schema(example = "2.1")]
    pub version: Line<20>,
    /// Of `skd` a subclass (`90.030`), of `nace` a class (`90.03`); a section's letter before it is dropped.
    #[schema(example = "90.39")]
    pub code: Line<20>,
}

impl SectorBody {
    /// As it is kept.
    ///
    /// # Errors
    /// `invalid`, at the member of `/sector` that is wrong.
    fn read(&self) -> Result<Sector, Error> {
        let read = Sector::new(self.scheme.as_str(), self.version.as_str(), self.code.as_str());
        read.map_err(|wrong| match wrong {
            InvalidSector::Scheme => Error::field("/sector/scheme", "unknown_scheme"),
            InvalidSector::Version => Error::field("/sector/version", "unknown_version"),
            InvalidSector::Code => Error::field("/sector/code", "invalid_sector_code"),
        })
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
    /// Whether a coordination body confirmed it as creative, and that holds now.
    pub confirmed_creative: bool,
    /// Until when it does; null where it does not, or until it is withdrawn.
    #[schema(format = DateTime)]
    pub confirmed_creative_until: Option<String>,
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
    fn new(organisation: Organisation, role: OrganisationRole, now: Instant) -> Self {
        let creative = organisation.is_creative(now);
        let sector = organisation.sector;
        Self {
            id: organisation.id,
            name: organisation.name,
            legal_form: organisation.legal_form,
            size: organisation.size,
            sector: sector.map(|Sector { scheme, version, code }| SectorView { scheme, version, code }),
            municipality: organisation.municipality,
            register_number: organisation.register_number,
            confirmed_creative: creative,
            confirmed_creative_until: organisation.confirmed_creative_until.filter(|_| creative).map(shown),
            role,
            version: organisation.version,
        }
    }
}

/// As mails name them, by id; one that was one person, who is erased, has no name any more.
///
/// # Errors
/// When the database fails.
pub(super) fn named(
    tx: &mut ReadTx,
    ids: impl IntoIterator<Item = OrganisationId>,
) -> Result<BTreeMap<OrganisationId, InMails>, Error> {
    let names = organisations::names(tx, ids)?.into_iter().filter(|(_, name)| name != NOBODY);
    Ok(names.map(|(id, name)| (id, InMails::new(id, &name))).collect())
}

/// A register number stands for one organisation: who would take it anew is told which has it, to ask to join there.
/// Looked up on a new snapshot, as the transaction that was refused is gone.
fn offered(app: &App, number: Option<&str>, refusal: Error) -> Error {
    let Some(number) = number.filter(|_| refusal.code() == Code::Duplicate) else { return refusal };
    match app.db.read(|tx| organisations::by_register_number(tx, number)) {
        Ok(Some(known)) => Error::OrganisationExists { id: known.id, name: known.name },
        Ok(None) => refusal,
        Err(error) => error.into(),
    }
}
