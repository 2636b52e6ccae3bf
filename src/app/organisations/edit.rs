//! Editing an organisation, by its owners.

use std::sync::Arc;

use serde::Deserialize;
use utoipa::ToSchema;

use super::{OrganisationView, SectorBody, members, offered};
use crate::{
    app::{
        App, Done,
        changed::changed,
        error::{Code, Error},
        patch::Field,
        version::Expected,
    },
    domain::{
        access::{self, Action, Actor, OrganisationRole},
        given::given,
        ids::OrganisationId,
        organisation::{LegalForm, RegisterNumber, Size},
        text::Line,
    },
    store::{audit, idempotency::Claim, locks, organisations},
};

/// What changes of an organisation (RFC 7396); null removes where it may.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationChange {
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub name: Option<Line<200>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub legal_form: Option<LegalForm>,
    #[serde(default)]
    #[schema(value_type = Option<Size>)]
    pub size: Field<Size>,
    #[serde(default)]
    #[schema(value_type = Option<SectorBody>)]
    pub sector: Field<SectorBody>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub municipality: Option<Line<100>>,
    #[serde(default)]
    #[schema(value_type = Option<RegisterNumber>)]
    pub register_number: Field<RegisterNumber>,
}

/// # Errors
/// `not_found` unless a member, `forbidden` unless an owner, `precondition_failed`, `invalid` for a sector that
/// can't be, `organisation_exists` when the register number is another's.
pub fn edit(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: OrganisationId,
    expected: Expected,
    change: OrganisationChange,
) -> Result<Done<OrganisationView>, Error> {
    access::may(actor, Action::EditOrganisation(id))?;
    let person = actor.person().ok_or(Error::Plain(Code::Unauthenticated))?.id;
    let app_ = app.clone();
    let number = match &change.register_number {
        Field::Set(number) => Some(number.as_str().to_owned()),
        Field::Absent | Field::Null => None,
    };
    let sector = match &change.sector {
        Field::Set(body) => Field::Set(body.read()?),
        Field::Null => Field::Null,
        Field::Absent => Field::Absent,
    };
    let edited = app.command("edit organisation", claim, move |tx| {
        locks::claimant(tx, person, Some(id))?;
        members::still_owner(tx, id, Some(person))?;
        let mut organisation = organisations::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        expected.check(organisation.version)?;
        let now = app_.now();
        let before = OrganisationView::new(organisation.clone(), OrganisationRole::Owner, now);
        let change = change.clone();
        organisation.name = change.name.map_or(organisation.name, String::from);
        organisation.legal_form = change.legal_form.unwrap_or(organisation.legal_form);
        organisation.size = change.size.apply(organisation.size);
        organisation.sector = sector.clone().apply(organisation.sector);
        organisation.municipality = change.municipality.map(String::from).or(organisation.municipality);
        organisation.register_number =
            change.register_number.map(String::from).apply(organisation.register_number);
        organisation.version += 1;
        organisations::update(tx, &organisation)?;
        let entry = audit::Entry::new(app_.id(), now, Some(person), "organisation.edited", id);
        let after = OrganisationView::new(organisation, OrganisationRole::Owner, now);
        audit::append(tx, &entry.with(changed(&before, &after)?))?;
        Ok(after)
    });
    edited.map_err(|refusal| offered(app, number.as_deref(), refusal))
}
